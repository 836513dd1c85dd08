"""Ops of `chlo` that repeat their operands as NumPy does: the operands are repeated, then it is the op of `stablehlo`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc import lax
from irc import numpy as jnp
from irc.conversion.from_stablehlo.elementwise import LOGICAL, compare, extremum, shift_right_arithmetic
from irc.conversion.from_stablehlo.shapes import broadcast_in_dim
from irc.conversion.from_stablehlo.traced import traced
from irc.conversion.from_stablehlo.values import Lowering, as_type, element_of, size, typed
from irc.dialects import arith, chlo, nd
from irc.dialects._amounts import Amount, as_value
from irc.dialects._amounts import compare as compare_sizes
from irc.ir.builder import Builder
from irc.ir.types import Dimension, TensorType, i1
from irc.ir.value import Value


def common_sizes(b: Builder, shapes: Sequence[Sequence[Amount]]) -> list[Amount]:
    """The sizes by NumPy's rule: of two the other one where one is 1."""
    rank = max(map(len, shapes))
    found: list[Amount] = [1] * rank
    for shape in shapes:
        for i, amount in enumerate(shape):
            place = rank - len(shape) + i
            found[place] = _joined(b, found[place], amount)
    return found


def _joined(b: Builder, x: Amount, y: Amount) -> Amount:
    if x == 1 or (isinstance(y, int) and y != 1):
        return y
    if y == 1 or isinstance(x, int) or x is y:
        return x
    is_one = compare_sizes(b, "eq", x, 1)
    return b.insert(arith.Select(is_one, as_value(b, y), as_value(b, x))).result


def spread(b: Builder, values: Sequence[Value], mapped: Sequence[int] | None = None) -> list[Value]:
    """The operands repeated to a common shape; `mapped` says where the dimensions of the smaller of two go."""
    ranks = [typed(value).rank for value in values]
    rank = max(ranks)
    places = [
        list(mapped) if mapped is not None and n == min(ranks) and n < rank else list(range(rank - n, rank))
        for n in ranks
    ]
    own = [{dim: size(b, value, i) for i, dim in enumerate(dims)} for value, dims in zip(values, places, strict=True)]
    found = common_sizes(b, [[sizes.get(i, 1) for i in range(rank)] for sizes in own])
    shape: tuple[Dimension, ...] = tuple(n if isinstance(n, int) else None for n in found)
    results = []
    for value, dims, sizes in zip(values, places, own, strict=True):
        type = typed(value)
        # What is computed may be 1, unless it is the size itself.
        open_ = [i for i, known in enumerate(type.shape) if known is None and sizes[dims[i]] is not found[dims[i]]]
        wanted = TensorType(shape, type.element_type)
        same = type is wanted and not open_
        results.append(value if same else broadcast_in_dim(b, value, dims, wanted, found, open_))
    return results


def _mapped(op: Any) -> list[int] | None:
    stated = op.get_attribute("broadcast_dimensions")
    return None if stated is None else [int(dim) for dim in stated.values]


def _direct(target: Any) -> Lowering:
    def lower(op: Any, b: Builder) -> Value:
        operands = spread(b, op.operands, _mapped(op))
        chosen = LOGICAL.get(target, target) if element_of(operands[0]) is i1 else target
        return as_type(b, b.insert(chosen(*operands)).result, op.result.type)

    return lower


def _by(function: Any) -> Lowering:
    def lower(op: Any, b: Builder) -> Value:
        operands = spread(b, op.operands, _mapped(op))
        return as_type(b, traced(b, function, operands)[0], op.result.type)

    return lower


def _lower_extremum(largest: bool) -> Lowering:
    def lower(op: Any, b: Builder) -> Value:
        lhs, rhs = spread(b, op.operands, _mapped(op))
        return as_type(b, extremum(b, lhs, rhs, largest), op.result.type)

    return lower


def lower_shift(op: Any, b: Builder) -> Value:
    return as_type(b, shift_right_arithmetic(b, *spread(b, op.operands, _mapped(op))), op.result.type)


def lower_compare(op: chlo.BroadcastCompare, b: Builder) -> Value:
    total = op.compare_type is not None and op.compare_type.value == "TOTALORDER"
    lhs, rhs = spread(b, op.operands, _mapped(op))
    return as_type(b, compare(b, op.comparison_direction.value, lhs, rhs, total), op.result.type)


def lower_select(op: chlo.BroadcastSelect, b: Builder) -> Value:
    return as_type(b, b.insert(nd.Where(*spread(b, op.operands))).result, op.result.type)


DIRECT: dict[Any, Any] = {
    chlo.BroadcastAdd: nd.Add, chlo.BroadcastAnd: nd.BitwiseAnd, chlo.BroadcastAtan2: nd.Atan2,
    chlo.BroadcastComplex: nd.Complex, chlo.BroadcastDivide: nd.Divide, chlo.BroadcastMultiply: nd.Multiply,
    chlo.BroadcastOr: nd.BitwiseOr, chlo.BroadcastPower: nd.Pow, chlo.BroadcastRemainder: nd.Remainder,
    chlo.BroadcastShiftLeft: nd.BitwiseLeftShift, chlo.BroadcastShiftRightLogical: nd.LogicalRightShift,
    chlo.BroadcastSubtract: nd.Subtract, chlo.BroadcastXor: nd.BitwiseXor,
}  # fmt: skip

LOWERINGS: dict[Any, Lowering] = {
    **{source: _direct(target) for source, target in DIRECT.items()},
    chlo.BroadcastCompare: lower_compare,
    chlo.BroadcastMaximum: _lower_extremum(True),
    chlo.BroadcastMinimum: _lower_extremum(False),
    chlo.BroadcastNextAfter: _by(jnp.nextafter),
    chlo.BroadcastPolygamma: _by(lax.polygamma),
    chlo.BroadcastSelect: lower_select,
    chlo.BroadcastShiftRightArithmetic: lower_shift,
    chlo.BroadcastZeta: _by(lax.zeta),
}
