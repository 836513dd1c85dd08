"""Calls with arrays that are known to fit: nothing is checked, and what is the same in each call is written once."""

from __future__ import annotations

import ctypes
import math
from array import array
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np

from irc.codegen.cpu.calling import Allocation, Layout, Slot

Array = np.ndarray[Any, Any]


@cache
def _bytes_type(size: int) -> Any:
    """The ctypes type of so many bytes; instances can hold what must live as long as they do."""
    return type("Memory", (ctypes.c_char * size,), {})


class DirectCall:
    """A function of a compiled module whose arguments and results are tensors.

    `enter` takes the address of the words that `calling` describes, and raises where the program cannot go on.
    """

    __slots__ = ("_dynamic", "_enter", "_inputs", "_outputs", "_words")

    def __init__(self, layout: Layout, enter: Callable[[int], None]) -> None:
        assert all(slot.shape is not None for slot in (*layout.inputs, *layout.outputs))
        words = array("q", bytes(8 * (layout.words + 1)))
        for slot in layout.inputs:
            if slot.shape is not None and None not in slot.shape:
                _write_sizes(words, slot, [size for size in slot.shape if size is not None])
        self._words, self._enter = words, enter
        self._inputs = [slot.start for slot in layout.inputs]
        self._dynamic = [
            (i, slot) for i, slot in enumerate(layout.inputs) if slot.shape is not None and None in slot.shape
        ]
        self._outputs = [_Output(slot) for slot in layout.outputs]

    def __call__(self, arrays: Sequence[Array], addresses: Sequence[int | None] | None = None) -> list[Array]:
        """The results, read-only, for arrays of the dtypes and shapes of the arguments.

        `addresses` are what `address_of` gives for them.
        """
        words = self._words[:]
        kept = []
        if addresses is None:
            addresses = [address_of(each) for each in arrays]
        for start, each, place in zip(self._inputs, arrays, addresses, strict=True):
            if place is None:
                each = np.ascontiguousarray(each).reshape(each.shape)
                kept.append(each)
                place = each.ctypes.data
            words[start] = words[start + 1] = place
        for i, slot in self._dynamic:
            _write_sizes(words, slot, arrays[i].shape)
        self._enter(words.buffer_info()[0])
        owners: dict[int, Allocation] = {}
        inputs = [words[start] for start in self._inputs]
        return [output.read(words, owners, inputs) for output in self._outputs]


def address_of(x: Array) -> int | None:
    """Where the elements of an array lie, `None` where they must be moved before a program can read them."""
    flags = x.flags
    if not (flags.c_contiguous and flags.aligned):
        return None
    return x.ctypes.data if x.size == 0 else x.__array_interface__["data"][0]


def _write_sizes(words: array[int], slot: Slot, sizes: Sequence[int]) -> None:
    """The sizes of a contiguous array and its strides."""
    rank = len(sizes)
    stride = 1
    for axis in range(rank - 1, -1, -1):
        words[slot.start + 3 + axis] = sizes[axis]
        words[slot.start + 3 + rank + axis] = stride
        stride *= sizes[axis]


class _Output:
    """How a result is read."""

    __slots__ = ("dtype", "itemsize", "known", "rank", "start")

    def __init__(self, slot: Slot) -> None:
        assert slot.shape is not None
        self.start, self.rank, self.dtype, self.itemsize = slot.start, len(slot.shape), slot.dtype, slot.dtype.itemsize
        # Results lie in row-major order without gaps: where all sizes are known, so is the rest.
        sizes = [size for size in slot.shape if size is not None]
        self.known = (tuple(sizes), _bytes_type(math.prod(sizes) * self.itemsize)) if len(sizes) == self.rank else None

    def read(self, words: array[int], owners: dict[int, Allocation], inputs: Sequence[int]) -> Array:
        """The array; a copy where its memory is not its own."""
        start, rank, itemsize = self.start, self.rank, self.itemsize
        allocated, address, offset = words[start : start + 3]
        if self.known is not None:
            shape, type = self.known
            memory = type.from_address(address + offset * itemsize)
            found: Array = np.ndarray(shape, self.dtype, memory)
        else:
            shape = tuple(words[start + 3 : start + 3 + rank])
            strides = tuple([stride * itemsize for stride in words[start + 3 + rank : start + 3 + 2 * rank]])
            extent = itemsize
            for size, stride in zip(shape, strides, strict=True):
                extent = extent + (size - 1) * stride if size and extent else 0
            memory = _bytes_type(extent).from_address(address + offset * itemsize)
            found = np.ndarray(shape, self.dtype, memory, 0, strides)
        if allocated == 0 or allocated in inputs:
            found = found.copy()
        else:
            owner = owners.get(allocated)
            if owner is None:
                owner = owners[allocated] = Allocation(allocated)
            memory.owner = owner
        found.flags.writeable = False
        return found
