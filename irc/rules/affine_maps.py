"""`affine.apply`, `min` and `max` of few operands, without each other among these; accesses whose indices take them in."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import affine
from irc.ir.affine import MAX_PARTS, AffineDim, AffineExpr, AffineMap, AffineSymbol, substitute
from irc.ir.affine_flat import linear_factors
from irc.ir.attributes import AffineMapAttr
from irc.ir.value import Value
from irc.rewrite.greedy import Patterns
from irc.rewrite.rewriter import Rewriter
from irc.rules._affine_operands import composed
from irc.rules._affine_ranges import simplified_by_ranges
from irc.rules._casts import access_uncast

Access = affine.Load | affine.Store | affine.VectorLoad | affine.VectorStore | affine.Prefetch


def _simpler(map: AffineMap, operands: Sequence[Value]) -> tuple[AffineMap, list[Value]] | None:
    """A simpler map with its operands; `None` where there is none."""
    new, values = composed(map, operands)
    new = simplified_by_ranges(new, values)
    same = new is map and len(values) == len(operands) and all(a is b for a, b in zip(values, operands, strict=True))
    return None if same else (new, values)


def map_simple(op: affine.MapOp, rewriter: Rewriter) -> bool:
    """What computes an operand is computed by the map, which takes no constants and nothing twice."""
    found = _simpler(op.affine_map, op.mapOperands)
    if found is None:
        return False
    op.map = AffineMapAttr(found[0])
    rewriter.set_operands(op, found[1])
    return True


def access_simple(op: Access, rewriter: Rewriter) -> bool:
    """The same for the indices of an access."""
    found = _simpler(op.map.map, op.indices)
    if found is None:
        return False
    before = op.operands[: len(op.operands) - len(op.indices)]
    op.map = AffineMapAttr(found[0])
    rewriter.set_operands(op, [*before, *found[1]])
    return True


# -- affine.min and affine.max ---------------------------------------------------------------------------------------


def _set_map(op: affine.MapOp, results: Sequence[AffineExpr]) -> bool:
    map = op.affine_map
    op.map = AffineMapAttr(AffineMap(map.num_dims, map.num_symbols, tuple(results)))
    return True


def extremum_single(op: affine.Extremum, rewriter: Rewriter) -> bool:
    """The extremum of one number is the number."""
    if len(op.affine_map.results) != 1:
        return False
    rewriter.replace(op, [rewriter.insert(affine.Apply(op.map, op.mapOperands)).result])
    return True


def extremum_distinct(op: affine.Extremum, rewriter: Rewriter) -> bool:
    """A number counts once."""
    results = op.affine_map.results
    distinct = list(dict.fromkeys(results))
    return len(distinct) < len(results) and _set_map(op, distinct)


def extremum_merged(op: affine.Extremum, rewriter: Rewriter) -> bool:
    """The least of some numbers and of the least of others is the least of all."""
    map = op.affine_map
    dims, symbols = list(op.mapOperands[: map.num_dims]), list(op.mapOperands[map.num_dims :])
    inner: list[affine.Extremum] = []
    results: list[AffineExpr] = []
    for expr in map.results:
        value: Value | None = None
        if isinstance(expr, AffineDim):
            value = dims[expr.position]
        elif isinstance(expr, AffineSymbol):
            value = symbols[expr.position]
        producer = value.defining_op if value is not None else None
        if isinstance(producer, affine.Extremum) and type(producer) is type(op):
            inner.append(producer)
        else:
            results.append(expr)
    if not inner:
        return False
    for producer in inner:
        other, values = producer.affine_map, producer.mapOperands
        for_dims = [AffineDim(len(dims) + i) for i in range(other.num_dims)]
        for_symbols = [AffineSymbol(len(symbols) + i) for i in range(other.num_symbols)]
        results += [substitute(expr, for_dims, for_symbols) for expr in other.results]
        dims += values[: other.num_dims]
        symbols += values[other.num_dims :]
    if len(results) > MAX_PARTS:
        return False
    op.map = AffineMapAttr(AffineMap(len(dims), len(symbols), tuple(results)))
    rewriter.set_operands(op, [*dims, *symbols])
    return True


def extremum_sorted(op: affine.Extremum, rewriter: Rewriter) -> bool:
    """Sums stand in the order of their factors, so that equal extrema look equal."""
    map = op.affine_map
    factors = [linear_factors(expr, map.num_dims, map.num_symbols) for expr in map.results]
    known = [each for each in factors if each is not None]
    if len(known) < len(factors) or known == sorted(known):
        return False
    order = sorted(range(len(known)), key=lambda i: known[i])
    return _set_map(op, [map.results[i] for i in order])


AFFINE_MAPS: Patterns = {
    affine.Apply: [map_simple],
    affine.Extremum: [extremum_single, extremum_distinct, extremum_merged, map_simple, extremum_sorted],
    affine.Load: [access_simple, access_uncast],
    affine.Store: [access_simple, access_uncast],
    affine.Prefetch: [access_simple, access_uncast],
    affine.VectorLoad: [access_simple],
    affine.VectorStore: [access_simple],
}
