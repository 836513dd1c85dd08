"""Python functions as functions of the IR whose derivatives are asked for.

Where a function is mapped by `vmap`, its results have a value per example. The examples are independent of each other, so
the derivatives of each are products of the Jacobian with cotangents or tangents of each; an argument that all examples
share is spread over them first.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from irc.dialects import ad
from irc.ir.attributes import ArrayAttr, SymbolRefAttr, i64_attr
from irc.tracing.array import Array, ConcreteArray, as_array, is_array_like
from irc.tracing.batched import size_of_level
from irc.tracing.carries import Kind, arguments, as_kind, kind_of
from irc.tracing.current import traces, user_location
from irc.tracing.dtypes import is_float, is_inexact
from irc.tracing.shaping import broadcast_to, show
from irc.tracing.trace import FunctionTrace, type_of
from irc.tracing.trees import flatten, unflatten

float0 = np.dtype([("float0", np.void, 0)])
"""The dtype of tangents and cotangents of integers and truth values, which hold nothing."""


def nothing(like: Any) -> np.ndarray[Any, Any]:
    """The tangent or cotangent of an array of integers."""
    return np.zeros(as_array(like).shape, float0)


def is_nothing(leaf: Any) -> bool:
    return getattr(leaf, "dtype", None) == float0


def closed(
    fun: Callable[..., Any], args: Sequence[Any], kwargs: Any, numbers: Sequence[int]
) -> tuple[Callable[..., Any], list[Any]]:
    """A function of the arguments of these numbers and of the other arrays alone, and what it is called with.

    Integers, truth values and what is no number stay what they are for Python. Raises `TypeError` and
    `ValueError` for other numbers.
    """
    for number in numbers:
        if not -len(args) <= number < len(args):
            raise out_of_range(number, len(args))
    own = [number % len(args) for number in numbers]
    others = [None if i in own else arg for i, arg in enumerate(args)]
    leaves, structure = flatten((others, kwargs))
    moving = [i for i, leaf in enumerate(leaves) if _is_traced(leaf)]

    @functools.wraps(fun)
    def inner(*given: Any) -> Any:
        filled = list(leaves)
        for i, value in zip(moving, given[len(own) :], strict=True):
            filled[i] = value
        positional, named = unflatten(structure, filled)
        for i, value in zip(own, given, strict=False):
            positional[i] = value
        return fun(*positional, **named)

    return inner, [*(args[i] for i in own), *(leaves[i] for i in moving)]


def _is_traced(leaf: Any) -> bool:
    """Whether an argument is a number that a compiled program takes."""
    return is_array_like(leaf) and (not isinstance(leaf, int) or isinstance(leaf, np.generic))


# -- functions -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Traced:
    """A Python function as one of the module: its arguments are arrays of these kinds, without their hidden axes."""

    symbol: SymbolRefAttr
    trace: FunctionTrace
    structure: Any
    kinds: list[Kind]


def traced(
    fun: Callable[..., Any],
    structure: Any,
    kinds: Sequence[Kind],
    bases: Sequence[Array],
    mode: str,
    uniform: Iterable[int],
) -> Traced:
    """`fun` of a tree of this structure, to be differentiated in forward or reverse mode.

    At the levels `uniform` of a `vmap` the examples differ in cotangents or tangents alone.
    """
    outer = traces()[-1]
    name = unused(outer.module, getattr(fun, "__name__", "function"))
    trace = FunctionTrace(
        outer.module,
        name,
        [type_of(base) for base in bases],
        private=True,
        differentiated=mode,
        sources=bases if outer.is_for_one_call else None,
        uniform=outer.uniform.union(uniform),
    )
    with trace.active():
        args, kwargs = unflatten(structure, arguments(trace, [each.value for each in trace.arguments], kinds))
        leaves, result_structure = flatten(fun(*args, **kwargs))
        results = [as_array(leaf) for leaf in leaves]
        result_kinds = [kind_of(result) for result in results]
        trace.finish([as_kind(result, kind) for result, kind in zip(results, result_kinds, strict=True)])
    return Traced(SymbolRefAttr(name), trace, result_structure, result_kinds)


def unused(module: Any, name: str) -> str:
    """A symbol like `name` that the module does not have."""
    plain = "".join(c if c.isalnum() or c == "_" else "_" for c in name).strip("_") or "function"
    taken = {op.sym_name.value for op in module.regions[0].entry if hasattr(op, "sym_name")}
    return next(each for i in range(len(taken) + 1) if (each := f"{plain}_{i}" if i else plain) not in taken)


def wider(kind: Kind, levels: Iterable[int]) -> Kind:
    """`kind` with a value for each example of these levels, too."""
    return replace(kind, levels=tuple(sorted({*kind.levels, *levels})))


# -- reverse mode ----------------------------------------------------------------------------------------------------


def pulled_back(
    fun: Callable[..., Any], args: Sequence[Any], kwargs: Any, numbers: Sequence[int], cotangents: Any
) -> tuple[Any, tuple[Any, ...]]:
    """The results of `fun`, and for each argument of these numbers the product of the cotangents with the Jacobian.

    Without cotangents the gradient of the first result, which has no axes. Of integers it is `None`.
    """
    leaves, structure = flatten((args, kwargs))
    arrays = [as_array(leaf) for leaf in leaves]
    places, structures = positions(args, numbers)
    wrt = [place for place in places if is_inexact(arrays[place].dtype)]
    kinds = [kind_of(array) for array in arrays]
    given = None if cotangents is None else _cotangents(cotangents)
    hidden = {level for each in given or () if each is not None for level in kind_of(each).levels}
    uniform = hidden.difference(*(kind.levels for kind in kinds))
    outer = traces()[-1]
    while True:
        # Every value that differs between the examples makes the gradients differ.
        kinds = [wider(kind, hidden) if i in wrt else kind for i, kind in enumerate(kinds)]
        bases = [as_kind(array, kind) for array, kind in zip(arrays, kinds, strict=True)]
        function = traced(fun, structure, kinds, bases, "reverse", uniform)
        decisive = function.kinds if given is not None else function.kinds[:1]
        wanted = hidden.union(*(kind.levels for kind in decisive))
        if all(wanted <= set(kinds[position].levels) for position in wrt):
            break
        function.trace.function.drop_uses_and_erase()
        hidden = wanted
    operands = [outer.value_of(base) for base in bases] + [outer.value_of(array) for array in function.trace.captured]
    types = [*function.trace.function.signature.results, *(type_of(bases[position]) for position in wrt)]
    attribute = ArrayAttr(tuple(i64_attr(position) for position in wrt))
    outer.builder.location = user_location()
    if given is None and not function.kinds[0].levels and is_float(function.kinds[0].dtype):
        op: Any = ad.ValueAndGrad(function.symbol, operands, attribute, result_types=types)
    else:
        full = cotangents if given is not None else [_default(i, kind) for i, kind in enumerate(function.kinds)]
        values = [outer.value_of(ct) for ct in cotangents_of(full, function.kinds)]
        op = ad.VJP(function.symbol, operands, values, attribute, result_types=types)
    outer.builder.insert(op)
    found = arguments(outer, op.results, [*function.kinds, *(kinds[position] for position in wrt)])
    by_place = dict(zip(wrt, found[len(function.kinds) :], strict=True))
    rest = iter(places)
    gradients = tuple(
        unflatten(each, [by_place.get(next(rest)) for _ in range(each.num_leaves)]) for each in structures
    )
    return unflatten(function.structure, found[: len(function.kinds)]), gradients


def out_of_range(number: int, count: int) -> Exception:
    """The error for an argument that the call does not have: one counted from the end is a wrong number, as in JAX."""
    kind = TypeError if number >= 0 else ValueError
    return kind(f"argnums names argument {number}, but the call has {count} positional arguments")


def positions(args: Sequence[Any], numbers: Sequence[int]) -> tuple[list[int], list[Any]]:
    """Where the leaves of the arguments of these numbers stand among all, and the structures of these arguments."""
    starts, at = [], 0
    for arg in args:
        starts.append(at)
        at += len(flatten(arg)[0])
    found: list[int] = []
    structures = []
    for number in numbers:
        if not -len(args) <= number < len(args):
            raise out_of_range(number, len(args))
        own, structure = flatten(args[number])
        first = starts[number % len(args)]
        found += range(first, first + len(own))
        structures.append(structure)
    return found, structures


def _default(i: int, kind: Kind) -> Array:
    """One for the cost, zero for the other results."""
    return broadcast_to(ConcreteArray(np.asarray(1 if i == 0 else 0, kind.dtype)), kind.shape)


def cotangents_of(tree: Any, kinds: Sequence[Kind]) -> list[Array]:
    """Cotangents of results of these kinds. Raises `ValueError` where they are none."""
    full = _cotangents(tree)
    if len(full) != len(kinds):
        raise ValueError(f"expected {len(kinds)} cotangents, one for each result, got {len(full)}")
    return [_cotangent(*pair) for pair in zip(full, kinds, strict=True)]


def _cotangents(tree: Any) -> list[Array | None]:
    return [None if is_nothing(leaf) else as_array(leaf) for leaf in flatten(tree)[0]]


def _cotangent(given: Array | None, kind: Kind) -> Array:
    """A cotangent of a result of this kind. Raises `ValueError`."""
    if not is_inexact(kind.dtype):
        return broadcast_to(ConcreteArray(np.asarray(0, kind.dtype)), (*map(size_of_level, kind.levels), *kind.shape))
    weak = given is not None and given.weak_type
    if given is None or given.shape != kind.shape or (given.dtype != kind.dtype and not weak):
        found = "float0" if given is None else f"{given.dtype.name}{show(given.shape)}"
        raise ValueError(f"the cotangent of {kind} is {found}")
    return as_kind(given, kind)


# -- forward mode ----------------------------------------------------------------------------------------------------


def pushed_forward(
    fun: Callable[..., Any], args: Sequence[Any], tangents: Sequence[Array | None]
) -> tuple[Any, list[Any]]:
    """The results of `fun`, and the tangents of their leaves; those of integers are `None`, as those of `args` may be."""
    leaves, structure = flatten((tuple(args), {}))
    arrays = [as_array(leaf) for leaf in leaves]
    wrt = [i for i, tangent in enumerate(tangents) if tangent is not None]
    kinds = [
        kind_of(array) if tangent is None else wider(kind_of(array), kind_of(tangent).levels)
        for array, tangent in zip(arrays, tangents, strict=True)
    ]
    bases = [as_kind(array, kind) for array, kind in zip(arrays, kinds, strict=True)]
    uniform = {level for kind in kinds for level in kind.levels}.difference(
        *(kind_of(array).levels for array in arrays)
    )
    function = traced(fun, structure, kinds, bases, "forward", uniform)
    outer = traces()[-1]
    operands = [outer.value_of(base) for base in bases] + [outer.value_of(array) for array in function.trace.captured]
    given = [outer.value_of(as_kind(tangents[i], kinds[i])) for i in wrt]  # type: ignore[arg-type]  # there is one
    floats = [i for i, kind in enumerate(function.kinds) if is_inexact(kind.dtype)]
    results = function.trace.function.signature.results
    outer.builder.location = user_location()
    attribute = ArrayAttr(tuple(i64_attr(position) for position in wrt))
    op = ad.JVP(
        function.symbol, operands, given, attribute, result_types=[*results, *(results[i] for i in floats)]
    )  # fmt: skip
    outer.builder.insert(op)
    found = arguments(outer, op.results, [*function.kinds, *(function.kinds[i] for i in floats)])
    count = len(results)
    by_place = dict(zip(floats, found[count:], strict=True))
    return unflatten(function.structure, found[:count]), [by_place.get(i) for i in range(count)]
