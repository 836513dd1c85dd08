"""Loops without an order in the interpreter, and what their iterations make together."""

from __future__ import annotations

import numpy as np
import pytest
from unit.interpreter.programs import run

from irc.ir.diagnostic import DiagnosedError

SUM = """
    %zero = arith.constant 0.0 : f32
    %r0, %r1 = scf.parallel (%i, %j) = (%1, %1) to (%2, %2) step (%3, %3) init (%zero, %4) -> (f32, f32) {
      %x = memref.load %0[%i, %j] : memref<?x?xf32>
      scf.reduce(%x, %x : f32, f32) {
      ^bb0(%a: f32, %b: f32):
        %s = arith.addf %a, %b : f32
        scf.reduce.return %s : f32
      }, {
      ^bb0(%a: f32, %b: f32):
        %m = arith.maximumf %a, %b : f32
        scf.reduce.return %m : f32
      }
    }"""
TYPES = ["memref<?x?xf32>", "index", "index", "index", "f32"]


def test_reductions_start_with_the_initial_values():
    m = np.arange(16, dtype=np.float32).reshape(4, 4)
    assert run(TYPES, SUM, ["f32", "f32"], m, 0, 4, 1, -1) == [m.sum(), 15]
    assert run(TYPES, SUM, ["f32", "f32"], m, 1, 4, 2, 99) == [m[1::2, 1::2].sum(), 99]


def test_no_iterations():
    assert run(TYPES, SUM, ["f32", "f32"], np.zeros((4, 4), np.float32), 3, 3, 1, 7) == [0, 7]
    assert run(TYPES, SUM, ["f32", "f32"], np.zeros((4, 4), np.float32), 3, 0, 1, 7) == [0, 7]


def test_a_step_is_positive():
    with pytest.raises(DiagnosedError, match="expected a positive step, got 0"):
        run(TYPES, SUM, ["f32", "f32"], np.zeros((4, 4), np.float32), 0, 4, 0, 0)


def test_a_loop_that_writes():
    body = """
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %n = memref.dim %0, %c0 : memref<?xindex>
    scf.parallel (%i) = (%c0) to (%n) step (%c1) {
      memref.store %i, %0[%i] : memref<?xindex>
    }"""
    m = np.zeros(3, np.int64)
    run(["memref<?xindex>"], body, [], m)
    assert m.tolist() == [0, 1, 2]


def test_forall_puts_slices_into_shared_tensors():
    body = """
    %r0, %r1 = scf.forall (%i, %j) in (%1, 2) shared_outs(%a = %0, %b = %0) -> (tensor<?x4xf32>, tensor<?x4xf32>) {
      %k = affine.apply affine_map<(d) -> (2 * d)>(%j)
      %x = tensor.extract_slice %a[%i, %k] [1, 2] [1, 1] : tensor<?x4xf32> to tensor<2xf32>
      scf.forall.in_parallel {
        tensor.parallel_insert_slice %x into %b[%i, %j] [1, 2] [1, 2] : tensor<2xf32> into tensor<?x4xf32>
      }
    }"""
    t = np.arange(8, dtype=np.float32).reshape(2, 4)
    same, moved = run(["tensor<?x4xf32>", "index"], body, ["tensor<?x4xf32>"] * 2, t, 2)
    assert same.tolist() == t.tolist()
    # What one task puts in is not seen by another: the outputs are read as they were before the loop.
    assert moved.tolist() == [[0, 2, 1, 3], [4, 6, 5, 7]]
    with pytest.raises(DiagnosedError, match="takes 1 elements from 2 by 1 of dimension 0, which has size 2"):
        run(["tensor<?x4xf32>", "index"], body, ["tensor<?x4xf32>"] * 2, t, 3)


def test_forall_with_bounds_and_steps():
    body = """
    scf.forall (%i) = (%1) to (%2) step (%3) {
      memref.store %i, %0[%i] : memref<?xindex>
    }"""
    m = np.zeros(6, np.int64)
    run(["memref<?xindex>", "index", "index", "index"], body, [], m, 1, 6, 2)
    assert m.tolist() == [0, 1, 0, 3, 0, 5]
