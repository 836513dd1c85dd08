"""`--verify-diagnostics`: comments that say which diagnostics a text must give, as in mlir-opt.

    // expected-error @+1 {{operand #0 must be}}
    // expected-error-re @below {{operand #{{[0-9]+}} must be}}

The place is `@+N`, `@-N`, `@above`, `@below`, `@unknown` or this line; the text is part of the message. After `-re` what
stands in inner braces is a regular expression. What is not written so is a comment like any other: a diagnostic that it
was meant for is then not expected, which is an error. Whether what is expected `@unknown` comes is not checked, either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from irc.ir.diagnostic import Diagnostic
from irc.ir.location import FileLineColLoc
from irc.text.diagnostics import position

_HEAD = re.compile(r"expected-(error|warning|remark|note)(-re)? *(@(?:[+-][0-9]+|above|below|unknown))? *\{\{")


@dataclass(frozen=True, slots=True)
class Expectation:
    """A diagnostic that must come: on `line`, or without location where that is `None`."""

    severity: str
    line: int | None
    at: FileLineColLoc
    text: str
    pattern: re.Pattern[str]

    def matches(self, diagnostic: Diagnostic) -> bool:
        place = position(diagnostic.location)
        if diagnostic.severity != self.severity or (place.line if place is not None else None) != self.line:
            return False
        return self.pattern.search(diagnostic.message) is not None


@dataclass(frozen=True, slots=True)
class Expectations:
    """What the comments of a text expect, and what is wrong with these comments."""

    expected: list[Expectation]
    problems: list[Diagnostic]


def read_expectations(text: str, line_offset: int, file: str) -> Expectations:
    """The expectations in the comments of a text whose first line has number `line_offset + 1`."""
    lines = text.split("\n")
    found = Expectations([], [])
    for i, line in enumerate(lines):
        comment = line.find("//")
        for head in _HEAD.finditer(line, comment) if comment >= 0 else ():
            number = i + 1 + line_offset
            at = FileLineColLoc(file, number, head.start() + 1)
            try:
                text_and_pattern = _message(line, head)
            except ValueError as problem:
                found.problems.append(Diagnostic(at, str(problem)))
                continue
            if text_and_pattern is not None:
                expected_line = _line(lines, i, head.group(3) or "", line_offset)
                found.expected.append(Expectation(head.group(1), expected_line, at, *text_and_pattern))
    return found


def _message(line: str, head: re.Match[str]) -> tuple[str, re.Pattern[str]] | None:
    """The text behind `head`, if it ends, and what a message is compared with. Raises `ValueError`."""
    if head.group(2) is None:
        # Messages may hold braces themselves; another expectation in the line ends them, too.
        following = _HEAD.search(line, head.end())
        end = line.rfind("}}", head.end(), following.start() if following is not None else len(line))
        message = line[head.end() : end]
        return None if end < 0 else (message, re.compile(re.escape(message)))
    end, pattern = _regex(line, head.end())
    if end < 0:
        if "}}" in line[head.end() :]:
            raise ValueError("found start of regex with no end '}}'")
        return None
    try:
        return line[head.end() : end], re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as problem:
        raise ValueError(f"invalid regex: {problem}") from None


def _regex(line: str, start: int) -> tuple[int, str]:
    """Where the text from `start` ends, and its pattern: literal but for what stands in inner braces."""
    pattern, position = "", start
    while True:
        end, inner = line.find("}}", position), line.find("{{", position)
        if end < 0 or inner < 0 or end < inner:
            return end, pattern + re.escape(line[position:end])
        close = line.find("}}", inner)
        if close < 0:
            return -1, ""
        # A brace of the expression may stand before those that end it.
        while line.startswith("}", close + 2) and line.find("}}", close + 3) >= 0:
            close += 1
        pattern += f"{re.escape(line[position:inner])}(?:{line[inner + 2 : close]})"
        position = close + 2


def _line(lines: list[str], i: int, place: str, line_offset: int) -> int | None:
    number = i + 1 + line_offset
    if place == "@unknown":
        return None
    if place == "@above" or place == "@below":
        step = -1 if place == "@above" else 1
        i += step
        # Several expectations in a row speak of the same line.
        while 0 <= i < len(lines) and lines[i].lstrip().startswith("//") and _HEAD.search(lines[i]):
            i += step
        return i + 1 + line_offset
    return number + int(place[1:]) if place else number


def check(diagnostics: Iterable[Diagnostic], expectations: Expectations) -> list[Diagnostic]:
    """What is wrong: the comments, diagnostics that were not expected, and expectations that were not met."""
    problems = list(expectations.problems)
    open_ones = list(expectations.expected)
    for diagnostic in _flatten(diagnostics):
        match = next((e for e in open_ones if e.matches(diagnostic)), None)
        if match is not None:
            open_ones.remove(match)
        elif diagnostic.severity != "note":
            message = f"unexpected {diagnostic.severity}: {diagnostic.message}"
            problems.append(Diagnostic(diagnostic.location, message))
    for expectation in open_ones:
        if expectation.line is not None:
            message = f'expected {expectation.severity} "{expectation.text}" was not produced'
            problems.append(Diagnostic(expectation.at, message))
    return problems


def _flatten(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    for diagnostic in diagnostics:
        yield diagnostic
        yield from _flatten(diagnostic.notes)
