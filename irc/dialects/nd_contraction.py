"""Matrix products and reductions of `nd`."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects.nd_base import (
    BoolTensor,
    NdOp,
    OrderedTensor,
    R,
    broadcast_shapes,
    check_axes,
    check_compatible,
    merge,
    tensor_type,
)
from irc.ir.attributes import DenseArrayAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.traits import Pure
from irc.ir.types import TensorType, Type
from irc.ir.value import Value
from irc.ods.constraints import Tensor
from irc.ods.fields import attribute, operand, result


class MatMul(NdOp, name="nd.matmul", traits=[Pure]):
    """Matrix product over the last two axes, batched over the leading ones (Array API `matmul`).

    A vector on the left counts as one row, on the right as one column, and that axis is dropped from the result.

    %y = nd.matmul %a, %b : tensor<8x16xf32>, tensor<16x4xf32> -> tensor<8x4xf32>
    """

    lhs: Value = operand(Tensor)
    rhs: Value = operand(Tensor)
    into: Value | None = operand(R, default=None)
    result: Value = result(R)

    assembly = "$lhs `,` $rhs (`into` $into^)? attr-dict `:` type($lhs) `,` type($rhs) `->` type($result)"

    def infer(self) -> Sequence[Type]:
        a, b = tensor_type(self.lhs), tensor_type(self.rhs)
        if a.element_type is not b.element_type:
            raise VerifyError(f"operands have different element types: '{a}' and '{b}'")
        if a.rank == 0 or b.rank == 0:
            raise VerifyError(f"operands must have at least one axis, got '{a}' and '{b}'")
        rows, columns = a.shape[-2:-1], (b.shape[-1:] if b.rank > 1 else ())
        inner = b.shape[-2] if b.rank > 1 else b.shape[0]
        merge(a.shape[-1], inner, f"contracted axes of '{a}' and '{b}'")
        batch = broadcast_shapes(a.shape[:-2], b.shape[:-2], f"batch axes of '{a}' and '{b}'")
        return [TensorType((*batch, *rows, *columns), a.element_type)]

    def verify(self) -> None:
        check_compatible(self.result.type, self.infer())


class Reduction(NdOp):
    """Combines the elements along `axes`, which are dropped.

    %y = {op} %x axes = [1] : tensor<4x6xf32> -> tensor<4xf32>
    """

    x: Value = operand(Tensor)
    axes: DenseArrayAttr = attribute(DenseArrayAttr)
    into: Value | None = operand(R, default=None)
    result: Value = result(R)

    assembly = "$x `axes` `=` $axes (`into` $into^)? attr-dict `:` type($x) `->` type($result)"

    def infer(self) -> Sequence[Type]:
        x = tensor_type(self.x)
        axes = check_axes(self.axes, x.rank)
        return [TensorType(tuple(size for i, size in enumerate(x.shape) if i not in axes), x.element_type)]

    def verify(self) -> None:
        check_compatible(self.result.type, self.infer())


class OrderedReduction(Reduction):
    """A reduction by the order of the elements, which complex numbers do not have."""

    x: Value = operand(OrderedTensor)


class Sum(Reduction, name="nd.sum", traits=[Pure]):
    """Sum; 0 over no elements. The order of additions is not fixed."""


class Prod(Reduction, name="nd.prod", traits=[Pure]):
    """Product; 1 over no elements."""


class Max(OrderedReduction, name="nd.max", traits=[Pure]):
    """Largest element; NaN if one is NaN; -inf or the least integer over no elements."""


class Min(OrderedReduction, name="nd.min", traits=[Pure]):
    """Smallest element; NaN if one is NaN; inf or the greatest integer over no elements."""


class BooleanReduction(Reduction):
    """A reduction of booleans.

    %y = {op} %x axes = [0] : tensor<4x6xi1> -> tensor<6xi1>
    """

    x: Value = operand(BoolTensor)


class Any(BooleanReduction, name="nd.any", traits=[Pure]):
    """Whether one is true."""


class All(BooleanReduction, name="nd.all", traits=[Pure]):
    """Whether all are true."""
