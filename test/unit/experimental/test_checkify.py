"""Checks of values in programs: what they say, and where they may stand."""

from __future__ import annotations

import pytest

import irc
import irc.numpy as jnp
from irc import lax
from irc.experimental import checkify
from irc.experimental.checkify import check


def f(x):
    check(x > 0, "x is positive, not {}", x)
    check(x < 9, "x is small: {x}", x=x)
    return jnp.log(x)


@pytest.mark.parametrize(
    "wrapped", [checkify.checkify(f), irc.jit(checkify.checkify(f)), checkify.checkify(irc.jit(f))]
)
def test_the_first_check_that_failed_speaks(wrapped):
    assert [wrapped(x)[0].get() for x in (-1.0, 1.0, 10.0)] == ["x is positive, not -1.0", None, "x is small: 10.0"]
    assert wrapped(1.0)[1] == 0.0
    wrapped(1.0)[0].throw()
    with pytest.raises(checkify.JaxRuntimeError, match="x is positive"):
        wrapped(-1.0)[0].throw()


def test_without_checkify_a_failure_is_an_error_at_once():
    assert f(1.0) == 0.0
    with pytest.raises(checkify.FailedCheckError, match="x is positive"):
        f(-1.0)
    with pytest.raises(ValueError, match="needs checkify around it"):
        irc.jit(f)(1.0)


def test_errors_can_be_checked_again():
    def g(x):
        error, result = checkify.checkify(f)(x)
        checkify.check_error(error)
        return result

    assert checkify.checkify(g)(-1.0)[0].get() == "x is positive, not -1.0"


def test_what_is_not_there():
    with pytest.raises(NotImplementedError, match="body of a loop or a branch"):
        checkify.checkify(lambda x: lax.fori_loop(0, 2, lambda i, c: f(c), x))(1.0)
    with pytest.raises(NotImplementedError, match="user_checks alone"):
        checkify.checkify(f, errors=frozenset({ValueError}))
