"""`nd`'s ops on windows: reductions of windows in `linalg`, selections from windows as loops."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.dialects import arith, nd, scf, tensor
from irc.dialects._amounts import Amount, add, as_value, compare
from irc.dialects._windows import Window
from irc.ir.affine import AffineDim, AffineExpr, AffineMap
from irc.ir.attributes import DenseArrayAttr
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.region import Region
from irc.ir.types import Dimension, TensorType, i1
from irc.ir.value import Value
from irc.lowering.for_loops import nested_loops
from irc.lowering.nd_combining import initial
from irc.lowering.nd_regions import inline_scalars
from irc.lowering.nd_scalars import select
from irc.lowering.signedness import element_constant
from irc.lowering.size_checks import check, check_loops
from irc.lowering.sizes import extent, sizes_of
from irc.lowering.structured import (
    PARALLEL,
    REDUCTION,
    dynamic_sizes,
    empty,
    fill,
    generics,
    index_constant,
    scalar,
    shaped,
    size,
)


def lower_reduce_window(op: nd.ReduceWindow, b: Builder) -> Sequence[Value]:
    """Loops over the results, and inside of them over the window; what surrounds the operands is put there before."""
    windows, count = op.windows, len(op.inputs)
    rank = len(windows)
    check_loops(b, op.inputs, [AffineMap.identity(rank)] * count)
    wholes = [_padded(b, x, init, windows) for x, init in zip(op.inputs, op.inits, strict=True)]
    counts: list[Amount] = []
    for axis, window in enumerate(windows):
        knows = next((x for x in wholes if shaped(x).shape[axis] is not None), wholes[0])
        counts.append(_positions(b, extent(b, knows, axis), window))
    shape = tuple(n if isinstance(n, int) else None for n in counts)
    sizes = [n for n in counts if isinstance(n, Value)]
    starts = [
        fill(b, initial(b, init), empty(b, TensorType(shape, shaped(x).element_type), sizes))
        for x, init in zip(wholes, op.inits, strict=True)
    ]
    # Only axes along which a window has more than one element need a loop, whose extent an operand without content tells.
    moving = [axis for axis, window in enumerate(windows) if window.size != 1]
    content = shaped(wholes[0]).element_type
    extents = [empty(b, TensorType(tuple(windows[axis].size for axis in moving), content))] if moving else []
    loops = rank + len(moving)
    places = [_place(axis, window, rank, moving) for axis, window in enumerate(windows)]
    reads, writes = AffineMap(loops, 0, tuple(places)), AffineMap.of_dims(loops, range(rank))
    maps = [*[reads] * count, *[AffineMap.of_dims(loops, range(rank, loops))] * len(extents), *[writes] * count]

    def body(inner: Builder, arguments: Sequence[Value]) -> Sequence[Value]:
        return inline_scalars(inner, op.combiner, [*arguments[-count:], *arguments[:count]])

    iterators = [PARALLEL] * rank + [REDUCTION] * len(moving)
    return generics(b, [*wholes, *extents], starts, maps, body, iterators)


def _place(axis: int, window: Window, rank: int, moving: Sequence[int]) -> AffineExpr:
    """Where a window's element is along an axis, by the loops over windows and those over their elements."""
    start = AffineDim(axis) * window.stride
    return start + AffineDim(rank + moving.index(axis)) * window.dilation if axis in moving else start


def _padded(b: Builder, x: Value, init: Value, windows: Sequence[Window]) -> Value:
    if all(window.low == window.high == 0 and window.base_dilation == 1 for window in windows):
        return x
    low, high = (
        DenseArrayAttr.i64(tuple(amounts)) for amounts in zip(*((w.low, w.high) for w in windows), strict=True)
    )
    interior = DenseArrayAttr.i64(tuple(window.base_dilation - 1 for window in windows))
    return b.insert(nd.Pad(x, init, low, high, interior)).result


def _positions(b: Builder, length: Amount, window: Window) -> Amount:
    """How many positions a window has on a length that includes the padding."""
    if isinstance(length, int):
        found: Dimension = Window(window.size, window.stride, dilation=window.dilation).positions(length)
        assert found is not None
        return found
    spread = ((window.size or 1) - 1) * window.dilation + 1
    room = as_value(b, add(b, [length, window.stride - spread]))
    room = b.insert(arith.MaxSI(room, index_constant(b, 0))).result
    if window.stride == 1:
        return room
    return b.insert(arith.DivUI(room, index_constant(b, window.stride))).result


