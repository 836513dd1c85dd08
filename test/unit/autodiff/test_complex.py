"""Derivatives of complex numbers, in JAX's convention: that of Re(ct f(x + iy)) by x minus i times that by y."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from irc.interpreter.core import Interpreter
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.text.parser import parse_module

C, R = "tensor<5xcomplex<f64>>", "tensor<5xf64>"

BODIES = {
    **{name: (f"nd.{name} %z : {C}", C) for name in (
        "negative", "sign", "exp", "expm1", "log", "log1p", "sqrt", "rsqrt", "sin", "cos", "tanh", "logistic",
    )},
    **{name: (f"nd.{name} %z : {C}", R) for name in ("abs", "real", "imag")},
    **{name: (f"nd.{name} %z, %w : {C}", C) for name in ("add", "subtract", "multiply", "divide", "pow")},
    **{f"{name} of the second": (f"nd.{name} %w, %z : {C}", C) for name in ("subtract", "divide", "pow")},
    "cast to a real type": (f"nd.cast %z : {C} -> {R}", R),
    "where": (f"nd.where %c, %z, %w : tensor<5xi1>, {C}", C),
    "sum": (f"nd.sum %z axes = [0] : {C} -> tensor<complex<f64>>", "tensor<complex<f64>>"),
    "prod": (f"nd.prod %z axes = [0] : {C} -> tensor<complex<f64>>", "tensor<complex<f64>>"),
    "matmul": (f"nd.matmul %z, %w : {C}, {C} -> tensor<complex<f64>>", "tensor<complex<f64>>"),
    "reshape": (f"nd.reshape %z : {C} -> tensor<5x1xcomplex<f64>>", "tensor<5x1xcomplex<f64>>"),
    "pad": (f"nd.pad %z, %v low = [1] high = [0] interior = [0] : {C}, tensor<complex<f64>> -> tensor<6xcomplex<f64>>",
            "tensor<6xcomplex<f64>>"),
    "parts put together again": (f"nd.complex %re, %re : {R}", C),
}  # fmt: skip


def differentiated(body: str, result: str) -> Interpreter:
    """A module with the function, and one that gives its product with a cotangent."""
    text = f"""
    func.func @f(%z: {C}, %w: {C}) -> {result} {{
      %c = nd.constant dense<[1, 0, 1, 0, 1]> : tensor<5xi1>
      %v = nd.constant dense<(1.0, 2.0)> : tensor<complex<f64>>
      %re = nd.real %z : {C}
      %y = {body}
      return %y : {result}
    }}
    func.func @vjp(%z: {C}, %w: {C}, %ct: {result}) -> ({result}, {C}) {{
      %r:2 = ad.vjp @f(%z, %w) cotangents(%ct) {{wrt = [0]}} : ({C}, {C}), ({result}) -> ({result}, {C})
      return %r#0, %r#1 : {result}, {C}
    }}
    """
    module = parse_module(text, "complex.mlir")
    PassManager(parse_pipeline("differentiate")).run(module)
    return Interpreter(module)


def numbers(rng: Any, shape: tuple[int, ...]) -> Any:
    return rng.standard_normal(shape) + 1j * rng.standard_normal(shape)


@pytest.mark.parametrize("name", BODIES)
def test_against_finite_differences(name: str) -> None:
    interpreter = differentiated(*BODIES[name])
    rng = np.random.default_rng(7)
    z, w = numbers(rng, (5,)), numbers(rng, (5,))
    (value,) = interpreter.call("f", z, w)
    ct = np.asarray(numbers(rng, value.shape) if value.dtype.kind == "c" else rng.standard_normal(value.shape))
    found = interpreter.call("vjp", z, w, ct)[1]
    step = 1e-6
    for place in range(5):
        slopes = []
        for direction in (1, 1j):
            moved = [z.copy(), z.copy()]
            moved[0][place] -= step * direction
            moved[1][place] += step * direction
            below, above = (np.real(np.sum(ct * interpreter.call("f", each, w)[0])) for each in moved)
            slopes.append((above - below) / (2 * step))
        assert found[place] == pytest.approx(slopes[0] - 1j * slopes[1], rel=1e-6, abs=1e-7)


def test_the_gradient_of_a_cost_of_complex_numbers() -> None:
    """That of |z|² is twice the conjugate, as JAX has it."""
    text = f"""
    func.func @cost(%z: {C}) -> tensor<f64> {{
      %a = nd.abs %z : {C}
      %s = nd.multiply %a, %a : {R}
      %y = nd.sum %s axes = [0] : {R} -> tensor<f64>
      return %y : tensor<f64>
    }}
    func.func @g(%z: {C}) -> (tensor<f64>, {C}) {{
      %r:2 = ad.value_and_grad @cost(%z) {{wrt = [0]}} : ({C}) -> (tensor<f64>, {C})
      return %r#0, %r#1 : tensor<f64>, {C}
    }}
    """
    module = parse_module(text, "cost.mlir")
    PassManager(parse_pipeline("differentiate")).run(module)
    z = np.array([1 + 2j, -3j, 0, 4, -1 + 1j])
    _, gradient = Interpreter(module).call("g", z)
    np.testing.assert_allclose(gradient, 2 * np.conj(z), rtol=1e-14)


SCALARS = {
    **{name: f"complex.{name} %z" for name in (
        "neg", "conj", "exp", "expm1", "log", "log1p", "sqrt", "rsqrt", "sin", "cos", "tan", "tanh", "sign",
    )},
    **{name: f"complex.{name} %z" for name in ("abs", "angle", "re", "im")},
    **{name: f"complex.{name} %z, %w" for name in ("add", "sub", "mul", "div", "pow", "atan2")},
    **{f"{name} of the second": f"complex.{name} %w, %z" for name in ("sub", "mul", "div", "pow", "atan2")},
    "create": "complex.create %im, %re",
    "select": "arith.select %c, %z, %w",
}  # fmt: skip


@pytest.mark.parametrize("name", SCALARS)
def test_scalars_against_finite_differences(name: str) -> None:
    body, out = SCALARS[name], "f64" if name in ("abs", "angle", "re", "im") else "complex<f64>"
    text = f"""
    func.func @f(%z: complex<f64>, %w: complex<f64>) -> {out} {{
      %c = arith.constant true
      %re = complex.re %z : complex<f64>
      %im = complex.im %z : complex<f64>
      %y = {body} : complex<f64>
      return %y : {out}
    }}
    func.func @vjp(%z: complex<f64>, %w: complex<f64>, %ct: {out}) -> ({out}, complex<f64>) {{
      %r:2 = ad.vjp @f(%z, %w) cotangents(%ct) {{wrt = [0]}} : (complex<f64>, complex<f64>), ({out}) -> ({out}, complex<f64>)
      return %r#0, %r#1 : {out}, complex<f64>
    }}
    """
    module = parse_module(text, "scalar.mlir")
    PassManager(parse_pipeline("differentiate")).run(module)
    interpreter = Interpreter(module)
    z, w, ct = 0.75 - 1.5j, -0.5 + 2.25j, 1.25 if out == "f64" else 0.5 - 2j
    found = interpreter.call("vjp", z, w, ct)[1]
    step = 1e-6
    slopes = [
        np.real(ct * (interpreter.call("f", z + d * step, w)[0] - interpreter.call("f", z - d * step, w)[0]))
        / (2 * step)
        for d in (1, 1j)
    ]
    assert found == pytest.approx(slopes[0] - 1j * slopes[1], rel=1e-6, abs=1e-7)
