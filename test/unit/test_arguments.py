"""The executors take the same arguments, and refuse the same ones with the same words, at every level."""

from __future__ import annotations

from typing import Any

import ml_dtypes
import numpy as np
import pytest

from irc.cli.arguments import ArgumentError
from irc.cli.execution import run_cpu, run_interpreter
from irc.ir.diagnostic import DiagnosedError
from irc.passes.manager import PassManager
from irc.passes.pipeline import Pipeline, parse_pipeline
from irc.pipelines import CPU
from irc.text.parser import parse_module


def outcomes(type: str, argument: Any) -> list[Any]:
    """What the identity function of `type` gives, or the message of the error: interpreted after each pass, and native."""
    module = parse_module(f"func.func @main(%x: {type}) -> {type} {{ return %x : {type} }}", "test.mlir")
    found: list[Any] = []
    for step in [None, *parse_pipeline(CPU).steps]:
        if step is not None:
            PassManager(Pipeline("builtin.module", [step])).run(module)
        found.append(_outcome(run_interpreter, module, argument))
    return [*found, _outcome(run_cpu, module, argument)]


def _outcome(run: Any, module: Any, argument: Any) -> Any:
    try:
        (result,) = run(module, "main", [argument])
    except (ArgumentError, DiagnosedError) as problem:
        return str(problem)
    return np.asarray(result).dtype, np.asarray(result).tolist()


GOOD = [
    ("f64", np.float64(0.3), 0.3),
    ("f64", np.array(0.3), 0.3),
    ("tensor<f64>", np.float64(0.3), 0.3),
    ("tensor<f64>", np.array(0.3), 0.3),
    ("tensor<f64>", 0.3, 0.3),
    ("tensor<f32>", 1, 1.0),
    ("tensor<?xf32>", [1, 2.5], [1.0, 2.5]),
    ("tensor<2xbf16>", np.array([1, 2], ml_dtypes.bfloat16), [1.0, 2.0]),
    ("bf16", 1 + 2**-8 + 2**-40, 1 + 2**-7),
    ("i1", True, True),
    ("tensor<2xi8>", [-128, 127], [-128, 127]),
    ("i32", np.int32(-1), -1),
    ("tensor<2x2xi64>", np.arange(8).reshape(2, 4)[:, ::2], [[0, 2], [4, 6]]),
]
WRONG = [
    ("tensor<2xf32>", np.ones(2), "got dtype float64"),
    ("tensor<2xf32>", np.ones(2, ">f4"), "got dtype >f4"),
    ("tensor<2xf32>", np.ones(2, complex), "got dtype complex128"),
    ("tensor<f32>", np.float64(1), "got dtype float64"),
    ("f32", np.float64(1), "got dtype float64"),
    ("f32", np.int32(1), "got dtype int32"),
    ("i32", 1.5, "got a float"),
    ("i8", 128, "got 128, which is out of range"),
    ("tensor<2xf32>", [1, 2, 3], "got shape (3,)"),
    ("f32", [1.0], "got shape (1,)"),
    ("tensor<2xf32>", "two", "got a str"),
    ("f32", None, "got a NoneType"),
]


@pytest.mark.parametrize(("type", "argument", "value"), GOOD, ids=repr)
def test_taken(type: str, argument: Any, value: Any) -> None:
    for outcome in outcomes(type, argument):
        assert not isinstance(outcome, str), outcome
        assert outcome[1] == value


@pytest.mark.parametrize(("type", "argument", "message"), WRONG, ids=repr)
def test_refused(type: str, argument: Any, message: str) -> None:
    assert set(outcomes(type, argument)) == {f"@main: argument #0: must be '{type}', {message}"}


def test_a_wrong_number_of_arguments() -> None:
    module = parse_module("func.func @main(%x: i32) { return }")
    for run in (run_interpreter, run_cpu):
        if run is run_cpu:
            PassManager(parse_pipeline(CPU)).run(module)
        with pytest.raises(Exception, match=r"^@main takes 1 argument \(i32\), but 2 are given$"):
            run(module, "main", [1, 2])


def test_all_levels_round_a_double_once() -> None:
    module = parse_module("""func.func @main(%x: tensor<1xf64>) -> tensor<1xbf16> {
      %y = nd.cast %x : tensor<1xf64> -> tensor<1xbf16>
      return %y : tensor<1xbf16>
    }""")
    x = np.array([1 + 2**-8 + 2**-40])
    for step in parse_pipeline(CPU).steps:
        assert float(run_interpreter(module, "main", [x])[0][0]) == 1 + 2**-7
        PassManager(Pipeline("builtin.module", [step])).run(module)
    assert float(run_cpu(module, "main", [x])[0][0]) == 1 + 2**-7
