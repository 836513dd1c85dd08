"""Activations and normalizations of neural networks."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from irc.dialects import nd
from irc.lax.elementwise import erf, logistic
from irc.lax.shapes import slice_in_dim
from irc.numpy import reductions, ufuncs
from irc.numpy.complexes import real
from irc.numpy.more_ufuncs import logaddexp
from irc.numpy.reductions import Axis, reduced
from irc.numpy.ufuncs.operands import inexact
from irc.tracing.array import Array, as_array
from irc.tracing.composite import composites
from irc.tracing.dtypes import as_dtype
from irc.tracing.elementwise import cast
from irc.tracing.formulas import factors
from irc.tracing.shaping import broadcast_to, iota, reshape


def relu(x: Any) -> Array:
    """max(x, 0), whose derivative at zero is zero."""
    array = as_array(x)
    return ufuncs.where(ufuncs.less_equal(array, 0), 0, array)


def relu6(x: Any) -> Array:
    """min(max(x, 0), 6), whose derivative at both is zero."""
    return ufuncs.where(ufuncs.greater_equal(x, 6), 6.0, relu(x))


def sigmoid(x: Any) -> Array:
    """1 / (1 + exp(-x))."""
    return logistic(x)


def log_sigmoid(x: Any) -> Array:
    """log(sigmoid(x))."""
    return ufuncs.negative(softplus(ufuncs.negative(x)))


@factors(lambda y, x: logistic(x))
def softplus(x: Any) -> Array:
    """log(1 + exp(x)), without overflow."""
    found: Array = logaddexp(x, 0)
    return found


def soft_sign(x: Any) -> Array:
    """x / (1 + |x|)."""
    return ufuncs.divide(x, ufuncs.add(1, ufuncs.abs(x)))


def silu(x: Any) -> Array:
    """x sigmoid(x)."""
    return ufuncs.multiply(x, sigmoid(x))


swish = silu


def mish(x: Any) -> Array:
    """x tanh(softplus(x))."""
    return ufuncs.multiply(x, ufuncs.tanh(softplus(x)))


def leaky_relu(x: Any, negative_slope: Any = 1e-2) -> Array:
    """x where it is not negative, else `negative_slope` times x."""
    return ufuncs.where(ufuncs.greater_equal(x, 0), x, ufuncs.multiply(negative_slope, x))


def hard_tanh(x: Any) -> Array:
    """x moved into the range from -1 to 1."""
    return ufuncs.where(ufuncs.greater(x, 1), 1, ufuncs.where(ufuncs.less(x, -1), -1, x))


def hard_sigmoid(x: Any) -> Array:
    """relu6(x + 3) / 6."""
    return ufuncs.divide(relu6(ufuncs.add(x, 3.0)), 6.0)


def hard_silu(x: Any) -> Array:
    """x hard_sigmoid(x)."""
    return ufuncs.multiply(x, hard_sigmoid(x))


def elu(x: Any, alpha: Any = 1.0) -> Array:
    """x where it is positive, else alpha (exp(x) - 1)."""
    array = inexact(x)
    positive = ufuncs.greater(array, 0)
    # The branch that is not taken gets no number whose exponential would overflow.
    safe = ufuncs.where(positive, 0.0, array)
    return ufuncs.where(positive, array, ufuncs.multiply(alpha, ufuncs.expm1(safe)))


def celu(x: Any, alpha: Any = 1.0) -> Array:
    """max(x, 0) + alpha min(exp(x / alpha) - 1, 0)."""
    array = inexact(x)
    positive = ufuncs.greater(array, 0)
    safe = ufuncs.where(positive, 0.0, array)
    return ufuncs.where(positive, array, ufuncs.multiply(alpha, ufuncs.expm1(ufuncs.divide(safe, alpha))))


def selu(x: Any) -> Array:
    """The self-normalising exponential unit (Klambauer et al., 2017)."""
    return ufuncs.multiply(1.0507009873554805, elu(x, 1.6732632423543772))


def gelu(x: Any, approximate: bool = True) -> Array:
    """x times the normal distribution's probability below x: by tanh, or exactly (Hendrycks and Gimpel, 2016)."""
    array = inexact(x)
    if approximate:
        cubic = ufuncs.multiply(0.044715, ufuncs.power(array, 3))
        inner = ufuncs.multiply(math.sqrt(2 / math.pi), ufuncs.add(array, cubic))
        return ufuncs.multiply(array, ufuncs.multiply(0.5, ufuncs.add(1.0, ufuncs.tanh(inner))))
    below = ufuncs.add(1.0, erf(ufuncs.divide(array, math.sqrt(2))))
    return ufuncs.multiply(ufuncs.multiply(0.5, array), below)


def squareplus(x: Any, b: Any = 4) -> Array:
    """(x + sqrt(x^2 + b)) / 2."""
    return ufuncs.divide(ufuncs.add(x, ufuncs.sqrt(ufuncs.add(ufuncs.square(x), b))), 2)


def sparse_plus(x: Any) -> Array:
    """0 below -1, x above 1, and (x + 1)^2 / 4 between."""
    array = inexact(x)
    middle = ufuncs.divide(ufuncs.square(ufuncs.add(array, 1.0)), 4)
    upper = ufuncs.where(ufuncs.greater_equal(array, 1.0), array, middle)
    return ufuncs.where(ufuncs.less_equal(array, -1.0), 0.0, upper)


def sparse_sigmoid(x: Any) -> Array:
    """0 below -1, 1 above 1, and (x + 1) / 2 between."""
    return ufuncs.multiply(0.5, ufuncs.clip(ufuncs.add(x, 1.0), 0.0, 2.0))


