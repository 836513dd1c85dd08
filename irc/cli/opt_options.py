"""The command line of `irc-opt`: flags that are always there, and one per pass in the order given."""

from __future__ import annotations

from dataclasses import dataclass, field

from irc.text.diagnostics import did_you_mean

FLAGS = {
    "split-input-file": "treat parts between '// -----' lines as separate inputs",
    "verify-diagnostics": "check diagnostics against 'expected-…' comments",
    "allow-unregistered-dialect": "accept operations, types and attributes of unknown dialects",
    "verify-each": "verify after each pass (default true)",
    "print-op-generic": "print MLIR's generic form",
    "print-debuginfo": "print locations",
    "print-ir-before": "print the IR before a pass (=name; all passes without)",
    "print-ir-after": "print the IR after a pass (=name; all passes without)",
    "print-ir-after-all": "print the IR after each pass",
    "print-ir-after-change": "print the IR after each pass that changed it",
    "timing": "report the time each pass took",
    "pass-statistics": "report what passes counted",
    "pass-pipeline": "the passes as text: builtin.module(func.func(cse),inline)",
    "crash-reproducer": "on an internal error write the IR and the pipeline to this file",
    "run-reproducer": "run the pipeline that a crash reproducer records, then the given passes",
    "list-passes": "list the passes, a line each",
    "show-dialects": "list the dialects",
    "help": "this text",
    "version": "print the version",
}
INFORMATION = ("help", "list-passes", "show-dialects")
"""The flags that tell about the tool, for which no input is read."""

_SHORT = {"h": "help"}


class UsageError(Exception):
    """The command line makes no sense."""


@dataclass(slots=True)
class Options:
    """A parsed command line. `passes` holds name and option text of each pass flag, in order."""

    file: str = "-"
    output: str = "-"
    flags: dict[str, list[str]] = field(default_factory=dict)
    passes: list[tuple[str, str]] = field(default_factory=list)

    def on(self, flag: str, default: bool = False) -> bool:
        """Whether a boolean flag is given, and not as `=false`."""
        values = self.flags.get(flag)
        return default if values is None else values[-1] not in ("false", "0")

    def value(self, flag: str) -> str | None:
        values = self.flags.get(flag)
        return values[-1] if values else None


def parse_command_line(arguments: list[str]) -> Options:
    """Raises `UsageError`."""
    options = Options()
    files: list[str] = []
    queue = list(arguments)
    while queue:
        argument = queue.pop(0)
        if argument == "-" or not argument.startswith("-"):
            files.append(argument)
            continue
        name, _, value = argument.lstrip("-").partition("=")
        if name == "o":
            if not value and not queue:
                raise UsageError("-o needs a file name")
            options.output = value or queue.pop(0)
            continue
        name = _SHORT.get(name, name)
        if name in FLAGS:
            if name in ("pass-pipeline", "crash-reproducer") and not value:
                if not queue:
                    raise UsageError(f"--{name} needs a value")
                value = queue.pop(0)
            options.flags.setdefault(name, []).append(_unquoted(value))
        else:
            options.passes.append((name, _unquoted(value)))
    if len(files) > 1:
        raise UsageError(f"expected one input file, got {len(files)}")
    if files:
        options.file = files[0]
    if options.passes and "pass-pipeline" in options.flags:
        raise UsageError("passes are given both as flags and as --pass-pipeline")
    return options


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" else value


def unknown_flag(name: str, known: list[str]) -> UsageError:
    return UsageError(f"unknown option '--{name}'{did_you_mean(name, [*FLAGS, *known])}")
