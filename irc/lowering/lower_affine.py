"""`affine` ops become `arith`, `scf` and `memref` ops: maps are computed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from irc.dialects import affine, arith
from irc.ir.affine import AffineMap
from irc.ir.builder import Builder, InsertPoint
from irc.ir.operation import Operation
from irc.ir.value import Value
from irc.lowering.affine_expansion import expand_expr
from irc.lowering.locations import derived
from irc.passes.base import Pass, PassContext, statistic

NAME = "lower-affine"


class LowerAffine(Pass):
    """Replace affine ops by arithmetic on indices."""

    lowered: str = statistic("ops replaced")

    def run(self, op: Operation, context: PassContext) -> None:
        for inner in list(op.walk()):
            lower = LOWERINGS.get(type(inner))
            if lower is not None:
                b = Builder(InsertPoint.before(inner), derived(inner.location, NAME))
                inner.replace_with(lower(inner, b))
                context.count("lowered")


def map_results(b: Builder, map: AffineMap, operands: Sequence[Value]) -> list[Value]:
    """The results of a map, at dimensions followed by symbols."""
    dims, symbols = operands[: map.num_dims], operands[map.num_dims :]
    return [expand_expr(b, expr, dims, symbols) for expr in map.results]


def _extremum(cls: Any) -> Lower:
    def lower(op: affine.MapOp, b: Builder) -> Sequence[Value]:
        found, *others = map_results(b, op.affine_map, op.mapOperands)
        for other in others:
            found = b.insert(cls(found, other)).result
        return [found]

    return lower


def _apply(op: affine.Apply, b: Builder) -> Sequence[Value]:
    return map_results(b, op.affine_map, op.mapOperands)


Lower = Callable[[Any, Builder], Sequence[Value]]

LOWERINGS: dict[type[Operation], Lower] = {
    affine.Apply: _apply,
    affine.Min: _extremum(arith.MinSI),
    affine.Max: _extremum(arith.MaxSI),
}
