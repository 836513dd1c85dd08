"""Affine expressions simplify as they are built, and mean the same as before."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irc.ir.affine import (
    AffineBinary,
    AffineConstant,
    AffineDim,
    AffineExpr,
    AffineMap,
    AffineSymbol,
    binary,
    dims_of,
    evaluate,
    known_divisor,
    substitute,
)
from irc.ir.affine_flat import is_injective
from irc.ir.attributes import AffineMapAttr
from irc.text.attributes import parse_attribute
from irc.text.lexer import TokenStream
from irc.text.spelling import attribute_text

d0, d1, s0 = AffineDim(0), AffineDim(1), AffineSymbol(0)

MEANING = {
    "+": lambda a, b: a + b,
    "*": lambda a, b: a * b,
    "mod": lambda a, b: a - b * (a // b),
    "floordiv": lambda a, b: a // b,
    "ceildiv": lambda a, b: (a + b - 1) // b,
}


def _trees(depth: int = 4):
    """Nested tuples `(kind, lhs, rhs)` over dimensions, symbols and numbers: an expression before simplification."""
    leaf = st.sampled_from([d0, d1, s0]) | st.integers(-8, 8)
    divisors = st.integers(1, 8)
    return st.recursive(
        leaf,
        lambda inner: (
            st.tuples(st.just("+"), inner, inner)
            | st.tuples(st.just("*"), inner, st.integers(-8, 8) | st.just(s0))
            | st.tuples(st.sampled_from(["mod", "floordiv", "ceildiv"]), inner, divisors)
        ),
        max_leaves=2**depth,
    )


def _build(tree) -> AffineExpr:
    match tree:
        case (kind, lhs, rhs):
            return binary(kind, _build(lhs), _build(rhs))
        case int():
            return AffineConstant(tree)
        case _:
            return tree


def _meaning(tree, dims: tuple[int, int], symbol: int) -> int:
    match tree:
        case (kind, lhs, rhs):
            return MEANING[kind](_meaning(lhs, dims, symbol), _meaning(rhs, dims, symbol))
        case AffineDim():
            return dims[tree.position]
        case AffineSymbol():
            return symbol
        case _:
            return tree


@given(_trees(), st.tuples(st.integers(-20, 20), st.integers(-20, 20)), st.integers(-5, 5))
def test_simplifying_keeps_the_value(tree, dims: tuple[int, int], symbol: int) -> None:
    assert evaluate(_build(tree), dims, (symbol,)) == _meaning(tree, dims, symbol)


@given(st.lists(_trees(), max_size=3))
def test_a_map_is_read_back_as_it_was_printed(trees) -> None:
    map = AffineMapAttr(AffineMap(2, 1, tuple(_build(tree) for tree in trees)))
    assert parse_attribute(TokenStream(attribute_text(map), "-")) is map


@pytest.mark.parametrize(
    ("built", "simple"),
    [
        (d0 + 0, d0),
        (d0 * 1, d0),
        (d0 * 0, AffineConstant(0)),
        (d0 // 1, d0),
        (d0 % 1, AffineConstant(0)),
        (d0 + 2 + 3, d0 + 5),
        (d0 * 2 * 3, d0 * 6),
        (d0 + 2 + -2, d0),
        (d0 + 2 + d1, d0 + d1 + 2),
        (d0 + d0, d0 * 2),
        (d0 * 3 + d0 * -3, AffineConstant(0)),
        (d0 * 2 * s0, d0 * s0 * 2),
        (d0 * 8 // 4, d0 * 2),
        (binary("ceildiv", d0 * 8, AffineConstant(4)), d0 * 2),
        ((d0 * 8 + d1) // 4, d0 * 2 + d1 // 4),
        (d0 * 8 % 4, AffineConstant(0)),
        ((d0 * 8 + d1) % 4, d1 % 4),
        ((d1 + d0 * 8) % 4, d1 % 4),
        (d0 % 8 % 4, d0 % 4),
        (d0 + d0 // 4 * -4, d0 % 4),
        (d0 + d0 // s0 * s0 * -1, d0 % s0),
        (AffineConstant(2) + d0, d0 + 2),
        (AffineConstant(-7) // 2, AffineConstant(-4)),
        (AffineConstant(-7) % 4, AffineConstant(1)),
        (binary("ceildiv", AffineConstant(-7), AffineConstant(2)), AffineConstant(-3)),
    ],
)
def test_what_is_simplified(built: AffineExpr, simple: AffineExpr) -> None:
    assert built is simple


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: d0 * d1, "at least one of the multiply operands has to be a constant or symbolic"),
        (lambda: d0 % d1, "right operand of mod has to be either a constant or symbolic"),
        (lambda: d0 // d1, "right operand of floordiv"),
        (lambda: AffineConstant(1) // 0, "'floordiv' needs a positive divisor"),
    ],
)
def test_what_is_not_affine_cannot_be_built(build, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        build()


def test_a_product_with_a_symbol_is_affine() -> None:
    assert evaluate(d0 * s0, (3,), (4,)) == 12


def test_equal_expressions_are_one_object() -> None:
    assert d0 + d1 is AffineBinary("+", AffineDim(0), AffineDim(1))


def test_substitution_simplifies() -> None:
    assert substitute(d0 + d1, (AffineConstant(1), AffineConstant(2))) is AffineConstant(3)


def test_what_divides_all_values() -> None:
    assert known_divisor(d0 * 4 + d1 * 6) == 2
    assert known_divisor(binary("ceildiv", d0 * 6 + d1 * 9, AffineConstant(2))) == 1
    assert known_divisor(AffineConstant(0)) == 0
    assert known_divisor((d0 * 4 + d1 * 6) * s0) == 2


def test_dims_of_an_expression() -> None:
    assert dims_of(d1 * 2 + s0) == {1}


def test_composition_is_application_one_after_the_other() -> None:
    outer = AffineMap(2, 0, (d0 + d1, d0))
    inner = AffineMap(1, 0, (d0 * 2, d0 + 1))
    assert outer.compose(inner).evaluate((5,)) == outer.evaluate(inner.evaluate((5,)))


def test_a_map_is_evaluated_with_symbols() -> None:
    assert AffineMap(1, 1, (d0 + s0, s0)).evaluate((1,), (2,)) == (3, 2)


@pytest.mark.parametrize(
    ("map", "identity", "permutation", "projection"),
    [
        (AffineMap.identity(2), True, True, True),
        (AffineMap(2, 0, (d1, d0)), False, True, True),
        (AffineMap(2, 0, (d1,)), False, False, True),
        (AffineMap(2, 0, (d0, d0)), False, False, False),
        (AffineMap(2, 0, (d0, AffineConstant(0))), False, False, False),
        (AffineMap(0, 0, ()), True, True, True),
    ],
)
def test_the_kinds_of_maps(map: AffineMap, identity: bool, permutation: bool, projection: bool) -> None:
    assert (map.is_identity, map.is_permutation, map.is_projected_permutation) == (identity, permutation, projection)


@pytest.mark.parametrize(
    ("results", "extents", "injective"),
    [
        ((d1, d0), (4, 5), True),
        ((d0 * 2 + d1,), (4, 2), True),
        ((d0 * 2 + d1,), (None, 2), True),
        ((d0 * 2 + d1,), (4, 3), False),  # windows that overlap
        ((d0 * 2 + d1,), (4, None), False),
        ((d0 + d1,), (4, 1), True),
        ((d0,), (4, 3), False),
        ((d0, d0 + d1), (4, 3), False),
        ((binary("floordiv", d0, AffineConstant(2)), d1), (4, 3), False),
    ],
)
def test_what_takes_no_two_points_to_one_place(
    results: tuple[AffineExpr, ...], extents: tuple[int | None, ...], injective: bool
) -> None:
    assert is_injective(AffineMap(2, 0, results), extents) is injective


@given(
    st.lists(st.tuples(*[st.integers(-4, 4)] * 4), min_size=1, max_size=3),
    st.tuples(*[st.integers(0, 3)] * 3),
)
def test_an_injective_map_is_one(rows: list[tuple[int, int, int, int]], extents: tuple[int, int, int]) -> None:
    results = tuple(d0 * a + d1 * b + AffineDim(2) * c + k for a, b, c, k in rows)
    map = AffineMap(3, 0, results)
    places = [map.evaluate(point) for point in itertools.product(*[range(size) for size in extents])]
    assert not is_injective(map, extents) or len(set(places)) == len(places)
