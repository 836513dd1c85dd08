"""The `nd` dialect: tensor mathematics on immutable values.

Its names are those of the Python Array API standard. Operands are ranked tensors with static or dynamic dimensions; there
is no implicit broadcasting. An op with `into %s` computes into the storage `%s`, which is given away: the result is that
storage, and using `%s` afterwards is an error.
"""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects.nd_base import NdOp, R, check_dims, tensor_type
from irc.dialects.nd_bits import (
    Bitcast,
    BitwiseAnd,
    BitwiseLeftShift,
    BitwiseNot,
    BitwiseOr,
    BitwiseRightShift,
    BitwiseXor,
    CountLeadingZeros,
    LogicalRightShift,
    PopCount,
)  # fmt: skip
from irc.dialects.nd_combining import Cumulative, Reduce
from irc.dialects.nd_complex import Complex, Imag, Real
from irc.dialects.nd_contraction import All, Any, MatMul, Max, Min, Prod, Reduction, Sum
from irc.dialects.nd_convolution import Conv
from irc.dialects.nd_custom_call import CustomCall
from irc.dialects.nd_elementwise import (
    Abs,
    Add,
    Atan2,
    Binary,
    Cast,
    Ceil,
    Comparison,
    Cos,
    Divide,
    Equal,
    Erf,
    Exp,
    Expm1,
    FloatUnary,
    Floor,
    Greater,
    GreaterEqual,
    Less,
    LessEqual,
    Log,
    Log1p,
    Logical,
    LogicalAnd,
    LogicalNot,
    LogicalOr,
    LogicalXor,
    Logistic,
    Maximum,
    Minimum,
    Multiply,
    Negative,
    NotEqual,
    Pow,
    Remainder,
    Round,
    Rsqrt,
    Sign,
    Sin,
    Sqrt,
    Subtract,
    Tanh,
    Unary,
    Where,
)  # fmt: skip
from irc.dialects.nd_fourier import Fft, FftKind
from irc.dialects.nd_indexing import (
    WHOLE,
    Gather,
    GatherDims,
    Scatter,
    ScatterDims,
    batch_shape,
    kept_axes,
    window_axes,
)
from irc.dialects.nd_linear_algebra import Cholesky, Transpose, TriangularSolve
from irc.dialects.nd_ordering import Reverse, Sort
from irc.dialects.nd_random import RandomBits
from irc.dialects.nd_regions import Yield
from irc.dialects.nd_shape import (
    TO_THE_END,
    BroadcastTo,
    Concat,
    DynamicSlice,
    DynamicUpdateSlice,
    Pad,
    PermuteDims,
    Reshape,
    Slice,
)  # fmt: skip
from irc.dialects.nd_windows import ReduceWindow, SelectAndScatter
from irc.ir.attributes import DenseElementsAttr, IntegerAttr, StringAttr
from irc.ir.diagnostic import VerifyError, counted
from irc.ir.interfaces import Effect, FoldResult, MemoryEffects
from irc.ir.traits import ConstantLike, Pure
from irc.ir.types import TensorType, Type
from irc.ir.value import Value
from irc.ods.attribute_constraints import I64
from irc.ods.constraints import Index, Scalar, Tensor
from irc.ods.fields import attribute, operand, result, variadic
from irc.ods.op import Op


class Constant(Op, name="nd.constant", traits=[Pure, ConstantLike]):
    """A tensor that is known.

    %c = nd.constant dense<0.0> : tensor<4xf32>
    """

    value: DenseElementsAttr = attribute(DenseElementsAttr)
    result: Value = result(Tensor)

    assembly = "attr-dict $value"

    def infer(self) -> Sequence[Type]:
        return [self.value.type]

    def fold(self) -> FoldResult:
        return self.value

    def verify(self) -> None:
        if not isinstance(self.value.type, TensorType) or self.result.type is not self.value.type:
            raise VerifyError(f"result type '{self.result.type}' does not match the type of the value '{self.value}'")

    def result_name_hint(self) -> str:
        return "cst"


