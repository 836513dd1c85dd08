"""The arguments of `irc-run`: literals, files, and generated arrays, as values of a function's argument types."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from irc.ir.dense import dtype_of
from irc.ir.types import FloatType, ShapedType, Type, element_type
from irc.text.spelling import type_text

_GENERATED = re.compile(r"(random|zeros|ones|iota)(?::(\d+))?(?:@([\dx]+))?\Z")


class ArgumentError(Exception):
    """An argument that does not fit."""


def read_argument(text: str, type: Type, position: int) -> Any:
    """The value of one `--arg`.

    `1.5`, `[[1, 2], [3, nan]]`: a literal; `x.npy`: a file; `random:SEED`, `zeros`, `ones`, `iota`: generated in the
    shape of the type, or in a stated one (`random:0@4x8`) where the type is dynamic.
    """
    generated = _GENERATED.match(text)
    if generated is not None:
        kind, seed, shape = generated.groups()
        return _generate(kind, int(seed or 0), shape, type, position)
    if text.endswith(".npy"):
        try:
            return np.load(text, allow_pickle=False)
        except (OSError, ValueError) as problem:
            raise ArgumentError(f"argument #{position}: cannot read '{text}': {problem}") from None
    return _literal(text, type, position)


def _literal(text: str, type: Type, position: int) -> Any:
    source = re.sub(r"\b(true|false)\b", lambda m: m.group().capitalize(), text)
    try:
        # Python's literals have no NaN and no infinity: an overflowing number is one, and NumPy reads `None` as the other.
        value = ast.literal_eval(re.sub(r"\binf\b", "1e999", re.sub(r"\bnan\b", "None", source)))
        array = np.array(value, np.float64) if "nan" in source else np.array(value)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        raise ArgumentError(f"argument #{position}: cannot read '{text}' as a number or a list of numbers") from None
    element = element_type(type)
    if array.dtype.kind not in "biuf":
        raise ArgumentError(f"argument #{position}: '{text}' holds something other than numbers")
    if array.dtype.kind == "f" and not isinstance(element, FloatType):
        raise ArgumentError(f"argument #{position}: '{text}' holds floats, but the type is '{type_text(type)}'")
    dtype = dtype_of(element)
    if (
        dtype.kind in "iu"
        and array.size
        and not (np.iinfo(dtype).min <= array.min() and array.max() <= np.iinfo(dtype).max)
    ):
        raise ArgumentError(f"argument #{position}: '{text}' is out of range for the type '{type_text(type)}'")
    return array.astype(dtype)


def _generate(kind: str, seed: int, shape: str | None, type: Type, position: int) -> Any:
    element = element_type(type)
    sizes: Sequence[int | None] = type.shape if isinstance(type, ShapedType) else ()
    if shape is not None:
        sizes = [int(size) for size in shape.split("x")]
    known = [size for size in sizes if size is not None]
    if len(known) != len(sizes):
        raise ArgumentError(f"argument #{position}: '{type_text(type)}' is dynamic; state a shape: {kind}:{seed}@4x8")
    dtype = dtype_of(element)
    if kind == "iota":
        return np.arange(int(np.prod(known, dtype=np.int64))).reshape(known).astype(dtype)
    if kind != "random":
        return np.full(known, kind == "ones", dtype)
    generator = np.random.default_rng(seed)
    if isinstance(element, FloatType):
        return generator.standard_normal(known).astype(dtype)
    return generator.integers(0, 2 if dtype.kind == "b" else 100, known).astype(dtype)


def read_npz(path: str, count: int) -> list[Any]:
    """The arrays of an `.npz` file as arguments: `in0`, `in1`, … where it has these, else all in the file's order."""
    try:
        with np.load(path, allow_pickle=False) as file:
            names = list(file.files)
            if "in0" in names:
                names = [f"in{i}" for i in range(count) if f"in{i}" in names]
            return [file[name] for name in names]
    except (OSError, ValueError) as problem:
        raise ArgumentError(f"cannot read '{Path(path)}': {problem}") from None
