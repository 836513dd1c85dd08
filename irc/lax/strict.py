"""The elementwise functions of JAX's `lax`, which are as strict as those: dtypes and shapes agree, nothing is promoted.

Python's numbers take the dtype of arrays of their kind, and arrays without axes go with all shapes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from irc.lax import betas, elementwise, incomplete, special, zetas
from irc.numpy import bits, complexes, more_ufuncs, trigonometry, ufuncs
from irc.tracing.array import Array, as_array
from irc.tracing.dims import Dim
from irc.tracing.dtypes import DType, as_dtype, kind_of, promote
from irc.tracing.elementwise import cast
from irc.tracing.shaping import show

_KINDS = {"b": "bool", "i": "signed", "u": "unsigned", "f": "floating-point", "c": "complex"}


def same_dtypes(name: str, *operands: Any) -> list[Array]:
    """The operands, which have one dtype. Raises `TypeError`.

    NumPy's arrays of 64 bits give way to narrower ones of their kind, as JAX reads them without its x64 switch.
    """
    arrays = [as_array(operand) for operand in operands]
    firm = {array.dtype for array in arrays if not array.weak_type}
    if len({array.dtype for array in arrays}) == 1:
        return arrays
    if len(firm) == 2:
        narrow, wide = sorted(firm, key=lambda dtype: dtype.itemsize)
        given = [operand for operand, array in zip(operands, arrays, strict=True) if array.dtype == wide]
        foreign = all(isinstance(each, np.ndarray | np.generic) for each in given)
        if foreign and narrow.kind == wide.kind and narrow.itemsize * 2 == wide.itemsize and narrow.itemsize >= 4:
            firm = {narrow}
    dtype = next(iter(firm)) if firm else promote([(a.dtype, True) for a in arrays])[0]
    if len(firm) > 1 or any(kind_of(array.dtype) != kind_of(dtype) for array in arrays):
        found = ", ".join(array.dtype.name for array in arrays)
        raise TypeError(f"lax.{name} needs operands of one dtype, got {found}; irc.numpy has functions that promote")
    return [cast(array, dtype, array.weak_type and not firm) for array in arrays]


def _checked(name: str, kinds: str, *operands: Any) -> list[Array]:
    arrays = same_dtypes(name, *operands)
    _check_kind(name, kinds, arrays[0].dtype)
    _check_shapes(name, arrays)
    return arrays


def _check_kind(name: str, kinds: str, dtype: DType) -> None:
    if kind_of(dtype) not in kinds:
        wanted = ", ".join(_KINDS[kind] for kind in kinds)
        raise TypeError(f"lax.{name} takes numbers of these kinds: {wanted}; got {dtype.name}")


def _check_shapes(name: str, arrays: list[Array]) -> None:
    shapes = [array.shape for array in arrays if array.ndim]
    for shape in shapes:
        pairs = zip(shape, shapes[0], strict=False)
        if len(shape) != len(shapes[0]) or any(
            m != n and 1 not in (m, n) and not isinstance(m, Dim) and not isinstance(n, Dim) for m, n in pairs
        ):
            raise TypeError(
                f"lax.{name} needs operands of one shape or without axes, got shapes "
                f"{', '.join(show(array.shape) for array in arrays)}"
            )


Function = Callable[..., Array]


def _conjugate(x: Array) -> Array:
    """The complex conjugate; that of a float is a complex number, too."""
    return complexes.conj(x) if x.dtype.kind == "c" else complexes.complex_of(x, ufuncs.filled(x, 0))


def _named(function: Any, name: str, like: Callable[..., Any]) -> Any:
    function.__name__ = function.__qualname__ = name
    function.__doc__ = like.__doc__
    return function


def _unary(name: str, function: Function, kinds: str) -> Function:
    def strict(x: Any) -> Array:
        return function(*_checked(name, kinds, x))

    found: Function = _named(strict, name, function)
    return found


def _binary(name: str, function: Function, kinds: str) -> Function:
    def strict(x: Any, y: Any) -> Array:
        return function(*_checked(name, kinds, x, y))

    found: Function = _named(strict, name, function)
    return found


abs = _unary("abs", ufuncs.abs, "ifc")
acos = _unary("acos", trigonometry.acos, "fc")
acosh = _unary("acosh", trigonometry.acosh, "fc")
asin = _unary("asin", trigonometry.asin, "fc")
asinh = _unary("asinh", trigonometry.asinh, "fc")
atan = _unary("atan", trigonometry.atan, "fc")
atanh = _unary("atanh", trigonometry.atanh, "fc")
bitwise_not = _unary("bitwise_not", bits.bitwise_invert, "biu")
cbrt = _unary("cbrt", more_ufuncs.cbrt, "f")
ceil = _unary("ceil", ufuncs.ceil, "f")
clz = _unary("clz", elementwise.clz, "iu")
conj = _unary("conj", _conjugate, "fc")
cos = _unary("cos", ufuncs.cos, "fc")
cosh = _unary("cosh", trigonometry.cosh, "fc")
digamma = _unary("digamma", special.digamma, "f")
erf = _unary("erf", elementwise.erf, "f")
erf_inv = _unary("erf_inv", special.erf_inv, "f")
erfc = _unary("erfc", special.erfc, "f")
exp = _unary("exp", ufuncs.exp, "fc")
exp2 = _unary("exp2", ufuncs.exp2, "fc")
expm1 = _unary("expm1", ufuncs.expm1, "fc")
floor = _unary("floor", ufuncs.floor, "f")
imag = _unary("imag", complexes.imag, "c")
is_finite = _unary("is_finite", ufuncs.isfinite, "f")
lgamma = _unary("lgamma", special.lgamma, "f")
log = _unary("log", ufuncs.log, "fc")
log1p = _unary("log1p", ufuncs.log1p, "fc")
logistic = _unary("logistic", elementwise.logistic, "fc")
neg = _unary("neg", ufuncs.negative, "iufc")
population_count = _unary("population_count", elementwise.population_count, "iu")
real = _unary("real", complexes.real, "c")
reciprocal = _unary("reciprocal", ufuncs.reciprocal, "fc")
rsqrt = _unary("rsqrt", ufuncs.rsqrt, "fc")
sign = _unary("sign", ufuncs.sign, "iufc")
sin = _unary("sin", ufuncs.sin, "fc")
sinh = _unary("sinh", trigonometry.sinh, "fc")
sqrt = _unary("sqrt", ufuncs.sqrt, "fc")
square = _unary("square", ufuncs.square, "iufc")
tan = _unary("tan", trigonometry.tan, "fc")
tanh = _unary("tanh", ufuncs.tanh, "fc")

add = _binary("add", ufuncs.add, "iufc")
atan2 = _binary("atan2", ufuncs.atan2, "fc")
bitwise_and = _binary("bitwise_and", bits.bitwise_and, "biu")
bitwise_or = _binary("bitwise_or", bits.bitwise_or, "biu")
bitwise_xor = _binary("bitwise_xor", bits.bitwise_xor, "biu")
complex = _binary("complex", complexes.complex_of, "f")
div = _binary("div", elementwise.div, "iufc")
eq = _binary("eq", ufuncs.equal, "biufc")
ge = _binary("ge", ufuncs.greater_equal, "biuf")
gt = _binary("gt", ufuncs.greater, "biuf")
le = _binary("le", ufuncs.less_equal, "biuf")
lt = _binary("lt", ufuncs.less, "biuf")
max = _binary("max", ufuncs.maximum, "biufc")
min = _binary("min", ufuncs.minimum, "biufc")
ne = _binary("ne", ufuncs.not_equal, "biufc")
rem = _binary("rem", elementwise.rem, "iuf")
shift_left = _binary("shift_left", bits.bitwise_left_shift, "iu")
shift_right_arithmetic = _binary("shift_right_arithmetic", elementwise.shift_right_arithmetic, "iu")
shift_right_logical = _binary("shift_right_logical", elementwise.shift_right_logical, "iu")
sub = _binary("sub", ufuncs.subtract, "iufc")


def igamma(a: Any, x: Any) -> Array:
    """The regularized lower incomplete gamma function; the operands have one dtype."""
    return incomplete.igamma(*_checked("igamma", "f", a, x))


def igammac(a: Any, x: Any) -> Array:
    """The regularized upper incomplete gamma function; the operands have one dtype."""
    return incomplete.igammac(*_checked("igammac", "f", a, x))


def polygamma(m: Any, x: Any) -> Array:
    """The derivative number m of `digamma`; the operands have one dtype."""
    return zetas.polygamma(*_checked("polygamma", "f", m, x))


def zeta(x: Any, q: Any) -> Array:
    """The sum of (q + k)^-x for all k from 0; the operands have one dtype."""
    return zetas.zeta(*_checked("zeta", "f", x, q))


def nextafter(x1: Any, x2: Any) -> Array:
    """The next float after x1 in the direction of x2."""
    return bits.nextafter(*_checked("nextafter", "f", x1, x2))


def mul(x: Any, y: Any, *, out_dtype: Any = None) -> Array:
    """x * y, computed in `out_dtype` where that is given."""
    a, b = _checked("mul", "iufc", x, y)
    if out_dtype is None:
        return ufuncs.multiply(a, b)
    return ufuncs.multiply(cast(a, as_dtype(out_dtype)), cast(b, as_dtype(out_dtype)))


def betainc(a: Any, b: Any, x: Any) -> Array:
    """The regularized incomplete beta function."""
    return betas.betainc(*_checked("betainc", "f", a, b, x))


def pow(x: Any, y: Any) -> Array:
    """x to the power of y, which has the same dtype or is an integer."""
    base, exponent = as_array(x), as_array(y)
    _check_kind("pow", "fc", base.dtype)
    if exponent.dtype.kind not in "iu":
        base, exponent = same_dtypes("pow", x, y)
    _check_shapes("pow", [base, exponent])
    return ufuncs.power(base, y if isinstance(y, int) else exponent)


def round(x: Any, rounding_method: Any = 0) -> Array:
    """Rounded to the nearest integer: halves away from zero with method 0, to even with 1."""
    (array,) = _checked("round", "f", x)
    return elementwise.round(array, int(rounding_method))


def clamp(min: Any, x: Any, max: Any) -> Array:
    """`x` moved into the range, whose bounds have its shape or no axes."""
    low, array, high = _checked("clamp", "biuf", min, x, max)
    for bound in (low, high):
        if bound.ndim and bound.shape != array.shape:
            raise TypeError(f"lax.clamp of shape {show(array.shape)} has a bound of shape {show(bound.shape)}")
    return elementwise.clamp(low, array, high)


def select(pred: Any, on_true: Any, on_false: Any) -> Array:
    """`on_true` where `pred` holds, else `on_false`."""
    return select_n(pred, on_false, on_true)


def select_n(which: Any, *cases: Any) -> Array:
    """The element of the case whose number `which` has; a boolean chooses between two."""
    if not cases:
        raise TypeError("lax.select_n needs a case at least")
    arrays, chosen = same_dtypes("select", *cases), as_array(which)
    if chosen.dtype.kind != "b" and chosen.dtype != np.int32:
        raise TypeError(f"lax.select chooses by booleans or numbers of int32, got {chosen.dtype}")
    if len(cases) > 2 and chosen.dtype.kind == "b":
        raise TypeError(f"lax.select_n chooses with booleans from two cases, got {len(cases)}")
    shapes = [array.shape for array in arrays]
    if any(shape != shapes[0] for shape in shapes) or (chosen.ndim and chosen.shape != shapes[0]):
        raise TypeError(f"lax.select needs cases of one shape, got {', '.join(map(show, (chosen.shape, *shapes)))}")
    return elementwise.select_n(chosen, *arrays)


__all__ = [
    "abs", "acos", "acosh", "add", "asin", "asinh", "atan", "atan2", "atanh", "betainc", "bitwise_and", "bitwise_not",
    "bitwise_or", "bitwise_xor", "cbrt", "ceil", "clamp", "clz", "complex", "conj", "cos", "cosh", "digamma", "div",
    "eq", "erf", "erf_inv", "erfc", "exp", "exp2", "expm1", "floor", "ge", "gt", "igamma", "igammac", "imag",
    "is_finite", "le", "lgamma", "log", "log1p", "logistic", "lt", "max", "min", "mul", "ne", "neg", "nextafter",
    "polygamma", "population_count", "pow", "real", "reciprocal", "rem", "round", "rsqrt", "select", "select_n", "shift_left",
    "shift_right_arithmetic", "shift_right_logical", "sign", "sin", "sinh", "sqrt", "square", "sub", "tan", "tanh", "zeta",
]  # fmt: skip
