"""The polynomials of `expand-math`: at most 3 units in the last place from the true value, and right at special values."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from unit.codegen.native import native

from irc.lowering.math_exponentials import PRODUCTS

INF, NAN = math.inf, math.nan
TYPES: dict[str, tuple[Any, int]] = {"f32": (np.float32, 16), "f64": (np.float64, 8)}

# Where each function is sampled: the range in which it does anything, for f32 and f64.
RANGES = {
    "exp": ((-104, 89), (-745, 710)),
    "expm1": ((-20, 89), (-40, 710)),
    "log": ((1e-38, 10), (1e-300, 10)),
    "log1p": ((-1, 10), (-1, 10)),
    "tanh": ((-10, 10), (-20, 20)),
    "erf": ((-4.5, 4.5), (-6.5, 6.5)),
    "sin": ((-65536, 65536), (-1e6, 1e6)),
    "cos": ((-65536, 65536), (-1e6, 1e6)),
}
# At 0, -0, inf, -inf, NaN and the smallest subnormal number (which stands for itself).
TINY = "tiny"
SPECIAL = {
    "exp": (1, 1, INF, 0, NAN, 1),
    "expm1": (0.0, -0.0, INF, -1, NAN, TINY),
    "log": (-INF, -INF, INF, NAN, NAN, None),
    "log1p": (0.0, -0.0, INF, NAN, NAN, TINY),
    "tanh": (0.0, -0.0, 1, -1, NAN, TINY),
    "erf": (0.0, -0.0, 1, -1, NAN, TINY),
    "sin": (0.0, -0.0, NAN, NAN, NAN, TINY),
    "cos": (1, 1, NAN, NAN, NAN, 1),
}


def compiled(name: str, type: str, operands: int = 1):
    """`name` on whole arrays, a vector at a time; arrays must be a multiple of the vector long."""
    _, lanes = TYPES[type]
    memref, vector = f"memref<?x{type}>", f"vector<{lanes}x{type}>"
    arguments = [f"%x{i}" for i in range(operands)]
    loads = [f"%v{i} = vector.load {x}[%i] : {memref}, {vector}" for i, x in enumerate(arguments)]
    values = ", ".join(f"%v{i}" for i in range(operands))
    text = f"""
    func.func @f({", ".join(f"{x}: {memref}" for x in arguments)}, %y: {memref}) {{
      %c0 = arith.constant 0 : index
      %step = arith.constant {lanes} : index
      %n = memref.dim %y, %c0 : {memref}
      scf.for %i = %c0 to %n step %step {{
        {" ".join(loads)}
        %r = math.{name} {values} : {vector}
        vector.store %r, %y[%i] : {memref}, {vector}
      }}
      return
    }}"""
    code = native(text)

    def call(*arrays):
        result = np.empty_like(arrays[0])
        code.call("f", *arrays, result)
        return result

    return call


def reference(name: str, x: np.ndarray) -> np.ndarray:
    """In `longdouble`, where this platform's has more digits than `float64` (else the test has nothing to compare with)."""
    if name == "erf":
        return np.array([math.erf(each) for each in x.tolist()], np.longdouble)
    return getattr(np, name)(x.astype(np.longdouble))


def error_in_ulps(found: np.ndarray, exact: np.ndarray) -> np.ndarray:
    rounded = exact.astype(found.dtype)
    spacing = np.spacing(np.abs(rounded)).astype(np.longdouble)
    return np.where(found == rounded, 0, np.abs(found.astype(np.longdouble) - exact) / spacing)


@pytest.mark.parametrize("type", TYPES)
@pytest.mark.parametrize("name", RANGES)
def test_error_is_at_most_three_ulps(name, type):
    if type == "f64" and np.finfo(np.longdouble).nmant <= 52:
        pytest.skip("needs a longdouble of more than 53 bits")
    dtype, lanes = TYPES[type]
    rng = np.random.default_rng(0)
    low, high = RANGES[name][type == "f64"]
    count = 512 * lanes
    near_zero = 10.0 ** rng.uniform(-30, 0, count) * (1 if name == "log" else rng.choice([-1, 1], count))
    samples = [rng.uniform(low, high, count), near_zero, rng.uniform(max(low, -2), 2, count)]
    if name in ("sin", "cos"):
        samples.append(rng.integers(-40_000, 40_000, count) * (np.pi / 2))
    x = np.concatenate(samples).astype(dtype)
    with np.errstate(all="ignore"):
        exact = reference(name, x)
        within = np.isfinite(exact.astype(dtype))
        errors = error_in_ulps(compiled(name, type)(x), exact)
    # The reference for erf in f64 is itself off by up to one unit.
    limit = 4 if (name, type) == ("erf", "f64") else 3
    worst = np.argmax(np.where(within, errors, 0))
    assert errors[worst] <= limit, f"{name}({x[worst]!r})"
    assert errors[within].mean() < 1


