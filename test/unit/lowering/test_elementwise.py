"""Every elementwise op of `nd`, which are found by their trait: the interpreter against NumPy in doubles or against
Python's integers, native code against the interpreter; on corner values of all kinds of elements, at every rank, and on
nothing."""

from __future__ import annotations

import itertools
import math
import operator
from collections.abc import Callable
from typing import Any

import ml_dtypes
import numpy as np
import pytest
from unit.lowering.test_bits import width_of
from unit.lowering.test_element_types import COMPARISONS, FLOATS, INTEGERS, executors, limits_of

from irc.ir.traits import Elementwise
from irc.ir.types import TensorType
from irc.ods.registry import all_op_names, lookup_op
from irc.text.lexer import TokenStream
from irc.text.types import parse_type

OPS = {name: lookup_op(name) for name in all_op_names() if name.startswith("nd.")}
CHANGING = ("nd.cast", "nd.where", "nd.complex")
"""Ops whose result or first operand has elements of another type; they have tests of their own."""
ELEMENTWISE = {name: cls for name, cls in OPS.items() if Elementwise in cls.traits and name not in CHANGING}


def applied(name: str, type: str) -> str | None:
    """A function that applies an op to as many operands of a type as it takes; `None` where it does not take the type."""
    cls = ELEMENTWISE[name]
    operands = [field for field in cls.layout.operands if field.name != "into"]
    tensor = parse_type(TokenStream(type, "-"))
    assert isinstance(tensor, TensorType)
    if not all(field.constraint.accepts(tensor) for field in operands):
        return None
    out = type[: -len(str(tensor.element_type)) - 1] + "i1>" if name.removeprefix("nd.") in COMPARISONS else type
    arguments = ", ".join(f"%x{i}: {type}" for i in range(len(operands)))
    names = ", ".join(f"%x{i}" for i in range(len(operands)))
    return f"({arguments}) -> {out} {{ %y = {name} {names} : {type} return %y : {out} }}"


def functions(type: str) -> dict[str, str]:
    found = {name: applied(name, type) for name in ELEMENTWISE}
    return {name: text for name, text in found.items() if text is not None}


def module(texts: dict[str, str]) -> str:
    return "\n".join(f"func.func @{name.removeprefix('nd.')}{text}" for name, text in texts.items())


def operands_of(text: str, *values: Any) -> tuple[Any, ...]:
    return values[: text.partition("->")[0].count("%x")]


def step(values: np.ndarray, dtype: Any) -> np.ndarray:
    """The distance from one number of a float type to the next."""
    info = ml_dtypes.finfo(dtype)
    least = float(info.smallest_subnormal)
    with np.errstate(divide="ignore", invalid="ignore"):
        exponent = np.floor(np.log2(np.abs(np.where(np.isfinite(values), values, 0))))
    return np.maximum(2.0 ** np.where(np.isfinite(exponent), exponent - int(info.nmant), -2000), least)


def numbers_of(element: str) -> np.ndarray:
    """Corner values: zeros, ones, small and large numbers, what is subnormal, infinite and no number."""
    info = ml_dtypes.finfo(FLOATS[element])
    extremes = [float(getattr(info, name)) for name in ("max", "min", "tiny", "smallest_subnormal")]
    numbers = [0.0, -0.0, 1, -1, 0.5, -2.5, 3, np.inf, -np.inf, np.nan, -extremes[3], *extremes]
    with np.errstate(over="ignore", invalid="ignore"):
        return (
            np.array(numbers, np.float64).astype(np.float32 if element != "f64" else np.float64).astype(FLOATS[element])
        )


def pairs(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return np.repeat(values, len(values)), np.tile(values, len(values))


# -- floats ----------------------------------------------------------------------------------------------------------

IN_DOUBLES: dict[str, Callable[..., Any]] = {
    "negative": np.negative, "abs": np.abs, "exp": np.exp, "expm1": np.expm1, "log": np.log, "log1p": np.log1p,
    "sqrt": np.sqrt, "rsqrt": lambda x: 1 / np.sqrt(x), "sin": np.sin, "cos": np.cos, "tanh": np.tanh,
    "logistic": lambda x: 1 / (1 + np.exp(-x)), "erf": np.vectorize(math.erf), "erfc": np.vectorize(math.erfc),
    "floor": np.floor, "ceil": np.ceil, "round": np.rint, "sign": np.sign, "add": np.add, "subtract": np.subtract,
    "multiply": np.multiply, "divide": np.divide, "pow": np.power, "remainder": np.fmod, "atan2": np.arctan2,
    "maximum": np.maximum, "minimum": np.minimum, "equal": np.equal, "not_equal": np.not_equal, "less": np.less,
    "less_equal": np.less_equal, "greater": np.greater, "greater_equal": np.greater_equal,
}  # fmt: skip
CANCELLING = ("lgamma", "digamma")
"""Next to zeros left of the origin these lose digits."""
OF_SMALL_NUMBERS = ("sin", "cos")
"""Beyond some size NumPy computes these less exactly for f32."""


def assert_close(name: str, found: np.ndarray, expected: np.ndarray, dtype: Any, ulps: int) -> None:
    """The same numbers up to some units in the last place of a float type."""
    if found.dtype == np.bool_:
        np.testing.assert_array_equal(found, expected, name)
        return
    with np.errstate(over="ignore", invalid="ignore"):
        expected = expected.astype(np.float64).astype(np.float32 if dtype != np.float64 else np.float64).astype(dtype)
        a, b = found.astype(np.float64), expected.astype(np.float64)
        same = (a == b) | (np.isnan(a) & np.isnan(b))
        close = np.abs(a - b) <= ulps * step(b, dtype)
    assert (same | close).all(), (name, a[~(same | close)][:3], b[~(same | close)][:3])


@pytest.mark.parametrize("element", ["f64", "f32", "f16", "bf16", "f8E5M2", "f8E4M3FN", "f8E3M4"])
def test_floats(element: str) -> None:
    x, y = pairs(numbers_of(element))
    texts = functions(f"tensor<{len(x)}x{element}>")
    interpreter, native = executors(module(texts))
    with np.errstate(invalid="ignore"):
        wide = x.astype(np.float64), y.astype(np.float64)
    for name, text in texts.items():
        short = name.removeprefix("nd.")
        inputs = operands_of(text, x, y)
        (expected,), (found,) = interpreter.call(short, *inputs), native.call(short, *inputs)
        assert found.dtype == expected.dtype
        ulps = 64 if short in CANCELLING else 3
        assert_close(f"{short} on {element}, native", found, expected, FLOATS[element], ulps)
        if short in IN_DOUBLES and not (short in OF_SMALL_NUMBERS and element in ("f32", "bf16")):
            with np.errstate(all="ignore"):
                true = IN_DOUBLES[short](*operands_of(text, *wide))
            assert_close(f"{short} on {element}, interpreted", expected, true, FLOATS[element], 2)


# -- integers --------------------------------------------------------------------------------------------------------


def _quotient(a: int, b: int) -> int:
    return -1 if b == 0 else abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)


