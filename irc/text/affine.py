"""Parsing of affine maps, `(d0, d1)[s0] -> (d0 + s0, d1 floordiv 4)`, and sets, `(d0)[s0] : (d0 - s0 >= 0)`."""

from __future__ import annotations

from collections.abc import Callable

from irc.ir.affine import (
    AffineConstant,
    AffineDim,
    AffineExpr,
    AffineMap,
    AffineSymbol,
    BinaryKind,
    IntegerSet,
    binary,
    is_int64,
)
from irc.text.lexer import TokenStream
from irc.text.numbers import whole_number

_PRODUCTS: dict[str, BinaryKind] = {"*": "*", "mod": "mod", "floordiv": "floordiv", "ceildiv": "ceildiv"}
Leaf = Callable[[TokenStream], AffineExpr | None]
"""Reads a dimension or a symbol; `None` where there is none."""

MAX_TERMS = 3000
"""Sums and products nest to the left in the tree, however they are written; what walks over them calls itself for each term,
a few times at most, within the room of `deep_calls`."""


def parse_affine_map(stream: TokenStream) -> AffineMap:
    """What stands between the angle brackets of `affine_map<…>`."""
    leaf, num_dims, num_symbols = _space(stream)
    stream.expect("->")
    stream.expect("(")
    results: list[AffineExpr] = []
    while not stream.accept(")"):
        if results:
            stream.expect(",")
        results.append(parse_affine_expr(stream, leaf))
    return AffineMap(num_dims, num_symbols, tuple(results))


def parse_integer_set(stream: TokenStream) -> IntegerSet:
    """What stands between the angle brackets of `affine_set<…>`."""
    leaf, num_dims, num_symbols = _space(stream)
    stream.expect(":")
    stream.expect("(")
    constraints: list[tuple[AffineExpr, bool]] = []
    while not stream.accept(")"):
        if constraints:
            stream.expect(",")
        constraints.append(_constraint(stream, leaf))
    # Without constraints, every point is in the set.
    return IntegerSet(num_dims, num_symbols, tuple(constraints) or ((AffineConstant(0), True),))


def _constraint(stream: TokenStream, leaf: Leaf) -> tuple[AffineExpr, bool]:
    """`a >= b`, `a <= b` or `a == b`, with everything on one side."""
    left = parse_affine_expr(stream, leaf)
    position = stream.pos
    relation = stream.next() + stream.next()
    if relation not in (">=", "<=", "=="):
        stream.pos = position
        raise stream.unexpected("'>=', '<=' or '=='")
    right = parse_affine_expr(stream, leaf)
    if relation == "<=":
        left, right = right, left
    return _build(stream, "+", left, right * -1, position), relation == "=="


def _space(stream: TokenStream) -> tuple[Leaf, int, int]:
    """`(d0, d1)[s0]`: what reads the names, and the numbers of dimensions and of symbols."""
    names: dict[str, AffineExpr] = {}
    dims = _names(stream, "(", ")")
    names.update((name, AffineDim(i)) for i, name in enumerate(dims))
    symbols = _names(stream, "[", "]") if stream.peek() == "[" else []
    names.update((name, AffineSymbol(i)) for i, name in enumerate(symbols))
    if len(names) != len(dims) + len(symbols):
        raise stream.error("redefinition of an identifier in an affine map or set")

    def leaf(stream: TokenStream) -> AffineExpr | None:
        known = names.get(stream.peek())
        if known is not None:
            stream.pos += 1
        return known

    return leaf, len(dims), len(symbols)


def _names(stream: TokenStream, opening: str, closing: str) -> list[str]:
    stream.expect(opening)
    names: list[str] = []
    while not stream.accept(closing):
        if names:
            stream.expect(",")
        token = stream.peek()
        if not (token[:1].isalpha() or token[:1] == "_"):
            raise stream.unexpected("an identifier")
        names.append(token)
        stream.pos += 1
    return names


def parse_affine_expr(stream: TokenStream, leaf: Leaf) -> AffineExpr:
    """An expression in which `leaf` reads the dimensions and symbols."""
    left = _product(stream, leaf)
    terms = 1
    while stream.peek() in ("+", "-"):
        position = stream.pos
        terms += 1
        if terms > MAX_TERMS:
            raise stream.error(f"affine expressions have more than {MAX_TERMS} terms")
        negative = stream.next() == "-"
        right = _product(stream, leaf)
        if negative:
            right = _build(stream, "*", right, AffineConstant(-1), position)
        left = _build(stream, "+", left, right, position)
    return left


def _product(stream: TokenStream, leaf: Leaf) -> AffineExpr:
    left = _operand(stream, leaf)
    factors = 1
    while stream.peek() in _PRODUCTS:
        position = stream.pos
        factors += 1
        if factors > MAX_TERMS:
            raise stream.error(f"affine expressions have more than {MAX_TERMS} factors")
        kind = _PRODUCTS[stream.next()]
        left = _build(stream, kind, left, _operand(stream, leaf), position)
    return left


def _operand(stream: TokenStream, leaf: Leaf, negated: bool = False) -> AffineExpr:
    """A leaf, a number or what stands in parentheses; `negated` says that a sign stands before it."""
    token = stream.peek()
    position = stream.pos
    if token == "(" or token == "-":
        stream.enter("affine expressions")
        stream.pos += 1
        if token == "(":
            inner = parse_affine_expr(stream, leaf)
            stream.expect(")")
        else:
            inner = _build(stream, "*", _operand(stream, leaf, negated=True), AffineConstant(-1), position)
        stream.depth -= 1
        return inner
    number = whole_number(token)
    if number is not None:
        stream.pos += 1
        # The least integer has no positive counterpart, but is written as one behind a sign.
        if number == 1 << 63 and negated:
            return AffineConstant(-number)
        if not is_int64(number):
            raise stream.error("constant too large for index", position)
        return AffineConstant(number)
    known = leaf(stream)
    if known is None:
        if token[:1].isalpha():
            raise stream.error(f"use of undeclared identifier '{token}' in an affine expression")
        raise stream.unexpected("an affine expression")
    return known


def _build(stream: TokenStream, kind: BinaryKind, left: AffineExpr, right: AffineExpr, position: int) -> AffineExpr:
    try:
        return binary(kind, left, right)
    except ValueError as problem:
        raise stream.error(str(problem), position) from None
