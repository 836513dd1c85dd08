"""First and second derivatives of programs with loops, branches and calls, against finite differences, natively too."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from irc.codegen.cpu.executor import CpuExecutor
from irc.interpreter.core import Interpreter
from irc.ir.diagnostic import DiagnosedError
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.pipelines import CPU, DIFFERENTIATE
from irc.text.parser import parse_module

DERIVATIVES = """
func.func private @g(%x: f64) -> f64 {
  %y:2 = ad.value_and_grad @f(%x) : (f64) -> (f64, f64)
  return %y#1 : f64
}
func.func @main(%x: f64) -> (f64, f64, f64) {
  %y:2 = ad.value_and_grad @f(%x) : (f64) -> (f64, f64)
  %z:2 = ad.value_and_grad @g(%x) : (f64) -> (f64, f64)
  return %y#0, %y#1, %z#1 : f64, f64, f64
}
"""

CONSTANTS = """
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %c5 = arith.constant 5 : index
  %one = arith.constant 1.0 : f64
  %half = arith.constant 0.5 : f64
  %ten = arith.constant 10.0 : f64
  %twenty = arith.constant 20.0 : f64
"""

PROGRAMS = {
    "a loop in a loop, of a length that grows, with a branch": """
  %zero = arith.constant 0.0 : f64
  %r:2 = scf.for %i = %c0 to %c3 step %c1 iter_args(%y = %x, %acc = %zero) -> (f64, f64) {
    %end = arith.addi %i, %c1 : index
    %w = scf.for %j = %c0 to %end step %c1 iter_args(%v = %y) -> (f64) {
      %small = arith.cmpf olt, %v, %ten : f64
      %u = scf.if %small -> (f64) {
        %p = arith.mulf %v, %x : f64
        scf.yield %p : f64
      } else {
        %d = arith.subf %v, %x : f64
        scf.yield %d : f64
      }
      scf.yield %u : f64
    }
    %sum = arith.addf %acc, %w : f64
    scf.yield %w, %sum : f64, f64
  }
  return %r#1 : f64""",
    "while, of a length that depends on the data": """
  %r = scf.while (%y = %x) : (f64) -> f64 {
    %small = arith.cmpf ole, %y, %twenty : f64
    scf.condition(%small) %y : f64
  } do {
  ^bb0(%y: f64):
    %o = arith.cmpf olt, %x, %one : f64
    %k = arith.select %o, %ten, %x : f64
    %w = arith.mulf %y, %k : f64
    scf.yield %w : f64
  }
  return %r : f64""",
    "while, of values that depend on the argument only from the second iteration on": """
  %r:3 = scf.while (%n = %c0, %t = %one, %s = %one) : (index, f64, f64) -> (index, f64, f64) {
    %more = arith.cmpi slt, %n, %c3 : index
    scf.condition(%more) %n, %t, %s : index, f64, f64
  } do {
  ^bb0(%n: index, %t: f64, %s: f64):
    %u = arith.mulf %t, %x : f64
    %v = arith.addf %s, %u : f64
    %m = arith.addi %n, %c1 : index
    scf.yield %m, %u, %v : index, f64, f64
  }
  return %r#2 : f64""",
    "do while": """
  %r = scf.while (%y = %x) : (f64) -> f64 {
    %s = math.sin %y : f64
    %t = arith.addf %s, %ten : f64
    %z = arith.mulf %t, %x : f64
    %w = arith.addf %z, %y : f64
    %small = arith.cmpf ole, %w, %twenty : f64
    scf.condition(%small) %w : f64
  } do {
  ^bb0(%y: f64):
    scf.yield %y : f64
  }
  return %r : f64""",
    "while, with work in both regions, and values that change places": """
  %r:3 = scf.while (%a = %x, %b = %one, %n = %c0) : (f64, f64, index) -> (f64, f64, index) {
    %s = math.exp %b : f64
    %t = arith.divf %a, %s : f64
    %more = arith.cmpi ult, %n, %c5 : index
    scf.condition(%more) %b, %t, %n : f64, f64, index
  } do {
  ^bb0(%a: f64, %b: f64, %n: index):
    %p = arith.mulf %a, %b : f64
    %q = math.cos %p : f64
    %m = arith.addi %n, %c1 : index
    scf.yield %q, %b, %m : f64, f64, index
  }
  %y = arith.mulf %r#0, %r#1 : f64
  return %y : f64""",
    "while in while in for": """
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%y = %x) -> (f64) {
    %a:2 = scf.while (%v = %y, %n = %c0) : (f64, index) -> (f64, index) {
      %more = arith.cmpi ult, %n, %c2 : index
      scf.condition(%more) %v, %n : f64, index
    } do {
    ^bb0(%v: f64, %n: index):
      %b = scf.while (%w = %v) : (f64) -> f64 {
        %s = math.sin %w : f64
        %u = arith.addf %s, %x : f64
        %go = arith.cmpf olt, %u, %half : f64
        scf.condition(%go) %u : f64
      } do {
      ^bb0(%w: f64):
        %q = arith.addf %w, %one : f64
        scf.yield %q : f64
      }
      %d = arith.mulf %b, %half : f64
      %m = arith.addi %n, %c1 : index
      scf.yield %d, %m : f64, index
    }
    %e = math.exp %a#0 : f64
    %z = arith.subf %e, %one : f64
    scf.yield %z : f64
  }
  return %r : f64""",
    "switch in a loop": """
  %r = scf.for %i = %c0 to %c5 step %c1 iter_args(%y = %x) -> (f64) {
    %u = scf.index_switch %i -> f64
    case 0 {
      %s = math.sin %y : f64
      %t = arith.mulf %s, %s : f64
      scf.yield %t : f64
    }
    case 3 {
      %e = math.exp %y : f64
      scf.yield %e : f64
    }
    default {
      %p = arith.mulf %y, %x : f64
      scf.yield %p : f64
    }
    scf.yield %u : f64
  }
  return %r : f64""",
    "calls": """
  %a:2 = func.call @twice(%x, %half) : (f64, f64) -> (f64, f64)
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%y = %a#1) -> (f64) {
    %b:2 = func.call @twice(%y, %a#0) : (f64, f64) -> (f64, f64)
    %d = arith.mulf %b#0, %b#1 : f64
    scf.yield %d : f64
  }
  return %r : f64""",
    "rows of a tensor whose sizes change": """
  %v = tensor.from_elements %x, %half : tensor<2xf64>
  %w = tensor.cast %v : tensor<2xf64> to tensor<?xf64>
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%a = %w) -> (tensor<?xf64>) {
    %b = nd.sin %a : tensor<?xf64>
    %c = nd.concat %b, %a axis = 0 : tensor<?xf64>, tensor<?xf64> -> tensor<?xf64>
    %d = nd.exp %c : tensor<?xf64>
    %e = nd.tanh %d : tensor<?xf64>
    scf.yield %e : tensor<?xf64>
  }
  %s = nd.sum %r axes = [0] : tensor<?xf64> -> tensor<f64>
  %y = tensor.extract %s[] : tensor<f64>
  return %y : f64""",
    "a tensor that grows in a while": """
  %v = tensor.from_elements %x, %half : tensor<2xf64>
  %w = tensor.cast %v : tensor<2xf64> to tensor<?xf64>
  %r = scf.while (%a = %w) : (tensor<?xf64>) -> tensor<?xf64> {
    %n = tensor.dim %a, %c0 : tensor<?xf64>
    %more = arith.cmpi ult, %n, %c5 : index
    scf.condition(%more) %a : tensor<?xf64>
  } do {
  ^bb0(%a: tensor<?xf64>):
    %b = nd.sin %a : tensor<?xf64>
    %c = nd.concat %b, %a axis = 0 : tensor<?xf64>, tensor<?xf64> -> tensor<?xf64>
    scf.yield %c : tensor<?xf64>
  }
  %q = nd.multiply %r, %r : tensor<?xf64>
  %s = nd.sum %q axes = [0] : tensor<?xf64> -> tensor<f64>
  %y = tensor.extract %s[] : tensor<f64>
  return %y : f64""",
    "tensors in nested loops": """
  %v = tensor.from_elements %x, %half, %one : tensor<3xf64>
  %r = scf.for %i = %c0 to %c3 step %c2 iter_args(%a = %v) -> (tensor<3xf64>) {
    %t = scf.for %j = %i to %c5 step %c2 iter_args(%b = %a) -> (tensor<3xf64>) {
      %s = nd.sin %b : tensor<3xf64>
      %e = nd.exp %s : tensor<3xf64>
      %p = nd.multiply %e, %v : tensor<3xf64>
      scf.yield %p : tensor<3xf64>
    }
    %u = nd.tanh %t : tensor<3xf64>
    scf.yield %u : tensor<3xf64>
  }
  %s = nd.sum %r axes = [0] : tensor<3xf64> -> tensor<f64>
  %y = tensor.extract %s[] : tensor<f64>
  return %y : f64""",
}

