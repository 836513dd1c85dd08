"""Runs pipelines: verification after each pass, IR printing, measurements, crash reproducers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from irc.analysis.ownership import check_ownership
from irc.ir.diagnostic import DiagnosedError
from irc.ir.operation import Operation
from irc.ir.recursion import deep_calls
from irc.ir.verifier import verify
from irc.passes.base import Pass, PassContext
from irc.passes.pipeline import Pipeline
from irc.passes.provenance import lost_locations, without_location
from irc.passes.reproducer import InternalCompilerError, Reproducer, internal_error
from irc.text.printer import print_op

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(slots=True)
class Instrumentation:
    """What is to be seen of a run. `print_before` and `print_after` hold pass names; `*` stands for all.

    With `verify_provenance` an operation that a pass leaves without location is an error. A bug leaves a file at
    `reproducer()`; `command` is the tool, with the flags that the file has to be run with.
    """

    verify_each: bool = True
    verify_provenance: bool = False
    print_before: frozenset[str] = frozenset()
    print_after: frozenset[str] = frozenset()
    print_after_change: bool = False
    generic: bool = False
    debuginfo: bool = False
    local_scope: bool = False
    write: Callable[[str], object] = print
    reproducer: Callable[[], Path] | None = None
    command: str = "irc-opt %s --run-reproducer"


QUIET = Instrumentation(verify_each=False)
"""For programs that nobody watches being compiled: passes are trusted, and nothing is printed."""


@dataclass(slots=True)
class Measured:
    """What was measured of a step of a pipeline, over all operations that it ran on; `children` are those of a nested
    pipeline. Verification is no part of `seconds`."""

    name: str
    seconds: float = 0.0
    statistics: dict[str, int] = field(default_factory=dict)
    children: list[Measured] = field(default_factory=list)

    @staticmethod
    def of(step: Pass | Pipeline) -> Measured:
        """Nothing yet, in the shape of `step`."""
        if isinstance(step, Pipeline):
            return Measured(step.anchor, children=[Measured.of(inner) for inner in step.steps])
        return Measured(step.name)

    @property
    def total(self) -> float:
        """The seconds of the step and of those in it."""
        return self.seconds + sum(child.total for child in self.children)

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Measured]]:
        """The step and those in it, with their depths."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)


class PassManager:
    """Runs a pipeline on modules; `measured` says what that took."""

    def __init__(self, pipeline: Pipeline, instrumentation: Instrumentation | None = None) -> None:
        self.pipeline = pipeline
        self.instrumentation = instrumentation if instrumentation is not None else Instrumentation()
        self.measured = Measured.of(pipeline)
        self._source = ""

    @property
    def reproducer(self) -> Reproducer:
        """What a reproducer says of a run."""
        return Reproducer(self.pipeline.text(), self.instrumentation.verify_each)

    @deep_calls
    def run(self, module: Operation, source: str | None = None) -> None:
        """Transform `module` in place. `source` is its text for a reproducer, by default what it prints as.

        Raises `DiagnosedError`, or `InternalCompilerError` for a bug of a pass.
        """
        if self.instrumentation.reproducer is not None:
            self._source = source if source is not None else print_op(module, debuginfo=True)
        self._pipeline(self.pipeline, module, self.measured)

    def _pipeline(self, pipeline: Pipeline, op: Operation, measured: Measured) -> None:
        for step, inside in zip(pipeline.steps, measured.children, strict=True):
            if isinstance(step, Pipeline):
                for target in _targets(step.anchor, op):
                    self._pipeline(step, target, inside)
            else:
                self._pass(step, op, inside)

    def _pass(self, step: Pass, op: Operation, measured: Measured) -> None:
        watch = self.instrumentation
        name = step.name
        try:
            self._show(watch.print_before, name, "Before", op)
            before = print_op(op) if watch.print_after_change else ""
            unknown = without_location(op) if watch.verify_provenance else set()
            context = PassContext(measured.statistics)
            start = time.perf_counter()
            try:
                step.run(op, context)
            finally:
                measured.seconds += time.perf_counter() - start
            self._show(watch.print_after, name, "After", op)
            if watch.print_after_change and print_op(op) != before:
                self._show(frozenset("*"), name, "After", op)
            lost = lost_locations(op, unknown, name) if watch.verify_provenance else []
            if lost:
                raise DiagnosedError(*lost)
            problems = (verify(op) or check_ownership(op)) if watch.verify_each else ()
        except DiagnosedError:
            raise
        except Exception as problem:
            raise self._crash(name, problem) from problem
        if problems:
            raise self._crash(name, DiagnosedError(*problems))

    def _show(self, names: frozenset[str], name: str, when: str, op: Operation) -> None:
        if name in names or "*" in names:
            watch = self.instrumentation
            text = print_op(op, generic=watch.generic, debuginfo=watch.debuginfo, local_scope=watch.local_scope)
            self.instrumentation.write(f"// -----// IR Dump {when} {name} //----- //\n{text}\n")

    def _crash(self, name: str, problem: Exception) -> InternalCompilerError:
        watch = self.instrumentation
        return internal_error(f"pass '{name}'", problem, watch.reproducer, self._source, self.reproducer, watch.command)


def _targets(anchor: str, op: Operation) -> list[Operation]:
    """The operations directly inside `op` that a nested pipeline runs on."""
    return [inner for inner in op.nested_ops() if anchor == inner.name or (anchor == "any" and inner.regions)]
