"""How `nd`'s reductions and scans with a combiner run: element after element along the axes, all others at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from irc.dialects import nd
from irc.dialects.nd_base import integers, tensor_type
from irc.dialects.nd_numpy import Array
from irc.interpreter.core import Frame, fail, interpret
from irc.interpreter.nd_regions import evaluate, ufunc_of
from irc.ir.dense import fit
from irc.ir.operation import Operation
from irc.ir.types import compatible_shapes
from irc.ir.value import Value


def check_shapes(op: Operation, arrays: Sequence[Array]) -> tuple[int, ...]:
    """The one shape of the operands."""
    if len({x.shape for x in arrays}) > 1:
        fail(op, f"the sizes of the operands do not agree: {' and '.join(str(x.shape) for x in arrays)}")
    shape: tuple[int, ...] = arrays[0].shape
    return shape


def checked(op: Operation, arrays: Sequence[Array]) -> Any:
    """The results as a rule gives them; their sizes must be those that the types state."""
    for array, result in zip(arrays, op.results, strict=True):
        check_result(op, array, result)
    return arrays[0] if len(arrays) == 1 else tuple(arrays)


def check_result(op: Operation, array: Array, result: Value) -> None:
    type = tensor_type(result)
    if not compatible_shapes(array.shape, type.shape):
        fail(op, f"computed a tensor of shape {array.shape}, but its result type is '{type}'")


@interpret(nd.Reduce)
def _reduce(frame: Frame, op: nd.Reduce, *operands: Array) -> Any:
    inputs, inits = operands[: len(op.inputs)], operands[len(op.inputs) :]
    shape, axes = check_shapes(op, inputs), integers(op.axes)
    kept = tuple(size for i, size in enumerate(shape) if i not in axes)
    order = [*axes, *(i for i in range(len(shape)) if i not in axes)]
    count = int(np.prod([shape[axis] for axis in axes], dtype=np.int64))
    rows = [np.transpose(x, order).reshape((count, *kept)) for x in inputs]
    totals: list[Array] = [np.broadcast_to(init, kept) for init in inits]
    ufunc = ufunc_of(op.combiner)
    if ufunc is not None and count:
        (x,) = rows
        rows, count = [fit(ufunc.reduce(x, axis=0, dtype=x.dtype, keepdims=True), tensor_type(op.inputs[0]))], 1
    for i in range(count):
        totals = evaluate(op.combiner, [*totals, *(x[i, ...] for x in rows)])
    return checked(op, totals)


@interpret(nd.Cumulative)
def _cumulative(frame: Frame, op: nd.Cumulative, *inputs: Array) -> Any:
    shape, axis = check_shapes(op, inputs), op.axis.value
    ufunc = ufunc_of(op.combiner)
    if ufunc is not None:
        (x,) = inputs if op.reverse is None else [np.flip(x, axis) for x in inputs]
        total = fit(ufunc.accumulate(x, axis=axis, dtype=x.dtype), tensor_type(op.inputs[0]))
        return checked(op, [total if op.reverse is None else np.flip(total, axis)])
    rows = [np.moveaxis(x, axis, 0) for x in inputs]
    found = [np.array(x) for x in rows]
    order = range(shape[axis]) if op.reverse is None else range(shape[axis] - 1, -1, -1)
    for before, i in pairwise(order):
        totals = evaluate(op.combiner, [*(x[before, ...] for x in found), *(x[i, ...] for x in rows)])
        for x, total in zip(found, totals, strict=True):
            x[i, ...] = total
    return checked(op, [np.moveaxis(x, 0, axis) for x in found])
