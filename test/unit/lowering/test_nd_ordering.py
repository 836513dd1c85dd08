"""Reversal and sorting: NumPy's results, on every element type, shape and executor."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from unit.lowering.everywhere import check_everywhere, check_native, native, tensor
from unit.lowering.test_nd_combining import ELEMENTS

from irc.interpreter.core import Interpreter
from irc.ir.diagnostic import DiagnosedError
from irc.text.parser import parse_module

RNG = np.random.default_rng(0)


def reverse(element: str, shape: tuple[int | None, ...], axes: tuple[int, ...]) -> str:
    x = tensor(shape, element)
    return f"""
    func.func @f(%x: {x}) -> {x} {{
      %y = nd.reverse %x axes = {list(axes)} : {x}
      return %y : {x}
    }}"""


def sort(element: str, shape: tuple[int | None, ...], axis: int, op: str = "less") -> str:
    """Sorts numbers and with them their positions."""
    x, i = tensor(shape, element), tensor(shape, "i32")
    return f"""
    func.func @f(%x: {x}, %i: {i}) -> ({x}, {i}) {{
      %y, %at = nd.sort %x, %i axis = {axis} stable {{
      ^bb0(%a: tensor<{element}>, %b: tensor<{element}>, %ia: tensor<i32>, %ib: tensor<i32>):
        %c = nd.{op} %a, %b : tensor<{element}>
        nd.yield %c : tensor<i1>
      }} : {x}, {i}
      return %y, %at : {x}, {i}
    }}"""


def positions(shape: tuple[int, ...], axis: int) -> np.ndarray:
    return np.array(
        np.moveaxis(
            np.broadcast_to(np.arange(shape[axis], dtype=np.int32), np.moveaxis(np.empty(shape), axis, -1).shape),
            -1,
            axis,
        )
    )


@pytest.mark.parametrize("axes", [(), (0,), (2,), (0, 1), (0, 1, 2)])
@pytest.mark.parametrize("dynamic", [False, True])
@pytest.mark.parametrize("shape", [(2, 3, 17), (1, 0, 4)])
def test_reversal(shape: tuple[int, ...], dynamic: bool, axes: tuple[int, ...]) -> None:
    x = RNG.standard_normal(shape).astype(np.float32)
    check_everywhere(reverse("f32", (None,) * 3 if dynamic else shape, axes), [x], [np.flip(x, axes)])


@pytest.mark.parametrize("element", ELEMENTS)
def test_reversal_of_every_element_type(element: str) -> None:
    x = RNG.integers(0, 2, (3, 5)).astype(ELEMENTS[element])
    check_everywhere(reverse(element, (3, 5), (0, 1)), [x], [np.flip(x)])


@pytest.mark.parametrize("element", ELEMENTS)
def test_sorting_every_element_type(element: str) -> None:
    dtype = ELEMENTS[element]
    numbers = RNG.integers(0, 2 if element == "i1" else 9, (2, 11))
    x = (numbers if element[0] in "u" or element == "i1" else numbers - 4).astype(dtype)
    at = np.argsort(x, axis=1, kind="stable").astype(np.int32)
    expected = [np.take_along_axis(x, at, 1), at]
    check_native(sort(element, (2, 11), 1), [x, positions((2, 11), 1)], expected)
    found = Interpreter(parse_module(sort(element, (2, 11), 1))).call("f", x, positions((2, 11), 1))
    for a, b in zip(found, expected, strict=True):
        np.testing.assert_array_equal(a, b)


@pytest.mark.parametrize("dynamic", [False, True])
@pytest.mark.parametrize(
    ("shape", "axis"),
    [((n,), 0) for n in (0, 1, 2, 3, 4, 5, 8, 13)] + [((3, 9), 0), ((3, 9), 1), ((2, 5, 3), 1), ((2, 0), 0)],
)
def test_sorting_every_shape_is_stable(shape: tuple[int, ...], axis: int, dynamic: bool) -> None:
    x = RNG.integers(0, 4, shape).astype(np.int64)
    at = np.argsort(-x, axis=axis, kind="stable").astype(np.int32)
    text = sort("i64", (None,) * len(shape) if dynamic else shape, axis, "greater")
    check_everywhere(text, [x, positions(shape, axis)], [np.take_along_axis(x, at, axis), at])


@pytest.mark.parametrize("size", [100, 1023, 1024, 1025])
def test_sorting_many(size: int) -> None:
    x = RNG.integers(0, size, (size,)).astype(np.int32)
    at = np.argsort(x, kind="stable").astype(np.int32)
    text = sort("i32", (None,), 0)
    check_native(text, [x, positions((size,), 0)], [x[at], at])
    for a, b in zip(Interpreter(parse_module(text)).call("f", x, positions((size,), 0)), [x[at], at], strict=True):
        np.testing.assert_array_equal(a, b)


def test_the_comparator_gives_nan_its_place() -> None:
    text = """
    func.func @f(%x: tensor<?xf32>) -> tensor<?xf32> {
      %y = nd.sort %x axis = 0 {
      ^bb0(%a: tensor<f32>, %b: tensor<f32>):
        %less = nd.less %a, %b : tensor<f32>
        %number = nd.equal %a, %a : tensor<f32>
        %nan = nd.not_equal %b, %b : tensor<f32>
        %last = nd.logical_and %number, %nan : tensor<i1>
        %c = nd.logical_or %less, %last : tensor<i1>
        nd.yield %c : tensor<i1>
      } : tensor<?xf32>
      return %y : tensor<?xf32>
    }"""
    x = np.array([3, np.nan, -np.inf, 1, np.nan, np.inf, 2], np.float32)
    check_everywhere(text, [x], [np.sort(x)])


def test_sizes_that_disagree_at_run_time() -> None:
    text = sort("f32", (None, None), 1)
    arguments: list[Any] = [np.ones((2, 3), np.float32), np.ones((2, 4), np.int32)]
    for call in (Interpreter(parse_module(text, "test.mlir")).call, native(text).call):
        with pytest.raises(DiagnosedError, match="the sizes of the operands do not agree") as caught:
            call("f", *arguments)
        assert next(caught.value.diagnostics[0].location.files()).line == 3
