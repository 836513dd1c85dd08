"""Where a native program cannot go on, the call ends with an error at the user's line, and the next call works."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from irc.interpreter.core import Interpreter
from irc.ir.diagnostic import DiagnosedError
from irc.ir.operation import Operation
from irc.ir.verifier import verify_or_raise
from irc.jit.cpu.executor import CpuExecutor
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.pipelines import CPU
from irc.text.parser import parse_module

PROGRAMS = """
func.func @add(%x: tensor<?x4xf32>, %y: tensor<?x4xf32>) -> tensor<?x4xf32> {
  %z = nd.add %x, %y : tensor<?x4xf32>
  return %z : tensor<?x4xf32>
}
func.func @matmul(%x: tensor<?x?xf32>, %y: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %z = nd.matmul %x, %y : tensor<?x?xf32>, tensor<?x?xf32> -> tensor<?x?xf32>
  return %z : tensor<?x?xf32>
}
func.func @divide(%a: i32, %b: i32) -> i32 {
  %c = arith.divsi %a, %b : i32
  return %c : i32
}
func.func @count(%n: index) -> tensor<?xf32> {
  %i = nd.iota(%n) axis = 0 : tensor<?xf32>
  return %i : tensor<?xf32>
}
func.func @check(%c: i1) -> i1 {
  cf.assert %c, "it must hold"
  return %c : i1
}
"""

I = np.int32  # noqa: E741 - the letter of the type

FAILING: dict[str, tuple[str, tuple[Any, ...], str, tuple[Any, ...]]] = {
    "elementwise": ("add", (np.ones((5, 4), "f"), np.ones((3, 4), "f")), "3:8: the sizes of the operands do not agree",
                    (np.ones((5, 4), "f"), np.ones((5, 4), "f"))),
    "matmul": ("matmul", (np.ones((2, 3), "f"), np.ones((4, 2), "f")), "7:8: the sizes of the operands do not agree",
               (np.ones((2, 3), "f"), np.ones((3, 2), "f"))),
    "by zero": ("divide", (I(7), I(0)), "11:8: 'arith.divsi' op divides by zero", (I(7), I(2))),
    "overflow": ("divide", (I(-(2**31)), I(-1)), "11:8: 'arith.divsi' op overflows: the least integer is divided by -1",
                 (I(-(2**31)), I(1))),
    "negative": ("count", (np.int64(-5),), "15:8: cannot allocate the memory for a tensor: a size is negative",
                 (np.int64(0),)),
    "huge": ("count", (np.int64(1 << 50),), "15:8: cannot allocate the memory for a tensor: it is too large",
             (np.int64(3),)),
    "assertion": ("check", (np.bool_(False),), "19:3: it must hold", (np.bool_(True),)),
}  # fmt: skip


def lowered() -> Operation:
    module: Operation = parse_module(PROGRAMS, "test.mlir")
    verify_or_raise(module)
    PassManager(parse_pipeline(CPU)).run(module)
    return module


@pytest.fixture(scope="module")
def executor() -> CpuExecutor:
    return CpuExecutor(lowered())


@pytest.mark.parametrize("case", FAILING)
def test_a_call_fails_at_the_line_and_the_next_one_works(executor: CpuExecutor, case: str) -> None:
    name, wrong, expected, right = FAILING[case]
    with pytest.raises(DiagnosedError) as caught:
        executor.call(name, *wrong)
    found = caught.value.diagnostics[0]
    assert f"{found.location}: {found.message}".startswith(f"test.mlir:{expected}")
    assert len(executor.call(name, *right)) == 1


def test_the_interpreter_of_the_lowest_level_fails_alike() -> None:
    with pytest.raises(DiagnosedError, match="divides by zero"):
        Interpreter(lowered()).call("divide", I(1), I(0))
