"""Derivatives of whole algorithms: solvers, integrators, loops that escape, networks that sort, training."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

import irc
import irc.numpy as jnp
from irc import lax
from irc.importers import stablehlo
from irc.interpreter.core import Interpreter
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.text.parser import parse_module


def slope(f, x, step=1e-6):
    """By differences."""
    x = np.float64(x)
    return (float(f(x + step)) - float(f(x - step))) / (2 * step)


# -- Newton's method -------------------------------------------------------------------------------------------------


def equation(a):
    """Its root is Kepler's eccentric anomaly."""
    return lambda x: x - a * jnp.sin(x) - 1.2


def unrolled(a):
    return lax.fori_loop(0, 12, lambda _, x: x - equation(a)(x) / irc.grad(equation(a))(x), 1.0)


def until_it_holds(a):
    f = equation(a)
    return lax.while_loop(lambda x: jnp.abs(f(x)) > 1e-14, lambda x: x - f(x) / irc.grad(f)(x), 1.0)


def implicit(a):
    def newton(f, x):
        return lax.fori_loop(0, 12, lambda _, x: x - f(x) / irc.grad(f)(x), x)

    return lax.custom_root(equation(a), 1.0, newton, lambda g, y: y / g(1.0))


@pytest.mark.parametrize("root", [unrolled, until_it_holds, implicit])
def test_roots_by_newtons_method(root):
    a = np.float64(0.4)
    x = np.float64(root(a))
    assert abs(float(equation(a)(x))) < 1e-12
    first = np.sin(x) / (1 - a * np.cos(x))
    np.testing.assert_allclose([irc.grad(root)(a), irc.jvp(root, (a,), (np.float64(1),))[1]], first, rtol=1e-9)
    np.testing.assert_allclose(irc.grad(irc.grad(root))(a), slope(irc.grad(implicit), a), rtol=1e-6)


# -- a differential equation -----------------------------------------------------------------------------------------


RATE = np.float64(1.3)


def integrated(rate):
    """Van der Pol's oscillator from 0 to 2 by steps of Heun whose sizes are controlled by the error."""

    def velocity(state):
        x, v = state
        return jnp.stack([v, rate * (1 - x * x) * v - x])

    def going(carried):
        return carried[0] < 2.0

    def step(carried):
        time, size, state = carried
        size = jnp.minimum(size, 2.0 - time)
        first = velocity(state)
        euler = state + size * first
        heun = state + size / 2 * (first + velocity(euler))
        error = jnp.max(jnp.abs(heun - euler)) + 1e-12
        taken = error < 1e-3
        following = size * jnp.clip(0.9 * jnp.sqrt(1e-3 / error), 0.2, 3.0)
        time, state = lax.cond(taken, lambda: (time + size, heun), lambda: (time, state))
        return time, following, state

    start = (jnp.zeros((), np.float64), jnp.full((), 0.5, np.float64), jnp.stack([1.0 + 0 * rate, 0.0 * rate]))
    return lax.while_loop(going, step, start)[2][0]


def test_an_integrator_with_step_size_control():
    found = irc.value_and_grad(integrated)(RATE)
    np.testing.assert_allclose(found[1], slope(integrated, RATE), rtol=1e-5)
    np.testing.assert_allclose(irc.jvp(integrated, (RATE,), (np.float64(1),)), found, rtol=1e-9)


# -- escape ----------------------------------------------------------------------------------------------------------


def escaped(c):
    """|z| where z -> z² + c leaves a disc, scaled by how long that took."""
    z, count = lax.while_loop(
        lambda carried: (jnp.abs(carried[0]) < 4.0) & (carried[1] < 50),
        lambda carried: (carried[0] ** 2 + c, carried[1] + 1),
        (c, 0),
    )
    return jnp.log(jnp.abs(z)) * 0.5**count


@pytest.mark.parametrize("c", [0.3 + 0.6j, -0.8 + 0.4j, 1.0 + 1.0j])
def test_a_loop_that_is_left_when_a_number_escapes(c):
    c = np.complex128(c)
    f = lambda x, y: escaped(lax.complex(x, y))  # noqa: E731
    expected = slope(lambda x: f(x, c.imag), c.real, 1e-7), slope(lambda y: f(c.real, y), c.imag, 1e-7)
    np.testing.assert_allclose(irc.grad(f, (0, 1))(c.real, c.imag), expected, rtol=1e-5)
    many = np.array([c.real, 0.4, -1.5])
    each = [irc.grad(f)(x, c.imag) for x in many]
    np.testing.assert_allclose(irc.vmap(irc.grad(f), (0, None))(many, c.imag), each, rtol=1e-9)


