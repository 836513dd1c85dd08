"""Contractions and products of flattened matrices in the interpreter."""

from __future__ import annotations

import numpy as np
import pytest
from unit.interpreter.programs import run

from irc.ir.diagnostic import DiagnosedError

A = np.arange(6, dtype=np.float32).reshape(2, 3)
B = np.arange(12, dtype=np.float32).reshape(3, 4)


def contract(maps, iterators, types, *values, kind="add"):
    """`maps` are the results of each map of the dimensions `(m, n, k)`."""
    indexing = ", ".join(f"affine_map<(m, n, k) -> ({each})>" for each in maps)
    words = ", ".join(f'"{word}"' for word in iterators)
    body = f"""
    %r0 = vector.contract {{indexing_maps = [{indexing}], iterator_types = [{words}], kind = #vector.kind<{kind}>}}
        %0, %1, %2 : {types[0]}, {types[1]} into {types[2]}"""
    return run(types, body, [types[2]], *values)[0]


MATMUL = ["parallel", "parallel", "reduction"]


def test_matrix_product():
    types = ["vector<2x3xf32>", "vector<3x4xf32>", "vector<2x4xf32>"]
    found = contract(["m, k", "k, n", "m, n"], MATMUL, types, A, B, np.ones((2, 4), "f"))
    np.testing.assert_array_equal(found, A @ B + 1)


def test_transposed_operands_and_result():
    types = ["vector<3x2xf32>", "vector<4x3xf32>", "vector<4x2xf32>"]
    found = contract(["k, m", "n, k", "n, m"], MATMUL, types, A.T, B.T, np.zeros((4, 2), "f"))
    np.testing.assert_array_equal(found, (A @ B).T)


def test_a_number_as_result_and_another_kind():
    types = ["vector<2x3xf32>", "vector<3x4xf32>", "f32"]
    iterators = ["reduction"] * 3
    assert contract(["m, k", "k, n", ""], iterators, types, A, B, 5) == 5 + np.einsum("mk,kn->", A, B)
    assert contract(["m, k", "k, n", ""], iterators, types, A, B, 5, kind="maxnumf") == 55


def test_integers_are_extended_with_their_sign():
    types = ["vector<1x2xi8>", "vector<2x1xi8>", "vector<1x1xi32>"]
    found = contract(["m, k", "k, n", "m, n"], MATMUL, types, [[-128, 127]], [[127], [127]], [[0]])
    assert found.tolist() == [[-127]]


def test_a_dimension_that_is_neither_summed_nor_in_the_result_is_reported():
    types = ["vector<2x3xf32>", "vector<3x4xf32>", "vector<2xf32>"]
    with pytest.raises(DiagnosedError, match="needs each dimension once"):
        contract(["m, k", "k, n", "m"], MATMUL, types, A, B, [0, 0])


def test_flattened_matrices_lie_column_after_column():
    body = """
    %r0 = vector.matrix_multiply %0, %1 {lhs_rows = 2 : i32, lhs_columns = 3 : i32, rhs_columns = 4 : i32}
        : (vector<6xf32>, vector<12xf32>) -> vector<8xf32>
    %r1 = vector.flat_transpose %0 {rows = 2 : i32, columns = 3 : i32} : vector<6xf32> -> vector<6xf32>"""
    types = ["vector<6xf32>", "vector<12xf32>"]
    product, transposed = run(types, body, ["vector<8xf32>", "vector<6xf32>"], A.T.ravel(), B.T.ravel())
    np.testing.assert_array_equal(product, (A @ B).T.ravel())
    np.testing.assert_array_equal(transposed, A.ravel())
