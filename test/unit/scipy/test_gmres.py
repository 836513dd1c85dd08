"""The generalized minimal residual method: matrices, functions of containers, complex numbers."""

from __future__ import annotations

import numpy as np
import pytest

import irc
from irc.scipy.sparse.linalg import gmres

RNG = np.random.default_rng(0)
A = RNG.standard_normal((30, 30)) + 10 * np.eye(30)
B = RNG.standard_normal(30)


@pytest.mark.parametrize("restart", [5, 20, 100])
def test_matrices(restart):
    x, info = gmres(A, B, tol=1e-10, restart=restart)
    np.testing.assert_allclose(x, np.linalg.solve(A, B), atol=1e-9)
    assert info == 0


def test_functions_of_containers_with_a_preconditioner():
    x, _ = irc.jit(lambda b: gmres(lambda v: {"a": A @ v["a"]}, {"a": b}, tol=1e-10, M=lambda v: {"a": v["a"] / 10}))(B)
    np.testing.assert_allclose(x["a"], np.linalg.solve(A, B), atol=1e-9)


def test_complex_numbers_and_small_spaces():
    matrix, right = A + 1j * A.T, B + 0j
    np.testing.assert_allclose(gmres(matrix, right, tol=1e-10)[0], np.linalg.solve(matrix, right), atol=1e-9)
    np.testing.assert_allclose(gmres(np.eye(3), np.ones(3))[0], np.ones(3), atol=1e-12)
    assert gmres(np.eye(3), np.zeros(3))[0].tolist() == [0, 0, 0]
    with pytest.raises(ValueError, match="solve_method is 'batched' or 'incremental'"):
        gmres(A, B, solve_method="other")
