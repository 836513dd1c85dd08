"""Derivatives of programs that keep values in buffers agree with finite differences, natively too."""

from __future__ import annotations

import numpy as np
import pytest
from unit.autodiff.test_control_flow import CONSTANTS, DERIVATIVES, executors_of

from irc.ir.diagnostic import DiagnosedError
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.pipelines import DIFFERENTIATE
from irc.text.parser import parse_module

ONE = "memref<1xf64>"

PROGRAMS = {
    "a cell that is written again and again": f"""
  %c = memref.alloc() : {ONE}
  memref.store %x, %c[%c0] : {ONE}
  scf.for %i = %c0 to %c5 step %c1 {{
    %v = memref.load %c[%c0] : {ONE}
    %s = math.sin %v : f64
    %t = arith.mulf %s, %x : f64
    %odd = arith.remui %i, %c2 : index
    %is = arith.cmpi eq, %odd, %c1 : index
    scf.if %is {{
      %w = arith.mulf %t, %v : f64
      memref.store %w, %c[%c0] : {ONE}
    }} else {{
      %w = arith.addf %t, %one : f64
      memref.store %w, %c[%c0] : {ONE}
    }}
  }}
  %r = memref.load %c[%c0] : {ONE}
  memref.dealloc %c : {ONE}
  return %r : f64""",
    "a table, a view of it, and a copy": """
  %m = memref.alloc(%c5) : memref<?xf64>
  scf.for %i = %c0 to %c5 step %c1 {
    %k = arith.index_cast %i : index to i64
    %f = arith.sitofp %k : i64 to f64
    %p = arith.mulf %f, %x : f64
    %s = math.sin %p : f64
    memref.store %s, %m[%i] : memref<?xf64>
  }
  %v = memref.subview %m[1] [3] [1] : memref<?xf64> to memref<3xf64, strided<[1], offset: 1>>
  %d = memref.alloc() : memref<3xf64>
  memref.copy %v, %d : memref<3xf64, strided<[1], offset: 1>> to memref<3xf64>
  memref.store %x, %v[%c1] : memref<3xf64, strided<[1], offset: 1>>
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%a = %one) -> (f64) {
    %p = memref.load %d[%i] : memref<3xf64>
    %q = memref.load %m[%i] : memref<?xf64>
    %b = arith.mulf %p, %q : f64
    %e = arith.addf %a, %b : f64
    scf.yield %e : f64
  }
  return %r : f64""",
    "a buffer of each iteration, in a while": f"""
  %r:2 = scf.while (%y = %x, %n = %c0) : (f64, index) -> (f64, index) {{
    %more = arith.cmpi ult, %n, %c5 : index
    scf.condition(%more) %y, %n : f64, index
  }} do {{
  ^bb0(%y: f64, %n: index):
    %c = memref.alloca() : {ONE}
    linalg.fill ins(%half : f64) outs(%c : {ONE})
    %o = memref.load %c[%c0] : {ONE}
    %s = math.cos %y : f64
    memref.store %s, %c[%c0] : {ONE}
    %u = memref.load %c[%c0] : {ONE}
    %v = arith.mulf %u, %x : f64
    %w = arith.addf %v, %o : f64
    %m = arith.addi %n, %c1 : index
    scf.yield %w, %m : f64, index
  }}
  return %r#0 : f64""",
    "a store under a condition": f"""
  %c = memref.alloc() : {ONE}
  memref.store %half, %c[%c0] : {ONE}
  %big = arith.cmpf ogt, %x, %one : f64
  scf.if %big {{
    %e = math.exp %x : f64
    memref.store %e, %c[%c0] : {ONE}
  }}
  %r = memref.load %c[%c0] : {ONE}
  %y = arith.mulf %r, %x : f64
  return %y : f64""",
    "calls that work on the caller's buffer": f"""
  %c = memref.alloc() : {ONE}
  memref.store %x, %c[%c0] : {ONE}
  scf.for %i = %c0 to %c3 step %c1 {{
    func.call @times(%c, %x) : ({ONE}, f64) -> ()
  }}
  %r = memref.load %c[%c0] : {ONE}
  return %r : f64""",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_first_and_second_derivatives(name: str) -> None:
    interpreted, native = executors_of(PROGRAMS[name])
    for x in (0.3, 1.7):
        at, below, above = (interpreted.call("main", np.float64(x + d)) for d in (0, -1e-6, 1e-6))
        np.testing.assert_allclose(at[1], (above[0] - below[0]) / 2e-6, rtol=1e-6, atol=1e-8)
        np.testing.assert_allclose(at[2], (above[1] - below[1]) / 2e-6, rtol=1e-6, atol=1e-8)
        np.testing.assert_allclose(native.call("main", np.float64(x)), at, rtol=1e-12, atol=1e-14)


def test_a_buffer_that_may_be_one_of_several_is_diagnosed() -> None:
    body = f"""
      %a = memref.alloc() : {ONE}
      %b = memref.alloc() : {ONE}
      %big = arith.cmpf ogt, %x, %one : f64
      %c = scf.if %big -> ({ONE}) {{
        scf.yield %a : {ONE}
      }} else {{
        scf.yield %b : {ONE}
      }}
      memref.store %x, %c[%c0] : {ONE}
      %r = memref.load %a[%c0] : {ONE}
      return %r : f64"""
    module = parse_module(f"func.func @f(%x: f64) -> f64 {{ {CONSTANTS} {body}\n}}" + DERIVATIVES)
    with pytest.raises(DiagnosedError, match=r"'memref.store' op on a buffer .* that may be one of several"):
        PassManager(parse_pipeline(DIFFERENTIATE)).run(module)
