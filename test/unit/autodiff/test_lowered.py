"""What is lowered before it is differentiated has the derivative of what it computes, natively too."""

from __future__ import annotations

import numpy as np
import pytest
from unit.autodiff.test_control_flow import executors_of

PROGRAMS = {
    "a region that runs once": """
  %r = scf.execute_region -> f64 {
    %s = math.sin %x : f64
    scf.yield %s : f64
  }
  %y = arith.mulf %r, %x : f64
  return %y : f64""",
    "a region of blocks that runs once": """
  %big = arith.cmpf ogt, %x, %one : f64
  %r = scf.execute_region -> f64 {
    cf.cond_br %big, ^bb1, ^bb2(%x : f64)
  ^bb1:
    %s = math.sin %x : f64
    cf.br ^bb2(%s : f64)
  ^bb2(%v: f64):
    scf.yield %v : f64
  }
  %y = arith.mulf %r, %x : f64
  return %y : f64""",
    "loops of affine over buffers": """
  %m = memref.alloc() : memref<4x6xf64>
  affine.for %i = 0 to 4 {
    affine.for %j = affine_map<(d) -> (d)>(%i) to 6 {
      %k = affine.apply affine_map<(d, e) -> (2 * d + e)>(%i, %j)
      %n = arith.index_cast %k : index to i64
      %f = arith.sitofp %n : i64 to f64
      %p = arith.mulf %f, %x : f64
      %s = math.sin %p : f64
      affine.store %s, %m[%i, 5 - (%j - %i)] : memref<4x6xf64>
    }
  }
  %r = affine.for %i = 0 to 4 iter_args(%a = %x) -> (f64) {
    %v = affine.load %m[%i, %i + 2] : memref<4x6xf64>
    %w = affine.if affine_set<(d) : (d - 2 >= 0)>(%i) -> f64 {
      %q = arith.mulf %v, %a : f64
      affine.yield %q : f64
    } else {
      affine.yield %v : f64
    }
    %b = arith.addf %a, %w : f64
    affine.yield %b : f64
  }
  return %r : f64""",
    "a parallel loop of affine with a reduction": """
  %m = memref.alloc() : memref<5xf64>
  affine.parallel (%i) = (0) to (5) {
    %n = arith.index_cast %i : index to i64
    %f = arith.sitofp %n : i64 to f64
    %p = arith.mulf %f, %x : f64
    affine.store %p, %m[%i] : memref<5xf64>
  }
  %r = affine.parallel (%i) = (0) to (5) reduce ("addf") -> (f64) {
    %v = affine.load %m[%i] : memref<5xf64>
    %s = math.exp %v : f64
    affine.yield %s : f64
  }
  return %r : f64""",
    "parallel loops with a reduction": """
  %r = scf.parallel (%i, %j) = (%c0, %c1) to (%c3, %c5) step (%c1, %c2) init (%one) -> f64 {
    %k = arith.addi %i, %j : index
    %n = arith.index_cast %k : index to i64
    %f = arith.sitofp %n : i64 to f64
    %p = arith.mulf %f, %x : f64
    %s = math.sin %p : f64
    scf.reduce(%s : f64) {
    ^bb0(%a: f64, %b: f64):
      %q = arith.mulf %a, %b : f64
      scf.reduce.return %q : f64
    }
  }
  return %r : f64""",
    "tasks that make a tensor": """
  %t = tensor.from_elements %x, %one, %x, %half : tensor<4xf64>
  %r = scf.forall (%i) in (2) shared_outs(%o = %t) -> (tensor<4xf64>) {
    %v = tensor.extract %t[%i] : tensor<4xf64>
    %s = math.exp %v : f64
    %p = tensor.from_elements %s : tensor<1xf64>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %p into %o[%i] [1] [1] : tensor<1xf64> into tensor<4xf64>
    }
  }
  %a = tensor.extract %r[%c0] : tensor<4xf64>
  %b = tensor.extract %r[%c2] : tensor<4xf64>
  %y = arith.mulf %a, %b : f64
  return %y : f64""",
    "linalg on tensors: a product, a map, a sum, a broadcast": """
  %two = arith.addf %x, %one : f64
  %a = tensor.from_elements %x, %one, %two, %half, %x, %two : tensor<2x3xf64>
  %b = tensor.from_elements %two, %x, %x, %one, %half, %two : tensor<3x2xf64>
  %e = tensor.empty() : tensor<2x2xf64>
  %z = linalg.fill ins(%half : f64) outs(%e : tensor<2x2xf64>) -> tensor<2x2xf64>
  %m = linalg.matmul ins(%a, %b : tensor<2x3xf64>, tensor<3x2xf64>) outs(%z : tensor<2x2xf64>) -> tensor<2x2xf64>
  %s = linalg.map { math.sin } ins(%m : tensor<2x2xf64>) outs(%e : tensor<2x2xf64>)
  %v = tensor.from_elements %x, %one : tensor<2xf64>
  %r = linalg.reduce { arith.mulf } ins(%s : tensor<2x2xf64>) outs(%v : tensor<2xf64>) dimensions = [1]
  %w = linalg.broadcast ins(%r : tensor<2xf64>) outs(%e : tensor<2x2xf64>) dimensions = [0]
  %p = tensor.extract %w[%c0, %c1] : tensor<2x2xf64>
  %q = tensor.extract %w[%c1, %c0] : tensor<2x2xf64>
  %y = arith.mulf %p, %q : f64
  return %y : f64""",
    "a generic op with the position and a running product": """
  %a = tensor.from_elements %x, %one, %x, %half : tensor<4xf64>
  %e = tensor.from_elements %one, %one, %one, %one, %one : tensor<5xf64>
  %r = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i + 1)>], iterator_types = ["reduction"]}
      ins(%a : tensor<4xf64>) outs(%e : tensor<5xf64>) {
  ^bb0(%v: f64, %o: f64):
    %i = linalg.index 0 : index
    %n = arith.index_cast %i : index to i64
    %f = arith.sitofp %n : i64 to f64
    %p = arith.mulf %f, %v : f64
    %q = math.exp %p : f64
    %s = arith.mulf %q, %o : f64
    linalg.yield %s : f64
  } -> tensor<5xf64>
  %p = tensor.extract %r[%c3] : tensor<5xf64>
  return %p : f64""",
    "a generic op on buffers, a fill with a variable": """
  %m = memref.alloc() : memref<4xf64>
  %n = memref.alloc() : memref<4xf64>
  linalg.fill ins(%x : f64) outs(%m : memref<4xf64>)
  linalg.map { math.sin } ins(%m : memref<4xf64>) outs(%n : memref<4xf64>)
  linalg.copy ins(%n : memref<4xf64>) outs(%m : memref<4xf64>)
  linalg.mul ins(%m, %n : memref<4xf64>, memref<4xf64>) outs(%m : memref<4xf64>)
  %r = memref.load %m[%c2] : memref<4xf64>
  memref.dealloc %m : memref<4xf64>
  memref.dealloc %n : memref<4xf64>
  return %r : f64""",
    "padding, concatenation and a softmax": """
  %a = tensor.from_elements %x, %one, %half : tensor<3xf64>
  %p = tensor.pad %a low[1] high[0] {
  ^bb0(%i: index):
    tensor.yield %x : f64
  } : tensor<3xf64> to tensor<4xf64>
  %g = tensor.generate {
  ^bb0(%i: index):
    %v = tensor.extract %p[%i] : tensor<4xf64>
    %s = math.sin %v : f64
    tensor.yield %s : f64
  } : tensor<4xf64>
  %c = tensor.concat dim(0) %p, %g : (tensor<4xf64>, tensor<4xf64>) -> tensor<8xf64>
  %e = tensor.empty() : tensor<8xf64>
  %s = linalg.softmax dimension(0) ins(%c : tensor<8xf64>) outs(%e : tensor<8xf64>) -> tensor<8xf64>
  %r = tensor.extract %s[%c0] : tensor<8xf64>
  return %r : f64""",
    "vectors, reduced": """
  %v = vector.from_elements %x, %half, %x, %ten : vector<4xf64>
  %b = vector.broadcast %x : f64 to vector<4xf64>
  %w = vector.fma %v, %b, %v : vector<4xf64>
  %s = vector.reduction <add>, %w, %x : vector<4xf64> into f64
  %p = vector.reduction <mul>, %v, %s : vector<4xf64> into f64
  %m = vector.reduction <minimumf>, %w : vector<4xf64> into f64
  %n = vector.reduction <maxnumf>, %v, %x : vector<4xf64> into f64
  %q = arith.addf %p, %m : f64
  %y = arith.mulf %q, %n : f64
  return %y : f64""",
    "blocks of vectors": """
  %v = vector.from_elements %x, %half, %x, %ten : vector<4xf64>
  %s = math.sin %v : vector<4xf64>
  %m = vector.broadcast %x : f64 to vector<2x4xf64>
  %n = vector.insert_strided_slice %s, %m {offsets = [1, 0], strides = [1]} : vector<4xf64> into vector<2x4xf64>
  %p = arith.mulf %n, %m : vector<2x4xf64>
  %r = vector.extract_strided_slice %p {offsets = [1], sizes = [1], strides = [1]} : vector<2x4xf64> to vector<1x4xf64>
  %c = vector.extract_strided_slice %p {offsets = [0, 1], sizes = [2, 2], strides = [1, 1]}
       : vector<2x4xf64> to vector<2x2xf64>
  %a = vector.extract %r[0, 2] : f64 from vector<1x4xf64>
  %b = vector.extract %c[0, 1] : f64 from vector<2x2xf64>
  %y = arith.mulf %a, %b : f64
  return %y : f64""",
    "vectors of buffers, in a loop that carries one": """
  %m = memref.alloc() : memref<8xf64>
  linalg.fill ins(%half : f64) outs(%m : memref<8xf64>)
  memref.store %x, %m[%c2] : memref<8xf64>
  %i = vector.splat %x : vector<4xf64>
  %r = scf.for %k = %c0 to %c5 step %c1 iter_args(%a = %i) -> (vector<4xf64>) {
    %v = vector.load %m[%k] : memref<8xf64>, vector<4xf64>
    %s = math.sin %a : vector<4xf64>
    %p = arith.mulf %v, %s : vector<4xf64>
    vector.store %p, %m[%k] : memref<8xf64>, vector<4xf64>
    %b = arith.addf %p, %a : vector<4xf64>
    scf.yield %b : vector<4xf64>
  }
  %l = vector.extract %r[2] : f64 from vector<4xf64>
  %o = memref.load %m[%c3] : memref<8xf64>
  %y = arith.mulf %l, %o : f64
  return %y : f64""",
}


