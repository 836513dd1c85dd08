"""Fewer loops for the same elements: loops of one step are dropped, neighbouring ones over contiguous buffers made one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from irc.dialects import linalg, memref
from irc.ir.affine import AffineConstant, AffineDim, AffineExpr, AffineMap, dims_of, substitute
from irc.ir.builder import Builder
from irc.ir.types import MemRefType
from irc.ir.value import Value
from irc.lowering.loop_plan import Nest

LARGEST_INDEX = (1 << 63) - 1


def drop_unit_loops(nest: Nest, b: Builder) -> Nest:
    """The nest without loops of one step, on buffers without dimensions of size one that only these move along."""
    unit = _droppable(nest)
    if not unit or any(isinstance(op, linalg.Index) for op in nest.body):
        return nest
    kept = [loop for loop in range(nest.num_loops) if loop not in unit]
    renamed = [AffineConstant(0) if loop in unit else AffineDim(kept.index(loop)) for loop in range(nest.num_loops)]
    operands: list[Value] = []
    maps: list[AffineMap] = []
    for operand, map in zip(nest.operands, nest.maps, strict=True):
        results = [substitute(expr, renamed) for expr in map.results]
        type = operand.type
        shape = type.shape if isinstance(type, MemRefType) else ()
        full = [i for i, expr in enumerate(results) if not (expr == AffineConstant(0) and shape[i] == 1)]
        if len(full) < len(results) and isinstance(type, MemRefType) and type.layout is None:
            # Each of them goes with the dimension before it, the first ones with that after them.
            bounds = [0, *full[1:], len(results)] if full else []
            groups = [list(range(*pair)) for pair in pairwise(bounds)]
            operand = b.insert(memref.CollapseShape.of(operand, groups)).result
            results = [results[i] for i in full]
        operands.append(operand)
        maps.append(AffineMap(len(kept), 0, tuple(results)))
    return Nest(operands, maps, [nest.parallel[loop] for loop in kept], nest.body, nest.num_inputs)


def _droppable(nest: Nest) -> set[int]:
    """The loops of one step that no operand needs. Without one of them, an operand of which the other loops of a position
    walk a part only, as of the input of a convolution, would seem to tell how far these go."""
    unit = {loop for loop in range(nest.num_loops) if nest.extent(loop) == 1}
    without = [AffineConstant(0) if loop in unit else AffineDim(loop) for loop in range(nest.num_loops)]
    needed: set[int] = set()
    for operand, map in zip(nest.operands, nest.maps, strict=True):
        shape = operand.type.shape if isinstance(operand.type, MemRefType) else ()
        for expr, size in zip(map.results, shape, strict=True):
            left = substitute(expr, without)
            if left != expr and isinstance(left, AffineDim) and (size is None or size != nest.extent(left.position)):
                needed |= dims_of(expr)
    return unit - needed


def merge_loops(nest: Nest, b: Builder) -> Nest:
    """Neighbouring loops over contiguous buffers made one, which leaves fewer ends where vectors do not fit."""
    if any(isinstance(op, linalg.Index) for op in nest.body):
        return nest
    loop = nest.num_loops - 2
    while loop >= 0:
        # Of more iterations than there are indices the program runs out of memory, where it says so.
        is_countable = (nest.product([loop, loop + 1]) or 0) <= LARGEST_INDEX
        if (
            is_countable
            and nest.parallel[loop] == nest.parallel[loop + 1]
            and all(_adjacent(operand, map, loop) for operand, map in zip(nest.operands, nest.maps, strict=True))
        ):
            nest = _merge(nest, b, loop)
        loop -= 1
    return nest


def _adjacent(operand: Value, map: AffineMap, loop: int) -> bool:
    """Whether the operand is walked in order by `loop` and the next one, or by neither."""
    used = [bool({loop, loop + 1} & dims_of(expr)) for expr in map.results]
    if not any(used):
        return True
    at = used.index(True)
    pair = map.results[at : at + 2]
    in_order = pair == (AffineDim(loop), AffineDim(loop + 1)) and sum(used) == 2
    return in_order and isinstance(operand.type, MemRefType) and operand.type.layout is None


def _merge(nest: Nest, b: Builder, loop: int) -> Nest:
    operands: list[Value] = []
    maps: list[AffineMap] = []
    # Positions after the merged pair move down by one; the second of the pair no longer occurs.
    renamed: list[AffineExpr] = [AffineDim(i if i <= loop else i - 1) for i in range(nest.num_loops)]
    for operand, map in zip(nest.operands, nest.maps, strict=True):
        results = list(map.results)
        if AffineDim(loop + 1) in results:
            at = results.index(AffineDim(loop + 1))
            groups = _groups(len(results), at - 1)
            operand = b.insert(memref.CollapseShape.of(operand, groups)).result
            del results[at]
        operands.append(operand)
        maps.append(AffineMap(nest.num_loops - 1, 0, tuple(substitute(expr, renamed) for expr in results)))
    parallel = [kind for i, kind in enumerate(nest.parallel) if i != loop + 1]
    return Nest(operands, maps, parallel, nest.body, nest.num_inputs)


def _groups(rank: int, at: int) -> Sequence[Sequence[int]]:
    """The reassociation that merges dimension `at` with the next one."""
    return [[i] if i != at else [at, at + 1] for i in range(rank) if i != at + 1]
