"""Checks at run time for what is undefined otherwise: indices, slices and sizes, and steps of loops.

The pass stands before the lowering, so that it sees what the program says and not what the lowering writes, which is right
by construction. A check that holds for the types and constants at hand is not written. Of the ops on vectors it looks at
vector.load and vector.store only; nothing tells how large the buffer is that memref.reinterpret_cast is given.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from irc.dialects import arith, cf, linalg, memref, scf, tensor, vector
from irc.dialects._amounts import amounts, as_value, compare, product
from irc.dialects._slices import constant_index, dropped_dims
from irc.dialects.llvm_layout import element_bytes
from irc.dialects.tensor_slices import Insertion
from irc.ir.attributes import IntegerAttr, StringAttr
from irc.ir.builder import Builder, InsertPoint
from irc.ir.dense import integer_limits
from irc.ir.operation import Operation
from irc.ir.types import MemRefType, ShapedType, VectorType
from irc.ir.value import Value
from irc.lowering.access_checks import check_accesses
from irc.lowering.locations import derived
from irc.lowering.size_checks import check, check_loops, check_size
from irc.lowering.sizes import extent
from irc.passes.base import Pass, PassContext

NAME = "generate-runtime-verification"


class GenerateRuntimeVerification(Pass):
    """Insert cf.assert ops that stop the program where an index, a slice, a size or a step is not valid."""

    def run(self, op: Operation, context: PassContext) -> None:
        for inner in list(op.walk()):
            write = CHECKS.get(type(inner))
            if write is None and isinstance(inner, linalg.LinalgOp):
                write = _structured
            if write is not None:
                write(inner, Builder(InsertPoint.before(inner), derived(inner.location, NAME)))


Check = Callable[[Any, Builder], None]


def _element(op: Operation, b: Builder, source: Value, indices: Sequence[Value]) -> None:
    for axis, position in enumerate(indices):
        message = f"'{op.name}' op index is out of bounds for dimension {axis}"
        check(b, "ult", position, extent(b, source, axis), message)


def _query(op: Any, b: Builder) -> None:
    type = op.source.type
    if isinstance(type, ShapedType):
        check(b, "ult", op.index, type.rank, f"'{op.name}' op has no such dimension")


def _cast(op: Any, b: Builder) -> None:
    source, target = op.source, op.results[0].type
    if not isinstance(source.type, ShapedType) or not isinstance(target, ShapedType):
        return
    for axis, (before, after) in enumerate(zip(source.type.shape, target.shape, strict=True)):
        if before is None and after is not None:
            check_size(b, source, axis, after, f"dimension {axis} of '{op.name}' op is not of size {after}")


def _part(op: Any, b: Builder) -> None:
    _slice(op, b, op.source)


def _insertion(op: Insertion, b: Builder) -> None:
    """Besides, the source must have the sizes that are stated."""
    _slice(op, b, op.dest)
    type = op.source.type
    assert isinstance(type, ShapedType)
    sizes = op.mixed_sizes
    dropped = dropped_dims(tuple(constant_index(size) for size in sizes), type.shape) or ()
    kept = [size for axis, size in enumerate(sizes) if axis not in dropped]
    for axis, size in enumerate(kept):
        if type.shape[axis] is None or not isinstance(size, int):
            message = f"the sizes of '{op.name}' op are not those of its source, along dimension {axis}"
            check_size(b, op.source, axis, size, message)


def _slice(op: Any, b: Builder, whole: Value) -> None:
    lists = zip(op.mixed_offsets, op.mixed_sizes, op.mixed_strides, strict=True)
    for axis, (offset, size, stride) in enumerate(lists):
        full = extent(b, whole, axis)
        numbers = [constant_index(entry) for entry in (offset, size, stride, full)]
        if all(number is not None for number in numbers) and _lies_inside(*numbers):  # type: ignore[arg-type]  # just seen
            continue
        first, count, step, end = (as_value(b, entry) for entry in (offset, size, stride, full))
        steps = b.insert(arith.SubI(count, as_value(b, 1))).result
        last = b.insert(arith.AddI(first, b.insert(arith.MulI(steps, step)).result)).result
        inside = b.insert(arith.AndI(compare(b, "ult", first, end), compare(b, "ult", last, end))).result
        some = b.insert(arith.AndI(compare(b, "sgt", count, as_value(b, 0)), inside)).result
        holds = b.insert(arith.OrI(compare(b, "eq", count, as_value(b, 0)), some)).result
        b.insert(cf.Assert(holds, StringAttr(f"'{op.name}' op takes elements beyond the end of dimension {axis}")))


def _lies_inside(offset: int, size: int, stride: int, full: int) -> bool:
    return size == 0 or (size > 0 and 0 <= offset < full and 0 <= offset + (size - 1) * stride < full)


def _expansion(op: Any, b: Builder) -> None:
    shape = op.mixed_output_shape
    for axis, group in enumerate(op.groups):
        size = extent(b, op.src, axis)
        parts = [shape[i] for i in group]
        if len(parts) == 1 and parts[0] == size:
            continue
        if all(isinstance(part, int) for part in parts) and isinstance(size, int):
            continue  # the verifier has looked
        message = f"dimension {axis} of '{op.name}' op is not the product of the sizes that it is cut into"
        check(b, "eq", size, product(b, parts), message)


def _loop(op: scf.For, b: Builder) -> None:
    step, upper = constant_index(op.step), constant_index(op.upper_bound)
    type = op.step.type
    if step is None:
        one = b.insert(arith.Constant(IntegerAttr(1, type))).result
        positive = compare(b, "sge", op.step, one)
        b.insert(cf.Assert(positive, StringAttr("'scf.for' op expects a positive step")))
    _, greatest = integer_limits(type)
    is_size = isinstance(op.upper_bound.defining_op, tensor.Dim | memref.Dim)
    if step is not None and (step == 1 or is_size or (upper is not None and upper + step - 1 <= greatest)):
        return
    # The last number from which a step does not lead beyond the greatest, and one more.
    most = b.insert(arith.Constant(IntegerAttr(greatest, type))).result
    one = b.insert(arith.Constant(IntegerAttr(1, type))).result
    limit = b.insert(arith.SubI(most, b.insert(arith.SubI(op.step, one)).result)).result
    fits = compare(b, "sle", op.upper_bound, limit)
    never = compare(b, "sle", op.upper_bound, op.lower_bound)
    holds = b.insert(arith.OrI(fits, never)).result
    b.insert(cf.Assert(holds, StringAttr("the induction variable of 'scf.for' op overflows in the last step")))


def _structured(op: linalg.LinalgOp, b: Builder) -> None:
    check_loops(b, op.operands, op.maps)
    check_accesses(op, b)


def _copy(op: memref.Copy, b: Builder) -> None:
    type = op.source.type
    if isinstance(type, MemRefType) and isinstance(op.target.type, MemRefType):
        for axis in range(type.rank):
            message = f"dimension {axis} of the buffers of 'memref.copy' op does not agree"
            check_size(b, op.source, axis, extent(b, op.target, axis), message)


def _view(op: memref.View, b: Builder) -> None:
    type = op.result.type
    assert isinstance(type, MemRefType)
    try:
        size = product(b, [element_bytes(type.element_type), *amounts(type.shape, op.sizes)])
    except ValueError:
        return  # of elements that cannot be lowered
    whole = as_value(b, extent(b, op.source, 0))
    message = "'memref.view' op shows bytes beyond the end of the buffer"
    check(b, "ule", op.byte_shift, whole, message)
    check(b, "ule", size, b.insert(arith.SubI(whole, op.byte_shift)).result, message)


def _lanes(op: Any, b: Builder) -> None:
    vector_type = (op.result if isinstance(op, vector.Load) else op.valueToStore).type
    assert isinstance(vector_type, VectorType)
    for axis, position in enumerate(op.indices):
        # The dimensions of the vector are the last ones of the buffer.
        behind = axis - len(op.indices) + vector_type.rank
        count = vector_type.static_shape[behind] if behind >= 0 else 1
        size = as_value(b, extent(b, op.base, axis))
        message = f"'{op.name}' op takes elements beyond the end of dimension {axis}"
        check(b, "ule", position, size, message)
        check(b, "ule", count, b.insert(arith.SubI(size, position)).result, message)


CHECKS: dict[Any, Check] = {
    tensor.Extract: lambda op, b: _element(op, b, op.tensor, op.indices),
    tensor.Insert: lambda op, b: _element(op, b, op.dest, op.indices),
    memref.Load: lambda op, b: _element(op, b, op.memref, op.indices),
    memref.Store: lambda op, b: _element(op, b, op.memref, op.indices),
    memref.AtomicRMW: lambda op, b: _element(op, b, op.memref, op.indices),
    tensor.Dim: _query,
    memref.Dim: _query,
    tensor.Cast: _cast,
    memref.Cast: _cast,
    tensor.ExtractSlice: _part,
    memref.SubView: _part,
    tensor.InsertSlice: _insertion,
    tensor.ExpandShape: _expansion,
    memref.ExpandShape: _expansion,
    memref.Copy: _copy,
    memref.View: _view,
    vector.Load: _lanes,
    vector.Store: _lanes,
    scf.For: _loop,
}
"""The checks of each op; those of `linalg` are the same for all its ops."""
