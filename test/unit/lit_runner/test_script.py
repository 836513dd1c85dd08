"""RUN lines are read as lit reads them; what is not supported is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from lit_runner.script import Command, Script, ScriptError, parse_pipeline, parse_script

SUBSTITUTIONS = {"s": "/t/a.mlir", "t": "/tmp/a", "%": "%"}


def parse(text: str, folder: Path) -> Script:
    path = folder / "a.mlir"
    path.write_text(text)
    return parse_script(path, folder / "a.tmp")


def test_a_pipeline_of_commands() -> None:
    assert parse_pipeline("not irc-opt %s --cse 2>&1 | filecheck %s", SUBSTITUTIONS) == (
        Command(("irc-opt", "/t/a.mlir", "--cse"), negated=True, stderr="|"),
        Command(("filecheck", "/t/a.mlir")),
    )


def test_redirections() -> None:
    assert parse_pipeline("irc-opt < %s > %t.out 2> %t.err", SUBSTITUTIONS) == (
        Command(("irc-opt",), stdin="/t/a.mlir", stdout="/tmp/a.out", stderr="/tmp/a.err"),
    )


def test_quotes_protect_shell_characters_but_not_substitutions() -> None:
    (command,) = parse_pipeline("irc-opt --pass-pipeline='builtin.module(a{b=1},c)' \"%s|\" ''", SUBSTITUTIONS)
    assert command.argv == ("irc-opt", "--pass-pipeline=builtin.module(a{b=1},c)", "/t/a.mlir|", "")


@pytest.mark.parametrize(
    "text",
    [
        "a && b",
        "a || b",
        "a ; b",
        "a &",
        "a |& b",
        "a |",
        "| a",
        "",
        "not",
        "a $HOME",
        "a `b`",
        "a (b)",
        "a *.mlir",
        "a {b,c}",
        "a \\b",
        'a "$b"',
        "a 'b",
        "! a",
        "a # b",
        "a >> /b",
        "a > b",
        "a >",
        "a 2>&1 > /b",
        "a > /b | c",
        "a | b < /c",
        "a %unknown",
        "a %{t:stem}",
    ],
)
def test_other_shell_syntax_is_an_error(text: str) -> None:
    with pytest.raises(ScriptError):
        parse_pipeline(text, SUBSTITUTIONS)


def test_a_line_is_continued_on_the_next_run_line(tmp_path: Path) -> None:
    script = parse("// RUN: cat %s \\\n// RUN:   | sort\n// RUN: cat %t\n", tmp_path)
    assert [[command.argv[0] for command in pipeline.commands] for pipeline in script.pipelines] == [
        ["cat", "sort"],
        ["cat"],
    ]
    assert [pipeline.line for pipeline in script.pipelines] == [1, 3]


def test_conditions(tmp_path: Path) -> None:
    script = parse("// REQUIRES: cuda, !win32\n// UNSUPPORTED: x86_64\n// XFAIL: *\n// RUN: cat %s\n", tmp_path)
    assert (script.requires, script.unsupported, script.xfail) == (("cuda", "!win32"), ("x86_64",), ("*",))


@pytest.mark.parametrize(
    "text",
    [
        "func.func @f()",
        "// RUN: cat %s \\",
        "// RUN: cat \\\n// REQUIRES: cuda\n// RUN: %s",
        "// RUN: cat %s\n// ALLOW_RETRIES: 2",
        "// RUN: cat %s\n// DEFINE: %{a} = b",
        "// RUN: cat %s\n// END.",
        "// RUN: cat %s\n// REQUIRES: a && b",
    ],
)
def test_a_file_that_lit_reads_otherwise_is_an_error(text: str, tmp_path: Path) -> None:
    with pytest.raises(ScriptError):
        parse(text, tmp_path)
