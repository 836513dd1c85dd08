"""Reductions and scans with a combiner: NumPy's numbers, on every element type, shape and executor."""

from __future__ import annotations

from typing import Any

import ml_dtypes
import numpy as np
import pytest
from unit.lowering.everywhere import check_everywhere, check_native, native, tensor

from irc.interpreter.core import Interpreter
from irc.ir.diagnostic import DiagnosedError
from irc.text.parser import parse_module

RNG = np.random.default_rng(0)

ELEMENTS: dict[str, Any] = {
    "i1": np.bool_, "i8": np.int8, "i16": np.int16, "i32": np.int32, "i64": np.int64, "ui8": np.uint8,
    "ui16": np.uint16, "ui32": np.uint32, "ui64": np.uint64, "index": np.int64, "f16": np.float16,
    "bf16": ml_dtypes.bfloat16, "f32": np.float32, "f64": np.float64,
}  # fmt: skip
UFUNCS: dict[str, Any] = {"add": np.add, "multiply": np.multiply, "maximum": np.maximum, "minimum": np.minimum}


def combiner(op: str, element: str) -> str:
    type = f"tensor<{element}>"
    return f"""{{
      ^bb0(%a: {type}, %b: {type}):
        %c = nd.{op} %a, %b : {type}
        nd.yield %c : {type}
      }}"""


def reduction(op: str, element: str, shape: tuple[int | None, ...], axes: tuple[int, ...]) -> str:
    x, kept = tensor(shape, element), tensor([size for i, size in enumerate(shape) if i not in axes], element)
    return f"""
    func.func @f(%x: {x}, %init: tensor<{element}>) -> {kept} {{
      %y = nd.reduce %x init %init axes = {list(axes)} {combiner(op, element)} : ({x}, tensor<{element}>) -> {kept}
      return %y : {kept}
    }}"""


def scan(op: str, element: str, shape: tuple[int | None, ...], axis: int, flag: str = "") -> str:
    x = tensor(shape, element)
    return f"""
    func.func @f(%x: {x}) -> {x} {{
      %y = nd.cumulative %x axis = {axis} {flag} {combiner(op, element)} : {x}
      return %y : {x}
    }}"""


def small(element: str, *shape: int) -> np.ndarray:
    """Numbers of which all sums are exact in every type."""
    return RNG.integers(0, 2, shape).astype(ELEMENTS[element])


@pytest.mark.parametrize("op", UFUNCS)
@pytest.mark.parametrize("element", ELEMENTS)
def test_every_element_type(element: str, op: str) -> None:
    x, init = small(element, 3, 5), np.array(1, ELEMENTS[element])
    dtype = x.dtype
    expected = np.asarray(UFUNCS[op].reduce(x, axis=1, initial=init, dtype=dtype), dtype)
    check_native(reduction(op, element, (3, 5), (1,)), [x, init], [expected])
    (found,) = Interpreter(parse_module(reduction(op, element, (3, 5), (1,)))).call("f", x, init)
    np.testing.assert_array_equal(found, expected)
    for axis in (0, 1):
        expected = np.asarray(UFUNCS[op].accumulate(x, axis=axis, dtype=dtype), dtype)
        check_native(scan(op, element, (3, 5), axis), [x], [expected])
        (found,) = Interpreter(parse_module(scan(op, element, (3, 5), axis))).call("f", x)
        np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize(
    "dtype",
    [ml_dtypes.float8_e4m3fn, ml_dtypes.float8_e5m2, np.complex64, np.complex128],
    ids=["f8E4M3FN", "f8E5M2", "c64", "c128"],
)
def test_the_interpreter_knows_more_types_than_the_native_compiler(dtype: Any) -> None:
    names = {
        "float8_e4m3fn": "f8E4M3FN",
        "float8_e5m2": "f8E5M2",
        "complex64": "complex<f32>",
        "complex128": "complex<f64>",
    }
    element = names[np.dtype(dtype).name]
    x = RNG.integers(0, 3, (4, 3)).astype(dtype)
    (found,) = Interpreter(parse_module(reduction("add", element, (4, 3), (0,)))).call("f", x, np.array(1, dtype))
    np.testing.assert_array_equal(found, (np.sum(x.astype(np.complex128), 0) + 1).astype(dtype))
    (found,) = Interpreter(parse_module(scan("add", element, (4, 3), 0, "reverse"))).call("f", x)
    np.testing.assert_array_equal(found, np.flip(np.cumsum(np.flip(x.astype(np.complex128), 0), 0), 0).astype(dtype))


