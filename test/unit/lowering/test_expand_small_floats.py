"""Floats of a byte or less in compiled code: conversions of all of them, and of what lies between them, and arithmetic."""

from __future__ import annotations

from typing import Any

import ml_dtypes
import numpy as np
import pytest
from unit.codegen.native import native

from irc.ir.dense import FLOATS
from irc.ir.rounding import to_float
from irc.lowering.small_float_bits import KINDS

LANES = 16
WIDE: dict[str, Any] = {"f32": np.float32, "f64": np.float64, "f16": np.float16, "bf16": ml_dtypes.bfloat16}


def dtype_of(kind: str) -> np.dtype[Any]:
    module, name = FLOATS[kind]
    return np.dtype(getattr(module, name))


def converted(x: np.ndarray, source: str, target: str, to: Any) -> np.ndarray:
    """`x` in vectors from one type to the other."""
    op = "extf" if source in KINDS else "truncf"
    text = f"""
    func.func @f(%x: memref<?x{source}>, %y: memref<?x{target}>) {{
      %c0 = arith.constant 0 : index
      %step = arith.constant {LANES} : index
      %n = memref.dim %x, %c0 : memref<?x{source}>
      scf.for %i = %c0 to %n step %step {{
        %v = vector.load %x[%i] : memref<?x{source}>, vector<{LANES}x{source}>
        %r = arith.{op} %v : vector<{LANES}x{source}> to vector<{LANES}x{target}>
        vector.store %r, %y[%i] : memref<?x{target}>, vector<{LANES}x{target}>
      }}
      return
    }}"""
    padded = np.resize(x, -(-len(x) // LANES) * LANES)
    y = np.zeros(len(padded), to)
    native(text).call("f", padded, y)
    return y[: len(x)]


def every_number(kind: str) -> np.ndarray:
    bits = ml_dtypes.finfo(dtype_of(kind)).bits
    return np.arange(1 << bits).astype(np.uint8).view(dtype_of(kind))


def assert_same(found: np.ndarray, expected: np.ndarray) -> None:
    found, expected = found.astype(np.float64), expected.astype(np.float64)
    np.testing.assert_array_equal(found, expected)
    known = ~np.isnan(expected)
    np.testing.assert_array_equal(np.signbit(found[known]), np.signbit(expected[known]))


@pytest.mark.parametrize("target", WIDE)
@pytest.mark.parametrize("kind", KINDS)
def test_wider_types_take_every_number(kind: str, target: str) -> None:
    x = every_number(kind)
    with np.errstate(over="ignore", invalid="ignore"):
        expected = x.astype(np.float32).astype(WIDE[target])
    assert_same(converted(x, kind, target, WIDE[target]), expected)


@pytest.mark.parametrize("source", ["f32", "f64"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_nearest_number_is_taken(kind: str, source: str) -> None:
    dtype = dtype_of(kind)
    numbers = every_number(kind).astype(np.float64)
    numbers = np.unique(numbers[np.isfinite(numbers)])
    half = (numbers[1:] + numbers[:-1]) / 2
    steps = [np.nextafter(each, towards) for each in (numbers, half) for towards in (-np.inf, np.inf)]
    special = [0.0, -0.0, np.inf, -np.inf, np.nan, 1e30, -1e30, 1e-30, 1e300, -1e300, 1e-300]
    bits = np.arange(0, 1 << 32, 20_011, dtype=np.uint64).astype(np.uint32)
    with np.errstate(over="ignore", invalid="ignore"):
        x = np.concatenate([numbers, half, *steps, special, bits.view(np.float32)]).astype(WIDE[source])
        expected = to_float(x, dtype)
    assert_same(converted(x, source, kind, dtype), expected)


def test_scalars_constants_and_reductions() -> None:
    text = """
      memref.global "private" constant @table : memref<2xf8E4M3FN> = dense<[1.5, -448.0]>
      func.func @f(%x: f8E4M3FN, %i: index) -> (f8E4M3FN, f8E4M3FN, f8E4M3FN, i1, f4E2M1FN, i4) {
        %c = arith.constant 0.5 : f8E4M3FN
        %v = arith.constant dense<[1.0, 2.0, -3.0, 0.25]> : vector<4xf8E4M3FN>
        %t = memref.get_global @table : memref<2xf8E4M3FN>
        %0 = memref.load %t[%i] : memref<2xf8E4M3FN>
        %1 = arith.mulf %x, %c : f8E4M3FN
        %2 = vector.reduction <add>, %v : vector<4xf8E4M3FN> into f8E4M3FN
        %3 = arith.cmpf olt, %x, %c : f8E4M3FN
        %4 = math.exp %x : f8E4M3FN
        %5 = arith.extf %4 : f8E4M3FN to f32
        %6 = arith.truncf %5 : f32 to f4E2M1FN
        %7 = arith.bitcast %6 : f4E2M1FN to i4
        return %0, %1, %2, %3, %6, %7 : f8E4M3FN, f8E4M3FN, f8E4M3FN, i1, f4E2M1FN, i4
      }"""
    number = ml_dtypes.float8_e4m3fn
    found = native(text).call("f", number(1.75), 1)
    assert [float(each) for each in found] == [-448, 0.875, 0.25, 0, 6, 7]
    assert found[0].dtype == number
    assert found[4].dtype == ml_dtypes.float4_e2m1fn
