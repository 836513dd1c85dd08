"""The rule of `nd.random_bits`."""

from __future__ import annotations

from typing import Any

from irc.dialects import nd
from irc.dialects.nd_base import tensor_type
from irc.dialects.nd_numpy_random import random_bits
from irc.interpreter.core import Frame, fail, interpret
from irc.interpreter.values import Array, sizes_of
from irc.ir.dense import check_rank, dtype_of


@interpret(nd.RandomBits)
def _random_bits(frame: Frame, op: nd.RandomBits, key: Array, *operands: Any) -> Array:
    type = tensor_type(op.result)
    check_rank(type)
    start, *dims = operands if op.start is not None else (0, *operands)
    sizes = sizes_of(type.shape, dims)
    if any(size < 0 for size in sizes):
        fail(op, f"a size of the result is negative: {sizes}")
    return random_bits(key, start, sizes, dtype_of(type.element_type))
