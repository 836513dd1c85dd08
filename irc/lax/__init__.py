"""Control flow and the operations below `irc.numpy`, by the names of JAX's `lax`."""

from __future__ import annotations

from irc.lax import elementwise, shapes
from irc.lax.control_flow import cond, fori_loop, map, scan, switch, while_loop

NAMES = {
    **elementwise.FUNCTIONS,
    **{name: getattr(module, name) for module in (elementwise, shapes) for name in module.__all__},
}
globals().update(NAMES)

__all__ = ["cond", "fori_loop", "map", "scan", "switch", "while_loop", *NAMES]
