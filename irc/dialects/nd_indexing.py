"""Ops of `nd` that read and write slices at positions which a tensor lists.

The dimension numbers are StableHLO's: `{offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0],
index_vector_dim = 1}`; lists that are empty are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from irc.dialects._index_checks import Dims, check_gather_numbers, check_scatter_numbers, check_slices, check_updates
from irc.dialects.nd_base import NdOp, R, check_compatible, integers, tensor_type
from irc.dialects.nd_combining import check_results, common_shape
from irc.dialects.nd_regions import check_region
from irc.ir.attributes import DenseArrayAttr, IntegerAttr, UnitAttr, i64_attr
from irc.ir.diagnostic import VerifyError
from irc.ir.region import Region
from irc.ir.traits import IsolatedFromAbove, Pure, SameVariadicOperandSize, SingleBlock
from irc.ir.types import Dimension, IndexType, IntegerType, Shape, TensorType, Type, i1
from irc.ir.value import Value
from irc.ods.attribute_constraints import I64
from irc.ods.constraints import Constraint, Tensor
from irc.ods.fields import attribute, operand, region, result, variadic, variadic_results
from irc.ods.op import Op
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter

WHOLE = -1
"""The size of a slice that takes a dimension whole."""


def _is_indices(type: Type) -> bool:
    if not isinstance(type, TensorType):
        return False
    element = type.element_type
    return isinstance(element, IndexType) or (isinstance(element, IntegerType) and element is not i1)


Indices = Constraint("ranked tensor of integer or index values", _is_indices)


class GatherDims(NamedTuple):
    """How the dimensions of a gather's operand, indices and result belong together."""

    offset_dims: Dims
    collapsed_slice_dims: Dims
    operand_batching_dims: Dims
    start_indices_batching_dims: Dims
    start_index_map: Dims
    index_vector_dim: int


class Gather(NdOp, name="nd.gather", traits=[Pure]):
    """Slices of the operand at the positions that the indices list (StableHLO `gather`).

    Along `index_vector_dim` the indices hold positions in the dimensions `start_index_map` of the operand; each such
    vector names one slice of the size `sizes`, where `:` takes a dimension whole. A slice's dimensions, but for those that
    are collapsed or batched, are the `offset_dims` of the result; the others are those of the indices. Positions are
    clamped so that the slice lies inside of the operand; signed ones may be negative. A slice that is larger than the
    operand is an error. Elements of any type are moved as they are.

    %y = nd.gather %x[%i] sizes = [1, 4]
      dims = {offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1}
      : tensor<8x4xf32>, tensor<3x1xi32> -> tensor<3x4xf32>
    """

    x: Value = operand(Tensor)
    indices: Value = operand(Indices)
    sizes: DenseArrayAttr = attribute(DenseArrayAttr)
    offset_dims: DenseArrayAttr = attribute(DenseArrayAttr)
    collapsed_slice_dims: DenseArrayAttr = attribute(DenseArrayAttr)
    operand_batching_dims: DenseArrayAttr = attribute(DenseArrayAttr)
    start_indices_batching_dims: DenseArrayAttr = attribute(DenseArrayAttr)
    start_index_map: DenseArrayAttr = attribute(DenseArrayAttr)
    index_vector_dim: IntegerAttr = attribute(IntegerAttr, where=I64)
    into: Value | None = operand(R, default=None)
    result: Value = result(R)

    assembly = (
        "$x `[` $indices `]` `sizes` `=` custom<Sizes>($sizes) `dims` `=` custom<GatherDims>($offset_dims, "
        "$collapsed_slice_dims, $operand_batching_dims, $start_indices_batching_dims, $start_index_map, "
        "$index_vector_dim) (`into` $into^)? attr-dict `:` type($x) `,` type($indices) `->` type($result)"
    )

    @property
    def dims(self) -> GatherDims:
        """The dimension numbers."""
        return GatherDims(
            integers(self.offset_dims),
            integers(self.collapsed_slice_dims),
            integers(self.operand_batching_dims),
            integers(self.start_indices_batching_dims),
            integers(self.start_index_map),
            self.index_vector_dim.value,
        )

    @property
    def slice_shape(self) -> Shape:
        """The sizes of a slice as far as they are known."""
        given = zip(integers(self.sizes), tensor_type(self.x).shape, strict=True)
        return tuple(full if size == WHOLE else size for size, full in given)

    def infer(self) -> Sequence[Type]:
        x, indices, dims = tensor_type(self.x), tensor_type(self.indices), self.dims
        sizes = integers(self.sizes)
        check_gather_numbers(x, indices, len(sizes), dims)
        for axis in (*dims.collapsed_slice_dims, *dims.operand_batching_dims):
            if sizes[axis] == WHOLE and x.shape[axis] is None:
                raise VerifyError(
                    f"a slice has one element of dimension {axis}, which is left out, so ':' does not fit"
                )
        slice_shape = self.slice_shape
        check_slices(x, slice_shape, dims)
        offsets = iter([slice_shape[axis] for axis in kept_axes(dims, x.rank)])
        batch = iter(batch_shape(indices.shape, dims.index_vector_dim))
        rank = len(dims.offset_dims) + len(batch_shape(indices.shape, dims.index_vector_dim))
        shape: Shape = tuple(next(offsets) if i in dims.offset_dims else next(batch) for i in range(rank))
        return [TensorType(shape, x.element_type)]

    def verify(self) -> None:
        check_compatible(self.result.type, self.infer())


