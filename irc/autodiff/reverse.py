"""Reverse mode over a block: the operations once forward, then their adjoints from last to first.

The same scheme serves a function's body, a branch and an iteration of a loop: each is run forward again where its
adjoint starts from values that are available there, so nothing but the values carried by a loop is ever stored.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from irc.autodiff.activity import Activity
from irc.autodiff.cotangents import Cotangents
from irc.autodiff.expr import Expr
from irc.autodiff.masks import Masks, masked
from irc.autodiff.rule import pulled_back, rule_of
from irc.dialects.nd_base import NdOp
from irc.ir.block import Block
from irc.ir.builder import Builder
from irc.ir.cloning import IRMapping, clone
from irc.ir.diagnostic import Diagnostic, error
from irc.ir.location import Location, fuse
from irc.ir.operation import Operation
from irc.ir.value import Value

PASS_NAME = "differentiate"

Special = Callable[["Sweep", Any], None]
FORWARD: dict[type[Operation], Special] = {}
"""How operations with regions or callees are copied in the forward sweep, where a plain copy is not enough."""
BACKWARD: dict[type[Operation], Special] = {}
"""The adjoints of operations with regions or callees."""


CallVjp = Callable[[Builder, Any, tuple[int, ...], list[Value]], Sequence[Value]]
"""Inserts the call of the derivative of a call's callee; gives the callee's results, then the cotangents of `wrt`."""


class Context:
    """What all sweeps of one request share: active values, the request (for notes), functions for calls."""

    __slots__ = ("_masks", "activity", "call_vjp", "request")

    def __init__(self, activity: Activity, request: Location, call_vjp: CallVjp) -> None:
        self.activity, self.request, self.call_vjp = activity, request, call_vjp
        self._masks: dict[Block, Masks] = {}

    def masks(self, op: Operation) -> Masks:
        """The selections that hide cotangents in the block of `op`."""
        assert op.parent is not None
        found = self._masks.get(op.parent)
        if found is None:
            found = self._masks[op.parent] = Masks(op.parent, self.activity)
        return found


class Sweep:
    """One forward and backward pass over a block, written at `builder`.

    `mapping` takes primal values to their copies; `saved` is what the forward sweep left for the backward one.
    """

    def __init__(self, context: Context, builder: Builder, mapping: IRMapping) -> None:
        self.context, self.builder, self.mapping = context, builder, mapping
        self.cotangents = Cotangents()
        self.saved: dict[Operation, Any] = {}

    def forward(self, block: Block) -> None:
        """Copy the operations of `block` but its terminator."""
        for op in block:
            if op is block.last:
                break
            with self.builder.located(derived(op)):
                special = FORWARD.get(type(op))
                if special is not None:
                    special(self, op)
                else:
                    self.builder.insert(copied(op, self.mapping))

    def backward(self, block: Block) -> None:
        """Write the adjoints, last operation first. The cotangents of what `block` yields are there already."""
        for op in reversed(block):
            if op is block.last or not any(result in self.context.activity for result in op.results):
                continue
            with self.builder.located(derived(op)):
                special = BACKWARD.get(type(op))
                if special is not None:
                    special(self, op)
                else:
                    self._adjoint(op)

    def _adjoint(self, op: Operation) -> None:
        cts = self.cotangents.take_all(op.results)
        if all(ct is None for ct in cts):
            return
        rule = rule_of(op)
        if rule is None or rule.vjp is None:
            reason = f": {rule.reason}" if rule is not None else ""
            raise self.no_derivative(op, f"'{op.name}' op has no derivative{reason}")
        found = pulled_back(rule, op, cts, self.primal)
        masks = self.context.masks(op)
        for i, (operand, cotangent) in enumerate(zip(op.operands, found, strict=True)):
            if cotangent is not None and operand in self.context.activity:
                for condition, side in masks.at(op, i):
                    cotangent = masked(cotangent, self.primal(condition), side)
                self.cotangents.add(operand, cotangent)

    def no_derivative(self, op: Operation, message: str) -> Exception:
        note = Diagnostic(self.context.request, "differentiation was requested here", "note")
        return error(op.location, message, note)

    def primal(self, value: Value) -> Expr:
        """A primal value as an expression at the current place."""
        return Expr(self.builder, value.type, lambda: self.mapping[value], value in self.context.activity)

    def seed(self, values: Sequence[Value], cts: Sequence[Value]) -> None:
        """Give active values their cotangents."""
        for value, ct in zip(values, cts, strict=True):
            if value in self.context.activity:
                self.cotangents.add(value, Expr.of(self.builder, ct))

    def cotangent_or_zero(self, value: Value) -> Value:
        """The cotangent of `value` as a value, zeros if there is none."""
        ct = self.cotangents.take(value)
        return (ct if ct is not None else self.primal(value).like(0)).value


def copied(op: Operation, mapping: IRMapping) -> Operation:
    """A copy of `op` that takes over no storage: what the program gives away, the adjoint may still need."""
    copy = clone(op, mapping)
    for inner in copy.walk():
        if isinstance(inner, NdOp):
            inner.forget_destination()
    return copy


def derived(op: Operation) -> Location:
    """The location of what this pass derives from `op`."""
    return fuse((op.location,), PASS_NAME)


def captured(op: Operation, activity: Activity) -> list[Value]:
    """The active values from outside that are used inside the regions of `op`, each once."""
    found: dict[Value, None] = {}
    for inner in op.walk():
        if inner is op:
            continue
        for operand in inner.operands:
            block = operand.parent_block
            inside = block is not None and any(region.is_ancestor_of(block.parent) for region in op.regions)
            if not inside and operand in activity:
                found[operand] = None
    return list(found)
