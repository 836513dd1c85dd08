"""Buffers in the interpreter: views share memory, and what leaves a buffer is reported."""

from __future__ import annotations

import numpy as np
import pytest

from irc.interpreter.core import Interpreter
from irc.ir.diagnostic import DiagnosedError
from irc.text.parser import parse_module


def run(text, *arguments):
    return Interpreter(parse_module(text, "test.mlir")).call("f", *arguments)


def buffer():
    return np.arange(12, dtype=np.float32).reshape(3, 4)


def test_a_subview_writes_through():
    text = """
    func.func @f(%m: memref<3x4xf32>, %x: f32, %i: index) {
      %v = memref.subview %m[1, 0] [1, 2] [1, 2] : memref<3x4xf32> to memref<2xf32, strided<[2], offset: 4>>
      memref.store %x, %v[%i] : memref<2xf32, strided<[2], offset: 4>>
      return
    }"""
    m = buffer()
    run(text, m, 50.0, 1)
    assert m[1, 2] == 50


def test_reinterpret_cast_counts_from_the_start_of_the_buffer():
    text = """
    func.func @f(%m: memref<3x4xf32>, %o: index) -> f32 {
      %zero = arith.constant 0 : index
      %one = arith.constant 1 : index
      %v = memref.subview %m[1, 0] [2, 4] [1, 1] : memref<3x4xf32> to memref<2x4xf32, strided<[4, 1], offset: 4>>
      %r = memref.reinterpret_cast %v to offset: [%o], sizes: [2, 2], strides: [1, 5]
             : memref<2x4xf32, strided<[4, 1], offset: 4>> to memref<2x2xf32, strided<[1, 5], offset: ?>>
      %x = memref.load %r[%zero, %one] : memref<2x2xf32, strided<[1, 5], offset: ?>>
      return %x : f32
    }"""
    assert run(text, buffer(), 2) == [7.0]
    with pytest.raises(DiagnosedError, match="shows elements 6 to 12 of a buffer of 12"):
        run(text, buffer(), 6)


def test_view_of_bytes():
    text = """
    func.func @f(%at: index) -> i32 {
      %zero = arith.constant 0 : index
      %x = arith.constant 258 : i32
      %bytes = memref.alloc() : memref<16xi8>
      %v = memref.view %bytes[%at][] : memref<16xi8> to memref<2xi32>
      memref.store %x, %v[%zero] : memref<2xi32>
      %b = memref.load %bytes[%at] : memref<16xi8>
      %r = arith.extsi %b : i8 to i32
      return %r : i32
    }"""
    assert run(text, 4) == [2]
    with pytest.raises(DiagnosedError, match="shows 8 bytes from 12 of a buffer of 16"):
        run(text, 12)


def test_metadata_of_a_view():
    text = """
    func.func @f(%m: memref<3x4xf32>) -> (f32, index, index, index, index, index) {
      %v = memref.subview %m[1, 1] [2, 2] [1, 2] : memref<3x4xf32> to memref<2x2xf32, strided<[4, 2], offset: 5>>
      %b, %o, %s0, %s1, %t0, %t1 = memref.extract_strided_metadata %v : memref<2x2xf32, strided<[4, 2], offset: 5>>
          -> memref<f32>, index, index, index, index, index
      %x = memref.load %b[] : memref<f32>
      return %x, %o, %s0, %s1, %t0, %t1 : f32, index, index, index, index, index
    }"""
    assert run(text, buffer().copy() + 3) == [3, 5, 2, 2, 4, 2]


def test_shapes_share_memory_and_transposes_do_not_collapse():
    text = """
    func.func @f(%m: memref<3x4xf32>, %x: f32, %i: index) {
      %e = memref.expand_shape %m [[0], [1, 2]] output_shape [3, 2, 2] : memref<3x4xf32> into memref<3x2x2xf32>
      %c = memref.collapse_shape %e [[0, 1, 2]] : memref<3x2x2xf32> into memref<12xf32>
      memref.store %x, %c[%i] : memref<12xf32>
      return
    }"""
    m = buffer()
    run(text, m, 99.0, 11)
    assert m[2, 3] == 99


def test_globals_outlive_a_call():
    text = """
    memref.global @count : memref<1xi32> = dense<5>
    func.func @f() -> i32 {
      %zero = arith.constant 0 : index
      %one = arith.constant 1 : i32
      %m = memref.get_global @count : memref<1xi32>
      %x = memref.load %m[%zero] : memref<1xi32>
      %y = arith.addi %x, %one : i32
      memref.store %y, %m[%zero] : memref<1xi32>
      return %y : i32
    }"""
    interpreter = Interpreter(parse_module(text, "test.mlir"))
    assert interpreter.call("f") == [6]
    assert interpreter.call("f") == [7]


@pytest.mark.parametrize(
    "use",
    ["memref.store %x, %m[%i] : memref<4xf32>", "memref.dealloc %m : memref<4xf32>",
     "%y = memref.load %v[%i] : memref<2xf32, strided<[1]>>"],
)  # fmt: skip
def test_a_freed_buffer_is_not_used(use):
    text = f"""
    func.func @f(%x: f32, %i: index) {{
      %m = memref.alloc() : memref<4xf32>
      %v = memref.subview %m[0] [2] [1] : memref<4xf32> to memref<2xf32, strided<[1]>>
      memref.dealloc %m : memref<4xf32>
      {use}
      return
    }}"""
    with pytest.raises(DiagnosedError, match="uses a buffer that was freed"):
        run(text, 1.0, 0)


def test_copy_of_another_shape_is_reported():
    text = """
    func.func @f(%a: memref<?xf32>, %b: memref<?xf32>) {
      memref.copy %a, %b : memref<?xf32> to memref<?xf32>
      return
    }"""
    with pytest.raises(DiagnosedError, match=r"copies an array of shape \(2,\) to one of shape \(3,\)"):
        run(text, np.zeros(2, np.float32), np.zeros(3, np.float32))