# -- sorting ---------------------------------------------------------------------------------------------------------


def network(pairs, count):
    """A function of blocks that sorts: values meet in pairs, each of which is a branch."""
    names = [f"%x{i}" for i in range(count)]
    lines = []
    for k, (i, j) in enumerate(pairs):
        a, b = names[i], names[j]
        lines.append(f"""
    %c{k} = arith.cmpf ole, {a}, {b} : f64
    cf.cond_br %c{k}, ^meet{k}({a}, {b} : f64, f64), ^meet{k}({b}, {a} : f64, f64)
  ^meet{k}(%low{k}: f64, %high{k}: f64):""")
        names[i], names[j] = f"%low{k}", f"%high{k}"
    arguments = ", ".join(f"%x{i}: f64" for i in range(count))
    types = ", ".join(["f64"] * count)
    weighted = "\n".join(
        f"%w{i} = arith.constant {i + 1}.0 : f64 %p{i} = arith.mulf %w{i}, {name} : f64" for i, name in enumerate(names)
    )
    sums = "\n".join(f"%s{i} = arith.addf %{'s' if i > 1 else 'p'}{i - 1}, %p{i} : f64" for i in range(1, count))
    given = ", ".join(f"%x{i}" for i in range(count))
    results = ", ".join(f"%r#{i + 1}" for i in range(count))
    return f"""
  func.func @f({arguments}) -> f64 {{ {"".join(lines)}
    {weighted}
    {sums}
    return %s{count - 1} : f64
  }}
  func.func @g({arguments}) -> ({types}) {{
    %r:{count + 1} = ad.value_and_grad @f({given}) {{wrt = {list(range(count))}}} : ({types}) -> (f64, {types})
    return {results} : {types}
  }}"""


def test_a_network_of_blocks_that_sorts():
    module = parse_module(network([(0, 1), (2, 3), (0, 2), (1, 3), (1, 2)], 4))
    PassManager(parse_pipeline("differentiate")).run(module)
    program = Interpreter(module)
    for order in itertools.permutations([0.5, 1.5, 2.5, 3.5]):
        # The weight of an element is its place among all.
        found = program.call("g", *map(np.float64, order))
        np.testing.assert_array_equal(found, np.argsort(np.argsort(order)) + 1)


# -- training --------------------------------------------------------------------------------------------------------

INPUTS = np.linspace(-1, 1, 20).reshape(10, 2)
TARGETS = np.sin(3 * INPUTS[:, 0]) * INPUTS[:, 1]
WEIGHTS = np.array([[0.5, -0.3, 0.8], [0.2, 0.7, -0.6]])


def loss(w):
    return jnp.mean((jnp.tanh(INPUTS @ w).sum(1) - TARGETS) ** 2)


def by_gradient_descent(rate):
    return loss(lax.fori_loop(0, 15, lambda _, w: w - rate * irc.grad(loss)(w), jnp.asarray(WEIGHTS)))


def by_adam(rate):
    def step(carried, i):
        w, mean, square = carried
        g = irc.grad(loss)(w)
        mean, square = 0.9 * mean + 0.1 * g, 0.99 * square + 0.01 * g * g
        change = (mean / (1 - 0.9**i)) / (jnp.sqrt(square / (1 - 0.99**i)) + 1e-8)
        return (w - rate * change, mean, square), loss(w)

    start = (jnp.asarray(WEIGHTS), jnp.zeros_like(WEIGHTS), jnp.zeros_like(WEIGHTS))
    (w, _, _), losses = lax.scan(step, start, jnp.arange(1, 16, dtype=np.float64))
    return loss(w) + losses.mean()


@pytest.mark.parametrize("train", [by_gradient_descent, by_adam])
def test_training_differentiated_by_its_rate(train):
    rate = np.float64(0.05)
    assert float(train(rate)) < float(train(np.float64(0)))
    np.testing.assert_allclose(irc.grad(train)(rate), slope(train, rate), rtol=1e-6)
    np.testing.assert_allclose(irc.jvp(train, (rate,), (np.float64(1),))[1], slope(train, rate), rtol=1e-6)
    stored_less = irc.grad(irc.checkpoint_loops(train, snapshots=3))(rate)
    np.testing.assert_allclose(stored_less, slope(train, rate), rtol=1e-6)


