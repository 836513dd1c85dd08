"""Reverse-mode derivatives of Python functions: the function is traced, and a request of `ad` takes its derivative.

Where a function is mapped by `vmap`, its cost has one value per example. The examples are independent of each other, so the
gradients of each are the product of the Jacobian with cotangents of one; an argument that all examples share is spread
over them first.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from irc.dialects import ad
from irc.ir.attributes import ArrayAttr, SymbolRefAttr, i64_attr
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.batched import size_of_level
from irc.tracing.carries import Kind, arguments, as_kind, kind_of
from irc.tracing.current import traces, user_location
from irc.tracing.dtypes import is_float
from irc.tracing.shaping import broadcast_to, show
from irc.tracing.staging import staged
from irc.tracing.trace import FunctionTrace, type_of
from irc.tracing.trees import flatten, unflatten


def value_and_grad(
    fun: Callable[..., Any], argnums: int | Sequence[int] = 0, has_aux: bool = False, **ignored: Any
) -> Callable[..., Any]:
    """A function that gives the value of `fun` and its gradient with respect to the arguments of these numbers.

    `fun` gives a float without axes; with `has_aux` a pair of that and anything. The gradient has the structure of the
    argument, a tuple of them where `argnums` is one. Raises `TypeError` for a result or an argument that is no float, and
    `DiagnosedError` at an operation that has no derivative.
    """
    numbers = [argnums] if isinstance(argnums, int) else list(argnums)

    @functools.wraps(fun)
    def with_gradient(*args: Any, **kwargs: Any) -> Any:
        value, aux, gradients = staged(
            lambda tree: _differentiated(fun, numbers, has_aux, tree[0], tree[1]), (args, kwargs)
        )
        found = gradients[0] if isinstance(argnums, int) else gradients
        return ((value, aux) if has_aux else value), found

    return with_gradient


def grad(
    fun: Callable[..., Any], argnums: int | Sequence[int] = 0, has_aux: bool = False, **ignored: Any
) -> Callable[..., Any]:
    """A function that gives the gradient alone, with `has_aux` a pair of it and what `fun` gives besides its value."""
    both = value_and_grad(fun, argnums, has_aux)

    @functools.wraps(fun)
    def gradient(*args: Any, **kwargs: Any) -> Any:
        value, found = both(*args, **kwargs)
        return (found, value[1]) if has_aux else found

    return gradient


class _Function:
    """`fun` as a function of the IR: the leaves of its arguments in, its cost and what it gives besides out."""

    def __init__(
        self, fun: Callable[..., Any], has_aux: bool, structure: Any, kinds: Sequence[Kind], bases: Any
    ) -> None:
        outer = traces()[-1]
        name = _unused(outer.module, getattr(fun, "__name__", "function"))
        self.trace = FunctionTrace(outer.module, name, [type_of(base) for base in bases], private=True)
        with self.trace.active():
            values = [argument.value for argument in self.trace.arguments]
            args, kwargs = unflatten(structure, arguments(self.trace, values, kinds))
            result = fun(*args, **kwargs)
            cost, aux = _pair(result) if has_aux else (result, None)
            self.cost = _checked_cost(cost, name)
            leaves, self.aux_structure = flatten(aux)
            self.results = [self.cost, *(as_array(leaf) for leaf in leaves)]
            self.kinds = [kind_of(result) for result in self.results]
            self.trace.finish([as_kind(result, kind) for result, kind in zip(self.results, self.kinds, strict=True)])
        self.symbol = SymbolRefAttr(name)


def _pair(result: Any) -> tuple[Any, Any]:
    if not (isinstance(result, tuple) and len(result) == 2):
        raise TypeError("with has_aux=True the function must give a pair: its value and what comes with it")
    return result


def _checked_cost(cost: Any, name: str) -> Array:
    array = as_array(cost)
    if array.shape or not is_float(array.dtype):
        raise TypeError(
            f"the gradient is that of a float without axes, but {name} gave {array.dtype.name}{show(array.shape)}"
        )
    return array


def _unused(module: Any, name: str) -> str:
    """A symbol like `name` that the module does not have."""
    plain = "".join(c if c.isalnum() or c == "_" else "_" for c in name)
    taken = {op.sym_name.value for op in module.regions[0].entry}
    return next(each for i in range(len(taken) + 1) if (each := f"{plain}_{i}" if i else plain) not in taken)


def _differentiated(
    fun: Callable[..., Any], numbers: Sequence[int], has_aux: bool, args: Sequence[Any], kwargs: Any
) -> tuple[Any, Any, Any]:
    leaves, structure = flatten((args, kwargs))
    arrays = [as_array(leaf) for leaf in leaves]
    wrt, structures = _positions(args, numbers)
    for position in wrt:
        if not is_float(arrays[position].dtype):
            raise TypeError(
                f"a gradient is taken with respect to floats, got an array of {arrays[position].dtype.name}"
            )
    kinds = [kind_of(array) for array in arrays]
    outer = traces()[-1]
    while True:
        bases = [as_kind(array, kind) for array, kind in zip(arrays, kinds, strict=True)]
        function = _Function(fun, has_aux, structure, kinds, bases)
        levels = function.kinds[0].levels
        wider = [
            Kind(kind.dtype, kind.weak_type, kind.shape, tuple(sorted({*kind.levels, *levels}))) if i in wrt else kind
            for i, kind in enumerate(kinds)
        ]
        if wider == kinds:
            break
        function.trace.function.drop_uses_and_erase()
        kinds = wider
    operands = [outer.value_of(base) for base in bases] + [outer.value_of(array) for array in function.trace.captured]
    results = function.trace.function.signature.results
    types = [*results, *(type_of(bases[position]) for position in wrt)]
    positions = ArrayAttr(tuple(i64_attr(position) for position in wrt))
    outer.builder.location = user_location()
    if not levels:
        op: Any = ad.ValueAndGrad(function.symbol, operands, positions, result_types=types)
    else:
        cotangents = [outer.value_of(_cotangent(i, kind)) for i, kind in enumerate(function.kinds)]
        op = ad.VJP(function.symbol, operands, cotangents, positions, result_types=types)
    outer.builder.insert(op)
    found = arguments(outer, op.results, [*function.kinds, *(kinds[position] for position in wrt)])
    count = len(function.kinds)
    aux = unflatten(function.aux_structure, found[1:count])
    rest = iter(found[count:])
    gradients = tuple(unflatten(each, [next(rest) for _ in range(each.num_leaves)]) for each in structures)
    return found[0], aux, gradients


def _positions(args: Sequence[Any], numbers: Sequence[int]) -> tuple[list[int], list[Any]]:
    """Where the leaves of the arguments of these numbers stand among all, and the structures of these arguments."""
    starts, at = [], 0
    for arg in args:
        starts.append(at)
        at += len(flatten(arg)[0])
    found: list[int] = []
    structures = []
    for number in numbers:
        if not -len(args) <= number < len(args):
            raise ValueError(f"argnums names argument {number}, but the call has {len(args)} positional arguments")
        own, structure = flatten(args[number])
        first = starts[number % len(args)]
        found += range(first, first + len(own))
        structures.append(structure)
    return found, structures


def _cotangent(i: int, kind: Kind) -> Array:
    """Ones for the cost, zeros for the other results, with an axis for each level of `vmap`."""
    shape = (*(size_of_level(level) for level in kind.levels), *kind.shape)
    return broadcast_to(ConcreteArray(np.asarray(1 if i == 0 else 0, kind.dtype)), shape)
