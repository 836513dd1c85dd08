"""What the parsers call that are compiled from assembly formats."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from irc.ir.attributes import DenseArrayAttr, IntegerAttr, StringAttr, TypeAttr, unit
from irc.ir.diagnostic import VerifyError, error
from irc.ir.types import InvalidTypeError, f32, i1, i32
from irc.ir.value import Result
from irc.ods.enums import EnumAttr
from irc.ods.layout import OPERAND_SEGMENTS
from irc.text.lexer import describe
from irc.text.strings import unquote


def _single(p: Any, types: tuple[Any, ...]) -> Any:
    if len(types) != 1:
        raise p.stream.error(f"expected one type, got {len(types)}")
    return types[0]


def _checked(p: Any, attribute: Any, classes: tuple[type, ...]) -> Any:
    if not isinstance(attribute, classes):
        expected = " or ".join(cls.__name__ for cls in classes)
        raise p.stream.error(f"expected an attribute of kind {expected}, got '{attribute}'", p.stream.pos - 1)
    return attribute


def parse_enum(p: Any, cls: type[EnumAttr]) -> EnumAttr:
    """A word of `cls`, or several of a set in brackets."""
    position = p.stream.pos
    try:
        return cls.parse(p.stream) if cls.is_set else cls(p.enumerator())
    except ValueError as problem:
        raise p.stream.error(str(problem), position) from None


def _string(p: Any) -> StringAttr:
    """`"text"`, without a type."""
    position = p.stream.pos
    token = p.stream.next()
    if token[:1] != '"':
        raise p.stream.error(f"expected a string, got {describe(token)}", position)
    return StringAttr(unquote(p.stream, token, position))


def _number(p: Any, type: Any) -> Any:
    """An integer without a type, or `true` and `false`."""
    return _checked(p, p.attribute(), (IntegerAttr,)) if type is i1 else p.integer_attribute(type)


def _split(p: Any, cls: Any, properties: tuple[Any, ...], extra: dict[str, Any]) -> tuple[tuple[Any, ...], Any]:
    """Move the entries of an attribute dictionary that the op declares to its properties."""
    names = cls.layout.property_names
    changed = list(properties)
    rest = {}
    for key, value in extra.items():
        if key in names and key != OPERAND_SEGMENTS:
            changed[names.index(key)] = value
        else:
            rest[key] = value
    return tuple(changed), rest


def _infer(p: Any, op: Any, verify_inputs: Callable[[Any], None]) -> None:
    """Give `op` its results, from what has been checked."""
    try:
        verify_inputs(op)
    except VerifyError as problem:
        op.drop_uses_and_erase()
        raise error(op.location, f"'{op.name}' op {problem.message}") from None
    try:
        op.results = tuple([Result(type, op, i) for i, type in enumerate(op.infer())])
    except (VerifyError, InvalidTypeError) as problem:
        op.drop_uses_and_erase()
        raise p.stream.error(f"'{op.name}' op {problem}", p.stream.pos - 1) from None


HELPERS: dict[str, Any] = {
    "single": _single, "checked": _checked, "enum": parse_enum, "number": _number, "split": _split, "infer": _infer,
    "string": _string,
    "TypeAttr": TypeAttr, "StringAttr": StringAttr, "DenseArrayAttr": DenseArrayAttr, "unit": unit,
    "i32": i32, "f32": f32,
}  # fmt: skip
"""The names under which compiled code knows them."""
