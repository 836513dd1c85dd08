"""Running a few ops as a function."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.interpreter.core import Interpreter
from irc.text.parser import parse_module


def run(types: Sequence[str], body: str, results: Sequence[str], *arguments: Any) -> list[Any]:
    """What `body` makes of its arguments `%0, %1, …` of `types`: its values `%r0, %r1, …` of the types `results`."""
    parameters = ", ".join(f"%{i}: {type}" for i, type in enumerate(types))
    names = ", ".join(f"%r{i}" for i in range(len(results)))
    returned = f"{names} : {', '.join(results)}" if results else ""
    text = f"func.func @f({parameters}) -> ({', '.join(results)}) {{\n{body}\nreturn {returned}\n}}"
    return Interpreter(parse_module(text, "test.mlir")).call("f", *arguments)
