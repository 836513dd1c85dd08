"""Every level computes the same numbers: each op, in-place reuse, loops that carry tensors, static and dynamic sizes."""

from __future__ import annotations

import numpy as np
import pytest
from unit.lowering.levels import check_levels

from irc.codegen.cpu.executor import CpuExecutor
from irc.lowering import matmul_to_loops
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.pipelines import CPU
from irc.text.parser import parse_module

RNG = np.random.default_rng(0)


def f32(*shape: int) -> np.ndarray:
    # The same numbers whichever test comes first.
    return np.random.default_rng(len(shape)).standard_normal(shape).astype(np.float32)


UNARY = ["negative", "abs", "sign", "exp", "expm1", "sin", "cos", "tanh", "logistic", "erf", "floor", "ceil", "round"]
POSITIVE = ["log", "log1p", "sqrt", "rsqrt"]
BINARY = ["add", "subtract", "multiply", "divide", "maximum", "minimum", "remainder", "atan2"]
INTEGER = ["add", "subtract", "multiply", "divide", "maximum", "minimum", "remainder", "pow"]
COMPARISON = ["equal", "not_equal", "less", "less_equal", "greater", "greater_equal"]


@pytest.mark.parametrize("name", UNARY + POSITIVE)
def test_unary(name):
    text = f"""
    func.func @f(%x: tensor<3x7xf32>) -> tensor<3x7xf32> {{
      %y = nd.{name} %x : tensor<3x7xf32>
      return %y : tensor<3x7xf32>
    }}"""
    check_levels(text, [np.abs(f32(3, 7)) if name in POSITIVE else f32(3, 7)])


@pytest.mark.parametrize("name", BINARY)
def test_binary(name):
    text = f"""
    func.func @f(%x: tensor<?xf64>, %y: tensor<?xf64>) -> tensor<?xf64> {{
      %z = nd.{name} %x, %y : tensor<?xf64>
      return %z : tensor<?xf64>
    }}"""
    check_levels(text, [RNG.standard_normal(19), RNG.standard_normal(19)])


@pytest.mark.parametrize("name", INTEGER)
def test_integers(name):
    text = f"""
    func.func @f(%x: tensor<25xi32>, %y: tensor<25xi32>) -> tensor<25xi32> {{
      %z = nd.{name} %x, %y : tensor<25xi32>
      return %z : tensor<25xi32>
    }}"""
    x, y = np.meshgrid([0, 1, -1, 7, -(2**31)], [0, 1, -1, 3, -2])
    check_levels(text, [x.ravel().astype(np.int32), y.ravel().astype(np.int32)])


@pytest.mark.parametrize("name", COMPARISON)
def test_comparisons_and_where(name):
    text = f"""
    func.func @f(%x: tensor<18xf32>, %y: tensor<18xf32>) -> (tensor<18xi1>, tensor<18xf32>) {{
      %c = nd.{name} %x, %y : tensor<18xf32>
      %z = nd.where %c, %x, %y : tensor<18xi1>, tensor<18xf32>
      return %c, %z : tensor<18xi1>, tensor<18xf32>
    }}"""
    x, y = f32(18), f32(18)
    x[3], x[4] = np.nan, y[4]
    check_levels(text, [x, y])


@pytest.mark.parametrize("axes", [[0], [1], [2], [0, 1], [1, 2], [0, 2], [0, 1, 2]])
@pytest.mark.parametrize("shape", [(3, 5, 33), (2, 20, 4)])
@pytest.mark.parametrize("name", ["sum", "max"])
def test_reductions(name, shape, axes):
    kept = [size for i, size in enumerate(shape) if i not in axes]
    x, y = "x".join(map(str, (*shape, "f32"))), "x".join(map(str, (*kept, "f32")))
    text = f"""
    func.func @f(%x: tensor<{x}>) -> tensor<{y}> {{
      %e = nd.exp %x : tensor<{x}>
      %y = nd.{name} %e axes = {axes} : tensor<{x}> -> tensor<{y}>
      return %y : tensor<{y}>
    }}"""
    check_levels(text, [f32(*shape)])


