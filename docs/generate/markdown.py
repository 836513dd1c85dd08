"""Pieces of Markdown."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Sequence
from typing import Any


def paragraphs(documented: Any) -> list[str]:
    """The paragraphs of the docstring of an object, of that itself and not of what it inherits from."""
    text = vars(documented).get("__doc__") if isinstance(documented, type) else documented.__doc__
    return inspect.cleandoc(text).split("\n\n") if text else []


def summary(documented: Any) -> str:
    """The first paragraph of a docstring on one line."""
    found = paragraphs(documented)
    return " ".join(found[0].split()) if found else ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table, with an empty line at the end; nothing where there are no rows."""
    lines = [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
    return [f"| {' | '.join(head)} |", "|---" * len(head) + "|", *lines, ""] if lines else []


def code(text: str) -> str:
    """Inline code; nothing for nothing."""
    return f"`{text}`" if text else ""


def fence(text: str, language: str) -> list[str]:
    """The lines of a block of code, with an empty line at the end."""
    return [f"```{language}", *text.rstrip("\n").split("\n"), "```", ""]


def anchor(heading: str) -> str:
    """The fragment that a heading has on GitHub and GitLab."""
    return "#" + re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
