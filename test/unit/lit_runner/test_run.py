"""A test passes where its RUN lines hold, and nowhere else; lit itself judges the same."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TextIO

import pytest
from lit_runner.plugin import LitFailure, run_test
from lit_runner.script import ScriptError

LIT_CONFIG = """
import lit.formats, os, sys
config.name = "sample"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir"]
config.environment["PATH"] = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
config.substitutions.append(("FileCheck", "filecheck"))
"""

PASSING = {
    "match": "// RUN: cat %s | filecheck %s\nfoo\n// CHECK: {{^}}foo\n",
    "upstream_name": "// RUN: cat %s | FileCheck %s\nfoo\n// CHECK: {{^}}foo\n",
    "negated": "// RUN: not cat %t.missing\n",
    "joined_streams": "// RUN: not cat %t.missing 2>&1 | filecheck %s\n// CHECK: missing\n",
    "file": "// RUN: cat %s > %t\n// RUN: sort < %t | filecheck %s\nfoo\n// CHECK: {{^}}foo\n",
    "error_file": "// RUN: not cat %t.missing 2> %t\n// RUN: filecheck %s --input-file=%t\n// CHECK: missing\n",
    "prefixes": "// RUN: cat %s | filecheck %s --check-prefixes=A,B\nfoo\n// A: {{^}}foo\n// B-NEXT: A\n",
}
FAILING = {
    "mismatch": "// RUN: cat %s | filecheck %s\n// CHECK: {{^}}foo\n",
    "excluded": "// RUN: cat %s | filecheck %s\nfoo\n// CHECK-NOT: {{^}}foo\n",
    "first_command": "// RUN: cat %t.missing %s | filecheck %s\nfoo\n// CHECK: {{^}}foo\n",
    "not_that_succeeds": "// RUN: not cat %s\n",
    "second_line": "// RUN: cat %s\n// RUN: cat %t.missing\n",
    "empty_input": "// RUN: cat < /dev/null | filecheck %s\n// CHECK-NOT: foo\n",
}


def write(folder: Path, text: str, name: str = "a") -> Path:
    path = folder / f"{name}.mlir"
    path.write_text(text)
    return path


@pytest.mark.parametrize("text", PASSING.values(), ids=PASSING)
def test_passes(text: str, tmp_path: Path) -> None:
    run_test(write(tmp_path, text))


@pytest.mark.parametrize("text", FAILING.values(), ids=FAILING)
def test_fails(text: str, tmp_path: Path) -> None:
    with pytest.raises(LitFailure, match="RUN line"):
        run_test(write(tmp_path, text))


def test_lit_judges_the_same(tmp_path: Path) -> None:
    (tmp_path / "lit.cfg.py").write_text(LIT_CONFIG)
    for name, text in (PASSING | FAILING).items():
        write(tmp_path, text, name)
    done = subprocess.run(
        [sys.executable, "-c", "import lit.main; lit.main.main()", "-v", tmp_path],
        capture_output=True,
        text=True,
        check=False,
    )
    lines = re.findall(r"^(\w+): sample :: (\w+)\.mlir ", done.stdout, re.MULTILINE)
    verdicts = {name: verdict for verdict, name in lines}
    assert verdicts == dict.fromkeys(PASSING, "PASS") | dict.fromkeys(FAILING, "FAIL")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("// RUN: cat %s | filecheck %s\n// CHECK: a\n// CHECK-NXT: b\n", "CHECK-NXT: is a directive of no RUN line"),
        ("// RUN: cat %s | filecheck %s\n// CHECK: a\n// CHECK : b\n", "CHECK: is a directive of no RUN line"),
        ("// RUN: cat %s\n// CHECK: a\n", "CHECK: is a directive of no RUN line"),
        ("// RUN: cat %s | filecheck %s --check-prefix=A\n// B: a\n", "no line has the check prefix A"),
        ("// RUN: python3 %s\n", "may not use: python3"),
    ],
)
def test_a_test_that_checks_less_than_it_seems_is_an_error(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ScriptError, match=message):
        run_test(write(tmp_path, text))


def test_filecheck_without_a_check_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="Missing argument"):
        run_test(write(tmp_path, "// RUN: cat %s | filecheck\n"))


@pytest.mark.parametrize("condition", ["REQUIRES: nothing-has-this", f"UNSUPPORTED: {sys.platform}", "UNSUPPORTED: *"])
def test_conditions_skip(condition: str, tmp_path: Path) -> None:
    with pytest.raises(pytest.skip.Exception):
        run_test(write(tmp_path, f"// {condition}\n// RUN: not cat %s\n"))


def test_an_expected_failure(tmp_path: Path) -> None:
    with pytest.raises(pytest.xfail.Exception):
        run_test(write(tmp_path, "// XFAIL: *\n// RUN: not cat %s\n"))
    with pytest.raises(LitFailure, match="expected to fail"):
        run_test(write(tmp_path, "// XFAIL: *\n// RUN: cat %s\n"))


@pytest.fixture
def irc_opt(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the place of irc-opt: copies its input, and exits with its first argument."""

    def main(argv: list[str], stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
        stdout.write(stdin.read())
        stderr.write("a diagnostic\n")
        if argv == ["raise"]:
            raise ZeroDivisionError
        if argv == ["usage"]:
            sys.exit(2)
        return int(argv[0])

    monkeypatch.setitem(sys.modules, "irc.cli.irc_opt", SimpleNamespace(main=main))


@pytest.mark.usefixtures("irc_opt")
class TestTools:
    """irc's tools run in this process, on the streams of the pipeline."""

    def test_streams(self, tmp_path: Path) -> None:
        run_test(
            write(
                tmp_path,
                "// RUN: irc-opt 0 < %s | filecheck %s\n"
                "// RUN: irc-opt 0 < %s 2>&1 | filecheck %s --check-prefixes=CHECK,JOINED\n"
                "foo\n// CHECK: {{^}}foo\n// JOINED: {{^}}a diagnostic\n",
            )
        )

    @pytest.mark.parametrize("argument", ["1", "2", "usage"])
    def test_a_diagnosed_failure_is_what_not_wants(self, argument: str, tmp_path: Path) -> None:
        run_test(write(tmp_path, f"// RUN: not irc-opt {argument}\n"))
        with pytest.raises(LitFailure, match="a diagnostic"):
            run_test(write(tmp_path, f"// RUN: irc-opt {argument}\n"))

    def test_an_internal_error_is_not(self, tmp_path: Path) -> None:
        with pytest.raises(LitFailure, match="exit code: 70"):
            run_test(write(tmp_path, "// RUN: not irc-opt 70\n"))
        with pytest.raises(ZeroDivisionError):
            run_test(write(tmp_path, "// RUN: not irc-opt raise\n"))
