"""Reductions and matrix products of `nd` in `linalg`: an initial fill, then an accumulation into it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from irc.dialects import arith, complex, linalg, nd
from irc.ir.affine import AffineConstant, AffineDim, AffineExpr, AffineMap
from irc.ir.builder import Builder
from irc.ir.dense import float_limits
from irc.ir.diagnostic import error
from irc.ir.types import IntegerType, Type, f32, with_element_type
from irc.ir.value import Value
from irc.lowering.nd_complex import lower_product
from irc.lowering.nd_elementwise import destination
from irc.lowering.nd_scalars import kind_of
from irc.lowering.scalar_ops import is_narrow
from irc.lowering.signedness import element_constant, in_signless, signless
from irc.lowering.size_checks import check_loops
from irc.lowering.structured import PARALLEL, REDUCTION, empty, fill, generic, shaped, size


def _least(type: Type) -> float:
    return -(1 << (type.width - 1)) if isinstance(type, IntegerType) else -(1 << 63)


def _greatest(type: Type) -> float:
    return (1 << (type.width - 1)) - 1 if isinstance(type, IntegerType) else (1 << 63) - 1


COMBINERS: dict[Any, dict[str, tuple[Any, Callable[[Any], float]]]] = {
    nd.Sum: {"float": (arith.AddF, lambda _: 0), "integer": (arith.AddI, lambda _: 0),
             "unsigned": (arith.AddI, lambda _: 0), "boolean": (arith.OrI, lambda _: 0),
             "complex": (complex.Add, lambda _: 0)},
    nd.Prod: {"float": (arith.MulF, lambda _: 1), "integer": (arith.MulI, lambda _: 1),
              "unsigned": (arith.MulI, lambda _: 1), "boolean": (arith.AndI, lambda _: 1),
              "complex": (complex.Mul, lambda _: 1)},
    nd.Max: {"float": (arith.MaximumF, lambda type: float_limits(type)[0]), "integer": (arith.MaxSI, _least),
             "unsigned": (arith.MaxUI, lambda _: 0), "boolean": (arith.OrI, lambda _: 0)},
    nd.Min: {"float": (arith.MinimumF, lambda type: float_limits(type)[1]), "integer": (arith.MinSI, _greatest),
             "unsigned": (arith.MinUI, lambda _: -1), "boolean": (arith.AndI, lambda _: 1)},
    nd.Any: {"boolean": (arith.OrI, lambda _: 0)},
    nd.All: {"boolean": (arith.AndI, lambda _: 1)},
}  # fmt: skip
"""Per op and kind of element: the op that combines two elements, and the value that a reduction starts from."""

PRODUCTS: dict[str, tuple[Any, Any]] = {
    "float": (arith.MulF, arith.AddF), "integer": (arith.MulI, arith.AddI), "unsigned": (arith.MulI, arith.AddI),
    "boolean": (arith.AndI, arith.OrI),
}  # fmt: skip
"""Per kind of element: what a matrix product multiplies and adds with."""


def lower_reduction(op: Any, b: Builder) -> Value:
    source: Value = op.x
    type = shaped(source)
    found = COMBINERS[op.__class__].get(kind_of(type.element_type))
    if found is None:
        raise error(op.location, f"'{op.name}' op has no lowering for elements of type '{type.element_type}'")
    combine, initial = found
    reduced = set(op.axes.values)
    kept = [axis for axis in range(type.rank) if axis not in reduced]
    narrow = is_narrow(type.element_type)
    fresh = narrow or op.into is None
    sizes = [size(b, source, axis) for axis in kept if type.shape[axis] is None] if fresh else []
    if narrow:
        source = in_f32(b, source)
    element = shaped(source).element_type
    out = empty(b, with_element_type(op.result.type, element), sizes) if narrow else destination(b, op, sizes)
    start = fill(b, element_constant(b, initial(type.element_type), element), out)
    maps = [AffineMap.identity(type.rank), AffineMap.of_dims(type.rank, kept)]
    iterators = [REDUCTION if axis in reduced else PARALLEL for axis in range(type.rank)]
    body = in_signless(lambda inner, x, total: inner.insert(combine(total, x)).result, element)
    total = generic(b, [source], start, maps, lambda inner, xs: body(inner, *xs), iterators)
    return rounded(b, total, op) if narrow else total


def in_f32(b: Builder, x: Value) -> Value:
    """A tensor of floats narrower than `f32` as one of these, which sums are kept in."""
    return b.insert(nd.Cast(x, result_types=[with_element_type(x.type, f32)])).result


def rounded(b: Builder, found: Value, op: Any) -> Value:
    """What was computed in `f32` as the result of `op`, where that goes."""
    return b.insert(
        nd.Cast(found, op.into, result_types=[with_element_type(found.type, shaped(op.result).element_type)])
    ).result


def lower_matmul(op: nd.MatMul, b: Builder) -> Value:
    """Rank two and equally batched products are named ops; the others are generic contractions. Floats narrower than `f32`
    are multiplied as these."""
    if kind_of(shaped(op.result).element_type) == "complex":
        return lower_product(op, b)
    if is_narrow(shaped(op.result).element_type):
        wide = with_element_type(op.result.type, f32)
        return rounded(b, b.insert(nd.MatMul(in_f32(b, op.lhs), in_f32(b, op.rhs), result_types=[wide])).result, op)
    lhs, rhs = shaped(op.lhs), shaped(op.rhs)
    batch = max(lhs.rank, rhs.rank) - 2
    element = shaped(op.result).element_type
    kind = kind_of(element)
    if kind not in PRODUCTS:
        raise error(op.location, f"'nd.matmul' op has no lowering for elements of type '{element}'")
    out = destination(b, op, _product_sizes(op, b) if op.into is None else ())
    start = fill(b, element_constant(b, 0, element), out)
    products: dict[tuple[int, int], type[linalg.Contraction]] = {(2, 2): linalg.MatMul, (3, 3): linalg.BatchMatMul}
    named = products.get((lhs.rank, rhs.rank))
    as_named = kind == "float" or (kind == "integer" and signless(element) is element)
    if named is not None and as_named and (batch < 1 or lhs.shape[0] == rhs.shape[0]):
        product = named([op.lhs, op.rhs], [start])
        product.location = b.location
        check_loops(b, product.operands, product.maps)
        return b.insert(product).results[0]
    return _contraction(op, b, start, max(batch, 0))


def _product_sizes(op: nd.MatMul, b: Builder) -> list[Value]:
    """The sizes of the result's `?` dimensions."""
    lhs, rhs, out = shaped(op.lhs), shaped(op.rhs), shaped(op.result)
    inner = (lhs.rank > 1) + (rhs.rank > 1)
    batch = out.rank - inner
    places: list[list[tuple[Value, int]]] = []
    for axis in range(batch):
        both = ((op.lhs, axis - batch + lhs.rank - 2), (op.rhs, axis - batch + rhs.rank - 2))
        # A batch dimension of size one stretches, so the other operand has the size.
        places.append([(v, at) for v, at in both if shaped(v).rank > 2 and at >= 0 and shaped(v).shape[at] != 1])
    if lhs.rank > 1:
        places.append([(op.lhs, lhs.rank - 2)])
    if rhs.rank > 1:
        places.append([(op.rhs, rhs.rank - 1)])
    return [size(b, *place[0]) for place, known in zip(places, out.shape, strict=True) if known is None]


