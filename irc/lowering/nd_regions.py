"""Regions of `nd` ops on tensors of rank 0, as scalars inside of loops."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import nd
from irc.dialects.nd_regions import IDENTITIES, steps
from irc.ir.builder import Builder
from irc.ir.dense import splat_value
from irc.ir.diagnostic import error
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.value import Value
from irc.lowering.locations import derived
from irc.lowering.nd_bits import bitcast_element
from irc.lowering.nd_conversions import convert
from irc.lowering.nd_scalars import formula
from irc.lowering.scalar_ops import select
from irc.lowering.signedness import element_constant
from irc.lowering.structured import shaped


def inline_scalars(b: Builder, region: Region, arguments: Sequence[Value]) -> list[Value]:
    """The ops of `region` on scalars, `arguments` for its arguments; what it yields.

    Raises `DiagnosedError` at an op that has no form on scalars.
    """
    block = region.entry
    values: dict[Value, Value] = dict(zip(block.arguments, arguments, strict=True))
    for op in steps(block):
        with b.located(derived(op.location, "nd-to-linalg")):
            values[op.results[0]] = _computed(b, op, [values[operand] for operand in op.operands])
    return [values[value] for value in block.terminator.operands]


def _computed(b: Builder, op: Operation, operands: Sequence[Value]) -> Value:
    result = shaped(op.results[0]).element_type
    found: Value | None = None
    if isinstance(op, nd.Constant):
        number = splat_value(op.value)
        found = None if number is None else element_constant(b, number, result)
    elif isinstance(op, nd.Where):
        found = select(b, *operands)
    elif isinstance(op, nd.Cast):
        found = convert(b, operands[0], result)
    elif isinstance(op, nd.Bitcast):
        found = bitcast_element(b, operands[0], result)
    elif isinstance(op, IDENTITIES):
        found = operands[0]
    elif operands:
        compute = formula(type(op), operands[0].type)
        found = None if compute is None else compute(b, *operands)
    if found is None:
        kind = operands[0].type if operands else result
        raise error(op.location, f"'{op.name}' op has no lowering for elements of type '{kind}'")
    return found
