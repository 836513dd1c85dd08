"""Branches of a selection that were not taken: their derivatives must not make a nan of it.

`where(x < 1, x, sqrt(x))` has derivative 1 at 0, but that of the branch not taken is infinite, and infinity times the
cotangent 0 is a nan. So what only one branch of a selection uses is differentiated as if it were computed only where that
branch is taken: a cotangent that leaves this part is selected by the same condition once more. Nothing is added where no
factor on the way can be infinite or a nan. The condition is a value of the program, so derivatives of derivatives are exact.
"""

from __future__ import annotations

from collections.abc import Sequence

from irc.autodiff.activity import Activity
from irc.autodiff.expr import Expr, functions
from irc.autodiff.rule import rule_of
from irc.dialects import ad, arith, nd, tensor
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.dense import splat_value
from irc.ir.operation import Operation
from irc.ir.traits import Elementwise
from irc.ir.types import TensorType, VectorType
from irc.ir.value import Value
from irc.rewrite.constants import constant_value

Literal = tuple[Value, bool]
"""A condition of a selection, and the side that is taken."""
Under = dict[Literal, bool]
"""The literals under which alone a value matters, and whether a factor on the way may be infinite."""

MOST = 8
"""So many literals are followed at a time, which bounds the work for long chains of selections."""


class Masks:
    """For the operands of a block's operations the selections that hide their cotangents."""

    def __init__(self, block: Block, activity: Activity, returned: Sequence[Value] = ()) -> None:
        self._activity = activity
        self._values: dict[Value, Under] = {}
        self._edges: dict[tuple[Operation, int], Under] = {}
        self._carried: dict[Value, set[Literal]] = {}
        self._wild: set[Value] = set()
        self._singular: dict[Value, list[Literal]] = {}
        self._zero_unless: dict[Value, set[Literal]] = {}
        if any(isinstance(op, nd.Where | arith.Select) for op in block):
            for op in block:
                self._find_zeros(op)
                self._find_wild(op)
            for value in returned:
                self._meet(value, {})
            for op in reversed(block):
                self._visit(op)
            for op in block:
                self._find_singular(op)

    def of(self, value: Value) -> Sequence[Literal]:
        """The literals under which alone a value matters that comes from a factor which may be infinite."""
        return self._singular.get(value, ())

    def at(self, op: Operation, position: int) -> list[Literal]:
        """The literals whose part of the program the cotangent of an operand leaves here."""
        edge = self._edges.get((op, position))
        if not edge:
            return []
        inside = self._carried.get(op.operands[position], ())
        return [literal for literal, hazard in edge.items() if hazard and literal not in inside]

    def _find_zeros(self, op: Operation) -> None:
        """Values that are zero unless a condition holds, as the cotangents of a branch are: a factor of such a one matters
        only where the condition holds."""
        match op:
            case nd.Where() | arith.Select():
                condition, *sides = op.operands
                zero = [_is_zero(side) for side in sides]
                first, second = (self._zero_unless.get(side, set()) for side in sides)
                found = {(condition, zero[1])} | (second if zero[0] else first) if any(zero) else first & second
            case nd.Multiply() | arith.MulF():
                found = self._zero_unless.get(op.lhs, set()) | self._zero_unless.get(op.rhs, set())
            case nd.Add() | arith.AddF():
                found = self._zero_unless.get(op.lhs, set()) & self._zero_unless.get(op.rhs, set())
            case nd.Negative() | arith.NegF():
                found = self._zero_unless.get(op.operands[0], set())
            case _:
                return
        if found:
            self._zero_unless[op.results[0]] = found

    def _find_wild(self, op: Operation) -> None:
        """Values that may be infinite or nan though the operands are finite; a selection is taken to avoid that."""
        if isinstance(op, nd.Where | arith.Select) or not any(result in self._activity for result in op.results):
            return
        if _is_singular(op) or any(operand in self._wild for operand in op.operands):
            self._wild.update(op.results)

    def _find_singular(self, op: Operation) -> None:
        if not any(result in self._activity for result in op.results):
            return
        here = self._is_hazard(op)
        before = {literal for operand in op.operands for literal in self.of(operand)}
        for result in op.results:
            found = [literal for literal in self._values.get(result, ()) if here or literal in before]
            if found and result in self._activity:
                self._singular[result] = found

    def _is_hazard(self, op: Operation) -> bool:
        return bool(op.regions) or _is_singular(op) or any(operand in self._wild for operand in op.operands)

    def _visit(self, op: Operation) -> None:
        if not any(result in self._activity for result in op.results):
            if any(operand in self._activity for operand in op.operands) and not op.results:
                self._nowhere(op)
            return
        mine = _common([self._values.get(result) for result in op.results if result in self._activity])
        hazard = self._is_hazard(op)
        branches = (1, 2) if isinstance(op, nd.Where | arith.Select) else ()
        carried = set(mine)
        for i, operand in enumerate(op.operands):
            if operand not in self._activity:
                continue
            kept = {
                literal: risky or (hazard and i not in branches)
                for literal, risky in mine.items()
                if _is_scalar(literal[0]) or _is_elementwise(op, operand)
            }
            if i in branches and len(kept) < MOST:
                kept[(op.operands[0], i == 1)] = False
            if isinstance(op, nd.Multiply | arith.MulF):
                for literal in self._zero_unless.get(op.operands[1 - i], ()):
                    if len(kept) < MOST:
                        kept.setdefault(literal, False)
            carried &= kept.keys()
            self._edges[(op, i)] = kept
            self._meet(operand, kept)
        self._carried.update((result, carried) for result in op.results)
        for inner in op.nested_ops():
            for operand in inner.operands:
                self._meet(operand, {})

    def _nowhere(self, op: Operation) -> None:
        for operand in op.operands:
            self._meet(operand, {})

    def _meet(self, value: Value, under: Under) -> None:
        known = self._values.get(value)
        self._values[value] = dict(under) if known is None else _common([known, under])


