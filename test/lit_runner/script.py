"""What a lit test file says: its RUN lines as pipelines of commands, and where the test is to be run.

Syntax after lit's documentation (https://llvm.org/docs/CommandGuide/lit.html) and lit's own shell: words, single and
double quotes, `|`, `<`, `>`, `2>`, `2>&1`, `not`, and the substitutions %s, %S, %p, %t and %%.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path


class ScriptError(Exception):
    """A test file that cannot be run as written: the test is wrong, whatever the tools do."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command of a pipeline. `stderr` is a file, "|" where it joins stdout, or None."""

    argv: tuple[str, ...]
    negated: bool = False
    stdin: str | None = None
    stdout: str | None = None
    stderr: str | None = None


@dataclass(frozen=True, slots=True)
class Pipeline:
    """One RUN line: its commands and its text as written."""

    commands: tuple[Command, ...]
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Script:
    """All that the runner needs to know of a test file."""

    pipelines: tuple[Pipeline, ...]
    requires: tuple[str, ...]
    unsupported: tuple[str, ...]
    xfail: tuple[str, ...]


# lit finds a keyword anywhere in a line, so this does too. The last four are lit's, but not supported here.
KEYWORD = re.compile(r"(RUN:|REQUIRES:|UNSUPPORTED:|XFAIL:|ALLOW_RETRIES:|REDEFINE:|DEFINE:|END\.\s*$)(.*)")
CONDITIONS = ("REQUIRES:", "UNSUPPORTED:", "XFAIL:")
CONDITION = re.compile(r"!?[\w-]+|\*")
TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<operator>2>&1|2>|<|>|\|)
      | (?P<word>(?: '[^']*' | "[^"$`\\]*" | [^\s'"\\$`;&|<>(){}\[\]*?~\#!] )+)""",
    re.VERBOSE,
)
QUOTED = re.compile(r"""'([^']*)'|"([^"]*)"|([^'"]+)""")
SUBSTITUTION = re.compile(r"%(%|[A-Za-z]+|)")


def parse_script(path: Path, temporary: Path) -> Script:
    """Read the test file `path`, whose `%t` is `temporary`. Raises ScriptError for whatever is not supported."""
    substitutions = {"s": str(path), "S": str(path.parent), "p": str(path.parent), "t": str(temporary), "%": "%"}
    conditions: dict[str, list[str]] = {keyword: [] for keyword in CONDITIONS}
    pipelines: list[Pipeline] = []
    pending, start = "", 0
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        match = KEYWORD.search(line)
        if match is None:
            continue
        keyword, rest = match[1], match[2].strip()
        if keyword == "RUN:":
            start = start if pending else number
            pending += rest
            if pending.endswith("\\"):
                pending = pending[:-1]
                continue
            pipelines.append(Pipeline(parse_pipeline(pending, substitutions), pending, start))
            pending = ""
        elif pending:
            raise ScriptError(f"{path}:{start}: the RUN line is continued by no other RUN line")
        elif keyword in conditions:
            conditions[keyword] += _parse_conditions(rest, f"{path}:{number}: {keyword}")
        else:
            raise ScriptError(f"{path}:{number}: {keyword} is not supported")
    if pending:
        raise ScriptError(f"{path}:{start}: the RUN line is continued by no other RUN line")
    if not pipelines:
        raise ScriptError(f"{path}: no RUN line")
    return Script(tuple(pipelines), *(tuple(conditions[keyword]) for keyword in CONDITIONS))


def parse_pipeline(text: str, substitutions: dict[str, str]) -> tuple[Command, ...]:
    """Parse `a | b | c`. Raises ScriptError for shell syntax that is not supported."""
    stages: list[list[tuple[str, str]]] = [[]]
    for token in _tokens(text, substitutions):
        if token == ("operator", "|"):
            stages.append([])
        else:
            stages[-1].append(token)
    commands = tuple(_parse_command(stage, text) for stage in stages)
    if any(command.stdin for command in commands[1:]) or any(command.stdout for command in commands[:-1]):
        raise ScriptError(f"a redirection in the middle of a pipeline: {text}")
    return commands


def _tokens(text: str, substitutions: dict[str, str]) -> list[tuple[str, str]]:
    tokens: list[tuple[str, str]] = []
    position = 0
    while position < len(text):
        match = TOKEN.match(text, position)
        if match is None:
            raise ScriptError(f"shell syntax that is not supported, at {text[position:]!r} of: {text}")
        position = match.end()
        if match["operator"]:
            tokens.append(("operator", match["operator"]))
        elif match["word"]:
            pieces = ("".join(groups) for groups in QUOTED.findall(match["word"]))
            tokens.append(("word", "".join(_substitute(piece, substitutions) for piece in pieces)))
    return tokens


def _substitute(piece: str, substitutions: dict[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        if match[1] not in substitutions:
            raise ScriptError(f"a substitution that is not supported: {match[0]} in {piece}")
        return substitutions[match[1]]

    return SUBSTITUTION.sub(value, piece)


def _parse_command(tokens: list[tuple[str, str]], text: str) -> Command:
    argv: list[str] = []
    files: dict[str, str] = {}
    remaining = iter(tokens)
    for kind, value in remaining:
        if kind == "word":
            argv.append(value)
        elif value == "2>&1":
            files.setdefault("2>", "|")
        else:
            target_kind, target = next(remaining, ("", ""))
            # A relative file would lie in a folder that depends on who runs the test; `2>&1 >` is not what it seems.
            if target_kind != "word" or not Path(target).is_absolute() or value in files or files.get("2>") == "|":
                raise ScriptError(f"a redirection that is not supported, {value} {target} in: {text}")
            files[value] = target
    negated = argv[:1] == ["not"]
    if not argv[negated:]:
        raise ScriptError(f"a command is missing in: {text}")
    return Command(tuple(argv[negated:]), negated, files.get("<"), files.get(">"), files.get("2>"))


def _parse_conditions(text: str, where: str) -> list[str]:
    terms = [term.strip() for term in text.split(",")]
    for term in terms:
        if not CONDITION.fullmatch(term):
            raise ScriptError(f"{where} a condition that is not supported: {term!r}")
    return terms
