"""The named structured ops that apply one scalar function to each element, after MLIR's op definition language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from irc.dialects.linalg_functions import CAST_UNSIGNED, BinaryFn, TypeFn, UnaryFn
from irc.dialects.linalg_named import Pointwise, named
from irc.dialects.linalg_payload import Payload
from irc.ir.traits import SingleBlock
from irc.ir.value import Value
from irc.ods.fields import attribute
from irc.ods.registry import lookup_op


class Elementwise(Pointwise):
    """A scalar function by its name in `linalg_payload.ARITHMETIC`.

    %y = {op} ins(%x : tensor<4xf32>) outs(%init : tensor<4xf32>) -> tensor<4xf32>
    """

    function: ClassVar[str] = ""

    def payload(self, write: Payload, arguments: Sequence[Value]) -> Value:
        return write.call(type(self).function, *arguments[:-1])


class Binary(Elementwise):
    """A scalar function of two numbers.

    %z = {op} ins(%x, %y : tensor<4xf32>, tensor<4xf32>) outs(%init : tensor<4xf32>) -> tensor<4xf32>
    """

    arity = (2, 1)


@named
class Add(Binary, name="linalg.add", traits=[SingleBlock]):
    """Sum."""

    function = "add"


@named
class Sub(Binary, name="linalg.sub", traits=[SingleBlock]):
    """Difference."""

    function = "sub"


@named
class Mul(Binary, name="linalg.mul", traits=[SingleBlock]):
    """Product."""

    function = "mul"


@named
class Div(Binary, name="linalg.div", traits=[SingleBlock]):
    """Quotient; of integers, signed."""

    function = "div"


@named
class DivUnsigned(Binary, name="linalg.div_unsigned", traits=[SingleBlock]):
    """Quotient of unsigned integers.

    %z = linalg.div_unsigned ins(%x, %y : tensor<4xi32>, tensor<4xi32>) outs(%init : tensor<4xi32>) -> tensor<4xi32>
    """

    function = "div_unsigned"


@named
class Max(Binary, name="linalg.max", traits=[SingleBlock]):
    """The greater one; of integers, signed."""

    function = "max"


@named
class Min(Binary, name="linalg.min", traits=[SingleBlock]):
    """The lesser one; of integers, signed."""

    function = "min"


@named
class PowF(Binary, name="linalg.powf", traits=[SingleBlock]):
    """Power."""

    function = "powf"


@named
class Exp(Elementwise, name="linalg.exp", traits=[SingleBlock]):
    """Exponential."""

    function = "exp"


@named
class Log(Elementwise, name="linalg.log", traits=[SingleBlock]):
    """Natural logarithm."""

    function = "log"


@named
class Abs(Elementwise, name="linalg.abs", traits=[SingleBlock]):
    """Absolute value."""

    function = "abs"


@named
class Ceil(Elementwise, name="linalg.ceil", traits=[SingleBlock]):
    """Rounded up."""

    function = "ceil"


@named
class Floor(Elementwise, name="linalg.floor", traits=[SingleBlock]):
    """Rounded down."""

    function = "floor"


@named
class NegF(Elementwise, name="linalg.negf", traits=[SingleBlock]):
    """Negative."""

    function = "negf"


@named
class Round(Elementwise, name="linalg.round", traits=[SingleBlock]):
    """Rounded to the nearest integer, halves away from zero."""

    function = "round"


@named
class Sqrt(Elementwise, name="linalg.sqrt", traits=[SingleBlock]):
    """Square root."""

    function = "sqrt"


@named
class Rsqrt(Elementwise, name="linalg.rsqrt", traits=[SingleBlock]):
    """One over the square root."""

    function = "rsqrt"


@named
class Tanh(Elementwise, name="linalg.tanh", traits=[SingleBlock]):
    """Hyperbolic tangent."""

    function = "tanh"


@named
class Erf(Elementwise, name="linalg.erf", traits=[SingleBlock]):
    """Error function."""

    function = "erf"


@named
class Square(Pointwise, name="linalg.square", traits=[SingleBlock]):
    """Times itself.

    %y = linalg.square ins(%x : tensor<4xf32>) outs(%init : tensor<4xf32>) -> tensor<4xf32>
    """

    def payload(self, write: Payload, arguments: Sequence[Value]) -> Value:
        return apply(write, "square", arguments[:1])


@named
class Reciprocal(Pointwise, name="linalg.reciprocal", traits=[SingleBlock]):
    """One over it.

    %y = linalg.reciprocal ins(%x : tensor<4xf32>) outs(%init : tensor<4xf32>) -> tensor<4xf32>
    """

    def payload(self, write: Payload, arguments: Sequence[Value]) -> Value:
        return apply(write, "reciprocal", arguments[:1])


@named
class Select(Pointwise, name="linalg.select", traits=[SingleBlock]):
    """One of two by a condition.

    %z = linalg.select ins(%c, %x, %y : tensor<4xi1>, tensor<4xf32>, tensor<4xf32>)
                       outs(%init : tensor<4xf32>) -> tensor<4xf32>
    """

    arity = (3, 1)

    def payload(self, write: Payload, arguments: Sequence[Value]) -> Value:
        return write.append(lookup_op("arith.select")(*arguments[:-1]))


class ByAttribute(Pointwise):
    """A scalar function that an attribute names, of inputs that are converted to the output's type."""

    def payload(self, write: Payload, arguments: Sequence[Value]) -> Value:
        function: Any = self.get_attribute("fun")
        unsigned = self.get_attribute("cast") is CAST_UNSIGNED
        *inputs, output = arguments
        word = function.value if function is not None else type(self).default
        return apply(write, word, [write.cast(value, output.type, unsigned=unsigned) for value in inputs])

    default: ClassVar[str] = ""


def apply(write: Payload, word: str, values: Sequence[Value]) -> Value:
    """The function that `UnaryFn` or `BinaryFn` calls `word`."""
    if word == "square":
        return write.call("mul", values[0], values[0])
    if word == "reciprocal":
        return write.call("div", write.one(values[0].type), values[0])
    return write.call(word.removesuffix("_signed"), *values)


@named
class ElemwiseUnary(ByAttribute, name="linalg.elemwise_unary", traits=[SingleBlock]):
    """The function `fun` of each element, an exponential unless it is stated.

    %y = linalg.elemwise_unary {fun = #linalg.unary_fn<log>} ins(%x : tensor<4xf32>)
        outs(%init : tensor<4xf32>) -> tensor<4xf32>
    """

    fun: UnaryFn | None = attribute(UnaryFn, default=None)
    cast: TypeFn | None = attribute(TypeFn, default=None)
    default = "exp"


@named
class ElemwiseBinary(ByAttribute, name="linalg.elemwise_binary", traits=[SingleBlock]):
    """The function `fun` of two elements, a sum unless it is stated.

    %y = linalg.elemwise_binary {fun = #linalg.binary_fn<mul>} ins(%a, %b : tensor<4xf32>, tensor<4xf32>)
        outs(%init : tensor<4xf32>) -> tensor<4xf32>
    """

    fun: BinaryFn | None = attribute(BinaryFn, default=None)
    cast: TypeFn | None = attribute(TypeFn, default=None)
    arity = (2, 1)
    default = "add"