def _common(found: Sequence[Under | None]) -> Under:
    """What holds for all uses; a value without uses holds nothing back, but has no cotangent either."""
    given = [under for under in found if under is not None]
    if not given:
        return {}
    first, *rest = given
    return {
        literal: hazard or any(under[literal] for under in rest)
        for literal, hazard in first.items()
        if all(literal in under for under in rest)
    }


def _is_singular(op: Operation) -> bool:
    rule = rule_of(op)
    return rule is None or (rule.vjp is not None and not rule.bounded)


def _is_zero(value: Value) -> bool:
    """Whether a value is the constant zero everywhere."""
    number = splat_value(constant_value(value))
    return isinstance(number, int | float) and number == 0


def _is_scalar(condition: Value) -> bool:
    return not isinstance(condition.type, TensorType | VectorType) or not condition.type.shape


def _is_elementwise(op: Operation, operand: Value) -> bool:
    """Whether an element of the operand has a part in that element of the result alone."""
    if Elementwise not in op.traits or len(op.results) != 1:
        return False
    here, there = operand.type, op.results[0].type
    if not isinstance(here, TensorType | VectorType):
        return not isinstance(there, TensorType | VectorType)
    return isinstance(there, TensorType | VectorType) and here.shape == there.shape


def masked(ct: Expr, condition: Expr, side: bool) -> Expr:
    """`ct` where the condition is `side`, elsewhere zero."""
    return _selected(ct, ct.like(0), condition, side)


def sheltered(value: Value, literals: Sequence[Literal]) -> Value:
    """`value` for what looks at it from afar, as a stack of saved values or the caller of a function.

    It is the same number; but it is a selection that says where it matters, and so the derivative of what it is computed
    from has its cotangent only there. That of a selection between a number and itself is folded away when all is done.
    """
    block = value.parent_block
    assert block is not None
    for condition, side in literals:
        last, known = value.defining_op, condition.defining_op
        assert last is not None
        if known is not None and known.parent is block and last.is_before_in_block(known):
            last = known
        builder = Builder(InsertPoint.after(last), last.location)
        same = Expr.of(builder, value)
        constant = Expr.of(builder, builder.insert(ad.StopGradient(value)).output)
        value = _selected(same, constant, Expr.of(builder, condition), side).value
    return value


def _selected(ct: Expr, other: Expr, condition: Expr, side: bool) -> Expr:
    """`ct` where the condition is `side`, elsewhere `other`."""
    first, second = (ct, other) if side else (other, ct)
    if not ct.is_tensor:
        if condition.is_tensor:
            condition = functions("tensor").extract(condition)
        return functions("arith").select(condition, first, second)
    if not condition.is_tensor:
        made = tensor.FromElements([condition.value], result_types=[TensorType((), condition.type)])
        condition = Expr.of(ct.builder, ct.builder.insert(made).result)
    if condition.shape != ct.shape:
        assert isinstance(condition.type, TensorType)
        type = TensorType(ct.shape, condition.type.element_type)
        spread = nd.BroadcastTo(condition.value, ct.dims, result_types=[type])
        condition = Expr.of(ct.builder, ct.builder.insert(spread).result)
    return functions("nd").where(condition, first, second)
