"""Dtypes: the objects that name them, questions about them, conversions between them."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import ml_dtypes
import numpy as np

from irc.numpy.creation import asarray
from irc.tracing.array import Array, as_array
from irc.tracing.dtypes import (
    DEFAULTS,
    DType,
    as_dtype,
    default_unsigned,
    is_float,
    is_inexact,
    is_integer,
    kind_of,
    limits,
    promote,
)
from irc.tracing.elementwise import cast


class ScalarType:
    """A dtype as users name it, like `irc.numpy.float32`: equal to NumPy's, and called to make an array of it."""

    __slots__ = ("dtype",)

    def __init__(self, dtype: Any) -> None:
        self.dtype: DType = np.dtype(dtype)

    def __call__(self, x: Any = 0) -> Array:
        """`x` as an array of this dtype."""
        return asarray(x, self.dtype)

    def __eq__(self, other: object) -> builtins.bool:
        if other is None:
            return False  # which NumPy takes for its default
        try:
            given: Any = other.dtype if isinstance(other, ScalarType) else other
            return builtins.bool(self.dtype == np.dtype(given))
        except (TypeError, ValueError):
            return False

    def __hash__(self) -> builtins.int:
        return hash(self.dtype)

    def __repr__(self) -> str:
        return str(self.dtype.name)

    def __reduce__(self) -> Any:
        return ScalarType, (self.dtype,)

    @property
    def name(self) -> str:
        """The name of the dtype."""
        return str(self.dtype.name)


class DefaultType(ScalarType):
    """The dtype that a type of Python's stands for."""

    __slots__ = ("_find",)

    def __init__(self, find: Callable[[], DType]) -> None:
        self._find = find

    @property
    def dtype(self) -> DType:  # type: ignore[override]  # what it is may change
        return self._find()

    def __reduce__(self) -> Any:
        return ScalarType, (self.dtype,)


bool = bool_ = ScalarType(np.bool_)
int8, int16, int32, int64 = (ScalarType(each) for each in (np.int8, np.int16, np.int32, np.int64))
uint8, uint16, uint32, uint64 = (ScalarType(each) for each in (np.uint8, np.uint16, np.uint32, np.uint64))
float16, float32, float64 = (ScalarType(each) for each in (np.float16, np.float32, np.float64))
bfloat16 = ScalarType(ml_dtypes.bfloat16)
float8_e5m2, float8_e4m3fn, float8_e4m3, float8_e5m2fnuz, float8_e4m3fnuz, float8_e4m3b11fnuz, float8_e3m4, \
    float8_e8m0fnu = (
        ScalarType(getattr(ml_dtypes, f"float8_{each}"))
        for each in ("e5m2", "e4m3fn", "e4m3", "e5m2fnuz", "e4m3fnuz", "e4m3b11fnuz", "e3m4", "e8m0fnu")
    )  # fmt: skip
complex64, complex128 = ScalarType(np.complex64), ScalarType(np.complex128)
single, double, half, csingle, cdouble = float32, float64, float16, complex64, complex128
int_, uint, float_, complex_ = (
    DefaultType(lambda: DEFAULTS[builtins.int]), DefaultType(default_unsigned),
    DefaultType(lambda: DEFAULTS[builtins.float]), DefaultType(lambda: DEFAULTS[builtins.complex]),
)  # fmt: skip

generic, number, integer, signedinteger, unsignedinteger = (
    np.generic, np.number, np.integer, np.signedinteger, np.unsignedinteger
)  # fmt: skip
inexact, floating, complexfloating, character, flexible, object_ = (
    np.inexact, np.floating, np.complexfloating, np.character, np.flexible, np.object_
)  # fmt: skip
dtype = np.dtype


@dataclass(frozen=True, slots=True)
class FloatLimits:
    """What `finfo` says."""

    bits: int
    eps: float
    max: float
    min: float
    smallest_normal: float
    dtype: DType

    @property
    def tiny(self) -> float:
        """NumPy's name of the smallest normal number."""
        return self.smallest_normal

    @property
    def nmant(self) -> int:
        """The number of stored bits of the significand."""
        return int(limits(self.dtype).nmant)

    @property
    def resolution(self) -> float:
        """The decimal precision as a number."""
        return float(limits(self.dtype).resolution)


@dataclass(frozen=True, slots=True)
class IntegerLimits:
    """What `iinfo` says."""

    bits: int
    max: int
    min: int
    dtype: DType


def dtype_of(x: Any) -> DType:
    """The dtype of an array, or that which is named."""
    return x.dtype if isinstance(x, Array | np.ndarray | np.generic) else as_dtype(x)


def finfo(type: Any, /) -> FloatLimits:
    """Limits of a float, or of the parts of a complex type. Raises `TypeError` for another."""
    given = dtype_of(type)
    if not is_inexact(given):
        raise TypeError(f"finfo is about floats, got {given}; iinfo is about integers")
    part = np.zeros((), given).real.dtype if given.kind == "c" else given
    found = limits(part)
    return FloatLimits(
        int(found.bits), float(found.eps), float(found.max), float(found.min), float(found.smallest_normal), part
    )


