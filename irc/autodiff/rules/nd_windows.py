"""Derivatives of `nd`'s ops on windows.

A sum over windows is linear. Of a maximum or minimum the cotangent goes to the first extreme element of each window, by
`nd.select_and_scatter`; that is linear in what it scatters, and its transpose takes from each window the value at the place
that is selected. Other combiners are written on the slices that hold the first elements of all windows, the second ones, …
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from irc.autodiff.combiners import applied, broadcast, combiner, is_neutral, single
from irc.autodiff.expansion import expanded
from irc.autodiff.expr import Expr, functions
from irc.autodiff.missing import undifferentiable
from irc.autodiff.rule import transpose
from irc.autodiff.rules.nd_tiles import is_tiled, to_the_first
from irc.autodiff.shaping import axes_attr, dynamic_slice, index_constant
from irc.dialects import nd as ops
from irc.dialects._windows import Window
from irc.ir.attributes import DenseArrayAttr
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.cloning import IRMapping, clone
from irc.ir.dense import splat
from irc.ir.region import Region
from irc.ir.types import TensorType, i1

nd = functions("nd")


def _sums(op: ops.ReduceWindow) -> bool:
    return len(op.inputs) == 1 and isinstance(single(op.combiner), ops.Add)


def _selects(op: ops.ReduceWindow) -> bool:
    """Whether there is one extreme element of each window, which `nd.select_and_scatter` finds."""
    plain = all(window.base_dilation == window.dilation == 1 for window in op.windows)
    return len(op.inputs) == 1 and plain and isinstance(single(op.combiner), ops.Maximum | ops.Minimum)


@transpose(ops.ReduceWindow, "inputs", when=_sums)
def _reduce_window(op: Any, ct: Expr, result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """Of a window's extreme element the cotangent goes to the first that is extreme, of a sum's to all."""
    if _sums(op):
        return [_to_all(op, ct, operands[0]), None]
    if _selects(op):
        largest = isinstance(single(op.combiner), ops.Maximum)
        if is_tiled(op, operands[0]) and is_neutral(op.combiner, op.inits[0]):
            return [to_the_first(op, ct, result, operands[0], largest=largest), None]
        selecting = ops.GreaterEqual if largest else ops.LessEqual
        return [_to_the_extreme(op, ct, operands[0], selecting), None]
    reach = "sums have one, maxima and minima without dilations, and anything of known sizes"
    raise undifferentiable(op, f"has no derivative for this combiner: {reach}")


@expanded(ops.ReduceWindow)
def _on_slices(op: Any, operands: Sequence[Expr]) -> list[Expr | None] | None:
    """The slices of neighbouring places in the windows are combined until there is one."""
    count = len(op.inputs)
    xs, inits = operands[:count], operands[count:]
    result = op.results[0].type
    if _sums(op) or _selects(op) or not result.has_static_shape or None in xs[0].shape:
        return None
    windows: list[Window] = op.windows
    padded = [_padded(x, init, windows) for x, init in zip(xs, inits, strict=True)]
    now = [
        [_window_slice(x, place, windows, result.static_shape) for x in padded]
        for place in itertools.product(*(range(window.size or 0) for window in windows))
    ]
    while len(now) > 1:
        pairs = [applied(op.combiner, [*a, *b]) for a, b in zip(now[::2], now[1::2], strict=False)]
        now = [*pairs, *now[2 * len(pairs) :]]
    if count == 1 and is_neutral(op.combiner, op.inits[0]):
        return list(now[0])
    starts = [broadcast(init, like) for init, like in zip(inits, now[0], strict=True)]
    return list(applied(op.combiner, [*starts, *now[0]]))


def _padded(x: Expr, init: Expr, windows: Sequence[Window]) -> Expr:
    low, high, inner = (
        zip(*((w.low, w.high, w.base_dilation - 1) for w in windows), strict=True) if windows else ((),) * 3
    )
    if not any((*low, *high, *inner)):
        return x
    made = ops.Pad(x.value, init.value, axes_attr(low), axes_attr(high), axes_attr(inner))
    return Expr.of(x.builder, x.builder.insert(made).result)


def _window_slice(x: Expr, place: Sequence[int], windows: Sequence[Window], counts: Sequence[int]) -> Expr:
    """Of each window the element at a place."""
    starts = [at * window.dilation for at, window in zip(place, windows, strict=True)]
    strides = [window.stride for window in windows]
    # An axis without windows has nothing to be taken from.
    limits = [
        start + (count - 1) * stride + 1 if count else start
        for start, count, stride in zip(starts, counts, strides, strict=True)
    ]
    sizes = [size if size is not None else 0 for size in x.shape]
    starts = [min(start, size) for start, size in zip(starts, sizes, strict=True)]
    limits = [max(start, min(limit, size)) for start, limit, size in zip(starts, limits, sizes, strict=True)]
    return nd.slice(x, starts=axes_attr(starts), limits=axes_attr(limits), strides=axes_attr(strides))


def _zero(b: Builder, element: TensorType) -> Any:
    return b.insert(ops.Constant(splat(0, element))).result


def _to_the_extreme(op: Any, ct: Expr, x: Expr, selecting: Any) -> Expr:
    b, element = x.builder, TensorType((), ct.type.element_type)  # type: ignore[attr-defined]  # a tensor
    scattered = ops.SelectAndScatter(
        x.value, ct.value, _zero(b, element), op.window, combiner(selecting, element), combiner(ops.Add, element),
        strides=op.strides, low=op.low, high=op.high,
    )  # fmt: skip
    return Expr.of(b, b.insert(scattered).result)


def _to_all(op: Any, ct: Expr, x: Expr) -> Expr:
    """A sum over the windows that hold an element: of cotangents as far apart as the windows were."""
    b, type = x.builder, ct.type
    assert isinstance(type, TensorType)
    if 0 in type.shape:
        return x.like(0)
    element = TensorType((), type.element_type)
    lows, highs = [], []
    known = True
    for window, size, count in zip(op.windows, x.shape, type.shape, strict=True):
        reach = (window.size - 1) * window.dilation
        low = reach - window.low
        lows.append(low)
        if size is not None and count is not None:
            spread = (size - 1) * window.base_dilation + 1
            highs.append(spread + reach - low - ((count - 1) * window.stride + 1))
        else:
            # At most so much is left over behind the last window; what is too much is cut off.
            highs.append(reach - window.high + window.stride - 1)
            known = False
    strides = [window.base_dilation for window in op.windows]
    apart = DenseArrayAttr.i64(tuple(window.stride for window in op.windows))
    summed = ops.ReduceWindow(
        [ct.value], [_zero(b, element)], op.window, combiner(ops.Add, element),
        strides=DenseArrayAttr.i64(tuple(strides)), base_dilations=apart, window_dilations=op.window_dilations,
        low=DenseArrayAttr.i64(tuple(lows)), high=DenseArrayAttr.i64(tuple(highs)),
    )  # fmt: skip
    found = Expr.of(b, b.insert(summed).results[0])
    return found if known else dynamic_slice(found, [index_constant(found, 0)] * found.rank, x)


# -- scattering --------------------------------------------------------------------------------------------------------


def _scatters_sums(op: ops.SelectAndScatter) -> bool:
    return isinstance(single(op.scatter), ops.Add)


@transpose(ops.SelectAndScatter, "source", "init", when=_scatters_sums)
def _select_and_scatter(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """Where sums are scattered: each element of the source gets what is at its place, the initial value all of it. Where it
    is sent does not change."""
    if not _scatters_sums(op):
        raise undifferentiable(op, "has a derivative only where it scatters sums")
    x, source = operands[:2]
    taken = _selected(op, x, ct)
    if taken.shape != source.shape or None in source.shape:
        taken = dynamic_slice(taken, [index_constant(taken, 0)] * taken.rank, source)
    return [None, taken, nd.sum(ct, axes=axes_attr(range(ct.rank)))]


def _selected(op: Any, x: Expr, ct: Expr) -> Expr:
    """Of each window of `ct` the element where that of `x` is selected; zero where a window holds padding alone."""
    b = x.builder
    assert isinstance(x.type, TensorType) and isinstance(ct.type, TensorType)
    elements = [TensorType((), type) for type in (x.type.element_type, ct.type.element_type, i1)]
    block = Block([*elements, *elements])
    inner = Builder(InsertPoint.at_end(block))
    first_x, first_ct, first_there, second_x, second_ct, second_there = block.arguments
    selection = op.select.entry
    mapping = IRMapping(dict(zip(selection.arguments, (first_x, second_x), strict=True)))
    for each in selection:
        if each is not selection.last:
            inner.insert(clone(each, mapping))
    chosen = mapping[selection.terminator.operands[0]]
    # Padding takes no part: it is not there.
    chosen = inner.insert(ops.LogicalAnd(first_there, chosen)).result
    missing = inner.insert(ops.LogicalNot(second_there)).result
    chosen = inner.insert(ops.LogicalOr(chosen, missing)).result
    pairs = ((first_x, second_x), (first_ct, second_ct))
    values = [inner.insert(ops.Where(chosen, one, other)).result for one, other in pairs]
    inner.insert(ops.Yield([*values, inner.insert(ops.LogicalOr(first_there, second_there)).result]))
    there = b.insert(ops.Constant(splat(True, elements[2]))).result
    inputs = [x.value, ct.value, broadcast(Expr.of(b, there), x).value]
    inits = [*(_zero(b, element) for element in elements[:2]), b.insert(ops.Constant(splat(False, elements[2]))).result]
    made = ops.ReduceWindow(inputs, inits, op.window, Region(block), strides=op.strides, low=op.low, high=op.high)
    return Expr.of(b, b.insert(made).results[1])