@pytest.mark.parametrize("type", TYPES)
@pytest.mark.parametrize("name", SPECIAL)
def test_special_values(name, type):
    dtype, lanes = TYPES[type]
    tiny = np.finfo(dtype).smallest_subnormal
    x = np.array([0.0, -0.0, INF, -INF, NAN, tiny, *[1.0] * (lanes - 6)], dtype)
    found = compiled(name, type)(x)
    for value, expected in zip(found, SPECIAL[name], strict=False):
        if expected is None:
            continue
        wanted = tiny if expected == TINY else expected
        np.testing.assert_equal(value, dtype(wanted))


@pytest.mark.parametrize("type", TYPES)
def test_overflow_and_underflow(type):
    dtype, lanes = TYPES[type]
    edge = {"f32": (88.72, 88.73, -103.0, -104.0), "f64": (709.78, 709.79, -745.0, -746.0)}[type]
    x = np.resize(np.array(edge, dtype), lanes)
    below, above, subnormal, zero = compiled("exp", type)(x)[:4]
    assert np.isfinite(below)
    assert above == INF
    assert 0 < subnormal < np.finfo(dtype).smallest_normal
    assert zero == 0


def test_logarithms_of_subnormal_numbers():
    x = np.resize(np.array([1e-40, 1e-45, 1.2e-38, 1e-39], np.float32), 16)
    np.testing.assert_allclose(compiled("log", "f32")(x), np.log(x.astype(np.float64)), rtol=1e-7)


@pytest.mark.parametrize("name", ["sin", "cos"])
@pytest.mark.parametrize("type", TYPES)
def test_huge_arguments_are_left_to_the_library(name, type):
    dtype, lanes = TYPES[type]
    x = np.resize(np.array([1e10, 0.5, -3e20, 1e7], dtype), lanes)
    exact = np.array([getattr(math, name)(float(each)) for each in x])
    np.testing.assert_allclose(compiled(name, type)(x), exact, rtol=4 * np.finfo(dtype).eps)


POWERS = [0.0, -0.0, 1.0, -1.0, 2.0, -2.0, 3.0, 0.5, -0.5, -3.0, INF, -INF, NAN, 1e10, 7.0, 16777216.0]


def test_powers_at_special_values():
    x, y = (part.reshape(-1).astype(np.float32) for part in np.meshgrid(POWERS, POWERS))
    with np.errstate(all="ignore"):
        expected = np.power(x, y)
    # Zeros, infinities and NaN agree exactly; other results to an ulp, as everywhere.
    np.testing.assert_allclose(compiled("powf", "f32", 2)(x, y), expected, rtol=3e-7)


def test_powers_are_within_an_ulp():
    rng = np.random.default_rng(0)
    x = (10.0 ** rng.uniform(-5, 5, 4096)).astype(np.float32)
    y = rng.uniform(-7, 7, 4096).astype(np.float32)
    exact = np.power(x.astype(np.longdouble), y.astype(np.longdouble))
    assert error_in_ulps(compiled("powf", "f32", 2)(x, y), exact).max() <= 1


@pytest.mark.parametrize("type", TYPES)
@pytest.mark.parametrize("y", sorted(PRODUCTS))
def test_powers_of_small_constants(y, type):
    """By products and a root: within 3 units, and exact at special values, to the signs of zeros."""
    dtype, lanes = TYPES[type]
    vector, memref = f"vector<{lanes}x{type}>", f"memref<?x{type}>"
    code = native(f"""
    func.func @f(%x: {memref}) {{
      %c0 = arith.constant 0 : index
      %step = arith.constant {lanes} : index
      %n = memref.dim %x, %c0 : {memref}
      %y = arith.constant dense<{y:.1f}> : {vector}
      scf.for %i = %c0 to %n step %step {{
        %v = vector.load %x[%i] : {memref}, {vector}
        %r = math.powf %v, %y : {vector}
        vector.store %r, %x[%i] : {memref}, {vector}
      }}
      return
    }}""")
    rng = np.random.default_rng(0)
    special = [0.0, -0.0, 1.0, -1.0, INF, -INF, NAN, -2.0, 1e-30, 1e30, 1e-40, 3e38, *[4.0] * 4]
    x = np.concatenate([special, np.exp(rng.uniform(-80, 80, 4000)), -np.exp(rng.uniform(-20, 20, 512))]).astype(dtype)
    found = x.copy()
    code.call("f", found)
    with np.errstate(all="ignore"):
        exact = np.power(x.astype(np.longdouble), np.longdouble(y))
        rounded = exact.astype(dtype)
    ordinary = np.isfinite(rounded) & (rounded != 0)
    assert error_in_ulps(found[ordinary], exact[ordinary]).max() <= 3
    np.testing.assert_array_equal(found[~ordinary], rounded[~ordinary])
    known = ~np.isnan(rounded)
    np.testing.assert_array_equal(np.signbit(found)[known], np.signbit(rounded)[known])


def test_scalars_and_narrow_types():
    text = """
    func.func @f(%x: f32, %y: bf16) -> (f32, bf16) {
      %0 = math.exp %x : f32
      %1 = math.exp %y : bf16
      return %0, %1 : f32, bf16
    }"""
    import ml_dtypes  # noqa: PLC0415

    x, y = native(text).call("f", 1.0, ml_dtypes.bfloat16(1))
    assert x == pytest.approx(math.e, rel=1e-7)
    assert y == ml_dtypes.bfloat16(math.e)
