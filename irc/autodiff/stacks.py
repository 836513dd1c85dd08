"""Storage for a value of each iteration of a loop.

Where the number of iterations is known when the loop starts, the values of an iteration are a row of a tensor that was
allocated before. Otherwise rows are pushed on a stack that grows (`ad.push`). Values whose sizes are only known at run time
may have others in each iteration: their elements are pushed one after the other, and the iteration stores where they start.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product as product_of

from irc.analysis.trip_counts import trips_between
from irc.autodiff.expr import dim_of
from irc.dialects import ad, arith, nd, tensor, vector
from irc.dialects._amounts import index_constant, product
from irc.dialects._slices import constant_index
from irc.ir.attributes import IntegerAttr
from irc.ir.builder import Builder
from irc.ir.types import Dimension, TensorType, Type, VectorType, index
from irc.ir.value import Value

FIRST_ROWS = 16
"""The rows that a stack has room for at first."""


def is_dynamic(type: Type) -> bool:
    return isinstance(type, TensorType) and not type.has_static_shape


def as_index(b: Builder, value: Value) -> Value:
    return value if value.type is index else b.insert(arith.IndexCast(value, result_types=[index])).result


def integer_constant(b: Builder, value: int, type: Type) -> Value:
    return b.insert(arith.Constant(IntegerAttr(value, type))).result


def trip_count(b: Builder, lower: Value, upper: Value, step: Value, known: Sequence[int | None]) -> Value:
    """max(0, ceil((upper - lower) / step)); a constant where the bounds are `known`."""
    number = trips_between(known)
    if number is not None:
        return integer_constant(b, number, lower.type)
    span = b.insert(arith.SubI(upper, lower)).result
    count = b.insert(arith.CeilDivSI(span, step)).result
    return b.insert(arith.MaxSI(count, integer_constant(b, 0, lower.type))).result


def _rows_of(type: Type, count: Dimension) -> TensorType:
    if isinstance(type, TensorType | VectorType):
        return TensorType((count, *type.shape), type.element_type)
    return TensorType((count,), type)


def _row(b: Builder, value: Value) -> Value:
    """A value of static shape as a tensor of one row."""
    type = _rows_of(value.type, 1)
    if isinstance(value.type, TensorType):
        return b.insert(nd.Reshape(value, [], result_types=[type])).result
    elements = [value] if not isinstance(value.type, VectorType) else _lanes(b, value)
    return b.insert(tensor.FromElements(elements, result_types=[type])).result


def _lanes(b: Builder, value: Value) -> list[Value]:
    """The elements of a vector, the last position running fastest."""
    assert isinstance(value.type, VectorType)
    return [b.insert(vector.Extract.of(value, place)).result for place in _places(value.type)]


def _places(type: VectorType) -> list[tuple[int, ...]]:
    return list(product_of(*(range(size or 0) for size in type.shape)))


def _starts(b: Builder, stack: Value, position: Value) -> list[Value]:
    assert isinstance(stack.type, TensorType)
    return [position, *(index_constant(b, 0) for _ in range(stack.type.rank - 1))]


# -- rows of a known number ------------------------------------------------------------------------------------------


def allocate_rows(b: Builder, count: Value, type: Type) -> Value:
    """Storage for `count` values of a type of static shape."""
    known = constant_index(count)
    if known == 0:
        known = 1  # the body never runs, but what it stores must fit
    dims = [] if known is not None else [as_index(b, count)]
    return b.insert(nd.Allocate(dims, result_types=[_rows_of(type, known)])).result


def store_row(b: Builder, stack: Value, value: Value, position: Value) -> Value:
    """The stack with `value` at `position`."""
    row = _row(b, value)
    return b.insert(nd.DynamicUpdateSlice(stack, row, _starts(b, stack, position))).result


def load_row(b: Builder, stack: Value, type: Type, position: Value) -> Value:
    """The value of `type` at `position`."""
    if isinstance(type, VectorType):
        lanes = [
            b.insert(tensor.Extract(stack, [position, *(index_constant(b, i) for i in place)])).result
            for place in _places(type)
        ]
        return b.insert(vector.FromElements(lanes, result_types=[type])).result
    if not isinstance(type, TensorType):
        return b.insert(tensor.Extract(stack, [position])).result
    sliced = nd.DynamicSlice(stack, _starts(b, stack, position), [], result_types=[_rows_of(type, 1)])
    return b.insert(nd.Reshape(b.insert(sliced).result, [], result_types=[type])).result


# -- stacks that grow ------------------------------------------------------------------------------------------------


def new_stack(b: Builder, type: Type) -> Value:
    """An empty stack of values of a type of static shape."""
    return b.insert(nd.Allocate([index_constant(b, FIRST_ROWS)], result_types=[_rows_of(type, None)])).result


def push_row(b: Builder, stack: Value, value: Value, top: Value) -> Value:
    return b.insert(ad.Push(_row(b, value), stack, top)).result


def new_elements(b: Builder, type: Type) -> Value:
    """An empty stack of the elements of tensors of a type."""
    assert isinstance(type, TensorType)
    return new_stack(b, type.element_type)


def push_elements(b: Builder, stack: Value, value: Value, top: Value) -> tuple[Value, Value]:
    """The stack with the elements of `value`, and the next free place."""
    assert isinstance(value.type, TensorType)
    sizes = [size if size is not None else dim_of(b, value, axis) for axis, size in enumerate(value.type.shape)]
    total = product(b, sizes)
    count = total if isinstance(total, Value) else index_constant(b, total)
    flat = nd.Reshape(value, [count], result_types=[TensorType((None,), value.type.element_type)])
    pushed = b.insert(ad.Push(b.insert(flat).result, stack, top)).result
    return pushed, b.insert(arith.AddI(top, count)).result


def load_elements(b: Builder, stack: Value, type: Type, start: Value, dims: Sequence[Value]) -> Value:
    """The tensor of `type` with the dynamic sizes `dims` whose elements begin at `start`."""
    assert isinstance(type, TensorType)
    sizes = iter(dims)
    total = product(b, [size if size is not None else next(sizes) for size in type.shape])
    count = total if isinstance(total, Value) else index_constant(b, total)
    flat = TensorType((None,), type.element_type)
    part = b.insert(nd.DynamicSlice(stack, [start], [count], result_types=[flat])).result
    return b.insert(nd.Reshape(part, dims, result_types=[type])).result
