"""Python that compiled programs call, and what a function gives without being computed."""

import numpy as np
import pytest

import irc
import irc.numpy as jnp
from irc import lax
from irc.experimental import io_callback
from irc.tree_util import keystr, register_dataclass, register_pytree_node_class, tree_leaves_with_path


def test_printing_in_the_order_of_the_program(capsys):
    @irc.jit
    def f(x):
        irc.debug.print("x = {x}", x=x)

        def body(i, s):
            irc.debug.print("{} {:.1f}", i, s)
            return s + 1

        return lax.fori_loop(0, 2, body, x[0])

    f(jnp.arange(2.0))
    irc.vmap(lambda x: irc.debug.print("each {}", x))(jnp.arange(2))
    assert capsys.readouterr().out.splitlines() == ["x = [0. 1.]", "0 0.0", "1 1.0", "each 0", "each 1"]


def test_functions_of_numpy_in_a_program():
    seen = []

    def f(x):
        irc.debug.callback(lambda a: seen.append(float(a)), x.sum())
        return irc.pure_callback(np.cumsum, irc.ShapeDtypeStruct(x.shape, x.dtype), x) * 2

    assert irc.jit(f)(jnp.ones(3)).tolist() == [2, 4, 6]
    assert irc.vmap(f)(jnp.ones((2, 2))).tolist() == [[2, 4], [2, 4]]
    assert seen == [3, 2, 2]
    with pytest.raises(irc.errors.JaxRuntimeError, match=r"gave shape \(2,\), not \(3,\)"):
        irc.jit(lambda x: irc.pure_callback(lambda a: a[:2], irc.ShapeDtypeStruct((3,), x.dtype), x))(jnp.ones(3))


def test_functions_that_do_more_than_to_give_a_result():
    numbers = iter(range(100))

    def draw(_):
        return np.float32(next(numbers))

    @irc.jit
    def f(x):
        first = io_callback(draw, irc.ShapeDtypeStruct((), np.float32), x, ordered=True)
        io_callback(draw, irc.ShapeDtypeStruct((), np.float32), x)
        return first, io_callback(draw, irc.ShapeDtypeStruct((), np.float32), x)

    assert [float(each) for each in f(1.0)] == [0, 2]
    assert sorted(irc.vmap(lambda x: io_callback(draw, x, x))(jnp.ones(3)).tolist()) == [3, 4, 5]
    with pytest.raises(ValueError, match="an ordered io_callback cannot be mapped"):
        irc.vmap(lambda x: io_callback(draw, x, x, ordered=True))(jnp.ones(3))


def test_shapes_without_numbers():
    found = irc.eval_shape(lambda x, y: {"z": x @ y}, irc.ShapeDtypeStruct((2, 3), jnp.float32), jnp.ones((3, 4)))
    assert found == {"z": irc.ShapeDtypeStruct((2, 4), jnp.float32)}
    assert "nd.sin" in str(irc.make_jaxpr(jnp.sin)(1.0))


def test_containers_of_ones_own():
    @register_pytree_node_class
    class Pair:
        def __init__(self, a, b):
            self.a, self.b = a, b

        def tree_flatten(self):
            return (self.a, self.b), None

        @classmethod
        def tree_unflatten(cls, _, children):
            return cls(*children)

    found = irc.jit(lambda p: Pair(p.a + p.b, p.b))(Pair(1.0, 2.0))
    assert found.a == 3
    paths = [keystr(path) for path, _ in tree_leaves_with_path({"x": [1, (2,)]})]
    assert paths == ["['x'][0]", "['x'][1][0]"]
    row, back = irc.flatten_util.ravel_pytree({"a": jnp.ones((2, 2)), "b": 3.0})
    assert row.tolist() == [1, 1, 1, 1, 3] and back(row)["b"] == 3
    assert register_dataclass is not None