CALLEE = """
func.func private @twice(%a: f64, %b: f64) -> (f64, f64) {
  %s = math.sin %a : f64
  %e = math.exp %s : f64
  %p = arith.mulf %e, %b : f64
  return %p, %s : f64, f64
}
func.func private @times(%m: memref<1xf64>, %s: f64) {
  %c0 = arith.constant 0 : index
  %a = memref.load %m[%c0] : memref<1xf64>
  %b = math.sin %a : f64
  %c = arith.mulf %b, %s : f64
  memref.store %c, %m[%c0] : memref<1xf64>
  return
}
"""


def executors(name: str) -> list[Any]:
    return executors_of(PROGRAMS[name])


def executors_of(body: str, globals: str = "") -> list[Any]:
    """The interpreter and the native executor of `@main`, which gives `@f`, whose body this is, and two derivatives."""
    text = globals + CALLEE + f"func.func @f(%x: f64) -> f64 {{ {CONSTANTS} {body}\n}}" + DERIVATIVES
    made: list[Any] = []
    for pipeline, executor in ((DIFFERENTIATE, Interpreter), (CPU, CpuExecutor)):
        module = parse_module(text)
        PassManager(parse_pipeline(pipeline)).run(module)
        made.append(executor(module))
    return made


@pytest.mark.parametrize("name", PROGRAMS)
def test_first_and_second_derivatives(name: str) -> None:
    interpreted, native = executors(name)
    for x in (0.3, 1.7):
        at, below, above = (interpreted.call("main", np.float64(x + d)) for d in (0, -1e-6, 1e-6))
        np.testing.assert_allclose(at[1], (above[0] - below[0]) / 2e-6, rtol=1e-6, atol=1e-8)
        np.testing.assert_allclose(at[2], (above[1] - below[1]) / 2e-6, rtol=1e-6, atol=1e-8)
        np.testing.assert_allclose(native.call("main", np.float64(x)), at, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize(("x", "expected"), [(2, (30, 65, 98)), (3, (48, 55, 38)), (4, (48, 44, 24))])
def test_nested_loop_and_branch(x: int, expected: tuple[int, int, int]) -> None:
    for executor in executors("a loop in a loop, of a length that grows, with a branch"):
        np.testing.assert_allclose(executor.call("main", np.float64(x)), expected, rtol=1e-14)


def test_trip_count_of_the_data() -> None:
    for executor in executors("while, of a length that depends on the data"):
        assert list(executor.call("main", np.float64(2))[:2]) == [32, 80]


def test_recursion_is_diagnosed() -> None:
    text = """
    func.func private @f(%x: f64) -> f64 {
      %y = func.call @f(%x) : (f64) -> f64
      return %y : f64
    }
    """
    module = parse_module(text + DERIVATIVES)
    with pytest.raises(DiagnosedError, match="recursive call of '@f'"):
        PassManager(parse_pipeline(DIFFERENTIATE)).run(module)
