"""Products whose result was just filled with zeros: their sums start at zero, and nothing has to be filled or read."""

from __future__ import annotations

import math

from irc.dialects import linalg, memref
from irc.ir.attributes import FloatAttr, IntegerAttr
from irc.ir.effects import is_pure
from irc.ir.operation import Operation
from irc.lowering.loop_plan import Nest
from irc.lowering.products import match_product
from irc.rewrite.constants import constant_value


def fresh_products(root: Operation) -> dict[Operation, linalg.Fill]:
    """The products in `root` whose sums may start at zero, each with what fills its result."""
    found: dict[Operation, linalg.Fill] = {}
    for op in root.walk():
        if isinstance(op, linalg.Fill) and op.has_buffer_semantics and _is_zero(op):
            user = _next_with_effects(op)
            if isinstance(user, linalg.LinalgOp) and user.has_buffer_semantics and user.num_loops:
                reads_only_there = user.outputs == op.outputs and op.outputs[0] not in user.inputs
                # A position that is a constant may leave a part of the result as it was filled.
                writes_all = user.maps[-1].dim_positions() is not None
                if reads_only_there and writes_all and match_product(Nest.of(user)) is not None:
                    found[user] = op
    return found


def _is_zero(op: linalg.Fill) -> bool:
    value = constant_value(op.inputs[0])
    if isinstance(value, FloatAttr):
        return value.value == 0 and math.copysign(1.0, value.value) > 0
    return isinstance(value, IntegerAttr) and value.value == 0


def _next_with_effects(op: Operation) -> Operation | None:
    """The next op in the block that may touch memory that is there."""
    following = op.next
    while following is not None and (is_pure(following) or isinstance(following, memref.Alloc)):
        following = following.next
    return following
