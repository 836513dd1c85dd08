"""Counts of successes among trials, and of outcomes among several."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.lax import orders
from irc.lax.loops import while_loop
from irc.lax.scans import scan
from irc.numpy import manipulation, reductions, taking, ufuncs
from irc.numpy.ufuncs.operands import filled
from irc.random.keys import Key, checked, parts, split_words
from irc.random.uniform import fitted, float_dtype, uniform_of
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.dims import sizes_of
from irc.tracing.dtypes import DType
from irc.tracing.elementwise import cast
from irc.tracing.shaping import broadcast_to

_TAILS = (
    0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.02079067210376509, 0.0166446911898211,
    0.0138761288230707, 0.0118967099458917, 0.0104112652619720, 0.00925546218271273, 0.00833056343336287,
)  # fmt: skip
"""What Stirling's formula for log(k!) lacks, for k up to 9."""


def binomial(key: Key, n: Any, p: Any, shape: Any = None, dtype: Any = None) -> Array:
    """How many of `n` trials succeed, each with probability `p`, as floats; NaN where there is no such number.

    They are JAX's numbers, but for roundings of logarithms, which may decide otherwise once in very many draws.
    """
    words, wanted = checked("binomial", key)[0], float_dtype("binomial", dtype)
    return binomial_of("binomial", words, as_array(n), as_array(p), shape, wanted)


def binomial_of(name: str, words: Array, n: Array, p: Array, shape: Any, dtype: DType) -> Array:
    """`binomial` of the words of a key."""
    chance = ufuncs.inexact(p)
    sizes = fitted(name, shape, n, chance)
    chance = broadcast_to(cast(chance, chance.dtype), sizes)
    count = broadcast_to(cast(n, chance.dtype), sizes)
    rare = ufuncs.less(chance, 0.5)
    q = ufuncs.where(rare, chance, ufuncs.subtract(1, chance))
    missing, negative = ufuncs.isnan(q), ufuncs.less(q, 0)
    no_count = ufuncs.logical_or(ufuncs.isnan(count), ufuncs.less(count, 0))
    endless = ufuncs.isinf(count)
    no_chance = ufuncs.logical_or(missing, negative)
    q = ufuncs.where(no_chance, filled(q, 0.01), q)
    few = ufuncs.logical_or(no_count, ufuncs.less_equal(ufuncs.multiply(count, q), 10))
    count = ufuncs.floor(count)
    # Either way runs for all; numbers that it is not for are replaced by such that end it soon.
    by_waiting = _by_waiting(words, ufuncs.where(few, count, filled(count, 0)), q)
    many = ufuncs.where(few, filled(count, 1e4), count), ufuncs.where(few, filled(q, 0.5), q)
    found = cast(ufuncs.where(few, by_waiting, _by_rejection(words, *many)), dtype)
    invalid = ufuncs.logical_or(no_chance, no_count)
    found = ufuncs.where(invalid, filled(found, np.nan), found)
    found = ufuncs.where(ufuncs.logical_and(endless, ufuncs.logical_not(invalid)), filled(found, np.inf), found)
    as_is = ufuncs.logical_or(ufuncs.logical_or(rare, no_count), ufuncs.logical_or(missing, endless))
    return ufuncs.where(as_is, found, ufuncs.subtract(cast(count, dtype), found))


def _by_waiting(words: Array, count: Array, q: Array) -> Array:
    """The trials between successes are geometrically distributed: how many of them fit?"""
    log_failure = ufuncs.log1p(ufuncs.negative(q))

    def draw(state: Any) -> Any:
        number, trials, key = state
        used, key = parts(key, 2)
        number = ufuncs.where(ufuncs.less_equal(trials, count), ufuncs.add(number, 1), number)
        waited = ufuncs.ceil(ufuncs.divide(ufuncs.log(uniform_of(used, q.shape, q.dtype)), log_failure))
        return number, ufuncs.add(trials, waited), key

    start = filled(q, 0), filled(q, 0), words
    number, _, _ = while_loop(lambda state: reductions.any(ufuncs.less_equal(state[1], count)), draw, start)
    return ufuncs.subtract(number, 1)


