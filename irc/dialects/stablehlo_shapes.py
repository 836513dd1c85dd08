"""Which tensor types agree, and the type that several agree on: what shape inference in `stablehlo` is built from.

A size is a number, or unknown (`None`) with or without a bound. Types are compatible if some tensor has both.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from irc.dialects._shape_checks import same_shape
from irc.dialects.stablehlo_bounds import bounded, bounds_of
from irc.dialects.stablehlo_types import FutureType, is_quantized
from irc.ir.attributes import DenseElementsAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.element_bytes import all_elements
from irc.ir.types import Dimension, Shape, TensorType, TupleType, Type
from irc.ir.value import Value
from irc.rewrite.constants import constant_value


class Dim(NamedTuple):
    """A size and, where it is unknown, its bound."""

    size: Dimension
    bound: Dimension = None

    @property
    def limit(self) -> Dimension:
        """The largest value that is possible, if that is known."""
        return self.bound if self.size is None else self.size


UNKNOWN = Dim(None)


def tensor(value: Value) -> TensorType:
    """The type of a value whose constraint has made sure that it is a ranked tensor."""
    type = value.type
    if not isinstance(type, TensorType):
        raise VerifyError(f"expected a ranked tensor, got '{type}'")
    return type


def shape(value: Value) -> Shape:
    """The sizes of a tensor."""
    return tensor(value).shape


def dims(type: TensorType) -> list[Dim]:
    """The sizes with their bounds."""
    return [Dim(size, bound) for size, bound in zip(type.shape, bounds_of(type), strict=True)]


def of_dims(sizes: Sequence[Dim], element: Type) -> TensorType:
    """The tensor type with the given sizes and bounds."""
    return bounded(tuple(dim.size for dim in sizes), element, [dim.bound for dim in sizes])


def _agree(a: Dim, b: Dim) -> bool:
    if a.size is not None and b.size is not None:
        return a.size == b.size
    if a.size is not None:
        return b.bound is None or a.size <= b.bound
    if b.size is not None:
        return a.bound is None or b.size <= a.bound
    return True


def same_element(a: Type, b: Type) -> bool:
    """Whether two element types are the same; quantized ones are compared by what they store only."""
    if is_quantized(a) and is_quantized(b):
        return _storage(a) == _storage(b)
    return a is b


def _storage(type: Type) -> str:
    return str(type).partition(":")[0]


def compatible(a: Type, b: Type) -> bool:
    """Whether a value may have both types."""
    if a is b:
        return True
    if isinstance(a, TensorType) and isinstance(b, TensorType):
        return same_element(a.element_type, b.element_type) and a.rank == b.rank and all(map(_agree, dims(a), dims(b)))
    if isinstance(a, TupleType | FutureType) and isinstance(b, TupleType | FutureType):
        return a.__class__ is b.__class__ and all_compatible(a.types, b.types)
    return False


def all_compatible(a: Sequence[Type], b: Sequence[Type]) -> bool:
    """Whether two lists of types agree, one by one."""
    return len(a) == len(b) and all(map(compatible, a, b))


def _smaller(a: Dimension, b: Dimension) -> Dimension:
    return b if a is None else a if b is None else min(a, b)


def most_specific(types: Sequence[Type]) -> Type:
    """What all types together say: sizes that one of them knows, else the smallest bound."""
    first = types[0]
    if not isinstance(first, TensorType) or all(type is first for type in types):
        return first
    merged = dims(first)
    for type in types[1:]:
        if isinstance(type, TensorType) and type.rank == first.rank:
            merged = [
                Dim(b.size if a.size is None else a.size, _smaller(a.bound, b.bound))
                for a, b in zip(merged, dims(type), strict=True)
            ]
    return of_dims(merged, first.element_type)


def least_specific(types: Sequence[Type]) -> Type:
    """What one of several types may be: a size is known if all agree on it, else bounded if all are."""
    first = types[0]
    if not isinstance(first, TensorType) or all(type is first for type in types):
        return first
    tensors = [type for type in types if isinstance(type, TensorType)]
    merged = []
    for each in zip(*map(dims, tensors), strict=True):
        sizes = {dim.size for dim in each}
        limits = [dim.limit for dim in each]
        known = [limit for limit in limits if limit is not None]
        merged.append(Dim(sizes.pop()) if len(sizes) == 1 and None not in sizes else
                      Dim(None, max(known) if len(known) == len(limits) else None))  # fmt: skip
    return of_dims(merged, first.element_type)


def require_same_shapes(values: Sequence[Value], message: str) -> None:
    """Raise unless the shapes of all tensors may be the same."""
    shapes = [value.type.shape for value in values if isinstance(value.type, TensorType)]
    if any(not same_shape(shapes[0], other) for other in shapes[1:]):
        raise VerifyError(message)


def types_text(types: Sequence[Type]) -> str:
    """`'tensor<2xf32>', 'tensor<f32>'` as messages list types."""
    return ", ".join(f"'{type}'" for type in types)


def in_range(values: Sequence[int], end: int) -> bool:
    """Whether all values are dimensions of something of rank `end`."""
    return all(0 <= value < end for value in values)


def constant_integers(value: Value) -> list[int] | None:
    """The elements of a constant of integers, row by row; `None` if the value is none."""
    return elements(constant_value(value))


def elements(attribute: object) -> list[int] | None:
    """The elements of a dense attribute of integers, row by row."""
    if not isinstance(attribute, DenseElementsAttr):
        return None
    found: list[int] = all_elements(attribute)
    return found
