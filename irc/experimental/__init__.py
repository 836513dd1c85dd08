"""What programs for JAX import from `jax.experimental`: differential equations, checks of values, callbacks, 64 bits."""

from __future__ import annotations

from contextlib import AbstractContextManager

from irc.experimental import checkify as checkify
from irc.experimental import ode as ode
from irc.tracing.callbacks import io_callback as io_callback
from irc.tracing.callbacks import pure_callback as pure_callback
from irc.tracing.dtypes import enable_x64 as enable_x64


def disable_x64() -> AbstractContextManager[None]:
    """The default dtypes have 32 bits inside of this."""
    return enable_x64(False)