def _contraction(op: nd.MatMul, b: Builder, start: Value, batch: int) -> Value:
    """Loops (batch…, m?, n?, k); an operand of rank one has no m or n."""
    lhs, rhs = shaped(op.lhs), shaped(op.rhs)
    m, n = batch, batch + (lhs.rank > 1)
    k = n + (rhs.rank > 1)

    def batch_map(shape: Sequence[int | None]) -> list[AffineExpr]:
        first = batch - len(shape)
        return [AffineConstant(0) if known == 1 and shaped(start).shape[first + i] != 1 else AffineDim(first + i)
                for i, known in enumerate(shape)]  # fmt: skip

    left = [*batch_map(lhs.shape[:-2]), *([AffineDim(m)] if lhs.rank > 1 else []), AffineDim(k)]
    right = [*batch_map(rhs.shape[:-2]), AffineDim(k), *([AffineDim(n)] if rhs.rank > 1 else [])]
    maps = [AffineMap(k + 1, 0, tuple(left)), AffineMap(k + 1, 0, tuple(right)), AffineMap.of_dims(k + 1, range(k))]
    element = shaped(start).element_type
    multiply, add = PRODUCTS[kind_of(element)]

    def accumulate(inner: Builder, x: Value, y: Value, total: Value) -> Value:
        found: Value = inner.insert(add(total, inner.insert(multiply(x, y)).result)).result
        return found

    body = in_signless(accumulate, element)
    return generic(b, [op.lhs, op.rhs], start, maps, lambda inner, xs: body(inner, *xs), [PARALLEL] * k + [REDUCTION])


LOWERINGS: dict[Any, Any] = {**dict.fromkeys(COMBINERS, lower_reduction), nd.MatMul: lower_matmul}
