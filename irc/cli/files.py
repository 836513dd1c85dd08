"""Reading input and reporting diagnostics: what the tools share."""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TextIO

from irc.ir.diagnostic import Diagnostic
from irc.text.diagnostics import render

SEPARATOR = re.compile(r"^// -----.*$", re.MULTILINE)

OK, INVALID_INPUT, USAGE, INTERNAL_ERROR = 0, 1, 2, 70
"""Exit codes: fine; the input is wrong; the command is wrong; a bug of ours."""


@dataclass(frozen=True, slots=True)
class Streams:
    """Where a tool reads and writes; tests pass their own."""

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO

    @staticmethod
    def of(stdin: TextIO | None, stdout: TextIO | None, stderr: TextIO | None) -> Streams:
        return Streams(stdin or sys.stdin, stdout or sys.stdout, stderr or sys.stderr)

    def report(self, diagnostics: Iterable[Diagnostic], sources: dict[str, str]) -> None:
        """Print diagnostics to the error stream."""
        self.stdout.flush()
        for diagnostic in diagnostics:
            self.stderr.write(render(diagnostic, sources, color=self.stderr.isatty()))
        self.stderr.flush()


def command_arguments(argv: list[str] | None) -> list[str]:
    """The arguments of the tool: `argv`, or those of the process, which then ends silently when its output is closed."""
    if argv is not None:
        return argv
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    return sys.argv[1:]


def read_input(path: str, stdin: TextIO) -> str:
    """The text of a file, of standard input for `-`. Raises `OSError` or `UnicodeDecodeError`."""
    if path == "-":
        return stdin.read()
    with open(path, encoding="utf-8") as file:
        return file.read()


def split_input(text: str) -> list[tuple[str, int]]:
    """The parts of a text between `// -----` lines, each with the number of lines before it."""
    parts: list[tuple[str, int]] = []
    start = 0
    for match in SEPARATOR.finditer(text):
        parts.append((text[start : match.start()], text.count("\n", 0, start)))
        start = match.end()
    parts.append((text[start:], text.count("\n", 0, start)))
    return parts
