"""Arithmetic on sizes and positions that are numbers known now or index values: what is known is computed here."""

from __future__ import annotations

import math
from collections.abc import Sequence

from irc.dialects import arith
from irc.dialects._slices import Mixed
from irc.dialects.arith_attributes import CMPI
from irc.ir.attributes import IntegerAttr, index_attr
from irc.ir.builder import Builder
from irc.ir.types import Shape, i64
from irc.ir.value import Value

Amount = Mixed
"""A number known now, or an index value."""


def index_constant(b: Builder, value: int) -> Value:
    return b.insert(arith.Constant(index_attr(value))).result


def as_value(b: Builder, amount: Amount) -> Value:
    """An amount as an index value."""
    return amount if isinstance(amount, Value) else index_constant(b, amount)


def amounts(shape: Shape, sizes: Sequence[Value]) -> list[Amount]:
    """Static sizes as numbers, the others from `sizes` in order."""
    dynamic = iter(sizes)
    return [known if known is not None else next(dynamic) for known in shape]


def add(b: Builder, parts: Sequence[Amount]) -> Amount:
    """The sum."""
    total: Amount = sum(part for part in parts if isinstance(part, int))
    for part in parts:
        if isinstance(part, Value):
            total = part if total == 0 else b.insert(arith.AddI(as_value(b, total), part)).result
    return total


def product(b: Builder, factors: Sequence[Amount]) -> Amount:
    """The product."""
    total: Amount = math.prod(factor for factor in factors if isinstance(factor, int))
    for factor in factors:
        if isinstance(factor, Value):
            total = factor if total == 1 else b.insert(arith.MulI(as_value(b, total), factor)).result
    return total


def compare(b: Builder, predicate: str, lhs: Amount, rhs: Amount) -> Value:
    """A comparison of integers by a predicate of `arith.cmpi`; numbers that are known are indices."""
    return b.insert(arith.CmpI(as_value(b, lhs), as_value(b, rhs), IntegerAttr(CMPI[predicate], i64))).result
