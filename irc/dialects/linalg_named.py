"""The named structured ops: products by their subscripts, `fill`, `copy`, `transpose`, `broadcast`.

A named op is a `linalg.generic` whose maps, loops and body its name implies. The body is in the IR all the same, as in
MLIR: the constructor and the parser write it, and the custom form leaves it out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from irc.dialects.linalg_interface import PARALLEL, REDUCTION, IteratorType, LinalgOp, Yield, shape_of
from irc.dialects.linalg_payload import Payload
from irc.dialects.linalg_syntax import parse_operands, print_operands, print_results
from irc.ir.affine import AffineMap
from irc.ir.attributes import DenseArrayAttr
from irc.ir.block import Block
from irc.ir.diagnostic import VerifyError
from irc.ir.region import Region
from irc.ir.traits import SingleBlock
from irc.ir.types import Shape, element_type
from irc.ir.value import Value
from irc.ods.fields import Field, attribute, operand, variadic, variadic_results

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter

MEMOIZED = "linalg.memoized_indexing_maps"
"""An attribute by which MLIR remembers the maps of a named op; they follow from the op."""

ClassT = TypeVar("ClassT", bound="type[NamedOp]")


def implied_body() -> Any:
    """A region that the constructor writes where it is not given as `region=`."""
    return Field("region", "single", None)


class NamedOp(LinalgOp):
    """Base of the named ops: `payload` writes the body from the block's arguments."""

    def payload(self, write: Payload, arguments: Sequence[Value]) -> Value:
        """The element of the only output; raises `VerifyError` where the types do not allow it."""
        raise NotImplementedError

    def write_body(self) -> None:
        """Fill the empty region."""
        block = Block([element_type(value.type) for value in self.operands])
        self.regions[0].append(block)
        block.append(Yield([self.payload(Payload(block), block.arguments)]))


def named(cls: ClassT) -> ClassT:
    """Class decorator: the constructor writes the body."""
    plain = cls.__init__

    def init(self: NamedOp, *arguments: Any, **keywords: Any) -> None:
        region = keywords.setdefault("region", Region())
        plain(self, *arguments, **keywords)
        if region.is_empty:
            self.write_body()

    cls.__init__ = init  # type: ignore[method-assign]  # that is the purpose
    return cls


class Structured(NamedOp):
    """A named op with any number of inputs and outputs: `linalg.matmul ins(%a, %b : …) outs(%c : …) -> …`."""

    inputs: Sequence[Value] = variadic()
    outputs: Sequence[Value] = variadic()
    region: Region = implied_body()
    result_tensors: Sequence[Value] = variadic_results()

    arity: ClassVar[tuple[int, int]] = (2, 1)
    """The numbers of inputs and outputs."""

    @classmethod
    def parse(cls, p: OpParser) -> Structured:
        position = p.stream.pos - 1
        attributes = p.attr_dict()
        inputs, outputs = parse_operands(p)
        results = p.optional_arrow_types()
        if (len(inputs), len(outputs)) != cls.arity:
            raise p.stream.error(
                f"'{cls.name}' op expected {cls.arity[0]} inputs and {cls.arity[1]} outputs, but got {len(inputs)} and "
                f"{len(outputs)}",
                position,
            )
        segments = [len(inputs), len(outputs)]
        built: Structured = p.build(cls, [*inputs, *outputs], results, attributes, [Region()], segments=segments)
        _write_body(p, built, position)
        return built

    def print(self, p: OpPrinter) -> None:
        p.attr_dict(self, (MEMOIZED,))
        print_operands(p, self)
        print_results(p, self)

    def verify(self) -> None:
        if (len(self.inputs), len(self.outputs)) != type(self).arity:
            raise VerifyError(f"expected {type(self).arity[0]} inputs and {type(self).arity[1]} outputs")
        LinalgOp.verify(self)


