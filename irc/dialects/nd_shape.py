"""Ops of `nd` that move elements: broadcasts, reshapes, transposes, concatenation, slices, padding.

A size of the result that is not known from the operands is an index operand, one for each `?` of the result type.
"""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects.nd_base import NdOp, R, check_compatible, check_dims, fold_constants, integers, merge, tensor_type
from irc.ir.attributes import Attribute, DenseArrayAttr, IntegerAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import FoldResult
from irc.ir.traits import Pure
from irc.ir.types import Dimension, Shape, TensorType, Type
from irc.ir.value import Value
from irc.ods.attribute_constraints import I64
from irc.ods.constraints import Index, Tensor
from irc.ods.fields import attribute, operand, result, variadic
from irc.ods.op import Op
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter

TO_THE_END = -1
"""A slice limit that means the end of the axis."""


class BroadcastTo(NdOp, name="nd.broadcast_to", traits=[Pure]):
    """Repeats elements along new leading axes and along axes whose type says size 1 (Array API `broadcast_to`).

    An axis of size `?` is not stretched: at run time it must have the size of the result.

    %y = nd.broadcast_to %x(%n) : tensor<10xf32> -> tensor<?x10xf32>
    """

    x: Value = operand(Tensor)
    dims: Sequence[Value] = variadic(Index, default=())
    into: Value | None = operand(R, default=None)
    result: Value = result(R)

    assembly = "$x (`(` $dims^ `)`)? (`into` $into^)? attr-dict `:` type($x) `->` type($result)"

    def verify(self) -> None:
        x, y = tensor_type(self.x), tensor_type(self.result)
        check_dims(self.dims, y)
        tail: Shape = y.shape[y.rank - x.rank :] if x.rank <= y.rank else ()
        fits = x.rank <= y.rank and all(
            a == 1 or a is None or b is None or a == b for a, b in zip(x.shape, tail, strict=True)
        )
        if x.element_type is not y.element_type or not fits:
            raise VerifyError(f"'{x}' cannot be broadcast to '{y}'")


class Reshape(Op, name="nd.reshape", traits=[Pure]):
    """The same elements in row-major order with another shape.

    %y = nd.reshape %x : tensor<4x6xf32> -> tensor<24xf32>
    """

    x: Value = operand(Tensor)
    dims: Sequence[Value] = variadic(Index, default=())
    result: Value = result(Tensor)

    assembly = "$x (`(` $dims^ `)`)? attr-dict `:` type($x) `->` type($result)"

    def fold(self, *constants: Attribute | None) -> FoldResult:
        return fold_constants(self, constants)

    def verify(self) -> None:
        x, y = tensor_type(self.x), tensor_type(self.result)
        check_dims(self.dims, y)
        if x.element_type is not y.element_type:
            raise VerifyError(f"element types of '{x}' and '{y}' differ")
        if x.has_static_shape and y.has_static_shape and x.num_elements != y.num_elements:
            raise VerifyError(f"'{x}' has {x.num_elements} elements, but '{y}' has {y.num_elements}")


class PermuteDims(NdOp, name="nd.permute_dims", traits=[Pure]):
    """Axis `i` of the result is axis `axes[i]` of the operand (Array API `permute_dims`).

    %y = nd.permute_dims %x axes = [1, 0] : tensor<4x6xf32> -> tensor<6x4xf32>
    """

    x: Value = operand(Tensor)
    axes: DenseArrayAttr = attribute(DenseArrayAttr)
    into: Value | None = operand(R, default=None)
    result: Value = result(R)

    assembly = "$x `axes` `=` $axes (`into` $into^)? attr-dict `:` type($x) `->` type($result)"

    def infer(self) -> Sequence[Type]:
        x, axes = tensor_type(self.x), integers(self.axes)
        if sorted(axes) != list(range(x.rank)):
            raise VerifyError(f"axes {list(axes)} are no permutation of the axes of '{x}'")
        return [TensorType(tuple(x.shape[axis] for axis in axes), x.element_type)]

    def verify(self) -> None:
        check_compatible(self.result.type, self.infer())


