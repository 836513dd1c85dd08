"""The derivative of a function as two functions: one that runs it and keeps what the other one, its adjoint, needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from irc.autodiff.frames import Deferred
from irc.dialects import func
from irc.ir.block import Block
from irc.ir.builder import Builder
from irc.ir.value import BlockArgument, Value, replace_uses


@dataclass(frozen=True, slots=True)
class Residual:
    """What the backward function gets: an argument of the function, or a result that the forward function has besides."""

    is_argument: bool
    index: int


@dataclass(frozen=True, slots=True)
class Split:
    """A forward and a backward function.

    `forward` returns the results of the function and then the residuals that are no arguments; it is `None` where there are
    none, so that the function itself serves, as it does where `backward` runs it again. `backward` takes the `residuals` and
    cotangents of the results at the positions `seeded`, and returns those of the arguments at the positions `reached`.
    """

    forward: func.Func | None
    backward: func.Func
    residuals: Sequence[Residual]
    seeded: Sequence[int]
    reached: Sequence[int]

    def residual_values(self, arguments: Sequence[Value], kept: Sequence[Value]) -> list[Value]:
        """What the backward function gets: arguments of a call, and what its forward function returned besides."""
        return [arguments[each.index] if each.is_argument else kept[each.index] for each in self.residuals]


class FunctionFrame(Deferred):
    """The frame of a backward function; `residuals` are arguments of its body, in front of the others."""

    __slots__ = ("body", "residuals", "saved")

    def __init__(self, builder: Builder, forward: Block, body: Block) -> None:
        super().__init__(builder, None, forward)
        self.body = body
        self.residuals: list[Residual] = []
        self.saved: list[Value] = []

    def save(self, values: Sequence[Value]) -> list[Value]:
        for value in values:
            if isinstance(value, BlockArgument):
                self.residuals.append(Residual(True, value.index))
            else:
                self.residuals.append(Residual(False, len(self.saved)))
                self.saved.append(value)
        return [*self.body.insert_arguments(0, [value.type for value in values])]

    def saves_more_than(self, count: int) -> bool:
        """Whether the function would return more than `count` values for what the adjoint has asked for so far."""
        if len(self._standins) <= count:
            return False
        return sum(not isinstance(value, BlockArgument) for value in self._chosen()) > count

    def run_again(self) -> dict[Value, Value]:
        """In place of saving anything, put the forward run in front of the adjoint; says by what stand-ins are replaced."""
        arguments = [value for value in self.block.arguments if value.users or value in self._standins]
        self.residuals = [Residual(True, argument.index) for argument in arguments]
        given = self.body.insert_arguments(0, [argument.type for argument in arguments])
        moved = dict[Value, Value](zip(arguments, given, strict=True))
        first = self.body.first
        for op in list(self.block):
            self.block.remove(op)
            self.body.insert_before(op, first)
        replaced = {standin: moved.get(value, value) for value, standin in self._standins.items()}
        replace_uses(moved | replaced)
        return replaced
