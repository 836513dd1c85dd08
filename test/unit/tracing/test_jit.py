"""`jit`: arguments, what is compiled again, dynamic sizes, the levels of the text, errors at the user's line."""

from __future__ import annotations

import numpy as np
import pytest

import irc
import irc.numpy as jnp
from irc.tracing.errors import ConcretizationTypeError, TracerLeakError
from irc.tracing.jit import Jitted

X = np.arange(6, dtype=np.float32).reshape(2, 3)


def test_containers_of_arrays_go_in_and_come_out():
    @irc.jit
    def f(tree, scale=2.0):
        return {"sum": tree["a"] + tree["b"][0], "rest": (tree["b"][1] * scale, None)}

    found = f({"a": X, "b": [1, np.float64(3)]}, scale=4)
    assert np.array_equal(found["sum"], X + 1)
    assert found["rest"] == (12.0, None)
    assert found["rest"][0].dtype == np.float64


def test_each_kind_of_arguments_is_compiled_once():
    calls = []

    @irc.jit
    def f(x):
        calls.append(x.shape)
        return x + 1

    for x in (X, X + 1, X.astype(np.float64), X[:1], 1, 2):
        f(x)
    assert calls == [(2, 3), (2, 3), (1, 3), ()]


def test_static_arguments():
    @irc.jit(static_argnums=1, static_argnames="twice")
    def f(x, n, twice=False):
        for _ in range(n):
            x = x * x
        return x + x if twice else x

    assert np.array_equal(f(X, 2), X**4)
    assert np.array_equal(f(X, n=1, twice=True), 2 * X**2)
    with pytest.raises(TypeError, match="static_argnums or static_argnames"):
        irc.jit(lambda x: x)("text")
    with pytest.raises(ValueError, match=r"must be hashable, but .* is a list"):
        f(X, [1])


def test_methods():
    class Scaled:
        factor = 3.0

        @irc.jit
        def __call__(self, x):
            return x * self.factor

    with pytest.raises(TypeError, match="is a Scaled, which is no array"):
        Scaled()(X)

    class Static(Scaled):
        __call__ = Jitted(lambda self, x: x * self.factor, [0], [], None)

    assert np.array_equal(Static()(X), X * 3)


def test_one_compilation_for_each_size():
    calls = []

    @irc.jit(dynamic_dims=({0: "n"}, {0: "n"}, None))
    def f(x, y, z):
        calls.append(x.shape)
        return (x * y + z).reshape(-1), x.shape[0] * 2

    for n in (0, 1, 5):
        x = np.ones((n, 3), np.float32)
        flat, twice = f(x, x, X[0])
        assert np.array_equal(flat, (x * x + X[0]).reshape(-1))
        assert twice == 2 * n
    assert len(calls) == 1
    assert str(calls[0]) == "(n, 3)"
    with pytest.raises(TypeError, match="only known when the compiled function is called"):
        irc.jit(lambda x: range(x.shape[0]), dynamic_dims=0)(X)


def test_large_arrays_from_outside_are_arguments_and_small_ones_constants():
    large, small = jnp.asarray(np.ones((100, 100), np.float32)), jnp.asarray(X[0])
    lowered = irc.jit(lambda x: (x @ large).sum() + small).lower(np.ones((2, 100), np.float32))
    assert "%arg1: tensor<100x100xf32>" in lowered.as_text()
    assert "dense<[0.000000e+00, 1.000000e+00, 2.000000e+00]>" in lowered.as_text()
    assert np.array_equal(lowered.compile()(np.ones((2, 100), np.float32)), 20000 + X[0])


@pytest.mark.parametrize(
    ("level", "expected"),
    [("nd", "nd.tanh"), ("optimized", "nd.tanh"), ("linalg", "linalg.generic"), ("buffers", "memref.alloc"),
     ("loops", "scf.for"), ("llvm", "llvm.func")],
)  # fmt: skip
def test_every_level_can_be_read(level, expected):
    lowered = irc.jit(lambda x: jnp.tanh(x).sum()).lower(np.ones((20, 30), np.float32))
    assert expected in lowered.as_text(level)
    with pytest.raises(ValueError, match="there is no level 'x'; there are nd, optimized"):
        lowered.as_text("x")


def test_operations_are_located_at_the_line_that_asks_for_them():
    def loss(x):
        return jnp.sin(x)

    text = irc.jit(loss).lower(1.0).as_text(debuginfo=True)
    line = loss.__code__.co_firstlineno + 1
    assert '= loc("loss"(#loc' in text
    assert f'test_jit.py":{line}:16)' in text


@pytest.mark.parametrize(
    ("use", "hint"),
    [(lambda x: x if x > 0 else -x, "irc.lax.cond"), (lambda x: float(x), "keep it an array"),
     (lambda x: [1, 2][x.astype(int)], "irc.lax.fori_loop"), (lambda x: np.asarray(x), "irc.numpy"),
     (lambda x: x.item(), "keep it an array")],
)  # fmt: skip
def test_values_are_not_known_while_tracing(use, hint):
    with pytest.raises(ConcretizationTypeError, match=hint):
        irc.jit(use)(1.0)


def test_a_traced_array_does_not_outlive_its_function():
    kept = []

    @irc.jit
    def keep(x):
        kept.append(x + 1)
        return x

    keep(X)
    with pytest.raises(TracerLeakError, match="whose tracing has ended"):
        irc.jit(lambda x: x + kept[0])(X)


def test_shapes_are_named_in_errors():
    with pytest.raises(ValueError, match=r"arrays of shapes \(2, 3\) and \(2,\) cannot be broadcast together"):
        irc.jit(lambda x, y: x + y)(X, X[:, 0])
    with pytest.raises(ValueError, match=r"cannot reshape an array of shape \(2, 3\) into shape \(4, -1\)"):
        jnp.reshape(X, (4, -1))


def test_arrays_of_every_layout_go_in():
    wide = np.arange(24.0, dtype=np.float32).reshape(4, 6)
    for x in (
        wide[::2, ::-3],
        wide.T,
        wide[:0],
        wide.astype(">f4"),
        np.float32(3),
        np.broadcast_to(np.float32(2), (3, 2)),
    ):
        assert np.array_equal(irc.jit(lambda x: x * 2)(x), np.asarray(x) * 2)
    given = np.ones(3, np.float32)
    kept = irc.jit(lambda x: x)(given)
    given[0] = 5
    assert np.array_equal(kept, np.ones(3))


def test_arrays_are_immutable_and_convert():
    x = jnp.asarray(X)
    with pytest.raises(ValueError, match="read-only"):
        np.asarray(x)[0, 0] = 1
    with pytest.raises(TypeError, match="not hashable"):
        hash(x)
    assert np.shares_memory(np.asarray(x), np.asarray(x))
    assert np.array_equal(np.from_dlpack(x), X)
    assert [len(x), float(x.sum()), bool(x.any())] == [2, 15.0, True]


def test_shapes_of_a_compiled_function_with_static_arguments():
    by_number = irc.jit(lambda x, n: jnp.zeros(n) + x, static_argnums=1)
    by_name = irc.jit(lambda x, n: jnp.zeros(n) + x, static_argnames="n")
    expected = irc.ShapeDtypeStruct((3,), jnp.float32)
    assert by_number.eval_shape(1.0, 3) == irc.eval_shape(by_number, 1.0, 3) == expected
    assert by_name.eval_shape(1.0, n=3) == irc.eval_shape(by_name, 1.0, n=3) == expected
    assert "tensor<3xf32>" in irc.make_jaxpr(by_number)(1.0, 3).as_text()
