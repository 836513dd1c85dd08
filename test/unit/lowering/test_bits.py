"""Ops on bits: what they give on every element type, computed again with Python's integers, by every executor."""

from __future__ import annotations

from typing import Any

import ml_dtypes
import numpy as np
import pytest
from unit.lowering.levels import check_levels
from unit.lowering.test_element_types import executors

from irc.ir.dense import dtype_of, fit
from irc.ir.diagnostic import DiagnosedError
from irc.text.lexer import TokenStream
from irc.text.types import parse_type

INTEGERS = ("i8", "i16", "i32", "i64", "si8", "ui8", "ui16", "ui32", "ui64", "index", "i2", "i4", "i7", "ui5", "ui33")


def width_of(type: str) -> int:
    return 64 if type == "index" else int(type.lstrip("uis"))


def stored(numbers: list[int], type: str) -> np.ndarray:
    """The numbers modulo two to the width, as elements of a type."""
    parsed = parse_type(TokenStream(type, "-"))
    if type == "i1":
        return np.array([n & 1 for n in numbers], np.bool_)
    return fit(np.array([n % (1 << 64) for n in numbers], np.uint64).astype(dtype_of(parsed)), parsed)


def patterns(width: int) -> list[int]:
    top = (1 << width) - 1
    return [0, 1, top, top >> 1, 1 << (width - 1), 0x5555555555555555 & top, 0xC3A5_0F00_1234_9876 & top, 6 & top]


def right(x: int, n: int, width: int, *, arithmetic: bool) -> int:
    sign = arithmetic and x >> (width - 1)
    return (x - (sign << width)) >> min(n, width)


BINARY = {
    "bitwise_and": lambda x, y, width, signed: x & y,
    "bitwise_or": lambda x, y, width, signed: x | y,
    "bitwise_xor": lambda x, y, width, signed: x ^ y,
    "bitwise_left_shift": lambda x, n, width, signed: x << n if n < width else 0,
    "bitwise_right_shift": lambda x, n, width, signed: right(x, n, width, arithmetic=signed),
    "logical_right_shift": lambda x, n, width, signed: right(x, n, width, arithmetic=False),
}
UNARY = {
    "bitwise_not": lambda x, width: ~x,
    "popcount": lambda x, width: x.bit_count(),
    "count_leading_zeros": lambda x, width: width - x.bit_length(),
}
ON_BOOLEANS = ("bitwise_and", "bitwise_or", "bitwise_xor", "bitwise_not")


@pytest.mark.parametrize("type", [*INTEGERS, "i1"])
def test_logic_shifts_and_counts(type: str) -> None:
    width, signed = width_of(type), not type.startswith("u")
    amounts = [0, 1, 2, width - 1, width, width + 1, -1, -width]
    pairs = [(x, n % (1 << width)) for x in patterns(width) for n in (*amounts, *patterns(width))]
    tensor = f"tensor<{len(pairs)}x{type}>"
    binary = [op for op in BINARY if type != "i1" or op in ON_BOOLEANS]
    unary = [op for op in UNARY if type != "i1" or op in ON_BOOLEANS]
    text = "\n".join(
        f"func.func @{op}(%x: {tensor}, %y: {tensor}) -> {tensor} "
        f"{{ %z = nd.{op} %x{', %y' if op in binary else ''} : {tensor} return %z : {tensor} }}"
        for op in (*binary, *unary)
    )
    x, n = (stored([pair[i] for pair in pairs], type) for i in (0, 1))
    for executor in executors(text):
        for op in binary:
            expected = stored([BINARY[op](*pair, width, signed) for pair in pairs], type)
            np.testing.assert_array_equal(executor.call(op, x, n)[0], expected, op)
        for op in unary:
            expected = stored([UNARY[op](a, width) for a, _ in pairs], type)
            np.testing.assert_array_equal(executor.call(op, x, n)[0], expected, op)


