"""Ops on windows against the definition, written out window after window, on every element type, shape and executor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from unit.lowering.everywhere import check_everywhere, check_native, native, tensor
from unit.lowering.test_nd_combining import ARGMAX, ELEMENTS, UFUNCS, combiner

from irc.interpreter.core import Interpreter
from irc.ir.diagnostic import DiagnosedError
from irc.text.parser import parse_module

RNG = np.random.default_rng(0)

Windows = dict[str, list[int]]

ORDER = ("window", "strides", "base_dilations", "window_dilations", "low", "high")
"""The amounts in the order of the text."""


def amounts(windows: Windows) -> str:
    return " ".join(f"{name} = {numbers}" for name in ORDER if (numbers := windows.get(name)))


def surrounded(x: np.ndarray, value: Any, windows: Windows) -> np.ndarray:
    """`x` with its base dilated and padded, an axis at a time."""
    zeros, ones = [0] * x.ndim, [1] * x.ndim
    for axis in range(x.ndim):
        dilation = windows.get("base_dilations", ones)[axis]
        rows = np.moveaxis(x, axis, 0)
        wide = np.full((max(0, (len(rows) - 1) * dilation + 1), *rows.shape[1:]), value, x.dtype)
        wide[::dilation] = rows
        for at, amount in ((0, windows.get("low", zeros)[axis]), (len(wide), windows.get("high", zeros)[axis])):
            edge = np.full((max(amount, 0), *rows.shape[1:]), value, x.dtype)
            wide = np.concatenate([edge, wide] if at == 0 else [wide, edge])
            wide = wide[max(-amount, 0) :] if at == 0 else wide[: len(wide) - max(-amount, 0)]
        x = np.moveaxis(wide, 0, axis)
    return x


def windows_in(x: np.ndarray, windows: Windows) -> tuple[tuple[int, ...], list[tuple[slice, ...]]]:
    """How many windows there are along each axis of a padded array, and where each is."""
    ones = [1] * x.ndim
    strides, dilations = windows.get("strides", ones), windows.get("window_dilations", ones)
    spread = [(size - 1) * dilation + 1 for size, dilation in zip(windows["window"], dilations, strict=True)]
    count = tuple(
        (size - wide) // stride + 1 if size >= wide else 0
        for size, wide, stride in zip(x.shape, spread, strides, strict=True)
    )
    return count, [
        tuple(
            slice(i * stride, i * stride + wide, dilation)
            for i, stride, wide, dilation in zip(at, strides, spread, dilations, strict=True)
        )
        for at in np.ndindex(*count)
    ]


def reduced(x: np.ndarray, init: Any, op: str, windows: Windows) -> np.ndarray:
    """The definition of `nd.reduce_window`."""
    whole = surrounded(x, init, windows)
    count, places = windows_in(whole, windows)
    found = [UFUNCS[op].reduce(whole[place], axis=None, initial=init, dtype=x.dtype) for place in places]
    return np.array(found, x.dtype).reshape(count)


def reduce_window(op: str, element: str, x: Sequence[int | None], y: Sequence[int | None], windows: Windows) -> str:
    given, result = tensor(x, element), tensor(y, element)
    return f"""
    func.func @f(%x: {given}, %init: tensor<{element}>) -> {result} {{
      %y = nd.reduce_window %x init %init {amounts(windows)} {combiner(op, element)} : ({given}, tensor<{element}>) -> {result}
      return %y : {result}
    }}"""


CASES: list[tuple[tuple[int, ...], Windows]] = [
    ((7,), {"window": [3]}),
    ((7,), {"window": [1]}),
    ((7,), {"window": [2], "strides": [2]}),
    ((7,), {"window": [3], "window_dilations": [2], "low": [1], "high": [2]}),
    ((5,), {"window": [2], "base_dilations": [3], "strides": [2], "low": [-1], "high": [2]}),
    ((3,), {"window": [4]}),
    ((0,), {"window": [2], "low": [3]}),
    ((6, 9), {"window": [2, 2], "strides": [2, 2]}),
    ((6, 9), {"window": [2, 1], "strides": [1, 3], "high": [1, -2]}),
    ((5, 19), {"window": [3, 3], "low": [1, 1], "high": [1, 1]}),
    ((2, 4, 6, 5), {"window": [1, 2, 2, 1], "strides": [1, 2, 2, 1]}),
    ((3, 0), {"window": [2, 1]}),
]


@pytest.mark.parametrize("dynamic", [False, True])
@pytest.mark.parametrize(("shape", "windows"), CASES)
def test_windows_of_every_form(shape: tuple[int, ...], windows: Windows, dynamic: bool) -> None:
    x, init = RNG.integers(-9, 9, shape).astype(np.int32), np.int32(-3)
    expected = reduced(x, init, "maximum", windows)
    types: list[Sequence[int | None]] = [(None,) * x.ndim] * 2 if dynamic else [shape, expected.shape]
    check_everywhere(reduce_window("maximum", "i32", types[0], types[1], windows), [x, init], [expected])


@pytest.mark.parametrize("op", ["add", "maximum"])
@pytest.mark.parametrize("element", ELEMENTS)
def test_every_element_type(element: str, op: str) -> None:
    windows = {"window": [2, 3], "strides": [2, 1], "high": [0, 1]}
    x, init = RNG.integers(0, 2, (4, 9)).astype(ELEMENTS[element]), np.array(0, ELEMENTS[element])
    expected = reduced(x, init, op, windows)
    text = reduce_window(op, element, x.shape, expected.shape, windows)
    check_native(text, [x, init], [expected])
    np.testing.assert_array_equal(Interpreter(parse_module(text)).call("f", x, init)[0], expected)


def test_several_operands_have_one_window() -> None:
    # The greatest element of each window and its position, which pooling by maxima keeps for its derivative.
    text = ARGMAX.replace("nd.reduce ", "nd.reduce_window ").replace(
        "axes = [AXIS]", "window = [2, 2] strides = [2, 2]"
    )
    text = text.replace("tensor<?xf32>", "tensor<?x?xf32>").replace("tensor<?xi32>", "tensor<?x?xi32>")
    x = RNG.permutation(np.arange(6 * 8)).reshape(6, 8).astype(np.float32)
    at = np.arange(x.size, dtype=np.int32).reshape(x.shape)
    expected = reduced(x, -np.inf, "maximum", {"window": [2, 2], "strides": [2, 2]})
    where = np.vectorize(lambda value: np.flatnonzero(x == value)[0])(expected).astype(np.int32)
    check_everywhere(text, [x, at], [expected, where])


def scattered(x: np.ndarray, source: np.ndarray, init: Any, windows: Windows) -> np.ndarray:
    """The definition of `nd.select_and_scatter` for the greatest element, the first of equal ones, and sums."""
    places = surrounded(np.arange(x.size).reshape(x.shape), -1, windows)
    found = np.full(x.size, init, x.dtype)
    for place, value in zip(windows_in(places, windows)[1], source.ravel(), strict=True):
        inside = [at for at in places[place].ravel() if at >= 0]
        if inside:
            found[max(inside, key=lambda at: x.ravel()[at])] += value
    return found.reshape(x.shape)


def select_and_scatter(element: str, x: Sequence[int | None], source: Sequence[int | None], windows: Windows) -> str:
    given, from_, one = tensor(x, element), tensor(source, element), f"tensor<{element}>"
    return f"""
    func.func @f(%x: {given}, %s: {from_}, %init: {one}) -> {given} {{
      %y = nd.select_and_scatter %x, %s init %init {amounts(windows)} select {{
      ^bb0(%a: {one}, %b: {one}):
        %c = nd.greater_equal %a, %b : {one}
        nd.yield %c : tensor<i1>
      }} scatter {combiner("add", element)} : ({given}, {from_}, {one}) -> {given}
      return %y : {given}
    }}"""


SCATTERED = [
    (shape, windows) for shape, windows in CASES if not {"base_dilations", "window_dilations"} & windows.keys()
]


@pytest.mark.parametrize("dynamic", [False, True])
@pytest.mark.parametrize(
    ("shape", "windows"),
    [*SCATTERED, ((4,), {"window": [2], "low": [5], "high": [3]}), ((4,), {"window": [2], "low": [-1]})],
)
def test_scattering_to_windows_of_every_form(shape: tuple[int, ...], windows: Windows, dynamic: bool) -> None:
    x, init = RNG.integers(-3, 3, shape).astype(np.int32), np.int32(7)
    count, _ = windows_in(surrounded(x, 0, windows), windows)
    source = RNG.integers(-9, 9, count).astype(np.int32)
    types = [(None,) * x.ndim] * 2 if dynamic else [shape, count]
    check_everywhere(
        select_and_scatter("i32", *types, windows), [x, source, init], [scattered(x, source, init, windows)]
    )


@pytest.mark.parametrize("element", [each for each in ELEMENTS if each != "i1"])
def test_scattering_every_element_type(element: str) -> None:
    windows = {"window": [2, 3], "strides": [1, 2], "high": [1, 0]}
    dtype = ELEMENTS[element]
    x, init = RNG.integers(0, 4, (3, 7)).astype(dtype), np.array(1, dtype)
    source = RNG.integers(0, 3, windows_in(surrounded(x, 0, windows), windows)[0]).astype(dtype)
    text, expected = select_and_scatter(element, x.shape, source.shape, windows), scattered(x, source, init, windows)
    check_native(text, [x, source, init], [expected])
    np.testing.assert_array_equal(Interpreter(parse_module(text)).call("f", x, source, init)[0], expected)


def check_failure(text: str, arguments: list[Any], message: str) -> None:
    """Both executors tell the error, at the op."""
    for call in (Interpreter(parse_module(text, "test.mlir")).call, native(text).call):
        with pytest.raises(DiagnosedError, match=message) as caught:
            call("f", *arguments)
        assert next(caught.value.diagnostics[0].location.files()).line == 3


def test_what_does_not_fit_at_run_time_is_an_error() -> None:
    x, one = np.ones(3, np.float32), np.float32(1)
    text = reduce_window("add", "f32", (None,), (None,), {"window": [1], "low": [-4]})
    check_failure(text, [x, one], "padding by -4 and 0 removes more than there is of axis 0")
    text = select_and_scatter("f32", (None,), (None,), {"window": [1], "low": [-4]})
    check_failure(text, [x, x, one], "padding by -4 and 0 removes more than there is of axis 0")
    text = select_and_scatter("f32", (None,), (None,), {"window": [2]})
    check_failure(text, [x, x, one], "has (another size than there are )?windows")