def lower_select_and_scatter(op: nd.SelectAndScatter, b: Builder) -> Value:
    """Loops over the source, and inside of them over the window for the position to scatter to."""
    windows, x = op.windows, op.x
    for axis, window in enumerate(windows):
        whole = add(b, [extent(b, x, axis), window.low, window.high])
        message = f"padding by {window.low} and {window.high} removes more than there is of axis {axis}"
        if window.low + window.high < 0:
            check(b, "sge", whole, 0, message)
        message = f"the source of '{op.name}' op has another size than there are windows along axis {axis}"
        check(b, "eq", extent(b, op.source, axis), _positions(b, whole, window), message)
    zero, one = index_constant(b, 0), index_constant(b, 1)
    result = fill(b, initial(b, op.init), empty(b, x.type, dynamic_sizes(b, x)))
    lengths = sizes_of(b, x)
    nowhere = [scalar(b, 0, i1), element_constant(b, 0, shaped(x).element_type), *[zero] * len(windows)]

    def scattered(at: Sequence[Value], carried: Sequence[Value]) -> Sequence[Value]:
        def step(offset: Sequence[Value], state: Sequence[Value]) -> Sequence[Value]:
            places = [_element(b, *each) for each in zip(at, offset, windows, strict=True)]
            inside = _inside(b, places, lengths, windows)
            return _if(b, inside, lambda: _selected(op, b, state, places), state)

        bounds = [(zero, index_constant(b, window.size or 1), one) for window in windows]
        found, _, *place = nested_loops(b, bounds, nowhere, step)
        element = b.insert(tensor.Extract(op.source, at)).result
        (whole,) = carried

        def combined() -> Sequence[Value]:
            before = b.insert(tensor.Extract(whole, place)).result
            (after,) = inline_scalars(b, op.scatter, [before, element])
            return [b.insert(tensor.Insert(after, whole, place)).result]

        return _if(b, found if _has_padding(windows) else None, combined, carried)

    bounds = [(zero, size(b, op.source, axis), one) for axis in range(len(windows))]
    return nested_loops(b, bounds, [result], scattered)[0]


def _has_padding(windows: Sequence[Window]) -> bool:
    return any(window.low > 0 or window.high > 0 for window in windows)


def _element(b: Builder, at: Value, offset: Value, window: Window) -> Value:
    """The position of an element of a window in the operand."""
    start = b.insert(arith.MulI(at, index_constant(b, window.stride))).result
    return as_value(b, add(b, [b.insert(arith.AddI(start, offset)).result, -window.low]))


def _inside(b: Builder, places: Sequence[Value], lengths: Sequence[Amount], windows: Sequence[Window]) -> Value | None:
    """Whether a position is in the operand, `None` where it cannot be in padding."""
    inside: Value | None = None
    for place, length, window in zip(places, lengths, windows, strict=True):
        if window.low > 0 or window.high > 0:
            # As unsigned numbers, negative ones are larger than any size.
            fits = compare(b, "ult", place, length)
            inside = fits if inside is None else b.insert(arith.AndI(inside, fits)).result
    return inside


def _selected(op: nd.SelectAndScatter, b: Builder, state: Sequence[Value], places: Sequence[Value]) -> Sequence[Value]:
    """What was chosen so far, or the element at a position."""
    found, chosen, *where = state
    candidate = b.insert(tensor.Extract(op.x, places)).result
    (better,) = inline_scalars(b, op.select, [chosen, candidate])
    keep = b.insert(arith.AndI(found, better)).result
    kept = [select(b, keep, *pair) for pair in zip([chosen, *where], [candidate, *places], strict=True)]
    return [scalar(b, 1, i1), *kept]


def _if(b: Builder, condition: Value | None, then: Any, otherwise: Sequence[Value]) -> Sequence[Value]:
    """What `then` writes where the condition holds, else `otherwise`."""
    if condition is None:
        found: Sequence[Value] = then()
        return found
    yes, no = Block(), Block()
    with b.at(InsertPoint.at_end(yes)):
        b.insert(scf.Yield(then()))
    with b.at(InsertPoint.at_end(no)):
        b.insert(scf.Yield(otherwise))
    types = [value.type for value in otherwise]
    return b.insert(scf.If(condition, Region(yes), Region(no), result_types=types)).results


LOWERINGS: dict[Any, Any] = {nd.ReduceWindow: lower_reduce_window, nd.SelectAndScatter: lower_select_and_scatter}
