"""Numbers whose distributions are made of gamma ones, by rejection: each element draws until one is accepted."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from irc.lax.loops import while_loop
from irc.lax.special import lgamma
from irc.numpy import reductions, ufuncs
from irc.numpy.ufuncs.operands import filled
from irc.random.continuous import exponential_of, normal_of
from irc.random.gamma_slopes import log_slope
from irc.random.keys import Key, checked, parts, split_words
from irc.random.uniform import fitted, float_dtype, rademacher, uniform_of
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.custom import custom_jvp
from irc.tracing.dtypes import as_dtype, is_integer, limits
from irc.tracing.elementwise import cast
from irc.tracing.shaping import broadcast_to, reshape
from irc.tracing.vmap import vmap


def gamma(key: Key, a: Any, shape: Any = None, dtype: Any = None) -> Array:
    """Gamma distributed floats of the shape parameter `a`."""
    return _gamma("gamma", key, a, shape, dtype, False)


def loggamma(key: Key, a: Any, shape: Any = None, dtype: Any = None) -> Array:
    """The logarithms of gamma distributed floats, which are accurate where `a` is small."""
    return _gamma("loggamma", key, a, shape, dtype, True)


def _gamma(name: str, key: Key, a: Any, shape: Any, dtype: Any, log_space: bool) -> Array:
    words, wanted = checked(name, key)[0], float_dtype(name, dtype)
    alpha = cast(as_array(a), wanted)
    sizes = fitted(name, shape, alpha)
    count = math.prod(sizes)
    alphas = reshape(broadcast_to(alpha, sizes), (count,))

    @custom_jvp
    def drawn(alphas: Array) -> Array:
        found: Array = vmap(lambda k, each: _gamma_one(k, each, log_space))(split_words(words, (count,)), alphas)
        return found

    @drawn.defjvp
    def _(primals: Any, tangents: Any) -> tuple[Array, Array]:
        # That the distribution is what it is says how its numbers move, and not by which way they were found.
        (alphas,), (along,) = primals, tangents
        found = drawn(alphas)
        if log_space:
            return found, ufuncs.multiply(log_slope(alphas, found), along)
        none = ufuncs.equal(found, 0.0)
        slope = log_slope(alphas, ufuncs.log(ufuncs.where(none, float(limits(wanted).tiny), found)))
        return found, ufuncs.multiply(ufuncs.multiply(slope, found), along)

    return reshape(drawn(alphas), sizes)


def _gamma_one(words: Array, alpha: Array, log_space: bool) -> Array:
    """G. Marsaglia and W. W. Tsang, "A simple method for generating gamma variables" (ACM TOMS 26, 2000).

    It is for alpha of at least 1; below, the number for alpha + 1 is multiplied by a power of a uniform one.
    """
    dtype = alpha.dtype
    zero, one, third = (ConcreteArray(np.asarray(number, dtype)) for number in (0.0, 1.0, 1 / 3))
    large = ufuncs.greater_equal(alpha, one)
    d = ufuncs.subtract(ufuncs.where(large, alpha, ufuncs.add(alpha, one)), third)
    c = ufuncs.divide(third, ufuncs.sqrt(d))
    words, last = parts(words, 2)

    def rejected(state: Any) -> Array:
        _, square, cube, u = state
        close = ufuncs.subtract(one, ufuncs.multiply(filled(square, 0.0331), ufuncs.square(square)))
        inner = ufuncs.add(ufuncs.subtract(one, cube), ufuncs.log(cube))
        bound = ufuncs.add(ufuncs.multiply(square, 0.5), ufuncs.multiply(d, inner))
        return ufuncs.logical_and(ufuncs.greater_equal(u, close), ufuncs.greater_equal(ufuncs.log(u), bound))

    def draw(state: Any) -> Any:
        following, for_x, for_u = parts(state[0], 3)

        def again(inner: Any) -> Any:
            key, used = parts(inner[0], 2)
            x = normal_of(used, (), dtype)
            return key, x, ufuncs.add(one, ufuncs.multiply(x, c))

        start = for_x, zero, filled(zero, -1)
        _, x, v = while_loop(lambda inner: ufuncs.less_equal(inner[2], zero), again, start)
        cube = ufuncs.multiply(ufuncs.multiply(v, v), v)
        return following, ufuncs.square(x), cube, uniform_of(for_u, (), dtype)

    # The first state is a rejected one.
    _, _, cube, _ = while_loop(rejected, draw, (words, zero, one, filled(zero, 2)))
    inverse = ufuncs.divide(one, alpha)
    if log_space:
        power = ufuncs.negative(exponential_of(last, (), dtype))
        none = ufuncs.logical_or(large, ufuncs.equal(power, zero))
        boost = ufuncs.where(none, zero, ufuncs.multiply(power, inverse))
        return ufuncs.add(ufuncs.add(ufuncs.log(d), ufuncs.log(cube)), boost)
    base = ufuncs.subtract(one, uniform_of(last, (), dtype))
    return ufuncs.multiply(ufuncs.multiply(d, cube), ufuncs.where(large, one, ufuncs.power(base, inverse)))


def beta(key: Key, a: Any, b: Any, shape: Any = None, dtype: Any = None) -> Array:
    """Beta distributed floats."""
    words, wanted = checked("beta", key)[0], float_dtype("beta", dtype)
    first, second = cast(as_array(a), wanted), cast(as_array(b), wanted)
    sizes = fitted("beta", shape, first, second)
    x, y = (
        _gamma("beta", each, alpha, sizes, wanted, True)
        for each, alpha in zip(parts(words, 2), (first, second), strict=True)
    )
    top = ufuncs.maximum(x, y)
    p, q = ufuncs.exp(ufuncs.subtract(x, top)), ufuncs.exp(ufuncs.subtract(y, top))
    return ufuncs.divide(p, ufuncs.add(p, q))


def dirichlet(key: Key, alpha: Any, shape: Any = None, dtype: Any = None) -> Array:
    """Vectors of Dirichlet's distribution, of the parameters along the last axis."""
    words, wanted = checked("dirichlet", key)[0], float_dtype("dirichlet", dtype)
    parameters = cast(as_array(alpha), wanted)
    if not parameters.ndim:
        raise ValueError("dirichlet takes a vector of parameters")
    sizes = parameters.shape if shape is None else (*shape, parameters.shape[-1])
    logs = _gamma("dirichlet", words, parameters, sizes, wanted, True)
    powers = ufuncs.exp(ufuncs.subtract(logs, reductions.max(logs, axis=-1, keepdims=True)))
    return ufuncs.divide(powers, reductions.sum(powers, axis=-1, keepdims=True))


