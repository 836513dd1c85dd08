"""Parsing of what stands in an operation: uses of values, successors, types, attributes, names.

A use of a value is an `Unresolved`: the position of its token; `resolve` turns it into the value once the type is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from irc.ir.attributes import Attribute, DenseArrayAttr, IntegerAttr, StringAttr
from irc.ir.block import Block
from irc.ir.diagnostic import DiagnosedError, Diagnostic, error
from irc.ir.location import Location
from irc.ir.operation import NO_ATTRIBUTES
from irc.ir.region import Region
from irc.ir.types import FunctionType, Type
from irc.ir.value import Value
from irc.ods.layout import OPERAND_SEGMENTS
from irc.text.attributes import parse_attribute, parse_optional_attribute_dict, parse_symbol
from irc.text.lexer import TokenStream, describe
from irc.text.numbers import parse_integer, parse_integer_attribute
from irc.text.scopes import Scope
from irc.text.strings import identifier_or_string
from irc.text.types import parse_function_type, parse_optional_type, parse_type

Unresolved = int


class PartParser:
    """The tokens, and the names that are known where the parser stands."""

    __slots__ = ("location", "scope", "stream")

    def __init__(self, stream: TokenStream) -> None:
        self.stream = stream
        self.scope = Scope(None)
        self.location: Location = stream.location()

    # -- operands ----------------------------------------------------------------------------------------------------

    def operand(self) -> Unresolved:
        """`%x` or `%x#1`."""
        stream = self.stream
        position = stream.pos
        token = stream.peek()
        if token[:1] != "%":
            raise stream.error(f"expected SSA operand, got {describe(token)}")
        stream.pos = position + 1
        following = stream.peek()
        if following[:1] == "#" and following[1:].isdecimal():
            stream.pos += 1
        return position

    def optional_operand(self) -> Unresolved | None:
        return self.operand() if self.stream.peek()[:1] == "%" else None

    def operand_list(self, opening: str = "", closing: str = "") -> list[Unresolved]:
        """Operands separated by commas, possibly none, between `opening` and `closing` if these are given."""
        stream = self.stream
        if opening:
            stream.expect(opening)
        operands: list[Unresolved] = []
        if stream.peek()[:1] == "%":
            operands.append(self.operand())
            while stream.accept(","):
                operands.append(self.operand())
        if closing:
            stream.expect(closing)
        return operands

    def resolve(self, operand: Unresolved, type: Type) -> Value:
        """The value named at `operand`, which must have `type`."""
        stream = self.stream
        name = stream.tokens[operand]
        suffix = stream.tokens[operand + 1]
        index = int(suffix[1:]) if suffix[:1] == "#" and suffix[1:].isdecimal() else 0
        values = self.scope.find(name)
        if values is None:
            value = self.scope.placeholder(name, index, type, operand)
        elif index >= len(values):
            raise stream.error(f"reference to invalid result number {index} of '{name}'", operand)
        else:
            value = values[index]
        if value.type is not type:
            raise self.other_type(name, type, value.type, operand, self.scope.place(name, index))
        return value

    def resolve_all(self, operands: Sequence[Unresolved], types: Sequence[Type]) -> list[Value]:
        if len(operands) != len(types):
            position = operands[0] if operands else None
            raise self.stream.error(f"{len(operands)} operands present, but expected {len(types)}", position)
        return [self.resolve(operand, type) for operand, type in zip(operands, types, strict=True)]

    def other_type(
        self, name: str, used: Type, known: Type, position: int, earlier: int | None = None
    ) -> DiagnosedError:
        message = f"use of value '{name}' expects different type than prior uses: '{used}' vs '{known}'"
        return self.stream.error(message, position, self.note("prior use here", earlier))

    def note(self, message: str, position: int | None) -> tuple[Diagnostic, ...]:
        """A note on the token at `position`, none where that is not known."""
        return () if position is None else (Diagnostic(self.stream.location(position), message, "note"),)

    def successor(self) -> Block:
        """`^bb1`."""
        position = self.stream.pos
        name = self.stream.next()
        if name[:1] != "^" or name == "^":
            raise self.stream.error(f"expected a block name, got {describe(name)}", position)
        return self.scope.blocks.setdefault(name, (Block(), position))[0]

    def successor_and_operands(self) -> tuple[Block, list[Value]]:
        """`^bb1(%a, %b : t, t)`."""
        block = self.successor()
        if not self.stream.accept("("):
            return block, []
        operands = self.operand_list()
        self.stream.expect(":")
        types = self.types()
        self.stream.expect(")")
        return block, self.resolve_all(operands, types)

    # -- types, attributes, names ------------------------------------------------------------------------------------

    def type(self) -> Type:
        return parse_type(self.stream)

    def type_of_kind(self, classes: tuple[Any, ...]) -> Any:
        """A type of one of some classes."""
        position = self.stream.pos
        found = parse_type(self.stream)
        if not isinstance(found, classes):
            raise self.stream.error("invalid kind of type specified", position)
        return found

    def types(self) -> list[Type]:
        """Types separated by commas, at least one."""
        types = [parse_type(self.stream)]
        while self.stream.accept(","):
            types.append(parse_type(self.stream))
        return types

    def optional_types(self) -> list[Type]:
        """Types separated by commas, possibly none."""
        first = parse_optional_type(self.stream)
        if first is None:
            return []
        return [first, *self.types()] if self.stream.accept(",") else [first]

    def parenthesized_types(self) -> list[Type]:
        self.stream.expect("(")
        types = self.types() if self.stream.peek() != ")" else []
        self.stream.expect(")")
        return types

    def optional_arrow_types(self) -> list[Type]:
        """`-> t` or `-> (t, t)`; nothing at all for no types."""
        if not self.stream.accept("->"):
            return []
        return self.parenthesized_types() if self.stream.peek() == "(" else [self.type()]

    def function_type(self) -> FunctionType:
        return parse_function_type(self.stream)

    def attribute(self, type: Type | None = None) -> Attribute:
        return parse_attribute(self.stream, type)

    def attr_dict(self) -> dict[str, Attribute]:
        return parse_optional_attribute_dict(self.stream) if self.stream.peek() == "{" else {}

    def attr_dict_with_keyword(self) -> dict[str, Attribute]:
        return parse_optional_attribute_dict(self.stream) if self.stream.accept("attributes") else {}

    def more_attributes(self, given: Mapping[str, Attribute], *, keyword: bool = False) -> dict[str, Attribute]:
        """`given`, which the syntax has stated, and what an attribute dictionary adds; it must not repeat any."""
        further = self.attr_dict_with_keyword() if keyword else self.attr_dict()
        twice = given.keys() & further.keys()
        if twice:
            raise error(self.location, f"attribute '{min(twice)}' occurs more than once in the attribute list")
        return {**given, **further}

    def integer(self, bits: int = 64) -> int:
        """A signed integer of so many bits."""
        return parse_integer(self.stream, bits)

    def integer_attribute(self, type: Type) -> IntegerAttr:
        """An integer that is written without its type."""
        return parse_integer_attribute(self.stream, type)

    def integer_array(self) -> DenseArrayAttr:
        """`[1, 2]`, an `array<i64>`."""
        stream = self.stream
        stream.expect("[")
        values: list[int] = []
        while not stream.accept("]"):
            if values:
                stream.expect(",")
            values.append(self.integer())
        return DenseArrayAttr.i64(tuple(values))

    def keyword(self) -> str:
        return self.stream.identifier("expected a keyword")

    def enumerator(self) -> str:
        """A case of an enumeration: a keyword, or a string as older texts have it."""
        return identifier_or_string(self.stream, "expected a keyword")

    def symbol_name(self) -> StringAttr:
        """`@name`."""
        return StringAttr(parse_symbol(self.stream))

    # -- building ----------------------------------------------------------------------------------------------------

    def build(
        self,
        cls: Any,
        operands: Sequence[Value] = (),
        result_types: Sequence[Type] = (),
        attributes: Mapping[str, Attribute] = NO_ATTRIBUTES,
        regions: Sequence[Region] = (),
        successors: Sequence[Block] = (),
        segments: Sequence[int] | None = None,
    ) -> Any:
        """An op of class `cls`. Attributes that it declares become properties, and defaults are filled in."""
        layout = cls.layout
        if segments is not None:
            attributes = {**attributes, OPERAND_SEGMENTS: DenseArrayAttr.i32(tuple(segments))}
        properties = [
            attributes.get(field.name, field.default if field.arity == "optional" else None)
            for field in layout.attributes
        ]
        if layout.has_segments:
            properties.append(attributes.get(OPERAND_SEGMENTS))
        names = layout.property_names
        discardable = {key: value for key, value in attributes.items() if key not in names} if attributes else None
        return cls.create(
            operands, result_types, tuple(properties), discardable or NO_ATTRIBUTES, successors, regions, self.location
        )
