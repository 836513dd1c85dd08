"""Fuses elementwise loop nests into those that use them.

The producer's body is computed where the consumer reads its result, through the composed maps, and the intermediate tensor
disappears. Nothing is computed more often than before, unless it costs nothing (a broadcast, a constant, a conversion), and
every number is computed by the same operations in the same order.
"""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import arith, complex, linalg, tensor
from irc.dialects._scalar_constants import scalar_constant
from irc.ir.affine import AffineConstant, AffineDim, AffineExpr, AffineMap, dims_of
from irc.ir.affine_flat import is_injective
from irc.ir.attributes import (
    DenseElementsAttr,
    StringAttr,
)
from irc.ir.builder import Builder, InsertPoint
from irc.ir.dense import splat_value
from irc.ir.location import fuse as fuse_locations
from irc.ir.operation import Operation
from irc.ir.traits import Pure
from irc.ir.types import ShapedType
from irc.ir.value import Value
from irc.passes.base import Pass, PassContext, option, statistic
from irc.passes.nest_bodies import copy_body, move_body

FREE = (arith.Constant, linalg.Index, linalg.Yield, arith.ExtF, arith.TruncF, arith.SIToFP, arith.UIToFP, arith.ExtSI,
        arith.ExtUI, arith.TruncI, arith.IndexCast, complex.Constant, complex.Create, complex.Re, complex.Im)  # fmt: skip
"""Ops that may be computed once more instead of being stored."""


class Fuse(Pass):
    """Fuse elementwise `linalg` producers on tensors into their consumers."""

    fused: str = statistic("producers that became part of their consumer")
    max_operands: int = option(24, "operands of a fused op at most", at_least=1)
    max_body: int = option(
        100, "operations in the body of a fused op at most: longer ones need more registers than there are", at_least=1
    )

    def run(self, op: Operation, context: PassContext) -> None:
        for inner in list(op.walk()):
            if inner.parent is not None and isinstance(inner, linalg.LinalgOp) and inner.has_tensor_semantics:
                self.fuse_all(inner, context)

    def fuse_all(self, op: linalg.LinalgOp, context: PassContext) -> None:
        """Fuse what `op` reads into it, as long as there is something."""
        current: linalg.LinalgOp | None = op
        while current is not None:
            op, current = current, self._fuse_one(current)
            if current is not None:
                context.count("fused")

    def _fuse_one(self, op: linalg.LinalgOp) -> linalg.LinalgOp | None:
        if len(op.body.arguments) != len(op.operands):
            return None  # linalg.map, whose body does not see the output
        for i, value in enumerate(op.inputs):
            producer = value.defining_op
            new: linalg.LinalgOp | None = None
            if isinstance(producer, linalg.Fill | arith.Constant | tensor.FromElements):
                new = fuse_scalar(op, i, producer)
            elif isinstance(producer, tensor.ExpandShape | tensor.CollapseShape):
                new = fuse_unit_reshape(op, i, producer)
            elif isinstance(producer, linalg.LinalgOp) and may_move(producer, op) and self._has_room(op, producer):
                new = fuse_elementwise(op, i, producer)
            if new is not None:
                op.replace_with(new.results)
                if producer is not None:
                    erase_if_dead(producer)
                return new
        return None

    def _has_room(self, op: linalg.LinalgOp, producer: linalg.LinalgOp) -> bool:
        if len(op.operands) + len(producer.inputs) > self.max_operands:
            return False
        return len(op.body) + len(producer.body) <= self.max_body


def erase_if_dead(op: Operation) -> None:
    """Erase a pure op without users, and then what only it used."""
    pure = Pure in op.traits or isinstance(op, linalg.LinalgOp)
    if op.parent is None or not pure or any(result.users for result in op.results):
        return
    operands = op.operands
    op.erase()
    for operand in operands:
        if operand.defining_op is not None:
            erase_if_dead(operand.defining_op)


def may_move(producer: linalg.LinalgOp, op: linalg.LinalgOp) -> bool:
    """Whether nothing is computed more often where `producer` becomes a part of `op`, as far as its users tell."""
    return (producer.parent is op.parent and producer.results[0].has_one_use) or is_free(producer)


def is_elementwise(op: linalg.LinalgOp) -> bool:
    """Whether each element of the only result is computed on its own, from inputs alone."""
    if len(op.results) != 1 or not op.maps[-1].is_permutation or op.output_is_read(0):
        return False
    return all(kind.value == "parallel" for kind in op.iterators) and all(Pure in inner.traits for inner in op.body)


def is_free(op: linalg.LinalgOp) -> bool:
    return all(isinstance(inner, FREE) for inner in op.body)


def is_move(op: linalg.LinalgOp) -> bool:
    """Whether `op` only puts the elements of its input in another order."""
    yielded = op.body.terminator.operands
    return len(op.inputs) == 1 and yielded[0] is op.body.arguments[0] and op.maps[0].is_permutation


def is_product(op: linalg.LinalgOp) -> bool:
    """Whether `op` has inputs of which each element is read many times: a matrix product or the like."""
    if isinstance(op, linalg.Contraction):
        return True
    # An input that is not read says how far loops go, such as those of a window.
    maps = [map for map, argument in zip(op.maps[: len(op.inputs)], op.body.arguments, strict=False) if argument.users]
    return (
        len(maps) == 2
        and any(map.dim_positions() is not None and len(map.results) < op.num_loops for map in maps)
        and any(kind.value == "reduction" for kind in op.iterators)
    )


