"""Loops whose iterations may run in any order become loops that run them one after the other."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import scf, tensor
from irc.dialects._amounts import as_value
from irc.ir.builder import Builder, InsertPoint
from irc.ir.operation import Operation
from irc.ir.value import BlockArgument, Value
from irc.lowering.for_loops import nested_loops
from irc.lowering.locations import derived
from irc.lowering.move_ops import move_ops
from irc.passes.base import Pass, PassContext, statistic

NAME = "scf-parallel-to-for"


class ScfParallelToFor(Pass):
    """Replace scf.parallel and scf.forall by nests of scf.for, which carry the results."""

    lowered: str = statistic("loops replaced")

    def run(self, op: Operation, context: PassContext) -> None:
        for inner in list(op.walk()):
            if isinstance(inner, scf.Parallel | scf.Forall):
                b = Builder(InsertPoint.before(inner), derived(inner.location, NAME))
                results = _parallel(inner, b) if isinstance(inner, scf.Parallel) else _forall(inner, b)
                inner.replace_all_uses_with(results)
                inner.drop_uses_and_erase()
                context.count("lowered")


def _parallel(op: scf.Parallel, b: Builder) -> Sequence[Value]:
    """Each iteration combines its values with what the ones before have given."""

    def body(position: Sequence[Value], totals: Sequence[Value]) -> Sequence[Value]:
        last = move_ops(op.body.block, position, b)
        assert isinstance(last, scf.Reduce)
        found = []
        for region, total, value in zip(last.reductions, totals, last.values, strict=True):
            found.append(move_ops(region.block, (total, value), b).operands[0])
        return found

    return nested_loops(b, list(zip(op.lower_bound, op.upper_bound, op.step, strict=True)), op.init_vals, body)


def _forall(op: scf.Forall, b: Builder) -> Sequence[Value]:
    """What a task puts into an output goes into the carried tensor; a task reads the outputs as they were before."""
    lists = [[as_value(b, bound) for bound in bounds] for bounds in (op.lower_bounds, op.upper_bounds, op.steps)]
    given = list(op.outputs)

    def body(position: Sequence[Value], shared: Sequence[Value]) -> Sequence[Value]:
        block = op.body.block
        last = block.terminator
        assert isinstance(last, scf.InParallel)
        # Noted first: afterwards the outputs are no arguments any more.
        places = [_output(insertion) - op.rank for insertion in last.body.block]
        move_ops(block, (*position, *given), b)
        found = list(shared)
        for place, insertion in zip(places, last.body.block, strict=True):
            assert isinstance(insertion, tensor.ParallelInsertSlice)
            lists = insertion.mixed_offsets, insertion.mixed_sizes, insertion.mixed_strides
            put = tensor.InsertSlice.of(insertion.source, found[place], *lists)
            put.location = derived(insertion.location, NAME)
            found[place] = b.insert(put).result
        return found

    return nested_loops(b, list(zip(*lists, strict=True)), given, body)


def _output(insertion: Operation) -> int:
    """Which argument of the body a task's insertion goes to."""
    assert isinstance(insertion, tensor.ParallelInsertSlice)
    assert isinstance(insertion.dest, BlockArgument)
    return insertion.dest.index
