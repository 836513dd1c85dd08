"""The shared shape of `dim` and `rank`, of tensors and of memrefs."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects._slices import constant_index
from irc.ir.attributes import Attribute, IntegerAttr, index_attr
from irc.ir.interfaces import FoldResult
from irc.ir.operation import Operation
from irc.ir.types import ShapedType, Type, index
from irc.ir.value import Value
from irc.ods.constraints import Index
from irc.ods.fields import operand, result
from irc.ods.op import Op


class DynamicallySized(Operation):
    """Interface of the ops that are given a size for each `?` of their result's type."""

    __slots__ = ()

    dynamic_sizes: Sequence[Value]


class SizeQuery(Op):
    """The size of a dimension of `source`; a dialect says of which types."""

    source: Value = operand()
    index: Value = operand(Index)
    result: Value = result(Index)
    assembly = "attr-dict $source `,` $index `:` type($source)"

    def infer(self) -> Sequence[Type]:
        return (index,)

    @property
    def constant_index(self) -> int | None:
        """The dimension where it is known."""
        return constant_index(self.index)

    def fold(self, source: Attribute | None, index: Attribute | None) -> FoldResult:
        type = self.source.type
        if not isinstance(index, IntegerAttr) or not isinstance(type, ShapedType) or not 0 <= index.value < type.rank:
            return None
        size = type.shape[index.value]
        if size is not None:
            return index_attr(size)
        producer = self.source.defining_op
        if isinstance(producer, DynamicallySized):
            return producer.dynamic_sizes[type.shape[: index.value].count(None)]
        return None


class RankQuery(Op):
    """The number of dimensions of the operand; a dialect names it and says of which types."""

    result: Value = result(Index)

    def infer(self) -> Sequence[Type]:
        return (index,)

    def fold(self, shaped: Attribute | None) -> FoldResult:
        type = self.operands[0].type
        return index_attr(type.rank) if isinstance(type, ShapedType) else None