class ScatterDims(NamedTuple):
    """How the dimensions of a scatter's operands, indices and updates belong together."""

    update_window_dims: Dims
    inserted_window_dims: Dims
    input_batching_dims: Dims
    scatter_indices_batching_dims: Dims
    scatter_dims_to_operand_dims: Dims
    index_vector_dim: int


class Scatter(Op, name="nd.scatter", traits=[Pure, IsolatedFromAbove, SingleBlock, SameVariadicOperandSize]):
    """The operands with windows at the positions that the indices list combined with updates (StableHLO `scatter`).

    The opposite of a gather: `update_window_dims` are the dimensions of the updates along which a window lies, which are
    those of the operand but for `inserted_window_dims` and `input_batching_dims`; the others are those of the indices. The
    region takes one element of each operand, as it is by then, and one of each update, and yields the elements that take
    their place. Positions are not clamped: what lies outside of the operand is left out, element by element, so that a
    window may lie inside in part. Where several windows meet, they are combined in the order of their indices (which
    StableHLO leaves open). `indices_are_sorted` and `unique_indices` are promises that nothing depends on; where the latter
    is broken the result is the same. Windows that are larger than the operand are an error.

    %y = nd.scatter %x[%i] with %u
      dims = {update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1} {
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %s = nd.add %a, %b : tensor<f32>
      nd.yield %s : tensor<f32>
    } : (tensor<8x4xf32>, tensor<3x1xi32>, tensor<3x4xf32>) -> tensor<8x4xf32>
    """

    inputs: Sequence[Value] = variadic(Tensor)
    indices: Value = operand(Indices)
    updates: Sequence[Value] = variadic(Tensor)
    update_window_dims: DenseArrayAttr = attribute(DenseArrayAttr)
    inserted_window_dims: DenseArrayAttr = attribute(DenseArrayAttr)
    input_batching_dims: DenseArrayAttr = attribute(DenseArrayAttr)
    scatter_indices_batching_dims: DenseArrayAttr = attribute(DenseArrayAttr)
    scatter_dims_to_operand_dims: DenseArrayAttr = attribute(DenseArrayAttr)
    index_vector_dim: IntegerAttr = attribute(IntegerAttr, where=I64)
    combiner: Region = region()
    indices_are_sorted: UnitAttr | None = attribute(UnitAttr, default=None)
    unique_indices: UnitAttr | None = attribute(UnitAttr, default=None)
    outputs: Sequence[Value] = variadic_results(Tensor)

    assembly = (
        "$inputs `[` $indices `]` `with` $updates `dims` `=` custom<ScatterDims>($update_window_dims, "
        "$inserted_window_dims, $input_batching_dims, $scatter_indices_batching_dims, $scatter_dims_to_operand_dims, "
        "$index_vector_dim) $combiner attr-dict `:` functional-type(operands, results)"
    )

    @property
    def dims(self) -> ScatterDims:
        """The dimension numbers."""
        return ScatterDims(
            integers(self.update_window_dims),
            integers(self.inserted_window_dims),
            integers(self.input_batching_dims),
            integers(self.scatter_indices_batching_dims),
            integers(self.scatter_dims_to_operand_dims),
            self.index_vector_dim.value,
        )

    def infer(self) -> Sequence[Type]:
        return [value.type for value in self.inputs]

    def verify(self) -> None:
        common_shape(self.inputs)
        common_shape(self.updates)
        indices, dims = tensor_type(self.indices), self.dims
        if not 0 <= dims.index_vector_dim <= indices.rank:
            raise VerifyError(f"index_vector_dim {dims.index_vector_dim} is out of range for '{indices}'")
        shape: Shape = (*indices.shape, *([1] if dims.index_vector_dim == indices.rank else []))
        rank = len(shape) - 1 + len(dims.update_window_dims)
        for x, update in zip(self.inputs, self.updates, strict=True):
            if tensor_type(update).rank != rank:
                raise VerifyError(f"expected updates of rank {rank}, got '{update.type}'")
            check_scatter_numbers(tensor_type(x), shape, tensor_type(update), dims)
            check_updates(tensor_type(x), shape, tensor_type(update), dims)
        check_results(self.outputs, self.infer())
        arguments = [*(value.type for value in self.inputs), *(value.type for value in self.updates)]
        check_region(self.combiner, "combiner", arguments, [value.type for value in self.inputs])


