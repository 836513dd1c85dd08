"""Element types as Python names them, and JAX's rules for combining them.

The lattice is that of JAX's type promotion (https://docs.jax.dev/en/latest/type_promotion.html): Python scalars are weakly
typed, so they give way to the dtype of an array of their kind. The x64 switch is about defaults only:
64-bit arrays stay 64-bit in any case.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
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

_NARROW: dict[type, DType] = {
    bool: np.dtype(np.bool_), int: np.dtype(np.int32), float: np.dtype(np.float32), complex: np.dtype(np.complex64)
}  # fmt: skip
_WIDE: dict[type, DType] = {
    bool: np.dtype(np.bool_), int: np.dtype(np.int64), float: np.dtype(np.float64), complex: np.dtype(np.complex128)
}  # fmt: skip


class _Chosen(threading.local):
    """The table of a thread; the attribute of the class is that of threads that have not chosen."""

    table = _NARROW


_chosen = _Chosen()


class _Defaults:
    """What Python's types stand for: 32 bits, or 64 where `jax_enable_x64` says so."""

    __slots__ = ()

    def __getitem__(self, kind: type) -> DType:
        return _chosen.table[kind]

    def __contains__(self, kind: object) -> bool:
        return kind in _NARROW


DEFAULTS = _Defaults()


def default_unsigned() -> DType:
    """The unsigned integer of the width of the default one."""
    return np.dtype(np.uint64 if _chosen.table is _WIDE else np.uint32)


def has_wide_defaults() -> bool:
    """Whether the default dtypes have 64 bits."""
    return _chosen.table is _WIDE


def set_wide_defaults(wide: bool) -> None:
    """Let the default dtypes have 64 bits, or 32, in all threads but those inside of `enable_x64`."""
    _Chosen.table = _WIDE if wide else _NARROW


@contextmanager
def enable_x64(new_val: bool = True) -> Iterator[None]:
    """The default dtypes have 64 bits inside of this, in this thread; with `False` they have 32."""
    outer = _chosen.__dict__.get("table")
    _chosen.table = _WIDE if new_val else _NARROW
    try:
        yield
    finally:
        if outer is None:
            del _chosen.table
        else:
            _chosen.table = outer


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


@cache
def has_infinity(dtype: DType) -> bool:
    """Whether a float or complex type has infinities."""
    with np.errstate(over="ignore", invalid="ignore"):
        return bool(np.isinf(np.asarray(np.inf).astype(dtype)))


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


class TypePromotionError(TypeError, ValueError):
    """Dtypes that have none in common; a `ValueError` as in JAX, and a `TypeError` as all other dtypes that do not fit."""


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
    raise TypePromotionError(f"there is no implicit conversion between {listed}: cast one of them with astype")


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
    """`dtype`, or in place of an integer or a boolean the default float, of 32 bits for one of less than 64."""
    if is_inexact(dtype):
        return dtype
    return DEFAULTS[float] if dtype.itemsize == 8 else np.dtype(np.float32)
