"""How `tensor.pack` and `tensor.unpack` are computed: by reshaping and transposing."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.dialects import tensor_packing as tensor
from irc.interpreter.core import Frame, fail, interpret
from irc.interpreter.slices import numbers
from irc.interpreter.values import Array


class Layout:
    """Where the dimensions of a packed tensor lie in a plain one.

    `split` are the dimensions with each tiled one as two, the number of tiles and their size; `order` is which of these
    each packed dimension is; `plain` is the shape that the tiles cover.
    """

    def __init__(self, frame: Frame, op: tensor.Packing, packed: Array, rank: int) -> None:
        tiles = dict(zip(op.positions, numbers(frame, op.tiles), strict=True))
        for axis, tile in tiles.items():
            if tile <= 0:
                fail(op, f"has tiles of size {tile}")
            if packed.shape[rank + op.positions.index(axis)] != tile:
                fail(op, f"has tiles of size {tile} in a tensor of shape {packed.shape}")
        outer = op.permutation or tuple(range(rank))
        counts = {axis: packed.shape[i] for i, axis in enumerate(outer)}
        split: list[int] = []
        first: list[int] = []
        for axis in range(rank):
            first.append(len(split))
            split += [counts[axis], tiles[axis]] if axis in tiles else [counts[axis]]
        self.split = tuple(split)
        self.order = (*(first[axis] for axis in outer), *(first[axis] + 1 for axis in op.positions))
        self.plain = tuple(counts[axis] * tiles.get(axis, 1) for axis in range(rank))


@interpret(tensor.Pack)
def pack(frame: Frame, op: tensor.Pack, source: Any, dest: Any, *operands: Any) -> Any:
    """The tiles cover the source; what they cover beyond it gets the padding value."""
    layout = Layout(frame, op, dest, source.ndim)
    if any(room < size for room, size in zip(layout.plain, source.shape, strict=True)):
        fail(op, f"packs a tensor of shape {source.shape} into tiles that cover {layout.plain}")
    plain = source
    if source.shape != layout.plain:
        if op.padding_value is None:
            fail(op, f"needs a padding value to fill {layout.plain} with a tensor of shape {source.shape}")
        plain = np.full(layout.plain, frame.values[op.padding_value], source.dtype)
        plain[tuple(slice(size) for size in source.shape)] = source
    return plain.reshape(layout.split).transpose(layout.order)


@interpret(tensor.UnPack)
def unpack(frame: Frame, op: tensor.UnPack, source: Any, dest: Any, *tiles: Any) -> Any:
    layout = Layout(frame, op, source, dest.ndim)
    if any(room < size for room, size in zip(layout.plain, dest.shape, strict=True)):
        fail(op, f"unpacks tiles that cover {layout.plain} into a tensor of shape {dest.shape}")
    plain = source.transpose(np.argsort(layout.order)).reshape(layout.plain)
    return plain[tuple(slice(size) for size in dest.shape)]
