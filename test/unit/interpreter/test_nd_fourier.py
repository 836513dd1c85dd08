"""`nd.fft` against the sum that defines the transform."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from unit.custom_calls.running import executor
from unit.lowering.levels import check_levels

from irc.custom_calls.fourier import fft
from irc.ir.diagnostic import DiagnosedError

Array = np.ndarray[Any, Any]


def draw(*shape: int, dtype: Any = np.complex128) -> Array:
    rng = np.random.default_rng(4)
    x = rng.standard_normal(shape) + 1j * rng.standard_normal(shape)
    return x.astype(dtype) if np.dtype(dtype).kind == "c" else x.real.astype(dtype)


def transformed(x: Array, axes: int, sign: int = -1) -> Array:
    """The transform over the last axes, by the definition."""
    y = x.astype(np.complex128)
    for axis in range(x.ndim - axes, x.ndim):
        n = np.arange(x.shape[axis])
        matrix = np.exp(sign * 2j * np.pi * np.outer(n, n) / max(len(n), 1))
        y = np.moveaxis(np.tensordot(matrix, y, (1, axis)), 0, axis)
    return y


SHAPES = [((4,), 1), ((5,), 1), ((1,), 1), ((0,), 1), ((3, 6), 1), ((3, 6), 2), ((2, 3, 5), 3), ((2, 4, 3, 2), 3), ((0, 4), 1),
          ((3, 0), 2), ((0, 4), 2)]  # fmt: skip


@pytest.mark.parametrize(("shape", "axes"), SHAPES)
@pytest.mark.parametrize("single", [False, True])
def test_all_kinds(shape: tuple[int, ...], axes: int, single: bool) -> None:
    wide, real = (np.complex64, np.float32) if single else (np.complex128, np.float64)
    tolerance, length = 1e-4 if single else 1e-10, shape[len(shape) - axes :]
    x, r = draw(*shape, dtype=wide), draw(*shape, dtype=real)
    forward, inverse, half = fft(x, "FFT", length), fft(x, "IFFT", length), fft(r, "RFFT", length)
    assert forward.dtype == inverse.dtype == half.dtype == wide
    np.testing.assert_allclose(forward, transformed(x, axes), atol=tolerance)
    np.testing.assert_allclose(inverse, transformed(x, axes, 1) / max(np.prod(length), 1), atol=tolerance)
    kept = shape[-1] // 2 + 1 if shape[-1] else 0
    np.testing.assert_allclose(half, transformed(r, axes)[..., :kept], atol=tolerance)
    back = fft(half, "IRFFT", length)
    assert back.dtype == real
    np.testing.assert_allclose(back, r, atol=tolerance)


PROGRAM = """
func.func @f(%x: tensor<?x?xf32>) -> tensor<?x8xf32> {
  %y = nd.fft %x kind = RFFT length = [3, 8] : tensor<?x?xf32> -> tensor<?x5xcomplex<f32>>
  %z = nd.fft %y kind = FFT length = [5] : tensor<?x5xcomplex<f32>> -> tensor<?x5xcomplex<f32>>
  %v = nd.fft %z kind = IFFT length = [5] : tensor<?x5xcomplex<f32>> -> tensor<?x5xcomplex<f32>>
  %w = nd.fft %v kind = IRFFT length = [3, 8] : tensor<?x5xcomplex<f32>> -> tensor<?x8xf32>
  return %w : tensor<?x8xf32>
}
"""


def test_every_level_gives_the_same() -> None:
    x = draw(3, 8, dtype=np.float32)
    check_levels(PROGRAM, [x])
    np.testing.assert_allclose(executor(PROGRAM, "interpreter").call("f", x)[0], x, atol=1e-5)


@pytest.mark.parametrize("shape", [(2, 8), (3, 7), (0, 8)])
def test_sizes_that_are_not_those_of_the_transform_are_an_error(shape: tuple[int, int]) -> None:
    with pytest.raises(DiagnosedError, match=r"RFFT of length \[3, 8\] needs last axes of sizes \[3, 8\], got \["):
        executor(PROGRAM, "interpreter").call("f", np.zeros(shape, np.float32))
