"""The function that is being traced in this thread, and the source line in the user's program that is being run."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from types import CodeType, FrameType
from typing import TYPE_CHECKING

from irc.ir.builder import Builder
from irc.ir.location import UNKNOWN, FileLineColLoc, Location, NameLoc

if TYPE_CHECKING:
    from irc.tracing.trace import FunctionTrace


class _State(threading.local):
    def __init__(self) -> None:
        self.traces: list[FunctionTrace] = []


_state = _State()


def traces() -> list[FunctionTrace]:
    """The functions being traced, innermost last."""
    return _state.traces


def is_tracing() -> bool:
    return bool(_state.traces)


def builder() -> Builder:
    """Inserts at the current place of the innermost function."""
    return _state.traces[-1].builder


_PACKAGE = str(Path(__file__).parent.parent) + "/"


def user_frame() -> FrameType | None:
    """The innermost frame that is no part of irc."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename.startswith(_PACKAGE):
        frame = frame.f_back
    return frame


def called_by_user() -> bool:
    """Whether the caller of this function's caller is no part of irc."""
    return not sys._getframe(2).f_code.co_filename.startswith(_PACKAGE)


_WRAPPED = {"method": "function", "<lambda>": "function", "wrapper": "fun"}
"""By names of functions that stand for others the variables that hold these."""


def user_function() -> str | None:
    """The name of the function of irc that the user's program called."""
    frame: FrameType | None = sys._getframe(1)
    name: str | None = None
    while frame is not None and frame.f_code.co_filename.startswith(_PACKAGE):
        local = _WRAPPED.get(frame.f_code.co_name)
        function = frame.f_locals.get(local) if local is not None else None
        found = getattr(function, "__name__", frame.f_code.co_name)
        name = name if found.startswith(("_", "<")) else found
        frame = frame.f_back
    return name if frame is not None else None


_LOCATIONS: dict[tuple[CodeType, int], Location] = {}


def user_location() -> Location:
    """File, line and function of the user's program."""
    frame = user_frame()
    if frame is None:
        return UNKNOWN
    key = frame.f_code, frame.f_lasti
    found = _LOCATIONS.get(key)
    if found is None:
        place = FileLineColLoc(frame.f_code.co_filename, frame.f_lineno, _column(frame))
        found = _LOCATIONS[key] = NameLoc(frame.f_code.co_name, place)
    return found


def _column(frame: FrameType) -> int:
    positions = list(frame.f_code.co_positions())
    column = positions[frame.f_lasti // 2][2] if frame.f_lasti >= 0 else None
    return (column or 0) + 1
