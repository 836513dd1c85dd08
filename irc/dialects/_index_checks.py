"""The StableHLO specification's constraints on the dimension numbers of gather and scatter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from irc.dialects._shape_checks import distinct, same_size, shape_text
from irc.ir.diagnostic import VerifyError
from irc.ir.types import Dimension, Shape, TensorType

Dims = tuple[int, ...]


class GatherNumbers(Protocol):
    """How the dimensions of a gather's operand, indices and result belong together."""

    @property
    def offset_dims(self) -> Dims: ...
    @property
    def collapsed_slice_dims(self) -> Dims: ...
    @property
    def operand_batching_dims(self) -> Dims: ...
    @property
    def start_indices_batching_dims(self) -> Dims: ...
    @property
    def start_index_map(self) -> Dims: ...
    @property
    def index_vector_dim(self) -> int: ...


class ScatterNumbers(Protocol):
    """How the dimensions of a scatter's operands, indices and updates belong together."""

    @property
    def update_window_dims(self) -> Dims: ...
    @property
    def inserted_window_dims(self) -> Dims: ...
    @property
    def input_batching_dims(self) -> Dims: ...
    @property
    def scatter_indices_batching_dims(self) -> Dims: ...
    @property
    def scatter_dims_to_operand_dims(self) -> Dims: ...
    @property
    def index_vector_dim(self) -> int: ...


def _require_sorted(dims: Dims, name: str, expects: str, ends: str = "") -> None:
    if list(dims) != sorted(dims):
        raise VerifyError(f"{expects} {name} to be sorted{';' if ends else ','} got: [{shape_text(dims)}]{ends}")


def _require_distinct(dims: Dims, name: str, expects: str, ends: str = "") -> None:
    if not distinct(dims):
        raise VerifyError(f"{expects} {name} to not repeat{';' if ends else ','} got: [{shape_text(dims)}]{ends}")


def _no_duplicates(a: Dims, b: Dims, names: tuple[str, str]) -> None:
    both = (*a, *b)
    for i, dim in enumerate(both):
        if dim in both[:i]:
            raise VerifyError(f"has duplicated dimension from {names[0]} and {names[1]}: {dim}")


def _require_in_range(dims: Dims, end: int, name: str, end_name: str) -> None:
    for dim in dims:
        if not 0 <= dim < end:
            raise VerifyError(
                f"Expects each element of {name} to be in range [0, {end_name}) i.e. [0, {end}). got: {dim}."
            )


def check_gather_numbers(operand: TensorType, indices: TensorType, sizes: int, numbers: GatherNumbers) -> None:
    """Whether the dimension numbers fit the operand, the indices, and the number of slice sizes."""
    n = numbers
    vector = n.index_vector_dim
    covered = len(n.offset_dims) + len(n.collapsed_slice_dims) + len(n.operand_batching_dims)
    if covered != operand.rank:
        raise VerifyError(
            f"offset_dims size ({len(n.offset_dims)}) plus collapse_slice_dims size ({len(n.collapsed_slice_dims)}) "
            f"plus operand_batching_dims size ({len(n.operand_batching_dims)}) is not equal to operand rank "
            f"({operand.rank})"
        )
    if not 0 <= vector <= indices.rank:
        raise VerifyError(
            f"Expects index_vector_dim to be in range [0, rank-of('start_indices')] i.e. [0, {indices.rank}]. "
            f"got: {vector}."
        )
    length = 1 if vector == indices.rank else indices.shape[vector]
    if length is not None and length != len(n.start_index_map):
        raise VerifyError(
            f"start_index_map size ({len(n.start_index_map)}) is not equal to size of index dimension ({vector}) of "
            f"start_indices ({length})"
        )
    _require_sorted(n.offset_dims, "offset_dims", "expects")
    _require_distinct(n.offset_dims, "offset_dims", "expects")
    rank = len(n.offset_dims) + indices.rank - (vector < indices.rank)
    _require_in_range(n.offset_dims, rank, "offset_dims", "implied-result-rank")
    _no_duplicates(n.collapsed_slice_dims, n.operand_batching_dims, ("collapsed_slice_dims", "operand_batching_dims"))
    for dims, name in (
        (n.collapsed_slice_dims, "collapsed_slice_dims"), (n.operand_batching_dims, "operand_batching_dims"),
    ):  # fmt: skip
        _require_sorted(dims, name, "expects")
        _require_in_range(dims, operand.rank, name, "rank-of('operand')")
    _require_distinct(n.start_indices_batching_dims, "start_indices_batching_dims", "expects")
    _require_in_range(
        n.start_indices_batching_dims, indices.rank, "start_indices_batching_dims", "rank-of('start_indices')"
    )
    if vector in n.start_indices_batching_dims:
        raise VerifyError(f"expects start_indices_batching_dims not to include index_vector_dim {vector}")
    if len(n.operand_batching_dims) != len(n.start_indices_batching_dims):
        raise VerifyError("operand_batching_dims and start_indices_batching_dims should have the same size")
    for i, (a, b) in enumerate(zip(n.operand_batching_dims, n.start_indices_batching_dims, strict=True)):
        if not same_size(operand.shape[a], indices.shape[b]):
            raise VerifyError(
                f"operand_batching_dims[{i}] and start_indices_batching_dims[{i}] must have compatible sizes, but got "
                f"{operand.shape[a]} and {indices.shape[b]}"
            )
    _no_duplicates(n.start_index_map, n.operand_batching_dims, ("start_index_map", "operand_batching_dims"))
    _require_in_range(n.start_index_map, operand.rank, "start_index_map", "rank-of('operand')")
    if sizes != operand.rank:
        raise VerifyError(f"slice_sizes size ({sizes}) not equal to operand rank ({operand.rank})")


