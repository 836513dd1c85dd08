"""What functions of elements make of their operands: arrays of floats, of numbers, of one number."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.dtypes import DEFAULTS, limits, promote, to_inexact
from irc.tracing.elementwise import apply, cast, promoted
from irc.tracing.shaping import broadcast_to


def filled(like: Array, value: Any) -> Array:
    """An array of one number, with the shape and dtype of `like`."""
    return broadcast_to(ConcreteArray(np.asarray(value, like.dtype), like.weak_type), like.shape)


def unary(op: Any, x: Any) -> Array:
    array = as_array(x)
    return apply(op, array, weak_type=array.weak_type)


def inexact(x: Any) -> Array:
    """`x` as an array of floats or complex numbers."""
    array = as_array(x)
    return cast(array, to_inexact(array.dtype), array.weak_type)


def float_unary(op: Any, x: Any) -> Array:
    array = inexact(x)
    return apply(op, array, weak_type=array.weak_type)


def promoted_to_inexact(*operands: Any) -> tuple[list[Array], bool]:
    """The operands as arrays of the float or complex dtype that is common to them, and whether that is weak.

    None is an integer on the way, in which a number of Python's might not fit.
    """
    arrays = [as_array(operand) for operand in operands]
    dtype, weak = promote([(array.dtype, array.weak_type) for array in arrays])
    return [cast(array, to_inexact(dtype), weak) for array in arrays], weak


def numbers(*operands: Any) -> tuple[list[Array], bool]:
    """The operands as arrays of their common dtype, which for booleans is the default integer."""
    arrays, weak = promoted(*operands)
    if arrays[0].dtype.kind == "b":
        return [cast(array, DEFAULTS[int]) for array in arrays], False
    return arrays, weak


def largest(dtype: Any) -> Any:
    """The greatest number of a dtype."""
    return limits(dtype).max
