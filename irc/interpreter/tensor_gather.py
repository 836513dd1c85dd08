"""How `tensor.gather` and `tensor.scatter` are computed."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.dialects import tensor_gather as tensor
from irc.interpreter.core import Frame, fail, interpret
from irc.interpreter.slices import checked
from irc.interpreter.values import Array
from irc.ir.types import TensorType


def places(op: tensor.Gather | tensor.Scatter, indices: Array, array: Array, axes: list[int]) -> tuple[Array, ...]:
    """The positions along `axes`, one array for each; fails where one is out of bounds or breaks a promise."""
    found = tuple(indices[..., i].astype(np.int64) for i in range(len(axes)))
    for axis, place in zip(axes, found, strict=True):
        size = array.shape[axis]
        outside = (place < 0) | (place >= size)
        if np.any(outside):
            fail(op, f"index {place[outside][0]} is out of bounds for dimension {axis} of size {size}")
    if op.unique is not None:
        rows = indices.reshape(-1, len(axes))
        if len(np.unique(rows, axis=0)) != len(rows):
            fail(op, "promises unique indices, but two are equal")
    return found


def leading(array: Array, axes: list[int]) -> Array:
    """A view of `array` with `axes` first."""
    return array.transpose(*axes, *(i for i in range(array.ndim) if i not in axes))


@interpret(tensor.Gather)
def gather(frame: Frame, op: tensor.Gather, source: Any, indices: Any) -> Any:
    axes = [int(axis) for axis in op.gather_dims.values]
    type = op.result.type
    assert isinstance(type, TensorType)
    found = leading(source, axes)[places(op, indices, source, axes)]
    batch = indices.shape[:-1]
    if type.rank != found.ndim:
        found = found.reshape(*batch, *(1 if i in axes else size for i, size in enumerate(source.shape)))
    return checked(op, found, type)


@interpret(tensor.Scatter)
def scatter(frame: Frame, op: tensor.Scatter, source: Any, dest: Any, indices: Any) -> Any:
    axes = [int(axis) for axis in op.scatter_dims.values]
    result = dest.copy()
    kept = [size for i, size in enumerate(dest.shape) if i not in axes]
    full = [1 if i in axes else size for i, size in enumerate(dest.shape)]
    batch = indices.shape[:-1]
    if source.shape not in ((*batch, *kept), (*batch, *full)):
        fail(op, f"puts slices of shape {source.shape} where they have the shape {(*batch, *full)}")
    leading(result, axes)[places(op, indices, dest, axes)] = source.reshape(*batch, *kept)
    return result
