"""What the lowerings of `stablehlo` share: numbers as tensors, tensors as sizes, and types that say more or less of a shape."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

from irc.dialects import arith, nd, tensor
from irc.dialects._amounts import Amount, as_value, index_constant
from irc.dialects.stablehlo_shapes import constant_integers, most_specific
from irc.ir.attributes import DenseArrayAttr
from irc.ir.builder import Builder
from irc.ir.dense import from_numpy
from irc.ir.diagnostic import DiagnosedError, error
from irc.ir.lazy_numpy import np
from irc.ir.operation import Operation
from irc.ir.types import IndexType, IntegerType, Shape, TensorType, Type, i1, i64
from irc.ir.value import Value

Lowering = Callable[[Any, Builder], Value | Sequence[Value]]
"""Writes what computes the results of an op. It raises `DiagnosedError` for what has no meaning here."""


def unsupported(op: Operation, why: str) -> DiagnosedError:
    """The error at an op that is not converted."""
    return error(op.location, f"'{op.name}' {why}")


def typed(value: Value) -> TensorType:
    """The type of a value that is a tensor."""
    type = value.type
    if not isinstance(type, TensorType):
        owner = value.defining_op
        raise error(owner.location, f"'{owner.name}' gives a '{type}', which is no tensor") if owner else AssertionError
    return type


def element_of(value: Value) -> Type:
    return typed(value).element_type


def is_unsigned(type: Type) -> bool:
    """Whether integers of a type have no sign; truth values have none."""
    return isinstance(type, IntegerType) and (type.signedness == "unsigned" or type is i1)


def as_type(b: Builder, value: Value, type: Type) -> Value:
    """The same tensor under a type that knows more or less of its shape."""
    return value if value.type is type else b.insert(tensor.Cast(value, result_types=[type])).result


def agreed(b: Builder, values: Sequence[Value], *others: Value) -> list[Value]:
    """Tensors of one shape under the shape that their types, and those of `others`, tell together."""
    shapes = {typed(value).shape for value in (*values, *others)}
    if len(shapes) == 1:
        return list(values)
    known = most_specific([TensorType(typed(value).shape, i1) for value in (*values, *others)])
    assert isinstance(known, TensorType)
    return [as_type(b, value, TensorType(known.shape, element_of(value))) for value in values]


def constant(b: Builder, number: Any, element: Type) -> Value:
    """A number as a tensor of rank 0."""
    return b.insert(nd.Constant(from_numpy(np.asarray(number), TensorType((), element)))).result


def ints(values: Sequence[int]) -> DenseArrayAttr:
    return DenseArrayAttr.i64(tuple(int(value) for value in values))


# -- sizes -------------------------------------------------------------------------------------------------------------


def size(b: Builder, value: Value, axis: int) -> Amount:
    """The size of a dimension, a number where the type tells it."""
    known = typed(value).shape[axis]
    return known if known is not None else b.insert(tensor.Dim(value, index_constant(b, axis))).result


def sizes(b: Builder, value: Value) -> list[Amount]:
    return [size(b, value, axis) for axis in range(typed(value).rank)]


def open_sizes(b: Builder, shape: Shape, found: Sequence[Amount]) -> list[Value]:
    """Of the sizes of a tensor, those that its type leaves open."""
    return [as_value(b, amount) for known, amount in zip(shape, found, strict=True) if known is None]


def sizes_like(b: Builder, value: Value) -> list[Value]:
    """The sizes of a tensor that its type leaves open."""
    shape = typed(value).shape
    return [as_value(b, size(b, value, axis)) for axis, known in enumerate(shape) if known is None]


def as_index(b: Builder, value: Value) -> Value:
    """An integer tensor of one element, or a signless integer, as an index."""
    if isinstance(value.type, TensorType):
        if is_unsigned(value.type.element_type):
            value = cast_to(b, value, i64)
        made = value.defining_op
        if isinstance(made, tensor.FromElements):
            value = made.elements[0]
        else:
            zeros = [index_constant(b, 0) for _ in range(typed(value).rank)]
            value = b.insert(tensor.Extract(value, zeros)).result
    if isinstance(value.type, IndexType):
        return value
    cast = value.defining_op
    if isinstance(cast, arith.IndexCast) and isinstance(cast.operands[0].type, IndexType):
        return cast.operands[0]
    return b.insert(arith.IndexCast(value, result_types=[IndexType()])).result


def from_index(b: Builder, amount: Amount, element: Type) -> Value:
    """A size as an integer tensor of rank 0."""
    if isinstance(amount, int):
        return constant(b, amount, element)
    signless = i64 if is_unsigned(element) else element
    if not isinstance(element, IndexType):
        amount = b.insert(arith.IndexCast(amount, result_types=[signless])).result
    made = b.insert(tensor.FromElements([amount], result_types=[TensorType((), signless)])).result
    return cast_to(b, made, element)


def listed(b: Builder, x: Value) -> list[Amount]:
    """The elements of a tensor of integers, row by row, as numbers or index values; its sizes are known."""
    known = constant_integers(x)
    if known is not None:
        return list(known)
    type, made = typed(x), x.defining_op
    if isinstance(made, nd.Reshape) and typed(made.x).has_static_shape:
        return listed(b, made.x)
    if isinstance(made, nd.Concat) and not made.axis.value:
        return [amount for part in made.inputs for amount in listed(b, part)]
    if isinstance(made, tensor.FromElements):
        return [as_index(b, element) for element in made.elements]
    if is_unsigned(type.element_type):
        x = cast_to(b, x, i64)
    found: list[Amount] = []
    for place in product(*map(range, type.static_shape)):
        element = b.insert(tensor.Extract(x, [index_constant(b, i) for i in place])).result
        found.append(as_index(b, element))
    return found


def shape_of(b: Builder, vector: Value, type: TensorType) -> list[Amount]:
    """The sizes of a result of this type that a vector gives; a number where the type tells it."""
    if type.has_static_shape:
        return [*type.static_shape]
    given = listed(b, vector)
    return [known if known is not None else amount for known, amount in zip(type.shape, given, strict=True)]


def filled(b: Builder, scalar: Value, like: Value) -> Value:
    """A tensor of rank 0 repeated in the shape of another."""
    type = typed(like)
    if not type.rank:
        return scalar
    wanted = TensorType(type.shape, element_of(scalar))
    return b.insert(nd.BroadcastTo(scalar, sizes_like(b, like), result_types=[wanted])).result


def number_like(b: Builder, number: Any, like: Value) -> Value:
    """A number in the shape and of the type of a tensor."""
    return filled(b, constant(b, number, element_of(like)), like)


def cast_to(b: Builder, value: Value, element: Type) -> Value:
    """The numbers in another type of elements."""
    type = typed(value)
    if type.element_type is element:
        return value
    return b.insert(nd.Cast(value, result_types=[TensorType(type.shape, element)])).result
