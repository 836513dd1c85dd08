"""`irc-opt`: reads MLIR text, runs passes, prints MLIR text. It behaves as mlir-opt does."""

from __future__ import annotations

import sys
from typing import TextIO

from irc.cli.files import Streams, read_input
from irc.cli.tool import OK, Job, run_tool, version


def main(
    argv: list[str] | None = None,
    stdin: TextIO | None = None,
    stdout: TextIO | None = None,
    stderr: TextIO | None = None,
) -> int:
    """Run the tool; the exit code is 0 (fine), 1 (wrong input, diagnosed), 2 (wrong usage) or 70 (a bug of ours)."""
    return run_tool("irc-opt", _body, argv, stdin, stdout, stderr)


def _body(arguments: list[str], streams: Streams, job: Job) -> int:
    if arguments == ["--version"]:
        streams.stdout.write(version("irc-opt"))
        return OK
    from irc.cli.opt_driver import command_line, run  # noqa: PLC0415 - the version is printed without loading the compiler

    options = command_line(arguments)
    job.source = "" if options.information else read_input(options.file, streams.stdin)
    code, output = run(options, job.source, streams, job)
    if options.output == "-":
        streams.stdout.write(output)
    elif code == OK:
        with open(options.output, "w", encoding="utf-8") as file:
            file.write(output)
    return code


if __name__ == "__main__":
    sys.exit(main())
