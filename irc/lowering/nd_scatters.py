"""`nd.scatter` as a loop over the index vectors, which puts one window after the other into the tensors that it carries.

A window that lies inside in part is cut to what does. Its elements are combined by one `linalg.generic`, on vectors where
they are contiguous; a window of one element is combined as scalars.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.dialects import arith, nd, scf, tensor
from irc.dialects._amounts import Amount, as_value, compare
from irc.dialects._slices import slice_operands
from irc.ir.affine import AffineMap
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.region import Region
from irc.ir.types import TensorType
from irc.ir.value import Value
from irc.lowering.for_loops import nested_loops
from irc.lowering.nd_indexing import as_index, check_batches, check_vectors, vector_place
from irc.lowering.nd_regions import inline_scalars
from irc.lowering.nd_scalars import kind_of, select
from irc.lowering.size_checks import check_part, check_size
from irc.lowering.sizes import extent, sizes_of
from irc.lowering.structured import generics, index_constant, shaped
from irc.lowering.tensor_shapes import static_shape

FAR = 1 << 62
"""A position outside of every tensor."""


class _Writer:
    """Writes one scatter."""

    __slots__ = ("axes", "b", "batching", "dims", "full", "listed", "op", "part")

    def __init__(self, op: nd.Scatter, b: Builder) -> None:
        self.op, self.b, self.dims = op, b, op.dims
        self.full = sizes_of(b, op.inputs[0])
        self.part = sizes_of(b, op.updates[0])
        self.axes = nd.window_axes(self.dims, len(self.full))
        self.listed = [axis for axis in range(len(self.part)) if axis not in self.dims.update_window_dims]
        vector = self.dims.index_vector_dim
        self.batching = [axis - (axis > vector) for axis in self.dims.scatter_indices_batching_dims]

    def check(self) -> None:
        """Stop where sizes that are not known before do not fit."""
        op, b, dims = self.op, self.b, self.dims
        for values in (op.inputs, op.updates):
            for value in values[1:]:
                for axis in range(shaped(value).rank):
                    check_size(b, value, axis, extent(b, values[0], axis), "the sizes of the operands do not agree")
        check_vectors(b, op, op.indices, len(dims.scatter_dims_to_operand_dims))
        check_batches(b, op, op.inputs[0], op.indices, dims.input_batching_dims, dims.scatter_indices_batching_dims)
        batch = [size for i, size in enumerate(sizes_of(b, op.indices)) if i != dims.index_vector_dim]
        for axis, size in zip(self.listed, batch, strict=True):
            check_size(b, op.updates[0], axis, size, f"dimension {axis} of the updates of '{op.name}' op does not fit")
        for axis, at in zip(self.axes, dims.update_window_dims, strict=True):
            message = f"the windows of '{op.name}' op are larger than axis {axis} of the operand"
            check_part(b, self.part[at], self.full[axis], message)

    def write(self) -> Sequence[Value]:
        b = self.b
        zero, one = index_constant(b, 0), index_constant(b, 1)
        bounds = [(zero, as_value(b, self.part[axis]), one) for axis in self.listed]
        return nested_loops(b, bounds, list(self.op.inputs), self._step)

    def _step(self, place: Sequence[Value], carried: Sequence[Value]) -> Sequence[Value]:
        """What one index vector does."""
        b, dims, op = self.b, self.dims, self.op
        starts: dict[int, Value] = {}
        inside: Value | None = None
        for i, axis in enumerate(dims.scatter_dims_to_operand_dims):
            at = vector_place(place, dims.index_vector_dim, shaped(op.indices).rank, index_constant(b, i))
            starts[axis] = self._position(b.insert(tensor.Extract(op.indices, at)).result)
            if axis in dims.inserted_window_dims:
                # As unsigned numbers, negative ones are larger than any size.
                here = compare(b, "ult", starts[axis], self.full[axis])
                inside = here if inside is None else b.insert(arith.AndI(inside, here)).result
        for axis, i in zip(dims.input_batching_dims, self.batching, strict=True):
            starts[axis] = place[i]
        if inside is None:
            return self._combined(place, starts, carried)
        arms = Block(), Block()
        with b.at(InsertPoint.at_end(arms[0])):
            b.insert(scf.Yield(self._combined(place, starts, carried)))
        with b.at(InsertPoint.at_end(arms[1])):
            b.insert(scf.Yield(carried))
        types = [value.type for value in carried]
        return b.insert(scf.If(inside, Region(arms[0]), Region(arms[1]), result_types=types)).results

    def _position(self, given: Value) -> Value:
        """A position of any integer type as an index; unsigned ones that are no index are far away."""
        at = as_index(self.b, given)
        if kind_of(given.type) != "unsigned":
            return at
        return select(self.b, compare(self.b, "slt", at, 0), index_constant(self.b, FAR), at)

    def _combined(self, place: Sequence[Value], starts: dict[int, Value], carried: Sequence[Value]) -> Sequence[Value]:
        if self.axes:
            return self._window(place, starts, carried)
        b, op = self.b, self.op
        zero = index_constant(b, 0)
        at = [starts.get(axis, zero) for axis in range(len(self.full))]
        old = [b.insert(tensor.Extract(x, at)).result for x in carried]
        new = [b.insert(tensor.Extract(update, place)).result for update in op.updates]
        found = inline_scalars(b, op.combiner, [*old, *new])
        return [b.insert(tensor.Insert(value, x, at)).result for value, x in zip(found, carried, strict=True)]

    def _window(self, place: Sequence[Value], starts: dict[int, Value], carried: Sequence[Value]) -> Sequence[Value]:
        b, op, dims = self.b, self.op, self.dims
        offsets: list[Amount] = [starts.get(axis, 0) for axis in range(len(self.full))]
        sizes: list[Amount] = [1] * len(self.full)
        first: list[Amount] = [0] * len(self.part)
        taken: list[Amount] = [1] * len(self.part)
        for axis, i in zip(self.listed, place, strict=True):
            first[axis] = i
        for axis, at in zip(self.axes, dims.update_window_dims, strict=True):
            if axis in starts:
                offsets[axis], first[at], sizes[axis] = self._cut(starts[axis], self.part[at], self.full[axis])
            else:
                sizes[axis] = self.part[at]
            taken[at] = sizes[axis]
        window = [sizes[axis] for axis in self.axes]
        old = [self._slice(x, offsets, sizes, window) for x in carried]
        new = [self._slice(update, first, taken, window) for update in op.updates]
        count = len(old)

        def body(inner: Builder, elements: Sequence[Value]) -> Sequence[Value]:
            return inline_scalars(inner, op.combiner, [*elements[count:], *elements[:count]])

        maps = [AffineMap.identity(len(window))] * (2 * count)
        found = generics(b, new, old, maps, body)
        ones = [1] * len(sizes)
        return [b.insert(tensor.InsertSlice.of(value, x, offsets, sizes, ones)).result
                for value, x in zip(found, carried, strict=True)]  # fmt: skip

    def _cut(self, start: Value, size: Amount, full: Amount) -> tuple[Value, Value, Value]:
        """Of a window along a dimension what lies inside: where it begins in the operand, in the window, and its size."""
        b, zero = self.b, index_constant(self.b, 0)
        low = b.insert(arith.MaxSI(b.insert(arith.SubI(zero, start)).result, zero)).result
        room = b.insert(arith.SubI(as_value(b, full), start)).result
        high = b.insert(arith.MinSI(as_value(b, size), room)).result
        length = b.insert(arith.MaxSI(b.insert(arith.SubI(high, low)).result, zero)).result
        # Where nothing is left, no place is as good as another: the first one is inside.
        some = compare(b, "sgt", length, 0)
        begin = select(b, some, b.insert(arith.AddI(start, low)).result, zero)
        return begin, select(b, some, low, zero), length

    def _slice(
        self, source: Value, offsets: Sequence[Amount], sizes: Sequence[Amount], kept: Sequence[Amount]
    ) -> Value:
        lists = slice_operands(offsets, sizes, [1] * len(sizes))
        type = TensorType(static_shape(kept), shaped(source).element_type)
        return self.b.insert(tensor.ExtractSlice(source, *lists, result_types=[type])).result


def lower_scatter(op: nd.Scatter, b: Builder) -> Sequence[Value]:
    writer = _Writer(op, b)
    writer.check()
    return writer.write()


LOWERINGS: dict[Any, Any] = {nd.Scatter: lower_scatter}
