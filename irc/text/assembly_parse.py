"""Compiles an op's assembly format to the Python function that parses it.

The generated code keeps uses of values unresolved until the types have been read, then gives each operand the type that
the text states, that a constraint variable ties it to, or that its constraint allows alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from irc.ir.attributes import DenseArrayAttr, IntegerAttr, StringAttr, SymbolRefAttr, TypeAttr, UnitAttr
from irc.ir.codegen import define
from irc.ir.operation import NO_ATTRIBUTES, Operation
from irc.ir.symbols import SYMBOL_NAME
from irc.ir.traits import IsolatedFromAbove
from irc.ods.compile import compile_verify_inputs
from irc.ods.constraints import Var
from irc.ods.enums import EnumAttr
from irc.ods.fields import Field
from irc.ods.layout import Layout
from irc.text.assembly import (
    All,
    AttrDict,
    Custom,
    FieldRef,
    FormatError,
    FunctionalType,
    Literal,
    Optional,
    TypeOf,
    directive,
    read_format,
    snake_case,
)
from irc.text.assembly_helpers import HELPERS

Parse = Callable[[Any], Operation]

_PARSERS: dict[Any, Parse | None] = {}


def custom_parser(cls: Any) -> Parse | None:
    """The function that parses what follows the name of an op of class `cls`; `None` if it has no custom form."""
    try:
        return _PARSERS[cls]
    except KeyError:
        hand_written = getattr(cls, "parse", None)
        if hand_written is not None:
            found: Parse | None = hand_written
        elif cls.assembly is not None:
            found = _Compiler(cls).compile()
        else:
            found = None
        _PARSERS[cls] = found
        return found


class _Compiler:
    def __init__(self, cls: Any) -> None:
        self.cls = cls
        self.layout: Layout = cls.layout
        self.lines: list[str] = ["def parse(p):", "    s = p.stream", "    location = p.location", "    extra = None"]
        self.environment: dict[str, Any] = {"cls": cls, "NO_ATTRIBUTES": NO_ATTRIBUTES, **HELPERS}
        self.typed: set[str] = set()
        self.whole: set[str] = set()
        self.parsed: set[str] = set()
        self.has_list = False
        self.indent = "    "

    def emit(self, line: str) -> None:
        self.lines.append(self.indent + line)

    def compile(self) -> Parse:
        elements = read_format(self.cls.assembly, self.layout)
        for field in self.layout.fields:
            if field.kind == "attribute":
                self.environment[f"d_{field.name}"] = field.default if field.arity == "optional" else None
                self.emit(f"a_{field.name} = d_{field.name}")
            elif field.arity != "single":
                self.emit(f"{self.variable(field)} = {'None' if field.arity == 'optional' else '()'}")
                if field.kind in ("operand", "result"):
                    self.emit(f"t_{field.name} = ()")
        self.elements(elements)
        self.finish()
        parse: Parse = define("parse", self.lines, self.environment, f"{self.layout.name}.parse")
        return parse

    def variable(self, field: Field) -> str:
        return f"{field.kind[0]}_{field.name}"

    # -- elements ----------------------------------------------------------------------------------------------------

    def elements(self, elements: tuple[Any, ...]) -> None:
        for element in elements:
            match element:
                case Literal():
                    if element.text.strip():
                        self.emit(f"s.expect({element.text!r})")
                case FieldRef():
                    self.field(element.field)
                case TypeOf():
                    self.type_of(element.field)
                case All():
                    self.all(element)
                case FunctionalType():
                    self.emit("signature = p.function_type()")
                    self.side(element.inputs, "signature.inputs")
                    self.side(element.outputs, "signature.results")
                case AttrDict():
                    source = "attr_dict_with_keyword" if element.keyword else "attr_dict"
                    self.emit(f"extra = p.{source}()")
                case Custom():
                    self.custom(element)
                case Optional():
                    self.optional(element)

    def field(self, field: Field) -> None:
        name = self.variable(field)
        self.parsed.add(field.name)
        match field.kind, field.arity:
            case "operand", "single":
                self.emit(f"{name} = p.operand()")
            case "operand", "optional":
                self.emit(f"{name} = p.optional_operand()")
            case "operand", "variadic":
                self.emit(f"{name} = p.operand_list()")
            case "attribute", _:
                self.emit(f"a_{field.name} = {self.attribute(field)}")
            case "region", "single":
                self.emit(f"{name} = p.region(isolated={IsolatedFromAbove in self.cls.traits})")
            case "successor", "single":
                self.emit(f"{name} = p.successor()")
            case _:
                raise FormatError(f"{self.layout.name}: a {field.arity} {field.kind} needs hand-written syntax")

    def attribute(self, field: Field) -> str:
        (cls, *others) = field.constraint
        self.environment[f"classes_{field.name}"] = field.constraint
        if others:
            return f"checked(p, p.attribute(), classes_{field.name})"
        self.environment[f"class_{field.name}"] = cls
        if field.name == SYMBOL_NAME:
            return "p.symbol_name()"
        if cls is TypeAttr:
            return "TypeAttr(p.type())"
        if cls is UnitAttr:
            return "unit"
        if cls is StringAttr:
            return "string(p)"
        if cls is DenseArrayAttr:
            return "p.integer_array()"
        if cls is IntegerAttr and field.where is not None:
            self.environment[f"type_{field.name}"] = field.where.type
            return f"number(p, type_{field.name})"
        if issubclass(cls, EnumAttr):
            return f"enum(p, class_{field.name})"
        return f"checked(p, p.attribute(), classes_{field.name})"

    def type_of(self, field: Field) -> None:
        self.typed.add(field.name)
        if field.arity == "variadic":
            types = f"p.types() if {self.variable(field)} else ()" if field.kind == "operand" else "p.optional_types()"
            self.emit(f"t_{field.name} = {types}")
        elif field.kind == "result" and field.arity == "optional":
            self.emit(f"t_{field.name} = ({self.stated(field)},)")
        else:
            self.emit(f"t_{field.name} = {self.stated(field)}")

    def stated(self, field: Field) -> str:
        """The expression for a type that the text states."""
        if not field.constraint.classes:
            return "p.type()"
        self.environment[f"kinds_{field.name}"] = field.constraint.classes
        return f"p.type_of_kind(kinds_{field.name})"

    def all(self, element: All) -> None:
        if element.types:
            self.whole.add(element.what)
            self.emit(f"t_all_{element.what} = p.optional_types()")
        elif element.what == "operands":
            self.has_list = True
            self.emit("all_operands = p.operand_list()")
        else:
            raise FormatError(f"{self.layout.name}: '{element.what}' needs hand-written syntax")

    def side(self, side: Field | str, source: str) -> None:
        if isinstance(side, str):
            self.whole.add(side)
            self.emit(f"t_all_{side} = {source}")
            return
        self.typed.add(side.name)
        if side.arity == "variadic":
            self.emit(f"t_{side.name} = {source}")
        else:
            self.emit(f"t_{side.name} = single(p, {source})")

    def custom(self, element: Custom) -> None:
        """`parse_name(p)` gives the parsed thing of each argument, in order."""
        function = directive(self.cls, f"parse_{snake_case(element.name)}")
        self.environment[f"custom_{element.name}"] = function
        targets = []
        for argument in element.arguments:
            if isinstance(argument, TypeOf):
                self.typed.add(argument.field.name)
                targets.append(f"t_{argument.field.name}")
            else:
                self.parsed.add(argument.field.name)
                targets.append(self.variable(argument.field))
        self.emit(f"{', '.join(targets)}{',' if len(targets) > 1 else ''} = custom_{element.name}(p)")

    def optional(self, element: Optional) -> None:
        # Literals without a word are about spaces, which say nothing here.
        elements = tuple(each for each in element.elements if getattr(each, "text", "word").strip())
        first, *rest = elements
        match first:
            case Literal():
                self.emit(f"if s.accept({first.text!r}):")
                body = tuple(rest)
            case FieldRef() if first.field.kind == "operand":
                self.emit("if s.peek()[:1] == '%':")
                body = elements
            case FieldRef() if first.field.kind == "region":
                self.emit("if s.peek() == '{':")
                body = elements
            case FieldRef() if first.field.constraint[0] is SymbolRefAttr or first.field.name == SYMBOL_NAME:
                self.emit("if s.peek()[:1] == '@':")
                body = elements
            case FieldRef() if issubclass(first.field.constraint[0], EnumAttr):
                self.emit(f"if s.peek() in {first.field.constraint[0].cases!r}:")
                body = elements
            case _:
                raise FormatError(f"{self.layout.name}: an optional group cannot start with {first}")
        outer, self.indent = self.indent, self.indent + "    "
        self.elements(body)
        self.emit("pass")
        self.indent = outer
        if element.alternative:
            self.emit("else:")
            self.indent += "    "
            self.elements(element.alternative)
            self.indent = outer

    # -- putting it together -----------------------------------------------------------------------------------------

    def finish(self) -> None:
        if "operands" in self.whole:
            if not self.has_list:
                self.emit(f"all_operands = [{', '.join(map(self.uses, self.layout.operands))}]")
            self.emit("operands = p.resolve_all(all_operands, t_all_operands)")
        else:
            if self.has_list:
                raise FormatError(f"{self.layout.name}: 'operands' needs 'type(operands)'")
            parts = [self.resolved(field) for field in self.layout.operands]
            self.emit(f"operands = ({''.join(part + ', ' for part in parts)})")
        properties = "".join(f"a_{field.name}, " for field in self.layout.attributes)
        if self.layout.has_segments:
            if self.has_list:
                raise FormatError(f"{self.layout.name}: 'operands' says nothing of the groups")
            sizes = {"single": "1", "optional": "int(o_{0} is not None)", "variadic": "len(o_{0})"}
            counts = "".join(sizes[field.arity].format(field.name) + ", " for field in self.layout.operands)
            properties += f"DenseArrayAttr(i32, ({counts})), "
        self.emit(f"properties = ({properties})")
        self.emit("if extra:")
        self.emit("    properties, extra = split(p, cls, properties, extra)")
        results = self.result_types()
        for field in (*self.layout.regions, *self.layout.successors):
            self.require(field)
        regions = "".join(f"r_{field.name}, " for field in self.layout.regions)
        successors = "".join(f"s_{field.name}, " for field in self.layout.successors)
        self.emit(
            f"op = cls.create(operands, {results or '()'}, properties, extra or NO_ATTRIBUTES, "
            f"({successors}), ({regions}), location)"
        )
        if results is None:
            self.environment["verify_inputs"] = compile_verify_inputs(self.cls)
            self.emit("infer(p, op, verify_inputs)")
        self.emit("return op")

    def uses(self, field: Field) -> str:
        """The unresolved operands of a field, as elements of a list."""
        self.require(field)
        name = f"o_{field.name}"
        return {"single": name, "optional": f"*(() if {name} is None else ({name},))", "variadic": f"*{name}"}[
            field.arity
        ]

    def require(self, field: Field) -> None:
        if field.name not in self.parsed:
            raise FormatError(f"{self.layout.name}: the format does not show the {field.kind} '{field.name}'")

    def resolved(self, field: Field) -> str:
        self.require(field)
        name = f"o_{field.name}"
        if field.arity == "single":
            return f"p.resolve({name}, {self.known_type(field)})"
        if field.arity == "optional":
            return f"*(() if {name} is None else (p.resolve({name}, {self.known_type(field)}),))"
        if field.name in self.typed:
            return f"*p.resolve_all({name}, t_{field.name})"
        return f"*[p.resolve(each, {self.known_type(field)}) for each in {name}]"

    def known_type(self, field: Field) -> str:
        found = self.stated_type(field)
        if found is None:
            raise FormatError(f"{self.layout.name}: nothing in the format gives the type of '{field.name}'")
        return found

    def stated_type(self, field: Field) -> str | None:
        """The expression for the type of one value of `field`."""
        if field.name in self.typed:
            return f"t_{field.name}" + ("[0]" if field.arity == "variadic" else "")
        if field.name in self.cls.types_match:
            source, function = self.cls.types_match[field.name]
            self.environment[f"match_{field.name}"] = function
            stated = self.layout.field(source)
            inner = self.stated_type(stated) if stated is not None else None
            return None if inner is None else f"match_{field.name}({inner})"
        if isinstance(field.constraint, Var):
            for other in self.layout.operands + self.layout.results:
                if other.name in self.typed and other.constraint is field.constraint:
                    return f"t_{other.name}" + ("[0]" if other.arity == "variadic" else "")
        self.environment[f"only_{field.name}"] = only = getattr(field.constraint, "only", None)
        return f"only_{field.name}" if only is not None else None

    def result_types(self) -> str | None:
        """The expression for all result types, `None` where they are inferred from the finished op."""
        if "results" in self.whole:
            return "t_all_results"
        parts: list[str] = []
        for field in self.layout.results:
            if field.arity != "single":
                if field.name not in self.typed:
                    return None
                parts.append(f"*t_{field.name}")
                continue
            stated = self.stated_type(field)
            if stated is None:
                if self.cls.infer is None:
                    raise FormatError(f"{self.layout.name}: nothing in the format gives the type of '{field.name}'")
                return None
            parts.append(stated)
        return f"({''.join(part + ', ' for part in parts)})"
