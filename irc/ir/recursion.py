"""Room for functions that call themselves once per level of what a program nests."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def frames(count: int) -> Iterator[None]:
    """Let Python functions be nested `count` deep in this part of a program, or deeper if they may already."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, count))
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)
