"""Arguments that JAX's functions take, and what is said where one has no meaning here."""

from __future__ import annotations

from typing import Any

from irc.tracing.array import Array
from irc.tracing.dtypes import as_dtype
from irc.tracing.elementwise import cast, promoted


def no_out(out: Any, name: str) -> None:
    """Raises `NotImplementedError` where an array is given to write the result to."""
    if out is not None:
        raise NotImplementedError(f"{name} cannot write to out: arrays are immutable, use its result")


def absent(name: str, **arguments: Any) -> None:
    """Raises `NotImplementedError` where one of the arguments, which have no meaning here, is given."""
    for argument, value in arguments.items():
        if value is not None and value is not False:
            raise NotImplementedError(f"{name} does not take {argument}={value!r}")


def operands_of(x: Any, y: Any, preferred_element_type: Any = None) -> list[Array]:
    """The operands of a product in their common dtype, or in the one that the sums shall have."""
    arrays, _ = promoted(x, y)
    if preferred_element_type is None:
        return arrays
    return [cast(array, as_dtype(preferred_element_type)) for array in arrays]
