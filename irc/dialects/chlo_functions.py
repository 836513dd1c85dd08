"""Elementary and special functions, which `stablehlo` lacks."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import chlo_types as ty
from irc.dialects import stablehlo_types as hlo
from irc.dialects.stablehlo_base import StablehloOp, compatible_operands_and_result, same_operands_and_result_shape
from irc.dialects.stablehlo_shapes import most_specific
from irc.ir.traits import Commutative, Elementwise, Pure
from irc.ir.types import Type, i1, with_element_type
from irc.ir.value import Value
from irc.ods import fields as f


class Unary(StablehloOp, traits=[Pure, Elementwise]):
    """Base: an operand and a result of the same type.

    %y = {op} %x : tensor<2xf32> -> tensor<2xf32>
    """

    operand: Value = f.operand(ty.FloatOrComplex)
    result: Value = f.result(ty.FloatOrComplex)
    checks = (compatible_operands_and_result,)
    assembly = "$operand attr-dict `:` type($operand) `->` type($result)"

    def infer(self) -> Sequence[Type]:
        return [self.operand.type]


class FloatUnary(Unary):
    """Base of functions of real numbers."""

    operand: Value = f.operand(ty.Float)
    result: Value = f.result(ty.Float)


class Predicate(StablehloOp, traits=[Pure, Elementwise]):
    """Base: a question about each element.

    %y = {op} %x : tensor<2xf32> -> tensor<2xi1>
    """

    operand: Value = f.operand(ty.Float)
    result: Value = f.result(ty.Pred)
    checks = (same_operands_and_result_shape,)
    assembly = "$operand attr-dict `:` type($operand) `->` type($result)"

    def infer(self) -> Sequence[Type]:
        return [with_element_type(self.operand.type, i1)]


class AsinAcosKernel(Unary, name="chlo._asin_acos_kernel"):
    """The part that the complex inverse sine and cosine share.

    %y = chlo._asin_acos_kernel %x : tensor<2xcomplex<f32>> -> tensor<2xcomplex<f32>>
    """

    operand: Value = f.operand(ty.Complex)
    result: Value = f.result(ty.Complex)


class Acos(Unary, name="chlo.acos"):
    """The inverse of the cosine."""


class Acosh(Unary, name="chlo.acosh"):
    """The inverse of the hyperbolic cosine."""


class Asin(Unary, name="chlo.asin"):
    """The inverse of the sine."""


class Asinh(Unary, name="chlo.asinh"):
    """The inverse of the hyperbolic sine."""


class Atan(Unary, name="chlo.atan"):
    """The inverse of the tangent."""


class Atanh(Unary, name="chlo.atanh"):
    """The inverse of the hyperbolic tangent."""


class BesselI1e(Unary, name="chlo.bessel_i1e"):
    """The modified Bessel function of order one, scaled by exp(-|x|)."""


class Conj(Unary, name="chlo.conj"):
    """The complex conjugate."""


class Cosh(Unary, name="chlo.cosh"):
    """The hyperbolic cosine."""


class Sinh(Unary, name="chlo.sinh"):
    """The hyperbolic sine."""


class Square(Unary, name="chlo.square"):
    """The operand times itself."""


class Tan(Unary, name="chlo.tan"):
    """The tangent."""


class Digamma(FloatUnary, name="chlo.digamma"):
    """The derivative of the logarithm of the gamma function."""


class Erf(FloatUnary, name="chlo.erf"):
    """The error function."""


class ErfInv(FloatUnary, name="chlo.erf_inv"):
    """The inverse of the error function."""


class Erfc(FloatUnary, name="chlo.erfc"):
    """One less the error function."""


class Lgamma(FloatUnary, name="chlo.lgamma"):
    """The logarithm of the absolute value of the gamma function."""


class IsInf(Predicate, name="chlo.is_inf"):
    """Whether a number is infinite."""


class IsNegInf(Predicate, name="chlo.is_neg_inf"):
    """Whether a number is minus infinity."""


class IsPosInf(Predicate, name="chlo.is_pos_inf"):
    """Whether a number is plus infinity."""


class Binary(StablehloOp, traits=[Pure]):
    """Base: two operands and a result of the same type."""

    checks = (compatible_operands_and_result,)

    def infer(self) -> Sequence[Type]:
        return [most_specific([value.type for value in self.operands])]


class NextAfter(Binary, name="chlo.next_after"):
    """The next float from x in the direction of y.

    %r = chlo.next_after %x, %y : tensor<f32>, tensor<f32> -> tensor<f32>
    """

    x: Value = f.operand(ty.Float)
    y: Value = f.operand(ty.Float)
    result: Value = f.result(ty.Float)
    assembly = "$x `,` $y attr-dict `:` type($x) `,` type($y) `->` type(results)"


class Polygamma(Binary, name="chlo.polygamma"):
    """Derivative n of the digamma function.

    %r = chlo.polygamma %n, %x : tensor<f32>, tensor<f32> -> tensor<f32>
    """

    n: Value = f.operand(ty.Float)
    x: Value = f.operand(ty.Float)
    result: Value = f.result(ty.Float)
    assembly = "$n `,` $x attr-dict `:` type($n) `,` type($x) `->` type(results)"


class Zeta(Binary, name="chlo.zeta"):
    """The zeta function of Hurwitz.

    %r = chlo.zeta %x, %q : tensor<f32>, tensor<f32> -> tensor<f32>
    """

    x: Value = f.operand(ty.Float)
    q: Value = f.operand(ty.Float)
    result: Value = f.result(ty.Float)
    assembly = "$x `,` $q attr-dict `:` type($x) `,` type($q) `->` type(results)"


class Mulhi(Binary, name="chlo.mulhi", traits=[Commutative]):
    """The upper half of the product.

    %r = chlo.mulhi %a, %b : tensor<i32>, tensor<i32> -> tensor<i32>
    """

    lhs: Value = f.operand(hlo.IntTensor)
    rhs: Value = f.operand(hlo.IntTensor)
    result: Value = f.result(hlo.IntTensor)
    assembly = "$lhs `,` $rhs attr-dict `:` type($lhs) `,` type($rhs) `->` type($result)"
