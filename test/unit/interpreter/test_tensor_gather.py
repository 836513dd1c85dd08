"""`tensor.gather` and `tensor.scatter` in the interpreter."""

from __future__ import annotations

import numpy as np
import pytest
from unit.interpreter.programs import run

from irc.ir.diagnostic import DiagnosedError

T = np.arange(24, dtype=np.float32).reshape(2, 3, 4)


def gather(dims, result, indices, unique=""):
    body = f"""
    %r0 = tensor.gather %0[%1] gather_dims([{dims}]) {unique}
        : (tensor<2x3x4xf32>, tensor<?x{indices.shape[-1]}xindex>) -> {result}"""
    return run(["tensor<2x3x4xf32>", f"tensor<?x{indices.shape[-1]}xindex>"], body, [result], T, indices)[0]


def test_slices_keep_their_unit_dimensions_or_not():
    at = np.array([[2], [0], [2]])
    expected = np.stack([T[:, 2], T[:, 0], T[:, 2]])
    np.testing.assert_array_equal(gather("1", "tensor<?x2x4xf32>", at), expected)
    np.testing.assert_array_equal(gather("1", "tensor<?x2x1x4xf32>", at), expected[:, :, None])


def test_dimensions_that_are_not_neighbours():
    at = np.array([[1, 3], [0, 0]])
    np.testing.assert_array_equal(gather("0, 2", "tensor<?x3xf32>", at), np.stack([T[1, :, 3], T[0, :, 0]]))
    np.testing.assert_array_equal(gather("0, 2", "tensor<?x1x3x1xf32>", at).shape, (2, 1, 3, 1))


def test_no_indices():
    assert gather("0", "tensor<?x3x4xf32>", np.zeros((0, 1), np.int64)).shape == (0, 3, 4)


@pytest.mark.parametrize("index", [-1, 3])
def test_an_index_out_of_bounds_is_reported(index):
    with pytest.raises(DiagnosedError, match=f"index {index} is out of bounds for dimension 1 of size 3"):
        gather("1", "tensor<?x2x4xf32>", np.array([[0], [index]]))


def test_a_broken_promise_is_reported():
    with pytest.raises(DiagnosedError, match="promises unique indices, but two are equal"):
        gather("1", "tensor<?x2x4xf32>", np.array([[0], [0]]), "unique")


SCATTER = """
    %r0 = tensor.scatter %0 into %1[%2] scatter_dims([0, 2]) unique
        : (tensor<?x3xf32>, tensor<2x3x4xf32>, tensor<?x2xi32>) -> tensor<2x3x4xf32>"""
TYPES = ["tensor<?x3xf32>", "tensor<2x3x4xf32>", "tensor<?x2xi32>"]


def test_scatter():
    slices = -np.arange(6, dtype=np.float32).reshape(2, 3)
    (found,) = run(TYPES, SCATTER, ["tensor<2x3x4xf32>"], slices, T, np.array([[1, 3], [0, 1]], np.int32))
    expected = T.copy()
    expected[1, :, 3], expected[0, :, 1] = slices
    np.testing.assert_array_equal(found, expected)
    with pytest.raises(DiagnosedError, match="unique"):
        run(TYPES, SCATTER, ["tensor<2x3x4xf32>"], slices, T, np.array([[1, 3], [1, 3]], np.int32))
    with pytest.raises(DiagnosedError, match=r"puts slices of shape \(1, 3\) where"):
        run(TYPES, SCATTER, ["tensor<2x3x4xf32>"], slices[:1], T, np.array([[1, 3], [0, 1]], np.int32))
