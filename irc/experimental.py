"""What JAX has in `jax.experimental`."""

from __future__ import annotations

from irc.tracing.callbacks import io_callback

__all__ = ["io_callback"]
