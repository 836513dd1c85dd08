"""Convolutions and correlations of rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.numpy.complexes import complex_of, conj, parts
from irc.numpy.rearranging import flip
from irc.numpy.ufuncs.arithmetic import add, subtract
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.composite import composites
from irc.tracing.dims import Size, max_dim, min_dim
from irc.tracing.dtypes import to_inexact
from irc.tracing.dynamic_slices import dynamic_slice
from irc.tracing.elementwise import cast, promoted
from irc.tracing.shaping import broadcast_to, reshape, show
from irc.tracing.slicing import concat

_MODES = ("full", "same", "valid")


def slid(x: Array, kernel: Array, margins: Sequence[tuple[Size, Size]]) -> Array:
    """The sums of products of a kernel and each part of `x`, around which there are margins of zeros."""
    from irc.lax.convolution import conv_general_dilated  # noqa: PLC0415 - not needed to start

    if x.dtype.kind == "c":
        (a, b), (c, d) = parts(x), parts(kernel)
        re = subtract(slid(a, c, margins), slid(b, d, margins))
        return complex_of(re, add(slid(a, d, margins), slid(b, c, margins)))
    if not all(isinstance(size, int) for margin in margins for size in margin):
        for axis, (low, high) in enumerate(margins):
            x = concat([_zeros(x, axis, low), x, _zeros(x, axis, high)], axis)
        margins = [(0, 0)] * x.ndim
    found = conv_general_dilated(
        reshape(x, (1, 1, *x.shape)), reshape(kernel, (1, 1, *kernel.shape)), (1,) * x.ndim, margins
    )
    return reshape(found, found.shape[2:])


def _zeros(x: Array, axis: int, size: Size) -> Array:
    shape = tuple(size if i == axis else n for i, n in enumerate(x.shape))
    return broadcast_to(ConcreteArray(np.zeros((), x.dtype)), shape)


def convolve(a: Any, v: Any, mode: str = "full", *, precision: Any = None, preferred_element_type: Any = None) -> Array:
    """The discrete convolution of two rows: all of it, what is as long as the longer one, or where both overlap wholly."""
    (x, y), _ = promoted(a, v)
    if x.ndim != 1 or y.ndim != 1 or 0 in (x.shape[0], y.shape[0]):
        raise ValueError("convolve takes two rows with elements")
    if mode not in _MODES:
        raise ValueError(f"mode is 'full', 'same' or 'valid', got {mode!r}")
    working = to_inexact(x.dtype)
    x, y = cast(x, working), cast(y, working)
    n, m = x.shape[0], y.shape[0]
    if isinstance(n, int) and isinstance(m, int):
        if n < m:
            x, y, n, m = y, x, m, n
        low = {"full": m - 1, "same": m // 2, "valid": 0}[mode]
        high = {"full": m - 1, "same": (m - 1) // 2, "valid": 0}[mode]
        return slid(x, flip(y), [(low, high)])
    # Which of them is the longer one is not known.
    whole = slid(x, flip(y), [(m - 1, m - 1)])
    short, long = min_dim(n, m), max_dim(n, m)
    start, count = {"full": (0, n + m - 1), "same": ((short - 1) // 2, long), "valid": (short - 1, long - short + 1)}[
        mode
    ]
    return whole if mode == "full" else dynamic_slice(whole, [as_array(start)], [count])


def correlate(
    a: Any, v: Any, mode: str = "valid", *, precision: Any = None, preferred_element_type: Any = None
) -> Array:
    """The cross-correlation of two rows."""
    (x, y), _ = promoted(a, v)
    n, m = (each.shape[0] if each.ndim else 0 for each in (x, y))
    known = isinstance(n, int) and isinstance(m, int)
    if not known and mode == "same":
        raise NotImplementedError(
            f"correlate of rows of sizes {show((n,))} and {show((m,))} with mode='same' needs sizes that are known while "
            "the function is traced, as the longer row decides what is left out"
        )
    if not known or n >= m:
        return convolve(x, flip(conj(y)), mode)
    # The other way round, and read backwards.
    return flip(convolve(flip(x), conj(y), mode))


__all__ = ["convolve", "correlate"]

composites(globals(), __all__)
