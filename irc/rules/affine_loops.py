"""`affine.for`, `if` and `parallel`: bounds and conditions of few operands, and what does not run or decides nothing."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import affine
from irc.dialects.affine_loops import CONDITION
from irc.ir.affine import AffineConstant, AffineMap, IntegerSet
from irc.ir.attributes import AffineMapAttr, IntegerSetAttr
from irc.ir.region import Region
from irc.ir.value import Value
from irc.rewrite.greedy import Patterns
from irc.rewrite.rewriter import Rewriter
from irc.rules._affine_operands import composed, few_operands
from irc.rules._affine_ranges import Ranges, constant_bound
from irc.rules.conditionals import erase_if_idle, inlined, is_inside


def for_bounds(op: affine.For, rewriter: Rewriter) -> bool:
    """What computes an operand of a bound is computed by the bound; of several numbers the decisive ones stay."""
    (lower, first), (upper, last) = op.bounds
    new_lower, starts = _bound(lower, first, is_lower=True)
    new_upper, ends = _bound(upper, last, is_lower=False)
    if new_lower is lower and new_upper is upper and _same(starts, first) and _same(ends, last):
        return False
    rewriter.replace(op, _rebuilt(op, (new_lower, starts), (new_upper, ends), op.inits, rewriter))
    return True


def _rebuilt(
    op: affine.For,
    lower: tuple[AffineMap, Sequence[Value]],
    upper: tuple[AffineMap, Sequence[Value]],
    inits: Sequence[Value],
    rewriter: Rewriter,
) -> Sequence[Value]:
    """The results of a loop with other bounds, which takes the body of `op`."""
    body = Region()
    body.take_blocks(op.body)
    maps = AffineMapAttr(lower[0]), AffineMapAttr(upper[0])
    new = affine.For(lower[1], upper[1], inits, *maps, op.step, body, attributes=op.attributes, location=op.location)
    return rewriter.insert_around(new).results


def _same(values: Sequence[Value], others: Sequence[Value]) -> bool:
    return len(values) == len(others) and all(a is b for a, b in zip(values, others, strict=True))


def _bound(map: AffineMap, operands: Sequence[Value], *, is_lower: bool) -> tuple[AffineMap, list[Value]]:
    new, values = composed(map, operands)
    ranges = Ranges(new.num_dims, values)
    results = list(dict.fromkeys(new.results))
    known = [ranges.of(expr) for expr in results]
    if not is_lower:
        # The least of some numbers is the greatest of what they are with the other sign.
        known = [(-high if high is not None else None, -low if low is not None else None) for low, high in known]
    kept = []
    for i, (low, high) in enumerate(known):
        others = [other for j, (other, _) in enumerate(known) if j != i and other is not None]
        ahead = [other for other, _ in known[:i] if other is not None]
        beaten = high is not None and any(other > high for other in others)
        # Of two that may be the same the one that cannot be less stays, of two constants the first.
        level = high is not None and (high in ahead or (high in others and low != high))
        if not (beaten or level):
            kept.append(results[i])
    return few_operands(AffineMap(new.num_dims, new.num_symbols, tuple(kept)), values)


def for_empty(op: affine.For, rewriter: Rewriter) -> bool:
    """A loop that only hands on values is these values, where it is known how often it runs or that does not matter."""
    block = op.body.block
    trips = _trips(op)
    if trips == 0:
        rewriter.replace(op, op.inits)
        return True
    if block.first is not block.last or not op.results:
        return False
    carried: dict[Value, Value] = dict(zip(op.carried, op.inits, strict=True))
    yielded = block.terminator.operands
    stays = all(value is argument for value, argument in zip(yielded, op.carried, strict=True))
    moves = any(value in carried and carried_ is not value for value, carried_ in zip(yielded, op.carried, strict=True))
    if not stays and (trips is None or (trips > 1 and moves)):
        return False
    if any(value not in carried and is_inside(value, op.body) for value in yielded):
        return False
    rewriter.replace(op, [carried.get(value, value) for value in yielded])
    return True


def _trips(op: affine.For) -> int | None:
    """How often a loop runs, where that is known."""
    start, end = constant_bound(op.lowerBoundMap.map), constant_bound(op.upperBoundMap.map)
    if start is None or end is None or op.step.value <= 0:
        return None
    return max(-(-(end - start) // op.step.value), 0)


# -- affine.if -------------------------------------------------------------------------------------------------------


def if_simple(op: affine.If, rewriter: Rewriter) -> bool:
    """What computes an operand of the condition is computed by the condition."""
    space = op.condition
    map = AffineMap(space.num_dims, space.num_symbols, tuple(expr for expr, _ in space.constraints))
    computed = any(isinstance(value.defining_op, affine.Apply) for value in op.inputs)
    new, values = (composed if computed else few_operands)(map, op.inputs)
    if new is map and _same(values, op.inputs):
        return False
    constraints = zip(new.results, [is_equality for _, is_equality in space.constraints], strict=True)
    op.set_attribute(CONDITION, IntegerSetAttr(IntegerSet(new.num_dims, new.num_symbols, tuple(constraints))))
    rewriter.set_operands(op, values)
    return True


def if_decided(op: affine.If, rewriter: Rewriter) -> bool:
    """A condition that always or never holds is no choice."""
    known = [
        expr.value == 0 if is_equality else expr.value >= 0
        for expr, is_equality in op.condition.constraints
        if isinstance(expr, AffineConstant)
    ]
    if all(known) and len(known) < len(op.condition.constraints):
        return False
    rewriter.replace(op, inlined(op.thenRegion if all(known) else op.elseRegion, rewriter, (), op))
    return True


def else_empty(op: affine.If, rewriter: Rewriter) -> bool:
    """An `else` that does nothing goes away."""
    return erase_if_idle(op, op.elseRegion, rewriter)


# -- affine.parallel -------------------------------------------------------------------------------------------------


def parallel_bounds(op: affine.Parallel, rewriter: Rewriter) -> bool:
    """What computes an operand of a bound is computed by the bound."""
    lower, starts = composed(op.lowerBoundsMap.map, op.lower_operands)
    upper, ends = composed(op.upperBoundsMap.map, op.upper_operands)
    values = [*starts, *ends]
    if lower is op.lowerBoundsMap.map and upper is op.upperBoundsMap.map and _same(values, op.mapOperands):
        return False
    op.lowerBoundsMap, op.upperBoundsMap = AffineMapAttr(lower), AffineMapAttr(upper)
    rewriter.set_operands(op, values)
    return True


AFFINE_LOOPS: Patterns = {
    affine.For: [for_bounds, for_empty],
    affine.If: [if_simple, if_decided, else_empty],
    affine.Parallel: [parallel_bounds],
}
