"""Functions of which each calls the one below it twice: a program of n functions runs 2**n operations, whose derivative
nevertheless stays a program of a size like n."""

from __future__ import annotations

import math

import numpy as np

from irc.interpreter.core import Interpreter
from irc.ir.operation import Operation
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.text.parser import parse_module

SINE = """
func.func private @f0(%x: f64) -> f64 {
  %a = math.sin %x : f64
  return %a : f64
}"""
TWICE = """
func.func private @f{i}(%x: f64) -> f64 {{
  %a = call @f{below}(%x) : (f64) -> f64
  %b = call @f{below}(%a) : (f64) -> f64
  return %b : f64
}}"""
GRADIENTS = """
func.func private @slope(%x: f64) -> f64 {{
  %r:2 = ad.value_and_grad @f{depth}(%x) : (f64) -> (f64, f64)
  return %r#1 : f64
}}
func.func @main(%x: f64) -> (f64, f64) {{
  %r:2 = ad.value_and_grad @slope(%x) : (f64) -> (f64, f64)
  return %r#0, %r#1 : f64, f64
}}"""

SCALED = """
func.func private @f0(%x: f64, %scale: memref<i64>) -> f64 {
  %i = memref.load %scale[] : memref<i64>
  %s = arith.sitofp %i : i64 to f64
  %e = math.sin %x : f64
  %a = arith.mulf %e, %s : f64
  return %a : f64
}"""
SCALED_TWICE = """
func.func private @f{i}(%x: f64, %scale: memref<i64>) -> f64 {{
  %a = call @f{below}(%x, %scale) : (f64, memref<i64>) -> f64
  %b = call @f{below}(%a, %scale) : (f64, memref<i64>) -> f64
  return %b : f64
}}"""
OVERWRITTEN = """
func.func private @whole(%x: f64) -> f64 {{
  %one = arith.constant 1 : i64
  %two = arith.constant 2 : i64
  %scale = memref.alloca() : memref<i64>
  memref.store %one, %scale[] : memref<i64>
  %a = call @f{depth}(%x, %scale) : (f64, memref<i64>) -> f64
  memref.store %two, %scale[] : memref<i64>
  return %a : f64
}}
func.func @main(%x: f64) -> (f64, f64) {{
  %r:2 = ad.value_and_grad @whole(%x) : (f64) -> (f64, f64)
  return %r#0, %r#1 : f64, f64
}}"""


def chain(depth: int, first: str = SINE, twice: str = TWICE) -> str:
    """`@f<depth>` takes the sine 2**depth times."""
    return first + "".join(twice.format(i=i, below=i - 1) for i in range(1, depth + 1))


def differentiated(text: str) -> Operation:
    module = parse_module(text)
    PassManager(parse_pipeline("differentiate")).run(module)
    return module


def by_hand(x: float, times: int) -> tuple[float, float, float]:
    """The value, the first and the second derivative."""
    value, first, second = x, 1.0, 0.0
    for _ in range(times):
        s, c = math.sin(value), math.cos(value)
        value, first, second = s, c * first, c * second - s * first * first
    return value, first, second


def evaluated(module: Operation) -> list[float]:
    return [float(each) for each in Interpreter(module).call("main", np.float64(0.7))]


def uses(module: Operation) -> int:
    return sum(len(op.operands) + len(op.results) for op in module.walk())


def test_derivatives_of_a_deep_chain_are_right():
    module = differentiated(chain(11) + GRADIENTS.format(depth=11))
    np.testing.assert_allclose(evaluated(module), by_hand(0.7, 2**11)[1:], rtol=1e-10)


def test_derivatives_of_a_deep_chain_grow_with_its_depth():
    shallow, deep = (uses(differentiated(chain(depth) + GRADIENTS.format(depth=depth))) for depth in (20, 40))
    assert deep < 3 * shallow


def test_what_reads_memory_does_not_run_again():
    """The adjoint comes when something else stands there."""
    module = differentiated(chain(11, SCALED, SCALED_TWICE) + OVERWRITTEN.format(depth=11))
    np.testing.assert_allclose(evaluated(module), by_hand(0.7, 2**11)[:2], rtol=1e-10)
