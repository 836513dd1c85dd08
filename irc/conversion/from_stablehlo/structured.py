"""Ops of `chlo` that are not elementwise: the largest elements, products in groups, scans, constants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc import lax
from irc import numpy as jnp
from irc.conversion.from_stablehlo.contraction import dot
from irc.conversion.from_stablehlo.elementwise import compare
from irc.conversion.from_stablehlo.shapes import lower_constant
from irc.conversion.from_stablehlo.traced import as_types, traced
from irc.conversion.from_stablehlo.values import (
    as_type,
    element_of,
    from_index,
    ints,
    size,
    sizes_like,
    typed,
    unsupported,
)
from irc.dialects import arith, chlo, nd, scf
from irc.dialects._amounts import Amount, as_value, index_constant
from irc.dialects.stablehlo_attributes import DotDimensionNumbers
from irc.ir.attributes import UnitAttr, i64_attr
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.dense import splat
from irc.ir.region import Region
from irc.ir.types import IndexType, TensorType, i32
from irc.ir.value import Value


def top_k(b: Builder, x: Value, k: int, largest: bool = True, at: Value | None = None) -> list[Value]:
    """The first `k` elements along the last axis in the total order of floats, equal ones in theirs, and what `at` has there:
    their positions unless it is given."""
    type = typed(x)
    axis = type.rank - 1
    if at is None:
        at = b.insert(nd.Iota(i64_attr(axis), sizes_like(b, x), result_types=[TensorType(type.shape, i32)])).result
    scalars = [TensorType((), element_of(value)) for value in (x, at)]
    block = Block([scalars[0], scalars[0], scalars[1], scalars[1]])
    inner = Builder(InsertPoint.at_end(block), b.location)
    before = compare(inner, "GT" if largest else "LT", block.arguments[0], block.arguments[1], total=True)
    inner.insert(nd.Yield([before]))
    ordered = b.insert(nd.Sort([x, at], i64_attr(axis), Region(block), UnitAttr())).results
    limits = [k if i == axis else known if known is not None else nd.TO_THE_END for i, known in enumerate(type.shape)]
    zeros, ones = ints([0] * type.rank), ints([1] * type.rank)
    if type.shape[-1] == k:
        return list(ordered)
    return [b.insert(nd.Slice(value, zeros, ints(limits), ones)).result for value in ordered]


def lower_top_k(op: chlo.TopK, b: Builder) -> Sequence[Value]:
    return as_types(b, top_k(b, op.operand, op.k.value), [result.type for result in op.results])


def lower_ragged_dot(op: chlo.RaggedDot, b: Builder) -> Value:
    """The products with each group's rhs, of the rows of each group; other rows are zero."""
    n = op.ragged_dot_dimension_numbers
    (ragged,) = n.lhs_ragged_dimensions
    contracted, batch = n.lhs_contracting_dimensions, n.lhs_batching_dimensions
    if typed(op.group_sizes).rank != 1 or ragged in batch:
        raise unsupported(op, "with group sizes of several dimensions, or over a batch dimension, is not supported")
    numbers = DotDimensionNumbers(batch, n.rhs_batching_dimensions, contracted, n.rhs_contracting_dimensions)
    element = element_of(op.result)
    count = typed(op.group_sizes).static_shape[0]
    total: Value | None = None
    parts: list[Value] = []
    for group in range(count):
        lhs = traced(b, lambda x, sizes, g=group: _rows(x, sizes, g, ragged), [op.lhs, op.group_sizes])[0]
        rhs = op.rhs
        if n.rhs_group_dimensions:
            (axis,) = n.rhs_group_dimensions
            rhs = traced(b, lambda y, g=group, at=axis: jnp.take(y, g, axis=at), [rhs])[0]
            parts.append(dot(b, lhs, rhs, _without(numbers, axis), element))
            total = parts[-1] if total is None else b.insert(nd.Add(total, parts[-1])).result
        else:
            parts.append(dot(b, lhs, rhs, numbers, element))
    if total is None:
        (total,) = traced(b, lambda *each: jnp.stack(each), parts)
    return as_type(b, total, op.result.type)


