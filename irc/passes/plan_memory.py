"""Plans the memory of a function: buffers that are never needed at the same time share it.

All buffers of static size that stay inside the function become views of one allocation, at offsets found by interval first
fit, largest first (the greedy of Pisarchyk and Lee, "Efficient Memory Management for Deep Neural Net Inference", 2020).
Buffers whose size is known only at run time are freed after their last use.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from irc.analysis.buffer_lifetimes import Interval, Uses, lifetime, number_operations, uses_of
from irc.dialects import arith, func, memref, scf
from irc.dialects.llvm_layout import element_bytes
from irc.ir.attributes import StringAttr, i64_attr, index_attr
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.location import fuse
from irc.ir.operation import Operation
from irc.ir.types import MemRefType, i8
from irc.ir.value import Value
from irc.passes.base import Pass, PassContext, option, statistic

CONCURRENT = frozenset({"scf.parallel", "scf.forall"})
"""Loops whose iterations may run at the same time: each needs buffers of its own."""


@dataclass(slots=True)
class Planned:
    """A buffer of the arena."""

    op: memref.Alloc
    size: int
    interval: Interval
    offset: int = 0


class PlanMemory(Pass):
    """Put buffers of static size into one arena, sharing by lifetime, and free the others after their last use."""

    bytes_planned: str = statistic("size of the arenas")
    bytes_shared: str = statistic("what sharing by lifetime saves")
    alignment: int = option(64, "bytes to which buffers are aligned", at_least=16, at_most=1 << 16, power_of_two=True)

    def run(self, op: Operation, context: PassContext) -> None:
        for function in op.walk():
            if isinstance(function, func.Func) and not function.is_declaration:
                self.plan(function, context)

    def plan(self, function: func.Func, context: PassContext) -> None:
        """Plan one function."""
        spans = number_operations(function)
        planned: list[Planned] = []
        for op in list(function.walk()):
            for result in op.results:
                if not isinstance(result.type, MemRefType) or not _owns(op):
                    continue
                uses = uses_of(result)
                if uses.escapes:
                    continue
                if isinstance(op, memref.Alloc) and _is_plannable(result.type) and not _is_concurrent(op):
                    size = -(-max(size_of(result.type), 1) // self.alignment) * self.alignment
                    planned.append(Planned(op, size, lifetime(result, uses, spans)))
                else:
                    free_after_last_use(op, result, uses)
        if planned:
            total = assign_offsets(planned)
            context.count("bytes planned", total)
            context.count("bytes shared", sum(each.size for each in planned) - total)
            self._write(function, planned, total)

    def _write(self, function: func.Func, planned: list[Planned], total: int) -> None:
        entry = function.body.entry
        b = Builder(InsertPoint.at_start(entry), function.location)
        alignment = i64_attr(self.alignment)
        arena = b.insert(memref.Alloc(alignment=alignment, result_types=[MemRefType((total,), i8)])).results[0]
        views: list[Value] = []
        for each in planned:
            b.location = fuse((each.op.location,), StringAttr(self.name))
            offset = b.insert(arith.Constant(index_attr(each.offset))).result
            views.append(b.insert(memref.View(arena, offset, (), result_types=[each.op.memref.type])).result)
        for each, view in zip(planned, views, strict=True):
            for user in list(each.op.memref.users):
                if isinstance(user, memref.Dealloc):
                    user.erase()
            each.op.replace_with([view])
        for block in function.body:
            if isinstance(block.last, func.Return):
                Builder(InsertPoint.before(block.last), function.location).insert(memref.Dealloc(arena))


def _owns(op: Operation) -> bool:
    """Whether the memref results of `op` are buffers that the block with `op` owns."""
    return isinstance(op, memref.Alloc | func.Call | scf.For | scf.If | scf.IndexSwitch | scf.While)


def _is_plannable(type: MemRefType) -> bool:
    """Whether a buffer of this type is of known size and without gaps."""
    try:
        return type.has_static_shape and type.layout is None and size_of(type) >= 0
    except ValueError:
        return False


def _is_concurrent(op: Operation) -> bool:
    return any(ancestor.name in CONCURRENT for ancestor in op.ancestors())


def size_of(type: MemRefType) -> int:
    """Bytes of a contiguous buffer of static shape. Raises `ValueError` for elements that have no size in memory."""
    return type.num_elements * element_bytes(type.element_type)


def assign_offsets(planned: list[Planned]) -> int:
    """Give each buffer the lowest offset that is free for its whole lifetime, largest first; the size of the arena."""
    ordered = sorted(planned, key=lambda each: -each.size)
    # Sums of the sizes must not wrap around, absurd as they may be.
    dtype = np.int64 if sum(each.size for each in planned) < 1 << 62 else object
    sizes = np.array([each.size for each in ordered], dtype)
    firsts = np.array([each.interval.first for each in ordered])
    lasts = np.array([each.interval.last for each in ordered])
    offsets = np.zeros(len(ordered), dtype)
    for i, each in enumerate(ordered):
        beside = np.flatnonzero((firsts[:i] <= each.interval.last) & (lasts[:i] >= each.interval.first))
        if len(beside):
            beside = beside[np.argsort(offsets[beside], kind="stable")]
            ends = np.maximum.accumulate(offsets[beside] + sizes[beside])
            # Where the room before each of them begins, and after the last.
            begins = np.concatenate([np.zeros(1, dtype), ends])
            fits = begins[:-1] + each.size <= offsets[beside]
            offsets[i] = begins[np.argmax(fits) if fits.any() else -1]
        each.offset = int(offsets[i])
    return int(max(offsets + sizes))


def free_after_last_use(op: Operation, buffer: Value, uses: Uses) -> None:
    """Insert a `memref.dealloc` behind the last use in the block of `op`, unless there is one."""
    block = op.parent
    assert block is not None
    last = op
    for user in uses.users:
        place = _in_block(user, block)
        if isinstance(user, memref.Dealloc) or place is None:
            return
        if last is not place and last.is_before_in_block(place):
            last = place
    Builder(InsertPoint.after(last), fuse((op.location,), StringAttr("plan-memory"))).insert(memref.Dealloc(buffer))


def _in_block(op: Operation, block: Block) -> Operation | None:
    """`op` or the op around it that stands in `block`."""
    for place in (op, *op.ancestors()):
        if place.parent is block:
            return place
    return None
