"""Primitives along an axis: reversal, running sums and the like, sorting."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from irc.dialects import nd
from irc.dialects.nd_regions import element
from irc.ir.attributes import DenseArrayAttr, UnitAttr, i64_attr
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.region import Region
from irc.ir.rounding import is_of_numpy
from irc.ir.types import Type
from irc.ir.value import Value
from irc.tracing.array import Array
from irc.tracing.dims import Size
from irc.tracing.primitive import Primitive, Usual, bind
from irc.tracing.shaping import expanded

# -- reversal --------------------------------------------------------------------------------------------------------


def _emit_reverse(b: Builder, x: Value, *, axes: tuple[int, ...]) -> Value:
    return b.insert(nd.Reverse(x, DenseArrayAttr.i64(axes))).result


def _batch_reverse(_: Primitive, inputs: Sequence[Array], __: Any, ___: Size, *, axes: tuple[int, ...]) -> Array:
    return reverse(inputs[0], [axis + 1 for axis in axes])


REVERSE = Primitive("reverse", _emit_reverse, _batch_reverse, view=lambda x, axes: np.flip(x, axes))


def reverse(x: Array, axes: Sequence[int]) -> Array:
    """The elements in the opposite order along the axes."""
    if not axes:
        return x
    found: Array = bind(REVERSE, x, weak_type=x.weak_type, sizes=x.shape, axes=tuple(sorted(axes)))
    return found


# -- what regions compute --------------------------------------------------------------------------------------------


def region_of(types: Sequence[Type], write: Callable[[Builder, list[Value]], Sequence[Value]]) -> Region:
    """A region of an op of `nd` on elements of tensors of `types`; `write` writes what it yields."""
    block = Block([element(type) for type in types])
    b = Builder(InsertPoint.at_end(block))
    b.insert(nd.Yield(write(b, list(block.arguments))))
    return Region(block)


def _middle(x: Any, axis: int) -> Any:
    """An array with `axis` in the middle of three axes."""
    return x.reshape(math.prod(x.shape[:axis]), x.shape[axis], math.prod(x.shape[axis + 1 :]))


# -- running reductions ----------------------------------------------------------------------------------------------


def _combined(b: Builder, op: Any, x: Value, y: Value) -> Value:
    """An elementwise operation; complex numbers are compared by their real parts first, and NaN is extreme."""
    if op not in (nd.Maximum, nd.Minimum) or not hasattr(x.type.element_type, "element_type"):  # type: ignore[attr-defined]
        combined: Value = b.insert(op(x, y)).result
        return combined
    better = nd.Greater if op is nd.Maximum else nd.Less
    real, imag = ((b.insert(part(x)).result, b.insert(part(y)).result) for part in (nd.Real, nd.Imag))
    tie = _both(b, b.insert(nd.Equal(*real)).result, b.insert(better(*imag)).result)
    first = b.insert(nd.LogicalOr(b.insert(better(*real)).result, tie)).result
    first = _both(b, first, b.insert(nd.Equal(y, y)).result)
    first = b.insert(nd.LogicalOr(first, b.insert(nd.NotEqual(x, x)).result)).result
    found: Value = b.insert(nd.Where(first, x, y)).result
    return found


def _emit_cumulative(b: Builder, x: Value, *, op: Any, axis: int, reverse: bool) -> Value:
    combiner = region_of([x.type, x.type], lambda b, values: [_combined(b, op, *values)])
    unit = UnitAttr() if reverse else None
    return b.insert(nd.Cumulative([x], i64_attr(axis), combiner, reverse=unit, result_types=[x.type])).results[0]


def _batch_cumulative(
    _: Primitive, inputs: Sequence[Array], __: Any, ___: Size, *, op: Any, axis: int, reverse: bool
) -> Array:
    return cumulative(op, inputs[0], axis + 1, reverse)


def _usual_cumulative(arrays: Sequence[Any], *, op: Any, axis: int, reverse: bool) -> Usual:
    (x,) = arrays
    return [_middle(x, axis)], {"op": op, "axis": 1, "reverse": reverse}, x.shape


CUMULATIVE = Primitive("cumulative", _emit_cumulative, _batch_cumulative, usual=_usual_cumulative)


def cumulative(op: Any, x: Array, axis: int, reverse: bool = False) -> Array:
    """Each element combined with all before it along an axis by an elementwise operation of `nd`, which is associative."""
    found: Array = bind(CUMULATIVE, x, weak_type=x.weak_type, sizes=x.shape, op=op, axis=axis, reverse=reverse)
    return found


# -- sorting -----------------------------------------------------------------------------------------------------------


def _before(b: Builder, x: Value, y: Value) -> Value:
    """Whether x comes before y: NaN comes last, complex numbers are compared by their real parts first."""
    element_type = x.type.element_type  # type: ignore[attr-defined]  # a tensor
    if hasattr(element_type, "element_type"):
        real, imag = ((b.insert(part(x)).result, b.insert(part(y)).result) for part in (nd.Real, nd.Imag))
        later = _both(b, _not(b, _before(b, real[1], real[0])), _before(b, *imag))
        return b.insert(nd.LogicalOr(_before(b, *real), later)).result
    less: Value = b.insert(nd.Less(x, y)).result
    if type(element_type).__name__ != "FloatType":
        return less
    number = b.insert(nd.Equal(x, x)).result
    nan = b.insert(nd.NotEqual(y, y)).result
    return b.insert(nd.LogicalOr(less, _both(b, number, nan))).result


def _both(b: Builder, x: Value, y: Value) -> Value:
    return b.insert(nd.LogicalAnd(x, y)).result


def _not(b: Builder, x: Value) -> Value:
    return b.insert(nd.LogicalNot(x)).result


def _lexicographic(b: Builder, pairs: Sequence[tuple[Value, Value]]) -> Value:
    """Whether the first of each pair come before the second ones; later pairs decide where earlier ones are equal."""
    (x, y), *rest = pairs
    before = _before(b, x, y)
    if not rest:
        return before
    same = _not(b, _before(b, y, x))
    return b.insert(nd.LogicalOr(before, _both(b, same, _lexicographic(b, rest)))).result


def _emit_sort(b: Builder, *inputs: Value, axis: int, keys: int, descending: bool, stable: bool) -> Any:
    def write(b: Builder, values: list[Value]) -> list[Value]:
        pairs = [(values[2 * i], values[2 * i + 1]) for i in range(keys)]
        return [_lexicographic(b, [(y, x) for x, y in pairs] if descending else pairs)]

    comparator = region_of([value.type for value in inputs for _ in range(2)], write)
    unit = UnitAttr() if stable else None
    op = nd.Sort(list(inputs), i64_attr(axis), comparator, stable=unit, result_types=[value.type for value in inputs])
    return b.insert(op).results if len(inputs) > 1 else b.insert(op).results[0]


def _batch_sort(
    primitive: Primitive, inputs: Sequence[Array], flags: Sequence[bool], size: Size, *, axis: int, **how: Any
) -> Any:
    return bind(primitive, *expanded(inputs, flags, size), axis=axis + 1, **how)


def _sorted(*arrays: Any, axis: int, keys: int, descending: bool, stable: bool) -> Any:
    """Sorted numbers; NumPy's lexicographic order begins with the last key."""
    if len(arrays) == 1 and not descending and is_of_numpy(arrays[0].dtype):
        return np.sort(arrays[0], axis, stable=stable)
    ranks = [_ranks(key, axis, descending) for key in arrays[:keys]]
    order = np.lexsort(list(reversed(ranks)), axis) if keys > 1 else np.argsort(ranks[0], axis, stable=True)
    found = tuple(np.take_along_axis(array, order, axis) for array in arrays)
    return found if len(found) > 1 else found[0]


def _ranks(key: Any, axis: int, descending: bool) -> Any:
    """Numbers that stand in the opposite order where that is asked for, equal ones being equal."""
    if not is_of_numpy(key.dtype):
        key = key.astype(np.float32)
    if not descending:
        return key
    _, places = np.unique(key, return_inverse=True, equal_nan=True)
    return -places.reshape(key.shape)


SORT = Primitive("sort", _emit_sort, _batch_sort, view=_sorted)


def sort(
    arrays: Sequence[Array], axis: int, *, keys: int = 1, descending: bool = False, stable: bool = True
) -> list[Array]:
    """Arrays of one shape sorted together along an axis by the first `keys` of them; NaN comes last."""
    found = bind(
        SORT, *arrays, sizes=arrays[0].shape, axis=axis, keys=keys, descending=descending, stable=stable
    )  # fmt: skip
    return list(found) if isinstance(found, tuple) else [found]
