"""What `irc-opt` does with a command line and a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from irc import __version__
from irc.analysis.ownership import check_ownership
from irc.cli.files import STDIN, Streams, split_input
from irc.cli.opt_options import FLAGS, VALUES, Options, parse_command_line
from irc.cli.tool import EXIT_CODES, INVALID_INPUT, OK, Job, crash_file, version
from irc.ir.diagnostic import DiagnosedError, Diagnostic, error
from irc.ir.verifier import verify
from irc.ods.registry import known_dialects
from irc.passes.base import Pass
from irc.passes.manager import Instrumentation, PassManager
from irc.passes.pipeline import FILE, Pipeline, Source, make_pass, parse_pipeline
from irc.passes.registry import all_passes, find_pass
from irc.passes.reproducer import RESOURCE, read_reproducer
from irc.text.parser import ParsedFile, parse_file
from irc.text.printer import print_op

if TYPE_CHECKING:
    from pathlib import Path

_SEPARATOR = "// -----\n"
_COMMAND_LINE = "<command line>"
_TELLING = ("allow-unregistered-dialect", "print-op-generic", "print-debuginfo")
"""The flags that a reproducer needs to be read and printed as before."""


def command_line(arguments: list[str]) -> Options:
    """The command line, with the passes that there are. Raises `UsageError`."""
    return parse_command_line(
        arguments, lambda name: find_pass(name) is not None, lambda: [cls.name for cls in all_passes()]
    )


def run(options: Options, text: str, streams: Streams, job: Job) -> tuple[int, str]:
    """The exit code and what goes to the output. Raises `UsageError`."""
    if options.information:
        return OK, "".join(_INFORMATION[flag]() for flag in options.information)
    file = STDIN if options.file == "-" else options.file
    sources = {file: text}
    try:
        pipeline = _pipeline(options)
    except DiagnosedError as problem:
        texts = {FILE: options.value("pass-pipeline") or "", _COMMAND_LINE: options.pass_text}
        streams.report(problem.diagnostics, texts)
        return INVALID_INPUT, ""
    job.path = crash_file(options.value("crash-reproducer"))
    managers = [PassManager(pipeline, _instrumentation(options, streams, job.path))]
    parts = split_input(text) if options.on("split-input-file") else [(text, 0)]
    code, outputs = OK, []
    for part, line_offset in parts:
        output, diagnostics = _process(part, file, line_offset, options, managers, job)
        if options.on("verify-diagnostics"):
            from irc.cli import expected  # noqa: PLC0415 - loaded only where it is needed

            wrong = expected.check(diagnostics, expected.read_expectations(part, line_offset, file))
            streams.report(wrong, sources)
            code = INVALID_INPUT if wrong else code
            continue
        streams.report(diagnostics, sources)
        if any(diagnostic.severity == "error" for diagnostic in diagnostics):
            code = INVALID_INPUT
        else:
            outputs.append(output)
    for manager in managers:
        _report(options, manager, streams)
    return code, _SEPARATOR.join(outputs)


def _process(
    text: str, file: str, line_offset: int, options: Options, managers: list[PassManager], job: Job
) -> tuple[str, Iterable[Diagnostic]]:
    """The output for one input, and the diagnostics it gave. The first of `managers` is that of the command line; that of
    a reproducer is added."""
    manager = managers[0]
    watch = manager.instrumentation
    job.stage, job.source, job.command = "the parser", text, watch.command
    job.reproducer = manager.reproducer
    try:
        parsed = parse_file(
            text, file, allow_unregistered=options.on("allow-unregistered-dialect"), line_offset=line_offset
        )
        module = parsed.module
        if options.on("run-reproducer"):
            manager = _reproducing(parsed, manager)
            managers.append(manager)
            job.reproducer = manager.reproducer
            del parsed.metadata.external_resources[RESOURCE]
        job.stage = "the verifier"
        problems = verify(module) or check_ownership(module)
        if problems:
            return "", problems
        manager.run(module, text)
        job.stage = "the printer"
        output = print_op(
            module,
            generic=options.on("print-op-generic"),
            debuginfo=options.on("print-debuginfo"),
            local_scope=options.on("print-local-scope"),
            external_resources=parsed.metadata.of_tools(),
        )
        return output, ()
    except DiagnosedError as problem:
        return "", problem.diagnostics


def _reproducing(parsed: ParsedFile, manager: PassManager) -> PassManager:
    """Runs what a reproducer says, and then the passes of the command line, as mlir-opt does."""
    reproducer = read_reproducer(parsed.metadata, parsed.module.location)
    try:
        pipeline = parse_pipeline(reproducer.pipeline)
    except DiagnosedError as problem:
        raise error(reproducer.location, f"in the pipeline of the reproducer: {problem}") from None
    pipeline.steps += manager.pipeline.steps
    return PassManager(pipeline, replace(manager.instrumentation, verify_each=reproducer.verify_each))


def _pipeline(options: Options) -> Pipeline:
    """The passes that the command line asks for."""
    text = options.value("pass-pipeline")
    if text is not None:
        return parse_pipeline(text)
    source = Source(_COMMAND_LINE, options.pass_text)
    return Pipeline("builtin.module", [make_pass(source, flag.name, flag.options) for flag in options.passes])


def _instrumentation(options: Options, streams: Streams, crash_file: Callable[[], Path]) -> Instrumentation:
    def names(flag: str) -> frozenset[str]:
        return frozenset(name or "*" for value in options.flags.get(flag, ()) for name in value.split(","))

    after = names("print-ir-after") | (frozenset("*") if options.on("print-ir-after-all") else frozenset())
    return Instrumentation(
        verify_each=options.on("verify-each", default=True),
        verify_provenance=options.on("verify-provenance"),
        print_before=names("print-ir-before"),
        print_after=after,
        print_after_change=options.on("print-ir-after-change"),
        generic=options.on("print-op-generic"),
        debuginfo=options.on("print-debuginfo"),
        local_scope=options.on("print-local-scope"),
        write=streams.stderr.write,
        reproducer=crash_file,
        command="irc-opt %s" + "".join(f" --{flag}" for flag in _TELLING if options.on(flag)) + " --run-reproducer",
    )


def _report(options: Options, manager: PassManager, streams: Streams) -> None:
    """What `--timing` and `--pass-statistics` ask for."""
    total = manager.measured.total
    if options.on("timing"):
        streams.stderr.write("===- Pass execution timing -===\n")
        for depth, step in manager.measured.walk():
            share = 100 * step.total / max(total, 1e-12)
            streams.stderr.write(f"  {step.total * 1e3:9.3f} ms  {share:5.1f}%  {'  ' * depth}{step.name}\n")
    if options.on("pass-statistics"):
        streams.stderr.write("===- Pass statistics -===\n")
        for _, step in manager.measured.walk():
            for what, count in step.statistics.items():
                streams.stderr.write(f"  {count:9}  {step.name}: {what}\n")


def summary(cls: type[Pass]) -> str:
    """The first line of a pass's documentation."""
    return (cls.__doc__ or "").strip().split("\n")[0]


def help_text() -> str:
    """Usage, flags and passes, the latter from their declarations."""
    lines = [f"irc-opt {__version__}: irc-opt [options] [file]", "", "Options:"]
    lines += [f"  --{name + VALUES.get(name, ''):<28} {text}" for name, (_, text) in FLAGS.items()]
    lines += ["  -o <file>                      write the output there", "", EXIT_CODES, "", "Passes:"]
    for cls in all_passes():
        lines.append(f"  --{cls.name:<28} {summary(cls)}")
        lines += [
            f"      {o.name}={o.default!s:<20} {o.help}" + (f" ({o.legal})" if o.legal else "")
            for o in cls.options.values()
        ]
    return "\n".join(lines) + "\n"


_INFORMATION: Mapping[str, Callable[[], str]] = {
    "help": help_text,
    "version": lambda: version("irc-opt"),
    "list-passes": lambda: "".join(f"--{cls.name:<28} {summary(cls)}\n" for cls in all_passes()),
    "show-dialects": lambda: "\n".join(known_dialects()) + "\n",
}
