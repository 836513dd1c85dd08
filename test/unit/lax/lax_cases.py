"""Calls of functions of `lax` whose results were taken from JAX 0.10.2 with its 64-bit switch.

Each takes the module (`irc.lax`, or `jax.lax` where the numbers are made anew) and a function that makes arrays.
"""

from __future__ import annotations

import numpy as np


def a(*shape, dtype=np.float32, seed=0):
    """Numbers that look random."""
    count = int(np.prod(shape))
    x = np.sin(np.arange(count) * 12.9898 + seed * 78.233) * 43758.5453
    x = (x - np.floor(x)) * 8 - 4
    if np.dtype(dtype).kind == "c":
        return (x + 1j * a(*shape, dtype=np.float64, seed=seed + 1).ravel()).astype(dtype).reshape(shape)
    return x.astype(dtype).reshape(shape)


def spd(n, dtype=np.float32):
    x = a(n, n, dtype=dtype)
    return (x @ x.conj().T + np.eye(n)).astype(dtype)


I32 = np.int32
X = a(2, 3, 7, 6)
K = a(4, 3, 3, 2, seed=1)
NHWC = ("NHWC", "HWIO", "NHWC")
CONV = {
    "conv": lambda lax: lax.conv(X, K, (1, 2), "SAME"),
    "conv valid": lambda lax: lax.conv(X, K, (2, 1), "VALID"),
    "conv padding": lambda lax: lax.conv_with_general_padding(X, K, (2, 2), [(1, 2), (0, 3)], None, (2, 1)),
    "conv dilation of the input": lambda lax: lax.conv_general_dilated(X, K, (1, 1), [(2, 1), (1, 1)], (2, 3), (1, 2)),
    "conv negative padding": lambda lax: lax.conv_general_dilated(X, K, (1, 1), [(-1, -1), (1, -2)]),
    "conv nhwc": lambda lax: lax.conv_general_dilated(
        a(2, 5, 5, 3), a(3, 3, 3, 4), (2, 2), "SAME_LOWER", dimension_numbers=NHWC
    ),
    "conv groups": lambda lax: lax.conv_general_dilated(
        a(2, 5, 5, 4), a(3, 3, 2, 6), (1, 1), "VALID", dimension_numbers=NHWC, feature_group_count=2
    ),
    "conv depthwise": lambda lax: lax.conv_general_dilated(
        a(1, 4, 4, 3), a(2, 2, 1, 6), (1, 1), "SAME", dimension_numbers=NHWC, feature_group_count=3
    ),
    "conv batch groups": lambda lax: lax.conv_general_dilated(
        a(4, 3, 5), a(6, 3, 2), (1,), "VALID", batch_group_count=2
    ),
    "conv 1d": lambda lax: lax.conv_general_dilated(a(1, 2, 6), a(3, 2, 3), (2,), "SAME"),
    "conv 3d": lambda lax: lax.conv_general_dilated(a(1, 1, 3, 3, 3), a(2, 1, 2, 2, 2), (1, 1, 1), "VALID"),
    "conv f64": lambda lax: lax.conv(X.astype(np.float64), K.astype(np.float64), (3, 3), "VALID"),
    "conv i32": lambda lax: lax.conv(X.astype(I32), K.astype(I32), (3, 3), "VALID"),
    "conv wide": lambda lax: lax.conv(
        a(1, 1, 3, 3, dtype=np.float16), a(1, 1, 2, 2, dtype=np.float16), (1, 1), "VALID", None, np.float32
    ),
    "conv_transpose": lambda lax: lax.conv_transpose(a(1, 3, 4, 2), a(3, 3, 2, 3), (2, 2), "SAME"),
    "conv_transpose valid": lambda lax: lax.conv_transpose(a(1, 3, 4, 2), a(2, 3, 2, 3), (3, 1), "VALID"),
    "conv_transpose flipped": lambda lax: lax.conv_transpose(
        a(1, 3, 4, 2), a(3, 3, 3, 2), (2, 1), "SAME", transpose_kernel=True
    ),
    "conv_transpose padding": lambda lax: lax.conv_transpose(a(1, 4, 2), a(3, 2, 3), (2,), [(1, 2)], (2,)),
}
WINDOWS = {
    "max pool": lambda lax: lax.reduce_window(a(1, 5, 5, 2), -np.inf, lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "SAME"),
    "sum pool": lambda lax: lax.reduce_window(a(4, 5), np.float32(0), lax.add, (2, 3), (1, 2), "VALID"),
    "min pool": lambda lax: lax.reduce_window(a(6, dtype=I32), I32(np.iinfo(I32).max), lax.min, (3,), (1,), [(1, 1)]),
    "windows dilated": lambda lax: lax.reduce_window(
        a(5, 5), np.float32(0), lax.add, (2, 2), (1, 2), [(1, 0), (0, 2)], (2, 1), (1, 2)
    ),
    "windows by a function": lambda lax: lax.reduce_window(
        a(6), np.float32(1), lambda x, y: x * y, (2,), (2,), "VALID"
    ),
    "windows of pairs": lambda lax: lax.reduce_window(
        (a(6), np.arange(6, dtype=I32)),
        (np.float32(-np.inf), I32(-1)),
        lambda x, y: (lax.max(x[0], y[0]), lax.select(lax.ge(x[0], y[0]), x[1], y[1])),
        (3,),
        (2,),
        "VALID",
    ),
}
FOLDS = {
    "reduce": lambda lax: lax.reduce(a(3, 4), np.float32(0), lax.add, (1,)),
    "reduce from a value": lambda lax: lax.reduce(a(3, 4), np.float32(5), lax.max, (0, 1)),
    "reduce by a function": lambda lax: lax.reduce(a(3, 4), np.float32(1), lambda x, y: x * y, (0,)),
    "reduce of pairs": lambda lax: lax.reduce(
        (a(3, 4), a(3, 4, seed=3)), (np.float32(0), np.float32(1)), lambda x, y: (x[0] + y[0], x[1] * y[1]), (1,)
    ),
    "reduce of booleans": lambda lax: lax.reduce(a(3, 4) > 0, np.bool_(False), lax.bitwise_or, (1,)),
    "reduce_sum": lambda lax: lax.reduce_sum(a(3, 4, dtype=np.int8), (0,)),
    "reduce_prod": lambda lax: lax.reduce_prod(a(3, 4), (1,)),
    "reduce_max": lambda lax: lax.reduce_max(a(3, 4), (0,)),
    "reduce_min of nothing": lambda lax: lax.reduce_min(np.zeros((2, 0), I32), (1,)),
    "reduce_and": lambda lax: lax.reduce_and(np.array([[7, 5], [6, 13]], I32), (0,)),
    "reduce_or": lambda lax: lax.reduce_or(np.array([[1, 4], [2, 8]], np.uint8), (1,)),
    "reduce_xor": lambda lax: lax.reduce_xor(np.array([True, True, True]), (0,)),
    "argmax": lambda lax: lax.argmax(a(3, 4), 1, np.int32),
    "argmin": lambda lax: lax.argmin(a(3, 4), 0, np.int64),
    "argmax of NaN": lambda lax: lax.argmax(np.array([1, np.nan, 5], np.float32), 0, np.int32),
}
ORDERS = {
    "cumsum": lambda lax: lax.cumsum(a(3, 4), 1),
    "cumsum reverse": lambda lax: lax.cumsum(a(3, 4), 0, reverse=True),
    "cumprod": lambda lax: lax.cumprod(a(5)),
    "cummax": lambda lax: lax.cummax(a(3, 4), 1),
    "cummin": lambda lax: lax.cummin(a(6, dtype=I32), reverse=True),
    "cumlogsumexp": lambda lax: lax.cumlogsumexp(a(2, 7), 1),
    "associative_scan": lambda lax: lax.associative_scan(lambda x, y: x * y, a(7)),
    "associative_scan of affine maps": lambda lax: lax.associative_scan(
        lambda f, g: (f[0] * g[0], f[1] * g[0] + g[1]), (a(2, 6), a(2, 6, seed=1)), axis=1
    ),
    "associative_scan reverse": lambda lax: lax.associative_scan(lax.add, a(8), reverse=True),
    "sort": lambda lax: lax.sort(np.array([3, np.nan, -1, 0, -np.inf, 2], np.float32)),
    "sort an axis": lambda lax: lax.sort(a(4, 3, dtype=I32), 0),
    "sort together": lambda lax: lax.sort((np.array([2, 1, 2, 1], I32), np.array([1, 4, 0, 3], I32), a(4)), num_keys=2),
    "sort_key_val": lambda lax: lax.sort_key_val(np.array([2, 1, 2, 0], I32), np.arange(4, dtype=I32)),
    "top_k": lambda lax: lax.top_k(np.array([[1, 5, 5, 2], [7, 0, 3, 9]], np.float32), 2),
    "top_k with NaN": lambda lax: lax.top_k(np.array([1, np.nan, 3], np.float32), 2),
    "rev": lambda lax: lax.rev(a(2, 3), (0, 1)),
}