def test_dynamic_reduction():
    text = """
    func.func @f(%x: tensor<?x?xf32>) -> (tensor<?xf32>, tensor<?xf32>, tensor<f32>) {
      %a = nd.sum %x axes = [0] : tensor<?x?xf32> -> tensor<?xf32>
      %b = nd.sum %x axes = [1] : tensor<?x?xf32> -> tensor<?xf32>
      %c = nd.min %x axes = [0, 1] : tensor<?x?xf32> -> tensor<f32>
      return %a, %b, %c : tensor<?xf32>, tensor<?xf32>, tensor<f32>
    }"""
    for shape in ((3, 70), (40, 1), (17, 129)):
        check_levels(text, [f32(*shape)])


@pytest.mark.parametrize(("m", "k", "n"), [(1, 1, 1), (20, 7, 37), (30, 5, 3), (15, 300, 64), (1, 9, 40), (5, 8, 70)])
@pytest.mark.parametrize(("a", "b"), [(0, 0), (1, 0), (0, 1), (1, 1)])
def test_products(m, k, n, a, b):
    left, right, out = f"tensor<{m}x{k}xf32>", f"tensor<{k}x{n}xf32>", f"tensor<{m}x{n}xf32>"
    given_left = f"tensor<{k}x{m}xf32>" if a else left
    given_right = f"tensor<{n}x{k}xf32>" if b else right
    text = f"""
    func.func @f(%a: {given_left}, %b: {given_right}) -> {out} {{
      %t = nd.permute_dims %a axes = {[1, 0] if a else [0, 1]} : {given_left} -> {left}
      %u = nd.permute_dims %b axes = {[1, 0] if b else [0, 1]} : {given_right} -> {right}
      %c = nd.matmul %t, %u : {left}, {right} -> {out}
      return %c : {out}
    }}"""
    check_levels(text, [f32(*((k, m) if a else (m, k))), f32(*((n, k) if b else (k, n)))])


def test_dynamic_and_batched_products():
    text = """
    func.func @f(%a: tensor<?x?xf64>, %b: tensor<?x?xf64>, %p: tensor<2x3x4xf64>, %q: tensor<2x4x5xf64>, %v: tensor<4xf64>)
        -> (tensor<?x?xf64>, tensor<2x3x5xf64>, tensor<2x3xf64>, tensor<f64>) {
      %c = nd.matmul %a, %b : tensor<?x?xf64>, tensor<?x?xf64> -> tensor<?x?xf64>
      %d = nd.matmul %p, %q : tensor<2x3x4xf64>, tensor<2x4x5xf64> -> tensor<2x3x5xf64>
      %e = nd.matmul %p, %v : tensor<2x3x4xf64>, tensor<4xf64> -> tensor<2x3xf64>
      %g = nd.matmul %v, %v : tensor<4xf64>, tensor<4xf64> -> tensor<f64>
      return %c, %d, %e, %g : tensor<?x?xf64>, tensor<2x3x5xf64>, tensor<2x3xf64>, tensor<f64>
    }"""
    r = RNG.standard_normal
    for m, k, n in ((17, 5, 21), (1, 1, 3)):
        check_levels(text, [r((m, k)), r((k, n)), r((2, 3, 4)), r((2, 4, 5)), r(4)])


