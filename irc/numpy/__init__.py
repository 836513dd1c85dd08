"""The array namespace: the Array API standard, and what users of `jax.numpy` reach for, on `irc` arrays."""

from __future__ import annotations

from irc.numpy import array_methods, creation, manipulation, products, reductions, ufuncs

_MODULES = (creation, manipulation, products, reductions, ufuncs)
NAMES = {
    name: value
    for module in _MODULES
    for name, value in vars(module).items()
    if not name.startswith("_") and getattr(value, "__module__", None) == module.__name__
}
"""What each module defines itself."""
globals().update(NAMES, astype=array_methods.astype)

__all__ = [*NAMES, "astype"]