@pytest.mark.parametrize("axis", [0, 1])
def test_what_is_computed_before_becomes_part_of_the_loops(axis: int) -> None:
    x = RNG.uniform(-1, 1, (9, 20)).astype(np.float32)
    kept = tensor([20 if axis == 0 else 9], "f32")
    text = f"""
    func.func @f(%x: tensor<9x20xf32>) -> ({kept}, {kept}, tensor<9x20xf32>) {{
      %e = nd.exp %x : tensor<9x20xf32>
      %s = nd.multiply %x, %x : tensor<9x20xf32>
      %zero = nd.constant dense<0.0> : tensor<f32>
      %r:2 = nd.reduce %e, %s init %zero, %zero axes = [{axis}] {{
      ^bb0(%a: tensor<f32>, %b: tensor<f32>, %c: tensor<f32>, %d: tensor<f32>):
        %p = nd.add %a, %c : tensor<f32>
        %q = nd.maximum %b, %d : tensor<f32>
        nd.yield %p, %q : tensor<f32>, tensor<f32>
      }} : (tensor<9x20xf32>, tensor<9x20xf32>, tensor<f32>, tensor<f32>) -> ({kept}, {kept})
      %n = nd.negative %x : tensor<9x20xf32>
      %y = nd.cumulative %n axis = {axis} reverse {combiner("maximum", "f32")} : tensor<9x20xf32>
      %z = nd.multiply %y, %x : tensor<9x20xf32>
      return %r#0, %r#1, %z : {kept}, {kept}, tensor<9x20xf32>
    }}"""
    maxima = np.flip(np.maximum.accumulate(np.flip(-x, axis), axis), axis)
    check_everywhere(text, [x], [np.exp(x).sum(axis), (x * x).max(axis), maxima * x], rtol=1e-5)


def test_zeros_of_both_signs_and_nan_are_what_the_combiner_makes_of_them() -> None:
    x = np.array([[-0.0, 0.0, -0.0], [np.nan, 1, 2], [1, 2, np.nan]], np.float32)
    found = np.array([[-0.0, 0.0, 0.0], [np.nan] * 3, [1, 2, np.nan]], np.float32)
    text = scan("maximum", "f32", (3, 3), 1)
    check_everywhere(text, [x], [found])
    for result in (native(text).call("f", x)[0], Interpreter(parse_module(text)).call("f", x)[0]):
        np.testing.assert_array_equal(np.signbit(result), np.signbit(found))


def test_integers_wrap_around_at_their_own_width() -> None:
    x = np.array([5, 5, 5], np.int8)
    check_everywhere(scan("add", "i4", (3,), 0), [x], [np.array([5, -6, -1], np.int8)])
    check_everywhere(scan("add", "i8", (3,), 0), [np.full(3, 100, np.int8)], [np.array([100, -56, 44], np.int8)])


@pytest.mark.parametrize("axes", [(), (0,), (1,), (2,), (0, 2), (0, 1, 2)])
@pytest.mark.parametrize("dynamic", [False, True])
@pytest.mark.parametrize("shape", [(2, 3, 17), (1, 4, 0), (0, 2, 3)])
def test_reductions_of_every_shape(shape: tuple[int, ...], dynamic: bool, axes: tuple[int, ...]) -> None:
    x, init = RNG.integers(-9, 9, shape).astype(np.int32), np.int32(5)
    types = (None,) * 3 if dynamic else shape
    expected = np.add.reduce(x, axis=axes, initial=init)
    check_everywhere(reduction("add", "i32", types, axes), [x, init], [np.asarray(expected, np.int32)])


@pytest.mark.parametrize("flag", ["", "reverse"])
@pytest.mark.parametrize("dynamic", [False, True])
@pytest.mark.parametrize(
    ("shape", "axis"),
    [
        ((37,), 0),
        ((0,), 0),
        ((1,), 0),
        ((3, 21), 0),
        ((3, 21), 1),
        ((2, 4, 19), 1),
        ((2, 0, 3), 1),
        ((2, 0, 3), 2),
        ((3, 1), 1),
    ],
)
def test_scans_of_every_shape(shape: tuple[int, ...], axis: int, dynamic: bool, flag: str) -> None:
    x = RNG.integers(-9, 9, shape).astype(np.int32)
    types = (None,) * len(shape) if dynamic else shape
    expected = np.cumsum(np.flip(x, axis) if flag else x, axis, dtype=np.int32)
    check_everywhere(scan("add", "i32", types, axis, flag), [x], [np.flip(expected, axis) if flag else expected])


def test_scans_over_long_rows_and_columns() -> None:
    x = RNG.standard_normal((40, 50)).astype(np.float32)
    for axis in (0, 1):
        check_native(scan("add", "f32", (40, 50), axis), [x], [np.cumsum(x, axis)], rtol=1e-4, atol=1e-4)
        check_native(scan("maximum", "f32", (None, None), axis), [x], [np.maximum.accumulate(x, axis)])


