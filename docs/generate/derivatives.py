"""The page of derivative rules, by dialect."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import irc.autodiff.functions
import irc.autodiff.rules
from docs.generate.markdown import code, fence, paragraphs, summary, table
from docs.generate.source import Function, definition, expression, helpers, is_lambda, parameters
from irc.autodiff import forward, reverse, rule
from irc.autodiff.rule import RULES, Rule
from irc.ods.registry import OPS

LOADED = (irc.autodiff.functions, irc.autodiff.rules)
"""Importing these fills the tables."""


def derivatives_page() -> str:
    """How each op is differentiated, or why it is not."""
    lines = ["# Derivatives", ""]
    for text in paragraphs(rule):
        lines += [text, ""] if not text.startswith("    ") else fence(_outdented(text), "python")
    by_dialect: dict[str, dict[Any, Rule]] = {}
    for cls in sorted(RULES, key=lambda cls: cls.name):
        by_dialect.setdefault(cls.name.partition(".")[0], {})[cls] = RULES[cls]
    for dialect, rules in by_dialect.items():
        lines += [f"## {dialect}", "", *_dialect(dialect, rules)]
    lines += ["## Control flow and calls", ""]
    rows = [(code(cls.name), summary(sys.modules[special.__module__])) for cls, special in reverse.BACKWARD.items()]
    lines += table(["op", "adjoint"], sorted(rows))
    rows = [(code(cls.name), summary(sys.modules[special.__module__])) for cls, special in forward.TANGENTS.items()]
    return "\n".join(lines + table(["op", "tangents"], sorted(rows)))


def _outdented(text: str) -> str:
    return "\n".join(line.removeprefix("    ") for line in text.split("\n"))


def _dialect(dialect: str, rules: dict[Any, Rule]) -> list[str]:
    formulas = [(cls, found) for cls, found in rules.items() if found.vjp is not None]
    rows = [row for cls, found in formulas for row in _formulas(cls, found)]
    lines = table(["op", "rule", "operand", "formula"], rows)
    used = [formula for _, found in formulas for formula in found.formulas if callable(formula)]
    for module in _modules(used):
        for function in helpers(used, module):
            lines += fence(definition(function), "python")
    lines += table(
        ["op", "why it has no derivative"],
        [(code(cls.name), found.reason) for cls, found in rules.items() if found.vjp is None],
    )
    special = {cls.name for cls in reverse.BACKWARD}
    known = {cls.name for cls in rules} | special
    missing = [name for name in sorted(OPS) if name.partition(".")[0] == dialect and name not in known]
    if missing:
        lines += [f"Without a rule, so that a derivative through it is an error: {', '.join(map(code, missing))}.", ""]
    return lines


def _formulas(cls: Any, found: Rule) -> list[tuple[str, str, str, str]]:
    """A row for each operand, or a single one where a function gives all cotangents."""
    if found.kind in ("custom", "transpose"):
        return [(code(cls.name), found.kind, "all", code(found.formulas[0].__name__))]
    names = [field.name for field in cls.layout.operands]
    return [
        (code(cls.name), found.kind, code(name), _formula(formula) if formula is not None else "constant")
        for name, formula in zip(names, found.formulas, strict=False)
    ]


def _formula(formula: Function | float) -> str:
    if not callable(formula):
        return code(str(formula))
    text = expression(formula)
    return code(f"{', '.join(parameters(formula))}: {text}" if is_lambda(formula) else text)


def _modules(functions: list[Function]) -> list[ModuleType]:
    return [sys.modules[name] for name in sorted({function.__module__ for function in functions})]
