"""Compiles a rule to a Python function that matches and rewrites: a miss costs one or two comparisons."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from irc.ir.attributes import Attribute, DenseElementsAttr, FloatAttr, IntegerAttr
from irc.ir.codegen import define
from irc.ir.types import FloatType, IntegerType, Type, element_type
from irc.ir.value import Value
from irc.rewrite.constants import materialize
from irc.rewrite.greedy import Pattern as GreedyPattern
from irc.rewrite.greedy import constant_value
from irc.rewrite.pattern import Number, OpPattern, Pattern, Rule, Variable


def compile_matcher(name: str, left: OpPattern, rule: Rule) -> GreedyPattern:
    """The function of one rule: `(op, rewriter) -> bool`."""
    return _Compiler(name, left, rule).compile()


class _Compiler:
    def __init__(self, name: str, left: OpPattern, rule: Rule) -> None:
        self.name, self.left, self.rule = name, left, rule
        self.lines = ["def apply(op, rewriter):"]
        self.environment: dict[str, Any] = {"is_number": is_number, "number": number, "defines": defines}
        self.bound: dict[str, str] = {}
        self.count = 0

    def fresh(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix}{self.count}"

    def constant(self, value: Any) -> str:
        name = self.fresh("k")
        self.environment[name] = value
        return name

    def require(self, condition: str) -> None:
        self.lines += [f"    if not ({condition}):", "        return False"]

    def compile(self) -> GreedyPattern:
        self.operation(self.left, "op")
        if self.rule.guard is not None:
            guard = self.constant(self.rule.guard)
            self.require(f"{guard}({self.arguments(self.rule.guard)})")
        right = self.rule.right
        if callable(right) and not isinstance(right, Pattern):
            self.lines.append(f"    value = {self.constant(right)}({self.arguments(right, rewriter=True)})")
            self.require("value is not None")
        else:
            self.lines.append(f"    value = {self.build(right, root=True)}")
        self.require("value is not None and value.type is op.results[0].type")
        self.lines += ["    rewriter.replace(op, [value])", "    return True"]
        apply: Any = define("apply", self.lines, self.environment, f"rule {self.name}")
        apply.rule_name = self.name
        found: GreedyPattern = apply
        return found

    def arguments(self, function: Callable[..., Any], rewriter: bool = False) -> str:
        known = {**self.bound, "op": "op", **({"rewriter": "rewriter"} if rewriter else {})}
        return ", ".join(known[name] for name in inspect.signature(function).parameters)

    # -- matching ----------------------------------------------------------------------------------------------------

    def operation(self, pattern: OpPattern, op: str) -> None:
        if "into" in pattern.cls.op_fields:
            # An op with a destination writes storage: it stays as it is.
            self.require(f"{op}.into is None")
        for key, value in pattern.attributes.items():
            self.require(f"{op}.{key} is {self.constant(value)}")
        for i, operand in enumerate(pattern.operands):
            self.value(operand, f"{op}.operands[{i}]")

    def value(self, pattern: Pattern | Number, source: str) -> None:
        if isinstance(pattern, Variable):
            if pattern.name in self.bound:
                self.require(f"{source} is {self.bound[pattern.name]}")
            else:
                name = self.fresh("v")
                self.lines.append(f"    {name} = {source}")
                self.bound[pattern.name] = name
        elif isinstance(pattern, OpPattern):
            name = self.fresh("o")
            self.lines.append(f"    {name} = {source}.owner")
            self.require(f"defines({name}, {self.constant(pattern.cls)})")
            self.operation(pattern, name)
        else:
            self.require(f"is_number({source}, {pattern!r})")

    # -- building ----------------------------------------------------------------------------------------------------

    def build(self, pattern: Pattern | Number, root: bool = False) -> str:
        if isinstance(pattern, Variable):
            return self.bound[pattern.name]
        if isinstance(pattern, OpPattern):
            operands = ", ".join(self.build(operand) for operand in pattern.operands)
            keywords = "".join(f", {key}={self.constant(value)}" for key, value in pattern.attributes.items())
            needs_types = root and pattern.cls.infer is None and not _infers(pattern.cls)
            types = ", result_types=[op.results[0].type]" if needs_types else ""
            return f"rewriter.insert({self.constant(pattern.cls)}({operands}{keywords}{types})).results[0]"
        return f"number(op, rewriter, {pattern!r})"


def _infers(cls: Any) -> bool:
    """Whether the constructor finds the result types by itself: the result shares a variable with an operand."""
    result = cls.layout.results[0]
    return any(field.constraint is result.constraint and field.arity == "single" for field in cls.layout.operands)


def defines(owner: Any, cls: Any) -> bool:
    return type(owner) is cls


def is_number(value: Value, expected: Number) -> bool:
    """Whether a value is a constant, scalar or splat, that equals `expected`; the sign of a zero counts."""
    attribute = constant_value(value)
    found = _number(attribute)
    if found is None or found != expected:
        return False
    return found != 0 or str(float(found)) == str(float(expected)) or isinstance(attribute, IntegerAttr)


def _number(attribute: Attribute | None) -> Number | None:
    if isinstance(attribute, IntegerAttr | FloatAttr):
        return attribute.value
    if isinstance(attribute, DenseElementsAttr) and attribute.is_splat:
        from irc.ir.dense import splat_value  # noqa: PLC0415 - NumPy is loaded only where it is needed

        value: Number = splat_value(attribute)
        return value
    return None


def number(op: Any, rewriter: Any, value: Number) -> Value | None:
    """A constant of the type of the result of `op`."""
    type = op.results[0].type
    attribute = _attribute(value, type)
    constant = None if attribute is None else materialize(op, attribute, type)
    return None if constant is None else rewriter.insert(constant).results[0]


def _attribute(value: Number, type: Type) -> Attribute | None:
    if isinstance(type, FloatType):
        return FloatAttr.of(value, type)
    if element_type(type) is type:
        return IntegerAttr(int(value), type) if isinstance(type, IntegerType) else None
    from irc.ir.dense import splat  # noqa: PLC0415 - NumPy is loaded only where it is needed

    return splat(value, type) if type.has_static_shape else None  # type: ignore[attr-defined, arg-type]  # it is shaped
