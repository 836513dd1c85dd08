"""Joins elementwise loop nests over the same elements into one with several results.

What `fuse` leaves has several readers, or shares inputs with others. Where two nests read the same tensor at the same index, or
one reads there what the other computes, one nest that yields both reads less memory. Nothing is computed twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from irc.dialects import linalg, tensor
from irc.ir.affine import AffineDim, AffineMap
from irc.ir.attributes import StringAttr
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.location import fuse as fuse_locations
from irc.ir.operation import Operation
from irc.ir.traits import Pure
from irc.ir.value import Value
from irc.passes.base import Pass, PassContext, option, statistic
from irc.passes.fuse import has_unit_loop
from irc.passes.nest_bodies import move_body


class FuseOutputs(Pass):
    """Join elementwise `linalg` ops on tensors that read the same elements."""

    joined: str = statistic("ops that became part of another one")
    max_operands: int = option(16, "operands of a joined op at most: each is a stream from or to memory", at_least=1)
    max_body: int = option(
        100, "operations in the body of a joined op at most: longer ones need more registers than there are", at_least=1
    )

    def run(self, op: Operation, context: PassContext) -> None:
        for inner in list(op.walk()):
            if inner.parent is not None and isinstance(inner, linalg.LinalgOp) and _is_elementwise(inner):
                self._join_all(inner, context)

    def _join_all(self, op: linalg.LinalgOp, context: PassContext) -> None:
        current: linalg.LinalgOp | None = op
        while current is not None:
            op, current = current, None
            for other in _earlier(op):
                if self._fits(other, op):
                    current = _join(other, op)
                    context.count("joined")
                    break

    def _fits(self, first: linalg.LinalgOp, second: linalg.LinalgOp) -> bool:
        operands = {*first.operands, *second.operands} - set(first.results)
        length = sum(1 for body in (first.body, second.body) for _ in body)
        maps = [*first.maps, *second.maps]
        return len(operands) <= self.max_operands and length <= self.max_body and has_unit_loop(maps)


def _is_elementwise(op: linalg.LinalgOp) -> bool:
    """Whether each element of the results is computed on its own, from inputs alone, in the order of the loops."""
    identity = AffineMap.identity(op.num_loops)
    return (
        op.has_tensor_semantics
        and bool(op.num_loops)
        and len(op.body.arguments) == len(op.operands)
        and all(map is identity for map in op.maps[len(op.inputs) :])
        and not any(op.output_is_read(i) for i in range(len(op.results)))
        and all(kind.value == "parallel" for kind in op.iterators)
        and all(Pure in inner.traits or inner is op.body.last for inner in op.body)
    )


def _earlier(op: linalg.LinalgOp) -> Iterator[linalg.LinalgOp]:
    """Elementwise ops before `op` in its block that share elements with it, and that may run when `op` does."""
    seen: set[Operation] = {op}
    for value, map in zip(op.inputs, op.maps, strict=False):
        if map is not AffineMap.identity(op.num_loops):
            continue
        for other in (value.defining_op, *value.users):
            if other is None or other in seen:
                continue
            seen.add(other)
            if (
                isinstance(other, linalg.LinalgOp)
                and other.parent is op.parent
                and other.is_before_in_block(op)
                and other.num_loops == op.num_loops
                and _is_elementwise(other)
                and (other is value.defining_op or _reads_in_order(other, value))
                and _can_wait(other, op)
            ):
                yield other


def _reads_in_order(op: linalg.LinalgOp, value: Value) -> bool:
    identity = AffineMap.identity(op.num_loops)
    return any(each is value and map is identity for each, map in zip(op.inputs, op.maps, strict=False))


def _can_wait(first: linalg.LinalgOp, second: linalg.LinalgOp) -> bool:
    """Whether `first` is needed neither before `second` nor by it, but for elements at the same index."""
    block = first.parent
    identity = AffineMap.identity(second.num_loops)
    for result in first.results:
        for user in result.users:
            at = _in_block(user, block)
            if at is second and user is second:
                uses = zip(second.operands, second.maps, strict=True)
                if any(value is result and map is not identity for value, map in uses):
                    return False
                if any(value is result for value in second.outputs):
                    return False
            elif at is None or at is second or at.is_before_in_block(second):
                return False
    # What is written over by then is no longer there to be read.
    return all(isinstance(value.defining_op, tensor.Empty) for value in (*first.outputs, *second.outputs))


def _in_block(op: Operation, block: Block | None) -> Operation | None:
    """The op of `block` that is `op` or that it is inside of."""
    current: Operation | None = op
    while current is not None and current.parent is not block:
        current = current.parent_op
    return current


def _join(first: linalg.LinalgOp, second: linalg.LinalgOp) -> linalg.LinalgOp:
    """One op in the place of `second`, with the results of both."""
    pairs = dict.fromkeys(zip(first.inputs, first.maps, strict=False))
    own = [(value, map) for value, map in zip(second.inputs, second.maps, strict=False) if value not in first.results]
    inputs = list({**pairs, **dict.fromkeys(own)})
    kept = [i for i, result in enumerate(first.results) if any(user is not second for user in result.users)]
    outputs = [*(first.outputs[i] for i in kept), *second.outputs]
    identity = AffineMap.identity(first.num_loops)
    maps = [*(map for _, map in inputs), *[identity] * len(outputs)]
    new = linalg.Generic.of([value for value, _ in inputs], outputs, maps, first.iterators)
    block = new.region.block
    arguments = dict(zip(inputs, block.arguments, strict=False))
    loops = [AffineDim(j) for j in range(first.num_loops)]
    computed: list[Sequence[Value]] = []
    known: dict[Value, Value] = {}
    for op in (first, second):
        elements = [
            known[value] if value in known else arguments[value, map]
            for value, map in zip(op.inputs, op.maps, strict=False)
        ]
        computed.append(move_body(op, block, elements, loops))
        known = dict(zip(op.results, computed[-1], strict=True))
    block.append(linalg.Yield([*(computed[0][i] for i in kept), *computed[1]], location=second.location))
    new.location = fuse_locations((first.location, second.location), StringAttr("fuse-outputs"))
    Builder(InsertPoint.before(second)).insert(new)
    second.replace_with(new.results[len(kept) :])
    for i, result in zip(kept, new.results, strict=False):
        first.results[i].replace_all_uses_with(result)
    first.erase()
    return new
