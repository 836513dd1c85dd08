"""sin and cos as arithmetic.

The argument is reduced by multiples of pi/2, which is taken as the sum of three floats (Cody and Waite); with fused
multiply-adds the first step is exact. Beyond `LIMIT` the reduction would lose digits: lanes there are left to the C
library, behind a branch that is hardly ever taken.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from irc.dialects import arith, scf, vector
from irc.ir.attributes import unit
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.region import Region
from irc.ir.types import VectorType, i1
from irc.ir.value import Value
from irc.lowering import math_coefficients as table
from irc.lowering.math_emitter import Emitter

LIMIT = {True: 2.0**16, False: 2.0**20}
"""The largest magnitude that is reduced here, for `f32` and `f64`."""

LIBRARY = "irc.library_call"
"""Marks an op of the math dialect that is to stay a call of the C library."""


def sine(e: Emitter, x: Value) -> Value:
    """sin(x) for |x| up to the limit."""
    r, n = _quadrant(e, x)
    y = _by_quadrant(e, r, n, swap=e.is_odd(n))
    return e.select(e.compare("oeq", x, 0.0), x, y)


def cosine(e: Emitter, x: Value) -> Value:
    """cos(x) for |x| up to the limit: sin a quarter turn on."""
    r, n = _quadrant(e, x)
    turned = e.add_i(n, 1)
    return _by_quadrant(e, r, turned, swap=e.is_odd(turned))


def _quadrant(e: Emitter, x: Value) -> tuple[Value, Value]:
    """x = n pi/2 + r with |r| <= pi/4."""
    n, integer = e.round(e.mul(x, table.TWO_OVER_PI))
    r = x
    for part in table.HALF_PI[e.is_f32]:
        r = e.fma(n, -part, r)
    return r, integer


def _by_quadrant(e: Emitter, r: Value, n: Value, swap: Value) -> Value:
    """sin(r), or cos(r) where `swap`, negated in the second half of the circle."""
    z = e.mul(r, r)
    sin = e.fma(e.mul(r, z), e.horner(z, table.SIN[e.is_f32]), r)
    # 1 - z/2 first, and what its rounding loses is put back.
    half = e.mul(z, 0.5)
    head = e.sub(1.0, half)
    lost = e.sub(e.sub(1.0, head), half)
    cos = e.add(head, e.fma(e.mul(z, z), e.horner(z, table.COS[e.is_f32]), lost))
    sign = e.shift_left(e.shift_right(n, 1), e.format.type.width - 1)
    return e.xor_bits(e.select(swap, cos, sin), sign)


def with_library(e: Emitter, op: Any, compute: Callable[[Emitter, Value], Value]) -> Value:
    """`compute` on the operand of `op`; lanes beyond the limit are recomputed by the C library if there are any."""
    x = op.operands[0]
    y = compute(e, x)
    beyond = e.compare("ogt", e.abs(x), LIMIT[e.is_f32])
    b = e.b
    any_beyond = _any(b, beyond)
    then, otherwise = Block(), Block()
    branch = b.insert(scf.If(any_beyond, Region(then), Region(otherwise), result_types=[x.type]))
    with b.at(InsertPoint.at_end(then)):
        exact = b.insert(type(op)(x, attributes={LIBRARY: unit})).result
        b.insert(scf.Yield([b.insert(arith.Select(beyond, exact, y)).result]))
    with b.at(InsertPoint.at_end(otherwise)):
        b.insert(scf.Yield([y]))
    return branch.results[0]


def _any(b: Builder, mask: Value) -> Value:
    """Whether any lane of a mask is set."""
    if not isinstance(mask.type, VectorType):
        return mask
    count = mask.type.num_elements
    flat = mask
    if mask.type.rank != 1:
        flat = b.insert(vector.ShapeCast(mask, result_types=[VectorType((count,), i1)])).result
    return b.insert(vector.Reduction(vector.CombiningKind("or"), flat)).results[0]
