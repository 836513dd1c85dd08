"""Where a native program cannot go on, the call ends with an error at the user's line, and the next call works."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from irc.codegen.cpu.executor import CpuExecutor
from irc.interpreter.core import Interpreter
from irc.ir.diagnostic import DiagnosedError
from irc.ir.location import FileLineColLoc
from irc.ir.operation import Operation
from irc.ir.verifier import verify_or_raise
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
func.func @reshape(%x: tensor<?xf32>, %n: index) -> tensor<?x2xf32> {
  %y = nd.reshape %x(%n) : tensor<?xf32> -> tensor<?x2xf32>
  return %y : tensor<?x2xf32>
}
func.func @slice(%x: tensor<?xf32>) -> tensor<2xf32> {
  %y = nd.slice %x [1:5:2] : tensor<?xf32> -> tensor<2xf32>
  return %y : tensor<2xf32>
}
func.func @whole(%x: tensor<?xf32>) -> tensor<5xf32> {
  %y = nd.slice %x [:] : tensor<?xf32> -> tensor<5xf32>
  return %y : tensor<5xf32>
}
func.func @concat(%x: tensor<?x4xf32>, %y: tensor<?x?xf32>) -> tensor<5x4xf32> {
  %z = nd.concat %x, %y axis = 0 : tensor<?x4xf32>, tensor<?x?xf32> -> tensor<5x4xf32>
  return %z : tensor<5x4xf32>
}
func.func @part(%x: tensor<?xf32>, %i: index, %n: index) -> tensor<?xf32> {
  %y = nd.dynamic_slice %x[%i](%n) : tensor<?xf32> -> tensor<?xf32>
  return %y : tensor<?xf32>
}
func.func @update(%x: tensor<?xf32>, %u: tensor<?xf32>, %i: index) -> tensor<?xf32> {
  %y = nd.dynamic_update_slice %x, %u[%i] : tensor<?xf32>, tensor<?xf32>
  return %y : tensor<?xf32>
}
func.func @stretch(%x: tensor<?xf32>, %n: index) -> tensor<2x?xf32> {
  %y = nd.broadcast_to %x(%n) : tensor<?xf32> -> tensor<2x?xf32>
  return %y : tensor<2x?xf32>
}
func.func @pad(%x: tensor<?xf32>, %v: tensor<f32>) -> tensor<?xf32> {
  %y = nd.pad %x, %v low = [-2] high = [-2] interior = [1] : tensor<?xf32>, tensor<f32> -> tensor<?xf32>
  return %y : tensor<?xf32>
}
func.func @element(%x: tensor<?xf32>, %i: index) -> f32 {
  %y = tensor.extract %x[%i] : tensor<?xf32>
  return %y : f32
}
func.func @loop(%n: index, %step: index) -> index {
  %zero = arith.constant 0 : index
  %r = scf.for %i = %zero to %n step %step iter_args(%a = %zero) -> (index) {
    scf.yield %i : index
  }
  return %r : index
}
#sum = affine_map<(i, j) -> (i + j)>
#inner = affine_map<(i, j) -> (j)>
#outer = affine_map<(i, j) -> (i)>
func.func @window(%x: tensor<?xf32>, %k: tensor<?xf32>, %y: tensor<?xf32>) -> tensor<?xf32> {
  %r = linalg.generic {indexing_maps = [#sum, #inner, #outer], iterator_types = ["parallel", "reduction"]}
      ins(%x, %k : tensor<?xf32>, tensor<?xf32>) outs(%y : tensor<?xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %m, %c : f32
    linalg.yield %s : f32
  } -> tensor<?xf32>
  return %r : tensor<?xf32>
}
func.func @copy(%x: memref<?xf32>, %y: memref<?xf32>) -> index {
  %zero = arith.constant 0 : index
  memref.copy %x, %y : memref<?xf32> to memref<?xf32>
  return %zero : index
}
func.func @lanes(%x: memref<?xf32>, %i: index) -> index {
  %v = arith.constant dense<7.0> : vector<4xf32>
  vector.store %v, %x[%i] : memref<?xf32>, vector<4xf32>
  return %i : index
}
func.func @deep(%n: i32) -> i32 {
  %zero = arith.constant 0 : i32
  %one = arith.constant 1 : i32
  %done = arith.cmpi eq, %n, %zero : i32
  %r = scf.if %done -> (i32) {
    scf.yield %one : i32
  } else {
    %m = arith.subi %n, %one : i32
    %before = func.call @square(%m) : (i32) -> i32
    %s = arith.addi %before, %n : i32
    scf.yield %s : i32
  }
  return %r : i32
}
func.func @square(%n: i32) -> i32 {
  %e = call @deep(%n) : (i32) -> i32
  %r = arith.muli %e, %e : i32
  return %r : i32
}
func.func @check(%c: i1) -> i1 {
  cf.assert %c, "it must hold"
  return %c : i1
}
"""

I = np.int32  # noqa: E741 - the letter of the type

X = np.arange(6, dtype=np.float32)


def n(value: int) -> np.int64:
    return np.int64(value)


