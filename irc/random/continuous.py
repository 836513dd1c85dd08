"""Floats of the usual distributions, each a function of uniform ones."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from irc.dialects import nd
from irc.lax.elementwise import erf
from irc.lax.special import erf_inv
from irc.numpy import trigonometry, ufuncs
from irc.numpy.indexing import getitem
from irc.numpy.reductions import sum as total
from irc.numpy.ufuncs.operands import filled
from irc.random.keys import Key, checked, parts
from irc.random.uniform import fitted, float_dtype, rademacher, uniform_of
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.bits import reinterpret
from irc.tracing.dims import sizes_of
from irc.tracing.dtypes import DType, as_dtype, is_inexact, limits
from irc.tracing.elementwise import apply, cast
from irc.tracing.shaping import broadcast_shapes, broadcast_to


def _next(x: float, towards: float, dtype: DType) -> Any:
    return np.nextafter(np.asarray(x, dtype), np.asarray(towards, dtype), dtype=dtype)


def _constant(value: Any, dtype: DType) -> Array:
    return ConcreteArray(np.asarray(value, dtype))


def _words(name: str, key: Key) -> Array:
    return checked(name, key)[0]


def normal(key: Key, shape: Any = (), dtype: Any = None) -> Array:
    """Normally distributed floats with mean 0 and variance 1, or complex numbers of variance 1."""
    words = _words("normal", key)
    wanted = as_dtype(float if dtype is None else dtype)
    if not is_inexact(wanted):
        raise ValueError(f"normal gives floats or complex numbers, so its dtype cannot be {wanted}")
    return normal_of(words, sizes_of(shape), wanted)


def normal_of(words: Array, shape: Any, dtype: DType) -> Array:
    """`normal` of the words of a key."""
    if dtype.kind == "c":
        part = np.dtype(np.float32 if dtype.itemsize == 8 else np.float64)
        re, im = (normal_of(each, shape, part) for each in parts(words, 2))
        root = _constant(math.sqrt(2), part)
        return apply(nd.Complex, ufuncs.divide(re, root), ufuncs.divide(im, root))
    u = uniform_of(words, shape, dtype, _constant(_next(-1, 0, dtype), dtype), _constant(1, dtype))
    return ufuncs.multiply(_constant(np.sqrt(2), dtype), erf_inv(u))


def lognormal(key: Key, sigma: Any = 1.0, shape: Any = None, dtype: Any = None) -> Array:
    """The exponential of normally distributed floats of standard deviation `sigma`."""
    words, wanted = _words("lognormal", key), float_dtype("lognormal", dtype)
    deviation = cast(as_array(sigma), wanted)
    return ufuncs.exp(ufuncs.multiply(normal_of(words, fitted("lognormal", shape, deviation), wanted), deviation))


def truncated_normal(key: Key, lower: Any, upper: Any, shape: Any = None, dtype: Any = None) -> Array:
    """Normally distributed floats between `lower` and `upper`."""
    words, wanted = _words("truncated_normal", key), float_dtype("truncated_normal", dtype)
    low, high = cast(as_array(lower), wanted), cast(as_array(upper), wanted)
    sizes = fitted("truncated_normal", shape, low, high)
    root = _constant(np.sqrt(2), wanted)
    bounds = [erf(ufuncs.divide(bound, root)) for bound in (low, high)]
    found = ufuncs.multiply(root, erf_inv(uniform_of(words, sizes, wanted, *bounds)))
    # Rounding does not lead out of the open interval.
    return ufuncs.clip(found, neighbour(low, math.inf), neighbour(high, -math.inf))


def neighbour(x: Array, towards: float) -> Array:
    """The next float in the direction of an infinity."""
    integer = np.dtype(f"int{x.dtype.itemsize * 8}")
    up = towards > 0
    number = reinterpret(x, integer)
    step = filled(number, 1)
    grows = apply(nd.Greater if up else nd.Less, x, filled(x, 0))
    moved = ufuncs.where(grows, apply(nd.Add, number, step), apply(nd.Subtract, number, step))
    smallest = reinterpret(_constant(math.copysign(limits(x.dtype).smallest_subnormal, towards), x.dtype), integer)
    moved = ufuncs.where(ufuncs.equal(x, 0), smallest, moved)
    stays = ufuncs.logical_or(ufuncs.isnan(x), ufuncs.equal(x, towards))
    return ufuncs.where(stays, x, reinterpret(cast(moved, integer), x.dtype))


def exponential(key: Key, shape: Any = (), dtype: Any = None) -> Array:
    """Exponentially distributed floats of mean 1."""
    return exponential_of(_words("exponential", key), sizes_of(shape), float_dtype("exponential", dtype))


def exponential_of(words: Array, shape: Any, dtype: DType) -> Array:
    """`exponential` of the words of a key."""
    # 1 - u lies above zero.
    return ufuncs.negative(ufuncs.log1p(ufuncs.negative(uniform_of(words, shape, dtype))))


def gumbel(key: Key, shape: Any = (), dtype: Any = None, mode: str | None = None) -> Array:
    """Floats of Gumbel's distribution. `mode` "high" takes more bits, for the tails."""
    return gumbel_of(_words("gumbel", key), sizes_of(shape), float_dtype("gumbel", dtype), mode)


