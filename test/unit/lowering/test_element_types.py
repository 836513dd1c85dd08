"""Every elementwise op, reduction, product and move of `nd` on every element type: native code agrees with the interpreter.

The operands are all pairs of corner values: extremes, signed zeros, infinities and NaN.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from irc.codegen.cpu.executor import CpuExecutor
from irc.interpreter.core import Interpreter
from irc.ir.dense import integer_limits
from irc.ir.verifier import verify_or_raise
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.pipelines import CPU
from irc.text.lexer import TokenStream
from irc.text.parser import parse_module
from irc.text.types import parse_type

Array = np.ndarray[Any, Any]

SIGNED = {"i8": np.int8, "i16": np.int16, "i32": np.int32, "i64": np.int64, "si8": np.int8, "si32": np.int32,
          "index": np.int64, "i4": np.int8, "i7": np.int8, "i12": np.int16, "i24": np.int32,
          "i33": np.int64}  # fmt: skip
UNSIGNED = {"ui8": np.uint8, "ui16": np.uint16, "ui32": np.uint32, "ui64": np.uint64, "ui5": np.uint8,
            "ui33": np.uint64}  # fmt: skip
FLOATS = {"f16": np.float16, "f32": np.float32, "f64": np.float64}
COMPLEX: dict[str, Any] = {"complex<f32>": np.complex64, "complex<f64>": np.complex128}


INTEGERS: dict[str, Any] = {**SIGNED, **UNSIGNED}


def limits_of(element: str) -> tuple[int, int]:
    """The least and the greatest integer."""
    return integer_limits(parse_type(TokenStream(element, "-")))


def corners(element: str) -> Array:
    if element in FLOATS:
        return np.array([0.0, -0.0, 1, -1, np.inf, -np.inf, np.nan, 2.5, -3.5], FLOATS[element])
    if element in COMPLEX:
        return np.array([0, complex(-0.0, -0.0), 1 + 2j, -1j, complex(np.inf, 1), complex(0, -np.inf), complex(np.nan, 3),
                         2.5 - 3.5j, -3.5], COMPLEX[element])  # fmt: skip
    if element == "i1":
        return np.array([0, 1, 0, 1, 1, 0, 1, 0, 1], np.bool_)
    low, high = limits_of(element)
    small = [0, 1, 2, 3, 7] if element in UNSIGNED else [0, 1, -1, 3, -7]
    return np.array([*small, high, low, high // 2, min(high, 100)], INTEGERS[element])


FAR = np.array([0.0, -0.0, 0.5, -0.5, 1.5, -1.5, 127, 128, -128, -129, 255, 256, 2.0**31, -(2.0**31), 2.0**32, 2.0**63,
                -(2.0**63), 2.0**64, 1e30, -1e30, np.inf, -np.inf, np.nan, 3.7, -3.7, 65535, 65536])  # fmt: skip
"""Floats around the ends of the integers' ranges."""

COMPARISONS = ("equal", "not_equal", "less", "less_equal", "greater", "greater_equal")
ON_ANYTHING = ("add", "multiply", "maximum", "minimum")
ON_NUMBERS = ("subtract", "divide", "remainder")
ORDERED = ("maximum", "minimum", "less", "less_equal", "greater", "greater_equal", "remainder", "max", "min")
"""Complex numbers have none of these."""
ELEMENTS = (*SIGNED, *UNSIGNED, *FLOATS, *COMPLEX, "i1")


def functions(element: str) -> Iterator[tuple[str, str]]:
    """The names and texts of functions of pairs `tensor<81x…>`; reductions and products take nine of the elements."""
    without = ORDERED if element in COMPLEX else ()
    for name, text in _functions(element):
        if name.rstrip("01") not in without:
            yield name, text


def _functions(element: str) -> Iterator[tuple[str, str]]:
    pairs, square = f"tensor<81x{element}>", f"tensor<9x9x{element}>"
    boolean = element == "i1"
    powers = () if element in (*FLOATS, *COMPLEX) or boolean else ("pow",)  # not correctly rounded on floats
    for op in (*ON_ANYTHING, *COMPARISONS, *(() if boolean else (*ON_NUMBERS, *powers))):
        out = "tensor<81xi1>" if op in COMPARISONS else pairs
        yield op, f"(%x: {pairs}, %y: {pairs}) -> {out} {{ %z = nd.{op} %x, %y : {pairs} return %z : {out} }}"
    for op in () if boolean else ("negative", "abs", "sign"):
        out = f"tensor<81x{part_of(element)}>" if op == "abs" else pairs
        yield op, f"(%x: {pairs}, %y: {pairs}) -> {out} {{ %z = nd.{op} %x : {pairs} return %z : {out} }}"
    for op in ("sum", "prod", "max", "min", *(("any", "all") if boolean else ())):
        for axis in (0, 1):
            yield (
                f"{op}{axis}",
                (
                    f"(%x: {pairs}, %y: {pairs}) -> tensor<9x{element}> {{ %m = nd.reshape %x : {pairs} -> {square} "
                    f"%z = nd.{op} %m axes = [{axis}] : {square} -> tensor<9x{element}> return %z : tensor<9x{element}> }}"
                ),
            )
    yield (
        "matmul",
        (
            f"(%x: {pairs}, %y: {pairs}) -> {square} {{ %a = nd.reshape %x : {pairs} -> {square} "
            f"%b = nd.reshape %y : {pairs} -> {square} "
            f"%z = nd.matmul %a, %b : {square}, {square} -> {square} return %z : {square} }}"
        ),
    )
    yield from moves(element)
    for target in ELEMENTS:
        out = f"tensor<81x{target}>"
        yield (
            f"to_{part_of(target)}{'c' * (target in COMPLEX)}",
            (f"(%x: {pairs}, %y: {pairs}) -> {out} {{ %z = nd.cast %x : {pairs} -> {out} return %z : {out} }}"),
        )


