"""Functions that say how they are mapped, by the names of `jax.custom_batching`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from irc.lax.scans import map as map_
from irc.tracing.custom_transforms import custom_vmap
from irc.tracing.trees import flatten, unflatten


def sequential_vmap(f: Callable[..., Any]) -> custom_vmap:
    """`f`, which a `vmap` runs for one example after the other."""
    function = custom_vmap(f)

    def rule(axis_size: int, in_batched: Any, *args: Any) -> tuple[Any, Any]:
        leaves, structure = flatten(args)
        flags = flatten(in_batched)[0]
        moving = [leaf for leaf, flag in zip(leaves, flags, strict=True) if flag]

        def one(parts: list[Any]) -> Any:
            rest = iter(parts)
            return function(
                *unflatten(structure, [next(rest) if flag else x for x, flag in zip(leaves, flags, strict=True)])
            )

        found = map_(one, moving)
        return found, unflatten(flatten(found)[1], [True] * len(flatten(found)[0]))

    function.def_vmap(rule)
    return function


__all__ = ["custom_vmap", "sequential_vmap"]
