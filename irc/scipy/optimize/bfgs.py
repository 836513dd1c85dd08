"""The quasi-Newton method of Broyden, Fletcher, Goldfarb and Shanno.

J. Nocedal and S. J. Wright, "Numerical Optimization", algorithm 6.1.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from irc.lax.loops import while_loop
from irc.numpy import ufuncs
from irc.numpy.creation import eye
from irc.numpy.linalg import norm as norm_of
from irc.numpy.products import matmul, outer
from irc.scipy.optimize.line_search import line_search
from irc.tracing.array import Array, as_array
from irc.tracing.gradients import value_and_grad


class State(NamedTuple):
    """Where the method stands; `inverse` approximates the inverse of the Hessian."""

    x: Array
    value: Array
    before: Array
    gradient: Array
    inverse: Array
    converged: Array
    failed: Array
    line_status: Array
    iterations: Array
    evaluations: Array


def bfgs(
    function: Callable[[Array], Array],
    x0: Array,
    maxiter: int | None = None,
    norm: Any = float("inf"),
    gtol: float = 1e-5,
    line_search_maxiter: int = 10,
) -> tuple[State, Array]:
    """The last state, and why the method ended, as a number (`OptimizeResults.status`).

    It ends where the `norm` of the gradient is below `gtol`, or after `maxiter` iterations, by default 200 for each number.
    """
    limit = x0.size * 200 if maxiter is None else maxiter
    identity = eye(x0.shape[0], dtype=x0.dtype)

    def small(gradient: Array) -> Array:
        return ufuncs.less(norm_of(gradient, norm), gtol)

    def going(state: State) -> Array:
        return ~state.converged & ~state.failed & (state.iterations < limit)

    def iterate(state: State) -> State:
        direction = -matmul(state.inverse, state.gradient)
        found = line_search(
            function, state.x, direction, state.value, state.before, state.gradient, line_search_maxiter
        )
        step = found.point.step * direction
        change = found.gradient - state.gradient
        rho = ufuncs.reciprocal(matmul(change, step))
        turned = identity - rho * outer(step, change)
        updated = matmul(matmul(turned, state.inverse), turned.T) + rho * outer(step, step)
        return State(
            state.x + step,
            found.point.value,
            state.value,
            found.gradient,
            ufuncs.where(ufuncs.isfinite(rho), updated, state.inverse),
            small(found.gradient),
            found.failed,
            found.status,
            state.iterations + 1,
            state.evaluations + found.evaluations,
        )

    value, gradient = value_and_grad(function)(x0)
    before = value + norm_of(gradient) / 2
    never = ufuncs.not_equal(value, value) & False
    start = State(x0, value, before, gradient, identity, small(gradient), never, as_array(0), as_array(0), as_array(1))
    found = while_loop(going, iterate, start)
    ended = ufuncs.where(found.failed, 2 + found.line_status, -1)
    ended = ufuncs.where(ufuncs.equal(found.iterations, limit), 1, ended)
    return found, ufuncs.where(found.converged, 0, ended)
