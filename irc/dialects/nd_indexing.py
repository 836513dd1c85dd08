"""Ops of `nd` that read and write slices at positions which a tensor lists.

The dimension numbers are StableHLO's: `{offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0],
index_vector_dim = 1}`; lists that are empty are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from irc.dialects._index_checks import Dims, check_gather_numbers, check_slices
from irc.dialects.nd_base import NdOp, R, check_compatible, integers, tensor_type
from irc.ir.attributes import DenseArrayAttr, IntegerAttr, i64_attr
from irc.ir.diagnostic import VerifyError
from irc.ir.traits import Pure
from irc.ir.types import Dimension, IndexType, IntegerType, Shape, TensorType, Type, i1
from irc.ir.value import Value
from irc.ods.attribute_constraints import I64
from irc.ods.constraints import Constraint, Tensor
from irc.ods.fields import attribute, operand, result
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
