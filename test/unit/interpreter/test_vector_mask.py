"""Masked vectors: `vector.mask`, compressed and scattered memory."""

from __future__ import annotations

import numpy as np
import pytest
from unit.interpreter.programs import run

from irc.ir.diagnostic import DiagnosedError

V, MASK = "vector<4xf32>", "vector<4xi1>"
M = "memref<?xf32>"


def masked(op, types, mask, result, *values, passthru=""):
    """`vector.mask` with `%0` as its mask and `op` in its region."""
    body = f"%r0 = vector.mask %0{passthru} {{ {op} }} : {types[0]} -> {result}"
    return run(types, body, [result], mask, *values)[0]


@pytest.mark.parametrize(
    ("kind", "type", "expected", "nothing"),
    [("add", "f32", 10, 0), ("mul", "f32", 21, 1), ("minimumf", "f32", 3, np.inf), ("maxnumf", "f32", 7, -np.inf),
     ("minsi", "i8", 3, 127), ("maxsi", "i8", 7, -128), ("minui", "i8", 3, -1), ("and", "i8", 3, -1),
     ("maxui", "i8", 7, 0), ("xor", "i8", 4, 0)],
)  # fmt: skip
def test_a_reduction_of_the_lanes_that_are_set(kind, type, expected, nothing):
    types = [MASK, f"vector<4x{type}>"]
    op = f"vector.reduction <{kind}>, %1 : {types[1]} into {type}"
    assert masked(op, types, [True, False, True, False], type, [3, 2, 7, 1]) == expected
    assert masked(op, types, [False] * 4, type, [3, 2, 7, 1]) == nothing


def test_a_reduction_starts_with_its_accumulator():
    op = f"vector.reduction <add>, %1, %2 : {V} into f32"
    assert masked(op, [MASK, V, "f32"], [False, False, True, True], "f32", [1, 2, 3, 4], 10) == 17
    assert masked(op, [MASK, V, "f32"], [False] * 4, "f32", [1, 2, 3, 4], 10) == 10


def test_multi_reduction_and_contraction():
    op = "vector.multi_reduction <add>, %1, %2 [0] : vector<2x2xf32> to vector<2xf32>"
    types = ["vector<2x2xi1>", "vector<2x2xf32>", "vector<2xf32>"]
    mask = [[True, False], [True, True]]
    assert masked(op, types, mask, "vector<2xf32>", [[1, 2], [3, 4]], [10, 20]).tolist() == [14, 24]
    op = """vector.contract {indexing_maps = [affine_map<(i, k) -> (i, k)>, affine_map<(i, k) -> (k)>,
        affine_map<(i, k) -> (i)>], iterator_types = ["parallel", "reduction"], kind = #vector.kind<add>} %1, %2, %2
        : vector<2x2xf32>, vector<2xf32> into vector<2xf32>"""
    assert masked(op, types, mask, "vector<2xf32>", [[1, 2], [3, 4]], [10, 20]).tolist() == [20, 130]


def test_outer_product():
    op = "vector.outerproduct %1, %2, %3 : vector<2xf32>, vector<2xf32>"
    types = ["vector<2x2xi1>", "vector<2xf32>", "vector<2xf32>", "vector<2x2xf32>"]
    mask = [[True, False], [False, True]]
    found = masked(op, types, mask, types[3], [2, 3], [5, 7], [[1, 1], [1, 1]])
    assert found.tolist() == [[11, 1], [1, 22]]


def test_transfers():
    m = np.arange(3, dtype=np.float32)
    op = f"vector.transfer_read %1[%2], %3 {{in_bounds = [true]}} : {M}, {V}"
    types = [MASK, M, "index", "f32", V]
    mask = [True, True, False, False]
    assert masked(op, types, mask, V, m, 1, -1, [5, 6, 7, 8]).tolist() == [1, 2, -1, -1]
    assert masked(op, types, mask, V, m, 1, -1, [5, 6, 7, 8], passthru=", %4").tolist() == [1, 2, 7, 8]
    with pytest.raises(DiagnosedError, match="is out of bounds along dimension 0 of size 3"):
        masked(op, types, [True] * 4, V, m, 1, -1, [5, 6, 7, 8])
    body = f"vector.mask %0 {{ vector.transfer_write %4, %1[%2] {{in_bounds = [true]}} : {V}, {M} }} : {MASK}"
    run(types, body, [], mask, m, 1, -1, [5, 6, 7, 8])
    assert m.tolist() == [0, 5, 6]


