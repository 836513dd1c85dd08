"""The signatures of functions: `(%a: t {attributes} loc(…), …) -> (t {attributes}, …)`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from irc.ir.attributes import ArrayAttr, Attribute, DictionaryAttr, TypeAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.location import Location
from irc.ir.operation import Operation
from irc.ir.types import FunctionType, Type
from irc.ir.value import BlockArgument
from irc.text.attributes import parse_optional_attribute_dict

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter

NOTHING = DictionaryAttr(())


class HasSignature(Operation):
    """Interface of functions: `function_type` is their type, as the verifiers check."""

    __slots__ = ()

    function_type: TypeAttr

    @property
    def signature(self) -> FunctionType:
        """The type of the function."""
        type = self.function_type.type
        assert isinstance(type, FunctionType)
        return type


Dictionaries = Sequence[dict[str, Attribute]]


def parse_arguments(p: OpParser) -> tuple[list[int], list[Type], list[dict[str, Attribute]], list[Location]]:
    """`(%a: t {attributes} loc(…), …)`, or types alone in a declaration."""
    stream = p.stream
    names: list[int] = []
    types: list[Type] = []
    attributes: list[dict[str, Attribute]] = []
    locations: list[Location] = []
    stream.expect("(")
    while not stream.accept(")"):
        if types:
            stream.expect(",")
        position = stream.pos
        named = stream.peek()[:1] == "%"
        if types and named != bool(names):
            raise stream.error("expected type instead of SSA identifier" if named else "expected SSA identifier")
        if named:
            names.append(p.operand())
            stream.expect(":")
        types.append(p.type())
        attributes.append(parse_optional_attribute_dict(stream))
        locations.append(p.argument_location(position))
    return names, types, attributes, locations


def parse_results(p: OpParser) -> tuple[list[Type], list[dict[str, Attribute]]]:
    """`-> t` or `-> (t {attributes}, …)`, possibly nothing."""
    stream = p.stream
    if not stream.accept("->"):
        return [], []
    if stream.peek() != "(":
        return [p.type()], [{}]
    types: list[Type] = []
    attributes: list[dict[str, Attribute]] = []
    stream.expect("(")
    while not stream.accept(")"):
        if types:
            stream.expect(",")
        types.append(p.type())
        attributes.append(parse_optional_attribute_dict(stream))
    return types, attributes


def signature_attributes(arguments: Dictionaries, results: Dictionaries) -> dict[str, Attribute]:
    """`arg_attrs` and `res_attrs`, where there are any."""
    found: dict[str, Attribute] = {}
    for name, entries in (("arg_attrs", arguments), ("res_attrs", results)):
        if any(entries):
            found[name] = dictionaries(entries)
    return found


_INFERRED = ("sym_name", "sym_visibility", "function_type")
"""What the syntax of a function alone says, even by leaving it out."""


def parse_function_attributes(p: OpParser, given: dict[str, Attribute]) -> dict[str, Attribute]:
    """`given` and what `attributes {…}` adds to it."""
    position = p.stream.pos
    attributes = p.more_attributes(
        {name: entry for name, entry in given.items() if name not in _INFERRED}, keyword=True
    )
    for name in _INFERRED:
        if name in attributes:
            what = "is an inferred attribute and should not be specified in the explicit attribute dictionary"
            raise p.stream.error(f"'{name}' {what}", position)
    return {**given, **attributes}


def dictionaries(entries: Dictionaries) -> ArrayAttr:
    """An array with the attributes of each argument or result."""
    return ArrayAttr(tuple(DictionaryAttr.of(entry) for entry in entries))


def check_dictionaries(entries: ArrayAttr | None, count: int, what: str) -> None:
    """Raise `VerifyError` unless there is a dictionary for each argument or result."""
    if entries is None:
        return
    if len(entries.elements) != count:
        raise VerifyError(f"expects an attribute dictionary for each of {count} {what}, got {len(entries.elements)}")
    for entry in entries.elements:
        if not isinstance(entry, DictionaryAttr):
            raise VerifyError(f"expects the attributes of {what} to be dictionaries")
        if any("." not in key for key, _ in entry.entries):
            raise VerifyError(f"{what} may only have dialect attributes")


def print_signature(
    p: OpPrinter,
    type: FunctionType,
    arguments: Sequence[BlockArgument],
    argument_attributes: ArrayAttr | None,
    result_attributes: ArrayAttr | None,
) -> None:
    """What `parse_arguments` and `parse_results` read; without `arguments` a declaration."""
    p("(")
    for i, input in enumerate(type.inputs):
        p(", " if i else "")
        if arguments:
            p.value(arguments[i])
            p(": ")
        p.type(input)
        print_dictionary(p, argument_attributes, i)
        if arguments:
            p(p.origin(arguments[i]))
    p(")")
    if not type.results:
        return
    if result_attributes is None or not any(entry for entry in result_attributes.elements if entry is not NOTHING):
        p.arrow_types(type.results)
        return
    p(" -> (")
    for i, output in enumerate(type.results):
        p(", " if i else "")
        p.type(output)
        print_dictionary(p, result_attributes, i)
    p(")")


def print_dictionary(p: OpPrinter, entries: ArrayAttr | None, index: int) -> None:
    """The attributes of an argument or a result with a space before them, if there are any."""
    entry = entries.elements[index] if entries is not None else None
    if isinstance(entry, DictionaryAttr) and entry.entries:
        p(" ")
        p.dictionary(entry.entries)
