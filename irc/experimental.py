"""What JAX has in `jax.experimental`."""

from __future__ import annotations

from contextlib import AbstractContextManager

from irc.tracing.callbacks import io_callback
from irc.tracing.dtypes import enable_x64


def disable_x64() -> AbstractContextManager[None]:
    """The default dtypes have 32 bits inside of this."""
    return enable_x64(False)


__all__ = ["disable_x64", "enable_x64", "io_callback"]
