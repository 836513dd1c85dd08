"""The ops of `tensor` with a body that computes an element from its indices: `generate` and `pad`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from irc.dialects._slices import Mixed, join_mixed, parse_mixed, print_mixed, verify_mixed
from irc.ir.attributes import DenseArrayAttr, UnitAttr, unit
from irc.ir.diagnostic import VerifyError
from irc.ir.region import Region
from irc.ir.traits import Pure, ReturnLike, SingleBlock, Terminator, has_parent
from irc.ir.types import Dimension, TensorType, index
from irc.ir.value import Value
from irc.ods.constraints import Index, Tensor
from irc.ods.fields import attribute, operand, region, result, variadic
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter


class Yield(
    Op, name="tensor.yield", traits=[Pure, Terminator, ReturnLike, has_parent("tensor.generate", "tensor.pad")]
):
    """Ends the body of `tensor.generate` and `tensor.pad` with the element.

    tensor.yield %x : f32
    """

    value: Value = operand()
    assembly = "$value attr-dict `:` type($value)"


def _verify_body(body: Region, type: TensorType, arguments: str) -> None:
    block = body.first
    if block is None or len(block.arguments) != type.rank:
        raise VerifyError(arguments)
    if any(argument.type is not index for argument in block.arguments):
        raise VerifyError("all body arguments must be index")
    if not isinstance(block.last, Yield):
        raise VerifyError("body must be terminated with a `yield` operation")
    if block.last.value.type is not type.element_type:
        raise VerifyError("expected yield type to match shape element type")


class Generate(Op, name="tensor.generate", traits=[Pure, SingleBlock]):
    """A tensor whose elements are computed from their indices.

    %t = tensor.generate %n {
    ^bb0(%i: index):
      tensor.yield %x : f32
    } : tensor<?xf32>
    """

    result_name = "generated"

    dynamic_extents: Sequence[Value] = variadic(Index)
    body: Region = region()
    result: Value = result(Tensor)
    assembly = "$dynamic_extents $body attr-dict `:` type($result)"

    def verify(self) -> None:
        type = self.result.type
        assert isinstance(type, TensorType)
        if len(self.dynamic_extents) != type.num_dynamic_dims:
            raise VerifyError("must have as many index operands as dynamic extents in the result type")
        _verify_body(self.body, type, "must have one body argument per input dimension")


class Pad(Op, name="tensor.pad", traits=[Pure, SingleBlock]):
    """A tensor with elements added around it; the body gives each from its position in the result.

    %p = tensor.pad %t low[1, %l] high[2, 0] {
    ^bb0(%i: index, %j: index):
      tensor.yield %zero : f32
    } : tensor<2x3xf32> to tensor<5x?xf32>
    """

    result_name = "padded"

    source: Value = operand(Tensor)
    low: Sequence[Value] = variadic(Index)
    high: Sequence[Value] = variadic(Index)
    static_low: DenseArrayAttr = attribute(DenseArrayAttr)
    static_high: DenseArrayAttr = attribute(DenseArrayAttr)
    body: Region = region()
    nofold: UnitAttr | None = attribute(UnitAttr, default=None)
    result: Value = result(Tensor)

    @property
    def mixed_low(self) -> tuple[Mixed, ...]:
        return join_mixed(self.low, self.static_low)

    @property
    def mixed_high(self) -> tuple[Mixed, ...]:
        return join_mixed(self.high, self.static_high)

    @classmethod
    def parse(cls, p: OpParser) -> Pad:
        source = p.operand()
        nofold = p.stream.accept("nofold")
        p.stream.expect("low")
        low, static_low = parse_mixed(p)
        p.stream.expect("high")
        high, static_high = parse_mixed(p)
        body = p.region()
        attributes = {**p.attr_dict(), "static_low": static_low, "static_high": static_high}
        if nofold:
            attributes["nofold"] = unit
        p.stream.expect(":")
        source_type = p.type()
        p.stream.expect("to")
        operands = [p.resolve(source, source_type), *(p.resolve(each, index) for each in [*low, *high])]
        built: Pad = p.build(cls, operands, [p.type()], attributes, [body], segments=[1, len(low), len(high)])
        return built

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.source)
        p(" nofold" if self.nofold is not None else "")
        p(" low")
        print_mixed(p, self.low, self.static_low)
        p(" high")
        print_mixed(p, self.high, self.static_high)
        p(" ")
        p.region(self.body, bare=False)
        p.attr_dict(self, ("static_low", "static_high", "nofold"))
        p(" : ")
        p.type(self.source.type)
        p(" to ")
        p.type(self.result.type)

    def verify(self) -> None:
        source, type = self.source.type, self.result.type
        assert isinstance(source, TensorType)
        assert isinstance(type, TensorType)
        verify_mixed("low", self.low, self.static_low, source.rank)
        verify_mixed("high", self.high, self.static_high, source.rank)
        if source.rank != type.rank:
            raise VerifyError(f"expected result rank {source.rank}, got {type.rank}")
        for i, size in enumerate(source.shape):
            expected = _padded(size, self.mixed_low[i], self.mixed_high[i])
            found = type.shape[i]
            if expected is not None and found is not None and found != expected:
                raise VerifyError(
                    f"specified type '{type}' does not match the inferred type: dimension {i} is {expected}"
                )
        _verify_body(self.body, type, f"expected the block to have {source.rank} arguments")


def _padded(size: Dimension, low: Mixed, high: Mixed) -> Dimension:
    if size is None or not isinstance(low, int) or not isinstance(high, int):
        return None
    return low + size + high
