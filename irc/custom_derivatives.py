"""Functions that say what their derivatives are, by the names of `jax.custom_derivatives`."""

from __future__ import annotations

from irc.tracing.custom import closure_convert, custom_jvp, custom_vjp
from irc.tracing.custom_transforms import custom_gradient, linear_transpose

__all__ = ["closure_convert", "custom_gradient", "custom_jvp", "custom_vjp", "linear_transpose"]
