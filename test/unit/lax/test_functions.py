"""The functions of `lax` give JAX's numbers, eagerly and compiled."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from unit.lax.lax_cases import CASES, GROUPS, a

import irc
import irc.numpy as jnp
from irc import lax

JAX = json.loads((Path(__file__).parent / "jax_numbers.json").read_text())
TOLERANCE = {"float16": 2e-3, "float32": 2e-5, "float64": 1e-12, "complex64": 2e-5, "complex128": 1e-12}


def expected(found):
    dtype = np.dtype(found["dtype"])
    if dtype.kind == "c":
        values = np.array(found["values"]).reshape(-1, 2) @ np.array([1, 1j])
        return values.astype(dtype).reshape(found["shape"])
    return np.array(found["values"], dtype).reshape(found["shape"])


def check(found, name):
    results = list(found) if isinstance(found, tuple | list) else [found]
    assert len(results) == len(JAX[name])
    for x, y in zip(results, map(expected, JAX[name]), strict=True):
        assert (np.asarray(x).dtype, x.shape) == (y.dtype, y.shape)
        tolerance = TOLERANCE.get(y.dtype.name, 0)
        np.testing.assert_allclose(np.asarray(x), y, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("name", CASES)
def test_eager(name):
    check(CASES[name](lax), name)


@pytest.mark.parametrize("group", range(len(GROUPS)))
def test_compiled(group):
    # One program for each group, which is much quicker to compile than one for each function.
    found = irc.jit(lambda: {name: case(lax) for name, case in GROUPS[group].items()})()
    for name, results in found.items():
        check(results, name)


MAPPED = {
    "conv": (lambda x, k: lax.conv(x, k, (1, 2), "SAME"), (3, 2, 3, 5, 5), (3, 4, 3, 3, 3)),
    "conv groups": (
        lambda x, k: lax.conv_general_dilated(x, k, (1,), "VALID", feature_group_count=2),
        (3, 2, 4, 5),
        (3, 6, 2, 2),
    ),
    "conv batch groups": (
        lambda x, k: lax.conv_general_dilated(x, k, (1,), "VALID", batch_group_count=2),
        (3, 4, 3, 5),
        (3, 6, 3, 2),
    ),
    "conv nhwc": (
        lambda x, k: lax.conv_general_dilated(x, k, (2, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC")),
        (2, 2, 5, 4, 3),
        (2, 3, 3, 3, 4),
    ),
    "triangular_solve": (
        lambda m, b: lax.linalg.triangular_solve(m, b, left_side=True, lower=True, unit_diagonal=True),
        (3, 4, 4),
        (3, 4, 2),
    ),
    "reduce": (lambda x, i: lax.reduce(x, i, lambda p, q: p + q, (0,)), (3, 4, 2), (3,)),
    "reduce_window": (
        lambda x, i: lax.reduce_window(x, i, lambda p, q: lax.max(p, q), (2,), (1,), "SAME"),
        (3, 5),
        (3,),
    ),
    "pad": (lambda x, v: lax.pad(x, v, [(1, 0, 1), (-1, 2, 0)]), (3, 2, 3), (3,)),
    "sort_key_val": (lambda x, y: lax.sort_key_val(x, y)[1], (3, 5), (3, 5)),
    "cumsum": (lambda x, y: lax.cumsum(x) * y, (3, 5), (3, 5)),
    "top_k": (lambda x, y: lax.top_k(x + y, 2)[0], (3, 5), (3, 5)),
    "igamma": (lambda x, y: lax.igamma(lax.abs(x), lax.abs(y)), (3, 2), (3, 2)),
    "associative_scan": (lambda x, y: lax.associative_scan(lax.mul, x + y), (3, 5), (3, 5)),
}


@pytest.mark.parametrize("name", MAPPED)
@pytest.mark.parametrize("axes", [(0, None), (None, 0), (0, 0)])
def test_mapped(name, axes):
    function, *shapes = MAPPED[name]
    whole = [a(*shape, seed=i) for i, shape in enumerate(shapes)]
    args = [x if axis == 0 else x[0] for x, axis in zip(whole, axes, strict=True)]
    found = irc.jit(irc.vmap(function, in_axes=axes))(*args)
    for i in range(whole[0].shape[0]):
        one = function(*(x if axis is None else x[i] for x, axis in zip(args, axes, strict=True)))
        np.testing.assert_allclose(np.asarray(found)[i], np.asarray(one), rtol=1e-4, atol=1e-4)


def test_gather_and_scatter_mapped():
    at = np.array([[[0], [3]], [[2], [9]]], np.int32)
    numbers = lax.GatherDimensionNumbers((1,), (0,), (0,))
    x = a(2, 4, 3)
    found = irc.vmap(lambda x, i: lax.gather(x, i, numbers, (1, 3)))(x, at)
    for i in range(2):
        assert np.array_equal(np.asarray(found)[i], lax.gather(x[i], at[i], numbers, (1, 3)), equal_nan=True)
    windows = lax.ScatterDimensionNumbers((1,), (0,), (0,))
    updates = a(2, 2, 3, seed=2)
    for mode in ("drop", "clip"):
        found = irc.jit(irc.vmap(lambda x, i, u, m=mode: lax.scatter_add(x, i, u, windows, mode=m)))(x, at, updates)
        for i in range(2):
            one = lax.scatter_add(x[i], at[i], updates[i], windows, mode=mode)
            np.testing.assert_allclose(np.asarray(found)[i], one)


def test_sizes_that_are_not_known():
    pool = irc.jit(lambda x: lax.reduce_window(x, -np.inf, lax.max, (2, 2), (2, 2), "VALID"), dynamic_dims=(0,))
    convolve = irc.jit(
        lambda x, k: lax.conv_general_dilated(x, k, (2,), "VALID"), dynamic_dims=({0: "batch", 2: "length"}, None)
    )
    total = irc.jit(lambda x: lax.reduce(x, 0.0, lambda p, q: p + q, (0,)), dynamic_dims=(0,))
    for n in (4, 7):
        x = a(n, 4)
        assert np.array_equal(pool(x), lax.reduce_window(x, -np.inf, lax.max, (2, 2), (2, 2), "VALID"))
        np.testing.assert_allclose(total(x), x.sum(0), rtol=1e-5)
        y, k = a(n, 2, n + 1), a(3, 2, 2)
        np.testing.assert_allclose(convolve(y, k), lax.conv_general_dilated(y, k, (2,), "VALID"), rtol=1e-5)


def test_factors():
    x = a(4, 3)
    q, r = lax.linalg.qr(x, full_matrices=False)
    np.testing.assert_allclose(np.asarray(q) @ np.asarray(r), x, atol=1e-5)
    u, s, vh = lax.linalg.svd(x, full_matrices=False)
    np.testing.assert_allclose((np.asarray(u) * np.asarray(s)) @ np.asarray(vh), x, atol=1e-5)
    symmetric = (x.T @ x).astype(np.float32)
    vectors, values = lax.linalg.eigh(symmetric)
    np.testing.assert_allclose(symmetric @ np.asarray(vectors), np.asarray(vectors) * np.asarray(values), atol=1e-3)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: lax.conv(a(1, 3, 4, 4), a(2, 2, 3, 3), (1, 1), "SAME"), TypeError, "takes 2 features .* has 3"),
        (lambda: lax.conv(a(1, 2, 4, 4), a(2, 2, 3, 3), (1, 1), "FULL"), ValueError, "padding is 'VALID'"),
        (lambda: lax.conv(a(1, 2, 4, 4), a(2, 2, 3, 3), (1,), "SAME"), TypeError, "2 spatial axes"),
        (lambda: lax.conv_general_dilated(a(1, 2, 4), a(1, 2, 4), (1,), "SAME", dimension_numbers=("NC", "OIH", "NCH")),
         ValueError, "must name 3 axes"),
        (lambda: lax.reduce(a(3), np.int32(0), lax.add, (0,)), TypeError, "initial value of float32, got int32"),
        (lambda: lax.reduce(a(3), 0.0, lambda x, y: (x, y), (0,)), TypeError, "must give 1, got 2"),
        (lambda: lax.reduce(a(3), 0.0, lambda x, y: x > y, (0,)), TypeError, "must give a float32 without axes, got bool"),
        (lambda: irc.jit(lambda x, y: lax.reduce(x, 0.0, lambda p, q: p + q + y, (0,)))(a(3), 1.0), TypeError,
         "from outside"),
        (lambda: lax.reduce_and(a(3), (0,)), TypeError, "function of integers and booleans"),
        (lambda: lax.reduce_window(a(3, 3), 0.0, lax.add, (2,)), ValueError, "each of 2 axes"),
        (lambda: lax.sort((a(3), a(4))), TypeError, r"one shape, got \(3,\) and \(4,\)"),
        (lambda: lax.top_k(a(3), 4), ValueError, "cannot take 4 elements of an axis of size 3"),
        (lambda: lax.gather(a(3), a(3), lax.GatherDimensionNumbers((), (0,), (0,)), (1,)), TypeError, "integers along a last axis"),
        (lambda: lax.scatter(a(3), np.zeros((1, 1), np.int32), a(1), lax.ScatterDimensionNumbers((), (0,), (0,)),
                             mode="wrap"), ValueError, "no mode 'wrap'"),
        (lambda: lax.clz(a(3)), TypeError, "clz takes numbers of these kinds: signed, unsigned; got float32"),
        (lambda: lax.bitcast_convert_type(np.zeros(3, np.uint8), np.uint16), TypeError, "made of 2 of uint8"),
        (lambda: lax.fft(a(3), "DCT", (3,)), ValueError, "no transform 'DCT'"),
        (lambda: lax.linalg.cholesky(a(3, 2)), TypeError, "square matrices"),
        (lambda: lax.erf_inv(np.complex64(1)), TypeError, "erf_inv takes numbers of these kinds: floating-point"),
    ],
)  # fmt: skip
def test_errors(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_the_largest_and_the_smallest_are_exact():
    x = np.array([[3, 1, np.nan, 2, -np.inf]], np.float32)
    values, places = lax.approx_min_k(x, 3)
    assert (values.tolist(), places.tolist()) == ([[-np.inf, 1, 2]], [[4, 1, 3]])
    values, places = lax.approx_max_k(x.T, 2, 0)
    np.testing.assert_array_equal(values, [[np.nan], [3]])
    with pytest.raises(ValueError, match="approx_max_k is a function of floats, got int32"):
        lax.approx_max_k(np.arange(4, dtype=np.int32), 2)


@pytest.mark.parametrize("name", ["cumsum", "cumprod", "cummax", "cummin"])
def test_booleans_are_no_numbers_to_run_along(name):
    with pytest.raises(TypeError, match=f"lax.{name} runs along numbers, got bool"):
        getattr(lax, name)(np.array([True, False]))


def test_convolutions_of_complex_numbers() -> None:
    random = np.random.default_rng(0)
    x, kernel = (
        (random.normal(size=shape) + 1j * random.normal(size=shape)).astype(np.complex64)
        for shape in ((2, 3, 8), (4, 3, 3))
    )
    expected = np.array(
        [[sum(np.correlate(x[n, i], np.conj(kernel[o, i])) for i in range(3)) for o in range(4)] for n in range(2)]
    )
    np.testing.assert_allclose(lax.conv(x, kernel, (1,), "VALID"), expected, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(
        irc.vmap(lambda x: lax.conv(x[None], kernel, (1,), "VALID")[0])(x), expected, rtol=1e-4, atol=1e-5
    )
    gradient = irc.grad(lambda x: jnp.real(lax.conv(x, kernel, (1,), "VALID").sum()))(x)
    assert gradient.shape == x.shape
    assert gradient.dtype == np.complex64


def test_strides_of_convolutions_are_positive() -> None:
    with pytest.raises(ValueError, match=r"window_strides of a convolution are positive, got \(0,\)"):
        lax.conv(np.ones((1, 1, 3), np.float32), np.ones((1, 1, 2), np.float32), (0,), "VALID")
