"""Checks that a structured op reaches no element outside of its operands, where a map is more than a choice of loops."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import arith, cf, linalg
from irc.dialects._amounts import compare, index_constant
from irc.dialects._slices import Mixed
from irc.ir.affine import AffineBinary, AffineConstant, AffineDim, AffineExpr, dims_of
from irc.ir.attributes import StringAttr
from irc.ir.builder import Builder
from irc.ir.types import ShapedType
from irc.ir.value import Value
from irc.lowering.sizes import size

Range = tuple[Value, Value]
"""The least and the greatest value of an expression."""


def check_accesses(op: linalg.LinalgOp, b: Builder) -> None:
    """Stop where a map such as `d0 + d1` leads beyond an operand; what the types show is left to the verifier."""
    extents: list[Mixed | None] = list(op.loop_extents())
    for operand, map in zip(op.operands, op.maps, strict=True):
        if not isinstance(operand.type, ShapedType):
            continue
        for axis, expr in enumerate(map.results):
            loops = dims_of(expr)
            known = operand.type.shape[axis] is not None and all(extents[loop] is not None for loop in loops)
            if isinstance(expr, AffineBinary) and not known:
                _check_axis(op, b, operand, axis, expr, sorted(loops))


def _check_axis(
    op: linalg.LinalgOp, b: Builder, operand: Value, axis: int, expr: AffineExpr, loops: Sequence[int]
) -> None:
    zero = index_constant(b, 0)
    ends = {loop: _extent(op, b, loop) for loop in loops}
    last = {loop: b.insert(arith.SubI(end, index_constant(b, 1))).result for loop, end in ends.items()}
    reach = _range(b, expr, {loop: (zero, end) for loop, end in last.items()})
    if reach is None:
        return
    inside = b.insert(
        arith.AndI(compare(b, "sge", reach[0], zero), compare(b, "slt", reach[1], size(b, operand, axis)))
    ).result
    for end in ends.values():
        # A loop that never runs reaches nothing.
        inside = b.insert(arith.OrI(inside, compare(b, "eq", end, zero))).result
    b.insert(cf.Assert(inside, StringAttr(f"'{op.name}' op reaches elements beyond the end of dimension {axis}")))


def _extent(op: linalg.LinalgOp, b: Builder, loop: int) -> Value:
    for operand, map in zip(op.operands, op.maps, strict=True):
        for axis, expr in enumerate(map.results):
            if isinstance(expr, AffineDim) and expr.position == loop:
                return size(b, operand, axis)
    raise AssertionError("the verifier has seen to it that each loop has an extent")


def _range(b: Builder, expr: AffineExpr, dims: dict[int, Range]) -> Range | None:
    """Between which values `expr` lies, `None` where no simple bound is exact."""
    match expr:
        case AffineDim():
            return dims[expr.position]
        case AffineConstant():
            number = index_constant(b, expr.value)
            return number, number
        case AffineBinary(kind="+"):
            lhs, rhs = _range(b, expr.lhs, dims), _range(b, expr.rhs, dims)
            if lhs is None or rhs is None:
                return None
            low, high = (b.insert(arith.AddI(x, y)).result for x, y in zip(lhs, rhs, strict=True))
            return low, high
        case AffineBinary(kind="*" | "floordiv" | "ceildiv", rhs=AffineConstant(value=factor)):
            inner = _range(b, expr.lhs, dims)
            if inner is None:
                return None
            cls = {"*": arith.MulI, "floordiv": arith.FloorDivSI, "ceildiv": arith.CeilDivSI}[expr.kind]
            ends = [b.insert(cls(each, index_constant(b, factor))).result for each in inner]
            return (ends[0], ends[1]) if factor >= 0 else (ends[1], ends[0])
    return None
