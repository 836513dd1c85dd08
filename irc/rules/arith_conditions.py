"""Comparisons and selections that say the same with less."""

from __future__ import annotations

from typing import Any

from irc.dialects import arith
from irc.dialects import arith_fold as folding
from irc.dialects.arith_attributes import CMPI
from irc.ir.attributes import IntegerAttr, true
from irc.ir.types import IntegerType, element_type, i1, i64, with_element_type
from irc.ir.value import Value
from irc.rewrite.constants import constant_value, number_attribute
from irc.rewrite.greedy import Patterns
from irc.rewrite.rewriter import Rewriter

SWAPPED = {
    "eq": "eq", "ne": "ne", "slt": "sgt", "sle": "sge", "sgt": "slt", "sge": "sle", "ult": "ugt", "ule": "uge",
    "ugt": "ult", "uge": "ule",
}  # fmt: skip
"""The predicate that holds of (b, a) where one holds of (a, b)."""

INVERTED = {
    "eq": "ne", "ne": "eq", "slt": "sge", "sle": "sgt", "sgt": "sle", "sge": "slt", "ult": "uge", "ule": "ugt",
    "ugt": "ule", "uge": "ult",
}  # fmt: skip
"""The predicate that holds where one does not."""


def constant_right(op: arith.CmpI, rewriter: Rewriter) -> bool:
    """A constant stands on the right."""
    if constant_value(op.lhs) is None or constant_value(op.rhs) is not None:
        return False
    predicate = IntegerAttr(CMPI[SWAPPED[op.word]], i64)
    rewriter.replace(op, rewriter.insert(arith.CmpI(op.rhs, op.lhs, predicate)).results)
    return True


def compare_before_extending(op: arith.CmpI, rewriter: Rewriter) -> bool:
    """Extended numbers are equal where the narrow ones are."""
    a, b = op.lhs.defining_op, op.rhs.defining_op
    if op.word not in ("eq", "ne") or not isinstance(a, arith.ExtSI | arith.ExtUI) or type(a) is not type(b):
        return False
    assert isinstance(b, arith.ExtSI | arith.ExtUI)
    if a.in_.type is not b.in_.type:
        return False
    rewriter.replace(op, rewriter.insert(arith.CmpI(a.in_, b.in_, op.predicate)).results)
    return True


def negate_comparison(op: arith.XOrI, rewriter: Rewriter) -> bool:
    """The negation of a comparison is the opposite comparison."""
    comparison = op.lhs.defining_op
    if not isinstance(comparison, arith.CmpI) or constant_value(op.rhs) is not true:
        return False
    predicate = IntegerAttr(CMPI[INVERTED[comparison.word]], i64)
    rewriter.replace(op, rewriter.insert(arith.CmpI(comparison.lhs, comparison.rhs, predicate)).results)
    return True


def negated(condition: Value) -> Value | None:
    """What `condition` is the negation of."""
    op = condition.defining_op
    if isinstance(op, arith.XOrI) and folding.is_integer(constant_value(op.rhs), -1):
        return op.lhs
    return None


def select_once(op: arith.Select, rewriter: Rewriter) -> bool:
    """A choice by a negation swaps the arms; one inside another by the same condition is decided."""
    condition, a, b = op.operands
    plain = negated(condition)
    if plain is not None:
        condition, a, b = plain, b, a
    for i in (1, 2):
        arm = (a, b)[i - 1].defining_op
        if isinstance(arm, arith.Select) and arm.condition is condition:
            a, b = (arm.true_value, b) if i == 1 else (a, arm.false_value)
    if (condition, a, b) == op.operands:
        return False
    rewriter.replace(op, rewriter.insert(arith.Select(condition, a, b)).results)
    return True


def select_bit(op: arith.Select, rewriter: Rewriter) -> bool:
    """A choice between one and zero is the condition as a number."""
    type, condition = op.result.type, op.condition
    if not isinstance(element_type(type), IntegerType) or with_element_type(type, i1) is not condition.type:
        return False
    a, b = constant_value(op.true_value), constant_value(op.false_value)
    if element_type(type) is i1:
        # The other order is folded: the choice is the condition itself.
        if not (folding.is_integer(a, 0) and folding.is_integer(b, -1)):
            return False
        rewriter.replace(op, [_not(condition, rewriter)])
        return True
    if folding.is_integer(a, 0) and folding.is_integer(b, 1):
        condition = _not(condition, rewriter)
    elif not (folding.is_integer(a, 1) and folding.is_integer(b, 0)):
        return False
    rewriter.replace(op, rewriter.insert(arith.ExtUI(condition, result_types=[type])).results)
    return True


def _not(condition: Value, rewriter: Rewriter) -> Value:
    ones = number_attribute(-1, condition.type)
    assert ones is not None
    return rewriter.insert(arith.XOrI(condition, rewriter.insert(arith.Constant(ones)).result)).result


def cancel_signs(op: Any, rewriter: Rewriter) -> bool:
    """The signs of two negated factors cancel."""
    a, b = op.lhs.defining_op, op.rhs.defining_op
    if not isinstance(a, arith.NegF) or not isinstance(b, arith.NegF):
        return False
    rewriter.replace(op, rewriter.insert(type(op)(a.operand, b.operand, op.fastmath)).results)
    return True


ARITH_CONDITIONS: Patterns = {
    arith.CmpI: [constant_right, compare_before_extending],
    arith.XOrI: [negate_comparison],
    arith.Select: [select_once, select_bit],
    arith.MulF: [cancel_signs],
    arith.DivF: [cancel_signs],
}
