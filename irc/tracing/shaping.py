"""Primitives that move elements: shapes, slices, concatenation, positions; with their batching rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.dialects import arith, nd, tensor
from irc.ir.attributes import DenseArrayAttr, i64_attr
from irc.ir.builder import Builder
from irc.ir.types import IndexType, TensorType, Type, i32
from irc.ir.value import Value
from irc.tracing.array import CONVERSIONS, Array, ConcreteArray
from irc.tracing.dims import Dim, Size, index_of
from irc.tracing.dtypes import DType, element_type_of
from irc.tracing.primitive import Primitive, bind
from irc.tracing.trace import tensor_type

Shape = tuple[Size, ...]


def _sized(shape: Sequence[Size], element: Type) -> tuple[TensorType, list[Value]]:
    """The type of a tensor of `shape`, and the sizes that it leaves open."""
    known = tuple(None if isinstance(size, Dim) else int(size) for size in shape)
    return TensorType(known, element), [index_of(size) for size in shape if isinstance(size, Dim)]


# -- broadcast_to ----------------------------------------------------------------------------------------------------


def _emit_broadcast(b: Builder, x: Value, *, shape: Shape) -> Value:
    type, dims = _sized(shape, tensor_type(x).element_type)
    return b.insert(nd.BroadcastTo(x, dims, result_types=[type])).result


def _batch_broadcast(_: Primitive, inputs: Sequence[Array], __: Any, size: Size, *, shape: Shape) -> Array:
    x = inputs[0]
    missing = len(shape) - (x.ndim - 1)
    return broadcast_to(reshape(x, (size, *(1,) * missing, *x.shape[1:])), (size, *shape))


BROADCAST = Primitive(
    "broadcast_to", _emit_broadcast, _batch_broadcast, view=lambda x, shape: np.broadcast_to(x, shape)
)


def broadcast_to(x: Array, shape: Sequence[Size]) -> Array:
    """`x` repeated along new leading axes and axes of size one. Raises `ValueError` where it does not fit."""
    shape = tuple(shape)
    if x.shape == shape:
        return x
    tail = shape[len(shape) - x.ndim :] if x.ndim <= len(shape) else ()
    if x.ndim > len(shape) or any(a not in (1, n) for a, n in zip(x.shape, tail, strict=True) if isinstance(a, int)):
        raise ValueError(f"an array of shape {show(x.shape)} cannot be broadcast to shape {show(shape)}")
    found: Array = bind(BROADCAST, x, weak_type=x.weak_type, sizes=shape, shape=shape)
    return found


def broadcast_shapes(*shapes: Sequence[Size]) -> Shape:
    """The common shape by NumPy's rule. Raises `ValueError` where there is none."""
    rank = max(map(len, shapes), default=0)
    padded = [(1,) * (rank - len(shape)) + tuple(shape) for shape in shapes]
    found: list[Size] = []
    for sizes in zip(*padded, strict=True):
        # A size that is known is what those that are not must have when the function runs.
        others = sorted({size for size in sizes if size != 1}, key=lambda size: isinstance(size, Dim))
        known = [size for size in others if not isinstance(size, Dim)]
        if len(known) > 1:
            listed = " and ".join(show(shape) for shape in shapes)
            raise ValueError(f"arrays of shapes {listed} cannot be broadcast together")
        found.append(others[0] if others else 1)
    return tuple(found)


def show(shape: Sequence[Size]) -> str:
    """A shape as text."""
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


# -- reshape ---------------------------------------------------------------------------------------------------------


def _emit_reshape(b: Builder, x: Value, *, shape: Shape) -> Value:
    type, dims = _sized(shape, tensor_type(x).element_type)
    return b.insert(nd.Reshape(x, dims, result_types=[type])).result


def _batch_reshape(_: Primitive, inputs: Sequence[Array], __: Any, size: Size, *, shape: Shape) -> Array:
    return reshape(inputs[0], (size, *shape))


RESHAPE = Primitive("reshape", _emit_reshape, _batch_reshape, view=lambda x, shape: np.reshape(x, shape))


