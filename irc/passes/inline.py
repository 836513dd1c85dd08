"""Inlining of calls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from irc.analysis.call_graph import strongly_connected
from irc.dialects import ad, cf, func
from irc.ir.cloning import IRMapping, clone_region_into
from irc.ir.location import CallSiteLoc
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.symbols import SymbolTables, is_private, symbol_references
from irc.passes.base import Pass, PassContext, option, statistic


class Inline(Pass):
    """Replace calls of functions by their bodies, callees first; recursive functions are left, and those with an
    `ad.custom_jvp` or `ad.custom_vjp`, until derivatives have been taken.

    The body of a private function that is called once moves, and the function goes. Others are copied, as long as neither
    the caller nor the whole grows too much. A function of several blocks is inlined only where the caller may have several
    blocks, not inside `scf` regions.
    """

    anchor = "builtin.module"
    inlined: str = statistic("calls replaced by the body of their callee")
    max_size: int = option(5_000, "a caller grows to at most this many operations by copies", at_least=0)
    max_growth: int = option(
        10, "copies grow a module to at most this many times its size, or to max-size if that is more", at_least=1
    )

    def run(self, op: Operation, context: PassContext) -> None:
        calls = _calls(op)
        moving = _called_once(op, calls)
        graph = {function: [callee for _, callee in found] for function, found in calls.items()}
        sizes = {function: sum(1 for _ in function.walk()) for function in calls}
        room = max(self.max_growth * sum(sizes.values()), self.max_size)
        recursive: set[func.Func] = set()
        given = _with_given_derivatives(op)
        for component in strongly_connected(graph):
            if len(component) > 1 or component[0] in graph[component[0]]:
                recursive.update(component)
            for function in component:
                for call, callee in calls[function]:
                    if callee in recursive or callee in given or not _may_inline(call, callee):
                        continue
                    if callee not in moving:
                        room -= sizes[callee]
                        if room < 0 or sizes[function] + sizes[callee] > self.max_size:
                            room += sizes[callee]
                            continue
                    _inline(call, callee, move=callee in moving)
                    sizes[function] += sizes[callee]
                    context.count("inlined")


def _with_given_derivatives(root: Operation) -> set[Operation]:
    """The functions that stay functions until derivatives have been taken, as theirs are given."""
    tables = SymbolTables()
    rules = [op for op in root.walk() if isinstance(op, ad.CustomJVP | ad.CustomVJP)]
    return {found for op in rules if (found := tables.lookup(op, op.primal)) is not None}


def _called_once(root: Operation, calls: Mapping[func.Func, Sequence[tuple[func.Call, func.Func]]]) -> set[func.Func]:
    """The private functions whose only use is one of the calls."""
    references = Counter(name for op in root.walk() for name in symbol_references(op))
    called = [callee for found in calls.values() for _, callee in found]
    return {callee for callee in called if is_private(callee) and references[callee.sym_name.value] == 1}


def _calls(root: Operation) -> dict[func.Func, list[tuple[func.Call, func.Func]]]:
    """The functions that have a body, each with its calls of such functions."""
    tables = SymbolTables()
    functions = [op for op in root.walk() if isinstance(op, func.Func) and not op.body.is_empty]
    calls: dict[func.Func, list[tuple[func.Call, func.Func]]] = {}
    for function in functions:
        calls[function] = []
        for call in function.walk():
            if isinstance(call, func.Call):
                callee = tables.lookup(call, call.callee)
                if isinstance(callee, func.Func) and not callee.body.is_empty:
                    calls[function].append((call, callee))
    return calls


def _may_inline(call: func.Call, callee: func.Func) -> bool:
    return callee.body.first is callee.body.last or isinstance(call.parent_op, func.Func)


def _inline(call: func.Call, callee: func.Func, *, move: bool) -> None:
    """Put a copy of the callee's body, or the body itself, in place of the call."""
    body = callee.body
    if not move:
        body = Region()
        clone_region_into(callee.body, body, IRMapping())
    if body.first is body.last:
        _inline_block(call, body)
    else:
        _inline_blocks(call, body)
    if move:
        callee.erase()


def _inline_block(call: func.Call, body: Region) -> None:
    block, target = body.block, call.parent
    assert target is not None
    for argument, operand in zip(block.arguments, call.operands, strict=True):
        argument.replace_all_uses_with(operand)
    last = block.terminator
    results = last.operands
    last.erase()
    ops = list(block)
    _locate(ops, call)
    for op in ops:
        block.remove(op)
        target.insert_before(op, call)
    call.replace_with(results)


def _inline_blocks(call: func.Call, body: Region) -> None:
    """The block of the call branches to the body, whose returns branch to what follows the call."""
    before = call.parent
    assert before is not None and before.parent is not None
    after = before.split_before(call)
    results = [after.add_argument(result.type) for result in call.results]
    for block in body:
        last = block.terminator
        _locate(list(block), call)
        if isinstance(last, func.Return):
            block.append(cf.Br(last.operands, after, location=last.location))
            last.erase()
    before.append(cf.Br(call.operands, body.entry, location=call.location))
    for block in list(body):
        body.remove(block)
        before.parent.insert_before(block, after)
    call.replace_with(results)


def _locate(ops: Sequence[Operation], call: func.Call) -> None:
    """Say of each op that it came through the call."""
    for op in ops:
        for inner in op.walk():
            inner.location = CallSiteLoc(inner.location, call.location)
