"""MLIR's generic form: `%r = "dialect.op"(%a)[^bb1] <{p = 1}> ({ … }) {a} : (t) -> t`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from irc.ir import traits as t
from irc.ir.attributes import Attribute
from irc.ir.block import Block
from irc.ir.location import Location
from irc.ir.operation import NO_ATTRIBUTES, Operation, UnregisteredOp
from irc.ir.region import Region
from irc.ods.layout import OPERAND_SEGMENTS
from irc.ods.registry import allows_unknown_operations, lookup_op
from irc.text.attributes import parse_optional_attribute_dict

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser


def parse_generic(p: OpParser, name: str, location: Location) -> Operation:
    """The operation `name`, whose quoted name has been consumed."""
    stream = p.stream
    position = stream.pos - 1
    cls = lookup_op(name)
    if not name:
        raise stream.error("empty operation name is invalid", position)
    dialect = name.partition(".")[0] if "." in name else ""
    if cls is None and not (stream.allow_unregistered and allows_unknown_operations(dialect)):
        problem = p.unknown_op(name, position)
        raise problem
    operands = p.operand_list("(", ")")
    successors: list[Block] = []
    if stream.accept("["):
        successors.append(p.successor())
        while not stream.accept("]"):
            stream.expect(",")
            successors.append(p.successor())
    properties: dict[str, Attribute] = {}
    if stream.accept("<"):
        properties = parse_optional_attribute_dict(stream)
        stream.expect(">")
    isolated = cls is not None and t.IsolatedFromAbove in cls.traits
    regions = _regions(p, isolated) if stream.peek() == "(" else []
    attributes = p.attr_dict()
    stream.expect(":")
    signature = p.function_type()
    if len(signature.inputs) != len(operands):
        raise stream.error(f"expected {len(operands)} operand types, but had {len(signature.inputs)}")
    values = p.resolve_all(operands, signature.inputs)
    if cls is None:
        return UnregisteredOp.of(
            name, tuple(properties), operands=values, result_types=signature.results,
            properties=tuple(properties.values()), attributes=attributes or NO_ATTRIBUTES, successors=successors,
            regions=regions, location=location,
        )  # fmt: skip
    names = cls.layout.property_names
    unknown = next((key for key in properties if key not in names), None)
    if unknown is not None:
        raise stream.error(f"'{name}' op has no property '{unknown}'", position)
    if OPERAND_SEGMENTS in names and OPERAND_SEGMENTS not in {*properties, *attributes}:
        raise stream.error(f"'{name}' op requires attribute '{OPERAND_SEGMENTS}'", position)
    for key in cls.derived_attributes:
        attributes.pop(key, None)
    p.location = location
    op: Operation = p.build(cls, values, signature.results, {**attributes, **properties}, regions, successors)
    return op


def _regions(p: OpParser, isolated: bool) -> list[Region]:
    """`({ … }, { … })`."""
    p.stream.expect("(")
    regions = [p.region(isolated=isolated)]
    while p.stream.accept(","):
        regions.append(p.region(isolated=isolated))
    p.stream.expect(")")
    return regions
