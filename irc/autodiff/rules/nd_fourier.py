"""The derivative of `nd.fft`: it is linear, so the formula is the transpose."""

from __future__ import annotations

from typing import Any

from irc.autodiff.expr import Expr, functions
from irc.autodiff.matrices import conj
from irc.autodiff.rule import linear
from irc.autodiff.shaping import attribute_values, broadcast_like, pad
from irc.dialects import nd as ops
from irc.ir.dense import from_numpy
from irc.ir.lazy_numpy import np
from irc.ir.types import ComplexType, TensorType

nd = functions("nd")


def _transform(x: Expr, kind: str, op: Any) -> Expr:
    made = ops.Fft(x.value, ops.FftKind(kind), op.length)
    return Expr.of(x.builder, x.builder.insert(made).result)


def _half_weights(x: Expr, n: int, scale: float) -> Expr:
    """For each element of half a spectrum `scale` times the number of elements of the whole that it stands for."""
    count = x.shape[-1]
    assert count is not None and isinstance(x.type, TensorType) and isinstance(x.type.element_type, ComplexType)
    weights = np.full(count, 2 * scale)
    weights[:1] = scale
    if n % 2 == 0:
        weights[-1:] = scale
    real = x.type.element_type.element_type
    listed = from_numpy(weights, TensorType((count,), real))
    vector = Expr.of(x.builder, x.builder.insert(ops.Constant(listed)).result)
    return broadcast_like(nd.complex(vector, vector.like(0)), x)


def _fft(ct: Expr, x: Expr, op: Any) -> Expr:
    """Complex transforms are symmetric. That of real numbers is the first half of one, and its inverse stands for the other
    half, too: there the elements count twice that have one."""
    kind, length = op.kind.value, attribute_values(op.length)
    if kind in ("FFT", "IFFT"):
        return _transform(ct, kind, op)
    n = length[-1]
    if kind == "RFFT":
        rest = [0] * (ct.rank - 1)
        whole = pad(ct, [*rest, 0], [*rest, n - (n // 2 + 1 if n else 0)], [0] * ct.rank)
        return nd.real(_transform(whole, "FFT", op))
    half = _transform(ct, "RFFT", op)
    total = 1
    for size in length:
        total *= max(size, 1)
    return conj(half) * _half_weights(half, n, 1 / total)


linear(ops.Fft, _fft)
