"""Functions of `lax` promote nothing, as JAX's."""

import numpy as np
import pytest

import irc.numpy as jnp
from irc import lax

F, N = np.ones(3, np.float32), np.ones(3, np.int32)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: lax.add(F, N), "lax.add needs operands of one dtype, got float32, int32"),
        (lambda: lax.mul(F, 2), "one dtype, got float32, int32"),
        (lambda: lax.add(F, F[None]), r"one shape or without axes, got shapes \(3,\), \(1, 3\)"),
        (lambda: lax.sin(N), "lax.sin takes numbers of these kinds: floating-point, complex; got int32"),
        (lambda: lax.bitwise_and(F, F), "of these kinds: bool, signed, unsigned; got float32"),
        (lambda: lax.select(F > 0, F, jnp.zeros(())), "cases of one shape"),
        (lambda: lax.clamp(0, F, 1), "one dtype, got int32, float32, int32"),
        (lambda: lax.concatenate([F, N], 0), "one dtype"),
        (lambda: lax.pad(F, 0, [(1, 1, 0)]), "one dtype"),
        (lambda: lax.dynamic_update_slice(F, N, (0,)), "one dtype"),
        (lambda: lax.while_loop(lambda x: 1.5, lambda x: x + 1.0, 0.0), "must be a boolean, got float32"),
        (lambda: lax.cond("a", lambda: 1, lambda: 2), "got str"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_an_error(call, message):
    with pytest.raises(TypeError, match=message):
        call()


def test_what_fits():
    assert lax.add(F, 1.0).dtype == np.float32
    assert lax.add(N, 1).tolist() == [2, 2, 2]
    assert lax.max(F, jnp.zeros(())).tolist() == [1, 1, 1]
    # NumPy's 64 bits are what JAX reads as 32.
    assert lax.add(jnp.asarray(F), np.ones(3)).dtype == np.float32
    assert lax.pow(F, 2).dtype == np.float32
    assert [each.tolist() for each in lax.split(jnp.arange(3), (1, 2))] == [[0], [1, 2]]
    assert lax.map(lambda x: x * 2, jnp.arange(5), batch_size=2).tolist() == [0, 2, 4, 6, 8]
