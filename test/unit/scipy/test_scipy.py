"""Functions of `irc.scipy` and `irc.image`; the numbers are SciPy's or, where that lacks one, JAX's."""

import numpy as np
import pytest

import irc
import irc.image
import irc.numpy as jnp
import irc.scipy as sp
from irc.scipy import linalg, ndimage, signal, special, stats
from irc.scipy.sparse.linalg import bicgstab, cg

A = np.array([[4.0, 1.0, 0.0], [1.0, 3.0, 1.0], [0.0, 1.0, 2.0]])
B = np.array([1.0, 2.0, 3.0])
X = np.array([-2.5, 0.2, 1.5, 30.0])


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (lambda: special.gamma(X), [-0.945308720482942, 4.5908437119988035, 0.886226925452758, 8.841761993739702e30]),
        (lambda: special.ndtri(np.array([1e-9, 0.1, 0.5, 0.999])), [-5.997807015008, -1.281551565545, 0, 3.090232306168]),
        (lambda: special.log_ndtr(X), [-5.08164827814, -0.546004353723, -0.0691434556616, -4.90671392715e-198]),
        (lambda: special.i1e(X), [-0.20658465, 0.0822831, 0.21903939, 0.07191634]),
        (lambda: special.betainc(2.0, 3.0, np.array([0.3, 0.9])), [0.3483, 0.9963]),
        (lambda: special.zeta(2.0, np.array([1.0, 2.5])), [1.6449340668482, 0.4903577561002]),
        (lambda: special.xlogy(0.0, 0.0), 0.0),
        (lambda: stats.norm.logpdf(0.3, 1.0, 2.0), -1.6733357137646),
        (lambda: stats.norm.sf(3.0), 0.0013498980316301),
        (lambda: stats.t.logpdf(0.5, 3.0), -1.16097426497),
        (lambda: stats.truncnorm.cdf(0.5, -1.0, 1.0), 0.7804532125940),
        (lambda: stats.poisson.pmf(np.array([0.0, 2.0, -1.0]), 2.0), [0.1353352832, 0.2706705665, 0.0]),
        (lambda: stats.multivariate_normal.logpdf(B, np.zeros(3), A), -6.590890367450),
        (lambda: stats.rankdata(np.array([3.0, 1.0, 3.0])), [2.5, 1.0, 2.5]),
        (lambda: linalg.cho_solve(linalg.cho_factor(A), B), np.linalg.solve(A, B)),
        (lambda: linalg.lu_solve(linalg.lu_factor(A), B), np.linalg.solve(A, B)),
        (lambda: linalg.expm(np.array([[0.0, 1.0], [-1.0, 0.0]])), [[np.cos(1), np.sin(1)], [-np.sin(1), np.cos(1)]]),
        (lambda: linalg.solve_triangular(A, B, lower=True), [0.25, 0.58333333, 1.20833333]),
        (lambda: linalg.block_diag(np.ones((1, 2)), 2.0 * np.ones(1)), [[1, 1, 0], [0, 0, 2]]),
        (lambda: linalg.toeplitz(np.array([1, 2]), np.array([1, 5, 6])), [[1, 5, 6], [2, 1, 5]]),
        (lambda: cg(A, B, tol=1e-10)[0], np.linalg.solve(A, B)),
        (lambda: bicgstab(A, B, tol=1e-10)[0], np.linalg.solve(A, B)),
        (lambda: signal.convolve2d(A, A[:2, :2], mode="same"), [[16, 8, 1], [8, 26, 10], [1, 10, 19]]),
        (lambda: signal.fftconvolve(B, B, "full"), [1, 4, 10, 12, 9]),
        (lambda: sp.fft.idct(sp.fft.dct(B)), B),
        (lambda: ndimage.map_coordinates(A, [np.array([0.5]), np.array([0.5])], order=1), [2.25]),
        (lambda: irc.image.resize(B[None], (1, 6), "linear"), [[1, 1.25, 1.75, 2.25, 2.75, 3]]),
        (lambda: irc.image.resize(B, (2,), "nearest"), [1, 3]),
    ],
)  # fmt: skip
def test_numbers(found, expected):
    np.testing.assert_allclose(found(), expected, rtol=2e-6, atol=1e-9)


def test_a_density_has_a_derivative():
    slope = irc.jit(irc.grad(lambda x: stats.norm.logpdf(x, 1.0, 2.0)))(0.0)
    np.testing.assert_allclose(slope, 0.25, rtol=1e-6)
    assert jnp.isneginf(stats.expon.logpdf(-1.0))
