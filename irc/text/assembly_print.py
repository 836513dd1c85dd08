"""Compiles an op's assembly format to the Python function that prints it.

Spaces follow the rules of MLIR's format printer: one before each element, none inside brackets and before commas.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from irc.ir.attributes import DenseArrayAttr, IntegerAttr, TypeAttr, UnitAttr
from irc.ir.codegen import define
from irc.ir.symbols import SYMBOL_NAME
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

Print = Callable[[Any, Any], None]

_PRINTERS: dict[Any, Print | None] = {}


def custom_printer(cls: Any) -> Print | None:
    """`print(op, printer)`, which prints what follows the op's name; `None` if the class has no custom form."""
    try:
        return _PRINTERS[cls]
    except KeyError:
        hand_written = getattr(cls, "print", None)
        assembly = getattr(cls, "assembly", None)
        if hand_written is not None:
            found: Print | None = hand_written
        elif assembly is not None:
            found = _Compiler(cls).compile()
        else:
            found = None
        _PRINTERS[cls] = found
        return found


class _Compiler:
    def __init__(self, cls: Any) -> None:
        self.cls = cls
        self.layout: Layout = cls.layout
        self.lines = ["def print(op, p):", "    write = p.write"]
        self.environment: dict[str, Any] = {}
        self.indent = "    "
        self.space, self.punctuation = True, False
        self.mentioned: list[str] = []

    def emit(self, line: str) -> None:
        self.lines.append(self.indent + line)

    def compile(self) -> Print:
        elements = read_format(self.cls.assembly, self.layout)
        self.mentioned = _mentioned(elements)
        self.elements(elements)
        result: Print = define("print", self.lines, self.environment, f"{self.layout.name}.print")
        return result

    def elements(self, elements: tuple[Any, ...]) -> None:
        for element in elements:
            self.element(element)

    def literal(self, text: str) -> None:
        if not text.strip():
            if text:
                self.emit("write(' ')")
            self.space, self.punctuation = False, True
            return
        single = len(text) == 1
        if not single and text != "->":
            before = self.space or not self.punctuation
        elif self.punctuation:
            before = text[0] not in ">)}],"
        else:
            before = text[0] not in "<>(){}[],"
        self.emit(f"write({(' ' if before and self.space else '') + text!r})")
        self.space = not single or text not in "<({["
        self.punctuation = not (text[0] == "_" or text[0].isalpha())

    def gap(self) -> None:
        if self.space or not self.punctuation:
            self.emit("write(' ')")
        self.space, self.punctuation = True, False

    def element(self, element: Any) -> None:
        match element:
            case Literal():
                self.literal(element.text)
            case FieldRef():
                self.field(element.field)
            case TypeOf():
                self.gap()
                self.emit(self.types(element.field))
            case All(what="operands", types=False):
                self.gap()
                self.emit("p.values(op.operands)")
            case All():
                self.gap()
                self.emit(f"p.types([v.type for v in op.{element.what}])")
            case FunctionalType():
                self.gap()
                self.emit(f"p.functional_type({self.side(element.inputs)}, {self.side(element.outputs)})")
            case AttrDict():
                self.emit(f"p.attr_dict(op, {tuple(self.mentioned)!r}, {element.keyword})")
                self.space, self.punctuation = True, False
            case Custom():
                name = f"print_{snake_case(element.name)}"
                self.environment[name] = directive(self.cls, name)
                self.gap()
                self.emit(f"{name}(p, op)")
            case Optional():
                self.optional(element)

    def field(self, field: Field) -> None:
        value = f"op.{field.key}"
        if field.kind == "attribute":
            if field.constraint[0] is UnitAttr:
                return
            self.gap()
            self.emit(self.attribute(field))
            return
        self.gap()
        match field.kind, field.arity:
            case "operand", "variadic":
                self.emit(f"p.values({value})")
            case "operand", _:
                self.emit(f"p.value({value})")
            case "region", _:
                self.emit(f"p.region({value}, bare=False)")
            case _:
                self.emit(f"p.successor({value})")

    def attribute(self, field: Field) -> str:
        cls = field.constraint[0]
        value = f"op.{field.key}"
        if field.name == SYMBOL_NAME:
            return f"p.symbol({value}.value)"
        if len(field.constraint) == 1:
            if cls is TypeAttr:
                return f"p.type({value}.type)"
            if cls is DenseArrayAttr:
                return f"write('[' + ', '.join(map(str, {value}.values)) + ']')"
            if cls is IntegerAttr:
                return f"p.attribute({value}, {field.where is None or field.where.type is None})"
            if issubclass(cls, EnumAttr):
                return f"write({value}.text() if {cls.is_set} else {value}.value)"
        return f"p.attribute({value})"

    def types(self, field: Field) -> str:
        if field.arity == "variadic":
            return f"p.types([v.type for v in op.{field.key}])"
        return f"p.type(op.{field.key}.type)"

    def side(self, side: Field | str) -> str:
        if isinstance(side, str):
            return f"op.{side}"
        return f"op.{side.key}" if side.arity == "variadic" else f"[op.{side.key}]"

    def optional(self, element: Optional) -> None:
        self.emit(f"if {self.present(element.anchor)}:")
        outer, self.indent = self.indent, self.indent + "    "
        state = self.space, self.punctuation
        self.elements(element.elements)
        self.emit("pass")
        self.indent = outer
        if element.alternative:
            self.space, self.punctuation = state
            self.emit("else:")
            self.indent += "    "
            self.elements(element.alternative)
            self.indent = outer
        # What follows must be right whether or not the group was printed.
        self.space, self.punctuation = True, False

    def present(self, anchor: Any) -> str:
        if not isinstance(anchor, FieldRef | TypeOf):
            raise FormatError(f"{self.layout.name}: a group cannot depend on {anchor}")
        field: Field = anchor.field
        if field.kind == "attribute":
            default = field.absent or field.default
            self.environment[f"default_{field.name}"] = default if field.arity == "optional" else None
            return f"op.{field.key} is not default_{field.name}"
        return f"op.{field.key} is not None" if field.arity == "optional" else f"len(op.{field.key})"


def _mentioned(elements: tuple[Any, ...]) -> list[str]:
    """The attributes that the format shows, so that the dictionary does not repeat them."""
    names: list[str] = []
    for element in elements:
        match element:
            case FieldRef(field=field) if field.kind == "attribute":
                names.append(field.name)
            case Custom():
                names += _mentioned(element.arguments)
            case Optional():
                names += _mentioned(element.elements) + _mentioned(element.alternative)
    return names