def _rows(x: Any, sizes: Any, group: int, axis: int) -> Any:
    """The rows of a group, others zero."""
    ends = jnp.cumsum(sizes)
    start, end = ends[group] - sizes[group], ends[group]
    at = lax.broadcasted_iota(sizes.dtype, x.shape, axis)
    return jnp.where((at >= start) & (at < end), x, jnp.zeros_like(x))


def _without(numbers: DotDimensionNumbers, axis: int) -> DotDimensionNumbers:
    """The numbers for a rhs that lacks a dimension."""

    def moved(dims: Sequence[int]) -> tuple[int, ...]:
        return tuple(dim - (dim > axis) for dim in dims)

    return DotDimensionNumbers(
        numbers.lhs_batching_dimensions,
        moved(numbers.rhs_batching_dimensions),
        numbers.lhs_contracting_dimensions,
        moved(numbers.rhs_contracting_dimensions),
    )


# -- scans ---------------------------------------------------------------------------------------------------------------


def lower_scan(op: chlo.Scan, b: Builder) -> Sequence[Value]:
    """A counted loop: in each turn the next slices are taken, and what the body gives is put in its place."""
    axis, body = op.dimension.value, op.body.entry
    length: Amount = size(b, op.inputs[0], axis) if op.inputs else typed(op.outputs[0]).shape[axis] or 0
    carries = [as_type(b, init, body.arguments[len(op.inputs) + i].type) for i, init in enumerate(op.inits)]
    stacks = []
    for output in op.outputs:
        type = typed(output)
        if not type.has_static_shape:
            raise unsupported(op, "with results whose sizes are computed is not supported")
        stacks.append(b.insert(nd.Constant(splat(0, type))).result)
    block = Block([IndexType(), *(value.type for value in (*stacks, *carries))])
    inner = Builder(InsertPoint.at_end(block), b.location)
    place: Value = block.arguments[0]
    if op.is_reverse.value:
        last = inner.insert(arith.SubI(as_value(inner, length), index_constant(inner, 1))).result
        place = inner.insert(arith.SubI(last, place)).result
    at = from_index(inner, place, i32)
    rows = [
        as_type(inner, traced(inner, lambda x, i: _row(x, i, axis), [x, at])[0], argument.type)
        for x, argument in zip(op.inputs, body.arguments, strict=False)
    ]
    held = block.arguments[1 : 1 + len(stacks)]
    for argument, value in zip(body.arguments, [*rows, *block.arguments[1 + len(stacks) :]], strict=True):
        argument.replace_all_uses_with(value)
    returned = list(body.terminator.operands)
    body.terminator.erase()
    for step in list(body):
        body.remove(step)
        block.append(step)
    inner = Builder(InsertPoint.at_end(block), b.location)
    given, kept = returned[: len(stacks)], returned[len(stacks) :]
    new = [
        traced(inner, lambda s, y, i: _with_row(s, y, i, axis), [stack, y, at])[0]
        for stack, y in zip(held, given, strict=True)
    ]
    kept = [as_type(inner, value, carry.type) for value, carry in zip(kept, carries, strict=True)]
    inner.insert(scf.Yield([*new, *kept]))
    zero, one = index_constant(b, 0), index_constant(b, 1)
    loop = b.insert(scf.For(zero, as_value(b, length), one, [*stacks, *carries], Region(block)))
    return [as_type(b, value, result.type) for value, result in zip(loop.results, op.results, strict=True)]


def _row(x: Any, i: Any, axis: int) -> Any:
    return lax.dynamic_index_in_dim(x, i, axis, keepdims=False)


def _with_row(stack: Any, y: Any, i: Any, axis: int) -> Any:
    return lax.dynamic_update_index_in_dim(stack, y, i, axis)


LOWERINGS: dict[Any, Any] = {
    chlo.Constant: lower_constant,
    chlo.RaggedDot: lower_ragged_dot,
    chlo.Scan: lower_scan,
    chlo.TopK: lower_top_k,
}
