"""Elements, parts and shapes of vectors in the llvm dialect.

Most of these ops only move elements to other places, by positions that are known: `rearrange` does it for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.dialects import llvm, vector
from irc.dialects.vector_slices import integers
from irc.ir.types import VectorType, i32
from irc.ir.value import Value
from irc.lowering.llvm_lowering import Lowering, Table
from irc.lowering.lowered_values import Lowered, Rows, row_count, row_type
from irc.lowering.vector_to_llvm import from_rows, rows_of, shuffle, splat, vector_type

Positions = np.ndarray[Any, Any]


def positions_of(type: VectorType, start: int = 0) -> Positions:
    """The row-major number of each element, counted from `start`."""
    count = type.num_elements if type.rank else 1
    return np.arange(start, start + count).reshape(type.static_shape)


def rearrange(lo: Lowering, rows: Sequence[Value], positions: Positions, type: VectorType) -> Lowered:
    """The vector of `type` whose elements are those of `rows` (all of one length) at `positions`."""
    width = vector_type(rows[0]).num_elements
    target = row_type(type)
    wanted = positions.reshape(-1, target.num_elements)
    return from_rows(type, [_rearranged_row(lo, rows, width, row) for row in wanted])


def _rearranged_row(lo: Lowering, rows: Sequence[Value], width: int, wanted: Positions) -> Value:
    sources = [int(source) for source in dict.fromkeys((wanted // width).tolist())]
    if len(sources) <= 2:
        first, second = sources[0], sources[-1]
        lanes = [int(p % width) + (width if p // width != first else 0) for p in wanted.tolist()]
        if lanes == list(range(width)):
            return rows[first]
        return shuffle(lo, rows[first], rows[second], lanes)
    scalar = vector_type(rows[0])
    result = lo.undef(VectorType((len(wanted),), scalar.element_type))
    for lane, position in enumerate(wanted.tolist()):
        element = lo.one(llvm.ExtractElement(rows[position // width], lo.constant(position % width, i32)))
        result = lo.one(llvm.InsertElement(result, element, lo.constant(lane, i32)))
    return result


# -- repeating -------------------------------------------------------------------------------------------------------


def _broadcast(op: vector.Broadcast, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    type = vector_type(op.vector)
    if not isinstance(op.source.type, VectorType):
        return [_repeated(lo, operands[0], type)]
    places = np.broadcast_to(positions_of(op.source.type), type.static_shape)
    return [rearrange(lo, rows_of(operands[0]), places, type)]


def _repeated(lo: Lowering, scalar: Value, type: VectorType) -> Lowered:
    row = splat(lo, scalar, row_type(type))
    return row if type.rank == 1 else Rows(type.static_shape, (row,) * row_count(type.static_shape))


def _splat(op: vector.Splat, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    return [_repeated(lo, operands[0], vector_type(op.aggregate))]


# -- moving ----------------------------------------------------------------------------------------------------------


def _shape_cast(op: vector.ShapeCast, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    type = vector_type(op.result)
    return [rearrange(lo, rows_of(operands[0]), positions_of(type), type)]


def _transpose(op: vector.Transpose, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    order = tuple([int(i) for i in op.permutation.values])
    places = positions_of(vector_type(op.vector)).transpose(order)
    return [rearrange(lo, rows_of(operands[0]), places, vector_type(op.result))]


def _shuffle(op: vector.Shuffle, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    first, second = vector_type(op.v1), vector_type(op.v2)
    rows = [*rows_of(operands[0]), *rows_of(operands[1])]
    if first.rank <= 1 and first.shape != second.shape:
        # LLVM shuffles vectors of one length: the shorter is filled up.
        width = max(len(positions_of(first).reshape(-1)), len(positions_of(second).reshape(-1)))
        own = vector_type(rows[0]).num_elements
        rows = [_filled(lo, row, width) for row in rows]
        wanted = np.array([i if i < own else width + i - own for i in op.positions])
        return [rearrange(lo, rows, wanted, vector_type(op.vector))]
    places = np.concatenate(
        [np.atleast_1d(positions_of(first)), np.atleast_1d(positions_of(second, first.num_elements))]
    )
    return [rearrange(lo, rows, places[list(op.positions)], vector_type(op.vector))]


def _filled(lo: Lowering, row: Value, width: int) -> Value:
    own = vector_type(row).num_elements
    return row if own == width else shuffle(lo, row, row, [i if i < own else -1 for i in range(width)])


def _extract_slice(op: vector.ExtractStridedSlice, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    slices = [
        slice(offset, offset + size) for offset, size in zip(integers(op.offsets), integers(op.sizes), strict=True)
    ]
    places = positions_of(vector_type(op.vector))[tuple(slices)]
    return [rearrange(lo, rows_of(operands[0]), places, vector_type(op.result))]


def _insert_slice(op: vector.InsertStridedSlice, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    source, dest = vector_type(op.source), vector_type(op.dest)
    offsets = integers(op.offsets)
    shape = (1,) * (dest.rank - source.rank) + source.static_shape
    places = positions_of(dest)
    block = tuple([slice(offset, offset + size) for offset, size in zip(offsets, shape, strict=True)])
    width = row_type(dest).num_elements
    # The rows of the source, filled up to the length of the others, come after those.
    rows = [*rows_of(operands[1]), *[_filled(lo, row, width) for row in rows_of(operands[0])]]
    first, own = len(rows_of(operands[1])) * width, row_type(source).num_elements
    numbers = positions_of(source).reshape(shape)
    places[block] = first + numbers // own * width + numbers % own
    return [rearrange(lo, rows, places, dest)]


def _interleave(op: vector.Interleave, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    type = vector_type(op.lhs)
    first = positions_of(type)
    places = np.stack([first, first + first.size], axis=-1).reshape(vector_type(op.result).static_shape)
    return [rearrange(lo, [*rows_of(operands[0]), *rows_of(operands[1])], places, vector_type(op.result))]


def _deinterleave(op: vector.Deinterleave, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    places, type = positions_of(vector_type(op.source)), vector_type(op.res1)
    return [rearrange(lo, rows_of(operands[0]), places[..., start::2], type) for start in (0, 1)]


def _flat_transpose(op: vector.FlatTranspose, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    places = positions_of(vector_type(op.matrix)).reshape(op.columns.value, op.rows.value).T
    return [rearrange(lo, rows_of(operands[0]), places, vector_type(op.res))]


# -- elements --------------------------------------------------------------------------------------------------------


def _position(lo: Lowering, op: vector.Extract | vector.Insert) -> list[Any]:
    return [entry if isinstance(entry, int) else lo.values[entry] for entry in op.position]


def _extract(op: vector.Extract, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    type, position = vector_type(op.vector), _position(lo, op)
    rows = rows_of(operands[0])
    *outer, last = [*position, None] if len(position) < max(type.rank, 1) else position
    if any(not isinstance(index, int) for index in outer if index is not None):
        raise lo.unsupported(op, "positions of rows that are only known at run time")
    if last is None:
        places = positions_of(type)[tuple(position)]
        result = op.results[0].type
        if isinstance(result, VectorType):
            return [rearrange(lo, rows, places, result)]
        return [lo.one(llvm.ExtractElement(rows[0], lo.constant(0, i32)))]
    row = rows[int(np.ravel_multi_index(outer, type.static_shape[:-1]))] if outer else rows[0]
    at = lo.constant(last, i32) if isinstance(last, int) else last
    return [lo.one(llvm.ExtractElement(row, at))]


def _insert(op: vector.Insert, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    type, position = vector_type(op.dest), _position(lo, op)
    value, rows = operands[0], list(rows_of(operands[1]))
    if len(position) < type.rank:
        if any(not isinstance(index, int) for index in position):
            raise lo.unsupported(op, "positions of rows that are only known at run time")
        width = row_type(type).num_elements
        chosen = np.atleast_1d(positions_of(type)[tuple(position)]).reshape(-1, width)[:, 0] // width
        for i, row in zip(chosen.tolist(), rows_of(value), strict=True):
            rows[i] = row
        return [from_rows(type, rows)]
    *outer, last = position or [0]
    if any(not isinstance(index, int) for index in outer):
        raise lo.unsupported(op, "positions of rows that are only known at run time")
    i = int(np.ravel_multi_index(outer, type.static_shape[:-1])) if outer else 0
    at = lo.constant(last, i32) if isinstance(last, int) else last
    rows[i] = lo.one(llvm.InsertElement(rows[i], value, at))
    return [from_rows(type, rows)]


def _extract_element(op: vector.ExtractElement, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    (row,) = rows_of(operands[0])
    at = operands[1] if len(operands) > 1 else lo.constant(0, i32)
    return [lo.one(llvm.ExtractElement(row, at))]


def _insert_element(op: vector.InsertElement, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    (row,) = rows_of(operands[1])
    at = operands[2] if len(operands) > 2 else lo.constant(0, i32)
    return [from_rows(vector_type(op.dest), [lo.one(llvm.InsertElement(row, operands[0], at))])]


def _from_elements(op: vector.FromElements, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    type = vector_type(op.result)
    width, rows = row_type(type).num_elements, []
    for start in range(0, len(operands), width):
        row = lo.undef(row_type(type))
        for lane in range(width):
            row = lo.one(llvm.InsertElement(row, operands[start + lane], lo.constant(lane, i32)))
        rows.append(row)
    return [from_rows(type, rows)]


VECTOR_SHAPES: Table = {
    vector.Interleave: _interleave,
    vector.Deinterleave: _deinterleave,
    vector.FlatTranspose: _flat_transpose,
    vector.FromElements: _from_elements,
    vector.Broadcast: _broadcast,
    vector.Splat: _splat,
    vector.ShapeCast: _shape_cast,
    vector.Transpose: _transpose,
    vector.Shuffle: _shuffle,
    vector.ExtractStridedSlice: _extract_slice,
    vector.InsertStridedSlice: _insert_slice,
    vector.Extract: _extract,
    vector.Insert: _insert,
    vector.ExtractElement: _extract_element,
    vector.InsertElement: _insert_element,
}
