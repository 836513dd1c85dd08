"""`irc.scipy.optimize.minimize`; the counts are those of JAX 0.10.2 with its 64-bit switch."""

import numpy as np
import pytest

import irc
import irc.numpy as jnp
from irc.scipy.optimize import OptimizeResults, minimize


def rosenbrock(x):
    return jnp.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


def himmelblau(p):
    x, y = p
    return (x**2 + y - 11.0) ** 2 + (x + y**2 - 7.0) ** 2


@pytest.mark.parametrize(
    ("function", "start", "minimum", "evaluations", "iterations"),
    [
        (rosenbrock, [-1.2, 1.0, 2.0, 0.5], [-0.77565923, 0.61309335, 0.38206282, 0.14597201], 46, 37),
        (himmelblau, [1.0, 1.0], [3, 2], 13, 8),
        (lambda p: 0.26 * (p[0] ** 2 + p[1] ** 2) - 0.48 * p[0] * p[1], [3.0, 3.0], [0, 0], 6, 3),
    ],
)
def test_minima(function, start, minimum, evaluations, iterations):
    found = minimize(function, np.array(start), method="BFGS")
    assert isinstance(found, OptimizeResults)
    np.testing.assert_allclose(found.x, minimum, atol=1e-5)
    assert (bool(found.success), int(found.status)) == (True, 0)
    assert (int(found.nfev), int(found.njev), int(found.nit)) == (evaluations, evaluations, iterations)
    np.testing.assert_allclose(found.fun, function(found.x))
    np.testing.assert_allclose(found.jac, irc.grad(function)(found.x), atol=1e-12)


@pytest.mark.parametrize(("function", "minimum"), [(rosenbrock, [1, 1]), (himmelblau, [3, 2])])
def test_intervals_whose_better_end_is_the_right_one(function, minimum):
    # Here JAX gives up, as it takes such an interval for one that has become too small.
    found = minimize(function, np.zeros(2), method="BFGS")
    assert bool(found.success)
    np.testing.assert_allclose(found.x, minimum, atol=1e-5)


def test_why_it_ended():
    few = minimize(rosenbrock, np.zeros(2), method="BFGS", options={"maxiter": 2})
    assert (bool(few.success), int(few.status), int(few.nit)) == (False, 1, 2)
    endless = minimize(lambda x: -jnp.sum(x), np.ones(2), method="BFGS")
    assert (bool(endless.success), int(endless.status)) == (False, 5)


def test_compiled_mapped_and_with_arguments():
    def nearest(target):
        return minimize(lambda x, t: jnp.sum((x - t) ** 4 + (x - t) ** 2), jnp.zeros(2), (target,), method="bfgs").x

    targets = np.array([[1, 2], [-3, 0.5], [0, 0]], np.float32)
    np.testing.assert_allclose(irc.jit(irc.vmap(nearest))(targets), targets, atol=1e-3)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: minimize(rosenbrock, np.zeros(2), method="newton"), ValueError, "has the method 'BFGS', got 'newton'"),
        (lambda: minimize(rosenbrock, np.zeros(2), 1, method="BFGS"), TypeError, "args is a tuple"),  # type: ignore[arg-type]
        (lambda: minimize(rosenbrock, np.zeros((2, 2)), method="BFGS"), TypeError, r"a vector of floats, .*\(2, 2\)"),
    ],
)
def test_what_it_refuses(call, error, message):
    with pytest.raises(error, match=message):
        call()
