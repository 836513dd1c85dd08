"""Tensors of known sizes have them in their types; a cast gives users the type they know."""

from __future__ import annotations

from irc.dialects import tensor
from irc.dialects._slices import (
    constant_index,
    dropped_dims,
    slice_operands,
    split_mixed,
    static_dims,
    with_numbers,
)
from irc.ir.types import TensorType
from irc.rewrite.greedy import Patterns
from irc.rewrite.rewriter import Rewriter
from irc.rules._sizes import known_lists, known_sizes, replace_by_known, slice_known


def make_known(op: tensor.Empty | tensor.Splat | tensor.Generate, rewriter: Rewriter) -> bool:
    """A tensor that is made of known sizes has them in its type."""
    type = op.results[0].type
    assert isinstance(type, TensorType)
    extents = op.operands[1:] if isinstance(op, tensor.Splat) else op.operands
    known = known_sizes(type.shape, extents)
    if known is None:
        return False
    shape, sizes = known
    static = TensorType(shape, type.element_type, type.encoding)
    kept = op.operands[: len(op.operands) - len(extents)]
    return replace_by_known(op, rewriter.rebuild(op, [*kept, *sizes], [static]), rewriter)


def insert_known(op: tensor.InsertSlice | tensor.ParallelInsertSlice, rewriter: Rewriter) -> bool:
    """The place of an insertion is in numbers where it is known; what is inserted has its sizes."""
    lists = known_lists(op)
    if lists is None:
        return False
    source, found = op.source, op.source.type
    assert isinstance(found, TensorType)
    dropped = dropped_dims(static_dims(op.static_sizes), found.shape)
    if dropped is None:
        return False
    sizes = [constant_index(size) for i, size in enumerate(lists[1]) if i not in dropped]
    wanted = TensorType(
        tuple(size if known is None else known for size, known in zip(found.shape, sizes, strict=True)),
        found.element_type, found.encoding,
    )  # fmt: skip
    if wanted is not found:
        if isinstance(op, tensor.ParallelInsertSlice):
            return False
        source = rewriter.insert(tensor.Cast(source, result_types=[wanted])).dest
    new = type(op)(source, op.dest, *slice_operands(*lists), attributes=op.attributes)
    rewriter.replace(op, rewriter.insert(new).results)
    return True


def pad_known(op: tensor.Pad, rewriter: Rewriter) -> bool:
    """Padding by constants is padding by numbers, and gives sizes that are known."""
    low, high = with_numbers(op.mixed_low), with_numbers(op.mixed_high)
    source, found = op.source.type, op.result.type
    assert isinstance(source, TensorType) and isinstance(found, TensorType)
    shape = tuple(
        a + size + b if size is not None and isinstance(a, int) and isinstance(b, int) else known
        for a, size, b, known in zip(low, source.shape, high, found.shape, strict=True)
    )
    if any(size is not None and not 0 <= size < 1 << 63 for size in shape):
        return False
    static = TensorType(shape, found.element_type, found.encoding)
    # As long as no size is known for it, constants stay where they are.
    if static is found or all(size is None for size in shape):
        return False
    (lows, static_low), (highs, static_high) = split_mixed(low), split_mixed(high)
    new = rewriter.rebuild(op, op.operands, [static])
    new.static_low, new.static_high = static_low, static_high
    new.operands = (op.source, *lows, *highs)
    new.set_segments([1, len(lows), len(highs)])
    return replace_by_known(op, new, rewriter)


TENSOR_SIZES: Patterns = {
    tensor.Empty: [make_known],
    tensor.Splat: [make_known],
    tensor.Generate: [make_known],
    tensor.ExtractSlice: [slice_known],
    tensor.InsertSlice: [insert_known],
    tensor.ParallelInsertSlice: [insert_known],
    tensor.Pad: [pad_known],
}
