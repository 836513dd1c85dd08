"""Ops that combine elements: reductions, windows, sorting, scattering into windows, maps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.conversion.from_stablehlo.regions import Combined, accumulating, captured, taken, yield_instead
from irc.conversion.from_stablehlo.values import (
    Lowering,
    agreed,
    as_type,
    cast_to,
    constant,
    element_of,
    filled,
    ints,
    sizes_like,
    typed,
    unsupported,
)
from irc.dialects import nd
from irc.dialects import stablehlo as hlo
from irc.dialects._windows import Window
from irc.ir.attributes import UnitAttr, i64_attr
from irc.ir.builder import Builder
from irc.ir.dense import float_limits, integer_limits
from irc.ir.operation import Operation
from irc.ir.traits import Elementwise
from irc.ir.types import ComplexType, FloatType, TensorType, Type, i1
from irc.ir.value import Value
from irc.rewrite.constants import number_of

REDUCTIONS: dict[Any, Any] = {
    hlo.Add: nd.Sum, hlo.Multiply: nd.Prod, hlo.Maximum: nd.Max, hlo.Minimum: nd.Min, hlo.And: nd.All, hlo.Or: nd.Any,
}  # fmt: skip
"""Combiners of one op, and the reduction by it."""

COMBINERS: dict[Any, Any] = {
    hlo.Add: nd.Add, hlo.Multiply: nd.Multiply, hlo.Maximum: nd.Maximum, hlo.Minimum: nd.Minimum, hlo.And: nd.LogicalAnd,
    hlo.Or: nd.LogicalOr,
}  # fmt: skip
"""How a reduction's result is combined with the initial value."""


def _limits(element: Type) -> tuple[Any, Any]:
    if element is i1:
        return 0, 1
    return float_limits(element) if isinstance(element, FloatType) else integer_limits(element)


def is_neutral(combiner: type[Operation], init: Value) -> bool:
    """Whether a combiner leaves everything as it is that it combines with a value."""
    number, element = number_of(init), element_of(init)
    if number is None or (isinstance(element, FloatType) and number != number):
        return False
    if combiner is hlo.Add:
        # -0 is neutral, and so is +0 but for a sum of negative zeros, whose sign a reduction leaves open.
        return number == 0
    if combiner is hlo.Multiply:
        return number == 1
    if combiner in (hlo.And, hlo.Or):
        return element is i1 and bool(number) == (combiner is hlo.And)
    low, high = _limits(element)
    return bool(number == (low if combiner is hlo.Maximum else high))


def single(combined: Any) -> type[Operation] | None:
    """The class of the only op of a region of two arguments, whose order does not matter; `None` if it is none such."""
    block = combined.entry
    ops = list(block)
    if len(ops) != 2 or len(block.arguments) != 2 or len(ops[0].operands) != 2:
        return None
    same = set(ops[0].operands) == set(block.arguments) and list(ops[1].operands) == list(ops[0].results)
    one_type = len({value.type for value in (*block.arguments, *ops[0].results)}) == 1
    return type(ops[0]) if same and one_type else None


def lower_reduce(op: hlo.Reduce, b: Builder) -> Sequence[Value]:
    axes = sorted(int(dim) for dim in op.dimensions.values)
    combiner = single(op.body)
    if len(op.inputs) == 1 and combiner in REDUCTIONS and _fits(combiner, element_of(op.outputs[0])):
        return [_usual(op, b, combiner, axes)]
    found = accumulating(b, op.body, agreed(b, op.inputs), op.init_values)
    made = nd.Reduce(found.inputs, found.inits, ints(axes), taken(found.region), result_types=_reduced(found, axes))
    return _results(op, b, b.insert(made).results)


def _fits(combiner: Any, element: Type) -> bool:
    """Whether `nd` has the reduction by a combiner for a type of elements."""
    if combiner in (hlo.And, hlo.Or):
        return element is i1
    if isinstance(element, ComplexType):
        return combiner in (hlo.Add, hlo.Multiply)
    return element is not i1


