"""What the exports share: types, numbers, shapes as vectors, and the translation of regions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from irc.dialects import stablehlo as hlo
from irc.ir.attributes import DenseArrayAttr, i64_attr
from irc.ir.block import Block
from irc.ir.builder import Builder
from irc.ir.dense import from_numpy, splat
from irc.ir.diagnostic import DiagnosedError, error
from irc.ir.lazy_numpy import np
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.types import ComplexType, FloatType, FunctionType, IndexType, IntegerType, TensorType, Type, i1, i64
from irc.ir.value import Value


class Export(Protocol):
    """What a rule gets: where it writes, and the new regions of an op."""

    b: Builder

    def region(self, region: Region, types: Sequence[Type] | None = None) -> Region:
        """A region in `stablehlo`, whose arguments have these types if they are given."""

    def block(self, block: Block, arguments: Sequence[Value]) -> list[Value]:
        """The ops of a block where the builder stands; what its terminator hands on."""


Rule = Callable[[Any, Sequence[Value], Export], Value | Sequence[Value]]
"""From an op, its operands in the new program, and the export, to its results there. Raises `DiagnosedError`."""


def no_counterpart(op: Operation, why: str = "has no counterpart in stablehlo") -> DiagnosedError:
    return error(op.location, f"'{op.name}' {why}")


def converted(type: Type) -> Type:
    """A type of a value in `stablehlo`: numbers are tensors of rank 0, indices integers of 64 bits."""
    match type:
        case TensorType(element_type=IndexType()):
            return TensorType(type.shape, i64)
        case IndexType():
            return TensorType((), i64)
        case IntegerType() | FloatType() | ComplexType():
            return TensorType((), type)
        case FunctionType():
            return FunctionType(tuple(map(converted, type.inputs)), tuple(map(converted, type.results)))
    return type


def typed(value: Value) -> TensorType:
    type = value.type
    assert isinstance(type, TensorType)
    return type


def element(value: Value) -> Type:
    return typed(value).element_type


def result_type(op: Operation, i: int = 0) -> TensorType:
    """The type of a result in the new program."""
    type = converted(op.results[i].type)
    assert isinstance(type, TensorType)
    return type


def constant(b: Builder, number: Any, type: TensorType) -> Value:
    """A number everywhere in a tensor of known sizes."""
    return b.insert(hlo.Constant(splat(number, type))).output


def scalar(b: Builder, number: Any, like: Type) -> Value:
    return b.insert(hlo.Constant(from_numpy(np.asarray(number), TensorType((), like)))).output


def number(b: Builder, size: Value | int) -> Value:
    """A size as a tensor of rank 0."""
    return scalar(b, size, i64) if isinstance(size, int) else size


def ints(values: Sequence[int]) -> DenseArrayAttr:
    return DenseArrayAttr.i64(tuple(int(value) for value in values))


def as_vector(b: Builder, numbers: Sequence[Value | int]) -> Value:
    """Numbers, some of which are tensors of rank 0, as a vector."""
    one = TensorType((1,), i64)
    parts = [
        constant(b, n, one) if isinstance(n, int) else b.insert(hlo.Reshape(n, result_types=[one])).result
        for n in numbers
    ]
    if not parts:
        return b.insert(hlo.Constant(from_numpy(np.zeros(0, np.int64), TensorType((0,), i64)))).output
    if len(parts) == 1:
        return parts[0]
    return b.insert(hlo.Concatenate(parts, i64_attr(0))).result


def shape_vector(b: Builder, type: TensorType, dims: Sequence[Value]) -> Value:
    """A shape of which `dims` are the sizes that the type leaves open."""
    rest = iter(dims)
    return as_vector(b, [known if known is not None else next(rest) for known in type.shape])


def broadcast(b: Builder, x: Value, type: TensorType, mapped: Sequence[int], dims: Sequence[Value] = ()) -> Value:
    """The operand repeated: its dimension `i` is `mapped[i]` of the result."""
    if typed(x) is type:
        return x
    if type.has_static_shape:
        return b.insert(hlo.BroadcastInDim(x, ints(mapped), result_types=[type])).result
    made = hlo.DynamicBroadcastInDim(x, shape_vector(b, type, dims), ints(mapped), result_types=[type])
    return b.insert(made).result


def size_of(b: Builder, x: Value, axis: int) -> Value | int:
    """The size of a dimension, a number where the type tells it."""
    known = typed(x).shape[axis]
    if known is not None:
        return known
    found = b.insert(hlo.GetDimensionSize(x, i64_attr(axis))).result
    return b.insert(hlo.Convert(found, result_types=[TensorType((), i64)])).result


def like(b: Builder, number: Any, x: Value) -> Value:
    """A number in the shape and of the type of a tensor."""
    type = typed(x)
    if type.has_static_shape:
        return constant(b, number, type)
    dims = [size for size in (size_of(b, x, axis) for axis in range(type.rank)) if not isinstance(size, int)]
    return broadcast(b, scalar(b, number, type.element_type), type, [], dims)


def is_unsigned(type: Type) -> bool:
    return isinstance(type, IntegerType) and (type.signedness == "unsigned" or type is i1)
