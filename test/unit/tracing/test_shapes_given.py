"""Shapes that users give: integers of any kind, and errors for what is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import irc.numpy as jnp
from irc import nn, random

KEY = random.key(0)
ROW = jnp.ones(4)
FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "zeros": jnp.zeros,
    "full": lambda shape: jnp.full(shape, 1),
    "full_like": lambda shape: jnp.full_like(ROW, 1, shape=shape),
    "reshape": lambda shape: jnp.ones(2).reshape(shape),
    "resize": lambda shape: jnp.resize(ROW, shape),
    "normal": lambda shape: random.normal(KEY, shape),
    "bits": lambda shape: random.bits(KEY, shape),
    "split": lambda shape: random.split(KEY, shape),
    "initializer": lambda shape: nn.initializers.normal()(KEY, shape),
}
TAKES_NUMBERS = [name for name in FUNCTIONS if name != "initializer"]


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("shape", [(2.5,), (2.0,), "2", (None,)])
def test_what_is_no_integer(name: str, shape: Any) -> None:
    with pytest.raises(TypeError, match="the sizes of an array are integers, got shape"):
        FUNCTIONS[name](shape)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_negative_sizes(name: str) -> None:
    with pytest.raises(ValueError, match=r"not negative, got shape \(-2,\)"):
        FUNCTIONS[name]((-2,))


@pytest.mark.parametrize("name", TAKES_NUMBERS)
@pytest.mark.parametrize("shape", [2, np.int64(2), jnp.int32(2), [2], np.array([2]), jnp.array([2])])
def test_integers_of_all_kinds(name: str, shape: Any) -> None:
    assert FUNCTIONS[name](shape).shape == (2,)
