"""What goes wrong while a function is traced, said in the user's terms."""

from __future__ import annotations

from typing import Any


class ConcretizationTypeError(TypeError):
    """The value of a traced array is asked for, which is only known when the compiled function runs."""


class TracerLeakError(RuntimeError):
    """A traced array is used outside the function or the branch that it belongs to."""


_INSTEAD = {
    "bool": "a branch on it is irc.lax.cond or irc.numpy.where, a loop is irc.lax.while_loop",
    "int": "use irc.lax.fori_loop for a loop, irc.lax.dynamic_slice for a part, or mark the argument as static",
    "index": "use irc.lax.fori_loop for a loop, irc.lax.dynamic_slice for a part, or mark the argument as static",
    "float": "keep it an array, or mark the argument as static",
    "complex": "keep it an array, or mark the argument as static",
    "array": "use irc.numpy in place of numpy inside of traced functions",
    "item": "keep it an array",
    "iter": "iterate over irc.numpy.unstack(x), or use irc.lax.scan",
}


def not_known(what: str, described: str) -> ConcretizationTypeError:
    """The error for a use of a traced value that needs its number; `what` is a key of the hints."""
    return ConcretizationTypeError(
        f"the value of {described} is not known while the function is traced, so {what}() cannot give it: "
        f"{_INSTEAD[what]}"
    )


def size_not_known(name: str, array: Any, instead: str) -> ConcretizationTypeError:
    """The error for a function whose result has a size that depends on the elements of a traced array."""
    return ConcretizationTypeError(
        f"the size of the result of {name} depends on the elements of {array!r}, which are not known while the function is "
        f"traced{': ' * bool(instead)}{instead}"
    )
