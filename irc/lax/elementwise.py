"""Elementwise functions of JAX's `lax` that `irc.numpy` lacks; `irc.lax.strict` is as strict as JAX's about operands."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.dialects import nd
from irc.numpy import ufuncs
from irc.numpy.ufuncs.operands import filled, inexact
from irc.tracing.array import Array, as_array
from irc.tracing.bits import reinterpret
from irc.tracing.dtypes import as_dtype, is_float, is_inexact, is_integer, limits
from irc.tracing.elementwise import apply, binary, broadcast, cast, promoted
from irc.tracing.formulas import factors


def rem(x: Any, y: Any) -> Array:
    """The remainder of `div`, with the sign of x; that of an integer by zero is the integer."""
    return binary(nd.Remainder, x, y)


def div(x: Any, y: Any) -> Array:
    """x / y; integers are rounded towards zero."""
    return binary(nd.Divide, x, y)


def round(x: Any, rounding_method: int = 0) -> Array:
    """Rounded to the nearest integer: halves away from zero with method 0, to even with 1."""
    array = as_array(x)
    if is_integer(array.dtype) or rounding_method:
        return ufuncs.round(array)
    magnitude = ufuncs.abs(array)
    down = ufuncs.floor(magnitude)
    up = ufuncs.greater_equal(ufuncs.subtract(magnitude, down), 0.5)
    return ufuncs.copysign(ufuncs.add(down, cast(up, array.dtype)), array)


def logistic(x: Any) -> Array:
    """1 / (1 + exp(-x))."""
    array = inexact(x)
    return apply(nd.Logistic, array, weak_type=array.weak_type)


def erf(x: Any) -> Array:
    """The error function."""
    array = inexact(x)
    return apply(nd.Erf, array, weak_type=array.weak_type)


def clamp(min: Any, x: Any, max: Any) -> Array:
    """`x` moved into the range, with the derivative zero at its ends."""
    found = ufuncs.where(ufuncs.less_equal(x, min), min, x)
    return ufuncs.where(ufuncs.greater_equal(found, max), max, found)


def select(pred: Any, on_true: Any, on_false: Any) -> Array:
    """`on_true` where `pred` holds, else `on_false`."""
    return ufuncs.where(pred, on_true, on_false)


def select_n(which: Any, *cases: Any) -> Array:
    """The element of the case whose number `which` has; a boolean chooses between two."""
    chosen = as_array(which)
    if chosen.dtype.kind == "b":
        return ufuncs.where(chosen, cases[1], cases[0])
    found = as_array(cases[-1])
    for i in range(len(cases) - 2, -1, -1):
        found = ufuncs.where(ufuncs.less_equal(chosen, i), cases[i], found)
    return found


def convert_element_type(operand: Any, new_dtype: Any) -> Array:
    """`operand` with elements of another dtype."""
    return cast(as_array(operand), as_dtype(new_dtype))


def integer_pow(x: Any, y: int) -> Array:
    """`x` multiplied with itself, or the reciprocal of that for a negative exponent."""
    array = as_array(x)
    if y >= 0:
        return ufuncs.integer_pow(array, y)
    if not is_inexact(array.dtype):
        raise TypeError(f"integers cannot be raised to the negative power {y}, as the result is none: use floats")

    def power(x: Any, n: int) -> Array:
        found = factors(lambda _, x: power(x, n - 1) * n)(lambda x: ufuncs.reciprocal(ufuncs.integer_pow(x, -n)))(x)
        return as_array(found)

    return power(array, y)


# -- bits ------------------------------------------------------------------------------------------------------------


def _of_integers(op: Any, name: str, *operands: Any) -> Array:
    arrays, weak = promoted(*operands)
    if not is_integer(arrays[0].dtype):
        raise TypeError(f"{name} is a function of integers, got {arrays[0].dtype}")
    return apply(op, *broadcast(*arrays), weak_type=weak)


def shift_right_logical(x: Any, y: Any) -> Array:
    """x shifted by y bits to the right, with zeros from the left."""
    return _of_integers(nd.LogicalRightShift, "shift_right_logical", x, y)


def shift_right_arithmetic(x: Any, y: Any) -> Array:
    """x shifted by y bits to the right, with copies of its highest bit from the left, also where the type has no sign."""
    (a, b), weak = promoted(x, y)
    if a.dtype.kind != "u":
        return _of_integers(nd.BitwiseRightShift, "shift_right_arithmetic", a, b)
    signed = np.dtype(f"int{a.dtype.itemsize * 8}")
    bits = np.dtype(f"uint{a.dtype.itemsize * 8}")
    # Amounts beyond the width are as good as the width.
    amount = reinterpret(ufuncs.minimum(b, a.dtype.itemsize * 8), signed)
    shifted = apply(nd.BitwiseRightShift, *broadcast(reinterpret(a, signed), amount))
    return cast(reinterpret(shifted, bits), bits, weak)


def population_count(x: Any) -> Array:
    """The number of bits that are set."""
    return _of_integers(nd.PopCount, "population_count", x)


def clz(x: Any) -> Array:
    """The number of zeros before the highest bit that is set."""
    return _of_integers(nd.CountLeadingZeros, "clz", x)


def bitcast_convert_type(operand: Any, new_dtype: Any) -> Array:
    """The bits of the elements read as another type: a wider element gives several along a new last axis."""
    return reinterpret(as_array(operand), as_dtype(new_dtype))


def reduce_precision(operand: Any, exponent_bits: int, mantissa_bits: int) -> Array:
    """Floats rounded to those of an exponent and a mantissa of so many bits; the dtype stays."""
    array = as_array(operand)
    if not is_float(array.dtype):
        raise TypeError(f"reduce_precision is a function of floats, got {array.dtype}")
    if exponent_bits < 1 or mantissa_bits < 0:
        raise ValueError(f"a float has a bit of exponent at least, got {exponent_bits} and {mantissa_bits} of mantissa")
    rounded = factors(lambda _, x: 1)(lambda x: _reduced(x, exponent_bits, mantissa_bits))
    return as_array(rounded(array))


def _reduced(operand: Any, exponent_bits: int, mantissa_bits: int) -> Array:
    array = as_array(operand)
    info = limits(array.dtype)
    width, own = array.dtype.itemsize * 8, int(info.nmant)
    integer = np.dtype(f"uint{width}")
    found = reinterpret(array, integer)
    if mantissa_bits < own:
        # Half of the last place that stays, to even: carries go on into the exponent.
        dropped = own - mantissa_bits
        last = _bit_at(found, dropped)
        half = apply(nd.Add, last, filled(found, (1 << (dropped - 1)) - 1))
        found = apply(nd.Add, found, half)
        mask = ((1 << width) - 1) ^ ((1 << dropped) - 1)
        found = apply(nd.BitwiseAnd, found, filled(found, mask))
    rounded = reinterpret(found, array.dtype)
    if exponent_bits < width - 1 - own:
        bias = (1 << (exponent_bits - 1)) - 1
        largest = (2 - 2.0**-mantissa_bits) * 2.0**bias
        smallest = 2.0 ** (1 - bias)
        size = ufuncs.abs(rounded)
        rounded = ufuncs.where(ufuncs.greater(size, largest), ufuncs.copysign(np.inf, array), rounded)
        rounded = ufuncs.where(ufuncs.less(size, smallest), ufuncs.copysign(0.0, array), rounded)
    rounded = cast(rounded, array.dtype, array.weak_type)
    return ufuncs.where(ufuncs.isfinite(array), rounded, array)


def _bit_at(x: Array, place: int) -> Array:
    """The bit at this place."""
    shifted = apply(nd.LogicalRightShift, x, filled(x, place))
    return apply(nd.BitwiseAnd, shifted, filled(x, 1))


__all__ = ["bitcast_convert_type", "convert_element_type", "integer_pow", "reduce_precision"]