def part_of(element: str) -> str:
    """The type of a complex number's parts."""
    return element.removeprefix("complex<").removesuffix(">")


def moves(element: str) -> Iterator[tuple[str, str]]:
    """Functions that take elements as they are, with constants among them."""
    pairs, square, row = f"tensor<81x{element}>", f"tensor<9x9x{element}>", f"tensor<9x{element}>"
    number = "true" if element == "i1" else "3.0" if element in FLOATS else "3"
    number = "(3.0, -0.5)" if element in COMPLEX else number
    bodies = {
        "splat": (f"%z = nd.constant dense<{number}> : {pairs}", pairs),
        "constant": (f"%z = nd.constant dense<[{number}, {number.replace('3', '7')}]> : tensor<2x{element}>",
                     f"tensor<2x{element}>"),
        "concat": (f"%c = nd.constant dense<{number}> : {row} %z = nd.concat %x, %c axis = 0 : {pairs}, {row} -> "
                   f"tensor<90x{element}>", f"tensor<90x{element}>"),
        "slice": (f"%z = nd.slice %x [1:80:3] : {pairs} -> tensor<27x{element}>", f"tensor<27x{element}>"),
        "pad": (f"%v = nd.constant dense<{number}> : tensor<{element}> %z = nd.pad %x, %v low = [2] high = [-1] "
                f"interior = [1] : {pairs}, tensor<{element}> -> tensor<162x{element}>", f"tensor<162x{element}>"),
        "permute": (f"%m = nd.reshape %x : {pairs} -> {square} %z = nd.permute_dims %m axes = [1, 0] : {square} -> {square}",
                    square),
        "broadcast": (f"%r = nd.slice %x [0:9] : {pairs} -> {row} %z = nd.broadcast_to %r : {row} -> {square}", square),
        "where": (f"%c = nd.equal %x, %y : {pairs} %z = nd.where %c, %x, %y : tensor<81xi1>, {pairs}", pairs),
        "update": (f"%i = arith.constant 5 : index %u = nd.slice %y [0:9] : {pairs} -> {row} "
                   f"%z = nd.dynamic_update_slice %x, %u[%i] : {pairs}, {row}", pairs),
    }  # fmt: skip
    if element != "i1":
        bodies["iota"] = (f"%z = nd.iota axis = 0 : {row}", row)
    for name, (body, out) in bodies.items():
        yield name, f"(%x: {pairs}, %y: {pairs}) -> {out} {{ {body} return %z : {out} }}"


def assert_equal(name: str, found: Array, expected: Array) -> None:
    """The same dtype, numbers (sums and products of floats may be rounded otherwise), NaNs, and signs of zeros."""
    assert found.dtype == expected.dtype, name
    if found.dtype.kind == "c":
        assert_equal_parts(name, found, expected)
        return
    ordered = found.dtype.kind == "f" and name.startswith(("sum", "prod", "matmul"))
    tolerance = 4 * float(np.finfo(found.dtype).eps) if ordered else 0
    np.testing.assert_allclose(found, expected, rtol=tolerance, atol=0, err_msg=name)
    if found.dtype.kind == "f":
        known = ~np.isnan(expected)
        np.testing.assert_array_equal(np.signbit(found[known]), np.signbit(expected[known]), err_msg=name)


def assert_equal_parts(name: str, found: Array, expected: Array) -> None:
    """Complex numbers, by their size: NumPy's products are fused. What infinities give in a product depends on the order."""
    if name.startswith(("prod", "matmul")):
        finite = np.isfinite(expected)
        np.testing.assert_array_equal(np.isfinite(found), finite, err_msg=name)
        found, expected = found[finite], expected[finite]
    tolerance = 16 * float(np.finfo(found.dtype).eps)
    for part in (np.real, np.imag):
        np.testing.assert_allclose(part(found), part(expected), rtol=tolerance, atol=32 * tolerance, err_msg=name)


def executors(text: str) -> tuple[Interpreter, CpuExecutor]:
    reference, module = parse_module(text, "elements.mlir"), parse_module(text, "elements.mlir")
    verify_or_raise(reference)
    PassManager(parse_pipeline(CPU)).run(module)
    return Interpreter(reference), CpuExecutor(module)


@pytest.mark.parametrize("element", ELEMENTS)
def test_native_code_agrees_on_corner_values(element: str) -> None:
    names, texts = zip(*functions(element), strict=True)
    interpreter, native = executors("\n".join(f"func.func @{n}{t}" for n, t in zip(names, texts, strict=True)))
    values = corners(element)
    pairs = (np.repeat(values, 9), np.tile(values, 9))
    for name in names:
        (expected,), (found,) = interpreter.call(name, *pairs), native.call(name, *pairs)
        assert_equal(name, found, expected)


@pytest.mark.parametrize("source", FLOATS)
def test_floats_beyond_an_integer_type_saturate(source: str) -> None:
    n = len(FAR)
    text = "\n".join(
        f"func.func @{to}(%x: tensor<{n}x{source}>) -> tensor<{n}x{to}> {{ "
        f"%y = nd.cast %x : tensor<{n}x{source}> -> tensor<{n}x{to}> return %y : tensor<{n}x{to}> }}"
        for to in (*SIGNED, *UNSIGNED)
    )
    with np.errstate(over="ignore"):
        x = FAR.astype(FLOATS[source])
    interpreter, native = executors(text)
    for to in INTEGERS:
        (expected,), (found,) = interpreter.call(to, x), native.call(to, x)
        assert_equal(to, found, expected)
        low, high = limits_of(to)
        assert (found[20], found[21], found[22]) == (high, low, 0)