class Allocate(Op, MemoryEffects, name="nd.allocate"):
    """New storage, whose elements are unspecified.

    %s = nd.allocate(%n) : tensor<?x4xf32>
    """

    dims: Sequence[Value] = variadic(Index, default=())
    result: Value = result(Tensor)

    assembly = "`(` $dims `)` attr-dict `:` type($result)"

    def effects(self) -> Sequence[Effect]:
        return [Effect("allocate", self.result)]

    def verify(self) -> None:
        check_dims(self.dims, self.result.type)


class Iota(NdOp, name="nd.iota", traits=[Pure]):
    """Each element is its position along an axis.

    %i = nd.iota(%n) axis = 0 : tensor<?x10xi32>
    """

    axis: IntegerAttr = attribute(IntegerAttr, where=I64)
    dims: Sequence[Value] = variadic(Index, default=())
    into: Value | None = operand(R, default=None)
    result: Value = result(R)

    assembly = "(`(` $dims^ `)`)? `axis` `=` $axis (`into` $into^)? attr-dict `:` type($result)"

    def verify(self) -> None:
        type = tensor_type(self.result)
        check_dims(self.dims, type)
        if not 0 <= self.axis.value < type.rank:
            raise VerifyError(f"axis {self.axis.value} is out of range for '{type}'")


class Print(Op, name="nd.print"):
    """Prints a line to standard output; each `{}` of the format stands for the next operand.

    nd.print "epoch {}: loss {}"(%epoch, %loss) : index, f32
    nd.print "done"
    """

    format: StringAttr = attribute(StringAttr)
    inputs: Sequence[Value] = variadic(Scalar)

    assembly = "$format (`` `(` $inputs^ `)`)? attr-dict (`:` type($inputs)^)?"

    def verify(self) -> None:
        places = self.format.value.count("{}")
        if places != len(self.inputs):
            raise VerifyError(f"the format has {counted(places, 'place')} for {counted(len(self.inputs), 'operand')}")


__all__ = [
    "TO_THE_END",
    "WHOLE",
    "Abs",
    "Add",
    "All",
    "Allocate",
    "Any",
    "Atan2",
    "Binary",
    "Bitcast",
    "BitwiseAnd",
    "BitwiseLeftShift",
    "BitwiseNot",
    "BitwiseOr",
    "BitwiseRightShift",
    "BitwiseXor",
    "BroadcastTo",
    "Cast",
    "Ceil",
    "Cholesky",
    "Comparison",
    "Complex",
    "Concat",
    "Constant",
    "Conv",
    "Cos",
    "CountLeadingZeros",
    "Cumulative",
    "CustomCall",
    "Divide",
    "DynamicSlice",
    "DynamicUpdateSlice",
    "Equal",
    "Erf",
    "Exp",
    "Expm1",
    "Fft",
    "FftKind",
    "FloatUnary",
    "Floor",
    "Gather",
    "GatherDims",
    "Greater",
    "GreaterEqual",
    "Imag",
    "Iota",
    "Less",
    "LessEqual",
    "Log",
    "Log1p",
    "Logical",
    "LogicalAnd",
    "LogicalNot",
    "LogicalOr",
    "LogicalRightShift",
    "LogicalXor",
    "Logistic",
    "MatMul",
    "Max",
    "Maximum",
    "Min",
    "Minimum",
    "Multiply",
    "NdOp",
    "Negative",
    "NotEqual",
    "Pad",
    "PermuteDims",
    "PopCount",
    "Pow",
    "Print",
    "Prod",
    "RandomBits",
    "Real",
    "Reduce",
    "ReduceWindow",
    "Reduction",
    "Remainder",
    "Reshape",
    "Reverse",
    "Round",
    "Rsqrt",
    "Scatter",
    "ScatterDims",
    "SelectAndScatter",
    "Sign",
    "Sin",
    "Slice",
    "Sort",
    "Sqrt",
    "Subtract",
    "Sum",
    "Tanh",
    "Transpose",
    "TriangularSolve",
    "Unary",
    "Where",
    "Yield",
    "batch_shape",
    "kept_axes",
    "window_axes",
]  # fmt: skip
