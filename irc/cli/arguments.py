"""The arguments of `irc-run`: literals, files, and generated arrays, as values of a function's argument types."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.cli.literals import read_literal, shortened
from irc.ir.arguments import as_argument, from_numbers, passed_dtype
from irc.ir.dense import fit
from irc.ir.diagnostic import counted
from irc.ir.rounding import is_of_numpy
from irc.ir.types import FloatType, ShapedType, Type, element_type

_GENERATED = re.compile(r"(random|zeros|ones|iota)(?::([^@]*))?(?:@(.*))?", re.DOTALL)
_SHAPE = re.compile(r"[0-9]{1,18}(x[0-9]{1,18})*|")
_SEED = re.compile(r"[0-9]{1,18}")
_INDEX = re.compile(r"in(0|[1-9][0-9]{0,99})")


class ArgumentError(Exception):
    """An argument that does not fit."""


def assign_arguments(texts: Sequence[str], npz: str | None, types: Sequence[Type]) -> list[Any]:
    """The arguments of a function of these argument types. Raises `ArgumentError`.

    The file gives those that its arrays are named after, `in0` and so on, or else the first ones; the texts give the
    rest, in order.
    """
    values = _from_file(npz, len(types)) if npz is not None else {}
    missing = [i for i in range(len(types)) if i not in values]
    if len(texts) != len(missing):
        stated = ", ".join(str(type) for type in types) or "none"
        given = f"{len(texts)} {'is' if len(texts) == 1 else 'are'}"
        if npz is not None:
            given = f"{len(values)} by the file and {len(texts)} by --arg are"
        open_ones = f"; not given by the file: {_listed(missing)}" if npz is not None and missing else ""
        raise ArgumentError(
            f"the function takes {counted(len(types), 'argument')} ({stated}), but {given} given{open_ones}"
        )
    stated_ones = dict(zip(missing, texts, strict=True))
    result: list[Any] = []
    for i, type in enumerate(types):
        try:
            value = read_argument(stated_ones[i], type) if i in stated_ones else _of_type(values[i], type)
            result.append(as_argument(value, type))
        except ValueError as problem:
            raise ArgumentError(f"argument #{i}: {problem}") from None
    return result


def _listed(positions: Sequence[int]) -> str:
    shown = ", ".join(f"#{i}" for i in positions[:5])
    return shown if len(positions) <= 5 else f"{shown}, …"


def read_argument(text: str, type: Type) -> Any:
    """The value of one `--arg`. Raises `ValueError`.

    `1.5`, `[[1, 2], [3, nan]]`: a literal; `x.npy`: a file; `random:SEED`, `zeros`, `ones`, `iota`: generated in the
    shape of the type, or in a stated one (`random:0@4x8`) where the type is dynamic.
    """
    generated = _GENERATED.fullmatch(text)
    if generated is not None:
        kind, seed, shape = generated.groups()
        return _generate(kind, seed, shape, type)
    if text.endswith(".npy"):
        return _of_type(_load(text), type)
    passed_dtype(type)  # so that what cannot be passed at all is said first
    return from_numbers(read_literal(text), type)


def _generate(kind: str, seed: str | None, shape: str | None, type: Type) -> Any:
    element, dtype = element_type(type), passed_dtype(type)
    sizes: Sequence[int | None] = type.shape if isinstance(type, ShapedType) else ()
    if shape is not None:
        if _SHAPE.fullmatch(shape) is None:
            raise ValueError(f"'@{shortened(shape)}' is no shape: write sizes as in {kind}@4x8")
        sizes = [int(size) for size in shape.split("x") if size]
    if seed is not None and (kind != "random" or _SEED.fullmatch(seed) is None):
        raise ValueError(f"'{kind}:{shortened(seed)}': a seed is a number, and only for random")
    known = [size for size in sizes if size is not None]
    if len(known) != len(sizes):
        raise ValueError(f"'{type}' is dynamic; state a shape: {kind}@4x8")
    _check_memory(known, max(dtype.itemsize, 8 if kind in ("iota", "random") else 1))
    with np.errstate(over="ignore", invalid="ignore"):
        if kind == "iota":
            return np.asarray(fit(np.arange(math.prod(known)).reshape(known).astype(dtype), type))
        if kind != "random":
            return np.full(known, kind == "ones", dtype)
        generator = np.random.default_rng(int(seed or 0))
        if isinstance(element, FloatType) or dtype.kind == "c":
            return np.asarray(generator.standard_normal(known)).astype(dtype)
        return np.asarray(
            fit(np.asarray(generator.integers(0, 2 if dtype.kind == "b" else 100, known)).astype(dtype), type)
        )


def _check_memory(shape: Sequence[int], itemsize: int) -> None:
    """Raises `ValueError` for an array that this machine cannot hold."""
    size = math.prod(shape) * itemsize
    try:
        room = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        room = 1 << 47
    if size > room:
        raise ValueError(f"an array of shape {'x'.join(map(str, shape))} takes {size} bytes, more than there are")


# -- files -----------------------------------------------------------------------------------------------------------


def _from_file(path: str, count: int) -> dict[int, Any]:
    """The arrays of an `.npz` file by the argument that they are for."""
    found = _load(path)
    if not isinstance(found, dict):
        raise ArgumentError(f"'{path}' is no .npz file; give an .npy file by --arg")
    indices = {name: _INDEX.fullmatch(name) for name in found}
    if not any(indices.values()):
        return _checked(path, dict(enumerate(found.values())), count)
    other = next((name for name, match in indices.items() if match is None), None)
    if other is not None:
        raise ArgumentError(f"'{path}' has arrays named after arguments, and beside them '{other}'")
    return _checked(path, {int(match.group(1)): found[name] for name, match in indices.items() if match}, count)


def _checked(path: str, arrays: dict[int, Any], count: int) -> dict[int, Any]:
    extra = max(arrays, default=-1)
    if extra >= count:
        raise ArgumentError(
            f"'{path}' has an array for argument #{extra}, but the function takes {counted(count, 'argument')}"
        )
    return arrays


_MAGIC = (b"\x93NUMPY", b"PK")
"""How `.npy` files start, and `.npz` files."""


def _load(path: str) -> Any:
    """The array of an `.npy` file, or the arrays of an `.npz` file by name. Raises `ArgumentError`."""
    try:
        # NumPy does not close a file that it has opened itself and cannot read.
        with open(path, "rb") as file:
            start = file.read(len(_MAGIC[0]))
            if not start.startswith(_MAGIC):
                raise ArgumentError(f"cannot read '{path}': it is neither an .npy nor an .npz file")
            file.seek(0)
            found = np.load(file, allow_pickle=False)
            if not isinstance(found, np.lib.npyio.NpzFile):
                return found
            names = list(found.files)
            if len(set(names)) != len(names):
                raise ArgumentError(f"cannot read '{path}': two arrays have the same name")
            return {name: found[name] for name in names}
    except OSError as problem:
        raise ArgumentError(f"cannot read '{path}': {problem.strerror or problem}") from None
    except ArgumentError:
        raise
    except Exception as problem:  # noqa: BLE001 - a broken file makes NumPy and its helpers raise nearly everything
        if "dtype descriptor" in str(problem):
            raise ArgumentError(
                f"cannot read '{path}': NumPy does not know the type of its numbers; save them as bytes: array.view('V1')"
            ) from None
        raise ArgumentError(
            f"cannot read '{path}': it is damaged, too large, or holds objects of Python instead of numbers"
        ) from None


def _of_type(array: Any, type: Type) -> Any:
    """An array from a file. Types that NumPy itself does not know, such as bf16, come back from it as plain bytes, or
    are stored as `float32`, which is taken where nothing is lost."""
    if isinstance(array, dict):
        raise ValueError("an .npz file holds several arrays; give it by --npz")
    dtype = passed_dtype(type)
    if array.dtype.kind == "V" and array.dtype.fields is None and array.dtype.itemsize == dtype.itemsize:
        return array.view(dtype)
    if not is_of_numpy(dtype) and array.dtype == np.float32:
        with np.errstate(all="ignore"):
            narrow = array.astype(dtype)
        if np.array_equal(narrow.astype(np.float32), array, equal_nan=True):
            return narrow
    return array
