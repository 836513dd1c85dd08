"""Functions along the axis that a `vmap` maps over, which it gives a name: sums over all examples, and the like."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from irc.dialects import nd
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.batched import BatchedArray, level_of, peel, size_of_level, wrap
from irc.tracing.dims import Size
from irc.tracing.dtypes import to_inexact
from irc.tracing.elementwise import apply, broadcast, cast, reduce, select, widened
from irc.tracing.gathers import take_points
from irc.tracing.shaping import broadcast_to, iota, permute_dims, reshape
from irc.tracing.trees import flatten, unflatten

AxisName = Any
"""A name, or a tuple of names."""


def _names(axis_name: AxisName) -> tuple[Any, ...]:
    return axis_name if isinstance(axis_name, tuple | list) else (axis_name,)  # type: ignore[return-value]


def axis_size(axis_name: AxisName) -> Size:
    """The number of examples. Raises `NameError` where no `vmap` around has an axis of that name."""
    total: Size = 1
    for name in _names(axis_name):
        total = total * size_of_level(level_of(name))
    return total


def axis_index(axis_name: AxisName) -> Array:
    """The number of the example."""
    found: Array | None = None
    for name in _names(axis_name):
        level = level_of(name)
        size = size_of_level(level)
        place: Array = BatchedArray(iota((size,), 0, np.dtype(np.int32)), level)
        if found is not None:
            factor = cast(as_array(size), place.dtype)
            place = apply(nd.Add, *broadcast(apply(nd.Multiply, *broadcast(found, factor)), place))
        found = place
    return found if found is not None else as_array(np.zeros((), np.int32))


def _spread(x: Array, level: int) -> tuple[Array, tuple[int, ...], int]:
    """The array without hidden axes, whose they are, and the place of that of `level`, which all arrays get."""
    base, levels = peel(x)
    if level not in levels:
        place = sum(each < level for each in levels)
        shape = base.shape
        base = reshape(base, (*shape[:place], 1, *shape[place:]))
        base = broadcast_to(base, (*shape[:place], size_of_level(level), *shape[place:]))
        levels = (*levels[:place], level, *levels[place:])
    return base, levels, levels.index(level)


def _without(levels: tuple[int, ...], place: int) -> tuple[int, ...]:
    return (*levels[:place], *levels[place + 1 :])


Along = Callable[[Array, int, int], Array]
"""Of an array, the number of its hidden axes, which lead, and the place of that of the examples: the result, which has the
same hidden axes, or lacks that one where it is the same for all examples."""


def _mapped(function: Along, tree: Any, axis_name: AxisName, groups: Any = None, *, keeps: bool = False) -> Any:
    """The function of each array; `keeps` says that results differ among the examples (of a group)."""
    names = _names(axis_name)
    if groups is not None and len(names) > 1:
        raise NotImplementedError(f"axis_index_groups of several axes ({', '.join(map(str, names))}) are not there")
    levels = [level_of(name) for name in names]
    leaves, structure = flatten(tree)
    found = []
    for leaf in leaves:
        array = as_array(leaf)
        for level in levels:
            base, hidden, place = _spread(array, level)
            if groups is not None:
                array = wrap(_by_groups(function, base, len(hidden), place, _checked(groups, level), keeps), hidden)
            else:
                array = wrap(function(base, len(hidden), place), hidden if keeps else _without(hidden, place))
        found.append(array)
    return unflatten(structure, found)


def _checked(groups: Sequence[Sequence[int]], level: int) -> Any:
    """Groups as rows of an array. Raises `ValueError` where they are not of one size or lack an example."""
    size = size_of_level(level)
    rows = [list(group) for group in groups]
    if sorted(index for row in rows for index in row) != (list(range(size)) if isinstance(size, int) else None):
        raise ValueError(f"axis_index_groups has each of {size} examples once, got {rows}")
    if len({len(row) for row in rows}) != 1:
        raise ValueError(f"axis_index_groups has groups of one size, got {rows}")
    return np.array(rows, np.int32)


def _by_groups(function: Along, base: Array, hidden: int, place: int, rows: Any, keeps: bool) -> Array:
    """The function within each group: the axis of the examples becomes one of groups and one of their members."""
    before, behind = base.shape[:place], base.shape[place + 1 :]
    members = reshape(_reordered(base, place, rows.ravel()), (*before, *rows.shape, *behind))
    found = function(members, hidden + 1, place + 1)
    if not keeps:
        rest = found.shape[place + 1 :]
        found = reshape(found, (*before, rows.shape[0], 1, *rest))
        found = broadcast_to(found, (*before, *rows.shape, *rest))
    found = reshape(found, (*before, rows.size, *found.shape[place + 2 :]))
    return _reordered(found, place, np.argsort(rows.ravel()).astype(np.int32))


def _reordered(base: Array, place: int, positions: Any) -> Array:
    """The array with the elements along an axis at positions."""
    found = take_points(base, [ConcreteArray(positions)], [place])
    # The positions come first.
    order = list(range(1, base.ndim))
    order.insert(place, 0)
    return permute_dims(found, order)


def _reduction(op: Any) -> Along:
    return lambda base, hidden, place: reduce(op, base, [place])


def _total(base: Array, hidden: int, place: int) -> Array:
    base = cast(base, np.dtype(np.int32)) if base.dtype.kind == "b" else base
    return reduce(nd.Sum, base, [place])


def psum(x: Any, axis_name: AxisName, *, axis_index_groups: Any = None) -> Any:
    """The sums over all examples, or over those of the same group; of a number of Python's that number times as many."""
    if isinstance(x, int | float | complex) and not isinstance(x, bool):
        if axis_index_groups is None:
            return x * axis_size(axis_name)
        return x * int(_checked(axis_index_groups, level_of(axis_name)).shape[1])
    return _mapped(_total, x, axis_name, axis_index_groups)


