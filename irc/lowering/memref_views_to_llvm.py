"""Views of buffers in the llvm dialect: other offsets, sizes and strides for the same pointers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.dialects import llvm, memref
from irc.dialects._layouts import strides_of
from irc.dialects._slices import Mixed, dropped_dims
from irc.ir.operation import Operation
from irc.ir.types import MemRefType, i64
from irc.ir.value import Value
from irc.lowering.llvm_lowering import Lowering, Table
from irc.lowering.lowered_values import Lowered, MemRef, Number
from irc.lowering.memory_form import element_type


def _type(value: Value) -> MemRefType:
    type = value.type
    assert isinstance(type, MemRefType)
    return type


def _numbers(lo: Lowering, entries: Sequence[Mixed]) -> list[Number]:
    numbers: list[Number] = []
    for entry in entries:
        number = entry if isinstance(entry, int) else lo.values[entry]
        assert isinstance(number, Value | int)
        numbers.append(number)
    return numbers


def stated(view: MemRef, type: MemRefType) -> MemRef:
    """The view with the numbers that its type states in place of computed ones."""
    strides, offset = strides_of(type)

    def choose(known: int | None, number: Number) -> Number:
        return number if known is None else known

    return MemRef(
        view.allocated,
        view.aligned,
        choose(offset, view.offset),
        tuple(map(choose, type.shape, view.sizes)),
        tuple(map(choose, strides, view.strides)),
    )


def _subview(op: memref.SubView, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    source: MemRef = operands[0]
    offsets, sizes, steps = (_numbers(lo, each) for each in (op.mixed_offsets, op.mixed_sizes, op.mixed_strides))
    type = _type(op.result)
    _, offset = strides_of(type)
    start = lo.linear(source.offset, offsets, source.strides) if offset is None else offset
    dropped = _dropped(op)
    kept = [i for i in range(len(sizes)) if i not in dropped]
    strides = [lo.mul(steps[i], source.strides[i]) for i in kept]
    view = MemRef(source.allocated, source.aligned, start, tuple([sizes[i] for i in kept]), tuple(strides))
    return [stated(view, type)]


def _dropped(op: memref.SubView) -> set[int]:
    (full,) = op.infer()
    assert isinstance(full, MemRefType)
    dropped = dropped_dims(full.shape, _type(op.result).shape)
    assert dropped is not None, "the verifier has matched the shapes"
    return set(dropped)


def _reinterpret(op: memref.ReinterpretCast, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    source: MemRef = operands[0]
    (offset,), sizes, strides = (_numbers(lo, each) for each in (op.mixed_offsets, op.mixed_sizes, op.mixed_strides))
    return [stated(MemRef(source.allocated, source.aligned, offset, tuple(sizes), tuple(strides)), _type(op.result))]


def _cast(op: memref.Cast, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    if not all(isinstance(value.type, MemRefType) for value in (op.source, op.dest)):
        raise lo.unsupported(op, "unranked memrefs")
    return [stated(operands[0], _type(op.dest))]


def _hint(op: Operation, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    """What changes no result is left out."""
    return ()


def _view(op: memref.View, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    source: MemRef = operands[0]
    type = _type(op.result)
    start = lo.element(source.aligned, element_type(_type(op.source).element_type), lo.add(source.offset, operands[1]))
    rest = iter(operands[2:])
    sizes = tuple([next(rest) if size is None else size for size in type.shape])
    return [MemRef(source.allocated, start, 0, sizes, row_major(lo, sizes))]


def row_major(lo: Lowering, sizes: Sequence[Number], step: Number = 1) -> tuple[Number, ...]:
    """The strides of a row-major layout whose last stride is `step`."""
    strides: list[Number] = []
    for size in reversed(sizes):
        strides.append(step)
        if len(strides) < len(sizes):
            step = lo.mul(step, size)
    return tuple(reversed(strides))


def _collapse(op: memref.CollapseShape, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    source: MemRef = operands[0]
    shape = _type(op.src).shape
    sizes: list[Number] = []
    strides: list[Number] = []
    for group in op.groups:
        sizes.append(lo.product([source.sizes[i] for i in group]))
        # The innermost dimension that is not of size one has the stride; if all are, any will do.
        lasting = [i for i in group if shape[i] != 1] or list(group)
        strides.append(source.strides[lasting[-1]] if lasting else 1)
    view = MemRef(source.allocated, source.aligned, source.offset, tuple(sizes), tuple(strides))
    return [stated(view, _type(op.result))]


def _expand(op: memref.ExpandShape, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    source: MemRef = operands[0]
    sizes = _numbers(lo, op.mixed_output_shape)
    strides: list[Number] = []
    for group, stride in zip(op.groups, source.strides, strict=False):
        strides += row_major(lo, [sizes[i] for i in group], stride)
    strides += [1] * (len(sizes) - len(strides))
    view = MemRef(source.allocated, source.aligned, source.offset, tuple(sizes), tuple(strides))
    return [stated(view, _type(op.result))]


def _transpose(op: memref.Transpose, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    source: MemRef = operands[0]
    order = op.permutation.map.dim_positions()
    assert order is not None
    sizes, strides = (tuple([numbers[i] for i in order]) for numbers in (source.sizes, source.strides))
    return [stated(MemRef(source.allocated, source.aligned, source.offset, sizes, strides), _type(op.result))]


def _metadata(op: memref.ExtractStridedMetadata, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    source: MemRef = operands[0]
    base = MemRef(source.allocated, source.aligned, 0, (), ())
    return [base, *[lo.number(each) for each in (source.offset, *source.sizes, *source.strides)]]


def _dim(op: memref.Dim, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    """A size; where the dimension is only known at run time, chosen among all."""
    source: MemRef = operands[0]
    known = op.constant_index
    if known is not None:
        if not 0 <= known < len(source.sizes):
            raise lo.unsupported(op, f"there is no dimension {known}")
        return [lo.number(source.sizes[known])]
    size = lo.number(source.sizes[0])
    for i, other in enumerate(source.sizes[1:], start=1):
        here = lo.one(llvm.ICmp.of("eq", operands[1], lo.constant(i, i64)))
        size = lo.one(llvm.Select(here, lo.number(other), size))
    return [size]


def _rank(op: memref.Rank, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    return [lo.constant(len(operands[0].sizes), i64)]


VIEWS: Table = {
    memref.SubView: _subview,
    memref.ReinterpretCast: _reinterpret,
    memref.Cast: _cast,
    memref.AssumeAlignment: _hint,
    memref.Prefetch: _hint,
    memref.View: _view,
    memref.CollapseShape: _collapse,
    memref.ExpandShape: _expand,
    memref.Transpose: _transpose,
    memref.ExtractStridedMetadata: _metadata,
    memref.Dim: _dim,
    memref.Rank: _rank,
}
