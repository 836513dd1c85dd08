"""Which values carry a derivative: they are of float or complex type and depend on an input that is differentiated.

A forward analysis. Values that are not active get no adjoint, so ops without derivative do no harm off the active paths.
Buffers may share memory, so once an active value may have been written to one, all of them count as active.
"""

from __future__ import annotations

from collections.abc import Iterable

from irc.autodiff.rule import rule_of
from irc.dialects import ad, scf
from irc.ir.block import Block
from irc.ir.operation import Operation
from irc.ir.types import ComplexType, FloatType, MemRefType, Type, element_type
from irc.ir.value import Value


def is_differentiable(type: Type) -> bool:
    """Whether a value of this type can have a cotangent: a float or complex scalar or tensor."""
    return isinstance(element_type(type), FloatType | ComplexType)


class Activity:
    """The active values of a function's body, given its active arguments."""

    def __init__(self, body: Block, arguments: Iterable[Value]) -> None:
        self.active: set[Value] = {value for value in arguments if is_differentiable(value.type)}
        self.active_memory = any(isinstance(value.type, MemRefType) for value in self.active)
        self._block(body)

    def __contains__(self, value: Value) -> bool:
        return value in self.active or (self.active_memory and is_buffer(value))

    def _mark(self, values: Iterable[Value]) -> bool:
        """Mark float values; whether there was a new one."""
        new = [value for value in values if is_differentiable(value.type) and value not in self.active]
        self.active.update(new)
        return bool(new)

    def _block(self, block: Block) -> None:
        for op in block:
            self._op(op)

    def _op(self, op: Operation) -> None:
        if isinstance(op, scf.For):
            self._loop(op)
        elif isinstance(op, scf.While):
            self._while(op)
        elif isinstance(op, scf.If | scf.IndexSwitch | ad.Checkpoint):
            self._branches(op)
        else:
            # Operations whose rule is missing count as active, so that they are diagnosed if an adjoint needs them.
            rule = rule_of(op)
            differentiable = rule is None or rule.vjp is not None or rule.kind == "missing"
            operands = list(all_operands(op))
            if differentiable and any(operand in self for operand in operands):
                self._mark(op.results)
                self.active_memory |= any(is_buffer(operand) for operand in operands)

    def _loop(self, op: scf.For) -> None:
        body = op.body.block
        carried = body.arguments[1:]
        while True:
            before = self.active_memory
            self._mark(a for a, init in zip(carried, op.inits, strict=True) if init in self)
            self._block(body)
            yielded = body.terminator.operands
            found = self._mark(a for a, value in zip(carried, yielded, strict=True) if value in self)
            if not found and self.active_memory == before:
                break
        self._mark(r for r, a in zip(op.results, carried, strict=True) if a in self)

    def _while(self, op: scf.While) -> None:
        before, after = op.before.block, op.after.block
        handed, yielded = before.terminator.operands[1:], after.terminator.operands
        self._mark(a for a, value in zip(before.arguments, op.inits, strict=True) if value in self)
        while True:
            memory = self.active_memory
            self._block(before)
            self._mark(a for a, value in zip(after.arguments, handed, strict=True) if value in self)
            self._block(after)
            found = self._mark(a for a, value in zip(before.arguments, yielded, strict=True) if value in self)
            if not found and self.active_memory == memory:
                break
        self._mark(r for r, a in zip(op.results, after.arguments, strict=True) if a in self)

    def _branches(self, op: scf.If | scf.IndexSwitch | ad.Checkpoint) -> None:
        for region in op.regions:
            if region.is_empty:
                continue
            self._block(region.block)
            yielded = region.block.terminator.operands
            self._mark(r for r, value in zip(op.results, yielded, strict=True) if value in self)


def is_buffer(value: Value) -> bool:
    """Whether a value is a buffer of floats or complex numbers."""
    return isinstance(value.type, MemRefType) and is_differentiable(value.type)


def used_from_outside(op: Operation) -> list[Value]:
    """The values from outside that are used inside the regions of `op`, each once."""
    found: dict[Value, None] = {}
    for inner in op.walk():
        if inner is op:
            continue
        for operand in inner.operands:
            block = operand.parent_block
            if block is None or not any(region.is_ancestor_of(block.parent) for region in op.regions):
                found[operand] = None
    return list(found)


def all_operands(op: Operation) -> Iterable[Value]:
    for inner in op.walk():
        yield from inner.operands
