"""Regions of `nd` ops on tensors of rank 0, computed for any number of elements at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from irc.dialects import nd
from irc.dialects.nd_base import tensor_type
from irc.dialects.nd_numpy import Array, function_of
from irc.dialects.nd_regions import IDENTITIES, steps
from irc.interpreter.core import Leave, fail, interpret
from irc.ir.dense import dtype_of, fit, to_numpy
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.types import IndexType, IntegerType
from irc.ir.value import Value


@interpret(nd.Yield)
def _leave(frame: object, op: nd.Yield, *values: Array) -> Leave:
    return Leave(op, values)


UFUNCS: dict[type[Operation], np.ufunc] = {
    nd.Add: np.add, nd.Multiply: np.multiply, nd.LogicalAnd: np.logical_and, nd.LogicalOr: np.logical_or,
    nd.LogicalXor: np.logical_xor, nd.Maximum: np.maximum, nd.Minimum: np.minimum,
}  # fmt: skip
"""Combiners of one op that NumPy applies to a whole axis at once, with the same result up to the rounding of sums."""


def ufunc_of(region: Region) -> np.ufunc | None:
    """The function that combines two elements, if it is one that NumPy has."""
    block = region.entry
    ops = steps(block)
    if len(ops) != 1 or ops[0].operands != tuple(block.arguments) or block.terminator.operands != ops[0].results:
        return None
    floats = not isinstance(tensor_type(ops[0].results[0]).element_type, IntegerType | IndexType)
    if floats and isinstance(ops[0], nd.Maximum | nd.Minimum):
        return None  # NumPy leaves open which of two zeros is the greater
    return UFUNCS.get(type(ops[0]))


def evaluate(region: Region, arguments: Sequence[Array]) -> list[Array]:
    """What `region` yields for each element of arrays of one shape."""
    block = region.entry
    values: dict[Value, Array] = dict(zip(block.arguments, arguments, strict=True))
    for op in steps(block):
        values[op.results[0]] = _computed(op, [values[operand] for operand in op.operands])
    shape = arguments[0].shape
    # Constants have no elements of their own.
    return [np.broadcast_to(values[value], shape) for value in block.terminator.operands]


def _computed(op: Operation, operands: Sequence[Array]) -> Array:
    """The functions of `nd_numpy` for elementwise ops take arrays of any shape."""
    if isinstance(op, nd.Constant):
        return to_numpy(op.value)
    if isinstance(op, IDENTITIES):
        return operands[0]
    function = function_of(type(op))
    if function is None:
        fail(op, "has no function that the interpreter could apply to several elements")
    result = tensor_type(op.results[0])
    array: Array = fit(np.asarray(function(op, *operands), dtype_of(result.element_type)), result)
    return array
