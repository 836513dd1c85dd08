"""The type that a function had when its tensors were not yet buffers, and its buffers not yet pointers: it is called by
this type at every level."""

from __future__ import annotations

from irc.ir.attributes import TypeAttr
from irc.ir.operation import Operation
from irc.ir.types import FunctionType

SIGNATURE = "irc.signature"
"""The attribute in which a function keeps it."""


def kept_signature(function: Operation) -> FunctionType | None:
    """The type that `function` keeps, `None` if it keeps none."""
    kept = function.get_attribute(SIGNATURE)
    return kept.type if isinstance(kept, TypeAttr) and isinstance(kept.type, FunctionType) else None
