"""`memref` in the llvm dialect: allocation, reading and writing, globals. Views are in `memref_views_to_llvm`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

from irc.dialects import llvm, memref
from irc.dialects._layouts import strides_of
from irc.ir.attributes import (
    ArrayAttr,
    Attribute,
    DenseElementsAttr,
    FloatAttr,
    IntegerAttr,
    StringAttr,
    SymbolRefAttr,
    TypeAttr,
    UnitAttr,
    unit,
)
from irc.ir.dense import splat_value
from irc.ir.region import Region
from irc.ir.types import FloatType, MemRefType, Type, VectorType, f64, i1, i64
from irc.ir.value import Value
from irc.lowering.failures import require
from irc.lowering.llvm_lowering import Lowering, Table
from irc.lowering.lowered_values import Lowered, MemRef, Number, UnsupportedType, convert_scalar
from irc.lowering.memory_form import bytes_of, element_type, elements_in_memory, from_memory, to_memory

ALIGNMENT = 64
"""Bytes to which buffers are aligned: a cache line, and the widest vector."""


def _ranked(value: Value) -> MemRefType:
    type = value.type
    assert isinstance(type, MemRefType)
    return type


def fresh(lo: Lowering, type: MemRefType, pointer: Value, dynamic: Sequence[Number]) -> MemRef:
    """The memref of a new buffer at `pointer`; `dynamic` are the sizes that the type does not state."""
    rest = iter(dynamic)
    sizes = tuple([next(rest) if size is None else size for size in type.shape])
    strides: list[Number] = []
    known, offset = strides_of(type)
    step: Number = 1
    for stride, size in zip(reversed(known), reversed(sizes), strict=True):
        strides.append(step if stride is None else stride)
        step = lo.mul(step, size)
    if offset != 0:
        raise UnsupportedType(f"a new buffer cannot have the layout of '{type}'")
    return MemRef(pointer, pointer, 0, sizes, tuple(reversed(strides)))


def _element_count(lo: Lowering, sizes: Sequence[Number], type: MemRefType) -> Number:
    """How many elements a buffer spans: more than it has, where a layout leaves gaps."""
    if type.layout is None:
        return lo.product(sizes)
    strides, _ = strides_of(type)
    if None in strides or not type.has_static_shape:
        return lo.product(sizes)
    if 0 in type.static_shape:
        return 0
    return 1 + sum((size - 1) * (stride or 0) for size, stride in zip(type.static_shape, strides, strict=True))


SMALL = 1 << 24
"""Bytes of a buffer of known size whose allocation is not expected to fail."""
LARGEST = 1 << 62
"""Bytes of a buffer that no machine has; up to here sizes do not wrap around."""


TOO_LARGE = "cannot allocate the memory for a tensor: it is too large"


def _is_addressable(lo: Lowering, sizes: Sequence[Number], element: int) -> Value:
    """Whether a product of sizes, none of them negative, stays below `LARGEST`: computed in floats, which do not wrap."""
    known = float(element)
    for each in sizes:
        known *= each if isinstance(each, int) else 1
    total = lo.constant(known, f64)
    for each in sizes:
        if isinstance(each, Value):
            total = lo.one(llvm.FMul(total, lo.one(llvm.SIToFP(each, result_types=[f64]))))
    return lo.one(llvm.FCmp.of("olt", total, lo.constant(float(LARGEST), f64)))


def _alloc(op: memref.Alloc, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    type = _ranked(op.memref)
    if op.symbol_operands:
        raise lo.unsupported(op, "layouts with symbols")
    size = bytes_of(element_type(type.element_type))
    alignment = max(ALIGNMENT, op.alignment.value if op.alignment is not None else 0)
    rest = iter(operands)
    sizes = [next(rest) if each is None else each for each in type.shape]
    dynamic = [each for each in sizes if isinstance(each, Value)]
    if dynamic:
        # The sign of their union is set where that of any is.
        union = reduce(lambda a, b: lo.one(llvm.Or(a, b)), dynamic)
        valid = lo.one(llvm.ICmp.of("sge", union, lo.constant(0, i64)))
        require(lo, op, valid, "cannot allocate the memory for a tensor: a size is negative")
        require(lo, op, _is_addressable(lo, sizes, size), TOO_LARGE)
    count = _element_count(lo, sizes, type)
    # aligned_alloc wants a multiple of the alignment; no bytes at all may give no address, so there is at least one line.
    if isinstance(count, int):
        total: Number = min(max(alignment, -(-count * size // alignment) * alignment), LARGEST)
    else:
        padded = lo.number(lo.add(lo.mul(count, size), 2 * alignment - 1))
        total = lo.one(llvm.And(padded, lo.constant(-alignment, i64)))
    pointer = lo.function_value("aligned_alloc", llvm.ptr, [lo.constant(alignment, i64), lo.number(total)])
    if not isinstance(total, int) or total > SMALL:
        there = lo.one(llvm.ICmp.of("ne", pointer, lo.one(llvm.Zero(result_types=[llvm.ptr]))))
        require(lo, op, there, TOO_LARGE)
    return [fresh(lo, type, pointer, operands)]


def _alloca(op: memref.Alloca, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    type = _ranked(op.memref)
    if op.symbol_operands:
        raise lo.unsupported(op, "layouts with symbols")
    rest = iter(operands)
    sizes = [next(rest) if each is None else each for each in type.shape]
    alignment = max(ALIGNMENT, op.alignment.value if op.alignment is not None else 0)
    pointer = lo.stack(element_type(type.element_type), _element_count(lo, sizes, type), alignment)
    return [fresh(lo, type, pointer, operands)]


def _dealloc(op: memref.Dealloc, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    lo.call("free", llvm.void, [operands[0].allocated])
    return []


# -- reading and writing ---------------------------------------------------------------------------------------------


def _nontemporal(op: Any) -> UnitAttr | None:
    return unit if op.nontemporal is not None and op.nontemporal.value else None


def _load(op: memref.Load, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    source, *indices = operands
    type = element_type(_ranked(op.memref).element_type)
    address = lo.address(source, indices, type)
    if isinstance(type, llvm.ArrayType):
        raise lo.unsupported(op, "vectors of several dimensions as elements")
    value = lo.one(llvm.Load(address, _align(type), _nontemporal(op), result_types=[type]))
    return [from_memory(lo, value, convert_scalar(op.result.type))]


def _store(op: memref.Store, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    value, target, *indices = operands
    element = _ranked(op.memref).element_type
    type = element_type(element)
    if isinstance(type, llvm.ArrayType):
        raise lo.unsupported(op, "vectors of several dimensions as elements")
    if not isinstance(type, VectorType):
        value = to_memory(lo, value, element)
    lo.insert(llvm.Store(value, lo.address(target, indices, type), _align(type), _nontemporal(op)))
    return []


def _align(type: Type) -> IntegerAttr | None:
    """Vectors are only sure to be aligned as a buffer is."""
    return IntegerAttr(min(bytes_of(type), ALIGNMENT), i64) if isinstance(type, VectorType) else None


def _copy(op: memref.Copy, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    """One `memcpy`; `expand-copies` has turned copies between views with gaps into loops."""
    source, target = operands
    types = [value.type for value in op.operands]
    if not all(isinstance(type, MemRefType) and is_contiguous(type) for type in types):
        raise lo.unsupported(op, "a copy between views with gaps must be expanded to loops first")
    type = element_type(_ranked(op.operands[0]).element_type)
    zeros = [0] * len(source.sizes)
    size = lo.number(lo.mul(lo.product(source.sizes), bytes_of(type)))
    start, origin = (lo.address(each, zeros, type) for each in (target, source))
    lo.insert(llvm.MemMove(start, origin, size, IntegerAttr(0, i1)))
    return []


def is_contiguous(type: MemRefType) -> bool:
    """Whether the type says that the elements lie side by side in row-major order."""
    if type.layout is None:
        return True
    strides, _ = strides_of(type)
    step: int | None = 1
    for stride, size in zip(reversed(strides), reversed(type.shape), strict=True):
        if size != 1 and (stride is None or stride != step):
            return False
        step = None if step is None or size is None else step * size
    return True


# -- globals ---------------------------------------------------------------------------------------------------------


def convert_global(op: memref.Global) -> llvm.Global:
    """A `memref.global` as a global array. Raises `UnsupportedType`."""
    type = op.type.type
    assert isinstance(type, MemRefType)
    array = element_type(type.element_type)
    for size in reversed(type.static_shape):
        array = llvm.ArrayType(size, array)
    value: Attribute | None = None
    if isinstance(op.initial_value, DenseElementsAttr):
        value = elements_in_memory(op.initial_value)
        if not type.rank:
            value = _scalar_attribute(splat_value(value), array)
    alignment = max(ALIGNMENT, op.alignment.value if op.alignment is not None else 0)
    linkage = llvm.Linkage("external" if op.initial_value is None else "private")
    return llvm.Global(
        StringAttr(op.sym_name.value), TypeAttr(array), Region(), linkage, op.constant, value,
        IntegerAttr(alignment, i64), location=op.location,
    )  # fmt: skip


def _scalar_attribute(value: Any, type: Type) -> Attribute:
    if isinstance(type, llvm.StructType):
        return ArrayAttr((FloatAttr.of(value.real, type.members[0]), FloatAttr.of(value.imag, type.members[1])))
    return FloatAttr.of(value, type) if isinstance(type, FloatType) else IntegerAttr(int(value), type)


def _get_global(op: memref.GetGlobal, _operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    """Nobody may free a global: it has no allocated pointer."""
    type = _ranked(op.result)
    pointer = lo.one(llvm.AddressOf(SymbolRefAttr(op.name_.root), result_types=[llvm.ptr]))
    null = lo.one(llvm.Zero(result_types=[llvm.ptr]))
    strides, _ = strides_of(type)
    return [MemRef(null, pointer, 0, type.static_shape, tuple([stride or 0 for stride in strides]))]


MEMREF: Table = {
    memref.Alloc: _alloc,
    memref.Alloca: _alloca,
    memref.Dealloc: _dealloc,
    memref.Load: _load,
    memref.Store: _store,
    memref.Copy: _copy,
    memref.GetGlobal: _get_global,
}
