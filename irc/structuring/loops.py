"""Cycles of blocks become `scf.while`.

A cycle whose first block decides alone whether to go on keeps this form: that block is the first region of the loop. So does
one whose last block decides. Any other becomes a loop that decides at its end, where all ways through the cycle meet: with
what the next iteration takes, or with what is taken outside.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from irc.analysis.call_graph import strongly_connected
from irc.dialects import arith, cf, scf
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.location import Location
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.types import i1
from irc.ir.value import Value
from irc.structuring.edges import Constants, Edge, Ways, derived, edges_into, edges_of, jump, multiplex


class Structuring:
    """Makes a graph of blocks one block: cycles here, what has none in `straighten`."""

    def __init__(self, constants: Constants) -> None:
        self.constants = constants

    def structure(self, entry: Block, blocks: Sequence[Block], stop: Block | None) -> None:
        """Make `blocks`, which are entered at `entry` and left to `stop`, one block. There is no way back to `entry`."""
        among = set(blocks)
        graph = {block: [edge.target for edge in edges_of(block) if edge.target in among] for block in blocks}
        for cycle in strongly_connected(graph):
            if len(cycle) > 1 or cycle[0] in graph[cycle[0]]:
                _Cycle(self, cycle).make_loop()
        self.straighten(entry, stop)

    def straighten(self, block: Block, stop: Block | None) -> None:
        """As `structure`, of a graph without cycles."""
        raise NotImplementedError


class _Cycle:
    """A cycle of blocks that becomes a loop."""

    def __init__(self, structuring: Structuring, blocks: Iterable[Block]) -> None:
        self.structuring, self.constants = structuring, structuring.constants
        self.blocks = dict.fromkeys(blocks)
        entering = [edge for block in self.blocks for edge in edges_into(block) if edge.source not in self.blocks]
        headers = dict.fromkeys(edge.target for edge in entering)
        if len(headers) > 1:
            # What enters from outside and what goes round meet in one block.
            around = [edge for header in headers for edge in edges_into(header) if edge.source in self.blocks]
            where = derived(edge.op for edge in entering)
            self.header = multiplex([*entering, *around], self.constants, where)
            self.blocks[self.header] = None
            entering = [edge for edge in edges_into(self.header) if edge.source not in self.blocks]
        else:
            (self.header,) = headers
        self.repeating = [edge for edge in edges_into(self.header) if edge.source in self.blocks]
        self.leaving = [edge for block in self.blocks for edge in edges_of(block) if edge.target not in self.blocks]
        self.ways = Ways([edge.target for edge in self.leaving], self.constants)
        self.location = derived(edge.op for edge in self.repeating)
        assert self.header.parent is not None
        self.region = self.header.parent
        self.before = Block([argument.type for argument in self.header.arguments])
        """Takes the place of the cycle."""
        self.region.insert_before(self.before, self.header)
        for edge in entering:
            edge.redirect(self.before, edge.values)

    def make_loop(self) -> None:
        """Replace the cycle by a block with the loop in it, which goes on to where the cycle was left to."""
        leaving = self.leaving[0]
        if len(self.leaving) == 1 and isinstance(leaving.op, cf.CondBr):
            inner = Edge(leaving.op, 1 - leaving.index)
            if leaving.source is self.header and inner.target is not self.header:
                self._decides_first(leaving, inner)
                return
            if self.repeating == [inner]:
                self._decides_last(leaving, inner)
                return
        self._decides_at_the_end()

    # -- the three forms ---------------------------------------------------------------------------------------------

    def _decides_first(self, leaving: Edge, inner: Edge) -> None:
        """The header is the first region; what is used of it elsewhere is handed on."""
        passed = [*inner.values, *self.ways.towards(leaving.target, leaving.values)]
        first, count = len(inner.values), len(passed)
        # Stand for what the header hands on, in the other blocks and behind the loop.
        rest, outside = Block(), Block()
        for value in _values_of([self.header]):
            users = {user: self._block_of(user) for user in value.users}
            elsewhere = [user for user, block in users.items() if block is not self.header]
            if elsewhere:
                passed.append(value)
                inside = [user for user in elsewhere if users[user] in self.blocks]
                _replace(value, rest.add_argument(value.type), inside)
                _replace(value, outside.add_argument(value.type), [u for u in elsewhere if users[u] not in self.blocks])
        body = Block([value.type for value in passed])
        self.region.insert_before(body, self.header.next)
        for value, argument in zip(list(rest.arguments), body.arguments[count:], strict=True):
            value.replace_all_uses_with(argument)
        jump(body, inner.target, body.arguments[:first], self.location)
        condition = self._condition(inner)
        leaving.op.drop_uses_and_erase()
        others = [block for block in self.blocks if block is not self.header]
        self.structuring.structure(body, [body, *others], self.header)
        _end_by(body, scf.Yield, self.location)
        self._finish(condition, passed, body, slice(first, count), outside)

    def _decides_last(self, leaving: Edge, inner: Edge) -> None:
        """Nothing is decided but at the end."""
        latch_block, escaping = inner.source, self._escaping()
        condition = self._condition(inner)
        towards = self.ways.towards(leaving.target, leaving.values)
        values = [condition, *inner.values, *towards, *escaping]
        inner.op.drop_uses_and_erase()
        latch = self._latch(values)
        jump(latch_block, latch, values, self.location)
        self._close(latch, escaping)

    def _decides_at_the_end(self) -> None:
        """All ways through the cycle meet in a latch, with whether to go on, and what is taken then or behind the loop."""
        escaping = self._escaping()
        next_values = [self.constants.poison(argument.type) for argument in self.header.arguments]
        nowhere = self.ways.nowhere()
        nothing = [self.constants.poison(value.type) for value in escaping]
        go_on, leave = self.constants.number(1, i1), self.constants.number(0, i1)
        latch = self._latch([go_on, *next_values, *nowhere, *nothing])
        for edge in self.leaving:
            there = [
                value if edge.source in sources else poison
                for (value, sources), poison in zip(escaping.items(), nothing, strict=True)
            ]
            towards = self.ways.towards(edge.target, edge.values)
            edge.redirect(latch, [leave, *next_values, *towards, *there])
        for edge in self.repeating:
            edge.redirect(latch, [go_on, *edge.values, *nowhere, *nothing])
        self._close(latch, escaping)

    # -- what they share ---------------------------------------------------------------------------------------------

    def _block_of(self, op: Operation) -> Block | None:
        """The block of the graph in which an operation stands."""
        block = op.parent
        while block is not None and block.parent is not self.region:
            outer = block.parent_op
            block = outer.parent if outer is not None else None
        return block

    def _escaping(self) -> dict[Value, set[Block]]:
        """The values of the cycle that are used behind it, with the blocks that they are there in."""
        found: dict[Value, set[Block]] = {}
        for block in self.blocks:
            reached: set[Block] | None = None
            for value in _values_of([block]):
                if any(self._block_of(user) not in self.blocks for user in value.users):
                    if reached is None:
                        reached = self._dominated(block)
                    found[value] = reached
        return found

    def _dominated(self, by: Block) -> set[Block]:
        """The blocks of the cycle that all ways from the header to which pass a block."""
        past = {by}
        pending = [self.header] if self.header is not by else []
        past.update(pending)
        while pending:
            for edge in edges_of(pending.pop()):
                if edge.target in self.blocks and edge.target not in past:
                    past.add(edge.target)
                    pending.append(edge.target)
        return {block for block in self.blocks if block is by or block not in past}

    def _latch(self, values: Sequence[Value]) -> Block:
        latch = Block([value.type for value in values])
        self.region.insert_before(latch, self.header.next)
        return latch

    def _close(self, latch: Block, escaping: Iterable[Value]) -> None:
        """Make the loop of the header, from which all ways lead to the latch; the first values that it gets say whether to
        go on and what the next iteration takes."""
        outside = Block()
        for value in escaping:
            users = [user for user in value.users if self._block_of(user) not in self.blocks]
            _replace(value, outside.add_argument(value.type), users)
        count = len(self.header.arguments)
        self.structuring.structure(self.header, list(self.blocks), latch)
        last = self.header.terminator
        condition, *passed = last.operands
        last.drop_uses_and_erase()
        latch.erase()
        after = Block([value.type for value in passed])
        Builder(InsertPoint.at_end(after), self.location).insert(scf.Yield(after.arguments[:count]))
        self._finish(condition, passed, after, slice(count, len(passed) - len(outside.arguments)), outside)

    def _finish(self, condition: Value, passed: Sequence[Value], after: Block, ways: slice, outside: Block) -> None:
        """Write the loop, and the ways behind it. The last values that it passes are the arguments of `outside`."""
        Builder(InsertPoint.at_end(self.header), self.location).insert(scf.Condition(condition, passed))
        for block in (self.header, after):
            if block.parent is not None:
                block.parent.remove(block)
        types = [value.type for value in passed]
        loop = scf.While(self.before.arguments, Region(self.header), Region(after), result_types=types)
        Builder(InsertPoint.at_end(self.before), self.location).insert(loop)
        results = loop.results[len(passed) - len(outside.arguments) :]
        for argument, result in zip(list(outside.arguments), results, strict=True):
            argument.replace_all_uses_with(result)
        self.ways.part(self.before, loop.results[ways], self.location)

    def _condition(self, inner: Edge) -> Value:
        """Whether to go on."""
        assert isinstance(inner.op, cf.CondBr)
        if inner.index == 0:
            return inner.op.condition
        b = Builder(InsertPoint.before(inner.op), self.location)
        return b.insert(arith.XOrI(inner.op.condition, self.constants.number(1, i1))).result


def _values_of(blocks: Iterable[Block]) -> Iterable[Value]:
    """What blocks and their operations define, but not what stands inside these."""
    for block in blocks:
        yield from block.arguments
        for op in block:
            yield from op.results


def _replace(value: Value, by: Value, users: Iterable[Operation]) -> None:
    for user in users:
        user.operands = [by if operand is value else operand for operand in user.operands]


def _end_by(block: Block, cls: type[scf.Yield], location: Location) -> None:
    """Put a terminator that gives them in place of the branch that ends a block with values."""
    last = block.terminator
    values = last.operands
    last.drop_uses_and_erase()
    Builder(InsertPoint.at_end(block), location).insert(cls(values))
