"""Primitives of shapes: broadcasting, reshaping, transposing, positions; with their batching rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.dialects import arith, nd, tensor
from irc.ir.attributes import DenseArrayAttr, i64_attr
from irc.ir.builder import Builder
from irc.ir.types import TensorType, Type, i32
from irc.ir.value import Value
from irc.tracing.array import CONVERSIONS, Array
from irc.tracing.dims import Dim, Size, index_of
from irc.tracing.dtypes import DType, element_type_of
from irc.tracing.primitive import Primitive, bind
from irc.tracing.trace import tensor_type

Shape = tuple[Size, ...]


def sized(shape: Sequence[Size], element: Type) -> tuple[TensorType, list[Value]]:
    """The type of a tensor of `shape`, and the sizes that it leaves open."""
    known = tuple(None if isinstance(size, Dim) else int(size) for size in shape)
    return TensorType(known, element), [index_of(size) for size in shape if isinstance(size, Dim)]


def _emit_broadcast(b: Builder, x: Value, *, shape: Shape) -> Value:
    type, dims = sized(shape, tensor_type(x).element_type)
    return b.insert(nd.BroadcastTo(x, dims, result_types=[type])).result


def _batch_broadcast(_: Primitive, inputs: Sequence[Array], __: Any, size: Size, *, shape: Shape) -> Array:
    x = inputs[0]
    missing = len(shape) - (x.ndim - 1)
    return broadcast_to(reshape(x, (size, *(1,) * missing, *x.shape[1:])), (size, *shape))


BROADCAST = Primitive(
    "broadcast_to", _emit_broadcast, _batch_broadcast, view=lambda x, shape: np.broadcast_to(x, shape)
)


def broadcast_to(x: Array, shape: Sequence[Size]) -> Array:
    """`x` repeated along new leading axes and axes of size one. Raises `ValueError` where it does not fit."""
    shape = tuple(shape)
    if x.shape == shape:
        return x
    tail = shape[len(shape) - x.ndim :] if x.ndim <= len(shape) else ()
    if x.ndim > len(shape) or any(a not in (1, n) for a, n in zip(x.shape, tail, strict=True) if isinstance(a, int)):
        raise ValueError(f"an array of shape {show(x.shape)} cannot be broadcast to shape {show(shape)}")
    found: Array = bind(BROADCAST, x, weak_type=x.weak_type, sizes=shape, shape=shape)
    return found


def broadcast_shapes(*shapes: Sequence[Size]) -> Shape:
    """The common shape by NumPy's rule. Raises `ValueError` where there is none."""
    rank = max(map(len, shapes), default=0)
    padded = [(1,) * (rank - len(shape)) + tuple(shape) for shape in shapes]
    found: list[Size] = []
    for sizes in zip(*padded, strict=True):
        # A size that is known is what those that are not must have when the function runs.
        others = sorted({size for size in sizes if size != 1}, key=lambda size: isinstance(size, Dim))
        known = [size for size in others if not isinstance(size, Dim)]
        if len(known) > 1:
            listed = " and ".join(show(shape) for shape in shapes)
            raise ValueError(f"arrays of shapes {listed} cannot be broadcast together")
        found.append(others[0] if others else 1)
    return tuple(found)


def show(shape: Sequence[Size]) -> str:
    """A shape as text."""
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


def _emit_reshape(b: Builder, x: Value, *, shape: Shape) -> Value:
    type, dims = sized(shape, tensor_type(x).element_type)
    return b.insert(nd.Reshape(x, dims, result_types=[type])).result


def _batch_reshape(_: Primitive, inputs: Sequence[Array], __: Any, size: Size, *, shape: Shape) -> Array:
    return reshape(inputs[0], (size, *shape))


RESHAPE = Primitive("reshape", _emit_reshape, _batch_reshape, view=lambda x, shape: np.reshape(x, shape))


def reshape(x: Array, shape: Sequence[Size]) -> Array:
    """The elements in row-major order with another shape, which has as many."""
    shape = tuple(shape)
    if x.shape == shape:
        return x
    found: Array = bind(RESHAPE, x, weak_type=x.weak_type, sizes=shape, shape=shape)
    return found


def _emit_permute(b: Builder, x: Value, *, axes: tuple[int, ...]) -> Value:
    return b.insert(nd.PermuteDims(x, DenseArrayAttr.i64(axes))).result


def _batch_permute(_: Primitive, inputs: Sequence[Array], __: Any, ___: Size, *, axes: tuple[int, ...]) -> Array:
    return permute_dims(inputs[0], (0, *(axis + 1 for axis in axes)))


PERMUTE = Primitive("permute_dims", _emit_permute, _batch_permute, view=lambda x, axes: np.transpose(x, axes))


def permute_dims(x: Array, axes: Sequence[int]) -> Array:
    """Axis `i` of the result is axis `axes[i]` of `x`."""
    axes = tuple(axes)
    if axes == tuple(range(x.ndim)):
        return x
    found: Array = bind(PERMUTE, x, weak_type=x.weak_type, sizes=tuple(x.shape[axis] for axis in axes), axes=axes)
    return found


def expanded(inputs: Sequence[Array], flags: Sequence[bool], size: Size) -> list[Array]:
    """All operands with a batch axis."""
    return [x if flag else broadcast_to(x, (size, *x.shape)) for x, flag in zip(inputs, flags, strict=True)]


def _emit_iota(b: Builder, *, shape: Shape, axis: int, dtype: DType) -> Value:
    type, dims = sized(shape, element_type_of(dtype))
    return b.insert(nd.Iota(i64_attr(axis), dims, result_types=[type])).result


def _positions(shape: tuple[int, ...], axis: int, dtype: DType) -> Any:
    row = np.arange(shape[axis]).astype(dtype)
    return np.broadcast_to(row.reshape([-1 if i == axis else 1 for i in range(len(shape))]), shape)


IOTA = Primitive("iota", _emit_iota, by_rank=False, view=_positions)


def iota(shape: Sequence[Size], axis: int, dtype: DType) -> Array:
    """Each element is its position along `axis`."""
    found: Array = bind(IOTA, sizes=tuple(shape), shape=tuple(shape), axis=axis, dtype=dtype)
    return found


def _emit_size(b: Builder, *, size: Dim) -> Value:
    number = b.insert(arith.IndexCast(index_of(size), result_types=[i32])).result
    return b.insert(tensor.FromElements([number], result_types=[TensorType((), i32)])).result


SIZE = Primitive("size", _emit_size, by_rank=False)


def size_as_array(size: Dim) -> Array:
    """A size as a weakly typed 32-bit integer."""
    found: Array = bind(SIZE, weak_type=True, size=size)
    return found


CONVERSIONS[Dim] = size_as_array
