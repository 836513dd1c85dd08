"""Branches and loops: results, kinds of carried values, dynamic lengths, errors."""

from __future__ import annotations

import numpy as np
import pytest

import irc
import irc.numpy as jnp
from irc import lax

X = np.arange(6, dtype=np.float32).reshape(2, 3)


@pytest.fixture(params=["eager", "compiled"])
def run(request):
    return irc.jit if request.param == "compiled" else lambda f: f


def test_cond(run):
    f = run(lambda p, x: lax.cond(p, lambda x: {"a": x + 1}, lambda x: {"a": x * 2}, x))
    assert np.array_equal(f(np.bool_(True), X)["a"], X + 1)
    assert np.array_equal(f(np.asarray(0), X)["a"], X * 2)


def test_switch(run):
    f = run(lambda i: lax.switch(i, [lambda x: x, lambda x: x * 10, lambda x: x - 1], jnp.asarray(4)))
    assert [int(f(np.int32(i))) for i in (-3, 0, 1, 2, 9)] == [4, 4, 40, 3, 3]


def test_while_loop(run):
    collatz = run(lambda n: lax.while_loop(
        lambda s: s[0] != 1, lambda s: (jnp.where(s[0] % 2 == 0, s[0] // 2, 3 * s[0] + 1), s[1] + 1), (n, 0)
    )[1])  # fmt: skip
    assert [int(collatz(np.int32(n))) for n in (1, 6, 27)] == [0, 8, 111]


def test_the_index_of_a_loop_is_weak_where_it_starts_at_a_python_number(run):
    assert run(lambda x: lax.fori_loop(0, 5, lambda i, c: c + i, x))(np.zeros(3, np.uint8)).tolist() == [10, 10, 10]
    mixed = run(lambda h: lax.fori_loop(0, 5, lambda i, c: c * jnp.uint32(31) + i, h))(np.uint32(1))
    assert (mixed.dtype.name, int(mixed)) == ("uint32", 28660961)


@pytest.mark.parametrize(
    ("dtype", "lower", "upper", "kind"),
    [
        (np.int32, lambda n: 0, lambda n: n, ("int32", True)),
        (np.int32, lambda n: n, lambda n: 9, ("int32", False)),
        (np.int32, lambda n: np.int32(0), lambda n: n, ("int32", False)),
        (np.uint8, lambda n: np.uint8(0), lambda n: n, ("uint8", False)),
        (np.int64, lambda n: 0, lambda n: n, ("int64", True)),
        (np.int32, lambda n: np.uint8(2), lambda n: jnp.int32(5), ("int32", True)),
    ],
)
def test_the_index_of_a_loop_has_the_dtype_of_its_bounds(dtype, lower, upper, kind):
    found = []

    def body(i, total):
        found.append((i.dtype.name, i.weak_type))
        return total + i.astype(np.int32)

    irc.jit(lambda n: lax.fori_loop(lower(n), upper(n), body, jnp.int32(0)))(dtype(4))
    assert found[-1] == kind
    irc.vmap(lambda n: lax.fori_loop(lower(n), upper(n), body, jnp.int32(0)))(np.full(2, 4, dtype))
    assert found[-1] == kind


def test_unsigned_bounds_of_loops_are_not_negative(run):
    count = run(lambda n: lax.fori_loop(jnp.uint8(0), n.astype(np.uint8), lambda i, total: total + 1, 0))
    assert int(count(np.int32(200))) == 200


def test_weak_values_take_the_dtype_of_the_body(run):
    assert run(lambda x: lax.fori_loop(0, 3, lambda i, v: v + x, 0))(np.float64(1.5)) == 4.5
    with pytest.raises(
        TypeError, match=r"value 0 before and after the body of while_loop: int32\(\) and float32\(\) differ"
    ):
        run(lambda: lax.while_loop(lambda v: v < 3, lambda v: v + 0.5, jnp.int32(0)))()


def test_scan(run):
    f = run(lambda x: lax.scan(lambda c, row: ({"s": c["s"] + row}, (c["s"], row * 2)), {"s": jnp.zeros(3)}, x))
    carry, (sums, rows) = f(X)
    assert np.array_equal(carry["s"], X.sum(0))
    assert np.array_equal(sums, X.cumsum(0) - X)
    assert np.array_equal(rows, X * 2)
    _, back = run(lambda x: lax.scan(lambda c, t: (c + t, c), 0.0, x, reverse=True))(np.ones(4, np.float32))
    assert np.array_equal(back, [3, 2, 1, 0])
    count, _ = run(lambda: lax.scan(lambda c, _: (c + 1, None), 0, None, length=5))()
    assert count == 5


def test_loops_over_nothing(run):
    carry, ys = run(lambda x: lax.scan(lambda c, row: (c + row.sum(), row * 2), 1.0, x))(np.zeros((0, 3), np.float32))
    assert (carry, ys.shape) == (1, (0, 3))
    assert run(lambda x: lax.map(lambda v: v + 1, x))(np.zeros((0, 2))).shape == (0, 2)


def test_scan_over_a_dynamic_length():
    f = irc.jit(lambda x: lax.scan(lambda c, row: (c + row.sum(), c), 0.0, x), dynamic_dims=0)
    for n in (0, 1, 4):
        total, partial = f(np.ones((n, 3), np.float32))
        assert total == 3 * n
        assert np.array_equal(partial, 3.0 * np.arange(n))


def test_map(run):
    assert np.array_equal(run(lambda x: lax.map(lambda row: row.sum(), x))(X), X.sum(1))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: lax.cond(np.ones(2, bool), abs, abs, 1), "the condition of cond must have no axes"),
        (lambda: lax.cond(jnp.asarray(True), lambda: (1, 2), lambda: 1), "the second branch of cond must have"),
        (lambda: lax.cond(True, lambda: 1, lambda: (1, 1)), "the second branch of cond must have"),
        (lambda: lax.cond(jnp.asarray(True), lambda: jnp.zeros(2), lambda: jnp.zeros(3)), r"float32\(2,\) and float32\(3,\)"),
        (lambda: lax.scan(lambda c, x: (c, x), 0, (X, X[:1])), "arrays of different lengths: 2, 1"),
        (lambda: lax.scan(lambda c, x: c, 0, X), "must give a pair"),
        (lambda: lax.scan(lambda c, x: (c, x), 0), "needs xs or a length"),
        (lambda: lax.fori_loop(0.0, 2, lambda i, v: v, 1), "bounds of fori_loop must be integers"),
        (
            lambda: irc.jit(lambda n: lax.fori_loop(0, n, lambda i, v: v, 1))(np.uint8(3)),
            "bounds of fori_loop must have one dtype, got int32 and uint8",
        ),
        (lambda: lax.switch(1.5, [abs, abs], 1), "index of switch must be an integer"),
    ],
)  # fmt: skip
def test_errors(call, message):
    with pytest.raises((TypeError, ValueError), match=message):
        call()


@pytest.mark.parametrize("length", [np.int64(3), jnp.int32(3)])
def test_the_length_of_a_scan_is_any_integer(length):
    assert lax.scan(lambda c, _: (c + 1, c), 0, length=length)[1].tolist() == [0, 1, 2]


def test_the_length_of_a_scan_is_not_negative():
    with pytest.raises(ValueError, match="the length of a scan is not negative, got -1"):
        lax.scan(lambda c, _: (c + 1, c), 0, length=-1)
