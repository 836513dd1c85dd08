"""Linear algebra, Fourier transforms, batch normalization."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc import numpy as jnp
from irc.conversion.from_stablehlo.traced import as_types, traced
from irc.conversion.from_stablehlo.values import Lowering, as_type, element_of, unsupported
from irc.dialects import nd
from irc.dialects import stablehlo as hlo
from irc.ir.builder import Builder
from irc.ir.types import FloatType
from irc.ir.value import Value


def lower_cholesky(op: hlo.Cholesky, b: Builder) -> Value:
    return as_type(b, b.insert(nd.Cholesky(op.a, op.lower)).result, op.result.type)


def lower_triangular_solve(op: hlo.TriangularSolve, b: Builder) -> Value:
    transpose = nd.Transpose(op.transpose_a.value)
    made = nd.TriangularSolve(op.a, op.b, op.left_side, op.lower, op.unit_diagonal, transpose)
    return as_type(b, b.insert(made).result, op.result.type)


def lower_fft(op: hlo.Fft, b: Builder) -> Value:
    made = nd.Fft(op.operand, nd.FftKind(op.fft_type.value), op.fft_length)
    return as_type(b, b.insert(made).result, op.result.type)


# -- batch normalization -------------------------------------------------------------------------------------------------


def _along(x: Any, vector: Any, axis: int) -> Any:
    """A vector of features along an axis of `x`."""
    return jnp.reshape(vector, tuple(-1 if i == axis else 1 for i in range(x.ndim)))


def _others(x: Any, axis: int) -> tuple[int, ...]:
    return tuple(i for i in range(x.ndim) if i != axis)


def _count(x: Any, axis: int) -> Any:
    found: Any = 1
    for i in _others(x, axis):
        found = found * x.shape[i]
    return jnp.astype(jnp.asarray(found), x.dtype)


def _normalized(x: Any, scale: Any, offset: Any, mean: Any, variance: Any, eps: float, axis: int) -> Any:
    deviation = jnp.sqrt(_along(x, variance, axis) + eps)
    return _along(x, scale, axis) * ((x - _along(x, mean, axis)) / deviation) + _along(x, offset, axis)


def _training(x: Any, scale: Any, offset: Any, eps: float, axis: int) -> Any:
    count = _count(x, axis)
    mean = jnp.sum(x, axis=_others(x, axis)) / count
    centered = x - _along(x, mean, axis)
    variance = jnp.sum(centered * centered, axis=_others(x, axis)) / count
    return _normalized(x, scale, offset, mean, variance, eps, axis), mean, variance


def _gradient(x: Any, scale: Any, mean: Any, variance: Any, dy: Any, eps: float, axis: int) -> Any:
    """The derivative of `_training` as the specification spells it out."""
    others, count = _others(x, axis), _count(x, axis)
    spread = _along(x, variance, axis) + eps
    deviation = jnp.sqrt(spread)
    centered = x - _along(x, mean, axis)
    total = jnp.sum(dy, axis=others)
    product = jnp.sum(dy * centered, axis=others)
    inner = dy * count - _along(x, total, axis) - centered * _along(x, product, axis) / spread
    dx = _along(x, scale, axis) / deviation / count * inner
    return dx, jnp.sum(dy * (centered / deviation), axis=others), total


def _lower_batch_norm(function: Any) -> Lowering:
    def lower(op: Any, b: Builder) -> Sequence[Value]:
        if not isinstance(element_of(op.operand), FloatType):
            raise unsupported(op, "takes real floats only")
        eps, axis = op.epsilon.value, op.feature_index.value
        found = traced(b, lambda *arrays: function(*arrays, eps, axis), op.operands)
        return as_types(b, found, [result.type for result in op.results])

    return lower


LOWERINGS: dict[Any, Lowering] = {
    hlo.BatchNormGrad: _lower_batch_norm(_gradient),
    hlo.BatchNormInference: _lower_batch_norm(_normalized),
    hlo.BatchNormTraining: _lower_batch_norm(_training),
    hlo.Cholesky: lower_cholesky,
    hlo.Fft: lower_fft,
    hlo.TriangularSolve: lower_triangular_solve,
}
