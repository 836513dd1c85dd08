"""Functions of `irc.numpy` that have other names in JAX's `lax`, or the same.

They take a little more than JAX's: operands are promoted and broadcast.
"""

from irc.numpy.bits import (
    bitwise_and as bitwise_and,
)
from irc.numpy.bits import (
    bitwise_invert as bitwise_not,
)
from irc.numpy.bits import (
    bitwise_left_shift as shift_left,
)
from irc.numpy.bits import (
    bitwise_or as bitwise_or,
)
from irc.numpy.bits import (
    bitwise_xor as bitwise_xor,
)
from irc.numpy.bits import (
    nextafter as nextafter,
)
from irc.numpy.complexes import (
    complex_of as complex,
)
from irc.numpy.complexes import (
    conj as conj,
)
from irc.numpy.complexes import (
    imag as imag,
)
from irc.numpy.complexes import (
    real as real,
)
from irc.numpy.more_ufuncs import (
    cbrt as cbrt,
)
from irc.numpy.trigonometry import (
    acos as acos,
)
from irc.numpy.trigonometry import (
    acosh as acosh,
)
from irc.numpy.trigonometry import (
    asin as asin,
)
from irc.numpy.trigonometry import (
    asinh as asinh,
)
from irc.numpy.trigonometry import (
    atan as atan,
)
from irc.numpy.trigonometry import (
    atanh as atanh,
)
from irc.numpy.trigonometry import (
    cosh as cosh,
)
from irc.numpy.trigonometry import (
    sinh as sinh,
)
from irc.numpy.trigonometry import (
    tan as tan,
)
from irc.numpy.ufuncs import (
    abs as abs,
)
from irc.numpy.ufuncs import (
    add as add,
)
from irc.numpy.ufuncs import (
    atan2 as atan2,
)
from irc.numpy.ufuncs import (
    ceil as ceil,
)
from irc.numpy.ufuncs import (
    cos as cos,
)
from irc.numpy.ufuncs import (
    equal as eq,
)
from irc.numpy.ufuncs import (
    exp as exp,
)
from irc.numpy.ufuncs import (
    exp2 as exp2,
)
from irc.numpy.ufuncs import (
    expm1 as expm1,
)
from irc.numpy.ufuncs import (
    floor as floor,
)
from irc.numpy.ufuncs import (
    greater as gt,
)
from irc.numpy.ufuncs import (
    greater_equal as ge,
)
from irc.numpy.ufuncs import (
    isfinite as is_finite,
)
from irc.numpy.ufuncs import (
    less as lt,
)
from irc.numpy.ufuncs import (
    less_equal as le,
)
from irc.numpy.ufuncs import (
    log as log,
)
from irc.numpy.ufuncs import (
    log1p as log1p,
)
from irc.numpy.ufuncs import (
    maximum as max,
)
from irc.numpy.ufuncs import (
    minimum as min,
)
from irc.numpy.ufuncs import (
    multiply as mul,
)
from irc.numpy.ufuncs import (
    negative as neg,
)
from irc.numpy.ufuncs import (
    not_equal as ne,
)
from irc.numpy.ufuncs import (
    power as pow,
)
from irc.numpy.ufuncs import (
    reciprocal as reciprocal,
)
from irc.numpy.ufuncs import (
    rsqrt as rsqrt,
)
from irc.numpy.ufuncs import (
    sign as sign,
)
from irc.numpy.ufuncs import (
    sin as sin,
)
from irc.numpy.ufuncs import (
    sqrt as sqrt,
)
from irc.numpy.ufuncs import (
    square as square,
)
from irc.numpy.ufuncs import (
    subtract as sub,
)
from irc.numpy.ufuncs import (
    tanh as tanh,
)

__all__ = [
    "abs", "acos", "acosh", "add", "asin", "asinh", "atan", "atan2", "atanh", "bitwise_and", "bitwise_not",
    "bitwise_or", "bitwise_xor", "cbrt", "ceil", "complex", "conj", "cos", "cosh", "eq", "exp", "exp2", "expm1",
    "floor", "ge", "gt", "imag", "is_finite", "le", "log", "log1p", "lt", "max", "min", "mul", "ne", "neg",
    "nextafter", "pow", "real", "reciprocal", "rsqrt", "shift_left", "sign",
    "sin", "sinh", "sqrt", "square", "sub", "tan", "tanh",
]  # fmt: skip
