"""Sums and products with constants, and operations with a second result that nobody uses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from irc.dialects import arith
from irc.dialects import arith_fold as folding
from irc.dialects._amounts import compare
from irc.dialects.arith_attributes import Overflow
from irc.ir.attributes import Attribute
from irc.ir.operation import Operation
from irc.ir.value import Value
from irc.rewrite.constants import constant_value, number_attribute
from irc.rewrite.greedy import Patterns
from irc.rewrite.pattern import ops, variables
from irc.rewrite.rewriter import Rewriter
from irc.rewrite.rules import RuleSet

arith_ops = ops("arith")
x, y = variables("x y")

Merge = tuple[type[Operation], int, int, int]
"""What replaces two operations: an op class, the place of the constant in it, and the signs of both constants."""

_MERGES: dict[tuple[type[Operation], int, type[Operation], int], Merge] = {
    (arith.AddI, 1, arith.AddI, 1): (arith.AddI, 1, 1, 1),
    (arith.AddI, 1, arith.SubI, 1): (arith.AddI, 1, -1, 1),
    (arith.AddI, 1, arith.SubI, 0): (arith.SubI, 0, 1, 1),
    (arith.SubI, 1, arith.AddI, 1): (arith.AddI, 1, 1, -1),
    (arith.SubI, 0, arith.AddI, 1): (arith.SubI, 0, -1, 1),
    (arith.SubI, 1, arith.SubI, 1): (arith.SubI, 1, 1, 1),
    (arith.SubI, 1, arith.SubI, 0): (arith.SubI, 0, 1, -1),
    (arith.SubI, 0, arith.SubI, 1): (arith.SubI, 0, 1, 1),
    (arith.SubI, 0, arith.SubI, 0): (arith.AddI, 1, -1, 1),
}
"""By the op and the place of its constant, and the same of the op that defines its other operand."""


_SUMS = (arith.AddI, arith.SubI)

NO_FLAGS = Overflow("none")


def merge_constants(op: Any, rewriter: Rewriter) -> bool:
    """Two sums with a constant are one: `(x - 3) + 5` is `x + 2`."""
    found = _with_constant(op)
    if found is None:
        return False
    outer_place, variable, second = found
    inner = variable.defining_op
    below = _with_constant(inner) if isinstance(inner, _SUMS) else None
    if inner is None or below is None:
        return False
    inner_place, x, first = below
    cls, place, sign_of_first, sign_of_second = _MERGES[type(op), outer_place, type(inner), inner_place]
    return _replace_by_merged(
        op, inner, cls, place, x, (first, second), lambda a, b: sign_of_first * a + sign_of_second * b, rewriter
    )


def merge_factors(op: arith.MulI, rewriter: Rewriter) -> bool:
    """Two products with a constant are one."""
    inner = op.lhs.defining_op
    if not isinstance(inner, arith.MulI):
        return False
    first, second = constant_value(inner.rhs), constant_value(op.rhs)
    if first is None or second is None:
        return False
    return _replace_by_merged(
        op, inner, arith.MulI, 1, inner.lhs, (first, second), lambda a, b: a * b, rewriter
    )  # fmt: skip


def _with_constant(op: Any) -> tuple[int, Value, Attribute] | None:
    """The place of the only constant operand (1 in a sum, whose operands may be swapped), the other one, the constant."""
    lhs, rhs = op.operands
    right = constant_value(rhs)
    left = constant_value(lhs)
    if right is not None:
        return (1, lhs, right) if left is None else None
    if left is None:
        return None
    return 0 if isinstance(op, arith.SubI) else 1, rhs, left


def _replace_by_merged(
    op: Any,
    inner: Any,
    cls: Any,
    place: int,
    x: Value,
    constants: tuple[Attribute, Attribute],
    function: Callable[[int, int], int],
    rewriter: Rewriter,
) -> bool:
    merged = folding.integers(lambda a, b, bits: function(a, b), *constants)
    if merged is None:
        return False
    constant = rewriter.insert(arith.Constant(merged)).result
    operands = (constant, x) if place == 0 else (x, constant)
    flags = _common_flags(op.overflowFlags, inner.overflowFlags, constants, function)
    rewriter.replace(op, rewriter.insert(cls(*operands, overflowFlags=flags)).results)
    return True


def _common_flags(
    first: Overflow, second: Overflow, constants: tuple[Attribute, Attribute], function: Callable[[int, int], int]
) -> Overflow:
    """The overflows that neither operation has and that merging their constants has not either.

    Where no step wraps, every value is the exact one; so is the result then, whatever the order of the steps.
    """
    if first is NO_FLAGS or second is NO_FLAGS:
        return NO_FLAGS
    kept = [
        flag
        for flag in ("nsw", "nuw")
        if flag in first.value.split(",") and flag in second.value.split(",") and _is_exact(flag, constants, function)
    ]
    return Overflow(",".join(kept) or "none")


def _is_exact(flag: str, constants: tuple[Attribute, Attribute], function: Callable[[int, int], int]) -> bool:
    """Whether the merged constant is in the signed (`nsw`) or unsigned range, for each element."""

    def fits(a: int, b: int, bits: int) -> int:
        if flag == "nsw":
            return int(-(1 << (bits - 1)) <= function(a, b) < 1 << (bits - 1))
        return int(0 <= function(a % (1 << bits), b % (1 << bits)) < 1 << bits)

    return folding.is_integer(folding.integers(fits, *constants), 1)


def subtract_same(op: arith.SubI, rewriter: Rewriter) -> bool:
    """`(a - b) - a` is `0 - b`."""
    inner = op.lhs.defining_op
    if not isinstance(inner, arith.SubI) or inner.lhs is not op.rhs:
        return False
    zero = number_attribute(0, op.result.type)
    if zero is None:
        return False
    constant = rewriter.insert(arith.Constant(zero)).result
    flags = [flag for flag in inner.overflowFlags.value.split(",") if flag in op.overflowFlags.value.split(",")]
    # The exact value is -b, which is the result of the second subtraction; unsigned, it is zero or wraps in both.
    merged = Overflow(",".join(flags))
    rewriter.replace(op, rewriter.insert(arith.SubI(constant, inner.rhs, merged)).results)
    return True


_LOW = {
    arith.AddUIExtended: arith.AddI,
    arith.MulSIExtended: arith.MulI,
    arith.MulUIExtended: arith.MulI,
}


def drop_second_result(op: Any, rewriter: Rewriter) -> bool:
    """Without use of its second result, an extended operation is the plain one."""
    if op.results[1].users:
        return False
    low = rewriter.insert(_LOW[type(op)](op.lhs, op.rhs)).result
    rewriter.replace_value(op.results[0], low)
    rewriter.erase(op)
    return True


def extend_sign(op: arith.MulSIExtended, rewriter: Rewriter) -> bool:
    """The high half of `x * 1` is the sign of `x`."""
    zero = number_attribute(0, op.lhs.type)
    if zero is None or not folding.is_integer(constant_value(op.rhs), 1) or folding.width(op.lhs.type) == 1:
        return False
    constant = rewriter.insert(arith.Constant(zero)).result
    negative = compare(rewriter, "slt", op.lhs, constant)
    rewriter.replace(op, [op.lhs, rewriter.insert(arith.ExtSI(negative, result_types=[op.lhs.type])).out])
    return True


SUMS = RuleSet(subtract_negated=arith_ops.addi(x, arith_ops.muli(y, -1)) >> arith_ops.subi(x, y))

ARITH_INTEGERS: Patterns = {
    arith.AddI: [merge_constants, *SUMS.patterns[arith.AddI]],
    arith.SubI: [merge_constants, subtract_same],
    arith.MulI: [merge_factors],
    arith.AddUIExtended: [drop_second_result],
    arith.MulSIExtended: [drop_second_result, extend_sign],
    arith.MulUIExtended: [drop_second_result],
}
