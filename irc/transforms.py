"""The public transformations of functions; importing it gives arrays their methods."""

from __future__ import annotations

import irc.numpy  # noqa: F401 - puts methods on arrays
from irc.lax.checkpoint import checkpoint, checkpoint_loops, checkpoint_policies
from irc.tracing.abstract import ShapeDtypeStruct, eval_shape, make_jaxpr, typeof
from irc.tracing.array import Array
from irc.tracing.callbacks import pure_callback
from irc.tracing.custom import closure_convert, custom_jvp, custom_vjp
from irc.tracing.devices import (
    Device,
    block_until_ready,
    clear_caches,
    config,
    default_backend,
    device_count,
    device_get,
    device_put,
    devices,
    ensure_compile_time_eval,
    local_device_count,
    local_devices,
    make_mesh,
    named_call,
    named_scope,
    pmap,
    process_count,
    process_index,
    shard_map,
)
from irc.tracing.dims import max_dim, min_dim
from irc.tracing.dtypes import enable_x64
from irc.tracing.gradients import grad, jacrev, value_and_grad, vjp
from irc.tracing.jit import disable_jit, jit
from irc.tracing.tangents import hessian, hvp, jacfwd, jvp, linearize
from irc.tracing.vmap import vmap

jacobian = jacrev
remat = checkpoint

__all__ = [
    "Array", "Device", "ShapeDtypeStruct", "block_until_ready", "checkpoint", "checkpoint_loops", "checkpoint_policies",
    "clear_caches", "closure_convert", "config", "custom_jvp", "custom_vjp", "default_backend", "device_count", "device_get",
    "device_put", "devices", "disable_jit", "enable_x64", "ensure_compile_time_eval", "eval_shape", "grad", "hessian", "hvp",
    "jacfwd", "jacobian", "jacrev", "jit", "jvp", "linearize", "local_device_count", "local_devices", "make_jaxpr",
    "make_mesh", "max_dim", "min_dim", "named_call", "named_scope", "pmap", "process_count", "process_index",
    "pure_callback", "remat", "shard_map", "typeof", "value_and_grad", "vjp", "vmap",
]  # fmt: skip
