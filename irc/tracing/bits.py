"""The primitive that reads the bits of elements as another type, which may be wider or narrower."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.dialects import nd
from irc.ir.builder import Builder
from irc.ir.types import TensorType
from irc.ir.value import Value
from irc.tracing.array import Array
from irc.tracing.dims import Size
from irc.tracing.dtypes import DType, element_type_of
from irc.tracing.primitive import Primitive, bind
from irc.tracing.shaping import show
from irc.tracing.trace import tensor_type


def _shape(shape: Sequence[Any], old: DType, new: DType) -> tuple[Any, ...]:
    """The shape of the result: elements that are split give a new last axis, those that are joined take it away."""
    if old.itemsize > new.itemsize:
        return (*shape, old.itemsize // new.itemsize)
    return tuple(shape[:-1]) if old.itemsize < new.itemsize else tuple(shape)


def _emit(b: Builder, x: Value, *, old: DType, new: DType) -> Value:
    type = TensorType(_shape(tensor_type(x).shape, old, new), element_type_of(new))
    return b.insert(nd.Bitcast(x, result_types=[type])).result


def _batch(_: Primitive, inputs: Sequence[Array], __: Any, ___: Size, *, old: DType, new: DType) -> Array:
    return reinterpret(inputs[0], new)


def _view(x: Any, *, old: DType, new: DType) -> Any:
    shape = _shape(x.shape, old, new)
    return np.ascontiguousarray(x).reshape(-1).view(new).reshape(shape)


REINTERPRET = Primitive("bitcast_convert_type", _emit, _batch, view=_view)


def reinterpret(x: Array, dtype: DType) -> Array:
    """The bits of the elements read as `dtype`.

    A wider element gives several along a new last axis, the lowest bits first; the elements along the last axis make one
    that is wider. Raises `TypeError` for complex numbers, and where the last axis does not fit.
    """
    if x.dtype == dtype:
        return x
    if "c" in (x.dtype.kind, dtype.kind):
        raise TypeError(f"the bits of complex numbers are not read as another type: {x.dtype} as {dtype}")
    ratio = dtype.itemsize // x.dtype.itemsize
    if ratio > 1 and (not x.ndim or (isinstance(x.shape[-1], int) and x.shape[-1] != ratio)):
        raise TypeError(
            f"elements of {dtype} are made of {ratio} of {x.dtype} along the last axis, got shape {show(x.shape)}"
        )
    found: Array = bind(REINTERPRET, x, sizes=_shape(x.shape, x.dtype, dtype), old=x.dtype, new=dtype)
    return found
