"""The primitive that makes random bits of keys, which are pairs of 32-bit words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.dialects import arith, nd, scf, tensor
from irc.dialects._amounts import index_constant
from irc.dialects.nd_numpy_random import random_bits as random_numbers
from irc.dialects.nd_random import KEY
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.region import Region
from irc.ir.types import IndexType, TensorType
from irc.ir.value import Value
from irc.tracing.array import Array, ConcreteArray
from irc.tracing.current import is_tracing
from irc.tracing.dims import Dim, Size, index_of
from irc.tracing.dtypes import DType, element_type_of
from irc.tracing.elementwise import cast
from irc.tracing.primitive import Primitive, Usual, bind
from irc.tracing.shaping import expanded, reshape
from irc.tracing.trace import tensor_type

_COUNTER = np.dtype(np.uint64)


def _emit(b: Builder, keys: Value, *rest: Value, shape: tuple[Size, ...] | None, dtype: DType, started: bool) -> Value:
    """`shape` is that of the bits of each key; where it is `None`, the last operand is their number."""
    start = rest[0] if started else None
    element = element_type_of(dtype)
    if shape is None:
        number = b.insert(tensor.Extract(rest[-1], [])).result
        dims = [b.insert(arith.IndexCast(number, result_types=[IndexType()])).result]
        type = TensorType((None,), element)
    else:
        type = TensorType(tuple(None if isinstance(size, Dim) else size for size in shape), element)
        dims = [index_of(size) for size in shape if isinstance(size, Dim)]
    if tensor_type(keys).rank == 1:
        if keys.type is not KEY:
            keys = b.insert(tensor.Cast(keys, result_types=[KEY])).result
        return b.insert(nd.RandomBits(keys, start, dims, result_types=[type])).result
    return _for_each_key(b, keys, start, dims, type)


def _for_each_key(b: Builder, keys: Value, start: Value | None, dims: Sequence[Value], type: TensorType) -> Value:
    """The bits of each of a row of keys, one after the other."""
    count = tensor_type(keys).shape[0]
    stacked = TensorType((count, *type.shape), type.element_type)
    zero, one = index_constant(b, 0), index_constant(b, 1)
    length = b.insert(tensor.Dim(keys, zero)).result
    rows = b.insert(tensor.Empty([length, *dims] if count is None else list(dims), result_types=[stacked])).result
    block = Block([IndexType(), stacked])
    i, found = block.arguments
    inner = Builder(InsertPoint.at_end(block))
    key = inner.insert(nd.DynamicSlice(keys, [i, zero], (), result_types=[TensorType((1, 2), KEY.element_type)])).result
    key = inner.insert(nd.Reshape(key, (), result_types=[KEY])).result
    first = None
    if start is not None:
        counter = tensor_type(start).element_type
        number = inner.insert(tensor.Extract(start, [i])).result
        first = inner.insert(tensor.FromElements([number], result_types=[TensorType((), counter)])).result
    bits = inner.insert(nd.RandomBits(key, first, dims, result_types=[type])).result
    row = TensorType((1, *type.shape), type.element_type)
    bits = inner.insert(nd.Reshape(bits, dims, result_types=[row])).result
    positions = [i, *[zero] * type.rank]
    inner.insert(scf.Yield([inner.insert(nd.DynamicUpdateSlice(found, bits, positions)).result]))
    return b.insert(scf.For(zero, length, one, [rows], Region(block))).results[0]


def _batch(
    _: Primitive,
    inputs: Sequence[Array],
    flags: Sequence[bool],
    size: Size,
    *,
    shape: tuple[Size, ...],
    dtype: DType,
    started: bool,
) -> Array:
    keys, *starts = expanded(inputs, flags, size)
    return random_bits(keys, shape, dtype, starts[0] if started else None)


def _usual(operands: Sequence[Any], *, shape: tuple[int, ...], dtype: DType, started: bool) -> Usual:
    """The number of elements that each key gives becomes an operand: one program serves all shapes."""
    keys, *rest = operands
    count = np.asarray(math.prod(shape), np.int64)
    return [keys, *rest, count], {"shape": None, "dtype": dtype, "started": started}, (*keys.shape[:-1], *shape)


RANDOM_BITS = Primitive("random_bits", _emit, _batch, by_rank=True, usual=_usual)


FEW = 1 << 10
"""So many elements are computed at once, as new keys are: a program would take longer to compile than to run."""


def _few(keys: Any, shape: Any, dtype: DType, start: Any) -> Any:
    if any(isinstance(size, Dim) for size in shape) or math.prod([*keys.shape[:-1], *shape]) > FEW:
        return None
    starts = np.zeros(keys.shape[:-1], np.uint64) if start is None else start
    if keys.ndim == 1:
        return random_numbers(keys, starts, shape, dtype)
    rows = [random_numbers(key, first, shape, dtype) for key, first in zip(keys, starts, strict=True)]
    return np.stack(rows) if rows else np.zeros((0, *shape), dtype)


def random_bits(keys: Array, shape: Sequence[Size], dtype: DType, start: Array | None = None) -> Array:
    """Unsigned integers of `shape` for each key; keys lie along the last axis, the bits of each behind the other axes.

    `start` is where the counter of each key begins.
    """
    shape, batch = tuple(shape), keys.shape[:-1]
    if len(batch) > 1:
        count = math.prod(batch)
        flat = random_bits(reshape(keys, (count, 2)), shape, dtype, None if start is None else reshape(start, (count,)))
        return reshape(flat, (*batch, *shape))
    if not is_tracing() and isinstance(keys, ConcreteArray) and (start is None or isinstance(start, ConcreteArray)):
        concrete = _few(keys.data, shape, dtype, None if start is None else start.data)
        if concrete is not None:
            return ConcreteArray(concrete)
    operands = [keys] if start is None else [keys, cast(start, _COUNTER)]
    sizes = (*batch, *shape)
    found: Array = bind(RANDOM_BITS, *operands, sizes=sizes, shape=shape, dtype=dtype, started=start is not None)
    return found
