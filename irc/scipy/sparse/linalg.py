"""Conjugate gradients and their kin, by the names of `jax.scipy.sparse.linalg`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from irc.lax.loops import while_loop
from irc.numpy.complexes import conj, real
from irc.numpy.products import matmul
from irc.numpy.reductions import sum as total
from irc.numpy.ufuncs.operands import filled
from irc.numpy.ufuncs.orders import maximum
from irc.numpy.ufuncs.signs import abs as abs_
from irc.numpy.ufuncs.truth import where
from irc.scipy.sparse.krylov import gmres
from irc.tracing.array import Array, as_array
from irc.tracing.elementwise import cast, promoted
from irc.tracing.trees import flatten, unflatten

Operator = Callable[[Any], Any]


def _operator(A: Any) -> Operator:
    return A if callable(A) else lambda x: matmul(A, x)


def _dot(xs: list[Array], ys: list[Array]) -> Array:
    """The sum of products, whose real part is what these methods look at."""
    parts = [real(total(conj(x) * y)) for x, y in zip(xs, ys, strict=True)]
    found = parts[0]
    for part in parts[1:]:
        found = found + part
    return found


def _sum(xs: list[Array], factor: Array, ys: list[Array]) -> list[Array]:
    """xs + factor ys."""
    return [x + cast(factor, y.dtype) * y for x, y in zip(xs, ys, strict=True)]


def _start(A: Any, b: Any, x0: Any, M: Any) -> Any:
    leaves, structure = flatten(b)
    right = [as_array(leaf) for leaf in leaves]
    first = [filled(each, 0) for each in right] if x0 is None else [as_array(leaf) for leaf in flatten(x0)[0]]
    pairs = [promoted(x, each)[0] for x, each in zip(first, right, strict=True)]
    first, right = [pair[0] for pair in pairs], [pair[1] for pair in pairs]

    def flat(function: Any) -> Callable[[list[Array]], list[Array]]:
        if function is None:
            return lambda xs: xs
        work = _operator(function)
        return lambda xs: [as_array(leaf) for leaf in flatten(work(unflatten(structure, xs)))[0]]

    return flat(A), flat(M), right, first, structure


def cg(
    A: Any, b: Any, x0: Any = None, *, tol: float = 1e-5, atol: float = 0.0, maxiter: int | None = None, M: Any = None
) -> tuple[Any, None]:
    """The solution of A x = b by conjugate gradients, of a positive definite matrix or function A; M is nearly its inverse."""
    apply, precondition, right, first, structure = _start(A, b, x0, M)
    most = 10 * sum(each.size for each in right) if maxiter is None else maxiter
    bound = maximum(_dot(right, right) * tol**2, atol**2)
    rest = _sum(right, as_array(-1.0), apply(first))
    ready = precondition(rest)

    def more(state: Any) -> Array:
        _, residual, _, _, count = state
        found: Array = (_dot(residual, residual) > bound) & (count < most)
        return found

    def step(state: Any) -> Any:
        x, residual, gamma, direction, count = state
        image = apply(direction)
        alpha = gamma / _dot(direction, image)
        x, residual = _sum(x, alpha, direction), _sum(residual, -alpha, image)
        z = precondition(residual)
        new = _dot(residual, z)
        return x, residual, new, _sum(z, new / gamma, direction), count + 1

    found = while_loop(more, step, (first, rest, _dot(rest, ready), ready, as_array(0)))[0]
    return unflatten(structure, list(found)), None


def bicgstab(
    A: Any, b: Any, x0: Any = None, *, tol: float = 1e-5, atol: float = 0.0, maxiter: int | None = None, M: Any = None
) -> tuple[Any, None]:
    """The solution of A x = b by H. van der Vorst's stabilized biconjugate gradients; M is nearly the inverse of A."""
    apply, precondition, right, first, structure = _start(A, b, x0, M)
    most = 10 * sum(each.size for each in right) if maxiter is None else maxiter
    bound = maximum(_dot(right, right) * tol**2, atol**2)
    rest = _sum(right, as_array(-1.0), apply(first))

    def more(state: Any) -> Array:
        residual, count = state[1], state[-1]
        found: Array = (_dot(residual, residual) > bound) & (count < most) & (count >= 0)
        return found

    def step(state: Any) -> Any:
        x, residual, alpha, omega, rho, p, q, count = state
        new = _dot(rest, residual)
        factor = new / rho * (alpha / omega)
        p = _sum(residual, factor, _sum(p, -omega, q))
        ready = precondition(p)
        q = apply(ready)
        alpha = new / _dot(rest, q)
        s = _sum(residual, -alpha, q)
        done = _dot(s, s) < bound
        half = precondition(s)
        t = apply(half)
        omega = _dot(t, s) / _dot(t, t)
        omega = where(done, filled(omega, 0), omega)
        x = _sum(_sum(x, alpha, ready), omega, half)
        residual = _sum(s, -omega, where_all(done, t))
        broken = (new == 0) | ((omega == 0) & ~done)
        return x, residual, alpha, omega, new, p, q, where(broken, as_array(-1), count + 1)

    one = filled(_dot(right, right), 1)
    nothing = [filled(each, 0) for each in right]
    found = while_loop(more, step, (first, rest, one, one, one, nothing, nothing, as_array(0)))[0]
    return unflatten(structure, list(found)), None


def where_all(done: Array, arrays: list[Array]) -> list[Array]:
    """Zeros in place of arrays that no longer count, which may not be numbers."""
    return [where(done, filled(each, 0), each) for each in arrays]


def norm(xs: list[Array]) -> Array:
    """The length of vectors."""
    return abs_(_dot(xs, xs)) ** 0.5


__all__ = ["bicgstab", "cg", "gmres"]
