"""Reading input and reporting diagnostics: what the tools share."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TextIO, cast

from irc.ir.diagnostic import Diagnostic
from irc.text.diagnostics import render

SEPARATOR = re.compile(r"^// -----.*$", re.MULTILINE)

STDIN = "<stdin>"
"""How locations and messages name standard input."""


class _Closed(io.TextIOBase):
    """Stands for a stream that the process was started without."""

    def __init__(self, name: str) -> None:
        self.name = name

    def read(self, size: int | None = -1) -> str:
        raise OSError(f"{self.name} is closed")

    def write(self, text: str) -> int:
        raise OSError(f"{self.name} is closed")


@dataclass(frozen=True, slots=True)
class Streams:
    """Where a tool reads and writes; tests pass their own."""

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO

    @staticmethod
    def of(stdin: TextIO | None, stdout: TextIO | None, stderr: TextIO | None) -> Streams:
        if stdout is None and isinstance(sys.stdout, io.TextIOWrapper):
            # What is carried as text is written with the bytes that it had.
            sys.stdout.reconfigure(errors="surrogateescape")
        # Python leaves out the streams that the process was started without, whatever the annotations say.
        return Streams(
            stdin or sys.stdin or cast("TextIO", _Closed("standard input")),
            stdout or sys.stdout or cast("TextIO", _Closed("standard output")),
            stderr or sys.stderr or io.StringIO(),
        )

    def report(self, diagnostics: Iterable[Diagnostic], sources: dict[str, str]) -> None:
        """Print diagnostics to the error stream."""
        for diagnostic in diagnostics:
            self.stderr.write(render(diagnostic, sources, color=self.stderr.isatty()))
        self.stderr.flush()


def read_input(path: str, stdin: TextIO) -> str:
    """The text of a file, of standard input for `-`. Bytes that are no UTF-8, which strings and comments may hold,
    are surrogates. Raises `OSError`."""
    if path != "-":
        with open(path, "rb") as file:
            return _decoded(file.read())
    binary = getattr(stdin, "buffer", None)
    return _decoded(binary.read()) if binary is not None else stdin.read()


def _decoded(data: bytes) -> str:
    text = data.decode("utf-8-sig", "surrogateescape")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def split_input(text: str) -> list[tuple[str, int]]:
    """The parts of a text between `// -----` lines, each with the number of lines before it."""
    parts: list[tuple[str, int]] = []
    start = 0
    for match in SEPARATOR.finditer(text):
        parts.append((text[start : match.start()], text.count("\n", 0, start)))
        start = match.end()
    parts.append((text[start:], text.count("\n", 0, start)))
    return parts
