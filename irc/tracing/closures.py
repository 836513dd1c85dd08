"""What a Python function refers to from outside: the arrays that it uses are noted while it runs, and may be replaced.

Arrays are known by what the function holds, which under `vmap` is one example's view. So what is put in their place may differ
between examples though they do not, and the function still sees one example.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from irc.tracing.array import Array


class _State(threading.local):
    def __init__(self) -> None:
        self.layers: list[dict[int, Array]] = []
        """Replacements, the outermost first: what one of them puts in a place the next may replace."""
        self.used: dict[int, Array] | None = None
        self.active = False


_state = _State()


def seen(array: Array) -> Array:
    """What stands for an array that is used."""
    if not _state.active:
        return array
    for layer in _state.layers:
        array = layer.get(id(array), array)
    if _state.used is not None:
        _state.used.setdefault(id(array), array)
    return array


@contextmanager
def _set(active: bool, layers: list[dict[int, Array]], used: dict[int, Array] | None) -> Iterator[None]:
    before = _state.active, _state.layers, _state.used
    _state.active, _state.layers, _state.used = active, layers, used
    try:
        yield
    finally:
        _state.active, _state.layers, _state.used = before


@contextmanager
def unseen() -> Iterator[None]:
    """While a batching rule runs: its arrays are none of the function's."""
    with _set(False, _state.layers, _state.used):
        yield


@contextmanager
def noted() -> Iterator[dict[int, Array]]:
    """The arrays that are used meanwhile, in order."""
    found: dict[int, Array] = {}
    around = _state.used
    with _set(True, _state.layers, found):
        yield found
    if around is not None:
        for each in found.values():
            around.setdefault(id(each), each)


@contextmanager
def replaced(old: Sequence[Array], new: Sequence[Array]) -> Iterator[None]:
    """Where one of the `old` arrays is used meanwhile, a `new` one is."""
    layer = {id(a): b for a, b in zip(old, new, strict=True)}
    with _set(True, [*_state.layers, layer], _state.used):
        yield
