"""The edges of a graph of blocks, and blocks that several of them meet in to part again.

Blocks that are entered from the same places are entered through one (a multiplexer): it takes a number that says which of
them comes next, and what they all take. Values that do not matter on an edge are poison.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from irc.dialects import arith, cf, ub
from irc.ir.attributes import IntegerAttr, StringAttr, bool_attr
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.interfaces import BranchOp
from irc.ir.location import Location, fuse
from irc.ir.operation import Operation
from irc.ir.types import Type, i1, i32
from irc.ir.value import Value

PASS_NAME = StringAttr("lift-cf-to-scf")


def derived(ops: Iterable[Operation]) -> Location:
    """The location of what is made from some operations."""
    return fuse(tuple(dict.fromkeys(op.location for op in ops)), PASS_NAME)


@dataclass(frozen=True, slots=True)
class Edge:
    """The way from a terminator to one of its successors."""

    op: BranchOp
    index: int

    @property
    def source(self) -> Block:
        assert self.op.parent is not None
        return self.op.parent

    @property
    def target(self) -> Block:
        return self.op.successors[self.index]

    @property
    def values(self) -> Sequence[Value]:
        """What the target gets for its arguments."""
        return self.op.successor_operands(self.index)

    def redirect(self, target: Block, values: Sequence[Value]) -> None:
        """Lead to another block, which gets these values."""
        successors = self.op.successors
        self.op.successors = (*successors[: self.index], target, *successors[self.index + 1 :])
        self.op.set_successor_operands(self.index, values)


def edges_of(block: Block) -> Iterator[Edge]:
    """The edges that leave a block."""
    last = block.last
    if isinstance(last, BranchOp):
        for index in range(len(last.successors)):
            yield Edge(last, index)


def edges_into(block: Block) -> list[Edge]:
    """The edges that enter a block."""
    found = []
    for op in block.predecessors:
        assert isinstance(op, BranchOp)
        found += [Edge(op, index) for index, target in enumerate(op.successors) if target is block]
    return found


def jump(block: Block, target: Block, values: Sequence[Value], location: Location) -> None:
    """End a block by a branch."""
    Builder(InsertPoint.at_end(block), location).insert(cf.Br(values, target))


class Constants:
    """Constants at the entry of a region, each once."""

    def __init__(self, entry: Block, location: Location) -> None:
        self._entry, self._location = entry, location
        self._poison: dict[Type, Value] = {}
        self._numbers: dict[tuple[int, Type], Value] = {}

    def poison(self, type: Type) -> Value:
        """Any value of a type."""
        if type not in self._poison:
            self._poison[type] = self._insert(ub.Poison(result_types=[type]))
        return self._poison[type]

    def is_poison(self, value: Value) -> bool:
        """Whether `poison` gave this value."""
        return self._poison.get(value.type) is value

    def number(self, number: int, type: Type) -> Value:
        key = (number, type)
        if key not in self._numbers:
            attribute = bool_attr(bool(number)) if type is i1 else IntegerAttr(number, type)
            self._numbers[key] = self._insert(arith.Constant(attribute))
        return self._numbers[key]

    def _insert(self, op: Operation) -> Value:
        return Builder(InsertPoint.at_start(self._entry), self._location).insert(op).results[0]


class Ways:
    """Several blocks, one of which is chosen by values: by a number where there is more than one, and by what it takes.

    Blocks of the same types share the values that they take.
    """

    def __init__(self, targets: Iterable[Block], constants: Constants) -> None:
        self.targets = list(dict.fromkeys(targets))
        self.constants = constants
        count = len(self.targets)
        self.types: list[Type] = [] if count < 2 else [i1 if count == 2 else i32]
        self._places: dict[Block, list[int]] = {}
        first = len(self.types)
        for target in self.targets:
            taken: set[int] = set()
            places = self._places[target] = []
            for argument in target.arguments:
                fitting = (
                    i for i in range(first, len(self.types)) if i not in taken and self.types[i] is argument.type
                )
                place = next(fitting, len(self.types))
                if place == len(self.types):
                    self.types.append(argument.type)
                taken.add(place)
                places.append(place)

    def towards(self, target: Block, values: Sequence[Value]) -> list[Value]:
        """The values that choose `target`, with those that it takes among them."""
        found: list[Value | None] = [None] * len(self.types)
        if len(self.targets) == 2:
            # The first comes where the condition holds.
            found[0] = self.constants.number(int(target is self.targets[0]), i1)
        elif len(self.targets) > 2:
            found[0] = self.constants.number(self.targets.index(target), i32)
        for place, value in zip(self._places[target], values, strict=True):
            found[place] = value
        return [
            self.constants.poison(type) if value is None else value
            for value, type in zip(found, self.types, strict=True)
        ]

    def nowhere(self) -> list[Value]:
        """Values that choose nothing."""
        return [self.constants.poison(type) for type in self.types]

    def part(self, block: Block, values: Sequence[Value], location: Location) -> None:
        """End a block by a branch to the one that the values choose."""
        takes = [[values[place] for place in self._places[target]] for target in self.targets]
        b = Builder(InsertPoint.at_end(block), location)
        if len(self.targets) == 1:
            b.insert(cf.Br(takes[0], self.targets[0]))
        elif len(self.targets) == 2:
            b.insert(cf.CondBr(values[0], takes[0], takes[1], self.targets[0], self.targets[1]))
        else:
            *cases, last = enumerate(zip(self.targets, takes, strict=True))
            b.insert(cf.Switch.of(values[0], last[1], [(number, *case) for number, case in cases]))


def multiplex(edges: Sequence[Edge], constants: Constants, location: Location) -> Block:
    """The block that all the edges lead to; a new one, from which ways part to their targets, where there are several."""
    ways = Ways([edge.target for edge in edges], constants)
    if len(ways.targets) == 1:
        return ways.targets[0]
    region = ways.targets[0].parent
    assert region is not None
    met = Block(ways.types)
    region.insert_before(met, ways.targets[0])
    for edge in edges:
        edge.redirect(met, ways.towards(edge.target, edge.values))
    ways.part(met, met.arguments, location)
    return met
