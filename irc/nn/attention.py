"""Attention."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from irc.nn.activations import logsumexp, softmax
from irc.numpy import manipulation, ufuncs
from irc.numpy.products import matmul
from irc.tracing.array import Array, as_array
from irc.tracing.dims import Size
from irc.tracing.dtypes import limits
from irc.tracing.elementwise import cast
from irc.tracing.shaping import iota, permute_dims, reshape, show

_INT = np.dtype(np.int32)


def _of_four_axes(x: Any) -> Array:
    array = as_array(x)
    if array.ndim > 4:
        raise ValueError(f"dot_product_attention takes arrays of four axes at most, got shape {show(array.shape)}")
    return reshape(array, (*(1,) * (4 - array.ndim), *array.shape))


def dot_product_attention(
    query: Any,
    key: Any,
    value: Any,
    bias: Any = None,
    mask: Any = None,
    *,
    scale: float | None = None,
    is_causal: bool = False,
    query_seq_lengths: Any = None,
    key_value_seq_lengths: Any = None,
    local_window_size: int | tuple[int, int] | None = None,
    implementation: str | None = None,
    return_residual: bool = False,
) -> Any:
    """softmax(query keyᵀ scale + bias) value for each head (Vaswani et al., 2017).

    The axes are batch, position, head and feature, of which leading ones may be missing; there may be a multiple of
    the heads of keys and values in the query. `mask` holds where a position of the query sees one of the keys, `is_causal`
    lets it see none behind its own, `local_window_size` none farther away to the left and to the right, and the
    `seq_lengths` tell for each batch how many positions there are. The sums of exponentials are computed in 32 bits. With
    `return_residual` the logarithms of these sums are the second result. Raises `ValueError` for shapes that do not fit.
    """
    if implementation not in (None, "xla"):
        raise ValueError(f"there is no implementation {implementation!r} of dot_product_attention")
    q, k, v = (_of_four_axes(each) for each in (query, key, value))
    batch, count, heads, features = q.shape
    _, length, groups, _ = k.shape
    _check(q, k, v)
    logits_dtype = q.dtype if q.dtype.itemsize >= 4 else np.dtype(np.float32)
    per_group = heads // groups
    rows = permute_dims(reshape(q, (batch, count, groups, per_group, features)), (0, 2, 3, 1, 4))
    rows = reshape(rows, (batch, groups, per_group * count, features))
    columns = permute_dims(k, (0, 2, 3, 1))
    logits = reshape(matmul(cast(rows, logits_dtype), cast(columns, logits_dtype)), (batch, heads, count, length))
    logits = ufuncs.multiply(logits, scale if scale is not None else 1 / math.sqrt(features))
    if bias is not None:
        logits = cast(ufuncs.add(logits, _of_four_axes(bias)), logits_dtype)
    window = (local_window_size,) * 2 if isinstance(local_window_size, int) else local_window_size
    seen = _seen(count, length, mask, is_causal, window, query_seq_lengths, key_value_seq_lengths)
    if seen is not None:
        lowest = -0.7 * float(min(float(limits(logits_dtype).max), float(np.finfo(np.float32).max)))
        logits = ufuncs.where(seen, logits, lowest)
    logits = cast(logits, np.dtype(np.float32))
    weights = reshape(cast(softmax(logits, -1), k.dtype), (batch, groups, per_group * count, length))
    mixed = reshape(matmul(weights, permute_dims(v, (0, 2, 1, 3))), (batch, heads, count, v.shape[-1]))
    found = permute_dims(mixed, (0, 2, 1, 3))
    if query_seq_lengths is not None:
        inside = ufuncs.less(_along(count, 1, 4), reshape(as_array(query_seq_lengths), (batch, 1, 1, 1)))
        found = ufuncs.where(inside, found, 0)
    found = manipulation.reshape(found, as_array(query).shape)
    if not return_residual:
        return found
    sums = permute_dims(cast(logsumexp(logits, -1), k.dtype), (0, 2, 1))
    return found, manipulation.reshape(sums, as_array(query).shape[:-1])


def _check(q: Array, k: Array, v: Array) -> None:
    batch, _, heads, features = q.shape
    if k.shape != v.shape:
        raise ValueError(f"keys and values have one shape, got {show(k.shape)} and {show(v.shape)}")
    if k.shape[0] != batch or k.shape[3] != features:
        raise ValueError(f"a query of shape {show(q.shape)} and keys of shape {show(k.shape)} do not fit")
    if heads % k.shape[2]:
        raise ValueError(f"the query must have a multiple of the {k.shape[2]} heads of keys, got {heads}")
    if not q.dtype == k.dtype == v.dtype:
        raise ValueError(f"query, keys and values have one dtype, got {q.dtype}, {k.dtype} and {v.dtype}")


def _along(size: Size, axis: int, rank: int) -> Array:
    """Positions along an axis of others of size one."""
    return reshape(iota((size,), 0, _INT), [size if i == axis else 1 for i in range(rank)])


def _seen(
    count: Size, length: Size, mask: Any, is_causal: bool, window: tuple[int, int] | None, queries: Any, keys: Any
) -> Array | None:
    """Where a position of the query sees one of the keys: the conditions that there are, all of them."""
    at, of = _along(count, 2, 4), _along(length, 3, 4)
    found: list[Array] = []
    if mask is not None:
        array = _of_four_axes(mask)
        if array.dtype.kind != "b":
            raise ValueError(f"a mask holds booleans, got {array.dtype}")
        found.append(array)
    if is_causal:
        found.append(ufuncs.less_equal(of, at))
    if window is not None:
        found.append(ufuncs.less_equal(at, ufuncs.add(of, window[0])))
        found.append(ufuncs.greater_equal(at, ufuncs.subtract(of, window[1])))
    for lengths, positions in ((queries, at), (keys, of)):
        if lengths is not None:
            array = as_array(lengths)
            found.append(ufuncs.less(positions, reshape(array, (array.shape[0], 1, 1, 1))))
    if not found:
        return None
    together = found[0]
    for each in found[1:]:
        together = ufuncs.logical_and(together, each)
    return together
