"""Sizes, layouts and types that seldom occur: the interpreter and native code give what the specification says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from irc.codegen.cpu.executor import CpuExecutor
from irc.interpreter.core import Interpreter
from irc.ir.diagnostic import DiagnosedError
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.pipelines import CPU, DIFFERENTIATE
from irc.text.parser import parse_module

F = np.float32


def floats(x: Any) -> Any:
    return np.asarray(x, F)


def complexes(x: Any) -> Any:
    return np.asarray(x, np.complex64)


def convolution(types: str, stride: int = 1, pad: str = "0, 0") -> str:
    window = f"stride = [{stride}], pad = [[{pad}]], lhs_dilate = [1], rhs_dilate = [1], reverse = [false]"
    groups = "batch_group_count = 1 : i64, feature_group_count = 1 : i64"
    dims = "[b, f, 0]x[o, i, 0]->[b, f, 0]"
    return (
        f"%r = stablehlo.convolution(%a, %b) dim_numbers = {dims}, window = {{{window}}} {{{groups}}} : ({types[: types.rindex(', ')]}) -> "
        + types.rpartition(", ")[2]
    )


def window(of: str, to: str, how: str, reduction: str = "add", element: str = "f32") -> str:
    scalar = f"tensor<{element}>"
    return f"""%r = "stablehlo.reduce_window"(%a, %b) ({{
    ^bb0(%x: {scalar}, %y: {scalar}):
      %z = stablehlo.{reduction} %x, %y : {scalar}
      stablehlo.return %z : {scalar}
    }}) {{{how}}} : ({of}, {scalar}) -> {to}"""


CASES: dict[str, tuple[str, str, Sequence[Any], Any]] = {
    # The types of the arguments %a, %b, … and of the result, what gives %r, the arguments, and what it must be.
    "a window that leaves elements over, once": (
        "tensor<3xf32>, tensor<f32>, tensor<1xf32>",
        window("tensor<3xf32>", "tensor<1xf32>", "window_dimensions = array<i64: 2>, window_strides = array<i64: 2>"),
        [floats([1, 2, 4]), floats(0)],
        [3],
    ),
    "windows in two dimensions, one each": (
        "tensor<1x3x3x1xf32>, tensor<f32>, tensor<1x1x1x1xf32>",
        window(
            "tensor<1x3x3x1xf32>",
            "tensor<1x1x1x1xf32>",
            "window_dimensions = array<i64: 1, 2, 2, 1>, window_strides = array<i64: 1, 2, 2, 1>",
            "maximum",
        ),
        [floats(np.arange(9).reshape(1, 3, 3, 1)), floats(-np.inf)],
        [[[[4]]]],
    ),
    "a window in nothing but padding": (
        "tensor<3x3xi32>, tensor<i32>, tensor<3x1xi32>",
        window(
            "tensor<3x3xi32>",
            "tensor<3x1xi32>",
            "window_dimensions = array<i64: 1, 2>, window_strides = array<i64: 1, 2>,"
            "padding = dense<[[0, 0], [2, -2]]> : tensor<2x2xi64>",
            element="i32",
        ),
        [np.arange(1, 10, dtype=np.int32).reshape(3, 3), np.int32(0)],
        [[0], [0], [0]],
    ),
    "a kernel that leaves elements over, once": (
        "tensor<1x1x3xf32>, tensor<2x1x2xf32>, tensor<1x2x1xf32>",
        convolution("tensor<1x1x3xf32>, tensor<2x1x2xf32>, tensor<1x2x1xf32>", stride=2),
        [floats([[[1, 2, 3]]]), floats([[[1, 10]], [[100, 1000]]])],
        [[[21], [2100]]],
    ),
    "a kernel of one element, the last of the input cut off": (
        "tensor<1x1x3xf32>, tensor<1x1x1xf32>, tensor<1x1x2xf32>",
        convolution("tensor<1x1x3xf32>, tensor<1x1x1xf32>, tensor<1x1x2xf32>", pad="0, -1"),
        [floats([[[1, 2, 3]]]), floats([[[10]]])],
        [[[10, 20]]],
    ),
    "a kernel of one element, padded and cut": (
        "tensor<1x1x3xf32>, tensor<1x1x1xf32>, tensor<1x1x2xf32>",
        convolution("tensor<1x1x3xf32>, tensor<1x1x1xf32>, tensor<1x1x2xf32>", pad="1, -2"),
        [floats([[[1, 2, 3]]]), floats([[[10]]])],
        [[[0, 10]]],
    ),
    "a convolution of complex numbers": (
        "tensor<1x1x2xcomplex<f32>>, tensor<1x1x2xcomplex<f32>>, tensor<1x1x1xcomplex<f32>>",
        convolution("tensor<1x1x2xcomplex<f32>>, tensor<1x1x2xcomplex<f32>>, tensor<1x1x1xcomplex<f32>>"),
        [complexes([[[1 + 2j, 3]]]), complexes([[[1j, 2]]])],
        [[[4 + 1j]]],
    ),
    "a batch of products, one of whose operands is a vector": (
        "tensor<2x2x2x3xf32>, tensor<2x3xf32>, tensor<2x2x2xf32>",
        "%r = stablehlo.dot_general %a, %b, batching_dims = [0] x [0], contracting_dims = [3] x [1] : "
        "(tensor<2x2x2x3xf32>, tensor<2x3xf32>) -> tensor<2x2x2xf32>",
        [floats(np.arange(24).reshape(2, 2, 2, 3)), floats([[1, 0, 2], [0, 1, 0]])],
        [[[4, 13], [22, 31]], [[13, 16], [19, 22]]],
    ),
    "a batch of sums of nothing": (
        "tensor<0x2x?xf32>, tensor<0x?x2xf32>, tensor<?xf32>",
        "%r = stablehlo.dot_general %a, %b, batching_dims = [2] x [1], contracting_dims = [0, 1] x [0, 2] : "
        "(tensor<0x2x?xf32>, tensor<0x?x2xf32>) -> tensor<?xf32>",
        [np.zeros((0, 2, 3), F), np.zeros((0, 3, 2), F)],
        [0, 0, 0],
    ),
    "booleans with a byte for each": (
        "tensor<4xi1>, tensor<4xi1>",
        '%c = stablehlo.constant dense<"0x01000001"> : tensor<4xi1>\n%r = stablehlo.and %a, %c : tensor<4xi1>',
        [np.array([True, True, False, True])],
        [True, False, False, True],
    ),
    "bits in a dimension of a size that is not stated": (
        "tensor<?xi32>, tensor<?x?xi16>",
        "%r = stablehlo.bitcast_convert %a : (tensor<?xi32>) -> tensor<?x?xi16>",
        [np.array([1, 65538], np.int32)],
        [[1, 0], [2, 1]],
    ),
    "complex constants where elements are combined": (
        "tensor<2xcomplex<f32>>, tensor<complex<f32>>, tensor<complex<f32>>",
        """%r = "stablehlo.reduce"(%a, %b) ({
        ^bb0(%x: tensor<complex<f32>>, %y: tensor<complex<f32>>):
          %c = stablehlo.constant dense<(0.0, 1.0)> : tensor<complex<f32>>
          %i = stablehlo.multiply %y, %c : tensor<complex<f32>>
          %s = stablehlo.add %x, %i : tensor<complex<f32>>
          stablehlo.return %s : tensor<complex<f32>>
        }) {dimensions = array<i64: 0>} : (tensor<2xcomplex<f32>>, tensor<complex<f32>>) -> tensor<complex<f32>>""",
        [complexes([1, 2]), complexes(1)],
        1 + 3j,
    ),
    "tuples in tuples": (
        "tensor<2xf32>, tensor<2xf32>",
        """%t = stablehlo.tuple %a : tuple<tensor<2xf32>>
        %u = stablehlo.tuple %t, %a : tuple<tuple<tensor<2xf32>>, tensor<2xf32>>
        %v = stablehlo.get_tuple_element %u[0] : (tuple<tuple<tensor<2xf32>>, tensor<2xf32>>) -> tuple<tensor<2xf32>>
        %r = stablehlo.get_tuple_element %v[0] : (tuple<tensor<2xf32>>) -> tensor<2xf32>""",
        [floats([1, 2])],
        [1, 2],
    ),
    "what the inverse sine and cosine share": (
        "tensor<complex<f64>>, tensor<complex<f64>>",
        "%r = chlo._asin_acos_kernel %a : tensor<complex<f64>> -> tensor<complex<f64>>",
        [np.array(-0.0277 + 0.4197j)],
        1.0842 + 0.4084j,
    ),
    "operands of no and of one element": (
        "tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>",
        "%r = chlo.broadcast_add %a, %b : (tensor<?x?xf32>, tensor<?x?xf32>) -> tensor<?x?xf32>",
        [np.zeros((0, 4), F), np.ones((1, 4), F)],
        np.zeros((0, 4)),
    ),
    "slices of nothing": (
        "tensor<0xi32>, tensor<2x1xi32>, tensor<2xi32>",
        """%r = "stablehlo.gather"(%a, %b) {dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0],
          start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 0>}
          : (tensor<0xi32>, tensor<2x1xi32>) -> tensor<2xi32>""",
        [np.zeros(0, np.int32), np.array([[0], [3]], np.int32)],
        [0, 0],
    ),
    "a part of nothing": (
        "tensor<?xf32>, tensor<1xi32>, tensor<1xi32>, tensor<1xi32>, tensor<?xf32>",
        "%r = stablehlo.real_dynamic_slice %a, %b, %c, %d : "
        "(tensor<?xf32>, tensor<1xi32>, tensor<1xi32>, tensor<1xi32>) -> tensor<?xf32>",
        [np.zeros(0, F), *(np.array([n], np.int32) for n in (0, 0, 1))],
        [],
    ),
    "padding that removes more than there is": (
        "tensor<1xf32>, tensor<f32>, tensor<1xi32>, tensor<1xi32>, tensor<?xf32>",
        "%n = stablehlo.constant dense<0> : tensor<1xi32>\n%r = stablehlo.dynamic_pad %a, %b, %c, %d, %n : "
        "(tensor<1xf32>, tensor<f32>, tensor<1xi32>, tensor<1xi32>, tensor<1xi32>) -> tensor<?xf32>",
        [floats([5]), floats(9), np.array([-2], np.int32), np.array([3], np.int32)],
        [9, 9],
    ),
    "narrowed rows of one element more than a vector, written over what is read": (
        "tensor<2x3x9xi32>, tensor<2x3x3xi32>",
        "%i = stablehlo.constant dense<-2147483648> : tensor<i32>\n%z = stablehlo.constant dense<0> : tensor<i64>\n"
        "%p = stablehlo.reshape %a : (tensor<2x3x9xi32>) -> tensor<2x3x3x3xi32>\n"
        "%m = stablehlo.reduce(%p init: %i) applies stablehlo.maximum across dimensions = [2] : "
        "(tensor<2x3x3x3xi32>, tensor<i32>) -> tensor<2x3x3xi32>\n"
        "%w = stablehlo.convert %m : (tensor<2x3x3xi32>) -> tensor<2x3x3xi64>\n"
        "%s = stablehlo.reduce(%w init: %z) applies stablehlo.add across dimensions = [0] : "
        "(tensor<2x3x3xi64>, tensor<i64>) -> tensor<3x3xi64>\n"
        "%t = stablehlo.broadcast_in_dim %s, dims = [1, 2] : (tensor<3x3xi64>) -> tensor<2x3x3xi64>\n"
        "%d = stablehlo.subtract %w, %t : tensor<2x3x3xi64>\n"
        "%r = stablehlo.convert %d : (tensor<2x3x3xi64>) -> tensor<2x3x3xi32>",
        [np.arange(54, dtype=np.int32).reshape(2, 3, 9)],
        -np.arange(54).reshape(2, 3, 3, 3).max(2)[::-1],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_corner(name: str) -> None:
    types, body, arrays, expected = CASES[name]
    *inputs, result = types.split(", ")
    names = ", ".join(f"%{chr(97 + i)}: {type}" for i, type in enumerate(inputs))
    text = f"func.func @main({names}) -> {result} {{\n{body}\nreturn %r : {result}\n}}"
    for pipeline, executor in ((DIFFERENTIATE, Interpreter), (CPU, CpuExecutor)):
        module = parse_module(text)
        PassManager(parse_pipeline(f"stablehlo-to-nd,{pipeline}")).run(module)
        (found,) = executor(module).call("main", *map(np.asarray, arrays))
        np.testing.assert_allclose(found, expected, rtol=1e-4, err_msg=type(executor).__name__)
        assert np.shape(found) == np.shape(expected)


def test_more_elements_than_there_are_indices() -> None:
    type = f"tensor<4x{2**63 - 1}x9xf32>"
    body = f"%r = stablehlo.broadcast_in_dim %a, dims = [0] : (tensor<4xf32>) -> {type}"
    module = parse_module(f"func.func @main(%a: tensor<4xf32>) -> {type} {{\n{body}\nreturn %r : {type}\n}}")
    PassManager(parse_pipeline(f"stablehlo-to-nd,{CPU}")).run(module)
    with pytest.raises(DiagnosedError, match="too large"):
        CpuExecutor(module).call("main", floats([1, 2, 3, 4]))
