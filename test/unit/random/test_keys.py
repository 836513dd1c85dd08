"""Keys: typed and plain ones, as arguments of transformed functions, and errors."""

from __future__ import annotations

import numpy as np
import pytest

import irc
import irc.numpy as jnp
from irc import lax, random


def same(a, b):
    return np.array_equal(random.key_data(a), random.key_data(b))


def test_typed_keys_are_arrays_of_keys():
    keys = random.split(random.key(0), (2, 3))
    assert (keys.shape, keys.ndim, keys.size, len(keys)) == ((2, 3), 2, 6, 2)
    assert str(keys.dtype) == "key<fry>"
    assert keys[1].shape == (3,)
    assert keys[..., 0].shape == (2,)
    assert keys.reshape(-1, 2).shape == (3, 2)
    assert keys.flatten().shape == (6,)
    first, _ = keys
    assert same(first, keys[0])
    assert np.asarray(keys == keys).all()
    assert "key<fry>" in repr(keys)


def test_typed_and_plain_keys_give_the_same_numbers():
    typed, plain = random.key(11), random.PRNGKey(11)
    assert same(typed, plain)
    assert np.array_equal(random.normal(typed, (3,)), random.normal(plain, (3,)))
    assert same(random.split(typed), random.split(plain))
    assert same(random.wrap_key_data(plain), typed)
    assert random.key_impl(plain) == "threefry2x32"
    assert same(random.clone(typed), typed)


def test_typed_keys_go_through_jit_vmap_scan_and_cond():
    key = random.key(4)
    assert same(irc.jit(lambda k: random.fold_in(k, 3))(key), random.fold_in(key, 3))
    keys = random.split(key, 4)
    mapped = irc.vmap(lambda k: random.uniform(k, (2,)))(keys)
    assert np.array_equal(np.asarray(mapped)[1], random.uniform(keys[1], (2,)))
    folded = irc.vmap(random.fold_in, in_axes=(None, 0))(key, np.arange(3))
    assert same(folded[2], random.fold_in(key, 2))

    def step(k, _):
        k, used = random.split(k)
        return k, random.uniform(used)

    last, drawn = lax.scan(step, key, None, length=3)
    expected = []
    for _ in range(3):
        key, used = random.split(key)
        expected.append(random.uniform(used).item())
    assert np.array_equal(drawn, np.array(expected, np.float32))
    assert same(last, key)
    chosen = irc.jit(lambda p, a, b: lax.cond(p, lambda: a, lambda: b))(np.bool_(True), keys[0], keys[1])
    assert same(chosen, keys[0])


def test_seeds_that_are_traced():
    assert same(irc.jit(random.PRNGKey)(5), random.PRNGKey(5))
    assert same(irc.vmap(random.key)(np.arange(3))[2], random.key(2))


def test_nested_maps_over_keys():
    keys = random.split(random.PRNGKey(0), (2, 3))
    found = irc.vmap(irc.vmap(lambda k: random.bits(k, (2,))))(keys)
    assert np.array_equal(np.asarray(found)[1, 2], random.bits(np.asarray(keys)[1, 2], (2,)))


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: random.uniform(3), TypeError, "uniform takes a key"),
        (lambda: random.uniform("key"), TypeError, "got str"),
        (lambda: random.uniform(np.zeros(2, np.float32)), TypeError, "an array of float32"),
        (lambda: random.normal(random.split(random.key(0))), ValueError, r"keys of shape \(2,\): use vmap"),
        (lambda: random.split(random.split(random.key(0))), ValueError, "split takes a single key"),
        (lambda: random.key(1.5), TypeError, "takes an integer as seed, got float32"),
        (lambda: random.key(np.arange(2)), TypeError, "single number as seed"),
        (lambda: random.key(0, impl="rbg"), ValueError, "there is one generator"),
        (lambda: random.fold_in(random.key(0), np.arange(2)), TypeError, "single integer"),
        (lambda: random.uniform(random.key(0), (2,), np.int32), ValueError, "uniform gives floats"),
        (lambda: random.bits(random.key(0), (2,), np.int32), ValueError, "bits gives unsigned integers"),
        (lambda: random.randint(random.key(0), (2,), 0, 1, np.float32), TypeError, "randint gives integers"),
        (lambda: random.uniform(random.key(0), (2,), np.float32, np.zeros(3)), ValueError, r"\(3,\) do not broadcast"),
        (lambda: random.bernoulli(random.key(0), 1), TypeError, "probability of bernoulli is a float"),
        (lambda: random.choice(random.key(0), 3, (5,), replace=False), ValueError, "cannot take 5 of 3"),
        (lambda: random.choice(random.key(0), 3, p=np.ones(2)), ValueError, "a probability for each of 3"),
        (lambda: random.permutation(random.key(0), 2.5), TypeError, "permutation takes an integer"),
        (lambda: random.gumbel(random.key(0), mode="low-ish"), ValueError, "mode of gumbel"),
        (lambda: irc.jit(lambda n: random.permutation(random.key(0), n))(3), TypeError, "mark it as static"),
    ],
)
def test_errors(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_keys_are_stacked_and_joined():
    keys = [random.key(i) for i in range(3)]
    stacked = jnp.stack(keys)
    assert stacked.shape == (3,)
    assert all(same(stacked[i], key) for i, key in enumerate(keys))
    assert jnp.stack([stacked, stacked], axis=-1).shape == (3, 2)
    joined = jnp.concatenate([stacked, stacked[:1]])
    assert joined.shape == (4,)
    assert same(joined[3], keys[0])