def gumbel_of(words: Array, shape: Any, dtype: DType, mode: str | None = None) -> Array:
    """`gumbel` of the words of a key. Raises `ValueError` for another mode."""
    tiny = float(limits(dtype).tiny)
    if mode in (None, "low"):
        u = uniform_of(words, shape, dtype, tiny, 1.0)
        return ufuncs.negative(ufuncs.log(ufuncs.negative(ufuncs.log(u))))
    if mode != "high":
        raise ValueError(f"the mode of gumbel is 'low' or 'high', got {mode!r}")
    both = uniform_of(words, (2, *shape), dtype)
    high, low = getitem(both, 0), getitem(both, 1)
    finer = ufuncs.add(ufuncs.add(high, ufuncs.multiply(2.0 ** -limits(dtype).nmant, low)), tiny)
    u = ufuncs.where(ufuncs.greater_equal(high, 0.5), high, finer)
    return ufuncs.negative(ufuncs.log(ufuncs.negative(ufuncs.log1p(ufuncs.negative(u)))))


def laplace(key: Key, shape: Any = (), dtype: Any = None) -> Array:
    """Floats of Laplace's distribution."""
    words, wanted = _words("laplace", key), float_dtype("laplace", dtype)
    low = float(limits(wanted).epsneg) - 1.0
    u = uniform_of(words, sizes_of(shape), wanted, low, 1.0)
    return ufuncs.multiply(ufuncs.sign(u), ufuncs.log1p(ufuncs.negative(ufuncs.abs(u))))


def logistic(key: Key, shape: Any = (), dtype: Any = None) -> Array:
    """Floats of the logistic distribution."""
    words, wanted = _words("logistic", key), float_dtype("logistic", dtype)
    u = uniform_of(words, sizes_of(shape), wanted, float(limits(wanted).tiny), 1.0)
    return ufuncs.subtract(ufuncs.log(u), ufuncs.log1p(ufuncs.negative(u)))


def cauchy(key: Key, shape: Any = (), dtype: Any = None) -> Array:
    """Floats of Cauchy's distribution."""
    words, wanted = _words("cauchy", key), float_dtype("cauchy", dtype)
    u = uniform_of(words, sizes_of(shape), wanted, float(limits(wanted).eps), 1.0)
    return trigonometry.tan(ufuncs.multiply(math.pi, ufuncs.subtract(u, 0.5)))


def pareto(key: Key, b: Any, shape: Any = None, dtype: Any = None) -> Array:
    """Floats of Pareto's distribution with the exponent `b`."""
    words, wanted = _words("pareto", key), float_dtype("pareto", dtype)
    exponent = cast(as_array(b), wanted)
    sizes = fitted("pareto", shape, exponent)
    return ufuncs.exp(ufuncs.divide(exponential_of(words, sizes, wanted), exponent))