def reshape(x: Array, shape: Sequence[Size]) -> Array:
    """The elements in row-major order with another shape, which has as many."""
    shape = tuple(shape)
    if x.shape == shape:
        return x
    found: Array = bind(RESHAPE, x, weak_type=x.weak_type, sizes=shape, shape=shape)
    return found


# -- permute_dims ----------------------------------------------------------------------------------------------------


def _emit_permute(b: Builder, x: Value, *, axes: tuple[int, ...]) -> Value:
    return b.insert(nd.PermuteDims(x, DenseArrayAttr.i64(axes))).result


def _batch_permute(_: Primitive, inputs: Sequence[Array], __: Any, ___: Size, *, axes: tuple[int, ...]) -> Array:
    return permute_dims(inputs[0], (0, *(axis + 1 for axis in axes)))


PERMUTE = Primitive("permute_dims", _emit_permute, _batch_permute, view=lambda x, axes: np.transpose(x, axes))


def permute_dims(x: Array, axes: Sequence[int]) -> Array:
    """Axis `i` of the result is axis `axes[i]` of `x`."""
    axes = tuple(axes)
    if axes == tuple(range(x.ndim)):
        return x
    found: Array = bind(PERMUTE, x, weak_type=x.weak_type, sizes=tuple(x.shape[axis] for axis in axes), axes=axes)
    return found


# -- slice -----------------------------------------------------------------------------------------------------------

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


# -- concat ----------------------------------------------------------------------------------------------------------


def _emit_concat(b: Builder, *inputs: Value, axis: int) -> Value:
    return b.insert(nd.Concat(inputs, i64_attr(axis))).result


def expanded(inputs: Sequence[Array], flags: Sequence[bool], size: Size) -> list[Array]:
    """All operands with a batch axis."""
    return [x if flag else broadcast_to(x, (size, *x.shape)) for x, flag in zip(inputs, flags, strict=True)]


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


# -- pad -------------------------------------------------------------------------------------------------------------


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


# -- slices at positions that are arrays -------------------------------------------------------------------------------


def _index(b: Builder, position: Value) -> Value:
    """An integer tensor without axes as an index."""
    element = b.insert(tensor.Extract(position, [])).result
    if isinstance(element.type, IndexType):
        return element
    unsigned = getattr(element.type, "signedness", "") == "unsigned"
    cast = arith.IndexCastUI if unsigned else arith.IndexCast
    return b.insert(cast(element, result_types=[IndexType()])).result


def _emit_dynamic_slice(b: Builder, x: Value, *starts: Value, part: Shape) -> Value:
    type, dims = _sized(part, tensor_type(x).element_type)
    return b.insert(nd.DynamicSlice(x, [_index(b, start) for start in starts], dims, result_types=[type])).result


def _batch_dynamic_slice(
    primitive: Primitive, inputs: Sequence[Array], flags: Sequence[bool], size: Size, *, part: Shape
) -> Array:
    x, *starts = inputs
    if any(flags[1:]):
        return _slices_at(x, expanded(starts, flags[1:], size), flags[0], size, part)
    found: Array = bind(primitive, x, _zero_like(starts), *starts, sizes=(size, *part), part=(size, *part))
    return found


def _slices_at(x: Array, starts: Sequence[Array], batched: bool, size: Size, part: Shape) -> Array:
    """A slice for each example, at positions of its own."""
    from irc.tracing.gathers import GatherDims, gather  # noqa: PLC0415 - gathers are made of what is here

    vectors = concat([reshape(start, (size, 1)) for start in starts], 1)
    axes = tuple(range(len(starts)))
    offsets = tuple(axis + 1 for axis in axes)
    if batched:
        return gather(x, vectors, GatherDims(offsets, (), (0,), (0,), offsets), (1, *part))
    return gather(x, vectors, GatherDims(offsets, (), (), (), axes), part)


def _zero_like(starts: Sequence[Array]) -> Array:
    return ConcreteArray(np.zeros((), starts[0].dtype if starts else np.int32))


def _clamped(starts: Sequence[Any], sizes: Sequence[int], part: Sequence[int]) -> tuple[slice, ...]:
    """Where a part lies that is moved so that it lies inside."""
    places = zip(starts, sizes, part, strict=True)
    firsts = [(max(0, min(int(start), size - n)), n) for start, size, n in places]
    return tuple(slice(first, first + n) for first, n in firsts)


