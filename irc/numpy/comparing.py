"""Comparisons of whole arrays, and numbers in place of what is none."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from irc.numpy import reductions, ufuncs
from irc.numpy.complexes import imag, real
from irc.numpy.creation import asarray
from irc.numpy.data_types import finfo
from irc.numpy.manipulation import broadcast_arrays
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.composite import composites
from irc.tracing.dtypes import is_inexact
from irc.tracing.elementwise import cast, promoted


def isclose(a: Any, b: Any, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False) -> Array:
    """Whether elements differ by no more than `atol` and `rtol` times the second one."""
    (x, y), _ = promoted(a, b)
    if not is_inexact(x.dtype):
        x, y = ufuncs.inexact(x), ufuncs.inexact(y)
    near = ufuncs.less_equal(ufuncs.abs(ufuncs.subtract(x, y)), ufuncs.add(atol, ufuncs.multiply(rtol, ufuncs.abs(y))))
    found = ufuncs.logical_or(ufuncs.logical_and(near, ufuncs.isfinite(y)), ufuncs.equal(x, y))
    if equal_nan:
        found = ufuncs.logical_or(found, ufuncs.logical_and(ufuncs.isnan(x), ufuncs.isnan(y)))
    return found


def allclose(a: Any, b: Any, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False) -> Array:
    """Whether `isclose` holds for all elements."""
    return reductions.all(isclose(a, b, rtol, atol, equal_nan))


def array_equal(a1: Any, a2: Any, equal_nan: bool = False) -> Array:
    """Whether the arrays have one shape and equal elements."""
    a, b = asarray(a1), asarray(a2)
    if a.shape != b.shape:
        return ConcreteArray(np.asarray(False))
    same = ufuncs.equal(a, b)
    if equal_nan:
        same = ufuncs.logical_or(same, ufuncs.logical_and(ufuncs.isnan(a), ufuncs.isnan(b)))
    return reductions.all(same)


def array_equiv(a1: Any, a2: Any) -> Array:
    """Whether the arrays have equal elements once they are broadcast."""
    try:
        a, b = broadcast_arrays(asarray(a1), asarray(a2))
    except ValueError:
        return ConcreteArray(np.asarray(False))
    return reductions.all(ufuncs.equal(a, b))


def nan_to_num(x: Any, copy: bool = True, nan: Any = 0.0, posinf: Any = None, neginf: Any = None) -> Array:
    """Numbers in place of NaN and infinities, by default the largest ones."""
    array = as_array(x)
    if not is_inexact(array.dtype):
        return array
    if array.dtype.kind == "c":
        from irc.numpy.complexes import complex_of  # noqa: PLC0415

        return complex_of(*(nan_to_num(part, copy, nan, posinf, neginf) for part in (real(array), imag(array))))
    limits = finfo(array.dtype)
    above = limits.max if posinf is None else posinf
    below = limits.min if neginf is None else neginf
    found = ufuncs.where(ufuncs.isnan(array), cast(as_array(nan), array.dtype), array)
    found = ufuncs.where(ufuncs.equal(array, math.inf), cast(as_array(above), array.dtype), found)
    return ufuncs.where(ufuncs.equal(array, -math.inf), cast(as_array(below), array.dtype), found)


__all__ = [
    "allclose", "array_equal", "array_equiv", "isclose", "nan_to_num",
]  # fmt: skip

composites(globals(), __all__)
