"""Index expressions, checked and brought into one form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from irc.numpy.creation import asarray
from irc.tracing.array import Array, ConcreteArray, as_array, is_array_like
from irc.tracing.dims import Dim, Size, max_dim
from irc.tracing.dtypes import is_integer
from irc.tracing.elementwise import check_fits_integers
from irc.tracing.errors import ConcretizationTypeError
from irc.tracing.known import if_known

NEW = object()
"""An entry that stands for a new axis."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A slice: `count` elements from `start` in steps; a `single` one is a number, whose axis is dropped."""

    start: Size
    count: Size
    step: int = 1
    single: bool = False
    whole: bool = False
    to_end: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """Positions in an array."""

    positions: Array


@dataclass(slots=True)
class Index:
    """An index expression: its entries in order, and for each axis what is taken of it."""

    entries: list[Any] = field(default_factory=list)
    parts: list[Any] = field(default_factory=list)
    has_arrays: bool = False
    listed_at: int | None = None
    """The first entry of the positions in arrays, where they stand together."""

    @property
    def listed(self) -> list[tuple[int, Listed]]:
        """The axes with positions in arrays."""
        return [(axis, part) for axis, part in enumerate(self.parts) if isinstance(part, Listed)]

    def layout(self, sizes: Sequence[Size]) -> list[Size]:
        """The shape of a regular part, of whose shape these are the sizes, without dropped axes and with new ones."""
        found: list[Size] = []
        rest = iter(sizes)
        for entry in self.entries:
            if entry is NEW:
                found.append(1)
                continue
            size = next(rest)
            if isinstance(entry, Taken) and not entry.single:
                found.append(size)
        return found


def parsed(index: Any, shape: Sequence[Size]) -> Index:
    """The index expression for an array of `shape`. Raises `IndexError` and `TypeError`."""
    if isinstance(index, list):
        # Which NumPy may take for a tuple, or not.
        raise TypeError("a list is no index: use a tuple of indices, or an array of positions")
    entries = [_entry(each) for each in (index if isinstance(index, tuple) else (index,))]
    used = sum(_axes(entry) for entry in entries)
    if used > len(shape):
        raise IndexError(f"{used} indices for an array of shape {tuple(shape)}, which has {len(shape)} axes")
    if sum(entry is Ellipsis for entry in entries) > 1:
        raise IndexError("an index expression has at most one '...'")
    if not any(entry is Ellipsis for entry in entries):
        entries.append(Ellipsis)
    found = Index()
    advanced: list[int] = []
    for entry in entries:
        if entry is Ellipsis:
            for _ in range(len(shape) - used):
                _add(found, Taken(0, shape[len(found.parts)], whole=True))
            # The dots separate positions in arrays even where they stand for no axis.
            found.entries.append(Ellipsis)
            continue
        axis = len(found.parts)
        if entry is None:
            found.entries.append(NEW)
        elif isinstance(entry, slice):
            _add(found, _slice(entry, shape[axis]))
        elif isinstance(entry, int):
            advanced.append(len(found.entries))
            _add(found, _number(entry, shape[axis], axis))
        elif entry.dtype.kind == "b":
            _add_mask(found, entry, shape, advanced)
        else:
            found.has_arrays |= entry.ndim > 0
            advanced.append(len(found.entries))
            _add(found, Listed(entry))
    if found.has_arrays and advanced == list(range(advanced[0], advanced[0] + len(advanced))):
        found.listed_at = advanced[0]
    found_ellipsis = found.entries.index(Ellipsis)
    if found.listed_at is not None and found.listed_at > found_ellipsis:
        found.listed_at -= 1
    found.entries.remove(Ellipsis)
    return found


def plain_masks(index: Any, ndim: int) -> tuple[list[int], Any]:
    """Truth values without axes as positions in new axes of size one: where those are, and the changed index."""
    entries = list(index) if isinstance(index, tuple) else [index]
    masks = [i for i, each in enumerate(entries) if is_mask_without_axes(each)]
    if not masks:
        return [], index
    used = sum(_axes(_entry(each)) for each in entries)
    places: list[int] = []
    axis = 0
    for i, each in enumerate(entries):
        if i in masks:
            mask = if_known(as_array(each))
            if not isinstance(mask, ConcreteArray):
                raise ConcretizationTypeError(f"{mask!r} as an index has a result whose size is not known: use where")
            places.append(axis)
            entries[i] = ConcreteArray(np.zeros(int(bool(mask)), np.int32))
            axis += 1
        else:
            axis += ndim - used if each is Ellipsis else _axes(_entry(each))
    return places, tuple(entries)


def is_mask_without_axes(each: Any) -> bool:
    """Whether an entry is a single truth value."""
    return isinstance(each, bool | np.bool_) or (
        isinstance(each, Array | np.ndarray) and each.ndim == 0 and each.dtype.kind == "b"
    )


