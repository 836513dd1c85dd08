"""Numbers of any length, which integers of many bits have: Python alone reads and writes no more than 4300 digits."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def any_number_of_digits() -> Iterator[None]:
    """Lifts Python's limit, which guards servers against input that takes long; also a decorator."""
    limit = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        yield
    finally:
        sys.set_int_max_str_digits(limit)
