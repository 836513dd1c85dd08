"""`vector.contract`, and the older ops for products of matrices in vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from irc.dialects._indexing import maps_of, parse_indexing, words_of
from irc.dialects.vector_memory import vector_type
from irc.dialects.vector_reductions import CombiningKind, verify_kind
from irc.ir.affine import AffineDim, AffineMap
from irc.ir.attributes import ArrayAttr, IntegerAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.traits import Pure
from irc.ir.types import Type, VectorType, element_type
from irc.ir.value import Value
from irc.ods.constraints import Vector
from irc.ods.enums import EnumAttr
from irc.ods.fields import attribute, operand, result
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter


class IteratorType(EnumAttr):
    """`#vector.iterator_type<parallel>`: whether a dimension of a contraction is summed over."""

    name = "vector.iterator_type"
    cases = ("parallel", "reduction")


REDUCTION = IteratorType("reduction")
_SHOWN = ("indexing_maps", "iterator_types", "kind")


class Contract(Op, name="vector.contract", traits=[Pure]):
    """Products of two vectors, combined over the `reduction` dimensions with each other and with the accumulator.

    %d = vector.contract {
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (k, n)>, affine_map<(m, n, k) -> (m, n)>],
      iterator_types = ["parallel", "parallel", "reduction"], kind = #vector.kind<add>
    } %a, %b, %c : vector<4x8xf32>, vector<8x16xf32> into vector<4x16xf32>
    """

    lhs: Value = operand(Vector)
    rhs: Value = operand(Vector)
    acc: Value = operand()
    indexing_maps: ArrayAttr = attribute(ArrayAttr)
    iterator_types: ArrayAttr = attribute(ArrayAttr)
    kind: CombiningKind = attribute(CombiningKind, default=CombiningKind("add"))
    result: Value = result()

    @property
    def maps(self) -> tuple[AffineMap, ...]:
        """From the dimensions of the contraction to those of each operand."""
        return maps_of(self.indexing_maps)

    @property
    def iterators(self) -> tuple[IteratorType, ...]:
        """The kind of each dimension."""
        return tuple(each for each in self.iterator_types.elements if isinstance(each, IteratorType))

    def infer(self) -> Sequence[Type]:
        return (self.acc.type,)

    @classmethod
    def parse(cls, p: OpParser) -> Contract:
        attributes = parse_indexing(p, IteratorType)
        lhs = p.operand()
        p.stream.expect(",")
        rhs = p.operand()
        p.stream.expect(",")
        acc = p.operand()
        attributes |= p.attr_dict()
        p.stream.expect(":")
        left = p.type()
        p.stream.expect(",")
        right = p.type()
        p.stream.expect("into")
        out = p.type()
        operands = [p.resolve(lhs, left), p.resolve(rhs, right), p.resolve(acc, out)]
        built: Contract = p.build(cls, operands, [out], attributes)
        return built

    def print(self, p: OpPrinter) -> None:
        words = words_of(self.iterators)
        p(" ")
        p.dictionary({**self.property_dict(), "iterator_types": words}.items())
        p(" ")
        p.values(self.operands)
        p.attr_dict(self, _SHOWN)
        p(" : ")
        p.types([self.lhs.type, self.rhs.type])
        p(" into ")
        p.type(self.result.type)

    def verify(self) -> None:
        maps, iterators = self.maps, self.iterators
        if len(maps) != 3 or len(self.indexing_maps.elements) != 3:
            raise VerifyError("expected an indexing map for each vector operand")
        if len(iterators) != len(self.iterator_types.elements):
            raise VerifyError(
                "attribute 'iterator_types' failed to satisfy constraint: Iterator type should be an enum."
            )
        extents: list[int | None] = [None] * len(iterators)
        for i, (map, value) in enumerate(zip(maps, self.operands, strict=True)):
            self._verify_map(i, map, value, extents)
        if self.result.type is not self.acc.type:
            raise VerifyError("result type must be the type of the accumulator")
        if not any(kind is REDUCTION for kind in iterators):
            raise VerifyError("expected at least one contracting dimension pair")
        if element_type(self.lhs.type) is not element_type(self.rhs.type):
            raise VerifyError("expected the elements of both sides to have one type")
        verify_kind(self.kind, element_type(self.result.type))

    def _verify_map(self, i: int, map: AffineMap, value: Value, extents: list[int | None]) -> None:
        """Check one map, and note the extents of dimensions that it gives."""
        if map.num_symbols:
            raise VerifyError(f"expected indexing map {i} to have no symbols")
        if map.num_dims != len(extents):
            raise VerifyError(f"expected indexing map {i} to have {len(extents)} number of inputs")
        shape = value.type.shape if isinstance(value.type, VectorType) else ()
        if not isinstance(value.type, VectorType) and i < 2:
            raise VerifyError("expected vectors as factors")
        if len(map.results) != len(shape):
            raise VerifyError(f"expected indexing map {i} to have {len(shape)} number of outputs")
        if not map.is_projected_permutation:
            raise VerifyError(f"expected indexing map {i} to be a projected permutation of its inputs")
        for expr, size in zip(map.results, shape, strict=True):
            assert isinstance(expr, AffineDim)
            known = extents[expr.position]
            if known is not None and known != size:
                raise VerifyError(
                    f"invalid size {size} of operand #{i} along dimension {expr.position} of the contraction, which is "
                    f"{known} elsewhere"
                )
            extents[expr.position] = size


class MatMul(Op, name="vector.matrix_multiply", traits=[Pure]):
    """Product of two matrices that are flattened, column after column.

    %c = vector.matrix_multiply %a, %b {lhs_rows = 4 : i32, lhs_columns = 2 : i32, rhs_columns = 3 : i32}
      : (vector<8xf32>, vector<6xf32>) -> vector<12xf32>
    """

    lhs: Value = operand(Vector)
    rhs: Value = operand(Vector)
    lhs_rows: IntegerAttr = attribute(IntegerAttr)
    lhs_columns: IntegerAttr = attribute(IntegerAttr)
    rhs_columns: IntegerAttr = attribute(IntegerAttr)
    res: Value = result(Vector)
    assembly = "$lhs `,` $rhs attr-dict `:` `(` type($lhs) `,` type($rhs) `)` `->` type($res)"

    def verify(self) -> None:
        rows, inner, columns = self.lhs_rows.value, self.lhs_columns.value, self.rhs_columns.value
        sizes = [vector_type(value).shape for value in (self.lhs, self.rhs, self.res)]
        if sizes != [(rows * inner,), (inner * columns,), (rows * columns,)]:
            raise VerifyError(f"expected vectors of {rows * inner}, {inner * columns} and {rows * columns} elements")


class FlatTranspose(Op, name="vector.flat_transpose", traits=[Pure]):
    """A flattened matrix, transposed.

    %b = vector.flat_transpose %a {columns = 4 : i32, rows = 2 : i32} : vector<8xf32> -> vector<8xf32>
    """

    matrix: Value = operand(Vector)
    rows: IntegerAttr = attribute(IntegerAttr)
    columns: IntegerAttr = attribute(IntegerAttr)
    res: Value = result(Vector)
    assembly = "$matrix attr-dict `:` type($matrix) `->` type($res)"

    def verify(self) -> None:
        if vector_type(self.matrix).shape != (self.rows.value * self.columns.value,):
            raise VerifyError(f"expected a vector of {self.rows.value * self.columns.value} elements")
        if self.matrix.type is not self.res.type:
            raise VerifyError("expected the result to have the type of the operand")
