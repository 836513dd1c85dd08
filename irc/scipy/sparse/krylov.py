"""The generalized minimal residual method of Y. Saad and M. Schultz."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from irc.flatten_util import ravel_pytree
from irc.lax.loops import fori_loop, while_loop
from irc.numpy.complexes import conj
from irc.numpy.linalg import lstsq, norm
from irc.numpy.products import matmul
from irc.numpy.ufuncs import isnan, maximum, where
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.dtypes import to_inexact
from irc.tracing.elementwise import cast
from irc.tracing.shaping import broadcast_to

Map = Callable[[Array], Array]


def gmres(
    A: Any,
    b: Any,
    x0: Any = None,
    *,
    tol: float = 1e-5,
    atol: float = 0.0,
    restart: int = 20,
    maxiter: int | None = None,
    M: Any = None,
    solve_method: str = "batched",
) -> tuple[Any, Any]:
    """The solution of A x = b for any matrix or function A, and -1 where it is no number, else 0; M is nearly the inverse of A.

    After `restart` directions the method starts anew from what it has, at most `maxiter` times. Both values of `solve_method`
    give the least residual by the same solution of a small system.
    """
    if solve_method not in ("batched", "incremental"):
        raise ValueError(f"solve_method is 'batched' or 'incremental', got {solve_method!r}")
    right, restore = ravel_pytree(b)
    right = cast(right, to_inexact(right.dtype))
    size = right.shape[0]
    restart = min(restart, int(size))
    most = 10 * size if maxiter is None else maxiter

    def flat(given: Any) -> Map:
        if given is None:
            return lambda v: v
        work = given if callable(given) else lambda x: matmul(given, x)
        return lambda v: cast(ravel_pytree(work(restore(v)))[0], v.dtype)

    apply, precondition = flat(A), flat(M)
    start = right * 0 if x0 is None else cast(ravel_pytree(x0)[0], right.dtype)
    bound = maximum(norm(right) * tol, as_array(atol))
    ready = precondition(right)
    # The residual that is looked at is that of the preconditioned system.
    bound = bound * where(norm(right) == 0, 1.0, norm(ready) / where(norm(right) == 0, 1.0, norm(right)))

    def more(state: Any) -> Array:
        _, residual, count = state
        found: Array = (norm(residual) > bound) & (count < most)
        return found

    def again(state: Any) -> Any:
        x, residual, count = state
        x = x + _correction(lambda v: precondition(apply(v)), residual, restart)
        return x, precondition(right - apply(x)), count + 1

    first = (start, precondition(right - apply(start)), as_array(0))
    solution = while_loop(more, again, first)[0]
    return restore(solution), where(isnan(norm(solution)), -1, 0)


def _correction(apply: Map, residual: Array, count: int) -> Array:
    """Of the combinations of `count` directions that which leaves the least residual."""
    length = norm(residual)
    zero = ConcreteArray(np.zeros((), residual.dtype))
    basis = broadcast_to(zero, (count + 1, residual.shape[0]))
    basis = basis.at[0].set(_unit(residual))
    matrix = broadcast_to(zero, (count + 1, count))

    def direction(k: Array, state: Any) -> Any:
        basis, matrix = state
        new = apply(basis[k])
        # Twice is enough for directions that are orthogonal.
        parts = matmul(conj(basis), new)
        new = new - matmul(parts, basis)
        further = matmul(conj(basis), new)
        new = new - matmul(further, basis)
        column = (parts + further).at[k + 1].set(cast(norm(new), residual.dtype))
        return basis.at[k + 1].set(_unit(new)), matrix.at[:, k].set(column)

    basis, matrix = fori_loop(0, count, direction, (basis, matrix))
    wanted = broadcast_to(zero, (count + 1,)).at[0].set(cast(length, residual.dtype))
    weights = lstsq(matrix, wanted)[0]
    found: Array = matmul(weights, basis[:count])
    return found


def _unit(x: Array) -> Array:
    """`x` with length one; nothing where nothing is left of it but rounding."""
    length = norm(x)
    tiny = length <= np.finfo(np.zeros((), x.dtype).real.dtype).tiny
    return where(tiny, x * 0, x / cast(where(tiny, 1.0, length), x.dtype))


__all__ = ["gmres"]
