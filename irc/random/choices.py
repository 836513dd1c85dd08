"""Random orders, and choices from what there is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.dialects import nd
from irc.lax.loops import while_loop
from irc.lax.orders import top_k
from irc.numpy import manipulation, ufuncs
from irc.numpy.indexing import getitem
from irc.numpy.reductions import normal_axis
from irc.numpy.searching import argmax, searchsorted
from irc.numpy.taking import take_inside
from irc.random.continuous import gumbel_of
from irc.random.generator import random_bits
from irc.random.keys import WORD, Key, checked, parts
from irc.random.uniform import check_broadcast, randint, uniform_of
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.dims import Dim, Size, sizes_of
from irc.tracing.dtypes import DEFAULTS, is_float, is_integer, to_inexact
from irc.tracing.elementwise import cast
from irc.tracing.errors import ConcretizationTypeError
from irc.tracing.orders import cumulative, sort
from irc.tracing.shaping import iota, permute_dims, reshape, show


def permutation(key: Key, x: Any, axis: int = 0, independent: bool = False) -> Array:
    """`x` in a random order along an axis, or the numbers up to an integer `x` in one.

    With `independent` each row along the axis has an order of its own.
    """
    words, _ = checked("permutation", key)
    if isinstance(x, int | np.integer | Dim):
        return _shuffled(words, iota((x if isinstance(x, Dim) else int(x),), 0, DEFAULTS[int]), 0)
    array = as_array(x)
    if not array.ndim:
        return _shuffled(words, iota((_known(array, "permutation"),), 0, DEFAULTS[int]), 0)
    axis = normal_axis(axis, array.ndim)
    if independent or array.ndim == 1:
        return _shuffled(words, array, axis)
    order = _shuffled(words, iota((array.shape[axis],), 0, np.dtype(np.int32)), 0)
    return take_inside(array, order, axis=axis)


def _known(x: Array, name: str) -> int:
    """A number that says how many there are."""
    if not is_integer(x.dtype):
        raise TypeError(f"{name} takes an integer or an array with axes, got {x.dtype}")
    if not isinstance(x, ConcreteArray):
        raise ConcretizationTypeError(
            f"{name} makes an array whose size is {x!r}, which is not known: mark it as static"
        )
    return int(x.data)


def _shuffled(words: Array, x: Array, axis: int) -> Array:
    """Sorted by random numbers, so often that places which got the same number do not matter."""
    size = x.size
    kinds = float(np.iinfo(WORD).max)

    def again(state: tuple[Array, Array, Array]) -> tuple[Array, Array, Array]:
        turn, words, x = state
        words, drawn = parts(words, 2)
        return ufuncs.add(turn, 1), words, sort([random_bits(drawn, x.shape, WORD), x], axis)[1]

    if isinstance(size, Dim):
        # As often as for the sizes that are known: one more from each size on from which `rounds` is one more.
        count = as_array(size)
        rounds = sum((cast(ufuncs.greater(count, int(kinds ** (k / 3))), count.dtype) for k in (1, 2)), as_array(1))
        found: Array = while_loop(lambda state: ufuncs.less(state[0], rounds), again, (as_array(0), words, x))[2]
        return found
    for _ in range(math.ceil(3 * math.log(max(1, size)) / math.log(kinds))):
        _, words, x = again((as_array(0), words, x))
    return x


def choice(
    key: Key, a: Any, shape: Any = (), replace: bool = True, p: Any = None, axis: int = 0, mode: str | None = None
) -> Array:
    """Elements of `a` along an axis, or numbers below an integer `a`, with the probabilities `p` (else the same ones).

    With `replace` an element may be chosen again. Raises `ValueError` where there are not enough.
    """
    words, _ = checked("choice", key)
    array = as_array(a)
    sizes = sizes_of(shape)
    axis = normal_axis(axis, max(array.ndim, 1))
    count: Size = array.shape[axis] if array.ndim else _known(array, "choice")
    drawn = math.prod(sizes)
    if isinstance(count, int) and count <= 0 and drawn != 0:
        raise ValueError("choice needs something to choose from")
    if not replace and isinstance(count, int) and drawn > count:
        raise ValueError(f"choice cannot take {drawn} of {count} elements when each is taken once at most")
    if p is None and not replace:
        mixed = permutation(key, array if array.ndim else count, axis)
        chosen = getitem(mixed, (*[slice(None)] * axis, slice(drawn)))
    else:
        positions = _positions(words, count, sizes, replace, p, mode)
        chosen = take_inside(array, positions, axis=axis) if array.ndim else positions
    return manipulation.reshape(
        chosen, (*array.shape[:axis], *sizes, *array.shape[axis + 1 :]) if array.ndim else sizes
    )


def _positions(words: Array, count: Size, sizes: Sequence[Size], replace: bool, p: Any, mode: str | None) -> Array:
    if p is None:
        return randint(words, sizes, 0, count)
    chances = as_array(p)
    chances = cast(chances, to_inexact(chances.dtype))
    if chances.shape != (count,):
        raise ValueError(f"choice needs a probability for each of {count} elements, got shape {show(chances.shape)}")
    if not replace:
        drawn = math.prod(sizes)
        score = ufuncs.add(gumbel_of(words, (count,), chances.dtype, mode), ufuncs.log(chances))
        return top_k(score, drawn)[1]
    sums = cumulative(nd.Add, chances, 0)
    u = uniform_of(words, sizes, chances.dtype)
    return searchsorted(sums, ufuncs.multiply(getitem(sums, -1), ufuncs.subtract(1, u)))


def categorical(
    key: Key, logits: Any, axis: int = -1, shape: Any = None, replace: bool = True, mode: str | None = None
) -> Array:
    """Numbers of categories whose probabilities are the softmax of `logits` along an axis."""
    words, _ = checked("categorical", key)
    scores = as_array(logits)
    if not is_float(scores.dtype):
        scores = cast(scores, to_inexact(scores.dtype))
    axis = normal_axis(axis, scores.ndim) - scores.ndim
    batch = [size for i, size in enumerate(scores.shape) if i != scores.ndim + axis]
    sizes = tuple(batch) if shape is None else sizes_of(shape)
    check_broadcast("categorical", sizes, batch)
    prefix = sizes[: len(sizes) - len(batch)]
    if replace:
        full = list(sizes[len(sizes) - len(batch) :])
        full.insert(scores.ndim + axis, scores.shape[axis])
        drawn = gumbel_of(words, (*prefix, *full), scores.dtype, mode)
        return argmax(ufuncs.add(drawn, scores), axis=axis)
    noisy = ufuncs.add(scores, gumbel_of(words, scores.shape, scores.dtype, mode))
    wanted, available = math.prod(prefix), scores.shape[axis]
    if isinstance(available, int) and wanted > available:
        raise ValueError(f"categorical cannot take {wanted} of {available} categories when each is taken once at most")
    places = top_k(manipulation.moveaxis(noisy, axis, -1), wanted)[1]
    return reshape(permute_dims(places, (places.ndim - 1, *range(places.ndim - 1))), sizes)
