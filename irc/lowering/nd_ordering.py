"""Reversal as a map. Sorting is in `nd_sorting`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.dialects import arith, nd, tensor
from irc.dialects._amounts import add, as_value
from irc.ir.affine import AffineDim, AffineMap
from irc.ir.builder import Builder
from irc.ir.value import Value
from irc.lowering.nd_elementwise import destination
from irc.lowering.sizes import extent
from irc.lowering.structured import dynamic_sizes, generic, shaped
from irc.lowering.tensor_elements import computed


def lower_reverse(op: nd.Reverse, b: Builder) -> Value:
    """The source is read through a map; where a size is not known, at positions that are computed."""
    type = shaped(op.x)
    axes = [int(axis) for axis in op.axes.values]
    output = destination(b, op, dynamic_sizes(b, op.x) if op.into is None else ())
    if all(type.shape[axis] is not None for axis in axes):
        reads = tuple(
            AffineDim(axis) * -1 + ((type.shape[axis] or 0) - 1) if axis in axes else AffineDim(axis)
            for axis in range(type.rank)
        )
        maps = [AffineMap(type.rank, 0, reads), AffineMap.identity(type.rank)]
        return generic(b, [op.x], output, maps, lambda _, xs: xs[0])
    last = {axis: as_value(b, add(b, [extent(b, op.x, axis), -1])) for axis in axes}

    def element(inner: Builder, position: Sequence[Value]) -> Value:
        place = [inner.insert(arith.SubI(last[i], at)).result if i in last else at for i, at in enumerate(position)]
        return inner.insert(tensor.Extract(op.x, place)).result

    return computed(b, output, element)


LOWERINGS: dict[Any, Any] = {nd.Reverse: lower_reverse}
