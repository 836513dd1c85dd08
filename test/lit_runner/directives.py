"""Finds CHECK lines that FileCheck would silently pass over: misspelt ones, and prefixes that no line uses."""

from __future__ import annotations

import re
from pathlib import Path

from filecheck.options import parse_argv_options

from lit_runner.commands import FILECHECK
from lit_runner.script import Script, ScriptError

KINDS = r"(?:-(?:DAG|COUNT-\d+|NOT|EMPTY|NEXT|SAME|LABEL))?"


def check_directives(path: Path, script: Script) -> None:
    """Raise ScriptError where a check prefix has no line in `path`, or a CHECK-like line belongs to no prefix."""
    prefixes: set[str] = set()
    for pipeline in script.pipelines:
        for command in pipeline.commands:
            if command.argv[0] in FILECHECK and str(path) in command.argv:
                prefixes.update(parse_argv_options(list(command.argv)).check_prefixes)
    text = path.read_text(encoding="utf-8")
    for prefix in sorted(prefixes):
        if not re.search(rf"(?:^|[^a-zA-Z_-]){re.escape(prefix)}{KINDS}(?:\{{LITERAL\}})?:", text, re.MULTILINE):
            raise ScriptError(f"{path}: no line has the check prefix {prefix}")
    names = "|".join(map(re.escape, sorted(prefixes)))
    known = re.compile(rf"(?:{names}){KINDS}" if prefixes else r"(?!)")
    like = re.compile(rf"//\s*((?:{'|'.join(filter(None, (names, 'CHECK')))})[\w-]*)(?:\{{LITERAL\}})?\s*:")
    for number, line in enumerate(text.splitlines(), 1):
        match = like.search(line)
        if match and not (known.fullmatch(match[1]) and line[match.end() - 2] != " "):
            raise ScriptError(f"{path}:{number}: {match[1]}: is a directive of no RUN line")
