"""Jacobian-vector products from vector-Jacobian products: a formula that is linear in a cotangent, transposed.

The formula is written for a stand-in cotangent. Its operations are then run through backwards by their own rules, with the
tangents as the cotangents of what it gave. What only led to the stand-in is dead then, and goes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from irc.autodiff.cotangents import Cotangents
from irc.autodiff.expr import Expr
from irc.autodiff.missing import because, undifferentiable
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.operation import Operation
from irc.ir.types import ComplexType, FloatType, element_type
from irc.ir.value import Value

LinearMap = Callable[[Expr, Sequence[Expr]], Sequence[Expr | None]]
LinearMaps = Callable[[Sequence[Expr | None], Sequence[Expr]], Sequence[Expr | None]]


def transposed(
    formula: LinearMap,
    result: Expr,
    operands: Sequence[Expr],
    tangents: Sequence[Expr | None],
    rule_of: Callable[[Operation], Any],
) -> Expr | None:
    """What `formula`, which gives cotangents of `operands` for one of `result`, gives for tangents when it is transposed."""

    def of_one(cts: Sequence[Expr | None], primals: Sequence[Expr]) -> Sequence[Expr | None]:
        (ct,) = cts
        assert ct is not None
        return formula(ct, primals)

    return transposed_several(of_one, [result], operands, tangents, rule_of)[0]


def transposed_several(
    formula: LinearMaps,
    results: Sequence[Expr],
    operands: Sequence[Expr],
    tangents: Sequence[Expr | None],
    rule_of: Callable[[Operation], Any],
) -> list[Expr | None]:
    """As `transposed`, of a formula for cotangents of several results; `None` stands for that of one that is no number."""
    builder = operands[0].builder
    place = builder.point
    scratch, outer = Block(), Block([result.type for result in results])
    stand_ins = outer.arguments
    primals = [
        Expr(builder, x.type, _finder(x), tangent is not None) for x, tangent in zip(operands, tangents, strict=True)
    ]
    with builder.at(InsertPoint.at_end(scratch)):
        varied: set[Value] = {
            value for value in stand_ins if isinstance(element_type(value.type), FloatType | ComplexType)
        }
        given = formula([Expr.of(builder, value) if value in varied else None for value in stand_ins], primals)
        pairs = [
            (ct.value, tangent)
            for ct, tangent in zip(given, tangents, strict=True)
            if ct is not None and tangent is not None
        ]
        written = list(scratch)
        active = _active(varied, written, rule_of)
        cotangents = Cotangents()
        for value, tangent in pairs:
            if value in active:
                cotangents.add(value, tangent)
        for op in reversed(written):
            if any(each in active for each in op.results):
                _adjoint(builder, op, cotangents, active, rule_of)
        totals = cotangents.take_all(stand_ins)
        kept = {total.value for total in totals if total is not None}
    _sweep(scratch, kept)
    for op in list(scratch):
        scratch.remove(op)
        place.block.insert_before(op, place.anchor)
    for value, result in zip(list(stand_ins), results, strict=True):
        if value.users:
            # Only its sizes are asked for, which are those of the result.
            value.replace_all_uses_with(result.value)
    return totals


def _finder(x: Expr) -> Callable[[], Value]:
    return lambda: x.value


def _active(stand_ins: set[Value], ops: Sequence[Operation], rule_of: Callable[[Operation], Any]) -> set[Value]:
    """The values that depend on the stand-ins by more than their sizes."""
    active = set(stand_ins)
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
    cts = cotangents.take_all(op.results)
    if all(ct is None for ct in cts):
        return
    rule = rule_of(op)
    if rule is None or rule.vjp is None:
        raise undifferentiable(
            op, because("is part of a derivative, and has none itself", rule.reason if rule is not None else "")
        )

    def expression(value: Value) -> Expr:
        return Expr(builder, value.type, lambda: value, value in active)

    from irc.autodiff.rule import pulled_back  # noqa: PLC0415 - rules are declared by what is here

    found = pulled_back(rule, op, cts, expression)
    for operand, cotangent in zip(op.operands, found, strict=True):
        if cotangent is not None and operand in active:
            cotangents.add(operand, cotangent)


def _sweep(block: Block, kept: set[Value]) -> None:
    """Remove the operations without users, last first."""
    for op in reversed(list(block)):
        if op.results and not any(value.users or value in kept for value in op.results):
            op.erase()
