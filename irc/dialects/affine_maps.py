"""Numbers that affine maps give: `affine.apply`, `min` and `max`; a number taken apart by `delinearize_index`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from irc.dialects.affine_syntax import check_count, parse_map_operands, print_map_operands
from irc.ir.affine import AffineConstant, AffineDim, AffineExpr, AffineMap, AffineSymbol
from irc.ir.attributes import AffineMapAttr, Attribute, IntegerAttr, index_attr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import FoldResult
from irc.ir.traits import Pure
from irc.ir.types import Type, index
from irc.ir.value import Value
from irc.ods.constraints import Index
from irc.ods.fields import attribute, operand, result, variadic, variadic_results
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter


class MapOp(Op):
    """A number from a map: `(dimensions)[symbols]` are its operands."""

    map: AffineMapAttr = attribute(AffineMapAttr)
    mapOperands: Sequence[Value] = variadic(Index)
    result: Value = result(Index)

    @property
    def affine_map(self) -> AffineMap:
        return self.map.map

    def combine(self, values: Sequence[int]) -> int:
        """The number from the values of the map's results."""
        raise NotImplementedError

    def evaluate(self, operands: Sequence[int]) -> int:
        """The number at the given dimensions and symbols."""
        return self.combine(self.affine_map.at(operands))

    def infer(self) -> Sequence[Type]:
        return (index,)

    def verify(self) -> None:
        check_count(self.affine_map, self.mapOperands)

    def fold(self, *constants: Attribute | None) -> FoldResult:
        results = self.affine_map.results
        if len(results) == 1:
            same = self._operand(results[0])
            if same is not None:
                return same
        values = [constant.value for constant in constants if isinstance(constant, IntegerAttr)]
        if all(isinstance(expr, AffineConstant) for expr in results):
            values = [0] * len(self.mapOperands)
        if len(values) != len(self.mapOperands):
            return None
        try:
            return index_attr(self.evaluate(values))
        except ValueError:
            # A division by a symbol that is not positive.
            return None

    def _operand(self, expr: AffineExpr) -> Value | None:
        """The operand that an expression is, `None` if it is none."""
        match expr:
            case AffineDim():
                return self.mapOperands[expr.position]
            case AffineSymbol():
                return self.mapOperands[self.affine_map.num_dims + expr.position]
            case _:
                return None

    @classmethod
    def parse(cls, p: OpParser) -> MapOp:
        position = p.stream.pos
        found = p.attribute()
        if not isinstance(found, AffineMapAttr):
            raise p.stream.error("expected an affine map", position)
        operands = parse_map_operands(p, found.map.num_dims, position)
        built: MapOp = p.build(cls, operands, [index], p.more_attributes({"map": found}))
        return built

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.attribute(self.map)
        print_map_operands(p, self.affine_map.num_dims, self.affine_map.num_symbols, self.mapOperands)
        p.attr_dict(self, ("map",))


class Apply(MapOp, name="affine.apply", traits=[Pure]):
    """The result of a map that has one.

    %k = affine.apply affine_map<(d0)[s0] -> (d0 * 2 + s0)>(%i)[%n]
    """

    def combine(self, values: Sequence[int]) -> int:
        return values[0]

    def verify(self) -> None:
        MapOp.verify(self)
        if len(self.affine_map.results) != 1:
            raise VerifyError("mapping must produce one value")


class Extremum(MapOp):
    """Base of `affine.min` and `affine.max`, of maps with any number of results."""

    def verify(self) -> None:
        MapOp.verify(self)
        if not self.affine_map.results:
            raise VerifyError("affine map expect at least one result")


class Min(Extremum, name="affine.min", traits=[Pure]):
    """The least result of a map.

    %k = affine.min affine_map<(d0)[s0] -> (d0, s0, 16)>(%i)[%n]
    """

    def combine(self, values: Sequence[int]) -> int:
        return min(values)


class Max(Extremum, name="affine.max", traits=[Pure]):
    """The greatest result of a map.

    %k = affine.max affine_map<(d0, d1) -> (d0 + 1, d1)>(%i, %j)
    """

    def combine(self, values: Sequence[int]) -> int:
        return max(values)


class DelinearizeIndex(Op, name="affine.delinearize_index", traits=[Pure]):
    """The indices of an element by its number in row-major order, where `basis` are the sizes.

    %i, %j = affine.delinearize_index %k into (%m, %n) : index, index
    """

    linear_index: Value = operand(Index)
    basis: Sequence[Value] = variadic(Index)
    multi_index: Sequence[Value] = variadic_results(Index)
    assembly = "$linear_index `into` ` ` `(` $basis `)` attr-dict `:` type($multi_index)"

    def infer(self) -> Sequence[Type]:
        return [index] * len(self.basis)

    def verify(self) -> None:
        if not self.basis:
            raise VerifyError("basis should not be empty")
        if len(self.multi_index) != len(self.basis):
            raise VerifyError("should return an index for each basis element")
