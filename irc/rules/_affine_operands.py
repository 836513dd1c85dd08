"""Affine maps with the values for their dimensions and symbols: composed, and with no more operands than are needed."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import affine
from irc.dialects.affine_scopes import is_symbol
from irc.ir.affine import (
    AffineConstant,
    AffineDim,
    AffineExpr,
    AffineMap,
    AffineSymbol,
    is_small,
    leaves_of,
    substitute,
)
from irc.ir.affine_flat import simplified_map
from irc.ir.attributes import IntegerAttr
from irc.ir.value import Value
from irc.rewrite.constants import constant_value
from irc.rules._affine_ranges import simplified_by_ranges

Applied = tuple[AffineMap, list[Value]]
"""A map with the values for its dimensions, followed by those for its symbols."""


def composed(map: AffineMap, operands: Sequence[Value]) -> Applied:
    """The same numbers from a map that takes the place of the `affine.apply` ops among its operands, with few operands."""
    try:
        found, left = _few_operands(*_inlined(map, operands))
    except ValueError:
        # The map divides or multiplies by what is no constant and no symbol then.
        found, left = few_operands(map, operands)
    return simplified_map(simplified_by_ranges(found, left)), left


def _inlined(map: AffineMap, operands: Sequence[Value]) -> tuple[AffineMap, list[Value | None]]:
    expressions: Sequence[AffineExpr] = map.results
    dims: list[Value | None] = list(operands[: map.num_dims])
    symbols: list[Value | None] = list(operands[map.num_dims :])
    kept: set[Value | None] = set()
    while True:
        places = ((group, i) for group in (dims, symbols) for i, v in enumerate(group) if v not in kept and _applied(v))
        place = next(places, None)
        if place is None:
            return AffineMap(len(dims), len(symbols), tuple(expressions)), [*dims, *symbols]
        group, i = place
        op = _applied(group[i])
        assert op is not None
        inner, values = few_operands(op.affine_map, op.mapOperands)
        leaf: AffineExpr = AffineDim(i) if group is dims else AffineSymbol(i)
        shifted = substitute(
            inner.results[0],
            [AffineDim(len(dims) + j) for j in range(inner.num_dims)],
            [AffineSymbol(len(symbols) + j) for j in range(inner.num_symbols)],
        )
        replaced = [_replaced(expr, leaf, shifted, len(dims), len(symbols)) for expr in expressions]
        if not all(is_small(expr) for expr in replaced):
            kept.add(group[i])
            continue
        expressions = replaced
        group[i] = None
        dims += values[: inner.num_dims]
        symbols += values[inner.num_dims :]


def _applied(value: Value | None) -> affine.Apply | None:
    op = value.defining_op if value is not None else None
    return op if isinstance(op, affine.Apply) else None


def _replaced(expr: AffineExpr, leaf: AffineExpr, by: AffineExpr, num_dims: int, num_symbols: int) -> AffineExpr:
    dims = [by if (d := AffineDim(i)) is leaf else d for i in range(num_dims)]
    symbols = [by if (s := AffineSymbol(i)) is leaf else s for i in range(num_symbols)]
    return substitute(expr, dims, symbols)


def few_operands(map: AffineMap, operands: Sequence[Value]) -> Applied:
    """The same numbers from a map whose operands are all used, differ, and are no constants; what may be a symbol is one."""
    try:
        return _few_operands(map, operands)
    except ValueError:
        # A division by a constant that is not positive has no value.
        return map, list(operands)


def _few_operands(map: AffineMap, operands: Sequence[Value | None]) -> Applied:
    """An operand may be missing where the map does not use it. Raises `ValueError`."""
    used = leaves_of(map.results)
    for_dims: list[AffineExpr] = [AffineConstant(0)] * map.num_dims
    for_symbols: list[AffineExpr] = [AffineConstant(0)] * map.num_symbols
    dims: dict[Value, AffineExpr] = {}
    symbols: dict[Value, AffineExpr] = {}
    # Symbols stay before the dimensions that become symbols.
    for i, value in enumerate(operands[map.num_dims :]):
        if value is not None and AffineSymbol(i) in used:
            for_symbols[i] = _as_symbol(value, symbols)
    for i, value in enumerate(operands[: map.num_dims]):
        if value is not None and AffineDim(i) in used:
            is_dim = not is_symbol(value)
            for_dims[i] = dims.setdefault(value, AffineDim(len(dims))) if is_dim else _as_symbol(value, symbols)
    results = tuple(substitute(result, for_dims, for_symbols) for result in map.results)
    return AffineMap(len(dims), len(symbols), results), [*dims, *symbols]


def _as_symbol(value: Value, symbols: dict[Value, AffineExpr]) -> AffineExpr:
    constant = constant_value(value)
    if isinstance(constant, IntegerAttr):
        return AffineConstant(constant.value)
    return symbols.setdefault(value, AffineSymbol(len(symbols)))
