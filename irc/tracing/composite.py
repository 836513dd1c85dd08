"""Functions of irc made of many operations: outside of traced functions a call of one is a program, not one per operation.

Arrays and floats are arguments of the program, and what else the call says is part of what tells programs apart. Where such
a function needs the value of an argument, its floats are told apart, too, and failing that it runs operation by operation.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from irc.tracing.array import Array, ConcreteArray, checked
from irc.tracing.batched import BatchedArray, peel, wrap
from irc.tracing.compile import MAIN, Program, compile_module
from irc.tracing.current import is_tracing, user_location
from irc.tracing.dtypes import has_wide_defaults
from irc.tracing.errors import ConcretizationTypeError
from irc.tracing.jit import is_disabled
from irc.tracing.trace import FunctionTrace, TracedArray, new_module, type_of
from irc.tracing.trees import flatten, unflatten

MOST_VARIANTS = 16
"""So many numbers that are no arrays a call is compiled for; those beyond run operation by operation."""


class _NoKeyError(Exception):
    """A call has an argument that tells no programs apart."""


class _Call:
    """The arguments of a call, taken apart."""

    __slots__ = ("apart", "key", "kinds", "leaves")

    def __init__(self, given: Any, apart: bool) -> None:
        """`apart` says that floats are part of the key. Raises `_NoKeyError`."""
        self.leaves: list[Any] = []
        self.apart = apart
        self.key = self._read(given)

    def _read(self, x: Any) -> Any:
        kind = type(x)
        if kind is ConcreteArray:
            self.leaves.append(x)
            return x.data.dtype, x.data.shape, x.weak_type
        if kind in (float, complex) and not self.apart:
            self.leaves.append(x)
            return kind
        if kind in _PLAIN:
            return kind, x
        if kind is tuple or kind is list:
            return (kind, *map(self._read, x))
        if kind is dict:
            return (kind, *x, *map(self._read, x.values()))
        if isinstance(x, np.ndarray | np.generic) and not isinstance(x, bool | int | float | complex):
            return self._read(ConcreteArray(checked(np.asarray(x))))
        return self._read_other(x)

    def _read_other(self, x: Any) -> Any:
        if isinstance(x, BatchedArray):
            base, levels = peel(x)
            kind = self._read(base)
            self.leaves[-1] = x
            return levels, kind
        if isinstance(x, Array):
            raise _NoKeyError
        parts, structure = flatten(x)
        if structure.is_leaf():
            if hasattr(x, "__array__"):
                raise _NoKeyError
            return self._hashable(x)
        return self._hashable(structure), *map(self._read, parts)

    @staticmethod
    def _hashable(x: Any) -> Any:
        try:
            hash(x)
        except TypeError:
            raise _NoKeyError from None
        return type(x), x


_PLAIN = frozenset({int, bool, str, type(None), float, complex})


class _Compiled:
    """The program of calls that have their key in common."""

    def __init__(self, fun: Callable[..., Any], call: _Call, args: Any, kwargs: Any) -> None:
        self._wide = False
        self._trace(fun, call, args, kwargs)
        if any(result.dtype.itemsize > _NARROW.get(result.dtype.kind, 8) for result, _ in self._outputs) and any(
            type(leaf) in (float, complex) for leaf in call.leaves
        ):
            # Numbers of Python's have the digits that 64-bit results need.
            self._wide = True
            self._trace(fun, call, args, kwargs)

    def _trace(self, fun: Callable[..., Any], call: _Call, args: Any, kwargs: Any) -> None:
        peeled = [peel(leaf) for leaf in self._arrays(call.leaves)]
        module = new_module(user_location())
        trace = FunctionTrace(module, MAIN, [type_of(base) for base, _ in peeled], private=False)
        with trace.active():
            inside = iter(
                wrap(TracedArray(trace, argument.value, base.weak_type), levels)
                for argument, (base, levels) in zip(trace.arguments, peeled, strict=True)
            )
            positional, named = _refilled((args, kwargs), call.apart, inside)
            self._results, self._structure = flatten(fun(*positional, **named))
            self._outputs = [peel(result) for result in self._results if isinstance(result, Array)]
            trace.finish([base for base, _ in self._outputs])
        self._captured = [array for array in trace.captured if isinstance(array, ConcreteArray)]
        self._program: Program = compile_module(module)

    def _arrays(self, leaves: Sequence[Any]) -> list[Array]:
        return [leaf if isinstance(leaf, Array) else self._number(leaf) for leaf in leaves]

    def _number(self, x: complex) -> Array:
        dtype = (
            (np.float64 if self._wide else np.float32)
            if type(x) is float
            else (np.complex128 if self._wide else np.complex64)
        )
        with np.errstate(over="ignore"):
            return ConcreteArray(np.asarray(x, dtype), True)

    def __call__(self, leaves: Sequence[Any]) -> Any:
        arrays: list[Any] = [peel(leaf)[0] for leaf in self._arrays(leaves)] + self._captured
        found = self._program([each.data for each in arrays], [each.address for each in arrays])
        made = iter(
            wrap(ConcreteArray(data, base.weak_type), levels)
            for data, (base, levels) in zip(found, self._outputs, strict=True)
        )
        # What is no array does not depend on any.
        results = [next(made) if isinstance(result, Array) else result for result in self._results]
        return results[0] if self._structure.is_leaf() else unflatten(self._structure, results)


_NARROW = {"f": 4, "c": 8}
_DTYPES: dict[type, tuple[str, str]] = {float: ("float32", "float64"), complex: ("complex64", "complex128")}


def _refilled(x: Any, apart: bool, arrays: Any) -> Any:
    """What `_Call` read, with other arrays."""
    kind = type(x)
    if kind in (float, complex) and not apart:
        return next(arrays)
    if kind in _PLAIN:
        return x
    if kind is tuple or kind is list:
        return kind([_refilled(each, apart, arrays) for each in x])
    if kind is dict:
        return {name: _refilled(each, apart, arrays) for name, each in x.items()}
    if isinstance(x, Array | np.ndarray | np.generic):
        return next(arrays)
    parts, structure = flatten(x)
    return x if structure.is_leaf() else unflatten(structure, [_refilled(part, apart, arrays) for part in parts])


_forgotten: list[dict[Any, Any]] = []


def composite(fun: Callable[..., Any]) -> Callable[..., Any]:
    """`fun`, a call of which outside of traced functions is one program."""
    programs: dict[Any, _Compiled | None] = {}
    variants: dict[Any, int] = {}
    _forgotten.append(programs)

    @functools.wraps(fun)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        if is_tracing() or is_disabled():
            return fun(*args, **kwargs)
        try:
            for apart in (False, True):
                call = _Call((args, kwargs), apart)
                key = apart, has_wide_defaults(), call.key
                if key not in programs:
                    programs[key] = _made(fun, call, args, kwargs, variants)
                program = programs[key]
                if program is not None:
                    return program(call.leaves)
        except _NoKeyError:
            pass
        return fun(*args, **kwargs)

    return wrapper


def _made(fun: Callable[..., Any], call: _Call, args: Any, kwargs: Any, variants: dict[Any, int]) -> _Compiled | None:
    """The program of a call, `None` where there is none: it needs values, or there are very many like it."""
    family = tuple((leaf.dtype, leaf.shape) if isinstance(leaf, Array) else type(leaf) for leaf in call.leaves)
    variants[family] = variants.get(family, 0) + 1
    if variants[family] > MOST_VARIANTS or not call.leaves:
        return None
    try:
        return _Compiled(fun, call, args, kwargs)
    except ConcretizationTypeError:
        return None


def composites(namespace: dict[str, Any], names: Sequence[str], *without: str) -> None:
    """Make the functions of a module that have these names `composite`, except some."""
    for name in names:
        if name not in without:
            namespace[name] = composite(namespace[name])


def forget() -> None:
    """Drop the programs of all functions."""
    for programs in _forgotten:
        programs.clear()
