"""Reverse mode over a block: the adjoints of its operations, from last to first.

The forward run stands already. Where an adjoint needs one of its values, it asks the frame (`irc.autodiff.frames`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from irc.autodiff.activity import Activity, is_buffer, used_from_outside
from irc.autodiff.cotangents import Cotangents
from irc.autodiff.expr import Expr
from irc.autodiff.frames import Frame, derived
from irc.autodiff.masks import Masks, masked, sheltered
from irc.autodiff.missing import HOOKS, because, undifferentiable
from irc.autodiff.rule import pulled_back, rule_of
from irc.ir.block import Block
from irc.ir.builder import Builder
from irc.ir.diagnostic import error
from irc.ir.operation import Operation
from irc.ir.symbols import SymbolTable
from irc.ir.types import MemRefType
from irc.ir.value import Value

if TYPE_CHECKING:
    from irc.autodiff.split import Split

Special = Callable[["Sweep", Any], None]
BACKWARD: dict[type[Operation], Special] = {}
"""The adjoints of operations with regions or callees."""

SETUP: dict[type[Operation], Special] = {}
"""What is written where the adjoint of a block begins, for operations that make buffers."""
TEARDOWN: dict[type[Operation], Special] = {}
"""What is written where the adjoint of a block ends."""

SplitCall = Callable[[Any, tuple[int, ...], tuple[int, ...]], "Split"]
"""Splits the derivative of a call's callee, for some arguments and results, into a forward and a backward function."""

TapeT = TypeVar("TapeT")


class Context:
    """What all sweeps of one derivative share: active values, the module's symbols, functions for calls.

    `returned` are the results of the function. `tapes` is what forward operations have been made to save.
    """

    __slots__ = ("_masks", "_sheltered", "activity", "returned", "split_call", "symbols", "tapes")

    def __init__(
        self, activity: Activity, symbols: SymbolTable, split_call: SplitCall, returned: Sequence[Value] = ()
    ) -> None:
        self.activity, self.symbols, self.split_call, self.returned = activity, symbols, split_call, returned
        self.tapes: dict[Operation, Any] = {}
        self._masks: dict[Block, Masks] = {}
        self._sheltered: dict[Value, Value] = {}

    def masks(self, block: Block | None) -> Masks:
        """The selections that hide cotangents in a block."""
        assert block is not None
        found = self._masks.get(block)
        if found is None:
            found = self._masks[block] = Masks(block, self.activity, self.returned)
        return found

    def sheltered(self, value: Value) -> Value:
        """A value as it is saved, for derivatives of the run that saves it."""
        if value not in self.activity:
            return value
        found = self._sheltered.get(value)
        if found is None:
            found = self._sheltered[value] = sheltered(value, self.masks(value.parent_block).of(value))
        return found

    def tape(self, op: Any, make: Callable[[Any], TapeT]) -> TapeT:
        """What `op` has been made to save; the same for all adjoints of it."""
        found: TapeT | None = self.tapes.get(op)
        if found is None:
            found = self.tapes[op] = make(op)
        return found


class Sweep:
    """A backward run over a block, written at `builder`, where `frame` finds the values of the forward run."""

    __slots__ = ("builder", "context", "cotangents", "frame", "shadows")

    def __init__(self, context: Context, builder: Builder, frame: Frame) -> None:
        self.context, self.builder, self.frame = context, builder, frame
        frame.shelter = context.sheltered
        self.cotangents = Cotangents()
        self.shadows: dict[Value, Value] = frame.shadows

    def backward(self, ops: Sequence[Operation]) -> None:
        """Write the adjoints of the ops of a block. The cotangents of what it yields are there already."""
        memory = self.context.activity.active_memory
        if memory:
            self._each(SETUP, ops)
        for op in reversed(ops):
            active = any(result in self.context.activity for result in op.results)
            if not active and not (memory and touches_buffers(op)):
                continue
            with self.builder.located(derived(op.location)):
                special = BACKWARD.get(type(op))
                if special is not None:
                    special(self, op)
                elif memory and touches_buffers(op):
                    raise undifferentiable(op, "has no derivative through memory")
                else:
                    self._adjoint(op)
        if memory:
            self._each(TEARDOWN, ops)

    def _each(self, table: dict[type[Operation], Special], ops: Sequence[Operation]) -> None:
        for op in ops:
            special = table.get(type(op))
            if special is not None:
                with self.builder.located(derived(op.location)):
                    special(self, op)

    def shadow(self, op: Operation, buffer: Value) -> Value:
        """The buffer of the cotangents of what stands in `buffer`, which `op` uses."""
        frame: Frame | None = self.frame
        while frame is not None:
            if buffer in frame.shadows:
                return frame.shadows[buffer]
            frame = frame.parent
        raise undifferentiable(op, f"on a buffer of type '{buffer.type}' that may be one of several has no derivative")

    def _adjoint(self, op: Operation) -> None:
        cts = self.cotangents.take_all(op.results)
        if all(ct is None for ct in cts):
            return
        rule = rule_of(op)
        if rule is None or rule.vjp is None:
            raise undifferentiable(op, because("has no derivative", rule.reason if rule is not None else ""))
        found = pulled_back(rule, op, cts, self.primal)
        masks = self.context.masks(op.parent)
        for i, (operand, cotangent) in enumerate(zip(op.operands, found, strict=True)):
            if cotangent is not None and operand in self.context.activity:
                for condition, side in masks.at(op, i):
                    cotangent = masked(cotangent, self.primal(condition), side)
                self.cotangents.add(operand, cotangent)

    def writes_memory(self, op: Operation) -> bool:
        """Whether cotangents may pass `op` through buffers."""
        return self.context.activity.active_memory and touches_buffers(op)

    def primal(self, value: Value) -> Expr:
        """A value of the forward run as an expression at the current place."""
        return Expr(
            self.builder, value.type, lambda: self.frame.fetch(value), value in self.context.activity,
            lambda axis: self.frame.size(value, axis),
        )  # fmt: skip

    def seed(self, values: Sequence[Value], cts: Sequence[Value]) -> None:
        """Give active values their cotangents."""
        for value, ct in zip(values, cts, strict=True):
            if isinstance(value.type, MemRefType) and self.context.activity.active_memory:
                message = f"a buffer of type '{value.type}' is handed on, whose cotangents are not followed"
                raise error(self.builder.location, f"{message}; {HOOKS}")
            if value in self.context.activity:
                self.cotangents.add(value, Expr.of(self.builder, ct))

    def cotangent_or_zero(self, value: Value) -> Value:
        """The cotangent of `value` as a value, zeros if there is none."""
        ct = self.cotangents.take(value)
        return (ct if ct is not None else self.primal(value).like(0)).value

    def summed(self, values: Sequence[Value], totals: Iterable[Value]) -> list[Value]:
        """To running totals of cotangents of these values add those found here."""
        sums = []
        for value, total in zip(values, totals, strict=True):
            ct = self.cotangents.take(value)
            sums.append(total if ct is None else (Expr.of(self.builder, total) + ct).value)
        return sums


def touches_buffers(op: Operation) -> bool:
    """Whether `op` or something inside it uses or makes a buffer of floats."""
    return any(is_buffer(value) for inner in op.walk() for value in (*inner.operands, *inner.results))


def captured(op: Operation, activity: Activity) -> list[Value]:
    """The active values from outside that are used inside the regions of `op`, each once; buffers have shadows instead."""
    return [v for v in used_from_outside(op) if v in activity and not isinstance(v.type, MemRefType)]
