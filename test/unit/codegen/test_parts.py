"""Modules that are compiled in parts do what they do in one piece."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import numpy as np
import pytest

from irc.codegen.cpu import parts
from irc.codegen.cpu.executor import CpuExecutor
from irc.codegen.cpu.parts import compile_in_parts, functions_apart, separated
from irc.ir.diagnostic import DiagnosedError
from irc.ir.operation import Operation
from irc.ir.verifier import verify_or_raise
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.pipelines import CPU_PARTS, CPU_WHOLE
from irc.text.parser import parse_module

CUT = CPU_WHOLE.replace("split-functions", "split-functions{size=20}")


@pytest.fixture(autouse=True)
def _nothing_is_left_behind() -> Iterator[None]:
    """Neither threads nor the interval between them."""
    threads, interval = threading.active_count(), sys.getswitchinterval()
    yield
    assert (threading.active_count(), sys.getswitchinterval()) == (threads, interval)


def parsed(text: str, pipeline: str = CUT) -> Operation:
    module: Operation = parse_module(text, "test.mlir")
    verify_or_raise(module)
    PassManager(parse_pipeline(pipeline)).run(module)
    return module


@pytest.fixture(autouse=True)
def _short_units(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each function gets a module of its own."""
    monkeypatch.setattr(parts, "UNIT", 1)


def in_parts(text: str) -> CpuExecutor:
    """The executor of a module whose functions are cut into parts that are as short as can be."""
    module = parsed(text)
    assert functions_apart(module)
    return compile_in_parts(module, parse_pipeline(CPU_PARTS))


def whole(text: str) -> CpuExecutor:
    """The executor of a module in one piece."""
    return CpuExecutor(parsed(text, f"{CPU_WHOLE},{CPU_PARTS}"))


CHAIN = """
  func.func @f(%x: tensor<6x5xf32>, %w: tensor<5x6xf32>) -> (tensor<6x6xf32>, tensor<6xf32>) {
    %0 = nd.matmul %x, %w : tensor<6x5xf32>, tensor<5x6xf32> -> tensor<6x6xf32>
    %1 = nd.tanh %0 : tensor<6x6xf32>
    %2 = nd.matmul %1, %1 : tensor<6x6xf32>, tensor<6x6xf32> -> tensor<6x6xf32>
    %3 = nd.exp %2 : tensor<6x6xf32>
    %4 = nd.sum %3 axes = [0] : tensor<6x6xf32> -> tensor<6xf32>
    return %3, %4 : tensor<6x6xf32>, tensor<6xf32>
  }
"""


def test_the_parts_are_linked_together() -> None:
    rng = np.random.default_rng(0)
    x, w = rng.standard_normal((6, 5), np.float32), rng.standard_normal((5, 6), np.float32)
    for part, expected in zip(in_parts(CHAIN).call("f", x, w), whole(CHAIN).call("f", x, w), strict=True):
        np.testing.assert_array_equal(part, expected)


def test_a_part_may_find_that_it_cannot_go_on() -> None:
    text = """
      func.func @f(%n: index, %m: memref<4xf32>) {
        %c0 = arith.constant 0 : index
        %c1 = arith.constant 1 : index
        %c4 = arith.constant 4 : index
        scf.for %i = %c0 to %n step %c1 {
          %ok = arith.cmpi slt, %i, %c4 : index
          cf.assert %ok, "too many"
          %x = memref.load %m[%i] : memref<4xf32>
          %0 = math.exp %x : f32
          %1 = math.log %0 : f32
          %2 = math.sin %1 : f32
          memref.store %2, %m[%i] : memref<4xf32>
        }
        scf.for %i = %c0 to %c4 step %c1 {
          %x = memref.load %m[%i] : memref<4xf32>
          %0 = math.exp %x : f32
          %1 = math.log %0 : f32
          %2 = math.sin %1 : f32
          memref.store %2, %m[%i] : memref<4xf32>
        }
        return
      }
    """
    executor = in_parts(text)
    m = np.ones(4, np.float32)
    executor.call("f", 4, m)
    np.testing.assert_allclose(m, np.sin(np.sin(np.ones(4))), rtol=1e-6)
    with pytest.raises(DiagnosedError, match="too many"):
        executor.call("f", 5, m)
    executor.call("f", 4, m)


