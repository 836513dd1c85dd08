"""The two forms of types and attributes that are known by their text alone: `dialect.name<…>` and `dialect<text>`.

What stands behind the point of the first is what the second has in its brackets, so both may mean the same.
"""

from __future__ import annotations

import re

_SHORT = re.compile(r"[A-Za-z][A-Za-z0-9._]*(<.*>)?\Z", re.DOTALL)
"""What may stand behind a point."""
_FORMS = re.compile(r"([^.<]*)(?:\.(.*)|<(.*)>)\Z", re.DOTALL)
_PIECES = re.compile(r'"(?:[^"\\]|\\.)*"|->|[<>]', re.DOTALL)


def canonical_dialect_symbol(text: str) -> str:
    """The form in which `text` is kept and printed: the first one where it can be read again."""
    forms = _FORMS.match(text)
    if forms is None:
        return text
    dialect, behind_point, in_brackets = forms.groups()
    body = behind_point if behind_point is not None else in_brackets
    return f"{dialect}.{body}" if _is_short(body) else f"{dialect}<{body}>"


def _is_short(body: str) -> bool:
    found = _SHORT.match(body)
    if found is None:
        return False
    depth = 0
    for piece in _PIECES.finditer(found.group(1) or ""):
        depth += {"<": 1, ">": -1}.get(piece.group(), 0)
        if depth == 0 and piece.end() < len(found.group(1)):
            return False
    return True