def rayleigh(key: Key, scale: Any, shape: Any = None, dtype: Any = None) -> Array:
    """Floats of Rayleigh's distribution."""
    words, wanted = _words("rayleigh", key), float_dtype("rayleigh", dtype)
    factor = cast(as_array(scale), wanted)
    u = uniform_of(words, fitted("rayleigh", shape, factor), wanted)
    return ufuncs.multiply(factor, ufuncs.sqrt(ufuncs.multiply(ufuncs.log(u), -2.0)))


def weibull_min(key: Key, scale: Any, concentration: Any, shape: Any = (), dtype: Any = None) -> Array:
    """Floats of Weibull's distribution."""
    words, wanted = _words("weibull_min", key), float_dtype("weibull_min", dtype)
    drawn = exponential_of(words, sizes_of(shape), wanted)
    return ufuncs.multiply(ufuncs.power(drawn, ufuncs.divide(1.0, concentration)), scale)


def triangular(key: Key, left: Any, mode: Any, right: Any, shape: Any = None, dtype: Any = None) -> Array:
    """Floats whose density rises from `left` to `mode` and falls to `right`."""
    words, wanted = _words("triangular", key), float_dtype("triangular", dtype)
    a, c, b = (cast(as_array(each), wanted) for each in (left, mode, right))
    sizes = fitted("triangular", shape, a, c, b)
    a, c, b = (broadcast_to(each, sizes) for each in (a, c, b))
    u = uniform_of(words, sizes, wanted)
    width, rise = ufuncs.subtract(b, a), ufuncs.subtract(c, a)
    below = ufuncs.add(a, ufuncs.sqrt(ufuncs.multiply(ufuncs.multiply(u, width), rise)))
    fall = ufuncs.multiply(ufuncs.multiply(ufuncs.subtract(1.0, u), width), ufuncs.subtract(b, c))
    return ufuncs.where(ufuncs.less(u, ufuncs.divide(rise, width)), below, ufuncs.subtract(b, ufuncs.sqrt(fall)))


def wald(key: Key, mean: Any, shape: Any = None, dtype: Any = None) -> Array:
    """Floats of the inverse Gaussian distribution of scale 1."""
    words, wanted = _words("wald", key), float_dtype("wald", dtype)
    middle = cast(as_array(mean), wanted)
    sizes = fitted("wald", shape, middle)
    middle = broadcast_to(middle, sizes)
    first, second = parts(words, 2)
    y, z = ufuncs.square(normal_of(first, sizes, wanted)), uniform_of(second, sizes, wanted)
    square = ufuncs.square(middle)
    inner = ufuncs.add(ufuncs.multiply(ufuncs.multiply(4.0, middle), y), ufuncs.multiply(square, ufuncs.square(y)))
    x = ufuncs.subtract(
        ufuncs.add(middle, ufuncs.divide(ufuncs.multiply(square, y), 2.0)),
        ufuncs.multiply(ufuncs.divide(middle, 2.0), ufuncs.sqrt(inner)),
    )
    kept = ufuncs.less_equal(z, ufuncs.divide(middle, ufuncs.add(middle, x)))
    return ufuncs.where(kept, x, ufuncs.divide(square, x))


def maxwell(key: Key, shape: Any = (), dtype: Any = None) -> Array:
    """The lengths of vectors of three normally distributed floats."""
    words, wanted = _words("maxwell", key), float_dtype("maxwell", dtype)
    vectors = normal_of(words, (*sizes_of(shape), 3), wanted)
    return ufuncs.sqrt(total(ufuncs.square(vectors), axis=-1))


def double_sided_maxwell(key: Key, loc: Any, scale: Any, shape: Any = (), dtype: Any = None) -> Array:
    """Floats of `maxwell` with a random sign, times `scale`, plus `loc`."""
    words, wanted = _words("double_sided_maxwell", key), float_dtype("double_sided_maxwell", dtype)
    place, factor = as_array(loc), as_array(scale)
    common = broadcast_shapes(place.shape, factor.shape)
    sizes = (*(sizes_of(shape) or common), *common)
    first, second = parts(words, 2)
    signed = ufuncs.multiply(rademacher(second, sizes, wanted), maxwell(first, sizes, wanted))
    return ufuncs.add(ufuncs.multiply(signed, factor), place)
