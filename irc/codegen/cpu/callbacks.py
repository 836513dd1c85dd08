"""Native code calls Python functions: what `irc.custom_call` is for compiled programs.

It is one C function for all, which ctypes makes and which takes Python's lock while it runs. An exception must not pass
through native code: it is kept for the thread, the caller is told by a message, and jumps out of the program.
"""

from __future__ import annotations

import ctypes
import threading
from functools import cache, lru_cache
from typing import Any

import numpy as np

from irc.custom_calls.convention import CUSTOM_CALL, Called, parse
from irc.ir.diagnostic import Diagnostic
from irc.lowering.failures import decode, encode

_Function = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)


class _Problem(threading.local):
    """The exception that a thread's program ends with, and its message, which native code has the address of."""

    def __init__(self) -> None:
        self.exception: BaseException | None = None
        self.message: Any = None


_problem = _Problem()


@lru_cache(maxsize=4096)
def _decoded(what: bytes) -> tuple[Diagnostic, Called]:
    """The place of a call, and what it calls."""
    place = decode(what.decode("utf-8", "surrogateescape"))
    return place, parse(place.message)


def _custom_call(what: int, words: int) -> int | None:
    try:
        place, called = _decoded(ctypes.string_at(what))
    except BaseException as exception:  # noqa: BLE001 - none may pass through native code
        return _failed(exception, str(exception))
    try:
        called.run(_memory(words, 8 * called.words).view(np.int64), _bytes_at)
    except BaseException as exception:  # noqa: BLE001
        return _failed(exception, encode(place.location, f"'nd.custom_call' op failed: {exception}"))
    return None


def _memory(address: int, size: int) -> np.ndarray[Any, Any]:
    """Bytes of the process."""
    bytes: Any = (ctypes.c_uint8 * size).from_address(address)
    return np.ndarray(size, np.uint8, bytes)


def _bytes_at(address: int, size: int, write: bool) -> np.ndarray[Any, Any]:
    return _memory(address, size)


def _failed(exception: BaseException, message: str) -> int:
    _problem.exception = exception
    _problem.message = ctypes.create_string_buffer(message.encode("utf-8", "surrogateescape"))
    return ctypes.addressof(_problem.message)


def take_exception() -> BaseException | None:
    """The exception of this thread's last program that a Python function ended, if there was one since the last time.

    Raises it if it is none that programs deal with, such as `KeyboardInterrupt`.
    """
    exception, _problem.exception = _problem.exception, None
    if exception is not None and not isinstance(exception, Exception):
        raise exception
    return exception


@cache
def _function() -> Any:
    return _Function(_custom_call)


def addresses(text: str) -> dict[str, int]:
    """The addresses of the functions that code for this LLVM IR needs."""
    if CUSTOM_CALL not in text:
        return {}
    address = ctypes.cast(_function(), ctypes.c_void_p).value
    assert address is not None
    return {CUSTOM_CALL: address}
