"""The interpreter's values: conversion from what a user passes, unspecified contents."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.ir.arguments import as_argument, passed_dtype
from irc.ir.dense import dtype_of, fit
from irc.ir.types import FloatType, Shape, ShapedType, Type

Array = np.ndarray[Any, Any]

UNSPECIFIED_BYTE = 0xA5
"""Fills memory of integers that nothing has written, so that a program that reads it is caught by its results."""


def unspecified(shape: tuple[int, ...], element: Type) -> Array:
    """A new array whose elements the program must not rely on: NaN, or a conspicuous integer."""
    if any(size < 0 for size in shape):
        raise ValueError(f"the size {min(shape)} is negative")
    dtype = dtype_of(element)
    if isinstance(element, FloatType) or dtype.kind == "c":
        return np.full(shape, np.nan, dtype)
    if dtype.kind == "b":
        return np.zeros(shape, dtype)
    return np.full(shape, fit(np.frombuffer(bytes([UNSPECIFIED_BYTE]) * dtype.itemsize, dtype)[0], element))


def scalar(value: Any, type: Type) -> Any:
    """A number as a NumPy scalar of a scalar type."""
    return fit(dtype_of(type).type(value), type)


def sizes_of(shape: Shape, dynamic: Any) -> tuple[int, ...]:
    """The sizes of a shaped type, with the dynamic ones filled in."""
    rest = iter(dynamic)
    return tuple(int(next(rest)) if size is None else size for size in shape)


def from_user(value: Any, type: Type) -> Any:
    """An argument as a value of `type`. Raises `ValueError` where it does not fit."""
    try:
        passed_dtype(type)
    except ValueError:
        return value  # a value of a dialect's own, such as a pointer
    array = as_argument(value, type)
    return array if isinstance(type, ShapedType) else array[()]
