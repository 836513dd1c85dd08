"""Inlining of calls."""

from __future__ import annotations

from irc.dialects import func
from irc.ir.cloning import IRMapping, clone
from irc.ir.location import CallSiteLoc
from irc.ir.operation import Operation
from irc.ir.symbols import SymbolTable
from irc.passes.base import Pass, PassContext


class Inline(Pass):
    """Replace calls of functions with one block by their bodies, callees first; recursive calls are left."""

    def run(self, op: Operation, context: PassContext) -> None:
        table = SymbolTable(op)
        done: set[Operation] = set()
        for function in op.nested_ops():
            if isinstance(function, func.Func):
                _inline_into(function, table, done, [], context)


def _inline_into(
    function: func.Func, table: SymbolTable, done: set[Operation], active: list[Operation], context: PassContext
) -> None:
    if function in done:
        return
    active.append(function)
    for call in [inner for inner in function.walk() if isinstance(inner, func.Call)]:
        callee = table.lookup(call.callee.root)
        if not isinstance(callee, func.Func) or callee.body.is_empty or callee in active:
            continue
        _inline_into(callee, table, done, active, context)
        if callee.body.first is callee.body.last:
            _replace(call, callee)
            context.count("inlined")
    active.pop()
    done.add(function)


def _replace(call: func.Call, callee: func.Func) -> None:
    body = callee.body.block
    mapping = IRMapping(dict(zip(body.arguments, call.operands, strict=True)))
    assert call.parent is not None
    for op in body:
        if op is not body.last:
            copy = clone(op, mapping)
            for inner in copy.walk():
                inner.location = CallSiteLoc(inner.location, call.location)
            call.parent.insert_before(copy, call)
    call.replace_with([mapping[value] for value in body.terminator.operands])
