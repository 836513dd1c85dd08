"""The custom form of an op as a line to read, from its assembly format."""

from __future__ import annotations

import re
from typing import Any

from irc.ir.attributes import DenseArrayAttr, UnitAttr
from irc.ods.enums import EnumAttr
from irc.ods.fields import Field
from irc.ods.layout import Layout
from irc.text.assembly import (
    All,
    AttrDict,
    Custom,
    FieldRef,
    FunctionalType,
    Literal,
    Optional,
    TypeOf,
    read_format,
    snake_case,
)

# A group must not be taken for parentheses of the syntax, nor a missing space for one.
_OPEN, _CLOSE, _GLUE = "\u27e8", "\u27e9", "\u2060"


def syntax(cls: Any) -> str | None:
    """The custom form, or the generic form if there is none; `None` where a custom form is written in Python."""
    results = ", ".join(_value(field) for field in cls.layout.results)
    head = f"{results} = " if results else ""
    if getattr(cls, "print", None) is not None:
        return None
    if cls.assembly is None:
        return _parentheses(f'{head}"{cls.name}"{_generic(cls.layout)}')
    elements = read_format(cls.assembly, cls.layout)
    return _tidy(f"{head}{cls.name} {_sequence(elements, cls.layout)}")


def _generic(layout: Layout) -> str:
    operands = ", ".join(_value(field) for field in layout.operands)
    properties = ", ".join(f"{field.name} = ${field.name}" for field in layout.attributes)
    types = FunctionalType("operands", "results")
    return f"({operands})" + (f" <{{{properties}}}>" if properties else "") + " : " + _element(types, layout)


def _sequence(elements: tuple[Any, ...], layout: Layout) -> str:
    return " ".join(_element(element, layout) for element in elements)


def _element(element: Any, layout: Layout) -> str:
    match element:
        case Literal(text):
            return text or _GLUE
        case FieldRef(field):
            return _printed(field)
        case TypeOf(field):
            return f"type({_value(field)})"
        case All(what, types):
            values = [_value(field) for field in _fields(what, layout)]
            return ", ".join(f"type({value})" for value in values) if types else ", ".join(values)
        case FunctionalType(inputs, outputs):
            results = _types(outputs, layout)
            several = f"{_OPEN}{results}{_CLOSE}" if "," in results or not results else results
            return f"{_OPEN}{_types(inputs, layout)}{_CLOSE} -> {several}"
        case AttrDict(keyword):
            return "attr-dict-with-keyword" if keyword else "attr-dict"
        case Custom(name, arguments):
            names = [_value(a.field) if isinstance(a, FieldRef) else _element(a, layout) for a in arguments]
            return f"{snake_case(name).replace('_', '-')}({', '.join(names)})"
        case Optional(elements, alternative, _):
            other = f" | {_sequence(alternative, layout)}" if alternative else ""
            return f"{_OPEN}{_sequence(elements, layout)}{other}{_CLOSE}?"
        case _:
            raise TypeError(f"no text for {element}")


def _fields(what: str, layout: Layout) -> list[Field]:
    return {"operands": layout.operands, "results": layout.results, "successors": layout.successors}[what]


def _types(side: Field | str, layout: Layout) -> str:
    fields = [side] if isinstance(side, Field) else _fields(side, layout)
    return ", ".join(f"type({_value(field)})" for field in fields)


def _value(field: Field) -> str:
    mark = "%" if field.kind in ("operand", "result") else "$"
    return f"{mark}{field.name}" + ("..." if field.arity == "variadic" else "")


def _printed(field: Field) -> str:
    """A field with what its form always has around it."""
    if field.kind == "attribute" and len(field.constraint) == 1:
        (cls,) = field.constraint
        if cls is UnitAttr:
            return ""  # the keyword before it says all
        if cls is DenseArrayAttr:
            return f"[{_value(field)}]"
        if issubclass(cls, EnumAttr) and cls.is_set:
            return f"<{_value(field)}>"
    return _value(field)


def _tidy(text: str) -> str:
    """Spaces as the printer sets them: none inside brackets, before commas, and between a name and its bracket."""
    text = re.sub(rf" ?{_GLUE} ?", "", text)
    text = re.sub(rf" (?=[,)\]>{_CLOSE}])|(?<=[(\[<{_OPEN}]) ", "", text)
    text = re.sub(r"(?<=[\w.)\]]) (?=[(\[<])", "", text)
    return _parentheses(re.sub(" +", " ", text)).rstrip()


def _parentheses(text: str) -> str:
    return text.replace(_OPEN, "(").replace(_CLOSE, ")")
