"""What the distributions share: arguments in one dtype of floats, and values outside of the support."""

from __future__ import annotations

from typing import Any

from irc.numpy.ufuncs.operands import filled, inexact
from irc.numpy.ufuncs.truth import where
from irc.tracing.array import Array
from irc.tracing.elementwise import broadcast, promoted


def floats(*operands: Any) -> list[Array]:
    """The operands in one dtype of floats and one shape."""
    return broadcast(*promoted(*map(inexact, operands))[0])


def chosen(inside: Array, found: Array, otherwise: float) -> Array:
    """What was found inside of the support, elsewhere a number."""
    return where(inside, found, filled(found, otherwise))


def within(inside: Array, x: Array, otherwise: float) -> Array:
    """`x` inside of the support, elsewhere a number that does no harm."""
    return where(inside, x, filled(x, otherwise))
