"""Integers and floats at the ends of their ranges, and arrays where Python and NumPy expect numbers.

The expected numbers are JAX's.
"""

from __future__ import annotations

import copy
import operator
import pickle
from collections.abc import Callable
from typing import Any

import ml_dtypes
import numpy as np
import pytest

import irc
import irc.numpy as jnp
from irc import lax

SMALL = [
    "bfloat16", "float8_e5m2", "float8_e4m3fn", "float8_e4m3", "float8_e5m2fnuz", "float8_e4m3fnuz", "float8_e4m3b11fnuz",
    "float8_e3m4",
]  # fmt: skip


# -- integers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dtype", ["int8", "int32", "int64", "uint8", "uint64"])
def test_division_by_zero(dtype: str) -> None:
    x = np.array([5, 0, 7], dtype)
    zero = np.zeros(3, dtype)
    unsigned = dtype.startswith("u")
    top = np.iinfo(dtype).max
    expected = {
        "floor_divide": [top] * 3 if unsigned else [-2, -1, -2],
        "remainder": [0] * 3,
        "fmod": [0] * 3,
        "div": [top] * 3 if unsigned else [-1] * 3,
        "rem": [5, 0, 7],
    }
    functions = {name: getattr(jnp, name, None) or getattr(lax, name) for name in expected}
    compiled = irc.jit(lambda x, y: {name: f(x, y) for name, f in functions.items()})(x, zero)
    for name, function in functions.items():
        for found in (function(x, zero), compiled[name]):
            assert found.dtype == dtype
            np.testing.assert_array_equal(np.asarray(found), np.array(expected[name], dtype), err_msg=name)


def test_integers_of_python_out_of_range() -> None:
    """They wrap around in arithmetic, as in JAX, unless they take more than 64 bits."""
    x = jnp.asarray(np.array([5], np.uint8))
    for call in (
        lambda: jnp.uint8(300),
        lambda: jnp.asarray([-1], dtype="uint8"),
        lambda: x + 2**70,
        lambda: x < 2**63,
    ):
        with pytest.raises(OverflowError, match="out of bounds"):
            call()
    assert int((x + 300)[0]) == (5 + 300) % 256
    for power in (lambda: x**-1, lambda: lax.integer_pow(x, -2)):
        with pytest.raises(TypeError, match="negative power"):
            power()


def test_booleans_are_integers_where_they_are_divided() -> None:
    x = np.array([True, False])
    for name, expected in (("floor_divide", [1, 0]), ("remainder", [0, 0]), ("power", [1, 0])):
        found = getattr(jnp, name)(x, True)
        assert found.dtype.kind == "i"
        np.testing.assert_array_equal(np.asarray(found), expected)


def test_arithmetic_shifts_of_unsigned_numbers() -> None:
    found = lax.shift_right_arithmetic(np.array([255, 255, 8], np.uint8), np.array([1, 100, 2], np.uint8))
    np.testing.assert_array_equal(np.asarray(found), np.array([255, 255, 2], np.uint8))


def test_bounds_of_loops() -> None:
    with pytest.raises(TypeError, match="integers without axes, got float32"):
        lax.fori_loop(0.0, 3.0, lambda i, x: x, 1)


# -- small floats ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SMALL)
def test_order_of_small_floats(name: str) -> None:
    """NaN is last, or first in descending order; at once as compiled."""
    dtype = np.dtype(getattr(ml_dtypes, name))
    wide = np.array([1, np.nan, -1, 0.5, np.nan, 2], np.float32)
    x = wide.astype(dtype)
    number = np.sort(wide)
    for sort in (jnp.sort, irc.jit(jnp.sort)):
        np.testing.assert_array_equal(np.asarray(sort(x)).astype(np.float32), number)
    np.testing.assert_array_equal(np.asarray(jnp.argsort(x)), [2, 3, 0, 5, 1, 4])
    np.testing.assert_array_equal(np.asarray(jnp.argsort(x, descending=True)), [1, 4, 5, 0, 3, 2])
    np.testing.assert_array_equal(np.asarray(lax.top_k(x, 3)[1]), [1, 4, 5])
    np.testing.assert_array_equal(np.asarray(jnp.unique(x)).astype(np.float32), number[:-1])
    np.testing.assert_array_equal(np.asarray(jnp.isfinite(x)), np.isfinite(wide))
    assert float(jnp.nanmax(x)) == 2
    assert np.asarray(jnp.asarray(x)).dtype == dtype


