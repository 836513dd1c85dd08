"""Buffers that come with a kernel, as arguments of its region: `workgroup(%a : t) private(%b : t)`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from irc.dialects._signatures import print_dictionary
from irc.dialects.gpu_attributes import AddressSpace
from irc.ir.attributes import ArrayAttr, Attribute, IntegerAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.location import Location
from irc.ir.operation import Operation
from irc.ir.types import MemRefType, Type, i64
from irc.ir.value import BlockArgument
from irc.text.attributes import parse_optional_attribute_dict

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter
    from irc.text.part_parser import Unresolved

WORKGROUP_ATTRIBUTIONS = "workgroup_attributions"
"""The attribute that says how many of the buffers are those of the workgroup; the others are private."""

KEYWORDS = ("workgroup", "private")


def workgroup_attributions(op: Operation) -> int:
    """How many buffers of the workgroup a kernel has."""
    count = op.attributes.get(WORKGROUP_ATTRIBUTIONS)
    return count.value if isinstance(count, IntegerAttr) else 0


def states_attributions(op: Operation) -> bool:
    """Whether a kernel has a body, and says how many buffers of the workgroup it has, as the custom form always does."""
    count = op.attributes.get(WORKGROUP_ATTRIBUTIONS)
    return not op.regions[0].is_empty and isinstance(count, IntegerAttr) and count.type is i64


@dataclass(frozen=True, slots=True)
class Attributions:
    """The buffers of one kind, as they are read."""

    arguments: Sequence[tuple[Unresolved, Type]]
    locations: Sequence[Location]
    attributes: Sequence[dict[str, Attribute]]


def parse_attributions(p: OpParser, keyword: str, with_attributes: bool) -> Attributions:
    """`keyword(%a : t {attributes} loc(…), …)`, or nothing."""
    stream = p.stream
    arguments: list[tuple[Unresolved, Type]] = []
    locations: list[Location] = []
    attributes: list[dict[str, Attribute]] = []
    if stream.accept(keyword):
        stream.expect("(")
        while not stream.accept(")"):
            if arguments:
                stream.expect(",")
            name = p.operand()
            stream.expect(":")
            arguments.append((name, p.type()))
            attributes.append(parse_optional_attribute_dict(stream) if with_attributes else {})
            locations.append(p.argument_location(name))
    return Attributions(arguments, locations, attributes)


def print_attributions(
    p: OpPrinter, keyword: str, buffers: Sequence[BlockArgument], attributes: ArrayAttr | None = None
) -> None:
    """What `parse_attributions` reads, with a space before it."""
    if not buffers:
        return
    p(f" {keyword}(")
    for i, buffer in enumerate(buffers):
        p(", " if i else "")
        p.value(buffer)
        p(" : ")
        p.type(buffer.type)
        print_dictionary(p, attributes, i)
        p(p.origin(buffer))
    p(")")


def verify_attributions(op: Operation, buffers: Sequence[BlockArgument]) -> None:
    """Raise `VerifyError` unless the arguments after those of a kernel itself are buffers in the right memory."""
    count = workgroup_attributions(op)
    if count < 0:
        raise VerifyError(f"attribute '{WORKGROUP_ATTRIBUTIONS}' must not be negative")
    for keyword, group in zip(KEYWORDS, (buffers[:count], buffers[count:]), strict=True):
        for buffer in group:
            type = buffer.type
            if not isinstance(type, MemRefType):
                raise VerifyError("expected memref type in attribution")
            space = type.memory_space
            if isinstance(space, AddressSpace) and space.value != keyword:
                raise VerifyError(f"expected memory space {keyword} in attribution")
