"""Combining numbers in the ways that `vector.kind` names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from typing import Any

import numpy as np

from irc.interpreter import floats as fl
from irc.interpreter import integers as it
from irc.ir.dense import dtype_of
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


def accumulate(kind: str, total: Any, parts: Iterable[Any], masks: Iterable[Any] | None, type: Type) -> Any:
    """`total` combined with each part in order, where the part's mask is set."""
    if masks is None:
        return fold(kind, (total, *parts), type)
    for part, mask in zip(parts, masks, strict=True):
        total = np.where(mask, combine(kind, total, part, type), total)[()]
    return total


NEUTRAL_FLOATS = {
    "add": 0.0, "mul": 1.0, "minimumf": np.inf, "minnumf": np.inf, "maximumf": -np.inf, "maxnumf": -np.inf,
}  # fmt: skip


def neutral(kind: str, type: Type) -> Any:
    """What no numbers of a type are combined to."""
    if isinstance(type, FloatType):
        return dtype_of(type).type(NEUTRAL_FLOATS[kind])
    sign, ones = 1 << (it.width_of(type) - 1), (1 << it.width_of(type)) - 1
    bits = {"mul": 1, "and": ones, "minui": ones, "minsi": sign - 1, "maxsi": sign}.get(kind, 0)
    return it.back(np.uint64(bits), type)
