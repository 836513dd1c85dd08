"""Which nests are products of matrices or convolutions, and which part each operand and loop plays in them."""

from __future__ import annotations

from dataclasses import dataclass

from irc.dialects import arith
from irc.ir.affine import AffineConstant, AffineDim, AffineMap, dims_of
from irc.ir.types import FloatType, IntegerType, Type
from irc.lowering.loop_plan import LANE_WIDTHS, Nest, access, element

MIN_ROWS = 7
"""Rows that make a good tile. Of several loops of rows, the innermost with as many is tiled."""


@dataclass(frozen=True, slots=True)
class Product:
    """A contraction `c[batch, rows, m, n] += a[batch, rows, m, k] * b[batch, k, n]`: operands by position, and loops.

    Elements of `a` may be at any affine function of the loops.
    """

    a: int
    b: int
    batch: tuple[int, ...]
    rows: tuple[int, ...]
    m: int
    n: int
    k: tuple[int, ...]

    @property
    def is_plain(self) -> bool:
        """Whether it is a product of matrices, for each batch."""
        return not self.rows and len(self.k) == 1


def match_product(nest: Nest) -> Product | None:
    """The roles in a nest that is a product of matrices of floats or integers, with `n` along the rows of the result."""
    if nest.num_inputs != 2 or len(nest.operands) != 3 or not _multiplies_and_adds(nest):
        return None
    if not _has_lanes(element(nest.operands[2])) or len({element(value) for value in nest.operands}) != 1:
        return None
    lhs, rhs, out = (set().union(*map(dims_of, map_.results)) for map_ in nest.maps)
    reduced = tuple(loop for loop, parallel in enumerate(nest.parallel) if not parallel)
    if (
        not reduced
        or lhs & rhs - out != set(reduced)
        or (lhs | rhs) - set(reduced) != out
        or not _is_plain(nest.maps[2])
    ):
        return None
    batch = tuple(sorted(lhs & rhs & out))
    for a, b, rows, columns in ((0, 1, lhs & out - rhs, rhs & out - lhs), (1, 0, rhs & out - lhs, lhs & out - rhs)):
        if not rows or len(columns) != 1 or not _is_plain(nest.maps[b]):
            continue
        (n,) = columns
        if access(nest.operands[2], nest.maps[2], n) == "unit":
            m = max(rows, key=lambda loop: (_tiled(nest.extent(loop)), loop))
            return Product(a, b, batch, tuple(sorted(rows - {m})), m, n, reduced)
    return None


def _has_lanes(type: Type) -> bool:
    """Whether vectors hold numbers of this type; truth values are combined in other ways."""
    return isinstance(type, FloatType) or (
        isinstance(type, IntegerType) and type.width > 1 and type.width in LANE_WIDTHS
    )


def _is_plain(map: AffineMap) -> bool:
    """Whether the positions are loops, each at most once, or constants."""
    loops = [expr for expr in map.results if not isinstance(expr, AffineConstant)]
    return all(isinstance(expr, AffineDim) for expr in loops) and len(set(loops)) == len(loops)


def _tiled(extent: int | None) -> int:
    """How well rows of a number fill tiles: more than a few all do."""
    return MIN_ROWS if extent is None else min(extent, MIN_ROWS)


def _multiplies_and_adds(nest: Nest) -> bool:
    if len(nest.body.arguments) != 3:
        return False  # of linalg.map, whose body does not see the output
    lhs, rhs, out = nest.body.arguments
    total = nest.yielded[0].defining_op
    if not isinstance(total, arith.AddF | arith.AddI) or out not in total.operands or not out.has_one_use:
        return False
    product = (total.rhs if total.lhs is out else total.lhs).defining_op
    ops = [op for op in nest.body if op is not nest.body.last]
    multiply = arith.MulF if isinstance(total, arith.AddF) else arith.MulI
    return isinstance(product, multiply) and set(product.operands) == {lhs, rhs} and ops == [product, total]
