"""Control flow and the operations below `irc.numpy`, by the names of JAX's `lax`."""

from __future__ import annotations

from irc.lax import convolution, elementwise, folding, fourier, incomplete, orders, positions, shapes, special
from irc.lax import linalg as linalg
from irc.lax.control_flow import cond, fori_loop, map, scan, switch, while_loop

_MODULES = (convolution, elementwise, folding, fourier, incomplete, orders, positions, shapes, special)
NAMES = {
    **elementwise.FUNCTIONS,
    **{name: getattr(module, name) for module in _MODULES for name in module.__all__},
}
globals().update(NAMES)

__all__ = ["cond", "fori_loop", "linalg", "map", "scan", "switch", "while_loop", *NAMES]
