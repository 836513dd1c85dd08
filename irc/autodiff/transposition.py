"""Jacobian-vector products from vector-Jacobian products: a formula that is linear in a cotangent, transposed.

The formula is written for a stand-in cotangent. Its operations are then run through backwards by their own rules, with the
tangents as the cotangents of what it gave. What only led to the stand-in is dead then, and goes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from irc.autodiff.cotangents import Cotangents
from irc.autodiff.expr import Expr
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.diagnostic import error
from irc.ir.operation import Operation
from irc.ir.types import ComplexType, FloatType, element_type
from irc.ir.value import Value

LinearMap = Callable[[Expr, Sequence[Expr]], Sequence[Expr | None]]


def transposed(
    formula: LinearMap,
    result: Expr,
    operands: Sequence[Expr],
    tangents: Sequence[Expr | None],
    rule_of: Callable[[Operation], Any],
) -> Expr | None:
    """What `formula`, which gives cotangents of `operands` for one of `result`, gives for tangents when it is transposed."""
    builder = operands[0].builder
    place = builder.point
    scratch, outer = Block(), Block([result.type])
    stand_in = outer.arguments[0]
    primals = [
        Expr(builder, x.type, _finder(x), tangent is not None) for x, tangent in zip(operands, tangents, strict=True)
    ]
    with builder.at(InsertPoint.at_end(scratch)):
        given = formula(Expr.of(builder, stand_in), primals)
        pairs = [
            (ct.value, tangent)
            for ct, tangent in zip(given, tangents, strict=True)
            if ct is not None and tangent is not None
        ]
        written = list(scratch)
        active = _active(stand_in, written, rule_of)
        cotangents = Cotangents()
        for value, tangent in pairs:
            if value in active:
                cotangents.add(value, tangent)
        for op in reversed(written):
            if any(each in active for each in op.results):
                _adjoint(builder, op, cotangents, active, rule_of)
        total = cotangents.take(stand_in)
        kept = None if total is None else total.value
    _sweep(scratch, kept)
    for op in list(scratch):
        scratch.remove(op)
        place.block.insert_before(op, place.anchor)
    if stand_in.users:
        # Only its sizes are asked for, which are those of the result.
        stand_in.replace_all_uses_with(result.value)
    return total


def _finder(x: Expr) -> Callable[[], Value]:
    return lambda: x.value


def _active(stand_in: Value, ops: Sequence[Operation], rule_of: Callable[[Operation], Any]) -> set[Value]:
    """The values that depend on the stand-in by more than its sizes."""
    active = {stand_in}
    for op in ops:
        rule = rule_of(op)
        if rule is not None and rule.vjp is None and rule.kind != "missing":
            continue
        if any(operand in active for inner in op.walk() for operand in inner.operands):
            active.update(
                value for value in op.results if isinstance(element_type(value.type), FloatType | ComplexType)
            )
    return active


def _adjoint(
    builder: Builder, op: Operation, cotangents: Cotangents, active: set[Value], rule_of: Callable[[Operation], Any]
) -> None:
    ct = next((ct for ct in cotangents.take_all(op.results) if ct is not None), None)
    if ct is None:
        return
    rule = rule_of(op)
    if rule is None or rule.vjp is None:
        reason = f": {rule.reason}" if rule is not None and rule.reason else ""
        raise error(op.location, f"the derivative has a '{op.name}' op, which has none itself{reason}")

    def expression(value: Value) -> Expr:
        return Expr(builder, value.type, lambda: value, value in active)

    found = rule.vjp(op, ct, expression(op.results[0]), [expression(operand) for operand in op.operands])
    for operand, cotangent in zip(op.operands, found, strict=True):
        if cotangent is not None and operand in active:
            cotangents.add(operand, cotangent)


def _sweep(block: Block, kept: Value | None) -> None:
    """Remove the operations without users, last first."""
    for op in reversed(list(block)):
        if op.results and not any(value.users or value is kept for value in op.results):
            op.erase()
