"""Calls with arrays that are known to fit: nothing is checked, and what is the same in each call is written once."""

from __future__ import annotations

import ctypes
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

    def __call__(self, arrays: Sequence[Array]) -> list[Array]:
        """The results, read-only, for arrays of the dtypes and shapes of the arguments."""
        words = self._words[:]
        kept = []
        for start, each in zip(self._inputs, arrays, strict=True):
            flags = each.flags
            given = each if flags.c_contiguous and flags.aligned else np.ascontiguousarray(each).reshape(each.shape)
            kept.append(given)
            address = given.ctypes.data if given.size == 0 else given.__array_interface__["data"][0]
            words[start] = words[start + 1] = address
        for i, slot in self._dynamic:
            _write_sizes(words, slot, arrays[i].shape)
        self._enter(words.buffer_info()[0])
        owners: dict[int, Allocation] = {}
        inputs = {words[start] for start in self._inputs}
        return [output.read(words, owners, inputs) for output in self._outputs]


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

    __slots__ = ("dtype", "itemsize", "rank", "start")

    def __init__(self, slot: Slot) -> None:
        assert slot.shape is not None
        self.start, self.rank, self.dtype, self.itemsize = slot.start, len(slot.shape), slot.dtype, slot.dtype.itemsize

    def read(self, words: array[int], owners: dict[int, Allocation], inputs: set[int]) -> Array:
        """The array; a copy where its memory is not its own."""
        start, rank, itemsize = self.start, self.rank, self.itemsize
        allocated, address, offset = words[start : start + 3]
        shape = tuple(words[start + 3 : start + 3 + rank])
        strides = tuple([stride * itemsize for stride in words[start + 3 + rank : start + 3 + 2 * rank]])
        extent = itemsize
        for size, stride in zip(shape, strides, strict=True):
            extent = extent + (size - 1) * stride if size and extent else 0
        memory = _bytes_type(extent).from_address(address + offset * itemsize)
        found: Array = np.ndarray(shape, self.dtype, memory, 0, strides)
        if allocated == 0 or allocated in inputs:
            found = found.copy()
        else:
            owner = owners.get(allocated)
            if owner is None:
                owner = owners[allocated] = Allocation(allocated)
            memory.owner = owner
        found.flags.writeable = False
        return found
