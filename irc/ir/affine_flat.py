"""Affine expressions as sums: a factor for each dimension, each symbol and each quotient, and a number.

Two expressions that are the same sum become the same expression, with its terms in the order of the dimensions, the symbols and
the quotients as they are met. A remainder is what a quotient leaves: `x mod c` is `x - (x floordiv c) * c`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache

from irc.ir.affine import (
    AffineBinary,
    AffineConstant,
    AffineDim,
    AffineExpr,
    AffineMap,
    AffineSymbol,
    binary,
    is_int64,
    is_small,
)
from irc.ir.types import Shape


@dataclass(slots=True)
class Sum:
    """The factors of dimensions, symbols and quotients that are not zero, and the number."""

    dims: dict[int, int] = field(default_factory=dict)
    symbols: dict[int, int] = field(default_factory=dict)
    quotients: dict[int, int] = field(default_factory=dict)
    constant: int = 0

    @property
    def groups(self) -> tuple[dict[int, int], ...]:
        return self.dims, self.symbols, self.quotients

    def plus(self, other: Sum, times: int = 1) -> Sum:
        """`self + other * times`."""
        dims, symbols, quotients = (
            _added(mine, theirs, times) for mine, theirs in zip(self.groups, other.groups, strict=True)
        )
        return Sum(dims, symbols, quotients, self.constant + other.constant * times)

    def divisor(self, number: int) -> int:
        """The greatest common divisor of `number` and all factors."""
        return math.gcd(number, self.constant, *[factor for group in self.groups for factor in group.values()])

    def divided(self, divisor: int) -> Sum:
        """The sum with all factors divided by a divisor of theirs."""
        dims, symbols, quotients = ({key: factor // divisor for key, factor in g.items()} for g in self.groups)
        return Sum(dims, symbols, quotients, self.constant // divisor)


def _added(mine: dict[int, int], theirs: dict[int, int], times: int) -> dict[int, int]:
    keys = dict.fromkeys([*mine, *theirs])
    merged = {key: mine.get(key, 0) + theirs.get(key, 0) * times for key in keys}
    return {key: factor for key, factor in merged.items() if factor}


class Flattener:
    """Makes sums of expressions, which share their quotients."""

    def __init__(self) -> None:
        self.quotients: list[AffineExpr] = []

    def sum_of(self, expr: AffineExpr) -> Sum:
        """The sum that `expr` is. Raises `ValueError` where it is none: something is not multiplied or divided by a number."""
        match expr:
            case AffineConstant():
                return Sum(constant=expr.value)
            case AffineDim():
                return Sum(dims={expr.position: 1})
            case AffineSymbol():
                return Sum(symbols={expr.position: 1})
            case AffineBinary(kind="+"):
                return self.sum_of(expr.lhs).plus(self.sum_of(expr.rhs))
            case AffineBinary(rhs=AffineConstant(value=number)) if expr.kind == "*" or number > 0:
                whole = self.sum_of(expr.lhs)
                if expr.kind == "*":
                    return Sum().plus(whole, number)
                if expr.kind == "mod":
                    return whole.plus(self._quotient(whole, number, "floordiv"), -number)
                return self._quotient(whole, number, expr.kind)
        raise ValueError("not a sum with numbers for factors")

    def _quotient(self, whole: Sum, number: int, kind: str) -> Sum:
        common = whole.divisor(number)
        whole, number = whole.divided(common), number // common
        if number == 1:
            return whole
        found = binary(kind, self.expr_of(whole), AffineConstant(number))  # type: ignore[arg-type]  # floordiv or ceildiv
        if isinstance(found, AffineConstant):
            return Sum(constant=found.value)
        if found not in self.quotients:
            self.quotients.append(found)
        return Sum(quotients={self.quotients.index(found): 1})

    def expr_of(self, total: Sum) -> AffineExpr:
        """The expression of a sum. Raises `ValueError` where it would be too large, or a number in it."""
        if not all(is_int64(factor) for factor in (total.constant, *[f for g in total.groups for f in g.values()])):
            raise ValueError("a factor has more than 64 bits")
        expr: AffineExpr = AffineConstant(0)
        for position, factor in sorted(total.dims.items()):
            expr = expr + AffineDim(position) * factor
        for position, factor in sorted(total.symbols.items()):
            expr = expr + AffineSymbol(position) * factor
        for position, factor in sorted(total.quotients.items()):
            expr = expr + self.quotients[position] * factor
        expr = expr + total.constant
        if not is_small(expr):
            raise ValueError("the expression has too many parts")
        return expr


@lru_cache(maxsize=1024)
def simplified(expr: AffineExpr) -> AffineExpr:
    """The expression of the sum that `expr` is, or `expr` itself where it is none."""
    flattener = Flattener()
    try:
        return flattener.expr_of(flattener.sum_of(expr))
    except ValueError:
        return expr


def simplified_map(map: AffineMap) -> AffineMap:
    """A map with its results as sums."""
    return AffineMap(map.num_dims, map.num_symbols, tuple(simplified(result) for result in map.results))


@lru_cache(maxsize=1024)
def linear_factors(expr: AffineExpr, num_dims: int, num_symbols: int) -> tuple[int, ...] | None:
    """The factors of all dimensions and symbols, and the number; `None` for an expression that is no such sum."""
    flattener = Flattener()
    try:
        total = flattener.sum_of(expr)
    except ValueError:
        return None
    if flattener.quotients:
        return None
    dims, symbols = (
        [total.dims.get(i, 0) for i in range(num_dims)],
        [total.symbols.get(i, 0) for i in range(num_symbols)],
    )
    return (*dims, *symbols, total.constant)


def is_injective(map: AffineMap, extents: Shape) -> bool:
    """Whether it is known that a map takes no two points of a box of such extents to the same place: each dimension moves one
    result alone, in steps beyond what those with shorter steps reach."""
    left = {dim for dim in range(map.num_dims) if extents[dim] != 1}
    for expr in map.results:
        factors = linear_factors(expr, map.num_dims, map.num_symbols)
        if factors is None:
            return False
        reach = 0.0
        for step, dim in sorted((abs(factors[dim]), dim) for dim in range(map.num_dims) if factors[dim]):
            extent = extents[dim]
            if extent == 1:
                continue
            if dim not in left or step <= reach:
                return False
            left.remove(dim)
            reach = math.inf if extent is None else reach + step * max(0, extent - 1)
    return not left
