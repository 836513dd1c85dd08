"""Checks at run time that sizes which are not known before agree; none is made where they have the same origin."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import arith, cf, linalg, tensor
from irc.dialects._slices import Mixed
from irc.dialects.arith_attributes import CMPI
from irc.ir.affine import AffineDim, AffineMap
from irc.ir.attributes import IntegerAttr, StringAttr, index_attr
from irc.ir.builder import Builder
from irc.ir.types import ShapedType, i64
from irc.ir.value import Value

SizeOrigin = Value | int | tuple[Value, int]


def size_origin(amount: Value) -> SizeOrigin:
    """Where a size comes from: a value that is computed, or an axis of a tensor of unknown origin."""
    producer = amount.defining_op
    if isinstance(producer, tensor.Dim) and producer.constant_index is not None:
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
    origin = expected if isinstance(expected, int) else size_origin(expected)
    if origin == size_origin_of(source, axis):
        return
    found = _dim(b, source, axis)
    wanted = b.insert(arith.Constant(index_attr(expected))).result if isinstance(expected, int) else expected
    same = b.insert(arith.CmpI(found, wanted, IntegerAttr(CMPI["eq"], i64))).result
    b.insert(cf.Assert(same, StringAttr(message)))


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
            known = _known(operands[first], first_axis)
            expected = known if known is not None else _dim(b, operands[first], first_axis)
            check_size(b, operands[i], axis, expected, "the sizes of the operands do not agree")


def _known(value: Value, axis: int) -> int | None:
    assert isinstance(value.type, ShapedType)
    return value.type.shape[axis]


def _dim(b: Builder, value: Value, axis: int) -> Value:
    return b.insert(tensor.Dim(value, b.insert(arith.Constant(index_attr(axis))).result)).result
