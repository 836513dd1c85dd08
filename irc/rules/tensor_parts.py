"""Elements, parts and sizes of tensors that are known from how the tensors were made."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

from irc.dialects import affine, arith, tensor
from irc.dialects._slices import Mixed, constant_index, static_dims
from irc.dialects.tensor_slices import ranked
from irc.ir.affine import AffineConstant, AffineExpr, AffineMap, AffineSymbol, binary
from irc.ir.attributes import AffineMapAttr, DenseElementsAttr, index_attr
from irc.ir.cloning import IRMapping, clone
from irc.ir.effects import is_pure
from irc.ir.interfaces import DestinationStyle
from irc.ir.operation import Operation
from irc.ir.types import TensorType
from irc.ir.value import Value
from irc.rewrite.constants import constant_value, number_attribute, number_of
from irc.rewrite.greedy import Patterns
from irc.rewrite.rewriter import Rewriter
from irc.rules._casts import cast_back, known_better, says_more, tensor_cast


def extract_made(op: tensor.Extract, rewriter: Rewriter) -> bool:
    """An element of a tensor that is made of elements."""
    made = op.tensor.defining_op
    if not isinstance(made, tensor.FromElements):
        return False
    position = 0
    for index, size in zip(op.indices, ranked(made.result).static_shape, strict=True):
        at = constant_index(index)
        if at is None or not 0 <= at < size:
            return False
        position = position * size + at
    return _replace(op, made.elements[position], rewriter)


def _replace(op: Operation, value: Value, rewriter: Rewriter) -> bool:
    rewriter.replace(op, [value])
    return True


def extract_filled(op: tensor.Extract, rewriter: Rewriter) -> bool:
    """An element of a tensor that was filled with one value."""
    made = op.tensor.defining_op
    if made is None or made.name != "linalg.fill" or made.operands[0].type is not op.result.type:
        return False
    return _replace(op, made.operands[0], rewriter)


def extract_generated(op: tensor.Extract, rewriter: Rewriter) -> bool:
    """An element that is computed from its indices alone is computed where it is needed."""
    made = op.tensor.defining_op
    if not isinstance(made, tensor.Generate) or not all(is_pure(inner) for inner in made.body.block):
        return False
    mapping = IRMapping(dict(zip(made.body.block.arguments, op.indices, strict=True)))
    ending = made.body.block.terminator
    for inner in made.body.block:
        if inner is not ending:
            new = rewriter.insert(clone(inner, mapping))
            mapping.values.update(zip(inner.results, new.results, strict=True))
    return _replace(op, mapping[ending.operands[0]], rewriter)


def insert_same(op: tensor.Insert, rewriter: Rewriter) -> bool:
    """A number put into a tensor that is made of it."""
    dest, number = constant_value(op.dest), number_of(op.dest)
    if not isinstance(dest, DenseElementsAttr) or number is None:
        return False
    same = number_attribute(number, dest.type.element_type) is constant_value(op.scalar)
    return same and _replace(op, op.dest, rewriter)


def insert_uncast(op: tensor.Insert, rewriter: Rewriter) -> bool:
    """An element is put into the tensor under the type that says more."""
    dest = known_better(op.dest)
    if dest is op.dest:
        return False
    cast_back(op, rewriter.rebuild(op, [op.scalar, dest, *op.indices], [dest.type]), rewriter)
    return True


# -- sizes -----------------------------------------------------------------------------------------------------------


def dim_of_slice(op: tensor.Dim, rewriter: Rewriter) -> bool:
    """The size of a part is one of those it is taken with."""
    part, at = op.source.defining_op, op.constant_index
    if not isinstance(part, tensor.ExtractSlice) or at is None:
        return False
    sizes = part.mixed_sizes
    if ranked(part.result).shape != static_dims(part.static_sizes) or not 0 <= at < len(sizes):
        return False
    size = sizes[at]
    return isinstance(size, Value) and _replace(op, size, rewriter)


def dim_of_generated(op: tensor.Dim, rewriter: Rewriter) -> bool:
    """The size of a computed tensor is one of those it is given."""
    made, at = op.source.defining_op, op.constant_index
    if not isinstance(made, tensor.Generate) or at is None:
        return False
    shape = ranked(op.source).shape
    if not 0 <= at < len(shape) or shape[at] is not None:
        return False
    return _replace(op, made.dynamic_extents[shape[:at].count(None)], rewriter)


def dim_of_expansion(op: tensor.Dim, rewriter: Rewriter) -> bool:
    """Of the dimensions that one is cut into, the only one whose size is not known follows from the others."""
    made, at = op.source.defining_op, op.constant_index
    if not isinstance(made, tensor.ExpandShape) or at is None:
        return False
    shape = ranked(op.source).shape
    if not 0 <= at < len(shape) or shape[at] is not None:
        return False
    whole, group = next((i, group) for i, group in enumerate(made.groups) if at in group)
    others = [shape[i] for i in group if i != at]
    if None in others:
        return False
    product = prod(other for other in others if other is not None)
    if not product:
        # Nothing follows from what is empty.
        return _replace(op, made.output_shape[shape[:at].count(None)], rewriter)
    size = _dim(made.src, whole, rewriter)
    known = AffineConstant(product)
    return _replace(op, _applied(binary("floordiv", AffineSymbol(0), known), [size], rewriter), rewriter)


def dim_of_collapse(op: tensor.Dim, rewriter: Rewriter) -> bool:
    """The size of joined dimensions is the product of theirs."""
    made, at = op.source.defining_op, op.constant_index
    if not isinstance(made, tensor.CollapseShape) or at is None or not 0 <= at < len(made.groups):
        return False
    shape = ranked(made.src).shape
    group = made.groups[at]
    if ranked(op.source).shape[at] is not None:
        return False
    sizes = [_dim(made.src, i, rewriter) for i in group if shape[i] is None]
    product: AffineExpr = AffineSymbol(0)
    for i in range(1, len(sizes)):
        product = binary("*", product, AffineSymbol(i))
    known = prod(size for size in (shape[i] for i in group) if size is not None)
    if known != 1:
        product = binary("*", product, AffineConstant(known))
    return _replace(op, _applied(product, sizes, rewriter), rewriter)


def _dim(source: Value, at: int, rewriter: Rewriter) -> Value:
    index = rewriter.insert(arith.Constant(index_attr(at))).result
    return rewriter.insert(tensor.Dim(source, index)).result


def _applied(expr: AffineExpr, symbols: Sequence[Value], rewriter: Rewriter) -> Value:
    map = AffineMapAttr(AffineMap(0, len(symbols), (expr,)))
    return rewriter.insert(affine.Apply(map, symbols)).result


def dim_of_destination(op: tensor.Dim, rewriter: Rewriter) -> bool:
    """A result has the sizes of what it is written into."""
    made = op.source.defining_op
    if isinstance(made, tensor.Insert):
        dest = made.dest
    elif isinstance(made, DestinationStyle) and made.results and not made.name.startswith("nd."):
        dest = made.destinations[op.source.index]
    else:
        return False
    if dest.type is not op.source.type:
        return False
    rewriter.set_operands(op, [dest, op.index])
    return True


# -- insert_slice and extract_slice ----------------------------------------------------------------------------------


def _same_place(a: Any, b: Any) -> bool:
    lists = (a.mixed_offsets, a.mixed_sizes, a.mixed_strides), (b.mixed_offsets, b.mixed_sizes, b.mixed_strides)
    return all(
        len(xs) == len(ys) and all(x is y or (isinstance(x, int) and x == y) for x, y in zip(xs, ys, strict=True))
        for xs, ys in zip(*lists, strict=True)
    )


def slice_inserted(op: tensor.ExtractSlice, rewriter: Rewriter) -> bool:
    """The part that was put in just there."""
    inner = op.source.defining_op
    if (
        not isinstance(inner, tensor.InsertSlice)
        or inner.source.type is not op.result.type
        or not _same_place(op, inner)
    ):
        return False
    return _replace(op, inner.source, rewriter)


def insert_extracted(op: tensor.InsertSlice, rewriter: Rewriter) -> bool:
    """A part put back where it was taken from."""
    inner = op.source.defining_op
    if not isinstance(inner, tensor.ExtractSlice) or inner.source is not op.dest or not _same_place(op, inner):
        return False
    return _replace(op, op.dest, rewriter)


def insert_again(op: tensor.InsertSlice, rewriter: Rewriter) -> bool:
    """What is overwritten as a whole need not have been put in."""
    inner = op.dest.defining_op
    if (
        not isinstance(inner, tensor.InsertSlice)
        or not _same_place(op, inner)
        or inner.source.type is not op.source.type
    ):
        return False
    rewriter.set_operands(op, [op.source, inner.dest, *op.operands[2:]])
    return True


# -- others ----------------------------------------------------------------------------------------------------------


def empty_known(op: tensor.Cast, rewriter: Rewriter) -> bool:
    """An empty tensor is made under the type that says more, where the sizes it is given leave room for it."""
    made, type = op.source.defining_op, op.dest.type
    if not isinstance(made, tensor.Empty) or not isinstance(type, TensorType):
        return False
    found = ranked(made.result)
    if not says_more(type.shape, found.shape) or type.encoding is not found.encoding:
        return False
    rest = iter(made.dynamic_sizes)
    sizes: list[Value] = []
    for known, size in zip(type.shape, found.shape, strict=True):
        if size is None:
            value = next(rest)
            sizes += [value] if known is None else []
    return _replace(op, rewriter.insert(tensor.Empty(sizes, result_types=[type])).result, rewriter)


def pad_nothing(op: tensor.Pad, rewriter: Rewriter) -> bool:
    """Padding by nothing."""
    amounts: tuple[Mixed, ...] = (*op.mixed_low, *op.mixed_high)
    if op.nofold is not None or any(amount != 0 for amount in amounts):
        return False
    return _replace(op, tensor_cast(op.source, op.result.type, rewriter), rewriter)


def concat_one(op: tensor.Concat, rewriter: Rewriter) -> bool:
    """One tensor is joined to itself."""
    if len(op.inputs) != 1 or op.inputs[0].type is not op.result.type:
        return False
    return _replace(op, op.inputs[0], rewriter)


TENSOR_PARTS: Patterns = {
    tensor.Extract: [extract_made, extract_filled, extract_generated],
    tensor.Insert: [insert_same, insert_uncast],
    tensor.Dim: [dim_of_slice, dim_of_generated, dim_of_expansion, dim_of_collapse, dim_of_destination],
    tensor.ExtractSlice: [slice_inserted],
    tensor.InsertSlice: [insert_extracted, insert_again],
    tensor.Cast: [empty_known],
    tensor.Pad: [pad_nothing],
    tensor.Concat: [concat_one],
}
