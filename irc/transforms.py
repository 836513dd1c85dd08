"""The public transformations of functions; importing it gives arrays their methods."""

from __future__ import annotations

import irc.numpy  # noqa: F401 - puts methods on arrays
from irc.tracing.array import Array
from irc.tracing.dims import max_dim, min_dim
from irc.tracing.gradients import grad, hessian, jacrev, value_and_grad, vjp
from irc.tracing.jit import jit
from irc.tracing.vmap import vmap

__all__ = ["Array", "grad", "hessian", "jacrev", "jit", "max_dim", "min_dim", "value_and_grad", "vjp", "vmap"]