def check_slices(operand: TensorType, sizes: Sequence[Dimension], numbers: GatherNumbers) -> None:
    """Whether slices of the given sizes lie inside the operand, and have one element where a dimension is left out."""
    for dims, name in (
        (numbers.collapsed_slice_dims, "collapsed_slice_dims"),
        (numbers.operand_batching_dims, "operand_batching_dims"),
    ):
        for dim in dims:
            size = sizes[dim]
            if size is not None and size > 1:
                raise VerifyError(
                    f"Expects that for each dim in {name}, slice_sizes[dim] should be <= 1, but got {size}"
                )
    for i, (size, full) in enumerate(zip(sizes, operand.shape, strict=True)):
        if size is not None and (size < 0 or (full is not None and size > full)):
            raise VerifyError(f"slice size ({size}) is out of bounds for operand dimension ({full}) at index {i}")


def check_scatter_numbers(operand: TensorType, indices: Shape, update: TensorType, numbers: ScatterNumbers) -> None:
    """Whether the dimension numbers fit an operand, the indices' shape with the index dimension, and an update."""
    n = numbers
    vector = n.index_vector_dim
    covered = len(n.update_window_dims) + len(n.inserted_window_dims) + len(n.input_batching_dims)
    if covered != operand.rank:
        raise VerifyError(
            "Expects rank-of operand to match size-of('update_window_dims') + size-of('inserted_window_dims') + "
            f"size-of('input_batching_dims') i.e. {covered} but got {operand.rank}."
        )
    _require_sorted(n.update_window_dims, "update_window_dims", "Expects", ".")
    _require_distinct(n.update_window_dims, "update_window_dims", "Expects", ".")
    _require_in_range(n.update_window_dims, update.rank, "update_window_dims", "rank-of('updates')")
    _no_duplicates(n.inserted_window_dims, n.input_batching_dims, ("inserted_window_dims", "input_batching_dims"))
    for dims, name in (
        (n.inserted_window_dims, "inserted_window_dims"), (n.input_batching_dims, "input_batching_dims"),
    ):  # fmt: skip
        _require_sorted(dims, name, "Expects", ".")
        _require_in_range(dims, operand.rank, name, "rank-of('operand')")
    batch = n.scatter_indices_batching_dims
    _require_distinct(batch, "scatter_indices_batching_dims", "Expects", ".")
    _require_in_range(batch, len(indices), "scatter_indices_batching_dims", "rank-of('scatter_indices')")
    if vector in batch:
        raise VerifyError(f"expects scatter_indices_batching_dims not to include index_vector_dim {vector}.")
    if len(n.input_batching_dims) != len(batch):
        raise VerifyError("input_batching_dims and scatter_indices_batching_dims should have the same size.")
    for i, (a, b) in enumerate(zip(n.input_batching_dims, batch, strict=True)):
        if not same_size(operand.shape[a], indices[b]):
            raise VerifyError(
                f"input_batching_dims[{i}] and scatter_indices_batching_dims[{i}] must have compatible sizes, but got "
                f"{operand.shape[a]} and {indices[b]}."
            )
    mapped = n.scatter_dims_to_operand_dims
    if indices[vector] is not None and len(mapped) != indices[vector]:
        raise VerifyError(
            f"Scatter op has {len(mapped)} elements in scatter_dims_to_operand_dims and the bound of dimension "
            f"index_vector_dim={vector} of scatter_indices is {indices[vector]}. These two numbers must be equal."
        )
    _no_duplicates(mapped, n.input_batching_dims, ("scatter_dims_to_operand_dims", "input_batching_dims"))
    _require_in_range(mapped, operand.rank, "scatter_dims_to_operand_dims", "rank-of('operand')")


def check_updates(operand: TensorType, indices: Shape, update: TensorType, numbers: ScatterNumbers) -> None:
    """Whether an update has a window that fits for each position that the indices list."""
    n = numbers
    left_out = (*n.inserted_window_dims, *n.input_batching_dims)
    windows = [size for i, size in enumerate(operand.shape) if i not in left_out]
    for dim, full in zip(n.update_window_dims, windows, strict=True):
        size = update.shape[dim]
        if size is not None and full is not None and size > full:
            raise VerifyError(
                "expects bounds of the window dimensions of updates to not exceed the bounds of the corresponding "
                f"dimensions of operand. For dimension {dim}, updates bound is {size}, operand bound is {full}."
            )
    listed = [size for i, size in enumerate(indices) if i != n.index_vector_dim]
    positions = [i for i in range(update.rank) if i not in n.update_window_dims]
    for i, wanted in zip(positions, listed, strict=True):
        if not same_size(update.shape[i], wanted):
            raise VerifyError(
                "expects bounds of the scatter dimensions of updates to be same as the bounds of the corresponding "
                f"dimensions of scatter indices. For scatter dimension {i}, updates bound is {update.shape[i]} , "
                f"scatter_indices bound is {wanted}."
            )
