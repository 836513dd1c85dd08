"""`nd` ops on bits: those of one element as `arith` and `math` ops, and bits read as elements of another width."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.dialects import arith, linalg, math, nd
from irc.dialects._amounts import compare
from irc.ir.affine import AffineConstant, AffineDim, AffineMap
from irc.ir.attributes import i64_attr
from irc.ir.builder import Builder
from irc.ir.types import IntegerType, Type
from irc.ir.value import Value
from irc.lowering.scalar_ops import select
from irc.lowering.signedness import Scalar, relabel, signless
from irc.lowering.size_checks import check_size
from irc.lowering.structured import dynamic_sizes, empty, generic, index_constant, scalar, shaped


def _last(type: Type) -> int:
    """The greatest amount that an integer can be shifted by."""
    return (type.width if isinstance(type, IntegerType) else 64) - 1


def _zero_beyond(cls: type[arith.ShLI | arith.ShRUI]) -> Scalar:
    """A shift that leaves zeros; amounts that the op itself does not take are not given to it."""

    def shift(b: Builder, x: Value, n: Value) -> Value:
        zero = scalar(b, 0, x.type)
        inside = compare(b, "ule", n, scalar(b, _last(x.type), x.type))
        shifted = b.insert(cls(x, select(b, inside, n, zero))).result
        return select(b, inside, shifted, zero)

    return shift


def _arithmetic(b: Builder, x: Value, n: Value) -> Value:
    amount = b.insert(arith.MinUI(n, scalar(b, _last(x.type), x.type))).result
    return b.insert(arith.ShRSI(x, amount)).result


def _not(b: Builder, x: Value) -> Value:
    return b.insert(arith.XOrI(x, scalar(b, -1, x.type))).result


_LOGIC: dict[Any, Any] = {nd.BitwiseAnd: arith.AndI, nd.BitwiseOr: arith.OrI, nd.BitwiseXor: arith.XOrI}

OPS: dict[Any, Any] = {**_LOGIC, nd.PopCount: math.CtPop, nd.CountLeadingZeros: math.CountLeadingZeros}
"""Ops on integers, signed and unsigned, that are one scalar op."""
BOOLEAN_OPS = _LOGIC

_SHIFTS: dict[Any, Scalar] = {
    nd.BitwiseLeftShift: _zero_beyond(arith.ShLI), nd.LogicalRightShift: _zero_beyond(arith.ShRUI),
}  # fmt: skip
BOOLEAN_FORMULAS: dict[Any, Scalar] = {nd.BitwiseNot: _not}
SIGNED_FORMULAS: dict[Any, Scalar] = {**BOOLEAN_FORMULAS, **_SHIFTS, nd.BitwiseRightShift: _arithmetic}
UNSIGNED_FORMULAS: dict[Any, Scalar] = {**SIGNED_FORMULAS, nd.BitwiseRightShift: _SHIFTS[nd.LogicalRightShift]}


# -- bitcasts --------------------------------------------------------------------------------------------------------


def _pattern(b: Builder, x: Value) -> Value:
    """The bits of an element as a signless integer."""
    return _reinterpret(b, relabel(b, x, signless(x.type)), IntegerType(_width(x.type)))


def _width(type: Type) -> int:
    """Bits of an element of an integer or float type."""
    width: int = getattr(type, "width")  # noqa: B009 - the verifier has seen to it
    return width


def _element(b: Builder, pattern: Value, to: Type) -> Value:
    return relabel(b, _reinterpret(b, pattern, signless(to)), to)


def _reinterpret(b: Builder, x: Value, to: Type) -> Value:
    return x if x.type is to else b.insert(arith.Bitcast(x, result_types=[to])).result


def bitcast_element(b: Builder, x: Value, to: Type) -> Value:
    """An element read as one of another type of the same width."""
    return _element(b, _pattern(b, x), to)


def lower_bitcast(op: nd.Bitcast, b: Builder) -> Value:
    source, target = shaped(op.x), shaped(op.result)
    before, after = _width(source.element_type), _width(target.element_type)
    rank = target.rank
    sizes = dynamic_sizes(b, op.x) if op.into is None else []
    identity = AffineMap.identity(rank)
    if before < after:
        ratio = op.ratio
        check_size(
            b, op.x, source.rank - 1, ratio, f"the last axis of the operand of '{op.name}' op is not of size {ratio}"
        )
        out = op.into or empty(b, target, sizes[: target.num_dynamic_dims])
        parts = [AffineMap(rank, 0, (*map(AffineDim, range(rank)), AffineConstant(i))) for i in range(ratio)]
        return generic(
            b, [op.x] * ratio, out, [*parts, identity], lambda inner, xs: _joined(inner, xs[:-1], target.element_type)
        )
    if op.into is None and before > after and target.shape[-1] is None:
        sizes = [*sizes, index_constant(b, before // after)]
    out = op.into or empty(b, target, sizes)

    def body(inner: Builder, xs: Sequence[Value]) -> Value:
        pattern = _pattern(inner, xs[0])
        if before > after:
            position = inner.insert(linalg.Index(i64_attr(rank - 1))).result
            part = inner.insert(arith.IndexCast(position, result_types=[pattern.type])).result
            amount = inner.insert(arith.MulI(part, scalar(inner, after, pattern.type))).result
            shifted = inner.insert(arith.ShRUI(pattern, amount)).result
            pattern = inner.insert(arith.TruncI(shifted, result_types=[IntegerType(after)])).result
        return _element(inner, pattern, target.element_type)

    reads = AffineMap(rank, 0, tuple(AffineDim(axis) for axis in range(source.rank)))
    return generic(b, [op.x], out, [reads, identity], body)


def _joined(b: Builder, parts: Sequence[Value], to: Type) -> Value:
    """The element whose bits are those of `parts`, the lowest first."""
    wide = IntegerType(_width(to))
    total: Value | None = None
    for i, part in enumerate(parts):
        bits = b.insert(arith.ExtUI(_pattern(b, part), result_types=[wide])).result
        if total is None:
            total = bits
            continue
        moved = b.insert(arith.ShLI(bits, scalar(b, i * _width(part.type), wide))).result
        total = b.insert(arith.OrI(total, moved)).result
    assert total is not None
    return _element(b, total, to)


LOWERINGS: dict[Any, Any] = {nd.Bitcast: lower_bitcast}
