"""The constant op that a folded value becomes: `nd.constant` for results of `nd`, else `arith.constant`."""

from __future__ import annotations

from irc.ir.attributes import Attribute, DenseElementsAttr, FloatAttr, IntegerAttr
from irc.ir.operation import Operation
from irc.ir.types import Type
from irc.ods.registry import lookup_op


def materialize(op: Operation, attribute: Attribute, type: Type) -> Operation | None:
    """A constant of `type` for a result of `op`; `None` where no op holds such a value."""
    if not isinstance(attribute, DenseElementsAttr | FloatAttr | IntegerAttr) or attribute.type is not type:
        return None
    dense = isinstance(attribute, DenseElementsAttr)
    name = "nd.constant" if dense and op.name.startswith("nd.") else "arith.constant"
    constant: Operation = lookup_op(name)(attribute)
    return constant
