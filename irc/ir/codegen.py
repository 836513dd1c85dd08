"""Python functions written as text at run time, with their source kept for tracebacks and debuggers."""

from __future__ import annotations

import linecache
from collections.abc import Sequence
from typing import Any


def define(name: str, lines: Sequence[str], environment: dict[str, Any], title: str) -> Any:
    """Compile `lines`, run them in `environment` and return what they bind to `name`.

    `title` names the generated text in tracebacks.
    """
    source = "\n".join(lines) + "\n"
    filename = f"<irc {title}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    exec(compile(source, filename, "exec"), environment)
    return environment[name]
