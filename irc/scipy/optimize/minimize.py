"""The minimum of a function of several numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from irc.scipy.optimize.bfgs import bfgs
from irc.tracing.array import Array, as_array
from irc.tracing.dtypes import is_float
from irc.tracing.shaping import show


class OptimizeResults(NamedTuple):
    """The result of `minimize`.

    `status` is 0 where the method converged, 1 after the last iteration that it was allowed, 3 where an interval of the
    line search became too small, 5 where the line search ran out of steps, -1 otherwise. `nfev`, `njev` and `nit` count values,
    gradients and iterations.
    """

    x: Array
    success: Array
    status: Array
    fun: Array
    jac: Array
    hess_inv: Array | None
    nfev: Array
    njev: Array
    nit: Array


def minimize(
    fun: Callable[..., Any],
    x0: Any,
    args: tuple[Any, ...] = (),
    *,
    method: str,
    tol: float | None = None,
    options: Mapping[str, Any] | None = None,
) -> OptimizeResults:
    """The minimum of `fun(x, *args)` near the vector `x0`, by the method "BFGS".

    `options` may have `maxiter`, `norm`, `gtol` and `line_search_maxiter`; as in JAX, `tol` is without effect.
    """
    if not isinstance(args, tuple):
        raise TypeError(f"minimize: args is a tuple, got {args!r}")
    if method.lower() != "bfgs":
        raise ValueError(f"minimize has the method 'BFGS', got {method!r}")
    start = as_array(x0)
    if start.ndim != 1 or not is_float(start.dtype):
        raise TypeError(f"minimize starts at a vector of floats, got {start.dtype} of shape {show(start.shape)}")
    found, status = bfgs(lambda x: fun(x, *args), start, **(options or {}))
    return OptimizeResults(
        x=found.x,
        success=found.converged & ~found.failed,
        status=status,
        fun=found.value,
        jac=found.gradient,
        hess_inv=found.inverse,
        nfev=found.evaluations,
        njev=found.evaluations,
        nit=found.iterations,
    )
