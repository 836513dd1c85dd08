"""Comparisons and selections of scalars, which the lowerings of elements are made of."""

from __future__ import annotations

from irc.dialects import arith
from irc.dialects.arith_attributes import CMPF
from irc.ir.attributes import IntegerAttr
from irc.ir.builder import Builder
from irc.ir.types import i64
from irc.ir.value import Value


def cmpf(b: Builder, predicate: str, lhs: Value, rhs: Value) -> Value:
    return b.insert(arith.CmpF(lhs, rhs, IntegerAttr(CMPF[predicate], i64))).result


def select(b: Builder, condition: Value, yes: Value, no: Value) -> Value:
    return b.insert(arith.Select(condition, yes, no)).result
