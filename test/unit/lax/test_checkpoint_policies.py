"""Policies of `checkpoint` say what a derivative stores and what it computes again."""

from __future__ import annotations

import numpy as np
import pytest

import irc
import irc.numpy as jnp
from irc.ad_checkpoint import checkpoint_name

POLICIES = irc.checkpoint_policies
X, W = np.linspace(0.1, 0.8, 8), np.linspace(-1, 1, 64).reshape(8, 8)


def layer(x, w):
    hidden = checkpoint_name(jnp.exp(w @ x), "hidden")
    return checkpoint_name(jnp.tanh(w @ hidden), "result") * jnp.cos(hidden)


def again(policy, *names):
    """How often each of these operations stands in the gradient of a function that is run again."""
    f = irc.checkpoint(layer, policy=policy)
    gradient = irc.jit(irc.value_and_grad(lambda x, w: f(x, w).sum(), argnums=(0, 1)))
    np.testing.assert_allclose(f(X, W), layer(X, W))
    expected = irc.grad(lambda x, w: layer(x, w).sum(), argnums=(0, 1))(X, W)
    for found, each in zip(gradient(X, W)[1], expected, strict=True):
        np.testing.assert_allclose(found, each)
    text = gradient.lower(X, W).as_text("optimized")
    assert "checkpoint" not in text
    return tuple(text.count(f"nd.{name} ") for name in names)


# The forward run has one of each, two products and the hidden cosine is needed by both runs.
CASES = {
    "nothing": (POLICIES.nothing_saveable, (2, 2)),
    "no policy": (None, (2, 2)),
    "everything": (POLICIES.everything_saveable, (1, 1)),
    "hidden": (POLICIES.save_only_these_names("hidden"), (1, 2)),
    "result": (POLICIES.save_only_these_names("result"), (2, 1)),
    "both": (POLICIES.save_only_these_names("hidden", "result"), (1, 1)),
    "any name": (POLICIES.save_any_names_but_these(), (1, 1)),
    "any name but one": (POLICIES.save_any_names_but_these("hidden"), (2, 1)),
    "anything but a name": (POLICIES.save_anything_except_these_names("hidden"), (2, 1)),
    "anything but both": (POLICIES.save_anything_except_these_names("hidden", "result"), (2, 2)),
    "products": (POLICIES.dots_saveable, (2, 2)),
    "from both": (
        POLICIES.save_from_both_policies(POLICIES.dots_saveable, POLICIES.save_only_these_names("hidden")),
        (1, 2),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_computed_again(name):
    policy, expected = CASES[name]
    assert again(policy, "exp", "tanh") == expected


def test_products_with_and_without_further_axes():
    def f(x, w, v):
        return jnp.sin(jnp.sin(x @ w) @ v)

    x, w, v = np.ones((3, 4, 5)), np.ones((5, 6)), np.ones((3, 6, 2))

    def products(policy):
        gradient = irc.jit(irc.value_and_grad(lambda *given: irc.checkpoint(f, policy=policy)(*given).sum(), argnums=0))
        np.testing.assert_allclose(gradient(x, w, v)[1], irc.grad(lambda *given: f(*given).sum())(x, w, v))
        return gradient.lower(x, w, v).as_text("optimized").count("nd.matmul")

    both, none = products(POLICIES.dots_saveable), products(POLICIES.nothing_saveable)
    assert (none - both, products(POLICIES.dots_with_no_batch_dims_saveable) - both) == (2, 1)


def test_names_outside_of_what_is_run_again_and_under_transformations():
    f = lambda x: jnp.sin(checkpoint_name({"a": x}, "a")["a"])  # noqa: E731
    np.testing.assert_allclose(f(X), np.sin(X))
    np.testing.assert_allclose(irc.jit(irc.vmap(f))(X), np.sin(X))
    np.testing.assert_allclose(irc.grad(lambda x: f(x).sum())(X), np.cos(X))
    np.testing.assert_allclose(irc.jvp(f, (X,), (X,))[1], np.cos(X) * X)
    np.testing.assert_allclose(
        irc.vmap(irc.grad(irc.checkpoint(f, policy=POLICIES.save_only_these_names("a"))))(X), np.cos(X)
    )


def test_what_is_no_policy():
    with pytest.raises(TypeError, match="policy must be one of"):
        irc.checkpoint(jnp.sin, policy=lambda prim, *_, **__: True)  # type: ignore[arg-type]
    with pytest.raises(NotImplementedError, match="policies with exceptions"):
        POLICIES.save_from_both_policies(POLICIES.save_any_names_but_these("a"), POLICIES.dots_saveable)