def log1mexp(x: Any) -> Array:
    """log(1 - exp(-x)), accurate for small and for large x."""
    array = inexact(x)
    small = ufuncs.less(array, math.log(2.0))
    near = ufuncs.log(ufuncs.negative(ufuncs.expm1(ufuncs.negative(array))))
    # The branch that is not taken gets a number that it has a derivative at.
    far = ufuncs.log1p(ufuncs.negative(ufuncs.exp(ufuncs.negative(ufuncs.where(small, 1.0, array)))))
    return ufuncs.where(small, near, far)


def glu(x: Any, axis: int = -1) -> Array:
    """The first half along the axis times the sigmoid of the second."""
    array = as_array(x)
    size = array.shape[axis]
    if size % 2:
        raise ValueError(f"glu needs an axis of even size, got {size}")
    half = size // 2
    return ufuncs.multiply(slice_in_dim(array, 0, half, 1, axis), sigmoid(slice_in_dim(array, half, size, 1, axis)))


def _top(array: Array, axis: Axis) -> Array:
    """The greatest elements along the axes; of complex numbers the real parts, which say how large exponentials are."""
    return reduced(nd.Max, real(array), axis, True)


def logsumexp(
    a: Any, axis: Axis = None, b: Any = None, keepdims: bool = False, return_sign: bool = False, where: Any = None
) -> Any:
    """log(sum(b exp(a))) along the axes, without overflow; `b` is one unless given.

    With `return_sign` the logarithm of the absolute value of the sum, and its sign.
    """
    array = inexact(a)
    if b is not None:
        # What has no weight does not count, be it ever so large.
        array = ufuncs.where(ufuncs.not_equal(b, 0), array, -math.inf)
    if where is not None:
        array = ufuncs.where(where, array, -math.inf)
    top = _top(array, axis)
    top = ufuncs.where(ufuncs.isfinite(top), top, 0)
    powers = ufuncs.exp(ufuncs.subtract(array, top))
    if b is not None:
        powers = ufuncs.multiply(powers, b)
    total = reduced(nd.Sum, powers, axis, True)
    found = ufuncs.add(ufuncs.log(ufuncs.abs(total) if return_sign else total), top)
    results = [each if keepdims else reduced(nd.Sum, each, axis, False) for each in (found, ufuncs.sign(total))]
    return tuple(results) if return_sign else results[0]


def logmeanexp(x: Any, axis: Axis = None, where: Any = None, keepdims: bool = False) -> Array:
    """log(mean(exp(x))) along the axes, without overflow."""
    array = inexact(x)
    chosen = cast(ufuncs.boolean(True if where is None else where), array.dtype)
    count = reduced(nd.Sum, broadcast_to(chosen, array.shape), axis, keepdims)
    return ufuncs.subtract(logsumexp(array, axis, keepdims=keepdims, where=where), ufuncs.log(count))


def softmax(x: Any, axis: Axis = -1, where: Any = None) -> Array:
    """exp(x) divided by its sum along the axes."""
    array = inexact(x)
    if where is not None:
        array = ufuncs.where(where, array, -math.inf)
    powers = ufuncs.exp(ufuncs.subtract(array, _top(array, axis)))
    return ufuncs.divide(powers, reduced(nd.Sum, powers, axis, True))


def log_softmax(x: Any, axis: Axis = -1, where: Any = None) -> Array:
    """log(softmax(x))."""
    array = inexact(x)
    if where is not None:
        array = ufuncs.where(where, array, -math.inf)
    shifted = ufuncs.subtract(array, _top(array, axis))
    return ufuncs.subtract(shifted, ufuncs.log(reduced(nd.Sum, ufuncs.exp(shifted), axis, True)))


def standardize(
    x: Any,
    axis: Axis = -1,
    mean: Any = None,
    variance: Any = None,
    epsilon: float = 1e-05,
    where: Any = None,
    *,
    algorithm: Any = "fast",
) -> Array:
    """x minus its mean, divided by its standard deviation, along the axes.

    Those of the elements where `where` holds, or given ones with the axes kept; `algorithm` is without effect.
    """
    array = inexact(x)
    middle = reductions.mean(array, axis, keepdims=True, where=where) if mean is None else as_array(mean)
    distance = ufuncs.subtract(array, middle)
    if variance is None:
        variance = reductions.mean(ufuncs.square(distance), axis, keepdims=True, where=where)
    return ufuncs.multiply(distance, ufuncs.rsqrt(ufuncs.add(variance, epsilon)))


def one_hot(x: Any, num_classes: int, *, dtype: Any = None, axis: int = -1) -> Array:
    """For each integer a vector, along a new axis, with one at its place and zeros elsewhere (all, where it is none)."""
    array = as_array(x)
    place = axis % (array.ndim + 1)
    shape = (*array.shape[:place], 1, *array.shape[place:])
    classes = [num_classes if i == place else 1 for i in range(array.ndim + 1)]
    numbers = reshape(iota((num_classes,), 0, array.dtype if array.dtype.kind in "iu" else np.dtype(np.int32)), classes)
    return cast(ufuncs.equal(reshape(array, shape), numbers), as_dtype(float if dtype is None else dtype))


def identity(x: Any) -> Array:
    """x."""
    return as_array(x)


hard_swish = hard_silu
tanh = ufuncs.tanh

__all__ = [
    "celu", "elu", "gelu", "glu", "hard_sigmoid", "hard_silu", "hard_swish", "hard_tanh", "identity", "leaky_relu",
    "log1mexp", "log_sigmoid", "log_softmax", "logmeanexp", "logsumexp", "mish", "one_hot", "relu", "relu6", "selu",
    "sigmoid", "silu", "soft_sign", "softmax", "softplus", "sparse_plus", "sparse_sigmoid", "squareplus", "standardize",
    "swish", "tanh",
]  # fmt: skip

composites(globals(), __all__)
