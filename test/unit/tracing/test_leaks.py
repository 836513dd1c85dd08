"""A traced array that is kept and used later is an error that says where it comes from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import irc
import irc.numpy as jnp
from irc import lax
from irc.errors import TracerLeakError, UnexpectedTracerError


def kept(transform: Callable[[Callable[[Any], Any]], Any]) -> Any:
    """An array that a function computed while it was traced or mapped."""
    seen: list[Any] = []

    def f(x: Any) -> Any:
        seen.append(x * 2)
        return x

    transform(f)
    return seen[0]


SOURCES: dict[str, Callable[[Callable[[Any], Any]], Any]] = {
    "jit": lambda f: irc.jit(f)(jnp.ones(())),
    "vmap": lambda f: irc.vmap(f)(jnp.ones(2)),
    "grad": lambda f: irc.grad(f)(1.0),
    "scan": lambda f: lax.scan(lambda c, x: (f(c), x), 0.0, jnp.ones(2)),
    "vmap in jit": lambda f: irc.jit(irc.vmap(f))(jnp.ones(2)),
}
USES: dict[str, Callable[[Any], Any]] = {
    "function": jnp.sin,
    "operator": lambda x: x + 1,
    "jit": lambda x: irc.jit(jnp.sin)(x),
    "traced": lambda x: irc.jit(lambda y: x + y)(1.0),
    "mapped": lambda x: irc.vmap(lambda y: x + y)(jnp.ones(2)),
    "result of a mapped function": lambda x: irc.vmap(lambda _: x)(jnp.ones(2)),
    "branch": lambda x: lax.cond(True, lambda: x, lambda: 1.0),
}


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("source", SOURCES)
def test_a_leaked_array_is_an_error_wherever_it_is_used(source: str, use: str) -> None:
    leaked = kept(SOURCES[source])
    with pytest.raises(TracerLeakError, match=r"test_leaks.py:\d+ made.*belongs to a function whose tracing has ended"):
        USES[use](leaked)


def test_it_can_be_caught_as_in_jax() -> None:
    assert issubclass(TracerLeakError, UnexpectedTracerError)
    assert issubclass(UnexpectedTracerError, TypeError)


def test_arrays_of_an_enclosing_vmap_are_no_leak() -> None:
    found = irc.vmap(lambda x: irc.vmap(lambda y: x * y)(jnp.arange(3.0)))(jnp.arange(2.0))
    assert found.tolist() == [[0, 0, 0], [0, 1, 2]]
