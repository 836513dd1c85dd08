"""How `linalg` is executed: loop nests point by point in their order, or many points at once where that is the same.

A body of elementwise ops alone is computed on whole arrays: over all parallel loops at once, and over the reduction
loops one step after the other, so that sums are formed in the order that the loops state.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.dialects import linalg
from irc.dialects.linalg_interface import LinalgOp, shape_of
from irc.interpreter import linalg_softmax, linalg_winograd
from irc.interpreter.core import Frame, Leave, fail, interpret
from irc.interpreter.values import Array
from irc.ir.affine import AffineDim, AffineMap
from irc.ir.operation import Operation
from irc.ir.traits import ConstantLike, Elementwise
from irc.ir.types import MemRefType, ShapedType, TensorType
from irc.ods.registry import OPS

__all__ = ["linalg_softmax", "linalg_winograd"]

LOOPS = "linalg.loops"
"""The key in the interpreter's memory of the positions in the loops of the structured ops being executed."""

STRUCTURED = [cls for cls in OPS.values() if issubclass(cls, LinalgOp)]


@interpret(linalg.Yield)
def leave(frame: Frame, op: linalg.Yield, *values: Any) -> Leave:
    return Leave(op, values)


@interpret(linalg.Index)
def index(frame: Frame, op: linalg.Index) -> Any:
    return frame.interpreter.memory[LOOPS][-1][op.dim.value]


@interpret(*STRUCTURED)
def structured(frame: Frame, op: LinalgOp, *operands: Any) -> Any:
    inputs = operands[: len(op.inputs)]
    # A tensor is a value, so its destination is copied; a buffer is written in place.
    outputs = [
        array if isinstance(value.type, MemRefType) else array.copy()
        for array, value in zip(operands[len(inputs) :], op.outputs, strict=True)
    ]
    extents = loop_extents(op, operands)
    stack: list[Any] = frame.interpreter.memory.setdefault(LOOPS, [])
    stack.append(None)
    try:
        if 0 not in extents:
            execute = by_arrays if _is_elementwise(op) else by_points
            execute(frame, op, [*inputs, *outputs], extents, stack)
    finally:
        stack.pop()
    results = tuple(
        array for array, value in zip(outputs, op.outputs, strict=True) if isinstance(value.type, TensorType)
    )
    return results[0] if len(op.results) == 1 else results


def loop_extents(op: LinalgOp, operands: Sequence[Any]) -> tuple[int, ...]:
    """The extent of each loop; fails where the operands disagree, or where a point lies outside of one."""
    extents: list[int | None] = [None] * op.num_loops
    for i, (map, array) in enumerate(zip(op.maps, operands, strict=True)):
        for j, expr in enumerate(map.results):
            if not isinstance(expr, AffineDim):
                continue
            size, known = array.shape[j], extents[expr.position]
            if known is not None and known != size:
                fail(op, f"needs {known} elements along dimension {j} of operand #{i}, which has {size}")
            extents[expr.position] = size
    found = tuple(extent if extent is not None else 0 for extent in extents)
    if 0 not in found:
        for i, (map, array) in enumerate(zip(op.maps, operands, strict=True)):
            check_bounds(op, i, map, found, np.shape(array))
    return found


def check_bounds(op: LinalgOp, i: int, map: AffineMap, extents: tuple[int, ...], shape: tuple[int, ...]) -> None:
    if map.is_projected_permutation:
        return
    # An affine expression without division takes its extremes at the corners of the loops.
    corners = itertools.product(*({0, extent - 1} for extent in extents))
    for corner in corners:
        for j, (at, size) in enumerate(zip(map.evaluate(corner), shape, strict=True)):
            if not 0 <= at < size:
                fail(op, f"reaches element {at} along dimension {j} of operand #{i}, which has {size}")


def by_points(frame: Frame, op: LinalgOp, arrays: Sequence[Any], extents: tuple[int, ...], stack: list[Any]) -> None:
    """One point after the other, the last loop fastest."""
    maps, region = op.maps, op.regions[0]
    first = len(op.inputs)
    for point in np.ndindex(extents):
        stack[-1] = [np.int64(i) for i in point]
        places = [map.evaluate(point) for map in maps]
        values = [array[place] if np.ndim(array) else array[()] for array, place in zip(arrays, places, strict=True)]
        results = frame.run(region, values[: len(op.body_operands)]).values
        for array, place, result in zip(arrays[first:], places[first:], results, strict=True):
            array[place] = result


def by_arrays(frame: Frame, op: LinalgOp, arrays: Sequence[Any], extents: tuple[int, ...], stack: list[Any]) -> None:
    """All parallel points at once, one reduction point after the other."""
    parallel = [i for i, kind in enumerate(op.iterators) if kind is linalg.PARALLEL]
    others = [i for i in range(op.num_loops) if i not in parallel]
    shape = tuple(extents[i] for i in parallel)
    maps, region = op.maps, op.regions[0]
    first = len(op.inputs)
    for step in np.ndindex(tuple(extents[i] for i in others)):
        fixed = dict(zip(others, step, strict=True))
        views = [_view(array, map, fixed, parallel) for array, map in zip(arrays, maps, strict=True)]
        positions: list[Any] = [np.int64(fixed.get(i, 0)) for i in range(op.num_loops)]
        for axis, loop in enumerate(parallel):
            positions[loop] = np.arange(extents[loop]).reshape([-1 if i == axis else 1 for i in range(len(parallel))])
        stack[-1] = positions
        results = frame.run(region, [view[()] for view in views[: len(op.body_operands)]]).values
        # A result may be a view of an output, which is not to change before all results are taken.
        for view, result in zip(views[first:], [np.array(result) for result in results], strict=True):
            view[...] = np.broadcast_to(result, shape)


def _view(array: Any, map: AffineMap, fixed: dict[int, int], parallel: Sequence[int]) -> Array:
    """The elements of an operand at all parallel points, with a unit dimension for each loop that it lacks."""
    array = np.asarray(array)
    loops = map.dim_positions() or ()
    taken = array[(*(fixed.get(loop, slice(None)) for loop in loops), ...)]
    kept = [loop for loop in loops if loop not in fixed]
    order = sorted(range(len(kept)), key=lambda i: kept[i])
    # The ellipses make the results views even where they have no dimensions.
    view: Array = taken.transpose(order)
    return view[(*(slice(None) if loop in kept else None for loop in parallel), ...)]


def _is_elementwise(op: LinalgOp) -> bool:
    """Whether the body can be computed on arrays: elementwise ops only, and plain positions in all operands."""
    if not all(map.is_projected_permutation for map in op.maps):
        return False
    if any(isinstance(argument.type, ShapedType) for argument in op.body.arguments):
        return False
    for i, map in enumerate(op.maps[len(op.inputs) :]):
        # Every parallel loop must move the output, or several points would write the same element.
        positions = map.dim_positions() or ()
        kinds = op.iterators
        if any(kind is linalg.PARALLEL and loop not in positions for loop, kind in enumerate(kinds)):
            return False
        assert len(shape_of(op.outputs[i].type)) == len(positions)
    return all(_maps_arrays(inner) for inner in op.body)


def _maps_arrays(op: Operation) -> bool:
    return Elementwise in op.traits or ConstantLike in op.traits or isinstance(op, linalg.Yield | linalg.Index)
