"""How lowered programs make a custom call: `ptr @irc.custom_call(ptr %what, ptr %words)`.

`%what` is a string: the place of the op, then the name of the function, its options, and the types of its operands and of
the buffers that it writes, as text. The words of 64 bits are the operands, then the buffers: a number takes one word, a
memref of rank n its descriptor of 3 + 2 n. The result is null, or a message why the program cannot go on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from irc.custom_calls import Array, call, python_value
from irc.ir.attributes import DictionaryAttr
from irc.ir.dense import dtype_of
from irc.ir.types import FunctionType, MemRefType, Type
from irc.text.attributes import parse_attribute, parse_symbol_ref
from irc.text.lexer import TokenStream
from irc.text.spelling import spell, symbol_text
from irc.text.types import parse_type

CUSTOM_CALL = "irc.custom_call"
"""The function that lowered programs call; who runs them provides it."""

BytesAt = Callable[[int, int, bool], Array]
"""The bytes from an address on, as many as the second number says; the third says whether they are to be written."""


@dataclass(frozen=True, slots=True)
class Called:
    """What a string names."""

    name: str
    options: Mapping[str, Any]
    inputs: tuple[Type, ...]
    buffers: tuple[MemRefType, ...]

    @property
    def words(self) -> int:
        """How many words the operands and the buffers take."""
        return sum(map(word_count, (*self.inputs, *self.buffers)))

    def run(self, words: Array, bytes_at: BytesAt) -> None:
        """Make the call. Raises what `irc.custom_calls.call` does."""
        values: list[Any] = []
        start = 0
        for i, type in enumerate((*self.inputs, *self.buffers)):
            values.append(_value(type, words[start : start + word_count(type)], bytes_at, i >= len(self.inputs)))
            start += word_count(type)
        count = len(self.inputs)
        call(self.name, self.options, values[:count], values[count:], [type.element_type for type in self.buffers])


def word_count(type: Type) -> int:
    """The words that a value takes."""
    return 3 + 2 * type.rank if isinstance(type, MemRefType) else -(-dtype_of(type).itemsize // 8)


def describe(name: str, options: DictionaryAttr, inputs: Sequence[Type], buffers: Sequence[Type]) -> str:
    """The text of a call, without its place."""
    return f"{symbol_text(name)} {spell(options)} {spell(FunctionType(tuple(inputs), tuple(buffers)))}"


@lru_cache(maxsize=1024)
def parse(text: str) -> Called:
    """What `describe` has written."""
    stream = TokenStream(text, "custom call")
    name = parse_symbol_ref(stream).root
    options, signature = parse_attribute(stream), parse_type(stream)
    assert isinstance(options, DictionaryAttr) and isinstance(signature, FunctionType)
    values = {key: python_value(value) for key, value in options.entries}
    buffers = tuple([type for type in signature.results if isinstance(type, MemRefType)])
    return Called(name, values, signature.inputs, buffers)


def _value(type: Type, words: Array, bytes_at: BytesAt, write: bool) -> Any:
    if not isinstance(type, MemRefType):
        dtype = dtype_of(type)
        return words.view(np.uint8)[: dtype.itemsize].copy().view(dtype)[0]
    rank, dtype = type.rank, dtype_of(type.element_type)
    _, aligned, offset, *rest = (int(word) for word in words[: 3 + 2 * rank])
    shape, strides = rest[:rank], [stride * dtype.itemsize for stride in rest[rank:]]
    if 0 in shape:
        return np.empty(shape, dtype)
    spans = [(size - 1) * stride for size, stride in zip(shape, strides, strict=True)]
    low, high = sum(min(0, span) for span in spans), sum(max(0, span) for span in spans)
    data = bytes_at(aligned + offset * dtype.itemsize + low, high - low + dtype.itemsize, write)
    return np.ndarray(shape, dtype, data, -low, strides)
