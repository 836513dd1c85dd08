"""The tools as processes: whatever is wrong with their streams, there is a message and an exit code, and no traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PROGRAM = "func.func @main(%x: f32) -> f32 { return %x : f32 }\n"
TOOLS = {"irc-opt": "", "irc-run": "--arg 1"}


def shell(command: str, data: bytes = PROGRAM.encode()) -> tuple[int, str]:
    """Exit code and error output of a shell command, in which `PYTHON` stands for the interpreter that runs the tests."""
    command = command.replace("PYTHON", f"{sys.executable} -W error")
    done = subprocess.run(command, shell=True, input=data, capture_output=True, cwd=ROOT, timeout=60, check=False)
    assert b"Traceback" not in done.stderr
    return done.returncode, done.stderr.decode()


@pytest.fixture(params=TOOLS)
def tool(request: pytest.FixtureRequest) -> str:
    """A command that runs the program on standard input."""
    return f"PYTHON tools/{request.param} {TOOLS[request.param]}"


def test_all_is_well(tool: str) -> None:
    assert shell(f"{tool} > /dev/null") == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk(tool: str) -> None:
    code, err = shell(f"{tool} > /dev/full")
    assert code == 1
    assert "No space left on device" in err
    assert err.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_diagnostics_that_cannot_be_written(tool: str) -> None:
    assert shell(f"{tool} 2> /dev/full", b"foo") == (1, "")


def test_closed_output(tool: str) -> None:
    code, err = shell(f"{tool} >&-")
    assert (code, err[7:]) == (1, ": cannot read or write: standard output is closed\n")


def test_closed_input(tool: str) -> None:
    code, err = shell(f"{tool} <&-")
    assert (code, err[7:]) == (1, ": cannot read or write: standard input is closed\n")


def test_closed_errors(tool: str) -> None:
    assert shell(f"{tool} 2>&-", b"foo") == (1, "")


def test_a_reader_that_goes_away(tool: str) -> None:
    assert shell(f"{tool} --help | head -1 > /dev/null") == (0, "")


def test_input_that_is_no_text(tool: str) -> None:
    code, err = shell(tool, "module {}\n// é\n  \xff".encode("latin-1"))
    assert (code, err) == (1, "<stdin>:3:3: error: expected an operation, got '\ufffd'\n  \ufffd\n  ^\n")


def test_strings_comments_and_what_is_carried_as_text_may_hold_any_bytes() -> None:
    text = b'"a.b"() {s = "\xff\xc3\xa9\0", t = #quant<"\xfe">, u = loc("\xfd":1:2)} : () -> () // \xff\n\0'
    command = [sys.executable, str(ROOT / "tools/irc-opt"), "--allow-unregistered-dialect"]
    run = subprocess.run(command, input=text, capture_output=True, check=True)
    line = b'"a.b"() {s = "\\FF\\C3\\A9\\00", t = #quant<"\xfe">, u = loc("\\FD":1:2)} : () -> ()'
    assert run.stdout == b"module {\n  " + line + b"\n}\n"


def test_a_mark_of_the_byte_order_is_skipped(tool: str) -> None:
    assert shell(f"{tool} > /dev/null", b"\xef\xbb\xbf" + PROGRAM.encode()) == (0, "")


def test_lines_may_end_as_on_other_systems(tool: str) -> None:
    code, err = shell(tool, PROGRAM.replace("{", "{\r\n").encode() + b"foo\r\n")
    assert code == 1
    assert err.startswith("<stdin>:3:1: error: ")
    assert "\r" not in err


def test_exit_codes_are_in_the_help(tool: str) -> None:
    assert shell(f"{tool} --help | grep -q '^Exit codes: 0 fine, 1 .*, 2 .*, 70 '") == (0, "")
