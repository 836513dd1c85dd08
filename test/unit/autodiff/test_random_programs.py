"""Derivatives of random programs with loops and branches agree with finite differences, on both executors."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from unit.random_programs import K, N, Program

from irc.codegen.cpu.executor import CpuExecutor
from irc.interpreter.core import Interpreter
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.pipelines import CPU, DIFFERENTIATE
from irc.text.parser import parse_module

SHAPES = ((N, K), (K, N), (K,), (N,))


def program(seed: int) -> str:
    """A random `@f`, the sum `@loss` of its results' sines, and its gradient `@main`."""
    random = Program(seed, "f64", smooth=True)
    function = random.text()
    results = function[function.index("-> (") + 4 : function.index(") {")].split(", ")
    inputs = [random.type(kind) for kind in ("nk", "kn", "k", "n")]
    arguments = ", ".join(f"%a{i}: {type}" for i, type in enumerate(inputs)) + ", %n: index, %c: i1"
    names, types = "%a0, %a1, %a2, %a3, %n, %c", ", ".join([*inputs, "index", "i1"])
    sums = []
    for i, type in enumerate(results):
        axes = list(range(type.count("x")))
        sums.append(f"%s{i} = nd.sin %r#{i} : {type}")
        sums.append(f"%t{i} = nd.sum %s{i} axes = {axes} : {type} -> tensor<f64>")
        sums.append(f"%u{i} = nd.add %t{i}, %u{i - 1} : tensor<f64>" if i else "%u0 = nd.negative %t0 : tensor<f64>")
    lines = "\n  ".join(sums)
    return f"""
{function}
func.func @loss({arguments}) -> tensor<f64> {{
  %r:{len(results)} = call @f({names}) : ({types}) -> ({", ".join(results)})
  {lines}
  return %u{len(results) - 1} : tensor<f64>
}}
func.func @main({arguments}) -> (tensor<f64>, {", ".join(inputs)}) {{
  %g:5 = ad.value_and_grad @loss({names}) {{wrt = [0, 1, 2, 3]}} : ({types}) -> (tensor<f64>, {", ".join(inputs)})
  return %g#0, %g#1, %g#2, %g#3, %g#4 : tensor<f64>, {", ".join(inputs)}
}}
"""


def directional(call: Any, arguments: list[Any], direction: list[Any], step: float = 1e-6) -> float:
    """The derivative of `@loss` along a direction, by central differences."""
    ends = []
    for sign in (1, -1):
        moved = [x + sign * step * d for x, d in zip(arguments[:4], direction, strict=True)]
        ends.append(float(call("loss", *moved, *arguments[4:])[0]))
    return (ends[0] - ends[1]) / (2 * step)


@pytest.mark.parametrize("seed", range(25))
def test_gradient_of_random_program(seed: int) -> None:
    text = program(seed)
    reference, native = parse_module(text), parse_module(text)
    PassManager(parse_pipeline(DIFFERENTIATE)).run(reference)
    PassManager(parse_pipeline(CPU)).run(native)
    numbers = np.random.default_rng(seed)
    arguments: list[Any] = [0.5 * numbers.standard_normal(shape) for shape in SHAPES]
    arguments += [np.int64(N), np.bool_(seed % 2)]
    interpreter = Interpreter(reference)
    value, *gradient = interpreter.call("main", *arguments)
    assert np.isfinite(value)
    for _ in range(3):
        direction = [numbers.standard_normal(shape) for shape in SHAPES]
        expected = directional(interpreter.call, arguments, direction)
        found = sum(float(np.sum(g * d)) for g, d in zip(gradient, direction, strict=True))
        np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-5 * max(1.0, abs(float(value))))
    for expected_part, part in zip([value, *gradient], CpuExecutor(native).call("main", *arguments), strict=True):
        np.testing.assert_allclose(part, expected_part, rtol=1e-9, atol=1e-9)
