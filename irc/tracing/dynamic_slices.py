"""Primitives of slices at positions that are arrays; with their batching rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.dialects import arith, nd, tensor
from irc.ir.builder import Builder
from irc.ir.types import IndexType
from irc.ir.value import Value
from irc.tracing.array import Array, ConcreteArray
from irc.tracing.dims import Size
from irc.tracing.primitive import Primitive, bind
from irc.tracing.shaping import Shape, expanded, reshape, sized
from irc.tracing.slicing import concat
from irc.tracing.trace import tensor_type


def _index(b: Builder, position: Value) -> Value:
    """An integer tensor without axes as an index."""
    element = b.insert(tensor.Extract(position, [])).result
    if isinstance(element.type, IndexType):
        return element
    unsigned = getattr(element.type, "signedness", "") == "unsigned"
    cast = arith.IndexCastUI if unsigned else arith.IndexCast
    return b.insert(cast(element, result_types=[IndexType()])).result


def _emit_dynamic_slice(b: Builder, x: Value, *starts: Value, part: Shape) -> Value:
    type, dims = sized(part, tensor_type(x).element_type)
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