def test_shapes():
    text = """
    func.func @f(%x: tensor<?x8xf32>, %i: index, %u: tensor<2x3xf32>)
        -> (tensor<?x8xf32>, tensor<24xf32>, tensor<2x3xf32>, tensor<8x?xf32>, tensor<?x2x4xf32>) {
      %c0 = arith.constant 0 : index
      %n = tensor.dim %x, %c0 : tensor<?x8xf32>
      %y = nd.exp %x : tensor<?x8xf32>
      %t = nd.permute_dims %y axes = [1, 0] : tensor<?x8xf32> -> tensor<8x?xf32>
      %q = nd.broadcast_to %y(%n) : tensor<?x8xf32> -> tensor<?x8xf32>
      %v = nd.dynamic_update_slice %q, %u[%i, %i] : tensor<?x8xf32>, tensor<2x3xf32>
      %p = nd.constant dense<1.0> : tensor<f32>
      %pad = nd.pad %u, %p low = [1, -1] high = [1, 0] interior = [0, 2] : tensor<2x3xf32>, tensor<f32> -> tensor<4x6xf32>
      %fl = nd.reshape %pad : tensor<4x6xf32> -> tensor<24xf32>
      %sl = nd.dynamic_slice %v[%i, %i] : tensor<?x8xf32> -> tensor<2x3xf32>
      %cc = nd.concat %sl, %u axis = 0 : tensor<2x3xf32>, tensor<2x3xf32> -> tensor<4x3xf32>
      %s2 = nd.slice %cc [0:4:2, :] : tensor<4x3xf32> -> tensor<2x3xf32>
      %r = nd.reshape %v(%n) : tensor<?x8xf32> -> tensor<?x2x4xf32>
      return %v, %fl, %s2, %t, %r : tensor<?x8xf32>, tensor<24xf32>, tensor<2x3xf32>, tensor<8x?xf32>, tensor<?x2x4xf32>
    }"""
    for i in (0, 3, 100, -5):
        check_levels(text, [f32(5, 8), i, f32(2, 3)])


def test_a_slice_of_a_size_that_the_result_leaves_open():
    text = """
    func.func @f(%x: tensor<8xf32>) -> tensor<?xf32> {
      %y = nd.slice %x [1:6:2] : tensor<8xf32> -> tensor<?xf32>
      return %y : tensor<?xf32>
    }"""
    check_levels(text, [f32(8)])


def test_conversions_and_positions():
    text = """
    func.func @f(%x: tensor<21xf32>, %c: tensor<21xi1>)
        -> (tensor<21xi32>, tensor<21xf64>, tensor<21xi1>, tensor<21xf32>, tensor<3x21xi64>) {
      %a = nd.cast %x : tensor<21xf32> -> tensor<21xi32>
      %b = nd.cast %a : tensor<21xi32> -> tensor<21xf64>
      %d = nd.cast %a : tensor<21xi32> -> tensor<21xi1>
      %e = nd.cast %c : tensor<21xi1> -> tensor<21xf32>
      %i = nd.iota axis = 1 : tensor<3x21xi64>
      return %a, %b, %d, %e, %i : tensor<21xi32>, tensor<21xf64>, tensor<21xi1>, tensor<21xf32>, tensor<3x21xi64>
    }"""
    check_levels(text, [f32(21) * 3, f32(21) > 0])


def test_a_value_that_is_still_needed_is_not_overwritten():
    text = """
    func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
      %b = nd.sin %x : tensor<4xf32>
      %c = nd.sin %b : tensor<4xf32>
      %f = nd.add %b, %c : tensor<4xf32>
      return %f : tensor<4xf32>
    }"""
    check_levels(text, [f32(4)], ["nd-to-linalg", "bufferize", "plan-memory", "linalg-to-loops"])


def test_constants_and_arguments_are_returned_as_copies():
    text = """
    func.func @f(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<2xf32>, tensor<4xf32>) {
      %c = nd.constant dense<[1.0, 2.0]> : tensor<2xf32>
      %y = nd.exp %x : tensor<4xf32>
      return %x, %y, %c, %y : tensor<4xf32>, tensor<4xf32>, tensor<2xf32>, tensor<4xf32>
    }"""
    check_levels(text, [f32(4)])


def test_loop_that_swaps():
    text = """
    func.func @f(%x: tensor<4xf32>, %n: index) -> (tensor<4xf32>, tensor<4xf32>, f32) {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %s0 = arith.constant 0.0 : f32
      %z = nd.constant dense<0.5> : tensor<4xf32>
      %w = nd.constant dense<[0.0, 1.0, 2.0, 3.0]> : tensor<4xf32>
      %a, %b, %s = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x, %b = %z, %s = %s0)
          -> (tensor<4xf32>, tensor<4xf32>, f32) {
        %f = nd.add %a, %w : tensor<4xf32>
        %e = tensor.extract %b[%c1] : tensor<4xf32>
        %t = arith.addf %s, %e : f32
        scf.yield %b, %f, %t : tensor<4xf32>, tensor<4xf32>, f32
      }
      return %a, %b, %s : tensor<4xf32>, tensor<4xf32>, f32
    }"""
    for n in (0, 1, 5):
        check_levels(text, [f32(4), n])