def _usual(op: hlo.Reduce, b: Builder, combiner: Any, axes: Sequence[int]) -> Value:
    result, (init,) = op.outputs[0], op.init_values
    element = element_of(result)
    (x,) = op.inputs
    found = (
        b.insert(REDUCTIONS[combiner](cast_to(b, x, element), ints(axes))).result if axes else cast_to(b, x, element)
    )
    if not is_neutral(combiner, init):
        start = filled(b, cast_to(b, init, element), found)
        found = b.insert(COMBINERS[combiner](start, found)).result
    return as_type(b, found, result.type)


def _reduced(found: Combined, axes: Sequence[int]) -> list[Type]:
    return [
        TensorType(tuple(n for i, n in enumerate(typed(value).shape) if i not in axes), element_of(value))
        for value in found.inputs
    ]


def _results(op: Operation, b: Builder, values: Sequence[Value]) -> list[Value]:
    """The first values under the types of an op's results."""
    return [as_type(b, value, result.type) for value, result in zip(values, op.results, strict=False)]


# -- windows -------------------------------------------------------------------------------------------------------------


def amounts(windows: Sequence[Window]) -> dict[str, Any]:
    """The amounts of windows that are not the usual ones, as attributes."""
    groups = {
        "strides": [window.stride for window in windows],
        "base_dilations": [window.base_dilation for window in windows],
        "window_dilations": [window.dilation for window in windows],
        "low": [window.low for window in windows],
        "high": [window.high for window in windows],
    }
    usual = {"low": 0, "high": 0}
    return {name: ints(numbers) for name, numbers in groups.items() if any(n != usual.get(name, 1) for n in numbers)}


def lower_reduce_window(op: hlo.ReduceWindow, b: Builder) -> Sequence[Value]:
    windows = op.windows()
    combiner = single(op.body)
    along = _running(windows, typed(op.inputs[0]).shape)
    if along is not None and combiner is not None and is_neutral(combiner, op.init_values[0]):
        axis, reverse = along
        found = accumulating(b, op.body, op.inputs, op.init_values)
        made = nd.Cumulative(found.inputs, i64_attr(axis), taken(found.region), UnitAttr() if reverse else None)
        return _results(op, b, b.insert(made).results)
    found = accumulating(b, op.body, agreed(b, op.inputs), op.init_values)
    window = ints([window.size or 0 for window in windows])
    reduction = nd.ReduceWindow(found.inputs, found.inits, window, taken(found.region), **amounts(windows))
    return _results(op, b, b.insert(reduction).results)


def _running(windows: Sequence[Window], shape: Sequence[int | None]) -> tuple[int, bool] | None:
    """The axis along which each window holds an element and all before it, or with `True` all behind it."""
    plain = Window(1)
    axes = [axis for axis, window in enumerate(windows) if window != plain]
    if len(axes) != 1 or shape[axes[0]] is None:
        return None
    axis = axes[0]
    size = shape[axis] or 0
    for reverse in (False, True):
        low, high = (0, size - 1) if reverse else (size - 1, 0)
        if size > 1 and windows[axis] == Window(size, 1, low, high):
            return axis, reverse
    return None


def lower_select_and_scatter(op: hlo.SelectAndScatter, b: Builder) -> Value:
    for region in (op.select, op.scatter):
        if captured(region):
            raise unsupported(op, "uses values from outside its regions")
    element = element_of(op.result)
    x, source, init = (cast_to(b, value, element) for value in (op.operand, op.source, op.init_value))
    windows = op.windows()
    for region in (op.select, op.scatter):
        for argument in region.entry.arguments:
            argument.type = TensorType((), element)
        yield_instead(region.entry, region.entry.terminator.operands)
    select, scatter = taken(op.select), taken(op.scatter)
    made = nd.SelectAndScatter(
        x, source, init, ints([window.size or 0 for window in windows]), select, scatter, **amounts(windows)
    )  # fmt: skip
    return as_type(b, b.insert(made).result, op.result.type)


# -- sorting, scattering, maps -------------------------------------------------------------------------------------------


