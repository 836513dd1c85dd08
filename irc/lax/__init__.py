"""Control flow and the operations below `irc.numpy`, by the names of JAX's `lax`."""

from __future__ import annotations

from irc.lax import elementwise, orders, shapes, special
from irc.lax.control_flow import cond, fori_loop, map, scan, switch, while_loop

NAMES = {
    **elementwise.FUNCTIONS,
    **{name: getattr(module, name) for module in (elementwise, orders, shapes, special) for name in module.__all__},
}
globals().update(NAMES)

__all__ = ["cond", "fori_loop", "map", "scan", "switch", "while_loop", *NAMES]
