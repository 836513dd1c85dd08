"""The command line of `irc-opt`: flags that are always there, and one per pass in the order given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from irc.cli.tool import UsageError
from irc.text.diagnostics import did_you_mean


class Kind(Enum):
    """What a flag takes after its `=`."""

    SWITCH = "true or false"
    PASSES = "names of passes, separated by commas"
    TEXT = "text, which may also be the next argument"
    INFORMATION = "nothing; the flag tells about the tool, and no input is read"


VALUES: Mapping[str, str] = {
    "print-ir-before": "[=<passes>]", "print-ir-after": "[=<passes>]", "pass-pipeline": "=<pipeline>",
    "crash-reproducer": "=<file>", "verify-each": "[=<bool>]",
}  # fmt: skip
"""What the help shows after a flag for its value; all other switches are mostly given without one."""

FLAGS: Mapping[str, tuple[Kind, str]] = {
    "split-input-file": (Kind.SWITCH, "treat parts between '// -----' lines as separate inputs"),
    "verify-diagnostics": (Kind.SWITCH, "check diagnostics against 'expected-…' comments"),
    "allow-unregistered-dialect": (Kind.SWITCH, "accept operations, types and attributes of unknown dialects"),
    "verify-each": (Kind.SWITCH, "verify after each pass (default true)"),
    "verify-provenance": (Kind.SWITCH, "fail where a pass leaves an operation without location"),
    "print-op-generic": (Kind.SWITCH, "print MLIR's generic form"),
    "print-debuginfo": (Kind.SWITCH, "print locations"),
    "print-local-scope": (Kind.SWITCH, "print locations and affine maps where they are used, without names for them"),
    "print-ir-before": (Kind.PASSES, "print the IR before these passes (a,b,…; all without)"),
    "print-ir-after": (Kind.PASSES, "print the IR after these passes (a,b,…; all without)"),
    "print-ir-after-all": (Kind.SWITCH, "print the IR after each pass"),
    "print-ir-after-change": (Kind.SWITCH, "print the IR after each pass that changed it"),
    "timing": (Kind.SWITCH, "report the time each pass took"),
    "pass-statistics": (Kind.SWITCH, "report what passes counted"),
    "pass-pipeline": (Kind.TEXT, "the passes as text: builtin.module(func.func(cse),inline)"),
    "crash-reproducer": (Kind.TEXT, "on an internal error write the IR and the pipeline to this file"),
    "run-reproducer": (Kind.SWITCH, "run the pipeline that a crash reproducer records, then the given passes"),
    "list-passes": (Kind.INFORMATION, "list the passes, a line each"),
    "show-dialects": (Kind.INFORMATION, "list the dialects"),
    "help": (Kind.INFORMATION, "this text"),
    "version": (Kind.INFORMATION, "print the version"),
}

_OTHER_NAMES = {
    "h": "help", "mlir-pass-pipeline-crash-reproducer": "crash-reproducer",
    **{f"mlir-{name}": name for name in FLAGS if name.startswith("print-") or name in ("timing", "pass-statistics")},
}  # fmt: skip
"""What mlir-opt calls some of the flags."""
_TRUTH = {"": True, "true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class PassFlag:
    """A pass that the command line asks for: where its name and its options stand in `Options.pass_text`."""

    name: tuple[int, int]
    options: tuple[int, int]


@dataclass(slots=True)
class Options:
    """A parsed command line. `pass_text` is that part of it which names passes, `passes` says where, in order."""

    file: str = "-"
    output: str = "-"
    flags: dict[str, list[str]] = field(default_factory=dict)
    pass_text: str = ""
    passes: list[PassFlag] = field(default_factory=list)

    def on(self, flag: str, default: bool = False) -> bool:
        """Whether a switch is given, and not as `=false`."""
        values = self.flags.get(flag)
        return default if values is None else _TRUTH[values[-1]]

    def value(self, flag: str) -> str | None:
        values = self.flags.get(flag)
        return values[-1] if values else None

    @property
    def information(self) -> list[str]:
        """The flags that ask about the tool."""
        return [flag for flag in self.flags if FLAGS[flag][0] is Kind.INFORMATION]

    def add_pass(self, dashes: str, name: str, equals: str, options: str) -> None:
        """A flag that is a pass, as it is written."""
        self.pass_text += f"{' ' if self.pass_text else ''}{dashes}"
        start = len(self.pass_text)
        self.pass_text += f"{name}{equals}{options}"
        end = len(self.pass_text)
        self.passes.append(PassFlag((start, start + len(name)), (end - len(options), end)))


def parse_command_line(
    arguments: list[str], is_pass: Callable[[str], bool], passes: Callable[[], list[str]]
) -> Options:
    """What the arguments say; `passes` are the names of all passes, for hints. Raises `UsageError`."""
    options = Options()
    files: list[str] = []
    queue = list(arguments)
    while queue:
        argument = queue.pop(0)
        if argument == "-" or not argument.startswith("-"):
            files.append(argument)
            continue
        dashes = "--" if argument.startswith("--") else "-"
        name, equals, value = argument.removeprefix(dashes).partition("=")
        value = _unquoted(value)
        if name == "o":
            options.output = _text("-o", equals, value, queue)
            continue
        name = _OTHER_NAMES.get(name, name)
        if name in FLAGS:
            kind = FLAGS[name][0]
            if kind is Kind.TEXT:
                value = _text(f"--{name}", equals, value, queue)
            _check(kind, name, equals, value, is_pass, passes)
            options.flags.setdefault(name, []).append(value)
        elif is_pass(name):
            options.add_pass(dashes, name, equals, value)
        else:
            raise UsageError(f"unknown option '{dashes}{name}'{did_you_mean(name, [*FLAGS, *passes()])}")
    if len(files) > 1:
        raise UsageError(f"expected one input file, got {len(files)}")
    if files:
        options.file = files[0]
    if options.passes and "pass-pipeline" in options.flags:
        raise UsageError("passes are given both as flags and as --pass-pipeline")
    return options


def _text(flag: str, equals: str, value: str, queue: list[str]) -> str:
    """The text that a flag takes, here or as the next argument."""
    if equals:
        return value
    if not queue:
        raise UsageError(f"{flag} needs a value")
    return queue.pop(0)


def _check(
    kind: Kind, name: str, equals: str, value: str, is_pass: Callable[[str], bool], passes: Callable[[], list[str]]
) -> None:
    """Raises `UsageError` where the flag cannot have this value."""
    if kind is Kind.INFORMATION and equals:
        raise UsageError(f"--{name} takes no value")
    if kind is Kind.SWITCH and (value not in _TRUTH or (equals and not value)):
        raise UsageError(f"--{name} must be true or false, got '{value}'")
    if kind is Kind.PASSES and equals:
        for each in value.split(","):
            if not is_pass(each):
                raise UsageError(f"--{name}: unknown pass '{each}'{did_you_mean(each, passes())}")


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" else value
