"""Loops whose iterations run in any order: dimensions of one iteration or none, and nests that are one loop."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import scf
from irc.dialects._amounts import as_value
from irc.dialects._slices import Mixed, constant_index, split_mixed, with_numbers
from irc.dialects.tensor_slices import InsertSlice, ParallelInsertSlice
from irc.ir.attributes import ArrayAttr
from irc.ir.block import Block
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.value import Value
from irc.rewrite.greedy import Patterns
from irc.rewrite.rewriter import Rewriter
from irc.rules.conditionals import inlined, is_inside


def _trips(lower: Mixed, upper: Mixed, step: Mixed) -> int | None:
    """0 or 1 where a dimension is known to have so many iterations, 2 for more; `None` where nothing is known."""
    first, last, by = constant_index(lower), constant_index(upper), constant_index(step)
    if first is None or last is None or by is None or by <= 0:
        return None
    return min(max(-(-(last - first) // by), 0), 2)


def _fix_positions(block: Block, trips: Sequence[int | None], starts: Sequence[Mixed], rewriter: Rewriter) -> None:
    """In the dimensions of one iteration the position is where they start."""
    for i in range(len(trips) - 1, -1, -1):
        if trips[i] == 1:
            rewriter.replace_value(block.arguments[i], as_value(rewriter, starts[i]))
            block.erase_argument(i)


def parallel_trips(op: scf.Parallel, rewriter: Rewriter) -> bool:
    """A dimension of one iteration is no loop; with one of none, nothing runs."""
    bounds = list(zip(op.lower_bound, op.upper_bound, op.step, strict=True))
    trips = [_trips(*each) for each in bounds]
    if 0 in trips:
        rewriter.replace(op, op.init_vals)
        return True
    if 1 not in trips:
        return False
    _fix_positions(op.body.block, trips, op.lower_bound, rewriter)
    kept = [each for each, count in zip(bounds, trips, strict=True) if count != 1]
    if not kept:
        _run_once(op, rewriter)
        return True
    body = Region()
    body.take_blocks(op.body)
    lower, upper, step = zip(*kept, strict=True)
    types = [result.type for result in op.results]
    new = scf.Parallel(lower, upper, step, body, op.init_vals, result_types=types, attributes=op.attributes)
    rewriter.replace(op, rewriter.insert_around(new).results)
    return True


def _run_once(op: scf.Parallel, rewriter: Rewriter) -> None:
    """The body, whose dimensions are all gone, in place of the loop; each result combines the initial value with one."""
    block, outer = op.body.block, op.parent
    reduce = block.terminator
    assert isinstance(reduce, scf.Reduce) and outer is not None
    values = reduce.values
    regions = list(reduce.reductions)
    block.remove(reduce)
    rewriter.inline_block(block, (), op, outer)
    results: list[Value] = []
    for init, value, region in zip(op.init_vals, values, regions, strict=True):
        results += inlined(region, rewriter, (init, value), op)
    rewriter.erase(reduce)
    rewriter.replace(op, results)


def parallel_nest(op: scf.Parallel, rewriter: Rewriter) -> bool:
    """A parallel loop that only runs another is one of all their dimensions."""
    block = op.body.block
    inner = block.first
    if not isinstance(inner, scf.Parallel) or inner.next is not block.last or op.init_vals or inner.init_vals:
        return False
    if any(is_inside(value, op.body) for value in inner.operands):
        return False
    body = Region()
    body.take_blocks(inner.body)
    merged = body.block
    for i, argument in enumerate(block.arguments):
        rewriter.replace_value(argument, merged.insert_argument(i, argument.type))
    bounds = zip(
        (op.lower_bound, op.upper_bound, op.step), (inner.lower_bound, inner.upper_bound, inner.step), strict=True
    )
    lower, upper, step = ((*outer, *nested) for outer, nested in bounds)
    new = scf.Parallel(lower, upper, step, body, attributes=op.attributes)
    rewriter.insert_around(new)
    rewriter.erase(op)
    return True


# -- scf.forall ------------------------------------------------------------------------------------------------------


def _tasks(
    op: scf.Forall,
    bounds: Sequence[tuple[Mixed, Mixed, Mixed]],
    outputs: Sequence[Value],
    mapping: ArrayAttr | None,
    rewriter: Rewriter,
) -> scf.Forall:
    """Tasks with other bounds and outputs, which take the body of `op`."""
    body = Region()
    body.take_blocks(op.body)
    (lower, first), (upper, last), (step, by) = (split_mixed(entries) for entries in zip(*bounds, strict=True))
    return rewriter.insert_around(
        scf.Forall(
            lower, upper, step,
            staticLowerBound=first, staticUpperBound=last, staticStep=by,
            body=body, outputs=outputs, mapping=mapping, attributes=op.attributes,
        )
    )  # fmt: skip


def forall_bounds(op: scf.Forall, rewriter: Rewriter) -> bool:
    """Bounds that are constants are numbers."""
    lists = [with_numbers(entries) for entries in (op.lower_bounds, op.upper_bounds, op.steps)]
    if lists == [op.lower_bounds, op.upper_bounds, op.steps]:
        return False
    new = _tasks(op, list(zip(*lists, strict=True)), op.outputs, op.mapping, rewriter)
    rewriter.replace(op, new.results)
    return True


def forall_trips(op: scf.Forall, rewriter: Rewriter) -> bool:
    """Without tasks the outputs stay as they are; a dimension of one task is none, unless it is mapped to something."""
    bounds = list(zip(op.lower_bounds, op.upper_bounds, op.steps, strict=True))
    trips = [_trips(*each) for each in bounds]
    if 0 in trips:
        rewriter.replace(op, op.outputs)
        return True
    kept = [i for i, count in enumerate(trips) if count != 1]
    if op.mapping is not None or len(kept) == len(bounds):
        return False
    _fix_positions(op.body.block, trips, op.lower_bounds, rewriter)
    if kept:
        new = _tasks(op, [bounds[i] for i in kept], op.outputs, None, rewriter)
        rewriter.replace(op, new.results)
    else:
        _run_task(op, rewriter)
    return True


def _run_task(op: scf.Forall, rewriter: Rewriter) -> None:
    """The only task in place of the loop: what it puts into the outputs is inserted into them, one after the other."""
    block, outer = op.body.block, op.parent
    ending = block.terminator
    assert isinstance(ending, scf.InParallel) and outer is not None
    insertions = [op for op in ending.body.block if isinstance(op, ParallelInsertSlice)]
    # Only the arguments for the outputs are left.
    places = [next(i for i, a in enumerate(block.arguments) if a is insertion.dest) for insertion in insertions]
    block.remove(ending)
    rewriter.inline_block(block, op.outputs, op, outer)
    results = list(op.outputs)
    for i, insertion in zip(places, insertions, strict=True):
        lists = insertion.mixed_offsets, insertion.mixed_sizes, insertion.mixed_strides
        results[i] = rewriter.insert(InsertSlice.of(insertion.source, results[i], *lists)).result
    rewriter.erase(ending)
    rewriter.replace(op, results)


def forall_outputs(op: scf.Forall, rewriter: Rewriter) -> bool:
    """An output that no task puts anything into, or that nobody uses, is none."""
    block = op.body.block
    arguments = block.arguments[op.rank :]
    ending = block.terminator
    assert isinstance(ending, scf.InParallel)
    written: dict[Value, list[Operation]] = {argument: [] for argument in arguments}
    for insertion in ending.body.block:
        written[insertion.operands[1]].append(insertion)
    dropped = [
        i for i, argument in enumerate(arguments)
        if not written[argument] or (not op.results[i].users and len(argument.users) == len(written[argument]))
    ]  # fmt: skip
    if not dropped:
        return False
    for i in reversed(dropped):
        for insertion in written[arguments[i]]:
            rewriter.erase(insertion)
        rewriter.replace_value(op.results[i], op.outputs[i])
        rewriter.replace_value(arguments[i], op.outputs[i])
        block.erase_argument(op.rank + i)
    kept = [i for i in range(len(op.outputs)) if i not in dropped]
    bounds = list(zip(op.lower_bounds, op.upper_bounds, op.steps, strict=True))
    new = _tasks(op, bounds, [op.outputs[i] for i in kept], op.mapping, rewriter)
    for i, result in zip(kept, new.results, strict=True):
        rewriter.replace_value(op.results[i], result)
    rewriter.erase(op)
    return True


PARALLEL_LOOPS: Patterns = {
    scf.Parallel: [parallel_trips, parallel_nest],
    scf.Forall: [forall_bounds, forall_trips, forall_outputs],
}
