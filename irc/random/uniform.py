"""Random bits, numbers of equal probability, and what is decided by comparing them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.dialects import nd
from irc.numpy import ufuncs
from irc.numpy.indexing import getitem
from irc.numpy.ufuncs.operands import filled
from irc.random.generator import random_bits
from irc.random.keys import Key, checked, parts
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.bits import reinterpret
from irc.tracing.dims import Size, sizes_of
from irc.tracing.dtypes import DType, as_dtype, default_unsigned, is_float, is_integer, limits
from irc.tracing.elementwise import apply, binary, broadcast, cast, check_fits_integers
from irc.tracing.shaping import broadcast_shapes, broadcast_to, show


def float_dtype(name: str, dtype: Any) -> DType:
    """The float that the user names. Raises `ValueError` for another dtype."""
    found = as_dtype(float if dtype is None else dtype)
    if not is_float(found):
        raise ValueError(f"{name} gives floats, so its dtype cannot be {found}")
    return found


def fitted(name: str, shape: Any, *parameters: Array) -> tuple[Size, ...]:
    """The shape of a sample: the given one, to which the parameters must broadcast, or theirs. Raises `ValueError`."""
    common = broadcast_shapes(*(each.shape for each in parameters))
    if shape is None:
        return common
    wanted = sizes_of(shape)
    check_broadcast(name, wanted, common)
    return wanted


def check_broadcast(name: str, shape: Sequence[Size], parameters: Sequence[Size]) -> None:
    """Raise `ValueError` unless parameters of a shape broadcast to another."""
    try:
        fits = broadcast_shapes(shape, parameters) == tuple(shape)
    except ValueError:
        fits = False
    if not fits:
        raise ValueError(f"{name}: parameters of shape {show(parameters)} do not broadcast to shape {show(shape)}")


def unsigned(dtype: DType) -> DType:
    """The unsigned integer of as many bits."""
    return np.dtype(f"uint{dtype.itemsize * 8}")


def bits(key: Key, shape: Any = (), dtype: Any = None) -> Array:
    """Random bits as unsigned integers, of the default width unless `dtype` is given."""
    words, _ = checked("bits", key)
    found = default_unsigned() if dtype is None else as_dtype(dtype)
    if found.kind != "u":
        raise ValueError(f"bits gives unsigned integers, so its dtype cannot be {found}")
    return random_bits(words, sizes_of(shape), found)


def uniform(key: Key, shape: Any = (), dtype: Any = None, minval: Any = 0.0, maxval: Any = 1.0) -> Array:
    """Floats from `minval` up to but without `maxval`, which broadcast to `shape`."""
    words, _ = checked("uniform", key)
    return uniform_of(words, sizes_of(shape), float_dtype("uniform", dtype), minval, maxval)


def uniform_of(words: Array, shape: Sequence[Size], dtype: DType, minval: Any = 0.0, maxval: Any = 1.0) -> Array:
    """`uniform` of the words of a key."""
    low, high = (cast(as_array(bound), dtype) for bound in (minval, maxval))
    shape = fitted("uniform", tuple(shape), low, high)
    mantissa = limits(dtype).nmant
    # A float of few digits takes eight bits.
    width = np.dtype(np.uint8) if mantissa < 8 else unsigned(dtype)
    integer = unsigned(dtype)
    found = cast(random_bits(words, shape, width), integer)
    # As the mantissa of a number from 1 up to 2.
    found = apply(nd.LogicalRightShift, found, filled(found, width.itemsize * 8 - mantissa))
    found = apply(nd.BitwiseOr, found, filled(found, int(np.asarray(1, dtype).view(integer))))
    numbers = reinterpret(found, dtype)
    numbers = apply(nd.Subtract, numbers, filled(numbers, 1))
    if _is(minval, 0) and _is(maxval, 1):
        return numbers
    span = apply(nd.Subtract, *broadcast(high, low))
    scaled = binary(nd.Add, binary(nd.Multiply, numbers, span), low)
    return binary(nd.Maximum, low, scaled)


def _is(bound: Any, number: float) -> bool:
    return isinstance(bound, int | float) and bound == number


def randint(key: Key, shape: Any, minval: Any, maxval: Any, dtype: Any = None) -> Array:
    """Integers from `minval` up to but without `maxval`; `minval` where that is not smaller."""
    words, _ = checked("randint", key)
    wanted = as_dtype(int if dtype is None else dtype)
    if not is_integer(wanted):
        raise TypeError(f"randint gives integers, so its dtype cannot be {wanted}")
    bounds = [_integer(bound, wanted) for bound in (minval, maxval)]
    if wanted.itemsize >= 4:
        return _randint(words, shape, bounds[0], bounds[1], wanted)
    # Few bits would be biased.
    info = np.iinfo(wanted)
    wide = np.dtype(np.int32)
    low = ufuncs.clip(_clipped(bounds[0], wide), int(info.min), int(info.max))
    high = ufuncs.clip(_clipped(bounds[1], wide), int(info.min), int(info.max) + 1)
    return cast(_randint(words, shape, low, high, wide), wanted)


def _integer(bound: Any, dtype: DType) -> Array:
    if isinstance(bound, int) and not isinstance(bound, bool):
        if bound != np.iinfo(dtype).max + 1:
            # The upper bound is no element itself.
            check_fits_integers(bound, dtype)
        wide = np.int32 if -(1 << 31) <= bound < 1 << 31 else np.int64 if bound < 1 << 63 else np.uint64
        return ConcreteArray(np.asarray(bound, wide))
    array = as_array(bound)
    return array if is_integer(array.dtype) else cast(array, np.dtype(np.int32))


def _clipped(x: Array, dtype: DType) -> Array:
    """Integers moved into the range of `dtype`."""
    own, other = np.iinfo(x.dtype), np.iinfo(dtype)
    low, high = max(own.min, other.min), min(own.max, other.max)
    if low > own.min:
        x = apply(nd.Maximum, x, filled(x, low))
    if high < own.max:
        x = apply(nd.Minimum, x, filled(x, high))
    return cast(x, dtype)


def _randint(words: Array, shape: Any, low: Array, high: Array, dtype: DType) -> Array:
    shape = fitted("randint", sizes_of(shape), low, high)
    largest = np.iinfo(dtype).max
    above = (
        apply(nd.Greater, high, filled(high, largest))
        if np.iinfo(high.dtype).max > largest
        else broadcast_to(ConcreteArray(np.asarray(False)), high.shape)
    )
    low, high = _clipped(low, dtype), _clipped(high, dtype)
    width = unsigned(dtype)
    # Twice as many bits as the numbers have, taken modulo the span, leave little bias.
    upper, lower = (random_bits(each, shape, width) for each in parts(words, 2))
    low, high, above = broadcast(low, high, above)
    span = cast(apply(nd.Subtract, high, low), width)
    one = filled(span, 1)
    span = ufuncs.where(ufuncs.less_equal(high, low), one, span)
    # The limit beyond the largest number is one more than that: all numbers, where the span then has no bits left.
    more = ufuncs.logical_and(above, ufuncs.greater(high, low))
    span = ufuncs.where(more, apply(nd.Add, span, one), span)
    factor = _modulo(filled(span, 1 << width.itemsize * 4), span)
    factor = _modulo(apply(nd.Multiply, factor, factor), span)
    low, span, factor = (broadcast_to(each, shape) for each in (low, span, factor))
    offset = apply(nd.Add, apply(nd.Multiply, _modulo(upper, span), factor), _modulo(lower, span))
    return apply(nd.Add, low, cast(_modulo(offset, span), dtype))


def _modulo(x: Array, span: Array) -> Array:
    """The remainder; modulo zero, which stands for all numbers there are, it is the number itself."""
    zero = filled(span, 0)
    none = apply(nd.Equal, span, zero)
    rest = apply(nd.Remainder, x, ufuncs.where(none, filled(span, 1), span))
    return ufuncs.where(none, x, rest)


def bernoulli(key: Key, p: Any = 0.5, shape: Any = None, mode: str = "low") -> Array:
    """True with probability `p`, a float. `mode` "high" takes more bits, for probabilities that are tiny."""
    words, _ = checked("bernoulli", key)
    if mode not in ("high", "low"):
        raise ValueError(f"the mode of bernoulli is 'high' or 'low', got {mode!r}")
    chance = as_array(p)
    if not is_float(chance.dtype):
        raise TypeError(f"the probability of bernoulli is a float, got {chance.dtype}")
    chance = cast(chance, chance.dtype)
    sizes = fitted("bernoulli", shape, chance)
    if mode == "low":
        return ufuncs.less(uniform_of(words, sizes, chance.dtype), chance)
    both = uniform_of(words, (2, *sizes), chance.dtype)
    first, second = getitem(both, 0), getitem(both, 1)
    rest = ufuncs.multiply(second, filled(second, 2.0 ** -limits(chance.dtype).nmant))
    return ufuncs.less(rest, ufuncs.subtract(chance, first))


def rademacher(key: Key, shape: Any = (), dtype: Any = None) -> Array:
    """-1 or 1 with the same probability."""
    checked("rademacher", key)
    wanted = as_dtype(int if dtype is None else dtype)
    heads = cast(bernoulli(key, 0.5, sizes_of(shape)), wanted)
    return ufuncs.subtract(ufuncs.multiply(filled(heads, 2), heads), filled(heads, 1))