def numbers(lax, offsets, collapsed, mapped, batch=(), index_batch=()):
    return lax.GatherDimensionNumbers(offsets, collapsed, mapped, batch, index_batch)


def written(lax, windows, inserted, mapped, batch=(), index_batch=()):
    return lax.ScatterDimensionNumbers(windows, inserted, mapped, batch, index_batch)


AT = np.array([[0], [3], [9], [-1]], I32)
POSITIONS = {
    "gather rows": lambda lax: lax.gather(a(5, 3), AT, numbers(lax, (1,), (0,), (0,)), (1, 3)),
    "gather clip": lambda lax: lax.gather(a(5, 3), AT, numbers(lax, (1,), (0,), (0,)), (1, 3), mode="clip"),
    "gather fill": lambda lax: lax.gather(
        a(5, 3, dtype=I32), AT, numbers(lax, (1,), (0,), (0,)), (1, 3), mode="fill", fill_value=-7
    ),
    "gather integers": lambda lax: lax.gather(a(5, 3, dtype=np.int8), AT, numbers(lax, (1,), (0,), (0,)), (1, 3)),
    "gather windows": lambda lax: lax.gather(
        a(5, 6), np.array([[0, 0], [2, 4], [3, 5]], I32), numbers(lax, (1, 2), (), (0, 1)), (2, 2)
    ),
    "gather batches": lambda lax: lax.gather(
        a(2, 5), np.array([[[0], [4]], [[2], [1]]], I32), numbers(lax, (), (1,), (1,), (0,), (0,)), (1, 1)
    ),
    "scatter": lambda lax: lax.scatter(a(5, 3), AT, a(4, 3, seed=5), written(lax, (1,), (0,), (0,))),
    "scatter_add": lambda lax: lax.scatter_add(
        a(5), np.array([[1], [1], [4], [7]], I32), a(4, seed=5), written(lax, (), (0,), (0,))
    ),
    "scatter_add clip": lambda lax: lax.scatter_add(
        a(5), np.array([[1], [-3], [7]], I32), a(3, seed=5), written(lax, (), (0,), (0,)), mode="clip"
    ),
    "scatter windows": lambda lax: lax.scatter(
        a(4, 5), np.array([[0, 0], [3, 1], [2, 3]], I32), a(3, 2, 2, seed=5), written(lax, (1, 2), (), (0, 1))
    ),
    "scatter_mul": lambda lax: lax.scatter_mul(
        a(5), np.array([[1], [1]], I32), a(2, seed=5), written(lax, (), (0,), (0,))
    ),
    "scatter_min": lambda lax: lax.scatter_min(
        a(5), np.array([[0], [2]], I32), a(2, seed=5), written(lax, (), (0,), (0,))
    ),
    "scatter_max": lambda lax: lax.scatter_max(
        a(5), np.array([[0], [2]], I32), a(2, seed=5), written(lax, (), (0,), (0,))
    ),
    "scatter batches": lambda lax: lax.scatter(
        a(2, 5), np.array([[[0], [4]], [[2], [1]]], I32), a(2, 2, seed=5), written(lax, (), (1,), (1,), (0,), (0,))
    ),
    "index_take": lambda lax: lax.index_take(a(4, 3), (np.array([0, 3], I32),), (0,)),
}
ELEMENTS = {
    "bitcast": lambda lax: lax.bitcast_convert_type(a(3), np.int32),
    "bitcast narrower": lambda lax: lax.bitcast_convert_type(a(2), np.uint8),
    "bitcast wider": lambda lax: lax.bitcast_convert_type(np.arange(8, dtype=np.uint16).reshape(2, 4), np.uint64),
    "population_count": lambda lax: lax.population_count(np.array([0, 1, 255, 170], np.uint8)),
    "clz": lambda lax: lax.clz(np.array([0, 1, -1, 1 << 20], I32)),
    "shift_left": lambda lax: lax.shift_left(np.array([1, -1, 3], I32), np.array([3, 31, 32], I32)),
    "shift_right_logical": lambda lax: lax.shift_right_logical(np.array([-1, 8], I32), np.array([28, 2], I32)),
    "shift_right_arithmetic": lambda lax: lax.shift_right_arithmetic(np.array([-16, 8], I32), np.array([2, 2], I32)),
    "bitwise": lambda lax: lax.bitwise_xor(lax.bitwise_and(I32(12), I32(10)), lax.bitwise_not(I32(3))),
    "reduce_precision": lambda lax: lax.reduce_precision(
        np.array([1.00390625, 1.01171875, 1e-40, 3.4e38, np.inf, np.nan, -2.3], np.float32), 8, 7
    ),
    "reduce_precision of the exponent": lambda lax: lax.reduce_precision(
        np.array([1e-8, 6.2e-5, 65504.0, 65520.0, -7e4, 0.1], np.float32), 5, 10
    ),
    "nextafter": lambda lax: lax.nextafter(np.array([0, 1, -1], np.float32), np.array([1, 2, 0], np.float32)),
    "complex": lambda lax: lax.conj(lax.complex(a(2), a(2, seed=1))),
    "real and imag": lambda lax: (lax.real(a(2, dtype=np.complex64)), lax.imag(a(2, dtype=np.complex64))),
    "cbrt": lambda lax: lax.cbrt(np.array([8, -27, 0, np.inf, 0.3], np.float32)),
    "integer_pow": lambda lax: lax.integer_pow(a(3), -2),
    "erf_inv": lambda lax: lax.erf_inv(np.array([-1, -0.9, 0, 0.3, 0.999, 1, 2], np.float32)),
    "erf_inv f64": lambda lax: lax.erf_inv(np.array([-0.9, 0.3, 0.9999999])),
    "erfc": lambda lax: lax.erfc(np.array([-7, -0.3, 0, 0.2, 1.5, 5, 9], np.float32)),
    "erfc f64": lambda lax: lax.erfc(np.array([-1, 0.2, 1.5, 5, 20.0])),
    "lgamma": lambda lax: lax.lgamma(np.array([0.1, 1, 2, 5.5, 100, -0.5, 0, -1, np.inf], np.float32)),
    "lgamma f64": lambda lax: lax.lgamma(np.array([0.1, 5.5, 100, -0.5, 1e-10])),
    "digamma": lambda lax: lax.digamma(np.array([0.1, 1, 5.5, 100, -0.5, 0, -1], np.float32)),
    "digamma f64": lambda lax: lax.digamma(np.array([0.1, 5.5, -3.7])),
    "igamma": lambda lax: lax.igamma(
        np.array([0.5, 2, 2, 10, 100, 3], np.float32), np.array([0.2, 0, 5, 8, 110, np.inf], np.float32)
    ),
    "igammac f64": lambda lax: lax.igammac(np.array([0.5, 2, 10, 100]), np.array([0.2, 5, 8, 110.0])),
}
FACTORS = {
    "fft": lambda lax: lax.fft(a(2, 8, dtype=np.complex64), "FFT", (8,)),
    "rfft": lambda lax: lax.fft(a(6), "RFFT", (6,)),
    "irfft": lambda lax: lax.fft(a(4, dtype=np.complex64), "IRFFT", (6,)),
    "fft of two axes": lambda lax: lax.fft(a(3, 4, dtype=np.complex64), "IFFT", (3, 4)),
    "cholesky": lambda lax: lax.linalg.cholesky(spd(4)),
    "cholesky complex": lambda lax: lax.linalg.cholesky(spd(3, np.complex64)),
    "triangular_solve": lambda lax: lax.linalg.triangular_solve(np.tril(spd(3)), a(3, 2), left_side=True, lower=True),
    "triangular_solve right": lambda lax: lax.linalg.triangular_solve(np.triu(spd(3)), a(2, 3), transpose_a=True),
    "triangular_solve unit": lambda lax: lax.linalg.triangular_solve(
        a(3, 3), a(3, 1), left_side=True, lower=True, unit_diagonal=True
    ),
    "eigenvalues": lambda lax: lax.linalg.eigh(spd(4))[1],
    "singular values": lambda lax: lax.linalg.svd(a(4, 3), compute_uv=False),
    "lu": lambda lax: lax.linalg.lu(a(4, 4)),
}
GROUPS = (CONV, WINDOWS, FOLDS, ORDERS, POSITIONS, ELEMENTS, FACTORS)
CASES = {name: case for group in GROUPS for name, case in group.items()}
