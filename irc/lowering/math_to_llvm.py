"""`math` in the llvm dialect: intrinsics where the processor has the function, else the C library's, lane by lane.

What `expand-math` has turned into polynomials does not get here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.dialects import llvm, math
from irc.ir.attributes import IntegerAttr
from irc.ir.types import FloatType, IntegerType, VectorType, element_type, f32, f64, i1, i32
from irc.ir.value import Value
from irc.lowering.arith_to_llvm import fastmath, float_op, require_all
from irc.lowering.llvm_lowering import Lower, Lowering, Table
from irc.lowering.lowered_values import Lowered, rowwise

LIBM: dict[Any, str] = {
    math.Exp: "exp", math.Exp2: "exp2", math.ExpM1: "expm1", math.Log: "log", math.Log2: "log2", math.Log10: "log10",
    math.Log1p: "log1p", math.Sin: "sin", math.Cos: "cos", math.Tan: "tan", math.Sinh: "sinh", math.Cosh: "cosh",
    math.Tanh: "tanh", math.Asin: "asin", math.Acos: "acos", math.Atan: "atan", math.Erf: "erf", math.Cbrt: "cbrt",
    math.Asinh: "asinh", math.Acosh: "acosh", math.Atanh: "atanh", math.PowF: "pow", math.Atan2: "atan2",
}  # fmt: skip
"""C's name of each function; for `float` it ends with an `f`."""


def libm_call(name: str) -> Lower:
    """A call per lane. Types narrower than `float` are computed in it; wider ones than `double` are not supported."""

    def lower(op: Any, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
        scalar = element_type(op.results[0].type)
        assert isinstance(scalar, FloatType)
        if scalar.width > 64:
            raise lo.unsupported(op, f"'{scalar}' is too wide")
        compute = f64 if scalar is f64 else f32
        function = name if compute is f64 else f"{name}f"

        def call(*arguments: Value) -> Value:
            if scalar is compute:
                return lo.function_value(function, compute, arguments)
            wide = [lo.one(llvm.FPExt(value, result_types=[compute])) for value in arguments]
            return lo.one(llvm.FPTrunc(lo.function_value(function, compute, wide), result_types=[scalar]))

        return [rowwise(lambda *values: lanewise(lo, call, *values), *operands)]

    return lower


def lanewise(lo: Lowering, call: Any, *values: Value) -> Value:
    """`call` on scalars, or on each lane of vectors."""
    type = values[0].type
    if not isinstance(type, VectorType):
        result: Value = call(*values)
        return result
    vector = lo.undef(type)
    for lane in range(type.num_elements):
        position = lo.constant(lane, i32)
        scalars = [lo.one(llvm.ExtractElement(value, position)) for value in values]
        vector = lo.one(llvm.InsertElement(vector, call(*scalars), position))
    return vector


def _rsqrt(op: Any, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    flags = fastmath(op.fastmath)

    def build(x: Value) -> Value:
        root = lo.one(llvm.SIMPLE["sqrt"](x, flags))
        return lo.one(llvm.FDiv(lo.constant(1.0, x.type), root, flags))

    return [rowwise(build, *operands)]


def _with_flag(cls: Any) -> Lower:
    """`abs`, `ctlz`, `cttz`: defined for every operand."""

    def lower(op: Any, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
        return [rowwise(lambda x: lo.one(cls(x, IntegerAttr(0, i1))), *operands)]

    return lower


def _ctpop(op: Any, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    return [rowwise(lambda x: lo.one(llvm.SIMPLE["ctpop"](x)), *operands)]


def _fpowi(op: Any, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    """By `pow`: the exponent is exact in a double, and in a float as far as the result is not 0, 1 or infinite anyway."""
    scalar = element_type(op.results[0].type)
    if not isinstance(element_type(op.operands[1].type), IntegerType) or scalar not in (f32, f64):
        raise lo.unsupported(op)

    def call(x: Value, n: Value) -> Value:
        wide = x if scalar is f64 else lo.one(llvm.FPExt(x, result_types=[f64]))
        power = lo.function_value("pow", f64, [wide, lo.one(llvm.SIToFP(n, result_types=[f64]))])
        return power if scalar is f64 else lo.one(llvm.FPTrunc(power, result_types=[f32]))

    return [rowwise(lambda x, n: lanewise(lo, call, x, n), *operands)]


def _ipowi(op: Any, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    """By squaring, a step for each bit of the exponent; a negative power of any number but 1 and -1 is 0."""

    def is_(word: str, value: Value, number: int) -> Value:
        return lo.one(llvm.ICmp.of(word, value, lo.constant(number, value.type)))

    def choose(condition: Value, yes: Value, no: Value) -> Value:
        return lo.one(llvm.Select(condition, yes, no))

    def build(x: Value, n: Value) -> Value:
        type = x.type
        zero, one = lo.constant(0, type), lo.constant(1, type)
        require_all(lo, op, llvm.Or(is_("ne", x, 0), is_("sge", n, 0)), "raises 0 to a negative power")
        scalar = element_type(type)
        assert isinstance(scalar, IntegerType)
        power, square = one, x
        for bit in range(scalar.width - 1):
            square = lo.one(llvm.Mul(square, square)) if bit else x
            chosen = lo.one(llvm.And(n, lo.constant(1 << bit, type)))
            power = choose(is_("ne", chosen, 0), lo.one(llvm.Mul(power, square)), power)
        odd = is_("ne", lo.one(llvm.And(n, one)), 0)
        unit = choose(is_("eq", x, 1), one, choose(is_("eq", x, -1), choose(odd, x, one), zero))
        return choose(is_("slt", n, 0), unit, power)

    return [rowwise(build, *operands)]


MATH: Table = {
    **{cls: libm_call(name) for cls, name in LIBM.items()},
    math.AbsF: float_op(llvm.SIMPLE["fabs"]),
    math.Sqrt: float_op(llvm.SIMPLE["sqrt"]),
    math.Rsqrt: _rsqrt,
    math.Fma: float_op(llvm.SIMPLE["fma"]),
    math.CopySign: float_op(llvm.SIMPLE["copysign"]),
    math.Ceil: float_op(llvm.SIMPLE["ceil"]),
    math.Floor: float_op(llvm.SIMPLE["floor"]),
    math.Round: float_op(llvm.SIMPLE["round"]),
    math.RoundEven: float_op(llvm.SIMPLE["roundeven"]),
    math.Trunc: float_op(llvm.SIMPLE["trunc"]),
    math.FPowI: _fpowi,
    math.IPowI: _ipowi,
    math.AbsI: _with_flag(llvm.Abs),
    math.CountLeadingZeros: _with_flag(llvm.CountLeadingZeros),
    math.CountTrailingZeros: _with_flag(llvm.CountTrailingZeros),
    math.CtPop: _ctpop,
}
