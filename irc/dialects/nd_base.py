"""What `nd` ops share: destinations, sizes of dynamic results, shape checks, constant folding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.ir.attributes import Attribute, DenseArrayAttr, DenseElementsAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import DestinationStyle, FoldResult
from irc.ir.traits import Elementwise
from irc.ir.types import (
    ComplexType,
    FloatType,
    Shape,
    TensorType,
    Type,
    compatible_shapes,
    element_type,
    i1,
    with_element_type,
)
from irc.ir.value import Value
from irc.ods.constraints import Constraint, Tensor, Var, is_a
from irc.ods.op import Op

E = Var("T", Tensor)
"""Operands and result of one tensor type."""
R = Var("R", Tensor)
"""The type of the result, which a destination shares."""

BoolTensor = Constraint(
    "ranked tensor of 1-bit values", lambda type: isinstance(type, TensorType) and type.element_type is i1
)
OrderedTensor = Constraint(
    "ranked tensor of values that have an order, not of complex numbers",
    lambda type: isinstance(type, TensorType) and not isinstance(type.element_type, ComplexType),
)
FloatTensor = Constraint(
    "ranked tensor of floating-point or complex values",
    lambda type: isinstance(type, TensorType) and isinstance(type.element_type, FloatType | ComplexType),
)
RealFloatTensor = Constraint(
    "ranked tensor of floating-point values",
    lambda type: isinstance(type, TensorType) and isinstance(type.element_type, FloatType),
)
NumberTensor = Constraint(
    "ranked tensor of numbers", lambda type: isinstance(type, TensorType) and not BoolTensor.accepts(type)
)
RealTensor = Constraint(
    "ranked tensor of real numbers",
    lambda type: NumberTensor.accepts(type) and OrderedTensor.accepts(type),
)
is_tensor = is_a(TensorType)

MAX_FOLDED_ELEMENTS = 4096
"""Larger constants are left to run time."""


class NdOp(Op, DestinationStyle):
    """Base of ops with an optional destination: `into %s` gives the storage that the result takes over."""

    @property
    def destinations(self) -> Sequence[Value]:
        into: Value | None = getattr(self, "into")  # noqa: B009 - every subclass declares it, after its own operands
        return () if into is None else (into,)

    def forget_destination(self) -> None:
        """Give the result storage of its own. The destination, where there is one, is the last operand."""
        if not self.destinations:
            return
        self.operands = self.operands[:-1]
        if self.layout.has_segments:
            sizes = self.properties[-1]
            assert isinstance(sizes, DenseArrayAttr)
            self.properties = (*self.properties[:-1], DenseArrayAttr.i32((*map(int, sizes.values[:-1]), 0)))

    @property
    def readable_destinations(self) -> int:
        return len(self.operands) if Elementwise in self.traits else 0

    def fold(self, *constants: Attribute | None) -> FoldResult:
        return fold_constants(self, constants)


def fold_constants(op: Any, constants: Sequence[Attribute | None]) -> Attribute | None:
    """The result of an op of constants, computed by the functions that the interpreter uses."""
    type = op.results[0].type
    dense = [constant for constant in constants if isinstance(constant, DenseElementsAttr)]
    given_away = isinstance(op, DestinationStyle) and op.destinations
    if len(dense) != len(constants) or not dense or given_away or not type.has_static_shape:
        return None
    if max(c.type.num_elements for c in dense) > MAX_FOLDED_ELEMENTS or type.num_elements > MAX_FOLDED_ELEMENTS:
        return None
    from irc.dialects import nd_numpy  # noqa: PLC0415 - NumPy is loaded only where it is needed

    return nd_numpy.fold(op, dense)


def tensor_type(value: Value) -> TensorType:
    """The type of a value that a constraint has shown to be a tensor."""
    assert isinstance(value.type, TensorType)
    return value.type


def integers(attribute: DenseArrayAttr) -> tuple[int, ...]:
    return tuple(int(value) for value in attribute.values)


def boolean_like(type: Type) -> Type:
    """The tensor type of the same shape with boolean elements."""
    return TensorType(type.shape, i1) if isinstance(type, TensorType) else type


def real_like(type: Type) -> Type:
    """The tensor type of the parts where the elements are complex; the type itself elsewhere."""
    element = element_type(type)
    return with_element_type(type, element.element_type) if isinstance(element, ComplexType) else type


def check_compatible(result: Type, inferred: Sequence[Type]) -> None:
    """Raise `VerifyError` unless the stated result type and the inferred one can describe the same tensor."""
    (expected,) = inferred
    assert isinstance(result, TensorType) and isinstance(expected, TensorType)
    if result.element_type is not expected.element_type or not compatible_shapes(result.shape, expected.shape):
        raise VerifyError(f"expected result type '{expected}', got '{result}'")


def check_dims(dims: Sequence[Value], type: Type) -> None:
    """Raise `VerifyError` unless there is one size for each `?` of the result type."""
    assert isinstance(type, TensorType)
    if len(dims) != type.num_dynamic_dims:
        raise VerifyError(
            f"expected {type.num_dynamic_dims} sizes for the dynamic dimensions of '{type}', got {len(dims)}"
        )


def check_axes(axes: DenseArrayAttr, rank: int) -> tuple[int, ...]:
    """The axes, which must be ascending and in range."""
    values = integers(axes)
    if any(not 0 <= axis < rank for axis in values):
        raise VerifyError(f"axes {list(values)} are out of range for rank {rank}")
    if list(values) != sorted(set(values)):
        raise VerifyError(f"axes {list(values)} must be ascending and unique")
    return values


def merge(a: int | None, b: int | None, what: str) -> int | None:
    """The size of two that must agree, the static one if there is one."""
    if a is not None and b is not None and a != b:
        raise VerifyError(f"{what}: sizes {a} and {b} differ")
    return b if a is None else a


def broadcast_shapes(a: Shape, b: Shape, what: str) -> Shape:
    """The common shape by NumPy's rule."""
    rank = max(len(a), len(b))
    left: Shape = (1,) * (rank - len(a)) + a
    right: Shape = (1,) * (rank - len(b)) + b
    return tuple(y if x == 1 else x if y == 1 else merge(x, y, what) for x, y in zip(left, right, strict=True))
