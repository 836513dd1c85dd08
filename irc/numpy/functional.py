"""Functions of functions: mapped over axes, chosen by conditions."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from typing import Any

from irc.numpy import ufuncs
from irc.numpy.manipulation import broadcast_to
from irc.numpy.reductions import normal_axis
from irc.tracing.array import Array, as_array
from irc.tracing.elementwise import promoted
from irc.tracing.shaping import broadcast_shapes, reshape, show
from irc.tracing.vmap import vmap

_NAMES = r"\(\s*(?:\w+(?:\s*,\s*\w+)*)?\s*\)"


def vectorize(
    pyfunc: Callable[..., Any], *, excluded: Any = frozenset(), signature: str | None = None
) -> Callable[..., Any]:
    """A function of single elements (or of the axes that `signature`, as "(m,n),(n)->(m)", names) of whole arrays.

    Arguments whose numbers or names are `excluded` are passed as they are.
    """
    left_out = frozenset(excluded)
    names = None if signature is None else _core_axes(signature)

    @functools.wraps(pyfunc)
    def mapped(*args: Any, **kwargs: Any) -> Any:
        numbers = [i for i in range(len(args)) if i not in left_out]
        arrays = [as_array(args[i]) for i in numbers]
        ranks = [0] * len(arrays) if names is None else [len(axes) for axes in names]
        if len(ranks) != len(arrays):
            raise TypeError(f"the signature '{signature}' is of {len(ranks)} arguments, got {len(arrays)}")
        for array, rank in zip(arrays, ranks, strict=True):
            if array.ndim < rank:
                raise ValueError(
                    f"the signature '{signature}' needs {rank} axes, got an array of shape {show(array.shape)}"
                )
        outer = [array.shape[: array.ndim - rank] for array, rank in zip(arrays, ranks, strict=True)]
        shape = broadcast_shapes(*outer)

        def inner(*parts: Any) -> Any:
            given = list(args)
            for i, part in zip(numbers, parts, strict=True):
                given[i] = part
            return pyfunc(*given, **kwargs)

        lined_up = [
            reshape(each, (*(1,) * (len(shape) - len(own)), *each.shape))
            for each, own in zip(arrays, outer, strict=True)
        ]
        # From the innermost axis outwards; an argument of size one along an axis is shared.
        function: Callable[..., Any] = inner
        squeezed = list(lined_up)
        levels: list[list[int | None]] = []
        for axis in range(len(shape)):
            levels.append([None if array.shape[axis] == 1 and shape[axis] != 1 else 0 for array in lined_up])
        for axis in range(len(shape) - 1, -1, -1):
            function = vmap(function, in_axes=tuple(levels[axis]), axis_size=shape[axis])
        for k, array in enumerate(lined_up):
            kept = [n for axis, n in enumerate(array.shape) if axis >= len(shape) or levels[axis][k] == 0]
            squeezed[k] = reshape(array, kept)
        return function(*squeezed)

    return mapped


def _core_axes(signature: str) -> list[list[str]]:
    if not re.fullmatch(rf"\s*{_NAMES}(\s*,\s*{_NAMES})*\s*->\s*{_NAMES}(\s*,\s*{_NAMES})*\s*", signature):
        raise ValueError(f"'{signature}' is no signature like '(m,n),(n)->(m)'")
    left = signature.split("->")[0]
    return [[name for name in re.split(r"[\s,]+", part[1:-1].strip()) if name] for part in re.findall(_NAMES, left)]


def apply_along_axis(func1d: Callable[..., Any], axis: int, arr: Any, *args: Any, **kwargs: Any) -> Array:
    """What the function makes of each row along an axis; the axes of its result take the place of that axis."""
    array = as_array(arr)
    axis = normal_axis(axis, array.ndim)
    function: Callable[..., Any] = lambda row: func1d(row, *args, **kwargs)  # noqa: E731
    for _ in range(array.ndim - axis - 1):
        function = vmap(function, in_axes=1, out_axes=-1)
    for _ in range(axis):
        function = vmap(function)
    found: Array = function(array)
    return found


def apply_over_axes(func: Callable[..., Any], a: Any, axes: Sequence[int]) -> Array:
    """A reduction along one axis after the other, whose results keep the number of axes."""
    array = as_array(a)
    for axis in (axes,) if isinstance(axes, int) else axes:
        found = as_array(func(array, axis))
        array = found if found.ndim == array.ndim else reshape(
            found, tuple(1 if i == axis % array.ndim else n for i, n in enumerate(array.shape))
        )  # fmt: skip
    return array


def select(condlist: Sequence[Any], choicelist: Sequence[Any], default: Any = 0) -> Array:
    """From the first choice whose condition holds, else `default`, element by element."""
    if len(condlist) != len(choicelist):
        raise ValueError(f"select has {len(condlist)} conditions for {len(choicelist)} choices")
    *choices, found = promoted(*choicelist, default)[0]
    for condition, choice in reversed(list(zip(condlist, choices, strict=True))):
        found = ufuncs.where(condition, choice, found)
    return found


def piecewise(x: Any, condlist: Any, funclist: Sequence[Any], *args: Any, **kw: Any) -> Array:
    """What the function of the last condition that holds makes of each element; numbers stand for themselves."""
    array = as_array(x)
    conditions = list(condlist) if isinstance(condlist, list | tuple) else [condlist]
    functions = list(funclist)
    if len(functions) not in (len(conditions), len(conditions) + 1):
        raise ValueError(f"piecewise has {len(functions)} functions for {len(conditions)} conditions")
    last = functions.pop() if len(functions) > len(conditions) else 0

    def value(function: Any) -> Any:
        return function(array, *args, **kw) if callable(function) else function

    found = broadcast_to(ufuncs.add(ufuncs.filled(array, 0), value(last)), array.shape)
    for condition, function in zip(conditions, functions, strict=True):
        found = ufuncs.where(condition, value(function), found)
    from irc.tracing.elementwise import cast  # noqa: PLC0415

    return cast(found, array.dtype)


def frompyfunc(func: Callable[..., Any], /, nin: int, nout: int, *, identity: Any = None) -> Callable[..., Any]:
    """`vectorize`."""
    return vectorize(func)


__all__ = ["apply_along_axis", "apply_over_axes", "frompyfunc", "piecewise", "select", "vectorize"]
