"""The rule of `nd.custom_call`, on tensors and on buffers."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc import custom_calls
from irc.dialects import nd
from irc.dialects.nd_base import tensor_type
from irc.interpreter.core import Frame, interpret
from irc.interpreter.values import Array, sizes_of, unspecified
from irc.ir.dense import check_rank
from irc.ir.types import element_type


@interpret(nd.CustomCall)
def _custom_call(frame: Frame, op: nd.CustomCall, *operands: Any) -> Any:
    count, dims = len(op.inputs), list(operands[len(op.inputs) : len(op.inputs) + len(op.dims)])
    into = operands[count + len(dims) :]
    inputs = [value.view() if isinstance(value, np.ndarray) else value for value in operands[:count]]
    out: list[Array] = list(into) if not op.outputs else []
    for i, result in enumerate(op.outputs):
        type = tensor_type(result)
        check_rank(type)
        missing = type.num_dynamic_dims
        sizes = into[i].shape if into else sizes_of(type.shape, [dims.pop(0) for _ in range(missing)])
        out.append(unspecified(sizes, type.element_type))
    options = {key: custom_calls.python_value(value) for key, value in op.options.entries}
    elements = [element_type(value.type) for value in (op.outputs or op.into)]
    custom_calls.call(op.target.value, options, inputs, out, elements)
    return out[0] if len(out) == 1 else tuple(out)