class Concat(NdOp, name="nd.concat", traits=[Pure]):
    """The operands one after the other along an axis (Array API `concat`).

    %y = nd.concat %a, %b axis = 0 : tensor<2x4xf32>, tensor<3x4xf32> -> tensor<5x4xf32>
    """

    inputs: Sequence[Value] = variadic(Tensor)
    axis: IntegerAttr = attribute(IntegerAttr, where=I64)
    into: Value | None = operand(R, default=None)
    result: Value = result(R)

    assembly = "$inputs `axis` `=` $axis (`into` $into^)? attr-dict `:` type($inputs) `->` type($result)"

    def infer(self) -> Sequence[Type]:
        if not self.inputs:
            raise VerifyError("expects at least one operand")
        types = [tensor_type(value) for value in self.inputs]
        first, axis = types[0], self.axis.value
        if not 0 <= axis < first.rank:
            raise VerifyError(f"axis {axis} is out of range for '{first}'")
        shape: list[Dimension] = list(first.shape)
        for type in types[1:]:
            if type.rank != first.rank or type.element_type is not first.element_type:
                raise VerifyError(f"operands '{first}' and '{type}' must have the same rank and element type")
            for i, size in enumerate(type.shape):
                if i == axis:
                    total = shape[i]
                    shape[i] = None if total is None or size is None else total + size
                else:
                    shape[i] = merge(shape[i], size, f"axis {i} of '{first}' and '{type}'")
        return [TensorType(tuple(shape), first.element_type)]

    def verify(self) -> None:
        check_compatible(self.result.type, self.infer())


class Slice(NdOp, name="nd.slice", traits=[Pure]):
    """The elements at start, start + stride, … before limit, along each axis; `:` takes an axis whole.

    %y = nd.slice %x [0:10:2, 3:5, :] : tensor<20x8x?xf32> -> tensor<5x2x?xf32>
    """

    x: Value = operand(Tensor)
    starts: DenseArrayAttr = attribute(DenseArrayAttr)
    limits: DenseArrayAttr = attribute(DenseArrayAttr)
    strides: DenseArrayAttr = attribute(DenseArrayAttr)
    into: Value | None = operand(R, default=None)
    result: Value = result(R)

    assembly = (
        "$x custom<Ranges>($starts, $limits, $strides) (`into` $into^)? attr-dict `:` type($x) `->` type($result)"
    )

    def infer(self) -> Sequence[Type]:
        x = tensor_type(self.x)
        groups = [integers(attribute) for attribute in (self.starts, self.limits, self.strides)]
        if any(len(group) != x.rank for group in groups):
            raise VerifyError(f"expected {x.rank} ranges for '{x}'")
        return [TensorType(tuple(map(_sliced, x.shape, *groups)), x.element_type)]

    def verify(self) -> None:
        check_compatible(self.result.type, self.infer())


