"""Inlining of calls."""

from __future__ import annotations

from collections.abc import Sequence

from irc.analysis.call_graph import strongly_connected
from irc.dialects import cf, func
from irc.ir.cloning import IRMapping, clone, clone_region_into
from irc.ir.location import CallSiteLoc
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.symbols import SymbolTables
from irc.passes.base import Pass, PassContext, option, statistic


class Inline(Pass):
    """Replace calls of functions by their bodies, callees first; recursive functions are left.

    A function of several blocks is inlined only where the caller may have several blocks, not inside `scf` regions.
    """

    anchor = "builtin.module"
    inlined: str = statistic("calls replaced by the body of their callee")
    max_size: int = option(
        20_000, "a caller grows to at most this many operations, but for callees called once", at_least=0
    )

    def run(self, op: Operation, context: PassContext) -> None:
        calls = _calls(op)
        uses: dict[Operation, int] = {}
        for found in calls.values():
            for _, callee in found:
                uses[callee] = uses.get(callee, 0) + 1
        graph = {function: [callee for _, callee in found] for function, found in calls.items()}
        sizes: dict[Operation, int] = {}
        for component in strongly_connected(graph):
            for function in component:
                size = sum(1 for _ in function.walk())
                for call, callee in calls[function]:
                    recursive = callee in component or callee in graph[callee] or callee not in sizes
                    fits = uses[callee] == 1 or size + sizes.get(callee, 0) <= self.max_size
                    if recursive or not fits or not _may_inline(call, callee):
                        continue
                    _inline(call, callee)
                    size += sizes[callee]
                    context.count("inlined")
                if len(component) == 1:
                    sizes[function] = size


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


def _inline(call: func.Call, callee: func.Func) -> None:
    if callee.body.first is callee.body.last:
        _inline_block(call, callee)
    else:
        _inline_blocks(call, callee)


def _inline_block(call: func.Call, callee: func.Func) -> None:
    body = callee.body.block
    mapping = IRMapping(dict(zip(body.arguments, call.operands, strict=True)))
    assert call.parent is not None
    copies = [clone(op, mapping) for op in body if op is not body.last]
    _locate(copies, call)
    for copy in copies:
        call.parent.insert_before(copy, call)
    call.replace_with([mapping[value] for value in body.terminator.operands])


def _inline_blocks(call: func.Call, callee: func.Func) -> None:
    """The block of the call branches to a copy of the body, whose returns branch to what follows the call."""
    before = call.parent
    assert before is not None and before.parent is not None
    after = before.split_before(call)
    results = [after.add_argument(result.type) for result in call.results]
    body = Region()
    clone_region_into(callee.body, body, IRMapping())
    for block in body:
        _locate(list(block), call)
        last = block.terminator
        if isinstance(last, func.Return):
            block.append(cf.Br(last.operands, after, location=last.location))
            last.erase()
    before.append(cf.Br(call.operands, body.entry, location=call.location))
    for block in body:
        body.remove(block)
        before.parent.insert_before(block, after)
    call.replace_with(results)


def _locate(ops: Sequence[Operation], call: func.Call) -> None:
    """Say of each op that it came through the call."""
    for op in ops:
        for inner in op.walk():
            inner.location = CallSiteLoc(inner.location, call.location)
