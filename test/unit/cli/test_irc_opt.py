"""`irc-opt` as a command: exit codes, flags, what goes to which stream."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from irc.cli.irc_opt import main
from irc.ir.operation import Operation
from irc.passes.base import Pass, PassContext
from irc.passes.canonicalize import Canonicalize
from irc.passes.reproducer import Reproducer

PROGRAM = """func.func @f(%x: f32) -> f32 {
  %y = arith.addf %x, %x : f32
  %z = arith.addf %x, %x : f32
  return %z : f32
}
"""


def opt(*arguments: str, text: str = PROGRAM) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    out, err = io.StringIO(), io.StringIO()
    return main([*arguments], io.StringIO(text), out, err), out.getvalue(), err.getvalue()


def test_text_in_text_out() -> None:
    code, out, err = opt("--cse", "--dce")
    assert (code, err) == (0, "")
    assert out.count("arith.addf") == 1


def test_pipeline_text_nests() -> None:
    code, out, _ = opt("--pass-pipeline=builtin.module(func.func(cse,canonicalize{max-visits=5}))")
    assert code == 0
    assert out.count("arith.addf") == 1


def test_wrong_input_is_one() -> None:
    code, out, err = opt(text="func.func @f() { return %x : f32 }")
    assert (code, out) == (1, "")
    assert "error: use of undeclared SSA value name '%x'" in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--no-such-pass"], "unknown option '--no-such-pass'"),
        (["--canonicalise"], "did you mean 'canonicalize'?"),
        (["a.mlir", "b.mlir"], "expected one input file"),
        (["--cse", "--pass-pipeline=cse"], "both as flags and as --pass-pipeline"),
    ],
)
def test_wrong_usage_is_two(arguments: list[str], message: str) -> None:
    code, _, err = opt(*arguments)
    assert code == 2
    assert message in err


@pytest.mark.parametrize(
    ("pipeline", "message"),
    [
        ("cse(", "expected the name of a pass"),
        ("cse,,dce", "expected the name of a pass"),
        ("csee", "unknown pass 'csee'; did you mean 'cse'?"),
        ("canonicalize{max-visit=3}", "did you mean 'max-visits'?"),
        ("canonicalize{max-visits=x}", "option 'max-visits' of pass 'canonicalize'"),
    ],
)
def test_wrong_pipeline_is_located(pipeline: str, message: str) -> None:
    code, _, err = opt(f"--pass-pipeline={pipeline}")
    assert code == 1
    assert message in err
    assert "<pipeline>:1:" in err


def test_missing_file() -> None:
    assert opt("no/such/file.mlir")[0] == 1


def test_unregistered_operations() -> None:
    text = '"foo.bar"() {a = #foo.attr<1>} : () -> !foo.type<x>\n'
    assert opt(text=text)[0] == 1
    code, out, _ = opt("--allow-unregistered-dialect", text=text)
    assert code == 0
    assert '"foo.bar"() {a = #foo.attr<1>} : () -> !foo.type<x>' in out


def test_ir_printing_and_timing() -> None:
    code, _, err = opt("--cse", "--dce", "--print-ir-after=cse", "--timing", "--pass-statistics")
    assert code == 0
    assert err.count("IR Dump After") == 1
    assert "Pass execution timing" in err
    assert "cse: replaced" in err


def test_print_after_change_only() -> None:
    _, _, err = opt("--cse", "--cse", "--print-ir-after-change")
    assert err.count("IR Dump After cse") == 1


def test_a_crash_leaves_a_reproducer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(self: Pass, op: Operation, context: PassContext) -> None:
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr(Canonicalize, "run", crash)
    path = tmp_path / "crash.mlir"
    code, _, err = opt("--canonicalize", f"--crash-reproducer={path}")
    assert code == 70
    assert "internal error in pass 'canonicalize'" in err
    text = path.read_text()
    assert "// RUN: irc-opt %s --run-reproducer" in text
    assert opt(text=text)[0] == 0
    code, _, err = opt("--run-reproducer", f"--crash-reproducer={tmp_path / 'again.mlir'}", text=text)
    assert code == 70
    assert "internal error in pass 'canonicalize'" in err


def test_output_file(tmp_path: Path) -> None:
    path = tmp_path / "out.mlir"
    code, out, _ = opt("-o", str(path))
    assert (code, out) == (0, "")
    assert "arith.addf" in path.read_text()


def test_help_lists_passes_and_options() -> None:
    code, out, _ = opt("--help")
    assert code == 0
    assert "--nd-to-linalg" in out
    assert "max-visits" in out


def test_a_reproducer_runs_before_the_given_passes() -> None:
    text = PROGRAM + Reproducer("builtin.module(func.func(cse))", verify_each=False).text()
    assert opt("--run-reproducer", text=text)[1].count("arith.addf") == 1
    assert opt("--run-reproducer", "--dce", "--pass-statistics", text=text)[2].count("cse: replaced") == 1


def test_verify_diagnostics_fails_on_what_is_not_there() -> None:
    text: Any = "// expected-error @+1 {{something else}}\nfunc.func @f() { return %x : f32 }\n"
    code, _, err = opt("--verify-diagnostics", text=text)
    assert code == 1
    assert "unexpected error" in err
    assert 'expected error "something else" was not produced' in err


def test_dialects_are_listed_and_files_that_a_dialect_is_spread_over_are_not() -> None:
    listed = opt("--show-dialects")[1].split()
    assert {"arith", "builtin", "linalg", "nd", "stablehlo"} <= set(listed)
    assert not any("_" in name for name in listed)
