"""Ops of `nd` on the bits of numbers: logic, shifts, counts, and the bits of a number read as another type.

Integers are in two's complement. `i1` is a number of one bit where an op takes it at all.
"""

from __future__ import annotations

from irc.dialects.nd_base import NdOp, R, check_compatible, tensor_type
from irc.dialects.nd_elementwise import Binary, Unary
from irc.ir.diagnostic import VerifyError
from irc.ir.traits import Commutative, Elementwise, Pure
from irc.ir.types import FloatType, IndexType, IntegerType, TensorType, Type, i1
from irc.ir.value import Value
from irc.ods.constraints import Constraint, Tensor, Var
from irc.ods.fields import operand, result


def _holds(*, boolean: bool) -> Constraint:
    what = "integers or booleans" if boolean else "integers"

    def accepts(type: Type) -> bool:
        element = type.element_type if isinstance(type, TensorType) else None
        return isinstance(element, IntegerType | IndexType) and (boolean or element is not i1)

    return Constraint(f"ranked tensor of {what}", accepts)


BITS = Var("T", _holds(boolean=True))
INTEGERS = Var("T", _holds(boolean=False))

_TRAITS = [Pure, Elementwise]


class BitwiseUnary(Unary):
    """A unary op on bits.

    %y = {op} %x : tensor<4x?xi32>
    """

    x: Value = operand(BITS)
    into: Value | None = operand(BITS, default=None)
    result: Value = result(BITS)


class BitwiseBinary(Binary):
    """A binary op on bits.

    %z = {op} %x, %y : tensor<4x?xi32>
    """

    lhs: Value = operand(BITS)
    rhs: Value = operand(BITS)
    into: Value | None = operand(BITS, default=None)
    result: Value = result(BITS)


class Count(Unary):
    """A count of bits of an integer.

    %y = {op} %x : tensor<4x?xi32>
    """

    x: Value = operand(INTEGERS)
    into: Value | None = operand(INTEGERS, default=None)
    result: Value = result(INTEGERS)


class Shift(Binary):
    """A shift: the right operand, read as an unsigned number, says by how many bits.

    %z = {op} %x, %n : tensor<4x?xi32>
    """

    lhs: Value = operand(INTEGERS)
    rhs: Value = operand(INTEGERS)
    into: Value | None = operand(INTEGERS, default=None)
    result: Value = result(INTEGERS)


class BitwiseAnd(BitwiseBinary, name="nd.bitwise_and", traits=[Commutative, *_TRAITS]):
    """The bits that both have (Array API `bitwise_and`)."""


class BitwiseOr(BitwiseBinary, name="nd.bitwise_or", traits=[Commutative, *_TRAITS]):
    """The bits that either has (Array API `bitwise_or`)."""


class BitwiseXor(BitwiseBinary, name="nd.bitwise_xor", traits=[Commutative, *_TRAITS]):
    """The bits that one of the two has (Array API `bitwise_xor`)."""


class BitwiseNot(BitwiseUnary, name="nd.bitwise_not", traits=_TRAITS):
    """All bits flipped (Array API `bitwise_invert`); of a boolean, its negation."""


class BitwiseLeftShift(Shift, name="nd.bitwise_left_shift", traits=_TRAITS):
    """Bits moved up, with zeros below (Array API `bitwise_left_shift`).

    The Array API leaves negative amounts and those of the width or more open; the result is then 0, as in StableHLO
    (`shift_left`).
    """


class BitwiseRightShift(Shift, name="nd.bitwise_right_shift", traits=_TRAITS):
    """Bits moved down (Array API `bitwise_right_shift`): with copies of the sign above, or zeros if the type is unsigned.

    The Array API leaves negative amounts and those of the width or more open; the result is then what is above, as in
    StableHLO (`shift_right_arithmetic`, and `shift_right_logical` for unsigned types).
    """


class LogicalRightShift(Shift, name="nd.logical_right_shift", traits=_TRAITS):
    """Bits moved down, with zeros above whatever the type; 0 by negative amounts and those of the width or more
    (StableHLO `shift_right_logical`)."""


class PopCount(Count, name="nd.popcount", traits=_TRAITS):
    """How many bits are set (StableHLO `popcnt`); the count is taken modulo two to the width, which matters
    for `i2` only.
    """


class CountLeadingZeros(Count, name="nd.count_leading_zeros", traits=_TRAITS):
    """How many zeros are above the highest bit that is set, the width for 0 (StableHLO `count_leading_zeros`).

    The count is taken modulo two to the width, which matters for `i2` only.
    """


class Bitcast(NdOp, name="nd.bitcast", traits=[Pure]):
    """The bits of the elements read as another type (StableHLO `bitcast_convert`).

    Elements of the same width are taken one for one. An element that is wider than those of the result gives several
    along a new last axis, the lowest bits first; the elements along the last axis make one that is wider. `index`
    has no stated width and complex numbers are pairs, so neither is taken.

    %y = nd.bitcast %x : tensor<4xf64> -> tensor<4x2xi32>
    """

    x: Value = operand(Tensor)
    into: Value | None = operand(R, default=None)
    result: Value = result(R)

    assembly = "$x (`into` $into^)? attr-dict `:` type($x) `->` type($result)"

    @property
    def ratio(self) -> int:
        """How many elements of the one type have the bits of one of the other."""
        x, y = (_width(tensor_type(value).element_type) for value in (self.x, self.result))
        return max(x, y) // min(x, y)

    @property
    def gathers(self) -> bool:
        """Whether the elements along the last axis make one of the result."""
        return tensor_type(self.x).rank > tensor_type(self.result).rank

    def verify(self) -> None:
        x, y = tensor_type(self.x), tensor_type(self.result)
        widths = _width(x.element_type), _width(y.element_type)
        if max(widths) % min(widths):
            raise VerifyError(f"widths of '{x.element_type}' and '{y.element_type}' do not divide one another")
        ratio = max(widths) // min(widths)
        shape = x.shape
        if widths[0] > widths[1]:
            shape = (*shape, ratio)
        elif widths[0] < widths[1]:
            if not shape or shape[-1] not in (ratio, None):
                raise VerifyError(
                    f"'{x}' must have a last axis of size {ratio} to give elements of type '{y.element_type}'"
                )
            shape = shape[:-1]
        check_compatible(y, [TensorType(shape, y.element_type)])


def _width(type: Type) -> int:
    if not isinstance(type, IntegerType | FloatType):
        raise VerifyError(f"elements of type '{type}' have no stated width")
    return type.width
