"""Both modes of a program with one operation: forward mode against differences, reverse mode against forward mode."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from irc.interpreter.core import Interpreter
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.text.parser import parse_module

SETUP = """
          %c0 = arith.constant 0 : index
          %c1 = arith.constant 1 : index
          %c2 = arith.constant 2 : index
          %true = arith.constant true
          %mask = nd.constant dense<[[1, 0, 1], [0, 1, 0]]> : tensor<2x3xi1>
"""


@dataclass(frozen=True)
class Case:
    """A function `@f` of arguments of `types`; `body` ends in the operation. Numbers are drawn from `low` to `high`."""

    types: tuple[str, ...]
    body: str
    result: str
    low: float = -2.0
    high: float = 2.0
    setup: str = ""
    """Operations before."""
    step: float = 1e-6
    """Of the differences; rounding to `f32` needs a large one."""
    second: bool = True
    """Whether the derivative has one itself."""

    def text(self) -> str:
        names = [f"%x{i}" for i in range(len(self.types))]
        tangents = [f"%t{i}" for i in range(len(self.types))]
        inputs, typed = _list(self.types), _list(map(": ".join, zip(names, self.types, strict=True)))
        varied = _list(map(": ".join, zip(tangents, self.types, strict=True)))
        xs, ts, wrt = _list(names), _list(tangents), list(range(len(names)))
        count = len(names)
        found = _list(f"%r#{i + 1}" for i in range(count))
        return f"""
        func.func @f({typed}) -> {self.result} {{
          {SETUP}
          {self.setup}
          %y = {self.body}
          return %y : {self.result}
        }}
        func.func @jvp({typed}, {varied}) -> {self.result} {{
          %r:2 = ad.jvp @f({xs}) tangents({ts}) {{wrt = {wrt}}} : ({inputs}), ({inputs}) -> ({self.result}, {self.result})
          return %r#1 : {self.result}
        }}
        func.func @vjp({typed}, %ct: {self.result}) -> ({inputs}) {{
          %r:{count + 1} = ad.vjp @f({xs}) cotangents(%ct) {{wrt = {wrt}}} : ({inputs}), ({self.result}) -> ({self.result}, {inputs})
          return {found} : {inputs}
        }}
        {self._second(inputs, typed, varied, xs, ts, wrt) if self.second else ""}
        """

    def _second(self, inputs: str, typed: str, varied: str, xs: str, ts: str, wrt: list[int]) -> str:
        count = len(self.types)
        return f"""
        func.func @second({typed}, %ct: {self.result}, {varied}) -> ({inputs}) {{
          %r:{2 * count} = ad.jvp @vjp({xs}, %ct) tangents({ts}) {{wrt = {wrt}}} : ({inputs}, {self.result}), ({inputs}) -> ({inputs}, {inputs})
          return {_list(f"%r#{count + i}" for i in range(count))} : {inputs}
        }}
        """

    def interpreter(self) -> Interpreter:
        module = parse_module(self.text())
        PassManager(parse_pipeline("differentiate")).run(module)
        return Interpreter(module)


def _list(parts: Any) -> str:
    return ", ".join(parts)


def draw(rng: Any, type: str, low: float, high: float) -> Any:
    """Numbers of a type; where both signs are possible none is near zero."""
    shape = tuple(int(size) for size in re.findall(r"(\d+)x", type))

    def real() -> Any:
        if low < 0 < high:
            return rng.uniform(0.3, high, shape) * rng.choice([-1.0, 1.0], shape)
        return rng.uniform(low, high, shape)

    return real() + 1j * real() if "complex" in type else np.asarray(real())


def pairing(a: Any, b: Any) -> float:
    return float(sum(np.sum(np.real(np.asarray(x) * np.asarray(y))) for x, y in zip(a, b, strict=True)))


def check(case: Case, seed: int = 3) -> None:
    """Forward mode agrees with differences, reverse mode is its transpose, and so is the derivative of reverse mode."""
    rng, step = np.random.default_rng(seed), case.step
    program = case.interpreter()
    xs = [draw(rng, type, case.low, case.high) for type in case.types]
    ts = [draw(rng, type, -1, 1) for type in case.types]
    ct = draw(rng, case.result, -1, 1)

    def near(name: str, *rest: Any) -> list[Any]:
        above, below = ([x + sign * step * t for x, t in zip(xs, ts, strict=True)] for sign in (1, -1))
        pairs = zip(program.call(name, *above, *rest), program.call(name, *below, *rest), strict=True)
        return [(np.asarray(a) - np.asarray(b)) / (2 * step) for a, b in pairs]

    (found,) = program.call("jvp", *xs, *ts)
    _same(found, near("f")[0], case)
    cts = program.call("vjp", *xs, ct)
    np.testing.assert_allclose(pairing([ct], [found]), pairing(cts, ts), rtol=1e-9 if case.step < 1e-3 else 1e-6)
    if case.second:
        for mine, expected in zip(program.call("second", *xs, ct, *ts), near("vjp", ct), strict=True):
            _same(mine, expected, case)


def _same(found: Sequence[Any], expected: Sequence[Any], case: Case) -> None:
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-6 if case.step < 1e-3 else 1e-4)
