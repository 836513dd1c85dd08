"""`custom_root` and `custom_linear_solve`: derivatives of solutions, whichever way they were found."""

from __future__ import annotations

import numpy as np
import pytest

import irc
import irc.numpy as jnp
from irc import lax

A, B = np.array([[4.0, 1.0], [1.0, 3.0]]), np.array([1.0, 2.0])


def cube_root(a):
    def newton(f, x):
        return lax.fori_loop(0, 20, lambda _, x: x - f(x) / irc.grad(f)(x), x)

    return lax.custom_root(lambda x: x**3 - a, 1.0, newton, lambda g, y: y / g(1.0))


def solution(a, b):
    def solve(matvec, b):
        return lax.while_loop(
            lambda x: ((matvec(x) - b) ** 2).sum() > 1e-20, lambda x: x - 0.2 * (matvec(x) - b), jnp.zeros_like(b)
        )

    return lax.custom_linear_solve(lambda x: a @ x, b, solve, symmetric=True)


def test_roots():
    found = irc.value_and_grad(cube_root)(8.0), irc.jvp(cube_root, (8.0,), (1.0,)), irc.grad(irc.grad(cube_root))(8.0)
    np.testing.assert_allclose(found[0], (2, 1 / 12), rtol=1e-5)
    np.testing.assert_allclose(found[1], (2, 1 / 12), rtol=1e-5)
    np.testing.assert_allclose(found[2], -1 / 144, rtol=1e-4)


def test_linear_equations():
    np.testing.assert_allclose(solution(A, B), np.linalg.solve(A, B))
    da, db = irc.grad(lambda a, b: solution(a, b).sum(), argnums=(0, 1))(A, B)
    adjoint = np.linalg.solve(A, np.ones(2))
    np.testing.assert_allclose(db, adjoint)
    np.testing.assert_allclose(da, -np.outer(adjoint, np.linalg.solve(A, B)))
    along = irc.jvp(solution, (A, B), (A, B))[1]
    np.testing.assert_allclose(along, 0 * B, atol=1e-9)


def test_without_a_way_to_solve_the_transposed_equation():
    f = lambda b: lax.custom_linear_solve(lambda x: 2 * x, b, lambda matvec, b: b / 2)  # noqa: E731
    assert float(irc.jvp(f, (1.0,), (1.0,))[1]) == 0.5
    with pytest.raises(TypeError, match="transpose_solve required"):
        irc.grad(f)(1.0)


def test_examples_of_what_the_functions_refer_to():
    many = np.array([8.0, 27.0, 1.0])
    np.testing.assert_allclose(irc.vmap(cube_root)(many), np.cbrt(many), rtol=1e-5)
    np.testing.assert_allclose(irc.vmap(irc.grad(cube_root))(many), 1 / (3 * np.cbrt(many) ** 2), rtol=1e-5)
    np.testing.assert_allclose(
        irc.grad(lambda a: irc.vmap(cube_root)(a).sum())(many), 1 / (3 * np.cbrt(many) ** 2), rtol=1e-5
    )
    np.testing.assert_allclose(irc.jacfwd(irc.vmap(cube_root))(many), np.diag(1 / (3 * np.cbrt(many) ** 2)), rtol=1e-5)

    matrices, sides = np.stack([A, 2 * A, A + np.eye(2)]), np.stack([B, -B, 3 * B])
    cost = lambda a, b: solution(a, b).sum()  # noqa: E731
    for axes in ((0, 0), (None, 0), (0, None)):
        given = [x if axis == 0 else x[0] for x, axis in zip((matrices, sides), axes, strict=True)]
        each = [[x[i] if axis == 0 else x for x, axis in zip(given, axes, strict=True)] for i in range(3)]
        found = irc.vmap(irc.grad(cost, (0, 1)), axes)(*given)
        alone = [irc.grad(cost, (0, 1))(*one) for one in each]
        for i in range(2):
            np.testing.assert_allclose(found[i], np.stack([gradients[i] for gradients in alone]), rtol=1e-6)
        together = irc.grad(lambda a, b: irc.vmap(cost, axes)(a, b).sum(), (0, 1))(*given)  # noqa: B023
        for i, axis in enumerate(axes):
            expected = np.stack([gradients[i] for gradients in alone])
            np.testing.assert_allclose(together[i], expected if axis == 0 else expected.sum(0), rtol=1e-6)


def test_a_value_of_all_examples_and_one_of_each():
    def root(a, scale):
        newton = lambda f, x: lax.fori_loop(0, 30, lambda _, x: x - f(x) / irc.grad(f)(x), x)  # noqa: E731
        return lax.custom_root(lambda x: scale * x * x - a, 1.0, newton, lambda g, y: y / g(1.0))

    many = np.array([1.0, 4.0, 9.0])
    cost = lambda a, scale: irc.vmap(lambda each: root(each, scale))(a).sum()  # noqa: E731
    np.testing.assert_allclose(irc.grad(cost, (0, 1))(many, 4.0)[0], 0.25 / np.sqrt(many), rtol=1e-5)
    np.testing.assert_allclose(irc.grad(cost, (0, 1))(many, 4.0)[1], -np.sqrt(many).sum() / 16, rtol=1e-5)


@pytest.mark.parametrize("outer", [irc.grad, irc.jacfwd])
@pytest.mark.parametrize("inner", [irc.grad, irc.jacfwd])
@pytest.mark.parametrize("aux", [False, True])
def test_ways_to_solve_that_have_no_derivative(outer, inner, aux):
    """The derivative is that of the equation, at every order: what the solvers refer to may be held constant."""

    def solved(a, b):
        def by(matrix):
            found = lambda _, y: jnp.linalg.solve(lax.stop_gradient(matrix), y)  # noqa: E731
            return (lambda m, y: (found(m, y), 0.0)) if aux else found

        x = lax.custom_linear_solve(lambda x: a @ x, b, by(a), by(a.T), has_aux=aux)
        return x[0] if aux else x

    moved = np.array([[0.5, -1.0], [2.0, 0.25]])

    def second(f):
        cost = lambda s: f(A + s * moved, B * (1 + s))[0]  # noqa: E731
        return outer(inner(cost))(0.5)

    np.testing.assert_allclose(second(solved), second(jnp.linalg.solve), rtol=1e-9)
