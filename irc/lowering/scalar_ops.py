"""Comparisons and selections of scalars, which the lowerings of elements are made of."""

from __future__ import annotations

from collections.abc import Callable

from irc.dialects import arith
from irc.dialects.arith_attributes import CMPF
from irc.ir.attributes import IntegerAttr
from irc.ir.builder import Builder
from irc.ir.types import FloatType, Type, f32, i64
from irc.ir.value import Value


def cmpf(b: Builder, predicate: str, lhs: Value, rhs: Value) -> Value:
    return b.insert(arith.CmpF(lhs, rhs, IntegerAttr(CMPF[predicate], i64))).result


def select(b: Builder, condition: Value, yes: Value, no: Value) -> Value:
    return b.insert(arith.Select(condition, yes, no)).result


def is_narrow(type: Type) -> bool:
    """Whether a type is a float type that is computed in `f32`."""
    return isinstance(type, FloatType) and type.width < f32.width


def through_f32(compute: Callable[..., Value]) -> Callable[..., Value]:
    """`compute` on scalars as `f32` where they are of a narrower float type; the result is rounded once."""

    def computed(b: Builder, *operands: Value) -> Value:
        narrow = operands[0].type
        if not is_narrow(narrow):
            return compute(b, *operands)
        found = compute(b, *(b.insert(arith.ExtF(x, result_types=[f32])).result for x in operands))
        return b.insert(arith.TruncF(found, result_types=[narrow])).result if found.type is f32 else found

    return computed
