"""Initial value problems of ordinary differential equations: `jax.experimental.ode`.

Steps of J. R. Dormand and P. J. Prince's pair of fifth and fourth order, as long as the error lets them be; the values asked
for are those of the polynomial of fourth order through a step. A derivative goes back through the steps.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from irc.flatten_util import ravel_pytree
from irc.lax.loops import while_loop
from irc.lax.scans import scan
from irc.numpy.manipulation import stack
from irc.numpy.reductions import mean
from irc.numpy.ufuncs import abs as abs_
from irc.numpy.ufuncs import clip, maximum, minimum, sqrt, where
from irc.tracing.array import Array, as_array
from irc.tracing.dtypes import to_inexact
from irc.tracing.elementwise import cast
from irc.tracing.slicing import concat
from irc.tracing.vmap import vmap

NODES = (1 / 5, 3 / 10, 4 / 5, 8 / 9, 1.0, 1.0)
STAGES = (
    (1 / 5,),
    (3 / 40, 9 / 40),
    (44 / 45, -56 / 15, 32 / 9),
    (19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729),
    (9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656),
    (35 / 384, 0.0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84),
)
"""For each further stage the weights of those before it; the last one is the solution of fifth order."""
ERROR = (
    35 / 384 - 1951 / 21600, 0.0, 500 / 1113 - 22642 / 50085, 125 / 192 - 451 / 720, -2187 / 6784 + 12231 / 42400,
    11 / 84 - 649 / 6300, -1 / 60,
)  # fmt: skip
MIDDLE = (
    6025192743 / 30085553152 / 2, 0.0, 51252292925 / 65400821598 / 2, -2691868925 / 45128329728 / 2,
    187940372067 / 1594534317056 / 2, -1776094331 / 19743644256 / 2, 11237099 / 235043384 / 2,
)  # fmt: skip
"""The weights of the solution in the middle of a step."""
SAFETY, LEAST, MOST = 0.9, 0.2, 10.0
"""How much of the step that the error allows is taken, and by how much a step may differ from the last."""

Field = Callable[[Array, Array], Array]


def odeint(
    func: Callable[..., Any],
    y0: Any,
    t: Any,
    *args: Any,
    rtol: float = 1.4e-8,
    atol: float = 1.4e-8,
    mxstep: float = np.inf,
    hmax: float = np.inf,
) -> Any:
    """The solution of y' = func(y, t, *args) with y(t[0]) = y0 at the times `t`, which ascend: for each array of `y0` one with
    the times as a further axis in front.

    `mxstep` bounds the steps between two times, `hmax` their length.
    """
    start, restore = ravel_pytree(y0)
    times = as_array(t)
    dtype = to_inexact(start.dtype)
    start, times = cast(start, dtype), cast(times, to_inexact(times.dtype))

    def field(y: Array, at: Array) -> Array:
        return cast(ravel_pytree(func(restore(y), at, *args))[0], dtype)

    first = (
        start,
        field(start, times[0]),
        times[0],
        _first_step(field, times[0], start, rtol, atol),
        *[start] * 5,
        times[0],
    )

    def until(state: Any, target: Array) -> tuple[Any, Array]:
        found = _advance(field, state, target, rtol, atol, mxstep, hmax)
        _, _, at, _, a, b, c, d, e, before = found
        share = (target - before) / where(at == before, at * 0 + 1, at - before)
        share = cast(share, dtype)
        return found, (((a * share + b) * share + c) * share + d) * share + e

    rows = scan(until, first, times[1:])[1]
    return vmap(restore)(concat([stack([start]), rows], 0))


def _advance(field: Field, state: Any, target: Array, rtol: float, atol: float, mxstep: float, hmax: float) -> Any:
    """Steps until a time is passed; the state ends with the polynomial of the last step, and where that began."""

    def more(carried: Any) -> Array:
        count, (_, _, at, step, *_) = carried
        found: Array = (at < target) & (count < mxstep) & (step > 0)
        return found

    def advance(carried: Any) -> Any:
        count, (y, slope, at, step, *rest) = carried
        new, new_slope, error, slopes = _step(field, y, slope, at, step)
        scale = atol + rtol * maximum(abs_(y), abs_(new))
        ratio = sqrt(mean((error / scale) ** 2))
        fine = ratio <= 1
        length = cast(step, y.dtype)
        middle = y + length * _weighted(MIDDLE, slopes)
        fit = _polynomial(y, new, middle, length * slope, length * new_slope)
        factor = where(ratio == 0, MOST, SAFETY * where(ratio == 0, 1.0, ratio) ** -0.2)
        factor = clip(factor, where(fine, 1.0, LEAST), MOST)
        longer = minimum(step * cast(factor, step.dtype), hmax)
        accepted = (new, new_slope, at + step, longer, *fit, at)
        kept = (y, slope, at, longer, *rest)
        return count + 1, tuple(where(fine, a, cast(b, a.dtype)) for a, b in zip(accepted, kept, strict=True))

    return while_loop(more, advance, (as_array(0.0), state))[1]


def _step(field: Field, y: Array, slope: Array, at: Array, step: Array) -> tuple[Array, Array, Array, list[Array]]:
    """The solution after a step, its slope there, the error, and the slopes of all stages."""
    slopes, length, new = [slope], cast(step, y.dtype), y
    for node, weights in zip(NODES, STAGES, strict=True):
        new = y + length * _weighted(weights, slopes)
        slopes.append(field(new, at + step * node))
    return new, slopes[-1], length * _weighted(ERROR, slopes), slopes


def _weighted(weights: Any, slopes: list[Array]) -> Array:
    total: Array = slopes[0] * weights[0]
    for weight, slope in zip(weights[1:], slopes[1:], strict=True):
        total = total + slope * weight if weight else total
    return total


def _polynomial(y: Array, new: Array, middle: Array, slope: Array, new_slope: Array) -> tuple[Array, ...]:
    """From the highest power: that of fourth degree with these values and slopes at 0 and 1, and this value at 1/2."""
    a = -2 * slope + 2 * new_slope - 8 * y - 8 * new + 16 * middle
    b = 5 * slope - 3 * new_slope + 18 * y + 14 * new - 32 * middle
    c = -4 * slope + new_slope - 11 * y - 5 * new + 16 * middle
    return a, b, c, slope, y


def _first_step(field: Field, at: Array, y: Array, rtol: float, atol: float) -> Array:
    """E. Hairer, S. P. Nørsett and G. Wanner, "Solving Ordinary Differential Equations I", II.4."""
    scale = atol + rtol * abs_(y)
    slope = field(y, at)
    size, steepness = sqrt(mean((y / scale) ** 2)), sqrt(mean((slope / scale) ** 2))
    flat = (size < 1e-5) | (steepness < 1e-5)
    guess = where(flat, 1e-6, 0.01 * size / where(flat, 1.0, steepness))
    further = field(y + cast(guess, y.dtype) * slope, at + cast(guess, at.dtype))
    bend = sqrt(mean(((further - slope) / scale) ** 2)) / guess
    most = maximum(steepness, bend)
    step = where(most <= 1e-15, maximum(1e-6, guess * 1e-3), (0.01 / where(most <= 1e-15, 1.0, most)) ** 0.2)
    return cast(minimum(100 * guess, step), at.dtype)


__all__ = ["odeint"]
