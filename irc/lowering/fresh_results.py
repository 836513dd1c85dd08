"""Reductions whose result was just filled with one value: they start from that, and nothing has to be filled or read."""

from __future__ import annotations

import math
from collections.abc import Iterator

from irc.dialects import linalg, memref
from irc.dialects.linalg_interface import REDUCTION
from irc.ir.attributes import FloatAttr, IntegerAttr
from irc.ir.effects import is_pure
from irc.ir.operation import Operation
from irc.rewrite.constants import constant_value

Fills = dict[int, linalg.Fill]
"""What has filled the outputs of an op, by their positions."""


def fresh_results(root: Operation) -> dict[Operation, Fills]:
    """The reductions in `root` that may start from a value, each with what fills its outputs."""
    found: dict[Operation, Fills] = {}
    for op in root.walk():
        if isinstance(op, linalg.LinalgOp) and op.has_buffer_semantics and REDUCTION in op.iterators:
            fills = {op.outputs.index(fill.outputs[0]): fill for fill in _fills_before(op)}
            if fills:
                found[op] = fills
    return found


def _fills_before(op: linalg.LinalgOp) -> Iterator[linalg.Fill]:
    """The fills of outputs that `op` overwrites, without anything between that touches memory which is there."""
    count = len(op.inputs)
    # A position that is a constant may leave a part of the result as it was filled.
    left = {buffer for buffer, map in zip(op.outputs, op.maps[count:], strict=True) if map.dim_positions() is not None}
    left.difference_update(op.inputs)
    if len(set(op.outputs)) < len(op.outputs):
        return
    before = op.prev
    while before is not None:
        if isinstance(before, linalg.Fill) and before.has_buffer_semantics and before.outputs[0] in left:
            left.remove(before.outputs[0])
            yield before
        elif not is_pure(before) and not isinstance(before, memref.Alloc):
            return
        before = before.prev


def fills_zero(op: linalg.Fill) -> bool:
    """Whether what is filled in is zero, for floats the positive one."""
    value = constant_value(op.inputs[0])
    if isinstance(value, FloatAttr):
        return value.value == 0 and math.copysign(1.0, value.value) > 0
    return isinstance(value, IntegerAttr) and value.value == 0
