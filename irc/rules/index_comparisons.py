"""Comparisons of indices that are decided, or that need no difference."""

from __future__ import annotations

from irc.dialects import index
from irc.ir.attributes import IntegerAttr, bool_attr
from irc.rewrite.constants import constant_value
from irc.rewrite.greedy import Patterns
from irc.rewrite.rewriter import Rewriter


def compare_difference(op: index.Cmp, rewriter: Rewriter) -> bool:
    """A difference is zero where both sides are equal. Of its sign nothing is known, since it may wrap."""
    difference, zero = op.lhs.defining_op, constant_value(op.rhs)
    if op.pred.value not in ("eq", "ne") or not isinstance(difference, index.Sub):
        return False
    if not isinstance(zero, IntegerAttr) or zero.value != 0:
        return False
    rewriter.replace(op, rewriter.insert(index.Cmp(op.pred, difference.lhs, difference.rhs)).results)
    return True


_BOUNDS = {
    "index.maxs": (True, True),
    "index.mins": (True, False),
    "index.maxu": (False, True),
    "index.minu": (False, False),
}
"""Whether the op compares with a sign, and whether its constant is the least result (else the greatest)."""


def compare_bounded(op: index.Cmp, rewriter: Rewriter) -> bool:
    """A comparison of a maximum or minimum with a constant, where the bound alone decides it in 32 and in 64 bits."""
    bounded, constant = op.lhs.defining_op, constant_value(op.rhs)
    if bounded is None or bounded.name not in _BOUNDS or not isinstance(constant, IntegerAttr):
        return False
    bound = constant_value(bounded.operands[1])
    if not isinstance(bound, IntegerAttr):
        return False
    answers = {_decide(op.pred.value, *_BOUNDS[bounded.name], bound.value, constant.value, bits) for bits in (32, 64)}
    answer = answers.pop()
    if answers or answer is None:
        return False
    rewriter.replace(op, rewriter.insert(index.BoolConstant(bool_attr(answer))).results)
    return True


def _decide(word: str, signed: bool, is_least: bool, bound: int, constant: int, bits: int) -> bool | None:
    """Whether the predicate holds of all numbers that the bound allows, or of none; `None` if of some."""
    half = 1 << (bits - 1)
    bound = _read(bound, signed, bits)
    least, greatest = (-half, half - 1) if signed else (0, 2 * half - 1)
    low, high = (bound, greatest) if is_least else (least, bound)
    as_signed = word[0] != "u"
    # Read the other way, numbers keep their order only where none has the upper bit set.
    if as_signed != signed and (low < 0 or high >= half):
        return None
    value = _read(constant, as_signed, bits)
    order = index.ORDERS[word[-2:]]
    if word in ("eq", "ne"):
        return None if low <= value <= high else word == "ne"
    at_ends = {order(low, value), order(high, value)}
    return at_ends.pop() if len(at_ends) == 1 else None


def _read(number: int, signed: bool, bits: int) -> int:
    number %= 1 << bits
    return number - (1 << bits) if signed and number >> (bits - 1) else number


INDEX_COMPARISONS: Patterns = {index.Cmp: [compare_difference, compare_bounded]}