# -- dtypes and corners ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "dtype"),
    [
        (lambda: jnp.array([np.float32(1), 2.0]), "float32"),
        (lambda: jnp.array([[np.float16(1), 2], [3, 4.0]]), "float16"),
        (lambda: jnp.array([np.int8(1), 2]), "int8"),
        (lambda: jnp.cumsum(np.ones(3, np.int8)), "int8"),
        (lambda: jnp.cumprod(np.ones(3, np.uint16)), "uint16"),
        (lambda: jnp.square(np.array([True])), "int32"),
        (lambda: jnp.rint(3), "float32"),
        (lambda: jnp.fabs(np.array([1])), "float32"),
        (lambda: jnp.frexp(np.float16(3))[0], "float16"),
        (lambda: jnp.hypot(np.int8(3), np.float16(4)), "float16"),
        (lambda: jnp.ediff1d(np.ones(3, np.int8), to_end=1.5), "int8"),
        (lambda: jnp.sort_complex(np.ones(2, np.float16)), "complex64"),
    ],
)
def test_dtypes_of_results(call: Callable[[], Any], dtype: str) -> None:
    assert call().dtype == dtype


def test_order_of_complex_numbers() -> None:
    """By their real parts first; NaN is extreme."""
    x = np.array([2 + 1j, 1 + 3j, 2 - 1j], np.complex64)
    assert complex(jnp.max(x)) == 2 + 1j
    assert complex(jnp.min(x)) == 1 + 3j
    np.testing.assert_array_equal(np.asarray(jnp.maximum(x, 2)), np.maximum(x, 2))
    np.testing.assert_array_equal(np.asarray(jnp.less_equal(x, 2)), np.less_equal(x, 2))
    assert np.isnan(complex(jnp.max(np.append(x, np.nan).astype(np.complex64))))


def test_corners_of_floats() -> None:
    x = np.array([0.0, -0.0, 1, -1.5, np.inf, -np.inf, np.nan, 1e-45, 1e-38, 3e38, 1e-20, 88, -88, 0.5], np.float32)
    names = (
        "expm1",
        "log1p",
        "log2",
        "log10",
        "cbrt",
        "sinh",
        "cosh",
        "arcsinh",
        "arctanh",
        "exp2",
        "sqrt",
        "reciprocal",
    )
    found = irc.jit(lambda x: {name: getattr(jnp, name)(x) for name in names})(x)
    with np.errstate(all="ignore"):
        for name in names:
            expected = getattr(np, name)(x.astype(np.float64)).astype(np.float32)
            np.testing.assert_allclose(np.asarray(found[name]), expected, rtol=6e-7, atol=1e-45, err_msg=name)
    assert complex(jnp.log2(np.complex64(0))).real == -np.inf
    assert float(jnp.i0(1e30)) == np.inf
    assert float(jnp.spacing(-1.5)) == -(2.0**-23)


# -- NumPy and Python --------------------------------------------------------------------------------------------------


def test_functions_of_numpy() -> None:
    """Those that are methods give arrays, the others convert them; operators with arrays of NumPy give arrays."""
    x = jnp.arange(3.0)
    for found in (
        np.mean(x),
        np.sum(x),
        np.std(x, ddof=1),
        np.cumsum(x),
        np.argmax(x),
        np.round(x, 1),
        np.clip(x, 0, 1),
        np.take(x, [0, -1]),
    ):
        assert isinstance(found, irc.Array)
    for found in (np.sqrt(x), np.add(np.ones(3), x), np.concatenate([x, x]), np.sort(x)):
        assert isinstance(found, np.ndarray)
    for found in (np.ones(3) + x, np.float32(2) * x, np.ones(3) @ x, np.ones(3) < x):
        assert isinstance(found, irc.Array)
    assert irc.jit(lambda x: np.ones(3) + x * np.mean(x))(x).shape == (3,)
    with pytest.raises(NotImplementedError, match="immutable"):
        np.mean(x, out=np.zeros(()))


