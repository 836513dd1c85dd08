"""Derivatives of random graphs of blocks agree with differences, and with each other in both modes and natively."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from unit.random_blocks import SmoothBlocks, smooth_module

from irc.codegen.cpu.executor import CpuExecutor
from irc.interpreter.core import Interpreter
from irc.ir.operation import Operation
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.pipelines import CPU, DIFFERENTIATE
from irc.text.parser import parse_module

POINT = (np.float64(0.7), np.float64(-1.3), np.float64(0.4))
TYPES = "f64, f64, f64, i64"


def derivatives(name: str) -> str:
    arguments = "%x: f64, %y: f64, %z: f64, %n: i64"
    return f"""
    func.func @grad_{name}({arguments}) -> (f64, f64, f64) {{
      %r:4 = ad.value_and_grad @{name}(%x, %y, %z, %n) {{wrt = [0, 1, 2]}} : ({TYPES}) -> (f64, f64, f64, f64)
      return %r#1, %r#2, %r#3 : f64, f64, f64
    }}
    func.func @jvp_{name}({arguments}, %t: f64, %u: f64, %v: f64) -> f64 {{
      %r:2 = ad.jvp @{name}(%x, %y, %z, %n) tangents(%t, %u, %v) {{wrt = [0, 1, 2]}} : ({TYPES}), (f64, f64, f64) -> (f64, f64)
      return %r#1 : f64
    }}
    """


def compiled(seeds: Sequence[int], pipeline: str) -> Operation:
    """Functions `@f1`, … of these seeds, with their derivatives."""
    functions = {f"f{seed}": SmoothBlocks(seed) for seed in seeds}
    module = parse_module(smooth_module(functions) + "".join(map(derivatives, functions)))
    PassManager(parse_pipeline(pipeline)).run(module)
    return module


@pytest.mark.parametrize("first", [0, 10])
def test_against_differences(first: int) -> None:
    seeds = range(first, first + 10)
    program = Interpreter(compiled(seeds, DIFFERENTIATE))
    for name in (f"f{seed}" for seed in seeds):
        for fuel in (3, 12):
            found = program.call(f"grad_{name}", *POINT, np.int64(fuel))
            for i, direction in enumerate(np.eye(3)):
                ends: list[Any] = [
                    program.call(name, *(np.asarray(POINT) + sign * 1e-6 * direction), np.int64(fuel))[0]
                    for sign in (1, -1)
                ]
                np.testing.assert_allclose(found[i], (ends[0] - ends[1]) / 2e-6, rtol=1e-5, atol=1e-7)
                tangent = program.call(f"jvp_{name}", *POINT, np.int64(fuel), *map(np.float64, direction))[0]
                np.testing.assert_allclose(tangent, found[i], rtol=1e-9, atol=1e-12)


def test_natively() -> None:
    seeds = (1, 4, 6)
    program, native = Interpreter(compiled(seeds, DIFFERENTIATE)), CpuExecutor(compiled(seeds, CPU))
    for name in (f"f{seed}" for seed in seeds):
        arguments = (*POINT, np.int64(12))
        expected = program.call(f"grad_{name}", *arguments)
        np.testing.assert_allclose(native.call(f"grad_{name}", *arguments), expected, rtol=1e-10)
