"""Checks of values while a program runs: `jax.experimental.checkify`, of the checks that the program itself writes.

`check` is a value of the function that `checkify` transforms: whether it failed, and what to say then. So it may stand in that
function and those that it calls, but not in the bodies of loops and branches, whose values do not leave them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from irc.numpy.ufuncs import logical_not
from irc.tracing.array import Array, as_array
from irc.tracing.current import traces
from irc.tracing.jit import disable_jit
from irc.tracing.known import known
from irc.tree_util import register_pytree_node


class JaxRuntimeError(ValueError):
    """A check failed."""


class FailedCheckError(JaxRuntimeError):
    """A check that the program writes failed."""


user_checks = frozenset({FailedCheckError})


@dataclass(frozen=True)
class Error:
    """Which checks failed: for each whether it did, with the arrays of its message."""

    failed: tuple[Any, ...] = ()
    values: tuple[Any, ...] = ()
    messages: tuple[str, ...] = field(default=())

    def get(self) -> str | None:
        """What the first check that failed says, `None` if all held."""
        for failed, (args, kwargs), message in zip(self.failed, self.values, self.messages, strict=True):
            if bool(as_array(failed).any()):
                return message.format(*args, **kwargs)
        return None

    def throw(self) -> None:
        """Raises `JaxRuntimeError` if a check failed."""
        message = self.get()
        if message is not None:
            raise FailedCheckError(f"{message} (`check` failed)")


register_pytree_node(
    Error,
    lambda error: ((error.failed, error.values), error.messages),
    lambda messages, parts: Error(parts[0], parts[1], messages),
)


class _Checks(threading.local):
    def __init__(self) -> None:
        self.open: list[tuple[Any, list[tuple[Array, Any, str]]]] = []


_checks = _Checks()


def _place() -> Any:
    """The block that is being traced, `None` outside of traced functions."""
    stack = traces()
    return stack[-1].builder.point.block if stack else None


def check(pred: Any, msg: str, *fmt_args: Any, debug: bool = False, **fmt_kwargs: Any) -> None:
    """`pred` must hold when the program runs; `msg` is a format of Python's for the arrays that follow.

    Under `checkify` a failure is in the error that it gives; elsewhere it is raised at once, which needs a value that is known.
    Raises `NotImplementedError` in the body of a loop or a branch.
    """
    holds = as_array(pred)
    if holds.dtype.kind != "b" or holds.shape:
        raise TypeError(f"check takes a boolean without axes, got {holds.dtype}{list(holds.shape)}")
    if not _checks.open:
        if debug:
            return
        value = known(holds)
        if value is None:
            raise ValueError("check in a function that is compiled needs checkify around it")
        if not bool(value):
            raise FailedCheckError(f"{msg.format(*fmt_args, **fmt_kwargs)} (`check` failed)")
        return
    place, found = _checks.open[-1]
    if place is not _place():
        raise NotImplementedError(
            "check stands in the body of a loop or a branch, or in a function that is mapped or compiled"
        )
    found.append((logical_not(holds), (fmt_args, fmt_kwargs), msg))


def check_error(error: Error) -> None:
    """What `check` does, for the checks of an error that `checkify` gave."""
    for failed, (args, kwargs), message in zip(error.failed, error.values, error.messages, strict=True):
        check(logical_not(failed), message, *args, **kwargs)


def checkify(f: Callable[..., Any], errors: frozenset[Any] = user_checks) -> Callable[..., tuple[Error, Any]]:
    """`f` with the error of its checks in front of its result. Raises `NotImplementedError` for checks of other kinds."""
    if errors - user_checks:
        raise NotImplementedError("checkify has user_checks alone")

    def checked(*args: Any, **kwargs: Any) -> tuple[Error, Any]:
        found: list[tuple[Array, Any, str]] = []
        _checks.open.append((_place(), found))
        try:
            # A compiled function inside would keep its checks to itself.
            with disable_jit(not traces()):
                result = f(*args, **kwargs)
        finally:
            _checks.open.pop()
        if not errors:
            return Error(), result
        failed, values, messages = zip(*found, strict=True) if found else ((), (), ())
        return Error(failed, values, messages), result

    return checked


__all__ = ["Error", "FailedCheckError", "JaxRuntimeError", "check", "check_error", "checkify", "user_checks"]