def t(key: Key, df: Any, shape: Any = None, dtype: Any = None) -> Array:
    """Floats of Student's distribution."""
    words, wanted = checked("t", key)[0], float_dtype("t", dtype)
    freedom = cast(as_array(df), wanted)
    sizes = fitted("t", shape, freedom)
    first, second = parts(words, 2)
    half = ufuncs.divide(freedom, 2.0)
    drawn = _gamma("t", second, half, sizes, wanted, False)
    return ufuncs.multiply(normal_of(first, sizes, wanted), ufuncs.sqrt(ufuncs.divide(half, drawn)))


def chisquare(key: Key, df: Any, shape: Any = None, dtype: Any = None) -> Array:
    """Floats of the chi-squared distribution."""
    words, wanted = checked("chisquare", key)[0], float_dtype("chisquare", dtype)
    half = ufuncs.divide(cast(as_array(df), wanted), 2.0)
    return ufuncs.multiply(ufuncs.exp(_gamma("chisquare", words, half, shape, wanted, True)), 2.0)


def f(key: Key, dfnum: Any, dfden: Any, shape: Any = None, dtype: Any = None) -> Array:
    """Floats of Fisher's F distribution."""
    words, wanted = checked("f", key)[0], float_dtype("f", dtype)
    above, below = cast(as_array(dfnum), wanted), cast(as_array(dfden), wanted)
    sizes = fitted("f", shape, above, below)
    second, first = parts(words, 2)
    x = ufuncs.divide(chisquare(first, above, sizes, wanted), above)
    return ufuncs.divide(x, ufuncs.divide(chisquare(second, below, sizes, wanted), below))


def generalized_normal(key: Key, p: float, shape: Any = (), dtype: Any = None) -> Array:
    """Floats whose density falls as exp(-|x|^p)."""
    words, wanted = checked("generalized_normal", key)[0], float_dtype("generalized_normal", dtype)
    first, second = parts(words, 2)
    drawn = _gamma("generalized_normal", first, 1 / p, shape, wanted, False)
    return ufuncs.multiply(rademacher(second, shape, wanted), ufuncs.power(drawn, 1 / p))


def ball(key: Key, d: int, p: float = 2, shape: Any = (), dtype: Any = None) -> Array:
    """Vectors of `d` floats, uniform in the ball of the p-norm."""
    words, wanted = checked("ball", key)[0], float_dtype("ball", dtype)
    first, second = parts(words, 2)
    vectors = generalized_normal(first, p, (*shape, d), wanted)
    size = reductions.sum(ufuncs.power(ufuncs.abs(vectors), float(p)), axis=-1)
    length = ufuncs.power(ufuncs.add(size, exponential_of(second, shape, wanted)), 1 / p)
    return ufuncs.divide(vectors, reshape(length, (*length.shape, 1)))


