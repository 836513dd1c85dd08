"""Ops with regions: what combines elements, and control flow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.conversion.from_stablehlo.reductions import REDUCTIONS
from irc.conversion.to_stablehlo.values import Export, Rule, converted, ints, no_counterpart, result_type, scalar, typed
from irc.dialects import cf, nd, scf
from irc.dialects import stablehlo as hlo
from irc.dialects.stablehlo_attributes import ScatterDimensionNumbers
from irc.ir.attributes import DenseElementsAttr, IntegerAttr, StringAttr, bool_attr
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.dense import float_limits, from_numpy, integer_limits
from irc.ir.lazy_numpy import np
from irc.ir.region import Region
from irc.ir.types import FloatType, TensorType, Type, i1, i32, i64
from irc.ir.value import Value

Operands = Sequence[Value]
COMBINERS = {reduction: combiner for combiner, reduction in REDUCTIONS.items()}


def limits(element: Type) -> tuple[Any, Any]:
    """The least and the greatest number of a type."""
    if element is i1:
        return 0, 1
    return float_limits(element) if isinstance(element, FloatType) else integer_limits(element)


def neutral(combiner: Any, element: Type) -> Any:
    """What a combiner leaves as it is; `None` where there is no such number."""
    if combiner in (hlo.Add, hlo.Or, hlo.Xor):
        return 0
    if combiner is hlo.Multiply:
        return 1
    if combiner is hlo.And:
        return 1 if element is i1 else -1
    if combiner in (hlo.Maximum, hlo.Minimum):
        return limits(element)[combiner is hlo.Minimum]
    return None


def _body(combiner: Any, element: Type) -> Region:
    block = Block([TensorType((), element)] * 2)
    inner = Builder(InsertPoint.at_end(block))
    inner.insert(hlo.Return([inner.insert(combiner(*block.arguments)).result]))
    return Region(block)


def _reduction(op: Any, operands: Operands, to: Export) -> Value:
    combiner, (x, *_) = COMBINERS[type(op)], operands
    element = typed(x).element_type
    init = scalar(to.b, neutral(combiner, element), element)
    made = hlo.Reduce([x], [init], op.axes, _body(combiner, element), result_types=[result_type(op)])
    return to.b.insert(made).results[0]


def _reduce(op: nd.Reduce, operands: Operands, to: Export) -> Sequence[Value]:
    count = len(op.inputs)
    types = [result_type(op, i) for i in range(count)]
    made = hlo.Reduce(operands[:count], operands[count:], op.axes, to.region(op.combiner), result_types=types)
    return to.b.insert(made).results


def _padding(low: Sequence[int], high: Sequence[int]) -> DenseElementsAttr:
    return from_numpy(np.stack([low, high], axis=-1).astype(np.int64), TensorType((len(low), 2), i64))


def _cumulative(op: nd.Cumulative, operands: Operands, to: Export) -> Sequence[Value]:
    """Windows that hold an element and all before it, around which is what the combiner leaves as it is."""
    block, (x, *_) = op.combiner.entry, operands
    steps = list(block)[:-1]
    rank, size = typed(x).rank, typed(x).shape[op.axis.value]
    region = to.region(op.combiner)
    combiner = type(next(iter(region.entry)))
    number = neutral(combiner, typed(x).element_type) if len(steps) == 1 and len(operands) == 1 else None
    if size is None:
        raise no_counterpart(
            op, "along a dimension of unknown size has no counterpart in stablehlo: a window has a known size"
        )
    if number is None:
        raise no_counterpart(
            op, "of this combiner has no counterpart in stablehlo: there is nothing that it leaves as it is"
        )
    around = max(size - 1, 0)
    low, high = (
        [around if i == op.axis.value and side else 0 for i in range(rank)] for side in (not op.reverse, op.reverse)
    )
    window = ints([max(size, 1) if i == op.axis.value else 1 for i in range(rank)])
    init = scalar(to.b, number, typed(x).element_type)
    made = hlo.ReduceWindow([x], [init], window, region, padding=_padding(low, high), result_types=[result_type(op)])
    return to.b.insert(made).results


def _windows(op: Any) -> dict[str, Any]:
    windows = op.windows
    return {
        "window_strides": ints([window.stride for window in windows]),
        "padding": _padding([window.low for window in windows], [window.high for window in windows]),
    }


def _reduce_window(op: nd.ReduceWindow, operands: Operands, to: Export) -> Sequence[Value]:
    count = len(op.inputs)
    made = hlo.ReduceWindow(
        operands[:count], operands[count:], op.window, to.region(op.combiner), **_windows(op),
        base_dilations=ints([window.base_dilation for window in op.windows]),
        window_dilations=ints([window.dilation for window in op.windows]),
        result_types=[result_type(op, i) for i in range(count)],
    )  # fmt: skip
    return to.b.insert(made).results


def _select_and_scatter(op: nd.SelectAndScatter, operands: Operands, to: Export) -> Value:
    x, source, init = operands
    select, scatter = to.region(op.select), to.region(op.scatter)
    made = hlo.SelectAndScatter(
        x, source, init, select, scatter, op.window, **_windows(op), result_types=[result_type(op)]
    )  # fmt: skip
    return to.b.insert(made).result


def _sort(op: nd.Sort, operands: Operands, to: Export) -> Sequence[Value]:
    stable = bool_attr(op.stable is not None)
    return to.b.insert(hlo.Sort(operands, to.region(op.comparator), op.axis, stable)).results


def _scatter(op: nd.Scatter, operands: Operands, to: Export) -> Sequence[Value]:
    """Windows are combined in no stated order, unless each place is met once."""
    count = len(op.inputs)
    flags = [bool_attr(flag is not None) for flag in (op.indices_are_sorted, op.unique_indices)]
    made = hlo.Scatter(
        operands[:count], operands[count], operands[count + 1 :], ScatterDimensionNumbers(*op.dims),
        to.region(op.combiner), *flags, result_types=[result_type(op, i) for i in range(count)],
    )  # fmt: skip
    return to.b.insert(made).results


# -- control flow --------------------------------------------------------------------------------------------------------


def _if(op: scf.If, operands: Operands, to: Export) -> Sequence[Value]:
    types = [converted(result.type) for result in op.results]
    if op.else_region.is_empty:
        raise no_counterpart(op, "without results has no counterpart in stablehlo")
    made = hlo.If(operands[0], to.region(op.then_region), to.region(op.else_region), result_types=types)
    return to.b.insert(made).results


def _switch(op: scf.IndexSwitch, operands: Operands, to: Export) -> Sequence[Value]:
    if list(op.cases.values) != list(range(len(op.cases.values))):
        raise no_counterpart(op, "of other cases than 0, 1, … has no counterpart in stablehlo")
    index = to.b.insert(hlo.Convert(operands[0], result_types=[TensorType((), i32)])).result
    regions = [to.region(region) for region in (*op.case_regions, op.default_region)]
    types = [converted(result.type) for result in op.results]
    return to.b.insert(hlo.Case(index, regions, result_types=types)).results


def _while(op: scf.While, operands: Operands, to: Export) -> Sequence[Value]:
    """The values that the first region hands on are computed again in the second, and after the loop."""
    types = [value.type for value in operands]
    before, after = Block(types), Block(types)
    outer = to.b
    with outer.at(InsertPoint.at_end(before)):
        decided, *_ = to.block(op.before.entry, before.arguments)
        outer.insert(hlo.Return([decided]))
    with outer.at(InsertPoint.at_end(after)):
        _, *handed = to.block(op.before.entry, after.arguments)
        outer.insert(hlo.Return(to.block(op.after.entry, handed)))
    last = outer.insert(hlo.While(operands, Region(before), Region(after), result_types=types)).results
    return to.block(op.before.entry, last)[1:]


def _for(op: scf.For, operands: Operands, to: Export) -> Sequence[Value]:
    start, stop, step, *inits = operands
    types = [start.type, *(value.type for value in inits)]
    condition, body = Block(types), Block(types)
    b = to.b
    signed = hlo.ComparisonType("SIGNED")
    with b.at(InsertPoint.at_end(condition)):
        going = b.insert(hlo.Compare(condition.arguments[0], stop, hlo.ComparisonDirection("LT"), signed)).result
        b.insert(hlo.Return([going]))
    with b.at(InsertPoint.at_end(body)):
        found = to.block(op.body.entry, body.arguments)
        b.insert(hlo.Return([b.insert(hlo.Add(body.arguments[0], step)).result, *found]))
    return b.insert(hlo.While([start, *inits], Region(condition), Region(body), result_types=types)).results[1:]


def _assert(op: cf.Assert, operands: Operands, to: Export) -> Sequence[Value]:
    """The form in which JAX states what must hold of sizes."""
    version = IntegerAttr(2, i32)
    call = hlo.CustomCall(
        operands, StringAttr("shape_assertion"), has_side_effect=bool_attr(True), api_version=version, result_types=[]
    )  # fmt: skip
    call.set_attribute("error_message", op.msg)
    to.b.insert(call)
    return []


RULES: dict[Any, Rule] = {
    cf.Assert: _assert,
    **dict.fromkeys(COMBINERS, _reduction),
    nd.Cumulative: _cumulative,
    nd.Reduce: _reduce,
    nd.ReduceWindow: _reduce_window,
    nd.Scatter: _scatter,
    nd.SelectAndScatter: _select_and_scatter,
    nd.Sort: _sort,
    scf.For: _for,
    scf.If: _if,
    scf.IndexSwitch: _switch,
    scf.While: _while,
}
