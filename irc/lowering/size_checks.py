"""Checks at run time that sizes which are not known before agree; none is made where they have the same origin."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence

from irc.dialects import cf, linalg, memref, tensor
from irc.dialects._amounts import compare
from irc.dialects._slices import Mixed, constant_index
from irc.ir.affine import AffineDim, AffineMap
from irc.ir.attributes import StringAttr
from irc.ir.builder import Builder
from irc.ir.types import ShapedType
from irc.ir.value import Value
from irc.lowering.sizes import extent, size

SizeOrigin = Value | int | tuple[Value, int]


HOLDS: dict[str, Callable[[int, int], bool]] = {
    "eq": operator.eq, "ule": lambda a, b: 0 <= a <= b, "ult": lambda a, b: 0 <= a < b, "sgt": operator.gt,
    "sge": operator.ge,
}  # fmt: skip
"""The comparisons that checks make, on numbers; the right-hand sides of unsigned ones are never negative."""


def size_of(amount: Mixed) -> SizeOrigin:
    """A size that may be known as a number, or where it comes from."""
    return amount if isinstance(amount, int) else size_origin(amount)


def size_origin(amount: Value) -> SizeOrigin:
    """Where a size comes from: a constant, a value that is computed, or an axis of a tensor of unknown origin."""
    known = constant_index(amount)
    if known is not None:
        return known
    producer = amount.defining_op
    if isinstance(producer, tensor.Dim | memref.Dim) and producer.constant_index is not None:
        return size_origin_of(producer.source, producer.constant_index)
    return amount


def size_origin_of(value: Value, axis: int) -> SizeOrigin:
    """Where the size of an axis comes from, seen through destinations."""
    known = _known(value, axis)
    if known is not None:
        return known
    producer = value.defining_op
    if isinstance(producer, tensor.Empty):
        assert isinstance(value.type, ShapedType)
        shape = value.type.shape
        return size_origin(producer.operands[shape[:axis].count(None)])
    if isinstance(producer, linalg.LinalgOp):
        return size_origin_of(producer.outputs[producer.results.index(value)], axis)
    return value, axis


def check_size(b: Builder, source: Value, axis: int, expected: Mixed, message: str) -> None:
    """Stop with `message` where the size of `source` along `axis` is not the expected one."""
    if size_of(expected) == size_origin_of(source, axis):
        return
    check(b, "eq", size(b, source, axis), expected, message)


def check_sizes(b: Builder, source: Value, type: ShapedType, name: str) -> None:
    """Stop unless `source` has the sizes that `type` tells of the result of the op called `name`."""
    for axis, known in enumerate(type.shape):
        if known is not None:
            check_size(b, source, axis, known, f"dimension {axis} of the result of '{name}' op is not of size {known}")


def check_part(b: Builder, part: Mixed, whole: Mixed, message: str) -> None:
    """Stop with `message` where a part is larger than the whole, or its size is negative."""
    if size_of(part) == size_of(whole):
        return
    # As unsigned numbers, negative ones are larger than any size.
    check(b, "ule", part, whole, message)


def check(b: Builder, predicate: str, lhs: Mixed, rhs: Mixed, message: str) -> None:
    """Stop with `message` unless a comparison of two indices holds, which is not written if both are known."""
    known = constant_index(lhs), constant_index(rhs)
    if known[0] is not None and known[1] is not None and HOLDS[predicate](known[0], known[1]):
        return
    b.insert(cf.Assert(compare(b, predicate, lhs, rhs), StringAttr(message)))


def check_loops(b: Builder, operands: Sequence[Value], maps: Sequence[AffineMap]) -> None:
    """Stop where operands that share a loop have other sizes along it."""
    places: dict[int, list[tuple[int, int]]] = {}
    for i, map in enumerate(maps):
        for axis, expr in enumerate(map.results):
            if isinstance(expr, AffineDim):
                places.setdefault(expr.position, []).append((i, axis))
    for group in places.values():
        # A size that is known is what the others must be.
        (first, first_axis), *rest = sorted(group, key=lambda place: _known(operands[place[0]], place[1]) is None)
        for i, axis in rest:
            if _known(operands[i], axis) is not None:
                continue
            if size_origin_of(operands[i], axis) == size_origin_of(operands[first], first_axis):
                continue
            expected = extent(b, operands[first], first_axis)
            check_size(b, operands[i], axis, expected, "the sizes of the operands do not agree")


def _known(value: Value, axis: int) -> int | None:
    assert isinstance(value.type, ShapedType)
    return value.type.shape[axis]
