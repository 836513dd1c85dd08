"""Programs of `affine` give the numbers that NumPy gives: on the interpreter, after each step to native code, and as such."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from irc.codegen.cpu.executor import CpuExecutor
from irc.interpreter.core import Interpreter
from irc.ir.diagnostic import DiagnosedError
from irc.ir.verifier import verify_or_raise
from irc.passes.manager import PassManager
from irc.passes.pipeline import Pipeline, parse_pipeline
from irc.pipelines import CPU
from irc.text.parser import parse_module

STEPS = ("canonicalize", "lower-affine", "scf-parallel-to-for", "canonicalize")

RNG = np.random.default_rng(0)


def f32(*shape: int) -> np.ndarray:
    return RNG.standard_normal(shape).astype(np.float32)


def check(text: str, expected: list[Any], *arguments: Any) -> None:
    """Whether `@f` gives `expected`: its results, followed by its buffers as they are after the call."""
    module = parse_module(text, "test.mlir")
    verify_or_raise(module)
    compare(Interpreter(module).call, expected, arguments)
    for name in STEPS:
        PassManager(parse_pipeline(name)).run(module)
        verify_or_raise(module)
        compare(Interpreter(module).call, expected, arguments)
    for step in parse_pipeline(CPU).steps:
        PassManager(Pipeline("builtin.module", [step])).run(module)
    compare(CpuExecutor(module).call, expected, arguments)
    fresh = parse_module(text, "test.mlir")
    PassManager(parse_pipeline(CPU)).run(fresh)
    compare(CpuExecutor(fresh).call, expected, arguments)


def compare(call: Callable[..., Any], expected: list[Any], arguments: tuple[Any, ...]) -> None:
    copies = [argument.copy() if isinstance(argument, np.ndarray) else argument for argument in arguments]
    found = [*call("f", *copies), *[copy for copy in copies if isinstance(copy, np.ndarray)]]
    assert len(found) == len(expected)
    for a, b in zip(found, expected, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-5, atol=1e-5)


MATMUL = """
func.func @f(%a: memref<?x?xf32>, %b: memref<?x?xf32>, %c: memref<?x?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %m = memref.dim %a, %c0 : memref<?x?xf32>
  %k = memref.dim %a, %c1 : memref<?x?xf32>
  %n = memref.dim %b, %c1 : memref<?x?xf32>
  affine.for %i = 0 to %m {
    affine.for %j = 0 to %n {
      affine.for %l = 0 to %k {
        %x = affine.load %a[%i, %l] : memref<?x?xf32>
        %y = affine.load %b[%l, %j] : memref<?x?xf32>
        %z = affine.load %c[%i, %j] : memref<?x?xf32>
        %p = arith.mulf %x, %y : f32
        %s = arith.addf %z, %p : f32
        affine.store %s, %c[%i, %j] : memref<?x?xf32>
      }
    }
  }
  return
}"""


@pytest.mark.parametrize(("m", "k", "n"), [(3, 4, 5), (1, 1, 1), (0, 2, 3), (2, 0, 3)])
def test_a_product_of_matrices(m: int, k: int, n: int) -> None:
    a, b, c = f32(m, k), f32(k, n), f32(m, n)
    check(MATMUL, [a, b, c + a @ b], a, b, c)


TILED = """
func.func @f(%a: memref<?xf32>, %b: memref<?xf32>, %n: index) {
  affine.for %t = 0 to %n step 4 {
    affine.for %i = affine_map<(d0) -> (d0)>(%t) to min affine_map<(d0)[s0] -> (d0 + 4, s0)>(%t)[%n] {
      %x = affine.load %a[%i] : memref<?xf32>
      affine.store %x, %b[symbol(%n) - 1 - %i] : memref<?xf32>
    }
  }
  return
}"""


@pytest.mark.parametrize("n", [0, 1, 4, 7, 9])
def test_tiles_end_with_the_buffer(n: int) -> None:
    a, b = f32(n), f32(n)
    check(TILED, [a, a[::-1]], a, b, n)


TRIANGLES = """
func.func @f(%m: memref<6x6xi32>, %low: index) {
  %one = arith.constant 1 : i32
  affine.for %i = 0 to 6 {
    affine.for %j = max affine_map<(d0)[s0] -> (s0, d0 - 2)>(%i)[%low] to min affine_map<(d0) -> (d0 + 1, 5)>(%i) step 2 {
      affine.store %one, %m[%i, %j] : memref<6x6xi32>
    }
  }
  return
}"""


@pytest.mark.parametrize("low", [0, 1, 3, 9])
def test_bounds_are_extrema(low: int) -> None:
    expected = np.zeros((6, 6), np.int32)
    for i in range(6):
        expected[i, max(low, i - 2) : min(i + 1, 5) : 2] = 1
    check(TRIANGLES, [expected], np.zeros((6, 6), np.int32), low)


STENCIL = """
func.func @f(%x: memref<?x?xf32>, %y: memref<?x?xf32>, %n: index, %m: index) {
  affine.parallel (%i, %j) = (1, 1) to (symbol(%n) - 1, symbol(%m) - 1) {
    %a = affine.load %x[%i - 1, %j] : memref<?x?xf32>
    %b = affine.load %x[%i + 1, %j] : memref<?x?xf32>
    %c = affine.load %x[%i, %j - 1] : memref<?x?xf32>
    %d = affine.load %x[%i, %j + 1] : memref<?x?xf32>
    %ab = arith.addf %a, %b : f32
    %cd = arith.addf %c, %d : f32
    %s = arith.addf %ab, %cd : f32
    affine.store %s, %y[%i, %j] : memref<?x?xf32>
  }
  return
}"""


@pytest.mark.parametrize("shape", [(5, 4), (3, 3), (2, 7)])
def test_a_stencil(shape: tuple[int, int]) -> None:
    x = f32(*shape)
    y = np.zeros_like(x)
    y[1:-1, 1:-1] = x[:-2, 1:-1] + x[2:, 1:-1] + x[1:-1, :-2] + x[1:-1, 2:]
    check(STENCIL, [x, y], x, np.zeros_like(x), *shape)


NESTED_IFS = """
func.func @f(%x: memref<?xi32>, %n: index) -> index {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %count = affine.for %i = 0 to %n iter_args(%seen = %c0) -> (index) {
    %next = affine.if affine_set<(d0) : (d0 mod 2 == 0)>(%i) -> index {
      %inner = affine.if affine_set<(d0)[s0] : (d0 - 2 >= 0, s0 - d0 - 3 >= 0)>(%i)[%n] -> index {
        %v = arith.constant 7 : i32
        affine.store %v, %x[%i] : memref<?xi32>
        %more = arith.addi %seen, %c1 : index
        affine.yield %more : index
      } else {
        affine.yield %seen : index
      }
      affine.yield %inner : index
    } else {
      affine.yield %seen : index
    }
    affine.if affine_set<(d0) : (d0 - 3 == 0)>(%i) {
      %w = arith.constant 1 : i32
      affine.store %w, %x[%i] : memref<?xi32>
    }
    affine.yield %next : index
  }
  return %count : index
}"""


@pytest.mark.parametrize("n", [0, 4, 5, 11])
def test_conditions_in_conditions(n: int) -> None:
    expected = np.zeros(n, np.int32)
    expected[2 : max(n - 2, 0) : 2] = 7
    expected[3:4] = 1
    check(NESTED_IFS, [np.count_nonzero(expected == 7), expected], np.zeros(n, np.int32), n)


POWER = """
func.func @f(%x: tensor<?xf64>, %n: index) -> tensor<?xf64> {
  %r = affine.for %i = 1 to %n step 2 iter_args(%t = %x) -> (tensor<?xf64>) {
    %u = affine.if affine_set<(d0) : (d0 - 3 >= 0)>(%i) -> tensor<?xf64> {
      %v = nd.add %t, %x : tensor<?xf64>
      affine.yield %v : tensor<?xf64>
    } else {
      affine.yield %t : tensor<?xf64>
    }
    %w = nd.multiply %u, %x : tensor<?xf64>
    affine.yield %w : tensor<?xf64>
  }
  return %r : tensor<?xf64>
}"""


@pytest.mark.parametrize("n", [0, 2, 3, 8])
def test_a_loop_carries_tensors(n: int) -> None:
    x = RNG.standard_normal(4)
    expected = x
    for i in range(1, n, 2):
        expected = ((expected + x) if i >= 3 else expected) * x
    check(POWER, [expected, x], x, n)


REDUCTIONS: dict[str, tuple[str, Callable[..., Any], Any]] = {
    "addf": ("f32", np.sum, 0),
    "mulf": ("f32", np.prod, 1),
    "maximumf": ("f32", np.max, -np.inf),
    "minimumf": ("f32", np.min, np.inf),
    "maxnumf": ("f32", np.max, -np.inf),
    "minnumf": ("f32", np.min, np.inf),
    "addi": ("i32", np.sum, 0),
    "muli": ("i32", np.prod, 1),
    "ori": ("i32", lambda x: np.bitwise_or.reduce(x, None), 0),
    "andi": ("i32", lambda x: np.bitwise_and.reduce(x, None), -1),
    "maxs": ("si32", np.max, -(2**31)),
    "mins": ("si32", np.min, 2**31 - 1),
    "maxu": ("ui32", np.max, 0),
    "minu": ("ui32", np.min, 2**32 - 1),
}


@pytest.mark.parametrize("kind", REDUCTIONS)
def test_reductions(kind: str) -> None:
    type, reference, neutral = REDUCTIONS[kind]
    text = f"""
    func.func @f(%x: memref<?x?x{type}>, %m: index, %n: index) -> {type} {{
      %r = affine.parallel (%i, %j) = (0, max(0, %m - 2)) to (%m, min(%n, 3)) step (2, 1) reduce ("{kind}") -> ({type}) {{
        %a = affine.load %x[%i, %j] : memref<?x?x{type}>
        affine.yield %a : {type}
      }}
      return %r : {type}
    }}"""
    dtype = {"f32": np.float32, "ui32": np.uint32}.get(type, np.int32)
    x = (RNG.standard_normal((3, 4)) * 9).astype(np.int32).astype(dtype)
    check(text, [reference(x[::2, 1:3]), x], x, 3, 4)
    check(text, [neutral, x], x, 3, 1)


def test_vectors_and_indices_taken_apart() -> None:
    text = """
    func.func @f(%x: memref<?x8xf32>, %y: memref<?x8xf32>, %n: index) -> (index, index, index) {
      affine.for %i = 0 to %n {
        affine.prefetch %x[%i + 1, 0], read, locality<3>, data : memref<?x8xf32>
        %v = affine.vector_load %x[%i, 4] : memref<?x8xf32>, vector<4xf32>
        affine.vector_store %v, %y[-%i + symbol(%n) - 1, (%i mod 2) * 4] : memref<?x8xf32>, vector<4xf32>
      }
      %c3 = arith.constant 3 : index
      %c29 = arith.constant 29 : index
      %i:3 = affine.delinearize_index %c29 into (%n, %n, %c3) : index, index, index
      return %i#0, %i#1, %i#2 : index, index, index
    }"""
    x, y = f32(3, 8), np.zeros((3, 8), np.float32)
    expected = y.copy()
    for i in range(3):
        expected[2 - i, i % 2 * 4 : i % 2 * 4 + 4] = x[i, 4:]
    check(text, [3, 0, 2, x, expected], x, y, 3)


def test_copies_between_memory_spaces() -> None:
    text = """
    func.func @f(%a: memref<8xf32>, %b: memref<8xf32>, %i: index) {
      %tag = memref.alloc() : memref<2xi32>
      %count = arith.constant 3 : index
      affine.dma_start %a[symbol(%i)], %b[symbol(%i) + 1], %tag[1], %count : memref<8xf32>, memref<8xf32>, memref<2xi32>
      affine.dma_wait %tag[1], %count : memref<2xi32>
      return
    }"""
    a, b = f32(8), f32(8)
    expected = b.copy()
    expected[3:6] = a[2:5]
    module = parse_module(text, "test.mlir")
    compare(Interpreter(module).call, [a, expected], (a, b, 2))
    PassManager(parse_pipeline("lower-affine")).run(module)
    compare(Interpreter(module).call, [a, expected], (a, b, 2))


FAILING = {"load": "%y = affine.load %m[%i + 3]", "store": "affine.store %f, %m[%i - 1]"}


@pytest.mark.parametrize("name", FAILING)
def test_an_access_out_of_bounds_is_reported_where_it_stands(name: str) -> None:
    text = f"""func.func @f(%m: memref<?xf32>, %f: f32) -> f32 {{
    %s = affine.for %i = 0 to 4 iter_args(%x = %f) -> (f32) {{
      {FAILING[name]} : memref<?xf32>
      affine.yield %{"y" if name == "load" else "x"} : f32
    }}
    return %s : f32
    }}"""
    module = parse_module(text, "test.mlir")
    message = "out of bounds for dimension 0"
    with pytest.raises(DiagnosedError, match=f"'affine.{name}' op index .* is {message}") as caught:
        Interpreter(module).call("f", f32(4), np.float32(0))
    where = caught.value.diagnostics[0].location
    PassManager(parse_pipeline(CPU)).run(module)
    with pytest.raises(DiagnosedError, match=f"index is {message}") as caught:
        CpuExecutor(module).call("f", f32(4), np.float32(0))
    assert str(caught.value.diagnostics[0].location) == str(where)


INVALID = {
    "step": ("""
    "affine.for"() <{lowerBoundMap = affine_map<() -> (0)>, operandSegmentSizes = array<i32: 0, 0, 0>, step = 0 : index,
                     upperBoundMap = affine_map<() -> (4)>}> ({
    ^bb0(%i: index):
      "affine.yield"() : () -> ()
    }) : () -> ()""", "expected a positive step, got 0"),
    "assign": ("""
    %r = affine.parallel (%i) = (0) to (4) reduce ("assign") -> (index) {
      affine.yield %i : index
    }""", "'assign'"),
}  # fmt: skip


@pytest.mark.parametrize("name", INVALID)
def test_what_has_no_meaning_is_refused(name: str) -> None:
    body, message = INVALID[name]
    module = parse_module(f"func.func @f() {{\n{body}\nreturn\n}}", "test.mlir")
    with pytest.raises(DiagnosedError, match=message):
        Interpreter(module).call("f")
    with pytest.raises(DiagnosedError, match=message):
        PassManager(parse_pipeline("lower-affine")).run(module)