def poisson(key: Key, lam: Any, shape: Any = None, dtype: Any = None) -> Array:
    """Poisson distributed integers of mean `lam`."""
    words = checked("poisson", key)[0]
    wanted = as_dtype(int if dtype is None else dtype)
    if not is_integer(wanted):
        raise TypeError(f"poisson gives integers, so its dtype cannot be {wanted}")
    rate = cast(as_array(lam), np.dtype(np.float32))
    sizes = fitted("poisson", shape, rate)
    rate = broadcast_to(rate, sizes)
    small = ufuncs.logical_or(ufuncs.isnan(rate), ufuncs.less(rate, 10.0))
    few = _by_products(words, ufuncs.where(small, rate, 0.0), wanted)
    many = _by_rejection(words, ufuncs.where(small, 1e5, rate), wanted)
    found = ufuncs.where(small, few, many)
    return ufuncs.where(ufuncs.equal(rate, 0.0), filled(found, 0), found)


def _by_products(words: Array, rate: Array, dtype: Any) -> Array:
    """D. Knuth: uniform numbers are multiplied until their product is below exp(-rate)."""
    limit = ufuncs.negative(rate)

    def draw(state: Any) -> Any:
        key, number, logs = state
        key, used = parts(key, 2)
        number = ufuncs.where(ufuncs.greater(logs, limit), ufuncs.add(number, filled(number, 1)), number)
        return key, number, ufuncs.add(logs, ufuncs.log(uniform_of(used, rate.shape, rate.dtype)))

    number = filled(cast(rate, dtype), 0)
    start = words, number, filled(rate, 0)
    _, number, _ = while_loop(lambda state: reductions.any(ufuncs.greater(state[2], limit)), draw, start)
    return ufuncs.subtract(number, filled(number, 1))


def _by_rejection(words: Array, rate: Array, dtype: Any) -> Array:
    """W. Hörmann, "The transformed rejection method for generating Poisson random variables" (1993)."""
    log_rate = ufuncs.log(rate)
    b = ufuncs.add(0.931, ufuncs.multiply(2.53, ufuncs.sqrt(rate)))
    a = ufuncs.add(-0.059, ufuncs.multiply(0.02483, b))
    inverse = ufuncs.add(1.1239, ufuncs.divide(1.1328, ufuncs.subtract(b, 3.4)))
    certain = ufuncs.subtract(0.9277, ufuncs.divide(3.6224, ufuncs.subtract(b, 2)))

    def draw(state: Any) -> Any:
        key, found, done = state
        key, for_u, for_v = parts(key, 3)
        u = ufuncs.subtract(uniform_of(for_u, rate.shape, rate.dtype), 0.5)
        v = uniform_of(for_v, rate.shape, rate.dtype)
        edge = ufuncs.subtract(0.5, ufuncs.abs(u))
        slope = ufuncs.add(ufuncs.divide(ufuncs.multiply(2, a), edge), b)
        number = ufuncs.floor(ufuncs.add(ufuncs.add(ufuncs.multiply(slope, u), rate), 0.43))
        hat = ufuncs.add(ufuncs.divide(a, ufuncs.square(edge)), b)
        s = ufuncs.log(ufuncs.divide(ufuncs.multiply(v, inverse), hat))
        density = ufuncs.subtract(
            ufuncs.subtract(ufuncs.multiply(number, log_rate), rate), lgamma(ufuncs.add(number, 1))
        )
        at_once = ufuncs.logical_and(ufuncs.greater_equal(edge, 0.07), ufuncs.less_equal(v, certain))
        outside = ufuncs.logical_and(ufuncs.less(edge, 0.013), ufuncs.greater(v, edge))
        outside = ufuncs.logical_or(ufuncs.less(number, 0), outside)
        below = ufuncs.logical_and(ufuncs.logical_not(outside), ufuncs.less_equal(s, density))
        accepted = ufuncs.logical_or(at_once, below)
        return key, ufuncs.where(accepted, number, found), ufuncs.logical_or(done, accepted)

    start = words, filled(rate, -1), ufuncs.equal(filled(rate, 0), 1)
    _, found, _ = while_loop(lambda state: ufuncs.logical_not(reductions.all(state[2])), draw, start)
    return cast(found, dtype)


def geometric(key: Key, p: Any, shape: Any = None, dtype: Any = None) -> Array:
    """How often one tries until the first success, of probability `p`."""
    words = checked("geometric", key)[0]
    wanted = as_dtype(int if dtype is None else dtype)
    chance = ufuncs.inexact(p)
    chance = cast(chance, chance.dtype)
    sizes = fitted("geometric", shape, chance)
    u = uniform_of(words, sizes, chance.dtype)
    u = ufuncs.where(ufuncs.equal(u, 0.0), 1.0, u)
    tries = ufuncs.divide(ufuncs.log(u), ufuncs.log1p(ufuncs.negative(chance)))
    return cast(ufuncs.add(ufuncs.floor(tries), 1.0), wanted)
