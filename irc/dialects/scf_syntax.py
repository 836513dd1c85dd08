"""The hand-written syntax of `scf`'s loops and switches."""

from __future__ import annotations

from typing import Any

from irc.ir.attributes import DenseArrayAttr
from irc.ir.types import Type, index
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter
from irc.text.part_parser import Unresolved


def parse_for(p: OpParser, cls: Any, terminator: Any) -> Any:
    """`%i = %lb to %ub step %s iter_args(%a = %x) -> (t) : bound-type { … }`."""
    stream = p.stream
    induction = p.operand()
    stream.expect("=")
    lower = p.operand()
    stream.expect("to")
    upper = p.operand()
    stream.expect("step")
    step = p.operand()
    names: list[Unresolved] = []
    inits: list[Unresolved] = []
    types: list[Type] = []
    if stream.accept("iter_args"):
        names, inits = parse_assignments(p)
        position = stream.pos
        types = p.optional_arrow_types()
        if len(types) != len(inits):
            raise stream.error(f"expected {len(inits)} types for the iter_args, got {len(types)}", position)
    bound: Type = index
    if stream.accept(":"):
        bound = p.type()
    operands = [p.resolve(value, bound) for value in (lower, upper, step)] + p.resolve_all(inits, types)
    arguments = [(induction, bound), *zip(names, types, strict=True)]
    body = p.region(arguments, implicit_terminator=None if types else terminator)
    return p.build(cls, operands, types, p.attr_dict(), [body])


def parse_assignments(p: OpParser) -> tuple[list[Unresolved], list[Unresolved]]:
    """`(%a = %x, %b = %y)`."""
    names: list[Unresolved] = []
    values: list[Unresolved] = []
    p.stream.expect("(")
    while not p.stream.accept(")"):
        if names:
            p.stream.expect(",")
        names.append(p.operand())
        p.stream.expect("=")
        values.append(p.operand())
    return names, values


def print_assignments(p: OpPrinter, names: Any, values: Any) -> None:
    p("(")
    for i, (name, value) in enumerate(zip(names, values, strict=True)):
        p(", " if i else "")
        p.value(name)
        p(" = ")
        p.value(value)
    p(")")


def print_for(op: Any, p: OpPrinter) -> None:
    p(" ")
    p.value(op.induction_variable)
    p(" = ")
    p.value(op.lower_bound)
    p(" to ")
    p.value(op.upper_bound)
    p(" step ")
    p.value(op.step)
    if op.inits:
        p(" iter_args")
        print_assignments(p, op.carried, op.inits)
        p(" -> (")
        p.types([value.type for value in op.inits])
        p(")")
    if op.lower_bound.type is not index:
        p(" : ")
        p.type(op.lower_bound.type)
    p(" ")
    p.region(op.body, terminator=bool(op.inits))
    p.attr_dict(op)


def parse_while(p: OpParser, cls: Any) -> Any:
    """`(%a = %x) : (t) -> t { … } do { … }`."""
    stream = p.stream
    names: list[Unresolved] = []
    inits: list[Unresolved] = []
    if stream.peek() == "(":
        names, inits = parse_assignments(p)
    stream.expect(":")
    signature = p.function_type()
    operands = p.resolve_all(inits, signature.inputs)
    before = p.region(list(zip(names, signature.inputs, strict=True)))
    stream.expect("do")
    after = p.region(None if stream.tokens[stream.pos + 1][:1] == "^" else [])
    attributes = p.attr_dict_with_keyword()
    return p.build(cls, operands, signature.results, attributes, [before, after])


def print_while(op: Any, p: OpPrinter) -> None:
    if op.inits:
        p(" ")
        print_assignments(p, op.before.entry.arguments, op.inits)
    p(" : ")
    p.functional_type(op.inits, op.results)
    p(" ")
    p.region(op.before)
    p(" do ")
    p.region(op.after, bare=not op.after.entry.arguments)
    p.attr_dict(op, keyword=True)


def parse_index_switch(p: OpParser, cls: Any, terminator: Any) -> Any:
    """`%i {attributes} -> t, t case 0 { … } default { … }`: several types stand without parentheses, unlike elsewhere.

    Only the default may leave out its terminator, where there are no results.
    """
    stream = p.stream
    argument = p.resolve(p.operand(), index)
    attributes = p.attr_dict()
    types = p.types() if stream.accept("->") else []
    values: list[int] = []
    cases = []
    while stream.accept("case"):
        values.append(p.integer())
        cases.append(p.region([]))
    stream.expect("default")
    default = p.region([], implicit_terminator=None if types else terminator)
    attributes["cases"] = DenseArrayAttr.i64(tuple(values))
    return p.build(cls, [argument], types, attributes, [default, *cases])


def print_index_switch(op: Any, p: OpPrinter) -> None:
    p(" ")
    p.value(op.arg)
    p.attr_dict(op, ("cases",))
    explicit = bool(op.results)
    if explicit:
        p(" -> ")
        p.types(result.type for result in op.results)
    for value, region in zip(op.cases.values, op.case_regions, strict=True):
        p(f"\n{p.indent}case {value} ")
        p.region(region)
    p(f"\n{p.indent}default ")
    p.region(op.default_region, terminator=explicit)
