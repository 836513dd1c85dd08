"""`--verify-diagnostics`: comments that say which diagnostics a text must give, as in mlir-opt.

    // expected-error @+1 {{operand #0 must be}}

The place is `@+N`, `@-N`, `@above`, `@below`, `@unknown` or this line; the text is part of the message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from irc.ir.diagnostic import Diagnostic
from irc.ir.location import FileLineColLoc
from irc.text.diagnostics import position

_EXPECTED = re.compile(
    r"expected-(error|warning|remark|note)(-re)?\s*(@[+-]\d+|@above|@below|@unknown)?\s*\{\{(.*?)\}\}"
)


@dataclass(frozen=True, slots=True)
class Expectation:
    """A diagnostic that must come: on `line`, or without location where that is `None`."""

    severity: str
    line: int | None
    text: str
    at: int
    regex: bool

    def matches(self, diagnostic: Diagnostic) -> bool:
        place = position(diagnostic.location)
        if diagnostic.severity != self.severity or (place.line if place is not None else None) != self.line:
            return False
        return bool(re.search(self.text, diagnostic.message)) if self.regex else self.text in diagnostic.message


def read_expectations(text: str, line_offset: int) -> list[Expectation]:
    """The expectations in the comments of a text whose first line has number `line_offset + 1`."""
    lines = text.split("\n")
    found: list[Expectation] = []
    for i, line in enumerate(lines):
        for severity, regex, place, message in _EXPECTED.findall(line):
            found.append(
                Expectation(severity, _line(lines, i, place, line_offset), message, i + 1 + line_offset, bool(regex))
            )
    return found


def _line(lines: list[str], i: int, place: str, line_offset: int) -> int | None:
    number = i + 1 + line_offset
    if place == "@unknown":
        return None
    if place == "@above" or place == "@below":
        step = -1 if place == "@above" else 1
        i += step
        # Several expectations in a row speak of the same line.
        while 0 <= i < len(lines) and _EXPECTED.search(lines[i]):
            i += step
        return i + 1 + line_offset
    return number + int(place[1:]) if place else number


def check(diagnostics: Iterable[Diagnostic], expectations: list[Expectation], file: str) -> list[Diagnostic]:
    """What is wrong: diagnostics that were not expected, and expectations that were not met."""
    problems: list[Diagnostic] = []
    open_ones = list(expectations)
    for diagnostic in _flatten(diagnostics):
        match = next((e for e in open_ones if e.matches(diagnostic)), None)
        if match is not None:
            open_ones.remove(match)
        elif diagnostic.severity != "note":
            message = f"unexpected {diagnostic.severity}: {diagnostic.message}"
            problems.append(Diagnostic(diagnostic.location, message))
    for expectation in open_ones:
        message = f'expected {expectation.severity} "{expectation.text}" was not produced'
        problems.append(Diagnostic(FileLineColLoc(file, expectation.at, 1), message))
    return problems


def _flatten(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    for diagnostic in diagnostics:
        yield diagnostic
        yield from _flatten(diagnostic.notes)
