"""Algebraic identities that never change a result, whatever the operands."""

from __future__ import annotations

from typing import Any

from irc.ir.types import IndexType, IntegerType, element_type
from irc.rewrite.pattern import ops, variables
from irc.rewrite.rules import RuleSet

nd, arith = ops("nd"), ops("arith")
x, y, c = variables("x y c")


def _is_integer(op: Any) -> bool:
    return isinstance(element_type(op.results[0].type), IntegerType | IndexType)


TENSOR = RuleSet(
    multiply_one=nd.multiply(x, 1) >> x,
    divide_one=nd.divide(x, 1) >> x,
    subtract_zero=nd.subtract(x, 0.0) >> x,
    # The neutral element of floats is -0.0, since -0.0 + 0.0 is 0.0; integers have one zero.
    add_zero=nd.add(x, -0.0) >> x,
    subtract_same=(nd.subtract(x, x) >> 0).when(_is_integer),
    multiply_zero=(nd.multiply(x, 0) >> 0).when(_is_integer),
    negate_twice=nd.negative(nd.negative(x)) >> x,
    multiply_minus_one=nd.multiply(x, -1) >> nd.negative(x),
    add_negative=nd.add(x, nd.negative(y)) >> nd.subtract(x, y),
    subtract_negative=nd.subtract(x, nd.negative(y)) >> nd.add(x, y),
    multiply_negatives=nd.multiply(nd.negative(x), nd.negative(y)) >> nd.multiply(x, y),
    power_one=nd.pow(x, 1) >> x,
    square=nd.pow(x, 2) >> nd.multiply(x, x),
    not_twice=nd.logical_not(nd.logical_not(x)) >> x,
    where_true=nd.where(1, x, y) >> x,
    where_false=nd.where(0, x, y) >> y,
    where_same=nd.where(c, x, x) >> x,
    where_not=nd.where(nd.logical_not(c), x, y) >> nd.where(c, y, x),
    maximum_same=nd.maximum(x, x) >> x,
    minimum_same=nd.minimum(x, x) >> x,
    absolute_twice=nd.abs(nd.abs(x)) >> nd.abs(x),
)

SCALAR = RuleSet(
    negate_twice=arith.negf(arith.negf(x)) >> x,
    multiply_minus_one=arith.mulf(x, -1) >> arith.negf(x),
    add_negative=arith.addf(x, arith.negf(y)) >> arith.subf(x, y),
    subtract_negative=arith.subf(x, arith.negf(y)) >> arith.addf(x, y),
    subtract_same=arith.subi(x, x) >> 0,
    xor_same=arith.xori(x, x) >> 0,
)
