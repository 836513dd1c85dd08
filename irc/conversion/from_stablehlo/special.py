"""Elementwise functions that `nd` has no op of, and the special functions of `chlo`."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc import lax
from irc import numpy as jnp
from irc.conversion.from_stablehlo.elementwise import same
from irc.conversion.from_stablehlo.traced import as_types, elementwise, traced
from irc.conversion.from_stablehlo.values import Lowering, as_type, element_of, number_like
from irc.dialects import chlo, nd
from irc.dialects import stablehlo as hlo
from irc.ir.builder import Builder
from irc.ir.dense import dtype_of
from irc.ir.types import ComplexType
from irc.ir.value import Value


def _round_away(x: Any) -> Any:
    return lax.round(x, 0)


def mulhi(x: Any, y: Any) -> Any:
    """The upper half of the product, of halves of the operands."""
    width = 8 * x.dtype.itemsize
    if width < 64:
        wide = np.dtype(f"{x.dtype.kind}{2 * x.dtype.itemsize}")
        product = jnp.astype(x, wide) * jnp.astype(y, wide)
        return jnp.astype(jnp.right_shift(product, jnp.asarray(width, wide)), x.dtype)
    half, mask = jnp.asarray(32, x.dtype), jnp.asarray(0xFFFFFFFF, x.dtype)
    # The upper parts keep the sign.
    x1, y1, x0, y0 = jnp.right_shift(x, half), jnp.right_shift(y, half), x & mask, y & mask
    low = lax.shift_right_logical(x0 * y0, half)
    middle = x1 * y0 + low
    rest = x0 * y1 + (middle & mask)
    return x1 * y1 + jnp.right_shift(middle, half) + jnp.right_shift(rest, half)


def _cbrt(x: Any) -> Any:
    return jnp.exp(jnp.log(x) / 3) if x.dtype.kind == "c" else lax.cbrt(x)


FUNCTIONS: dict[Any, Any] = {
    hlo.Cbrt: _cbrt, hlo.IsFinite: jnp.isfinite, hlo.RoundNearestAfz: _round_away, hlo.Tan: jnp.tan,
    chlo.Acos: jnp.acos, chlo.Acosh: jnp.acosh, chlo.Asin: jnp.asin, chlo.Asinh: jnp.asinh, chlo.Atan: jnp.atan,
    chlo.Atanh: jnp.atanh, chlo.Conj: jnp.conj, chlo.Cosh: jnp.cosh, chlo.IsInf: jnp.isinf, chlo.IsNegInf: jnp.isneginf,
    chlo.IsPosInf: jnp.isposinf, chlo.Mulhi: mulhi, chlo.NextAfter: jnp.nextafter, chlo.Sinh: jnp.sinh, chlo.Square: jnp.square,
    chlo.Tan: jnp.tan, chlo.BesselI1e: lax.bessel_i1e, chlo.Polygamma: lax.polygamma, chlo.Zeta: lax.zeta,
}  # fmt: skip
"""Ops by functions of arrays."""

SAME: dict[Any, Any] = {
    chlo.Digamma: nd.Digamma, chlo.Erf: nd.Erf, chlo.ErfInv: nd.ErfInv, chlo.Erfc: nd.Erfc, chlo.Lgamma: nd.LGamma,
}  # fmt: skip
"""Ops with the same meaning."""


def _renamed(target: Any) -> Lowering:
    return lambda op, b: same(b, op, target)


def lower_reduce_precision(op: hlo.ReducePrecision, b: Builder) -> list[Value]:
    exponent, mantissa = op.exponent_bits.value, op.mantissa_bits.value
    found = traced(b, lambda x: lax.reduce_precision(x, exponent, mantissa), [op.operand])
    return as_types(b, found, [op.output.type])


def lower_constant_like(op: chlo.LikeConstant, b: Builder) -> Value:
    like = op.operand
    if element_of(like) is not element_of(op.result):
        like = b.insert(nd.Cast(like, result_types=[op.result.type])).result
    return as_type(b, number_like(b, op.value.value, like), op.result.type)


def _kernel(z: Any) -> Any:
    """What asin and acos of a complex number share: `w` with `asin z = atan2(re z, re w) + sign(im z) im w i`."""
    return lax.complex(jnp.real(jnp.sqrt(1 - z) * jnp.sqrt(1 + z)), jnp.abs(jnp.imag(jnp.arcsin(z))))


def lower_kernel(op: chlo.AsinAcosKernel, b: Builder) -> list[Value]:
    assert isinstance(element_of(op.operand), ComplexType)
    return as_types(b, traced(b, _kernel, [op.operand]), [op.result.type])


def _complex_bits(x: Any, dtype: Any) -> Any:
    """Complex numbers of twice or half the width: each part of the wider one is one of the narrower."""
    if x.dtype.itemsize == np.dtype(dtype).itemsize:
        return x
    if x.dtype.itemsize == 16:
        parts = [lax.bitcast_convert_type(part, np.float32) for part in (jnp.real(x), jnp.imag(x))]
        return jnp.stack([lax.complex(part[..., 0], part[..., 1]) for part in parts], axis=-1)
    parts = [jnp.stack([jnp.real(x[..., i]), jnp.imag(x[..., i])], axis=-1) for i in range(2)]
    return lax.complex(*(lax.bitcast_convert_type(part, np.float64) for part in parts))


def lower_bitcast(op: hlo.BitcastConvert, b: Builder) -> Value:
    source, target = element_of(op.operand), element_of(op.result)
    if source is target:
        return as_type(b, op.operand, op.result.type)
    if isinstance(source, ComplexType):
        dtype = dtype_of(target)
        found = traced(b, lambda x: _complex_bits(x, dtype), [op.operand])
        return as_type(b, found[0], op.result.type)
    return b.insert(nd.Bitcast(op.operand, result_types=[op.result.type])).result


LOWERINGS: dict[Any, Any] = {
    **{source: elementwise(function) for source, function in FUNCTIONS.items()},
    **{source: _renamed(target) for source, target in SAME.items()},
    hlo.BitcastConvert: lower_bitcast,
    hlo.ReducePrecision: lower_reduce_precision,
    chlo.LikeConstant: lower_constant_like,
    chlo.AsinAcosKernel: lower_kernel,
}