def bytes_of(shape: tuple[int, ...], dtype: Any) -> np.ndarray:
    dtype = np.dtype(dtype)
    count = int(np.prod(shape, dtype=int)) * dtype.itemsize
    return np.frombuffer(np.random.default_rng(1).bytes(count), dtype).reshape(shape)


VIEWS = {
    "same": ("5x3xf32", "5x3xi32", np.float32, np.int32, (5, 3)),
    "unsigned": ("5xui64", "5xf64", np.uint64, np.float64, (5,)),
    "small": ("7xbf16", "7xf16", ml_dtypes.bfloat16, np.float16, (7,)),
    "narrower": ("5xf64", "5x2xf32", np.float64, np.float32, (5,)),
    "scalar": ("i64", "8xui8", np.int64, np.uint8, ()),
    "wider": ("5x4xui8", "5xi32", np.uint8, np.int32, (5, 4)),
    "to scalar": ("4xf16", "f64", np.float16, np.float64, (4,)),
    "dynamic": ("?x?xi32", "?xf64", np.int32, np.float64, (6, 2)),
    "dynamic parts": ("?xi32", "?x4xi8", np.int32, np.int8, (6,)),
    "empty": ("0xi32", "0x2xi16", np.int32, np.int16, (0,)),
}


@pytest.mark.parametrize("case", VIEWS)
def test_bitcasts_are_views_of_memory(case: str) -> None:
    source, target, before, after, shape = VIEWS[case]
    text = (
        f"func.func @f(%x: tensor<{source}>) -> tensor<{target}> {{ "
        f"%y = nd.bitcast %x : tensor<{source}> -> tensor<{target}> return %y : tensor<{target}> }}"
    )
    x = bytes_of(shape, before)
    for executor in executors(text):
        (found,) = executor.call("f", x)
        assert found.dtype == after
        assert found.tobytes() == x.tobytes()
        assert len(found.shape) == target.count("x")


def test_bits_narrower_than_a_byte_are_taken_from_the_lowest_on() -> None:
    text = """
      func.func @four(%x: tensor<2xi16>) -> tensor<2x4xi4> {
        %y = nd.bitcast %x : tensor<2xi16> -> tensor<2x4xi4>
        return %y : tensor<2x4xi4>
      }
      func.func @one(%x: tensor<2xui8>) -> (tensor<2x8xi1>, tensor<2xui8>) {
        %y = nd.bitcast %x : tensor<2xui8> -> tensor<2x8xi1>
        %z = nd.bitcast %y : tensor<2x8xi1> -> tensor<2xui8>
        return %y, %z : tensor<2x8xi1>, tensor<2xui8>
      }"""
    for executor in executors(text):
        assert executor.call("four", np.array([0x7F01, -2], np.int16))[0].tolist() == [[1, 0, -1, 7], [-2, -1, -1, -1]]
        x = np.array([0x81, 0x3C], np.uint8)
        bits, back = executor.call("one", x)
        assert bits.astype(int).tolist() == [[1, 0, 0, 0, 0, 0, 0, 1], [0, 0, 1, 1, 1, 1, 0, 0]]
        assert back.tolist() == x.tolist()


def test_a_last_axis_of_another_size_is_an_error() -> None:
    text = """func.func @f(%x: tensor<?x?xi32>) -> tensor<?xf64> {
      %y = nd.bitcast %x : tensor<?x?xi32> -> tensor<?xf64>
      return %y : tensor<?xf64>
    }"""
    interpreter, native = executors(text)
    with pytest.raises(DiagnosedError, match="the last axis of the operand has size 3, expected 2"):
        interpreter.call("f", np.zeros((2, 3), np.int32))
    with pytest.raises(DiagnosedError, match=r"the last axis of the operand of 'nd.bitcast' op is not of size 2"):
        native.call("f", np.zeros((2, 3), np.int32))