def test_a_gather_has_its_own_mask_as_well():
    op = f"vector.gather %1[%2] [%3], %4, %5 : {M}, vector<4xindex>, {MASK}, {V} into {V}"
    types = [MASK, M, "index", "vector<4xindex>", MASK, V]
    m = np.arange(3, dtype=np.float32)
    found = masked(op, types, [True, True, False, False], V, m, 0, [2, 1, 0, 9], [True, False, True, False], [9] * 4)
    assert found.tolist() == [2, 9, 9, 9]


def test_a_passthru_needs_lanes():
    op = f"vector.reduction <add>, %1 : {V} into f32"
    with pytest.raises(DiagnosedError, match="has a passthru for a result of shape"):
        masked(op, [MASK, V, "f32"], [True] * 4, "f32", [0] * 4, 0, passthru=", %2")


def test_nothing_under_a_mask():
    body = f"%r0 = vector.mask %0 {{ vector.yield %1 : {V} }} : {MASK} -> {V}"
    assert run([MASK, V], body, [V], [False] * 4, [1, 2, 3, 4])[0].tolist() == [1, 2, 3, 4]


def test_expanding_and_compressing():
    load = f"%r0 = vector.expandload %0[%1], %2, %3 : {M}, {MASK}, {V} into {V}"
    store = f"vector.compressstore %0[%1], %2, %3 : {M}, {MASK}, {V}"
    types = [M, "index", MASK, V]
    mask = [False, True, True, False]
    m = np.arange(4, dtype=np.float32)
    assert run(types, load, [V], m, 2, mask, [9, 9, 9, 9])[0].tolist() == [9, 2, 3, 9]
    run(types, store, [], m, 2, mask, [5, 6, 7, 8])
    assert m.tolist() == [0, 1, 6, 7]
    run(types, store, [], m, 9, [False] * 4, [5, 6, 7, 8])
    with pytest.raises(DiagnosedError, match="reaches outside of dimension 0 of size 4"):
        run(types, store, [], m, 3, mask, [5, 6, 7, 8])
    with pytest.raises(DiagnosedError, match="reaches outside of dimension 0 of size 4"):
        run(types, load, [V], m, 3, mask, [5, 6, 7, 8])


def test_of_lanes_that_write_one_element_the_last_stays():
    body = f"vector.scatter %0[%1] [%2], %3, %4 : {M}, vector<4xi32>, {MASK}, {V}"
    types = [M, "index", "vector<4xi32>", MASK, V]
    m = np.zeros(3, np.float32)
    run(types, body, [], m, 1, [0, 0, -1, 100], [True, True, True, False], [5, 6, 7, 8])
    assert m.tolist() == [7, 6, 0]
    with pytest.raises(DiagnosedError, match="reaches outside of dimension 0 of size 3"):
        run(types, body, [], m, 1, [0, 0, -1, 100], [True] * 4, [5, 6, 7, 8])


def test_a_buffer_as_one_vector():
    body = """
    %v = vector.type_cast %0 : memref<2x2xf32> to memref<vector<2x2xf32>>
    %x = memref.load %v[] : memref<vector<2x2xf32>>
    %r0 = arith.addf %x, %x : vector<2x2xf32>
    memref.store %r0, %v[] : memref<vector<2x2xf32>>"""
    m = np.ones((2, 2), np.float32)
    assert run(["memref<2x2xf32>"], body, ["vector<2x2xf32>"], m)[0].tolist() == [[2, 2], [2, 2]]
    assert m.tolist() == [[2, 2], [2, 2]]
