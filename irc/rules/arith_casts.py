"""Casts of casts, and integer operations that can be done before a cast."""

from __future__ import annotations

from typing import Any

from irc.dialects import arith
from irc.dialects import arith_fold as folding
from irc.ir.types import MemRefType
from irc.ir.value import Value
from irc.rewrite.constants import constant_value
from irc.rewrite.greedy import Patterns
from irc.rewrite.rewriter import Rewriter


def _recast(op: Any, cls: Any, source: Value, rewriter: Rewriter) -> bool:
    """Replace a cast by another of `source` to the same type."""
    new = rewriter.insert(cls(source, result_types=[op.results[0].type]))
    rewriter.replace(op, new.results)
    return True


def extend_once(op: Any, rewriter: Rewriter) -> bool:
    """An extension of an extension is one; what was extended by zeros has no sign left to extend."""
    inner = op.in_.defining_op
    if isinstance(inner, arith.ExtUI):
        return _recast(op, arith.ExtUI, inner.in_, rewriter)
    if isinstance(inner, arith.ExtSI) and isinstance(op, arith.ExtSI):
        return _recast(op, arith.ExtSI, inner.in_, rewriter)
    return False


def truncate_once(op: arith.TruncI, rewriter: Rewriter) -> bool:
    """Truncating what was truncated or extended is one cast."""
    inner = op.in_.defining_op
    if isinstance(inner, arith.TruncI):
        return _recast(op, arith.TruncI, inner.in_, rewriter)
    if not isinstance(inner, arith.ExtSI | arith.ExtUI):
        return False
    wide = folding.width(inner.in_.type) > folding.width(op.out.type)
    return _recast(op, arith.TruncI if wide else type(inner), inner.in_, rewriter)


def truncate_shifted(op: arith.TruncI, rewriter: Rewriter) -> bool:
    """Where the bits that a shift brings in are cut off, it does not matter which they are."""
    shift = op.in_.defining_op
    if not isinstance(shift, arith.ShRSI):
        return False
    kept = folding.width(shift.lhs.type) - folding.width(op.out.type)
    if not folding.is_integer(constant_value(shift.rhs), kept):
        return False
    return _recast(op, arith.TruncI, rewriter.insert(arith.ShRUI(shift.lhs, shift.rhs)).result, rewriter)


_HIGH_HALVES = {arith.ExtSI: arith.MulSIExtended, arith.ExtUI: arith.MulUIExtended}


def high_half(op: arith.TruncI, rewriter: Rewriter) -> bool:
    """The upper bits of a product of extended numbers are the high half of their extended product."""
    shift = op.in_.defining_op
    product = shift.lhs.defining_op if isinstance(shift, arith.ShRUI | arith.ShRSI) else None
    if not isinstance(product, arith.MulI) or shift is None:
        return False
    a, b = product.lhs.defining_op, product.rhs.defining_op
    cls = _HIGH_HALVES.get(type(a))  # type: ignore[arg-type]  # a missing definition is in no table
    if cls is None or type(a) is not type(b) or a is None or b is None:
        return False
    source = a.operands[0].type
    bits = folding.width(source)
    if source is not b.operands[0].type or source is not op.out.type:
        return False
    if folding.width(product.result.type) < 2 * bits or not folding.is_integer(constant_value(shift.operands[1]), bits):
        return False
    extended = rewriter.insert(cls(a.operands[0], b.operands[0]))
    rewriter.replace(op, [extended.results[1]])
    return True


def recast_index(op: Any, rewriter: Rewriter) -> bool:
    """A cast to an index and back is nothing; one of an extended number needs no extension."""
    inner = op.in_.defining_op
    if type(inner) is type(op) and inner.in_.type is op.out.type:
        # On the way through a narrower number bits are lost.
        if isinstance(op.out.type, MemRefType) or folding.width(op.out.type) <= folding.width(op.in_.type):
            rewriter.replace(op, [inner.in_])
            return True
        return False
    extension = arith.ExtSI if isinstance(op, arith.IndexCast) else arith.ExtUI
    return isinstance(inner, extension) and _recast(op, type(op), inner.in_, rewriter)


def recast_bits(op: arith.Bitcast, rewriter: Rewriter) -> bool:
    """A bitcast of a bitcast is one."""
    inner = op.in_.defining_op
    return isinstance(inner, arith.Bitcast) and _recast(op, arith.Bitcast, inner.in_, rewriter)


def combine_before_extending(op: Any, rewriter: Rewriter) -> bool:
    """Bitwise operations on extended numbers are done on the narrow ones."""
    a, b = op.lhs.defining_op, op.rhs.defining_op
    if not isinstance(a, arith.ExtSI | arith.ExtUI) or type(a) is not type(b):
        return False
    assert isinstance(b, arith.ExtSI | arith.ExtUI)
    if a.in_.type is not b.in_.type:
        return False
    return _recast(op, type(a), rewriter.insert(type(op)(a.in_, b.in_)).results[0], rewriter)


ARITH_CASTS: Patterns = {
    arith.ExtSI: [extend_once],
    arith.ExtUI: [extend_once],
    arith.TruncI: [truncate_once, truncate_shifted, high_half],
    arith.IndexCast: [recast_index],
    arith.IndexCastUI: [recast_index],
    arith.Bitcast: [recast_bits],
    arith.AndI: [combine_before_extending],
    arith.OrI: [combine_before_extending],
    arith.XOrI: [combine_before_extending],
}
