"""Arrays are immutable: what happens to a NumPy array after it was taken does not show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import irc
import irc.numpy as jnp

TAKEN: dict[str, Callable[[Any], Any]] = {
    "asarray": jnp.asarray,
    "array": jnp.array,
    "device_put": irc.device_put,
    "view": lambda a: jnp.reshape(a, (3, 1)),
    "same shape": jnp.ravel,
    "mapped": irc.vmap(lambda x: x),
    "compiled": irc.jit(lambda x: x),
    "buffer": lambda a: jnp.frombuffer(a, np.float32),
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_written_later_does_not_show(name: str) -> None:
    a = np.ones(3, np.float32)
    taken = TAKEN[name](a)
    a[0] = 99
    assert np.ravel(taken).tolist() == [1, 1, 1]


def test_subclasses_of_numpys_are_copied_too() -> None:
    a = np.ones((1, 2), np.float32)
    taken = jnp.asarray(a.view(np.matrix))
    a[:] = 99
    assert np.asarray(taken).tolist() == [[1, 1]]


def test_what_a_function_refers_to_is_taken_when_it_is_traced() -> None:
    a = np.ones(2000, np.float32)
    f = irc.jit(lambda x: x + a)
    f(1.0)
    a[:] = 99
    assert f(1.0)[0] == 2


def test_what_nobody_may_write_to_is_not_copied() -> None:
    a = np.ones(3, np.float32)
    a.flags.writeable = False
    assert np.shares_memory(jnp.asarray(a), a)
    assert not np.shares_memory(jnp.array(a), a)


def test_sharing_can_be_asked_for() -> None:
    a = np.ones(3, np.float32)
    assert np.shares_memory(jnp.asarray(a, copy=False), a)
    assert np.shares_memory(jnp.from_dlpack(a), a)
