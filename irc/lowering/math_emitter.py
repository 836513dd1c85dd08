"""Builds arithmetic on one float type, a number or a vector of them, for `expand-math`.

Operands may be Python numbers. No fast-math flags are set: the algorithms rely on each rounding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from irc.dialects import arith, math
from irc.dialects._amounts import compare
from irc.dialects.arith_attributes import CMPF
from irc.ir.attributes import IntegerAttr, scalar_attr
from irc.ir.builder import Builder
from irc.ir.dense import splat
from irc.ir.types import FloatType, IntegerType, Type, VectorType, element_type, f32, f64, i64, with_element_type
from irc.ir.value import Value

Number = Value | float


@dataclass(frozen=True, slots=True)
class Format:
    """A binary interchange format of IEEE 754."""

    type: FloatType
    mantissa: int
    bias: int

    @property
    def integer(self) -> IntegerType:
        """The integer type of its bits."""
        return IntegerType(self.type.width)

    @property
    def rounder(self) -> float:
        """Adding this to a small enough number rounds it to an integer, which the low bits of the sum hold."""
        return 1.5 * 2.0**self.mantissa


FORMATS = {f32: Format(f32, 23, 127), f64: Format(f64, 52, 1023)}


class Emitter:
    """Emits ops on `type`, whose element type is `f32` or `f64`."""

    __slots__ = ("b", "constants", "format", "integers", "is_f32", "type")

    def __init__(self, b: Builder, type: Type) -> None:
        scalar = element_type(type)
        assert isinstance(scalar, FloatType)
        self.b, self.type, self.format = b, type, FORMATS[scalar]
        self.is_f32 = scalar is f32
        self.integers = with_element_type(type, self.format.integer)
        self.constants: dict[tuple[str, Type], Value] = {}

    # -- constants ---------------------------------------------------------------------------------------------------

    def value(self, number: Number) -> Value:
        """A number as a float value."""
        return number if isinstance(number, Value) else self._constant(number, self.type)

    def _constant(self, number: float, type: Type) -> Value:
        key = (float(number).hex() if type is self.type else str(number), type)
        found = self.constants.get(key)
        if found is None:
            attribute = splat(number, type) if isinstance(type, VectorType) else scalar_attr(number, type)
            found = self.constants[key] = self.b.insert(arith.Constant(attribute)).result
        return found

    def integer(self, number: Value | int) -> Value:
        """A number as a value of the integers of the bits."""
        return number if isinstance(number, Value) else self._constant(number, self.integers)

    # -- floats ------------------------------------------------------------------------------------------------------

    def add(self, a: Number, b: Number) -> Value:
        return self.b.insert(arith.AddF(self.value(a), self.value(b))).result

    def sub(self, a: Number, b: Number) -> Value:
        return self.b.insert(arith.SubF(self.value(a), self.value(b))).result

    def mul(self, a: Number, b: Number) -> Value:
        return self.b.insert(arith.MulF(self.value(a), self.value(b))).result

    def div(self, a: Number, b: Number) -> Value:
        return self.b.insert(arith.DivF(self.value(a), self.value(b))).result

    def fma(self, a: Number, b: Number, c: Number) -> Value:
        return self.b.insert(math.Fma(self.value(a), self.value(b), self.value(c))).result

    def neg(self, a: Value) -> Value:
        return self.b.insert(arith.NegF(a)).result

    def abs(self, a: Value) -> Value:
        return self.b.insert(math.AbsF(a)).result

    def sqrt(self, a: Value) -> Value:
        return self.b.insert(math.Sqrt(a)).result

    def trunc(self, a: Value) -> Value:
        return self.b.insert(math.Trunc(a)).result

    def copysign(self, magnitude: Value, sign: Value) -> Value:
        return self.b.insert(math.CopySign(magnitude, sign)).result

    def compare(self, word: str, a: Number, b: Number) -> Value:
        predicate = IntegerAttr(CMPF[word], i64)
        return self.b.insert(arith.CmpF(self.value(a), self.value(b), predicate)).result

    def select(self, condition: Value, a: Number, b: Number) -> Value:
        return self.b.insert(arith.Select(condition, self.value(a), self.value(b))).result

    def at_most(self, x: Value, bound: float) -> Value:
        """The smaller one; NaN stays NaN."""
        return self.select(self.compare("ult", x, bound), x, bound)

    def at_least(self, x: Value, bound: float) -> Value:
        """The greater one; NaN stays NaN."""
        return self.select(self.compare("ugt", x, bound), x, bound)

    def horner(self, x: Value, coefficients: Sequence[float]) -> Value:
        """The polynomial, lowest power first; safe for `x` whose powers underflow."""
        result: Number = coefficients[-1]
        for coefficient in reversed(coefficients[:-1]):
            result = self.fma(result, x, coefficient)
        return self.value(result)

    def estrin(self, x: Value, coefficients: Sequence[float]) -> Value:
        """The polynomial, lowest power first, by pairs: a shorter chain of dependent operations than Horner's."""
        terms: list[Number] = list(coefficients)
        power = x
        while len(terms) > 1:
            paired: list[Number] = [self.fma(b, power, a) for a, b in zip(terms[::2], terms[1::2], strict=False)]
            if len(terms) % 2:
                paired.append(terms[-1])
            terms = paired
            if len(terms) > 1:
                power = self.mul(power, power)
        return self.value(terms[0])

    # -- bits --------------------------------------------------------------------------------------------------------

    def bits(self, x: Value) -> Value:
        return self.b.insert(arith.Bitcast(x, result_types=[self.integers])).result

    def from_bits(self, n: Value) -> Value:
        return self.b.insert(arith.Bitcast(n, result_types=[self.type])).result

    def add_i(self, a: Value, b: Value | int) -> Value:
        return self.b.insert(arith.AddI(a, self.integer(b))).result

    def sub_i(self, a: Value, b: Value | int) -> Value:
        return self.b.insert(arith.SubI(a, self.integer(b))).result

    def and_i(self, a: Value, b: int) -> Value:
        return self.b.insert(arith.AndI(a, self.integer(b))).result

    def or_i(self, a: Value, b: Value | int) -> Value:
        return self.b.insert(arith.OrI(a, self.integer(b))).result

    def shift_left(self, a: Value, count: int) -> Value:
        return self.b.insert(arith.ShLI(a, self.integer(count))).result

    def shift_right(self, a: Value, count: int) -> Value:
        """With the sign."""
        return self.b.insert(arith.ShRSI(a, self.integer(count))).result

    def xor_bits(self, x: Value, mask: Value) -> Value:
        """The float whose bits are those of `x` flipped where `mask` has ones."""
        return self.from_bits(self.b.insert(arith.XOrI(self.bits(x), mask)).result)

    def is_odd(self, n: Value) -> Value:
        return compare(self.b, "ne", self.and_i(n, 1), self.integer(0))

    def to_float(self, n: Value) -> Value:
        return self.b.insert(arith.SIToFP(n, result_types=[self.type])).result

    def both(self, a: Value, b: Value) -> Value:
        return self.b.insert(arith.AndI(a, b)).result

    def either(self, a: Value, b: Value) -> Value:
        return self.b.insert(arith.OrI(a, b)).result

    def round(self, x: Value) -> tuple[Value, Value]:
        """The nearest integer, as a float and as an integer, for |x| < 2^(mantissa - 1).

        No conversion is used: what one makes of NaN would be undefined, the bits of a sum never are.
        """
        rounder = self.format.rounder
        shifted = self.add(x, rounder)
        pattern = self.format.bias + self.format.mantissa << self.format.mantissa | 1 << self.format.mantissa - 1
        return self.sub(shifted, rounder), self.sub_i(self.bits(shifted), pattern)

    def power_of_two(self, n: Value) -> Value:
        """2^n for an integer within the range of normal exponents."""
        return self.from_bits(self.shift_left(self.add_i(n, self.format.bias), self.format.mantissa))

    def scale(self, x: Value, n: Value) -> Value:
        """x 2^n, in two steps, so that results that overflow or are subnormal come out right."""
        half = self.shift_right(n, 1)
        rest = self.b.insert(arith.SubI(n, half)).result
        return self.mul(self.mul(x, self.power_of_two(half)), self.power_of_two(rest))
