"""`tensor.expand_shape` and `tensor.collapse_shape` in a row, and of tensors that are made of one value or of elements."""

from __future__ import annotations

from irc.dialects import tensor
from irc.dialects._reassociation import groups_attr
from irc.dialects.tensor_slices import ranked
from irc.rewrite.greedy import Patterns
from irc.rewrite.rewriter import Rewriter

Reshape = tensor.ExpandShape | tensor.CollapseShape


def collapse_once(op: tensor.CollapseShape, rewriter: Rewriter) -> bool:
    """Joining joined dimensions is joining all of them."""
    inner = op.src.defining_op
    if not isinstance(inner, tensor.CollapseShape):
        return False
    groups = [[i for middle in group for i in inner.groups[middle]] for group in op.groups]
    if not ranked(op.result).rank:
        groups = []
    new = tensor.CollapseShape(inner.src, groups_attr(groups), result_types=[op.result.type])
    rewriter.replace(op, rewriter.insert(new).results)
    return True


def expand_once(op: tensor.ExpandShape, rewriter: Rewriter) -> bool:
    """Cutting dimensions that were cut is cutting them into all the parts."""
    inner = op.src.defining_op
    if not isinstance(inner, tensor.ExpandShape):
        return False
    groups = [[i for middle in group for i in op.groups[middle]] for group in inner.groups]
    new = tensor.ExpandShape(
        inner.src, op.output_shape, groups_attr(groups), op.static_output_shape, result_types=[op.result.type]
    )
    rewriter.replace(op, rewriter.insert(new).results)
    return True


def reshape_made(op: Reshape, rewriter: Rewriter) -> bool:
    """Of elements, or of one value, the tensor of the other shape is made at once."""
    made, type = op.src.defining_op, op.result.type
    if isinstance(made, tensor.FromElements):
        new = tensor.FromElements(made.elements, result_types=[type])
    elif isinstance(made, tensor.Splat) and ranked(op.result).has_static_shape:
        new = tensor.Splat(made.input, (), result_types=[type])  # type: ignore[assignment]  # another op class
    else:
        return False
    rewriter.replace(op, rewriter.insert(new).results)
    return True


RESHAPES: Patterns = {
    tensor.ExpandShape: [expand_once, reshape_made],
    tensor.CollapseShape: [collapse_once, reshape_made],
}