def test_constants_keep_their_functions() -> None:
    """A function stays with the table that it reads."""
    numbers = ", ".join(str(float(i)) for i in range(300))
    text = f"""
      memref.global "private" constant @table : memref<300xf32> = dense<[{numbers}]>
      func.func private @one(%m: memref<300xf32>) attributes {{llvm.bareptr, passthrough = ["noinline"]}} {{
        %t = memref.get_global @table : memref<300xf32>
        memref.copy %t, %m : memref<300xf32> to memref<300xf32>
        return
      }}
      func.func @f(%m: memref<300xf32>) {{
        call @one(%m) : (memref<300xf32>) -> ()
        return
      }}
    """
    module = parsed(text, "canonicalize")
    assert not functions_apart(module), "the table is not of the function"
    m = np.zeros(300, np.float32)
    compile_in_parts(module, parse_pipeline(CPU_PARTS)).call("f", m)
    np.testing.assert_array_equal(m, np.arange(300))


LEAVES = """
  func.func private @leaf(%n: index) attributes {passthrough = ["noinline"]} {
    return
  }
  func.func private @caller(%n: index) attributes {passthrough = ["noinline"]} {
    call @leaf(%n) : (index) -> ()
    return
  }
  func.func private @other(%n: index) {
    return
  }
  func.func private @bound(%n: index) attributes {passthrough = ["noinline"]} {
    call @other(%n) : (index) -> ()
    return
  }
"""


def test_functions_come_apart_that_refer_to_no_others() -> None:
    module = parsed(LEAVES, "canonicalize")
    assert [function.sym_name.value for function in functions_apart(module)] == ["leaf", "caller"]


def test_nothing_comes_apart_where_functions_call_themselves() -> None:
    module = parsed(
        LEAVES
        + """
        func.func private @even(%n: index) {
          call @odd(%n) : (index) -> ()
          return
        }
        func.func private @odd(%n: index) {
          call @even(%n) : (index) -> ()
          return
        }
        """,
        "canonicalize",
    )
    assert not functions_apart(module)


def test_short_functions_share_a_module(monkeypatch: pytest.MonkeyPatch) -> None:
    leaf = 'func.func private @leaf{}() attributes {{passthrough = ["noinline"]}} {{\n return\n}}\n'
    text = "".join(leaf.format(i) for i in range(4))
    monkeypatch.setattr(parts, "UNIT", 100)
    assert separated(parsed(text, "canonicalize")) == []
    monkeypatch.setattr(parts, "UNIT", 12)
    assert [names for names, _ in separated(parsed(text, "canonicalize"))] == [{"leaf0", "leaf1"}, {"leaf2", "leaf3"}]


def test_what_has_no_lowering_is_diagnosed() -> None:
    text = """
      func.func private @part(%n: f32) -> f32 attributes {passthrough = ["noinline"]} {
        %0 = "test.unknown"(%n) : (f32) -> f32
        return %0 : f32
      }
      func.func private @other(%n: f32) -> f32 attributes {passthrough = ["noinline"]} {
        return %n : f32
      }
    """
    module = parse_module(text, "test.mlir", allow_unregistered=True)
    with pytest.raises(DiagnosedError, match=r"failed to legalize operation 'test\.unknown'"):
        compile_in_parts(module, parse_pipeline(CPU_PARTS))


def test_a_function_that_is_nowhere_is_diagnosed() -> None:
    text = """
      func.func private @missing(f32)
      func.func @f(%n: f32) {
        call @missing(%n) : (f32) -> ()
        return
      }
      func.func private @part(%n: f32) -> f32 attributes {passthrough = ["noinline"]} {
        return %n : f32
      }
    """
    with pytest.raises(DiagnosedError, match="there is no symbol 'missing'"):
        compile_in_parts(parse_module(text, "test.mlir"), parse_pipeline(CPU_PARTS))


BARE = """
  func.func @f(%m: memref<4x8xf32>, %x: f32, %n: memref<2xf32>) -> memref<2xf32> attributes {llvm.bareptr} {
    %c1 = arith.constant 1 : index
    %y = memref.load %m[%c1, %c1] : memref<4x8xf32>
    %z = arith.addf %x, %y : f32
    %r = memref.alloc() : memref<2xf32>
    memref.copy %n, %r : memref<2xf32> to memref<2xf32>
    memref.store %z, %r[%c1] : memref<2xf32>
    return %r : memref<2xf32>
  }
"""


def test_buffers_may_be_handed_over_as_addresses_alone() -> None:
    m = np.arange(32, dtype=np.float32).reshape(4, 8)
    (found,) = whole(BARE).call("f", m, np.float32(0.5), np.array([7, 8], np.float32))
    np.testing.assert_array_equal(found, [7, 9.5])


def test_an_address_does_not_tell_sizes() -> None:
    with pytest.raises(DiagnosedError, match="a bare pointer does not tell the sizes of"):
        whole("func.func @f(%m: memref<?xf32>) attributes {llvm.bareptr} {\n return\n}")