def _write_body(p: OpParser, op: NamedOp, position: int) -> None:
    try:
        op.write_body()
    except VerifyError as problem:
        op.drop_uses_and_erase()
        raise p.stream.error(f"'{op.name}' op {problem.message}", position) from None


class Contraction(Structured):
    """Sums of products over the letters that the output lacks: `output += lhs * rhs`, in the output's type."""

    subscripts: ClassVar[str] = ""
    """As for `numpy.einsum`. The loops are the output's letters, then the others in order of appearance."""

    @property
    def letters(self) -> str:
        """The letter of each loop."""
        operands, output = type(self).subscripts.split("->")
        return "".join(dict.fromkeys(output + operands.replace(",", "")))

    @property
    def maps(self) -> tuple[AffineMap, ...]:
        letters = self.letters
        return tuple(
            AffineMap.of_dims(len(letters), [letters.index(letter) for letter in word])
            for word in type(self).subscripts.replace("->", ",").split(",")
        )

    @property
    def iterators(self) -> tuple[IteratorType, ...]:
        output = type(self).subscripts.split("->")[1]
        return tuple(PARALLEL if letter in output else REDUCTION for letter in self.letters)

    def payload(self, write: Payload, arguments: Sequence[Value]) -> Value:
        lhs, rhs, output = arguments
        product = write.call("mul", write.cast(lhs, output.type), write.cast(rhs, output.type))
        return write.call("add", output, product)


@named
class MatMul(Contraction, name="linalg.matmul", traits=[SingleBlock]):
    """Matrix product, added to the output.

    %d = linalg.matmul ins(%a, %b : tensor<4x8xf32>, tensor<8x16xf32>) outs(%c : tensor<4x16xf32>) -> tensor<4x16xf32>
    """

    subscripts = "mk,kn->mn"


@named
class MatMulTransposeA(Contraction, name="linalg.matmul_transpose_a", traits=[SingleBlock]):
    """Matrix product with the left factor transposed.

    %z = linalg.matmul_transpose_a ins(%x, %y : tensor<8x4xf32>, tensor<8x16xf32>)
                                   outs(%c : tensor<4x16xf32>) -> tensor<4x16xf32>
    """

    subscripts = "km,kn->mn"


@named
class MatMulTransposeB(Contraction, name="linalg.matmul_transpose_b", traits=[SingleBlock]):
    """Matrix product with the right factor transposed.

    %z = linalg.matmul_transpose_b ins(%x, %y : tensor<4x8xf32>, tensor<16x8xf32>)
                                   outs(%c : tensor<4x16xf32>) -> tensor<4x16xf32>
    """

    subscripts = "mk,nk->mn"


@named
class BatchMatMul(Contraction, name="linalg.batch_matmul", traits=[SingleBlock]):
    """One matrix product per batch.

    %z = linalg.batch_matmul ins(%x, %y : tensor<2x4x8xf32>, tensor<2x8x16xf32>)
                             outs(%c : tensor<2x4x16xf32>) -> tensor<2x4x16xf32>
    """

    subscripts = "bmk,bkn->bmn"


@named
class BatchMatMulTransposeA(Contraction, name="linalg.batch_matmul_transpose_a", traits=[SingleBlock]):
    """One matrix product per batch, with the left factor transposed.

    %z = linalg.batch_matmul_transpose_a ins(%x, %y : tensor<2x8x4xf32>, tensor<2x8x16xf32>)
                                         outs(%c : tensor<2x4x16xf32>) -> tensor<2x4x16xf32>
    """

    subscripts = "bkm,bkn->bmn"


@named
class BatchMatMulTransposeB(Contraction, name="linalg.batch_matmul_transpose_b", traits=[SingleBlock]):
    """One matrix product per batch, with the right factor transposed.

    %z = linalg.batch_matmul_transpose_b ins(%x, %y : tensor<2x4x8xf32>, tensor<2x16x8xf32>)
                                         outs(%c : tensor<2x4x16xf32>) -> tensor<2x4x16xf32>
    """

    subscripts = "bmk,bnk->bmn"


