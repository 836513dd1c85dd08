"""`nd.custom_call` on buffers in the llvm dialect: a call of the one function that makes them all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.custom_calls.convention import CUSTOM_CALL, describe, word_count
from irc.dialects import llvm, nd
from irc.ir.types import TensorType, i64
from irc.ir.value import Value
from irc.lowering.failures import encode, require_or
from irc.lowering.llvm_lowering import Lowering, Table
from irc.lowering.lowered_values import Lowered, MemRef, Rows
from irc.lowering.memory_form import to_memory


def _custom_call(op: nd.CustomCall, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    values = [*op.inputs, *op.into]
    types = [value.type for value in values]
    if any(isinstance(type, TensorType) for type in (*types, *(value.type for value in op.outputs))):
        raise lo.unsupported(op, "tensors must have become buffers")
    count = sum(map(word_count, types))
    words = lo.stack(i64, max(count, 1), 8)
    at = 0
    for type, operand in zip(types, operands, strict=True):
        for i, part in enumerate(_parts(lo, operand, type)):
            lo.insert(llvm.Store(part, lo.element(words, i64, at + i)))
        at += word_count(type)
    inputs = len(op.inputs)
    text = describe(op.target.value, op.options, types[:inputs], types[inputs:])
    what = lo.string(encode(op.location, text))
    message = lo.function_value(CUSTOM_CALL, llvm.ptr, [what, words])
    fine = lo.one(llvm.ICmp.of("eq", message, lo.one(llvm.Zero(result_types=[llvm.ptr]))))
    require_or(lo, op, fine, lambda: message)
    return []


def _parts(lo: Lowering, value: Lowered, type: Any) -> list[Value]:
    assert not isinstance(value, Rows)
    if not isinstance(value, MemRef):
        return [to_memory(lo, value, type)]
    numbers = [value.offset, *value.sizes, *value.strides]
    return [value.allocated, value.aligned, *map(lo.number, numbers)]


CUSTOM_CALLS: Table = {nd.CustomCall: _custom_call}
