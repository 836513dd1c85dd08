"""Copies between views with gaps become loops; what is contiguous stays one `memcpy`."""

from __future__ import annotations

from irc.dialects import arith, memref, scf
from irc.ir.attributes import index_attr
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.types import MemRefType, index
from irc.ir.value import Value
from irc.lowering.locations import derived
from irc.lowering.memref_to_llvm import is_contiguous
from irc.passes.base import Pass, PassContext, statistic


class ExpandCopies(Pass):
    """Replace memref.copy between buffers that are not both contiguous by loops."""

    expanded: str = statistic("copies that became loops")

    def run(self, op: Operation, context: PassContext) -> None:
        for inner in list(op.walk()):
            if isinstance(inner, memref.Copy) and not _is_plain(inner):
                _expand(inner, Builder(InsertPoint.before(inner), derived(inner.location, self.name)))
                inner.erase()
                context.count("expanded")


def _is_plain(op: memref.Copy) -> bool:
    """Whether the lowering to llvm takes the copy as it is (or reports it)."""
    return all(not isinstance(value.type, MemRefType) or is_contiguous(value.type) for value in op.operands)


def _expand(op: memref.Copy, b: Builder) -> None:
    """A loop per dimension around a load and a store."""
    source, target = op.operands
    type = source.type
    assert isinstance(type, MemRefType)
    zero, one = (b.insert(arith.Constant(index_attr(value))).result for value in (0, 1))
    indices: list[Value] = []
    for axis, size in enumerate(type.shape):
        upper: Value = b.insert(arith.Constant(index_attr(axis if size is None else size))).result
        if size is None:
            upper = b.insert(memref.Dim(source, upper)).result
        body = Block([index])
        loop = b.insert(scf.For(zero, upper, one, (), Region(body)))
        inner = Builder(InsertPoint.at_end(body), b.location)
        end = inner.insert(scf.Yield())
        b = Builder(InsertPoint.before(end), b.location)
        indices.append(loop.induction_variable)
    element = b.insert(memref.Load(source, indices)).results[0]
    b.insert(memref.Store(element, target, indices))
