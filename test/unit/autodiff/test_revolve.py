"""Loops of which few states are kept: derivatives, evaluations of the body, and memory."""

from __future__ import annotations

import re
from functools import cache
from math import comb
from typing import Any

import numpy as np
import pytest

import irc
import irc.lax
import irc.numpy
from irc.codegen.cpu.executor import CpuExecutor
from irc.dialects import math
from irc.interpreter import core
from irc.interpreter.core import Interpreter
from irc.ir.operation import Operation
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.pipelines import CPU, CPU_STAGES, DIFFERENTIATE
from irc.text.parser import parse_module
from irc.text.printer import print_op


def fewest_steps(length: int, snapshots: int) -> int:
    """The steps that it takes to have each of `length` states once, from the last to the first (Griewank and Walther)."""
    repeats = 0
    while comb(snapshots + repeats, snapshots) < length:
        repeats += 1
    return repeats * length - (comb(snapshots + repeats, snapshots + 1) if repeats else 0)


def compiled(text: str, pipeline: str) -> Operation:
    module = parse_module(text)
    PassManager(parse_pipeline(pipeline)).run(module)
    return module


COUNTED = """
func.func private @f(%x: f64, %n: index) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %one = arith.constant 1.0 : f64
  %r:2 = scf.for %i = %c0 to %n step %c1 iter_args(%y = %x, %acc = %one) -> (f64, f64) {
    %s = math.sin %y : f64
    %z = arith.mulf %s, %x : f64
    %a = arith.addf %acc, %z : f64
    scf.yield %z, %a : f64, f64
  }
  return %r#1 : f64
}
func.func @main(%x: f64, %n: index) -> (f64, f64) {
  %y, %dx = ad.value_and_grad @f(%x, %n) : (f64, index) -> (f64, f64)
  return %y, %dx : f64, f64
}
"""


def test_fewest_steps_is_the_optimum() -> None:
    """Griewank's formula against the definition: the best place for the first snapshot, tried out."""

    @cache
    def least(length: int, snapshots: int) -> int:
        if snapshots == 1 or length < 2:
            return length * (length - 1) // 2
        return min(m + least(length - m, snapshots - 1) + least(m, snapshots) for m in range(1, length))

    for snapshots in range(1, 7):
        for length in range(40):
            assert fewest_steps(length, snapshots) == least(length, snapshots)


