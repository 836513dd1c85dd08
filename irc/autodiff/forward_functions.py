"""The body of a function that gives tangents: its operations with theirs, and calls of such functions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from irc.autodiff.activity import Activity, is_differentiable
from irc.autodiff.forward import Forward
from irc.autodiff.forward_memory import zero_shadow
from irc.dialects import func
from irc.ir.block import Block
from irc.ir.builder import Builder
from irc.ir.cloning import IRMapping
from irc.ir.types import MemRefType
from irc.ir.value import Value

if TYPE_CHECKING:
    from irc.autodiff.functions import Derivatives


def write_forward(derivatives: Derivatives, source: Block, builder: Builder, wrt: Sequence[int]) -> None:
    """Write the derivative of a function with the body `source` for tangents of the arguments `wrt`."""
    arguments = builder.point.block.arguments
    count = len(source.arguments)
    varied = [source.arguments[i] for i in wrt]
    mapping = IRMapping(dict(zip(source.arguments, arguments, strict=False)))

    def call_jvp(forward: Forward, op: Any, positions: Sequence[int]) -> None:
        _call(derivatives, forward, op, positions)

    forward = Forward(Activity(source, varied), builder, mapping, call_jvp, derivatives.table)
    for value, tangent in zip(varied, arguments[count:], strict=True):
        forward.set_tangent(value, tangent)
    if forward.activity.active_memory:
        for value in source.arguments:
            if isinstance(value.type, MemRefType) and is_differentiable(value.type) and value not in varied:
                forward.set_tangent(value, zero_shadow(forward, mapping[value]))
    forward.block(source)
    returned = source.terminator.operands
    tangents = [forward.tangent_or_zero(value) for value in returned if is_differentiable(value.type)]
    derivatives.zeros[builder.point.block] = [
        forward.tangent(value) is None for value in returned if is_differentiable(value.type)
    ]
    builder.insert(func.Return([*(mapping[value] for value in returned), *tangents]))


def _call(derivatives: Derivatives, forward: Forward, op: func.Call, wrt: Sequence[int]) -> None:
    """A call becomes that of the callee's derivative; what that knows to be zero stays unsaid."""
    callee = derivatives.callee(op, op.callee)
    custom = derivatives.custom.get(callee.sym_name.value)
    if custom is not None:
        custom.check(op, wrt)
    written = derivatives.derivative(callee, "jvp", tuple(wrt))
    operands = [forward.mapping[operand] for operand in op.operands]
    operands += [forward.tangent_or_zero(op.operands[i]) for i in wrt]
    call: Sequence[Value] = derivatives.call(forward.builder, written, operands)
    forward.mapping.values.update(zip(op.results, call, strict=False))
    floats = [result for result in op.results if is_differentiable(result.type)]
    # A function that is still being written, which calls itself, is not known to give zeros.
    zeros = derivatives.zeros.get(written.body.block, [False] * len(floats))
    for value, tangent, zero in zip(floats, call[len(op.results) :], zeros, strict=True):
        if not zero:
            forward.set_tangent(value, tangent)
