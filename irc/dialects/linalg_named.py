"""What the named structured ops share, and the simplest of them: `fill` and `copy`.

A named op is a `linalg.generic` whose maps, loops and body its name implies. The body is in the IR all the same, as in
MLIR: the constructor and the parser write it, and the custom form leaves it out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from irc.dialects.linalg_interface import PARALLEL, IteratorType, LinalgOp, Yield, point_type, shape_of
from irc.dialects.linalg_payload import Payload
from irc.dialects.linalg_syntax import parse_operands, print_operands, print_results
from irc.ir.affine import AffineMap
from irc.ir.block import Block
from irc.ir.diagnostic import VerifyError
from irc.ir.region import Region
from irc.ir.traits import SingleBlock
from irc.ir.value import Value
from irc.ods.fields import Field, variadic, variadic_results

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter

ClassT = TypeVar("ClassT", bound="type[NamedOp]")


def implied_body() -> Any:
    """A region that the constructor writes where it is not given as `region=`."""
    return Field("region", "single", None)


class NamedOp(LinalgOp):
    """Base of the named ops: `payload` writes the body from the block's arguments."""

    derived_attributes = ("linalg.memoized_indexing_maps",)

    def payload(self, write: Payload, arguments: Sequence[Value]) -> Value:
        """The element of the only output; raises `VerifyError` where the types do not allow it."""
        raise NotImplementedError

    def write_body(self) -> None:
        """Fill the empty region."""
        block = Block([point_type(value.type) for value in self.operands])
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
        write_parsed_body(p, built, position)
        return built

    def print(self, p: OpPrinter) -> None:
        p.attr_dict(self)
        print_operands(p, self)
        print_results(p, self)

    def verify(self) -> None:
        if (len(self.inputs), len(self.outputs)) != type(self).arity:
            raise VerifyError(f"expected {type(self).arity[0]} inputs and {type(self).arity[1]} outputs")
        LinalgOp.verify(self)


def write_parsed_body(p: OpParser, op: NamedOp, position: int) -> None:
    """Write the body of an op whose custom form has been read. Raises `DiagnosedError` where the types do not allow it."""
    try:
        op.write_body()
    except VerifyError as problem:
        op.drop_uses_and_erase()
        raise p.stream.error(f"'{op.name}' op {problem.message}", position) from None


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
