"""The adjoints of `nd.conv`: for every direction, the gradient along it is what the convolution makes of the direction."""

from __future__ import annotations

import numpy as np
import pytest
from unit.lowering.test_nd_conv import CASES, native, operands, tensor

from irc.interpreter.core import Interpreter
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.text.parser import parse_module

DIFFERENTIATED = [(name, dynamic) for name in CASES for dynamic in (False, True) if name != "wide"
                  and not (dynamic and name in ("cropped_away", "too_small"))]  # fmt: skip
"""Without windows the sizes must be known."""


def with_gradients(name: str, dynamic: bool, element: str = "f64", result: str = "") -> str:
    """The convolution `@f`, and `@vjp` for the cotangents of both operands."""
    case = CASES[name]
    x, k, y = (tensor(case.shapes[0], element, dynamic), tensor(case.shapes[1], element),
               tensor(case.shapes[2], result or element, dynamic))  # fmt: skip
    text = case.text(element, result, dynamic, known_kernel=True)
    return (
        text
        + f"""
    func.func @vjp(%x: {x}, %k: {k}, %ct: {y}) -> ({x}, {k}) {{
      %r:3 = ad.vjp @f(%x, %k) cotangents(%ct) {{wrt = [0, 1]}} : ({x}, {k}), ({y}) -> ({y}, {x}, {k})
      return %r#1, %r#2 : {x}, {k}
    }}"""
    )


@pytest.mark.parametrize(("name", "dynamic"), DIFFERENTIATED)
def test_gradients_are_adjoint(name: str, dynamic: bool) -> None:
    case = CASES[name]
    x, k = operands(case, np.float64)
    generator = np.random.default_rng(3)
    ct = generator.integers(-3, 4, case.shapes[2]).astype(np.float64)
    module = parse_module(with_gradients(name, dynamic), "conv.mlir")
    PassManager(parse_pipeline("differentiate")).run(module)
    interpreter = Interpreter(module)
    dx, dk = interpreter.call("vjp", x, k, ct)
    assert (dx.shape, dk.shape) == (x.shape, k.shape)
    for _ in range(3):
        u = generator.integers(-3, 4, x.shape).astype(np.float64)
        v = generator.integers(-3, 4, k.shape).astype(np.float64)
        assert np.sum(dx * u) == np.sum(ct * interpreter.call("f", u, k)[0])
        assert np.sum(dk * v) == np.sum(ct * interpreter.call("f", x, v)[0])


@pytest.mark.parametrize("name", ["strided", "channels_first", "groups", "batch_groups"])
def test_gradients_natively(name: str) -> None:
    x, k = operands(CASES[name], np.float32)
    ct = np.random.default_rng(3).integers(-3, 4, CASES[name].shapes[2]).astype(np.float64)
    text = with_gradients(name, False, "f32", "f64")
    module = parse_module(text, "conv.mlir")
    PassManager(parse_pipeline("differentiate")).run(module)
    for a, b in zip(Interpreter(module).call("vjp", x, k, ct), native(text).call("vjp", x, k, ct), strict=True):
        np.testing.assert_array_equal(a, b, strict=True)
