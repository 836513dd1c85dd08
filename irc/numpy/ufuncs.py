"""Functions of single elements, by the names of the Array API standard and of NumPy."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from irc.dialects import nd
from irc.numpy.arguments import no_out
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.dtypes import DEFAULTS, has_infinity, is_float, is_inexact, is_integer, limits, promote, to_inexact
from irc.tracing.elementwise import apply, binary, bitcast, broadcast, cast, compare, promoted, select
from irc.tracing.formulas import factors
from irc.tracing.shaping import broadcast_to


def filled(like: Array, value: Any) -> Array:
    """An array of one number, with the shape and dtype of `like`."""
    return broadcast_to(ConcreteArray(np.asarray(value, like.dtype), like.weak_type), like.shape)


def _unary(op: Any, x: Any) -> Array:
    array = as_array(x)
    return apply(op, array, weak_type=array.weak_type)


def inexact(x: Any) -> Array:
    """`x` as an array of floats or complex numbers."""
    array = as_array(x)
    return cast(array, to_inexact(array.dtype), array.weak_type)


def _float_unary(op: Any, x: Any) -> Array:
    array = inexact(x)
    return apply(op, array, weak_type=array.weak_type)


# -- arithmetic ------------------------------------------------------------------------------------------------------


def add(x1: Any, x2: Any, /) -> Array:
    """x1 + x2."""
    return binary(nd.Add, x1, x2)


def subtract(x1: Any, x2: Any, /) -> Array:
    """x1 - x2."""
    return binary(nd.Subtract, x1, x2)


def multiply(x1: Any, x2: Any, /) -> Array:
    """x1 * x2."""
    return binary(nd.Multiply, x1, x2)


def promoted_to_inexact(*operands: Any) -> tuple[list[Array], bool]:
    """The operands as arrays of the float or complex dtype that is common to them, and whether that is weak.

    None is an integer on the way, in which a number of Python's might not fit.
    """
    arrays = [as_array(operand) for operand in operands]
    dtype, weak = promote([(array.dtype, array.weak_type) for array in arrays])
    return [cast(array, to_inexact(dtype), weak) for array in arrays], weak


def divide(x1: Any, x2: Any, /) -> Array:
    """x1 / x2; integers are divided as floats."""
    (a, b), weak = promoted_to_inexact(x1, x2)
    return apply(nd.Divide, *broadcast(a, b), weak_type=weak)


def numbers(*operands: Any) -> tuple[list[Array], bool]:
    """The operands as arrays of their common dtype, which for booleans is the default integer."""
    arrays, weak = promoted(*operands)
    if arrays[0].dtype.kind == "b":
        return [cast(array, DEFAULTS[int]) for array in arrays], False
    return arrays, weak


def _divisor(x: Array) -> Array:
    """`x` with ones in place of zeros of integers, whose remainders are zero."""
    if not is_integer(x.dtype):
        return x
    return select(apply(nd.Equal, x, filled(x, 0)), filled(x, 1), x, x.weak_type)


def floor_divide(x1: Any, x2: Any, /) -> Array:
    """x1 / x2 rounded down; booleans are integers, and an integer by zero gives what it gives in JAX: -2, or -1 for zero and
    the largest number for an unsigned one.

    A finite number by an infinity of the other sign is -1, as in NumPy and JAX; the standard says -0.
    """
    (a, b), weak = numbers(x1, x2)
    a, b = broadcast(a, b)
    quotient = apply(nd.Divide, a, b, weak_type=weak)
    if is_integer(a.dtype):
        if a.dtype.kind == "u":
            return quotient
        rest = apply(nd.Remainder, a, b, weak_type=weak)
        zero = filled(a, 0)
        signs = apply(nd.NotEqual, apply(nd.Sign, a), apply(nd.Sign, b))
        inexact_ = apply(nd.LogicalAnd, apply(nd.NotEqual, rest, zero), signs)
        return select(inexact_, apply(nd.Subtract, quotient, filled(a, 1)), quotient, weak)
    # As Python has it: from the exact remainder, so that the two agree.
    rest = remainder(a, b)
    exact = apply(nd.Round, apply(nd.Divide, apply(nd.Subtract, a, rest), b), weak_type=weak)
    exact = select(apply(nd.Equal, exact, filled(a, 0)), apply(nd.Multiply, filled(a, 0), quotient), exact, weak)
    ordinary = apply(nd.LogicalAnd, isfinite(a), isfinite(b))
    ordinary = apply(nd.LogicalAnd, ordinary, apply(nd.NotEqual, b, filled(b, 0)))
    return select(ordinary, exact, _limit_of_floor(a, b, quotient, weak), weak)


def _limit_of_floor(a: Array, b: Array, quotient: Array, weak: bool) -> Array:
    """`floor_divide` of floats of which one is not finite, or the second is zero."""
    floor = apply(nd.Floor, quotient, weak_type=weak)
    # A finite number by an infinity of the other sign lies just below zero.
    zero = filled(a, 0)
    below = apply(nd.NotEqual, apply(nd.Less, a, zero), apply(nd.Less, b, zero))
    below = apply(nd.LogicalAnd, below, apply(nd.LogicalAnd, isfinite(a), isinf(b)))
    below = apply(nd.LogicalAnd, below, apply(nd.NotEqual, a, zero))
    return select(below, filled(a, -1), floor, weak)


@factors(lambda y, a, b: 1, lambda y, a, b: _wraps(a, b) - trunc(divide(a, b)))
def remainder(x1: Any, x2: Any, /) -> Array:
    """The remainder of `floor_divide`, with the sign of x2 (Python's `%`); that of an integer by zero is zero."""
    (a, b), weak = numbers(x1, x2)
    a, b = broadcast(a, _divisor(b))
    rest = apply(nd.Remainder, a, b, weak_type=weak)
    if a.dtype.kind == "u":
        return rest
    zero = filled(a, 0)
    signs = apply(nd.NotEqual, apply(nd.Less, rest, zero), apply(nd.Less, b, zero))
    fix = apply(nd.LogicalAnd, apply(nd.NotEqual, rest, zero), signs)
    found = select(fix, apply(nd.Add, rest, b), rest, weak)
    if is_integer(a.dtype):
        return found
    return with_zeros_like(found, b)


def _wraps(a: Any, b: Any) -> Array:
    """1 where the remainder of a division without fraction has the other sign than b, else 0."""
    rest = fmod(a, b)
    return cast(logical_and(not_equal(rest, 0), not_equal(less(rest, 0), less(b, 0))), rest.dtype)


mod = remainder


def fmod(x1: Any, x2: Any, /) -> Array:
    """The remainder with the sign of x1 (C's `fmod`); that of an integer by zero is zero."""
    (a, b), weak = numbers(x1, x2)
    return apply(nd.Remainder, *broadcast(a, _divisor(b)), weak_type=weak)


def divmod_(x1: Any, x2: Any, /) -> tuple[Array, Array]:
    """`floor_divide` and `remainder`."""
    return floor_divide(x1, x2), remainder(x1, x2)


def power(x1: Any, x2: Any, /) -> Array:
    """x1 to the power of x2; a small integer that is known becomes multiplications."""
    if isinstance(x2, int) and not isinstance(x2, bool) and x2 <= 16:
        array = as_array(x1)
        if x2 >= 0:
            return integer_pow(array, x2)
        if not is_inexact(array.dtype):
            raise TypeError(f"integers cannot be raised to the negative power {x2}, as the result is none: use floats")
    (a, b), weak = numbers(x1, x2)
    return apply(nd.Pow, *broadcast(a, b), weak_type=weak)


def integer_pow(x: Array, n: int) -> Array:
    """`x` multiplied with itself, by squaring."""
    if x.dtype.kind == "b":
        x = cast(x, np.dtype(np.int32), True)
    if n == 0:
        return filled(x, 1)
    found: Array | None = None
    square = x
    while True:
        if n & 1:
            found = square if found is None else multiply(found, square)
        n >>= 1
        if not n:
            assert found is not None
            return found
        square = multiply(square, square)


pow = power


def negative(x: Any, /) -> Array:
    """-x."""
    return _unary(nd.Negative, x)


def positive(x: Any, /) -> Array:
    """x."""
    return as_array(x)


def abs(x: Any, /) -> Array:
    """|x|."""
    array = as_array(x)
    return array if array.dtype.kind in "bu" else _unary(nd.Abs, array)


absolute = abs


def fabs(x: Any, /) -> Array:
    """|x| as a float."""
    return abs(inexact(x))


def sign(x: Any, /) -> Array:
    """-1, 1, NaN for NaN, and zeros as they are, where the standard says 0; the direction of complex numbers."""
    return _unary(nd.Sign, as_array(x))


def square(x: Any, /) -> Array:
    """x * x, of booleans as integers."""
    return integer_pow(as_array(x), 2)


def reciprocal(x: Any, /) -> Array:
    """1 / x."""
    return divide(1, x)


# -- functions of floats ---------------------------------------------------------------------------------------------


def exp(x: Any, /) -> Array:
    """e to the power of x."""
    return _float_unary(nd.Exp, x)


def expm1(x: Any, /) -> Array:
    """exp(x) - 1."""
    found = _float_unary(nd.Expm1, x)
    return where(equal(x, 0), filled(found, 0), found) if found.dtype.kind == "c" else found


def exp2(x: Any, /) -> Array:
    """2 to the power of x."""
    array = inexact(x)
    return apply(nd.Pow, filled(array, 2), array, weak_type=array.weak_type)


def log(x: Any, /) -> Array:
    """Natural logarithm."""
    return _float_unary(nd.Log, x)


def log1p(x: Any, /) -> Array:
    """log(1 + x)."""
    return _float_unary(nd.Log1p, x)


def _scaled(x: Array, factor: float) -> Array:
    """A complex number times a real one, part by part: infinities stay in theirs."""
    parts = (multiply(apply(part, x), factor) for part in (nd.Real, nd.Imag))
    return apply(nd.Complex, *parts, weak_type=x.weak_type)


def log2(x: Any, /) -> Array:
    """Logarithm to base 2."""
    return _scaled(log(x), 1 / math.log(2.0)) if as_array(x).dtype.kind == "c" else divide(log(x), math.log(2.0))


def log10(x: Any, /) -> Array:
    """Logarithm to base 10."""
    return _scaled(log(x), 1 / math.log(10.0)) if as_array(x).dtype.kind == "c" else divide(log(x), math.log(10.0))


def sqrt(x: Any, /) -> Array:
    """Square root."""
    return _float_unary(nd.Sqrt, x)


def rsqrt(x: Any, /) -> Array:
    """1 / sqrt(x)."""
    return _float_unary(nd.Rsqrt, x)


def sin(x: Any, /) -> Array:
    """Sine."""
    return _float_unary(nd.Sin, x)


def cos(x: Any, /) -> Array:
    """Cosine."""
    return _float_unary(nd.Cos, x)


def tanh(x: Any, /) -> Array:
    """Hyperbolic tangent."""
    found = _float_unary(nd.Tanh, x)
    if found.dtype.kind != "c":
        return found
    # Far out it is one, with the sign that the standard says.
    re, im, far, turn = (apply(part, each) for each in (found, inexact(x)) for part in (nd.Real, nd.Imag))
    im = where(apply(nd.LogicalAnd, isinf(far), isfinite(turn)), copysign(filled(im, 0), turn), im)
    return apply(nd.Complex, re, im, weak_type=found.weak_type)


def atan2(x1: Any, x2: Any, /) -> Array:
    """The angle of the point (x2, x1)."""
    (a, b), weak = promoted_to_inexact(x1, x2)
    return apply(nd.Atan2, *broadcast(a, b), weak_type=weak)


arctan2 = atan2


def _rounding(op: Any, x: Any) -> Array:
    array = as_array(x)
    return array if not is_inexact(array.dtype) else _unary(op, array)


def floor(x: Any, /) -> Array:
    """Rounded down."""
    return _rounding(nd.Floor, x)


def ceil(x: Any, /) -> Array:
    """Rounded up."""
    return _rounding(nd.Ceil, x)


def trunc(x: Any) -> Array:
    """Rounded towards zero, keeping the sign of zero."""
    array = as_array(x)
    if not is_inexact(array.dtype):
        return array
    down = apply(nd.Floor, apply(nd.Abs, array))
    return copysign(down, array)


def round(a: Any, decimals: int = 0, out: None = None) -> Array:
    """Rounded to the nearest integer, or to `decimals` places; halves to even."""
    no_out(out, "round")
    if decimals:
        factor = 10.0**decimals
        array = as_array(a)
        return cast(divide(round(multiply(array, factor)), factor), array.dtype, array.weak_type)
    return _rounding(nd.Round, a)


def rint(x: Any, /) -> Array:
    """Rounded to the nearest integer, halves to even; a float."""
    return round(inexact(x))


def signbit(x: Any, /) -> Array:
    """Whether the sign bit is set, also of zeros."""
    array = as_array(x)
    if not is_float(array.dtype):
        return less(array, 0)
    integer = np.dtype(f"int{array.dtype.itemsize * 8}")
    bits = bitcast(array, integer)
    return apply(nd.Less, bits, filled(bits, 0))


def copysign(x1: Any, x2: Any, /) -> Array:
    """The magnitude of x1 with the sign of x2."""
    (a, b), weak = promoted(x1, x2)
    dtype = to_inexact(a.dtype)
    a, b = broadcast(cast(a, dtype, weak), cast(b, dtype, weak))
    magnitude = apply(nd.Abs, a, weak_type=weak)
    return select(signbit(b), apply(nd.Negative, magnitude), magnitude, weak)


def size_of(x: Array) -> Array:
    """|x|, whose derivative at zero is that of the side where the sign bit has it."""
    return select(signbit(x), apply(nd.Negative, x, weak_type=x.weak_type), x, x.weak_type)


def with_sign_of(size: Array, x: Array) -> Array:
    """A function of `size_of(x)` as an odd function of x."""
    return select(signbit(x), apply(nd.Negative, size, weak_type=size.weak_type), size, size.weak_type)


def with_zeros_like(found: Array, x: Array) -> Array:
    """`found`, whose zeros get the sign of `x`."""
    zero = filled(found, 0)
    plus = apply(nd.Add, found, zero, weak_type=found.weak_type)
    minus = apply(nd.Negative, apply(nd.Add, apply(nd.Negative, found), zero), weak_type=found.weak_type)
    return select(signbit(x), minus, plus, found.weak_type)


def maximum(x1: Any, x2: Any, /) -> Array:
    """The larger one; NaN if one is NaN. Complex numbers are compared by their real parts first."""
    return _extreme(nd.Maximum, x1, x2)


def minimum(x1: Any, x2: Any, /) -> Array:
    """The smaller one; NaN if one is NaN. Complex numbers are compared by their real parts first."""
    return _extreme(nd.Minimum, x1, x2)


def _extreme(op: Any, x1: Any, x2: Any) -> Array:
    arrays, weak = promoted(x1, x2)
    a, b = broadcast(*arrays)
    if a.dtype.kind != "c":
        return apply(op, a, b, weak_type=weak)
    first = _ordered(nd.Less, b, a) if op is nd.Maximum else _ordered(nd.Less, a, b)
    chosen = apply(nd.LogicalOr, apply(nd.LogicalAnd, first, apply(nd.Equal, b, b)), apply(nd.NotEqual, a, a))
    return select(chosen, a, b, weak)


def _ordered(op: Any, x1: Any, x2: Any) -> Array:
    """A comparison by order, of complex numbers by their real parts first."""
    arrays, _ = promoted(x1, x2)
    a, b = broadcast(*arrays)
    if a.dtype.kind != "c":
        return apply(op, a, b)
    real, imag = ([apply(part, each) for each in (a, b)] for part in (nd.Real, nd.Imag))
    strict = nd.Less if op in (nd.Less, nd.LessEqual) else nd.Greater
    tie = apply(nd.LogicalAnd, apply(nd.Equal, *real), apply(op, *imag))
    return apply(nd.LogicalOr, apply(strict, *real), tie)


def clip(arr: Any, /, min: Any = None, max: Any = None) -> Array:
    """`arr` moved into the range."""
    found = as_array(arr)
    dtype = found.dtype
    for bound, op in ((min, nd.Maximum), (max, nd.Minimum)):
        if bound is not None:
            found = binary(op, found, bound)
    return found if is_inexact(found.dtype) or found.dtype == dtype else cast(found, dtype)


# -- comparisons and logic -------------------------------------------------------------------------------------------


def equal(x1: Any, x2: Any, /) -> Array:
    """x1 == x2."""
    return compare(nd.Equal, x1, x2)


def not_equal(x1: Any, x2: Any, /) -> Array:
    """x1 != x2."""
    return compare(nd.NotEqual, x1, x2)


def less(x1: Any, x2: Any, /) -> Array:
    """x1 < x2."""
    return _ordered(nd.Less, x1, x2)


def less_equal(x1: Any, x2: Any, /) -> Array:
    """x1 <= x2."""
    return _ordered(nd.LessEqual, x1, x2)


def greater(x1: Any, x2: Any, /) -> Array:
    """x1 > x2."""
    return _ordered(nd.Greater, x1, x2)


def greater_equal(x1: Any, x2: Any, /) -> Array:
    """x1 >= x2."""
    return _ordered(nd.GreaterEqual, x1, x2)


def boolean(x: Any) -> Array:
    """`x` as truth values: what is not zero is true."""
    array = as_array(x)
    return array if array.dtype.kind == "b" else not_equal(array, 0)


def logical_and(x1: Any, x2: Any, /) -> Array:
    """Whether both are true."""
    return apply(nd.LogicalAnd, *broadcast(boolean(x1), boolean(x2)))


def logical_or(x1: Any, x2: Any, /) -> Array:
    """Whether one is true."""
    return apply(nd.LogicalOr, *broadcast(boolean(x1), boolean(x2)))


def logical_xor(x1: Any, x2: Any, /) -> Array:
    """Whether exactly one is true."""
    return apply(nd.LogicalXor, *broadcast(boolean(x1), boolean(x2)))


def logical_not(x: Any, /) -> Array:
    """Whether it is false."""
    return apply(nd.LogicalNot, boolean(x))


def isnan(x: Any, /) -> Array:
    """Whether it is NaN."""
    array = as_array(x)
    return not_equal(array, array)


def isfinite(x: Any, /) -> Array:
    """Whether it is neither infinite nor NaN."""
    array = as_array(x)
    if not is_inexact(array.dtype):
        return broadcast_to(ConcreteArray(np.asarray(True)), array.shape)
    if not has_infinity(array.dtype):
        return equal(array, array)
    return apply(nd.Less, *broadcast(abs(array), ConcreteArray(np.asarray(np.inf, abs(array).dtype))))


def isinf(x: Any, /) -> Array:
    """Whether it is infinite."""
    array = as_array(x)
    if not is_inexact(array.dtype) or not has_infinity(array.dtype):
        return broadcast_to(ConcreteArray(np.asarray(False)), array.shape)
    return apply(nd.Equal, *broadcast(abs(array), ConcreteArray(np.asarray(np.inf, abs(array).dtype))))


def where(condition: Any, x1: Any, x2: Any, /) -> Array:
    """x1 where the condition holds, x2 elsewhere."""
    (a, b), weak = promoted(x1, x2)
    chosen, a, b = broadcast(boolean(condition), a, b)
    return select(chosen, a, b, weak)


def largest(dtype: Any) -> Any:
    """The greatest number of a dtype."""
    return limits(dtype).max


__all__ = [
    "abs",
    "absolute",
    "add",
    "arctan2",
    "atan2",
    "ceil",
    "clip",
    "copysign",
    "cos",
    "divide",
    "equal",
    "exp",
    "exp2",
    "expm1",
    "fabs",
    "floor",
    "floor_divide",
    "fmod",
    "greater",
    "greater_equal",
    "isfinite",
    "isinf",
    "isnan",
    "less",
    "less_equal",
    "log",
    "log1p",
    "log2",
    "log10",
    "logical_and",
    "logical_not",
    "logical_or",
    "logical_xor",
    "maximum",
    "minimum",
    "mod",
    "multiply",
    "negative",
    "not_equal",
    "positive",
    "pow",
    "power",
    "reciprocal",
    "remainder",
    "rint",
    "round",
    "rsqrt",
    "sign",
    "signbit",
    "sin",
    "sqrt",
    "square",
    "subtract",
    "tanh",
    "trunc",
]  # fmt: skip
