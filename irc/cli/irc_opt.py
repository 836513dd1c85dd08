"""`irc-opt`: reads MLIR text, runs passes, prints MLIR text. It behaves as mlir-opt does."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from irc import __version__
from irc.cli.files import INVALID_INPUT, OK, USAGE, Streams, command_arguments, read_input


def main(
    argv: list[str] | None = None,
    stdin: TextIO | None = None,
    stdout: TextIO | None = None,
    stderr: TextIO | None = None,
) -> int:
    """Run the tool; the exit code is 0 (fine), 1 (wrong input, diagnosed), 2 (wrong usage) or 70 (a bug of ours)."""
    streams = Streams.of(stdin, stdout, stderr)
    arguments = command_arguments(argv)
    if arguments == ["--version"]:
        streams.stdout.write(f"irc-opt {__version__}\n")
        return OK
    from irc.cli.opt_driver import run  # noqa: PLC0415 - the version is printed without loading the compiler
    from irc.cli.opt_options import INFORMATION, UsageError, parse_command_line  # noqa: PLC0415

    try:
        options = parse_command_line(arguments)
        text = "" if any(options.on(flag) for flag in INFORMATION) else read_input(options.file, streams.stdin)
        code, output = run(options, text, streams)
        if options.output == "-":
            streams.stdout.write(output)
        elif code == OK:
            Path(options.output).write_text(output, encoding="utf-8")
    except UsageError as problem:
        streams.stderr.write(f"irc-opt: {problem}\n")
        return USAGE
    except (OSError, UnicodeDecodeError) as problem:
        streams.stderr.write(f"irc-opt: cannot read or write: {problem}\n")
        return INVALID_INPUT
    return code
