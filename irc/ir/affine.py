"""Affine expressions, maps and sets: `(d0, d1)[s0] -> (d0 + s0, d1 floordiv 4)`.

Expressions are interned and simplified as they are built (constants folded to the right, neutral elements dropped, equal
terms joined, multiples divided), as MLIR's `AffineExpr` does.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Literal

from irc.ir.interning import Interned

BinaryKind = Literal["+", "*", "mod", "floordiv", "ceildiv"]

_EVALUATE: dict[str, Callable[[int, int], int]] = {
    "+": lambda a, b: a + b,
    "*": lambda a, b: a * b,
    "mod": lambda a, b: a % b,
    "floordiv": lambda a, b: a // b,
    "ceildiv": lambda a, b: -(-a // b),
}


class AffineExpr(Interned):
    """Base of affine expressions; `+`, `*`, `%` and `//` build new ones."""

    def __add__(self, other: AffineExpr | int) -> AffineExpr:
        return binary("+", self, as_expr(other))

    def __mul__(self, other: AffineExpr | int) -> AffineExpr:
        return binary("*", self, as_expr(other))

    def __mod__(self, other: AffineExpr | int) -> AffineExpr:
        return binary("mod", self, as_expr(other))

    def __floordiv__(self, other: AffineExpr | int) -> AffineExpr:
        return binary("floordiv", self, as_expr(other))


class AffineDim(AffineExpr):
    """`d<position>`."""

    position: int


class AffineSymbol(AffineExpr):
    """`s<position>`."""

    position: int


class AffineConstant(AffineExpr):
    """An integer."""

    value: int


class AffineBinary(AffineExpr):
    """`lhs kind rhs`; build it with `binary`, which simplifies."""

    kind: str
    lhs: AffineExpr
    rhs: AffineExpr


def _apply(kind: str, lhs: int, rhs: int) -> int:
    if kind in ("mod", "floordiv", "ceildiv") and rhs <= 0:
        raise ValueError(f"'{kind}' needs a positive divisor")
    return _EVALUATE[kind](lhs, rhs)


def is_int64(value: int) -> bool:
    """Whether an integer fits into 64 bits, signed."""
    return -(1 << 63) <= value < 1 << 63


def wrapped(value: int) -> int:
    """An integer reduced modulo two to 64 bits, signed: constants that are added to and multiplied with others wrap, as
    numbers do when the expression is computed."""
    return (value + (1 << 63)) % (1 << 64) - (1 << 63)


def as_expr(value: AffineExpr | int) -> AffineExpr:
    return AffineConstant(value) if isinstance(value, int) else value


def binary(kind: BinaryKind, lhs: AffineExpr, rhs: AffineExpr) -> AffineExpr:
    """`lhs kind rhs`, simplified as MLIR does it. Raises `ValueError` where the result is not affine."""
    if isinstance(lhs, AffineConstant) and isinstance(rhs, AffineConstant):
        value = _apply(kind, lhs.value, rhs.value)
        # What leaves the 64 bits of a constant is kept as it is written, but for the negation, which texts write as a sign.
        if is_int64(value) or (kind, rhs.value) == ("*", -1):
            return AffineConstant(wrapped(value))
        return AffineBinary(kind, lhs, rhs)
    if kind in ("+", "*") and (isinstance(lhs, AffineConstant) or (_is_symbolic(lhs) and not _is_symbolic(rhs))):
        lhs, rhs = rhs, lhs
    if kind == "*" and not _is_symbolic(rhs) and not _is_symbolic(lhs):
        raise ValueError(
            "non-affine expression: at least one of the multiply operands has to be a constant or symbolic"
        )
    if isinstance(rhs, AffineConstant):
        if (kind, rhs.value) in (("+", 0), ("*", 1), ("floordiv", 1), ("ceildiv", 1)):
            return lhs
        if (kind, rhs.value) in (("*", 0), ("mod", 1)):
            return AffineConstant(0)
    elif kind in ("mod", "floordiv", "ceildiv") and not _is_symbolic(rhs):
        raise ValueError(f"non-affine expression: right operand of {kind} has to be either a constant or symbolic")
    simpler = _SIMPLIFY[kind](lhs, rhs)
    return AffineBinary(kind, lhs, rhs) if simpler is None else simpler


def _simplify_sum(lhs: AffineExpr, rhs: AffineExpr) -> AffineExpr | None:
    match lhs, rhs:
        case AffineBinary(kind="+", rhs=AffineConstant() as constant), AffineConstant():
            return lhs.lhs + wrapped(constant.value + rhs.value)
    (left, factor), (right, other) = _factored(lhs), _factored(rhs)
    if left is right:
        return left * wrapped(factor + other)
    match lhs, rhs:
        case AffineBinary(kind="+", rhs=AffineConstant() as constant), _:
            return lhs.lhs + rhs + constant
        # What is left of an expression without the multiples of a number is the remainder.
        case _, AffineBinary(kind="*", lhs=AffineBinary(kind="floordiv", lhs=whole, rhs=AffineConstant() as divisor),
                             rhs=AffineConstant(value=negated)) if whole is lhs and divisor.value == -negated:  # fmt: skip
            return lhs % divisor
        case _, AffineBinary(kind="*", rhs=AffineConstant(value=-1),
                             lhs=AffineBinary(kind="*", lhs=AffineBinary(kind="floordiv", lhs=whole, rhs=by),
                                              rhs=times)) if whole is lhs and by is times:  # fmt: skip
            return lhs % by
    return None


def _simplify_product(lhs: AffineExpr, rhs: AffineExpr) -> AffineExpr | None:
    if isinstance(lhs, AffineBinary) and lhs.kind == "*" and isinstance(lhs.rhs, AffineConstant):
        if isinstance(rhs, AffineConstant):
            return lhs.lhs * wrapped(lhs.rhs.value * rhs.value)
        return lhs.lhs * rhs * lhs.rhs
    return None


def _simplify_quotient(lhs: AffineExpr, rhs: AffineExpr) -> AffineExpr | None:
    if not isinstance(rhs, AffineConstant) or rhs.value < 1:
        return None
    simpler = _multiple_divided(lhs, rhs.value)
    if simpler is None and isinstance(lhs, AffineBinary) and lhs.kind == "+":
        parts = (lhs.lhs, lhs.rhs)
        if any(known_divisor(part) % rhs.value == 0 for part in parts):
            return lhs.lhs // rhs + lhs.rhs // rhs
    return simpler


def _simplify_rounded_up(lhs: AffineExpr, rhs: AffineExpr) -> AffineExpr | None:
    return _multiple_divided(lhs, rhs.value) if isinstance(rhs, AffineConstant) and rhs.value >= 1 else None


def _multiple_divided(lhs: AffineExpr, divisor: int) -> AffineExpr | None:
    """`lhs * c` divided by a divisor of `c`."""
    match lhs:
        case AffineBinary(kind="*", rhs=AffineConstant(value=factor)) if factor % divisor == 0:
            return lhs.lhs * (factor // divisor)
    return None


def _simplify_remainder(lhs: AffineExpr, rhs: AffineExpr) -> AffineExpr | None:
    if not isinstance(rhs, AffineConstant) or rhs.value < 1:
        return None
    modulus = rhs.value
    if known_divisor(lhs) % modulus == 0:
        return AffineConstant(0)
    match lhs:
        case AffineBinary(kind="+") if known_divisor(lhs.lhs) % modulus == 0:
            return lhs.rhs % rhs
        case AffineBinary(kind="+") if known_divisor(lhs.rhs) % modulus == 0:
            return lhs.lhs % rhs
        case AffineBinary(kind="mod", rhs=AffineConstant(value=outer)) if outer >= 1 and outer % modulus == 0:
            return lhs.lhs % rhs
    return None


_SIMPLIFY: dict[str, Callable[[AffineExpr, AffineExpr], AffineExpr | None]] = {
    "+": _simplify_sum,
    "*": _simplify_product,
    "mod": _simplify_remainder,
    "floordiv": _simplify_quotient,
    "ceildiv": _simplify_rounded_up,
}


def _factored(expr: AffineExpr) -> tuple[AffineExpr, int]:
    """An expression as a product with a number."""
    if isinstance(expr, AffineBinary) and expr.kind == "*" and isinstance(expr.rhs, AffineConstant):
        return expr.lhs, expr.rhs.value
    return expr, 1


@lru_cache(maxsize=4096)
def known_divisor(expr: AffineExpr) -> int:
    """The greatest number that is known to divide all values of `expr`; 0 if they are all 0."""
    match expr:
        case AffineConstant():
            return abs(expr.value)
        case AffineBinary(kind="*"):
            return known_divisor(expr.lhs) * known_divisor(expr.rhs)
        case AffineBinary(kind="+" | "mod"):
            return math.gcd(known_divisor(expr.lhs), known_divisor(expr.rhs))
        case AffineBinary(rhs=AffineConstant(value=divisor)) if divisor:
            whole = known_divisor(expr.lhs)
            return abs(whole // divisor) if whole % divisor == 0 else 1
    return 1


@lru_cache(maxsize=4096)
def _is_symbolic(expr: AffineExpr) -> bool:
    if isinstance(expr, AffineBinary):
        return _is_symbolic(expr.lhs) and _is_symbolic(expr.rhs)
    return not isinstance(expr, AffineDim)


def substitute(expr: AffineExpr, dims: Sequence[AffineExpr], symbols: Sequence[AffineExpr] = ()) -> AffineExpr:
    """`expr` with every dimension and symbol replaced."""
    match expr:
        case AffineDim():
            return dims[expr.position]
        case AffineSymbol():
            return symbols[expr.position]
        case AffineBinary():
            lhs, rhs = substitute(expr.lhs, dims, symbols), substitute(expr.rhs, dims, symbols)
            return binary(expr.kind, lhs, rhs)  # type: ignore[arg-type]  # the kind of an interned expression is valid
        case _:
            return expr


def evaluate(expr: AffineExpr, dims: Sequence[int], symbols: Sequence[int] = ()) -> int:
    """The value of `expr` at the given dimensions and symbols."""
    match expr:
        case AffineConstant():
            return expr.value
        case AffineDim():
            return dims[expr.position]
        case AffineSymbol():
            return symbols[expr.position]
        case AffineBinary():
            return _apply(expr.kind, evaluate(expr.lhs, dims, symbols), evaluate(expr.rhs, dims, symbols))
    raise TypeError(f"not an affine expression: {expr}")


def dims_of(expr: AffineExpr) -> set[int]:
    """Positions of the dimensions that occur in `expr`."""
    if isinstance(expr, AffineBinary):
        return dims_of(expr.lhs) | dims_of(expr.rhs)
    return {expr.position} if isinstance(expr, AffineDim) else set()


MAX_PARTS = 60
"""How many parts the expressions have that rewriting makes: composing and simplifying may double them at each step, and what
is printed has to be read again."""


def is_small(expr: AffineExpr) -> bool:
    """Whether an expression has no more than `MAX_PARTS` parts."""
    pending, count = [expr], 0
    while pending and count <= MAX_PARTS:
        count += 1
        part = pending.pop()
        if isinstance(part, AffineBinary):
            pending += part.lhs, part.rhs
    return count <= MAX_PARTS


def leaves_of(exprs: Sequence[AffineExpr]) -> set[AffineExpr]:
    """The dimensions and symbols that occur in some expressions."""
    found: set[AffineExpr] = set()
    pending = list(exprs)
    while pending:
        expr = pending.pop()
        if isinstance(expr, AffineBinary):
            pending += expr.lhs, expr.rhs
        elif not isinstance(expr, AffineConstant):
            found.add(expr)
    return found


class AffineMap(Interned):
    """`(d0, …)[s0, …] -> (results)`."""

    num_dims: int
    num_symbols: int
    results: tuple[AffineExpr, ...]

    @staticmethod
    def identity(rank: int) -> AffineMap:
        return AffineMap(rank, 0, tuple(AffineDim(i) for i in range(rank)))

    @staticmethod
    def of_dims(num_dims: int, positions: Sequence[int]) -> AffineMap:
        """The map that selects the given dimensions."""
        return AffineMap(num_dims, 0, tuple(AffineDim(i) for i in positions))

    @property
    def is_identity(self) -> bool:
        return self.results == AffineMap.identity(self.num_dims).results

    @property
    def is_projected_permutation(self) -> bool:
        """Whether each result is another dimension."""
        positions = self.dim_positions()
        return positions is not None and len(set(positions)) == len(positions)

    @property
    def is_permutation(self) -> bool:
        return self.is_projected_permutation and len(self.results) == self.num_dims

    @cache  # noqa: B019 - maps are interned: each lives as long as the process
    def dim_positions(self) -> tuple[int, ...] | None:
        """The dimension of each result, `None` if some result is not a plain dimension."""
        positions = tuple(r.position for r in self.results if isinstance(r, AffineDim))
        return positions if len(positions) == len(self.results) else None

    def compose(self, inner: AffineMap) -> AffineMap:
        """The map `x -> self(inner(x))`; neither has symbols."""
        results = tuple(substitute(result, inner.results) for result in self.results)
        return AffineMap(inner.num_dims, inner.num_symbols, results)

    def evaluate(self, dims: Sequence[int], symbols: Sequence[int] = ()) -> tuple[int, ...]:
        return tuple(evaluate(result, dims, symbols) for result in self.results)

    def at(self, operands: Sequence[int]) -> tuple[int, ...]:
        """The values of the results at a point: the dimensions, followed by the symbols."""
        return self.evaluate(operands[: self.num_dims], operands[self.num_dims :])


class IntegerSet(Interned):
    """`(d0, …)[s0, …] : (constraints)`: the points at which each expression is zero, where its flag is set, or not negative."""

    num_dims: int
    num_symbols: int
    constraints: tuple[tuple[AffineExpr, bool], ...]

    def contains(self, dims: Sequence[int], symbols: Sequence[int] = ()) -> bool:
        """Whether all constraints hold at a point."""
        values = [(evaluate(expr, dims, symbols), is_equality) for expr, is_equality in self.constraints]
        return all(value == 0 if is_equality else value >= 0 for value, is_equality in values)

    def contains_at(self, operands: Sequence[int]) -> bool:
        """The same for the dimensions, followed by the symbols."""
        return self.contains(operands[: self.num_dims], operands[self.num_dims :])
