"""Functions between the points of a grid."""

import itertools

import numpy as np
import pytest

import irc
import irc.numpy as jnp
from irc.scipy.interpolate import RegularGridInterpolator

X, Y = np.array([1.0, 2.0, 4.0, 7.0]), np.array([-1.0, 0.0, 3.0])
PLANE = 2 * X[:, None] + 3 * Y
POINTS = np.array([[1.5, 0.5], [7.0, 3.0], [1.0, -1.0], [3.9, -0.4], [6.0, 2.9]])


def test_a_plane_is_its_own_interpolation():
    found = RegularGridInterpolator((X, Y), PLANE)(POINTS)
    np.testing.assert_allclose(found, POINTS @ [2, 3])


def test_the_nearest_point():
    found = RegularGridInterpolator((X, Y), PLANE)(POINTS, method="nearest")
    grid = np.array(list(itertools.product(X, Y)))
    nearest = [grid[np.abs(grid - point).sum(1).argmin()] for point in POINTS]
    np.testing.assert_allclose(found, np.array(nearest) @ [2, 3])


def test_what_lies_outside():
    outside = np.array([[0.0, 0.0], [8.0, 1.0], [3.0, 3.5]])
    assert np.isnan(RegularGridInterpolator((X, Y), PLANE)(outside)).all()
    assert RegularGridInterpolator((X, Y), PLANE, fill_value=-1.0)(outside).tolist() == [-1, -1, -1]
    np.testing.assert_allclose(RegularGridInterpolator((X, Y), PLANE, fill_value=None)(outside), outside @ [2, 3])


def test_values_with_components_and_shapes_of_points():
    values = np.stack([PLANE, -PLANE], axis=-1)
    found = RegularGridInterpolator((X, Y), values)(np.reshape(POINTS[:4], (2, 2, 2)))
    np.testing.assert_allclose(found, np.multiply.outer(POINTS[:4] @ [2, 3], [1, -1]).reshape(2, 2, 2))
    np.testing.assert_allclose(RegularGridInterpolator((X,), PLANE)(np.array([3.0])), [3 * 2 + 3 * Y])
    np.testing.assert_allclose(RegularGridInterpolator((X, Y), PLANE)((POINTS[:, 0], 1.0)), POINTS[:, 0] * 2 + 3)


def test_compiled_and_differentiated():
    # It is a container, so that it can be an argument.
    found = irc.jit(lambda f, x: f(x))(RegularGridInterpolator((X, Y), PLANE), POINTS)
    np.testing.assert_allclose(found, POINTS @ [2, 3])
    slopes = irc.grad(lambda x: jnp.sum(RegularGridInterpolator((X, Y), PLANE)(x)))(POINTS[3:])
    np.testing.assert_allclose(slopes, [[2, 3], [2, 3]])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: RegularGridInterpolator((X, Y), PLANE, "cubic"), "methods linear and nearest, got 'cubic'"),
        (lambda: RegularGridInterpolator((X, Y, X), PLANE), "3 axes of points, but values of 2"),
        (lambda: RegularGridInterpolator((X, X), PLANE), "values of size 3 along axis 1"),
        (lambda: RegularGridInterpolator((X, Y), PLANE)(np.ones((3, 3))), "has 2 axes, got points of"),
        (lambda: RegularGridInterpolator((X, Y), PLANE, fill_value=1j), "fill_value of complex64 does not fit"),
    ],
)
def test_what_it_refuses(call, message):
    with pytest.raises(ValueError, match=message):
        call()
