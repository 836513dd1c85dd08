"""The adjoint of an `scf.for` of which few states are kept: those that are not are reached by running the loop again.

The forward run stores nothing. The adjoint loop runs the iterations from last to first, and has snapshots of the carried
values at no more than as many iterations as `ad.snapshots` says. For each iteration it runs the loop from the last snapshot
before it, and leaves further snapshots where that makes for the fewest evaluations of the body in all
(`irc.autodiff.binomial`). Then it runs what its adjoint needs of the iteration once more. Only carried values on which that
depends are part of the state.
"""

from __future__ import annotations

from collections.abc import Sequence

from irc.analysis.trip_counts import known_bounds
from irc.autodiff.activity import all_operands, used_from_outside
from irc.autodiff.expr import Expr
from irc.autodiff.frames import Deferred, Frame, append_operands, copied
from irc.autodiff.reach import carried_reach
from irc.autodiff.recomputation import needed
from irc.autodiff.reverse import Sweep, captured
from irc.autodiff.snapshots import Snapshots, Steps
from irc.autodiff.stacks import as_index, integer_constant, is_dynamic, trip_count
from irc.dialects import arith, scf
from irc.ir.attributes import IntegerAttr
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.cloning import IRMapping
from irc.ir.diagnostic import error
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.types import MemRefType, index
from irc.ir.value import Value

SNAPSHOTS = "ad.snapshots"
"""The attribute of a loop of which so many states are kept for its adjoint."""


def snapshots_of(op: Operation) -> int | None:
    """How many states of a loop are kept; `None` if it is all. Raises `DiagnosedError`."""
    attribute = op.attributes.get(SNAPSHOTS)
    if attribute is None:
        return None
    if not isinstance(attribute, IntegerAttr) or attribute.value < 1:
        raise error(op.location, f"'{op.name}' op '{SNAPSHOTS}' must be a positive integer, got '{attribute}'")
    return attribute.value


def uses_memory(op: Operation) -> bool:
    """Whether something inside `op` works on buffers, so that it cannot run again."""
    return any(isinstance(value.type, MemRefType) for inner in op.walk() for value in (*inner.operands, *inner.results))


class _Replay(Deferred):
    """The frame of an iteration of `replica` that is run again for its adjoint."""

    __slots__ = ("replica",)

    parent: Frame

    def __init__(self, builder: Builder, parent: Frame, replica: scf.For) -> None:
        super().__init__(builder, parent, replica.body.block)
        self.replica = replica

    @property
    def ops(self) -> list[Operation]:
        """What has to run for the values that were asked for."""
        return needed(self.block, self._standins)

    def arguments(self) -> set[int]:
        """The positions of the carried values on which these depend."""
        return _carried(self.block, self.ops, self._standins)

    def run(self, given: Sequence[Value], outside: dict[Value, Value]) -> None:
        """Write it at the builder, and put what it gives in place of the stand-ins.

        `given` are the arguments of the body.
        """
        mapping = IRMapping({**outside, **dict(zip(self.block.arguments, given, strict=True))})
        for op in self.ops:
            self.builder.insert(copied(op, mapping))
        for value, standin in self._standins.items():
            standin.replace_all_uses_with(mapping[value])


def _carried(block: Block, ops: Sequence[Operation], values: Sequence[Value] | dict[Value, Value]) -> set[int]:
    """The positions of the carried values among `values` and what `ops` use."""
    used = {*values, *(operand for op in ops for operand in all_operands(op))}
    return {i for i, argument in enumerate(block.arguments[1:]) if argument in used}


def state_of(op: scf.For, first: set[int]) -> list[int]:
    """The positions of the carried values on which those at the positions `first` depend in any iteration."""
    block, found = op.body.block, set(first)
    while True:
        yielded = [block.terminator.operands[i] for i in found]
        more = found | _carried(block, needed(block, yielded), yielded)
        if more == found:
            return sorted(found)
        found = more


def backward(sweep: Sweep, op: scf.For, rows: int) -> None:
    """Write the adjoint loop and hand its results to the inits and the values from outside."""
    if uses_memory(op):
        raise error(op.location, f"'{op.name}' op works on buffers, so that '{SNAPSHOTS}' cannot be kept")
    builder, frame, activity = sweep.builder, sweep.frame, sweep.context.activity
    cts = {i: ct for i, ct in enumerate(sweep.cotangents.take_all(op.results)) if ct is not None}
    if not cts:
        return
    mapping = IRMapping()
    replica = copied(op, mapping)
    activity.active.update(new for old, new in mapping.values.items() if old in activity)
    source = replica.body.block
    ops = list(source)[:-1]
    yielded, arguments = source.terminator.operands, source.arguments[1:]
    active, reached = carried_reach(activity, source, yielded, arguments, set(cts))
    outside = [value for value in captured(replica, activity) if value in reached]
    seeds = [(cts[i] if i in cts else sweep.primal(op.results[i]).like(0)).value for i in active]
    zeros = [sweep.primal(value).like(0).value for value in outside]
    lower, upper, step = (frame.fetch(value) for value in (op.lower_bound, op.upper_bound, op.step))
    count = as_index(builder, trip_count(builder, lower, upper, step, known_bounds(op)))
    zero, one = (integer_constant(builder, number, index) for number in (0, 1))
    last = builder.insert(arith.SubI(count, one)).result
    body = Block([index, *(value.type for value in (*seeds, *zeros))])
    with builder.at(InsertPoint.at_end(body)):
        position = builder.insert(arith.SubI(last, body.arguments[0]))
        iteration = _Replay(builder, frame, replica)
        inner = Sweep(sweep.context, builder, iteration)
        inner.seed([yielded[i] for i in active], body.arguments[1 : 1 + len(active)])
        inner.backward(ops)
        following = [inner.cotangent_or_zero(arguments[i]) for i in active]
        sums = inner.summed(outside, body.arguments[1 + len(active) :])
        builder.insert(scf.Yield([*following, *sums]))
    state = state_of(op, iteration.arguments())
    for i in state:
        if is_dynamic(op.inits[i].type):
            message = f"carries a value of type '{op.inits[i].type}', of which no '{SNAPSHOTS}' can be kept"
            raise error(op.location, f"'{op.name}' op {message}")
    there = {value: frame.fetch(value) for value in used_from_outside(op)}
    steps = Steps(op, state, lower, step, there)
    first = Snapshots.start(builder, rows, [frame.fetch(op.inits[i]) for i in state])
    kept = Snapshots.of([body.add_argument(value.type) for value in first.values])
    with builder.at(InsertPoint.after(position)):
        kept, values = steps.reach(builder, rows, kept.up_to(builder, position.result), position.result)
        given: list[Value] = [steps.variable(builder, position.result), *arguments]
        for i, value in zip(state, values, strict=True):
            given[1 + i] = value
        iteration.run(given, there)
    replica.drop_uses_and_erase()
    append_operands(body.terminator, kept.values)
    loop = builder.insert(scf.For(zero, count, one, [*seeds, *zeros, *first.values], Region(body)))
    for i, result in zip(active, loop.results, strict=False):
        if op.inits[i] in activity:
            sweep.cotangents.add(op.inits[i], Expr.of(builder, result))
    for value, result in zip(outside, loop.results[len(active) :], strict=False):
        sweep.cotangents.add(value, Expr.of(builder, result))
