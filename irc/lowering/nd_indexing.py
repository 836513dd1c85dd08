"""Reads of slices at listed positions: `nd.gather`.

Slices of some length are copied one after the other, on vectors where they are contiguous. Where a slice is a few elements
only, the elements of the result are computed from their positions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from irc.dialects import arith, linalg, nd, tensor
from irc.dialects._amounts import Amount, as_value, compare
from irc.dialects._slices import slice_operands
from irc.ir.affine import AffineConstant, AffineDim, AffineExpr, AffineMap
from irc.ir.attributes import i64_attr
from irc.ir.builder import Builder
from irc.ir.types import IndexType, TensorType, index
from irc.ir.value import Value
from irc.lowering.for_loops import nested_loops
from irc.lowering.nd_conversions import convert
from irc.lowering.nd_elementwise import destination
from irc.lowering.nd_scalars import kind_of
from irc.lowering.size_checks import check_part, check_size, size_of
from irc.lowering.sizes import extent, sizes_of
from irc.lowering.structured import generic, index_constant, shaped
from irc.lowering.tensor_shapes import dynamic_of, static_shape

SHORT = 8
"""Slices of fewer elements than this along their last dimension are not copied as slices."""


def as_index(b: Builder, position: Value) -> Value:
    """A position of any integer type as an index."""
    if isinstance(position.type, IndexType):
        return position
    found = convert(b, position, index)
    assert found is not None
    return found


def check_vectors(b: Builder, op: Any, indices: Value, count: int) -> None:
    """Stop unless the index vectors have a position for each of `count` dimensions."""
    dim = op.dims.index_vector_dim
    if dim < shaped(indices).rank:
        check_size(b, indices, dim, count, f"the index vectors of '{op.name}' op are not of length {count}")


def check_batches(b: Builder, op: Any, x: Value, indices: Value, axes: Sequence[int], places: Sequence[int]) -> None:
    """Stop unless the batching dimensions of operand and indices have the same sizes."""
    for axis, place in zip(axes, places, strict=True):
        message = (
            f"batching dimension {axis} of the operand of '{op.name}' op has another size than that of the indices"
        )
        check_size(b, x, axis, extent(b, indices, place), message)


def _clamped(b: Builder, position: Value, last: Amount) -> Value:
    """A position of any integer type as an index between 0 and `last`."""
    unsigned = kind_of(position.type) == "unsigned"
    at = as_index(b, position)
    if unsigned:
        return b.insert(arith.MinUI(at, as_value(b, last))).result
    return b.insert(arith.MinSI(b.insert(arith.MaxSI(at, index_constant(b, 0))).result, as_value(b, last))).result


def lower_gather(op: nd.Gather, b: Builder) -> Value:
    dims, x, indices = op.dims, op.x, op.indices
    check_vectors(b, op, indices, len(dims.start_index_map))
    check_batches(b, op, x, indices, dims.operand_batching_dims, dims.start_indices_batching_dims)
    whole = sizes_of(b, x)
    part: list[Amount] = [
        full if size == nd.WHOLE else int(size) for size, full in zip(op.sizes.values, whole, strict=True)
    ]
    batch = [size for axis, size in enumerate(sizes_of(b, indices)) if axis != dims.index_vector_dim]
    for axis, (size, full) in enumerate(zip(part, whole, strict=True)):
        _check_slices(b, size, full, batch, f"the slices of '{op.name}' op are larger than axis {axis} of the operand")
    kept = nd.kept_axes(dims, len(part))
    last = [_difference(b, full, size) for full, size in zip(whole, part, strict=True)]
    taken = iter([part[axis] for axis in kept])
    listed = iter(batch)
    type = shaped(op.result)
    sizes = [next(taken) if axis in dims.offset_dims else next(listed) for axis in range(type.rank)]
    out = destination(b, op, dynamic_of(b, sizes, type))
    length = part[kept[-1]] if kept else 1
    if isinstance(length, int) and length < SHORT:
        return _by_elements(op, b, out, kept, last)
    return _by_slices(op, b, out, kept, part, batch, last)


def _check_slices(b: Builder, size: Amount, full: Amount, batch: Sequence[Amount], message: str) -> None:
    """Stop with `message` where slices are larger than an axis, unless none is taken."""
    room = full
    if 0 in batch or size_of(size) == size_of(full):
        return
    for count in batch:
        if not isinstance(count, int):
            # Without positions any size does.
            empty = compare(b, "eq", count, 0)
            room = b.insert(arith.Select(empty, as_value(b, size), as_value(b, room))).result
    check_part(b, size, room, message)


def _difference(b: Builder, full: Amount, size: Amount) -> Amount:
    """The last position at which a slice lies inside."""
    if full is size or full == size:
        return 0
    if isinstance(full, int) and isinstance(size, int):
        return full - size
    return b.insert(arith.SubI(as_value(b, full), as_value(b, size))).result


def _batch_axes(op: nd.Gather) -> list[int]:
    """The dimensions of the result that are not those of slices, in the order of those of the indices."""
    return [axis for axis in range(shaped(op.result).rank) if axis not in op.dims.offset_dims]


def vector_place(batch: Sequence[Any], index_vector_dim: int, rank: int, component: Any) -> list[Any]:
    """Where a component of an index vector is among the indices, of the given rank."""
    place = list(batch)
    return [*place[:index_vector_dim], component, *place[index_vector_dim:]] if index_vector_dim < rank else place


def _by_elements(op: nd.Gather, b: Builder, out: Value, kept: Sequence[int], last: Sequence[Amount]) -> Value:
    """Each element from its position; the index vectors are inputs, so that they are read no more often than needed."""
    dims, rank, given = op.dims, shaped(out).rank, shaped(op.indices).rank
    batch = _batch_axes(op)
    axes: list[AffineExpr] = [AffineDim(axis) for axis in batch]
    maps = [
        AffineMap(rank, 0, tuple(vector_place(axes, dims.index_vector_dim, given, AffineConstant(i))))
        for i in range(len(dims.start_index_map))
    ]

    def body(inner: Builder, elements: Sequence[Value]) -> Value:
        place: dict[int, Value] = {}
        for axis, position in zip(dims.start_index_map, elements, strict=False):
            place[axis] = _clamped(inner, position, last[axis])
        for axis, at in zip(dims.operand_batching_dims, _batching(op), strict=True):
            place[axis] = _loop(inner, batch[at])
        for axis, at in zip(kept, dims.offset_dims, strict=True):
            offset = _loop(inner, at)
            place[axis] = inner.insert(arith.AddI(place[axis], offset)).result if axis in place else offset
        where = [place[axis] if axis in place else index_constant(inner, 0) for axis in range(shaped(op.x).rank)]
        return inner.insert(tensor.Extract(op.x, where)).result

    return generic(b, [op.indices] * len(maps), out, [*maps, AffineMap.identity(rank)], body)


def _loop(b: Builder, axis: int) -> Value:
    return b.insert(linalg.Index(i64_attr(axis))).result


def _batching(op: nd.Gather) -> list[int]:
    """Where the batching dimensions of the indices are among those without the index vector."""
    dims = op.dims
    return [axis - (axis > dims.index_vector_dim) for axis in dims.start_indices_batching_dims]


def _by_slices(
    op: nd.Gather,
    b: Builder,
    out: Value,
    kept: Sequence[int],
    part: Sequence[Amount],
    batch: Sequence[Amount],
    last: Sequence[Amount],
) -> Value:
    """A loop over the index vectors, which copies one slice after the other."""
    dims, x, given = op.dims, op.x, shaped(op.indices).rank
    slice_sizes = [part[axis] for axis in kept]
    slice_type = TensorType(static_shape(slice_sizes), shaped(x).element_type)
    zero, one = index_constant(b, 0), index_constant(b, 1)
    tops = [as_value(b, amount) for amount in last]

    def body(position: Sequence[Value], carried: Sequence[Value]) -> Sequence[Value]:
        offsets: list[Amount] = [0] * len(part)
        for i, axis in enumerate(dims.start_index_map):
            where = vector_place(position, dims.index_vector_dim, given, index_constant(b, i))
            offsets[axis] = _clamped(b, b.insert(tensor.Extract(op.indices, where)).result, tops[axis])
        for axis, at in zip(dims.operand_batching_dims, _batching(op), strict=True):
            offsets[axis] = position[at]
        taken = [part[axis] if axis in kept else 1 for axis in range(len(part))]
        lists = slice_operands(offsets, taken, [1] * len(part))
        source = b.insert(tensor.ExtractSlice(x, *lists, result_types=[slice_type])).result
        return [put_slice(b, source, carried[0], dims.offset_dims, position, slice_sizes)]

    bounds = [(zero, as_value(b, length), one) for length in batch]
    return nested_loops(b, bounds, [out], body)[0]


def put_slice(
    b: Builder, source: Value, whole: Value, axes: Sequence[int], position: Sequence[Value], sizes: Sequence[Amount]
) -> Value:
    """`whole` with `source` along `axes`, at `position` along the others."""
    rank = shaped(whole).rank
    others, lengths = iter(position), iter(sizes)
    offsets: list[Amount] = [0 if axis in axes else next(others) for axis in range(rank)]
    part: list[Amount] = [next(lengths) if axis in axes else 1 for axis in range(rank)]
    return b.insert(tensor.InsertSlice.of(source, whole, offsets, part, [1] * rank)).result


LOWERINGS: dict[Any, Callable[..., Value]] = {nd.Gather: lower_gather}
