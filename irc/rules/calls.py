"""Calls whose callee is known."""

from __future__ import annotations

from irc.dialects import func
from irc.ir.attributes import SymbolRefAttr
from irc.rewrite.constants import constant_value
from irc.rewrite.greedy import Patterns
from irc.rewrite.rewriter import Rewriter


def call_directly(op: func.CallIndirect, rewriter: Rewriter) -> bool:
    """A call of a function constant is a direct call."""
    callee = constant_value(op.callee)
    if not isinstance(callee, SymbolRefAttr):
        return False
    types = [result.type for result in op.results]
    call = rewriter.insert(func.Call(callee, op.callee_operands, result_types=types, attributes=op.attributes))
    rewriter.replace(op, call.results)
    return True


CALLS: Patterns = {func.CallIndirect: [call_directly]}
