"""Values of arrays between their elements, by the names of `jax.scipy.ndimage`."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.numpy.ufuncs.division import remainder
from irc.numpy.ufuncs.operands import inexact
from irc.numpy.ufuncs.orders import clip, minimum
from irc.numpy.ufuncs.rounding import floor, round
from irc.numpy.ufuncs.signs import abs as abs_
from irc.numpy.ufuncs.truth import logical_and, where
from irc.tracing.array import Array, as_array
from irc.tracing.dtypes import is_inexact
from irc.tracing.elementwise import broadcast, cast
from irc.tracing.gathers import take_points


def _moved_inside(index: Array, size: int, mode: str) -> Array:
    match mode:
        case "nearest" | "constant":
            return clip(index, 0, size - 1)
        case "wrap":
            found: Array = remainder(index, size)
            return found
        case "mirror":
            period = 2 * (size - 1)
            return abs_(remainder(index + (size - 1), period) - (size - 1)) if size > 1 else index * 0
        case _:
            folded = remainder(index, 2 * size)
            return minimum(folded, 2 * size - 1 - folded)


def map_coordinates(
    input: Any, coordinates: Sequence[Any], order: int, mode: str = "constant", cval: Any = 0.0
) -> Array:
    """The values at places between the elements: the nearest element's (order 0) or by lines between them (1).

    Outside there is `cval` ("constant"), or the array goes on: "nearest", "wrap", "mirror" or "reflect".
    """
    if mode not in ("constant", "nearest", "wrap", "mirror", "reflect"):
        raise NotImplementedError(f"there is no mode {mode!r}")
    if order not in (0, 1):
        raise NotImplementedError(f"map_coordinates takes order 0 or 1, got {order}")
    array = as_array(input)
    places = [inexact(each) for each in coordinates]
    if len(places) != array.ndim:
        raise ValueError(f"map_coordinates needs coordinates for {array.ndim} axes, got {len(places)}")
    places = broadcast(*places)
    choices: list[list[tuple[Array, Array | None]]] = []
    for place in places:
        if order == 0:
            choices.append([(cast(round(place), np.dtype(np.int32)), None)])
        else:
            low = floor(place)
            part = place - low
            at = cast(low, np.dtype(np.int32))
            choices.append([(at, 1 - part), (at + 1, part)])
    total: Array | None = None
    for combination in itertools.product(*choices):
        indices = [_moved_inside(at, n, mode) for (at, _), n in zip(combination, array.shape, strict=True)]
        value = take_points(array, indices, list(range(array.ndim)))
        if mode == "constant":
            inside = (combination[0][0] >= 0) & (combination[0][0] < array.shape[0])
            for (at, _), n in zip(combination[1:], array.shape[1:], strict=True):
                inside = logical_and(inside, (at >= 0) & (at < n))
            value = where(inside, value, cast(as_array(cval), array.dtype))
        for _, weight in combination:
            if weight is not None:
                value = value * weight
        total = value if total is None else total + value
    assert total is not None
    if total.dtype != array.dtype and not is_inexact(array.dtype):
        total = round(total)
    return cast(total, array.dtype)


__all__ = ["map_coordinates"]