@pytest.mark.parametrize(
    ("snapshots", "lengths"), [(1, (0, 1, 2, 9)), (2, (1, 3, 4, 30)), (5, (5, 6, 7, 100)), (200, (1, 40))]
)
def test_evaluations_of_the_body(snapshots: int, lengths: tuple[int, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """The forward run, what it takes to have each state once from the last to the first, and one for each adjoint."""
    plain = Interpreter(compiled(COUNTED, DIFFERENTIATE))
    few = Interpreter(compiled(COUNTED, f"checkpoint-loops{{snapshots={snapshots}}},{DIFFERENTIATE}"))
    plain.call("main", np.float64(1), 1)
    rules: dict[Any, Any] = core.RULES
    rule = rules[math.Sin]
    calls = 0

    def counting(*args: Any) -> Any:
        nonlocal calls
        calls += 1
        return rule(*args)

    monkeypatch.setitem(rules, math.Sin, counting)
    for length in lengths:
        expected = plain.call("main", np.float64(1.3), length)
        calls = 0
        assert few.call("main", np.float64(1.3), length) == expected
        assert calls == length + fewest_steps(length, snapshots) + length


NESTED = """
func.func @f(%x: f64) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %c9 = arith.constant 9 : index
  %low = arith.constant 5 : i32
  %high = arith.constant 20 : i32
  %by = arith.constant 3 : i32
  %half = arith.constant 0.5 : f64
  %v = tensor.from_elements %x, %half : tensor<2xf64>
  %w = nd.sin %v : tensor<2xf64>
  %r:4 = scf.for %i = %low to %high step %by iter_args(%a = %v, %n = %c0, %b = %x, %k = %half) -> (tensor<2xf64>, index, f64, f64) : i32 {
    %parity = arith.remui %n, %c2 : index
    %odd = arith.cmpi eq, %parity, %c1 : index
    %t = scf.if %odd -> (tensor<2xf64>) {
      %p = nd.multiply %a, %w : tensor<2xf64>
      scf.yield %p : tensor<2xf64>
    } else {
      %p = scf.for %j = %c0 to %c9 step %c2 iter_args(%c = %a) -> (tensor<2xf64>) {
        %s = nd.sin %c : tensor<2xf64>
        %e = nd.add %s, %w : tensor<2xf64>
        scf.yield %e : tensor<2xf64>
      }
      scf.yield %p : tensor<2xf64>
    }
    %q:2 = scf.while (%c = %b, %m = %c0) : (f64, index) -> (f64, index) {
      %more = arith.cmpi ult, %m, %n : index
      scf.condition(%more) %c, %m : f64, index
    } do {
    ^bb0(%c: f64, %m: index):
      %s = math.cos %c : f64
      %z = arith.mulf %s, %x : f64
      %l = arith.addi %m, %c1 : index
      scf.yield %z, %l : f64, index
    }
    %g = tensor.extract %t[%c1] : tensor<2xf64>
    %h = arith.mulf %q#0, %g : f64
    %number = arith.sitofp %i : i32 to f64
    %u = arith.mulf %h, %number : f64
    %o = arith.addi %n, %c1 : index
    scf.yield %t, %o, %k, %u : tensor<2xf64>, index, f64, f64
  }
  %s = nd.sum %r#0 axes = [0] : tensor<2xf64> -> tensor<f64>
  %y = tensor.extract %s[] : tensor<f64>
  %z = arith.mulf %y, %r#3 : f64
  return %z : f64
}
func.func private @g(%x: f64) -> f64 {
  %y:2 = ad.value_and_grad @f(%x) : (f64) -> (f64, f64)
  return %y#1 : f64
}
func.func @first(%x: f64) -> (f64, f64) {
  %y:2 = ad.value_and_grad @f(%x) : (f64) -> (f64, f64)
  return %y#0, %y#1 : f64, f64
}
"""

SECOND = """
func.func @second(%x: f64) -> (f64, f64) {
  %one = arith.constant 1.0 : f64
  %z:2 = ad.value_and_grad @g(%x) : (f64) -> (f64, f64)
  %t:2 = ad.jvp @g(%x) tangents(%one) : (f64), (f64) -> (f64, f64)
  return %z#1, %t#1 : f64, f64
}
"""


@pytest.mark.parametrize("snapshots", [1, 2])
def test_nested_loops_branches_and_integers(snapshots: int) -> None:
    """First derivatives are the same to the last bit; in second ones sums are taken in another order."""
    pipeline = f"checkpoint-loops{{snapshots={snapshots}}},{DIFFERENTIATE}"
    plain, few = (Interpreter(compiled(NESTED + SECOND, each)) for each in (DIFFERENTIATE, pipeline))
    x = np.float64(0.7)
    assert list(few.call("first", x)) == list(plain.call("first", x))
    np.testing.assert_allclose(few.call("second", x), plain.call("second", x), rtol=1e-12)


def test_natively() -> None:
    plain = Interpreter(compiled(NESTED, DIFFERENTIATE))
    native = CpuExecutor(compiled(NESTED, "checkpoint-loops{snapshots=2}," + CPU))
    x = np.float64(0.7)
    np.testing.assert_allclose(native.call("first", x), plain.call("first", x), rtol=1e-12)


LONG = """
func.func private @f(%x: tensor<1000xf64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c100 = arith.constant 100 : index
  %r = scf.for %i = %c0 to %c100 step %c1 iter_args(%y = %x) -> (tensor<1000xf64>) {
    %s = nd.sin %y : tensor<1000xf64>
    %z = nd.multiply %s, %x : tensor<1000xf64>
    scf.yield %z : tensor<1000xf64>
  }
  %t = nd.sum %r axes = [0] : tensor<1000xf64> -> tensor<f64>
  return %t : tensor<f64>
}
func.func @main(%x: tensor<1000xf64>) -> (tensor<f64>, tensor<1000xf64>) {
  %y, %dx = ad.value_and_grad @f(%x) : (tensor<1000xf64>) -> (tensor<f64>, tensor<1000xf64>)
  return %y, %dx : tensor<f64>, tensor<1000xf64>
}
"""


def test_memory_of_the_plan() -> None:
    """All buffers of the function lie in one arena: 200 rows without snapshots, with five these and a few temporaries."""

    def planned(first: str) -> float:
        steps = [step for level in ("optimized", "linalg", "buffers") for step in CPU_STAGES[level]]
        text = print_op(compiled(LONG, ",".join([*first.split(), *steps])))
        return max(map(int, re.findall(r"memref<(\d+)xi8>", text))) / 8000

    assert planned("") > 200
    assert planned("checkpoint-loops{memory=48000}") < 12


def test_of_python_functions() -> None:
    x = irc.numpy.linspace(0.1, 1, 7)

    def total(x: Any, of: Any = lambda run: run) -> Any:
        def turn(y: Any, row: Any) -> Any:
            z = irc.numpy.sin(y) * x + row
            return z, irc.numpy.sum(z)

        def run(x: Any) -> Any:
            last, sums = irc.lax.scan(turn, x, irc.numpy.ones((20, 7), x.dtype))
            return irc.numpy.sum(irc.lax.fori_loop(0, 9, lambda i, y: y * irc.numpy.cos(y), last)) + sums[3]

        return of(run)(x)

    few = irc.grad(lambda x: total(x, irc.checkpoint_loops(snapshots=4)))
    text = irc.jit(few).lower(x).as_text()
    assert text.count("ad.snapshots = 4") == 2
    np.testing.assert_array_equal(few(x), irc.grad(total)(x))
    little = irc.jit(irc.grad(lambda x: total(x, irc.checkpoint_loops(memory=1500)))).lower(x).as_text()
    assert little.count("ad.snapshots") == 1, "the shorter loop fits"
    np.testing.assert_array_equal(irc.checkpoint_loops(total, memory=1)(x), total(x))
    with pytest.raises(TypeError, match="needs snapshots, memory or both"):
        irc.checkpoint_loops(total)
    with pytest.raises(ValueError, match="snapshots must be positive, got 0"):
        irc.checkpoint_loops(total, snapshots=0)
