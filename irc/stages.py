"""The stages of a function on its way to native code, by the names of `jax.stages`."""

from __future__ import annotations

from irc.tracing.jit import Compiled, Jitted, Lowered

Wrapped = Jitted

__all__ = ["Compiled", "Lowered", "Wrapped"]
