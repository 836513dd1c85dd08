"""`affine` ops become `arith`, `scf`, `memref` and `vector` ops: maps are computed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from irc.dialects import affine, arith, memref, vector
from irc.ir.affine import AffineConstant, AffineExpr, AffineSymbol, binary
from irc.ir.builder import Builder, InsertPoint
from irc.ir.operation import Operation
from irc.ir.value import Value
from irc.lowering.affine_expansion import expand_expr, expand_map, extremum
from irc.lowering.affine_loops import lower_for, lower_if, lower_parallel
from irc.lowering.locations import derived
from irc.passes.base import Pass, PassContext, statistic

NAME = "lower-affine"


class LowerAffine(Pass):
    """Replace affine ops by arithmetic on indices, loops and conditions of scf, and accesses of memref and vector."""

    lowered: str = statistic("ops replaced")

    def run(self, op: Operation, context: PassContext) -> None:
        for inner in list(op.walk()):
            lower = LOWERINGS.get(type(inner))
            if lower is not None:
                b = Builder(InsertPoint.before(inner), derived(inner.location, NAME))
                inner.replace_with(lower(inner, b))
                context.count("lowered")


def _apply(op: affine.Apply, b: Builder) -> Sequence[Value]:
    return expand_map(b, op.affine_map, op.mapOperands)


def _extremum(cls: Any) -> Lower:
    def lower(op: affine.MapOp, b: Builder) -> Sequence[Value]:
        return [extremum(b, expand_map(b, op.affine_map, op.mapOperands), cls)]

    return lower


def _delinearize(op: affine.DelinearizeIndex, b: Builder) -> Sequence[Value]:
    """The first size bounds nothing: the first index is what is left."""
    rest: AffineExpr = AffineSymbol(0)
    symbols = [op.linear_index, *op.basis]
    found: list[Value] = []
    for i in range(len(op.basis)):
        stride: AffineExpr = AffineConstant(1)
        for j in range(i + 1, len(op.basis)):
            stride = stride * AffineSymbol(j + 1)
        found.append(expand_expr(b, binary("floordiv", rest, stride), (), symbols))
        rest = rest % stride
    return found


# -- accesses --------------------------------------------------------------------------------------------------------


def _load(op: affine.Load, b: Builder) -> Sequence[Value]:
    return b.insert(memref.Load(op.memref, expand_map(b, op.map.map, op.indices))).results


def _store(op: affine.Store, b: Builder) -> Sequence[Value]:
    b.insert(memref.Store(op.value, op.memref, expand_map(b, op.map.map, op.indices)))
    return ()


def _vector_load(op: affine.VectorLoad, b: Builder) -> Sequence[Value]:
    indices = expand_map(b, op.map.map, op.indices)
    return b.insert(vector.Load(op.memref, indices, result_types=[op.result.type])).results


def _vector_store(op: affine.VectorStore, b: Builder) -> Sequence[Value]:
    b.insert(vector.Store(op.value, op.memref, expand_map(b, op.map.map, op.indices)))
    return ()


def _prefetch(op: affine.Prefetch, b: Builder) -> Sequence[Value]:
    indices = expand_map(b, op.map.map, op.indices)
    b.insert(memref.Prefetch(op.memref, indices, op.isWrite, op.localityHint, op.isDataCache))
    return ()


def _dma_start(op: affine.DmaStart, b: Builder) -> Sequence[Value]:
    places, (count, *strides) = op.parts()
    source, target, tag = [[buffer, *expand_map(b, map, indices)] for buffer, map, indices in places]
    b.insert(memref.DmaStart([*source, *target, count, *tag, *strides]))
    return ()


def _dma_wait(op: affine.DmaWait, b: Builder) -> Sequence[Value]:
    (tag, map, indices), (count,) = op.parts()
    b.insert(memref.DmaWait(tag, expand_map(b, map, indices), count))
    return ()


Lower = Callable[[Any, Builder], Sequence[Value]]

LOWERINGS: dict[type[Operation], Lower] = {
    affine.Apply: _apply,
    affine.Min: _extremum(arith.MinSI),
    affine.Max: _extremum(arith.MaxSI),
    affine.DelinearizeIndex: _delinearize,
    affine.For: lower_for,
    affine.If: lower_if,
    affine.Parallel: lower_parallel,
    affine.Load: _load,
    affine.Store: _store,
    affine.VectorLoad: _vector_load,
    affine.VectorStore: _vector_store,
    affine.Prefetch: _prefetch,
    affine.DmaStart: _dma_start,
    affine.DmaWait: _dma_wait,
}