def pmean(x: Any, axis_name: AxisName, *, axis_index_groups: Any = None) -> Any:
    """The means over all examples, or over those of the same group."""

    def mean(base: Array, hidden: int, place: int) -> Array:
        base = cast(base, to_inexact(base.dtype))
        total = _total(widened(base), hidden, place)
        found = apply(nd.Divide, *broadcast(total, cast(as_array(base.shape[place]), total.dtype)))
        return cast(found, base.dtype)

    return _mapped(mean, x, axis_name, axis_index_groups)


def pmax(x: Any, axis_name: AxisName, *, axis_index_groups: Any = None) -> Any:
    """The largest over all examples, or over those of the same group."""
    return _mapped(_reduction(nd.Max), x, axis_name, axis_index_groups)


def pmin(x: Any, axis_name: AxisName, *, axis_index_groups: Any = None) -> Any:
    """The smallest over all examples, or over those of the same group."""
    return _mapped(_reduction(nd.Min), x, axis_name, axis_index_groups)


def all_gather(
    x: Any, axis_name: AxisName, *, axis_index_groups: Any = None, axis: int = 0, tiled: bool = False
) -> Any:
    """The arrays of all examples, or of those of the same group in its order, along a new axis, or with `tiled` one after
    the other along the axis."""

    def gathered(base: Array, hidden: int, place: int) -> Array:
        at = axis % (base.ndim - hidden + (not tiled))
        order = [i for i in range(base.ndim) if i != place]
        order.insert(hidden - 1 + at, place)
        base = permute_dims(base, order)
        if tiled:
            k = hidden - 1 + at
            base = reshape(base, (*base.shape[:k], base.shape[k] * base.shape[k + 1], *base.shape[k + 2 :]))
        return base

    return _mapped(gathered, x, axis_name, axis_index_groups)


