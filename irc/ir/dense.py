"""Element types as NumPy dtypes, and dense attributes as NumPy arrays."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from irc.ir.attributes import Attribute, DenseElementsAttr, FloatAttr, IntegerAttr
from irc.ir.diagnostic import TooManyDimensionsError
from irc.ir.lazy_numpy import ml_dtypes, np
from irc.ir.rounding import to_float
from irc.ir.types import ComplexType, FloatType, IndexType, IntegerType, ShapedType, Type, element_type, f32, f64

FLOATS: dict[str, tuple[ModuleType, str]] = {
    "f16": (np, "float16"), "f32": (np, "float32"), "f64": (np, "float64"), "bf16": (ml_dtypes, "bfloat16"),
    "f8E5M2": (ml_dtypes, "float8_e5m2"), "f8E4M3FN": (ml_dtypes, "float8_e4m3fn"),
    "f8E4M3": (ml_dtypes, "float8_e4m3"), "f8E5M2FNUZ": (ml_dtypes, "float8_e5m2fnuz"),
    "f8E4M3FNUZ": (ml_dtypes, "float8_e4m3fnuz"), "f8E4M3B11FNUZ": (ml_dtypes, "float8_e4m3b11fnuz"),
    "f8E3M4": (ml_dtypes, "float8_e3m4"), "f8E8M0FNU": (ml_dtypes, "float8_e8m0fnu"),
    "f6E2M3FN": (ml_dtypes, "float6_e2m3fn"), "f6E3M2FN": (ml_dtypes, "float6_e3m2fn"),
    "f4E2M1FN": (ml_dtypes, "float4_e2m1fn"),
}  # fmt: skip
"""The module that has the scalar type of a kind of floats, and its name there."""


def dtype_of(type: Type) -> np.dtype[Any]:
    """The NumPy dtype of a scalar type; signless integers are signed, `i1` is bool, odd widths take the next size.

    Raises `ValueError` for a type that NumPy has no counterpart of.
    """
    match type:
        case FloatType() if type.kind in FLOATS:
            module, name = FLOATS[type.kind]
            found: np.dtype[Any] = np.dtype(getattr(module, name))
            return found
        case IndexType():
            return np.dtype(np.int64)
        case IntegerType(width=1):
            return np.dtype(np.bool_)
        case IntegerType() if type.width <= 64:
            size = max(8, 1 << (type.width - 1).bit_length())
            return np.dtype(f"{'uint' if type.signedness == 'unsigned' else 'int'}{size}")
        case ComplexType() if type.element_type in (f32, f64):
            return np.dtype(np.complex64 if type.element_type is f32 else np.complex128)
    raise ValueError(f"{type!r} has no NumPy counterpart")


def has_odd_width(type: Type) -> bool:
    """Whether (the elements of) a type are integers that leave bits of their dtype unused.

    Wherever such integers lie in memory, in NumPy's and in that of compiled code, those bits repeat the sign; of unsigned
    ones they are zero.
    """
    element = element_type(type)
    return isinstance(element, IntegerType) and element.width not in (1, 8, 16, 32, 64)


def fit(value: Any, type: Type) -> Any:
    """Integers of the dtype of `type`, reduced modulo two to the width of the type."""
    if not has_odd_width(type):
        return value
    element = element_type(type)
    assert isinstance(element, IntegerType)
    spare = value.dtype.itemsize * 8 - element.width
    return (value << spare) >> spare


def integer_limits(type: Type) -> tuple[int, int]:
    """The least and the greatest number of an integer type or an index."""
    width = type.width if isinstance(type, IntegerType) else 64
    if isinstance(type, IntegerType) and type.signedness == "unsigned":
        return 0, (1 << width) - 1
    return -(1 << width >> 1), (1 << width >> 1) - 1


def float_limits(type: FloatType) -> tuple[float, float]:
    """The least and the greatest number of a float type, which are infinite where the type has infinities."""
    dtype = dtype_of(type)
    with np.errstate(over="ignore", invalid="ignore"):
        greatest = float(dtype.type(np.inf))
    if greatest == np.inf:
        return -np.inf, np.inf
    limits: Any = ml_dtypes.finfo(dtype)  # type: ignore[no-untyped-call]
    return float(limits.min), float(limits.max)


MAX_RANK = 64
"""Dimensions that an array of NumPy has at most."""


def check_rank(type: ShapedType) -> None:
    """Raises `TooManyDimensionsError` where no array of NumPy has the shape of `type`."""
    if type.rank > MAX_RANK:
        raise TooManyDimensionsError(f"NumPy has no arrays of {type.rank} dimensions, only of up to {MAX_RANK}")


def to_numpy(attribute: DenseElementsAttr) -> np.ndarray[Any, Any]:
    """The elements as a read-only array of the attribute's shape (a broadcast view for a splat).

    Raises `TooManyDimensionsError`; `flat_numpy` does not.
    """
    check_rank(attribute.type)
    stored, shape = _stored(attribute), attribute.type.static_shape
    return np.broadcast_to(stored.reshape(()), shape) if attribute.is_splat else stored.reshape(shape)


def flat_numpy(attribute: DenseElementsAttr) -> np.ndarray[Any, Any]:
    """The elements in row-major order as a read-only array of one dimension."""
    stored = _stored(attribute)
    return np.broadcast_to(stored, attribute.type.num_elements) if attribute.is_splat else stored


def _stored(attribute: DenseElementsAttr) -> np.ndarray[Any, Any]:
    """The elements that the attribute has bytes of; Python objects where NumPy has no dtype for them."""
    from irc.ir.element_bytes import elements, has_dtype  # noqa: PLC0415 - it builds on this module

    element = attribute.type.element_type
    if has_dtype(element):
        return np.frombuffer(attribute.data, dtype_of(element))
    found = elements(attribute)
    objects = np.empty(len(found), object)
    for i, each in enumerate(found):
        objects[i] = each
    return objects


def from_numpy(array: Any, type: ShapedType) -> DenseElementsAttr:
    """The dense attribute of the elements of `array`, in row-major order, cast to `type`; if they are all alike, bit for
    bit, it is a splat."""
    from irc.ir.element_bytes import dense, has_dtype  # noqa: PLC0415 - it builds on this module

    if not has_dtype(type.element_type):
        listed = array.reshape(-1).tolist() if isinstance(array, np.ndarray) else array
        return dense(listed if isinstance(listed, list) else [listed], type)
    values = fit(np.asarray(array, dtype_of(type.element_type)), type)
    assert values.size == type.num_elements
    data = values.tobytes()
    size = values.dtype.itemsize
    splat = len(data) > 0 and data == data[:size] * values.size
    return DenseElementsAttr(type, data[:size] if splat else data, splat)


def splat(value: Any, type: ShapedType) -> DenseElementsAttr:
    """The dense attribute with `value` everywhere."""
    from irc.ir.element_bytes import dense, has_dtype  # noqa: PLC0415 - it builds on this module

    if not has_dtype(type.element_type):
        return dense([value], type)
    return DenseElementsAttr(type, fit(dtype_of(type.element_type).type(value), type).tobytes(), True)


def splat_value(attribute: Attribute | None) -> Any:
    """The Python number of a scalar attribute or of a splat, `None` for anything else, as for a splat of floats that no
    Python float may hold."""
    from irc.ir.element_bytes import elements, has_dtype  # noqa: PLC0415 - it builds on this module

    match attribute:
        case IntegerAttr() | FloatAttr():
            return attribute.value
        case DenseElementsAttr(is_splat=True) if not has_dtype(attribute.type.element_type):
            return elements(attribute)[0] if isinstance(attribute.type.element_type, IntegerType) else None
        case DenseElementsAttr(is_splat=True):
            return np.frombuffer(attribute.data, dtype_of(attribute.type.element_type))[0].item()
    return None


def rounded(value: float, type: Type) -> float:
    """`value` as the nearest number of the float type, an infinity where it is too large."""
    with np.errstate(over="ignore"):
        return float(to_float(np.float64(value), dtype_of(type)))
