"""What `nd` ops compute, as NumPy functions: the reference for the interpreter and for constant folding.

Written for clarity. A function gets the op and the operands' arrays (destinations and sizes left out).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from irc.custom_calls.fourier import fft
from irc.custom_calls.linear_algebra import cholesky, triangular_solve
from irc.dialects import complex_numpy, nd
from irc.dialects import nd_numpy_bits as bits
from irc.dialects import nd_numpy_special as special
from irc.dialects.nd_base import integers, tensor_type
from irc.dialects.nd_numpy_convolution import CONVOLUTIONS
from irc.dialects.nd_numpy_indexing import INDEXING
from irc.dialects.nd_numpy_random import random_bits
from irc.ir.attributes import DenseElementsAttr
from irc.ir.dense import check_rank, dtype_of, float_limits, from_numpy, integer_limits, to_numpy
from irc.ir.operation import Operation
from irc.ir.rounding import to_float
from irc.ir.types import FloatType, Type

Array = np.ndarray[Any, Any]
Function = Callable[..., Any]


def _is_float(x: Array) -> bool:
    # The dtypes of ml_dtypes are of kind 'V'.
    return x.dtype.kind in "fcV"


def through_f32(function: Function) -> Function:
    """`function`, computed in `float32` on floats that are narrower, and rounded once."""

    def compute(*arrays: Array) -> Any:
        dtype = arrays[0].dtype
        if not _is_float(arrays[0]) or dtype.itemsize >= 4:
            return function(*arrays)
        found = function(*(x.astype(np.float32) for x in arrays))
        return found if found.dtype == np.bool_ else found.astype(dtype)

    return compute


def _divide(x: Array, y: Array) -> Array:
    if _is_float(x):
        return np.divide(x, y)
    safe = np.where(y == 0, 1, y)
    if x.dtype.kind == "i":
        # The least integer divided by -1 wraps around to itself.
        safe = np.where((x == np.iinfo(x.dtype).min) & (y == -1), 1, safe)
    # The floor, plus one where it is not exact and the signs differ: no absolute value, which the least integer has not.
    inexact = np.remainder(x, safe) != 0
    quotient = np.floor_divide(x, safe) + (inexact & ((x < 0) ^ (safe < 0)))
    return np.where(y == 0, np.array(-1).astype(x.dtype), quotient).astype(x.dtype)


def _remainder(x: Array, y: Array) -> Array:
    if _is_float(x):
        return np.fmod(x, y)
    safe = np.where(y == 0, 1, np.where(y == -1, 1, y)) if x.dtype.kind == "i" else np.where(y == 0, 1, y)
    return np.where(y == 0, x, np.fmod(x, safe)).astype(x.dtype)


def _power(x: Array, y: Array) -> Array:
    if _is_float(x):
        return np.power(x, y)
    negative = np.where(x == 1, 1, np.where(x == -1, np.where(y % 2 == 0, 1, -1), 0)) if x.dtype.kind == "i" else x
    return np.where(y < 0, negative, np.power(x, np.maximum(y, 0))).astype(x.dtype)


def _sign(x: Array) -> Array:
    return np.where(x == 0, x, np.sign(x)) if _is_float(x) else np.sign(x)


def _maximum(x: Array, y: Array) -> Array:
    """IEEE 754 `maximum`: +0 is greater than -0, which `np.maximum` leaves open."""
    if not _is_float(x):
        return np.maximum(x, y)
    return np.where(x == y, np.where(np.signbit(x), y, x), np.maximum(x, y))


def _minimum(x: Array, y: Array) -> Array:
    if not _is_float(x):
        return np.minimum(x, y)
    return np.where(x == y, np.where(np.signbit(x), x, y), np.minimum(x, y))


def _max(x: Array, axis: tuple[int, ...], element: Type) -> Array:
    """The greatest zero is +0 where there is one."""
    found: Array = np.max(x, axis=axis, initial=_limits(element)[0])
    if not _is_float(x):
        return found
    return np.where(found == 0, np.where(np.any((x == 0) & ~np.signbit(x), axis=axis), 0.0, -0.0), found)


def _min(x: Array, axis: tuple[int, ...], element: Type) -> Array:
    found: Array = np.min(x, axis=axis, initial=_limits(element)[1])
    if not _is_float(x):
        return found
    return np.where(found == 0, np.where(np.any((x == 0) & np.signbit(x), axis=axis), -0.0, 0.0), found)


def _logistic(x: Array) -> Array:
    return 1 / (1 + np.exp(-x))


_erf = np.vectorize(math.erf, otypes=[np.float64])

UNARY: dict[type[Operation], Function] = {
    nd.Negative: np.negative, nd.Abs: np.abs, nd.Sign: _sign, nd.Exp: np.exp, nd.Expm1: np.expm1, nd.Log: np.log,
    nd.Log1p: np.log1p, nd.Sqrt: np.sqrt, nd.Rsqrt: lambda x: 1 / np.sqrt(x), nd.Sin: np.sin, nd.Cos: np.cos,
    nd.Tanh: np.tanh, nd.Logistic: _logistic, nd.Erf: lambda x: _erf(x).astype(x.dtype) if x.size else x,
    nd.Floor: np.floor, nd.Ceil: np.ceil, nd.Round: np.rint, nd.LogicalNot: np.logical_not,
    nd.Real: np.real, nd.Imag: np.imag, **special.FUNCTIONS,
}  # fmt: skip

BINARY: dict[type[Operation], Function] = {
    nd.Add: np.add, nd.Subtract: np.subtract, nd.Multiply: np.multiply, nd.Divide: _divide, nd.Pow: _power,
    nd.Remainder: _remainder, nd.Maximum: _maximum, nd.Minimum: _minimum, nd.Atan2: np.arctan2,
    nd.Complex: complex_numpy.with_parts,
    nd.LogicalAnd: np.logical_and, nd.LogicalOr: np.logical_or, nd.LogicalXor: np.logical_xor, nd.Equal: np.equal,
    nd.NotEqual: np.not_equal, nd.Less: np.less, nd.LessEqual: np.less_equal, nd.Greater: np.greater,
    nd.GreaterEqual: np.greater_equal,
}  # fmt: skip


ON_COMPLEX: dict[type[Operation], Function] = {
    nd.Sign: complex_numpy.sign, nd.Expm1: complex_numpy.expm1, nd.Log1p: complex_numpy.log1p,
    nd.Logistic: complex_numpy.logistic, nd.Pow: complex_numpy.power, nd.Divide: complex_numpy.divide,
    nd.Rsqrt: complex_numpy.rsqrt,
}  # fmt: skip
"""Functions that complex numbers have of their own."""


def _limits(element: Type) -> tuple[Any, Any]:
    """The least and the greatest element."""
    match dtype_of(element).kind:
        case "b":
            return False, True
        case "i" | "u":
            return integer_limits(element)
    assert isinstance(element, FloatType)
    return float_limits(element)


REDUCTIONS: dict[type[Operation], Function] = {
    nd.Sum: lambda x, axis, _: np.sum(x, axis=axis, dtype=x.dtype),
    nd.Prod: lambda x, axis, _: np.prod(x, axis=axis, dtype=x.dtype),
    nd.Max: _max,
    nd.Min: _min,
    nd.Any: lambda x, axis, _: np.any(x, axis=axis),
    nd.All: lambda x, axis, _: np.all(x, axis=axis),
}


def cast(x: Array, to: Type) -> Array:
    """Array API `astype`; a float that is too large for an integer type saturates, and NaN gives 0 (StableHLO `convert`),
    which also drops the imaginary part on the way to a real type."""
    dtype = dtype_of(to)
    if dtype.kind == "b":
        return np.asarray(through_f32(lambda numbers: np.not_equal(numbers, 0))(x))
    if x.dtype.kind == "c" and dtype.kind != "c":
        return cast(np.real(x), to)
    if dtype.kind in "iu" and _is_float(x):
        low, high = integer_limits(to)
        wide = np.nan_to_num(x.astype(np.float64), nan=0.0, posinf=float(high), neginf=float(low))
        inside = np.clip(np.trunc(wide), float(low), float(high))
        top = inside >= float(high)
        return np.where(top, high, np.where(top, 0, inside).astype(dtype)).astype(dtype)
    return np.asarray(to_float(x, dtype))


def slices(op: nd.Slice, shape: Sequence[int]) -> tuple[slice, ...]:
    """The slice of each axis."""
    ranges = zip(integers(op.starts), integers(op.limits), integers(op.strides), shape, strict=True)
    return tuple(
        slice(start, size if limit == nd.TO_THE_END else limit, stride) for start, limit, stride, size in ranges
    )


def pad(op: nd.Pad, x: Array, value: Array) -> Array:
    return padded(x, value, integers(op.low), integers(op.high), integers(op.interior))


def padded(x: Array, value: Array, low: Sequence[int], high: Sequence[int], interior: Sequence[int]) -> Array:
    """StableHLO `pad`: interior padding first, then the edges, where negative amounts crop."""
    spread = [size + step * max(0, size - 1) for size, step in zip(x.shape, interior, strict=True)]
    out = np.full([max(0, a + b + n) for a, b, n in zip(low, high, spread, strict=True)], value, x.dtype)
    source, target = [], []
    for size, a, step, total in zip(x.shape, low, interior, out.shape, strict=True):
        stride = step + 1
        first = 0 if a >= 0 else -(a // stride)
        last = min(size, -(-(total - a) // stride))
        source.append(slice(first, max(first, last)))
        begin = a + first * stride
        target.append(slice(begin, begin + max(0, last - first - 1) * stride + (last > first), stride))
    out[tuple(target)] = x[tuple(source)]
    return out


def solve(op: nd.TriangularSolve, a: Array, b: Array) -> Array:
    left_side, lower, unit_diagonal = (bool(flag.value) for flag in (op.left_side, op.lower, op.unit_diagonal))
    return triangular_solve(a, b, left_side, lower, unit_diagonal, op.transpose_a.value)


FIXED_SHAPE: dict[type[Operation], Function] = {
    nd.MatMul: lambda op, a, b: through_f32(np.matmul)(a, b),
    nd.Where: lambda op, c, x, y: np.where(c, x, y),
    nd.Cast: lambda op, x: cast(x, tensor_type(op.result).element_type),
    nd.PermuteDims: lambda op, x: np.transpose(x, integers(op.axes)),
    nd.Concat: lambda op, *inputs: np.concatenate(inputs, axis=op.axis.value),
    nd.Slice: lambda op, x: x[slices(op, x.shape)],
    nd.Pad: pad,
    **bits.FUNCTIONS,
    nd.Fft: lambda op, x: fft(x, op.kind.value, integers(op.length)),
    nd.Cholesky: lambda op, a: cholesky(a, bool(op.lower.value)),
    nd.TriangularSolve: solve,
    nd.Reverse: lambda op, x: np.flip(x, integers(op.axes)),
}
"""Ops whose result's sizes follow from the operands' values."""

CHECKED: dict[type[Operation], Function] = {**INDEXING, **CONVOLUTIONS}
"""More of these, whose operands the interpreter checks on its own."""


def function_of(cls: type[Operation]) -> Function | None:
    """The function of an op class: of the op and the arrays of its tensor operands."""
    if cls in UNARY or cls in BINARY:
        elementwise = through_f32(UNARY.get(cls) or BINARY[cls])
        on_complex = ON_COMPLEX.get(cls, elementwise)
        return lambda op, *arrays: (on_complex if arrays[0].dtype.kind == "c" else elementwise)(*arrays)
    if cls in REDUCTIONS:
        reduce = REDUCTIONS[cls]
        return lambda op, x: through_f32(lambda wide: reduce(wide, integers(op.axes), tensor_type(op.x).element_type))(
            x
        )
    return FIXED_SHAPE.get(cls) or CHECKED.get(cls)


def fold(op: Operation, constants: Sequence[DenseElementsAttr]) -> DenseElementsAttr | None:
    """The constant result of an op of constants; sizes of the result are static. Raises `TooManyDimensionsError`."""
    type = tensor_type(op.results[0])
    check_rank(type)
    arrays = [to_numpy(constant) for constant in constants]
    with np.errstate(all="ignore"):
        if isinstance(op, nd.Reshape):
            return from_numpy(arrays[0].reshape(type.static_shape), type)
        if isinstance(op, nd.BroadcastTo):
            return from_numpy(np.broadcast_to(arrays[0], type.static_shape), type)
        if isinstance(op, nd.RandomBits):
            start = arrays[1] if op.start is not None else 0
            return from_numpy(random_bits(arrays[0], start, type.static_shape, dtype_of(type.element_type)), type)
        function = function_of(op.__class__)
        return None if function is None else from_numpy(function(op, *arrays), type)
