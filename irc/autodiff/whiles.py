"""The adjoint of `scf.while`: a counted loop that runs the iterations from last to first.

The forward loop counts its iterations, and pushes what the adjoint needs of each on stacks that grow. Its first region runs
once more than its second; so an iteration of the adjoint is the adjoint of the first region, and unless it is the very first
iteration that is then undone, that of the second. Where the first region only decides and hands values on, as in most loops,
its adjoint is a renaming, and the loop is over the second region alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from irc.autodiff.expr import Expr
from irc.autodiff.frames import after, append_operands, derived
from irc.autodiff.iterations import Iteration, Tape, Update
from irc.autodiff.reach import reach
from irc.autodiff.reverse import BACKWARD, Sweep, captured, touches_buffers
from irc.autodiff.stacks import integer_constant, new_stack, push_row
from irc.dialects import arith, scf
from irc.dialects._amounts import compare
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.types import index
from irc.ir.value import Value


class GrowingTape(Tape):
    """What an `scf.while` stores: stacks that grow, and `count`, how often its second region has run."""

    __slots__ = ("after", "before", "count", "numbers", "op")

    def __init__(self, op: scf.While) -> None:
        super().__init__()
        self.op = op
        self.before, self.after = op.before.block, op.after.block
        zero = integer_constant(self.before_loop(), 0, index)

        def counted(carried: list[Value]) -> list[Value]:
            b = Builder(InsertPoint.before(self.after.terminator), derived(op.location))
            return [b.insert(arith.AddI(carried[0], integer_constant(b, 1, index))).result]

        (running,), (self.count,) = self.carry(self.after, [zero], counted)
        self.numbers = {self.before: self.before.arguments[-1], self.after: running}

    def before_loop(self) -> Builder:
        return Builder(InsertPoint.before(self.op), derived(self.op.location))

    def carry(self, block: Block, inits: Sequence[Value], update: Update) -> tuple[list[Value], list[Value]]:
        types = [init.type for init in inits]
        append_operands(self.op, inits)
        first: list[Value] = [self.before.add_argument(type) for type in types]
        second: list[Value] = [self.after.add_argument(type) for type in types]
        carried = first if block is self.before else second
        updated = update(carried)
        append_operands(self.before.terminator, updated if block is self.before else first)
        append_operands(self.after.terminator, updated if block is self.after else second)
        return carried, list(self.op.add_results(types))

    def store(self, block: Block, value: Value) -> Value:
        top = self.numbers[block]

        def pushed(carried: list[Value]) -> list[Value]:
            return [push_row(after(value), carried[0], value, top)]

        return self.carry(block, [new_stack(self.before_loop(), value.type)], pushed)[1][0]


class _Reach:
    """What the cotangents of some results reach: the positions of handed-on and of carried values, and all values."""

    def __init__(self, sweep: Sweep, op: scf.While, results: set[int]) -> None:
        self.before, self.after = op.before.block, op.after.block
        self.forwarded, self.yielded = self.before.terminator.operands[1:], self.after.terminator.operands
        activity = sweep.context.activity
        self.memory = activity.active_memory
        found = set(results)
        while True:
            first = reach(activity, self.before, {self.forwarded[i] for i in found})
            carried = {i for i, argument in enumerate(self.before.arguments) if argument in first}
            second = reach(activity, self.after, {self.yielded[i] for i in carried})
            more = found | {i for i, argument in enumerate(self.after.arguments) if argument in second}
            if more == found:
                break
            found = more
        self.handed_on, self.carried = sorted(found), sorted(carried)
        self.first, self.second = first, second

    def decides_only(self) -> bool:
        """Whether no cotangent passes an operation of the first region."""
        ops = list(self.before)[:-1]
        return not any(result in self.first for op in ops for result in op.results) and not (
            self.memory and any(touches_buffers(op) for op in ops)
        )


def backward(sweep: Sweep, op: scf.While) -> None:
    """Write the adjoint loop and hand its results to the inits and the values from outside."""
    cts = {i: ct for i, ct in enumerate(sweep.cotangents.take_all(op.results)) if ct is not None}
    if not cts and not sweep.writes_memory(op):
        return
    activity = sweep.context.activity
    found = _Reach(sweep, op, set(cts))
    outside = [value for value in captured(op, activity) if value in found.first or value in found.second]
    seeds = [(cts[i] if i in cts else sweep.primal(op.results[i]).like(0)).value for i in found.handed_on]
    loop = _Adjoint(sweep, op, found, outside)
    carried, sums = loop.short(seeds) if found.decides_only() else loop.full(seeds)
    for i, value in zip(found.carried, carried, strict=True):
        if op.inits[i] in activity:
            sweep.cotangents.add(op.inits[i], Expr.of(sweep.builder, value))
    for value, total in zip(outside, sums, strict=True):
        sweep.cotangents.add(value, Expr.of(sweep.builder, total))


class _Adjoint:
    """The loop that is written for an `scf.while`."""

    def __init__(self, sweep: Sweep, op: scf.While, found: _Reach, outside: list[Value]) -> None:
        self.sweep, self.op, self.found, self.outside = sweep, op, found, outside
        self.builder = sweep.builder
        # What stands in the regions before they are made to store anything.
        self.ops = {block: list(block)[:-1] for block in (found.before, found.after)}
        self.tape = sweep.context.tape(op, GrowingTape)
        self.zeros = [sweep.primal(value).like(0).value for value in outside]
        self.count = sweep.frame.fetch(self.tape.count)
        self.zero, self.one = (integer_constant(self.builder, number, index) for number in (0, 1))

    def short(self, seeds: list[Value]) -> tuple[list[Value], list[Value]]:
        """The loop over the second region alone: it carries the cotangents of what the first hands on."""
        found, builder = self.found, self.builder
        last = builder.insert(arith.SubI(self.count, self.one)).result
        body = Block([index, *(value.type for value in (*seeds, *self.zeros))])
        with builder.at(InsertPoint.at_end(body)):
            position = builder.insert(arith.SubI(last, body.arguments[0]))
            following, sums = self._second(
                *self._first_renames(body.arguments[1 : 1 + len(seeds)], body.arguments[1 + len(seeds) :]), position
            )
            builder.insert(scf.Yield([*following, *sums]))
        results = self._loop(self.count, [*seeds, *self.zeros], body)
        return self._first_renames(results[: len(seeds)], results[len(found.handed_on) :])

    def full(self, seeds: list[Value]) -> tuple[list[Value], list[Value]]:
        """The loop over both regions; it carries the cotangents of what the first hands on, and those of what it gets."""
        found, builder, sweep = self.found, self.builder, self.sweep
        rounds = builder.insert(arith.AddI(self.count, self.one)).result
        unset = [sweep.primal(self.op.inits[i]).like(0).value for i in found.carried]
        body = Block([index, *(value.type for value in (*seeds, *unset, *self.zeros))])
        given = body.arguments[1 : 1 + len(seeds)]
        totals: list[Value] = list(body.arguments[1 + len(seeds) + len(unset) :])
        with builder.at(InsertPoint.at_end(body)):
            position = builder.insert(arith.SubI(self.count, body.arguments[0]))
            carried, totals = self._first(given, totals, position)
            again = compare(builder, "ne", position.result, self.zero)
            then, otherwise = Block(), Block()
            with builder.at(InsertPoint.at_end(then)):
                below = builder.insert(arith.SubI(position.result, self.one))
                following, sums = self._second(carried, totals, below)
                builder.insert(scf.Yield([*following, *sums]))
            with builder.at(InsertPoint.at_end(otherwise)):
                builder.insert(scf.Yield([*given, *totals]))
            types = [value.type for value in (*given, *totals)]
            results = builder.insert(scf.If(again, Region(then), Region(otherwise), result_types=types)).results
            builder.insert(scf.Yield([*results[: len(seeds)], *carried, *results[len(seeds) :]]))
        done = self._loop(rounds, [*seeds, *unset, *self.zeros], body)
        return list(done[len(seeds) : len(seeds) + len(unset)]), list(done[len(seeds) + len(unset) :])

    def _loop(self, count: Value, inits: list[Value], body: Block) -> Sequence[Value]:
        return self.builder.insert(scf.For(self.zero, count, self.one, inits, Region(body))).results

    def _first(
        self, cts: Sequence[Value], totals: Sequence[Value], position: Operation
    ) -> tuple[list[Value], list[Value]]:
        """The adjoint of the first region: from cotangents of what it hands on to those of what it gets."""
        found = self.found
        source = [found.forwarded[i] for i in found.handed_on]
        wanted: list[Value] = [found.before.arguments[i] for i in found.carried]
        return self._region(found.before, source, cts, wanted, totals, position)

    def _second(
        self, cts: Sequence[Value], totals: Sequence[Value], position: Operation
    ) -> tuple[list[Value], list[Value]]:
        """The adjoint of the second region: from cotangents of what it yields to those of what it gets."""
        found = self.found
        source = [found.yielded[i] for i in found.carried]
        wanted: list[Value] = [found.after.arguments[i] for i in found.handed_on]
        return self._region(found.after, source, cts, wanted, totals, position)

    def _region(
        self,
        block: Block,
        source: Sequence[Value],
        cts: Sequence[Value],
        wanted: Sequence[Value],
        totals: Sequence[Value],
        position: Operation,
    ) -> tuple[list[Value], list[Value]]:
        frame = Iteration(self.builder, self.sweep.frame, self.tape, block, position.results[0])
        inner = Sweep(self.sweep.context, self.builder, frame)
        inner.seed(source, cts)
        inner.backward(self.ops[block])
        following = [inner.cotangent_or_zero(value) for value in wanted]
        sums = inner.summed(self.outside, totals)
        frame.resolve(InsertPoint.after(position))
        return following, sums

    def _first_renames(self, cts: Sequence[Value], totals: Sequence[Value]) -> tuple[list[Value], list[Value]]:
        """As `_first`, for a region that hands its arguments on as they are, or values from outside."""
        found = self.found
        inner = Sweep(self.sweep.context, self.builder, self.sweep.frame)
        inner.seed([found.forwarded[i] for i in found.handed_on], cts)
        following = []
        for i in found.carried:
            ct = inner.cotangents.take(found.before.arguments[i])
            following.append((ct if ct is not None else self.sweep.primal(self.op.inits[i]).like(0)).value)
        return following, inner.summed(self.outside, totals)


BACKWARD[scf.While] = backward