def test_dynamic_loop_whose_size_changes():
    text = """
    func.func @f(%x: tensor<?xf32>, %n: index) -> tensor<?xf32> {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> (tensor<?xf32>) {
        %y = nd.exp %a : tensor<?xf32>
        %d = nd.concat %y, %a axis = 0 : tensor<?xf32>, tensor<?xf32> -> tensor<?xf32>
        scf.yield %d : tensor<?xf32>
      }
      return %r : tensor<?xf32>
    }"""
    for n in (0, 1, 3):
        check_levels(text, [f32(3) - 2, n])


def test_branches():
    text = """
    func.func @f(%x: tensor<5xf32>, %d: tensor<?xf32>, %c: i1) -> (tensor<5xf32>, tensor<5xf32>, tensor<?xf32>) {
      %y = nd.add %x, %x : tensor<5xf32>
      %r, %q, %p = scf.if %c -> (tensor<5xf32>, tensor<5xf32>, tensor<?xf32>) {
        %a = nd.multiply %y, %x : tensor<5xf32>
        scf.yield %a, %y, %d : tensor<5xf32>, tensor<5xf32>, tensor<?xf32>
      } else {
        %e = nd.exp %d : tensor<?xf32>
        scf.yield %y, %x, %e : tensor<5xf32>, tensor<5xf32>, tensor<?xf32>
      }
      return %r, %q, %p : tensor<5xf32>, tensor<5xf32>, tensor<?xf32>
    }"""
    for c in (True, False):
        check_levels(text, [f32(5), f32(3), c])


def test_while():
    text = """
    func.func @g(%x: tensor<4xf32>) -> tensor<4xf32> {
      %y = nd.exp %x : tensor<4xf32>
      return %y : tensor<4xf32>
    }
    func.func @f(%x: tensor<4xf32>) -> (tensor<4xf32>, i32) {
      %c0 = arith.constant 0 : index
      %zero = arith.constant 0 : i32
      %one = arith.constant 1 : i32
      %limit = arith.constant 100.0 : f32
      %r, %k = scf.while (%a = %x, %i = %zero) : (tensor<4xf32>, i32) -> (tensor<4xf32>, i32) {
        %s = tensor.extract %a[%c0] : tensor<4xf32>
        %c = arith.cmpf olt, %s, %limit : f32
        scf.condition(%c) %a, %i : tensor<4xf32>, i32
      } do {
      ^bb0(%b: tensor<4xf32>, %j: i32):
        %f = nd.add %b, %b : tensor<4xf32>
        %k = arith.addi %j, %one : i32
        scf.yield %f, %k : tensor<4xf32>, i32
      }
      %h = func.call @g(%x) : (tensor<4xf32>) -> tensor<4xf32>
      %t = nd.add %r, %h : tensor<4xf32>
      return %t, %k : tensor<4xf32>, i32
    }"""
    check_levels(text, [np.array([1, -2, 3, 0.5], np.float32)])


def test_explicit_storage():
    text = """
    func.func @f(%x: tensor<4xf32>, %n: index) -> tensor<4xf32> {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %s = nd.allocate() : tensor<4xf32>
      %y = nd.exp %x into %s : tensor<4xf32>
      %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %y) -> (tensor<4xf32>) {
        %b = nd.add %a, %x into %a : tensor<4xf32>
        scf.yield %b : tensor<4xf32>
      }
      return %r : tensor<4xf32>
    }"""
    check_levels(text, [f32(4), 3])


