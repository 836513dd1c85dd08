"""The dtypes of results: JAX's lattice, with weakly typed Python scalars, and 64 bits where they are asked for."""

from __future__ import annotations

import numpy as np
import pytest

import irc
import irc.numpy as jnp
from irc import lax
from irc.tracing.array import as_array
from irc.tracing.dtypes import promote

RESULTS = [
    "",
    "int8 int16 -> int16",
    "int8 uint8 -> int16",
    "uint32 int32 -> int64",
    "uint64 int64 -> float32",
    "int64 float16 -> float16",
    "float16 bfloat16 -> float32",
    "int64 bfloat16 -> bfloat16",
    "float32 complex64 -> complex64",
    "float64 complex64 -> complex128",
    "bool int8 -> int8",
    "bool bool -> bool",
    "uint8 1 -> uint8",
    "int16 1.0 -> float32",
    "float16 1.0 -> float16",
    "bfloat16 1.0 -> bfloat16",
    "float64 1 -> float64",
    "int32 1j -> complex64",
    "float64 1j -> complex128",
    "bool 1 -> int32",
    "1 1.0 -> float32",
    "True 1 -> int32",
    "",
][1:-1]


def operand(text):
    if text[0].isdigit() or text == "True":
        return as_array(eval(text))
    return as_array(np.zeros(2, jnp.dtype(text) if hasattr(jnp, "dtype") else np.dtype(text)))


@pytest.mark.parametrize("line", RESULTS)
def test_two_operands(line):
    import ml_dtypes  # noqa: F401, PLC0415 - gives NumPy the names of its types

    operands, _, expected = line.partition(" -> ")
    pairs = [(x.dtype, x.weak_type) for x in map(operand, operands.split())]
    assert promote(pairs)[0].name == promote(pairs[::-1])[0].name == expected


def test_scalars_stay_weak():
    assert jnp.add(1, 2).weak_type
    assert jnp.asarray(1).weak_type
    assert jnp.full(2, 1.0).weak_type
    assert not jnp.asarray(1, int).weak_type
    assert not jnp.asarray([1]).weak_type
    assert (jnp.array(1.0) * jnp.bfloat16(2)).dtype == jnp.bfloat16
    assert jnp.add(jnp.add(1, 2), np.ones(2, np.int8)).dtype == np.int8


def test_small_floats_are_not_promoted_silently():
    import ml_dtypes  # noqa: PLC0415

    x = as_array(np.ones(2, ml_dtypes.float8_e5m2))
    with pytest.raises(TypeError, match="no implicit conversion between float32 and float8_e5m2"):
        jnp.add(x, np.ones(2, np.float32))


def test_numbers_that_an_integer_type_cannot_hold_divide_as_floats():
    image = np.array([0, 10, 255], np.uint8)
    np.testing.assert_allclose(jnp.divide(image, 256), image / np.float32(256))
    np.testing.assert_allclose(jnp.asarray(image) / -2, image / np.float32(-2))
    np.testing.assert_allclose(jnp.arctan2(image, -1), np.arctan2(image, np.float32(-1)), rtol=1e-6)


def test_dtypes_that_have_none_in_common_are_a_value_error_as_in_jax():
    with pytest.raises(irc.dtypes.TypePromotionError):
        jnp.float8_e5m2(1) + jnp.float32(1)
    assert issubclass(irc.dtypes.TypePromotionError, ValueError)


@pytest.mark.parametrize("dtype", ["int8", "int32", "float16", "float32"])
def test_ranges_have_the_dtype_of_their_bounds(dtype):
    bound = jnp.asarray(3, dtype)
    assert jnp.arange(bound).dtype == jnp.arange(0, bound).dtype == dtype
    assert jnp.arange(bound).tolist() == [0, 1, 2]


def test_dtypes_of_steps_counts_and_means():
    x = jnp.ones(3)
    assert jnp.linspace(0, 1, 3, retstep=True)[1].dtype == jnp.float32
    assert jnp.linspace(0, 1, 3, retstep=True, dtype=jnp.float16)[1].dtype == jnp.float16
    assert jnp.histogram2d(x, x, 2)[0].dtype == jnp.int32
    assert jnp.histogram2d(x, x, 2, weights=jnp.arange(3))[0].dtype == jnp.float32
    assert jnp.mean(x, dtype=jnp.int8).dtype == jnp.nanmean(x, dtype=jnp.int8).dtype == jnp.int8
    assert jnp.trace(jnp.ones((2, 2), jnp.int8), dtype=jnp.int8).dtype == jnp.int8
    assert lax.conj(x).dtype == jnp.complex64
