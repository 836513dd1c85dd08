"""`jax_enable_x64` and `enable_x64` say what the default dtypes are; arrays of 64 bits stay what they are without it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import irc
import irc.numpy as jnp
from irc import experimental, lax, random

I32, F32 = np.arange(3, dtype=np.int32), np.ones(3, np.float32)
KEY = random.key(0)

DEFAULTS: dict[str, tuple[Callable[[], Any], str, str]] = {
    "ones": (lambda: jnp.ones(2), "float64", "float32"),
    "float": (lambda: jnp.zeros(2, float), "float64", "float32"),
    "arange": (lambda: jnp.arange(3), "int64", "int32"),
    "list": (lambda: jnp.array([1.0, 2]), "float64", "float32"),
    "complex": (lambda: jnp.asarray(1j), "complex128", "complex64"),
    "named": (lambda: jnp.int_(1), "int64", "int32"),
    "sum of small integers": (lambda: jnp.sum(jnp.asarray(I32)), "int64", "int32"),
    "positions": (lambda: jnp.nonzero(I32)[0], "int64", "int32"),
    "normal": (lambda: random.normal(KEY, (2,)), "float64", "float32"),
    "bits": (lambda: random.bits(KEY), "uint64", "uint32"),
    "compiled": (lambda: irc.jit(lambda x: x * 2.5)(1), "float64", "float32"),
    "gradient": (lambda: irc.grad(lambda x: x * x)(1.0), "float64", "float32"),
    "loop": (lambda: lax.fori_loop(0, 3, lambda i, c: c + i, 0), "int64", "int32"),
    "number beside an array": (lambda: jnp.asarray(F32) * 2.5, "float32", "float32"),
    "divided small integers": (lambda: jnp.asarray(I32) / 2, "float32", "float32"),
}


@pytest.mark.parametrize("name", DEFAULTS)
def test_defaults(name: str) -> None:
    call, wide, narrow = DEFAULTS[name]
    with irc.enable_x64():
        assert call().dtype == wide
        with experimental.disable_x64():
            assert call().dtype == narrow
        assert call().dtype == wide
    assert call().dtype == narrow


def test_a_compiled_function_knows_both() -> None:
    f = irc.jit(lambda x: x + jnp.ones(3))
    assert f(F32).dtype == "float32"
    with irc.enable_x64():
        assert f(F32).dtype == "float64"
    assert f(F32).dtype == "float32"


def test_the_switch_of_the_configuration() -> None:
    assert not irc.config.jax_enable_x64
    irc.config.update("jax_enable_x64", True)
    try:
        assert irc.config.jax_enable_x64
        found = []
        thread = threading.Thread(target=lambda: found.append(jnp.ones(2).dtype))
        thread.start()
        thread.join()
        assert found == ["float64"]
        assert abs(float(jnp.sin(1.0)) - np.sin(1.0)) < 1e-15
    finally:
        irc.config.update("jax_enable_x64", False)
    assert jnp.ones(2).dtype == "float32"


def test_seeds_have_64_bits_with_it() -> None:
    assert random.key_data(random.key(-1)).tolist() == [0, (1 << 32) - 1]
    with irc.enable_x64():
        assert random.key_data(random.key(-1)).tolist() == [(1 << 32) - 1] * 2


def test_wide_arrays_stay_wide_without_it() -> None:
    assert jnp.asarray(np.ones(2)).dtype == "float64"
