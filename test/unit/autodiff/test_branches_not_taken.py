"""What only a branch uses that is not taken makes no nan of derivatives of any order, wherever values are saved for them."""

from __future__ import annotations

from typing import Any

import pytest

import irc
import irc.numpy as jnp
from irc import lax

BRANCHES = {
    "sqrt": jnp.sqrt,
    "beyond": lambda x: jnp.sqrt(x - 1),
    "log": jnp.log,
    "inverse": lambda x: 1 / x,
    "product": lambda x: jnp.sqrt(x) * jnp.log(x),
    "nested": lambda x: jnp.where(x < 2, jnp.sqrt(x), x) ** 2,
}
PLACES = {
    "straight": lambda f: f,
    "loop": lambda f: lambda x: lax.fori_loop(0, 1, lambda _, c: f(c), x),
    "unbounded_loop": lambda f: lambda x: lax.while_loop(lambda s: s[0] < 1, lambda s: (s[0] + 1, f(s[1])), (0, x))[1],
    "arm": lambda f: lambda x: lax.cond(x < 5, f, lambda x: x, x),
    "checkpoint": lambda f: irc.checkpoint(f),
    "elements": lambda f: lambda x: f(x * jnp.asarray([1.0, 1.0])).sum() / 2,
}


def with_branch(name: str) -> Any:
    other: Any = BRANCHES[name]
    return lambda x: jnp.where(x < 1, x**3, other(x))


@pytest.mark.parametrize(("name", "place"), [
    *((name, "straight") for name in BRANCHES), *(("product", place) for place in PLACES)
])  # fmt: skip
def test_reverse_mode_of_reverse_mode(name: str, place: str) -> None:
    wrap: Any = PLACES[place]
    f, found = wrap(with_branch(name)), []
    for _ in range(4):
        f = irc.grad(f)
        found.append(float(f(0.0)))
    assert found == [0, 0, 6, 0]


@pytest.mark.parametrize("inner", [irc.grad, irc.jacfwd])
@pytest.mark.parametrize("outer", [irc.grad, irc.jacfwd])
def test_both_modes(outer: Any, inner: Any) -> None:
    f = outer(inner(inner(with_branch("product"))))
    assert float(f(0.0)) == 6


def test_the_branch_that_is_taken() -> None:
    f = irc.grad(irc.grad(irc.grad(with_branch("log"))))
    assert float(f(2.0)) == pytest.approx(2 / 2**3)
