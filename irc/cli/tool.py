"""What frames both tools: exit codes, errors that nothing else reports, and bugs, which leave a file that shows them."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TextIO

from irc import __version__
from irc.cli.files import Streams
from irc.ir.collection import without_collection
from irc.ir.diagnostic import DiagnosedError
from irc.ir.recursion import MAX_FRAMES, frames

if TYPE_CHECKING:
    from pathlib import Path

    from irc.passes.reproducer import InternalCompilerError, Reproducer

OK, INVALID_INPUT, USAGE, INTERNAL_ERROR = 0, 1, 2, 70
"""Exit codes: fine; the input is wrong; the command, or the installation, is wrong; a bug of ours."""

EXIT_CODES = (
    "Exit codes: 0 fine, 1 the input is wrong (program, file, pipeline or argument), 2 the command line is wrong or a "
    "package is missing, 70 a bug of ours (please report it)."
)


class UsageError(Exception):
    """The command line is wrong."""


def version(tool: str) -> str:
    """What `--version` prints."""
    return f"{tool} {__version__}\n"


def crash_file(stated: str | None = None) -> Callable[[], Path]:
    """Where a bug is recorded, to be asked when there is one: in the file that the user states, or in a temporary one."""

    def path() -> Path:
        import tempfile  # noqa: PLC0415 - loaded only where it is needed
        from pathlib import Path  # noqa: PLC0415

        return Path(stated) if stated else Path(tempfile.gettempdir()) / f"irc-crash-{os.getpid()}.mlir"

    return path


@dataclass(slots=True)
class Job:
    """What a tool is doing, for the report of a bug: at which stage, on which text, how to do it again."""

    tool: str
    stage: str = "the command line"
    source: str = ""
    sources: dict[str, str] = field(default_factory=dict)
    """The texts that diagnostics may point into."""
    command: str = ""
    reproducer: Reproducer | None = None
    path: Callable[[], Path] = field(default_factory=crash_file)

    def crash(self, problem: Exception) -> InternalCompilerError:
        """The error to report for `problem`, which is a bug."""
        from irc.passes.reproducer import internal_error  # noqa: PLC0415 - loaded only where it is needed

        return internal_error(self.stage, problem, self.path, self.source, self.reproducer, self.command or self.tool)


Body = Callable[[list[str], Streams, Job], int]


def run_tool(
    tool: str, body: Body, argv: list[str] | None, stdin: TextIO | None, stdout: TextIO | None, stderr: TextIO | None
) -> int:
    """Run `body` on the command line; the exit code. Everything that it raises is reported."""
    streams, job = Streams.of(stdin, stdout, stderr), Job(tool)
    try:
        # What the parser lets nest is bounded, but passes may need more frames for a level than it does.
        with frames(MAX_FRAMES), without_collection():
            return _run(body, command_arguments(argv), streams, job)
    except OSError:
        # Nothing more can be said: the error stream itself cannot be written.
        return INVALID_INPUT
    finally:
        if argv is None:
            _let_go(streams.stdout)


def _run(body: Body, arguments: list[str], streams: Streams, job: Job) -> int:
    from irc.passes.reproducer import InternalCompilerError, MissingPackageError  # noqa: PLC0415 - loaded when the compiler is

    try:
        code = body(arguments, streams, job)
        streams.stdout.flush()
        return code
    except UsageError as problem:
        message, code = str(problem), USAGE
    except DiagnosedError as problem:
        with suppress(OSError):
            streams.stdout.flush()
        streams.report(problem.diagnostics, job.sources)
        return INVALID_INPUT
    except (OSError, UnicodeError) as problem:
        message, code = f"cannot read or write: {problem}", INVALID_INPUT
    except Exception as problem:  # noqa: BLE001 - whatever else comes out of the compiler is a bug, and is reported as one
        found = problem if isinstance(problem, InternalCompilerError) else job.crash(problem)
        message, code = str(found), USAGE if isinstance(found, MissingPackageError) else INTERNAL_ERROR
    streams.stderr.write(f"{job.tool}: {message}\n")
    streams.stderr.flush()
    return code


def command_arguments(argv: list[str] | None) -> list[str]:
    """The arguments of the tool: `argv`, or those of the process, which then ends silently when it is interrupted or when
    its output is closed."""
    if argv is not None:
        return argv
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    return sys.argv[1:]


def _let_go(stdout: TextIO) -> None:
    """Drop what could not be written, which Python would try again when it ends, with a message of its own."""
    try:
        stdout.flush()
    except OSError:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stdout.fileno())
