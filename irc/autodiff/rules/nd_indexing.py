"""Derivatives of `nd.gather` and `nd.scatter`: each is the other's adjoint, up to what lies outside.

A gather moves its positions inside, a scatter leaves out what is not there. So the adjoint of a gather scatters at positions
that were moved, and that of a sum of scattered updates gathers from a cotangent with zeros all around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.autodiff.expr import Expr, Part, functions
from irc.autodiff.rule import transpose
from irc.autodiff.shaping import axes_attr, broadcast_like, dynamic_slice, index_constant, pad, reshape
from irc.dialects import arith, nd, tensor
from irc.dialects._amounts import Amount, amounts, as_value
from irc.ir.attributes import IntegerAttr
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.dense import from_numpy, splat
from irc.ir.diagnostic import error
from irc.ir.region import Region
from irc.ir.types import IndexType, IntegerType, TensorType, index

f = functions("nd")


def _as_indices(x: Expr) -> Expr:
    """Positions of any integer type as indices; unsigned ones that are none become the greatest."""
    assert isinstance(x.type, TensorType)
    element = x.type.element_type
    if isinstance(element, IndexType):
        return x
    if isinstance(element, IntegerType) and element.signedness == "unsigned" and element.width == 64:
        greatest = x.builder.insert(nd.Constant(splat((1 << 63) - 1, TensorType((), element)))).result
        x = f.minimum(x, broadcast_like(Expr.of(x.builder, greatest), x))
    return f.cast(x, result_types=[TensorType(x.shape, index)])


def _along_vectors(b: Builder, numbers: Sequence[Amount], like: Expr, index_vector_dim: int) -> Expr:
    """A number for each component of an index vector, repeated to the shape of the indices."""
    if all(isinstance(number, int) for number in numbers):
        listed = from_numpy(np.array(numbers, np.int64), TensorType((len(numbers),), index))
        vector = Expr.of(b, b.insert(nd.Constant(listed)).result)
    else:
        type = TensorType((len(numbers),), index)
        values = [as_value(b, number) for number in numbers]
        vector = Expr.of(b, b.insert(tensor.FromElements(values, result_types=[type])).result)
    ones = [1] * like.rank
    if index_vector_dim < like.rank:
        ones[index_vector_dim] = len(numbers)
    return broadcast_like(reshape(vector, tuple(ones), []), like)


def _sum(element: TensorType) -> Region:
    """A combiner that adds."""
    block = Block([element, element])
    inner = Builder(InsertPoint.at_end(block))
    inner.insert(nd.Yield([inner.insert(nd.Add(*block.arguments)).result]))
    return Region(block)


@transpose(nd.Gather, "x")
def _gather(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """The cotangents of the slices, added up where they came from."""
    x, indices = operands[:2]
    b, dims = x.builder, op.dims
    at = _as_indices(indices)
    last: list[Amount] = []
    for axis, full in enumerate(amounts(x.shape, x.dims)):
        size = int(op.sizes.values[axis])
        if size == nd.WHOLE:
            last.append(0)
        else:
            last.append(full - size if isinstance(full, int) else
                        b.insert(arith.SubI(full, index_constant(x, size))).result)  # fmt: skip
    if dims.start_index_map:
        limits = _along_vectors(b, [last[axis] for axis in dims.start_index_map], at, dims.index_vector_dim)
        at = f.maximum(f.minimum(at, limits), at.like(0))
    assert isinstance(x.type, TensorType)
    combiner = TensorType((), x.type.element_type)

    def placed(total: Expr, add: bool) -> Expr:
        made = nd.Scatter(
            [(total if add else x.like(0)).value],
            at.value,
            [ct.value],
            op.offset_dims,
            op.collapsed_slice_dims,
            op.operand_batching_dims,
            op.start_indices_batching_dims,
            op.start_index_map,
            op.index_vector_dim,
            _sum(combiner),
        )
        return Expr.of(b, b.insert(made).results[0])

    return [Part(x, placed)] + [None] * (len(operands) - 1)


@transpose(nd.Scatter, "inputs", "updates", when=lambda op: _adds(op.combiner))
def _scatter(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """Of a sum: the operand gets the cotangent, the updates what of it is at their places."""
    if len(op.inputs) != 1 or not _adds(op.combiner):
        raise error(op.location, "'nd.scatter' op has a derivative only where it adds updates to one operand")
    _x, indices, update = operands
    dims, rank = op.dims, ct.rank
    around = [0] * rank
    sizes = [
        nd.WHOLE if axis not in (*dims.inserted_window_dims, *dims.input_batching_dims) else 1 for axis in range(rank)
    ]
    windows = dict(zip(nd.window_axes(dims, rank), dims.update_window_dims, strict=True))
    for axis in dims.scatter_dims_to_operand_dims:
        size = update.shape[windows[axis]] if axis in windows else 1
        if size is None:
            raise error(op.location, "'nd.scatter' op has a derivative only where the sizes of its windows are known")
        around[axis] = sizes[axis] = size
    at = _as_indices(indices)
    if dims.scatter_dims_to_operand_dims:
        shifts: list[Amount] = [around[axis] for axis in dims.scatter_dims_to_operand_dims]
        # What the sum wraps around to is as far outside as it was before.
        at = at + _along_vectors(ct.builder, shifts, at, dims.index_vector_dim)
    found = f.gather(
        pad(ct, around, around, [0] * rank),
        at,
        sizes=axes_attr(sizes),
        offset_dims=op.update_window_dims,
        collapsed_slice_dims=op.inserted_window_dims,
        operand_batching_dims=op.input_batching_dims,
        start_indices_batching_dims=op.scatter_indices_batching_dims,
        start_index_map=op.scatter_dims_to_operand_dims,
        index_vector_dim=IntegerAttr(op.index_vector_dim.value, op.index_vector_dim.type),
    )
    if found.shape != update.shape or None in update.shape:
        found = dynamic_slice(found, [index_constant(found, 0)] * found.rank, update)
    return [ct, None, found]


def _adds(combiner: Region) -> bool:
    """Whether a combiner gives the sum of its two arguments."""
    block = combiner.entry
    found = block.terminator.operands[0].defining_op
    return isinstance(found, nd.Add) and set(found.operands) == set(block.arguments) and len(list(block)) == 2
