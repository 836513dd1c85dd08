"""Functions that make the first weights of neural networks, by the names of `jax.nn.initializers`.

Each gives a function of a key, a shape and a dtype.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from irc import random
from irc.numpy import creation, manipulation, ufuncs
from irc.numpy.updates import IndexHelper
from irc.tracing.array import Array
from irc.tracing.dtypes import as_dtype, is_float

Initializer = Callable[..., Array]
Axes = int | Sequence[int]


def zeros(key: Any, shape: Sequence[int], dtype: Any = None) -> Array:
    """Zeros."""
    return creation.zeros(shape, dtype)


def ones(key: Any, shape: Sequence[int], dtype: Any = None) -> Array:
    """Ones."""
    return creation.ones(shape, dtype)


def constant(value: Any, dtype: Any = None) -> Initializer:
    """Everywhere the same."""

    def init(key: Any, shape: Sequence[int], dtype: Any = dtype) -> Array:
        return creation.full(shape, value, float if dtype is None else dtype)

    return init


def _scaled(sample: Callable[..., Array], factor: Any, default: Any) -> Initializer:
    def init(key: Any, shape: Sequence[int], dtype: Any = default) -> Array:
        wanted = as_dtype(float if dtype is None else dtype)
        return ufuncs.multiply(sample(key, tuple(shape), wanted), creation.asarray(factor, wanted))

    return init


def uniform(scale: Any = 1e-2, dtype: Any = None) -> Initializer:
    """Uniform numbers from 0 up to `scale`."""
    return _scaled(random.uniform, scale, dtype)


def normal(stddev: Any = 1e-2, dtype: Any = None) -> Initializer:
    """Normally distributed numbers."""
    return _scaled(random.normal, stddev, dtype)


def truncated_normal(stddev: Any = 1e-2, dtype: Any = None, lower: Any = -2.0, upper: Any = 2.0) -> Initializer:
    """Normally distributed numbers between `lower` and `upper`, times `stddev`."""
    return _scaled(lambda key, shape, d: random.truncated_normal(key, lower, upper, shape, d), stddev, dtype)


def _product(shape: Sequence[int], axes: Axes) -> int:
    return shape[axes] if isinstance(axes, int) else math.prod(shape[axis] for axis in axes)


def _fans(shape: Sequence[int], in_axis: Axes, out_axis: Axes, batch_axis: Axes) -> tuple[float, float]:
    """How many inputs an output depends on, and how many outputs depend on an input."""
    if isinstance(in_axis, int) and in_axis == -2 and len(shape) <= 1:
        raise ValueError(
            f"weights of shape {tuple(shape)} have no input axis: at least two axes are needed, or in_axis"
        )
    inputs, outputs = _product(shape, in_axis), _product(shape, out_axis)
    field = math.prod(shape) / inputs / outputs / _product(shape, batch_axis)
    return inputs * field, outputs * field


_MODES: dict[str, Callable[[float, float], float]] = {
    "fan_in": lambda i, o: i,
    "fan_out": lambda i, o: o,
    "fan_avg": lambda i, o: (i + o) / 2,
    "fan_geo_avg": lambda i, o: (i * o) ** 0.5,
}
_TRUNCATED = 0.87962566103423978
"""The standard deviation of the normal distribution between -2 and 2."""


def variance_scaling(
    scale: Any,
    mode: str,
    distribution: str,
    in_axis: Axes = -2,
    out_axis: Axes = -1,
    batch_axis: Axes = (),
    dtype: Any = None,
) -> Initializer:
    """Numbers of variance `scale` divided by the number of inputs, of outputs, or their mean.

    `mode` is "fan_in", "fan_out", "fan_avg" or "fan_geo_avg"; `distribution` is "truncated_normal", "normal" or "uniform".
    """
    if mode not in _MODES:
        raise ValueError(f"mode is one of {', '.join(_MODES)}, got {mode!r}")
    if distribution not in ("truncated_normal", "normal", "uniform"):
        raise ValueError(f"distribution is 'truncated_normal', 'normal' or 'uniform', got {distribution!r}")

    def init(key: Any, shape: Sequence[int], dtype: Any = dtype) -> Array:
        wanted = as_dtype(float if dtype is None else dtype)
        shape = tuple(shape)
        variance = creation.asarray(scale / _MODES[mode](*_fans(shape, in_axis, out_axis, batch_axis)), wanted)
        if distribution == "normal":
            return ufuncs.multiply(random.normal(key, shape, wanted), ufuncs.sqrt(variance))
        if not is_float(wanted):
            raise TypeError(f"a {distribution} initializer gives floats, so its dtype cannot be {wanted}")
        if distribution == "uniform":
            drawn = random.uniform(key, shape, wanted, -1)
            return ufuncs.multiply(drawn, ufuncs.sqrt(ufuncs.multiply(3, variance)))
        deviation = ufuncs.divide(ufuncs.sqrt(variance), creation.asarray(_TRUNCATED, wanted))
        return ufuncs.multiply(random.truncated_normal(key, -2, 2, shape, wanted), deviation)

    return init


def _named(scale: float, mode: str, distribution: str, doc: str) -> Callable[..., Initializer]:
    def make(in_axis: Axes = -2, out_axis: Axes = -1, batch_axis: Axes = (), dtype: Any = None) -> Initializer:
        return variance_scaling(scale, mode, distribution, in_axis, out_axis, batch_axis, dtype)

    make.__doc__ = doc
    return make


glorot_uniform = xavier_uniform = _named(1.0, "fan_avg", "uniform", "Glorot and Bengio, 2010.")
glorot_normal = xavier_normal = _named(1.0, "fan_avg", "truncated_normal", "Glorot and Bengio, 2010.")
lecun_uniform = _named(1.0, "fan_in", "uniform", "LeCun et al., 1998.")
lecun_normal = _named(1.0, "fan_in", "truncated_normal", "LeCun et al., 1998.")
he_uniform = kaiming_uniform = _named(2.0, "fan_in", "uniform", "He et al., 2015.")
he_normal = kaiming_normal = _named(2.0, "fan_in", "truncated_normal", "He et al., 2015.")


def orthogonal(scale: Any = 1.0, column_axis: int = -1, dtype: Any = None) -> Initializer:
    """Matrices with orthonormal columns (or rows), the axis `column_axis` against all others."""

    def init(key: Any, shape: Sequence[int], dtype: Any = dtype) -> Array:
        if len(shape) < 2:
            raise ValueError(f"an orthogonal initializer needs two axes at least, got shape {tuple(shape)}")
        wanted = as_dtype(float if dtype is None else dtype)
        if 0 in shape:
            return creation.zeros(shape, wanted)
        columns = shape[column_axis]
        found = random.orthogonal(key, math.prod(shape) // columns, (), wanted, columns)
        rest = [size for i, size in enumerate(shape) if i != column_axis % len(shape)]
        found = manipulation.moveaxis(manipulation.reshape(found, (*rest, columns)), -1, column_axis)
        return ufuncs.multiply(creation.asarray(scale, wanted), found)

    return init


def delta_orthogonal(scale: Any = 1.0, column_axis: int = -1, dtype: Any = None) -> Initializer:
    """Kernels of convolutions that are an orthogonal matrix in the middle, and zero around it."""

    def init(key: Any, shape: Sequence[int], dtype: Any = dtype) -> Array:
        if len(shape) not in (3, 4, 5):
            raise ValueError(f"a delta orthogonal initializer needs three to five axes, got shape {tuple(shape)}")
        if shape[-1] < shape[-2]:
            raise ValueError(
                f"a delta orthogonal kernel has as many outputs as inputs at least, got shape {tuple(shape)}"
            )
        matrix = orthogonal(scale, column_axis, dtype)(key, shape[-2:])
        middle = tuple((size - 1) // 2 for size in shape[:-2])
        return IndexHelper(creation.zeros(shape, matrix.dtype))[middle].set(matrix)

    return init


__all__ = [
    "Initializer", "constant", "delta_orthogonal", "glorot_normal", "glorot_uniform", "he_normal", "he_uniform",
    "kaiming_normal", "kaiming_uniform", "lecun_normal", "lecun_uniform", "normal", "ones", "orthogonal",
    "truncated_normal", "uniform", "variance_scaling", "xavier_normal", "xavier_uniform", "zeros",
]  # fmt: skip
