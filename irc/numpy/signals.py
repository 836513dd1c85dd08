"""Functions of signals and samples: slopes, integrals, interpolation, windows."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.numpy import reductions, ufuncs
from irc.numpy.indexing import getitem
from irc.numpy.manipulation import concat, moveaxis
from irc.numpy.rearranging import part_of
from irc.numpy.running import cumsum, diff
from irc.numpy.searching import searchsorted
from irc.numpy.taking import take_inside
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.composite import composites
from irc.tracing.custom import custom_jvp
from irc.tracing.dtypes import DEFAULTS
from irc.tracing.elementwise import cast
from irc.tracing.shaping import reshape


def sinc(x: Any, /) -> Array:
    """sin(pi x) / (pi x), one at zero."""
    array = ufuncs.inexact(x)
    angle = ufuncs.multiply(array, math.pi)
    zero = ufuncs.equal(array, 0)
    safe = ufuncs.where(zero, ufuncs.filled(angle, 1), angle)
    return ufuncs.where(zero, _sinc_at_zero(0, array), ufuncs.divide(ufuncs.sin(safe), safe))


@functools.partial(custom_jvp, nondiff_argnums=(0,))
def _sinc_at_zero(order: int, x: Array) -> Array:
    """The derivative of `sinc` of this order at zero, with the shape of `x`."""
    return ufuncs.filled(x, 0 if order % 2 else (-1) ** (order // 2) * math.pi**order / (order + 1))


@_sinc_at_zero.defjvp
def _next_at_zero(order: int, primals: Any, tangents: Any) -> tuple[Array, Array]:
    (x,), (t,) = primals, tangents
    return _sinc_at_zero(order, x), ufuncs.multiply(_sinc_at_zero(order + 1, x), t)


def unwrap(p: Any, discont: float | None = None, axis: int = -1, period: float = 2 * math.pi) -> Array:
    """Without jumps by more than half a period."""
    array = ufuncs.inexact(p)
    axis = reductions.normal_axis(axis, array.ndim)
    steps = diff(array, axis=axis)
    half = period / 2
    moved = ufuncs.subtract(ufuncs.remainder(ufuncs.add(steps, half), period), half)
    moved = ufuncs.where(ufuncs.logical_and(ufuncs.equal(moved, -half), ufuncs.greater(steps, 0)), half, moved)
    fix = ufuncs.subtract(moved, steps)
    limit = half if discont is None else max(discont, half)
    fix = ufuncs.where(ufuncs.less(ufuncs.abs(steps), limit), 0.0, fix)
    rest = part_of(array, axis, 1, array.shape[axis])
    return concat([part_of(array, axis, 0, 1), ufuncs.add(rest, cumsum(fix, axis))], axis=axis)


def trapezoid(y: Any, x: Any = None, dx: Any = 1.0, axis: int = -1) -> Array:
    """The integral by the trapezoidal rule."""
    array = moveaxis(ufuncs.inexact(y), axis, -1)
    width: Any = dx
    if x is not None:
        places = as_array(x)
        width = diff(places) if places.ndim == 1 else moveaxis(diff(places, axis=axis), axis, -1)
    n = array.shape[-1]
    pairs = ufuncs.add(part_of(array, array.ndim - 1, 1, n), part_of(array, array.ndim - 1, 0, n - 1))
    return ufuncs.multiply(reductions.sum(ufuncs.multiply(pairs, width), -1), 0.5)


def gradient(f: Any, *varargs: Any, axis: Any = None, edge_order: int | None = None) -> Any:
    """The differences of neighbours on both sides, on one side at the ends, over their distance."""
    array = ufuncs.inexact(f)
    axes = list(range(array.ndim)) if axis is None else [axis] if isinstance(axis, int) else list(axis)
    spacings = list(varargs) if len(varargs) == len(axes) else [varargs[0] if varargs else 1.0] * len(axes)
    found = [_slope(array, reductions.normal_axis(each, array.ndim), h) for each, h in zip(axes, spacings, strict=True)]
    return found[0] if len(found) == 1 else found


def _slope(x: Array, axis: int, spacing: Any) -> Array:
    n = x.shape[axis]
    if isinstance(n, int) and n < 2:
        raise ValueError(f"gradient needs two elements along axis {axis}, got {n}")
    h = as_array(spacing)
    first = diff(x, axis=axis)
    if not h.ndim:
        inner_part = ufuncs.multiply(ufuncs.add(part_of(first, axis, 1, n - 1), part_of(first, axis, 0, n - 2)), 0.5)
        parts = [part_of(first, axis, 0, 1), inner_part, part_of(first, axis, n - 2, n - 1)]
        return ufuncs.divide(concat(parts, axis=axis), h)
    steps = reshape(diff(h), tuple(n - 1 if i == axis else 1 for i in range(x.ndim)))
    slopes = ufuncs.divide(first, steps)
    before, behind = part_of(steps, axis, 0, n - 2), part_of(steps, axis, 1, n - 1)
    left, right = part_of(slopes, axis, 0, n - 2), part_of(slopes, axis, 1, n - 1)
    weighed = ufuncs.add(ufuncs.multiply(left, behind), ufuncs.multiply(right, before))
    middle = ufuncs.divide(weighed, ufuncs.add(before, behind))
    return concat([part_of(slopes, axis, 0, 1), middle, part_of(slopes, axis, n - 2, n - 1)], axis=axis)


def interp(x: Any, xp: Any, fp: Any, left: Any = None, right: Any = None, period: float | None = None) -> Array:
    """What lines between the points (xp, fp), which ascend, are at `x`."""
    at, xs, ys = ufuncs.inexact(x), ufuncs.inexact(xp), ufuncs.inexact(fp)
    if period is not None:
        from irc.numpy.sorting import argsort  # noqa: PLC0415

        at, xs = ufuncs.remainder(at, period), ufuncs.remainder(xs, period)
        order = argsort(xs)
        xs, ys = take_inside(xs, order), take_inside(ys, order)
        xs = concat(
            [ufuncs.subtract(getitem(xs, slice(-1, None)), period), xs, ufuncs.add(getitem(xs, slice(0, 1)), period)]
        )
        ys = concat([getitem(ys, slice(-1, None)), ys, getitem(ys, slice(0, 1))])
    i = ufuncs.clip(searchsorted(xs, at, side="right"), 1, xs.shape[0] - 1)
    before = ufuncs.subtract(i, 1)
    x0, x1, y0, y1 = take_inside(xs, before), take_inside(xs, i), take_inside(ys, before), take_inside(ys, i)
    width = ufuncs.subtract(x1, x0)
    flat = ufuncs.equal(width, 0)
    part = ufuncs.divide(ufuncs.subtract(at, x0), ufuncs.where(flat, ufuncs.filled(width, 1), width))
    found = ufuncs.where(flat, y0, ufuncs.add(y0, ufuncs.multiply(part, ufuncs.subtract(y1, y0))))
    first, last = getitem(ys, 0) if left is None else left, getitem(ys, -1) if right is None else right
    if period is None:
        found = ufuncs.where(ufuncs.less(at, getitem(xs, 0)), first, found)
        found = ufuncs.where(ufuncs.greater(at, getitem(xs, -1)), last, found)
    return found


def heaviside(x1: Any, x2: Any, /) -> Array:
    """0 below zero, x2 at zero, 1 above."""
    (a, b), _ = ufuncs.promoted_to_inexact(x1, x2)
    found = ufuncs.where(ufuncs.less(a, 0), 0.0, ufuncs.where(ufuncs.greater(a, 0), 1.0, b))
    return cast(ufuncs.where(ufuncs.isnan(a), a, found), a.dtype)


def i0(x: Any) -> Array:
    """The modified Bessel function of the first kind of order zero."""
    from irc.lax.bessel import bessel_i0e  # noqa: PLC0415 - it is made of what is here

    size = ufuncs.abs(ufuncs.inexact(x))
    if size.dtype.itemsize < 4:
        return cast(i0(cast(size, np.dtype(np.float32))), size.dtype)
    grown = ufuncs.exp(size)
    return ufuncs.where(ufuncs.isinf(grown), grown, ufuncs.multiply(grown, bessel_i0e(size)))


def window(n: int, terms: Sequence[float]) -> Array:
    """A sum of cosines over a row."""
    if n < 2:
        return ConcreteArray(np.ones(max(n, 0), DEFAULTS[float]))
    at = 2 * np.pi * np.arange(n) / (n - 1)
    total = sum([term * np.cos(k * at) for k, term in enumerate(terms)])
    return ConcreteArray(np.asarray(total, DEFAULTS[float]))


def hanning(M: int) -> Array:
    """Hann's window."""
    return window(M, (0.5, -0.5))


def hamming(M: int) -> Array:
    """Hamming's window."""
    return window(M, (0.54, -0.46))


def blackman(M: int) -> Array:
    """Blackman's window."""
    return window(M, (0.42, -0.5, 0.08))


def bartlett(M: int) -> Array:
    """Bartlett's window: a triangle."""
    return ConcreteArray(np.bartlett(M).astype(DEFAULTS[float]))


def kaiser(M: int, beta: Any) -> Array:
    """Kaiser's window."""
    return ConcreteArray(np.kaiser(M, float(beta)).astype(DEFAULTS[float]))


__all__ = [
    "bartlett", "blackman", "gradient", "hamming", "hanning", "heaviside", "i0", "interp",
    "kaiser", "sinc", "trapezoid", "unwrap",
]  # fmt: skip

composites(globals(), __all__)