PROGRAMS["a table that is constant"] = """
  %t = memref.get_global @table : memref<3xf64>
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%a = %x) -> (f64) {
    %v = memref.load %t[%i] : memref<3xf64>
    %p = arith.mulf %v, %a : f64
    %s = math.sin %p : f64
    scf.yield %s : f64
  }
  %m = memref.alloc() : memref<f64>
  memref.store %r, %m[] : memref<f64>
  %y = memref.load %m[] : memref<f64>
  return %y : f64"""
GLOBALS = 'memref.global "private" constant @table : memref<3xf64> = dense<[2.0, 0.5, -1.0]>\n'


@pytest.mark.parametrize("name", PROGRAMS)
def test_first_and_second_derivatives(name: str) -> None:
    interpreted, native = executors_of(PROGRAMS[name], GLOBALS)
    for x in (0.3, 1.7):
        at, below, above = (interpreted.call("main", np.float64(x + d)) for d in (0, -1e-6, 1e-6))
        np.testing.assert_allclose(at[1], (above[0] - below[0]) / 2e-6, rtol=1e-6, atol=1e-8)
        np.testing.assert_allclose(at[2], (above[1] - below[1]) / 2e-6, rtol=1e-6, atol=1e-7)
        np.testing.assert_allclose(native.call("main", np.float64(x)), at, rtol=1e-12, atol=1e-14)
