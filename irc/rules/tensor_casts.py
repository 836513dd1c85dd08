"""Casts of tensors: those in a row, and those whose users can tell more from what was cast."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import tensor
from irc.dialects._slices import static_dims
from irc.dialects.tensor_slices import ranked
from irc.ir.attributes import DenseArrayAttr
from irc.ir.types import Shape, TensorType, compatible_shapes
from irc.rewrite.greedy import Patterns
from irc.rewrite.rewriter import Rewriter
from irc.rules._casts import cast_back, known_better, says_more, source_uncast


def extract_uncast(op: tensor.Extract, rewriter: Rewriter) -> bool:
    """An element is the same under any ranked type."""
    cast = op.tensor.defining_op
    if not isinstance(cast, tensor.Cast) or not isinstance(cast.source.type, TensorType):
        return False
    rewriter.set_operands(op, [cast.source, *op.indices])
    return True


def cast_once(op: tensor.Cast, rewriter: Rewriter) -> bool:
    """Of two casts one is enough, unless the first finds out what the second forgets."""
    inner = op.source.defining_op
    if not isinstance(inner, tensor.Cast):
        return False
    types = [inner.source.type, inner.dest.type, op.dest.type]
    ranked = [type.shape if isinstance(type, TensorType) else None for type in types]
    # Where the first and the last contradict each other, the program fails when it is run, and not before.
    if _joined(ranked) != _joined([ranked[0], ranked[2]]) or not _are_compatible(ranked[0], ranked[2]):
        return False
    rewriter.replace(op, rewriter.insert(tensor.Cast(inner.source, result_types=[op.dest.type])).results)
    return True


def _are_compatible(a: Shape | None, b: Shape | None) -> bool:
    return a is None or b is None or compatible_shapes(a, b)


def _joined(shapes: Sequence[Shape | None]) -> Shape | None:
    """All that some shapes say together."""
    known = [shape for shape in shapes if shape is not None]
    if not known:
        return None
    return tuple(next((size for size in sizes if size is not None), None) for sizes in zip(*known, strict=True))


def slice_of_cast(op: tensor.ExtractSlice, rewriter: Rewriter) -> bool:
    """A part of a cast is the part of what was cast."""
    source = known_better(op.source)
    if source is op.source:
        return False
    rewriter.set_operands(op, [source, *op.operands[1:]])
    return True


def cast_of_slice(op: tensor.Cast, rewriter: Rewriter) -> bool:
    """A part whose sizes turn out to be known is taken with these sizes."""
    part, type = op.source.defining_op, op.dest.type
    if not isinstance(part, tensor.ExtractSlice) or not isinstance(type, TensorType):
        return False
    found = part.result.type
    assert isinstance(found, TensorType)
    sizes = static_dims(part.static_sizes)
    if not says_more(type.shape, found.shape) or found.shape != sizes or type.encoding is not found.encoding:
        return False
    left, rest = [], iter(part.sizes)
    for known, size in zip(type.shape, sizes, strict=True):
        if size is None:
            value = next(rest)
            left += [value] if known is None else []
    static = DenseArrayAttr.i64(
        tuple(
            int(old) if size is None else size for size, old in zip(type.shape, part.static_sizes.values, strict=True)
        )
    )
    new = tensor.ExtractSlice(
        part.source, part.offsets, left, part.strides, part.static_offsets, static, part.static_strides,
        result_types=[type], attributes=part.attributes,
    )  # fmt: skip
    rewriter.replace(op, rewriter.insert(new).results)
    return True


def insertion_uncast(op: tensor.InsertSlice, rewriter: Rewriter) -> bool:
    """What is inserted, and what it is inserted into, under the types that say more."""
    source, dest = known_better(op.source), known_better(op.dest)
    if source is op.source and dest is op.dest:
        return False
    type, sizes = ranked(source), op.mixed_sizes
    if type.rank == len(sizes):
        sizes = tuple(old if size is None else size for size, old in zip(type.shape, sizes, strict=True))
    elif type is not op.source.type:
        # Which dimensions are left out is told by the sizes that are known: the source keeps its type.
        source = op.source
        if dest is op.dest:
            return False
    new = tensor.InsertSlice.of(source, dest, op.mixed_offsets, sizes, op.mixed_strides)
    new.attributes = op.attributes
    cast_back(op, rewriter.insert(new), rewriter)
    return True


TENSOR_CASTS: Patterns = {
    tensor.Dim: [source_uncast],
    tensor.Extract: [extract_uncast],
    tensor.ExtractSlice: [slice_of_cast],
    tensor.InsertSlice: [insertion_uncast],
    tensor.Cast: [cast_once, cast_of_slice],
}
