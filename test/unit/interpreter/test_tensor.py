"""Tensors in the interpreter are values: nothing writes to an operand."""

from __future__ import annotations

import numpy as np
import pytest

from irc.interpreter.core import Interpreter
from irc.ir.diagnostic import DiagnosedError
from irc.text.parser import parse_module

T = np.arange(12, dtype=np.float32).reshape(3, 4)


def run(types, body, result, *arguments):
    parameters = ", ".join(f"%{i}: {type}" for i, type in enumerate(types))
    text = f"func.func @f({parameters}) -> {result} {{ {body}\n return %r : {result} }}"
    (found,) = Interpreter(parse_module(text, "test.mlir")).call("f", *arguments)
    return found


def test_insert_copies():
    before = T.copy()
    found = run(
        ["tensor<3x4xf32>", "f32", "index"], "%r = tensor.insert %1 into %0[%2, %2] : tensor<3x4xf32>",
        "tensor<3x4xf32>", before, 9.0, 1,
    )  # fmt: skip
    assert found[1, 1] == 9
    assert np.array_equal(before, T)


def test_extract_out_of_bounds_is_reported():
    with pytest.raises(DiagnosedError, match="index 4 is out of bounds for dimension 1 of size 4"):
        run(["tensor<3x4xf32>", "index", "index"], "%r = tensor.extract %0[%1, %2] : tensor<3x4xf32>", "f32", T, 2, 4)


@pytest.mark.parametrize(
    ("slice", "type", "expected"),
    [
        ("[1, 0] [2, 2] [1, 2]", "tensor<2x2xf32>", T[1:3, 0:4:2]),
        ("[1, 0] [1, 4] [1, 1]", "tensor<4xf32>", T[1]),
        ("[%1, 0] [1, 2] [1, 1]", "tensor<1x2xf32>", T[2:3, 0:2]),
        ("[0, 0] [%1, 1] [1, 1]", "tensor<?xf32>", T[:2, 0]),
        ("[0, 0] [0, 4] [1, 1]", "tensor<0x4xf32>", T[:0]),
    ],
)
def test_extract_slice(slice, type, expected):
    found = run(
        ["tensor<3x4xf32>", "index"], f"%r = tensor.extract_slice %0{slice} : tensor<3x4xf32> to {type}", type, T, 2
    )
    assert found.shape == expected.shape
    assert np.array_equal(found, expected)


def test_a_slice_out_of_bounds_is_reported():
    with pytest.raises(DiagnosedError, match="takes 2 elements from 2 by 1 of dimension 0, which has size 3"):
        run(
            ["tensor<3x4xf32>", "index"],
            "%r = tensor.extract_slice %0[%1, 0] [2, 4] [1, 1] : tensor<3x4xf32> to tensor<2x4xf32>",
            "tensor<2x4xf32>", T, 2,
        )  # fmt: skip


def test_insert_slice_of_lower_rank():
    found = run(
        ["tensor<4xf32>", "tensor<3x4xf32>"],
        "%r = tensor.insert_slice %0 into %1[2, 0] [1, 4] [1, 1] : tensor<4xf32> into tensor<3x4xf32>",
        "tensor<3x4xf32>", np.full(4, 7, np.float32), T,
    )  # fmt: skip
    assert np.array_equal(found[2], np.full(4, 7))
    assert np.array_equal(found[:2], T[:2])


def test_shapes():
    body = """
    %e = tensor.expand_shape %0 [[0], [1, 2]] output_shape [3, 2, 2] : tensor<3x4xf32> into tensor<3x2x2xf32>
    %r = tensor.collapse_shape %e [[0, 1], [2]] : tensor<3x2x2xf32> into tensor<6x2xf32>"""
    assert np.array_equal(run(["tensor<3x4xf32>"], body, "tensor<6x2xf32>", T), T.reshape(6, 2))


def test_a_cast_to_wrong_sizes_is_reported():
    with pytest.raises(DiagnosedError, match=r"gives an array of shape \(3, 4\), which is no tensor<2x4xf32>"):
        run(["tensor<?x4xf32>"], "%r = tensor.cast %0 : tensor<?x4xf32> to tensor<2x4xf32>", "tensor<2x4xf32>", T)


def test_pad_and_generate():
    body = """
    %g = tensor.generate %0 {
    ^bb0(%i: index):
      tensor.yield %i : index
    } : tensor<?xindex>
    %r = tensor.pad %g low[1] high[2] {
    ^bb0(%i: index):
      tensor.yield %0 : index
    } : tensor<?xindex> to tensor<?xindex>"""
    assert run(["index"], body, "tensor<?xindex>", 3).tolist() == [3, 0, 1, 2, 3, 3]


def test_an_empty_tensor_has_conspicuous_elements():
    found = run(["index"], "%r = tensor.empty(%0) : tensor<?x2xf32>", "tensor<?x2xf32>", 3)
    assert found.shape == (3, 2)
    assert np.isnan(found).all()


def test_concat_splat_from_elements():
    body = """
    %a = tensor.from_elements %0, %1 : tensor<2xf32>
    %b = tensor.splat %1 : tensor<2xf32>
    %r = tensor.concat dim(0) %a, %b : (tensor<2xf32>, tensor<2xf32>) -> tensor<4xf32>"""
    assert run(["f32", "f32"], body, "tensor<4xf32>", 1, 2).tolist() == [1, 2, 2, 2]