def test_softmax_and_layer():
    text = """
    func.func @f(%x: tensor<4x20xf32>, %w: tensor<20x33xf32>, %b: tensor<33xf32>) -> tensor<4x33xf32> {
      %p = nd.matmul %x, %w : tensor<4x20xf32>, tensor<20x33xf32> -> tensor<4x33xf32>
      %bb = nd.broadcast_to %b : tensor<33xf32> -> tensor<4x33xf32>
      %z = nd.add %p, %bb : tensor<4x33xf32>
      %m = nd.max %z axes = [1] : tensor<4x33xf32> -> tensor<4xf32>
      %m1 = nd.reshape %m : tensor<4xf32> -> tensor<4x1xf32>
      %mb = nd.broadcast_to %m1 : tensor<4x1xf32> -> tensor<4x33xf32>
      %d = nd.subtract %z, %mb : tensor<4x33xf32>
      %e = nd.exp %d : tensor<4x33xf32>
      %s = nd.sum %e axes = [1] : tensor<4x33xf32> -> tensor<4xf32>
      %s1 = nd.reshape %s : tensor<4xf32> -> tensor<4x1xf32>
      %sb = nd.broadcast_to %s1 : tensor<4x1xf32> -> tensor<4x33xf32>
      %y = nd.divide %e, %sb : tensor<4x33xf32>
      return %y : tensor<4x33xf32>
    }"""
    check_levels(text, [f32(4, 20), f32(20, 33), f32(33)])
    check_levels(text, [f32(4, 20), f32(20, 33), f32(33)], vector_bits=0)


def test_packed_products(monkeypatch):
    monkeypatch.setattr(matmul_to_loops, "PACK_EXTENT", 8)
    monkeypatch.setattr(matmul_to_loops, "PACK_ROWS", 0)
    monkeypatch.setattr(matmul_to_loops, "PANEL_DEPTH", 4)
    text = """
    func.func @f(%a: tensor<5x11xf32>, %b: tensor<11x40xf32>, %c: tensor<?x?xf32>, %d: tensor<?x?xf32>)
        -> (tensor<5x40xf32>, tensor<?x?xf32>) {
      %x = nd.matmul %a, %b : tensor<5x11xf32>, tensor<11x40xf32> -> tensor<5x40xf32>
      %t = nd.permute_dims %d axes = [1, 0] : tensor<?x?xf32> -> tensor<?x?xf32>
      %y = nd.matmul %c, %t : tensor<?x?xf32>, tensor<?x?xf32> -> tensor<?x?xf32>
      return %x, %y : tensor<5x40xf32>, tensor<?x?xf32>
    }"""
    check_levels(text, [f32(5, 11), f32(11, 40), f32(17, 6), f32(50, 6)])
    check_levels(text, [f32(5, 11), f32(11, 40), f32(17, 6), f32(50, 6)], tile_rows=4, vector_bits=128)


def test_a_value_that_a_branch_comes_back_to_is_not_overwritten():
    text = """
    func.func @f(%n: index, %in: tensor<4xf32>) -> f32 {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %zero = arith.constant 0.0 : f32
      %x = nd.add %in, %in : tensor<4xf32>
      cf.br ^loop(%c0, %zero : index, f32)
    ^loop(%i: index, %sum: f32):
      %t = nd.multiply %x, %x : tensor<4xf32>
      %e = tensor.extract %t[%c1] : tensor<4xf32>
      %a = arith.addf %sum, %e : f32
      %j = arith.addi %i, %c1 : index
      %c = arith.cmpi slt, %j, %n : index
      cf.cond_br %c, ^loop(%j, %a : index, f32), ^end
    ^end:
      return %a : f32
    }"""
    check_levels(text, [3, f32(4)])


@pytest.mark.parametrize("sizes", [(2, 2, 3), (6, 2, 1), (1, 2, 6), (3, 2, 2)])
def test_reshape_between_several_dynamic_sizes(sizes):
    """The numbers of elements agree, whichever dimensions of the one shape those of the other are cut from."""
    text = """
    func.func @f(%x: tensor<?x?xf32>, %a: index, %b: index) -> (tensor<?x2x?xf32>, tensor<?x?xf32>) {
      %two = arith.constant 2 : index
      %c = arith.muli %a, %two : index
      %y = nd.reshape %x(%a, %b) : tensor<?x?xf32> -> tensor<?x2x?xf32>
      %z = nd.reshape %y(%b, %c) : tensor<?x2x?xf32> -> tensor<?x?xf32>
      return %y, %z : tensor<?x2x?xf32>, tensor<?x?xf32>
    }"""
    check_levels(text, [f32(4, 3), sizes[0], sizes[2]])


