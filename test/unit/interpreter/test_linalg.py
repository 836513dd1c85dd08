"""Structured ops in the interpreter against NumPy, on whole arrays and point by point."""

from __future__ import annotations

import numpy as np
import pytest

from irc.interpreter import linalg as rules
from irc.interpreter.core import Interpreter
from irc.ir.diagnostic import DiagnosedError
from irc.text.parser import parse_module

RNG = np.random.default_rng(0)
A, B = RNG.random((4, 3)), RNG.random((3, 5))


def run(text, *arguments):
    return Interpreter(parse_module(text, "test.mlir")).call("f", *arguments)


@pytest.fixture(params=["arrays", "points"])
def way(request, monkeypatch):
    """Both ways of execution."""
    if request.param == "points":
        monkeypatch.setattr(rules, "_is_elementwise", lambda op: False)


MATMUL = """
func.func @f(%a: tensor<?x?xf64>, %b: tensor<?x?xf64>, %c: tensor<?x?xf64>) -> tensor<?x?xf64> {
  %r = linalg.matmul ins(%a, %b : tensor<?x?xf64>, tensor<?x?xf64>) outs(%c : tensor<?x?xf64>) -> tensor<?x?xf64>
  return %r : tensor<?x?xf64>
}
"""


@pytest.mark.usefixtures("way")
def test_matmul_adds_to_a_copy_of_its_output():
    c = np.ones((4, 5))
    (found,) = run(MATMUL, A, B, c)
    np.testing.assert_allclose(found, A @ B + 1, rtol=1e-14)
    assert (c == 1).all()


def test_sizes_that_disagree_are_reported():
    with pytest.raises(DiagnosedError, match="op needs 3 elements along dimension 0 of operand #1"):
        run(MATMUL, A, A, np.zeros((4, 3)))


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(
    ("name", "subscripts", "a", "b"),
    [
        ("matmul_transpose_a", "km,kn->mn", (3, 4), (3, 5)),
        ("matmul_transpose_b", "mk,nk->mn", (4, 3), (5, 3)),
        ("batch_matmul", "bmk,bkn->bmn", (2, 4, 3), (2, 3, 5)),
        ("matvec", "mn,n->m", (4, 3), (3,)),
        ("vecmat", "m,mn->n", (4,), (4, 3)),
        ("dot", "m,m->", (4,), (4,)),
    ],
)
def test_products(name, subscripts, a, b):
    x, y = RNG.random(a), RNG.random(b)
    expected = np.einsum(subscripts, x, y)
    types = [f"tensor<{''.join(f'{n}x' for n in shape)}f64>" for shape in (a, b, expected.shape)]
    text = f"""
    func.func @f(%a: {types[0]}, %b: {types[1]}, %c: {types[2]}) -> {types[2]} {{
      %r = linalg.{name} ins(%a, %b : {types[0]}, {types[1]}) outs(%c : {types[2]}) -> {types[2]}
      return %r : {types[2]}
    }}"""
    (found,) = run(text, x, y, np.zeros(expected.shape))
    np.testing.assert_allclose(found, expected, rtol=1e-14)


@pytest.mark.usefixtures("way")
def test_generic_writes_buffers_and_knows_its_indices():
    text = """
    func.func @f(%x: memref<2x3xi64>, %y: memref<3x2xi64>) {
      linalg.generic {
        indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d1, d0)>],
        iterator_types = ["parallel", "parallel"]
      } ins(%x : memref<2x3xi64>) outs(%y : memref<3x2xi64>) {
      ^bb0(%in: i64, %out: i64):
        %i = linalg.index 0 : index
        %k = arith.index_cast %i : index to i64
        %s = arith.addi %in, %k : i64
        linalg.yield %s : i64
      }
      return
    }"""
    x, y = np.arange(6).reshape(2, 3), np.zeros((3, 2), np.int64)
    run(text, x, y)
    assert np.array_equal(y, (x + np.array([[0], [1]])).T)


