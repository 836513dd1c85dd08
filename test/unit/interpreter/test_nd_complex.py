"""`nd` on complex elements in the interpreter: the special values that the Array API standard (2024.12) lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from unit.custom_calls.running import EVERYWHERE, executor

from irc.interpreter.core import Interpreter
from irc.text.parser import parse_module

INF, N, PI = np.inf, np.nan, np.pi

SPECIAL: dict[str, list[tuple[tuple[float, float], tuple[float, float]]]] = {
    "abs": [((INF, N), (INF, 0)), ((N, -INF), (INF, 0)), ((-INF, 3), (INF, 0)), ((N, 0), (N, 0)), ((0, -0.0), (0, 0))],
    "exp": [
        ((0, 0), (1, 0)), ((1, INF), (N, N)), ((1, N), (N, N)), ((INF, 0), (INF, 0)), ((-INF, 3), (-0.0, 0)), ((INF, 3), (-INF, INF)),
        ((-INF, INF), (0, 0)), ((INF, INF), (INF, N)), ((-INF, N), (0, 0)), ((INF, N), (INF, N)), ((N, 0), (N, 0)), ((N, 1), (N, N)),
        ((N, N), (N, N)),
    ],
    "expm1": [
        ((0, 0), (0, 0)), ((-0.0, 0), (-0.0, 0)), ((1, INF), (N, N)), ((1, N), (N, N)), ((INF, 0), (INF, 0)), ((-INF, 3), (-1, 0)),
        ((INF, 3), (-INF, INF)), ((-INF, INF), (-1, 0)), ((INF, INF), (INF, N)), ((-INF, N), (-1, 0)), ((INF, N), (INF, N)), ((N, 0), (N, 0)),
        ((N, 1), (N, N)),
    ],
    "log": [
        ((-0.0, 0), (-INF, PI)), ((0, 0), (-INF, 0)), ((1, INF), (INF, PI / 2)), ((1, N), (N, N)), ((-INF, 3), (INF, PI)),
        ((INF, 3), (INF, 0)), ((-INF, INF), (INF, 3 * PI / 4)), ((INF, INF), (INF, PI / 4)), ((-INF, N), (INF, N)), ((N, 1), (N, N)),
        ((N, INF), (INF, N)), ((-1, -0.0), (0, -PI)), ((-1, 0), (0, PI)),
    ],
    "log1p": [
        ((-1, 0), (-INF, 0)), ((1, INF), (INF, PI / 2)), ((1, N), (N, N)), ((-INF, 3), (INF, PI)), ((INF, 3), (INF, 0)),
        ((-INF, INF), (INF, 3 * PI / 4)), ((INF, INF), (INF, PI / 4)), ((INF, N), (INF, N)), ((N, 1), (N, N)), ((N, INF), (INF, N)),
    ],
    "sqrt": [
        ((-0.0, 0), (0, 0)), ((0, -0.0), (0, -0.0)), ((N, INF), (INF, INF)), ((1, -INF), (INF, -INF)), ((1, N), (N, N)),
        ((-INF, 3), (0, INF)), ((INF, 3), (INF, 0)), ((-INF, N), (N, INF)), ((INF, N), (INF, N)), ((N, 1), (N, N)), ((-4, -0.0), (0, -2)),
    ],
    "sin": [
        ((0, INF), (0, INF)), ((0, N), (0, N)), ((INF, 0), (N, 0)), ((1, N), (N, N)), ((1, INF), (INF, INF)), ((INF, INF), (N, INF)),
        ((N, 0), (N, 0)), ((N, 1), (N, N)),
    ],
    "cos": [
        ((0, 0), (1, -0.0)), ((0, INF), (INF, -0.0)), ((0, N), (N, 0)), ((INF, 0), (N, 0)), ((1, N), (N, N)), ((INF, INF), (INF, N)),
        ((N, 0), (N, 0)), ((N, 1), (N, N)),
    ],
    "tanh": [
        ((0, 0), (0, 0)), ((1, INF), (N, N)), ((0, INF), (0, N)), ((1, N), (N, N)), ((0, N), (0, N)), ((INF, 3), (1, -0.0)),
        ((INF, INF), (1, 0)), ((INF, N), (1, 0)), ((N, 0), (N, 0)), ((N, 1), (N, N)),
    ],
    "sign": [((0, -0.0), (0, -0.0)), ((3, -4), (0.6, -0.8)), ((N, 1), (N, N)), ((0, -2), (0, -1))],
    "logistic": [((1000, 1), (1, 0)), ((-1000, 1), (0, 0)), ((0, 0), (0.5, 0))],
    "round": [((2.5, -0.5), (2, -0.0)), ((INF, N), (INF, N))],
    "real": [((N, INF), (N, 0)), ((-0.0, 1), (-0.0, 0))],
    "imag": [((N, -INF), (-INF, 0)), ((1, -0.0), (-0.0, 0))],
}  # fmt: skip
"""Operands and results by their parts; a real result has 0 for the second."""


def number(parts: tuple[float, float], dtype: Any) -> Any:
    return np.array(parts, np.real(dtype()).dtype).view(dtype)


@pytest.mark.parametrize("dtype", [np.complex64, np.complex128])
@pytest.mark.parametrize("op", SPECIAL)
def test_special_values(op: str, dtype: Any) -> None:
    element = "f32" if dtype is np.complex64 else "f64"
    out = f"tensor<1x{element}>" if op in ("abs", "real", "imag") else f"tensor<1xcomplex<{element}>>"
    type = f"tensor<1xcomplex<{element}>>"
    interpreter = Interpreter(
        parse_module(f"func.func @f(%z: {type}) -> {out} {{ %y = nd.{op} %z : {type} return %y : {out} }}")
    )
    for operand, expected in SPECIAL[op]:
        (found,) = interpreter.call("f", number(operand, dtype))
        assert str(found.dtype) == ("float" if "complex" not in out else "complex") + str(8 * found.itemsize)
        parts = found.view(np.real(found).dtype)
        np.testing.assert_allclose(parts, expected[: len(parts)], rtol=1e-6, atol=1e-6, err_msg=f"{op} of {operand}")
        for part, known, other in zip(parts, expected, expected[::-1], strict=False):
            # The sign of an infinity or a zero is open where the other part is NaN, or the operand has no direction.
            if known == known and other == other and all(abs(x) < INF for x in operand):
                assert np.signbit(part) == np.signbit(known), f"{op} of {operand}"


BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "add": np.add, "subtract": np.subtract, "multiply": np.multiply, "equal": np.equal,
    "not_equal": np.not_equal,
}  # fmt: skip


@pytest.mark.parametrize("op", BINARY)
def test_pairs_of_special_numbers_are_numpys(op: str) -> None:
    parts = [0.0, -0.0, 1, -2.5, INF, -INF, N, 1e308]
    z = np.array([complex(x, y) for x in parts for y in parts])
    a, b = np.repeat(z, len(z)), np.tile(z, len(z))
    type = f"tensor<{len(a)}xcomplex<f64>>"
    out = f"tensor<{len(a)}xi1>" if "equal" in op else type
    text = f"func.func @f(%a: {type}, %b: {type}) -> {out} {{ %y = nd.{op} %a, %b : {type} return %y : {out} }}"
    with np.errstate(all="ignore"):
        np.testing.assert_array_equal(Interpreter(parse_module(text)).call("f", a, b)[0], BINARY[op](a, b))


QUOTIENTS = [
    # By zero, as by its real part.
    ((1, 0), (0.0, 0.0), (INF, N)),
    ((1, 0), (-0.0, 0.0), (-INF, N)),
    ((-2, 3), (0.0, -0.0), (-INF, INF)),
    ((0, 0), (0.0, 0.0), (N, N)),
    # By an infinity.
    ((1, 0), (INF, N), (0, 0)),
    ((1, 0), (N, INF), (0, -0.0)),
    ((1, 0), (INF, INF), (0, -0.0)),
    ((3, 4), (-INF, INF), (0, -0.0)),
    # Of an infinity.
    ((INF, N), (1, 1), (INF, -INF)),
    ((INF, INF), (1, 0), (INF, INF)),
    ((-INF, N), (2, 1), (-INF, INF)),
    # Of an infinity by one.
    ((INF, 0), (INF, 0), (N, N)),
]


@EVERYWHERE
@pytest.mark.parametrize("element", ["f32", "f64"])
def test_quotients_with_zeros_and_infinities_are_those_of_c(element: str, how: str) -> None:
    dtype: Any = np.complex64 if element == "f32" else np.complex128
    z, w, expected = (np.array([complex(*each) for each in row], dtype) for row in zip(*QUOTIENTS, strict=True))
    type = f"tensor<{len(z)}xcomplex<{element}>>"
    text = f"func.func @f(%z: {type}, %w: {type}) -> {type} {{ %y = nd.divide %z, %w : {type} return %y : {type} }}"
    with np.errstate(all="ignore"):
        (found,) = executor(text, how).call("f", z, w)
    for part in (np.real, np.imag):
        np.testing.assert_array_equal(part(found), part(expected))
        known = ~np.isnan(part(expected)) & ~np.isnan(found)
        np.testing.assert_array_equal(np.signbit(part(found))[known], np.signbit(part(expected))[known])


def test_finite_quotients_are_numpys() -> None:
    parts = [0.0, -0.0, 1, -2.5, 1e300]
    z = np.array([complex(x, y) for x in parts for y in parts])
    a, b = np.repeat(z, len(z)), np.tile(z, len(z))
    a, b = a[b != 0], b[b != 0]
    type = f"tensor<{len(a)}xcomplex<f64>>"
    text = f"func.func @f(%a: {type}, %b: {type}) -> {type} {{ %y = nd.divide %a, %b : {type} return %y : {type} }}"
    np.testing.assert_array_equal(Interpreter(parse_module(text)).call("f", a, b)[0], a / b)


def test_powers_of_zero_and_zeroth_powers() -> None:
    type = "tensor<6xcomplex<f64>>"
    text = f"func.func @f(%a: {type}, %b: {type}) -> {type} {{ %y = nd.pow %a, %b : {type} return %y : {type} }}"
    bases, exponents = np.array([0, 0, 0, 2j, N, 2j]), np.array([2 + 1j, 0, -1, 0, 0, 2])
    (found,) = Interpreter(parse_module(text)).call("f", bases, exponents)
    np.testing.assert_allclose(found, [0, 1, complex(N, N), 1, 1, -4])
