"""How lowered programs make a custom call: `ptr @irc.custom_call(ptr %what, ptr %words)`.

`%what` is a string: the place of the op, then the name of the function, its options, and the types of its operands and of
the buffers that it writes, as text. The words of 64 bits are the operands, then the buffers: a number takes one word, a
memref of rank n its descriptor of 3 + 2 n. The result is null, or a message why the program cannot go on.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from irc.custom_calls import Array, call, python_value
from irc.ir.attributes import DictionaryAttr
from irc.ir.dense import dtype_of
from irc.ir.lazy_numpy import np
from irc.ir.recursion import deep_calls
from irc.ir.types import FunctionType, MemRefType, Type, element_type
from irc.text.attributes import parse_attribute, parse_symbol_ref
from irc.text.lexer import TokenStream
from irc.text.spelling import spell, symbol_text
from irc.text.types import parse_type

CUSTOM_CALL = "irc.custom_call"
"""The function that lowered programs call; who runs them provides it."""

BytesAt = Callable[[int, int, bool], Array]
"""The bytes from an address on, as many as the second number says; the third says whether they are to be written."""


@dataclass(frozen=True, slots=True)
class Word:
    """A number or a memref among the words: from where on it lies there, and what it is."""

    start: int
    dtype: np.dtype[Any]
    rank: int | None
    is_contiguous: bool
    is_written: bool

    def read(self, words: Array, bytes_at: BytesAt) -> Any:
        """The number, or an array in the memory that the memref describes."""
        start, dtype, rank = self.start, self.dtype, self.rank
        if rank is None:
            return words[start:].view(np.uint8)[: dtype.itemsize].copy().view(dtype)[0]
        aligned, offset, *rest = words[start + 1 : start + 3 + 2 * rank].tolist()
        shape, strides = rest[:rank], [stride * dtype.itemsize for stride in rest[rank:]]
        address = aligned + offset * dtype.itemsize
        if 0 in shape:
            return np.empty(shape, dtype)
        if self.is_contiguous:
            return np.ndarray(shape, dtype, bytes_at(address, math.prod(shape) * dtype.itemsize, self.is_written))
        spans = [(size - 1) * stride for size, stride in zip(shape, strides, strict=True)]
        low, high = sum(min(0, span) for span in spans), sum(max(0, span) for span in spans)
        data = bytes_at(address + low, high - low + dtype.itemsize, self.is_written)
        return np.ndarray(shape, dtype, data, -low, strides)


@dataclass(frozen=True, slots=True)
class Called:
    """What a string names."""

    name: str
    options: Mapping[str, Any]
    inputs: tuple[Word, ...]
    buffers: tuple[Word, ...]
    elements: tuple[Type, ...]
    words: int

    def run(self, words: Array, bytes_at: BytesAt) -> None:
        """Make the call. Raises what `irc.custom_calls.call` does."""
        inputs, out = ([word.read(words, bytes_at) for word in group] for group in (self.inputs, self.buffers))
        call(self.name, self.options, inputs, out, self.elements)


def word_count(type: Type) -> int:
    """The words that a value takes."""
    return 3 + 2 * type.rank if isinstance(type, MemRefType) else -(-dtype_of(type).itemsize // 8)


def describe(name: str, options: DictionaryAttr, inputs: Sequence[Type], buffers: Sequence[Type]) -> str:
    """The text of a call, without its place."""
    return f"{symbol_text(name)} {spell(options)} {spell(FunctionType(tuple(inputs), tuple(buffers)))}"


@deep_calls
def parse(text: str) -> Called:
    """What `describe` has written."""
    stream = TokenStream(text, "custom call")
    name = parse_symbol_ref(stream).root
    options, signature = parse_attribute(stream), parse_type(stream)
    assert isinstance(options, DictionaryAttr) and isinstance(signature, FunctionType)
    values = {key: python_value(value) for key, value in options.entries}
    words: list[Word] = []
    start = 0
    for i, type in enumerate((*signature.inputs, *signature.results)):
        rank = type.rank if isinstance(type, MemRefType) else None
        is_contiguous = isinstance(type, MemRefType) and type.layout is None
        words.append(Word(start, dtype_of(element_type(type)), rank, is_contiguous, i >= len(signature.inputs)))
        start += word_count(type)
    count = len(signature.inputs)
    elements = tuple(map(element_type, signature.results))
    return Called(name, values, tuple(words[:count]), tuple(words[count:]), elements, start)