def _add(found: Index, part: Any) -> None:
    found.entries.append(part)
    found.parts.append(part)


def _entry(each: Any) -> Any:
    """An entry as `None`, `...`, a slice, an `int`, or an array of integers or truth values."""
    if each is None or each is Ellipsis or isinstance(each, slice):
        return each
    if isinstance(each, bool | np.bool_):
        return ConcreteArray(np.asarray(bool(each)))
    if isinstance(each, int | np.integer):
        return int(each)
    if isinstance(each, Dim):
        return as_array(each)
    if isinstance(each, list | tuple):
        array = asarray(each, int if not each else None)
    elif is_array_like(each):
        array = as_array(each)
    else:
        kind = TypeError if isinstance(each, str) else IndexError
        raise kind(f"indices are integers, slices, '...', None and arrays of integers or booleans, not {each!r}")
    if array.dtype.kind != "b" and not is_integer(array.dtype):
        raise TypeError(f"arrays of positions hold integers or booleans, got {array.dtype}")
    return array


def _axes(entry: Any) -> int:
    if entry is None or entry is Ellipsis:
        return 0
    return entry.ndim if isinstance(entry, Array) and entry.dtype.kind == "b" else 1


def _number(number: int, size: Size, axis: int) -> Any:
    if isinstance(size, Dim):
        return Taken(number if number >= 0 else size + number, 1, single=True)
    if not -size <= number < size:
        if not size:
            raise IndexError(f"index {number} is out of bounds for axis {axis} with size {size}")
        check_fits_integers(number, np.dtype(np.int32))
        return Listed(ConcreteArray(np.asarray(number, np.int64)))
    return Taken(number % size, 1, single=True)


def _bound(each: Any, what: str) -> Any:
    if each is None or isinstance(each, int | Dim):
        return each
    try:
        return each.__index__()
    except ConcretizationTypeError:
        raise ConcretizationTypeError(
            f"the {what} of a slice is a traced array, so the size of the result is not known: "
            "use irc.lax.dynamic_slice for a part of a fixed size"
        ) from None
    except AttributeError:
        raise TypeError(f"the {what} of a slice is an integer or None, not {each!r}") from None


def _slice(each: slice, size: Size) -> Taken:
    start, stop, step = (_bound(each.start, "start"), _bound(each.stop, "stop"), _bound(each.step, "step"))
    step = 1 if step is None else step
    if step == 0:
        raise ValueError("the step of a slice cannot be zero")
    if not isinstance(size, Dim) and not isinstance(start, Dim) and not isinstance(stop, Dim):
        first, last, step = slice(start, stop, step).indices(size)
        count = len(range(first, last, step))
        return Taken(first, count, step, whole=step == 1 and count == size)
    return _open_slice(start, stop, step, size)


def _open_slice(start: Any, stop: Any, step: int, size: Size) -> Taken:
    """A slice of an axis of unknown size.

    Bounds that say how many elements there are without the size, like those of `x[:3]`, want an axis as long as that.
    """
    if step > 0:
        first = 0 if start is None else _from_front(start, size)
        last = size if stop is None else _from_front(stop, size)
        whole = step == 1 and stop is None and isinstance(first, int) and first == 0
        return Taken(first, _steps(last - first, step), step, whole=whole, to_end=stop is None)
    first = size - 1 if start is None else _from_front(start, size)
    last = -1 if stop is None else _from_front(stop, size)
    return Taken(first, _steps(first - last, -step), step)


def _from_front(bound: Size, size: Size) -> Size:
    return bound if isinstance(bound, Dim) or bound >= 0 else size + bound


def _steps(span: Size, step: int) -> Size:
    """The number of elements of a span; none where it ends before it starts."""
    return max_dim(span if step == 1 else (span + (step - 1)) // step, 0)


def _add_mask(found: Index, mask: Array, shape: Sequence[Size], advanced: list[int]) -> None:
    """Truth values, which stand for the positions of the true ones."""
    mask = if_known(mask)
    if not isinstance(mask, ConcreteArray):
        raise ConcretizationTypeError(
            f"{mask!r} as an index has a result whose size is not known while the function is traced: use "
            "irc.numpy.where, or nonzero with a size"
        )
    axis = len(found.parts)
    for i, (n, size) in enumerate(zip(mask.shape, shape[axis : axis + mask.ndim], strict=True)):
        if n != size and not isinstance(size, Dim):
            raise IndexError(f"a mask of shape {mask.shape} does not fit: axis {axis + i} has size {size}")
    found.has_arrays = True
    for places in np.nonzero(mask.data):
        advanced.append(len(found.entries))
        _add(found, Listed(ConcreteArray(places)))