def fuse_elementwise(op: linalg.LinalgOp, i: int, producer: linalg.LinalgOp) -> linalg.LinalgOp | None:
    """The op that computes `producer` where `op` reads its input `i`; `None` if that does not pay or does not fit."""
    if not is_elementwise(producer):
        return None
    product = is_product(op)
    if product:
        # One that stands before a loop is better done there, once.
        if not is_move(producer) or producer.parent is not op.parent:
            return None
    elif not is_free(producer):
        each_once = op.maps[i].is_permutation or is_injective(op.maps[i], op.loop_extents())
        if not each_once or not may_move(producer, op):
            return None
    # The producer's loops as functions of the consumer's: first to the element, then back through the output's map.
    positions = producer.maps[-1].dim_positions()
    assert positions is not None
    element = op.maps[i].results
    loops: list[AffineExpr] = [element[positions.index(dim)] for dim in range(producer.num_loops)]
    back = AffineMap(op.num_loops, 0, tuple(loops))
    if any(isinstance(inner, linalg.Index) and not _is_plain(loops[inner.dim.value]) for inner in producer.body):
        return None
    maps = [map.compose(back) for map in producer.maps[: len(producer.inputs)]]
    others = [map for j, map in enumerate(op.maps) if j != i]
    if not product and not is_move(op) and has_unit_loop(op.maps) and not has_unit_loop([*maps, *others]):
        return None
    return rebuild(op, i, list(producer.inputs), maps, producer, loops)


def _is_plain(expr: AffineExpr) -> bool:
    return isinstance(expr, AffineDim | AffineConstant)


def has_unit_loop(maps: Sequence[AffineMap]) -> bool:
    """Whether there is a loop that walks every operand along its last dimension or not at all: one to run on vectors."""
    for loop in range(maps[0].num_dims):
        dim = AffineDim(loop)
        if all(
            not any(loop in dims_of(expr) for expr in map.results[:-1])
            and (not map.results or map.results[-1] is dim or loop not in dims_of(map.results[-1]))
            for map in maps
        ):
            return True
    return False


def fuse_scalar(op: linalg.LinalgOp, i: int, producer: Operation) -> linalg.LinalgOp | None:
    """The op that uses the one value that a fill, a constant or a tensor of a number has everywhere."""
    if is_product(op):
        return None
    if isinstance(producer, linalg.Fill):
        return rebuild(op, i, [], [], producer.inputs[0], ())
    if isinstance(producer, tensor.FromElements):
        return rebuild(op, i, [], [], producer.elements[0], ()) if len(producer.elements) == 1 else None
    attribute = producer.get_attribute("value")
    number = splat_value(attribute)
    if number is None or not isinstance(attribute, DenseElementsAttr):
        return None
    return rebuild(op, i, [], [], scalar_constant(number, attribute.type.element_type), ())


def fuse_unit_reshape(
    op: linalg.LinalgOp, i: int, producer: tensor.ExpandShape | tensor.CollapseShape
) -> linalg.LinalgOp | None:
    """The op that reads a tensor without, or with, dimensions of size one that a reshape has added or dropped."""
    source = producer.src
    expanding = isinstance(producer, tensor.ExpandShape)
    fine = (producer.result if expanding else source).type
    assert isinstance(fine, ShapedType)
    kept: list[int] = []
    for group in producer.groups:
        large = [axis for axis in group if fine.shape[axis] != 1]
        if len(large) > 1:
            return None
        kept.append(large[0] if large else group[0])
    results = op.maps[i].results
    if expanding:
        new = tuple(results[axis] for axis in kept)
    else:
        new = tuple(results[kept.index(axis)] if axis in kept else AffineConstant(0) for axis in range(fine.rank))
    return rebuild(op, i, [source], [AffineMap(op.num_loops, 0, new)], None, ())


def rebuild(
    op: linalg.LinalgOp,
    i: int,
    inputs: Sequence[Value],
    maps: Sequence[AffineMap],
    computed: Operation | Value | None,
    loops: Sequence[AffineExpr],
) -> linalg.LinalgOp | None:
    """`op`, which is about to go, with input `i` replaced by `inputs`, from which `computed` gives the element; `None` if a
    loop would have no extent.

    `computed` is the op whose body does, a scalar value, a new constant, or `None` for the only input itself.
    """
    count = len(op.inputs)
    others = [pair for j, pair in enumerate(zip(op.inputs, op.maps, strict=False)) if j != i]
    wanted = list(zip(inputs, maps, strict=True))
    fresh = [pair for pair in dict.fromkeys(wanted) if pair not in others]
    pairs = [*others[:i], *fresh, *others[i:]]
    places = [pairs.index(pair) for pair in wanted]
    all_inputs, all_maps = [value for value, _ in pairs], [map for _, map in pairs]
    output_maps = op.maps[count:]
    covered = {
        expr.position for map in (*all_maps, *output_maps) for expr in map.results if isinstance(expr, AffineDim)
    }
    if len(covered) < op.num_loops:
        return None
    new = linalg.Generic.of(all_inputs, op.outputs, [*all_maps, *output_maps], op.iterators)
    locations = [op.location]
    block = new.region.block
    arguments = block.arguments
    match computed:
        case linalg.LinalgOp():
            locations.insert(0, computed.location)
            put = move_body if computed.results[0].has_one_use else copy_body
            (element,) = put(computed, block, [arguments[p] for p in places], loops)
        case Value():
            element = computed
        case Operation():
            computed.location = op.location
            block.append(computed)
            element = computed.results[0]
        case _:
            element = arguments[places[0]]
    elements: list[Value] = [*arguments[:i], *arguments[i + len(fresh) :]]
    elements.insert(i, element)
    yielded = move_body(op, block, elements, [AffineDim(j) for j in range(op.num_loops)])
    block.append(linalg.Yield(yielded, location=op.location))
    new.location = fuse_locations(tuple(locations), StringAttr("fuse")) if len(locations) > 1 else op.location
    Builder(InsertPoint.before(op)).insert(new)
    return new