def _sliced(size: Dimension, start: int, limit: int, stride: int) -> Dimension:
    """The size of an axis after slicing."""
    if stride < 1:
        raise VerifyError(f"stride {stride} must be positive")
    if limit == TO_THE_END:
        if size is None:
            if start or stride != 1:
                raise VerifyError("a dynamic axis can only be sliced up to a stated limit, or taken whole")
            return None
        limit = size
    if not 0 <= start <= limit or (size is not None and limit > size):
        raise VerifyError(f"range {start}:{limit} is out of bounds for size {'?' if size is None else size}")
    return -(-(limit - start) // stride)


def parse_ranges(p: OpParser) -> tuple[DenseArrayAttr, DenseArrayAttr, DenseArrayAttr]:
    """`[start:limit:stride, start:limit, :]`."""
    starts: list[int] = []
    limits: list[int] = []
    strides: list[int] = []
    p.stream.expect("[")
    while not p.stream.accept("]"):
        if starts:
            p.stream.expect(",")
        if p.stream.accept(":"):
            starts.append(0)
            limits.append(TO_THE_END)
            strides.append(1)
            continue
        starts.append(p.integer())
        p.stream.expect(":")
        limits.append(p.integer())
        strides.append(p.integer() if p.stream.accept(":") else 1)
    return DenseArrayAttr.i64(tuple(starts)), DenseArrayAttr.i64(tuple(limits)), DenseArrayAttr.i64(tuple(strides))


def print_ranges(p: OpPrinter, op: Slice) -> None:
    parts = []
    for start, limit, stride in zip(op.starts.values, op.limits.values, op.strides.values, strict=True):
        whole = (start, limit, stride) == (0, TO_THE_END, 1)
        parts.append(":" if whole else f"{start}:{limit}" + (f":{stride}" if stride != 1 else ""))
    p("[" + ", ".join(parts) + "]")


class DynamicSlice(NdOp, name="nd.dynamic_slice", traits=[Pure]):
    """A part of the result's shape at run-time positions, which are clamped so that it fits (StableHLO `dynamic_slice`).

    %y = nd.dynamic_slice %x[%i, %j] : tensor<1500x64xf32> -> tensor<50x64xf32>
    """

    x: Value = operand(Tensor)
    starts: Sequence[Value] = variadic(Index)
    dims: Sequence[Value] = variadic(Index, default=())
    into: Value | None = operand(R, default=None)
    result: Value = result(R)

    assembly = "$x `[` $starts `]` (`(` $dims^ `)`)? (`into` $into^)? attr-dict `:` type($x) `->` type($result)"

    def verify(self) -> None:
        x, y = tensor_type(self.x), tensor_type(self.result)
        check_dims(self.dims, y)
        _check_part(x, y, self.starts)


def _check_part(whole: TensorType, part: TensorType, starts: Sequence[Value]) -> None:
    if len(starts) != whole.rank:
        raise VerifyError(f"expected {whole.rank} positions for '{whole}', got {len(starts)}")
    sizes = zip(whole.shape, part.shape, strict=False)
    fits = whole.rank == part.rank and all(a is None or b is None or b <= a for a, b in sizes)
    if whole.element_type is not part.element_type or not fits:
        raise VerifyError(f"'{part}' is no part of '{whole}'")


class DynamicUpdateSlice(NdOp, name="nd.dynamic_update_slice", traits=[Pure]):
    """The operand with a part replaced, at run-time positions clamped so that it fits (StableHLO).

    %y = nd.dynamic_update_slice %x, %u[%i, %j] : tensor<1500x64xf32>, tensor<50x64xf32>
    """

    x: Value = operand(R)
    update: Value = operand(Tensor)
    starts: Sequence[Value] = variadic(Index)
    into: Value | None = operand(R, default=None)
    result: Value = result(R)

    assembly = "$x `,` $update `[` $starts `]` (`into` $into^)? attr-dict `:` type($x) `,` type($update)"

    @property
    def readable_destinations(self) -> int:
        return 1

    def verify(self) -> None:
        _check_part(tensor_type(self.x), tensor_type(self.update), self.starts)


class Pad(NdOp, name="nd.pad", traits=[Pure]):
    """Adds a value before, after and between the elements of each axis; negative amounts remove (StableHLO `pad`).

    %y = nd.pad %x, %v low = [1] high = [0] interior = [2] : tensor<3xf32>, tensor<f32> -> tensor<8xf32>
    """

    x: Value = operand(Tensor)
    value: Value = operand(Tensor)
    low: DenseArrayAttr = attribute(DenseArrayAttr)
    high: DenseArrayAttr = attribute(DenseArrayAttr)
    interior: DenseArrayAttr = attribute(DenseArrayAttr)
    into: Value | None = operand(R, default=None)
    result: Value = result(R)

    assembly = (
        "$x `,` $value `low` `=` $low `high` `=` $high `interior` `=` $interior (`into` $into^)? attr-dict `:` "
        "type($x) `,` type($value) `->` type($result)"
    )

    def infer(self) -> Sequence[Type]:
        x, value = tensor_type(self.x), tensor_type(self.value)
        if value is not TensorType((), x.element_type):
            raise VerifyError(f"the padding value must be '{TensorType((), x.element_type)}', got '{value}'")
        groups = [integers(attribute) for attribute in (self.low, self.high, self.interior)]
        if any(len(group) != x.rank for group in groups):
            raise VerifyError(f"expected {x.rank} amounts for '{x}'")
        return [TensorType(tuple(map(_padded, x.shape, *groups)), x.element_type)]

    def verify(self) -> None:
        check_compatible(self.result.type, self.infer())


def _padded(size: Dimension, low: int, high: int, interior: int) -> Dimension:
    if interior < 0:
        raise VerifyError(f"interior padding {interior} must not be negative")
    if size is None:
        return None
    padded = low + high + size + interior * max(0, size - 1)
    if padded < 0:
        raise VerifyError(f"padding by {low} and {high} removes more than there is of size {size}")
    return padded
