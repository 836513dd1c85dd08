"""How `vector.mask` is executed: each op that it may hold has a form that takes the mask first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from irc.dialects import vector
from irc.interpreter import vector_memory as memory
from irc.interpreter import vector_products as products
from irc.interpreter import vector_reductions as reductions
from irc.interpreter.core import Frame, Leave, fail, interpret
from irc.ir.operation import Operation

MASKED: dict[type[Operation], Callable[..., Any]] = {
    vector.Contract: products.masked_contract,
    vector.Gather: memory.masked_gather,
    vector.MultiReduction: reductions.masked_multi_reduction,
    vector.OuterProduct: reductions.masked_outer_product,
    vector.Reduction: reductions.masked_reduction,
    vector.TransferRead: memory.masked_transfer_read,
    vector.TransferWrite: memory.masked_transfer_write,
}


@interpret(vector.Yield)
def leave(frame: Frame, op: vector.Yield, *values: Any) -> Leave:
    return Leave(op, values)


@interpret(vector.Mask)
def masked(frame: Frame, op: vector.Mask, mask: Any, *passthru: Any) -> Any:
    inner = op.masked
    if inner is None:
        values = frame.run(op.body).values
        return values[0] if len(op.results) == 1 else tuple(values)
    result = MASKED[type(inner)](frame, inner, mask, *(frame.values[operand] for operand in inner.operands))
    if not passthru:
        return result
    if np.shape(result) != mask.shape:
        fail(op, f"has a passthru for a result of shape {np.shape(result)} and a mask of shape {mask.shape}")
    return np.where(mask, result, passthru[0])
