"""Forward mode through loops, branches, calls and buffers, against differences."""

from __future__ import annotations

import numpy as np
import pytest

from irc.interpreter.core import Interpreter
from irc.ir.diagnostic import DiagnosedError
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.text.parser import parse_module

FOR = """
func.func private @f(%x: f64, %n: index) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %one = arith.constant 1.0 : f64
  %r:3 = scf.for %i = %c0 to %n step %c1 iter_args(%y = %one, %k = %one, %j = %c0) -> (f64, f64, index) {
    %z = arith.mulf %y, %x : f64
    %s = math.sin %z : f64
    %l = arith.addf %k, %one : f64
    %t = arith.mulf %s, %l : f64
    %m = arith.addi %j, %c1 : index
    scf.yield %t, %l, %m : f64, f64, index
  }
  return %r#0 : f64
}
"""
WHILE = """
func.func private @f(%x: f64, %n: index) -> f64 {
  %limit = arith.constant 10.0 : f64
  %two = arith.constant 2.0 : f64
  %r:2 = scf.while (%y = %x, %z = %two) : (f64, f64) -> (f64, f64) {
    %go = arith.cmpf olt, %y, %limit : f64
    %w = arith.mulf %y, %z : f64
    scf.condition(%go) %w, %y : f64, f64
  } do {
  ^bb0(%a: f64, %b: f64):
    %d = arith.addf %b, %x : f64
    scf.yield %a, %d : f64, f64
  }
  %e = arith.addf %r#0, %r#1 : f64
  return %e : f64
}
"""
SWITCH = """
func.func private @f(%x: f64, %n: index) -> f64 {
  %one = arith.constant 1.0 : f64
  %r:2 = scf.index_switch %n -> f64, f64
  case 3 {
    %y = arith.mulf %x, %x : f64
    scf.yield %y, %one : f64, f64
  }
  default {
    scf.yield %one, %one : f64, f64
  }
  %c = arith.cmpf ogt, %x, %one : f64
  %s = scf.if %c -> (f64) {
    scf.yield %r#1 : f64
  } else {
    %t = arith.mulf %r#0, %x : f64
    scf.yield %t : f64
  }
  return %s : f64
}
"""
CALLS = """
func.func private @g(%x: f64, %n: index) -> (f64, f64) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %end = arith.cmpi eq, %n, %c0 : index
  %one = arith.constant 1.0 : f64
  %r = scf.if %end -> (f64) {
    scf.yield %one : f64
  } else {
    %m = arith.subi %n, %c1 : index
    %y:2 = func.call @g(%x, %m) : (f64, index) -> (f64, f64)
    %z = arith.mulf %y#0, %x : f64
    scf.yield %z : f64
  }
  return %r, %one : f64, f64
}
func.func private @f(%x: f64, %n: index) -> f64 {
  %y:2 = call @g(%x, %n) : (f64, index) -> (f64, f64)
  %z = arith.mulf %y#0, %y#1 : f64
  return %z : f64
}
"""
MEMORY = """
memref.global "private" constant @weights : memref<4xf64> = dense<[1.0, 2.0, 3.0, 4.0]>
func.func private @f(%x: f64, %n: index) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %w = memref.get_global @weights : memref<4xf64>
  %m = memref.alloc(%n) : memref<?xf64>
  memref.store %x, %m[%c0] : memref<?xf64>
  scf.for %i = %c1 to %n step %c1 {
    %j = arith.subi %i, %c1 : index
    %p = memref.load %m[%j] : memref<?xf64>
    %k = memref.load %w[%i] : memref<4xf64>
    %q = arith.mulf %p, %x : f64
    %s = arith.mulf %q, %k : f64
    memref.store %s, %m[%i] : memref<?xf64>
  }
  %v = memref.subview %m[1] [2] [1] : memref<?xf64> to memref<2xf64, strided<[1], offset: 1>>
  %o = memref.alloca() : memref<2xf64>
  memref.copy %v, %o : memref<2xf64, strided<[1], offset: 1>> to memref<2xf64>
  %r = memref.load %o[%c1] : memref<2xf64>
  memref.dealloc %m : memref<?xf64>
  return %r : f64
}
"""


def program(text: str) -> Interpreter:
    main = """
    func.func @value(%x: f64, %n: index) -> f64 {
      %y = call @f(%x, %n) : (f64, index) -> f64
      return %y : f64
    }
    func.func @jvp(%x: f64, %t: f64, %n: index) -> (f64, f64) {
      %y:2 = ad.jvp @f(%x, %n) tangents(%t) : (f64, index), (f64) -> (f64, f64)
      return %y#0, %y#1 : f64, f64
    }
    func.func @twice(%x: f64, %t: f64, %n: index) -> f64 {
      %y:4 = ad.jvp @jvp(%x, %t, %n) tangents(%t) : (f64, f64, index), (f64) -> (f64, f64, f64, f64)
      return %y#3 : f64
    }
    """
    module = parse_module(text + main)
    PassManager(parse_pipeline("differentiate,inline,canonicalize,cse")).run(module)
    return Interpreter(module)


@pytest.mark.parametrize("text", [FOR, WHILE, SWITCH, CALLS, MEMORY], ids=["for", "while", "switch", "calls", "memory"])
def test_against_differences(text: str) -> None:
    interpreter = program(text)
    x, t, n, step = 0.7, 1.5, 3, 1e-6
    value, found = interpreter.call("jvp", x, t, n)
    assert value == interpreter.call("value", x, n)[0]

    def slope(name: str, *rest: float) -> float:
        (above,), (below,) = (interpreter.call(name, x + sign * step * t, *rest)[-1:] for sign in (1, -1))
        return (above - below) / (2 * step)

    np.testing.assert_allclose(found, slope("value", n), rtol=1e-6)
    np.testing.assert_allclose(interpreter.call("twice", x, t, n), [slope("jvp", t, n)], rtol=1e-6)


def test_what_others_write_to_is_diagnosed() -> None:
    with pytest.raises(DiagnosedError, match="what others write to a global is not known"):
        program(MEMORY.replace("constant @weights", "@weights"))


def test_a_buffer_is_differentiated_with_its_shadow() -> None:
    text = """
    func.func private @f(%m: memref<2xf64>, %o: memref<2xf64>) {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %a = memref.load %m[%c0] : memref<2xf64>
      %b = memref.load %o[%c0] : memref<2xf64>
      %p = arith.mulf %a, %b : f64
      memref.store %p, %m[%c1] : memref<2xf64>
      return
    }
    func.func @main(%m: memref<2xf64>, %o: memref<2xf64>, %t: memref<2xf64>) {
      ad.jvp @f(%m, %o) tangents(%t) : (memref<2xf64>, memref<2xf64>), (memref<2xf64>) -> ()
      return
    }
    """
    module = parse_module(text)
    PassManager(parse_pipeline("differentiate")).run(module)
    m, o, t = np.array([2.0, 0.0]), np.array([3.0, 0.0]), np.array([1.0, 9.0])
    Interpreter(module).call("main", m, o, t)
    assert (m.tolist(), t.tolist()) == ([2.0, 6.0], [1.0, 3.0])
