"""Arrays in files and from text, bits in bytes, and how arrays are printed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from irc.numpy import reductions, ufuncs
from irc.numpy.bits import bitwise_and, bitwise_right_shift
from irc.numpy.manipulation import moveaxis, ravel
from irc.numpy.reductions import normal_axis
from irc.tracing.array import Array, ConcreteArray, as_array, checked
from irc.tracing.dtypes import as_dtype
from irc.tracing.elementwise import cast
from irc.tracing.shaping import reshape
from irc.tracing.slicing import pad

get_printoptions, set_printoptions, printoptions = np.get_printoptions, np.set_printoptions, np.printoptions


def _array(data: Any) -> Array:
    return ConcreteArray(checked(np.asarray(data)))


def load(file: Any, *args: Any, **kwargs: Any) -> Any:
    """An array of a file of NumPy's, or the mapping of those of an archive."""
    found = np.load(file, *args, **kwargs)
    return _array(found) if isinstance(found, np.ndarray) else found


def save(file: Any, arr: Any, allow_pickle: bool = True, **_: Any) -> None:
    """Write an array to a file, as NumPy does it."""
    np.save(file, np.asarray(as_array(arr)), allow_pickle=allow_pickle)


def savez(file: Any, *args: Any, **kwds: Any) -> None:
    """Write arrays to an archive, as NumPy does it."""
    write: Any = np.savez
    write(file, *[np.asarray(arg) for arg in args], **{name: np.asarray(each) for name, each in kwds.items()})


def fromfile(*args: Any, **kwargs: Any) -> Array:
    """The numbers of a file; see NumPy."""
    return _array(np.fromfile(*args, **kwargs))


def fromiter(iterable: Iterable[Any], dtype: Any, count: int = -1) -> Array:
    """The numbers that something gives one after the other."""
    return _array(np.fromiter(iterable, as_dtype(dtype), count))


def fromstring(string: str, dtype: Any = float, count: int = -1, *, sep: str) -> Array:
    """The numbers in a text."""
    wanted = as_dtype(dtype)
    return _array(np.fromstring(string, wanted, count, sep=sep))


def packbits(a: Any, axis: int | None = None, bitorder: str = "big") -> Array:
    """Eight truth values in each byte; the last one is filled with zeros."""
    given = as_array(a)
    if given.dtype.kind not in "biu":
        raise TypeError(f"packbits takes integers or truth values, got {given.dtype}")
    array = cast(ufuncs.boolean(given), np.dtype(np.uint8))
    array, axis = (ravel(array), 0) if axis is None else (array, axis)
    moved = moveaxis(array, axis, -1)
    size = moved.shape[-1]
    zero, nothing = ConcreteArray(np.zeros((), np.uint8)), [0] * moved.ndim
    moved = pad(moved, zero, nothing, [*nothing[:-1], -size % 8], nothing)
    bits = reshape(moved, (*moved.shape[:-1], (size + 7) // 8, 8))
    found = reductions.sum(bits * ConcreteArray(1 << _places(bitorder)), -1, dtype=np.uint8)
    return moveaxis(found, -1, axis)


def _places(bitorder: str) -> Any:
    if bitorder not in ("big", "little"):
        raise ValueError(f"bitorder is 'big' or 'little', got {bitorder!r}")
    places = np.arange(8, dtype=np.uint8)
    return places if bitorder == "little" else places[::-1]


def unpackbits(a: Any, axis: int | None = None, count: int | None = None, bitorder: str = "big") -> Array:
    """The bits of bytes, as numbers; `count` of them."""
    array = as_array(a)
    if array.dtype != np.uint8:
        raise TypeError(f"unpackbits takes bytes (uint8), got {array.dtype}")
    array, axis = (ravel(array), 0) if axis is None else (array, axis)
    axis = normal_axis(axis, array.ndim)
    moved = moveaxis(array, axis, -1)
    places = ConcreteArray(np.ascontiguousarray(_places(bitorder)))
    bits = bitwise_and(bitwise_right_shift(reshape(moved, (*moved.shape, 1)), places), np.uint8(1))
    found = reshape(bits, (*moved.shape[:-1], moved.shape[-1] * 8))
    if count is not None:
        from irc.numpy.rearranging import part_of  # noqa: PLC0415

        last = found.ndim - 1
        found = part_of(found, last, 0, count if count >= 0 else found.shape[last] + count)
    return moveaxis(found, -1, axis)


__all__ = [
    "fromfile", "fromiter", "fromstring", "get_printoptions", "load", "packbits", "printoptions", "save", "savez",
    "set_printoptions", "unpackbits",
]  # fmt: skip
