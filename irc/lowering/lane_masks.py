"""What is left of a row that does not fill a vector: a shorter vector, or a mask."""

from __future__ import annotations

from irc.dialects import vector
from irc.ir.builder import Builder
from irc.ir.types import VectorType, i1
from irc.ir.value import Value


def is_vector(count: int, lanes: int) -> bool:
    """Whether so many elements are a vector of the machine of their own, if `lanes` fill its widest register: the shortest
    registers are a quarter of that."""
    return count.bit_count() == 1 and 4 * count >= lanes


def first_lanes(b: Builder, count: Value | int, lanes: int) -> Value:
    """The mask of the first `count` of so many lanes."""
    type = VectorType((lanes,), i1)
    if isinstance(count, int):
        return b.insert(vector.ConstantMask.of([count], type)).result
    return b.insert(vector.CreateMask([count], result_types=[type])).result
