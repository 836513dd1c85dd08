"""`pad` with all of NumPy's modes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from irc.numpy import quantiles, reductions, ufuncs
from irc.numpy.manipulation import broadcast_to, concat
from irc.numpy.more_creation import linspace
from irc.numpy.rearranging import flip, part_of
from irc.numpy.taking import take_inside
from irc.tracing import slicing
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.dims import Dim, Size
from irc.tracing.elementwise import cast
from irc.tracing.shaping import reshape

Pairs = list[tuple[Size, Size]]


def pad(array: Any, pad_width: Any, mode: Any = "constant", **how: Any) -> Array:
    """More elements at the ends of the axes.

    `pad_width` is a number, a pair for before and behind, one pair for each axis, or a mapping from axes to these. The
    modes are NumPy's: constant (`constant_values`), edge, reflect and symmetric (`reflect_type`), wrap, linear_ramp
    (`end_values`), maximum, minimum, mean, median (`stat_length`), empty, or a function. Raises `ValueError`.
    """
    x = as_array(array)
    widths = _pairs(pad_width, x.ndim, "pad_width")
    if any(each < 0 for pair in widths for each in pair):
        raise ValueError(f"pad_width cannot be negative, got {pad_width}")
    if callable(mode):
        return _by_function(x, widths, mode, how)
    if mode in ("constant", "empty"):
        return _constant(x, widths, how.get("constant_values", 0))
    if mode in _POSITIONS:
        for axis, (before, behind) in enumerate(widths):
            x = _from_positions(x, axis, before, behind, mode, how.get("reflect_type", "even"))
        return x
    if mode == "linear_ramp":
        ends = _pairs(how.get("end_values", 0), x.ndim, "end_values")
        for axis, (before, behind) in enumerate(widths):
            x = _ramp(x, axis, before, behind, ends[axis])
        return x
    if mode in _STATISTICS:
        lengths = how.get("stat_length")
        for axis, (before, behind) in enumerate(widths):
            pair = (None, None) if lengths is None else _pairs(lengths, x.ndim, "stat_length")[axis]
            x = _statistic(x, axis, before, behind, _STATISTICS[mode], pair)
        return x
    raise ValueError(f"there is no mode {mode!r} of pad")


def _pairs(given: Any, rank: int, name: str) -> list[Any]:
    if isinstance(given, dict):
        found: list[Any] = [(0, 0)] * rank
        for axis, value in given.items():
            found[axis] = (value, value) if not isinstance(value, tuple | list) else tuple(value)
        return found
    if isinstance(given, Array) and not isinstance(given, ConcreteArray):
        return [(given, given)] * rank
    numbers: list[Any] = []
    shaped = np.asarray(_numbered(given, numbers))
    try:
        return [(numbers[i], numbers[j]) for i, j in np.broadcast_to(shaped, (rank, 2)).tolist()]
    except ValueError:
        raise ValueError(f"{name} {given} does not fit an array with {rank} axes") from None


def _numbered(given: Any, numbers: list[Any]) -> Any:
    """The nested lists with places in `numbers`, to which their numbers are added: sizes fit into no array of NumPy."""
    if isinstance(given, np.ndarray | Array):
        given = np.asarray(given).tolist()
    if isinstance(given, list | tuple):
        return [_numbered(each, numbers) for each in given]
    numbers.append(given)
    return len(numbers) - 1


def _constant(x: Array, widths: Pairs, values: Any) -> Array:
    pairs = _pairs(values, x.ndim, "constant_values")
    zeros = (0,) * x.ndim
    flat = [each for pair in pairs for each in pair]
    if flat and all(each is flat[0] or (not isinstance(each, Array) and each == flat[0]) for each in flat):
        value = cast(as_array(flat[0]), x.dtype)
        if any(isinstance(each, Dim) for pair in widths for each in pair):
            return _beside(x, widths, value)
        return slicing.pad(x, value, [low for low, _ in widths], [high for _, high in widths], zeros)
    for axis, ((low, high), (first, last)) in enumerate(zip(widths, pairs, strict=True)):
        for amount, value, at_end in ((low, first, False), (high, last, True)):
            amounts = tuple(amount if i == axis else 0 for i in range(x.ndim))
            low_side, high_side = (zeros, amounts) if at_end else (amounts, zeros)
            if isinstance(amount, Dim):
                pairs_of_axis = [(0, amount) if at_end else (amount, 0)]
                x = _beside(x, [(0, 0)] * axis + pairs_of_axis, cast(as_array(value), x.dtype))
                continue
            x = slicing.pad(x, cast(as_array(value), x.dtype), low_side, high_side, zeros)
    return x


def _beside(x: Array, widths: Pairs, value: Array) -> Array:
    """Amounts that are not known while the function is traced."""
    for axis, pair in enumerate(widths):
        rest = x.shape[:axis], x.shape[axis + 1 :]
        before, behind = (broadcast_to(value, (*rest[0], amount, *rest[1])) for amount in pair)
        x = concat([before, x, behind], axis=axis)
    return x


_POSITIONS = ("edge", "reflect", "symmetric", "wrap")


def _from_positions(x: Array, axis: int, before: Size, behind: Size, mode: str, kind: str) -> Array:
    """Modes that repeat elements; where "odd" is asked for they are mirrored at the element at the end."""
    size = x.shape[axis]
    if not before and not behind:
        return x
    if not size:
        raise ValueError(f"pad: there is nothing to repeat along axis {axis}")
    numpy_mode: Any = mode
    places = np.pad(np.arange(size), (before, behind), mode=numpy_mode)
    found = take_inside(x, ConcreteArray(places.astype(np.int32)), axis=axis)
    if kind == "even" or mode not in ("reflect", "symmetric"):
        return found
    # Values so far are mirrored as numbers: twice the element at the end less the mirror image, period by period.
    rows = np.pad(np.arange(float(size)), (before, behind), mode=numpy_mode, reflect_type="odd")
    return _odd(x, axis, before, behind, mode) if rows.size else found


def _odd(x: Array, axis: int, before: Size, behind: Size, mode: str) -> Array:
    while before or behind:
        size = x.shape[axis]
        room = max(size - 1, 1) if mode == "reflect" else size
        low, high = min(before, room), min(behind, room)
        first, last = part_of(x, axis, 0, 1), part_of(x, axis, size - 1, size)
        skip = 1 if mode == "reflect" and size > 1 else 0
        left = flip(part_of(x, axis, skip, skip + low), axis=axis)
        right = flip(part_of(x, axis, size - skip - high, size - skip), axis=axis)
        left = ufuncs.subtract(ufuncs.multiply(first, 2), left)
        right = ufuncs.subtract(ufuncs.multiply(last, 2), right)
        x = concat([left, x, right], axis=axis)
        before, behind = before - low, behind - high
    return x


def _ramp(x: Array, axis: int, before: Size, behind: Size, ends: tuple[Any, Any]) -> Array:
    size = x.shape[axis]
    parts = [x]
    for amount, value, at_end in ((before, ends[0], False), (behind, ends[1], True)):
        if not amount:
            continue
        edge = part_of(x, axis, size - 1, size) if at_end else part_of(x, axis, 0, 1)
        edge = reshape(edge, tuple(n for i, n in enumerate(edge.shape) if i != axis))
        ramp = linspace(cast(as_array(value), ufuncs.inexact(x).dtype), edge, amount, endpoint=False, axis=axis)
        if x.dtype.kind in "iu":
            ramp = ufuncs.trunc(ramp)
        ramp = cast(ramp, x.dtype)
        parts = [*parts, flip(ramp, axis=axis)] if at_end else [ramp, *parts]
    return concat(parts, axis=axis)


_STATISTICS: dict[str, Callable[..., Array]] = {
    "maximum": reductions.max,
    "minimum": reductions.min,
    "mean": reductions.mean,
    "median": quantiles.median,
}


def _statistic(x: Array, axis: int, before: Size, behind: Size, function: Callable[..., Array], lengths: Any) -> Array:
    size = x.shape[axis]
    parts = [x]
    for amount, length, at_end in ((before, lengths[0], False), (behind, lengths[1], True)):
        count = size if length is None else min(int(length), size)
        part = part_of(x, axis, size - count, size) if at_end else part_of(x, axis, 0, count)
        value = function(part, axis, keepdims=True)
        if x.dtype.kind in "iu":
            value = ufuncs.round(value)
        value = cast(value, x.dtype)
        wide = broadcast_to(value, tuple(amount if i == axis else n for i, n in enumerate(x.shape)))
        parts = [*parts, wide] if at_end else [wide, *parts]
    return concat(parts, axis=axis)


def _by_function(x: Array, widths: Pairs, function: Callable[..., Any], how: dict[str, Any]) -> Array:
    """`function(row, width, axis, kwargs)` gives each row with its ends filled."""
    from irc.numpy.functional import apply_along_axis  # noqa: PLC0415

    found = _constant(x, widths, 0)
    for axis, width in enumerate(widths):
        found = apply_along_axis(lambda row, width=width, axis=axis: function(row, width, axis, how), axis, found)
    return found


__all__ = ["pad"]
