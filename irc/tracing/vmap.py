"""`vmap`: a function of one example becomes a function of many."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

from irc.tracing.array import Array, as_array
from irc.tracing.batched import BatchedArray, new_level
from irc.tracing.current import user_location
from irc.tracing.dims import Size
from irc.tracing.shaping import broadcast_to, permute_dims
from irc.tracing.trees import flatten, prefix, unflatten


def vmap(
    fun: Callable[..., Any],
    in_axes: Any = 0,
    out_axes: Any = 0,
    axis_name: Any = None,
    axis_size: Size | None = None,
    spmd_axis_name: Any = None,
    sum_match: bool = False,
) -> Any:
    """`fun` mapped over an axis of its arguments.

    `in_axes` says which axis of each argument runs over the examples, `None` for those that all share: a number for all,
    or a tuple with an entry for each positional argument, which may be a container of the argument's structure; arguments
    given by name are mapped over axis 0. `out_axes` is the same for the results. `axis_name` is what `lax.psum` and its
    like know the axis by; `spmd_axis_name` is without effect. Raises `ValueError` where the sizes of the axes differ, or
    there is none and no `axis_size`.
    """
    if not callable(fun):
        raise TypeError(f"vmap takes a function, got a {type(fun).__name__}")

    @functools.wraps(fun)
    def mapped(*args: Any, **kwargs: Any) -> Any:
        leaves, structure = flatten((args, kwargs))
        axes = _axes_of("in_axes", in_axes, args, "its arguments")
        axes += [0] * (len(leaves) - len(axes))
        arrays = [as_array(leaf) for leaf in leaves]
        size = _size(arrays, axes, axis_size)
        with new_level(size, axis_name, user_location()) as level:
            inside = [
                array if axis is None else BatchedArray(_to_front(array, axis), level)
                for array, axis in zip(arrays, axes, strict=True)
            ]
            new_args, new_kwargs = unflatten(structure, inside)
            results, result_structure = flatten(fun(*new_args, **new_kwargs))
            for result in results:
                if isinstance(result, BatchedArray):
                    result.check_alive()
        outs = _axes_of("out_axes", out_axes, unflatten(result_structure, results), "its results")
        unbatched = [_unbatched(as_array(r), axis, level, size) for r, axis in zip(results, outs, strict=True)]
        return unflatten(result_structure, unbatched)

    return mapped


def _axes_of(name: str, given: Any, tree: Any, what: str) -> list[Any]:
    """The axis for each array. Raises `ValueError` where the structures differ, `TypeError` for what is no axis."""
    if name == "in_axes" and not (given is None or isinstance(given, int | tuple | list)):
        raise TypeError(f"in_axes of vmap is a number, None, or a tuple with an entry for each argument, got {given!r}")
    try:
        axes = prefix(tuple(given) if isinstance(given, list) else given, tree)
    except ValueError as problem:
        raise ValueError(f"{name}={given!r} of vmap does not have the structure of {what}: {problem}") from None
    if not all(axis is None or (isinstance(axis, int) and not isinstance(axis, bool)) for axis in axes):
        raise TypeError(f"{name} of vmap holds numbers of axes and None, got {given!r}")
    return axes


def _size(arrays: Sequence[Array], axes: Sequence[int | None], stated: Size | None) -> Size:
    """The number of examples."""
    sizes: list[Size] = [] if stated is None else [stated]
    for array, axis in zip(arrays, axes, strict=True):
        if axis is None:
            continue
        if not -array.ndim <= axis < array.ndim:
            raise ValueError(f"vmap maps over axis {axis} of an array with {array.ndim} axes")
        size = array.shape[axis]
        if size not in sizes:
            sizes.append(size)
    if not sizes:
        raise ValueError("vmap needs an argument that is mapped, or axis_size")
    if len(sizes) > 1:
        raise ValueError(f"vmap got axes of different sizes to map over: {', '.join(map(str, sizes))}")
    return sizes[0]


def _to_front(array: Array, axis: int) -> Array:
    axis %= array.ndim
    return permute_dims(array, (axis, *(i for i in range(array.ndim) if i != axis)))


def _unbatched(result: Array, axis: int | None, level: int, size: Size) -> Array:
    if not (isinstance(result, BatchedArray) and result.level == level):
        if axis is None:
            return result
        result = broadcast_to(result, (size, *result.shape))
    elif axis is None:
        raise ValueError("vmap has a result that differs between the examples, but its out_axes is None")
    else:
        result = result.inner
    if not -result.ndim <= axis < result.ndim:
        raise ValueError(f"vmap cannot put the examples at axis {axis} of a result with {result.ndim} axes")
    axis %= result.ndim
    order = list(range(1, result.ndim))
    order.insert(axis, 0)
    return permute_dims(result, order)
