"""Parsing and printing in few words, for tests of the text."""

from __future__ import annotations

from typing import Any

import pytest

from irc.ir.diagnostic import DiagnosedError
from irc.text.diagnostics import render
from irc.text.parser import parse_module
from irc.text.printer import print_op


def parse(text: str) -> Any:
    """The module of a text that may hold any operation."""
    return parse_module(text, "t", allow_unregistered=True)


def first(text: str) -> Any:
    """The first operation of a text."""
    return parse(text).body.entry.first


def body(text: str, *, generic: bool = False, debuginfo: bool = False) -> str:
    """What the operations of a text are printed as: without the module, and without its indentation."""
    printed = print_op(parse(text), generic=generic, debuginfo=debuginfo)
    if generic or debuginfo:
        return printed
    inside = printed.partition("module {\n")[2].removesuffix("}\n")
    return "".join(line.removeprefix("  ") for line in inside.splitlines(keepends=True)).removesuffix("\n")


def errors(text: str) -> list[str]:
    """The errors of a wrong text: `line:column: message`."""
    with pytest.raises(DiagnosedError) as caught:
        parse(text)
    return [f"{d.location!r}: {d.message}".removeprefix("t:") for d in caught.value.diagnostics]


def rendered(text: str) -> str:
    """The errors of a wrong text as the user sees them."""
    with pytest.raises(DiagnosedError) as caught:
        parse(text)
    return "".join(render(diagnostic, {"t": text}) for diagnostic in caught.value.diagnostics)