def window_axes(dims: ScatterDims, rank: int) -> list[int]:
    """The dimensions of the operand that a window lies along."""
    left_out = (*dims.inserted_window_dims, *dims.input_batching_dims)
    return [axis for axis in range(rank) if axis not in left_out]


def kept_axes(dims: GatherDims, rank: int) -> list[int]:
    """The dimensions of the operand that a slice keeps."""
    left_out = (*dims.collapsed_slice_dims, *dims.operand_batching_dims)
    return [axis for axis in range(rank) if axis not in left_out]


def batch_shape(shape: Sequence[Dimension], index_vector_dim: int) -> list[Dimension]:
    """The sizes of a tensor of indices without that along which an index vector lies."""
    return [size for axis, size in enumerate(shape) if axis != index_vector_dim]


# -- syntax ----------------------------------------------------------------------------------------------------------

GATHER_LISTS = ("offset_dims", "collapsed_slice_dims", "operand_batching_dims", "start_indices_batching_dims",
                "start_index_map")  # fmt: skip


def _lists(op: Any, names: Sequence[str]) -> Iterator[Dims]:
    return (integers(getattr(op, name)) for name in names)


def parse_sizes(p: OpParser) -> DenseArrayAttr:
    """`[1, :, 4]`."""
    sizes: list[int] = []
    p.stream.expect("[")
    while not p.stream.accept("]"):
        if sizes:
            p.stream.expect(",")
        sizes.append(WHOLE if p.stream.accept(":") else p.integer())
    return DenseArrayAttr.i64(tuple(sizes))


def print_sizes(p: OpPrinter, op: Gather) -> None:
    p("[" + ", ".join(":" if size == WHOLE else str(size) for size in integers(op.sizes)) + "]")


def _parse_dims(p: OpParser, names: Sequence[str]) -> tuple[Any, ...]:
    """`{name = [0, 1], index_vector_dim = 1}`, in any order; lists that are not there are empty."""
    stream = p.stream
    found: dict[str, Any] = {}
    stream.expect("{")
    while not stream.accept("}"):
        if found:
            stream.expect(",")
        position = stream.pos
        name = stream.next()
        if name in found or name not in (*names, "index_vector_dim"):
            expected = ", ".join(f"'{each}'" for each in (*names, "index_vector_dim") if each not in found)
            raise stream.error(f"expected one of {expected}, got '{name}'", position)
        stream.expect("=")
        found[name] = i64_attr(p.integer()) if name == "index_vector_dim" else _parse_list(p)
    if "index_vector_dim" not in found:
        raise stream.error("expected 'index_vector_dim'", stream.pos - 1)
    return (*(found.get(name, DenseArrayAttr.i64(())) for name in names), found["index_vector_dim"])


def _parse_list(p: OpParser) -> DenseArrayAttr:
    values: list[int] = []
    p.stream.expect("[")
    while not p.stream.accept("]"):
        if values:
            p.stream.expect(",")
        values.append(p.integer())
    return DenseArrayAttr.i64(tuple(values))


def _print_dims(p: OpPrinter, op: Any, names: Sequence[str]) -> None:
    parts = [f"{name} = {list(dims)}" for name, dims in zip(names, _lists(op, names), strict=True) if dims]
    p("{" + ", ".join([*parts, f"index_vector_dim = {op.index_vector_dim.value}"]) + "}")


def parse_gather_dims(p: OpParser) -> tuple[Any, ...]:
    return _parse_dims(p, GATHER_LISTS)


def print_gather_dims(p: OpPrinter, op: Gather) -> None:
    _print_dims(p, op, GATHER_LISTS)


SCATTER_LISTS = ("update_window_dims", "inserted_window_dims", "input_batching_dims", "scatter_indices_batching_dims",
                 "scatter_dims_to_operand_dims")  # fmt: skip


def parse_scatter_dims(p: OpParser) -> tuple[Any, ...]:
    return _parse_dims(p, SCATTER_LISTS)


def print_scatter_dims(p: OpPrinter, op: Scatter) -> None:
    _print_dims(p, op, SCATTER_LISTS)
