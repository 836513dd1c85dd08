"""Constants of scalar types, complex ones included."""

from __future__ import annotations

import builtins

from irc.dialects import arith, complex
from irc.ir.attributes import ArrayAttr, scalar_attr
from irc.ir.types import ComplexType, Type
from irc.ods.op import Op


def scalar_constant(number: builtins.complex, type: Type) -> Op:
    """A number as a constant of a scalar type: complex, float, integer or index."""
    if not isinstance(type, ComplexType):
        return arith.Constant(scalar_attr(number.real, type))
    parts = (scalar_attr(number.real, type.element_type), scalar_attr(number.imag, type.element_type))
    return complex.Constant(ArrayAttr(parts), result_types=[type])
