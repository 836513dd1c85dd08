"""Dtypes: the objects that name them, promotion, and what numbers of Python become."""

from __future__ import annotations

import ml_dtypes
import numpy as np
import pytest

import irc.numpy as jnp
from irc.tracing.jit import jit


def test_names_are_equal_to_numpys_and_make_arrays() -> None:
    assert jnp.float32 == np.float32
    assert np.dtype("float32") == jnp.float32
    assert jnp.zeros(2).dtype == jnp.float32
    assert jnp.bfloat16 == ml_dtypes.bfloat16
    assert {jnp.int32: 1}[jnp.int32] == 1
    assert jnp.float32 != jnp.float64
    assert jnp.int8(3).dtype == jnp.int8
    assert jit(lambda x: jnp.float64(x))(1).dtype == jnp.float64


@pytest.mark.parametrize(
    ("operands", "expected"),
    [
        ((jnp.int32, jnp.float32), jnp.float32),
        ((jnp.int64, jnp.float32), jnp.float32),
        ((jnp.bfloat16, jnp.float16), jnp.float32),
        ((jnp.uint8, jnp.int8), jnp.int16),
        ((jnp.float64, jnp.complex64), jnp.complex128),
        ((jnp.int8, 1), jnp.int8),
        ((jnp.int8, 1.5), jnp.float32),
        ((jnp.float16, 1.5), jnp.float16),
        ((jnp.float32, 1j), jnp.complex64),
    ],
)
def test_promotion_is_jaxs(operands: tuple[object, object], expected: object) -> None:
    assert jnp.result_type(*operands) == expected


def test_kinds() -> None:
    assert jnp.isdtype(jnp.bfloat16, "real floating")
    assert jnp.isdtype(jnp.uint8, ("signed integer", "unsigned integer"))
    assert not jnp.isdtype(jnp.complex64, "real floating")
    assert jnp.issubdtype(jnp.bfloat16, jnp.floating)
    assert jnp.issubdtype(jnp.int8, jnp.integer)
    with pytest.raises(ValueError, match="no kind of dtype"):
        jnp.isdtype(jnp.int8, "whole")


def test_limits() -> None:
    assert jnp.finfo(jnp.float32).eps == np.finfo(np.float32).eps
    assert jnp.finfo(jnp.complex128).dtype == jnp.float64
    assert jnp.iinfo(jnp.int8).min == -128
    with pytest.raises(TypeError, match="iinfo"):
        jnp.finfo(jnp.int8)


def test_numbers_of_python_keep_their_digits() -> None:
    """They are rounded once, to the dtype of the array that they meet."""
    assert (jnp.ones(1, jnp.float64) * 0.1)[0].item() == 0.1
    assert jnp.asarray([0.1], dtype=jnp.float64)[0].item() == 0.1
    assert jit(lambda x: x + 0.1)(np.zeros(1)).item() == 0.1
    assert jnp.full(1, 0.1, jnp.float64).item() == 0.1


def test_the_namespace_describes_itself() -> None:
    info = jnp.__array_namespace_info__()
    assert info.default_dtypes()["real floating"] == jnp.float32
    assert "complex128" in info.dtypes(kind="complex floating")
    assert jnp.ones(1).__array_namespace__() is jnp
    assert jnp.ones(1).device in info.devices()
