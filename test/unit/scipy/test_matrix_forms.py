"""Hessenberg's form, tridiagonal matrices, the derivative of the exponential."""

from __future__ import annotations

import numpy as np
import pytest

import irc
from irc.scipy import linalg

RNG = np.random.default_rng(0)
A, E = RNG.standard_normal((2, 6, 6))


@pytest.mark.parametrize("matrix", [A, A + 1j * E, np.triu(A), A[:2, :2]])
def test_hessenberg(matrix):
    h, q = irc.jit(lambda x: linalg.hessenberg(x, calc_q=True))(matrix)
    h, q = np.asarray(h), np.asarray(q)
    np.testing.assert_allclose(q @ h @ q.conj().T, matrix, atol=1e-13)
    np.testing.assert_allclose(q @ q.conj().T, np.eye(len(matrix)), atol=1e-13)
    assert not np.tril(h, -2).any()
    np.testing.assert_allclose(linalg.hessenberg(matrix), h, atol=1e-13)


def test_the_derivative_of_the_exponential():
    exponential, derivative = linalg.expm_frechet(A, E)
    np.testing.assert_allclose(exponential, linalg.expm(A), atol=1e-12)
    np.testing.assert_allclose(derivative, irc.jvp(linalg.expm, (A,), (E,))[1], atol=1e-12)
    np.testing.assert_allclose(linalg.expm_frechet(A, E, compute_expm=False), derivative, atol=1e-12)


@pytest.mark.parametrize("e", [E[0, :5], E[0, :5] + 1j * E[1, :5]])
def test_tridiagonal_matrices(e):
    d = A[0]
    matrix = np.diag(d) + np.diag(e, -1) + np.diag(e.conj(), 1)
    values, vectors = linalg.eigh_tridiagonal(d, e)
    np.testing.assert_allclose(values, np.linalg.eigvalsh(matrix), atol=1e-12)
    np.testing.assert_allclose(matrix @ np.asarray(vectors), np.asarray(vectors) * np.asarray(values), atol=1e-12)
    some = linalg.eigh_tridiagonal(d, e, eigvals_only=True, select="i", select_range=(1, 3))
    np.testing.assert_allclose(some, values[1:4], atol=1e-12)


def test_errors():
    with pytest.raises(ValueError, match="diagonals of shapes"):
        linalg.eigh_tridiagonal(A[0], A[0])
    with pytest.raises(ValueError, match="square matrices of one size"):
        linalg.expm_frechet(A, E[:2])
