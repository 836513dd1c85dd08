"""Reading and writing of vectors in the llvm dialect.

A vector of several dimensions is read row by row. Elements that LLVM would pack, such as `i1`, go through vectors of
their form in memory (`memory_form`).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from irc.dialects import llvm, vector
from irc.dialects._layouts import strides_of
from irc.dialects.llvm_types import same_shape
from irc.dialects.vector_transfer import minor_identity
from irc.ir.attributes import DenseElementsAttr, IntegerAttr, UnitAttr, unit
from irc.ir.dense import flat_numpy
from irc.ir.operation import Operation
from irc.ir.types import MemRefType, Type, VectorType, i1, i32, i64
from irc.ir.value import Value
from irc.lowering.llvm_lowering import Lowering, Table
from irc.lowering.lowered_values import Lowered, MemRef, Number, row_type
from irc.lowering.memory_form import bytes_of, from_memory, lane_type, row_in_memory, to_memory
from irc.lowering.vector_to_llvm import from_rows, lanes_below, rows_of, splat, vector_type


def _base(op: Operation, value: Value, lo: Lowering, *, unit_stride: bool = True) -> MemRefType:
    type = value.type
    if not isinstance(type, MemRefType):
        raise lo.unsupported(op, "tensors must become buffers first")
    strides, _ = strides_of(type)
    if unit_stride and type.rank and strides[-1] != 1:
        raise lo.unsupported(op, f"the last dimension of '{type}' must be contiguous")
    return type


def _alignment(scalar: Type, type: Type) -> IntegerAttr:
    return IntegerAttr(bytes_of(scalar), type)


def _addresses(lo: Lowering, source: MemRef, indices: Sequence[Value], vector: VectorType, scalar: Type) -> list[Value]:
    """The address of the first element of each row."""
    found: list[Value] = []
    outer = vector.static_shape[:-1]
    for position in itertools.product(*map(range, outer)):
        moved: list[Number] = list(indices)
        for k, i in enumerate(position):
            axis = len(indices) - len(outer) - 1 + k
            moved[axis] = lo.add(moved[axis], i)
        found.append(lo.address(source, moved, scalar))
    return found


def _hint(op: Any) -> UnitAttr | None:
    return unit if op.nontemporal is not None and op.nontemporal.value else None


def _load_row(lo: Lowering, address: Value, row: VectorType, hint: UnitAttr | None = None) -> Value:
    memory = row_in_memory(row)
    value = lo.one(llvm.Load(address, _alignment(memory.element_type, i64), hint, result_types=[memory]))
    return from_memory(lo, value, row)


def _store_row(lo: Lowering, address: Value, value: Value, element: Type, hint: UnitAttr | None = None) -> None:
    stored = to_memory(lo, value, element)
    lo.insert(llvm.Store(stored, address, _alignment(vector_type(stored).element_type, i64), hint))


def _load(op: vector.Load, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    source, *indices = operands
    type, scalar = vector_type(op.result), lane_type(_base(op, op.base, lo).element_type)
    addresses = _addresses(lo, source, indices, type, scalar)
    return [from_rows(type, [_load_row(lo, each, row_type(type), _hint(op)) for each in addresses])]


def _store(op: vector.Store, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    base = _base(op, op.base, lo)
    value, target, *indices = operands
    scalar = lane_type(base.element_type)
    addresses = _addresses(lo, target, indices, vector_type(op.valueToStore), scalar)
    for address, row in zip(addresses, rows_of(value), strict=True):
        _store_row(lo, address, row, base.element_type, _hint(op))
    return []


# -- masked ----------------------------------------------------------------------------------------------------------


def _masked_load_row(lo: Lowering, address: Value, mask: Value, other: Value) -> Value:
    row = vector_type(other)
    wide = to_memory(lo, other, row.element_type)
    value = lo.one(llvm.MaskedLoad(address, mask, wide, _alignment(vector_type(wide).element_type, i32)))
    return from_memory(lo, value, row)


def _masked_store_row(lo: Lowering, address: Value, mask: Value, value: Value, element: Type) -> None:
    wide = to_memory(lo, value, element)
    scalar = vector_type(wide).element_type
    lanes = _known_lanes(mask)
    if lanes is not None and len(lanes) < 2:
        # LLVM 22 stores a lane that has been truncated as wide as it was, if it knows that there is but the one.
        for lane in lanes:
            single = lo.one(llvm.ExtractElement(wide, lo.constant(lane, i32)))
            lo.insert(llvm.Store(single, lo.element(address, scalar, lane), None, None))
        return
    lo.insert(llvm.MaskedStore(wide, address, mask, _alignment(scalar, i32)))


def _known_lanes(mask: Value) -> list[int] | None:
    """The lanes that a mask has, if it is a constant."""
    op = mask.defining_op
    if not isinstance(op, llvm.Constant) or not isinstance(op.value, DenseElementsAttr):
        return None
    return [lane for lane, is_set in enumerate(flat_numpy(op.value)) if is_set]


def _masked_load(op: vector.MaskedLoad, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    source, *indices, mask, other = operands
    type, scalar = vector_type(op.result), lane_type(_base(op, op.base, lo).element_type)
    rows = [
        _masked_load_row(lo, *each)
        for each in zip(_addresses(lo, source, indices, type, scalar), rows_of(mask), rows_of(other), strict=True)
    ]
    return [from_rows(type, rows)]


def _masked_store(op: vector.MaskedStore, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    base = _base(op, op.base, lo)
    target, *indices, mask, value = operands
    scalar = lane_type(base.element_type)
    addresses = _addresses(lo, target, indices, vector_type(op.valueToStore), scalar)
    for each in zip(addresses, rows_of(mask), rows_of(value), strict=True):
        _masked_store_row(lo, *each, base.element_type)
    return []


def _gather(op: vector.Gather, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    """Positions count along the last dimension."""
    base = _base(op, op.base, lo)
    source, *indices, places, mask, other = operands
    type, scalar = vector_type(op.result), lane_type(base.element_type)
    start = lo.address(source, indices, scalar)
    rows: list[Value] = []
    for place, chosen, fallback in zip(rows_of(places), rows_of(mask), rows_of(other), strict=True):
        pointers = same_shape(place.type, llvm.ptr)
        address = llvm.GetElementPtr.of(start, scalar, [place])
        address.results[0].type = pointers
        wide = to_memory(lo, fallback, base.element_type)
        value = lo.one(llvm.Gather(lo.one(address), chosen, wide, _alignment(scalar, i32)))
        rows.append(from_memory(lo, value, row_type(type)))
    return [from_rows(type, rows)]


# -- transfers -------------------------------------------------------------------------------------------------------


def _transfer_masks(
    op: vector.TransferRead | vector.TransferWrite, source: MemRef, indices: Sequence[Value], type: VectorType,
    mask: Lowered | None, lo: Lowering,
) -> list[Value | None]:  # fmt: skip
    """The mask of each row, `None` where all of it is read or written."""
    shaped = op.source.type
    assert isinstance(shaped, MemRefType)
    if op.map is not minor_identity(shaped, type) or type.rank == 0:
        raise lo.unsupported(op, f"the permutation map '{op.map}': only the last dimensions in their order")
    bounds, row = op.bounds, row_type(type)
    base = len(indices) - type.rank
    given = rows_of(mask) if mask is not None else None
    inner = None
    if not bounds[-1]:
        left = lo.one(llvm.Sub(lo.number(source.sizes[-1]), indices[-1]))
        inner = lanes_below(lo, left, VectorType(row.shape, i1))
    masks: list[Value | None] = []
    nothing = lo.constant(0, VectorType(row.shape, i1)) if not all(bounds[:-1]) else None
    for i, position in enumerate(itertools.product(*map(range, type.static_shape[:-1]))):
        found = inner
        if given is not None:
            found = given[i] if found is None else lo.one(llvm.And(found, given[i]))
        for k, step in enumerate(position):
            if bounds[k]:
                continue
            at = lo.number(lo.add(indices[base + k], step))
            inside = lo.one(llvm.ICmp.of("slt", at, lo.number(source.sizes[base + k])))
            whole = found if found is not None else lo.constant(1, VectorType(row.shape, i1))
            assert nothing is not None
            found = lo.one(llvm.Select(inside, whole, nothing))
        masks.append(found)
    return masks


def _transfer_read(op: vector.TransferRead, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    base = _base(op, op.source, lo)
    source, rest = operands[0], list(operands[1:])
    mask = rest.pop() if op.mask is not None else None
    padding = rest.pop()
    type = vector_type(op.vector)
    masks = _transfer_masks(op, source, rest, type, mask, lo)
    row = row_type(type)
    addresses = _addresses(lo, source, rest, type, lane_type(base.element_type))
    other = splat(lo, padding, row) if any(each is not None for each in masks) else None
    rows: list[Value] = []
    for address, chosen in zip(addresses, masks, strict=True):
        if chosen is None or other is None:
            rows.append(_load_row(lo, address, row))
        else:
            rows.append(_masked_load_row(lo, address, chosen, other))
    return [from_rows(type, rows)]


def _transfer_write(op: vector.TransferWrite, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    base = _base(op, op.source, lo)
    value, target, *rest = operands
    mask = rest.pop() if op.mask is not None else None
    type = vector_type(op.vector)
    masks = _transfer_masks(op, target, rest, type, mask, lo)
    addresses = _addresses(lo, target, rest, type, lane_type(base.element_type))
    for address, chosen, row in zip(addresses, masks, rows_of(value), strict=True):
        if chosen is None:
            _store_row(lo, address, row, base.element_type)
        else:
            _masked_store_row(lo, address, chosen, row, base.element_type)
    return []


VECTOR_MEMORY: Table = {
    vector.Load: _load,
    vector.Store: _store,
    vector.MaskedLoad: _masked_load,
    vector.MaskedStore: _masked_store,
    vector.Gather: _gather,
    vector.TransferRead: _transfer_read,
    vector.TransferWrite: _transfer_write,
}