def test_every_level() -> None:
    text = """func.func @f(%x: tensor<?x3xi32>, %n: tensor<?x3xi32>) -> (tensor<?x3xi32>, tensor<?x3x4xi8>, tensor<?x3xi32>) {
      %a = nd.bitwise_left_shift %x, %n : tensor<?x3xi32>
      %b = nd.bitwise_right_shift %a, %n : tensor<?x3xi32>
      %c = nd.bitcast %b : tensor<?x3xi32> -> tensor<?x3x4xi8>
      %d = nd.bitcast %c : tensor<?x3x4xi8> -> tensor<?x3xi32>
      %e = nd.count_leading_zeros %d : tensor<?x3xi32>
      return %b, %c, %e : tensor<?x3xi32>, tensor<?x3x4xi8>, tensor<?x3xi32>
    }"""
    rng = np.random.default_rng(0)
    x = rng.integers(-(1 << 31), 1 << 31, (4, 3)).astype(np.int32)
    check_levels(text, [x, rng.integers(-2, 36, (4, 3)).astype(np.int32)])


def test_the_next_number_is_a_step_of_the_bits() -> None:
    """`nextafter` needs no op of its own: the numbers of a float type are in the order of their bits, up to the sign."""
    text = """func.func @f(%x: tensor<12xf32>, %y: tensor<12xf32>) -> tensor<12xf32> {
      %zero = nd.constant dense<0.0> : tensor<12xf32>
      %none = nd.constant dense<0> : tensor<12xi32>
      %one = nd.constant dense<1> : tensor<12xi32>
      %minus = nd.constant dense<-1> : tensor<12xi32>
      %sign = nd.constant dense<0x80000000> : tensor<12xi32>
      %bits = nd.bitcast %x : tensor<12xf32> -> tensor<12xi32>
      %less = nd.less %x, %y : tensor<12xf32>
      %negative = nd.less %bits, %none : tensor<12xi32>
      %towards = nd.logical_xor %less, %negative : tensor<12xi1>
      %step = nd.where %towards, %one, %minus : tensor<12xi1>, tensor<12xi32>
      %stepped = nd.add %bits, %step : tensor<12xi32>
      %to = nd.bitcast %y : tensor<12xf32> -> tensor<12xi32>
      %of_y = nd.bitwise_and %to, %sign : tensor<12xi32>
      %least = nd.bitwise_or %of_y, %one : tensor<12xi32>
      %is_zero = nd.equal %x, %zero : tensor<12xf32>
      %moved = nd.where %is_zero, %least, %stepped : tensor<12xi1>, tensor<12xi32>
      %number = nd.bitcast %moved : tensor<12xi32> -> tensor<12xf32>
      %same = nd.equal %x, %y : tensor<12xf32>
      %there = nd.where %same, %y, %number : tensor<12xi1>, tensor<12xf32>
      %sum = nd.add %x, %y : tensor<12xf32>
      %x_nan = nd.not_equal %x, %x : tensor<12xf32>
      %y_nan = nd.not_equal %y, %y : tensor<12xf32>
      %unknown = nd.logical_or %x_nan, %y_nan : tensor<12xi1>
      %z = nd.where %unknown, %sum, %there : tensor<12xi1>, tensor<12xf32>
      return %z : tensor<12xf32>
    }"""
    inf, nan, top = np.inf, np.nan, np.finfo(np.float32).max
    x = np.array([0, -0.0, 0, 1, 1, -1, top, inf, -inf, nan, 1, 0], np.float32)
    y = np.array([1, -1, -0.0, 2, 0, -2, inf, 0, 0, 1, nan, 0], np.float32)
    with np.errstate(over="ignore"):
        expected = np.nextafter(x, y)
    for executor in executors(text):
        (found,) = executor.call("f", x, y)
        np.testing.assert_array_equal(found, expected)
        np.testing.assert_array_equal(np.signbit(found[:9]), np.signbit(expected[:9]))
