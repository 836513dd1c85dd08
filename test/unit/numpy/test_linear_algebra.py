"""`irc.numpy.linalg` and `irc.numpy.fft` against NumPy: at once, compiled, of batches and mapped."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest

import irc.numpy as jnp
from irc.tracing.jit import jit
from irc.tracing.vmap import vmap

RANDOM = np.random.default_rng(3)
A = RANDOM.normal(size=(2, 4, 4)) + 3 * np.eye(4)
TALL = RANDOM.normal(size=(2, 5, 3))
SYMMETRIC = A + np.swapaxes(A, 1, 2)
POSITIVE = A @ np.swapaxes(A, 1, 2) + np.eye(4)
COMPLEX = A + 1j * RANDOM.normal(size=A.shape)
B = RANDOM.normal(size=(2, 4, 3))


def _matrix_norm(order: Any, xp: Any, x: Any) -> Any:
    return xp.linalg.matrix_norm(x, ord=order)


FUNCTIONS: dict[str, tuple[Callable[[Any, Any], Any], Any]] = {
    "det": (lambda xp, x: xp.linalg.det(x), A),
    "slogdet": (lambda xp, x: tuple(xp.linalg.slogdet(x)), A),
    "slogdet of complex": (lambda xp, x: tuple(xp.linalg.slogdet(x)), COMPLEX),
    "inv": (lambda xp, x: xp.linalg.inv(x), A),
    "inv of complex": (lambda xp, x: xp.linalg.inv(x), COMPLEX),
    "solve": (lambda xp, x: xp.linalg.solve(x, B if x.ndim == 3 else B[0]), A),
    "cholesky": (lambda xp, x: xp.linalg.cholesky(x), POSITIVE),
    "eigvalsh": (lambda xp, x: xp.linalg.eigvalsh(x), SYMMETRIC),
    "svdvals": (lambda xp, x: xp.linalg.svdvals(x), TALL),
    "pinv": (lambda xp, x: xp.linalg.pinv(x), TALL),
    "matrix_rank": (lambda xp, x: xp.linalg.matrix_rank(x), TALL),
    "matrix_power": (lambda xp, x: xp.linalg.matrix_power(x, 5), A),
    "inverse power": (lambda xp, x: xp.linalg.matrix_power(x, -2), A),
    "vector_norm": (lambda xp, x: xp.linalg.vector_norm(x, ord=3, axis=-1), TALL),
    "norm": (lambda xp, x: xp.linalg.norm(x), TALL),
    **{f"matrix norm {order}": (partial(_matrix_norm, order), A)
       for order in ("fro", "nuc", 1, -1, 2, -2, np.inf, -np.inf)},
    "again from qr": (lambda xp, x: xp.matmul(*xp.linalg.qr(x)), TALL),
    "diagonal": (lambda xp, x: xp.linalg.diagonal(x, offset=1), A),
    "trace": (lambda xp, x: xp.linalg.trace(x), A),
    "fft": (lambda xp, x: xp.fft.fft(x), A),
    "fft longer": (lambda xp, x: xp.fft.fft(x, n=6, axis=0), COMPLEX),
    "ifft": (lambda xp, x: xp.fft.ifft(x, norm="ortho"), COMPLEX),
    "rfft": (lambda xp, x: xp.fft.rfft(x, norm="forward"), TALL),
    "irfft": (lambda xp, x: xp.fft.irfft(x, n=5), COMPLEX),
    "hfft": (lambda xp, x: xp.fft.hfft(x), COMPLEX),
    "ihfft": (lambda xp, x: xp.fft.ihfft(x), TALL),
    "fftn": (lambda xp, x: xp.fft.fftn(x), COMPLEX),
    "ifftn over some": (lambda xp, x: xp.fft.ifftn(x, axes=(-1, 0)), COMPLEX),
    "rfftn": (lambda xp, x: xp.fft.rfftn(x), TALL),
    "irfftn": (lambda xp, x: xp.fft.irfftn(x, s=(4, 5), axes=(-2, -1)), COMPLEX),
    "fftshift": (lambda xp, x: xp.fft.fftshift(x), TALL),
    "ifftshift": (lambda xp, x: xp.fft.ifftshift(x, axes=(-1,)), TALL),
}  # fmt: skip


def leaves(found: Any) -> list[Any]:
    return [np.asarray(each) for each in (found if isinstance(found, tuple | list) else [found])]


def check(found: Any, expected: Any) -> None:
    for x, y in zip(leaves(found), leaves(expected), strict=True):
        np.testing.assert_allclose(x, y, rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions(name: str) -> None:
    function, x = FUNCTIONS[name]
    expected = function(np, x)
    check(function(jnp, jnp.asarray(x)), expected)
    check(jit(lambda x: function(jnp, x))(x), expected)


@pytest.mark.parametrize("name", ["det", "solve", "cholesky", "eigvalsh", "pinv", "rfft", "fft", "matrix norm nuc"])
def test_of_each_example(name: str) -> None:
    function, x = FUNCTIONS[name]
    found = vmap(lambda x: function(jnp, x))(np.stack([x[0], x[0]]))
    check([each[1] for each in leaves(found)], leaves(function(np, x[0])))


def test_factors() -> None:
    """Factors are unique up to signs, so their product is compared."""
    values, vectors = jnp.linalg.eigh(SYMMETRIC)
    check((vectors * values[:, None, :]) @ jnp.matrix_transpose(vectors), SYMMETRIC)
    for full in (True, False):
        u, s, vh = jnp.linalg.svd(TALL, full_matrices=full)
        check((u[..., :3] * s[:, None, :]) @ vh, TALL)
        assert u.shape == ((2, 5, 5) if full else (2, 5, 3))
    values, vectors = jnp.linalg.eig(A[0])
    check(A[0].astype(complex) @ np.asarray(vectors), np.asarray(vectors * values))
    check(jnp.linalg.cholesky(POSITIVE, upper=True), np.swapaxes(np.linalg.cholesky(POSITIVE), 1, 2))


def test_least_squares() -> None:
    for found, expected in zip(jnp.linalg.lstsq(TALL[0], B[0, 0, 0] + np.arange(5.0)),
                               np.linalg.lstsq(TALL[0], B[0, 0, 0] + np.arange(5.0)), strict=True):  # fmt: skip
        np.testing.assert_allclose(np.asarray(found), expected, rtol=1e-7)
    check(jnp.linalg.multi_dot([TALL[0].T, TALL[0], B[0, :3]]), TALL[0].T @ TALL[0] @ B[0, :3])


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: jnp.linalg.inv(TALL), "square"),
        (lambda: jnp.linalg.solve(A, TALL), "do not fit"),
        (lambda: jnp.linalg.det(np.ones(3)), "matrices"),
        (lambda: jnp.linalg.cross(np.ones(2), np.ones(2)), "3 elements"),
        (lambda: jnp.linalg.matrix_norm(A, ord=7), "norm 7"),
        (lambda: jnp.fft.fft(A, norm="loud"), "norm"),
        (lambda: jnp.einsum("ij,jk", A[0], B[0, 0]), "does not fit"),
        (lambda: jnp.einsum("ij,jk", A[0], TALL[0]), "sizes 4 and 5"),
    ],
)
def test_errors(call: Callable[[], Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()


@pytest.mark.parametrize(
    "function",
    [
        jnp.linalg.pinv,
        partial(jnp.linalg.norm, ord=2),
        lambda a: jnp.linalg.lstsq(a, jnp.ones(2))[0],
        jnp.linalg.cond,
        jnp.linalg.eigvals,
        lambda a: jnp.roots(jnp.array([1, a[0, 0], 2])),
    ],
)
def test_nan_goes_through_what_is_made_of_factorizations(function: Callable[[Any], Any]) -> None:
    assert np.isnan(np.asarray(function(jnp.full((2, 2), jnp.nan)))).all()


def test_the_rank_of_what_is_not_finite_is_zero() -> None:
    assert jnp.linalg.matrix_rank(jnp.full((2, 2), jnp.nan)) == 0
