"""Vectors put together and taken apart lane by lane, and scans."""

from __future__ import annotations

import numpy as np
import pytest
from unit.interpreter.programs import run


def test_from_elements():
    body = "%r0 = vector.from_elements %0, %1, %0, %1 : vector<2x2xf32>"
    assert run(["f32", "f32"], body, ["vector<2x2xf32>"], 1, np.nan)[0][:, 0].tolist() == [1, 1]
    assert run(["f32"], "%r0 = vector.from_elements %0 : vector<f32>", ["vector<f32>"], 1)[0].shape == ()


def test_interleave_and_deinterleave():
    body = """
    %r0 = vector.interleave %0, %1 : vector<2x2xi32> -> vector<2x4xi32>
    %r1, %r2 = vector.deinterleave %r0 : vector<2x4xi32> -> vector<2x2xi32>"""
    a, b = [[1, 2], [3, 4]], [[5, 6], [7, 8]]
    types = ["vector<2x2xi32>"] * 2
    both, even, odd = run(types, body, ["vector<2x4xi32>", *types], a, b)
    assert both.tolist() == [[1, 5, 2, 6], [3, 7, 4, 8]]
    assert (even.tolist(), odd.tolist()) == (a, b)
    body = "%r0 = vector.interleave %0, %1 : vector<i32> -> vector<2xi32>"
    assert run(["vector<i32>"] * 2, body, ["vector<2xi32>"], 1, 2)[0].tolist() == [1, 2]


@pytest.mark.parametrize(
    ("inclusive", "expected", "last"),
    [("true", [[1, 2, 3], [5, 7, 9]], [5, 7, 9]), ("false", [[10, 20, 30], [11, 22, 33]], [11, 22, 33])],
)
def test_scan(inclusive, expected, last):
    body = f"""
    %r0, %r1 = vector.scan <add>, %0, %1 {{inclusive = {inclusive}, reduction_dim = 0 : i64}}
        : vector<2x3xi32>, vector<3xi32>"""
    types = ["vector<2x3xi32>", "vector<3xi32>"]
    found, final = run(types, body, types, [[1, 2, 3], [4, 5, 6]], [10, 20, 30])
    assert found.tolist() == expected
    assert final.tolist() == last


def test_scan_of_one_dimension():
    body = """
    %r0, %r1 = vector.scan <mul>, %0, %1 {inclusive = false, reduction_dim = 0 : i64} : vector<3xf32>, vector<f32>"""
    found, final = run(["vector<3xf32>", "vector<f32>"], body, ["vector<3xf32>", "vector<f32>"], [2, 3, 5], 1)
    assert found.tolist() == [1, 2, 6]
    assert final == 6
