"""Room for functions that call themselves once per level of what a program nests."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

MAX_FRAMES = 10_000
"""How deep calls of Python may nest: several for each level of the deepest program that the parser takes."""


@contextmanager
def frames(count: int) -> Iterator[None]:
    """Let Python functions be nested `count` deep in this part of a program, or deeper if they may already."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, count))
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


deep_calls = frames(MAX_FRAMES)
"""What reads, checks, changes or prints a program of any depth is decorated with it, or runs in a `with` of `frames`."""
