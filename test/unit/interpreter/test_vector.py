"""Vectors in the interpreter."""

from __future__ import annotations

import numpy as np
import pytest

from irc.interpreter.core import Interpreter
from irc.ir.diagnostic import DiagnosedError
from irc.text.parser import parse_module

V = "vector<4xf32>"


def run(types, body, result, *arguments):
    parameters = ", ".join(f"%{i}: {type}" for i, type in enumerate(types))
    returned = f"return %r : {result}" if result else "return"
    text = f"func.func @f({parameters}){f' -> {result}' if result else ''} {{ {body}\n {returned} }}"
    found = Interpreter(parse_module(text, "test.mlir")).call("f", *arguments)
    return found[0] if found else None


def test_load_and_store():
    m = np.arange(12, dtype=np.float32).reshape(2, 6)
    body = """
    %v = vector.load %0[%1, %2] : memref<2x6xf32>, vector<4xf32>
    %w = arith.addf %v, %v : vector<4xf32>
    vector.store %w, %0[%1, %2] : memref<2x6xf32>, vector<4xf32>"""
    types = ["memref<2x6xf32>", "index", "index"]
    run(types, body, "", m, 1, 2)
    assert m.tolist() == [[0, 1, 2, 3, 4, 5], [6, 7, 16, 18, 20, 22]]
    with pytest.raises(DiagnosedError, match="reaches from 3 to 7 along dimension 1 of size 6"):
        run(types, body, "", m, 1, 3)


def test_masked_lanes_may_lie_outside():
    m = np.arange(3, dtype=np.float32)
    body = """
    %mask = vector.create_mask %1 : vector<4xi1>
    %r = vector.maskedload %0[%2], %mask, %3 : memref<3xf32>, vector<4xi1>, vector<4xf32> into vector<4xf32>
    vector.maskedstore %0[%2], %mask, %3 : memref<3xf32>, vector<4xi1>, vector<4xf32>"""
    types = ["memref<3xf32>", "index", "index", V]
    other = np.full(4, 9, np.float32)
    assert run(types, body, V, m, 2, 1, other).tolist() == [1, 2, 9, 9]
    assert m.tolist() == [0, 9, 9]
    with pytest.raises(DiagnosedError, match="reaches outside of dimension 0 of size 3"):
        run(types, body, V, m, 3, 1, other)


def test_gather():
    body = """
    %mask = vector.constant_mask [3] : vector<4xi1>
    %r = vector.gather %0[%1] [%2], %mask, %3
        : memref<?xf32>, vector<4xi32>, vector<4xi1>, vector<4xf32> into vector<4xf32>"""
    types = ["memref<?xf32>", "index", "vector<4xi32>", V]
    found = run(
        types, body, V, np.arange(8, dtype=np.float32), 1, np.array([4, -1, 0, 100], np.int32), np.zeros(4, np.float32)
    )
    assert found.tolist() == [5, 0, 1, 0]


@pytest.mark.parametrize(
    ("kind", "type", "values", "expected"),
    [("add", "f32", [1, 2, 3, 4], 10), ("mul", "i32", [1, 2, 3, 4], 24), ("maxui", "i8", [1, -1, 3, 4], -1),
     ("minsi", "i8", [1, -1, 3, 4], -1), ("xor", "i8", [1, 2, 4, 8], 15), ("minimumf", "f64", [3, 1, 2, 4], 1)],
)  # fmt: skip
def test_reductions(kind, type, values, expected):
    body = f"%r = vector.reduction <{kind}>, %0 : vector<4x{type}> into {type}"
    assert run([f"vector<4x{type}>"], body, type, values) == expected


def test_a_reduction_starts_with_its_accumulator():
    assert run([V, "f32"], f"%r = vector.reduction <add>, %0, %1 : {V} into f32", "f32", [1, 2, 3, 4], 0.5) == 10.5


def test_multi_reduction():
    body = "%r = vector.multi_reduction <add>, %0, %1 [1] : vector<2x3xf32> to vector<2xf32>"
    found = run(["vector<2x3xf32>", "vector<2xf32>"], body, "vector<2xf32>", np.ones((2, 3), np.float32), [10, 20])
    assert found.tolist() == [13, 23]


def test_outer_product_and_fma():
    body = """
    %o = vector.outerproduct %0, %0 : vector<2xf32>, vector<2xf32>
    %r = vector.fma %o, %o, %o : vector<2x2xf32>"""
    assert run(["vector<2xf32>"], body, "vector<2x2xf32>", [1, 2]).tolist() == [[2, 6], [6, 20]]


def test_positions():
    body = """
    %row = vector.extract %0[%1] : vector<3xf32> from vector<2x3xf32>
    %x = vector.extract %row[2] : f32 from vector<3xf32>
    %w = vector.insert %x, %0 [0, %1] : f32 into vector<2x3xf32>
    %t = vector.transpose %w, [1, 0] : vector<2x3xf32> to vector<3x2xf32>
    %f = vector.shape_cast %t : vector<3x2xf32> to vector<6xf32>
    %r = vector.shuffle %f, %f [5, 6, 2] : vector<6xf32>, vector<6xf32>"""
    found = run(["vector<2x3xf32>", "index"], body, "vector<3xf32>", np.arange(6, dtype=np.float32).reshape(2, 3), 1)
    assert found.tolist() == [5, 0, 5]


def test_strided_slices():
    body = """
    %s = vector.extract_strided_slice %0 {offsets = [1], sizes = [1], strides = [1]} : vector<2x3xf32> to vector<1x3xf32>
    %r = vector.insert_strided_slice %s, %0 {offsets = [0, 0], strides = [1, 1]} : vector<1x3xf32> into vector<2x3xf32>"""
    found = run(["vector<2x3xf32>"], body, "vector<2x3xf32>", np.arange(6, dtype=np.float32).reshape(2, 3))
    assert found.tolist() == [[3, 4, 5], [3, 4, 5]]


READ = "%r = vector.transfer_read %0[%1, %1], %2 {permutation_map = affine_map<(d0, d1) -> (d1, d0)>} : {}, vector<2x3xf32>"


def test_transfer_read_pads_and_permutes():
    source = np.arange(4, dtype=np.float32).reshape(2, 2)
    types = ["tensor<2x2xf32>", "index", "f32"]
    found = run(types, READ.replace("{}", "tensor<2x2xf32>"), "vector<2x3xf32>", source, 0, -1)
    assert found.tolist() == [[0, 2, -1], [1, 3, -1]]


def test_a_transfer_that_claims_to_be_in_bounds_must_be():
    body = "%r = vector.transfer_read %0[%1], %2 {in_bounds = [true]} : memref<?xf32>, vector<4xf32>"
    with pytest.raises(DiagnosedError, match="is out of bounds along dimension 0 of size 3"):
        run(["memref<?xf32>", "index", "f32"], body, V, np.zeros(3, np.float32), 0, 0)


def test_transfer_write_copies_a_tensor():
    before = np.zeros(6, np.float32)
    body = "%r = vector.transfer_write %0, %1[%2] : vector<4xf32>, tensor<6xf32>"
    found = run([V, "tensor<6xf32>", "index"], body, "tensor<6xf32>", np.ones(4, np.float32), before, 4)
    assert found.tolist() == [0, 0, 0, 0, 1, 1]
    assert (before == 0).all()


def test_print(capsys):
    run(["vector<2x2xi32>"], "vector.print %0 : vector<2x2xi32>", "", [[1, 2], [3, 4]])
    assert capsys.readouterr().out == "( ( 1, 2 ), ( 3, 4 ) )\n"
