"""Operations on numbers that are known while a program is traced: the sizes, and what is computed from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.ir.attributes import Attribute, DenseElementsAttr, FloatAttr, IntegerAttr, scalar_attr
from irc.ir.dense import dtype_of, from_numpy, to_numpy
from irc.ir.operation import Operation
from irc.ir.traits import ConstantLike, Pure
from irc.ir.types import FloatType, IndexType, IntegerType, TensorType, Type
from irc.tracing.array import ConcreteArray

MOST = 64
"""Elements of what is computed ahead."""


def folded(op: Operation, values: Sequence[Any]) -> Any | None:
    """The result of an operation on integers and arrays, if these are all known and few; else `None`."""
    fold = getattr(op, "fold", None)
    if fold is None or Pure not in op.traits or ConstantLike in op.traits or len(op.results) != 1 or not values:
        return None
    if not _is_few(op.results[0].type):
        return None
    constants = [_attribute(value, operand.type) for value, operand in zip(values, op.operands, strict=True)]
    if None in constants:
        return None
    found = fold(*constants)
    if isinstance(found, IntegerAttr | FloatAttr):
        if isinstance(found.type, IndexType):
            return int(found.value)
        return ConcreteArray(np.asarray(found.value, dtype_of(found.type)))
    return ConcreteArray(np.asarray(to_numpy(found))) if isinstance(found, DenseElementsAttr) else None


def _is_few(type: Type) -> bool:
    if isinstance(type, TensorType):
        return type.has_static_shape and type.num_elements <= MOST
    return isinstance(type, IndexType | IntegerType | FloatType)


def _attribute(value: Any, type: Type) -> Attribute | None:
    """A value of this type as a constant, `None` where it is not known."""
    if isinstance(type, IndexType):
        return scalar_attr(value, type) if isinstance(value, int) else None
    if not isinstance(value, ConcreteArray) or value.size > MOST:
        return None
    if isinstance(type, TensorType):
        return from_numpy(value.data, type) if type.has_static_shape else None
    return scalar_attr(value.data.item(), type) if isinstance(type, IntegerType | FloatType) else None
