"""Random numbers: the generators of bits as XLA defines them, and distributions, whose numbers are left to us."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from irc import numpy as jnp
from irc.conversion.from_stablehlo import generators
from irc.conversion.from_stablehlo.traced import as_types, traced
from irc.conversion.from_stablehlo.values import as_type, element_of, open_sizes, shape_of, typed, unsupported
from irc.dialects import nd
from irc.dialects import stablehlo as hlo
from irc.ir.builder import Builder
from irc.ir.dense import dtype_of, from_numpy
from irc.ir.types import FloatType, IntegerType, TensorType, i1
from irc.ir.value import Value

GENERATORS: dict[str, Any] = {
    "DEFAULT": generators.philox, "PHILOX": generators.philox, "THREE_FRY": generators.threefry,
}  # fmt: skip


def lower_rng_bit_generator(op: hlo.RngBitGenerator, b: Builder) -> Sequence[Value]:
    state, output = typed(op.initial_state), typed(op.output)
    element = output.element_type
    if not isinstance(element, IntegerType | FloatType) or element is i1 or not output.has_static_shape:
        raise unsupported(op, f"of '{output}' is not supported")
    if not isinstance(state.element_type, IntegerType) or state.num_elements * state.element_type.width % 64:
        raise unsupported(op, f"with a state of type '{state}' is not supported")
    shape, width = output.static_shape, element.width
    generator = GENERATORS[op.rng_algorithm.value]
    after, bits = traced(b, lambda x: generator(x, shape, width), [op.initial_state])
    if element_of(bits) is not element:
        bits = b.insert(nd.Bitcast(bits, result_types=[TensorType(shape, element)])).result
    return [as_type(b, after, op.output_state.type), bits]


def lower_rng(op: hlo.Rng, b: Builder) -> Sequence[Value]:
    """Numbers of a key that depends on where the op stands: the same in each run, as a program is a function."""
    type = typed(op.result)
    sizes = shape_of(b, op.shape, type)
    words = TensorType((2,), IntegerType(32, "unsigned"))
    number = _place(op)
    key = b.insert(nd.Constant(from_numpy(np.array([number >> 32, number & 0xFFFFFFFF], np.uint32), words))).result
    wide = isinstance(type.element_type, FloatType) and type.element_type.width > 32
    bits_type = TensorType(type.shape, IntegerType(64 if wide else 32, "unsigned"))
    made = nd.RandomBits(key, None, open_sizes(b, type.shape, sizes), result_types=[bits_type])
    bits = b.insert(made).result
    dtype = dtype_of(type.element_type)
    normal = op.rng_distribution.value == "NORMAL"
    found = traced(b, lambda x, low, high: _distributed(x, low, high, dtype, normal), [bits, op.a, op.b])
    return as_types(b, found, [op.result.type])


def _place(op: hlo.Rng) -> int:
    """A number that tells the ops of a function apart."""
    block = op.parent
    assert block is not None
    earlier = [inner for inner in block if isinstance(inner, hlo.Rng | nd.RandomBits)]
    return earlier.index(op) + 1 + 0x9E3779B9 * len(list(op.ancestors()))


def _distributed(bits: Any, a: Any, b: Any, dtype: Any, normal: bool) -> Any:
    if np.dtype(dtype).kind == "b":
        return (bits & jnp.asarray(1, bits.dtype)) != 0
    if np.dtype(dtype).kind in "iu":
        span = (b - a).astype(bits.dtype)
        return a + jnp.remainder(bits, jnp.maximum(span, jnp.asarray(1, bits.dtype))).astype(dtype)
    floats = np.float64 if bits.dtype.itemsize == 8 else np.float32
    digits = 53 if bits.dtype.itemsize == 8 else 24
    width = 8 * bits.dtype.itemsize
    unit = jnp.right_shift(bits, jnp.asarray(width - digits, bits.dtype)).astype(floats) * floats(2.0**-digits)
    if not normal:
        return (a.astype(floats) + unit * (b - a).astype(floats)).astype(dtype)
    from irc.lax import erf_inv  # noqa: PLC0415

    inside = (unit + floats(2.0 ** -(digits + 1))) * floats(2) - floats(1)
    return (a.astype(floats) + floats(math.sqrt(2)) * erf_inv(inside) * b.astype(floats)).astype(dtype)


LOWERINGS: dict[Any, Any] = {hlo.Rng: lower_rng, hlo.RngBitGenerator: lower_rng_bit_generator}
