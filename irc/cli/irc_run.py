"""`irc-run`: runs a function of an MLIR file on arrays."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Sequence
from typing import Any, TextIO

from irc.cli.files import STDIN, Streams, read_input
from irc.cli.tool import EXIT_CODES, INVALID_INPUT, OK, Job, UsageError, crash_file, run_tool, version

EXECUTORS = ("cpu", "interpreter")

_NOTES = f"""\
Arguments: an array in an .npz file is for the argument that it is named after (in0, in1, …); where no array has such a
name, they are for the first arguments, in the file's order. Each --arg is for the next argument that the file leaves
open. Arrays must have the very dtype and shape of the argument; numbers that are written out are converted.

Results of types that NumPy itself does not know (bf16, f8E4M3FN, …) are saved as bytes of their width; --npz and --arg
read them back for arguments of the same type, and ml_dtypes gives them a meaning: array.view(ml_dtypes.bfloat16). Arrays
of float32 whose numbers are all of such a type are taken as well.

StableHLO, as JAX prints it, is run like any other program: the passes start with stablehlo-to-nd.

{EXIT_CODES}
"""


class _Once(argparse.Action):
    """An option of which a second one would make the first be forgotten."""

    def __call__(self, parser: Any, namespace: Any, values: Any, option_string: str | None = None) -> None:
        if getattr(namespace, self.dest) is not None:
            parser.error(f"argument {option_string}: given more than once")
        setattr(namespace, self.dest, values)


class _Parser(argparse.ArgumentParser):
    """Errors of usage become exceptions, so that the frame of the tools decides where they go."""

    def error(self, message: str) -> Any:
        raise UsageError(message)


def command_line() -> argparse.ArgumentParser:
    """The parser of the command line."""
    parser = _Parser(
        prog="irc-run", description="Run a function of an MLIR file on arrays.", epilog=_NOTES, add_help=False,
        allow_abbrev=False, formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("file", nargs="?", default="-", help="the MLIR text, '-' for standard input")
    parser.add_argument("-e", "--entry", default="main", metavar="FUNCTION", help="the function (default: main)")
    parser.add_argument(
        "--arg", action="append", default=[], metavar="X",
        help="an argument: a literal, FILE.npy, random[:SEED], zeros, ones, iota (with @4x8 for a dynamic shape)",
    )  # fmt: skip
    parser.add_argument(
        "--npz", metavar="FILE", action=_Once, help="arguments from an .npz file: in0, in1, …, or all in order"
    )
    parser.add_argument("--executor", choices=EXECUTORS, default="cpu", help="what runs it (default: cpu)")
    parser.add_argument("--pipeline", metavar="PASSES", help="the passes to run, instead of the executor's own")
    parser.add_argument("--save", metavar="OUT.npz", help="save the results as out0, out1, …")
    parser.add_argument("--print", action="store_true", help="print the results (the default unless they are saved)")
    parser.add_argument("--allow-unregistered-dialect", action="store_true", help="accept operations that are unknown")
    parser.add_argument("--crash-reproducer", metavar="FILE", help="on an internal error write the input to this file")
    parser.add_argument("--version", action="store_true", help="print the version")
    parser.add_argument("-h", "--help", action="store_true", help="this text")
    return parser


def main(
    argv: list[str] | None = None,
    stdin: TextIO | None = None,
    stdout: TextIO | None = None,
    stderr: TextIO | None = None,
) -> int:
    """Run the tool; the exit code is 0 (fine), 1 (wrong input, diagnosed), 2 (wrong usage) or 70 (a bug of ours)."""
    return run_tool("irc-run", _body, argv, stdin, stdout, stderr)


def _body(arguments: list[str], streams: Streams, job: Job) -> int:
    parser = command_line()
    options = parser.parse_args(_joined(arguments))
    if options.help or options.version:
        streams.stdout.write(parser.format_help() if options.help else version("irc-run"))
        return OK
    return _run(options, arguments, streams, job)


def _joined(arguments: Sequence[str]) -> list[str]:
    """The arguments with each value of `--arg` joined to it: `-inf` is no flag."""
    joined: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        value = next(rest, None) if argument == "--arg" else None
        joined.append(argument if value is None else f"--arg={value}")
        # argparse loses this value.
        if joined[-1].startswith("--") and joined[-1].endswith("=--"):
            raise UsageError(f"'--' is no value of {joined[-1].removesuffix('=--')}")
    return joined


def _run(options: argparse.Namespace, arguments: Sequence[str], streams: Streams, job: Job) -> int:
    # NumPy and the compiler are loaded only when there is something to run.
    from irc.cli.arguments import ArgumentError  # noqa: PLC0415
    from irc.cli.execution import Request, execute  # noqa: PLC0415

    file = STDIN if options.file == "-" else options.file
    job.source = read_input(options.file, streams.stdin)
    job.sources = {file: job.source, "<pipeline>": options.pipeline or ""}
    again = [argument for argument in arguments if argument != options.file]
    job.command = f"irc-run %s {shlex.join(again)}".rstrip()
    job.path = crash_file(options.crash_reproducer)
    request = Request(
        options.entry, options.executor, options.pipeline, options.arg, options.npz, options.allow_unregistered_dialect
    )
    try:
        results = execute(request, file, job)
        job.stage = "the output"
        return _output(options, results, streams)
    except ArgumentError as problem:
        streams.stderr.write(f"irc-run: {problem}\n")
        return INVALID_INPUT


def _output(options: argparse.Namespace, results: Sequence[Any], streams: Streams) -> int:
    import numpy as np  # noqa: PLC0415

    if options.save:
        arrays: dict[str, Any] = {f"out{i}": _plain(np.asarray(result)) for i, result in enumerate(results)}
        with open(options.save, "wb") as file:
            np.savez(file, **arrays)
    if options.print or not options.save:
        for i, result in enumerate(results):
            array = np.asarray(result)
            shape = "x".join(map(str, array.shape))
            streams.stdout.write(f"result {i}: {array.dtype}{f'[{shape}]' if array.shape else ''}\n{array}\n")
    return OK


def _plain(array: Any) -> Any:
    """An array as NumPy can save it: elements of a type that is not its own as bytes."""
    from irc.ir.rounding import is_of_numpy  # noqa: PLC0415 - with NumPy, which takes long to load

    return array if is_of_numpy(array.dtype) else array.view(f"V{array.dtype.itemsize}")


if __name__ == "__main__":
    sys.exit(main())
