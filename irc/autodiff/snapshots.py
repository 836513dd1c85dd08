"""The states of a loop at a few of its iterations, and how all others are reached from them.

The states at hand are rows of tensors, one tensor for each value of the state. A further tensor has the numbers of the
iterations that start from them; it begins with 0, and these grow. What lies above `top` rows is undefined.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from irc.autodiff.binomial import next_place
from irc.autodiff.frames import run_again
from irc.autodiff.recomputation import needed
from irc.autodiff.stacks import allocate_rows, load_row, store_row
from irc.dialects import arith, scf
from irc.dialects._amounts import compare, index_constant
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.cloning import IRMapping
from irc.ir.region import Region
from irc.ir.types import Type, index
from irc.ir.value import Value


@dataclass(frozen=True, slots=True)
class Snapshots:
    """As values at some point of the program."""

    positions: Value
    top: Value
    stacks: Sequence[Value]

    @staticmethod
    def start(b: Builder, rows: int, state: Sequence[Value]) -> Snapshots:
        """That of the first state alone, with place for `rows`."""
        zero, count = index_constant(b, 0), index_constant(b, rows)
        positions, *stacks = (
            store_row(b, allocate_rows(b, count, value.type), value, zero) for value in (zero, *state)
        )
        return Snapshots(positions, index_constant(b, 1), stacks)

    @staticmethod
    def of(values: Sequence[Value]) -> Snapshots:
        """What `values` gave."""
        return Snapshots(values[0], values[1], values[2:])

    @property
    def values(self) -> list[Value]:
        return [self.positions, self.top, *self.stacks]

    def pushed(self, b: Builder, position: Value, state: Sequence[Value]) -> Snapshots:
        """These and one more."""
        positions, *stacks = (
            store_row(b, stack, value, self.top)
            for stack, value in zip((self.positions, *self.stacks), (position, *state), strict=True)
        )
        return Snapshots(positions, b.insert(arith.AddI(self.top, index_constant(b, 1))).result, stacks)

    def up_to(self, b: Builder, position: Value) -> Snapshots:
        """These without the last one if it lies behind `position`."""
        last = load_row(b, self.positions, index, self._below(b))
        fewer = b.insert(arith.SubI(self.top, index_constant(b, 1))).result
        top = b.insert(arith.Select(compare(b, "ugt", last, position), fewer, self.top)).result
        return Snapshots(self.positions, top, self.stacks)

    def last(self, b: Builder, types: Sequence[Type]) -> tuple[Value, list[Value]]:
        """The position of the last, and the state there."""
        row = self._below(b)
        position, *state = (
            load_row(b, stack, type, row)
            for stack, type in zip((self.positions, *self.stacks), (index, *types), strict=True)
        )
        return position, state

    def _below(self, b: Builder) -> Value:
        return b.insert(arith.SubI(self.top, index_constant(b, 1))).result


class Steps:
    """Runs iterations of a loop as far as the carried values at `places` are concerned.

    Iteration `i` has the induction variable `lower + i * step`; `outside` are the values that the body uses from outside of
    the loop, as they are found at the builder.
    """

    def __init__(
        self, op: scf.For, places: Sequence[int], lower: Value, step: Value, outside: dict[Value, Value]
    ) -> None:
        block = op.body.block
        self._arguments = [block.arguments[1 + i] for i in places]
        self._yielded = [block.terminator.operands[i] for i in places]
        self._variable, self._lower, self._step, self._outside = block.arguments[0], lower, step, outside
        self._ops = needed(block, self._yielded)

    @property
    def types(self) -> list[Type]:
        return [argument.type for argument in self._arguments]

    def variable(self, b: Builder, position: Value) -> Value:
        """The induction variable of an iteration."""
        type = self._variable.type
        number = position if type is index else b.insert(arith.IndexCast(position, result_types=[type])).result
        scaled = b.insert(arith.MulI(number, self._step)).result
        return b.insert(arith.AddI(self._lower, scaled)).result

    def run(self, b: Builder, state: Sequence[Value], start: Value, end: Value) -> Sequence[Value]:
        """The state before iteration `end`, from that before iteration `start`."""
        body = Block([index, *self.types])
        with b.at(InsertPoint.at_end(body)):
            mapping = IRMapping(dict(self._outside))
            mapping[self._variable] = self.variable(b, body.arguments[0])
            for argument, value in zip(self._arguments, body.arguments[1:], strict=True):
                mapping[argument] = value
            for op in self._ops:
                b.insert(run_again(op, mapping))
            b.insert(scf.Yield([mapping[value] for value in self._yielded]))
        return b.insert(scf.For(start, end, index_constant(b, 1), list(state), Region(body))).results

    def reach(self, b: Builder, rows: int, snapshots: Snapshots, position: Value) -> tuple[Snapshots, Sequence[Value]]:
        """The state before iteration `position`, and the snapshots with those left on the way from the last of them.

        No more than `rows` are there at any time.
        """
        start, state = snapshots.last(b, self.types)
        inits = [start, *state, *snapshots.values]
        types, count = [value.type for value in inits], 1 + len(state)
        before, after = Block(types), Block([index, *types])
        with b.at(InsertPoint.at_end(before)):
            here, top = before.arguments[0], Snapshots.of(before.arguments[count:]).top
            one = index_constant(b, 1)
            length = b.insert(arith.AddI(b.insert(arith.SubI(position, here)).result, one)).result
            free = b.insert(arith.SubI(index_constant(b, rows), top)).result
            place = next_place(b, length, b.insert(arith.AddI(free, one)).result)
            following = b.insert(arith.AddI(here, place)).result
            going = compare(b, "ult", following, position)
            b.insert(scf.Condition(going, [following, *before.arguments]))
        with b.at(InsertPoint.at_end(after)):
            following, here, *rest = after.arguments
            reached = self.run(b, rest[: count - 1], here, following)
            more = Snapshots.of(rest[count - 1 :]).pushed(b, following, reached)
            b.insert(scf.Yield([following, *reached, *more.values]))
        loop = scf.While(inits, Region(before), Region(after), result_types=[index, *types])
        _, there, *found = b.insert(loop).results
        return Snapshots.of(found[count - 1 :]), self.run(b, found[: count - 1], there, position)