def _power(a: int, b: int) -> int:
    if b < 0:
        return 1 if a == 1 else (1 if b % 2 == 0 else -1) if a == -1 else 0
    return pow(a, b, 1 << 64)


OF_INTEGERS: dict[str, Callable[..., int]] = {
    "negative": operator.neg, "abs": abs, "sign": lambda a: (a > 0) - (a < 0), "add": operator.add,
    "subtract": operator.sub, "multiply": operator.mul, "divide": _quotient, "pow": _power, "maximum": max, "minimum": min,
    "remainder": lambda a, b: a if b == 0 else a - b * _quotient(a, b), "equal": operator.eq, "not_equal": operator.ne,
    "less": operator.lt, "less_equal": operator.le, "greater": operator.gt, "greater_equal": operator.ge,
}  # fmt: skip


@pytest.mark.parametrize("element", INTEGERS)
def test_integers(element: str) -> None:
    low, high = limits_of(element)
    width = width_of(element)
    numbers = sorted({low, low + 1, -1, 0, 1, 2, 3, high // 2, high - 1, high} & set(range(low, high + 1)) if width < 16 else
                     {n for n in (low, low + 1, -1, 0, 1, 2, 3, 7, high // 2, high - 1, high) if low <= n <= high})  # fmt: skip
    x, y = pairs(np.array(numbers, INTEGERS[element]))
    texts = functions(f"tensor<{len(x)}x{element}>")
    interpreter, native = executors(module(texts))
    for name, text in texts.items():
        short = name.removeprefix("nd.")
        inputs = operands_of(text, x, y)
        (expected,), (found,) = interpreter.call(short, *inputs), native.call(short, *inputs)
        np.testing.assert_array_equal(found, expected, f"{short} on {element}, native")
        if short in OF_INTEGERS:
            true = [OF_INTEGERS[short](*row) for row in zip(*(each.tolist() for each in inputs), strict=True)]
            wrapped = true if expected.dtype == np.bool_ else [(n - low) % (1 << width) + low for n in true]
            np.testing.assert_array_equal(
                expected, np.array(wrapped, expected.dtype), f"{short} on {element}, interpreted"
            )


def test_booleans() -> None:
    x, y = pairs(np.array([False, True]))
    texts = functions("tensor<4xi1>")
    interpreter, native = executors(module(texts))
    same = {"bitwise_and": "logical_and", "bitwise_or": "logical_or", "bitwise_xor": "logical_xor", "add": "logical_or",
            "bitwise_not": "logical_not", "multiply": "logical_and"}  # fmt: skip
    for name, text in texts.items():
        short = name.removeprefix("nd.")
        inputs = operands_of(text, x, y)
        (expected,), (found,) = interpreter.call(short, *inputs), native.call(short, *inputs)
        np.testing.assert_array_equal(found, expected, short)
        np.testing.assert_array_equal(expected, getattr(np, same.get(short, short))(*inputs), short)


# -- shapes ----------------------------------------------------------------------------------------------------------

SHAPES = ((), (0,), (5,), (17,), (2, 3), (3, 0), (2, 3, 4), (2, 0, 3))


@pytest.mark.parametrize("element", ["f32", "i32", "i1", "f8E4M3FN"])
def test_ranks_sizes_at_run_time_and_nothing(element: str) -> None:
    ranks = {rank: functions(f"tensor<{'?x' * rank}{element}>") for rank in range(4)}
    text = "\n".join(
        f"func.func @{name.removeprefix('nd.')}{rank}{text}"
        for rank, texts in ranks.items()
        for name, text in texts.items()
    )
    interpreter, native = executors(text)
    rng = np.random.default_rng(0)
    dtype: Any = np.bool_ if element == "i1" else FLOATS.get(element) or INTEGERS[element]
    for shape, name in itertools.product(SHAPES, ranks[0]):
        inputs = [np.asarray(rng.integers(1, 5, shape)).astype(dtype) for _ in range(2)]
        given = operands_of(ranks[len(shape)][name], *inputs)
        function = f"{name.removeprefix('nd.')}{len(shape)}"
        (expected,), (found,) = interpreter.call(function, *given), native.call(function, *given)
        assert found.shape == expected.shape == shape, function
        assert_close(function, np.asarray(found), np.asarray(expected), dtype, 3) if element[0] == "f" else (
            np.testing.assert_array_equal(found, expected, function)
        )
