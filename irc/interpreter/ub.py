"""How `ub` is executed: poison is some value, which a program must not depend on."""

from __future__ import annotations

from typing import Any

from irc.dialects import ub
from irc.interpreter.core import Frame, interpret
from irc.interpreter.values import unspecified
from irc.ir.dense import dtype_of
from irc.ir.types import ShapedType, element_type


@interpret(ub.Poison)
def poison(frame: Frame, op: ub.Poison) -> Any:
    """Sizes that the type does not state are zero; of a type that NumPy has no counterpart of there is no value."""
    type = op.result.type
    element = element_type(type)
    try:
        dtype_of(element)
    except ValueError:
        return None
    if isinstance(type, ShapedType):
        return unspecified(tuple(size or 0 for size in type.shape), element)
    return unspecified((), element)[()]
