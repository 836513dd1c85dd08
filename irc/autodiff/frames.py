"""Where an adjoint finds the values of the forward run.

An adjoint asks its frame for each value that it needs. Behind the forward run, in the same block, that is the value itself.
In the adjoint of a branch, of an iteration or of a function of its own it is not within reach: there the frame gives a
stand-in, and when the adjoint is complete, and it is known what it needs, it settles what to do about each:

- what comes from outside is asked of the frame around,
- what is cheap to compute from values that are at hand is computed again,
- all other values are saved: the forward operation gets results that hold them (`Deferred.save`).

So nothing is stored that no adjoint needs, and nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from irc.autodiff.expr import dim_of
from irc.autodiff.recomputation import is_cheap
from irc.dialects import builtin, tensor
from irc.dialects._amounts import index_constant
from irc.dialects.nd_base import NdOp
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.cloning import IRMapping, clone
from irc.ir.diagnostic import error
from irc.ir.location import UNKNOWN, Location, fuse
from irc.ir.operation import Operation, OpT
from irc.ir.traits import ConstantLike
from irc.ir.types import MemRefType, Type
from irc.ir.value import Value, replace_uses

PASS_NAME = "differentiate"


def derived(location: Location) -> Location:
    """The location of what differentiation derives from something at `location`."""
    return fuse((location,), PASS_NAME)


class Frame:
    """The values of the forward run, as an adjoint that is written at `builder` sees them.

    `shadows` are the buffers of the cotangents of what stands in those that are made here; others are those of `parent`.
    `shelter` gives a value as it is to be saved.
    """

    __slots__ = ("builder", "parent", "shadows", "shelter")

    parent: Frame | None

    def __init__(self, builder: Builder, parent: Frame | None = None) -> None:
        self.builder, self.parent = builder, parent
        self.shadows: dict[Value, Value] = {}
        self.shelter: Callable[[Value], Value] = lambda value: value

    def fetch(self, value: Value) -> Value:
        """The value at the current place of the builder."""
        return value

    def size(self, value: Value, axis: int) -> Value:
        """The size of a tensor along a dynamic axis, as an index."""
        return dim_of(self.builder, value, axis)


class Deferred(Frame):
    """The frame of an adjoint that has another block than the part `block` of the forward run."""

    __slots__ = ("_forced", "_sizes", "_standins", "block")

    def __init__(self, builder: Builder, parent: Frame | None, block: Block) -> None:
        super().__init__(builder, parent)
        self.block = block
        self._standins: dict[Value, Value] = {}
        self._sizes: dict[tuple[Value, int], Value] = {}
        self._forced: set[Value] = set()

    # -- what an adjoint asks for --------------------------------------------------------------------------------------

    def fetch(self, value: Value) -> Value:
        if value.parent_block is not self.block:
            assert self.parent is not None, "a value from outside of a function"
            return self.parent.fetch(value)
        producer = value.defining_op
        if producer is not None and is_constant(value):
            return self.builder.insert(run_again(producer, IRMapping())).results[0]
        found = self._standins.get(value)
        if found is None:
            found = self._standins[value] = _standin(value.type)
        return found

    def size(self, value: Value, axis: int) -> Value:
        if value.parent_block is not self.block:
            assert self.parent is not None, "a value from outside of a function"
            return self.parent.size(value, axis)
        return self.fetch(self.forward_size(value, axis))

    def forward_size(self, value: Value, axis: int) -> Value:
        known = self._sizes.get((value, axis))
        if known is None:
            b = after(value)
            known = b.insert(tensor.Dim(value, index_constant(b, axis))).result
            self._sizes[value, axis] = known
        return known

    def require(self, value: Value) -> Value:
        """As `fetch`, of a value that must be saved, as others are found by it."""
        self._forced.add(value)
        return self.fetch(value)

    # -- settling it ---------------------------------------------------------------------------------------------------

    def given(self, value: Value) -> Value | None:
        """A block argument that is known without being saved, written at the builder."""
        return None

    def is_given(self, value: Value) -> bool:
        return False

    def prepare(self, values: Sequence[Value]) -> None:
        """Ask for what else is needed to find saved values again."""

    def save(self, values: Sequence[Value]) -> Sequence[Value]:
        """Let the forward run save these values; they are found again by what is written at the builder."""
        raise NotImplementedError

    def resolve(self, start: InsertPoint) -> dict[Value, Value]:
        """Replace all stand-ins by what is written at `start`, where the adjoint begins; says by what."""
        saved = self._chosen()
        count = len(self._standins)
        self.prepare([self.shelter(value) for value in saved])
        if len(self._standins) != count:
            saved = self._chosen()
        for value in saved:
            if isinstance(value.type, MemRefType):
                raise error(_location(value), f"the adjoint needs a buffer of type '{value.type}' of each iteration")
        with self.builder.at(start):
            at_hand = dict(zip(saved, self.save([self.shelter(value) for value in saved]), strict=True))
            for value in self._standins:
                if self.is_given(value) and value not in at_hand:
                    found = self.given(value)
                    assert found is not None
                    at_hand[value] = found
            self._recompute(at_hand)
        replaced = {standin: at_hand[value] for value, standin in self._standins.items()}
        for standin, value in replaced.items():
            while value in replaced:
                value = replaced[value]
            replaced[standin] = value
        replace_uses(replaced)
        return replaced

    def _chosen(self) -> list[Value]:
        """The values to save, in order: what is asked for and cannot be computed again from what is at hand."""
        saved: list[Value] = []
        at_hand: set[Value] = set()
        for argument in self.block.arguments:
            if self.is_given(argument):
                at_hand.add(argument)
            elif argument in self._standins:
                saved.append(argument)
                at_hand.add(argument)
        for op in self.block:
            if not any(result in self._forced for result in op.results) and self._can_recompute(op, at_hand):
                at_hand.update(op.results)
                continue
            for result in op.results:
                if result in self._standins:
                    saved.append(result)
                    at_hand.add(result)
        return saved

    def _can_recompute(self, op: Operation, at_hand: set[Value]) -> bool:
        return is_cheap(op) and all(
            operand in at_hand or operand.parent_block is not self.block for operand in op.operands
        )

    def _recompute(self, at_hand: dict[Value, Value]) -> None:
        """Write again what is asked for but was not saved, and what that is computed from."""
        wanted = {value for value in self._standins if value not in at_hand}
        ops: list[Operation] = []
        for op in reversed(list(self.block)):
            if any(result in wanted for result in op.results):
                ops.append(op)
                wanted.update(v for v in op.operands if v not in at_hand and v.parent_block is self.block)
        for argument in self.block.arguments:
            if argument in wanted and argument not in at_hand:
                found = self.given(argument)
                assert found is not None
                at_hand[argument] = found
        for op in reversed(ops):
            mapping = IRMapping({v: at_hand.get(v) or self.fetch(v) for v in op.operands})
            copy = self.builder.insert(run_again(op, mapping))
            for result, new in zip(op.results, copy.results, strict=True):
                at_hand.setdefault(result, new)


def is_constant(value: Value) -> bool:
    """Whether a value is that of a constant op, which is written again wherever it is needed."""
    producer = value.defining_op
    return producer is not None and ConstantLike in producer.traits


def after(value: Value) -> Builder:
    """A builder behind the point where `value` comes into being."""
    producer = value.defining_op
    if producer is not None:
        return Builder(InsertPoint.after(producer), derived(producer.location))
    block = value.parent_block
    assert block is not None
    return Builder(InsertPoint.at_start(block), derived(_location(value)))


def _location(value: Value) -> Location:
    producer = value.defining_op
    if producer is not None:
        return producer.location
    block = value.parent_block
    assert block is not None
    if block.parent_op is None and block.first is not None:
        return block.first.location  # the body of a function that is still to be written
    return block.parent_op.location if block.parent_op is not None else UNKNOWN


def _standin(type: Type) -> Value:
    """A value of an op that stands nowhere."""
    return builtin.UnrealizedConversionCast([], result_types=[type]).results[0]


def append_operands(op: Operation, values: Iterable[Value]) -> None:
    """Give a terminator or a loop more operands at its end."""
    op.operands = (*op.operands, *values)


def copied(op: OpT, mapping: IRMapping) -> OpT:
    """A copy of `op` that takes over no storage: what the program gives away, a derivative may still need."""
    copy = clone(op, mapping)
    for inner in copy.walk():
        if isinstance(inner, NdOp):
            inner.forget_destination()
    return copy


def run_again(op: OpT, mapping: IRMapping) -> OpT:
    """A copy of `op` that an adjoint runs once more, which differentiation has derived from it."""
    copy = copied(op, mapping)
    for inner in copy.walk():
        inner.location = derived(inner.location)
    return copy
