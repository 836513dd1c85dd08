"""Control flow and the operations below `irc.numpy`, by the names of JAX's `lax`."""

from irc.lax.control_flow import cond, fori_loop, map, scan, switch, while_loop

__all__ = ["cond", "fori_loop", "map", "scan", "switch", "while_loop"]
