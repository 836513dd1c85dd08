"""What `nd`'s reads at listed positions compute, as NumPy functions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from irc.dialects import nd
from irc.ir.operation import Operation

Array = np.ndarray[Any, Any]


def index_vectors(indices: Array, index_vector_dim: int) -> Array:
    """The indices with the dimension along which an index vector lies moved to the end."""
    if index_vector_dim == indices.ndim:
        return indices[..., np.newaxis]
    return np.moveaxis(indices, index_vector_dim, -1)


def batching_axes(batching_dims: Sequence[int], index_vector_dim: int) -> list[int]:
    """Where the batching dimensions of the indices are among those without the index vector."""
    return [axis - (axis > index_vector_dim) for axis in batching_dims]


def gather(op: nd.Gather, x: Array, indices: Array) -> Array:
    """For each dimension of the operand the positions that all elements of the result are read at."""
    dims = op.dims
    sizes = [full if size == nd.WHOLE else int(size) for size, full in zip(op.sizes.values, x.shape, strict=True)]
    vectors = index_vectors(indices, dims.index_vector_dim)
    kept = nd.kept_axes(dims, x.ndim)
    rank = vectors.ndim - 1 + len(kept)
    batch = [axis for axis in range(rank) if axis not in dims.offset_dims]
    shape = [0] * rank
    for axis, size in zip(batch, vectors.shape[:-1], strict=True):
        shape[axis] = size
    for axis, dim in zip(dims.offset_dims, kept, strict=True):
        shape[axis] = sizes[dim]
    places = [np.zeros([1] * rank, np.int64)] * x.ndim

    def along(values: Array, axes: Sequence[int]) -> Array:
        """An array whose dimensions are those `axes` of the result."""
        return values.reshape([shape[axis] if axis in axes else 1 for axis in range(rank)])

    for i, dim in enumerate(dims.start_index_map):
        places[dim] = along(clamped(vectors[..., i], x.shape[dim] - sizes[dim]), batch)
    for dim, at in zip(
        dims.operand_batching_dims,
        batching_axes(dims.start_indices_batching_dims, dims.index_vector_dim),
        strict=True,
    ):
        places[dim] = along(np.arange(vectors.shape[at]), [batch[at]])
    for axis, dim in zip(dims.offset_dims, kept, strict=True):
        places[dim] = places[dim] + along(np.arange(sizes[dim]), [axis])
    if not places:
        return np.broadcast_to(x, shape)
    return np.broadcast_to(x[tuple(places)], shape) if 0 not in shape else np.zeros(shape, x.dtype)


def clamped(positions: Array, last: int) -> Array:
    """Positions moved to between 0 and `last`; those of unsigned types may be larger than any signed number."""
    top = min(last, int(np.iinfo(positions.dtype).max))
    return np.clip(positions, 0, top).astype(np.int64)


INDEXING: dict[type[Operation], Callable[..., Any]] = {nd.Gather: gather}
