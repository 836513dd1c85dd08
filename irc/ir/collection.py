"""Python's garbage collector, at rest while a program is built or transformed.

An IR is one large web of references, nearly all of which lives until the end: looking through it for garbage takes a quarter of
the time that passes take, and finds next to nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collection() -> Iterator[None]:
    """Collect no garbage in this part of a program. May be nested; also decorates functions."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
