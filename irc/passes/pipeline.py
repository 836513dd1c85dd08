"""Pipelines as text: `builtin.module(func.func(canonicalize,cse),lower{width=8})`, as mlir-opt reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from irc.ir.diagnostic import DiagnosedError, error
from irc.ir.location import FileLineColLoc
from irc.ods.registry import all_op_names, lookup_op
from irc.passes.base import Pass
from irc.passes.registry import all_passes, find_pass
from irc.text.diagnostics import did_you_mean

FILE = "<pipeline>"
_NAME = re.compile(r"[\w.-]+")


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


def make_pass(name: str, options: str, location: FileLineColLoc) -> Pass:
    """The pass `name` with `options` as text: `key=value key=value`. Raises `DiagnosedError`."""
    cls = find_pass(name)
    if cls is None:
        raise error(location, f"unknown pass '{name}'{did_you_mean(name, [p.name for p in all_passes()])}")
    values = {}
    for entry in options.replace(",", " ").split():
        key, _, value = entry.partition("=")
        declared = cls.options.get(key.replace("-", "_"))
        if declared is None:
            names = [option.name for option in cls.options.values()]
            raise error(location, f"pass '{name}' has no option '{key}'{did_you_mean(key, names)}")
        try:
            values[key.replace("-", "_")] = declared.read(value)
        except ValueError as problem:
            raise error(location, f"option '{declared.name}' of pass '{name}': {problem}") from None
    return cls(**values)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text, self.position = text, 0

    def location(self) -> FileLineColLoc:
        """Where the reader is."""
        line_start = self.text.rfind("\n", 0, self.position) + 1
        return FileLineColLoc(FILE, self.text.count("\n", 0, self.position) + 1, self.position - line_start + 1)

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
            steps = self.steps(name, end=")")
            if name != "any" and lookup_op(name) is None:
                raise error(location, f"a pipeline on unknown operation '{name}'{did_you_mean(name, all_op_names())}")
            return Pipeline(name, steps)
        options = ""
        if self.peek() == "{":
            end = self.text.find("}", self.position)
            if end < 0:
                raise self.error("missing '}' after the options of a pass")
            options = self.text[self.position + 1 : end]
            self.position = end + 1
        made = make_pass(name, options, location)
        if made.anchor not in (None, anchor):
            raise error(location, f"pass '{name}' runs on '{made.anchor}', not on '{anchor}'")
        return made