def iinfo(type: Any, /) -> IntegerLimits:
    """Limits of an integer type. Raises `TypeError` for another."""
    given = dtype_of(type)
    if not is_integer(given):
        raise TypeError(f"iinfo is about integers, got {given}; finfo is about floats")
    found = limits(given)
    return IntegerLimits(int(found.bits), int(found.max), int(found.min), given)


_KINDS = {
    "bool": "b", "signed integer": "i", "unsigned integer": "u", "integral": "iu", "real floating": "f",
    "complex floating": "c", "numeric": "iufc",
}  # fmt: skip


def isdtype(dtype: Any, kind: Any) -> builtins.bool:
    """Whether a dtype is of a kind: a dtype, a name of the standard, or a tuple of these. Raises `ValueError`."""
    if isinstance(kind, tuple):
        return any(isdtype(dtype, each) for each in kind)
    given = as_dtype(dtype)
    if isinstance(kind, str) and kind in _KINDS:
        return kind_of(given) in _KINDS[kind]
    try:
        return given == as_dtype(kind)
    except TypeError:
        names = ", ".join(f"'{each}'" for each in _KINDS)
        raise ValueError(f"{kind!r} is no kind of dtype; there are {names}, and dtypes") from None


def issubdtype(arg1: Any, arg2: Any) -> builtins.bool:
    """Whether a dtype is one of a class of NumPy's; small floats are `floating`."""
    if isinstance(arg1, type) and issubclass(arg1, np.generic) and arg1.__module__ == "numpy" and _is_class(arg1):
        return np.issubdtype(arg1, arg2)
    given = dtype_of(arg1)
    if _is_class(arg2):
        abstract = np.floating if is_float(given) else given.type
        return issubclass(abstract, arg2)
    return given == as_dtype(arg2)


def _is_class(kind: Any) -> builtins.bool:
    return isinstance(kind, type) and kind in (
        np.generic, np.number, np.integer, np.signedinteger, np.unsignedinteger, np.inexact, np.floating,
        np.complexfloating, np.character, np.flexible,
    )  # fmt: skip


def _pair(operand: Any) -> tuple[DType, builtins.bool]:
    if isinstance(operand, builtins.bool | int | float | complex) and not isinstance(operand, np.generic):
        found = as_array(operand)
        return found.dtype, found.weak_type
    if isinstance(operand, Array):
        return operand.dtype, operand.weak_type
    if isinstance(operand, type) and operand in DEFAULTS:
        return DEFAULTS[operand], operand is not builtins.bool
    return dtype_of(operand), False


def result_type(*args: Any) -> DType:
    """The dtype of an operation of these. Raises `TypeError` where there is none."""
    if not args:
        raise ValueError("result_type needs at least one array or dtype")
    return promote([_pair(operand) for operand in args])[0]


def promote_types(a: Any, b: Any) -> DType:
    """The dtype that two dtypes are promoted to. Raises `TypeError` where there is none."""
    return promote([_pair(a), _pair(b)])[0]


def can_cast(from_: Any, to: Any, casting: Any = "safe") -> builtins.bool:
    """Whether a conversion keeps every value, or is one of another kind of NumPy's `casting`."""
    source, target = dtype_of(from_), as_dtype(to)
    if "V" in (source.kind, target.kind) and casting == "safe":
        try:
            return promote([(source, False), (target, False)])[0] == target
        except TypeError:
            return False
    return np.can_cast(source, target, casting)


def astype(x: Any, dtype: Any, /, *, copy: builtins.bool = True, device: Any = None) -> Array:
    """`x` with elements of `dtype`; floats are rounded to integers towards zero, complex numbers lose the imaginary part.

    Raises `ValueError` for another device than "cpu".
    """
    check_device(device)
    found = cast(as_array(x), as_dtype(dtype))
    return asarray(found, copy=True) if copy and found is x else found


def check_device(device: Any) -> None:
    """Raise `ValueError` unless `device` is the one that there is, or none is named."""
    if device is not None and device != "cpu":
        raise ValueError(f"there is no device {device!r}")


__all__ = [
    "astype",
    "bfloat16",
    "bool",
    "bool_",
    "can_cast",
    "cdouble",
    "character",
    "complex64",
    "complex128",
    "complex_",
    "complexfloating",
    "csingle",
    "double",
    "dtype",
    "finfo",
    "flexible",
    "float8_e3m4",
    "float8_e4m3",
    "float8_e4m3b11fnuz",
    "float8_e4m3fn",
    "float8_e4m3fnuz",
    "float8_e5m2",
    "float8_e5m2fnuz",
    "float8_e8m0fnu",
    "float16",
    "float32",
    "float64",
    "float_",
    "floating",
    "generic",
    "half",
    "iinfo",
    "inexact",
    "int8",
    "int16",
    "int32",
    "int64",
    "int_",
    "integer",
    "isdtype",
    "issubdtype",
    "number",
    "object_",
    "promote_types",
    "result_type",
    "signedinteger",
    "single",
    "uint",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "unsignedinteger",
]  # fmt: skip
