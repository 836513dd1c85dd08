"""`jit`: functions of Python that are traced once for each kind of arguments, compiled, and kept."""

from __future__ import annotations

import contextlib
import functools
import inspect
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from irc.ir.cloning import IRMapping, clone
from irc.ir.operation import Operation
from irc.ir.types import TensorType
from irc.text.printer import print_op
from irc.tracing.array import Array, ConcreteArray, as_array, as_lent, is_array_like
from irc.tracing.batched import BatchedArray
from irc.tracing.compile import MAIN, Program, compile_module, lowered_to
from irc.tracing.current import is_tracing, user_location
from irc.tracing.dims import Dim
from irc.tracing.dtypes import element_type_of, has_wide_defaults
from irc.tracing.known import hidden
from irc.tracing.shaping import show
from irc.tracing.structs import ShapeDtypeStruct, with_room
from irc.tracing.trace import FunctionTrace, TracedArray, _dim_of, leak_of, new_module
from irc.tracing.trees import flatten, unflatten


@dataclass(frozen=True, slots=True)
class Traced:
    """A traced function: its module, the arrays that it takes besides its arguments, and the structure of its results."""

    module: Operation
    captured: tuple[ConcreteArray, ...]
    structure: Any
    weak_types: tuple[bool, ...]
    kinds: tuple[tuple[tuple[Any, ...], Any], ...] = ()

    def results(self, arrays: Sequence[Any]) -> Any:
        """The results of a call in their structure."""
        leaves = [ConcreteArray(array, weak) for array, weak in zip(arrays, self.weak_types, strict=True)]
        return leaves[0] if len(leaves) == 1 and self.structure.is_leaf() else unflatten(self.structure, leaves)


class Compiled:
    """A compiled function; call it with arguments of the kind that it was compiled for."""

    def __init__(self, traced: Traced, program: Program, flatten_arguments: Callable[..., list[Array]]) -> None:
        self._traced, self._program, self._flatten = traced, program, flatten_arguments
        self._captured = list(traced.captured)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The results. Raises `DiagnosedError` where the program cannot go on."""
        return self.call(self._flatten(args, kwargs))

    def call(self, leaves: Sequence[Any]) -> Any:
        """The results for the arrays among the arguments, which are concrete."""
        arrays = [*leaves, *self._captured]
        found = self._program([each.data for each in arrays], [each.address for each in arrays])
        return self._traced.results(found)

    def as_text(self) -> str:
        """LLVM's text of the compiled module."""
        return self._program.executor.text


class Lowered:
    """A traced function that can be looked at and compiled."""

    def __init__(self, traced: Traced, flatten_arguments: Callable[..., list[Array]]) -> None:
        self._traced, self._flatten = traced, flatten_arguments

    def __str__(self) -> str:
        return self.as_text()

    @property
    def out_info(self) -> Any:
        """The results as `ShapeDtypeStruct`."""
        leaves = [
            ShapeDtypeStruct(shape, dtype, weak_type=weak)
            for (shape, dtype), weak in zip(self._traced.kinds, self._traced.weak_types, strict=True)
        ]
        return unflatten(self._traced.structure, leaves)

    def as_text(self, level: str = "nd", *, debuginfo: bool = False, generic: bool = False) -> str:
        """The text of the module at a level: `nd`, `optimized`, `linalg`, `buffers`, `loops` or `llvm`.

        Raises `ValueError` for another level.
        """
        module = lowered_to(_copy(self._traced.module), level)
        return print_op(module, debuginfo=debuginfo, generic=generic)

    def compile(self) -> Compiled:
        """Native code. Raises `DiagnosedError` where something has no derivative or no lowering."""
        return Compiled(self._traced, compile_module(_copy(self._traced.module)), self._flatten)


def _copy(module: Operation) -> Operation:
    return clone(module, IRMapping())


