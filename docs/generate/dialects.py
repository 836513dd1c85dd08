"""The page of a dialect: its ops, types and attributes."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any

from docs.generate.examples import examples, prose
from docs.generate.markdown import anchor, code, fence, paragraphs, summary, table
from docs.generate.syntax import syntax
from irc.ir.attributes import Attribute
from irc.ir.operation import Operation
from irc.ods.constraints import Var
from irc.ods.enums import EnumAttr
from irc.ods.fields import Field
from irc.ods.op import Op
from irc.ods.registry import ATTRIBUTES, OPS, TYPES
from irc.text.spelling import attribute_text


def dialect_summary(name: str) -> str:
    """The first paragraph of a dialect's docstring."""
    return summary(importlib.import_module(f"irc.dialects.{name}"))


def dialect_page(name: str) -> str:
    """The page of the dialect `name`."""
    ops = [OPS[op] for op in sorted(OPS) if op.partition(".")[0] == name]
    module = importlib.import_module(f"irc.dialects.{name}")
    lines = [f"# Dialect `{name}`", "", *_spaced(paragraphs(module))]
    lines += [", ".join(f"[{cls.name}]({anchor(cls.name)})" for cls in ops), ""]
    lines += ["## Operations", ""]
    for cls in ops:
        lines += _op(cls)
    lines += _named("Types", "!", name, TYPES)
    lines += _named("Attributes", "#", name, ATTRIBUTES)
    return "\n".join(lines)


def _op(cls: Any) -> list[str]:
    lines = [f"### {cls.name}", "", *_spaced(prose(cls))]
    shown = syntax(cls)
    if shown is not None:
        lines += fence(shown, "text")
    for example in examples(cls):
        lines += fence(example, "mlir")
    lines += table(["field", "kind", "constraint"], [_field(field) for field in cls.layout.fields])
    return lines + _facts(cls)


def _field(field: Field) -> tuple[str, str, str]:
    arity = "" if field.arity == "single" else f"{field.arity} "
    return code(field.name), f"{arity}{field.kind}", _constraint(field)


def _constraint(field: Field) -> str:
    if field.kind == "attribute":
        return "; ".join([_kind_of_attribute(field), *_where_absent(field)])
    if isinstance(field.constraint, Var):
        return f"{field.constraint.description}; type {code(field.constraint.name)}"
    return field.constraint.description if field.constraint is not None else ""


def _kind_of_attribute(field: Field) -> str:
    """What the field's declaration says most exactly: a constraint, or the classes."""
    if field.where is not None:
        return field.where.description
    return " or ".join(code(_attribute_name(cls)) for cls in field.constraint)


def _where_absent(field: Field) -> list[str]:
    if field.absent is not None:
        return [f"{code(attribute_text(field.absent))} if absent"]
    return [f"{code(attribute_text(field.default))} by default"] if isinstance(field.default, Attribute) else []


def _attribute_name(cls: Any) -> str:
    name = vars(cls).get("name", "")
    return f"#{name}" if isinstance(name, str) and "." in name else cls.__name__


def _facts(cls: Any) -> list[str]:
    """What passes may ask: traits, interfaces, what is computed from the declaration."""
    traits = sorted(trait.name for trait in cls.traits)
    interfaces = sorted(base.__name__ for base in cls.__mro__ if _is_interface(base))
    computed = [word for word, member in (("folds", cls.fold), ("infers its result types", cls.infer)) if member]
    facts = (("Traits", [code(t) for t in traits]), ("Interfaces", [code(i) for i in interfaces]), ("It", computed))
    return [
        line for head, found in facts if found for line in (f"{head}: {', '.join(found)}.".replace("It:", "It"), "")
    ]


def _is_interface(base: type) -> bool:
    return issubclass(base, Operation) and not issubclass(base, Op) and base is not Operation


def _named(heading: str, mark: str, dialect: str, found: dict[str, Any]) -> list[str]:
    """The types or attributes of a dialect."""
    classes = [found[name] for name in sorted(found) if name.partition(".")[0] == dialect]
    lines = [f"## {heading}", ""] if classes else []
    for cls in classes:
        lines += [f"### {mark}{cls.name}", "", *_spaced(paragraphs(cls))]
        if issubclass(cls, EnumAttr):
            several = "Any of" if cls.is_set else "One of"
            lines += [f"{several} {_words(cls)}.", ""]
        words: Sequence[Any] = vars(cls).get("enumerations", ())
        lines += table(
            ["enumeration", "", "words"], [(code(each.mnemonic), summary(each), _words(each)) for each in words]
        )
    return lines


def _words(enumeration: type[EnumAttr]) -> str:
    return ", ".join(code(case) for case in enumeration.cases)


def _spaced(texts: list[str]) -> list[str]:
    return [line for text in texts for line in (text, "")]
