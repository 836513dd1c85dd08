"""Forward mode over a block: each operation is followed by that of its tangent.

A value without a tangent has tangent zero: zeros appear only where a loop, a branch or a call needs a value. Which values
loops and branches give tangents for is known before (`irc.autodiff.activity`), all others are found on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from irc.autodiff.activity import Activity
from irc.autodiff.expr import Expr
from irc.autodiff.frames import copied, derived
from irc.autodiff.missing import HOOKS, because, undifferentiable
from irc.autodiff.rule import pushed_forward, rule_of
from irc.autodiff.shaping import cast
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.cloning import IRMapping
from irc.ir.diagnostic import error
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.symbols import SymbolTable
from irc.ir.types import MemRefType, Type
from irc.ir.value import Value

CallJvp = Callable[["Forward", Any, Sequence[int]], None]
"""Writes the call of the derivative of a call's callee with respect to the operands at some positions."""

Special = Callable[["Forward", Any], None]
TANGENTS: dict[type[Operation], Special] = {}
"""How operations with regions, callees or buffers are written with their tangents."""


class Forward:
    """Operations and their tangents, written at `builder`. `mapping` takes primal values to their copies."""

    def __init__(
        self, activity: Activity, builder: Builder, mapping: IRMapping, call_jvp: CallJvp, symbols: SymbolTable
    ) -> None:
        self.activity, self.builder, self.mapping, self.symbols = activity, builder, mapping, symbols
        self.call_jvp = call_jvp
        self._tangents: dict[Value, Expr] = {}

    # -- values --------------------------------------------------------------------------------------------------

    def primal(self, value: Value) -> Expr:
        """A primal value as an expression at the current place."""
        return Expr(self.builder, value.type, lambda: self.mapping[value], value in self._tangents)

    def tangent(self, value: Value) -> Expr | None:
        """The tangent of `value`; `None` is zero."""
        return self._tangents.get(value)

    def tangent_or_zero(self, value: Value) -> Value:
        """The tangent of `value` as a value."""
        found = self._tangents.get(value)
        if found is not None:
            return found.value
        if isinstance(value.type, MemRefType):
            raise error(self.builder.location, f"the tangents of this buffer are not known; {HOOKS}")
        return self.primal(value).like(0).value

    def set_tangent(self, value: Value, tangent: Value | Expr | None) -> None:
        if tangent is None:
            return
        found = tangent if isinstance(tangent, Expr) else Expr.of(self.builder, tangent)
        self._tangents[value] = found if isinstance(value.type, MemRefType) else cast(found, value.type)

    def is_varied(self, op: Operation) -> bool:
        """Whether `op` or something inside it uses a value with a tangent."""
        return any(operand in self._tangents for inner in op.walk() for operand in inner.operands)

    # -- operations ----------------------------------------------------------------------------------------------

    def block(self, block: Block) -> None:
        """Write the operations of `block` but its terminator."""
        for op in block:
            if op is block.last:
                break
            with self.builder.located(derived(op.location)):
                special = TANGENTS.get(type(op))
                if special is not None and (self.is_varied(op) or self.activity.active_memory):
                    special(self, op)
                else:
                    self.plain(op)

    def plain(self, op: Operation) -> None:
        """An operation with a rule."""
        self.builder.insert(copied(op, self.mapping))
        rule = rule_of(op)
        constant = rule is not None and rule.vjp is None and rule.kind != "missing"
        touched = any(result in self.activity and result.users for result in op.results) or self._holds_memory(op)
        if constant or not touched or not self.is_varied(op):
            return
        if rule is None or rule.jvp is None:
            raise undifferentiable(op, because("has no derivative", rule.reason if rule is not None else ""))
        tangents = [self._tangents.get(operand) for operand in op.operands]
        primals = [self.primal(operand) for operand in op.operands]
        found = pushed_forward(rule, op, tangents, [self.primal(result) for result in op.results], primals)
        for result, tangent in zip(op.results, found, strict=True):
            self.set_tangent(result, tangent)

    def _holds_memory(self, op: Operation) -> bool:
        return any(isinstance(operand.type, MemRefType) for inner in op.walk() for operand in inner.operands)

    # -- regions -------------------------------------------------------------------------------------------------

    def region(self, source: Region, varied: Sequence[Value], ending: Sequence[Value]) -> Region:
        """A copy of a region with a block whose arguments in `varied` are followed by tangents.

        Its terminator hands on what it did, and the tangents of `ending` behind.
        """
        if source.is_empty:
            return Region()
        old = source.block
        new = Block([*(argument.type for argument in old.arguments), *(value.type for value in varied)])
        self.mapping.values.update(zip(old.arguments, new.arguments, strict=False))
        with self.builder.at(InsertPoint.at_end(new)):
            for value, tangent in zip(varied, new.arguments[len(old.arguments) :], strict=True):
                self.set_tangent(value, tangent)
            self.block(old)
            last = old.terminator
            with self.builder.located(derived(last.location)):
                tangents = [self.tangent_or_zero(value) for value in ending]
                copy = copied(last, self.mapping)
                copy.operands = [*copy.operands, *tangents]
                self.builder.insert(copy)
        return Region(new)

    def rebuilt(
        self, op: Operation, operands: Sequence[Value], extra: Sequence[Value], regions: Sequence[Region]
    ) -> Operation:
        """`op` with these operands and regions; it also gives the tangents of its results in `extra`."""
        types: list[Type] = [result.type for result in op.results]
        made = type(op).create(
            operands=operands,
            result_types=[*types, *(result.type for result in extra)],
            properties=op.properties,
            attributes=op.attributes,
            regions=regions,
            location=self.builder.location,
        )
        self.builder.insert(made)
        self.mapping.values.update(zip(op.results, made.results, strict=False))
        for result, tangent in zip(extra, made.results[len(types) :], strict=True):
            self.set_tangent(result, tangent)
        return made
