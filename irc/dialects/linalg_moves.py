"""Named structured ops that move elements: `linalg.transpose` and `linalg.broadcast`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from irc.dialects.linalg_interface import PARALLEL, IteratorType, LinalgOp, shape_of
from irc.dialects.linalg_named import NamedOp, implied_body, named, write_parsed_body
from irc.dialects.linalg_payload import Payload
from irc.dialects.linalg_syntax import parse_integers, parse_operands, print_operands
from irc.ir.affine import AffineMap
from irc.ir.attributes import DenseArrayAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.region import Region
from irc.ir.traits import SingleBlock
from irc.ir.types import Shape
from irc.ir.value import Value
from irc.ods.fields import attribute, operand, variadic_results

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter


class Move(NamedOp):
    """One input whose elements go to other places: `linalg.transpose ins(%x : t) outs(%y : t) permutation = [1, 0]`."""

    input: Value = operand()
    init: Value = operand()

    keyword: ClassVar[str] = ""
    """The name of the property that says where."""

    @property
    def inputs(self) -> Sequence[Value]:
        return (self.operands[0],)

    @property
    def outputs(self) -> Sequence[Value]:
        return (self.operands[1],)

    @property
    def places(self) -> tuple[int, ...]:
        """The value of the property."""
        found = self.get_attribute(type(self).keyword)
        assert isinstance(found, DenseArrayAttr)
        return tuple(int(value) for value in found.values)

    @property
    def shapes(self) -> tuple[Shape, Shape]:
        """The shapes of the input and of the output."""
        return shape_of(self.operands[0].type), shape_of(self.operands[1].type)

    @property
    def iterators(self) -> tuple[IteratorType, ...]:
        return (PARALLEL,) * len(self.shapes[1])

    def payload(self, write: Payload, arguments: Sequence[Value]) -> Value:
        if arguments[0].type is not arguments[1].type:
            raise VerifyError(
                f"expected the input's element type '{arguments[0].type}' to be the output's '{arguments[1].type}'"
            )
        return arguments[0]

    @classmethod
    def parse(cls, p: OpParser) -> Move:
        position = p.stream.pos - 1
        inputs, outputs = parse_operands(p)
        if len(inputs) != 1 or len(outputs) != 1:
            raise p.stream.error(f"'{cls.name}' op expected one input and one output", position)
        places = parse_integers(p, cls.keyword)
        attributes = {**p.attr_dict(), cls.keyword: places}
        built: Move = p.build(cls, [*inputs, *outputs], [], attributes, [Region()])
        results = built.infer()
        if results:
            built.drop_uses_and_erase()
            built = p.build(cls, [*inputs, *outputs], results, attributes, [Region()])
        write_parsed_body(p, built, position)
        return built

    def print(self, p: OpPrinter) -> None:
        print_operands(p, self)
        p(f" {type(self).keyword} = [{', '.join(map(str, self.places))}]")
        p.attr_dict(self, (type(self).keyword,))


@named
class Transpose(Move, name="linalg.transpose", traits=[SingleBlock]):
    """Dimensions in another order: dimension `i` of the output is dimension `permutation[i]` of the input.

    %t = linalg.transpose ins(%x : tensor<4x8xf32>) outs(%init : tensor<8x4xf32>) permutation = [1, 0]
    """

    result_name = "transposed"

    permutation: DenseArrayAttr = attribute(DenseArrayAttr)
    region: Region = implied_body()
    result_tensors: Sequence[Value] = variadic_results()

    keyword = "permutation"

    @property
    def maps(self) -> tuple[AffineMap, ...]:
        places = self.places
        inverse = [places.index(i) for i in range(len(places))]
        return AffineMap.of_dims(len(places), inverse), AffineMap.identity(len(places))

    def verify(self) -> None:
        source, target = self.shapes
        places = self.places
        if sorted(places) != list(range(len(places))):
            raise VerifyError("permutation is not valid")
        if len(source) != len(places):
            raise VerifyError(f"size of permutation {len(places)} does not match the argument rank {len(source)}")
        if len(source) != len(target):
            raise VerifyError(f"input rank {len(source)} does not match init rank {len(target)}")
        for i, place in enumerate(places):
            if target[i] != source[place]:
                raise VerifyError(
                    f"dim(result, {i}) = {_size(target[i])} doesn't match dim(input, permutation[{i}]) = "
                    f"{_size(source[place])}"
                )
        LinalgOp.verify(self)


@named
class Broadcast(Move, name="linalg.broadcast", traits=[SingleBlock]):
    """The input repeated along new dimensions of the output.

    %b = linalg.broadcast ins(%x : tensor<4xf32>) outs(%init : tensor<4x8xf32>) dimensions = [1]
    """

    result_name = "broadcasted"

    dimensions: DenseArrayAttr = attribute(DenseArrayAttr)
    region: Region = implied_body()
    result_tensors: Sequence[Value] = variadic_results()

    keyword = "dimensions"

    @property
    def maps(self) -> tuple[AffineMap, ...]:
        rank = self.num_loops
        kept = [i for i in range(rank) if i not in self.places]
        return AffineMap.of_dims(rank, kept), AffineMap.identity(rank)

    def verify(self) -> None:
        source, target = self.shapes
        places = self.places
        if len(source) + len(places) != len(target):
            raise VerifyError(
                "input rank plus added dimensions does not match init rank. input rank: "
                f"{len(source)}, dimensions size: {len(places)}, init rank: {len(target)}"
            )
        for i, place in enumerate(places):
            if not 0 <= place < len(target):
                raise VerifyError(
                    f"dimension {i} is out of range. expected range: [0, {len(target) - 1}], got: {place}"
                )
        if len(set(places)) != len(places):
            raise VerifyError("dimensions are not unique")
        kept = [i for i in range(len(target)) if i not in places]
        for i, j in enumerate(kept):
            if source[i] != target[j]:
                raise VerifyError(
                    f"input dim {i} should match init dim {j}. input: {_size(source[i])}, init: {_size(target[j])}"
                )
        LinalgOp.verify(self)


def _size(size: int | None) -> str:
    return "?" if size is None else str(size)
