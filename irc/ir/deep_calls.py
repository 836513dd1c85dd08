"""Room for calls that nest as deep as programs do."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

MAX_FRAMES = 10_000
"""How deep calls of Python may nest: several for each level of the deepest program that the parser takes."""


@contextmanager
def deep_calls(frames: int = MAX_FRAMES) -> Iterator[None]:
    """Raises Python's limit on nested calls; also a decorator."""
    limit = sys.getrecursionlimit()
    if limit >= frames:
        yield
        return
    sys.setrecursionlimit(frames)
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)
