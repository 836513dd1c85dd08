"""`tensor.pack` and `tensor.unpack` in the interpreter."""

from __future__ import annotations

import numpy as np
import pytest
from unit.interpreter.programs import run

from irc.ir.diagnostic import DiagnosedError

T = np.arange(48, dtype=np.float32).reshape(6, 8)


def test_tiles():
    body = """
    %d = tensor.empty() : tensor<3x2x4x2xf32>
    %r0 = tensor.pack %0 inner_dims_pos = [1, 0] inner_tiles = [4, 2] into %d : tensor<6x8xf32> -> tensor<3x2x4x2xf32>
    %e = tensor.empty() : tensor<6x8xf32>
    %r1 = tensor.unpack %r0 inner_dims_pos = [1, 0] inner_tiles = [4, 2] into %e : tensor<3x2x4x2xf32> -> tensor<6x8xf32>"""
    packed, back = run(["tensor<6x8xf32>"], body, ["tensor<3x2x4x2xf32>", "tensor<6x8xf32>"], T)
    for i, j, k, n in np.ndindex(packed.shape):
        assert packed[i, j, k, n] == T[2 * i + n, 4 * j + k]
    np.testing.assert_array_equal(back, T)


DYNAMIC = """
    %pad = arith.constant -1.0 : f32
    %d = tensor.empty(%1, %2, %3) : tensor<?x?x?xf32>
    %p = tensor.pack %0 padding_value(%pad : f32) outer_dims_perm = [1, 0] inner_dims_pos = [0] inner_tiles = [%3]
        into %d : tensor<?x?xf32> -> tensor<?x?x?xf32>
    %r0 = tensor.cast %p : tensor<?x?x?xf32> to tensor<?x?x?xf32>
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %m = tensor.dim %0, %c0 : tensor<?x?xf32>
    %n = tensor.dim %0, %c1 : tensor<?x?xf32>
    %e = tensor.empty(%m, %n) : tensor<?x?xf32>
    %r1 = tensor.unpack %p outer_dims_perm = [1, 0] inner_dims_pos = [0] inner_tiles = [%3]
        into %e : tensor<?x?x?xf32> -> tensor<?x?xf32>"""
TYPES = ["tensor<?x?xf32>", "index", "index", "index"]
RESULTS = ["tensor<?x?x?xf32>", "tensor<?x?xf32>"]


def test_padding_and_dynamic_sizes():
    source = T[:5, :3]
    packed, back = run(TYPES, DYNAMIC, RESULTS, source, 3, 2, 4)
    padded = np.full((8, 3), -1, np.float32)
    padded[:5] = source
    np.testing.assert_array_equal(packed, padded.reshape(2, 4, 3).transpose(2, 0, 1))
    np.testing.assert_array_equal(back, source)


def test_an_empty_tensor():
    packed, back = run(TYPES, DYNAMIC, RESULTS, np.zeros((0, 3), np.float32), 3, 0, 4)
    assert packed.shape == (3, 0, 4)
    assert back.shape == (0, 3)


def test_too_few_tiles():
    with pytest.raises(DiagnosedError, match=r"packs a tensor of shape \(6, 8\) into tiles that cover \(4, 8\)"):
        run(TYPES, DYNAMIC, RESULTS, T, 8, 1, 4)


def test_partial_tiles_need_a_padding_value():
    body = """
    %d = tensor.empty() : tensor<3x8x4xf32>
    %r0 = tensor.pack %0 inner_dims_pos = [0] inner_tiles = [4] into %d : tensor<?x8xf32> -> tensor<3x8x4xf32>"""
    assert run(["tensor<?x8xf32>"], body, ["tensor<3x8x4xf32>"], np.zeros((12, 8), "f"))[0].shape == (3, 8, 4)
    with pytest.raises(DiagnosedError, match="needs a padding value"):
        run(["tensor<?x8xf32>"], body, ["tensor<3x8x4xf32>"], np.zeros((11, 8), "f"))
