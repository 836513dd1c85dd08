"""JAX's switches as context managers, and what arrays and modules say of the one device."""

from __future__ import annotations

import numpy as np
import pytest

import irc
import irc.numpy as jnp
from irc import profiler, sharding


def test_dtypes_that_do_not_go_together():
    with irc.numpy_dtype_promotion("strict"):
        assert (jnp.ones(3) + 1).tolist() == [2.0, 2.0, 2.0]
        for y in (jnp.ones(3), 1.5):
            with pytest.raises(ValueError, match="no implicit dtype promotion path"):
                jnp.arange(3) + y
    assert (jnp.arange(3) + jnp.ones(3)).dtype == np.float32


def test_ranks_that_do_not_go_together():
    with irc.numpy_rank_promotion("raise"):
        assert (jnp.ones((2, 3)) + 1).shape == (2, 3)
        with pytest.raises(ValueError, match="different numbers of axes"):
            jnp.ones((2, 3)) + jnp.ones(3)
    with irc.numpy_rank_promotion("warn"), pytest.warns(UserWarning, match="numbers of axes"):
        jnp.ones((2, 3)) + jnp.ones(3)
    with pytest.raises(ValueError, match="is one of 'allow', 'warn', 'raise'"):
        irc.numpy_rank_promotion("never")


def test_results_that_are_no_numbers():
    for function in (jnp.log, irc.jit(jnp.log)):
        with irc.debug_nans(True), pytest.raises(FloatingPointError, match="nan"):
            function(-1.0)
        with irc.debug_infs(True), pytest.raises(FloatingPointError, match="inf"):
            function(0.0)
        assert np.isnan(function(-1.0))


def test_what_is_without_effect():
    x = jnp.arange(3.0)
    with (
        irc.default_device(irc.devices()[0]), irc.default_matmul_precision("float32"), irc.checking_leaks(),
        irc.log_compiles(True), irc.transfer_guard("allow"), profiler.trace("/nowhere"), profiler.TraceAnnotation("part"),
    ):  # fmt: skip
        assert (x @ x) == 5.0
    assert any(each is x for each in irc.live_arrays())


def test_where_arrays_lie():
    x = jnp.arange(6).reshape(2, 3)
    assert x.devices() == {irc.devices()[0]} and x.sharding.device_set == x.devices()
    assert x.sharding == sharding.SingleDeviceSharding() and x.sharding.shard_shape(x.shape) == (2, 3)
    assert (x.aval.shape, x.is_ready(), x.is_deleted(), x.is_fully_addressable) == ((2, 3), True, False, True)
    assert x.flat.tolist() == [0, 1, 2, 3, 4, 5] and x.clone().tolist() == x.tolist()
    assert np.asarray(x.byteswap()).tolist() == np.arange(6, dtype=np.int32).byteswap().reshape(2, 3).tolist()
    assert x.argpartition(1).shape == (2, 3)
    mesh = sharding.Mesh(irc.devices(), "batch")
    assert mesh.shape == {"batch": 1}
    assert sharding.NamedSharding(mesh, sharding.PartitionSpec("batch", None)).spec == ("batch", None)
    with pytest.raises(ValueError, match="there is one device"):
        sharding.Mesh([irc.devices()[0]] * 2, "batch")


def test_the_package_lists_its_functions():
    assert {"jit", "grad", "vmap", "numpy", "lax", "custom_derivatives"} <= set(dir(irc))
    assert irc.stages.Wrapped is type(irc.jit(jnp.sin)) and irc.ad_checkpoint.remat is irc.checkpoint
    assert irc.dlpack.from_dlpack(np.arange(3)).tolist() == [0, 1, 2]
