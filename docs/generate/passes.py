"""The page of passes."""

from __future__ import annotations

from docs.generate.markdown import anchor, code, paragraphs, table
from irc.passes.base import Pass
from irc.passes.registry import all_passes


def passes_page() -> str:
    """Every pass: what it does, its options, what it counts."""
    lines = ["# Passes", ""]
    lines += [", ".join(f"[{cls.name}]({anchor(cls.name)})" for cls in all_passes()), ""]
    for cls in all_passes():
        lines += _pass(cls)
    return "\n".join(lines)


def _pass(cls: type[Pass]) -> list[str]:
    lines = [f"## {cls.name}", ""]
    for text in paragraphs(cls):
        lines += [text, ""]
    if cls.anchor is not None:
        lines += [f"Runs on {code(cls.anchor)}.", ""]
    lines += table(
        ["option", "default", ""],
        [(code(o.name), code(str(o.default).lower() if isinstance(o.default, bool) else repr(o.default)), o.help)
         for o in cls.options.values()],
    )  # fmt: skip
    return lines + table(["statistic", ""], [(code(name), help) for name, help in cls.statistics.items()])
