"""What programs for JAX import from `jax.experimental`: differential equations, and checks of values."""

from __future__ import annotations

from irc.experimental import checkify as checkify
from irc.experimental import ode as ode
from irc.tracing.callbacks import pure_callback as pure_callback
