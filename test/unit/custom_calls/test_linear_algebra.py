"""Cholesky factors, triangular systems, and the factorizations that programs call by name, on batches of every dtype."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from unit.custom_calls.running import EVERYWHERE, executor
from unit.lowering.levels import check_levels

from irc import custom_calls
from irc.custom_calls.factorizations import lu
from irc.custom_calls.lapack import tridiagonal_solve
from irc.custom_calls.linear_algebra import BLOCK, cholesky, triangular_solve
from irc.ir.dense import dtype_of
from irc.ir.diagnostic import DiagnosedError
from irc.ir.types import FloatType

Array = np.ndarray[Any, Any]

DTYPES = {"f16": 1e-2, "bf16": 1e-1, "f32": 1e-5, "f64": 1e-12}
"""Float types, and how exact results are to be."""


def draw(*shape: int, dtype: Any = np.float64) -> Array:
    rng = np.random.default_rng(sum(shape))
    x = rng.standard_normal(shape)
    return (x + 1j * rng.standard_normal(shape)).astype(dtype) if np.dtype(dtype).kind == "c" else x.astype(dtype)


def positive_definite(*shape: int, dtype: Any = np.float64) -> Array:
    x = draw(*shape, dtype=dtype)
    found: Array = x @ np.conj(np.swapaxes(x, -1, -2)) + shape[-1] * np.eye(shape[-1], dtype=dtype)
    return found


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.complex64, np.complex128])
@pytest.mark.parametrize("lower", [True, False])
@pytest.mark.parametrize("shape", [(0, 0), (1, 1), (5, 5), (2, 3, 4, 4), (0, 3, 3), (2, 0, 0)])
def test_cholesky(shape: tuple[int, ...], lower: bool, dtype: Any) -> None:
    a = positive_definite(*shape, dtype=dtype)
    # What lies in the other triangle is of no matter.
    factor = cholesky(np.tril(a) if lower else np.triu(a), lower)
    assert factor.dtype == dtype
    assert factor.shape == a.shape
    adjoint = np.conj(np.swapaxes(factor, -1, -2))
    np.testing.assert_array_equal(factor, np.tril(factor) if lower else np.triu(factor))
    np.testing.assert_allclose(factor @ adjoint if lower else adjoint @ factor, a, rtol=1e-4)


@pytest.mark.parametrize("lower", [True, False])
@pytest.mark.parametrize("wrong", [-1.0, 0.0, np.nan])
def test_a_matrix_that_is_not_positive_definite_gives_nan_and_leaves_others_alone(wrong: float, lower: bool) -> None:
    a = positive_definite(2, 3, 3, 3)
    a[1, 2, 1, 1] = wrong
    factors = cholesky(a, lower)
    bad = np.isnan(factors)
    np.testing.assert_array_equal(bad[1, 2], np.tri(3) if lower else np.tri(3).T)
    bad[1, 2] = False
    assert not bad.any()


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.complex64, np.complex128])
@pytest.mark.parametrize("transpose", ["NO_TRANSPOSE", "TRANSPOSE", "ADJOINT"])
@pytest.mark.parametrize(("left", "lower", "unit"), list(itertools.product([True, False], repeat=3)))
@pytest.mark.parametrize(("batch", "n", "k"), [((), 4, 3), ((2, 3), 5, 1), ((2,), 0, 3), ((0,), 3, 2), ((2,), 3, 0)])
def test_triangular_solve(
    batch: tuple[int, ...], n: int, k: int, left: bool, lower: bool, unit: bool, transpose: str, dtype: Any
) -> None:
    a = positive_definite(*batch, n, n, dtype=dtype)
    b = draw(*batch, *((n, k) if left else (k, n)), dtype=dtype)
    x = triangular_solve(a, b, left, lower, unit, transpose)
    assert x.dtype == dtype
    matrix = np.tril(a) if lower else np.triu(a)
    if unit:
        matrix = np.where(np.eye(n) == 1, np.ones((), dtype), matrix)
    if transpose != "NO_TRANSPOSE":
        matrix = np.swapaxes(matrix, -1, -2)
    if transpose == "ADJOINT":
        matrix = np.conj(matrix)
    product = matrix @ x if left else x @ matrix
    scale = np.abs(matrix).max(initial=1) * np.abs(x).max(initial=1)
    np.testing.assert_allclose(product, b, atol=1e-5 * scale)


@pytest.mark.parametrize("lower", [True, False])
def test_large_systems_are_solved_by_blocks(lower: bool) -> None:
    n = 2 * BLOCK + 7
    a, b = positive_definite(n, n), draw(n, 3)
    x = triangular_solve(a, b, True, lower, False)
    np.testing.assert_allclose((np.tril(a) if lower else np.triu(a)) @ x, b, atol=1e-10)


def test_a_zero_on_the_diagonal_is_divided_by() -> None:
    with np.errstate(all="ignore"):
        x = triangular_solve(np.array([[1.0, 0.0], [1.0, 0.0]]), np.array([[1.0, 0.0], [3.0, 1.0]]), True, True, False)
    assert x.tolist() == [[1, 0], [np.inf, np.inf]]


PROGRAM = """
func.func @f(%a: tensor<?x3x3x{0}>, %b: tensor<?x3x2x{0}>) -> (tensor<?x3x3x{0}>, tensor<?x3x2x{0}>, tensor<?x3x2x{0}>) {{
  %l = nd.cholesky %a lower = true : tensor<?x3x3x{0}>
  %x = nd.triangular_solve %l, %b left_side = true lower = true unit_diagonal = false transpose_a = NO_TRANSPOSE
    : tensor<?x3x3x{0}>, tensor<?x3x2x{0}>
  %y = nd.triangular_solve %l, %x left_side = true lower = true unit_diagonal = false transpose_a = TRANSPOSE
    : tensor<?x3x3x{0}>, tensor<?x3x2x{0}>
  return %l, %x, %y : tensor<?x3x3x{0}>, tensor<?x3x2x{0}>, tensor<?x3x2x{0}>
}}
"""


@pytest.mark.parametrize("kind", DTYPES)
@pytest.mark.parametrize("count", [0, 1, 4])
@EVERYWHERE
def test_programs_solve_systems(how: str, count: int, kind: str) -> None:
    dtype = dtype_of(FloatType(kind))
    a, b = positive_definite(count, 3, 3).astype(dtype), draw(count, 3, 2).astype(dtype)
    factor, _, x = executor(PROGRAM.format(kind), how).call("f", a, b)
    assert factor.dtype == x.dtype == dtype
    exact = np.linalg.solve(a.astype(np.float64), b.astype(np.float64))
    np.testing.assert_allclose(x.astype(np.float64), exact, atol=DTYPES[kind])


def test_every_level_gives_the_same() -> None:
    check_levels(
        PROGRAM.format("f32"), [positive_definite(2, 3, 3).astype(np.float32), draw(2, 3, 2).astype(np.float32)]
    )


@EVERYWHERE
def test_batches_that_do_not_agree_are_an_error(how: str) -> None:
    with pytest.raises(DiagnosedError, match=r"the shapes \(2, 3, 3\) and \(1, 3, 2\) do not fit together"):
        executor(PROGRAM.format("f64"), how).call("f", positive_definite(2, 3, 3), draw(1, 3, 2))


# -- factorizations --------------------------------------------------------------------------------------------------


def call(how: str, name: str, a: Array, results: list[str], options: str = "") -> list[Array]:
    """The results of a call of a function on a matrix, from a program."""
    element = {"f": "f32", "d": "f64", "e": "f16", "D": "complex<f64>"}[a.dtype.char]
    operand = f"tensor<{'x'.join(map(str, a.shape))}x{element}>"
    types = [f"tensor<{result}>" for result in results]
    names = ", ".join(f"%r#{i}" for i in range(len(types)))
    text = f"""
    func.func @f(%a: {operand}) -> ({", ".join(types)}) {{
      %r:{len(types)} = nd.custom_call @irc.{name}(%a) {options} : ({operand}) -> ({", ".join(types)})
      return {names} : {", ".join(types)}
    }}
    """
    found: list[Array] = executor(text, how).call("f", a)
    return found


@EVERYWHERE
@pytest.mark.parametrize(("m", "n"), [(3, 3), (5, 3), (3, 5)])
def test_lu(m: int, n: int, how: str) -> None:
    a, k = draw(2, m, n), min(m, n)
    factors, pivots, permutation = call(how, "lu", a, [f"2x{m}x{n}xf64", f"2x{k}xi32", f"2x{m}xi32"])
    lower, upper = np.tril(factors, -1)[..., :k] + np.eye(m, k), np.triu(factors)[..., :k, :]
    np.testing.assert_allclose(lower @ upper, np.take_along_axis(a, permutation[..., None], -2), atol=1e-12)
    assert np.abs(lower).max() <= 1
    for matrix, swaps, rows in zip(a, pivots, permutation, strict=True):
        swapped = matrix.copy()
        for i, j in enumerate(swaps):
            swapped[[i, j]] = swapped[[j, i]]
        np.testing.assert_array_equal(swapped, matrix[rows])


@pytest.mark.parametrize("shape", [(2 * BLOCK + 3, 2 * BLOCK + 9), (0, 0), (2, 0, 3), (0, 3, 3)])
def test_lu_of_large_and_empty_matrices(shape: tuple[int, ...]) -> None:
    a = draw(*shape)
    factors, _, permutation = lu(a)
    k = min(shape[-2:])
    lower, upper = np.tril(factors, -1)[..., :k] + np.eye(shape[-2], k), np.triu(factors)[..., :k, :]
    np.testing.assert_allclose(lower @ upper, np.take_along_axis(a, permutation[..., None], -2), atol=1e-10)


def test_lu_of_a_singular_matrix() -> None:
    factors, pivots, _ = lu(np.zeros((3, 3)))
    assert not factors.any()
    assert pivots.tolist() == [0, 1, 2]


@EVERYWHERE
@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize(("m", "n"), [(5, 3), (3, 5), (4, 4)])
def test_qr(m: int, n: int, full: bool, how: str) -> None:
    a, k = draw(2, m, n), m if full else min(m, n)
    q, r = call(how, "qr", a, [f"2x{m}x{k}xf64", f"2x{k}x{n}xf64"])
    np.testing.assert_allclose(q @ r, a, atol=1e-12)
    np.testing.assert_allclose(np.swapaxes(q, -1, -2) @ q, np.broadcast_to(np.eye(k), (2, k, k)), atol=1e-12)


@EVERYWHERE
@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize(("m", "n"), [(5, 3), (3, 5), (4, 4)])
def test_svd(m: int, n: int, full: bool, how: str) -> None:
    a, k = draw(2, m, n), min(m, n)
    u, s, vh = call(how, "svd", a, [f"2x{m}x{m if full else k}xf64", f"2x{k}xf64", f"2x{n if full else k}x{n}xf64"])
    np.testing.assert_allclose((u[..., :k] * s[:, None, :]) @ vh[..., :k, :], a, atol=1e-12)
    (alone,) = call(how, "svd", a, [f"2x{k}xf64"])
    np.testing.assert_allclose(alone, s, atol=1e-12)


@EVERYWHERE
@pytest.mark.parametrize("lower", ["true", "false"])
def test_eigh(lower: str, how: str) -> None:
    a = positive_definite(2, 4, 4)
    one_triangle = np.tril(a) if lower == "true" else np.triu(a)
    w, v = call(how, "eigh", one_triangle, ["2x4xf64", "2x4x4xf64"], f"options {{lower = {lower}}}")
    np.testing.assert_allclose(a @ v, v * w[:, None, :], atol=1e-10)
    (alone,) = call(how, "eigh", one_triangle, ["2x4xf64"], f"options {{lower = {lower}}}")
    np.testing.assert_allclose(alone, w, atol=1e-10)
    np.testing.assert_array_equal(w, np.sort(w))


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.complex128])
def test_eig(dtype: Any) -> None:
    a = draw(2, 4, 4, dtype=dtype)
    part = "f32" if dtype == np.float32 else "f64"
    w, v = call("interpreter", "eig", a, [f"2x4xcomplex<{part}>", f"2x4x4xcomplex<{part}>"])
    np.testing.assert_allclose(a @ v, v * w[:, None, :], atol=1e-4)
    (alone,) = call("interpreter", "eig", a, [f"2x4xcomplex<{part}>"])
    np.testing.assert_allclose(alone, w, atol=1e-4)


@EVERYWHERE
def test_narrow_floats_are_rounded_at_the_end(how: str) -> None:
    a = draw(3, 3).astype(np.float16)
    q, _ = call(how, "qr", a, ["3x3xf16", "3x3xf16"])
    np.testing.assert_array_equal(q, np.linalg.qr(a.astype(np.float32)).Q.astype(np.float16))


@EVERYWHERE
@pytest.mark.parametrize(
    ("name", "results", "message"),
    [
        ("svd", ["7xf64"], r"computed an array of shape \(3,\) for a result of shape \(7,\)"),
        ("qr", ["3x3xf64"] * 3, "there are 2 results, not 3"),
        ("eig", ["3xf64"], "computed complex numbers for a result of float64"),
    ],
)
def test_results_that_do_not_fit_are_an_error(name: str, results: list[str], message: str, how: str) -> None:
    a = np.array([[0.0, 1, 0], [-1, 0, 0], [0, 0, 1]])
    with pytest.raises(DiagnosedError, match=message):
        call(how, name, a, results)


@EVERYWHERE
@pytest.mark.parametrize("bad", [np.nan, np.inf])
@pytest.mark.parametrize(
    ("name", "results"),
    [
        ("svd", ["3x2x2xf64", "3x2xf64", "3x2x2xf64"]),
        ("svd", ["3x2xf64"]),
        ("eigh", ["3x2xf64", "3x2x2xf64"]),
        ("eigh", ["3x2xf64"]),
        ("eig", ["3x2xcomplex<f64>", "3x2x2xcomplex<f64>"]),
        ("eig", ["3x2xcomplex<f64>"]),
    ],
)
def test_what_is_not_finite_gives_nan_and_leaves_others_alone(
    name: str, results: list[str], bad: float, how: str
) -> None:
    a = np.stack([np.diag([3.0, 2.0]), np.full((2, 2), bad), np.diag([1.0, 4.0])])
    for found, alone in zip(
        call(how, name, a, results), call(how, name, a[::2], [r.replace("3x", "2x", 1) for r in results]), strict=True
    ):
        assert np.isnan(found[1]).all()
        np.testing.assert_allclose(found[::2], alone)


def test_a_singular_tridiagonal_matrix_gives_nan() -> None:
    zero = np.zeros((2, 2))
    diagonal = np.array([[1.0, 1.0], [0.0, 0.0]])
    found = tridiagonal_solve(zero, diagonal, zero, np.ones((2, 2, 1)))
    np.testing.assert_array_equal(found[0], np.ones((2, 1)))
    assert np.isnan(found[1]).all()


def test_names() -> None:
    for name in ("fft", "cholesky", "triangular_solve", "lu", "qr", "eigh", "svd", "eig"):
        assert custom_calls.find(f"irc.{name}") is not None
