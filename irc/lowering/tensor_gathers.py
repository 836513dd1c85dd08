"""`tensor.gather` as a computation of elements, `tensor.scatter` as a loop of insertions."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import arith, tensor
from irc.dialects._amounts import Amount, as_value
from irc.dialects._slices import slice_operands
from irc.ir.builder import Builder
from irc.ir.types import IndexType, TensorType, index
from irc.ir.value import Value
from irc.lowering.for_loops import nested_loops
from irc.lowering.size_checks import check, check_size
from irc.lowering.sizes import sizes_of
from irc.lowering.structured import empty, index_constant, shaped
from irc.lowering.tensor_elements import computed
from irc.lowering.tensor_shapes import static_shape


def _positions(
    op: tensor.Gather | tensor.Scatter,
    b: Builder,
    batch: Sequence[Value],
    axes: Sequence[int],
    bounds: Sequence[Amount],
) -> dict[int, Value]:
    """The index along each of `axes` that the tensor of indices holds for one slice, checked."""
    found: dict[int, Value] = {}
    for i, axis in enumerate(axes):
        at = b.insert(tensor.Extract(op.indices, [*batch, index_constant(b, i)])).result
        if not isinstance(at.type, IndexType):
            at = b.insert(arith.IndexCast(at, result_types=[index])).result
        check(b, "ult", at, bounds[axis], f"'{op.name}' op index is out of bounds for dimension {axis}")
        found[axis] = at
    return found


def lower_gather(op: tensor.Gather, b: Builder) -> Value:
    axes = [int(axis) for axis in op.gather_dims.values]
    bounds, batch = sizes_of(b, op.source), sizes_of(b, op.indices)[:-1]
    reduced = shaped(op.result).rank == len(batch) + len(bounds) - len(axes)
    kept = [axis for axis in range(len(bounds)) if not (reduced and axis in axes)]
    sizes = [*batch, *(1 if axis in axes else bounds[axis] for axis in kept)]
    dynamic = [amount for amount in sizes if isinstance(amount, Value)]

    def element(inner: Builder, position: Sequence[Value]) -> Value:
        place = dict(zip(kept, position[len(batch) :], strict=True))
        place |= _positions(op, inner, position[: len(batch)], axes, bounds)
        return inner.insert(tensor.Extract(op.source, [place[axis] for axis in range(len(bounds))])).result

    return computed(b, empty(b, op.result.type, dynamic), element)


def lower_scatter(op: tensor.Scatter, b: Builder) -> Value:
    """A loop over the slices, which puts one after the other into the tensor that it carries."""
    axes = [int(axis) for axis in op.scatter_dims.values]
    bounds, batch = sizes_of(b, op.dest), sizes_of(b, op.indices)[:-1]
    reduced = shaped(op.source).rank == len(batch) + len(bounds) - len(axes)
    part: list[Amount] = [1 if axis in axes else bound for axis, bound in enumerate(bounds)]
    kept = [size_ for axis, size_ in enumerate(part) if not (reduced and axis in axes)]
    for axis, expected in enumerate([*batch, *kept]):
        check_size(b, op.source, axis, expected, f"dimension {axis} of the source of '{op.name}' op does not fit")
    zero, one = index_constant(b, 0), index_constant(b, 1)

    def body(position: Sequence[Value], carried: Sequence[Value]) -> Sequence[Value]:
        found = _positions(op, b, position, axes, bounds)
        offsets: list[Amount] = [*position, *[0] * len(kept)]
        sizes: list[Amount] = [*[1] * len(batch), *kept]
        lists = slice_operands(offsets, sizes, [1] * len(sizes))
        slice_type = TensorType(static_shape(kept), shaped(op.source).element_type)
        source = b.insert(tensor.ExtractSlice(op.source, *lists, result_types=[slice_type])).result
        places = [found.get(axis, 0) for axis in range(len(bounds))]
        return [b.insert(tensor.InsertSlice.of(source, carried[0], places, part, [1] * len(part))).result]

    return nested_loops(b, [(zero, as_value(b, extent), one) for extent in batch], [op.dest], body)[0]
