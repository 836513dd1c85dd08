"""The public transformations of functions; importing it gives arrays their methods."""

from __future__ import annotations

import irc.numpy  # noqa: F401 - puts methods on arrays
from irc.lax.checkpoint import checkpoint, checkpoint_loops, checkpoint_policies
from irc.tracing.array import Array
from irc.tracing.custom import closure_convert, custom_jvp, custom_vjp
from irc.tracing.dims import max_dim, min_dim
from irc.tracing.gradients import grad, jacrev, value_and_grad, vjp
from irc.tracing.jit import jit
from irc.tracing.tangents import hessian, hvp, jacfwd, jvp, linearize
from irc.tracing.vmap import vmap

jacobian = jacrev
remat = checkpoint

__all__ = [
    "Array", "checkpoint", "checkpoint_loops", "checkpoint_policies", "closure_convert", "custom_jvp", "custom_vjp",
    "grad", "hessian", "hvp", "jacfwd", "jacobian", "jacrev", "jit", "jvp", "linearize", "max_dim", "min_dim", "remat",
    "value_and_grad", "vjp", "vmap",
]  # fmt: skip
