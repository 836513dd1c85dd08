"""Casts to types that say less, and what several dialects do about them: users that can tell more take what was cast."""

from __future__ import annotations

from irc.dialects._layouts import strides_of
from irc.ir.interfaces import DestinationStyle
from irc.ir.operation import Operation
from irc.ir.types import MemRefType, Shape, TensorType, Type
from irc.ir.value import Value
from irc.ods.registry import lookup_op
from irc.rewrite.rewriter import Rewriter


def says_more(shape: Shape, other: Shape) -> bool:
    """Whether `shape` states whatever `other` states."""
    return len(shape) == len(other) and all(b is None or a is not None for a, b in zip(shape, other, strict=True))


def known_better(value: Value) -> Value:
    """What `value` is a cast of, where that says more; `value` itself otherwise."""
    cast = value.defining_op
    if cast is None or cast.name not in ("tensor.cast", "memref.cast"):
        return value
    source, dest = cast.operands[0].type, value.type
    if isinstance(source, TensorType) and isinstance(dest, TensorType):
        better = source.encoding is dest.encoding and says_more(source.shape, dest.shape)
    elif isinstance(source, MemRefType) and isinstance(dest, MemRefType):
        (strides, offset), (others, other) = strides_of(source), strides_of(dest)
        better = says_more((*source.shape, *strides, offset), (*dest.shape, *others, other))
    else:
        better = False
    return cast.operands[0] if better else value


def uncast(value: Value) -> Value:
    """The ranked memref that `value` is a cast of, or `value` itself."""
    cast = value.defining_op
    if cast is not None and cast.name == "memref.cast" and isinstance(cast.operands[0].type, MemRefType):
        return cast.operands[0]
    return value


def tensor_cast(value: Value, type: Type, rewriter: Rewriter) -> Value:
    """`value` as a tensor of another type, which knows more or less of its shape."""
    if value.type is type:
        return value
    cast: Operation = lookup_op("tensor.cast")(value, result_types=[type])
    return rewriter.insert(cast).results[0]


def memref_cast(value: Value, type: Type, rewriter: Rewriter) -> Value:
    """`value` as a buffer of another type, which knows more or less of its shape and layout."""
    if value.type is type:
        return value
    cast: Operation = lookup_op("memref.cast")(value, result_types=[type])
    return rewriter.insert(cast).results[0]


def access_uncast(op: Operation, rewriter: Rewriter) -> bool:
    """Memory is accessed in the same way under any type."""
    operands = [uncast(operand) for operand in op.operands]
    if all(new is old for new, old in zip(operands, op.operands, strict=True)):
        return False
    rewriter.set_operands(op, operands)
    return True


def source_uncast(op: Operation, rewriter: Rewriter) -> bool:
    """An op whose result does not depend on what the type of its first operand says takes what was cast."""
    source = known_better(op.operands[0])
    if source is op.operands[0]:
        return False
    rewriter.set_operands(op, [source, *op.operands[1:]])
    return True


def destination_uncast(op: DestinationStyle, rewriter: Rewriter) -> bool:
    """Tensors that are read or written under types that say more; results are cast back."""
    operands = [known_better(operand) for operand in op.operands]
    if all(new is old for new, old in zip(operands, op.operands, strict=True)):
        return False
    new_of: dict[Value, Value] = dict(zip(op.operands, operands, strict=True))
    tied = op.destinations if op.results else ()
    types = [new_of.get(each, each).type for each in tied]
    if len(types) != len(op.results):
        return False
    new = rewriter.rebuild(op, operands, types)
    cast_back(op, new, rewriter)
    return True


def cast_back(op: Operation, new: Operation, rewriter: Rewriter) -> None:
    """Replace `op` by `new`, whose results have other types."""
    pairs = zip(op.results, new.results, strict=True)
    rewriter.replace(op, [tensor_cast(result, old.type, rewriter) for old, result in pairs])
