"""Looking into programs while they run: `jax.debug`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from irc.tracing import callbacks


def print(fmt: str, *args: Any, ordered: bool = False, partitioned: bool = False, **kwargs: Any) -> None:
    """Print arrays when the program runs, where `fmt`, a format of Python's, has braces.

    Everything is printed in the order of the program. Under `vmap` each example is printed by itself.
    """
    callbacks.printed(fmt, args, kwargs)


def callback(
    callback: Callable[..., None], *args: Any, ordered: bool = False, partitioned: bool = False, **kwargs: Any
) -> None:
    """Call a function of NumPy arrays when the program runs, in the order of the program; its result is not used."""
    callbacks.effect(callback, args, kwargs)


def breakpoint(*, backend: Any = None, filter_frames: bool = True, num_frames: Any = None, **kwargs: Any) -> None:
    """Python's debugger at this place, when the function is traced."""
    import pdb  # noqa: PLC0415, T100 - what was asked for

    pdb.Pdb().set_trace()


__all__ = ["breakpoint", "callback", "print"]
