"""JAX's switches as context managers: what dtypes and ranks go together, and a look at results for what is no number."""

from __future__ import annotations

import contextlib
import gc
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any

import numpy as np

from irc.tracing.array import Array, ConcreteArray
from irc.tracing.dtypes import is_inexact


class TypePromotionError(ValueError):
    """Dtypes are combined that `numpy_dtype_promotion("strict")` keeps apart."""


class _Switches(threading.local):
    dtype_promotion = "standard"
    rank_promotion = "allow"
    nans = False
    infs = False


switches = _Switches()


def _switch(name: str, allowed: Sequence[Any] | None, text: str) -> Callable[[Any], AbstractContextManager[None]]:
    def function(new_val: Any) -> AbstractContextManager[None]:
        if allowed is not None and new_val not in allowed:
            raise ValueError(f"{function.__name__} is one of {', '.join(map(repr, allowed))}, got {new_val!r}")
        return _set(name, new_val)

    function.__doc__ = text
    return function


@contextlib.contextmanager
def _set(name: str, value: Any) -> Iterator[None]:
    before = getattr(switches, name, None)
    setattr(switches, name, value)
    try:
        yield
    finally:
        setattr(switches, name, before)


def _named(
    name: str, switch: str, allowed: Sequence[Any] | None, text: str
) -> Callable[[Any], AbstractContextManager[None]]:
    function = _switch(switch, allowed, text)
    function.__name__ = function.__qualname__ = name
    return function


numpy_dtype_promotion = _named(
    "numpy_dtype_promotion",
    "dtype_promotion",
    ("standard", "strict"),
    'Inside of this with "strict", arrays of different dtypes are no operands of one operation, but numbers of Python\'s are.',
)
numpy_rank_promotion = _named(
    "numpy_rank_promotion",
    "rank_promotion",
    ("allow", "warn", "raise"),
    'Inside of this with "raise" or "warn", arrays of different numbers of axes are not broadcast, but those without axes are.',
)
debug_nans = _named(
    "debug_nans", "nans", (False, True), "Inside of this a result that has a NaN is a `FloatingPointError`."
)
debug_infs = _named(
    "debug_infs", "infs", (False, True), "Inside of this a result that has an infinity is a `FloatingPointError`."
)
default_device = _named("default_device", "device", None, "There is one device: this is without effect.")
default_matmul_precision = _named(
    "default_matmul_precision", "precision", None, "Products are as precise as their dtype: this is without effect."
)
check_tracer_leaks = _named(
    "check_tracer_leaks", "leaks", (False, True), "Leaks are errors where the array is used: this is without effect."
)
log_compiles = _named("log_compiles", "log", (False, True), "Nothing is logged: this is without effect.")
transfer_guard = _named("transfer_guard", "transfers", None, "There is one device: this is without effect.")


def checking_leaks() -> AbstractContextManager[None]:
    """`check_tracer_leaks(True)`."""
    return check_tracer_leaks(True)


def check_dtypes(arrays: Sequence[Array]) -> None:
    """Raises `TypePromotionError` where the arrays, which are combined, may not be by the switch."""
    if switches.dtype_promotion != "strict":
        return
    kinds = {array.dtype for array in arrays if not array.weak_type}
    weak = [array.dtype for array in arrays if array.weak_type]
    order = "biufc"
    if len(kinds) > 1 or any(
        order.find(each.kind) > order.find("f" if is_inexact(kind) and kind.kind not in order else kind.kind)
        for each in weak
        for kind in kinds
    ):
        names = ", ".join(array.dtype.name for array in arrays)
        raise TypePromotionError(
            f"operands of dtypes {names} have no implicit dtype promotion path with numpy_dtype_promotion('strict'): "
            "cast them with astype"
        )


def check_ranks(shapes: Sequence[Sequence[Any]]) -> None:
    """Raises `ValueError`, or warns, where arrays of these shapes are not to be broadcast by the switch."""
    how = switches.rank_promotion
    if how == "allow" or len({len(shape) for shape in shapes if len(shape)}) < 2:
        return
    text = f"operands of shapes {', '.join(map(str, map(tuple, shapes)))} have different numbers of axes, and " \
        f"numpy_rank_promotion is {how!r}"  # fmt: skip
    if how == "raise":
        raise ValueError(text)
    warnings.warn(text, stacklevel=5)


def check_numbers(results: Sequence[np.ndarray[Any, Any]], what: str) -> None:
    """Raises `FloatingPointError` where the results of `what` are no numbers, and a switch asks for that."""
    for result in results:
        if is_inexact(result.dtype):
            values = result if result.dtype.kind in "fc" else result.astype(np.float32)
            if switches.nans and np.isnan(values).any():
                raise FloatingPointError(f"invalid value (nan) encountered in {what}")
            if switches.infs and np.isinf(values).any():
                raise FloatingPointError(f"invalid value (inf) encountered in {what}")


def live_arrays(platform: str | None = None) -> list[Array]:
    """All arrays that hold numbers."""
    return [each for each in gc.get_objects() if type(each) is ConcreteArray]


__all__ = [
    "TypePromotionError", "check_tracer_leaks", "checking_leaks", "debug_infs", "debug_nans", "default_device",
    "default_matmul_precision", "live_arrays", "log_compiles", "numpy_dtype_promotion", "numpy_rank_promotion",
    "transfer_guard",
]  # fmt: skip
