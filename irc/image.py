"""Images of other sizes: `jax.image`."""

from __future__ import annotations

import enum
import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from irc.numpy.contractions import tensordot
from irc.numpy.manipulation import moveaxis
from irc.numpy.reductions import sum as total
from irc.numpy.taking import take
from irc.numpy.ufuncs.circular import sin
from irc.numpy.ufuncs.operands import filled, inexact
from irc.numpy.ufuncs.orders import maximum
from irc.numpy.ufuncs.signs import abs as abs_
from irc.numpy.ufuncs.truth import where
from irc.tracing.array import Array, as_array
from irc.tracing.composite import composites
from irc.tracing.dtypes import is_inexact
from irc.tracing.elementwise import cast
from irc.tracing.shaping import iota, reshape, show


class ResizeMethod(enum.Enum):
    """How elements between those of an image come about."""

    NEAREST = 0
    LINEAR = 1
    LANCZOS3 = 2
    LANCZOS5 = 3
    CUBIC = 4

    @staticmethod
    def from_string(s: str) -> ResizeMethod:
        """The method of a name. Raises `ValueError`."""
        found = _NAMES.get(s)
        if found is None:
            raise ValueError(f"there is no method {s!r}; there are {', '.join(_NAMES)}")
        return found


_NAMES = {
    "nearest": ResizeMethod.NEAREST, "linear": ResizeMethod.LINEAR, "bilinear": ResizeMethod.LINEAR,
    "trilinear": ResizeMethod.LINEAR, "triangle": ResizeMethod.LINEAR, "lanczos3": ResizeMethod.LANCZOS3,
    "lanczos5": ResizeMethod.LANCZOS5, "cubic": ResizeMethod.CUBIC, "bicubic": ResizeMethod.CUBIC,
    "tricubic": ResizeMethod.CUBIC,
}  # fmt: skip


def _triangle(x: Array) -> Array:
    return maximum(1 - abs_(x), 0)


def _cubic(x: Array) -> Array:
    """R. G. Keys, "Cubic convolution interpolation for digital image processing" (1981), of parameter -1/2."""
    near = ((1.5 * x - 2.5) * x) * x + 1
    far = ((-0.5 * x + 2.5) * x - 4) * x + 2
    return where(x >= 2, filled(x, 0), where(x >= 1, far, near))


def _lanczos(radius: float) -> Callable[[Array], Array]:
    def kernel(x: Array) -> Array:
        safe = where(x > 1e-3, x, filled(x, 1))
        found = radius * sin(math.pi * safe) * sin(math.pi * safe / radius) / (math.pi**2 * safe * safe)
        return where(x > radius, filled(x, 0), where(x > 1e-3, found, filled(x, 1)))

    return kernel


_KERNELS: dict[ResizeMethod, Callable[[Array], Array]] = {
    ResizeMethod.LINEAR: _triangle, ResizeMethod.CUBIC: _cubic, ResizeMethod.LANCZOS3: _lanczos(3.0),
    ResizeMethod.LANCZOS5: _lanczos(5.0),
}  # fmt: skip


def _weights(
    old: int, new: int, scale: Array, shift: Array, kernel: Callable[[Array], Array], antialias: bool
) -> Array:
    """What each old element adds to each new one."""
    inverse = 1 / scale
    width = maximum(inverse, 1) if antialias else filled(inverse, 1)
    at = (cast(iota((new,), 0, np.dtype(np.int32)), scale.dtype) + 0.5) * inverse - shift * inverse - 0.5
    places = cast(iota((old, 1), 0, np.dtype(np.int32)), scale.dtype)
    weights = kernel(abs_(reshape(at, (1, new)) - places) / width)
    sums = total(weights, 0, keepdims=True)
    some = abs_(sums) > 1000 * float(np.finfo(np.float32).eps)
    weights = where(some, weights / where(some, sums, filled(sums, 1)), filled(weights, 0))
    inside = (at >= -0.5) & (at <= old - 0.5)
    return where(reshape(inside, (1, new)), weights, filled(weights, 0))


def scale_and_translate(
    image: Any,
    shape: Sequence[int],
    spatial_dims: Sequence[int],
    scale: Any,
    translation: Any,
    method: str | ResizeMethod,
    antialias: bool = True,
    precision: Any = None,
) -> Array:
    """The image, of which place `x` of an axis comes to `x * scale + translation` of one of the size in `shape`."""
    chosen = ResizeMethod.from_string(method) if isinstance(method, str) else method
    if chosen is ResizeMethod.NEAREST:
        raise ValueError("scale_and_translate has no method 'nearest'")
    array = inexact(image)
    factors, shifts = cast(as_array(scale), array.dtype), cast(as_array(translation), array.dtype)
    for i, axis in enumerate(spatial_dims):
        axis %= array.ndim
        weights = _weights(
            array.shape[axis],
            shape[axis],
            take(factors, i, axis=0),
            take(shifts, i, axis=0),
            _KERNELS[chosen],
            antialias,
        )
        array = moveaxis(tensordot(array, weights, axes=((axis,), (0,))), -1, axis)
    return array


def resize(
    image: Any, shape: Sequence[int], method: str | ResizeMethod, antialias: bool = True, precision: Any = None
) -> Array:
    """The image with another shape: "nearest", "linear", "cubic", "lanczos3" or "lanczos5".

    With `antialias` smaller images are made of all elements. Integers become floats, except with "nearest".
    """
    array = as_array(image)
    if len(shape) != array.ndim:
        raise ValueError(f"resize keeps the number of axes: an image of shape {show(array.shape)} has none of {shape}")
    chosen = ResizeMethod.from_string(method) if isinstance(method, str) else method
    axes = [axis for axis, size in enumerate(shape) if size != array.shape[axis]]
    if chosen is ResizeMethod.NEAREST:
        for axis in axes:
            old, new = array.shape[axis], shape[axis]
            at = np.floor((np.arange(new) + 0.5) * (old / new)).astype(np.int32)
            array = take(array, at, axis=axis)
        return array
    working = inexact(array)
    scales = np.array([shape[axis] / array.shape[axis] for axis in axes], working.dtype)
    found = scale_and_translate(working, shape, axes, scales, np.zeros_like(scales), chosen, antialias)
    return cast(found, array.dtype) if is_inexact(array.dtype) else found


__all__ = ["ResizeMethod", "resize", "scale_and_translate"]

composites(globals(), __all__, "ResizeMethod")
