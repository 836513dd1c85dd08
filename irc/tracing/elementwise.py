"""Primitives that compute each element by itself, reductions and products; with promotion, broadcasting and batching."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from irc.dialects import nd
from irc.ir.attributes import DenseArrayAttr
from irc.ir.builder import Builder
from irc.ir.types import TensorType
from irc.ir.value import Value
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.dims import Size
from irc.tracing.dtypes import DType, element_type_of, is_inexact, promote
from irc.tracing.primitive import Primitive, Usual, bind
from irc.tracing.shaping import broadcast_shapes, broadcast_to, expanded, permute_dims, reshape
from irc.tracing.switches import check_dtypes, check_ranks, switches
from irc.tracing.trace import tensor_type

# -- elementwise -----------------------------------------------------------------------------------------------------


def _batch_elementwise(
    primitive: Primitive, inputs: Sequence[Array], flags: Sequence[bool], size: Size, **parameters: Any
) -> Any:
    arrays = expanded(inputs, flags, size)
    return bind(primitive, *arrays, sizes=arrays[0].shape, **parameters)


def flat(arrays: Sequence[Any], **parameters: Any) -> Usual:
    """Numbers of one shape as a row of them."""
    return [np.ravel(array) for array in arrays], parameters, arrays[0].shape


def elementwise(op: Any) -> Primitive:
    """The primitive of an elementwise operation of `nd`."""

    def emit(b: Builder, *values: Value) -> Value:
        found: Value = b.insert(op(*values)).result
        return found

    return Primitive(op.name.removeprefix("nd."), emit, _batch_elementwise, usual=flat)


_PRIMITIVES: dict[Any, Primitive] = {}


def primitive_of(op: Any) -> Primitive:
    """The one primitive of an elementwise operation of `nd`."""
    found = _PRIMITIVES.get(op)
    if found is None:
        found = _PRIMITIVES[op] = elementwise(op)
    return found


def apply(op: Any, *arrays: Array, weak_type: bool = False) -> Array:
    """An elementwise operation of `nd` on arrays that have the shape and the dtypes that it wants."""
    found: Array = bind(primitive_of(op), *arrays, weak_type=weak_type, sizes=arrays[0].shape)
    return found


def _emit_cast(b: Builder, x: Value, *, dtype: DType) -> Value:
    return b.insert(nd.Cast(x, result_types=[TensorType(tensor_type(x).shape, element_type_of(dtype))])).result


CAST = Primitive("cast", _emit_cast, _batch_elementwise, usual=flat)


def cast(x: Array, dtype: DType, weak_type: bool = False) -> Array:
    """`x` with elements of `dtype`."""
    if x.dtype == dtype:
        return x if x.weak_type == weak_type else _relabelled(x, weak_type)
    if isinstance(x, ConcreteArray) and x.weak_type and not x.shape:
        # A number of Python's, which is rounded once.
        if dtype.kind in "iu" and isinstance(x.exact, int):
            check_fits_integers(x.exact, dtype)
        number = x.data if x.exact is None or dtype.kind in "iub" else np.asarray(x.exact)
        with np.errstate(over="ignore", invalid="ignore"):
            return ConcreteArray(number.astype(dtype), weak_type, x.exact if weak_type else None)
    found: Array = bind(CAST, x, weak_type=weak_type, sizes=x.shape, dtype=dtype)
    return found


def widened(x: Array) -> Array:
    """`x`, whose floats of less than 32 bits become such of 32: sums of them would be too large, and inexact."""
    small = x.dtype.itemsize < 4 and is_inexact(x.dtype)
    return cast(x, np.dtype(np.float32), x.weak_type) if small else x


def check_fits_integers(number: int, dtype: DType) -> None:
    """Raise `OverflowError` for a number that fits neither `dtype` nor 32 bits.

    Of one that fits the latter a narrow dtype takes the lowest bits, as in JAX.
    """
    if not any(limits.min <= number <= limits.max for limits in (np.iinfo(dtype), np.iinfo(np.int32))):
        raise OverflowError(f"the Python integer {number} is out of bounds for {dtype}")


def _emit_bitcast(b: Builder, x: Value, *, dtype: DType) -> Value:
    return b.insert(nd.Bitcast(x, result_types=[TensorType(tensor_type(x).shape, element_type_of(dtype))])).result


BITCAST = Primitive("bitcast", _emit_bitcast, _batch_elementwise, view=lambda x, dtype: x.view(dtype))


def bitcast(x: Array, dtype: DType) -> Array:
    """The bits of `x` read as elements of another dtype of the same width."""
    if x.dtype == dtype:
        return x
    found: Array = bind(BITCAST, x, sizes=x.shape, dtype=dtype)
    return found


def _relabelled(x: Array, weak_type: bool) -> Array:
    return (
        ConcreteArray(x.data, weak_type, x.exact if weak_type else None)
        if isinstance(x, ConcreteArray)
        else with_weak_type(x, weak_type)
    )


def with_weak_type(x: Array, weak_type: bool) -> Array:
    """The same value, weakly typed or not."""
    import copy  # noqa: PLC0415

    found = copy.copy(x)
    found.weak_type = weak_type
    return found


def promoted(*operands: Any) -> tuple[list[Array], bool]:
    """The operands as arrays of their common dtype, and whether that is weak. Raises `TypeError`."""
    arrays = [as_array(operand) for operand in operands]
    if switches.dtype_promotion != "standard":
        check_dtypes(arrays)
    dtype, weak = promote([(array.dtype, array.weak_type) for array in arrays])
    return [cast(array, dtype, weak) for array in arrays], weak


def broadcast(*arrays: Array) -> list[Array]:
    """The arrays with their common shape. Raises `ValueError` where there is none."""
    if switches.rank_promotion != "allow":
        check_ranks([array.shape for array in arrays])
    shape = broadcast_shapes(*(array.shape for array in arrays))
    return [broadcast_to(array, shape) for array in arrays]


def binary(op: Any, x: Any, y: Any) -> Array:
    """An elementwise operation of two arrays or numbers of any dtypes and shapes that go together."""
    arrays, weak = promoted(x, y)
    return apply(op, *broadcast(*arrays), weak_type=weak)


def compare(op: Any, x: Any, y: Any) -> Array:
    """A comparison, whose result is boolean."""
    arrays, _ = promoted(x, y)
    return apply(op, *broadcast(*arrays))


def select(condition: Array, x: Array, y: Array, weak_type: bool = False) -> Array:
    """`x` where `condition` holds, else `y`; all of one shape, `x` and `y` of one dtype."""
    found: Array = bind(primitive_of(nd.Where), condition, x, y, weak_type=weak_type, sizes=x.shape)
    return found


def clamped_starts(starts: Sequence[Array], sizes: Sequence[Size], part: Sequence[Size]) -> list[Array]:
    """Positions moved so that a part lies inside."""
    found = []
    for start, size, extent in zip(starts, sizes, part, strict=True):
        last = cast(as_array(size - extent), start.dtype)
        low = cast(as_array(0), start.dtype)
        moved = apply(nd.Minimum, *broadcast(start, last))
        found.append(apply(nd.Maximum, *broadcast(moved, low)))
    return found


# -- reductions ------------------------------------------------------------------------------------------------------


def _batch_reduction(primitive: Primitive, inputs: Sequence[Array], _: Any, __: Size, *, axes: tuple[int, ...]) -> Any:
    x = inputs[0]
    return _reduced(primitive, x, tuple(axis + 1 for axis in axes))


def _one_axis(arrays: Sequence[Any], *, axes: tuple[int, ...]) -> Usual:
    """The axes become the middle one of three."""
    (x,) = arrays
    kept = tuple(axis for axis in range(x.ndim) if axis not in axes)
    shape = tuple(x.shape[axis] for axis in kept)
    if axes != tuple(range(axes[0], axes[0] + len(axes))):
        x, axes = x.transpose(*kept, *axes), tuple(range(len(kept), x.ndim))
    sizes = x.shape[: axes[0]], x.shape[axes[0] : axes[-1] + 1], x.shape[axes[-1] + 1 :]
    return [x.reshape([math.prod(part) for part in sizes])], {"axes": (1,)}, shape


def _reduction(op: Any) -> Primitive:
    def emit(b: Builder, x: Value, *, axes: tuple[int, ...]) -> Value:
        found: Value = b.insert(op(x, DenseArrayAttr.i64(axes))).result
        return found

    return Primitive(op.name.removeprefix("nd."), emit, _batch_reduction, usual=_one_axis)


REDUCTIONS = {op: _reduction(op) for op in (nd.Sum, nd.Prod, nd.Max, nd.Min, nd.Any, nd.All)}


def _reduced(primitive: Primitive, x: Array, axes: tuple[int, ...]) -> Array:
    sizes = tuple(size for axis, size in enumerate(x.shape) if axis not in axes)
    found: Array = bind(primitive, x, sizes=sizes, axes=axes)
    return found


def reduce(op: Any, x: Array, axes: Sequence[int]) -> Array:
    """A reduction of `nd` along ascending axes, which are dropped."""
    return _reduced(REDUCTIONS[op], x, tuple(axes)) if axes else x


# -- products --------------------------------------------------------------------------------------------------------


def _emit_matmul(b: Builder, x: Value, y: Value) -> Value:
    return b.insert(nd.MatMul(x, y)).result


def _batch_matmul(primitive: Primitive, inputs: Sequence[Array], flags: Sequence[bool], size: Size) -> Array:
    x, y = inputs
    # An operand that all examples share is not repeated: it is one product with more rows.
    if flags[0] and not flags[1] and x.ndim == 3 and y.ndim == 2:
        rows = x.shape[1]
        return reshape(matmul(reshape(x, (size * rows, x.shape[2])), y), (size, rows, y.shape[1]))
    if flags[1] and not flags[0] and x.ndim == 2 and y.ndim == 3:
        inner, columns = y.shape[1:]
        rows = reshape(permute_dims(y, (0, 2, 1)), (size * columns, inner))
        found = reshape(matmul(rows, permute_dims(x, (1, 0))), (size, columns, x.shape[0]))
        return permute_dims(found, (0, 2, 1))
    return matmul(*expanded(inputs, flags, size))


def _one_batch(arrays: Sequence[Any]) -> Usual:
    """All leading axes as one."""
    x, y = arrays
    shape = (*x.shape[:-1], y.shape[-1])
    if x.ndim == 2:
        return arrays, {}, shape
    count = math.prod(x.shape[:-2])
    return [each.reshape(count, *each.shape[-2:]) for each in arrays], {}, shape


MATMUL = Primitive("matmul", _emit_matmul, _batch_matmul, usual=_one_batch)


def matmul(x: Array, y: Array) -> Array:
    """The matrix product over the last two axes; the leading ones, as many of both, are the same."""
    sizes = (*x.shape[:-1], y.shape[-1])
    found: Array = bind(MATMUL, x, y, sizes=sizes)
    return found


Function = Callable[..., Array]
