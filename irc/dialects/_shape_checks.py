"""Shapes that may agree, and how messages tell them: a size is a number, or unknown (`None`)."""

from __future__ import annotations

from collections.abc import Sequence

from irc.ir.types import Dimension, Shape


def same_size(a: Dimension, b: Dimension) -> bool:
    """Whether two sizes may be the same."""
    return a is None or b is None or a == b


def same_shape(a: Shape, b: Shape) -> bool:
    """Whether two shapes may be the same."""
    return len(a) == len(b) and all(map(same_size, a, b))


def shape_text(sizes: Sequence[Dimension]) -> str:
    """`2, ?` as messages list sizes."""
    return ", ".join("?" if size is None else str(size) for size in sizes)


def distinct(values: Sequence[int]) -> bool:
    """Whether no value occurs twice."""
    return len(set(values)) == len(values)