def _by_rejection(words: Array, count: Array, q: Array) -> Array:
    """W. Hörmann, "The generation of binomial random variates" (Journal of Statistical Computation and Simulation 46,
    1993), its algorithm BTRS."""
    failure = ufuncs.subtract(1, q)
    deviation = ufuncs.sqrt(ufuncs.multiply(ufuncs.multiply(count, q), failure))
    b = ufuncs.add(1.15, ufuncs.multiply(2.53, deviation))
    a = ufuncs.add(ufuncs.add(-0.0873, ufuncs.multiply(0.0248, b)), ufuncs.multiply(0.01, q))
    center = ufuncs.add(ufuncs.multiply(count, q), 0.5)
    certain = ufuncs.subtract(0.92, ufuncs.divide(4.2, b))
    odds = ufuncs.divide(q, failure)
    alpha = ufuncs.multiply(ufuncs.add(2.83, ufuncs.divide(5.1, b)), deviation)
    mode = ufuncs.floor(ufuncs.multiply(ufuncs.add(count, 1), q))
    above = ufuncs.add(ufuncs.subtract(count, mode), 1)

    def bound(k: Array) -> Array:
        left = ufuncs.add(ufuncs.subtract(count, k), 1)
        terms = [
            _times_log(ufuncs.add(mode, 0.5), ufuncs.divide(ufuncs.add(mode, 1), ufuncs.multiply(odds, above))),
            _times_log(ufuncs.add(count, 1), ufuncs.divide(above, left)),
            _times_log(ufuncs.add(k, 0.5), ufuncs.divide(ufuncs.multiply(odds, left), ufuncs.add(k, 1))),
            _tail(mode),
            _tail(ufuncs.subtract(count, mode)),
            ufuncs.negative(_tail(k)),
            ufuncs.negative(_tail(ufuncs.subtract(count, k))),
        ]
        total = terms[0]
        for term in terms[1:]:
            total = ufuncs.add(total, term)
        return total

    def draw(state: Any) -> Any:
        found, done, key = state
        key, for_u, for_v = parts(key, 3)
        u = ufuncs.subtract(uniform_of(for_u, q.shape, q.dtype), 0.5)
        v = uniform_of(for_v, q.shape, q.dtype)
        edge = ufuncs.subtract(0.5, ufuncs.abs(u))
        at_once = ufuncs.logical_and(ufuncs.greater_equal(edge, 0.07), ufuncs.less_equal(v, certain))
        slope = ufuncs.add(ufuncs.divide(ufuncs.multiply(2, a), edge), b)
        k = ufuncs.floor(ufuncs.add(ufuncs.multiply(slope, u), center))
        outside = ufuncs.logical_or(ufuncs.less(k, 0), ufuncs.greater(k, count))
        hat = ufuncs.add(ufuncs.divide(a, ufuncs.multiply(edge, edge)), b)
        below = ufuncs.less_equal(ufuncs.log(ufuncs.divide(ufuncs.multiply(v, alpha), hat)), bound(k))
        accepted = ufuncs.logical_or(at_once, ufuncs.logical_and(ufuncs.logical_not(outside), below))
        return ufuncs.where(accepted, k, found), ufuncs.logical_or(done, accepted), key

    start = filled(q, -1), ufuncs.not_equal(filled(q, 0), 0), words
    last = while_loop(lambda state: ufuncs.logical_not(reductions.all(state[1])), draw, start)
    found: Array = last[0]
    return found


def _times_log(factor: Array, x: Array) -> Array:
    return ufuncs.multiply(factor, ufuncs.log(x))


def _tail(k: Array) -> Array:
    """What Stirling's formula for log(k!) lacks. Above 9 it is taken for what its series gives there, as in JAX."""
    listed = ufuncs.clip(k, 0, 9)
    next_ = ufuncs.add(listed, 1)
    square = ufuncs.multiply(next_, next_)
    inner = ufuncs.subtract(1 / 360, ufuncs.divide(1 / 1260, square))
    series = ufuncs.divide(ufuncs.subtract(1 / 12, ufuncs.divide(inner, square)), next_)
    at = cast(ufuncs.floor(listed), np.dtype(np.int32))
    table = taking.take_inside(ConcreteArray(np.asarray(_TAILS, k.dtype)), at, axis=0)
    return ufuncs.where(ufuncs.less_equal(k, 9), table, series)


def multinomial(key: Key, n: Any, p: Any, *, shape: Any = None, dtype: Any = None, unroll: int | bool = 1) -> Array:
    """How often each outcome comes up in `n` trials, as floats; `p` has their probabilities along the last axis.

    `shape` is that of the result. They are JAX's numbers as far as those of `binomial` are.
    """
    words, wanted = checked("multinomial", key)[0], float_dtype("multinomial", dtype)
    (count, chances), _ = ufuncs.promoted_to_inexact(n, p)
    if not chances.ndim:
        raise ValueError("multinomial needs the probabilities of the outcomes along an axis, got a single number")
    sizes = chances.shape if shape is None else sizes_of(shape)
    kind = chances.dtype
    count = broadcast_to(cast(count, kind), sizes[:-1])
    chances = manipulation.moveaxis(broadcast_to(cast(chances, kind), sizes), -1, 0)
    rest = orders.cumsum(chances, 0, reverse=True)
    ratios = ufuncs.divide(chances, ufuncs.where(ufuncs.equal(rest, 0), filled(rest, 1), rest))

    def outcome(left: Array, given: tuple[Array, Array]) -> tuple[Array, Array]:
        ratio, used = given
        drawn = binomial_of("multinomial", used, left, ufuncs.clip(ratio, 0, 1), None, kind)
        return ufuncs.subtract(left, drawn), drawn

    _, counts = scan(outcome, count, (ratios, split_words(words, (chances.shape[0],))), unroll=unroll)
    return cast(manipulation.moveaxis(counts, 0, -1), wanted)
