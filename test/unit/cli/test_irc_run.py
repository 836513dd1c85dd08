"""`irc-run` as a command: arguments, results, files, errors."""

from __future__ import annotations

import io
from pathlib import Path

import ml_dtypes
import numpy as np
import pytest

from irc.cli.irc_run import main

PROGRAM = """func.func @main(%x: tensor<?xf64>, %k: i32) -> (tensor<?xf64>, i32) {
  %y = nd.add %x, %x : tensor<?xf64>
  %c = arith.constant 1 : i32
  %r = arith.addi %k, %c : i32
  return %y, %r : tensor<?xf64>, i32
}
"""


def run(*arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    out, err = io.StringIO(), io.StringIO()
    return main(["-", *arguments], io.StringIO(PROGRAM), out, err), out.getvalue(), err.getvalue()


EXECUTORS = pytest.mark.parametrize("executor", ["cpu", "interpreter"])


@EXECUTORS
def test_literals(executor: str) -> None:
    code, out, err = run("--arg", "[1, -2.5, inf]", "--arg", "2147483647", "--executor", executor)
    assert (code, err) == (0, "")
    assert out == "result 0: float64[3]\n[ 2. -5. inf]\nresult 1: int32\n-2147483648\n"


@EXECUTORS
def test_empty(executor: str) -> None:
    code, out, _ = run("--arg", "[]", "--arg", "0", "--executor", executor)
    assert code == 0
    assert "result 0: float64[0]" in out


@EXECUTORS
def test_files(executor: str, tmp_path: Path) -> None:
    np.savez(tmp_path / "in.npz", in0=np.arange(3.0), in1=np.int32(4))
    code, out, _ = run("--npz", str(tmp_path / "in.npz"), "--save", str(tmp_path / "out.npz"), "--executor", executor)
    assert (code, out) == (0, "")
    with np.load(tmp_path / "out.npz") as saved:
        np.testing.assert_array_equal(saved["out0"], [0.0, 2.0, 4.0])
        assert saved["out1"] == 5


def test_random_is_seeded() -> None:
    arguments = ["--arg", "random:3@5", "--arg", "1"]
    assert run(*arguments, "--executor", "cpu")[1] == run(*arguments, "--executor", "interpreter")[1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--arg", "[1]"], "takes 2 arguments"),
        (["--arg", "[1]", "--arg", "1", "--arg", "1"], "takes 2 arguments"),
        (["--arg", "[[1, 2]]", "--arg", "1"], "shape (1, 2)"),
        (["--arg", "[1, [2]]", "--arg", "1"], "lists of different lengths"),
        (["--arg", "[1]", "--arg", "1.5"], "must be 'i32', got a float"),
        (["--arg", "random", "--arg", "1"], "state a shape"),
        (["--arg", "none.npy", "--arg", "1"], "cannot read 'none.npy'"),
        (["-e", "mian"], "did you mean '@main'?"),
        (["--npz", "none.npz"], "cannot read"),
        (["--arg", "[1]", "--arg", "1", "--pipeline", "nothing"], "unknown pass 'nothing'"),
    ],
)
def test_wrong_input_is_one(arguments: list[str], message: str) -> None:
    for executor in ("cpu", "interpreter"):
        code, out, err = run(*arguments, "--executor", executor)
        assert (code, out) == (1, "")
        assert message in err


def test_wrong_usage_is_two() -> None:
    assert run("--executor", "abacus")[0] == 2
    code, _, err = run("--npz", "a.npz", "--npz", "b.npz")
    assert code == 2 and "given more than once" in err


def test_arrays_of_types_that_numpy_cannot_read_are_to_be_bytes(tmp_path: Path) -> None:
    np.savez(tmp_path / "f8.npz", in0=np.ones(1, ml_dtypes.float8_e5m2), in1=np.int32(1))
    code, _, err = run("--npz", str(tmp_path / "f8.npz"))
    assert code == 1 and "array.view('V1')" in err


def test_names_of_arrays_are_exact(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", in0=np.ones(1, np.float32), in01=np.int32(1))
    code, _, err = run("--npz", str(tmp_path / "a.npz"))
    assert code == 1 and "beside them 'in01'" in err
