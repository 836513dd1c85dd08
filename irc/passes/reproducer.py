"""Crash reproducers: files that show a bug of the compiler, and say how.

A reproducer is the input, followed by the resource `mlir_reproducer` (`irc.text.file_metadata`), which names the pipeline and
whether it verifies after each pass, as mlir-opt writes it. `irc-opt --run-reproducer` runs it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from irc.ir.diagnostic import error
from irc.ir.location import UNKNOWN, Location
from irc.text.diagnostics import did_you_mean
from irc.text.file_metadata import FileMetadata, print_file_metadata

if TYPE_CHECKING:
    from pathlib import Path

RESOURCE = "mlir_reproducer"
_KINDS = {"pipeline": str, "disable_threading": bool, "verify_each": bool}
_WORDS = {str: "a string", bool: "true or false"}


class InternalCompilerError(Exception):
    """The compiler failed in a way that is no fault of the input; `reproducer` is the file that shows it.

    `where` is what failed: `pass 'cse'`, `the printer`.
    """

    def __init__(self, where: str, reproducer: Path | None, cause: str) -> None:
        hint = f"; a reproducer is in '{reproducer}'" if reproducer is not None else ""
        super().__init__(f"internal error in {where}: {cause}{hint}")
        self.where, self.reproducer = where, reproducer


class MissingPackageError(InternalCompilerError):
    """This Python lacks a package that irc needs; no bug, so that nothing is written down."""

    def __init__(self, package: str) -> None:
        Exception.__init__(
            self,
            f"the package '{package}' is missing in {sys.executable}; `make test` and `make demo` set up .venv with it",
        )
        self.where, self.reproducer = "the installation", None


@dataclass(frozen=True, slots=True)
class Reproducer:
    """How to run the input of a reproducer."""

    pipeline: str
    verify_each: bool = True
    location: Location = field(default=UNKNOWN, compare=False)
    """Where the pipeline is written, for errors in it."""

    def text(self) -> str:
        """The resource, as it stands at the end of a file. Passes run one after the other in any case."""
        entries: dict[str, str | bool] = {
            "pipeline": self.pipeline,
            "disable_threading": True,
            "verify_each": self.verify_each,
        }
        return print_file_metadata({"external_resources": {RESOURCE: entries}})


def read_reproducer(metadata: FileMetadata, location: Location) -> Reproducer:
    """The reproducer that a text at `location` carries. Raises `DiagnosedError` where there is none or it is wrong."""
    entries = metadata.external_resources.get(RESOURCE)
    if entries is None:
        raise error(location, f"this is no reproducer: it has no resource '{RESOURCE}'")
    for key, resource in entries.items():
        kind = _KINDS.get(key)
        if kind is None:
            raise error(resource.location, f"unknown '{RESOURCE}' resource key '{key}'{did_you_mean(key, _KINDS)}")
        if not isinstance(resource.value, kind):
            raise error(resource.location, f"resource '{key}' must be {_WORDS[kind]}")
    pipeline, verify_each = entries.get("pipeline"), entries.get("verify_each")
    return Reproducer(
        str(pipeline.value) if pipeline is not None else "builtin.module()",
        bool(verify_each.value) if verify_each is not None else True,
        pipeline.location if pipeline is not None else UNKNOWN,
    )


def internal_error(
    where: str,
    problem: Exception,
    crash_file: Callable[[], Path] | None,
    source: str,
    reproducer: Reproducer | None,
    command: str,
) -> InternalCompilerError:
    """The error to raise for a bug. If there is a `crash_file`, a reproducer is written there: `command`, what happened, the
    input, and the passes that were to be run. A package that is not installed is no bug."""
    package = (problem.name or "").partition(".")[0] if isinstance(problem, ModuleNotFoundError) else ""
    if package and package != "irc":
        return MissingPackageError(package)
    path = crash_file() if crash_file is not None else None
    if path is not None:
        import traceback  # noqa: PLC0415 - only needed where something is wrong

        trace = "".join(f"// {line}\n" for line in "".join(traceback.format_exception(problem)).splitlines())
        body = source if source.endswith("\n") else source + "\n"
        try:
            resource = reproducer.text() if reproducer is not None else ""
            path.write_text(f"// RUN: {command}\n{trace}{body}{resource}", encoding="utf-8", errors="surrogateescape")
        except OSError:
            # The bug is the news; that it could not be written down shows in the missing file name.
            path = None
    return InternalCompilerError(where, path, f"{type(problem).__name__}: {problem}")