def _part_at(x: Any, *starts: Any, part: tuple[int, ...]) -> Any:
    return x[_clamped(starts, x.shape, part)]


DYNAMIC_SLICE = Primitive("dynamic_slice", _emit_dynamic_slice, _batch_dynamic_slice, view=_part_at)


def dynamic_slice(x: Array, starts: Sequence[Array], part: Sequence[Size]) -> Array:
    """The part of shape `part` at positions that are integer arrays without axes, moved so that it lies inside."""
    part = tuple(part)
    found: Array = bind(DYNAMIC_SLICE, x, *starts, weak_type=x.weak_type, sizes=part, part=part)
    return found


def _emit_dynamic_update_slice(b: Builder, x: Value, update: Value, *starts: Value) -> Value:
    return b.insert(nd.DynamicUpdateSlice(x, update, [_index(b, start) for start in starts])).result


def _batch_dynamic_update_slice(
    primitive: Primitive, inputs: Sequence[Array], flags: Sequence[bool], size: Size
) -> Array:
    x, update = expanded(inputs[:2], flags[:2], size)
    starts = inputs[2:]
    if any(flags[2:]):
        return _updated_at(x, update, expanded(starts, flags[2:], size))
    found: Array = bind(primitive, x, update, _zero_like(starts), *starts, sizes=x.shape)
    return found


def _updated_at(x: Array, update: Array, starts: Sequence[Array]) -> Array:
    """A part written for each example, at positions of its own."""
    from irc.tracing.elementwise import clamped_starts  # noqa: PLC0415 - it is made of what is here
    from irc.tracing.scatters import ScatterDims, scatter  # noqa: PLC0415

    size = x.shape[0]
    inside = clamped_starts(starts, x.shape[1:], update.shape[1:])
    vectors = concat([reshape(start, (size, 1)) for start in inside], 1)
    axes = tuple(range(1, x.ndim))
    return scatter(None, x, vectors, update, ScatterDims(axes, (), (0,), (0,), axes))


def _with_part(x: Any, update: Any, *starts: Any) -> Any:
    found = np.array(x)
    found[_clamped(starts, x.shape, update.shape)] = update
    return found


DYNAMIC_UPDATE_SLICE = Primitive(
    "dynamic_update_slice", _emit_dynamic_update_slice, _batch_dynamic_update_slice, view=_with_part
)


def dynamic_update_slice(x: Array, update: Array, starts: Sequence[Array]) -> Array:
    """`x` with `update` at positions that are integer arrays without axes, moved so that it lies inside."""
    found: Array = bind(DYNAMIC_UPDATE_SLICE, x, update, *starts, sizes=x.shape)
    return found


# -- iota ------------------------------------------------------------------------------------------------------------


def _emit_iota(b: Builder, *, shape: Shape, axis: int, dtype: DType) -> Value:
    type, dims = _sized(shape, element_type_of(dtype))
    return b.insert(nd.Iota(i64_attr(axis), dims, result_types=[type])).result


def _positions(shape: tuple[int, ...], axis: int, dtype: DType) -> Any:
    row = np.arange(shape[axis]).astype(dtype)
    return np.broadcast_to(row.reshape([-1 if i == axis else 1 for i in range(len(shape))]), shape)


IOTA = Primitive("iota", _emit_iota, by_rank=False, view=_positions)


def iota(shape: Sequence[Size], axis: int, dtype: DType) -> Array:
    """Each element is its position along `axis`."""
    found: Array = bind(IOTA, sizes=tuple(shape), shape=tuple(shape), axis=axis, dtype=dtype)
    return found


# -- sizes as numbers ------------------------------------------------------------------------------------------------


def _emit_size(b: Builder, *, size: Dim) -> Value:
    number = b.insert(arith.IndexCast(index_of(size), result_types=[i32])).result
    return b.insert(tensor.FromElements([number], result_types=[TensorType((), i32)])).result


SIZE = Primitive("size", _emit_size, by_rank=False)


def size_as_array(size: Dim) -> Array:
    """A size as a weakly typed 32-bit integer."""
    found: Array = bind(SIZE, weak_type=True, size=size)
    return found


CONVERSIONS[Dim] = size_as_array