@pytest.mark.usefixtures("way")
def test_a_window_that_no_array_view_expresses():
    text = """
    func.func @f(%x: tensor<?xf64>, %w: tensor<3xf64>, %y: tensor<?xf64>) -> tensor<?xf64> {
      %r = linalg.generic {
        indexing_maps = [affine_map<(d0, d1) -> (d0 + d1)>, affine_map<(d0, d1) -> (d1)>, affine_map<(d0, d1) -> (d0)>],
        iterator_types = ["parallel", "reduction"]
      } ins(%x, %w : tensor<?xf64>, tensor<3xf64>) outs(%y : tensor<?xf64>) {
      ^bb0(%a: f64, %b: f64, %out: f64):
        %p = arith.mulf %a, %b : f64
        %s = arith.addf %out, %p : f64
        linalg.yield %s : f64
      } -> tensor<?xf64>
      return %r : tensor<?xf64>
    }"""
    x, w = np.arange(6.0), np.array([1.0, 2.0, 3.0])
    (found,) = run(text, x, w, np.zeros(4))
    assert np.array_equal(found, np.correlate(x, w))
    with pytest.raises(DiagnosedError, match="reaches element 6 along dimension 0 of operand #0, which has 6"):
        run(text, x, w, np.zeros(5))


@pytest.mark.usefixtures("way")
def test_moves():
    text = """
    func.func @f(%x: tensor<2x3xf64>, %t: tensor<3x2xf64>, %b: tensor<2x4x3xf64>, %z: f64)
        -> (tensor<3x2xf64>, tensor<2x4x3xf64>, tensor<3x2xf64>) {
      %0 = linalg.transpose ins(%x : tensor<2x3xf64>) outs(%t : tensor<3x2xf64>) permutation = [1, 0]
      %1 = linalg.broadcast ins(%x : tensor<2x3xf64>) outs(%b : tensor<2x4x3xf64>) dimensions = [1]
      %2 = linalg.fill ins(%z : f64) outs(%t : tensor<3x2xf64>) -> tensor<3x2xf64>
      return %0, %1, %2 : tensor<3x2xf64>, tensor<2x4x3xf64>, tensor<3x2xf64>
    }"""
    x = RNG.random((2, 3))
    transposed, broadcast, filled = run(text, x, np.zeros((3, 2)), np.zeros((2, 4, 3)), 7.0)
    assert np.array_equal(transposed, x.T)
    assert np.array_equal(broadcast, np.broadcast_to(x[:, None], (2, 4, 3)))
    assert (filled == 7).all()


def test_an_empty_iteration_space_leaves_the_output():
    (found,) = run(MATMUL, np.zeros((4, 0)), np.zeros((0, 5)), np.ones((4, 5)))
    assert (found == 1).all()


@pytest.mark.usefixtures("way")
def test_operands_that_lack_a_loop_meet_in_the_body():
    text = """
    func.func @f(%a: tensor<3xi32>, %b: tensor<2xi32>, %o: tensor<3x2xi32>) -> tensor<3x2xi32> {
      %r = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i)>, affine_map<(i, j) -> (j)>, affine_map<(i, j) -> (i, j)>],
        iterator_types = ["parallel", "parallel"]} ins(%a, %b : tensor<3xi32>, tensor<2xi32>) outs(%o : tensor<3x2xi32>) {
      ^bb0(%x: i32, %y: i32, %z: i32):
        %p = math.ipowi %x, %y : i32
        %low, %high = arith.mulsi_extended %p, %x : i32
        %s, %c = arith.addui_extended %low, %high : i32, i1
        linalg.yield %s : i32
      } -> tensor<3x2xi32>
      return %r : tensor<3x2xi32>
    }"""
    (found,) = run(text, [2, 3, 5], [0, 3], np.zeros((3, 2), np.int32))
    assert found.tolist() == [[2, 16], [3, 81], [5, 625]]
