"""Reverse-mode derivatives of Python functions: the function is traced, and a request of `ad` takes its derivative.

Where a function is mapped by `vmap`, its results have a value per example. The examples are independent of each other, so
the gradients of each are the product of the Jacobian with cotangents of each; an argument that all examples share is
spread over them first.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from irc.dialects import ad
from irc.ir.attributes import ArrayAttr, SymbolRefAttr, i64_attr
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.carries import Kind, arguments, as_kind, kind_of
from irc.tracing.current import traces, user_location
from irc.tracing.dtypes import is_float
from irc.tracing.shaping import broadcast_to, reshape, show
from irc.tracing.staging import staged
from irc.tracing.trace import FunctionTrace, type_of
from irc.tracing.trees import flatten, unflatten
from irc.tracing.vmap import vmap


def value_and_grad(
    fun: Callable[..., Any], argnums: int | Sequence[int] = 0, has_aux: bool = False
) -> Callable[..., Any]:
    """A function that gives the value of `fun` and its gradient with respect to the arguments of these numbers.

    `fun` gives a float without axes; with `has_aux` a pair of that and anything. The gradient has the structure of the
    argument, a tuple of them where `argnums` is one. Raises `TypeError` for a result or an argument that is no float, and
    `DiagnosedError` at an operation that has no derivative.
    """
    numbers = [argnums] if isinstance(argnums, int) else list(argnums)

    def cost_of(result: Any) -> Any:
        cost, aux = _pair(result) if has_aux else (result, None)
        return _checked_cost(cost, getattr(fun, "__name__", "the function")), aux

    @functools.wraps(fun)
    def cost(*args: Any, **kwargs: Any) -> Any:
        return cost_of(fun(*args, **kwargs))

    @functools.wraps(fun)
    def with_gradient(*args: Any, **kwargs: Any) -> Any:
        def run(tree: Any) -> Any:
            return _pulled_back(cost, tree[0], tree[1], numbers, None)

        (value, aux), gradients = staged(run, (args, kwargs))
        found = gradients[0] if isinstance(argnums, int) else gradients
        return ((value, aux) if has_aux else value), found

    return with_gradient


def grad(fun: Callable[..., Any], argnums: int | Sequence[int] = 0, has_aux: bool = False) -> Callable[..., Any]:
    """A function that gives the gradient alone, with `has_aux` a pair of it and what `fun` gives besides its value."""
    both = value_and_grad(fun, argnums, has_aux)

    @functools.wraps(fun)
    def gradient(*args: Any, **kwargs: Any) -> Any:
        value, found = both(*args, **kwargs)
        return (found, value[1]) if has_aux else found

    return gradient


def vjp(fun: Callable[..., Any], *primals: Any) -> tuple[Any, Callable[[Any], tuple[Any, ...]]]:
    """What `fun` gives, and a function of cotangents (of its structure) that gives their products with the Jacobian, one for
    each argument."""
    numbers = list(range(len(primals)))

    def pull_back(cotangents: Any) -> tuple[Any, ...]:
        def run(tree: Any) -> Any:
            return _pulled_back(fun, tree[0], {}, numbers, tree[1])[1]

        found: tuple[Any, ...] = staged(run, (primals, cotangents))
        return found

    return staged(lambda args: fun(*args), primals), pull_back


def jacrev(fun: Callable[..., Any], argnums: int | Sequence[int] = 0) -> Callable[..., Any]:
    """A function that gives the Jacobian: for each result and each argument of these numbers an array with the axes of the
    result, then those of the argument. It takes a product for each element of the results, all at once."""
    numbers = [argnums] if isinstance(argnums, int) else list(argnums)

    @functools.wraps(fun)
    def jacobian(*args: Any) -> Any:
        def run(given: Any) -> Any:
            def of_some(*some: Any) -> Any:
                full = list(given)
                for number, value in zip(numbers, some, strict=True):
                    full[number] = value
                return fun(*full)

            results, pull_back = vjp(of_some, *(given[number] for number in numbers))
            leaves, structure = flatten(results)
            rows = []
            for i, leaf in enumerate(leaves):
                zeros = [broadcast_to(_number(0, each), as_array(each).shape) for each in leaves]
                count, shape = as_array(leaf).size, as_array(leaf).shape
                basis = reshape(ConcreteArray(np.eye(count, dtype=as_array(leaf).dtype)), (count, *shape))
                each = vmap(_with(pull_back, structure, zeros, i))(basis)
                row = each[0] if isinstance(argnums, int) else each
                parts, inner = flatten(row)
                rows.append(unflatten(inner, [reshape(part, (*shape, *part.shape[1:])) for part in parts]))
            return unflatten(structure, rows)

        return staged(run, args)

    return jacobian


def _number(value: float, like: Any) -> Array:
    return ConcreteArray(np.asarray(value, as_array(like).dtype))


def _with(pull_back: Callable[..., Any], structure: Any, zeros: Sequence[Array], i: int) -> Callable[..., Any]:
    """`pull_back` of a cotangent of the result number `i` alone."""
    return lambda row: pull_back(unflatten(structure, [row if j == i else zero for j, zero in enumerate(zeros)]))


def hessian(fun: Callable[..., Any], argnums: int = 0) -> Callable[..., Any]:
    """A function that gives the second derivatives: the Jacobian of the Jacobian."""
    return jacrev(jacrev(fun, argnums), argnums)


# -- requests --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Traced:
    """A Python function as one of the module: its arguments are arrays of these kinds, without their hidden axes."""

    symbol: SymbolRefAttr
    trace: FunctionTrace
    structure: Any
    kinds: list[Kind]


def _traced(fun: Callable[..., Any], structure: Any, kinds: Sequence[Kind], bases: Sequence[Array]) -> _Traced:
    outer = traces()[-1]
    name = _unused(outer.module, getattr(fun, "__name__", "function"))
    trace = FunctionTrace(outer.module, name, [type_of(base) for base in bases], private=True)
    with trace.active():
        args, kwargs = unflatten(structure, arguments(trace, [each.value for each in trace.arguments], kinds))
        leaves, result_structure = flatten(fun(*args, **kwargs))
        results = [as_array(leaf) for leaf in leaves]
        result_kinds = [kind_of(result) for result in results]
        trace.finish([as_kind(result, kind) for result, kind in zip(results, result_kinds, strict=True)])
    return _Traced(SymbolRefAttr(name), trace, result_structure, result_kinds)


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
    plain = "".join(c if c.isalnum() or c == "_" else "_" for c in name).strip("_") or "function"
    taken = {op.sym_name.value for op in module.regions[0].entry}
    return next(each for i in range(len(taken) + 1) if (each := f"{plain}_{i}" if i else plain) not in taken)


def _pulled_back(
    fun: Callable[..., Any], args: Sequence[Any], kwargs: Any, numbers: Sequence[int], cotangents: Any
) -> tuple[Any, tuple[Any, ...]]:
    """The results of `fun`, and for each argument of these numbers the product of the cotangents with the Jacobian.

    Without cotangents the gradient of the first result, which has no axes.
    """
    leaves, structure = flatten((args, kwargs))
    arrays = [as_array(leaf) for leaf in leaves]
    wrt, structures = _positions(args, numbers)
    for position in wrt:
        if not is_float(arrays[position].dtype):
            raise TypeError(
                f"a gradient is taken with respect to floats, got an array of {arrays[position].dtype.name}"
            )
    kinds = [kind_of(array) for array in arrays]
    given = None if cotangents is None else [as_array(leaf) for leaf in flatten(cotangents)[0]]
    hidden = {level for each in given or () for level in kind_of(each).levels}
    outer = traces()[-1]
    while True:
        # Every value that differs between the examples makes the gradients differ.
        kinds = [_wider(kind, hidden) if i in wrt else kind for i, kind in enumerate(kinds)]
        bases = [as_kind(array, kind) for array, kind in zip(arrays, kinds, strict=True)]
        function = _traced(fun, structure, kinds, bases)
        decisive = function.kinds if given is not None else function.kinds[:1]
        wanted = hidden.union(*(kind.levels for kind in decisive))
        if all(wanted <= set(kinds[position].levels) for position in wrt):
            break
        function.trace.function.drop_uses_and_erase()
        hidden = wanted
    operands = [outer.value_of(base) for base in bases] + [outer.value_of(array) for array in function.trace.captured]
    types = [*function.trace.function.signature.results, *(type_of(bases[position]) for position in wrt)]
    positions = ArrayAttr(tuple(i64_attr(position) for position in wrt))
    outer.builder.location = user_location()
    if given is None and not function.kinds[0].levels:
        op: Any = ad.ValueAndGrad(function.symbol, operands, positions, result_types=types)
    else:
        full = given if given is not None else [_default(i, kind) for i, kind in enumerate(function.kinds)]
        if len(full) != len(function.kinds):
            raise TypeError(f"expected {len(function.kinds)} cotangents, one for each result, got {len(full)}")
        values = [outer.value_of(_cotangent(*pair)) for pair in zip(full, function.kinds, strict=True)]
        op = ad.VJP(function.symbol, operands, values, positions, result_types=types)
    outer.builder.insert(op)
    found = arguments(outer, op.results, [*function.kinds, *(kinds[position] for position in wrt)])
    rest = iter(found[len(function.kinds) :])
    gradients = tuple(unflatten(each, [next(rest) for _ in range(each.num_leaves)]) for each in structures)
    return unflatten(function.structure, found[: len(function.kinds)]), gradients


def _wider(kind: Kind, levels: set[int]) -> Kind:
    return replace(kind, levels=tuple(sorted({*kind.levels, *levels})))


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


def _default(i: int, kind: Kind) -> Array:
    """One for the cost, zero for the other results."""
    return broadcast_to(ConcreteArray(np.asarray(1 if i == 0 else 0, kind.dtype)), kind.shape)


def _cotangent(given: Array, kind: Kind) -> Array:
    """A cotangent of a result of this kind. Raises `TypeError`."""
    if given.dtype != kind.dtype or given.shape != kind.shape:
        raise TypeError(f"the cotangent of {kind} is {given.dtype.name}{show(given.shape)}")
    return as_kind(given, kind)
