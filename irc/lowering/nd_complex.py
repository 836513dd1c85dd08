"""What `nd` ops compute on complex elements, as ops of the `complex` dialect, and their matrix products by parts."""

from __future__ import annotations

from typing import Any

from irc.dialects import arith, complex, math, nd
from irc.ir.builder import Builder
from irc.ir.operation import Operation
from irc.ir.types import with_element_type
from irc.ir.value import Value
from irc.lowering.math_emitter import Emitter
from irc.lowering.signedness import Scalar
from irc.lowering.structured import scalar, shaped


def _logistic(b: Builder, z: Value) -> Value:
    """1 / (1 + exp(-z)) with the exponential of a number whose real part is not positive."""
    part = b.insert(complex.Re(z)).real
    left = Emitter(b, part.type).compare("olt", part, 0.0)
    one = scalar(b, 1, z.type)
    exponent = b.insert(arith.Select(left, z, b.insert(complex.Neg(z)).result)).result
    exponential = b.insert(complex.Exp(exponent)).result
    above = b.insert(arith.Select(left, exponential, one)).result
    return b.insert(complex.Div(above, b.insert(complex.Add(exponential, one)).result)).result


def _round(b: Builder, z: Value) -> Value:
    parts = b.insert(complex.Re(z)).real, b.insert(complex.Im(z)).imaginary
    return b.insert(complex.Create(*[b.insert(math.RoundEven(part)).result for part in parts])).complex


COMPLEX_OPS: dict[Any, Any] = {
    nd.Add: complex.Add, nd.Subtract: complex.Sub, nd.Multiply: complex.Mul, nd.Divide: complex.Div, nd.Pow: complex.Pow,
    nd.Negative: complex.Neg, nd.Abs: complex.Abs, nd.Sign: complex.Sign, nd.Exp: complex.Exp, nd.Expm1: complex.Expm1,
    nd.Log: complex.Log, nd.Log1p: complex.Log1p, nd.Sqrt: complex.Sqrt, nd.Rsqrt: complex.Rsqrt, nd.Sin: complex.Sin,
    nd.Cos: complex.Cos, nd.Tanh: complex.Tanh, nd.Real: complex.Re, nd.Imag: complex.Im, nd.Equal: complex.Eq,
    nd.NotEqual: complex.Neq,
}  # fmt: skip
COMPLEX_FORMULAS: dict[Any, Scalar] = {nd.Logistic: _logistic, nd.Round: _round}

PARTS: dict[Any, Scalar] = {
    nd.Complex: lambda b, re, im: b.insert(complex.Create(re, im)).complex,
    nd.Real: lambda b, x: x,
    nd.Imag: lambda b, x: scalar(b, 0, x.type),
}
"""The ops between complex numbers and their parts, on real elements."""


def lower_product(op: nd.MatMul | nd.Conv, b: Builder) -> Value:
    """A product of complex matrices, or a convolution, is four of real ones, which run on vectors."""
    (lr, li), (rr, ri) = ([b.insert(cls(value)).result for cls in (nd.Real, nd.Imag)] for value in (op.lhs, op.rhs))
    complex_type = shaped(op.result)
    part = with_element_type(complex_type, shaped(lr).element_type)

    def product(lhs: Value, rhs: Value) -> Value:
        real: Operation = type(op).create([lhs, rhs], [part], op.properties)
        return b.insert(real).results[0]

    re = b.insert(nd.Subtract(product(lr, rr), product(li, ri))).result
    im = b.insert(nd.Add(product(lr, ri), product(li, rr))).result
    return b.insert(nd.Complex(re, im, op.into, result_types=[complex_type])).result
