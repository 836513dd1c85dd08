"""Atomic ops, lifetimes, hints and copies of `memref` in the interpreter."""

from __future__ import annotations

import numpy as np
import pytest
from unit.interpreter.programs import run

from irc.ir.diagnostic import DiagnosedError

FLOATS = [("addf", 5.0), ("mulf", 6.0), ("maximumf", 3.0), ("minimumf", 2.0), ("maxnumf", 3.0), ("minnumf", 2.0),
          ("assign", 3.0)]  # fmt: skip
INTEGERS = [("addi", 5, -2, 3), ("muli", 5, -2, -10), ("maxs", 5, -2, 5), ("mins", 5, -2, -2), ("maxu", 5, -2, -2),
            ("minu", 5, -2, 5), ("ori", 5, 2, 7), ("andi", 5, 4, 4), ("assign", 5, -2, -2)]  # fmt: skip


def modify(kind, type, old, value, index=1):
    m = np.array([0, old], {"f32": np.float32, "i8": np.int8}[type])
    body = f"%r0 = memref.atomic_rmw {kind} %0, %1[%2] : ({type}, memref<2x{type}>) -> {type}"
    assert run([type, f"memref<2x{type}>", "index"], body, [type], value, m, index) == [old]
    return m[1]


@pytest.mark.parametrize(("kind", "expected"), FLOATS)
def test_atomic_floats(kind, expected):
    assert modify(kind, "f32", 2, 3) == expected


def test_atomic_nan():
    assert modify("maxnumf", "f32", 2, np.nan) == 2
    assert np.isnan(modify("maximumf", "f32", 2, np.nan))


@pytest.mark.parametrize(("kind", "old", "value", "expected"), INTEGERS)
def test_atomic_integers(kind, old, value, expected):
    assert modify(kind, "i8", old, value) == expected


def test_an_atomic_op_stays_in_its_buffer():
    with pytest.raises(DiagnosedError, match="index 2 is out of bounds for dimension 0 of size 2"):
        modify("addf", "f32", 2, 3, index=2)


def test_atomic_region():
    body = """
    %r0 = memref.generic_atomic_rmw %0[%1] : memref<2xi32> {
    ^bb0(%old: i32):
      %new = arith.muli %old, %old : i32
      memref.atomic_yield %new : i32
    }"""
    m = np.array([3, 4], np.int32)
    assert run(["memref<2xi32>", "index"], body, ["i32"], m, 1) == [4]
    assert m.tolist() == [3, 16]


def test_realloc_keeps_what_fits_and_frees_the_old_buffer():
    body = """
    %m = memref.alloc() : memref<2xi32>
    memref.store %1, %m[%2] : memref<2xi32>
    %r0 = memref.realloc %m(%0) : memref<2xi32> to memref<?xi32>"""
    types = ["index", "i32", "index"]
    assert run(types, body, ["memref<?xi32>"], 3, 7, 1)[0][1] == 7
    assert run(types, body, ["memref<?xi32>"], 1, 7, 0)[0].tolist() == [7]
    with pytest.raises(DiagnosedError, match="the size -1 is negative"):
        run(types, body, ["memref<?xi32>"], -1, 7, 0)
    with pytest.raises(DiagnosedError, match="uses a buffer that was freed"):
        run(types, body + "\nmemref.store %1, %m[%2] : memref<2xi32>", ["memref<?xi32>"], 3, 7, 1)


def test_buffers_of_the_stack_end_with_their_scope():
    body = """
    %r0 = memref.alloca_scope -> (f32) {
      %m = memref.alloca() : memref<f32>
      memref.store %0, %m[] : memref<f32>
      %x = memref.load %m[] : memref<f32>
      memref.alloca_scope.return %x : f32
    }"""
    assert run(["f32"], body, ["f32"], 3) == [3]
    body = """
    %m = memref.alloca_scope -> (memref<f32>) {
      %s = memref.alloca() : memref<f32>
      memref.alloca_scope.return %s : memref<f32>
    }
    %r0 = memref.load %m[] : memref<f32>"""
    with pytest.raises(DiagnosedError, match="uses a buffer that was freed"):
        run([], body, ["f32"])


def test_hints_and_casts_change_nothing():
    body = """
    memref.assume_alignment %0, 64 : memref<2xf32>
    memref.prefetch %0[%1], read, locality<3>, data : memref<2xf32>
    %s = memref.memory_space_cast %0 : memref<2xf32> to memref<2xf32, 1>
    %r0 = memref.load %s[%1] : memref<2xf32, 1>
    %p = memref.extract_aligned_pointer_as_index %0 : memref<2xf32> -> index
    %v = memref.subview %0[1] [1] [1] : memref<2xf32> to memref<1xf32, strided<[1], offset: 1>>
    %q = memref.extract_aligned_pointer_as_index %v : memref<1xf32, strided<[1], offset: 1>> -> index
    %r1 = arith.subi %p, %q : index"""
    assert run(["memref<2xf32>", "index"], body, ["f32", "index"], np.array([1, 2], np.float32), 1) == [2, 0]


DMA = """
    memref.dma_start %0[%1, %2], %3[%2], %4, %5[%1] : memref<2x4xf32>, memref<8xf32, 1>, memref<1xi32>
    memref.dma_wait %5[%1], %4 : memref<1xi32>"""
TYPES = ["memref<2x4xf32>", "index", "index", "memref<8xf32, 1>", "index", "memref<1xi32>"]


def test_copies_between_memory_spaces():
    source, target = np.arange(8, dtype=np.float32).reshape(2, 4), np.zeros(8, np.float32)
    tag = np.zeros(1, np.int32)
    run(TYPES, DMA, [], source, 0, 3, target, 3, tag)
    assert target.tolist() == [0, 0, 0, 3, 4, 5, 0, 0]
    with pytest.raises(DiagnosedError, match="copies 6 elements from element 3 of a buffer of 8"):
        run(TYPES, DMA, [], source, 0, 3, target, 6, tag)
    strided = DMA.replace("%5[%1] :", "%5[%1], %4, %4 :")
    with pytest.raises(DiagnosedError, match="without strides only"):
        run(TYPES, strided, [], source, 0, 3, target, 3, tag)
