"""Reverse-mode derivatives of Python functions: the function is traced, and a request of `ad` takes its derivative."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.carries import Kind
from irc.tracing.dtypes import is_complex, is_float, is_inexact
from irc.tracing.requests import closed, cotangents_of, is_nothing, nothing, pulled_back
from irc.tracing.shaping import broadcast_to, reshape, show
from irc.tracing.staging import staged
from irc.tracing.trees import flatten, unflatten
from irc.tracing.vmap import vmap

if TYPE_CHECKING:
    from irc.tracing.linear import Linearized

Argnums = int | Sequence[int]


def value_and_grad(
    fun: Callable[..., Any],
    argnums: Argnums = 0,
    has_aux: bool = False,
    holomorphic: bool = False,
    allow_int: bool = False,
) -> Callable[..., Any]:
    """A function that gives the value of `fun` and its gradient with respect to the arguments of these numbers.

    `fun` gives a float without axes; with `has_aux` a pair of that and anything. The gradient has the structure of the
    argument, a tuple of them where `argnums` is one. With `holomorphic` arguments and value are complex. Integers are no
    variables, but with `allow_int` have a gradient of dtype `float0`, which is nothing. Raises `TypeError` for a result or an
    argument of another type, and `DiagnosedError` at an operation that has no derivative.
    """
    numbers = numbers_of(argnums)

    @functools.wraps(fun)
    def with_gradient(*args: Any, **kwargs: Any) -> Any:
        inner, given = closed(fun, args, kwargs, numbers)
        for number in numbers:
            _check_variables(args[number], holomorphic, allow_int)

        @functools.wraps(fun)
        def cost(*values: Any) -> Any:
            result = inner(*values)
            value, aux = _pair(result) if has_aux else (result, None)
            return _checked_cost(value, getattr(fun, "__name__", "the function"), holomorphic), aux

        def run(values: Any) -> Any:
            return pulled_back(cost, values, {}, range(len(numbers)), None)

        (value, aux), gradients = staged(run, given)
        filled = tuple(
            _with_nothing(gradient, args[number]) if allow_int else gradient
            for gradient, number in zip(gradients, numbers, strict=True)
        )
        return ((value, aux) if has_aux else value), filled[0] if isinstance(argnums, int) else filled

    return with_gradient


def grad(
    fun: Callable[..., Any],
    argnums: Argnums = 0,
    has_aux: bool = False,
    holomorphic: bool = False,
    allow_int: bool = False,
) -> Callable[..., Any]:
    """A function that gives the gradient alone, with `has_aux` a pair of it and what `fun` gives besides its value."""
    both = value_and_grad(fun, argnums, has_aux, holomorphic, allow_int)

    @functools.wraps(fun)
    def gradient(*args: Any, **kwargs: Any) -> Any:
        value, found = both(*args, **kwargs)
        return (found, value[1]) if has_aux else found

    return gradient


def vjp(fun: Callable[..., Any], *primals: Any, has_aux: bool = False) -> Any:
    """What `fun` gives, and a function of cotangents (of its structure) that gives their products with the Jacobian, one for
    each argument. `fun` runs once; each call of that function then costs the backward run alone. With `has_aux`, `fun` gives
    a pair, of whose second part no derivative is taken: it comes third."""
    from irc.tracing.linear import at_hand, linearized  # noqa: PLC0415 - what writes derivatives is loaded when it is needed

    numbers = list(range(len(primals)))
    first: Callable[[Any], Any] = (lambda result: _pair(result)[0]) if has_aux else (lambda result: result)
    shared = linearized(fun, primals, first)

    @functools.wraps(fun)
    def main(*args: Any) -> Any:
        return first(fun(*args))

    def pull_back(cotangents: Any) -> tuple[Any, ...]:
        if shared is not None and at_hand(cotangents):
            return _applied_to(shared[1], shared[2], cotangents, primals)

        def run(tree: Any) -> Any:
            return pulled_back(main, tree[0], {}, numbers, restored(tree[1]))[1]

        restored, dense = without_nothing(cotangents)
        found: tuple[Any, ...] = staged(run, (primals, dense))
        return tuple(_with_nothing(each, primal) for each, primal in zip(found, primals, strict=True))

    results = staged(lambda args: fun(*args), primals) if shared is None else shared[0]
    return (_pair(results)[0], pull_back, results[1]) if has_aux else (results, pull_back)


def _applied_to(kinds: Sequence[Kind], linear: Linearized, cotangents: Any, primals: Any) -> tuple[Any, ...]:
    """The products of the Jacobian with cotangents."""
    given = cotangents_of(cotangents, kinds)
    found = linear.pulled_back([each.data for each, kind in zip(given, kinds, strict=True) if is_inexact(kind.dtype)])
    leaves, structure = flatten(primals)
    arrays = [as_array(leaf) for leaf in leaves]
    products = [
        ConcreteArray(found[i] if i in found else np.zeros(array.shape, array.dtype), array.weak_type)
        if is_inexact(array.dtype)
        else nothing(array)
        for i, array in enumerate(arrays)
    ]
    return tuple(unflatten(structure, products))


def jacrev(
    fun: Callable[..., Any],
    argnums: Argnums = 0,
    has_aux: bool = False,
    holomorphic: bool = False,
    allow_int: bool = False,
) -> Callable[..., Any]:
    """A function that gives the Jacobian: for each result and each argument of these numbers an array with the axes of the
    result, then those of the argument. It takes a product for each element of the results, all at once. With `has_aux`,
    `fun` gives a pair, and so does this function: the Jacobian of the first part, and the second."""
    numbers = numbers_of(argnums)

    @functools.wraps(fun)
    def jacobian(*args: Any, **kwargs: Any) -> Any:
        inner, given = closed(fun, args, kwargs, numbers)
        for number in numbers:
            _check_variables(args[number], holomorphic, allow_int)

        def run(values: Any) -> Any:
            results, pull_back, *aux = vjp(inner, *values, has_aux=has_aux)
            leaves, structure = flatten(results)
            for leaf in leaves:
                _check_jacobian_result(as_array(leaf).dtype, holomorphic, "jacrev")
            rows = []
            for i, leaf in enumerate(leaves):
                zeros = [broadcast_to(number_like(0, each), as_array(each).shape) for each in leaves]
                shape = as_array(leaf).shape
                each = vmap(_with(pull_back, structure, zeros, i))(basis_of(leaf))[: len(numbers)]
                parts, inside = flatten(each[0] if isinstance(argnums, int) else tuple(each))
                rows.append(unflatten(inside, [reshape(part, (*shape, *part.shape[1:])) for part in parts]))
            return unflatten(structure, rows), *aux

        found = staged(run, given)
        return found if has_aux else found[0]

    return jacobian


# -- arguments and results -------------------------------------------------------------------------------------------


def numbers_of(argnums: Argnums) -> list[int]:
    return [argnums] if isinstance(argnums, int) else list(argnums)


def number_like(value: float, like: Any) -> Array:
    return ConcreteArray(np.asarray(value, as_array(like).dtype))


def basis_of(leaf: Any) -> Array:
    """For each element of an array one that is 1 there and 0 elsewhere."""
    array = as_array(leaf)
    return reshape(ConcreteArray(np.eye(array.size, dtype=array.dtype)), (array.size, *array.shape))


def _with(pull_back: Callable[..., Any], structure: Any, zeros: Sequence[Array], i: int) -> Callable[..., Any]:
    """`pull_back` of a cotangent of the result number `i` alone."""
    return lambda row: pull_back(unflatten(structure, [row if j == i else zero for j, zero in enumerate(zeros)]))


def without_nothing(tree: Any) -> tuple[Callable[[Any], Any], Any]:
    """A tree without the leaves of dtype `float0`, and a function that puts them back."""
    leaves, structure = flatten(tree)
    kept = [i for i, leaf in enumerate(leaves) if not is_nothing(leaf)]

    def restored(dense: Any) -> Any:
        found = list(leaves)
        for i, leaf in zip(kept, dense, strict=True):
            found[i] = leaf
        return unflatten(structure, found)

    return restored, [leaves[i] for i in kept]


def _with_nothing(tangents: Any, primals: Any) -> Any:
    """A tree of derivatives with arrays of dtype `float0` for the integers among `primals`."""
    leaves, structure = flatten(primals)
    dense = iter(flatten(tangents)[0])
    return unflatten(structure, [next(dense) if is_inexact(as_array(leaf).dtype) else nothing(leaf) for leaf in leaves])


def _pair(result: Any) -> tuple[Any, Any]:
    if not (isinstance(result, tuple) and len(result) == 2):
        raise TypeError("with has_aux=True the function must give a pair: its value and what comes with it")
    return result


def _checked_cost(cost: Any, name: str, holomorphic: bool) -> Array:
    array = as_array(cost)
    if array.shape or not (is_complex(array.dtype) if holomorphic else is_float(array.dtype)):
        kind = "complex number" if holomorphic else "float"
        hint = (
            "; for holomorphic functions, pass holomorphic=True" if is_complex(array.dtype) and not holomorphic else ""
        )
        raise TypeError(
            f"the gradient is that of a {kind} without axes, but {name} gave {array.dtype.name}{show(array.shape)}{hint}"
        )
    return array


def _check_variables(tree: Any, holomorphic: bool, allow_int: bool) -> None:
    for leaf in flatten(tree)[0]:
        dtype = as_array(leaf).dtype
        if holomorphic and not is_complex(dtype):
            raise TypeError(f"with holomorphic=True the variables must be complex, got {dtype.name}")
        if not is_inexact(dtype) and not allow_int:
            raise TypeError(
                f"a gradient is taken with respect to floats, got an array of {dtype.name}; use vjp or pass allow_int=True"
            )


def _check_jacobian_result(dtype: Any, holomorphic: bool, name: str) -> None:
    if is_complex(dtype) != holomorphic or not is_inexact(dtype):
        wanted = "complex results" if holomorphic else "float results"
        hint = "; for holomorphic functions, pass holomorphic=True" if is_complex(dtype) else ""
        raise TypeError(f"{name} needs {wanted}, got {dtype.name}{hint}")