def test_protocols_of_python() -> None:
    x = jnp.arange(3.0)
    assert round(jnp.asarray(2.6)) == 3
    assert round(jnp.asarray(2.567), 1).dtype == "float32"
    assert [float(each) for each in reversed(x)] == [2, 1, 0]
    assert f"{x[1]:.2f} {x}" == "1.00 [0. 1. 2.]"
    assert operator.index(jnp.uint8(4)) == 4
    quotient, rest = operator.methodcaller("__divmod__", 2)(x)
    assert [float(quotient[1]), float(rest[1])] == [0, 1]
    for other in (copy.copy(x), copy.deepcopy(x), pickle.loads(pickle.dumps(x))):
        np.testing.assert_array_equal(np.asarray(other), np.asarray(x))
    assert x.item(1) == 1
    assert x.tobytes() == np.asarray(x).tobytes()
    for convert in (int, float, complex):
        with pytest.raises(TypeError, match="without axes"):
            convert(x[:1])


STRANGE: dict[str, Callable[[], Any]] = {
    "byte-swapped": lambda: np.arange(6, dtype=">f4").reshape(2, 3),
    "strided": lambda: np.arange(24, dtype=np.float32).reshape(4, 6)[::2, ::2],
    "backwards": lambda: np.arange(6, dtype=np.float32).reshape(2, 3)[::-1, ::-1],
    "columns": lambda: np.asfortranarray(np.arange(6, dtype=np.float32).reshape(2, 3)),
    "broadcast": lambda: np.broadcast_to(np.float32(3), (2, 3)),
    "unaligned": lambda: np.frombuffer(b"x" + np.arange(6, dtype=np.float32).tobytes(), np.float32, offset=1).reshape(
        2, 3
    ),
    "without elements": lambda: np.zeros((0, 3), np.float32),
}


@pytest.mark.parametrize("name", STRANGE)
def test_strange_memory(name: str) -> None:
    x = STRANGE[name]()
    x.flags.writeable = False
    functions = [
        lambda x: x + 1,
        lambda x: x.sum(0),
        lambda x: x.T @ x,
        lambda x: x[:, ::-1],
        lambda x: jnp.sort(x, axis=1),
    ]
    compiled = irc.jit(lambda x: [f(x) for f in functions])(x)
    plain = np.array(x, np.float32)
    for function, found in zip(functions, compiled, strict=True):
        expected = np.sort(plain, 1) if function is functions[-1] else function(plain)
        np.testing.assert_array_equal(np.asarray(found), expected)
        np.testing.assert_array_equal(np.asarray(function(jnp.asarray(x))), expected)


MANY = np.full(70000, 3, np.float16)


@pytest.mark.parametrize(
    ("mean", "expected"),
    [
        (lambda: jnp.mean(MANY), 3),
        (lambda: jnp.mean(MANY.reshape(2, 35000), axis=1), [3, 3]),
        (lambda: jnp.mean(MANY, dtype=np.float16), 3),
        (lambda: jnp.mean(MANY, where=np.arange(70000) % 2 == 0), 3),
        (lambda: jnp.var(MANY), 0),
        (lambda: jnp.std((np.arange(70000) % 2).astype(np.float16)), 0.5),
        (lambda: jnp.average(MANY, weights=MANY), 3),
        (lambda: jnp.nanmean(MANY), 3),
        (lambda: jnp.nanvar(MANY), 0),
    ],
)
def test_means_of_small_floats_are_computed_in_larger_ones(mean, expected):
    found = np.asarray(mean())
    assert found.dtype == np.float16
    np.testing.assert_allclose(found, expected, rtol=0.01)