@named
class MatVec(Contraction, name="linalg.matvec", traits=[SingleBlock]):
    """Matrix times vector.

    %z = linalg.matvec ins(%x, %y : tensor<4x8xf32>, tensor<8xf32>) outs(%c : tensor<4xf32>) -> tensor<4xf32>
    """

    subscripts = "mn,n->m"


@named
class VecMat(Contraction, name="linalg.vecmat", traits=[SingleBlock]):
    """Vector times matrix.

    %z = linalg.vecmat ins(%x, %y : tensor<4xf32>, tensor<4x8xf32>) outs(%c : tensor<8xf32>) -> tensor<8xf32>
    """

    subscripts = "m,mn->n"


@named
class BatchMatVec(Contraction, name="linalg.batch_matvec", traits=[SingleBlock]):
    """Matrix times vector per batch.

    %z = linalg.batch_matvec ins(%x, %y : tensor<2x4x8xf32>, tensor<2x8xf32>)
                             outs(%c : tensor<2x4xf32>) -> tensor<2x4xf32>
    """

    subscripts = "bmk,bk->bm"


@named
class BatchVecMat(Contraction, name="linalg.batch_vecmat", traits=[SingleBlock]):
    """Vector times matrix per batch.

    %z = linalg.batch_vecmat ins(%x, %y : tensor<2x4xf32>, tensor<2x4x8xf32>)
                             outs(%c : tensor<2x8xf32>) -> tensor<2x8xf32>
    """

    subscripts = "bk,bkn->bn"


@named
class Dot(Contraction, name="linalg.dot", traits=[SingleBlock]):
    """Inner product of two vectors, added to the output.

    %z = linalg.dot ins(%x, %y : tensor<4xf32>, tensor<4xf32>) outs(%c : tensor<f32>) -> tensor<f32>
    """

    subscripts = "m,m->"


class Pointwise(Structured):
    """A named op whose loops are the output's dimensions; scalar inputs are the same everywhere."""

    arity = (1, 1)

    @property
    def maps(self) -> tuple[AffineMap, ...]:
        rank = self.num_loops
        return tuple(
            AffineMap.identity(rank) if shape_of(value.type) or i >= len(self.inputs) else AffineMap(rank, 0, ())
            for i, value in enumerate(self.operands)
        )

    @property
    def iterators(self) -> tuple[IteratorType, ...]:
        return (PARALLEL,) * len(shape_of(self.outputs[0].type))


@named
class Fill(Pointwise, name="linalg.fill", traits=[SingleBlock]):
    """One value everywhere.

    %z = linalg.fill ins(%zero : f32) outs(%init : tensor<?x4xf32>) -> tensor<?x4xf32>
    """

    def payload(self, write: Payload, arguments: Sequence[Value]) -> Value:
        return write.cast(arguments[0], arguments[1].type)


@named
class Copy(Pointwise, name="linalg.copy", traits=[SingleBlock]):
    """The elements of another tensor or buffer, converted to the output's type.

    %y = linalg.copy ins(%x : tensor<4xf32>) outs(%init : tensor<4xf64>) -> tensor<4xf64>
    """

    def payload(self, write: Payload, arguments: Sequence[Value]) -> Value:
        return write.cast(arguments[0], arguments[1].type)


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
        p.stream.expect(cls.keyword)
        p.stream.expect("=")
        p.stream.expect("[")
        places: list[int] = []
        while not p.stream.accept("]"):
            if places:
                p.stream.expect(",")
            places.append(p.integer())
        attributes = {**p.attr_dict(), cls.keyword: DenseArrayAttr.i64(tuple(places))}
        built: Move = p.build(cls, [*inputs, *outputs], [], attributes, [Region()])
        results = built.infer()
        if results:
            built.drop_uses_and_erase()
            built = p.build(cls, [*inputs, *outputs], results, attributes, [Region()])
        _write_body(p, built, position)
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
