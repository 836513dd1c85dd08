"""The shared shape of the ops that cut dimensions into several and join them, on tensors and on memrefs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from irc.dialects._reassociation import Groups, groups_attr, groups_of, groups_text
from irc.dialects._slices import Mixed, join_mixed, parse_mixed, print_mixed, split_mixed
from irc.ir.attributes import ArrayAttr, Attribute, DenseArrayAttr, DenseElementsAttr
from irc.ir.interfaces import FoldResult
from irc.ir.types import ShapedType, Type, index
from irc.ir.value import Value
from irc.ods.constraints import Index
from irc.ods.fields import attribute, operand, result, variadic
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter


class Expansion(Op):
    """Each dimension of `src` cut into several: `op %v [[0, 1], [2]] output_shape [%n, 4, 5] : t into u`."""

    src: Value = operand()
    output_shape: Sequence[Value] = variadic(Index)
    reassociation: ArrayAttr = attribute(ArrayAttr)
    static_output_shape: DenseArrayAttr = attribute(DenseArrayAttr)
    result: Value = result()

    @classmethod
    def of(cls, src: Value, groups: Sequence[Sequence[int]], shape: Sequence[Mixed]) -> Self:
        """The expansion to `shape`, of values and numbers."""
        dynamic, static = split_mixed(shape)
        return cls(src, dynamic, groups_attr(groups), static)

    @property
    def groups(self) -> Groups:
        return groups_of(self.reassociation)

    @property
    def mixed_output_shape(self) -> tuple[Mixed, ...]:
        return join_mixed(self.output_shape, self.static_output_shape)

    @classmethod
    def parse(cls, p: OpParser) -> Self:
        src = p.operand()
        reassociation = p.attribute()
        p.stream.expect("output_shape")
        dynamic, static = parse_mixed(p)
        attributes = {**p.attr_dict(), "reassociation": reassociation, "static_output_shape": static}
        p.stream.expect(":")
        type = p.type()
        p.stream.expect("into")
        operands = [p.resolve(src, type), *(p.resolve(size, index) for size in dynamic)]
        built: Self = p.build(cls, operands, [p.type()], attributes)
        return built

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.src)
        p(f" {groups_text(self.groups)} output_shape ")
        print_mixed(p, self.output_shape, self.static_output_shape)
        p.attr_dict(self, ("reassociation", "static_output_shape"))
        p(" : ")
        p.type(self.src.type)
        p(" into ")
        p.type(self.result.type)

    def fold(self, src: Attribute | None, *sizes: Attribute | None) -> FoldResult:
        inner, type = self.src.defining_op, self.result.type
        if isinstance(inner, Collapse) and inner.src.type is type and inner.groups == self.groups:
            # Of several sizes in a group that are not known, their product does not tell which is which.
            shape = type.shape if isinstance(type, ShapedType) else ()
            if all([shape[i] for i in group].count(None) <= 1 for group in self.groups):
                return inner.src
        return _reshaped(self.src, src, type)


def _reshaped(source: Value, constant: Attribute | None, type: Type) -> FoldResult:
    if source.type is type:
        return source
    if isinstance(constant, DenseElementsAttr) and isinstance(type, ShapedType) and type.has_static_shape:
        return DenseElementsAttr(type, constant.data, constant.is_splat)
    return None


class Collapse(Op):
    """Neighbouring dimensions of `src` joined into one: `op %v [[0, 1], [2]] : t into u`."""

    src: Value = operand()
    reassociation: ArrayAttr = attribute(ArrayAttr)
    result: Value = result()
    assembly = "$src custom<Reassociation>($reassociation) attr-dict `:` type($src) `into` type($result)"

    @classmethod
    def of(cls, src: Value, groups: Sequence[Sequence[int]]) -> Self:
        return cls(src, groups_attr(groups))

    @property
    def groups(self) -> Groups:
        return groups_of(self.reassociation)

    def fold(self, src: Attribute | None) -> FoldResult:
        inner = self.src.defining_op
        if isinstance(inner, Expansion) and inner.src.type is self.result.type and inner.groups == self.groups:
            return inner.src
        return _reshaped(self.src, src, self.result.type)


def parse_reassociation(p: OpParser) -> Attribute:
    return p.attribute()


def print_reassociation(p: OpPrinter, op: Collapse) -> None:
    p(groups_text(op.groups))
