"""Affine expressions as `arith` ops."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from irc.dialects import arith
from irc.dialects._amounts import compare, index_constant
from irc.dialects._slices import constant_index
from irc.ir.affine import AffineBinary, AffineConstant, AffineDim, AffineExpr, AffineMap, AffineSymbol
from irc.ir.builder import Builder
from irc.ir.value import Value

Combine = Callable[[Builder, Value, Value], Value]


def _op(cls: Any) -> Combine:
    def build(b: Builder, lhs: Value, rhs: Value) -> Value:
        found: Value = b.insert(cls(lhs, rhs)).result
        return found

    return build


def sum_of(b: Builder, lhs: Value, rhs: Value) -> Value:
    """The sum of two indices; constants are added up, and stand on the right."""
    left, right = constant_index(lhs), constant_index(rhs)
    if left is not None and right is not None:
        return index_constant(b, left + right)
    if left is not None:
        lhs, rhs, right = rhs, lhs, left
    return lhs if right == 0 else b.insert(arith.AddI(lhs, rhs)).result


def _modulo(b: Builder, lhs: Value, rhs: Value) -> Value:
    """The remainder that is not negative, for a positive `rhs`."""
    rest = b.insert(arith.RemSI(lhs, rhs)).result
    return b.insert(arith.Select(compare(b, "slt", rest, 0), b.insert(arith.AddI(rest, rhs)).result, rest)).result


ANY_SIGN: Mapping[str, Combine] = {
    "+": sum_of, "*": _op(arith.MulI), "mod": _modulo, "floordiv": _op(arith.FloorDivSI),
    "ceildiv": _op(arith.CeilDivSI),
}  # fmt: skip
"""What the kinds of affine expressions compute."""

NOT_NEGATIVE: Mapping[str, Combine] = {**ANY_SIGN, "mod": _op(arith.RemSI), "floordiv": _op(arith.DivSI)}
"""The same where no operand is negative, as positions in loops are."""


def expand_expr(
    b: Builder,
    expr: AffineExpr,
    dims: Mapping[int, Value] | Sequence[Value],
    symbols: Sequence[Value] = (),
    ops: Mapping[str, Combine] = ANY_SIGN,
) -> Value:
    """The value of `expr`, an index, at the given dimensions and symbols."""
    match expr:
        case AffineDim():
            return dims[expr.position]
        case AffineSymbol():
            return symbols[expr.position]
        case AffineConstant():
            return index_constant(b, expr.value)
        case AffineBinary():
            lhs, rhs = (expand_expr(b, each, dims, symbols, ops) for each in (expr.lhs, expr.rhs))
            return ops[expr.kind](b, lhs, rhs)
    raise TypeError(f"not an affine expression: {expr}")


def expand_map(b: Builder, map: AffineMap, operands: Sequence[Value]) -> list[Value]:
    """The results of a map, at dimensions followed by symbols."""
    dims, symbols = operands[: map.num_dims], operands[map.num_dims :]
    return [expand_expr(b, expr, dims, symbols) for expr in map.results]


def extremum(b: Builder, values: Sequence[Value], cls: Any) -> Value:
    """The least or the greatest of some indices, by `arith.minsi` or `arith.maxsi`."""
    found, *others = values
    for other in others:
        found = b.insert(cls(found, other)).result
    return found
