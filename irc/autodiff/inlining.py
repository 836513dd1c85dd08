"""Calls of functions that work on buffers of the caller: reverse mode opens them, as what they read and write is shared."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from irc.autodiff.activity import is_buffer
from irc.autodiff.frames import copied
from irc.autodiff.missing import RECURSIVE
from irc.dialects import func
from irc.ir.block import Block
from irc.ir.cloning import IRMapping
from irc.ir.diagnostic import error
from irc.ir.operation import Operation


def open_calls_on_buffers(body: Block, callee_of: Callable[[func.Call], func.Func | None]) -> None:
    """Replace calls that get buffers of floats by the bodies of their callees, which `callee_of` gives, if they may be opened.

    Raises `DiagnosedError` for functions that call themselves.
    """
    pending = [(call, frozenset[str]()) for call in _calls(op for op in body)]
    while pending:
        call, within = pending.pop()
        callee = callee_of(call)
        if callee is None:
            continue
        name = callee.sym_name.value
        if name in within:
            raise error(call.location, RECURSIVE.format(name))
        assert call.parent is not None
        source = callee.body.block
        mapping = IRMapping(dict(zip(source.arguments, call.operands, strict=True)))
        new = [copied(op, mapping) for op in list(source)[:-1]]
        for op in new:
            call.parent.insert_before(op, call)
        call.replace_with([mapping[value] for value in source.terminator.operands])
        pending += [(inner, within | {name}) for inner in _calls(new)]


def open_region(op: Operation) -> None:
    """Put what is in the region of an op, which runs once, in place of it."""
    block = op.regions[0].block
    assert op.parent is not None
    for inner in list(block)[:-1]:
        block.remove(inner)
        op.parent.insert_before(inner, op)
    op.replace_with(block.terminator.operands)


def _calls(ops: Iterable[Operation]) -> list[func.Call]:
    """The calls with buffers of floats among operations and what is inside of them."""
    return [
        inner
        for op in ops
        for inner in op.walk()
        if isinstance(inner, func.Call) and any(is_buffer(operand) for operand in inner.operands)
    ]
