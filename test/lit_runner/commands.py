"""Executes the pipelines of a lit test: irc's tools and filecheck inside this process, a few others as processes.

An exception that a tool lets through is a failure of the test in every case, also under `not`.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TextIO

from filecheck.matcher import Matcher
from filecheck.options import parse_argv_options

from lit_runner.script import Command, Pipeline, ScriptError

Tool = Callable[[list[str], TextIO, TextIO, TextIO], int | None]

IRC_TOOLS = {"irc-opt": "irc.cli.irc_opt", "irc-run": "irc.cli.irc_run"}
FILECHECK = ("filecheck", "FileCheck")
PROGRAMS = ("cat", "cmp", "diff", "echo", "grep", "mkdir", "rm", "sort", "test")
INTERNAL_ERROR = 70  # what irc's tools exit with for a bug of their own (EX_SOFTWARE of sysexits.h)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one command did: its exit code as the tool gave it, and its output."""

    command: Command
    code: int
    stdout: str
    stderr: str

    @property
    def failed(self) -> bool:
        """Whether the pipeline fails here. `not` wants a diagnosed failure: a crash is none."""
        if self.command.negated:
            return self.code <= 0 or self.code >= INTERNAL_ERROR
        return self.code != 0

    def __str__(self) -> str:
        output = "".join(
            f"\n-- {name}:\n{text.rstrip()}"
            for name, text in (("stdout", self.stdout), ("stderr", self.stderr))
            if text.strip()
        )
        return f"$ {'not ' * self.command.negated}{' '.join(self.command.argv)}\n-- exit code: {self.code}{output}"


def run_pipeline(pipeline: Pipeline) -> list[Outcome]:
    """Run the commands one after the other, each on the output of the one before it; all are run, as in a shell."""
    outcomes: list[Outcome] = []
    text = ""
    for command in pipeline.commands:
        if command.stdin:
            text = Path(command.stdin).read_text(encoding="utf-8")
        outcome = run_command(command, text)
        outcomes.append(outcome)
        text = outcome.stdout
        for file, content in ((command.stdout, outcome.stdout), (command.stderr, outcome.stderr)):
            if file and file != "|":
                Path(file).write_text(content, encoding="utf-8")
        if command.stdout:
            text = ""
    return outcomes


def run_command(command: Command, stdin: str) -> Outcome:
    """Run one command on the text `stdin`. Raises ScriptError for a command that tests may not use."""
    name, *arguments = command.argv
    if name in PROGRAMS:
        return _run_program(command, stdin)
    stdout = io.StringIO()
    stderr = stdout if command.stderr == "|" else io.StringIO()
    code = _call(_find_tool(name), arguments, io.StringIO(stdin), stdout, stderr)
    return Outcome(command, code, stdout.getvalue(), "" if stderr is stdout else stderr.getvalue())


def _find_tool(name: str) -> Tool:
    if name in FILECHECK:
        return run_filecheck
    if name in IRC_TOOLS:
        main: Tool = import_module(IRC_TOOLS[name]).main
        return main
    raise ScriptError(f"a command that tests may not use: {name}")


def _call(tool: Tool, arguments: list[str], stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    # A tool gets its streams as arguments; the standard ones are replaced for what bypasses them (argparse, filecheck).
    previous, sys.stdin = sys.stdin, stdin
    try:
        with redirect_stdout(stdout), redirect_stderr(stderr):
            return tool(arguments, stdin, stdout, stderr) or 0
    except SystemExit as exit_:
        if isinstance(exit_.code, str):
            stderr.write(exit_.code)
            return 1
        return int(exit_.code or 0)
    finally:
        sys.stdin = previous


def run_filecheck(arguments: list[str], stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """The filecheck command on the current standard streams."""
    # filecheck's own main would print its help and succeed when the name of the check file is forgotten.
    code: int = Matcher.from_opts(parse_argv_options(["filecheck", *arguments])).run()
    return code


def _run_program(command: Command, stdin: str) -> Outcome:
    program = shutil.which(command.argv[0])
    if program is None:
        raise ScriptError(f"no such program on this machine: {command.argv[0]}")
    done = subprocess.run(
        [program, *command.argv[1:]],
        input=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT if command.stderr == "|" else subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    return Outcome(command, done.returncode, done.stdout, done.stderr or "")


def report(pipeline: Pipeline, outcomes: Sequence[Outcome]) -> str:
    """The text shown for a pipeline that failed."""
    return "\n".join([f"RUN line {pipeline.line}: {pipeline.text}", *map(str, outcomes)])
