"""The pages of rewrite rules, one per theme, which is a file of `irc/rules`."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import fields
from types import ModuleType
from typing import Any

import irc.rules
from docs.generate.markdown import code, fence, paragraphs, summary, table
from docs.generate.source import Function, definition, expression, helpers
from irc.ods.op import Op
from irc.rewrite.pattern import OpPattern, Pattern, Rule, Variable
from irc.rewrite.rules import RuleSet
from irc.text.spelling import attribute_text

_SIDES = ("left", "right", "guard")


def themes() -> list[str]:
    """The names of the files of rules."""
    return sorted(module.name for module in pkgutil.iter_modules(irc.rules.__path__))


def theme_summary(name: str) -> str:
    """The first paragraph of a theme's docstring."""
    return summary(_module(name))


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"irc.rules.{name}")


def rules_page(name: str) -> str:
    """The page of a theme: a section for each of its rule sets and tables of patterns."""
    module = _module(name)
    lines = [f"# Rules: {name.replace('_', ' ')}", ""]
    for text in paragraphs(module):
        lines += [text, ""]
    for key, value in vars(module).items():
        if isinstance(value, RuleSet):
            lines += [f"## {key}", "", *_rule_set(value, module)]
        elif _is_patterns(value):
            lines += [f"## {key}", "", *_patterns(value)]
    return "\n".join(lines)


def _rule_set(rules: RuleSet, module: ModuleType) -> list[str]:
    rows = [(code(name), code(text_of(rule.left)), code(text_of(rule.right)), _when(rule)) for name, rule in
            rules.rules.items()]  # fmt: skip
    lines = table(["rule", "left side", "right side", "when, and what else holds"], rows)
    used: list[Function] = []
    for rule in rules.rules.values():
        used += [side for side in (rule.right, rule.guard) if callable(side)]
    for function in helpers(used, module):
        lines += fence(definition(function), "python")
    return lines


def _when(rule: Rule) -> str:
    """The guard and the marks of a rule: whatever it has beside its sides."""
    guard = [code(expression(rule.guard))] if rule.guard is not None else []
    marks = [(field.name, getattr(rule, field.name)) for field in fields(rule) if field.name not in _SIDES]
    return "; ".join(guard + [f"{name.replace('_', ' ')}: {value}" for name, value in marks if value])


def text_of(side: Any) -> str:
    """A side of a rule as it is written."""
    match side:
        case Variable(name):
            return name
        case OpPattern(cls, operands, attributes):
            parts = [text_of(operand) for operand in operands]
            parts += [f"{key}={_attribute(value)}" for key, value in attributes.items()]
            return f"{cls.name}({', '.join(parts)})"
        case _ if callable(side):
            return expression(side)
        case _:
            return str(side)


def _attribute(value: Any) -> str:
    return text_of(value) if isinstance(value, Pattern) else attribute_text(value)


def _is_patterns(value: Any) -> bool:
    """Whether `value` is a table of patterns: from classes of ops to lists of functions."""
    return isinstance(value, dict) and bool(value) and all(
        isinstance(key, type) and issubclass(key, Op) and isinstance(rules, list) for key, rules in value.items()
    )  # fmt: skip


def _patterns(patterns: dict[Any, list[Function]]) -> list[str]:
    return table(
        ["rule", "root", "what it does"],
        [
            (code(rule.__name__), code(getattr(cls, "name", cls.__name__)), summary(rule))
            for cls, rules in patterns.items()
            for rule in rules
        ],
    )
