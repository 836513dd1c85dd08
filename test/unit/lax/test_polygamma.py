"""The derivative of a derivative of the digamma function is the next one."""

from __future__ import annotations

import numpy as np
import pytest

import irc
from irc import lax
from irc.tracing.errors import ProgramError


@pytest.mark.parametrize("x", [0.5, -0.5, 3.0, -1.3])
@pytest.mark.parametrize("order", [0.0, 1.0, 2.0])
def test_derivatives(order: float, x: float) -> None:
    f = lambda x: lax.polygamma(np.float64(order), x)  # noqa: E731
    at = np.float64(x)
    np.testing.assert_allclose(irc.grad(f)(at), lax.polygamma(np.float64(order + 1), at), rtol=1e-12)
    for second in (irc.grad(irc.grad(f)), irc.jacfwd(irc.grad(f))):
        np.testing.assert_allclose(second(at), lax.polygamma(np.float64(order + 2), at), rtol=1e-12)


def test_the_order_is_no_variable() -> None:
    with pytest.raises(
        ProgramError, match="the derivative of '@polygamma' is given with respect to its arguments alone"
    ):
        irc.grad(lambda order: lax.polygamma(order, np.float64(0.5)))(np.float64(1))
