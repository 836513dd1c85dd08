"""Convolutions and correlations of rows are NumPy's, of every kind of numbers, also where sizes are not known."""

import numpy as np
import pytest

import irc
import irc.numpy as jnp

RANDOM = np.random.default_rng(0)
SIZES = [(1, 1), (5, 3), (3, 5), (6, 2), (2, 7), (4, 4)]


@pytest.mark.parametrize("name", ["convolve", "correlate"])
@pytest.mark.parametrize("mode", ["full", "same", "valid"])
@pytest.mark.parametrize("dtype", [np.float32, np.int32, np.complex64])
def test_modes(name, mode, dtype):
    for n, m in SIZES:
        a, b = ((RANDOM.normal(size=size) * 9).astype(dtype) for size in (n, m))
        found, expected = getattr(jnp, name)(a, b, mode), getattr(np, name)(a, b, mode)
        # Integers become floats, as in JAX.
        wanted = np.float32 if dtype is np.int32 else expected.dtype
        assert (found.dtype, found.shape) == (wanted, expected.shape)
        np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-4)


@pytest.mark.parametrize(
    ("name", "mode"),
    [("convolve", "full"), ("convolve", "same"), ("convolve", "valid"), ("correlate", "full"), ("correlate", "valid")],
)
def test_sizes_that_are_not_known(name, mode):
    compiled = irc.jit(lambda a, b: getattr(jnp, name)(a, b, mode), dynamic_dims=(0, 0))
    for n, m in SIZES:
        a, b = RANDOM.normal(size=n), RANDOM.normal(size=m)
        np.testing.assert_allclose(compiled(a, b), getattr(np, name)(a, b, mode))


def test_a_mode_that_needs_to_know_the_longer_row():
    with pytest.raises(NotImplementedError, match="mode='same' needs sizes that are known"):
        irc.jit(lambda a, b: jnp.correlate(a, b, "same"), dynamic_dims=(0, 0))(np.ones(3), np.ones(2))


def test_no_windows_are_written_down():
    program = str(irc.make_jaxpr(jnp.convolve)(np.ones(1000), np.ones(100)))
    assert "nd.conv" in program and "nd.gather" not in program
