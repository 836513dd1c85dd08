"""Combining numbers in the ways that `vector.kind` names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from typing import Any

import numpy as np

from irc.interpreter import floats as fl
from irc.interpreter import integers as it
from irc.ir.types import FloatType, Type, element_type

ON_FLOATS: dict[str, Callable[..., Any]] = {
    "add": np.add, "mul": np.multiply, "minimumf": fl.minimum, "maximumf": fl.maximum, "minnumf": np.fmin,
    "maxnumf": np.fmax,
}  # fmt: skip

ON_SIGNED: dict[str, Callable[..., Any]] = {
    "add": np.add, "mul": np.multiply, "minsi": np.minimum, "maxsi": np.maximum, "and": np.bitwise_and,
    "or": np.bitwise_or, "xor": np.bitwise_xor,
}  # fmt: skip

ON_UNSIGNED: dict[str, Callable[..., Any]] = {"minui": np.minimum, "maxui": np.maximum}


def combine(kind: str, a: Any, b: Any, type: Type) -> Any:
    """Two numbers, or arrays of them, of (element) type `type` made one."""
    if isinstance(element_type(type), FloatType):
        return fl.in_float32(ON_FLOATS[kind], a, b)
    if kind in ON_SIGNED:
        return it.back(ON_SIGNED[kind](it.signed(a), it.signed(b)), type)
    width = it.width_of(type)
    return it.back(ON_UNSIGNED[kind](it.unsigned(a, width), it.unsigned(b, width)), type)


def fold(kind: str, parts: Iterable[Any], type: Type) -> Any:
    """Several, in order."""
    return reduce(lambda a, b: combine(kind, a, b, type), parts)
