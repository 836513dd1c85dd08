"""Field specifiers: how an op class lists its operands, results, attributes, regions and successors.

The class body reads as a dataclass. Type checkers see the constructor through `typing.dataclass_transform`;
`irc.ods.op` turns the fields into the constructor, the verifier and the accessors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from irc.ir.attributes import Attribute
from irc.ods.attribute_constraints import AttrConstraint
from irc.ods.constraints import AnyType, Constraint

FieldKind = Literal["operand", "result", "attribute", "region", "successor"]
Arity = Literal["single", "optional", "variadic"]


class _Required:
    def __repr__(self) -> str:
        return "<required>"


REQUIRED: Any = _Required()


@dataclass(slots=True)
class Field:
    """One field of an op. `constraint` is on types for operands and results, a tuple of classes for attributes."""

    kind: FieldKind
    arity: Arity
    constraint: Any
    default: Any = REQUIRED
    name: str = ""
    """The name in MLIR: of the property, or in the assembly format."""
    key: str = ""
    """The name in Python, which differs where MLIR's is taken: `in_`, `name_`."""
    where: AttrConstraint | None = None
    """What an attribute must satisfy beyond its class."""
    absent: Attribute | None = None
    """What an attribute that is not there means."""


def operand(constraint: Constraint = AnyType, *, default: Any = REQUIRED) -> Any:
    """One operand; with `default=None` an optional one."""
    return Field("operand", "single" if default is REQUIRED else "optional", constraint, default)


def variadic(constraint: Constraint = AnyType, *, default: Any = REQUIRED) -> Any:
    """Any number of operands."""
    return Field("operand", "variadic", constraint, default)


def result(constraint: Constraint = AnyType, *, init: Literal[False] = False) -> Any:
    """One result. Its type comes from a `Var`, from the class's `infer`, or from `result_types=`."""
    return Field("result", "single", constraint)


def optional_result(constraint: Constraint = AnyType, *, init: Literal[False] = False) -> Any:
    """One result or none, as `result_types=` says."""
    return Field("result", "optional", constraint)


def variadic_results(constraint: Constraint = AnyType, *, init: Literal[False] = False) -> Any:
    """Any number of results."""
    return Field("result", "variadic", constraint)


def attribute(
    *classes: type[Attribute],
    default: Any = REQUIRED,
    where: AttrConstraint | None = None,
    absent: Attribute | None = None,
) -> Any:
    """A property of one of the given attribute classes that satisfies `where`; optional where `default` is given
    (`None`: absent).

    With `absent` it is optional too, and reads as that value where it is not there: MLIR's default-valued optional
    attributes, which only the generic form shows once they are written.
    """
    if absent is not None:
        default = None
    arity: Arity = "single" if default is REQUIRED else "optional"
    return Field("attribute", arity, classes or (Attribute,), default, where=where, absent=absent)


def region() -> Any:
    """One region."""
    return Field("region", "single", None)


def variadic_regions() -> Any:
    """Any number of regions."""
    return Field("region", "variadic", None)


def successor() -> Any:
    """One successor block."""
    return Field("successor", "single", None)


def variadic_successors() -> Any:
    """Any number of successor blocks."""
    return Field("successor", "variadic", None)


class Keyword:
    """Marks a keyword of every op's constructor that is no field of the op."""


def keyword(*, default: Any, kw_only: Literal[True] = True) -> Any:
    """A keyword of every op's constructor; `default` is for type checkers, `irc.ods.compile` writes it out."""
    return Keyword()
