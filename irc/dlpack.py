"""Arrays of other libraries without a copy, by the names of `jax.dlpack`."""

from __future__ import annotations

from typing import Any

from irc.numpy.creation import asarray
from irc.tracing.array import Array


def from_dlpack(external_array: Any, device: Any = None, copy: bool | None = None) -> Array:
    """An array of irc with the elements of one that has `__dlpack__`."""
    return asarray(external_array, copy=copy)


__all__ = ["from_dlpack"]