NUMBERS = np.array([1 + 2j, 3 - 1j, 3 + 5j, 3 + 0j, complex(np.nan, 1), 9])


def test_running_extremes_of_complex_numbers_compare_real_parts_first():
    nan = [complex(np.nan, 1)] * 2
    np.testing.assert_array_equal(lax.cummax(NUMBERS), [1 + 2j, 3 - 1j, 3 + 5j, 3 + 5j, *nan])
    np.testing.assert_array_equal(irc.jit(lax.cummin)(NUMBERS), [1 + 2j] * 4 + nan)


def test_shifted_booleans_are_integers():
    x, by = np.array([True, True, False]), np.array([True, False, True])
    found = jnp.left_shift(x, by), jnp.right_shift(x, by)
    assert [each.dtype == np.int32 for each in found] == [True, True]
    assert [each.tolist() for each in found] == [[2, 1, 0], [0, 1, 0]]


def test_the_range_of_clip_takes_part_in_the_dtype():
    small = np.arange(4, dtype=np.int8)
    assert jnp.clip(small, 1, 2).dtype == np.int8
    assert jnp.clip(small, np.int32(1), np.int32(200)).dtype == np.int32
    assert jnp.clip(small, 0.5, 2.5).tolist() == [0.5, 1, 2, 2.5]
    for call in (lambda: jnp.clip(NUMBERS, 1, 2), lambda: jnp.clip(small, 1j)):
        with pytest.raises(ValueError, match="clip takes numbers that have an order, got complex"):
            call()


def test_the_angle_of_complex_numbers():
    y, x = NUMBERS[:4], np.array([2 + 1j, 1j, 1.0, 4 + 4j])
    # Where the point is real, it is the angle; else its tangent is the quotient.
    np.testing.assert_allclose(jnp.arctan2(y.real + 0j, x.real + 0j), np.arctan2(y.real, x.real), atol=1e-15)
    np.testing.assert_allclose(np.tan(np.asarray(jnp.arctan2(y, x))), y / x)
    with pytest.raises(ValueError, match="hypot takes real numbers"):
        jnp.hypot(x, y)


HUGE, TOP = 1e160, float(np.finfo(np.float64).max)
LARGE = np.array([HUGE + HUGE * 1j, 0.9 * TOP * (1 + 1j), 2 - HUGE * 1j, -TOP + 3j])


@pytest.mark.parametrize("name", ["acos", "acosh", "asin", "asinh", "atan", "atanh"])
def test_complex_numbers_whose_squares_are_too_large(name):
    found, expected = np.asarray(getattr(jnp, name)(LARGE)), getattr(np, "arc" + name[1:])(LARGE)
    np.testing.assert_allclose(found.real, expected.real, rtol=1e-15, atol=1e-155)
    np.testing.assert_allclose(found.imag, expected.imag, rtol=1e-15, atol=1e-155)
    assert jnp.isfinite(LARGE).all() and not jnp.isinf(LARGE).any()


def test_corners_of_functions():
    endless = jnp.floor_divide(np.array([np.inf, -np.inf, np.inf, TOP]), np.array([2.0, 2.0, 0.0, -1e300]))
    np.testing.assert_array_equal(endless, [np.nan, np.nan, np.inf, np.floor(TOP / -1e300)])
    np.testing.assert_array_equal(jnp.spacing(np.array([1.0, -1.0, -1e-8])), np.spacing([1.0, -1.0, -1e-8]))
    np.testing.assert_allclose(
        jnp.i0(np.array([0.5, -3.0, 1e8, -np.inf])), [1.0634833707413236, 4.880792585865024, np.inf, np.inf]
    )
    np.testing.assert_array_equal(lax.rsqrt(np.array([np.inf * 1j, complex(-np.inf, 1)])), [0, 0])
    angles = np.asarray(jnp.logaddexp(np.array([20j, -7j]), np.array([-30.0, -30.0]))).imag
    np.testing.assert_allclose(angles, np.angle(np.exp([20j, -7j])), atol=1e-12)
