"""`bufferization` and `ub` in the interpreter."""

from __future__ import annotations

import numpy as np
import pytest
from unit.interpreter.programs import run

from irc.ir.diagnostic import DiagnosedError

M, T = "memref<?xf32>", "tensor<?xf32>"


def test_a_tensor_of_a_buffer_is_what_it_was():
    body = f"""
    %c0 = arith.constant 0 : index
    %x = arith.constant 9.0 : f32
    %r0 = bufferization.to_tensor %0 restrict : {M}
    memref.store %x, %0[%c0] : {M}
    %r1 = bufferization.to_memref %r0 : {M}
    memref.store %x, %r1[%c0] : {M}"""
    m = np.array([1, 2], np.float32)
    before, after = run([M], body, [T, M], m)
    assert before.tolist() == [1, 2]
    assert after.tolist() == [9, 2]
    assert m.tolist() == [9, 2]


def test_new_tensors_and_buffers():
    body = f"""
    %r0 = bufferization.alloc_tensor(%1) : {T}
    %r1 = bufferization.alloc_tensor() copy(%0) : {T}
    %m = bufferization.to_memref %0 : {M}
    %r2 = bufferization.clone %m : {M} to memref<2xf32>
    bufferization.dealloc_tensor %0 : {T}"""
    empty, copied, cloned = run([T, "index"], body, [T, T, "memref<2xf32>"], [1, 2], 3)
    assert np.isnan(empty).tolist() == [True] * 3
    assert copied.tolist() == cloned.tolist() == [1, 2]
    with pytest.raises(DiagnosedError, match="is no memref<2xf32>"):
        run([T, "index"], body, [T, T, "memref<2xf32>"], [1, 2, 3], 3)


def test_materialize():
    body = f"""
    %r0 = bufferization.materialize_in_destination %0 in %0 : ({T}, {T}) -> {T}
    bufferization.materialize_in_destination %0 in restrict writable %1 : ({T}, {M}) -> ()"""
    m = np.zeros(2, np.float32)
    assert run([T, M], body, [T], [1, 2], m)[0].tolist() == [1, 2]
    assert m.tolist() == [1, 2]
    with pytest.raises(DiagnosedError, match=r"puts an array of shape \(3,\) in one of shape \(2,\)"):
        run([T, M], body, [T], [1, 2, 3], m)


DEALLOC = """
    %c0 = arith.constant 0 : index
    %a = memref.alloc() : memref<4xf32>
    %b = memref.alloc() : memref<4xf32>
    %v = memref.subview %a[0] [2] [1] : memref<4xf32> to memref<2xf32, strided<[1]>>
    %r0, %r1 = bufferization.dealloc (%a, %b : memref<4xf32>, memref<4xf32>) if (%0, %1)
        retain (%v, {retained} : memref<2xf32, strided<[1]>>, memref<4xf32>)
    %x = memref.load {used}[%c0] : memref<4xf32>"""


@pytest.mark.parametrize(("first", "second"), [(True, False), (False, True), (True, True)])
def test_retained_buffers_are_not_freed(first, second):
    body = DEALLOC.format(retained="%b", used="%a")
    assert run(["i1", "i1"], body, ["i1", "i1"], first, second) == [first, second]


def test_buffers_are_freed_where_their_condition_holds():
    body = DEALLOC.format(retained="%a", used="%b")
    assert run(["i1", "i1"], body, ["i1", "i1"], True, False) == [True, True]
    with pytest.raises(DiagnosedError, match="uses a buffer that was freed"):
        run(["i1", "i1"], body, ["i1", "i1"], True, True)


def test_poison_is_some_value():
    body = """
    %r0 = ub.poison : f32
    %r1 = ub.poison : vector<2xi32>
    %r2 = ub.poison : tensor<?x3xf64>
    %p = ub.poison : !llvm.ptr
    %r3 = ub.poison : i1"""
    number, vector, tensor, bit = run([], body, ["f32", "vector<2xi32>", "tensor<?x3xf64>", "i1"])
    assert type(number) is np.float32
    assert vector.dtype == np.int32
    assert tensor.shape == (0, 3)
    assert type(bit) is np.bool_
