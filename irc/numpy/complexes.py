"""Complex numbers and their parts."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from irc.dialects import nd
from irc.numpy.ufuncs.arithmetic import multiply
from irc.numpy.ufuncs.circular import atan2
from irc.numpy.ufuncs.operands import filled, inexact
from irc.numpy.ufuncs.signs import negative
from irc.numpy.ufuncs.truth import equal
from irc.tracing.array import Array, as_array
from irc.tracing.dtypes import DType
from irc.tracing.elementwise import apply, binary, broadcast, promoted


def part_dtype(dtype: DType) -> DType:
    """The float of the parts of a complex dtype."""
    return np.dtype(np.float32 if dtype == np.complex64 else np.float64)


def complex_of(re: Any, im: Any) -> Array:
    """The complex numbers of real and imaginary parts."""
    (a, b), weak = promoted(inexact(re), inexact(im))
    return apply(nd.Complex, *broadcast(a, b), weak_type=weak)


def parts(x: Array) -> tuple[Array, Array]:
    """Real and imaginary parts of complex numbers."""
    return apply(nd.Real, x), apply(nd.Imag, x)


def real(x: Any, /) -> Array:
    """The real part."""
    array = as_array(x)
    return apply(nd.Real, array, weak_type=array.weak_type) if array.dtype.kind == "c" else array


def imag(x: Any, /) -> Array:
    """The imaginary part; that of real numbers is zero."""
    array = as_array(x)
    return apply(nd.Imag, array, weak_type=array.weak_type) if array.dtype.kind == "c" else filled(array, 0)


def conj(x: Any, /) -> Array:
    """The complex conjugate."""
    array = as_array(x)
    if array.dtype.kind != "c":
        return array
    re, im = parts(array)
    return apply(nd.Complex, re, negative(im), weak_type=array.weak_type)


conjugate = conj


def angle(z: Any, deg: bool = False) -> Array:
    """The angle in the complex plane."""
    array = inexact(z)
    found = atan2(imag(array), real(array))
    return multiply(found, 180 / math.pi) if deg else found


def iscomplex(x: Any) -> Array:
    """Whether the imaginary part is not zero."""
    return binary(nd.NotEqual, imag(x), 0)


def isreal(x: Any) -> Array:
    """Whether the imaginary part is zero."""
    return equal(imag(x), 0)


def iscomplexobj(x: Any) -> bool:
    """Whether the dtype is a complex one."""
    return as_array(x).dtype.kind == "c"


def isrealobj(x: Any) -> bool:
    """Whether the dtype is not a complex one."""
    return not iscomplexobj(x)


__all__ = ["angle", "conj", "conjugate", "imag", "iscomplex", "iscomplexobj", "isreal", "isrealobj", "real"]
