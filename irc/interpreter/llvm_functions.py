"""Functions of the C library that programs in the llvm dialect call."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from irc.custom_calls.convention import CUSTOM_CALL, parse
from irc.interpreter import floats as fl
from irc.interpreter.llvm_memory_model import NULL, Heap, Pointer, span


def _allocate(heap: Heap, size: Any) -> Pointer:
    if int(size) < 0:
        raise ValueError(f"allocates {int(size)} bytes")
    return heap.new(int(size))


def _aligned_alloc(heap: Heap, alignment: Any, size: Any) -> Pointer:
    if int(size) % int(alignment):
        raise ValueError(f"allocates {int(size)} bytes, which is no multiple of the alignment {int(alignment)}")
    return _allocate(heap, size)


def _free(heap: Heap, pointer: Pointer) -> None:
    block = pointer.block
    if block is None and pointer.offset == 0:
        return
    if block is None or pointer.offset != 0:
        raise ValueError("frees a pointer that is not the start of a block")
    if block.freed:
        raise ValueError("frees memory that was freed before")
    block.freed = True


def text_at(pointer: Pointer) -> str:
    """The string at a pointer, up to its zero byte."""
    block = pointer.block
    if block is None:
        raise ValueError("reads a string through a pointer to no memory")
    data = span(pointer, len(block.data) - pointer.offset).tobytes()
    end = data.find(b"\0")
    if end < 0:
        raise ValueError("reads a string without an end: out of bounds")
    return data[:end].decode("utf-8", "surrogateescape")


_CONVERSION = re.compile(r"%(?:%|[-+ #0]*\d*(?:\.\d+)?(?:hh|h|ll|l|z)?[diuxXcfgGeEsp])")


def _printf(heap: Heap, pointer: Pointer, *values: Any) -> Any:
    rest = iter(values)

    def convert(match: re.Match[str]) -> str:
        form = match.group()
        if form == "%%":
            return "%"
        value = next(rest)
        plain = re.sub(r"(hh|h|ll|l|z)(?=[diuxXc]$)", "", form).replace("u", "d")
        if form[-1] == "s":
            return plain % text_at(value)
        if form[-1] == "p":
            return f"{value.address:#x}"
        if form[-1] in "uxX" and isinstance(value, np.signedinteger):
            value = value.view(f"u{value.dtype.itemsize}")
        return plain % (float(value) if form[-1] in "fgGeE" else int(value))

    text = _CONVERSION.sub(convert, text_at(pointer))
    sys.stdout.write(text)
    return np.int32(len(text.encode("utf-8", "surrogateescape")))


def _puts(heap: Heap, pointer: Pointer) -> Any:
    sys.stdout.write(text_at(pointer) + "\n")
    return np.int32(0)


def _abort(heap: Heap) -> None:
    raise ValueError("the program calls abort()")


def _fail(heap: Heap, pointer: Pointer) -> None:
    # The message follows the place in the text that it is about.
    raise ValueError(text_at(pointer).rpartition("\x1f")[2])


def _custom_call(heap: Heap, what: Pointer, words: Pointer) -> Pointer:
    assert words.block is not None
    data = span(words, len(words.block.data) - words.offset).view(np.int64)
    # The name and the types follow the place in the text.
    called = parse(text_at(what).rpartition("\x1f")[2])
    called.run(data, lambda address, size, write: span(heap.at(address), size, write=write))
    return NULL


_LIBM: dict[str, Callable[..., Any]] = {
    "exp": np.exp, "exp2": np.exp2, "expm1": np.expm1, "log": np.log, "log2": np.log2, "log10": np.log10,
    "log1p": np.log1p, "sin": np.sin, "cos": np.cos, "tan": np.tan, "sinh": np.sinh, "cosh": np.cosh, "tanh": np.tanh,
    "asin": np.arcsin, "acos": np.arccos, "atan": np.arctan, "asinh": np.arcsinh,
    "acosh": np.arccosh, "atanh": np.arctanh, "erf": fl.erf, "cbrt": np.cbrt, "pow": np.power,
    "atan2": np.arctan2, "fmod": np.fmod,
}  # fmt: skip


def _libm(function: Callable[..., Any], dtype: Any) -> Callable[..., Any]:
    return lambda heap, *values: dtype(function(*values))


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "malloc": _allocate,
    "aligned_alloc": _aligned_alloc,
    "free": _free,
    "printf": _printf,
    "puts": _puts,
    "abort": _abort,
    "irc.fail": _fail,
    CUSTOM_CALL: _custom_call,
    **{name: _libm(function, np.float64) for name, function in _LIBM.items()},
    **{f"{name}f": _libm(function, np.float32) for name, function in _LIBM.items()},
}
"""By name: `function(heap, *arguments)`. They raise `ValueError` where the program does what it must not."""
