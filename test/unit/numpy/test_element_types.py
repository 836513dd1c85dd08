"""Functions of arrays of every dtype, at once and compiled, against NumPy on wide numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import irc.numpy as jnp
from irc.tracing.jit import jit

INTEGERS = ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")
FLOATS = ("float16", "bfloat16", "float32", "float64")
COMPLEX = ("complex64", "complex128")
DTYPES = ("bool", *INTEGERS, *FLOATS, *COMPLEX)

REAL: dict[str, Callable[[Any, Any], Any]] = {
    "max": lambda xp, x: xp.max(x, axis=0),
    "min": lambda xp, x: xp.min(x),
    "maximum": lambda xp, x: xp.maximum(x, x[0]),
    "less": lambda xp, x: xp.less(x, x[0]),
    "cummax": lambda xp, x: xp.maximum.accumulate(x, 1) if xp is np else xp.cummax(x, 1),
    "searchsorted": lambda xp, x: xp.searchsorted(xp.sort(x[0]), x[1]),
}
ANY: dict[str, Callable[[Any, Any], Any]] = {
    "sort": lambda xp, x: xp.sort(x, axis=1),
    "argsort": lambda xp, x: xp.argsort(x, axis=0, stable=True),
    "argmax": lambda xp, x: xp.argmax(x, axis=1),
    "argmin": lambda xp, x: xp.argmin(x),
    "equal": lambda xp, x: xp.equal(x, x[0]),
    "where": lambda xp, x: xp.where(x == x[0], x, x[1]),
    "take": lambda xp, x: xp.take(x, np.array([2, 0, 2]), axis=0),
    "flip": lambda xp, x: xp.flip(x, axis=1),
    "concat": lambda xp, x: xp.concat([x, x[:1]], axis=0),
    "pad": lambda xp, x: xp.pad(x, 1),
    "roll": lambda xp, x: xp.roll(x, 2),
    "triu": lambda xp, x: xp.triu(x),
    "all": lambda xp, x: xp.all(x, axis=0),
    "count_nonzero": lambda xp, x: xp.count_nonzero(x, axis=1),
    "diagonal": lambda xp, x: xp.diagonal(x),
    "reads": lambda xp, x: x[::-1, np.array([1, 0])],
}
NUMERIC: dict[str, Callable[[Any, Any], Any]] = {
    "add": lambda xp, x: x + x[0],
    "multiply": lambda xp, x: x * x[0],
    "sum": lambda xp, x: xp.sum(x, axis=1),
    "prod": lambda xp, x: xp.prod(x, axis=0),
    "mean": lambda xp, x: xp.mean(x, axis=0),
    "matmul": lambda xp, x: x @ x.T,
    "cumsum": lambda xp, x: xp.cumsum(x, 0),
    "square": lambda xp, x: xp.square(x),
    "diff": lambda xp, x: xp.diff(x, axis=0),
    "unique": lambda xp, x: xp.unique(x),
}


def numbers(dtype: str) -> Any:
    """Small ones, of which some are equal, so that results are exact or nearly so."""
    found = np.random.default_rng(11).integers(0, 5, (3, 4))
    wide = found - 2 if dtype in FLOATS or dtype.startswith("int") else found
    return (wide + 1j * found.T.reshape(3, 4) if dtype in COMPLEX else wide).astype(np.dtype(getattr(jnp, dtype).dtype))


def widened(x: Any) -> Any:
    kind = "b" if x.dtype == bool else "f" if x.dtype.kind == "V" else x.dtype.kind
    return x if kind == "b" else x.astype({"i": np.int64, "u": np.int64, "f": np.float64, "c": np.complex128}[kind])


CASES = [
    (dtype, name)
    for dtype in DTYPES
    for name in (*ANY, *(REAL if dtype not in COMPLEX else ()), *(NUMERIC if dtype != "bool" else ()))
    if not (dtype.startswith("uint") and name == "diff")
]
TABLE = {**ANY, **REAL, **NUMERIC}


def close(found: Any, expected: Any, dtype: str) -> None:
    got = np.asarray(found)
    tolerance = {"float16": 2e-3, "bfloat16": 2e-2, "float32": 1e-6, "complex64": 1e-6}.get(dtype, 1e-6)
    assert got.shape == expected.shape
    np.testing.assert_allclose(widened(got), expected, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize(("dtype", "name"), CASES)
def test_at_once(dtype: str, name: str) -> None:
    x = numbers(dtype)
    close(TABLE[name](jnp, jnp.asarray(x)), TABLE[name](np, widened(x)), dtype)


@pytest.mark.parametrize("dtype", DTYPES)
def test_compiled(dtype: str) -> None:
    """All functions of a dtype as one program."""
    x = numbers(dtype)
    names = [name for each, name in CASES if each == dtype and name != "unique"]
    found = jit(lambda x: [TABLE[name](jnp, x) for name in names])(x)
    for name, each in zip(names, found, strict=True):
        close(each, TABLE[name](np, widened(x)), dtype)
