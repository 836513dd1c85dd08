"""The public transformations of functions; importing it gives arrays their methods."""

from __future__ import annotations

import irc.numpy  # noqa: F401 - puts methods on arrays
from irc.lax.checkpoint import checkpoint, checkpoint_loops, checkpoint_policies
from irc.tracing.abstract import ShapeDtypeStruct, eval_shape, make_jaxpr, typeof
from irc.tracing.array import Array
from irc.tracing.callbacks import pure_callback
from irc.tracing.custom import closure_convert, custom_jvp, custom_vjp
from irc.tracing.custom_transforms import custom_gradient, linear_transpose
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
from irc.tracing.switches import (
    check_tracer_leaks,
    checking_leaks,
    debug_infs,
    debug_nans,
    default_device,
    default_matmul_precision,
    live_arrays,
    log_compiles,
    numpy_dtype_promotion,
    numpy_rank_promotion,
    transfer_guard,
)
from irc.tracing.tangents import hessian, hvp, jacfwd, jvp, linearize
from irc.tracing.vmap import vmap

jacobian = jacrev
remat = checkpoint

__all__ = [
    "Array", "Device", "ShapeDtypeStruct", "block_until_ready", "check_tracer_leaks", "checking_leaks", "checkpoint",
    "checkpoint_loops", "checkpoint_policies", "clear_caches", "closure_convert", "config", "custom_gradient", "custom_jvp",
    "custom_vjp", "debug_infs", "debug_nans", "default_backend", "default_device", "default_matmul_precision",
    "device_count", "device_get", "device_put", "devices", "disable_jit", "enable_x64", "ensure_compile_time_eval",
    "eval_shape", "grad", "hessian", "hvp", "jacfwd", "jacobian", "jacrev", "jit", "jvp", "linear_transpose", "linearize",
    "live_arrays", "local_device_count", "local_devices", "log_compiles", "make_jaxpr", "make_mesh", "max_dim", "min_dim",
    "named_call", "named_scope", "numpy_dtype_promotion", "numpy_rank_promotion", "pmap", "process_count", "process_index",
    "pure_callback", "remat", "shard_map", "transfer_guard", "typeof", "value_and_grad", "vjp", "vmap",
]  # fmt: skip
