"""The assembly-format language: how a declared op says what its custom form looks like.

It is the declarative format of MLIR (https://mlir.llvm.org/docs/DefiningDialects/Operations/#declarative-assembly-format):
literals in backquotes, `$field`, `type($field)`, `attr-dict`, optional groups with an anchor. This file reads a format into
elements; `assembly_parse` and `assembly_print` compile the elements into a parser and a printer per op class.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from typing import Any

from irc.ods.fields import Field
from irc.ods.layout import Layout

_TOKEN = re.compile(r"\s*(`[^`]*`|\$\w+|custom<\w+>|[\w-]+|[()?:^,])")


@dataclass(slots=True, eq=False, repr=False)
class Literal:
    """A keyword or punctuation; an empty `text` takes back the space before the next element, a space stands for itself."""

    text: str


@dataclass(slots=True, eq=False, repr=False)
class FieldRef:
    """`$field`."""

    field: Field


@dataclass(slots=True, eq=False, repr=False)
class TypeOf:
    """`type($field)`."""

    field: Field


@dataclass(slots=True, eq=False, repr=False)
class All:
    """`operands`, `successors`, `type(operands)` or `type(results)`: everything of a kind, separated by commas."""

    what: str
    types: bool = False


@dataclass(slots=True, eq=False, repr=False)
class FunctionalType:
    """`functional-type(inputs, outputs)`; each side is a field, or all operands or results."""

    inputs: Field | str
    outputs: Field | str


@dataclass(slots=True, eq=False, repr=False)
class AttrDict:
    """`attr-dict`, or `attr-dict-with-keyword`."""

    keyword: bool


@dataclass(slots=True, eq=False, repr=False)
class Custom:
    """`custom<Name>($a, type($b))`: functions `parse_name` and `print_name` of the op's module."""

    name: str
    arguments: tuple[Any, ...]


@dataclass(slots=True, eq=False, repr=False)
class Optional:
    """`(…)?`, or `(…):(…)?` with an alternative. The anchor decides when it is printed."""

    elements: tuple[Any, ...]
    alternative: tuple[Any, ...]
    anchor: Any


class FormatError(TypeError):
    """The format of an op class is wrong: a mistake in the dialect, found when the op is first parsed or printed."""


def read_format(text: str, layout: Layout) -> tuple[Any, ...]:
    """The elements of the format `text` of the op described by `layout`."""
    elements = _Reader(text, layout).sequence(stop=None)[0]
    if not any(isinstance(element, AttrDict) for element in elements):
        raise FormatError(f"{layout.name}: the format has no attr-dict, so attributes would be lost")
    return elements


class _Reader:
    def __init__(self, text: str, layout: Layout) -> None:
        self.layout = layout
        self.tokens: list[str] = []
        position, stripped = 0, text.rstrip()
        while position < len(stripped):
            match = _TOKEN.match(stripped, position)
            if match is None:
                raise FormatError(f"{layout.name}: cannot read the format at '{stripped[position:]}'")
            self.tokens.append(match.group(1))
            position = match.end()
        self.position = 0

    def next(self, expected: str | None = None) -> str:
        token = self.tokens[self.position] if self.position < len(self.tokens) else ""
        if expected is not None and token != expected:
            raise FormatError(f"{self.layout.name}: expected '{expected}' in the format, got '{token}'")
        self.position += 1
        return token

    def peek(self) -> str:
        return self.tokens[self.position] if self.position < len(self.tokens) else ""

    def sequence(self, stop: str | None) -> tuple[tuple[Any, ...], Any]:
        """Elements up to `stop`, and the one marked as anchor."""
        elements: list[Any] = []
        anchor = None
        while self.position < len(self.tokens) and self.peek() != stop:
            elements.append(self.element())
            if self.peek() == "^":
                self.next()
                anchor = elements[-1]
        if stop is not None:
            self.next(stop)
        return tuple(elements), anchor

    def element(self) -> Any:
        token = self.next()
        if token == "(":
            return self.optional()
        if token.startswith("`"):
            return Literal(token[1:-1].strip() or token[1:-1][:1])
        if token.startswith("$"):
            return FieldRef(self.field(token))
        if token in ("attr-dict", "attr-dict-with-keyword"):
            return AttrDict(token != "attr-dict")
        if token in ("operands", "successors"):
            return All(token)
        if token == "type":
            self.next("(")
            inner = self.next()
            self.next(")")
            return TypeOf(self.field(inner)) if inner.startswith("$") else All(inner, types=True)
        if token == "functional-type":
            self.next("(")
            inputs = self.side()
            self.next(",")
            outputs = self.side()
            self.next(")")
            return FunctionalType(inputs, outputs)
        if token.startswith("custom<"):
            return self.custom(token[len("custom<") : -1])
        raise FormatError(f"{self.layout.name}: unexpected '{token}' in the format")

    def optional(self) -> Optional:
        elements, anchor = self.sequence(")")
        alternative: tuple[Any, ...] = ()
        if self.peek() == ":":
            self.next()
            self.next("(")
            alternative, other = self.sequence(")")
            anchor = anchor if anchor is not None else other
        self.next("?")
        if anchor is None:
            raise FormatError(f"{self.layout.name}: an optional group needs an anchor")
        return Optional(elements, alternative, anchor)

    def custom(self, name: str) -> Custom:
        arguments: list[Any] = []
        self.next("(")
        while self.peek() != ")":
            arguments.append(self.element())
            if self.peek() == ",":
                self.next()
        self.next(")")
        return Custom(name, tuple(arguments))

    def side(self) -> Field | str:
        token = self.next()
        return self.field(token) if token.startswith("$") else token

    def field(self, token: str) -> Field:
        field = self.layout.field(token[1:])
        if field is None:
            raise FormatError(f"{self.layout.name}: the format names an unknown field '{token}'")
        return field


def directive(cls: Any, name: str) -> Any:
    """The function `name` of the module of an op class, or of one of its base classes."""
    for base in cls.__mro__:
        found = getattr(sys.modules[base.__module__], name, None)
        if found is not None:
            return found
    raise FormatError(f"{cls.name}: no function '{name}' for the format")


def snake_case(name: str) -> str:
    """`LoopBounds` as `loop_bounds`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
