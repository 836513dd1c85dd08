"""`irc-run`: runs a function of an MLIR file on arrays."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Sequence
from typing import Any, TextIO

from irc import __version__
from irc.cli.files import INTERNAL_ERROR, INVALID_INPUT, OK, USAGE, Streams, command_arguments, read_input
from irc.ir.diagnostic import DiagnosedError

EXECUTORS = ("cpu", "interpreter")


class _Parser(argparse.ArgumentParser):
    """Errors of usage become exceptions, so that `main` decides where they go."""

    def error(self, message: str) -> Any:
        raise _UsageError(message)


class _UsageError(Exception):
    pass


def command_line() -> argparse.ArgumentParser:
    """The parser of the command line."""
    parser = _Parser(prog="irc-run", description="Run a function of an MLIR file on arrays.")
    parser.add_argument("file", help="the MLIR text, '-' for standard input")
    parser.add_argument("-e", "--entry", default="main", metavar="FUNCTION", help="the function (default: main)")
    parser.add_argument(
        "--arg", action="append", default=[], metavar="X",
        help="an argument: a literal, FILE.npy, random[:SEED], zeros, ones, iota (with @4x8 for a dynamic shape)",
    )  # fmt: skip
    parser.add_argument("--npz", metavar="FILE", help="arguments from an .npz file: in0, in1, …, or all in order")
    parser.add_argument("--executor", choices=EXECUTORS, default="cpu", help="what runs it (default: cpu)")
    parser.add_argument("--pipeline", metavar="PASSES", help="the passes to run, instead of the executor's own")
    parser.add_argument("--save", metavar="OUT.npz", help="save the results as out0, out1, …")
    parser.add_argument("--print", action="store_true", help="print the results (the default unless they are saved)")
    parser.add_argument("--allow-unregistered-dialect", action="store_true", help="accept operations that are unknown")
    parser.add_argument("--version", action="version", version=f"irc-run {__version__}")
    return parser


def main(
    argv: list[str] | None = None,
    stdin: TextIO | None = None,
    stdout: TextIO | None = None,
    stderr: TextIO | None = None,
) -> int:
    """Run the tool; the exit code is 0 (fine), 1 (wrong input, diagnosed), 2 (wrong usage) or 70 (a bug of ours)."""
    streams = Streams.of(stdin, stdout, stderr)
    try:
        options = command_line().parse_args(command_arguments(argv))
    except _UsageError as problem:
        streams.stderr.write(f"irc-run: {problem}\n")
        return USAGE
    except SystemExit as problem:
        return int(problem.code or 0)
    return _run(options, streams)


def _run(options: argparse.Namespace, streams: Streams) -> int:
    # NumPy and the compiler are loaded only when there is something to run.
    from irc.cli.arguments import ArgumentError  # noqa: PLC0415
    from irc.passes.reproducer import InternalCompilerError  # noqa: PLC0415

    file = "<stdin>" if options.file == "-" else options.file
    text = ""
    collecting = gc.isenabled()
    gc.disable()
    try:
        text = read_input(options.file, streams.stdin)
        results = _execute(options, text, file)
    except DiagnosedError as problem:
        streams.report(problem.diagnostics, {file: text, "<pipeline>": options.pipeline or ""})
        return INVALID_INPUT
    except (ArgumentError, OSError, UnicodeDecodeError) as problem:
        streams.stderr.write(f"irc-run: {problem}\n")
        return INVALID_INPUT
    except InternalCompilerError as problem:
        streams.stderr.write(f"irc-run: {problem}\n")
        return INTERNAL_ERROR
    finally:
        if collecting:
            gc.enable()
    return _output(options, results, streams)


def _execute(options: argparse.Namespace, text: str, file: str) -> Sequence[Any]:
    from irc.analysis.ownership import check_ownership  # noqa: PLC0415
    from irc.cli.execution import arguments_of, run_cpu, run_interpreter, transform  # noqa: PLC0415
    from irc.ir.verifier import verify  # noqa: PLC0415
    from irc.text.parser import parse_module  # noqa: PLC0415

    module = parse_module(text, file, allow_unregistered=options.allow_unregistered_dialect)
    problems = verify(module) or check_ownership(module)
    if problems:
        raise DiagnosedError(*problems)
    arguments = arguments_of(module, options.entry, options.arg, options.npz)
    transform(module, options.pipeline, options.executor)
    run = run_cpu if options.executor == "cpu" else run_interpreter
    return run(module, options.entry, arguments)


def _output(options: argparse.Namespace, results: Sequence[Any], streams: Streams) -> int:
    import numpy as np  # noqa: PLC0415

    if options.save:
        try:
            arrays: dict[str, Any] = {f"out{i}": np.asarray(result) for i, result in enumerate(results)}
            np.savez(options.save, **arrays)
        except OSError as problem:
            streams.stderr.write(f"irc-run: cannot write '{options.save}': {problem}\n")
            return INVALID_INPUT
    if options.print or not options.save:
        for i, result in enumerate(results):
            array = np.asarray(result)
            shape = "x".join(map(str, array.shape))
            streams.stdout.write(f"result {i}: {array.dtype}{f'[{shape}]' if array.shape else ''}\n{array}\n")
    return OK
