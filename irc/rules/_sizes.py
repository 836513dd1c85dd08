"""Sizes, offsets and strides that are constants, as ops of several dialects are given them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.dialects._layouts import strided_type, strides_of
from irc.dialects._slices import Mixed, constant_index, dropped_dims, slice_operands, static_dims, with_numbers
from irc.dialects._strided_parts import StridedPart
from irc.ir.operation import Operation
from irc.ir.types import MemRefType, Shape, TensorType
from irc.ir.value import Value
from irc.rewrite.rewriter import Rewriter
from irc.rules._casts import memref_cast, tensor_cast


def replace_by_known(op: Operation, new: Operation, rewriter: Rewriter) -> bool:
    """Replace `op` by `new`, which gives the same under a type that knows more."""
    type = op.results[0].type
    cast = memref_cast if isinstance(type, MemRefType) else tensor_cast
    rewriter.replace(op, [cast(new.results[0], type, rewriter)])
    return True


def known_sizes(shape: Shape, sizes: Sequence[Value]) -> tuple[Shape, list[Value]] | None:
    """A shape with the sizes that are constants, and the sizes that are not; `None` where there are no constants."""
    known: list[int | None] = []
    left: list[Value] = []
    rest = iter(sizes)
    for size in shape:
        if size is None:
            value = next(rest)
            size = constant_index(value)
            if size is None or size < 0:
                size = None
                left.append(value)
        known.append(size)
    return None if len(left) == len(sizes) else (tuple(known), left)


Lists = tuple[tuple[Mixed, ...], tuple[Mixed, ...], tuple[Mixed, ...]]


def known_lists(op: Any) -> Lists | None:
    """The offsets, sizes and strides of a slice with its constants as numbers, `None` if there are none."""
    old = op.mixed_offsets, op.mixed_sizes, op.mixed_strides
    new = with_numbers(old[0], 0), with_numbers(old[1], 0), with_numbers(old[2])
    return None if new == old else new


def slice_known(op: StridedPart, rewriter: Rewriter) -> bool:
    """A part whose place is known has what is known of it in its type."""
    lists, dropped = known_lists(op), dropped_by(op)
    if lists is None or dropped is None:
        return False
    new = type(op)(op.source, *slice_operands(*lists), attributes=op.attributes)
    new.results[0].type = without(new.result.type, dropped)
    return replace_by_known(op, rewriter.insert(new), rewriter)


def dropped_by(op: StridedPart) -> tuple[int, ...] | None:
    """The unit dimensions that a slice leaves out."""
    found = op.result.type
    assert isinstance(found, TensorType | MemRefType)
    return dropped_dims(static_dims(op.static_sizes), found.shape)


def without(type: Any, dropped: Sequence[int]) -> Any:
    """A type without some of its dimensions."""
    kept = [i for i in range(type.rank) if i not in dropped]
    shape = tuple(type.shape[i] for i in kept)
    if isinstance(type, TensorType):
        return TensorType(shape, type.element_type, type.encoding)
    strides, offset = strides_of(type)
    return strided_type(type, shape, tuple(strides[i] for i in kept), offset)
