"""Integers of Python that the dtype of the other operand does not hold are errors; none is taken modulo 2**32."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import irc
import irc.numpy as jnp
from irc import lax, random

X = jnp.arange(3)
KEY = random.key(0)
HUGE = 1 << 40

TOO_LARGE: dict[str, Callable[[], Any]] = {
    "operator": lambda: X + HUGE,
    "negative": lambda: X - -HUGE,
    "one too many": lambda: X * (1 << 31),
    "comparison": lambda: X < HUGE,
    "where": lambda: jnp.where(X > 0, X, HUGE),
    "clip": lambda: jnp.clip(X, 0, HUGE),
    "pad": lambda: jnp.pad(X, 1, constant_values=HUGE),
    "lax": lambda: lax.add(jnp.int32(1), HUGE),
    "traced": lambda: irc.jit(lambda x: x + HUGE)(X),
    "position": lambda: X[HUGE],
    "negative position": lambda: X[-HUGE],
    "update": lambda: X.at[0].set(HUGE),
    "bound of random numbers": lambda: random.randint(KEY, (2,), 0, 1 << 33),
    "negative bound": lambda: random.randint(KEY, (2,), -HUGE, 0),
    "key": lambda: random.fold_in(KEY, -1),
    "wide key": lambda: random.fold_in(KEY, 1 << 32),
    "seed": lambda: random.key(1 << 70),
}


@pytest.mark.parametrize("name", TOO_LARGE)
def test_what_does_not_fit_is_an_error(name: str) -> None:
    with pytest.raises(OverflowError, match=r"integer"):
        TOO_LARGE[name]()


def test_what_fits_is_taken_as_it_is() -> None:
    assert (X + ((1 << 31) - 1))[0] == (1 << 31) - 1
    assert jnp.uint32(3) & 0xFFFFFFFF == 3
    assert jnp.ones(1) * HUGE == float(HUGE)
    assert np.arange(2) + jnp.int64(HUGE) == pytest.approx([HUGE, HUGE + 1])
    assert random.randint(KEY, (), 0, HUGE, jnp.int64) < HUGE
    assert random.randint(KEY, (), 0, 1 << 31).dtype == jnp.int32


def test_narrow_dtypes_take_the_lowest_bits() -> None:
    """As in JAX, where an integer of Python has 32 bits first."""
    assert jnp.uint8(1) + 300 == 45
    assert jnp.uint8(1) + (-1) == 0
