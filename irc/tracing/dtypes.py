"""Element types as Python names them, and JAX's rules for combining them.

The lattice is that of JAX's type promotion (https://docs.jax.dev/en/latest/type_promotion.html): Python scalars are weakly
typed, so they give way to the dtype of an array of their kind. There is no x64 switch: 64-bit arrays stay 64-bit.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import ml_dtypes
import numpy as np

from irc.ir import types as ty
from irc.ir.dense import dtype_of
from irc.ir.types import ComplexType, FloatType, IntegerType, Type

DType = np.dtype[Any]

_ELEMENTS: tuple[Type, ...] = (
    ty.i1,
    *(IntegerType(width) for width in (8, 16, 32, 64)),
    *(IntegerType(width, "unsigned") for width in (8, 16, 32, 64)),
    *map(FloatType, ("f16", "bf16", "f32", "f64", "f8E5M2", "f8E4M3FN", "f8E4M3", "f8E5M2FNUZ", "f8E4M3FNUZ",
                     "f8E4M3B11FNUZ", "f8E3M4", "f8E8M0FNU")),
    ComplexType(ty.f32),
    ComplexType(ty.f64),
)  # fmt: skip
_TYPE_OF: dict[DType, Type] = {dtype_of(element): element for element in _ELEMENTS}

DEFAULTS: dict[type, DType] = {
    bool: np.dtype(np.bool_), int: np.dtype(np.int32), float: np.dtype(np.float32), complex: np.dtype(np.complex64)
}  # fmt: skip
"""What Python's types stand for."""


def element_type_of(dtype: DType) -> Type:
    """The element type of arrays of `dtype`. Raises `TypeError` where there is none."""
    found = _TYPE_OF.get(dtype)
    if found is None:
        raise TypeError(f"arrays of dtype '{dtype}' are not supported")
    return found


def as_dtype(dtype: Any) -> DType:
    """The dtype that the user names: a NumPy or ml_dtypes one, its name, or a Python type. Raises `TypeError`."""
    if isinstance(dtype, type) and dtype in DEFAULTS:
        return DEFAULTS[dtype]
    found: DType = np.dtype(dtype).newbyteorder("=")
    element_type_of(found)
    return found


def kind_of(dtype: DType) -> str:
    """`b`, `i`, `u`, `f` or `c`; the floats of ml_dtypes are floats."""
    return "f" if dtype.kind == "V" else dtype.kind


def is_float(dtype: DType) -> bool:
    return kind_of(dtype) == "f"


def is_complex(dtype: DType) -> bool:
    return kind_of(dtype) == "c"


def is_inexact(dtype: DType) -> bool:
    """Whether it is a float or a complex type."""
    return kind_of(dtype) in "fc"


def is_integer(dtype: DType) -> bool:
    return dtype.kind in "iu"


def limits(dtype: DType) -> Any:
    """`finfo` or `iinfo` of a dtype."""
    # ml_dtypes says nothing of its types' signatures.
    of: Any = ml_dtypes.finfo if is_inexact(dtype) else ml_dtypes.iinfo
    return of(dtype)


# -- promotion -------------------------------------------------------------------------------------------------------

_SMALL = ("float8_e5m2", "float8_e4m3fn", "float8_e4m3", "float8_e5m2fnuz", "float8_e4m3fnuz", "float8_e4m3b11fnuz",
          "float8_e3m4", "float8_e8m0fnu")  # fmt: skip
_ABOVE: dict[str, tuple[str, ...]] = {
    "bool": ("i*",), "i*": ("uint8", "int8"),
    "uint8": ("int16", "uint16"), "uint16": ("int32", "uint32"), "uint32": ("int64", "uint64"), "uint64": ("f*",),
    "int8": ("int16",), "int16": ("int32",), "int32": ("int64",), "int64": ("f*",),
    "f*": ("c*", "float16", "bfloat16", *_SMALL), "float16": ("float32",), "bfloat16": ("float32",),
    "float32": ("float64", "complex64"), "float64": ("complex128",), "c*": ("complex64",), "complex64": ("complex128",),
    "complex128": (), **dict.fromkeys(_SMALL, ()),
}  # fmt: skip
"""The edges of the lattice; a star is a weak type."""
_WEAK = {"b": "bool", "i": "i*", "u": "i*", "f": "f*", "c": "c*"}


@cache
def _upwards(name: str) -> frozenset[str]:
    return frozenset({name}).union(*(_upwards(above) for above in _ABOVE[name]))


@cache
def _join(names: frozenset[str]) -> str:
    """The least upper bound. Raises `TypeError` where there is none."""
    common = frozenset.intersection(*(_upwards(name) for name in names))
    for name in common:
        if common <= _upwards(name):
            return name
    listed = " and ".join(sorted(names))
    raise TypeError(f"there is no implicit conversion between {listed}: cast one of them with astype")


def promote(operands: Any) -> tuple[DType, bool]:
    """The common dtype of `(dtype, weak)` pairs, and whether it is weak. Raises `TypeError`."""
    pairs = list(operands)
    first = pairs[0]
    if all(pair == first for pair in pairs):
        return first  # type: ignore[no-any-return]  # a pair
    name = _join(frozenset(_WEAK[kind_of(dtype)] if weak else dtype.name for dtype, weak in pairs))
    if not name.endswith("*"):
        return np.dtype(name), False
    # Weak all of them: the widest that occurs, or what Python's type stands for.
    kind = name[0]
    widths = [dtype for dtype, weak in pairs if weak and kind_of(dtype) == kind]
    default = DEFAULTS[{"i": int, "f": float, "c": complex}[kind]]
    return max([*widths, default], key=lambda dtype: dtype.itemsize) if widths else default, True


def to_inexact(dtype: DType) -> DType:
    """`dtype`, or the default float in place of an integer or a boolean."""
    return dtype if is_inexact(dtype) else DEFAULTS[float]
