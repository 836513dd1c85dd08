"""The examples in the docstrings of ops.

An example is a paragraph that starts with the results or the name of the op. One that is shared by similar ops stands in the
docstring of their base class, with `{op}` in place of the name.
"""

from __future__ import annotations

from typing import Any

from docs.generate.markdown import paragraphs


def examples(cls: Any) -> list[str]:
    """The examples of an op: its own, or those of the nearest base class that has some."""
    for base in cls.__mro__:
        mine = cls.name if base is cls else "{op}"
        found = [text.replace("{op}", cls.name) for text in paragraphs(base) if _is_example(text, mine)]
        if found:
            return found
    return []


def prose(cls: Any) -> list[str]:
    """The paragraphs of an op's docstring that are no example."""
    return [text for text in paragraphs(cls) if not _is_example(text, cls.name)]


def _is_example(text: str, name: str) -> bool:
    head, equals, tail = text.partition(" = ")
    start = tail if equals and head.startswith("%") else text
    return start.startswith((name, f'"{name}"'))
