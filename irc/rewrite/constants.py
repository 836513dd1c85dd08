"""Constants as numbers and numbers as constants: what folding and rules need to know of them."""

from __future__ import annotations

from typing import Any

from irc.ir import traits as t
from irc.ir.attributes import ArrayAttr, Attribute, DenseElementsAttr, FloatAttr, IntegerAttr, scalar_attr
from irc.ir.dense import from_numpy, splat, splat_value
from irc.ir.operation import Operation
from irc.ir.types import FloatType, IndexType, IntegerType, ShapedType, Type, i1, index
from irc.ir.value import Value
from irc.ods.registry import lookup_op

Number = int | float

_OWN = {"nd": "nd.constant", "stablehlo": "stablehlo.constant", "chlo": "stablehlo.constant"}
"""Dialects whose constants are tensors."""


def materialize(op: Operation, attribute: Attribute, type: Type) -> Operation | None:
    """A constant of `type` for a result of `op`, of the op's own dialect if that has constants for such a value; `None`
    where nothing holds it."""
    constant: Operation
    if attribute.name == "ub.poison" or isinstance(attribute, ArrayAttr):
        name = "complex.constant" if isinstance(attribute, ArrayAttr) else "ub.poison"
        constant = lookup_op(name)(attribute, result_types=[type])
        return constant
    if not isinstance(attribute, DenseElementsAttr | FloatAttr | IntegerAttr) or attribute.type is not type:
        return None
    if op.name.startswith("index."):
        name = {index: "index.constant", i1: "index.bool.constant"}.get(type, "")
        return lookup_op(name)(attribute, result_types=[type]) if name else None
    dense = isinstance(attribute, DenseElementsAttr)
    name = _OWN.get(op.name.partition(".")[0], "arith.constant") if dense else "arith.constant"
    constant = lookup_op(name)(attribute)
    return constant


class _ConstantClasses(dict[type, bool]):
    """Whether the ops of a class are constants, remembered: asked of the owner of every operand of every op."""

    def __missing__(self, cls: type) -> bool:
        found = self[cls] = t.ConstantLike in getattr(cls, "traits", ())
        return found


CONSTANT_CLASSES = _ConstantClasses()


def is_constant(value: Value) -> bool:
    """Whether a value is a constant."""
    return CONSTANT_CLASSES[type(value.owner)]


def constant_value(value: Value) -> Attribute | None:
    """The value of a constant, `None` if it is none."""
    owner: Any = value.owner
    if CONSTANT_CLASSES[type(owner)]:
        found: Attribute = owner.properties[0]
        return found
    return None


def number_of(value: Value) -> Number | None:
    """The number that a value is: a scalar constant or a splat."""
    return scalar(constant_value(value))


def scalar(attribute: Attribute | None) -> Number | None:
    """The number of a scalar or of a splat; `None` for a complex one."""
    if isinstance(attribute, IntegerAttr | FloatAttr):
        return attribute.value
    if isinstance(attribute, DenseElementsAttr) and attribute.is_splat:
        number: Number | complex = splat_value(attribute)
        return None if isinstance(number, complex) else number
    return None


def is_number(value: Value, expected: Number) -> bool:
    """Whether a value is a constant, scalar or splat, that equals `expected`; the sign of a float's zero counts."""
    found = number_of(value)
    if found is None or found != expected:
        return False
    return found != 0 or isinstance(found, int) or str(found) == str(float(expected))


def number_attribute(number: Number, type: Type) -> Attribute | None:
    """The attribute of a number as `type`, which may be shaped; `None` where the type holds no such constant."""
    if isinstance(type, FloatType | IntegerType | IndexType):
        return scalar_attr(number, type)
    if not isinstance(type, ShapedType) or not type.has_static_shape:
        return None
    element = scalar(number_attribute(number, type.element_type))
    if element is None:
        return None
    return splat(element, type) if type.num_elements else from_numpy([], type)
