"""`nd.random_bits` as a `linalg.generic` that computes each element from its position, in words of 32 bits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.dialects import arith, linalg, nd, tensor
from irc.dialects.nd_threefry import PARITY, ROTATIONS
from irc.ir.affine import AffineMap
from irc.ir.attributes import i64_attr
from irc.ir.builder import Builder
from irc.ir.types import IntegerType, Type, i32, i64
from irc.ir.value import Value
from irc.lowering.nd_elementwise import destination
from irc.lowering.signedness import relabel
from irc.lowering.structured import generic, index_constant, scalar, shaped, size


class _Words:
    """Arithmetic on integers of one builder; constants are written as numbers."""

    def __init__(self, b: Builder) -> None:
        self.b = b

    def _binary(self, cls: Any, x: Value, y: Value | int) -> Value:
        other = scalar(self.b, y, x.type) if isinstance(y, int) else y
        found: Value = self.b.insert(cls(x, other)).result
        return found

    def add(self, x: Value, y: Value | int) -> Value:
        return self._binary(arith.AddI, x, y)

    def xor(self, x: Value, y: Value | int) -> Value:
        return self._binary(arith.XOrI, x, y)

    def merged(self, x: Value, y: Value) -> Value:
        return self._binary(arith.OrI, x, y)

    def left(self, x: Value, bits: int) -> Value:
        return self._binary(arith.ShLI, x, bits)

    def right(self, x: Value, bits: int) -> Value:
        return self._binary(arith.ShRUI, x, bits)

    def rotated(self, x: Value, bits: int) -> Value:
        return self.merged(self.left(x, bits), self.right(x, 32 - bits))

    def narrow(self, x: Value, type: Type) -> Value:
        return x if x.type is type else self.b.insert(arith.TruncI(x, result_types=[type])).result

    def wide(self, x: Value) -> Value:
        return self.b.insert(arith.ExtUI(x, result_types=[i64])).result


def threefry(w: _Words, keys: Sequence[Value], hi: Value, lo: Value) -> tuple[Value, Value]:
    """The two words for a counter; `keys` are the three words of the key schedule."""
    x, y = w.add(hi, keys[0]), w.add(lo, keys[1])
    for i, rotations in enumerate(ROTATIONS):
        for bits in rotations:
            x = w.add(x, y)
            y = w.xor(x, w.rotated(y, bits))
        x = w.add(x, keys[(i + 1) % 3])
        y = w.add(w.add(y, keys[(i + 2) % 3]), i + 1)
    return x, y


def lower_random_bits(op: nd.RandomBits, b: Builder) -> Value:
    output = destination(b, op, op.dims)
    type = shaped(output)
    element = type.element_type
    assert isinstance(element, IntegerType)
    words = [b.insert(tensor.Extract(op.key, [index_constant(b, i)])).result for i in (0, 1)]
    keys = [relabel(b, word, i32) for word in words]
    outer = _Words(b)
    keys.append(outer.xor(outer.xor(keys[0], keys[1]), PARITY))
    start: Value | None = None
    if op.start is not None:
        start = relabel(b, b.insert(tensor.Extract(op.start, [])).result, i64)
    sizes = [size(b, output, axis) for axis in range(type.rank)]

    def body(inner: Builder, _: Sequence[Value]) -> Value:
        w = _Words(inner)
        hi, lo = threefry(w, keys, *_counter(w, sizes, start))
        if element.width == 64:
            return relabel(inner, w.merged(w.left(w.wide(hi), 32), w.wide(lo)), element)
        return relabel(inner, w.narrow(w.xor(hi, lo), IntegerType(element.width)), element)

    return generic(b, [], output, [AffineMap.identity(type.rank)], body)


def _counter(w: _Words, sizes: Sequence[Value], start: Value | None) -> tuple[Value, Value]:
    """The upper and the lower word of the position in row-major order plus `start`."""
    position: Value | None = None
    for axis, length in enumerate(sizes):
        index = w.b.insert(linalg.Index(i64_attr(axis))).result
        if position is not None:
            index = w.b.insert(arith.AddI(w.b.insert(arith.MulI(position, length)).result, index)).result
        position = index
    if position is None:
        counter = start if start is not None else scalar(w.b, 0, i64)
    else:
        counter = w.b.insert(arith.IndexCast(position, result_types=[i64])).result
        counter = counter if start is None else w.add(counter, start)
    return w.narrow(w.right(counter, 32), i32), w.narrow(counter, i32)


LOWERINGS: dict[Any, Any] = {nd.RandomBits: lower_random_bits}
