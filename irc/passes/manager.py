"""Runs pipelines: verification after each pass, timing, IR printing, statistics, crash reproducers."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from irc.analysis.ownership import check_ownership
from irc.ir.diagnostic import DiagnosedError
from irc.ir.operation import Operation
from irc.ir.verifier import verify
from irc.passes.base import Pass, PassContext
from irc.passes.pipeline import Pipeline
from irc.text.printer import print_op


class InternalCompilerError(Exception):
    """A pass failed in a way that is no fault of the input; `reproducer` is the file that shows it."""

    def __init__(self, pass_name: str, reproducer: Path | None, cause: str) -> None:
        where = f"; a reproducer is in '{reproducer}'" if reproducer is not None else ""
        super().__init__(f"internal error in pass '{pass_name}': {cause}{where}")
        self.pass_name, self.reproducer = pass_name, reproducer


@dataclass(slots=True)
class Instrumentation:
    """What is to be seen of a run. `print_before` and `print_after` hold pass names; `*` stands for all."""

    verify_each: bool = True
    print_before: frozenset[str] = frozenset()
    print_after: frozenset[str] = frozenset()
    print_after_change: bool = False
    generic: bool = False
    debuginfo: bool = False
    write: Callable[[str], object] = print
    reproducer: Path | None = None


@dataclass(slots=True)
class PassManager:
    """Runs a pipeline on a module; `timings` and `statistics` hold what was measured, per pass in order."""

    pipeline: Pipeline
    instrumentation: Instrumentation = field(default_factory=Instrumentation)
    timings: list[tuple[str, float]] = field(default_factory=list)
    statistics: list[tuple[str, dict[str, int]]] = field(default_factory=list)

    def run(self, module: Operation) -> None:
        """Transform `module` in place. Raises `DiagnosedError`, or `InternalCompilerError` for a bug of a pass."""
        self._pipeline(self.pipeline, module, module)

    def _pipeline(self, pipeline: Pipeline, op: Operation, module: Operation) -> None:
        for step in pipeline.steps:
            if isinstance(step, Pipeline):
                for target in _targets(step.anchor, op):
                    self._pipeline(step, target, module)
            else:
                self._pass(step, op, module)

    def _pass(self, step: Pass, op: Operation, module: Operation) -> None:
        watch = self.instrumentation
        name = step.name
        self._show(watch.print_before, name, "Before", op)
        before = print_op(op) if watch.print_after_change else ""
        source = print_op(module, debuginfo=True) if watch.reproducer is not None else ""
        context = PassContext()
        start = time.perf_counter()
        try:
            step.run(op, context)
        except DiagnosedError:
            raise
        except Exception as problem:
            raise self._crash(step, source, problem) from problem
        self.timings.append((name, time.perf_counter() - start))
        if context.statistics:
            self.statistics.append((name, context.statistics))
        self._show(watch.print_after, name, "After", op)
        if watch.print_after_change and print_op(op) != before:
            self._show(frozenset("*"), name, "After", op)
        if watch.verify_each:
            problems = verify(op) or check_ownership(op)
            if problems:
                raise self._crash(step, source, DiagnosedError(*problems))

    def _show(self, names: frozenset[str], name: str, when: str, op: Operation) -> None:
        if name in names or "*" in names:
            text = print_op(op, generic=self.instrumentation.generic, debuginfo=self.instrumentation.debuginfo)
            self.instrumentation.write(f"// -----// IR Dump {when} {name} //----- //\n{text}\n")

    def _crash(self, step: Pass, source: str, problem: Exception) -> InternalCompilerError:
        """Write the reproducer: the module before the pass, and the command that fails."""
        path = self.instrumentation.reproducer
        cause = f"{type(problem).__name__}: {problem}"
        if path is not None:
            trace = "".join(f"// {line}\n" for line in "".join(traceback.format_exception(problem)).splitlines())
            path.write_text(f"// RUN: irc-opt %s --pass-pipeline='builtin.module({step.text()})'\n{trace}{source}")
        return InternalCompilerError(step.name, path, cause)


def _targets(anchor: str, op: Operation) -> list[Operation]:
    """The operations directly inside `op` that a nested pipeline runs on."""
    return [inner for inner in op.nested_ops() if anchor in ("any", inner.name)]
