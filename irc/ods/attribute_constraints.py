"""Constraints on attributes beyond their class: the type of an integer, the range of its value, the elements of an array."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from irc.ir.attributes import ArrayAttr, Attribute, DenseArrayAttr, DenseElementsAttr, FloatAttr, IntegerAttr
from irc.ir.types import Type, f32, i1, i32, i64, index


@dataclass(frozen=True, slots=True)
class AttrConstraint:
    """A predicate on the attributes of a field, with the words of the error message.

    `type` is the type of a number that the custom form writes without one.
    """

    description: str
    predicate: Callable[[Any], bool]
    type: Type | None = None

    def non_negative(self) -> AttrConstraint:
        """The same, for values that are not negative."""
        return self._confined("non-negative", lambda value: value >= 0)

    def positive(self) -> AttrConstraint:
        """The same, for values above zero."""
        return self._confined("positive", lambda value: value > 0)

    def at_least(self, least: int) -> AttrConstraint:
        """The same, for values that are not below `least`."""
        return self._restricted(f"whose minimum value is {least}", lambda value: value >= least)

    def between(self, least: int, most: int) -> AttrConstraint:
        """The same, for values from `least` to `most`."""
        return self.at_least(least)._restricted(f"whose maximum value is {most}", lambda value: value <= most)

    def _confined(self, what: str, holds: Callable[[int], bool]) -> AttrConstraint:
        return self._restricted(f"whose value is {what}", holds)

    def _restricted(self, how: str, holds: Callable[[int], bool]) -> AttrConstraint:
        return AttrConstraint(f"{self.description} {how}", lambda a: self.predicate(a) and holds(a.value), self.type)


def _number(description: str, cls: type[IntegerAttr] | type[FloatAttr], type: Type) -> AttrConstraint:
    return AttrConstraint(description, lambda a: isinstance(a, cls) and a.type is type, type)


def _array(description: str, element: Type) -> AttrConstraint:
    def holds(attribute: Attribute) -> bool:
        return isinstance(attribute, DenseArrayAttr) and attribute.element_type is element

    return AttrConstraint(description, holds)


Bool = _number("bool attribute", IntegerAttr, i1)
I32 = _number("32-bit signless integer attribute", IntegerAttr, i32)
I64 = _number("64-bit signless integer attribute", IntegerAttr, i64)
Index = _number("index attribute", IntegerAttr, index)
F32 = _number("32-bit float attribute", FloatAttr, f32)
I64Array = _array("i64 dense array attribute", i64)
BoolArray = _array("i1 dense array attribute", i1)


def _elements(attribute: Attribute) -> bool:
    return isinstance(attribute, DenseElementsAttr) and attribute.type.element_type is i64


I64Elements = AttrConstraint("64-bit signless integer elements attribute", _elements)


def _each(description: str, type: Type) -> AttrConstraint:
    def holds(attribute: Attribute) -> bool:
        return isinstance(attribute, ArrayAttr) and all(
            isinstance(each, IntegerAttr) and each.type is type for each in attribute.elements
        )

    return AttrConstraint(description, holds)


I64s = _each("64-bit integer array attribute", i64)
Bools = _each("1-bit boolean array attribute", i1)
