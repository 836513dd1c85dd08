"""Python steered by values: possible where a transformation is called with numbers, outside of `jit`."""

from __future__ import annotations

import numpy as np
import pytest

import irc
import irc.numpy as jnp
from irc import lax
from irc.tracing import compile as programs
from irc.tracing.errors import ConcretizationTypeError


def piecewise(x):
    return x**3 if x > 0 else -x


def test_branches():
    assert [float(irc.grad(piecewise)(x)) for x in (2.0, -2.0)] == [12.0, -1.0]
    assert irc.grad(irc.grad(piecewise))(2.0) == 12.0
    assert tuple(map(float, irc.value_and_grad(piecewise)(2.0))) == (8.0, 12.0)
    assert tuple(map(float, irc.jvp(piecewise, (2.0,), (0.5,)))) == (8.0, 6.0)
    assert irc.vjp(piecewise, 2.0)[1](2.0)[0] == 24.0
    assert irc.linearize(piecewise, -2.0)[1](3.0) == -3.0


def test_jacobians():
    def f(x):
        return x**2 if x[0] > 0 else x

    x = np.array([1.0, 3.0], np.float32)
    assert irc.jacfwd(f)(x).tolist() == irc.jacrev(f)(x).tolist() == [[2.0, 0.0], [0.0, 6.0]]
    assert irc.jacrev(f)(-x).tolist() == [[1.0, 0.0], [0.0, 1.0]]
    assert irc.hessian(lambda x: f(x).sum())(x).tolist() == [[2.0, 0.0], [0.0, 2.0]]
    _, pull_back = irc.vjp(f, x)
    assert irc.vmap(pull_back)(np.eye(2, dtype=np.float32))[0].tolist() == [[2.0, 0.0], [0.0, 6.0]]


def halvings(x):
    while x > 1:
        x = x / 2
    return x


def test_loops_compute_each_turn_once():
    assert irc.grad(halvings)(1000.0) == 2.0**-10
    before = len(programs._programs)
    assert irc.grad(halvings)(1e9) == 2.0**-30
    # All turns are one program, with that of the gradient.
    assert len(programs._programs) == before + 1


def test_numbers(capsys):
    def f(x):
        print(x, f"{x:.2f}", x * 2)
        return x * float(x) + int(x) + x.item() + [10, 20, 30][(x > 2).astype(int)]

    assert irc.value_and_grad(f)(2.5)[0] == 2.5 * 2.5 + 2 + 2.5 + 20
    assert capsys.readouterr().out == "2.5 2.50 5.0\n"
    assert irc.grad(lambda x: (x * np.array(x.tolist(), np.float32)).sum())(jnp.arange(3.0)).tolist() == [0, 1, 2]


def test_sizes():
    x = jnp.array([1.0, -1.0, 2.0])
    assert irc.grad(lambda x: (x[x > 0] ** 2).sum())(x).tolist() == [2.0, 0.0, 4.0]
    assert irc.grad(lambda x: x[jnp.nonzero(x < 0)].sum())(x).tolist() == [0.0, 1.0, 0.0]
    assert irc.grad(lambda x: (jnp.arange(jnp.floor(x).astype(int)) * x).sum())(3.5) == 3.0


def test_functions_with_derivatives_of_their_own():
    @irc.custom_jvp
    def f(x):
        return x * 2 if x > 0 else x

    @f.defjvp
    def _(primals, tangents):
        return f(*primals), tangents[0] * (20 if primals[0] > 0 else 10)

    @irc.custom_vjp
    def g(x):
        return x * 2 if x > 0 else x

    g.defvjp(lambda x: (g(x), x), lambda x, ct: (ct * (20 if x > 0 else 10),))
    for function in (f, g):
        assert [float(irc.grad(function)(x)) for x in (3.0, -3.0)] == [20.0, 10.0]
    # What is known inside depends on values of the function around.
    assert irc.grad(lambda x: g(x * x) if x < 0 else g(x))(-3.0) == -120.0


def test_values_of_loops_and_derivatives():
    def f(x):
        product = lax.scan(lambda c, a: (c * a, None), 1.0, x)[0]
        return product if product > 0 else x.sum()

    assert irc.grad(f)(jnp.array([1.0, 2.0, 3.0])).tolist() == [6.0, 3.0, 2.0]
    assert irc.grad(f)(jnp.array([1.0, -2.0, 3.0])).tolist() == [1.0, 1.0, 1.0]

    def slope(x):
        found = irc.grad(lambda y: y**2 if y > x else y)(x + 1)
        return found if found > 0 else -found

    assert irc.grad(slope)(1.0) == 2.0


@pytest.mark.parametrize(
    "call",
    [
        lambda: irc.jit(irc.grad(piecewise))(2.0),
        lambda: irc.grad(irc.jit(piecewise))(2.0),
        lambda: irc.vmap(irc.grad(piecewise))(jnp.array([1.0, -2.0])),
        lambda: irc.grad(lambda x: lax.cond(True, piecewise, lambda x: x, x))(2.0),
        lambda: irc.grad(lambda x: lax.fori_loop(0, 2, lambda i, c: c * piecewise(c), x))(2.0),
        lambda: irc.grad(irc.checkpoint(piecewise))(2.0),
        lambda: lax.while_loop(lambda c: c < 3, lambda c: c + 1 if c > 0 else c + 2, 0),
    ],
)
def test_what_is_traced_for_all_values_has_none(call):
    with pytest.raises(ConcretizationTypeError, match=r"not known while the function is traced, so bool\(\)"):
        call()


def test_numpy_gets_no_values_since_its_functions_have_no_derivative():
    with pytest.raises(ConcretizationTypeError, match=r"use irc\.numpy in place of numpy"):
        irc.grad(np.sin)(1.0)
