"""Primitives that take parts and put parts together: slices, concatenation, padding; with their batching rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.dialects import nd
from irc.ir.attributes import DenseArrayAttr, i64_attr
from irc.ir.builder import Builder
from irc.ir.value import Value
from irc.tracing.array import Array, ConcreteArray
from irc.tracing.dims import Dim, Size
from irc.tracing.primitive import Primitive, bind
from irc.tracing.shaping import broadcast_to, expanded, reshape

Range = tuple[int, int, int]
"""Start, limit and stride of a slice along an axis; a limit of -1 takes an axis of unknown size whole."""


WHOLE: Range = (0, nd.TO_THE_END, 1)


def _emit_slice(b: Builder, x: Value, *, ranges: tuple[Range, ...]) -> Value:
    starts, limits, strides = (DenseArrayAttr.i64(tuple(each[i] for each in ranges)) for i in range(3))
    return b.insert(nd.Slice(x, starts, limits, strides)).result


def _batch_slice(_: Primitive, inputs: Sequence[Array], __: Any, ___: Size, *, ranges: tuple[Range, ...]) -> Array:
    return slice_ranges(inputs[0], (WHOLE, *ranges))


def _view_slice(x: Any, ranges: tuple[Range, ...]) -> Any:
    return x[tuple(slice(start, None if limit < 0 else limit, stride) for start, limit, stride in ranges)]


SLICE = Primitive("slice", _emit_slice, _batch_slice, view=_view_slice)


def slice_ranges(x: Array, ranges: Sequence[Range]) -> Array:
    """A slice with positive strides along each axis; the limits lie inside."""
    ranges = tuple(ranges)
    if all(r in (WHOLE, (0, size, 1)) for r, size in zip(ranges, x.shape, strict=True)):
        return x
    sizes = tuple(
        size if r == WHOLE else max(0, -(-(r[1] - r[0]) // r[2])) if r[1] >= 0 else (size - r[0] + (r[2] - 1)) // r[2]
        for r, size in zip(ranges, x.shape, strict=True)
    )
    ranges = tuple(
        (r[0], size, r[2]) if r[1] < 0 and not isinstance(size, Dim) else r
        for r, size in zip(ranges, x.shape, strict=True)
    )
    found: Array = bind(SLICE, x, weak_type=x.weak_type, sizes=sizes, ranges=ranges)
    return found


def _emit_concat(b: Builder, *inputs: Value, axis: int) -> Value:
    return b.insert(nd.Concat(inputs, i64_attr(axis))).result


def _batch_concat(_: Primitive, inputs: Sequence[Array], flags: Sequence[bool], size: Size, *, axis: int) -> Array:
    return concat(expanded(inputs, flags, size), axis + 1)


def _joined(*arrays: Any, axis: int) -> Any:
    return np.concatenate(arrays, axis)


CONCAT = Primitive("concat", _emit_concat, _batch_concat, view=_joined)


def concat(inputs: Sequence[Array], axis: int) -> Array:
    """Arrays of one dtype one after the other along `axis`. Raises `TypeError` where they do not fit."""
    if len(inputs) == 1:
        return inputs[0]
    total: Size = 0
    for each in inputs:
        total = total + each.shape[axis]
    shape = tuple(total if i == axis else size for i, size in enumerate(inputs[0].shape))
    found: Array = bind(CONCAT, *inputs, sizes=shape, axis=axis)
    return found


def _emit_pad(b: Builder, x: Value, value: Value, **amounts: tuple[int, ...]) -> Value:
    low, high, interior = (DenseArrayAttr.i64(amounts[key]) for key in ("low", "high", "interior"))
    return b.insert(nd.Pad(x, value, low, high, interior)).result


def _batch_pad(
    primitive: Primitive, inputs: Sequence[Array], flags: Sequence[bool], size: Size, **amounts: tuple[int, ...]
) -> Array:
    x, value = inputs
    (x,) = expanded([x], flags[:1], size)
    wider: dict[str, Any] = {key: (0, *each) for key, each in amounts.items()}
    if flags[1]:
        return _padded_each(x, value, wider)
    found: Array = bind(primitive, x, value, **wider)
    return found


def _padded_each(x: Array, values: Array, amounts: dict[str, Any]) -> Array:
    """Each example padded by a value of its own: what padding leaves of ones is `x`, the rest are the values."""
    from irc.tracing.elementwise import select  # noqa: PLC0415 - it is made of what is here

    zero = ConcreteArray(np.zeros((), x.dtype))
    found = pad(x, zero, **amounts)
    inside = broadcast_to(ConcreteArray(np.asarray(True)), x.shape)
    inside = pad(inside, ConcreteArray(np.asarray(False)), **amounts)
    spread = reshape(values, (values.shape[0], *(1,) * (x.ndim - 1)))
    return select(inside, found, broadcast_to(spread, found.shape))


def _padded(x: Any, value: Any, low: Sequence[int], high: Sequence[int], interior: Sequence[int]) -> Any:
    wide = [n + max(0, n - 1) * k for n, k in zip(x.shape, interior, strict=True)]
    found = np.full([n + max(a, 0) + max(b, 0) for n, a, b in zip(wide, low, high, strict=True)], value, x.dtype)
    places = zip(wide, low, interior, strict=True)
    found[tuple(slice(max(a, 0), max(a, 0) + n, k + 1) for n, a, k in places)] = x
    cut = zip(found.shape, low, high, strict=True)
    return found[tuple(slice(max(-a, 0), max(n - max(-b, 0), max(-a, 0))) for n, a, b in cut)]


PAD = Primitive("pad", _emit_pad, _batch_pad, view=_padded)


def pad(x: Array, value: Array, low: Sequence[int], high: Sequence[int], interior: Sequence[int]) -> Array:
    """StableHLO's `pad`; negative amounts of `low` and `high` remove elements."""
    sizes = tuple(
        size + (a + b) + (size - 1) * c if isinstance(size, Dim) else size + a + b + max(0, size - 1) * c
        for size, a, b, c in zip(x.shape, low, high, interior, strict=True)
    )
    found: Array = bind(PAD, x, value, sizes=sizes, low=tuple(low), high=tuple(high), interior=tuple(interior))
    return found
