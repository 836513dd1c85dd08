"""The adjoint of `scf.for`: a loop that runs the iterations from last to first.

The forward loop stores what the adjoint needs of each iteration, in tensors with a row for each. The adjoint loop carries the
cotangents of the carried values, and sums those of the values from outside.
"""

from __future__ import annotations

from collections.abc import Sequence

from irc.analysis.trip_counts import known_bounds
from irc.autodiff import revolve
from irc.autodiff.expr import Expr
from irc.autodiff.frames import after, append_operands, derived
from irc.autodiff.iterations import Iteration, Tape, Update
from irc.autodiff.reach import carried_reach
from irc.autodiff.reverse import BACKWARD, Sweep, captured
from irc.autodiff.stacks import allocate_rows, as_index, integer_constant, store_row, trip_count
from irc.dialects import arith, scf
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.region import Region
from irc.ir.value import Value


class CountedTape(Tape):
    """What an `scf.for` stores: a row for each iteration, allocated before."""

    __slots__ = ("_count", "_position", "op")

    def __init__(self, op: scf.For) -> None:
        super().__init__()
        self.op = op
        self._count: Value | None = None
        self._position: Value | None = None

    def before_loop(self) -> Builder:
        return Builder(InsertPoint.before(self.op), derived(self.op.location))

    def carry(self, block: Block, inits: Sequence[Value], update: Update) -> tuple[list[Value], list[Value]]:
        append_operands(self.op, inits)
        carried: list[Value] = [block.add_argument(init.type) for init in inits]
        append_operands(block.terminator, update(carried))
        return carried, list(self.op.add_results([init.type for init in inits]))

    def store(self, block: Block, value: Value) -> Value:
        b, op = self.before_loop(), self.op
        if self._count is None or self._position is None:
            self._count = trip_count(b, op.lower_bound, op.upper_bound, op.step, known_bounds(op))
            inside = Builder(InsertPoint.at_start(block), derived(op.location))
            offset = inside.insert(arith.SubI(op.induction_variable, op.lower_bound)).result
            self._position = as_index(inside, inside.insert(arith.DivUI(offset, op.step)).result)
        position = self._position

        def stored(carried: list[Value]) -> list[Value]:
            point = after(value) if value.defining_op is not None else after(position)
            return [store_row(point, carried[0], value, position)]

        return self.carry(block, [allocate_rows(b, self._count, value.type)], stored)[1][0]


class _CountedIteration(Iteration):
    """An iteration of an `scf.for`: its induction variable follows from its position."""

    __slots__ = ()

    tape: CountedTape

    def is_given(self, value: Value) -> bool:
        return value is self.tape.op.induction_variable

    def given(self, value: Value) -> Value | None:
        op, b = self.tape.op, self.builder
        position = self.position
        if value.type is not position.type:
            position = b.insert(arith.IndexCast(position, result_types=[value.type])).result
        scaled = b.insert(arith.MulI(position, self.parent.fetch(op.step))).result
        return b.insert(arith.AddI(self.parent.fetch(op.lower_bound), scaled)).result


def backward(sweep: Sweep, op: scf.For) -> None:
    """Write the adjoint loop and hand its results to the inits and the values from outside."""
    rows = revolve.snapshots_of(op)
    if rows is not None:
        revolve.backward(sweep, op, rows)
        return
    builder, frame = sweep.builder, sweep.frame
    cts = {i: ct for i, ct in enumerate(sweep.cotangents.take_all(op.results)) if ct is not None}
    if not cts and not sweep.writes_memory(op):
        return
    source = op.body.block
    ops = list(source)[:-1]
    yielded, arguments = source.terminator.operands, source.arguments[1:]
    active, reached = carried_reach(sweep.context.activity, source, yielded, arguments, set(cts))
    outside = [value for value in captured(op, sweep.context.activity) if value in reached]
    seeds = [(cts[i] if i in cts else sweep.primal(op.results[i]).like(0)).value for i in active]
    zeros = [sweep.primal(value).like(0).value for value in outside]
    lower, upper, step = (frame.fetch(value) for value in (op.lower_bound, op.upper_bound, op.step))
    count = as_index(builder, trip_count(builder, lower, upper, step, known_bounds(op)))
    zero, one = (integer_constant(builder, number, count.type) for number in (0, 1))
    last = builder.insert(arith.SubI(count, one)).result
    body = Block([count.type, *(value.type for value in (*seeds, *zeros))])
    with builder.at(InsertPoint.at_end(body)):
        start = builder.insert(arith.SubI(last, body.arguments[0]))
        iteration = _CountedIteration(builder, frame, sweep.context.tape(op, CountedTape), source, start.result)
        inner = Sweep(sweep.context, builder, iteration)
        inner.seed([yielded[i] for i in active], body.arguments[1 : 1 + len(active)])
        inner.backward(ops)
        following = [inner.cotangent_or_zero(arguments[i]) for i in active]
        sums = inner.summed(outside, body.arguments[1 + len(active) :])
        builder.insert(scf.Yield([*following, *sums]))
        iteration.resolve(InsertPoint.after(start))
    loop = builder.insert(scf.For(zero, count, one, [*seeds, *zeros], Region(body)))
    for i, result in zip(active, loop.results, strict=False):
        if op.inits[i] in sweep.context.activity:
            sweep.cotangents.add(op.inits[i], Expr.of(builder, result))
    for value, result in zip(outside, loop.results[len(active) :], strict=True):
        sweep.cotangents.add(value, Expr.of(builder, result))


BACKWARD[scf.For] = backward
