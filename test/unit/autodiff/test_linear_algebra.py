"""The derivatives of Cholesky factors and triangular systems agree with finite differences in f64."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from unit.custom_calls.running import executor

from irc.interpreter.core import Interpreter
from irc.ir.diagnostic import DiagnosedError
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.text.parser import parse_module


def differentiated(op: str, types: list[str], result: str) -> Interpreter:
    """`@f`, which applies an op to `%x0`, `%x1`, …, and `@vjp`, which gives the cotangents of all of them."""
    names = [f"%x{i}" for i in range(len(types))]
    arguments = ", ".join(f"{name}: {type}" for name, type in zip(names, types, strict=True))
    given, results = ", ".join(types), ", ".join([result, *types])
    module = parse_module(f"""
    func.func @f({arguments}) -> {result} {{
      %y = {op}
      return %y : {result}
    }}
    func.func @vjp({arguments}, %ct: {result}) -> ({results}) {{
      %r:{1 + len(types)} = ad.vjp @f({", ".join(names)}) cotangents(%ct) {{wrt = {list(range(len(types)))}}} : ({given}), ({result}) -> ({results})
      return {", ".join(f"%r#{i}" for i in range(1 + len(types)))} : {results}
    }}
    """)
    PassManager(parse_pipeline("differentiate")).run(module)
    return Interpreter(module)


def check(interpreter: Interpreter, inputs: list[Any]) -> None:
    """Every element of every cotangent against a central difference."""
    (y,) = interpreter.call("f", *inputs)
    ct = np.random.default_rng(1).standard_normal(y.shape)
    for i, gradient in enumerate(interpreter.call("vjp", *inputs, ct)[1:]):
        for place in np.ndindex(gradient.shape):
            low, high = [x.copy() for x in inputs], [x.copy() for x in inputs]
            low[i][place] -= 1e-6
            high[i][place] += 1e-6
            change = interpreter.call("f", *high)[0] - interpreter.call("f", *low)[0]
            np.testing.assert_allclose(gradient[place], np.sum(ct * change) / 2e-6, rtol=1e-5, atol=1e-6)


def positive_definite(*shape: int) -> Any:
    x = np.random.default_rng(2).standard_normal(shape)
    return x @ np.swapaxes(x, -1, -2) + 2 * np.eye(shape[-1])


@pytest.mark.parametrize("lower", ["true", "false"])
@pytest.mark.parametrize("type", ["tensor<3x3xf64>", "tensor<2x3x3xf64>", "tensor<?x?x?xf64>"])
def test_cholesky(type: str, lower: str) -> None:
    interpreter = differentiated(f"nd.cholesky %x0 lower = {lower} : {type}", [type], type)
    check(interpreter, [positive_definite(*((3, 3) if type == "tensor<3x3xf64>" else (2, 3, 3)))])


@pytest.mark.parametrize("how", ["lowered", "native"])
def test_derivatives_become_native_code(how: str) -> None:
    """The gradient of half the logarithm of a determinant is half the inverse; here twice that below the diagonal."""
    text = """
    func.func @half_log_det(%a: tensor<3x3xf64>) -> tensor<f64> {
      %l = nd.cholesky %a lower = true : tensor<3x3xf64>
      %eye = nd.constant dense<[[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]> : tensor<3x3xf64>
      %d = nd.multiply %l, %eye : tensor<3x3xf64>
      %diagonal = nd.sum %d axes = [1] : tensor<3x3xf64> -> tensor<3xf64>
      %logs = nd.log %diagonal : tensor<3xf64>
      %y = nd.sum %logs axes = [0] : tensor<3xf64> -> tensor<f64>
      return %y : tensor<f64>
    }
    func.func @f(%a: tensor<3x3xf64>) -> tensor<3x3xf64> {
      %y, %d = ad.value_and_grad @half_log_det(%a) : (tensor<3x3xf64>) -> (tensor<f64>, tensor<3x3xf64>)
      return %d : tensor<3x3xf64>
    }
    """
    a = positive_definite(3, 3)
    (found,) = executor(text, how).call("f", a)
    inverse = np.linalg.inv(a)
    np.testing.assert_allclose(found, np.tril(inverse) - np.diag(np.diag(inverse)) / 2, atol=1e-12)


FLAGS = list(itertools.product(["true", "false"], repeat=3))


@pytest.mark.parametrize("transpose", ["NO_TRANSPOSE", "TRANSPOSE", "ADJOINT"])
@pytest.mark.parametrize(("left", "lower", "unit"), FLAGS)
def test_triangular_solve(left: str, lower: str, unit: str, transpose: str) -> None:
    a, b = "tensor<2x3x3xf64>", ("tensor<2x3x4xf64>" if left == "true" else "tensor<2x4x3xf64>")
    how = f"left_side = {left} lower = {lower} unit_diagonal = {unit} transpose_a = {transpose}"
    interpreter = differentiated(f"nd.triangular_solve %x0, %x1 {how} : {a}, {b}", [a, b], b)
    rng = np.random.default_rng(3)
    check(interpreter, [positive_definite(2, 3, 3), rng.standard_normal((2, 3, 4) if left == "true" else (2, 4, 3))])


def test_nothing_is_known_of_a_call() -> None:
    type = "tensor<3x3xf64>"
    with pytest.raises(DiagnosedError, match=r"'nd\.custom_call' op has no derivative"):
        differentiated(f"nd.custom_call @irc.cholesky(%x0) options {{lower = true}} : ({type}) -> {type}", [type], type)
