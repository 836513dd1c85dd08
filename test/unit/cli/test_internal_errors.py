"""A bug of ours: exit code 70, one line without a traceback, and a file that shows the bug again."""

from __future__ import annotations

import gc
import io
import re
import shlex
import tempfile
from pathlib import Path
from typing import Any

import pytest

from irc.cli import execution, irc_run, opt_driver
from irc.cli.irc_opt import main
from irc.passes.canonicalize import Canonicalize

PROGRAM = "func.func @f(%x: f32) -> f32 {\n  return %x : f32\n}\n"
STAGES = ["the parser", "the verifier", "pass 'canonicalize'", "the printer"]


def opt(*arguments: str, text: str = PROGRAM) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    out, err = io.StringIO(), io.StringIO()
    return main([*arguments], io.StringIO(text), out, err), out.getvalue(), err.getvalue()


def crash(*_: Any, **__: Any) -> None:
    raise ZeroDivisionError("on purpose")


@pytest.fixture(params=STAGES)
def stage(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A stage that fails, with reproducers in a folder of the test's own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    targets: dict[str, tuple[Any, str]] = {
        "the parser": (opt_driver, "parse_file"),
        "the verifier": (opt_driver, "verify"),
        "pass 'canonicalize'": (Canonicalize, "run"),
        "the printer": (opt_driver, "print_op"),
    }
    monkeypatch.setattr(*targets[request.param], crash)
    return str(request.param)


def test_one_line_says_what_failed(stage: str) -> None:
    code, out, err = opt("--canonicalize")
    assert (code, out) == (70, "")
    assert err.startswith(f"irc-opt: internal error in {stage}: ZeroDivisionError: on purpose; a reproducer is in '")
    assert err.count("\n") == 1
    assert "Traceback" not in err


def _again(path: Path) -> tuple[int, str, str]:
    """Run a reproducer as its first line says."""
    text = path.read_text()
    found = re.match(r"// RUN: irc-opt %s (.*)\n", text)
    assert found is not None
    return opt(*shlex.split(found.group(1)), f"--crash-reproducer={path}", text=text)


def test_the_reproducer_shows_it_again(stage: str) -> None:
    path = Path(opt("--canonicalize")[2].split("'")[-2])
    assert PROGRAM in path.read_text()
    code, _, err = _again(path)
    assert code == 70
    assert f"internal error in {stage}" in err


def test_the_reproducer_holds_the_traceback_as_comments(stage: str, tmp_path: Path) -> None:
    path = tmp_path / "crash.mlir"
    opt("--canonicalize", f"--crash-reproducer={path}")
    comments = [line for line in path.read_text().splitlines() if line.startswith("//")]
    assert "// Traceback (most recent call last):" in comments
    assert "// ZeroDivisionError: on purpose" in comments


def test_the_reproducer_is_where_it_is_asked_for(stage: str, tmp_path: Path) -> None:
    path = tmp_path / "here.mlir"
    assert f"a reproducer is in '{path}'" in opt("--canonicalize", f"--crash-reproducer={path}")[2]
    assert path.exists()


def test_flags_that_matter_are_in_the_reproducer(stage: str, tmp_path: Path) -> None:
    path = tmp_path / "crash.mlir"
    opt("--allow-unregistered-dialect", "--canonicalize", f"--crash-reproducer={path}", text='"a.b"() : () -> ()')
    assert path.read_text().startswith("// RUN: irc-opt %s --allow-unregistered-dialect --run-reproducer")
    assert _again(path)[0] == 70


def test_of_a_split_file_only_the_part_that_fails_is_kept(stage: str, tmp_path: Path) -> None:
    path = tmp_path / "crash.mlir"
    opt("--split-input-file", "--canonicalize", f"--crash-reproducer={path}", text=f"{PROGRAM}// -----\n// second\n")
    assert "// second" not in path.read_text()


def test_nothing_is_written_to_the_output_file(stage: str, tmp_path: Path) -> None:
    path = tmp_path / "out.mlir"
    opt("--canonicalize", "-o", str(path))
    assert not path.exists()


@pytest.mark.parametrize("collecting", [True, False])
def test_garbage_is_collected_again_afterwards(stage: str, collecting: bool) -> None:
    before = gc.isenabled()
    (gc.enable if collecting else gc.disable)()
    try:
        opt("--canonicalize")
        assert gc.isenabled() is collecting
    finally:
        (gc.enable if before else gc.disable)()


def test_a_pass_that_leaves_invalid_ir_has_a_bug(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def spoil(self, op, context) -> None:
        for inner in op.walk():
            if inner.name == "func.return":
                inner.operands = ()

    monkeypatch.setattr(Canonicalize, "run", spoil)
    code, _, err = opt("--canonicalize", f"--crash-reproducer={tmp_path / 'crash.mlir'}")
    assert code == 70
    assert "internal error in pass 'canonicalize': DiagnosedError: 'func.return' op has 0 operands" in err


def test_the_user_is_not_to_blame_for_a_bug_and_we_are_not_for_his(tmp_path: Path) -> None:
    path = tmp_path / "crash.mlir"
    code, _, _ = opt("--canonicalize", f"--crash-reproducer={path}", text="func.func @f() { return %x : f32 }")
    assert code == 1
    assert not path.exists()


# -- irc-run ---------------------------------------------------------------------------------------------------------

RUN_STAGES: dict[str, tuple[Any, str]] = {
    "the parser": (execution, "parse_module"),
    "the verifier": (execution, "verify"),
    "the arguments": (execution, "assign_arguments"),
    "pass 'canonicalize'": (Canonicalize, "run"),
    "executor 'cpu'": (execution, "run_cpu"),
}


@pytest.mark.parametrize("where", RUN_STAGES)
def test_irc_run_ends_alike(where: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(*RUN_STAGES[where], crash)
    code, out, err = run("--entry=f", "--arg", "1.5")
    assert (code, out) == (70, "")
    assert err.startswith(f"irc-run: internal error in {where}: ZeroDivisionError: on purpose; a reproducer is in '")
    assert err.count("\n") == 1
    path = Path(err.split("'")[-2])
    text = path.read_text()
    assert text.startswith("// RUN: irc-run %s --entry=f --arg 1.5\n")
    assert "// Traceback (most recent call last):" in text
    code, _, err = run("--entry=f", "--arg", "1.5", f"--crash-reproducer={tmp_path / 'again.mlir'}", text=text)
    assert code == 70
    assert f"internal error in {where}" in err
    assert str(tmp_path / "again.mlir") in err


def run(*arguments: str, text: str = PROGRAM) -> tuple[int, str, str]:
    """Exit code, standard output, standard error of irc-run."""
    out, err = io.StringIO(), io.StringIO()
    return irc_run.main(["-", *arguments], io.StringIO(text), out, err), out.getvalue(), err.getvalue()


def test_what_a_program_does_wrong_is_no_bug_of_irc_run(tmp_path: Path) -> None:
    text = "func.func @f(%x: i32) -> i32 { %y = arith.divsi %x, %x : i32 return %y : i32 }"
    path = tmp_path / "crash.mlir"
    code, _, err = run("--entry=f", "--arg=0", f"--crash-reproducer={path}", text=text)
    assert code == 1
    assert "<stdin>:1:" in err
    assert not path.exists()
