"""Compiles the rules of one root op to one Python function that matches and rewrites.

The rules become nested conditions, one rule after the other. What every rule starts with, the classes of the operands'
definitions, is read once; so an op that no rule matches costs a comparison or two per rule.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any

from irc.ir.codegen import define
from irc.ir.value import Value
from irc.rewrite.constants import CONSTANT_CLASSES, Number, is_number, materialize, number_attribute
from irc.rewrite.pattern import OpPattern, Pattern, Rule, Variable
from irc.rewrite.rewriter import Rewriter

Matcher = Callable[[Any, Rewriter], "str | None"]
"""Applies the first rule that matches an op; the name of that rule, `None` if there is none."""


def compile_matcher(cls: Any, rules: Sequence[tuple[str, OpPattern, Rule]]) -> Matcher:
    """The function for the rules with root `cls`, in order. Raises `TypeError` for a rule that makes no sense."""
    compiler = _Compiler(cls)
    for name, left, rule in rules:
        compiler.rule(name, left, rule)
    return compiler.finish()


class _Compiler:
    def __init__(self, cls: Any) -> None:
        self.cls = cls
        self.body: list[str] = []
        self.environment: dict[str, Any] = {
            "is_number": is_number, "number": number, "constant_classes": CONSTANT_CLASSES,
        }  # fmt: skip
        self.count = 0
        self.roots: set[int] = set()
        """The operands of the root whose definitions rules look at."""
        self.bound: dict[str, str] = {}
        self.indent = 1
        self.name = ""

    def fresh(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix}{self.count}"

    def constant(self, value: Any) -> str:
        name = self.fresh("k")
        self.environment[name] = value
        return name

    def line(self, text: str) -> None:
        self.body.append("    " * self.indent + text)

    def require(self, condition: str) -> None:
        self.line(f"if {condition}:")
        self.indent += 1

    def finish(self) -> Matcher:
        operands = self.cls.layout.operands
        count = max(self.roots, default=-1) + 1
        lines = ["def match(op, rewriter):"]
        if "into" in self.cls.op_fields:
            # An op with a destination writes storage: it stays as it is.
            single = all(field.arity == "single" or field.name == "into" for field in operands)
            given = f"len(op._operands) != {len(operands) - 1}" if single else "op.into is not None"
            lines += [f"    if {given}:", "        return None"]
        if count:
            lines.append("    operands = op._operands")
        if any(field.arity != "single" for field in operands[:count]) or count > len(operands):
            lines += [f"    if len(operands) < {count}:", "        return None"]
        for i in sorted(self.roots):
            lines += [f"    root{i} = operands[{i}]", f"    class{i} = type(root{i}.owner)"]
        lines += [*self.body, "    return None"]
        found: Matcher = define("match", lines, self.environment, f"rules of {self.cls.name}")
        return found

    def rule(self, name: str, left: OpPattern, rule: Rule) -> None:
        """Add the code of one rule, which returns where it applies and falls through where it does not."""
        self.name, self.bound, self.indent = name, {}, 1
        self.attributes(left, "op")
        # Operands with a structure first: they fail most often.
        order = sorted(range(len(left.operands)), key=lambda i: isinstance(left.operands[i], Variable))
        for i in order:
            self.root_operand(left.operands[i], i)
        if rule.guard is not None:
            self.require(f"{self.constant(rule.guard)}({self.arguments(rule.guard)})")
        right = rule.right
        if isinstance(right, Pattern | int | float):
            self.line(f"value = {self.build(right, root=True)}")
        else:
            self.line(f"value = {self.constant(right)}({self.arguments(right)})")
        self.require("value is not None and value.type is op.results[0].type")
        self.line("rewriter.replace(op, (value,))")
        self.line(f"return {name!r}")

    def arguments(self, function: Callable[..., Any]) -> str:
        known = {**self.bound, "op": "op", "rewriter": "rewriter"}
        names = list(inspect.signature(function).parameters)
        for name in names:
            if name not in known:
                raise TypeError(f"rule '{self.name}': '{name}' is not bound by the left side")
        return ", ".join(known[name] for name in names)

    # -- matching ----------------------------------------------------------------------------------------------------

    def root_operand(self, pattern: Pattern | Number, i: int) -> None:
        self.roots.add(i)
        if isinstance(pattern, Variable):
            self.bind(pattern.name, f"root{i}")
        elif isinstance(pattern, OpPattern):
            self.require(f"class{i} is {self.constant(pattern.cls)}")
            self.operation(pattern, f"root{i}.owner")
        else:
            self.require(f"constant_classes[class{i}] and is_number(root{i}, {pattern!r})")

    def operand(self, pattern: Pattern | Number, source: str) -> None:
        if isinstance(pattern, Variable):
            self.bind(pattern.name, source)
        elif isinstance(pattern, OpPattern):
            self.require(f"type({source}.owner) is {self.constant(pattern.cls)}")
            self.operation(pattern, f"{source}.owner")
        else:
            self.require(f"is_number({source}, {pattern!r})")

    def operation(self, pattern: OpPattern, source: str) -> None:
        """Match an operand's definition, which is known to be of the right class."""
        op = self.fresh("o")
        self.line(f"{op} = {source}")
        if "into" in pattern.cls.op_fields:
            self.require(f"{op}.into is None")
        self.attributes(pattern, op)
        for i, operand in enumerate(pattern.operands):
            self.operand(operand, f"{op}._operands[{i}]")

    def attributes(self, pattern: OpPattern, op: str) -> None:
        for key, value in pattern.attributes.items():
            if key not in pattern.cls.op_fields:
                raise TypeError(f"rule '{self.name}': '{pattern.cls.name}' has no attribute '{key}'")
            if isinstance(value, Variable):
                self.bind(value.name, f"{op}.{key}")
            else:
                self.require(f"{op}.{key} is {self.constant(value)}")

    def bind(self, name: str, source: str) -> None:
        if name in self.bound:
            self.require(f"{source} is {self.bound[name]}")
        elif source.startswith("root"):
            self.bound[name] = source
        else:
            local = self.bound[name] = self.fresh("v")
            self.line(f"{local} = {source}")

    # -- building ----------------------------------------------------------------------------------------------------

    def build(self, pattern: Any, root: bool = False) -> str:
        """The expression for a value of the right side."""
        if isinstance(pattern, Variable):
            if pattern.name not in self.bound:
                raise TypeError(f"rule '{self.name}': '{pattern.name}' is not bound by the left side")
            return self.bound[pattern.name]
        if not isinstance(pattern, OpPattern):
            return f"number(op, rewriter, {pattern!r})"
        parts = [self.build(operand) for operand in pattern.operands]
        given = pattern.attributes
        for field in pattern.cls.layout.attributes:
            if field.key in given:
                value = given[field.key]
                source = self.build(value) if isinstance(value, Variable) else self.constant(value)
                parts.append(f"{field.key}={source}")
            elif pattern.cls is self.cls:
                parts.append(f"{field.key}=op.{field.key}")
        if root and not _finds_type(pattern.cls):
            parts.append("result_types=(op.results[0].type,)")
        return f"rewriter.insert({self.constant(pattern.cls)}({', '.join(parts)})).results[0]"


def _finds_type(cls: Any) -> bool:
    """Whether the constructor finds the result type by itself: by `infer`, or because an operand shares its variable."""
    result = cls.layout.results[0]
    return cls.infer is not None or any(
        field.constraint is result.constraint and field.arity == "single" for field in cls.layout.operands
    )


def number(op: Any, rewriter: Rewriter, value: Number) -> Value | None:
    """A constant of the type of the result of `op`."""
    type = op.results[0].type
    attribute = number_attribute(value, type)
    constant = None if attribute is None else materialize(op, attribute, type)
    return None if constant is None else rewriter.insert(constant).results[0]
