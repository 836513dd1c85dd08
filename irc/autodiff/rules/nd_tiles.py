"""The derivative of extrema over windows that lie side by side, as in most pooling: the windows are axes of their own then, and
the first extreme element of each is found by elementwise ops and a reduction, which run on vectors."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from irc.autodiff.expr import Expr, functions
from irc.autodiff.shaping import axes_attr, broadcast_like, reshape
from irc.dialects import nd as ops
from irc.ir.dense import from_numpy
from irc.ir.types import TensorType, i32

nd = functions("nd")


def is_tiled(op: ops.ReduceWindow, x: Expr) -> bool:
    """Whether each element is in one window, which has all its elements."""
    return None not in x.shape and all(
        window.base_dilation == window.dilation == 1
        and window.low == window.high == 0
        and window.stride == window.size
        and (size or 0) % window.size == 0
        for window, size in zip(op.windows, x.shape, strict=True)
    )


def to_the_first(op: Any, ct: Expr, extremum: Expr, x: Expr, *, largest: bool) -> Expr:
    """The cotangent of each window at the first of its elements that is its `extremum`, zero at the others."""
    split: list[int] = []
    whole: list[int] = []
    inside: list[int] = []
    for window, size in zip(op.windows, x.shape, strict=True):
        count = (size or 0) // window.size
        split.append(count)
        whole.append(count)
        if window.size > 1:
            inside.append(len(split))
            split.append(window.size)
            whole.append(1)
    sizes = [split[axis] for axis in inside]
    elements = reshape(x, tuple(split), [])
    values, cts = (broadcast_like(reshape(each, tuple(whole), []), elements) for each in (extremum, ct))
    numbers = np.arange(prod(sizes), dtype=np.int32).reshape([n if i in inside else 1 for i, n in enumerate(split)])
    constant = ops.Constant(from_numpy(numbers, TensorType(numbers.shape, i32)))
    places = Expr.of(x.builder, x.builder.insert(constant).result)
    places = Expr.of(
        x.builder,
        x.builder.insert(ops.BroadcastTo(places.value, [], result_types=[TensorType(tuple(split), i32)])).result,
    )
    # So written that a nan is extreme among others.
    less = nd.less(elements, values) if largest else nd.greater(elements, values)
    first = nd.min(nd.where(less, places.like(prod(sizes)), places), axes=axes_attr(inside))
    hit = nd.equal(places, broadcast_like(reshape(first, tuple(whole), []), places))
    return reshape(nd.where(hit, cts, cts.like(0)), x.shape, [])