def test_buffers_of_vectors_do_not_overlap():
    text = """
    func.func @f(%n: index) -> f32 {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c3 = arith.constant 3 : index
      %a = memref.alloc() : memref<4xvector<3xf32>>
      %b = memref.alloc() : memref<4xvector<3xf32>>
      %v = arith.constant dense<7.0> : vector<3xf32>
      %w = arith.constant dense<9.0> : vector<3xf32>
      scf.for %i = %c0 to %n step %c1 {
        memref.store %v, %a[%i] : memref<4xvector<3xf32>>
        memref.store %w, %b[%i] : memref<4xvector<3xf32>>
      }
      %x = memref.load %a[%c3] : memref<4xvector<3xf32>>
      %y = memref.load %b[%c0] : memref<4xvector<3xf32>>
      %p = vector.extract %x[2] : f32 from vector<3xf32>
      %q = vector.extract %y[0] : f32 from vector<3xf32>
      %r = arith.subf %p, %q : f32
      return %r : f32
    }"""
    check_levels(text, [4])
    module = parse_module(text, "buffers.mlir")
    PassManager(parse_pipeline(CPU)).run(module)
    assert CpuExecutor(module).call("f", 4) == [-2]


@pytest.mark.parametrize("sizes", ["2", "0"])
def test_branches_that_know_more_sizes_than_their_result(sizes):
    text = f"""
    func.func @f(%c: i1, %x: tensor<{sizes}xf32>, %y: tensor<?xf32>) -> tensor<?xf32> {{
      %r = scf.if %c -> (tensor<?xf32>) {{
        %a = nd.tanh %x : tensor<{sizes}xf32>
        %b = tensor.cast %a : tensor<{sizes}xf32> to tensor<?xf32>
        scf.yield %b : tensor<?xf32>
      }} else {{
        %a = nd.sin %y : tensor<?xf32>
        scf.yield %a : tensor<?xf32>
      }}
      return %r : tensor<?xf32>
    }}"""
    x, y = f32(int(sizes)), f32(5)
    module = parse_module(text, "branches.mlir")
    PassManager(parse_pipeline(CPU)).run(module)
    executor = CpuExecutor(module)
    for c, expected in ((True, np.tanh(x)), (False, np.sin(y))):
        check_levels(text, [c, x, y])
        np.testing.assert_allclose(executor.call("f", c, x, y)[0], expected, rtol=1e-6)


def test_parts_of_empty_tensors_have_no_stride_of_zero():
    text = """
    func.func @f(%x: tensor<3x0x4xf32>, %i: index) -> tensor<2x0x4xf32> {
      %y = tensor.extract_slice %x[%i, 0, 0] [2, 0, 4] [1, 1, 1] : tensor<3x0x4xf32> to tensor<2x0x4xf32>
      return %y : tensor<2x0x4xf32>
    }"""
    check_levels(text, [np.zeros((3, 0, 4), np.float32), 1])


@pytest.mark.parametrize("n", [3, 17])
def test_lanes_beyond_the_end_divide_by_nothing(n):
    text = f"""
    func.func @f(%x: tensor<{n}xi32>, %y: tensor<{n}xi32>, %o: tensor<{n}xi32>) -> tensor<{n}xi32> {{
      %z = linalg.div ins(%x, %y : tensor<{n}xi32>, tensor<{n}xi32>) outs(%o : tensor<{n}xi32>) -> tensor<{n}xi32>
      return %z : tensor<{n}xi32>
    }}"""
    x, y = np.arange(-5, n - 5, dtype=np.int32), np.arange(1, n + 1, dtype=np.int32)
    check_levels(text, [x, y, np.zeros(n, np.int32)])


def test_a_map_is_not_fused_with_what_it_reads():
    text = """
    func.func @f(%x: tensor<4xf32>, %y: tensor<4xf32>, %o: tensor<4xf32>) -> tensor<4xf32> {
      %s = nd.sin %x : tensor<4xf32>
      %z = linalg.map { arith.subf } ins(%y, %s : tensor<4xf32>, tensor<4xf32>) outs(%o : tensor<4xf32>)
      return %z : tensor<4xf32>
    }"""
    check_levels(text, [f32(4), f32(4), f32(4)])