FAILING: dict[str, tuple[str, tuple[Any, ...], str, tuple[Any, ...]]] = {
    "elementwise": ("add", (np.ones((5, 4), "f"), np.ones((3, 4), "f")), "nd.add", (np.ones((5, 4), "f"),) * 2),
    "matmul": ("matmul", (np.ones((2, 3), "f"), np.ones((4, 2), "f")), "nd.matmul",
               (np.ones((2, 3), "f"), np.ones((3, 2), "f"))),
    "by zero": ("divide", (I(7), I(0)), "arith.divsi: 'arith.divsi' op divides by zero", (I(7), I(2))),
    "overflow": ("divide", (I(-(2**31)), I(-1)),
                 "arith.divsi: 'arith.divsi' op overflows: the least integer is divided by -1", (I(-(2**31)), I(1))),
    "negative": ("count", (n(-5),), "nd.iota: cannot allocate the memory for a tensor: a size is negative", (n(0),)),
    "huge": ("count", (n(1 << 50),), "nd.iota: cannot allocate the memory for a tensor: it is too large", (n(3),)),
    "reshape": ("reshape", (X, n(4)), "nd.reshape", (X, n(3))),
    "negative reshape": ("reshape", (X, n(-3)), "nd.reshape", (X, n(3))),
    "short slice": ("slice", (X[:4],), "nd.slice", (X[:5],)),
    "no whole slice": ("whole", (X,), "nd.slice", (X[:5],)),
    "long concat": ("concat", (np.ones((5, 4), "f"),) * 2, "nd.concat", (np.ones((2, 4), "f"), np.ones((3, 4), "f"))),
    "wide concat": ("concat", (np.ones((2, 4), "f"), np.ones((3, 5), "f")), "nd.concat",
                    (np.ones((2, 4), "f"), np.ones((3, 4), "f"))),
    "large part": ("part", (X, n(0), n(7)), "nd.dynamic_slice", (X, n(9), n(6))),
    "negative part": ("part", (X, n(0), n(-1)), "nd.dynamic_slice", (X, n(9), n(0))),
    "large update": ("update", (X[:3], X, n(0)), "nd.dynamic_update_slice", (X, X[:3], n(9))),
    "no stretching": ("stretch", (X[:1], n(6)), "nd.broadcast_to", (X, n(6))),
    "short pad": ("pad", (X[:2], np.float32(0)), "nd.pad", (X[:3], np.float32(0))),
    "index": ("element", (X, n(6)), "tensor.extract: 'tensor.extract' op index is out of bounds for dimension 0",
              (X, n(5))),
    "negative index": ("element", (X, n(-1)), "tensor.extract", (X, n(0))),
    "step": ("loop", (n(4), n(0)), "scf.for: 'scf.for' op expects a positive step", (n(4), n(3))),
    "overflowing loop": ("loop", (n((1 << 63) - 1), n(1 << 62)), "scf.for", (n(100), n(7))),
    "window": ("window", (X, X[:3], X), "linalg.generic", (X, X[:3], X[:4])),
    "no window": ("window", (X, X[:3], X[:5]), "linalg.generic", (X[:0], X[:0], X)),
    "copy": ("copy", (X.copy(), X[:4].copy()), "memref.copy", (X.copy(), X.copy())),
    "lanes": ("lanes", (X.copy(), n(3)), "vector.store", (X.copy(), n(2))),
    "negative lanes": ("lanes", (X.copy(), n(-1)), "vector.store", (X.copy(), n(0))),
    "recursion": ("deep", (I(50_000_000),), "func.func @", (I(400),)),
    "assertion": ("check", (np.bool_(False),), "cf.assert: it must hold", (np.bool_(True),)),
}  # fmt: skip
"""A function, arguments that it cannot go on with, the op that says so and how, and arguments that it can work with."""


def lowered() -> Operation:
    module: Operation = parse_module(PROGRAMS, "test.mlir")
    verify_or_raise(module)
    PassManager(parse_pipeline(CPU)).run(module)
    return module


@pytest.fixture(scope="module")
def executor() -> CpuExecutor:
    return CpuExecutor(lowered())


@pytest.mark.parametrize("case", FAILING)
def test_a_call_fails_at_the_op_and_the_next_one_works(executor: CpuExecutor, case: str) -> None:
    name, wrong, expected, right = FAILING[case]
    with pytest.raises(DiagnosedError) as caught:
        executor.call(name, *wrong)
    found = caught.value.diagnostics[0]
    where = found.location
    assert isinstance(where, FileLineColLoc)
    op, _, message = expected.partition(": ")
    assert op in PROGRAMS.splitlines()[where.line - 1][where.column - 1 :]
    assert message in found.message
    assert len(executor.call(name, *right)) == 1


@pytest.mark.parametrize("case", FAILING)
def test_the_interpreter_fails_at_the_same_op(case: str) -> None:
    if case == "huge":
        pytest.skip("the interpreter would ask NumPy for the memory")
    name, wrong, expected, right = FAILING[case]
    module = parse_module(PROGRAMS, "test.mlir")
    with pytest.raises(DiagnosedError) as caught:
        Interpreter(module).call(name, *wrong)
    where = caught.value.diagnostics[0].location
    assert isinstance(where, FileLineColLoc)
    assert expected.partition(": ")[0] in PROGRAMS.splitlines()[where.line - 1]
    assert len(Interpreter(module).call(name, *right)) == 1


def test_the_interpreter_of_the_lowest_level_fails_alike() -> None:
    with pytest.raises(DiagnosedError, match="divides by zero"):
        Interpreter(lowered()).call("divide", I(1), I(0))