# -- programs of others ----------------------------------------------------------------------------------------------

IMPORTED = """
func.func public @main(%x: tensor<3xf64>, %w: tensor<3x3xf64>) -> tensor<f64> {
  %zero = stablehlo.constant dense<0> : tensor<i64>
  %0:2 = stablehlo.while(%i = %zero, %z = %x) : tensor<i64>, tensor<3xf64>
  cond {
    %three = stablehlo.constant dense<3> : tensor<i64>
    %more = stablehlo.compare LT, %i, %three, SIGNED : (tensor<i64>, tensor<i64>) -> tensor<i1>
    stablehlo.return %more : tensor<i1>
  } do {
    %one = stablehlo.constant dense<1> : tensor<i64>
    %j = stablehlo.add %i, %one : tensor<i64>
    %p = stablehlo.dot_general %z, %w, contracting_dims = [0] x [0] : (tensor<3xf64>, tensor<3x3xf64>) -> tensor<3xf64>
    %t = stablehlo.tanh %p : tensor<3xf64>
    %y = stablehlo.add %t, %x : tensor<3xf64>
    stablehlo.return %j, %y : tensor<i64>, tensor<3xf64>
  }
  %s = "stablehlo.sort"(%0#1) <{dimension = 0 : i64, is_stable = true}> ({
  ^bb0(%a: tensor<f64>, %b: tensor<f64>):
    %less = stablehlo.compare LT, %a, %b, TOTALORDER : (tensor<f64>, tensor<f64>) -> tensor<i1>
    stablehlo.return %less : tensor<i1>
  }) : (tensor<3xf64>) -> tensor<3xf64>
  %none = stablehlo.constant dense<0.0> : tensor<f64>
  %c = "stablehlo.reduce_window"(%s, %none) <{padding = dense<[[2, 0]]> : tensor<1x2xi64>, window_dimensions = array<i64: 3>}> ({
  ^bb0(%a: tensor<f64>, %b: tensor<f64>):
    %sum = stablehlo.add %a, %b : tensor<f64>
    stablehlo.return %sum : tensor<f64>
  }) : (tensor<3xf64>, tensor<f64>) -> tensor<3xf64>
  %nothing = stablehlo.constant dense<0.0> : tensor<3xf64>
  %q = stablehlo.compare GT, %s, %nothing, FLOAT : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xi1>
  %e = stablehlo.exponential %s : tensor<3xf64>
  %k = stablehlo.select %q, %s, %e : tensor<3xi1>, tensor<3xf64>
  %m = stablehlo.multiply %c, %k : tensor<3xf64>
  %l = stablehlo.reduce(%m init: %none) applies stablehlo.add across dimensions = [0] : (tensor<3xf64>, tensor<f64>) -> tensor<f64>
  %least = stablehlo.constant dense<0xFFF0000000000000> : tensor<f64>
  %g = stablehlo.reduce(%0#1 init: %least) applies stablehlo.maximum across dimensions = [0] : (tensor<3xf64>, tensor<f64>) -> tensor<f64>
  %r = stablehlo.add %l, %g : tensor<f64>
  return %r : tensor<f64>
}
"""


def test_the_gradient_of_an_imported_program_is_what_jax_gives():
    """The numbers are those of `jax.value_and_grad` of the function that this was written from, in `float64`."""
    f = stablehlo.load(IMPORTED)
    x = np.array([0.5, -0.25, 1.0])
    w = np.array([[0.2, -0.4, 0.1], [0.5, 0.3, -0.2], [-0.1, 0.6, 0.4]])
    value, (by_x, by_w) = irc.value_and_grad(f, (0, 1))(x, w)
    np.testing.assert_allclose(value, 6.373564101947345, rtol=1e-12)
    np.testing.assert_allclose(by_x, [3.5274780013726894, 4.320414772684485, 8.671056568625982], rtol=1e-12)
    expected = [
        [1.5585953789008051, 1.0815163394303442, 2.6688451434414797],
        [1.2630358447237515, 0.6253901568258213, 1.308963241308497],
        [5.358570049961431, 3.7061439563477427, 8.694267498297286],
    ]
    np.testing.assert_allclose(by_w, expected, rtol=1e-12)
