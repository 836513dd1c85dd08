"""What is known of the values of affine expressions, from the loops that their operands count."""

from __future__ import annotations

import math
from collections.abc import Sequence

from irc.dialects import affine
from irc.ir.affine import (
    AffineBinary,
    AffineConstant,
    AffineDim,
    AffineExpr,
    AffineMap,
    AffineSymbol,
    binary,
    known_divisor,
)
from irc.ir.value import BlockArgument, Value

Range = tuple[int | None, int | None]
"""The least and the greatest value, `None` where they are not known."""

UNKNOWN: Range = (None, None)


def simplified_by_ranges(map: AffineMap, operands: Sequence[Value]) -> AffineMap:
    """A map without the quotients and remainders whose values the ranges of the operands tell."""
    known = Ranges(map.num_dims, operands)
    return AffineMap(map.num_dims, map.num_symbols, tuple(known.simplified(result) for result in map.results))


class Ranges:
    """What is known of expressions of some operands."""

    def __init__(self, num_dims: int, operands: Sequence[Value]) -> None:
        self.num_dims, self.operands = num_dims, operands

    def _operand(self, leaf: AffineDim | AffineSymbol) -> Value:
        return self.operands[leaf.position + (0 if isinstance(leaf, AffineDim) else self.num_dims)]

    def of(self, expr: AffineExpr) -> Range:
        """The least and the greatest value of an expression."""
        match expr:
            case AffineConstant():
                return expr.value, expr.value
            case AffineDim() | AffineSymbol():
                return range_of_value(self._operand(expr))
            case AffineBinary(kind="+"):
                (a, b), (c, d) = self.of(expr.lhs), self.of(expr.rhs)
                return (a + c if a is not None and c is not None else None), (
                    b + d if b is not None and d is not None else None
                )
            case AffineBinary(rhs=AffineConstant(value=number)):
                return _scaled(expr.kind, self.of(expr.lhs), number)
        return UNKNOWN

    def divisor(self, expr: AffineExpr) -> int:
        """A number that divides all values of an expression: of a loop's variable, what its start and its step have in
        common."""
        loop = counting_loop(self._operand(expr)) if isinstance(expr, AffineDim) else None
        if loop is None:
            return known_divisor(expr)
        return math.gcd(loop.step.value, *[known_divisor(start) for start in loop.lowerBoundMap.map.results])

    def simplified(self, expr: AffineExpr) -> AffineExpr:
        """The same values without needless quotients and remainders."""
        if not isinstance(expr, AffineBinary):
            return expr
        lhs, rhs = self.simplified(expr.lhs), self.simplified(expr.rhs)
        try:
            found = binary(expr.kind, lhs, rhs)  # type: ignore[arg-type]  # the kind of an interned expression is valid
        except ValueError:
            # A division of a constant by one that is not positive has no value.
            return expr
        match found:
            case AffineBinary(kind="mod" | "floordiv" | "ceildiv", rhs=AffineConstant(value=number)) if number > 0:
                return self._divided(found, number)
        return found

    def _divided(self, expr: AffineBinary, number: int) -> AffineExpr:
        least, greatest = self.of(expr.lhs)
        if least is not None and greatest is not None:
            if expr.kind == "mod" and least // number == greatest // number == 0:
                return expr.lhs
            quotients = _scaled(expr.kind, (least, greatest), number)
            if expr.kind != "mod" and quotients[0] is not None and quotients[0] == quotients[1]:
                return AffineConstant(quotients[0])
        if expr.kind != "ceildiv" and isinstance(expr.lhs, AffineBinary) and expr.lhs.kind == "+":
            return self._without_rest(expr, expr.lhs, number)
        return expr

    def _without_rest(self, expr: AffineBinary, total: AffineBinary, number: int) -> AffineExpr:
        """Of `q + r`, where `q` is a multiple of some number and `r` less than that, the quotient is that of `q`."""
        for whole, rest in ((total.lhs, total.rhs), (total.rhs, total.lhs)):
            step = self.divisor(whole)
            least, greatest = self.of(rest)
            if least is None or greatest is None or least < 0:
                continue
            if greatest < number and step % number == 0:
                return rest if expr.kind == "mod" else whole // number
            if greatest < step and number % step == 0 and expr.kind == "floordiv":
                return whole // number
        return expr


def _scaled(kind: str, inner: Range, number: int) -> Range:
    """The range of what is multiplied or divided by a number."""
    a, b = inner
    if kind == "*":
        ends = [end * number if end is not None else None for end in inner]
        return (ends[0], ends[1]) if number >= 0 else (ends[1], ends[0])
    if number <= 0:
        return UNKNOWN
    if kind == "mod":
        inside = a is not None and b is not None and a // number == b // number
        return (a % number, b % number) if inside and a is not None and b is not None else (0, number - 1)
    sign = -1 if kind == "ceildiv" else 1
    low, high = (sign * (sign * end // number) if end is not None else None for end in inner)
    return low, high


def counting_loop(value: Value) -> affine.For | None:
    """The `affine.for` whose variable a value is."""
    if not isinstance(value, BlockArgument) or value.index != 0:
        return None
    loop = value.owner.parent_op
    return loop if isinstance(loop, affine.For) else None


def constant_bound(map: AffineMap) -> int | None:
    """The number that a bound is."""
    only = map.results[0] if len(map.results) == 1 else None
    return only.value if isinstance(only, AffineConstant) else None


def range_of_value(value: Value) -> Range:
    """What an operand can be."""
    loop = counting_loop(value)
    if loop is None or loop.step.value <= 0:
        return UNKNOWN
    start, end, step = constant_bound(loop.lowerBoundMap.map), constant_bound(loop.upperBoundMap.map), loop.step.value
    if start is None or end is None:
        return start, end - 1 if end is not None else None
    # Where the loop runs at all.
    return start, max(start, end - 1 - (end - 1 - start) % step)