def ppermute(x: Any, axis_name: AxisName, perm: Sequence[tuple[int, int]]) -> Any:
    """For each pair (source, destination) the array of the one example becomes that of the other; others get zeros."""
    size = axis_size(axis_name)
    if not isinstance(size, int):
        raise NotImplementedError("ppermute needs a number of examples that is known while the function is traced")
    sources = np.full(size, -1, np.int32)
    for source, destination in perm:
        if not (0 <= source < size and 0 <= destination < size):
            raise ValueError(f"ppermute of {size} examples has a pair ({source}, {destination})")
        sources[destination] = source

    def permuted(base: Array, hidden: int, place: int) -> Array:
        found = _reordered(base, place, np.maximum(sources, 0))
        here = reshape(ConcreteArray(sources >= 0), [size if i == place else 1 for i in range(base.ndim)])
        here = broadcast_to(here, found.shape)
        zeros = broadcast_to(ConcreteArray(np.zeros((), found.dtype)), found.shape)
        return select(here, found, zeros)

    return _mapped(permuted, x, axis_name, keeps=True)


def pshuffle(x: Any, axis_name: AxisName, perm: Sequence[int]) -> Any:
    """Example `i` gets the array of example `perm[i]`."""
    if sorted(perm) != list(range(len(perm))) or len(perm) != axis_size(axis_name):
        raise ValueError(f"pshuffle needs a permutation of {axis_size(axis_name)} examples, got {list(perm)}")
    return ppermute(x, axis_name, list(zip(perm, range(len(perm)), strict=True)))


def all_to_all(
    x: Any,
    axis_name: AxisName,
    split_axis: int,
    concat_axis: int,
    *,
    axis_index_groups: Any = None,
    tiled: bool = False,
) -> Any:
    """Part `i` along `split_axis`, which is as large as there are examples (in a group), goes to example `i` (of it).

    There the parts lie along a new axis, or with `tiled` one after the other along the axis, of equal parts.
    """

    def exchanged(base: Array, hidden: int, place: int) -> Array:
        size = base.shape[place]
        split = hidden + split_axis % (base.ndim - hidden)
        if tiled:
            length = base.shape[split] // size
            base = reshape(base, (*base.shape[:split], size, length, *base.shape[split + 1 :]))
        if base.shape[split] != size:
            raise ValueError(f"all_to_all splits an axis of size {base.shape[split]} among {size} examples")
        rest = [i for i in range(base.ndim) if i not in (place, split)]
        at = hidden - 1 + concat_axis % (base.ndim - hidden)
        order = [*rest[:at], place, *rest[at:]]
        order.insert(place, split)
        base = permute_dims(base, order)
        if tiled:
            k = at + 1
            base = reshape(base, (*base.shape[:k], base.shape[k] * base.shape[k + 1], *base.shape[k + 2 :]))
        return base

    return _mapped(exchanged, x, axis_name, axis_index_groups, keeps=True)


def pswapaxes(x: Any, axis_name: AxisName, axis: int, *, axis_index_groups: Any = None) -> Any:
    """The axis exchanged with that of the examples, which is as large."""
    return all_to_all(x, axis_name, axis, axis, axis_index_groups=axis_index_groups)


def psum_scatter(
    x: Any,
    axis_name: AxisName,
    *,
    scatter_dimension: int = 0,
    axis_index_groups: Any = None,
    tiled: bool = False,
) -> Any:
    """The sums over all examples, or over those of the same group, whose member number `i` gets part `i` along an axis."""

    def own(base: Array, hidden: int, place: int) -> Array:
        size = base.shape[place]
        at = hidden - 1 + scatter_dimension % (base.ndim - hidden)
        summed = _total(base, hidden, place)
        if tiled:
            summed = reshape(summed, (*summed.shape[:at], size, summed.shape[at] // size, *summed.shape[at + 1 :]))
        if summed.shape[at] != size:
            raise ValueError(f"psum_scatter splits an axis of size {summed.shape[at]} among {size} examples")
        order = [i for i in range(summed.ndim) if i != at]
        order.insert(place, at)
        return permute_dims(summed, order)

    return _mapped(own, x, axis_name, axis_index_groups, keeps=True)


__all__ = [
    "all_gather", "all_to_all", "axis_index", "axis_size", "pmax", "pmean", "pmin", "ppermute", "pshuffle", "psum",
    "psum_scatter", "pswapaxes",
]  # fmt: skip