def lower_sort(op: hlo.Sort, b: Builder) -> Sequence[Value]:
    inputs = agreed(b, op.inputs, *op.results)
    if not typed(inputs[0]).rank:
        return _results(op, b, inputs)
    block = op.comparator.entry
    for value in captured(op.comparator):
        inputs.append(filled(b, value, inputs[0]))
        first = block.add_argument(value.type)
        block.add_argument(value.type)
        for inner in list(block):
            inner.operands = [first if operand is value else operand for operand in inner.operands]
    yield_instead(block, block.terminator.operands)
    axis = op.dimension.value % typed(inputs[0]).rank
    stable = UnitAttr() if op.is_stable.value else None
    return _results(op, b, b.insert(nd.Sort(inputs, i64_attr(axis), taken(op.comparator), stable)).results)


def lower_scatter(op: hlo.Scatter, b: Builder) -> Sequence[Value]:
    elements = [element_of(value) for value in op.results]
    inputs = [cast_to(b, x, element) for x, element in zip(agreed(b, op.inputs), elements, strict=True)]
    updates = [cast_to(b, x, element) for x, element in zip(agreed(b, op.updates), elements, strict=True)]
    count = len(inputs)
    # The combiner takes elements of the updates as a reduction's takes those of its inputs.
    stand_ins = [constant(b, 0, element) for element in elements]
    found = accumulating(b, op.update_computation, inputs, stand_ins)
    inputs = found.inputs
    # What is used from outside stands in both lists.
    updates += [filled(b, found.inits[i], updates[0]) for i in range(count, len(inputs))]
    numbers = op.scatter_dimension_numbers
    made = nd.Scatter(
        inputs, op.scatter_indices, updates, ints(numbers.update_window_dims), ints(numbers.inserted_window_dims),
        ints(numbers.input_batching_dims), ints(numbers.scatter_indices_batching_dims),
        ints(numbers.scatter_dims_to_operand_dims), i64_attr(numbers.index_vector_dim), taken(found.region),
        UnitAttr() if op.indices_are_sorted.value else None, UnitAttr() if op.unique_indices.value else None,
    )  # fmt: skip
    return _results(op, b, b.insert(made).results)


def lower_map(op: hlo.Map, b: Builder) -> Sequence[Value]:
    """The elementwise ops of the region on whole tensors."""
    inputs = agreed(b, op.inputs, op.result)
    block = op.computation.entry
    outside = captured(op.computation)
    shape = typed(inputs[0]).shape
    for argument, value in zip(block.arguments, inputs, strict=True):
        argument.replace_all_uses_with(value)
    for value in outside:
        spread = filled(b, value, inputs[0])
        for inner in list(block):
            inner.operands = [spread if operand is value else operand for operand in inner.operands]
    results = list(block.terminator.operands)
    spread_constants: dict[Value, Value] = {}
    for inner in list(block)[:-1]:
        _check_elementwise(inner)
        inner.detach()
        assert b.point.anchor is not None
        b.point.block.insert_before(inner, b.point.anchor)
        if isinstance(inner, nd.Constant | hlo.Constant):
            inner_builder = b
            spread_constants[inner.results[0]] = _constant_like(inner_builder, inner.results[0], inputs[0])
            continue
        inner.operands = [spread_constants.get(operand, operand) for operand in inner.operands]
        for result in inner.results:
            result.type = TensorType(shape, element_of(result))
    final = [spread_constants.get(result, result) for result in results]
    return [as_type(b, value, op.result.type) for value in final]


def _constant_like(b: Builder, scalar: Value, like: Value) -> Value:
    wanted = TensorType(typed(like).shape, element_of(scalar))
    return b.insert(nd.BroadcastTo(scalar, sizes_like(b, like), result_types=[wanted])).result


def _check_elementwise(op: Operation) -> None:
    elementwise = Elementwise in op.traits or isinstance(
        op, nd.Constant | hlo.Constant | hlo.Select | hlo.BitcastConvert
    )
    if not elementwise and not op.name.startswith("chlo."):
        raise unsupported(op, "cannot stand in a region that maps elements")


LOWERINGS: dict[Any, Lowering] = {
    hlo.Map: lower_map,
    hlo.Reduce: lower_reduce,
    hlo.ReduceWindow: lower_reduce_window,
    hlo.Scatter: lower_scatter,
    hlo.SelectAndScatter: lower_select_and_scatter,
    hlo.Sort: lower_sort,
}
