"""Ops of the `gpu` dialect built from Python: tokens are optional, the sizes of results of one op are stated."""

from __future__ import annotations

from irc.dialects import gpu
from irc.ir.attributes import i64_attr
from irc.ir.operation import UnregisteredOp
from irc.ir.types import MemRefType, Type, f32, i32, index
from irc.ir.value import Value
from irc.text.parser import parse_module

BUFFER = MemRefType((4,), f32)


def value(type: Type) -> Value:
    return UnregisteredOp.of("test.value", (), result_types=[type]).result


def test_a_step_has_a_token_where_its_type_is_given() -> None:
    copy = gpu.Memcpy([], value(BUFFER), value(BUFFER))
    assert copy.asyncToken is None
    waiting = gpu.Memcpy([value(gpu.token)], value(BUFFER), value(BUFFER), result_types=[gpu.token])
    waiting.verify_op()
    assert waiting.asyncToken is waiting.results[0]


def test_results_are_found_by_name() -> None:
    alloc = gpu.Alloc([], result_types=[BUFFER, gpu.token])
    alloc.verify_op()
    assert (alloc.memref.type, alloc.asyncToken) == (BUFFER, alloc.results[1])
    shuffle = gpu.Shuffle(value(f32), value(i32), value(i32), gpu.ShuffleMode("up"))
    shuffle.verify_op()
    assert shuffle.shuffleResult.type is f32


def test_a_launch_knows_its_sizes_and_buffers() -> None:
    module = parse_module(
        """func.func @f(%n: index) {
          gpu.launch blocks(%bx, %by, %bz) in (%gx = %n, %gy = %n, %gz = %n)
                     threads(%tx, %ty, %tz) in (%sx = %n, %sy = %n, %sz = %n) workgroup(%w : memref<4xf32, 3>) {
            gpu.terminator
          }
          return
        }""",
        "t",
    )
    (launch,) = [op for op in module.walk() if isinstance(op, gpu.Launch)]
    assert list(launch.grid_sizes) == ["blocks", "threads"]
    assert [buffer.type for buffer in launch.attributions] == [MemRefType((4,), f32, memory_space=i64_attr(3))]
    assert launch.body.entry.arguments[0].type is index
