"""The frame of one iteration of a loop: what its adjoint needs is stored in the forward run, iteration by iteration."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from irc.autodiff.frames import Deferred, Frame, after
from irc.autodiff.stacks import is_dynamic, load_elements, load_row, new_elements, push_elements
from irc.dialects._amounts import index_constant
from irc.ir.block import Block
from irc.ir.builder import Builder
from irc.ir.types import TensorType
from irc.ir.value import Value

Update = Callable[[list[Value]], list[Value]]
"""From what a loop carries to what it carries on."""


class Tape:
    """What a loop of the forward run stores. `rows` are its results that hold a value of each iteration.

    Of tensors of dynamic shape, `elements` has the value that tells where those of an iteration start, and the stack.
    """

    __slots__ = ("elements", "rows")

    def __init__(self) -> None:
        self.rows: dict[Value, Value] = {}
        self.elements: dict[Value, tuple[Value, Value]] = {}

    def before_loop(self) -> Builder:
        """A builder in front of the loop."""
        raise NotImplementedError

    def carry(self, block: Block, inits: Sequence[Value], update: Update) -> tuple[list[Value], list[Value]]:
        """Let the loop carry more values. Gives them as `block` has them, and the results of the loop.

        `update` writes what is carried on, into `block`, behind all that it uses.
        """
        raise NotImplementedError

    def store(self, block: Block, value: Value) -> Value:
        """Store a value of static shape of `block` in each iteration."""
        raise NotImplementedError

    def push(self, block: Block, value: Value) -> None:
        """Push the elements of a tensor of dynamic shape."""
        b = self.before_loop()
        inits = [new_elements(b, value.type), index_constant(b, 0)]

        def pushed(carried: list[Value]) -> list[Value]:
            return list(push_elements(after(value), carried[0], value, carried[1]))

        (_, start), results = self.carry(block, inits, pushed)
        self.elements[value] = start, results[0]


class Iteration(Deferred):
    """An iteration of a loop, that number `position` counted from zero, or a part of it."""

    __slots__ = ("position", "tape")

    parent: Frame

    def __init__(self, builder: Builder, parent: Frame, tape: Tape, block: Block, position: Value) -> None:
        super().__init__(builder, parent, block)
        self.tape, self.position = tape, position

    def prepare(self, values: Sequence[Value]) -> None:
        for value in values:
            if is_dynamic(value.type):
                if value not in self.tape.elements:
                    self.tape.push(self.block, value)
                self.require(self.tape.elements[value][0])
                for size in self._sizes_of(value):
                    self.require(size)

    def _sizes_of(self, value: Value) -> list[Value]:
        assert isinstance(value.type, TensorType)
        return [self.forward_size(value, axis) for axis, size in enumerate(value.type.shape) if size is None]

    def save(self, values: Sequence[Value]) -> list[Value]:
        found: dict[Value, Value] = {}
        for value in values:
            if not is_dynamic(value.type):
                if value not in self.tape.rows:
                    self.tape.rows[value] = self.tape.store(self.block, value)
                found[value] = load_row(
                    self.builder, self.parent.fetch(self.tape.rows[value]), value.type, self.position
                )
        for value in values:
            if is_dynamic(value.type):
                start, stack = self.tape.elements[value]
                dims = [found[size] for size in self._sizes_of(value)]
                found[value] = load_elements(self.builder, self.parent.fetch(stack), value.type, found[start], dims)
        return [found[value] for value in values]