class Jitted:
    """A function that is compiled when it is called; see `jit`."""

    def __init__(
        self,
        fun: Callable[..., Any],
        static_argnums: Sequence[int],
        static_argnames: Sequence[str],
        dynamic_dims: Any,
    ) -> None:
        functools.update_wrapper(self, fun)
        self.__name__ = getattr(fun, "__name__", "the function")
        self._fun, self._dynamic_dims = fun, dynamic_dims
        self._static_names = frozenset(static_argnames)
        self._static_numbers = frozenset(static_argnums)
        self._compiled: dict[Any, Compiled] = {}
        self._plain: dict[Any, Compiled] = {}
        self._is_plain = dynamic_dims is None and not self._static_names and not self._static_numbers

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        return self if instance is None else functools.partial(self, instance)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The results of the function. Raises what tracing it raises, and `DiagnosedError` of the compiled program."""
        if _state.disabled:
            return self._fun(*args, **kwargs)
        if is_tracing():
            with hidden():
                return self._fun(*args, **kwargs)
        plain, arrays = self._plain_arguments(args) if self._is_plain and not kwargs else (None, [])
        if plain is not None and (known := self._plain.get(plain)) is not None:
            return known.call(arrays)
        leaves, structure, static = self._split(args, kwargs)
        if any(isinstance(leaf, BatchedArray) for leaf in leaves):
            return self._fun(*args, **kwargs)
        for leaf in leaves:
            if isinstance(leaf, TracedArray):
                raise leak_of(leaf)
        key = self._key(leaves, structure, static)
        compiled = self._compiled.get(key)
        if compiled is None:
            traced = self._trace(leaves, structure, args, kwargs)
            program = compile_module(traced.module)
            compiled = self._compiled[key] = Compiled(traced, program, self._leaves)
        if plain is not None:
            self._plain[plain] = compiled
        return compiled.call(leaves)

    def _plain_arguments(self, args: Sequence[Any]) -> tuple[Any, list[ConcreteArray]]:
        """What tells calls apart whose arguments hold nothing but arrays, and these; the former is `None` for other calls."""
        structure = None
        if any(type(each) is not ConcreteArray for each in args):
            args, structure = flatten(args)
        arrays: list[ConcreteArray] = []
        kinds: list[Any] = [structure, has_wide_defaults()]
        for each in args:
            kind = type(each)
            if kind is np.ndarray and each.dtype.isnative:
                each = ConcreteArray(each)
            elif kind is not ConcreteArray:
                return None, []
            data = each.data
            kinds.append((data.dtype, data.shape, each.weak_type))
            arrays.append(each)
        return tuple(kinds), arrays

    def lower(self, *args: Any, **kwargs: Any) -> Lowered:
        """The traced function for arguments of this kind, of which arrays may be `ShapeDtypeStruct`."""
        given, structure = flatten((args, kwargs))
        args, kwargs = unflatten(structure, [with_room(leaf) for leaf in given])
        leaves, structure, _ = self._split(args, kwargs)
        return Lowered(self._trace(leaves, structure, args, kwargs), self._leaves)

    def trace(self, *args: Any, **kwargs: Any) -> Lowered:
        """The same as `lower`."""
        return self.lower(*args, **kwargs)

    def eval_shape(self, *args: Any, **kwargs: Any) -> Any:
        """The results of a call as `ShapeDtypeStruct`, without computing them."""
        return self.lower(*args, **kwargs).out_info

    def _leaves(self, args: Sequence[Any], kwargs: Mapping[str, Any]) -> list[Array]:
        return self._split(args, kwargs)[0]

    # -- arguments -----------------------------------------------------------------------------------------------

    def _split(self, args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[list[Array], Any, Any]:
        """The arrays among the arguments, their structure, and the static arguments."""
        numbers = self._static_positions(args)
        positional = [None if i in numbers else arg for i, arg in enumerate(args)]
        named = {name: value for name, value in kwargs.items() if name not in self._static_names}
        leaves, structure = flatten((positional, named))
        static = (
            tuple((i, args[i]) for i in sorted(numbers)),
            tuple(sorted((name, value) for name, value in kwargs.items() if name in self._static_names)),
        )
        return [self._checked(leaf) for leaf in leaves], structure, static

    def _static_positions(self, args: Sequence[Any]) -> set[int]:
        """The positions of the static ones among these arguments."""
        count = len(args)
        return {number % count for number in self._static_numbers if -count <= number < count}

    def _checked(self, leaf: Any) -> Array:
        if not is_array_like(leaf):
            raise TypeError(
                f"an argument of {self.__name__} is a {type(leaf).__name__}, which is no array: arguments that are not "
                "arrays are named by static_argnums or static_argnames"
            )
        return as_lent(leaf)

    def _key(self, leaves: Sequence[Array], structure: Any, static: Any) -> Any:
        if self._dynamic_dims is None:
            kinds = tuple((leaf.dtype, leaf.shape, leaf.weak_type) for leaf in leaves)
        else:
            axes = self._dynamic_axes(structure, leaves)
            kinds = tuple(
                (leaf.dtype, tuple(None if i in names else n for i, n in enumerate(leaf.shape)), leaf.weak_type)
                for leaf, names in zip(leaves, axes, strict=True)
            )
        key = (structure, kinds, static, has_wide_defaults())
        try:
            hash(key)
        except TypeError:
            raise self._unhashable(static) from None
        return key

    def _unhashable(self, static: Any) -> ValueError:
        """The error for static arguments of which one cannot be looked up."""
        for name, value in (*static[0], *static[1]):
            try:
                hash(value)
            except TypeError:
                what = f"argument {name}" if isinstance(name, int) else f"the argument {name!r}"
                return ValueError(
                    f"static arguments must be hashable, but {what} of {self.__name__} is a {type(value).__name__}: {value!r}"
                )
        return ValueError(f"the arguments of {self.__name__} have a structure that is not hashable")

    def _dynamic_axes(self, structure: Any, leaves: Sequence[Array]) -> list[dict[int, str | None]]:
        """For each array the axes whose sizes are not looked at, with their names."""
        if self._dynamic_dims is None:
            return [{} for _ in leaves]
        positional, _ = unflatten(structure, list(leaves))
        given = self._dynamic_dims if isinstance(self._dynamic_dims, tuple) else (self._dynamic_dims,) * len(positional)
        found: list[dict[int, str | None]] = []
        for entry, argument in zip(given, positional, strict=False):
            found += [_axes(entry, leaf) for leaf in flatten(argument)[0]]
        return found + [{} for _ in range(len(leaves) - len(found))]

    # -- tracing -------------------------------------------------------------------------------------------------

    def _trace(self, leaves: Sequence[Array], structure: Any, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Traced:
        module = new_module(user_location())
        axes = self._dynamic_axes(structure, leaves)
        types = [
            TensorType(
                tuple(None if i in names else n for i, n in enumerate(leaf.shape)),
                element_type_of(leaf.dtype),
            )
            for leaf, names in zip(leaves, axes, strict=True)
        ]
        trace = FunctionTrace(module, MAIN, types, private=False)
        with trace.active():
            arrays = _arguments(trace, leaves, axes)
            positional, named = unflatten(structure, arrays)
            numbers = self._static_positions(args)
            positional = [args[i] if i in numbers else argument for i, argument in enumerate(positional)]
            named |= {name: value for name, value in kwargs.items() if name in self._static_names}
            results, result_structure = flatten(self._fun(*positional, **named))
            outputs = [_result(self, result) for result in results]
            trace.finish(outputs)
        captured = tuple(array for array in trace.captured if isinstance(array, ConcreteArray))
        kinds = tuple((output.shape, output.dtype) for output in outputs)
        return Traced(module, captured, result_structure, tuple(output.weak_type for output in outputs), kinds)


def _axes(entry: Any, leaf: Array) -> dict[int, str | None]:
    if entry is None:
        return {}
    names = {entry: None} if isinstance(entry, int) else dict(entry) if isinstance(entry, Mapping) else None
    if names is None and isinstance(entry, str):
        raise TypeError(f"dynamic_dims names axes by numbers, as in {{0: {entry!r}}}, got {entry!r}")
    names = dict.fromkeys(entry) if names is None else names
    for axis in names:
        if not isinstance(axis, int):
            raise TypeError(f"dynamic_dims names axes by numbers, got {axis!r}")
        if not -leaf.ndim <= axis < leaf.ndim:
            raise ValueError(f"dynamic_dims names axis {axis} of an argument of shape {show(leaf.shape)}")
    return {axis % leaf.ndim: name for axis, name in names.items()}


def _arguments(trace: FunctionTrace, leaves: Sequence[Array], axes: Sequence[dict[int, str | None]]) -> list[Array]:
    """The arguments as traced arrays; sizes of one name are one size."""
    named: dict[str, Dim] = {}
    found: list[Array] = []
    for argument, leaf, names in zip(trace.arguments, leaves, axes, strict=True):
        sizes = list(argument.shape)
        for axis, name in names.items():
            if name is not None:
                own = _dim_of(argument, axis)
                sizes[axis] = named.setdefault(name, Dim((name,), own.make))
        found.append(TracedArray(trace, argument.value, leaf.weak_type, sizes))
    return found


def _result(fun: Any, result: Any) -> Array:
    if not is_array_like(result):
        raise TypeError(f"{fun.__name__} returned a {type(result).__name__}, which is no array")
    return as_array(result)


class _Switch(threading.local):
    disabled = False


_state = _Switch()


def is_disabled() -> bool:
    """Whether all runs operation by operation."""
    return _state.disabled


@contextlib.contextmanager
def disable_jit(disable: bool = True) -> Iterator[None]:
    """Functions that `jit` compiles run operation by operation inside of this."""
    before, _state.disabled = _state.disabled, disable
    try:
        yield
    finally:
        _state.disabled = before


def jit(
    fun: Callable[..., Any] | None = None,
    *,
    static_argnums: int | Sequence[int] = (),
    static_argnames: str | Sequence[str] = (),
    donate_argnums: int | Sequence[int] = (),
    donate_argnames: str | Sequence[str] = (),
    dynamic_dims: Any = None,
    inline: bool = False,
    keep_unused: bool = False,
) -> Any:
    """`fun`, compiled when it is called; one compilation for each combination of shapes, dtypes and static arguments.

    The arguments are nested containers of arrays. Those named by `static_argnums` and `static_argnames` are hashable
    values that the function sees as they are. `dynamic_dims` has an entry for each positional argument (or one for all):
    an axis, several, or a mapping from axes to names, whose sizes may differ from call to call without another
    compilation; sizes of one name are the same. What is donated may not be used afterwards, which this compiler makes
    no use of so far. `inline` and `keep_unused` are JAX's and without effect.
    """
    if fun is not None and not callable(fun):
        raise TypeError(f"jit takes a function, got a {type(fun).__name__}")
    if fun is None:
        return functools.partial(
            jit, static_argnums=static_argnums, static_argnames=static_argnames, donate_argnums=donate_argnums,
            donate_argnames=donate_argnames, dynamic_dims=dynamic_dims,
        )  # fmt: skip
    numbers = [static_argnums] if isinstance(static_argnums, int) else list(static_argnums)
    names = [static_argnames] if isinstance(static_argnames, str) else list(static_argnames)
    numbers, names = _both(fun, numbers, names, "static")
    donated = [donate_argnums] if isinstance(donate_argnums, int) else list(donate_argnums)
    donated_names = [donate_argnames] if isinstance(donate_argnames, str) else list(donate_argnames)
    _, donated_names = _both(fun, donated, donated_names, "donate")
    both = sorted(set(names) & set(donated_names))
    if both:
        raise ValueError(
            f"static arguments cannot be donated: {', '.join(both)} of {getattr(fun, '__name__', 'the function')}"
        )
    return Jitted(fun, numbers, names, dynamic_dims)


def _check_named(fun: Callable[..., Any], numbers: Sequence[int], names: Sequence[str], role: str) -> None:
    """Raises `ValueError` for static or donated arguments that the function does not have."""
    kinds = list(inspect.signature(fun).parameters.values())
    what = getattr(fun, "__name__", "the function")
    positional = [p for p in kinds if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    if not any(p.kind is p.VAR_POSITIONAL for p in kinds):
        for number in numbers:
            if not -len(positional) <= number < len(positional):
                raise ValueError(f"{role}_argnums={number}, but {what} has {len(positional)} positional arguments")
    if not any(p.kind is p.VAR_KEYWORD for p in kinds):
        for name in names:
            if name not in [p.name for p in kinds]:
                raise ValueError(f"{role}_argnames={name!r}, but {what} has no argument of that name")


def _both(fun: Callable[..., Any], numbers: list[int], names: list[str], role: str) -> tuple[list[int], list[str]]:
    """Static or donated arguments by position and by name, whichever of them the caller uses."""
    try:
        parameters = [p.name for p in inspect.signature(fun).parameters.values() if p.kind is p.POSITIONAL_OR_KEYWORD]
    except (TypeError, ValueError):
        return numbers, names
    _check_named(fun, numbers, names, role)
    extra = [parameters.index(name) for name in names if name in parameters]
    also = [parameters[number] for number in numbers if -len(parameters) <= number < len(parameters)]
    return sorted({*numbers, *extra}), sorted({*names, *also})
