"""Bufferization of stacks that grow: a push writes in place, or moves to a larger buffer and frees the one that was full."""

from __future__ import annotations

from irc.dialects import ad, arith, memref, scf
from irc.dialects._amounts import add, compare
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.region import Region
from irc.ir.types import MemRefType
from irc.ir.value import Value
from irc.lowering.buffers import Buffers, buffer_type
from irc.lowering.size_checks import check
from irc.lowering.sizes import sizes_of
from irc.lowering.structured import index_constant


def lower_push(buffers: Buffers, op: ad.Push, b: Builder) -> None:
    """The rows are written where the stack is, if nobody else reads it, in a buffer with room for them."""
    rows = buffers.read(b, op.rows)
    storage = buffers.storage(op.stack)
    if storage is None or not buffers.is_whole(op.stack) or not buffers.aliasing.may_write(storage, op, [op.rows]):
        storage = buffers.fresh_copy(b, op.stack)
    stack = storage.buffer
    home = b.point.block
    storage.home = None  # handed on
    if stack.type is not buffer_type(op.stack.type):
        stack = b.insert(memref.Cast(stack, result_types=[buffer_type(op.stack.type)])).results[0]
    room = memref_size(b, stack)
    check(b, "ule", op.top, room, "'ad.push' op pushes above the top of the stack")
    parts = sizes_of(b, rows)
    needed = add(b, [op.top, parts[0]])
    assert isinstance(needed, Value)
    grown = b.insert(
        scf.If(
            compare(b, "ugt", needed, room), _grown(b, stack, room, needed), _kept(b, stack), result_types=[stack.type]
        )
    ).results[0]
    buffers.bind(op.pushed, buffers.own(grown, home))
    rank = len(parts)
    part = memref.SubView.of(grown, [op.top, *[0] * (rank - 1)], parts, [1] * rank)
    b.insert(memref.Copy(rows, b.insert(part).result))
    buffers.dead.append(op)


def memref_size(b: Builder, buffer: Value) -> Value:
    """The length of the first axis."""
    return b.insert(memref.Dim(buffer, index_constant(b, 0))).result


def _grown(b: Builder, stack: Value, room: Value, needed: Value) -> Region:
    """A buffer of twice the length or as long as needed, with what is on the stack."""
    block, type = Block(), stack.type
    assert isinstance(type, MemRefType)
    with b.at(InsertPoint.at_end(block)):
        twice = b.insert(arith.AddI(room, room)).result
        length = b.insert(arith.MaxUI(twice, needed)).result
        sizes = sizes_of(b, stack)
        dims = [length, *(size for size in sizes[1:] if isinstance(size, Value))]
        larger = b.insert(memref.Alloc(dims, result_types=[type])).result
        part = memref.SubView.of(larger, [0] * type.rank, sizes, [1] * type.rank)
        b.insert(memref.Copy(stack, b.insert(part).result))
        b.insert(memref.Dealloc(stack))
        b.insert(scf.Yield([larger]))
    return Region(block)


def _kept(b: Builder, stack: Value) -> Region:
    block = Block()
    with b.at(InsertPoint.at_end(block)):
        b.insert(scf.Yield([stack]))
    return Region(block)
