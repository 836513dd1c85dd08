"""`linalg`: loop nests over tensors and buffers, stated without an order (https://mlir.llvm.org/docs/Dialects/Linalg/).

`linalg.generic` is here. What it shares with the named ops is in `linalg_interface`; these are in `linalg_named`
(products, fills, moves of data) and `linalg_elementwise`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from irc.dialects import linalg_convolution, linalg_decomposable, linalg_depthwise, linalg_pooling
from irc.dialects._indexing import maps_of, parse_indexing, words_of
from irc.dialects.linalg_contractions import (
    BatchMatMul,
    BatchMatMulTransposeA,
    BatchMatMulTransposeB,
    BatchMatVec,
    BatchVecMat,
    Contraction,
    Dot,
    MatMul,
    MatMulTransposeA,
    MatMulTransposeB,
    MatVec,
    VecMat,
)
from irc.dialects.linalg_elementwise import (
    Abs,
    Add,
    Ceil,
    Div,
    DivUnsigned,
    Elementwise,
    Erf,
    Exp,
    Floor,
    Log,
    Max,
    Min,
    Mul,
    NegF,
    PowF,
    Reciprocal,
    Round,
    Rsqrt,
    Select,
    Sqrt,
    Square,
    Sub,
    Tanh,
)
from irc.dialects.linalg_higher_order import Map, Reduce
from irc.dialects.linalg_interface import PARALLEL, REDUCTION, Index, IteratorType, LinalgOp, Yield, point_type
from irc.dialects.linalg_moves import Broadcast, Transpose
from irc.dialects.linalg_named import Copy, Fill, NamedOp
from irc.dialects.linalg_syntax import parse_operands, print_operands, print_results
from irc.ir.affine import AffineMap
from irc.ir.attributes import AffineMapAttr, ArrayAttr, Attribute, StringAttr
from irc.ir.block import Block
from irc.ir.diagnostic import VerifyError
from irc.ir.region import Region
from irc.ir.traits import SingleBlock
from irc.ir.value import Value
from irc.ods.fields import attribute, region, variadic, variadic_results

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter

__all__ = [
    "PARALLEL",
    "REDUCTION",
    "Abs",
    "Add",
    "BatchMatMul",
    "BatchMatMulTransposeA",
    "BatchMatMulTransposeB",
    "BatchMatVec",
    "BatchVecMat",
    "Broadcast",
    "Ceil",
    "Contraction",
    "Copy",
    "Div",
    "DivUnsigned",
    "Dot",
    "Elementwise",
    "Erf",
    "Exp",
    "Fill",
    "Floor",
    "Generic",
    "Index",
    "IteratorType",
    "LinalgOp",
    "Log",
    "Map",
    "MatMul",
    "MatMulTransposeA",
    "MatMulTransposeB",
    "MatVec",
    "Max",
    "Min",
    "Mul",
    "NamedOp",
    "NegF",
    "PowF",
    "Reciprocal",
    "Reduce",
    "Round",
    "Rsqrt",
    "Select",
    "Sqrt",
    "Square",
    "Sub",
    "Tanh",
    "Transpose",
    "VecMat",
    "Yield",
    "linalg_convolution",
    "linalg_decomposable",
    "linalg_depthwise",
    "linalg_pooling",
]


@cache
def _kinds(iterator_types: ArrayAttr) -> tuple[IteratorType, ...]:
    return tuple(each for each in iterator_types.elements if isinstance(each, IteratorType))


SHOWN = ("doc", "indexing_maps", "iterator_types", "library_call")
"""The properties that `linalg.generic` shows in its leading braces."""


class Generic(LinalgOp, name="linalg.generic", traits=[SingleBlock]):
    """Any loop nest, with its maps, kinds of loops and body spelled out.

    %y = linalg.generic {
      indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0)>],
      iterator_types = ["parallel", "reduction"]
    } ins(%x : tensor<4x8xf32>) outs(%init : tensor<4xf32>) {
    ^bb0(%in: f32, %out: f32):
      %sum = arith.addf %in, %out : f32
      linalg.yield %sum : f32
    } -> tensor<4xf32>
    """

    inputs: Sequence[Value] = variadic()
    outputs: Sequence[Value] = variadic()
    indexing_maps: ArrayAttr = attribute(ArrayAttr)
    iterator_types: ArrayAttr = attribute(ArrayAttr)
    region: Region = region()
    doc: StringAttr | None = attribute(StringAttr, default=None)
    library_call: StringAttr | None = attribute(StringAttr, default=None)
    result_tensors: Sequence[Value] = variadic_results()

    def argument_name_hints(self) -> Sequence[str]:
        return ["in"] * len(self.inputs) + ["out"] * len(self.outputs)

    @classmethod
    def of(
        cls,
        inputs: Sequence[Value],
        outputs: Sequence[Value],
        maps: Sequence[AffineMap],
        iterators: Sequence[IteratorType],
    ) -> Generic:
        """The op with an empty body block, whose arguments have the operands' element types."""
        block = Block([point_type(value.type) for value in (*inputs, *outputs)])
        map_attrs = ArrayAttr(tuple(AffineMapAttr(map) for map in maps))
        return cls(inputs, outputs, map_attrs, ArrayAttr(tuple(iterators)), Region(block))

    @property
    def maps(self) -> tuple[AffineMap, ...]:
        return maps_of(self.indexing_maps)

    @property
    def iterators(self) -> tuple[IteratorType, ...]:
        return _kinds(self.iterator_types)

    @classmethod
    def parse(cls, p: OpParser) -> Generic:
        attributes = parse_indexing(p, IteratorType)
        inputs, outputs = parse_operands(p)
        if p.stream.accept("attrs"):
            p.stream.expect("=")
            attributes |= p.attr_dict()
        body = p.region()
        results = p.optional_arrow_types()
        segments = [len(inputs), len(outputs)]
        built: Generic = p.build(cls, [*inputs, *outputs], results, attributes, [body], segments=segments)
        return built

    def print(self, p: OpPrinter) -> None:
        p(" ")
        shown: dict[str, Attribute] = {key: value for key, value in self.property_dict().items() if key in SHOWN}
        words = words_of(self.iterators)
        p.dictionary({**shown, "iterator_types": words}.items())
        print_operands(p, self)
        if self.attributes:
            p(" attrs = ")
            p.dictionary(self.attributes.items())
        p(" ")
        p.region(self.region, bare=False)
        print_results(p, self)

    def verify(self) -> None:
        if len(self.maps) != len(self.indexing_maps.elements):
            raise VerifyError("attribute 'indexing_maps' failed to satisfy constraint: AffineMap array attribute")
        if len(self.iterators) != len(self.iterator_types.elements):
            raise VerifyError(
                "attribute 'iterator_types' failed to satisfy constraint: Iterator type should be an enum."
            )
        LinalgOp.verify(self)