ARGMAX = """
func.func @f(%x: tensor<?x?xf32>, %i: tensor<?x?xi32>) -> (tensor<?xf32>, tensor<?xi32>) {
  %low = nd.constant dense<0xFF800000> : tensor<f32>
  %zero = nd.constant dense<0> : tensor<i32>
  %m, %at = nd.reduce %x, %i init %low, %zero axes = [AXIS] {
  ^bb0(%a: tensor<f32>, %ia: tensor<i32>, %b: tensor<f32>, %ib: tensor<i32>):
    %greater = nd.greater %a, %b : tensor<f32>
    %nan = nd.not_equal %a, %a : tensor<f32>
    %keep = nd.logical_or %greater, %nan : tensor<i1>
    %equal = nd.equal %a, %b : tensor<f32>
    %earlier = nd.less %ia, %ib : tensor<i32>
    %tie = nd.logical_and %equal, %earlier : tensor<i1>
    %first = nd.logical_or %keep, %tie : tensor<i1>
    %v = nd.where %keep, %a, %b : tensor<i1>, tensor<f32>
    %w = nd.where %first, %ia, %ib : tensor<i1>, tensor<i32>
    nd.yield %v, %w : tensor<f32>, tensor<i32>
  } : (tensor<?x?xf32>, tensor<?x?xi32>, tensor<f32>, tensor<i32>) -> (tensor<?xf32>, tensor<?xi32>)
  return %m, %at : tensor<?xf32>, tensor<?xi32>
}
"""


@pytest.mark.parametrize("axis", [0, 1])
def test_a_pair_of_value_and_position(axis: int) -> None:
    x = RNG.integers(-3, 3, (7, 23)).astype(np.float32)
    x[2, 3] = np.nan
    positions = np.broadcast_to(
        np.arange(x.shape[axis], dtype=np.int32).reshape((-1, 1) if axis == 0 else (1, -1)), x.shape
    )
    expected = [np.max(x, axis), np.argmax(x, axis).astype(np.int32)]
    check_everywhere(ARGMAX.replace("AXIS", str(axis)), [x, np.array(positions)], expected)


def test_a_scan_of_two_operands() -> None:
    # The linear recurrence y[i] = a[i] * y[i - 1] + b[i], as pairs of a factor and a summand.
    text = """
    func.func @f(%a: tensor<6x18xf64>, %b: tensor<6x18xf64>) -> (tensor<6x18xf64>, tensor<6x18xf64>) {
      %r:2 = nd.cumulative %a, %b axis = 0 {
      ^bb0(%a0: tensor<f64>, %b0: tensor<f64>, %a1: tensor<f64>, %b1: tensor<f64>):
        %p = nd.multiply %a0, %a1 : tensor<f64>
        %q = nd.multiply %b0, %a1 : tensor<f64>
        %s = nd.add %q, %b1 : tensor<f64>
        nd.yield %p, %s : tensor<f64>, tensor<f64>
      } : tensor<6x18xf64>, tensor<6x18xf64>
      return %r#0, %r#1 : tensor<6x18xf64>, tensor<6x18xf64>
    }"""
    a, b = RNG.uniform(0.5, 1.5, (6, 18)), RNG.standard_normal((6, 18))
    y, expected = np.zeros(18), []
    for row, summand in zip(a, b, strict=True):
        y = row * y + summand
        expected.append(y)
    check_everywhere(text, [a, b], [np.cumprod(a, 0), np.array(expected)], rtol=1e-12)


def test_sizes_that_disagree_at_run_time() -> None:
    x, i = np.ones((2, 3), np.float32), np.ones((2, 4), np.int32)
    text = ARGMAX.replace("AXIS", "1")
    with pytest.raises(DiagnosedError, match="the sizes of the operands do not agree") as caught:
        Interpreter(parse_module(text, "test.mlir")).call("f", x, i)
    line = next(caught.value.diagnostics[0].location.files()).line
    with pytest.raises(DiagnosedError, match="the sizes of the operands do not agree") as caught:
        native(text).call("f", x, i)
    assert next(caught.value.diagnostics[0].location.files()).line == line == 5


def test_a_combiner_may_hand_its_arguments_on() -> None:
    # The last of the first operand's elements and the first of the second's, whichever way elements are grouped.
    text = """
    func.func @f(%a: tensor<3x5xi32>, %b: tensor<3x5xi32>) -> (tensor<3x5xi32>, tensor<3x5xi32>) {
      %r:2 = nd.cumulative %a, %b axis = 0 {
      ^bb0(%a0: tensor<i32>, %b0: tensor<i32>, %a1: tensor<i32>, %b1: tensor<i32>):
        nd.yield %a1, %b0 : tensor<i32>, tensor<i32>
      } : tensor<3x5xi32>, tensor<3x5xi32>
      return %r#0, %r#1 : tensor<3x5xi32>, tensor<3x5xi32>
    }"""
    a, b = (RNG.integers(0, 99, (3, 5)).astype(np.int32) for _ in range(2))
    check_everywhere(text, [a, b], [a, np.broadcast_to(b[0], (3, 5))])
