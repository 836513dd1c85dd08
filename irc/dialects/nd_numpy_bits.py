"""What `nd` ops on bits compute, as NumPy functions of the op and the operands' arrays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from irc.dialects import nd_bits as nd
from irc.dialects.nd_base import tensor_type
from irc.ir.dense import dtype_of, fit
from irc.ir.operation import Operation
from irc.ir.types import FloatType, IntegerType, Type

Array = np.ndarray[Any, Any]


def width_of(element: Type) -> int:
    """Bits of an element; an index has those of its dtype."""
    return element.width if isinstance(element, IntegerType | FloatType) else 64


def to_pattern(x: Array, element: Type) -> Array:
    """The bits of elements as unsigned numbers; those that the dtype has beyond the width are zero."""
    pattern = x.astype(np.uint8) if x.dtype == np.bool_ else np.asarray(x).view(f"u{x.dtype.itemsize}")
    return pattern & pattern.dtype.type((1 << width_of(element)) - 1)


def from_pattern(pattern: Array, element: Type) -> Array:
    """The elements that have these bits, of which those beyond the width are dropped."""
    dtype = dtype_of(element)
    kept = np.asarray(pattern & pattern.dtype.type((1 << min(width_of(element), 8 * pattern.itemsize)) - 1))
    if dtype == np.bool_:
        return kept.astype(np.bool_)
    return np.asarray(fit(kept.astype(f"u{dtype.itemsize}").view(dtype), element))


def _left_shift(x: Array, n: Array, width: int) -> Array:
    return np.where(n < width, x << np.minimum(n, width - 1), 0)


def _logical_right_shift(x: Array, n: Array, width: int) -> Array:
    return np.where(n < width, x >> np.minimum(n, width - 1), 0)


def _right_shift(op: nd.BitwiseRightShift, x: Array, n: Array) -> Array:
    """On numbers, whose sign the shift of NumPy copies."""
    element = tensor_type(op.result).element_type
    width = width_of(element)
    amount = to_pattern(n, element)
    beyond = np.where(x < 0, -1, 0).astype(x.dtype) if x.dtype.kind == "i" else np.zeros_like(x)
    return np.where(amount < width, x >> np.minimum(amount, width - 1).astype(x.dtype), beyond)


def _leading_zeros(x: Array, width: int) -> Array:
    """By halves: where the upper one has no bit, the lower one is looked at."""
    count = np.full_like(x, width)
    for length in (32, 16, 8, 4, 2, 1):
        if length < 8 * x.itemsize:
            upper = x >> x.dtype.type(length)
            count = np.where(upper != 0, count - x.dtype.type(length), count)
            x = np.where(upper != 0, upper, x)
    return np.where(x != 0, count - count.dtype.type(1), count)


def _on_patterns(function: Callable[..., Array]) -> Callable[..., Array]:
    """A function of unsigned numbers and of the width, on elements of the type of the result."""

    def computed(op: Any, *operands: Array) -> Array:
        element = tensor_type(op.result).element_type
        patterns = [to_pattern(x, element) for x in operands]
        found = function(*patterns, width_of(element))
        return from_pattern(found.astype(patterns[0].dtype), element)

    return computed


def bitcast(op: nd.Bitcast, x: Array) -> Array:
    """Wider elements in parts of the width of the result's, or narrower ones put together."""
    source, target = tensor_type(op.x).element_type, tensor_type(op.result).element_type
    pattern, ratio = to_pattern(x, source).astype(np.uint64), op.ratio
    shifts = np.arange(ratio, dtype=np.uint64) * np.uint64(min(width_of(source), width_of(target)))
    if width_of(source) > width_of(target):
        pattern = pattern[..., None] >> shifts
    elif width_of(source) < width_of(target):
        pattern = np.bitwise_or.reduce(pattern << shifts, axis=-1)
    return from_pattern(pattern, target)


FUNCTIONS: dict[type[Operation], Callable[..., Array]] = {
    nd.BitwiseAnd: lambda op, x, y: x & y,
    nd.BitwiseOr: lambda op, x, y: x | y,
    nd.BitwiseXor: lambda op, x, y: x ^ y,
    nd.BitwiseNot: lambda op, x: ~x,
    nd.BitwiseLeftShift: _on_patterns(_left_shift),
    nd.LogicalRightShift: _on_patterns(_logical_right_shift),
    nd.BitwiseRightShift: _right_shift,
    nd.PopCount: _on_patterns(lambda x, width: np.bitwise_count(x)),
    nd.CountLeadingZeros: _on_patterns(_leading_zeros),
    nd.Bitcast: bitcast,
}
"""By op class."""
