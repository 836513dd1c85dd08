"""Pipelines as text: `builtin.module(func.func(canonicalize,cse),lower{width=8})`, as mlir-opt reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from irc.ir.diagnostic import DiagnosedError, error
from irc.ir.location import FileLineColLoc
from irc.ods.registry import all_op_names, lookup_op
from irc.passes.base import Pass, Value
from irc.passes.registry import all_passes, find_pass
from irc.text.diagnostics import did_you_mean

FILE = "<pipeline>"
_NAME = re.compile(r"[\w.-]+")
_OPTION = re.compile(r"[^\s,]+")
MAX_DEPTH = 100
"""How deep pipelines may nest."""


@dataclass(slots=True)
class Pipeline:
    """Passes and nested pipelines, run in order on each op named `anchor` (`any` for whatever is there)."""

    anchor: str
    steps: list[Pass | Pipeline] = field(default_factory=list)

    def text(self) -> str:
        """The pipeline as text, which parses to the same."""
        return f"{self.anchor}({','.join(step.text() for step in self.steps)})"

    def passes(self) -> Iterator[Pass]:
        """All passes, nested ones included."""
        for step in self.steps:
            if isinstance(step, Pipeline):
                yield from step.passes()
            else:
                yield step


def parse_pipeline(text: str) -> Pipeline:
    """The pipeline of a text. Without an outer anchor it runs on `builtin.module`. Raises `DiagnosedError`."""
    return _Reader(text).pipeline()


@dataclass(frozen=True, slots=True)
class Source:
    """A text in which passes are written."""

    file: str
    text: str

    def location(self, offset: int) -> FileLineColLoc:
        """Where in the text `offset` is."""
        line_start = self.text.rfind("\n", 0, offset) + 1
        return FileLineColLoc(self.file, self.text.count("\n", 0, offset) + 1, offset - line_start + 1)


def make_pass(source: Source, name: tuple[int, int], options: tuple[int, int]) -> Pass:
    """The pass whose name and options, `key=value key=value`, are these parts of the text. Raises `DiagnosedError`."""
    title, location = source.text[slice(*name)], source.location(name[0])
    cls = find_pass(title)
    if cls is None:
        raise error(location, f"unknown pass '{title}'{did_you_mean(title, [p.name for p in all_passes()])}")
    values: dict[str, Value] = {}
    for entry in _OPTION.finditer(source.text, *options):
        place = source.location(entry.start())
        key, _, value = entry.group().partition("=")
        field_name = key.replace("-", "_")
        declared = cls.options.get(field_name)
        if declared is None:
            names = [option.name for option in cls.options.values()]
            raise error(place, f"pass '{title}' has no option '{key}'{did_you_mean(key, names)}")
        if field_name in values:
            raise error(place, f"option '{declared.name}' of pass '{title}' is given twice")
        try:
            values[field_name] = declared.read(value)
        except ValueError as problem:
            raise error(place, f"option '{declared.name}' of pass '{title}': {problem}") from None
    return cls(**values)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text, self.position = text, 0
        self.source = Source(FILE, text)
        self.depth = 0

    def location(self) -> FileLineColLoc:
        """Where the reader is."""
        return self.source.location(self.position)

    def error(self, message: str) -> DiagnosedError:
        return error(self.location(), message)

    def peek(self) -> str:
        while self.position < len(self.text) and self.text[self.position].isspace():
            self.position += 1
        return self.text[self.position : self.position + 1]

    def pipeline(self) -> Pipeline:
        """The whole text, whose outermost anchor may be left out."""
        self.peek()
        match = _NAME.match(self.text, self.position)
        if match is not None and match.group() in ("builtin.module", "any"):
            outer = self.step("builtin.module")
            if isinstance(outer, Pipeline) and not self.peek():
                return outer
            raise self.error("expected the end of the pipeline")
        return Pipeline("builtin.module", self.steps("builtin.module", end=""))

    def steps(self, anchor: str, end: str) -> list[Pass | Pipeline]:
        """Steps on ops named `anchor`, separated by commas, up to `end`."""
        steps: list[Pass | Pipeline] = []
        while self.peek() != end:
            if steps:
                if self.peek() != ",":
                    raise self.error(f"expected ',' or {repr(end) if end else 'the end'} in the pipeline")
                self.position += 1
                self.peek()
            steps.append(self.step(anchor))
        self.position += len(end)
        return steps

    def step(self, anchor: str) -> Pass | Pipeline:
        self.peek()
        match = _NAME.match(self.text, self.position)
        if match is None:
            raise self.error("expected the name of a pass")
        location = self.location()
        self.position = match.end()
        name = match.group()
        if self.peek() == "(":
            self.position += 1
            self.depth += 1
            if self.depth > MAX_DEPTH:
                raise error(location, f"pipelines are nested more than {MAX_DEPTH} deep")
            steps = self.steps(name, end=")")
            self.depth -= 1
            if name != "any" and lookup_op(name) is None:
                raise error(location, f"a pipeline on unknown operation '{name}'{did_you_mean(name, all_op_names())}")
            return Pipeline(name, steps)
        options = (self.position, self.position)
        if self.peek() == "{":
            end = self.text.find("}", self.position)
            if end < 0:
                raise self.error("missing '}' after the options of a pass")
            options = (self.position + 1, end)
            self.position = end + 1
        made = make_pass(self.source, match.span(), options)
        if made.anchor not in (None, anchor):
            raise error(location, f"pass '{name}' runs on '{made.anchor}', not on '{anchor}'")
        return made
