"""The pass manager: nesting, what is printed and measured, and what a bug of a pass leaves behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from irc.ir.diagnostic import DiagnosedError, error
from irc.ir.location import UNKNOWN
from irc.ir.operation import Operation
from irc.passes.base import Pass, PassContext
from irc.passes.manager import Instrumentation, PassManager
from irc.passes.pipeline import Pipeline, parse_pipeline
from irc.passes.reproducer import InternalCompilerError, Reproducer, read_reproducer
from irc.text.parser import parse_file, parse_module

PROGRAM = """func.func @f(%x: f32) -> f32 {
  %y = arith.addf %x, %x : f32
  %z = arith.addf %x, %x : f32
  return %z : f32
}
func.func @g(%x: f32) -> f32 {
  %y = arith.mulf %x, %x : f32
  return %x : f32
}
"""


class Crash(Pass):
    """Fails."""

    def run(self, op: Operation, context: PassContext) -> None:
        raise ZeroDivisionError("on purpose")


class Spoil(Pass):
    """Leaves the IR invalid: the value that a function returns is gone."""

    def run(self, op: Operation, context: PassContext) -> None:
        for inner in op.walk():
            if inner.name == "func.return":
                inner.operands = ()


class Refuse(Pass):
    """Finds the input wrong."""

    def run(self, op: Operation, context: PassContext) -> None:
        raise error(op.location, "not supported")


def _manager(pipeline: str | Pipeline, **options) -> tuple[PassManager, list[str]]:
    written: list[str] = []
    parsed = parse_pipeline(pipeline) if isinstance(pipeline, str) else pipeline
    return PassManager(parsed, Instrumentation(write=written.append, **options)), written


def _steps(*steps: Pass | Pipeline) -> Pipeline:
    return Pipeline("builtin.module", list(steps))


def test_a_nested_pipeline_runs_on_each_op_and_is_measured_once() -> None:
    manager, written = _manager("func.func(cse,dce)", print_after=frozenset({"dce"}))
    manager.run(parse_module(PROGRAM, "test.mlir"))
    assert len(written) == 2
    assert [(depth, step.name) for depth, step in manager.measured.walk()] == [
        (0, "builtin.module"),
        (1, "func.func"),
        (2, "cse"),
        (2, "dce"),
    ]
    cse, dce = manager.measured.children[0].children
    assert (cse.statistics, dce.statistics) == ({"replaced": 1}, {"erased": 1})
    assert manager.measured.total == pytest.approx(cse.seconds + dce.seconds)


def test_the_ir_is_printed_after_a_change_only() -> None:
    manager, written = _manager("cse,cse", print_after_change=True)
    manager.run(parse_module(PROGRAM, "test.mlir"))
    assert len(written) == 1
    assert "IR Dump After cse" in written[0]


def test_a_crash_leaves_the_input_and_the_whole_pipeline(tmp_path: Path) -> None:
    path = tmp_path / "crash.mlir"
    pipeline = _steps(parse_pipeline("cse").steps[0], Pipeline("func.func", [Crash()]))
    manager, _ = _manager(pipeline, reproducer=lambda: path)
    with pytest.raises(InternalCompilerError, match="internal error in pass 'crash': ZeroDivisionError") as caught:
        manager.run(parse_module(PROGRAM, "test.mlir"), PROGRAM)
    assert caught.value.reproducer == path
    text = path.read_text()
    assert PROGRAM in text
    recorded = read_reproducer(parse_file(text, "crash.mlir").metadata, UNKNOWN)
    assert recorded == Reproducer("builtin.module(cse,func.func(crash))", verify_each=True)


def test_a_reproducer_that_cannot_be_written_does_not_hide_the_bug(tmp_path: Path) -> None:
    manager, _ = _manager(_steps(Crash()), reproducer=lambda: tmp_path / "no" / "such" / "folder")
    with pytest.raises(InternalCompilerError, match="on purpose") as caught:
        manager.run(parse_module(PROGRAM, "test.mlir"))
    assert caught.value.reproducer is None


def test_invalid_ir_is_the_fault_of_the_pass_that_left_it() -> None:
    manager, _ = _manager(_steps(Spoil()))
    with pytest.raises(InternalCompilerError, match=r"pass 'spoil'.*func\.return"):
        manager.run(parse_module(PROGRAM, "test.mlir"))
    unchecked, _ = _manager(_steps(Spoil()), verify_each=False)
    unchecked.run(parse_module(PROGRAM, "test.mlir"))


def test_a_diagnosed_error_is_the_users() -> None:
    manager, _ = _manager(_steps(Refuse()))
    with pytest.raises(DiagnosedError, match="not supported"):
        manager.run(parse_module(PROGRAM, "test.mlir"))
