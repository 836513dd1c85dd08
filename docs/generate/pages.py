"""All pages of the reference: names and texts."""

from __future__ import annotations

from pathlib import Path

from docs.generate.derivatives import derivatives_page
from docs.generate.dialects import dialect_page, dialect_summary
from docs.generate.passes import passes_page
from docs.generate.rules import rules_page, theme_summary, themes
from irc.ods.registry import all_op_names, known_dialects

FOLDER = Path(__file__).resolve().parents[1] / "reference"
COMMAND = "python -m docs.generate"
NOTE = f"<!-- Written by `{COMMAND}` from the declarations in irc/; do not edit. -->\n\n"


def pages() -> dict[str, str]:
    """The text of each page, by its path below `docs/reference`."""
    all_op_names()  # loads every dialect
    found = {"README.md": _index(), "passes.md": passes_page(), "derivatives.md": derivatives_page()}
    found |= {f"dialects/{name}.md": dialect_page(name) for name in known_dialects()}
    found |= {f"rules/{name}.md": rules_page(name) for name in themes()}
    return {name: NOTE + text.rstrip("\n") + "\n" for name, text in found.items()}


def _index() -> str:
    lines = ["# Reference", "", "## Dialects", ""]
    lines += [f"- [{name}](dialects/{name}.md): {dialect_summary(name)}" for name in known_dialects()]
    lines += ["", "## Passes", "", "- [All passes](passes.md), with their options and statistics", ""]
    lines += ["## Rewrite rules", ""]
    lines += [f"- [{name}](rules/{name}.md): {theme_summary(name)}" for name in themes()]
    lines += ["", "## Derivatives", "", "- [The rule of each op](derivatives.md)", ""]
    lines += ["## How to read the syntax of an op", "", *SYNTAX]
    return "\n".join(lines)


SYNTAX = [
    "- `%x` is an operand or a result, `$x` an attribute, a region or a successor, `...` any number of them;",
    "- `type(%x)` is the type of a value, `attr-dict` a dictionary of further attributes in braces, where there are any;",
    "- `( … )?` may be left out; a name with arguments, such as `ranges($starts, …)`, is a form of its own, which the example",
    "  shows.",
]
