"""Random bits, which are a function of a key: spelled out as arithmetic on unsigned integers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from irc import numpy as jnp
from irc.conversion.from_stablehlo.generators import threefry_words
from irc.conversion.to_stablehlo.composed import composed
from irc.conversion.to_stablehlo.values import Export, Rule, no_counterpart, result_type
from irc.dialects import nd
from irc.ir.dense import dtype_of
from irc.ir.lazy_numpy import np
from irc.ir.value import Value


def _bits(key: Any, start: Any, shape: Sequence[int], dtype: Any) -> Any:
    """As `nd.random_bits` defines it."""
    counter = jnp.reshape(jnp.arange(math.prod(shape), dtype=np.uint64), shape)
    if start is not None:
        counter = counter + start
    low = jnp.astype(counter, np.uint32)
    high = jnp.astype(jnp.right_shift(counter, jnp.asarray(32, np.uint64)), np.uint32)
    first, second = threefry_words(key[0], key[1], high, low)
    if np.dtype(dtype).itemsize == 8:
        return jnp.left_shift(jnp.astype(first, np.uint64), jnp.asarray(32, np.uint64)) | jnp.astype(second, np.uint64)
    return jnp.astype(first ^ second, dtype)


def _random_bits(op: nd.RandomBits, operands: Sequence[Value], to: Export) -> Sequence[Value]:
    type = result_type(op)
    if not type.has_static_shape:
        raise no_counterpart(op, "of sizes that are computed has no counterpart in stablehlo")
    dtype = dtype_of(type.element_type)
    started = len(operands) > 1

    def function(key: Any, *start: Any) -> Any:
        return _bits(key, start[0] if started else None, type.static_shape, dtype)

    return composed(to, function, operands)


RULES: dict[Any, Rule] = {nd.RandomBits: _random_bits}
