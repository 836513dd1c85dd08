"""Forward-mode derivatives of Python functions, and the products and matrices that they give."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from irc.ir.diagnostic import DiagnosedError
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.carries import Kind
from irc.tracing.dtypes import is_complex, is_inexact
from irc.tracing.elementwise import cast
from irc.tracing.gradients import Argnums, basis_of, grad, jacrev, number_like, numbers_of
from irc.tracing.requests import closed, float0, is_nothing, nothing, pushed_forward
from irc.tracing.shaping import broadcast_to, permute_dims, reshape
from irc.tracing.staging import staged
from irc.tracing.trees import flatten, unflatten
from irc.tracing.vmap import vmap

if TYPE_CHECKING:
    from irc.tracing.linear import Linearized


def jvp(fun: Callable[..., Any], primals: Sequence[Any], tangents: Sequence[Any], has_aux: bool = False) -> Any:
    """What `fun` gives for the arguments `primals`, and the derivative along `tangents`, which have their structure, shapes and
    dtypes (`float0` for integers). With `has_aux`, `fun` gives a pair, of whose second part no derivative is taken: it comes
    third. Raises `TypeError` and `ValueError` where the tangents do not fit."""
    for given in (primals, tangents):
        if not isinstance(given, tuple | list):
            raise TypeError(
                "primal and tangent arguments to jvp must be tuples or lists; "
                f"found {type(primals).__name__} and {type(tangents).__name__}"
            )
    checked = checked_tangents(tuple(primals), tuple(tangents))
    results, along, aux = _pushed(fun, primals, checked, has_aux)
    return (results, along, aux) if has_aux else (results, along)


def _pushed(fun: Callable[..., Any], primals: Sequence[Any], tangents: list[Array | None], has_aux: bool) -> Any:
    """The results, their tangents in their structure, and what comes with them."""
    places = [i for i, tangent in enumerate(tangents) if tangent is not None]

    def run(tree: Any) -> Any:
        args, dense = tree
        found: list[Array | None] = [None] * len(tangents)
        for i, tangent in zip(places, dense, strict=True):
            found[i] = as_array(tangent)
        return pushed_forward(fun, args, found)

    results, along = staged(run, (tuple(primals), [tangents[i] for i in places]))
    aux = None
    if has_aux:
        if not (isinstance(results, tuple) and len(results) == 2):
            raise TypeError("with has_aux=True the function must give a pair: its value and what comes with it")
        results, aux = results
    leaves, structure = flatten(results)
    filled = [nothing(leaf) if tangent is None else tangent for leaf, tangent in zip(leaves, along, strict=False)]
    return results, unflatten(structure, filled), aux


def checked_tangents(
    primals: Any, tangents: Any, what: str = "primal and tangent arguments to jvp"
) -> list[Array | None]:
    """The leaves of `tangents`, which must fit those of `primals`; `None` for those of integers."""
    leaves, structure = flatten(primals)
    given, other = flatten(tangents)
    if structure != other:
        raise TypeError(
            f"{what} must have the same tree structure; primals have tree structure {structure} whereas tangents have "
            f"tree structure {other}"
        )
    found: list[Array | None] = []
    for leaf, tangent in zip(leaves, given, strict=True):
        primal = as_array(leaf)
        array = None if is_nothing(tangent) else as_array(tangent)
        expected = primal.dtype if is_inexact(primal.dtype) else float0
        dtype = float0 if array is None else array.dtype
        weak = array is not None and array.weak_type and is_inexact(dtype) and is_inexact(expected)
        if dtype != expected and not (weak and (is_complex(expected) or not is_complex(dtype))):
            raise TypeError(
                f"{what} do not match; dtypes must be equal, or in case of int/bool primal dtype the tangent dtype must be "
                f"float0. Got primal dtype {primal.dtype.name} and so expected tangent dtype {_name(expected)}, but got "
                f"tangent dtype {_name(dtype)} instead."
            )
        shape = np.shape(tangent) if array is None else array.shape
        if tuple(shape) != tuple(primal.shape):
            raise ValueError(
                f"{what} have different shapes: got primal shape {tuple(primal.shape)} and tangent shape {tuple(shape)}"
            )
        found.append(array)
    return found


def _name(dtype: Any) -> str:
    return "float0" if dtype == float0 else str(dtype.name)


def linearize(fun: Callable[..., Any], *primals: Any, has_aux: bool = False) -> Any:
    """What `fun` gives for these arguments, and its derivative there as a function of tangents.

    With `has_aux`, `fun` gives a pair, of whose second part no derivative is taken: it comes third. `fun` runs once, and what
    its derivative needs is kept; where that cannot be had, each call of the function runs `fun` along with the tangents.
    """
    from irc.tracing.linear import at_hand, linearized  # noqa: PLC0415 - what writes derivatives is loaded when it is needed

    try:
        shared = linearized(fun, primals, (lambda pair: pair[0]) if has_aux else lambda result: result)
    except (DiagnosedError, TypeError):
        shared = None  # what has no transpose may have tangents all the same; if not, the next line says so
    results = staged(lambda args: fun(*args), primals) if shared is None else shared[0]
    what = "linearized function called on tangent values inconsistent with the original primal values: they"

    def along(*tangents: Any) -> Any:
        checked = checked_tangents(primals, tangents, what)
        if shared is not None and at_hand(tangents):
            found = _linear(shared[1], shared[2], checked)
            if found is not None:
                return unflatten(flatten(results[0] if has_aux else results)[1], found)
        return _pushed(fun, primals, checked, has_aux)[1]

    if not has_aux:
        return results, along
    value, aux = results
    return value, along, aux


def _linear(kinds: Sequence[Kind], linear: Linearized, tangents: Sequence[Array | None]) -> list[Any] | None:
    """The tangents of results of these kinds; `None` where the map is known only in the other direction."""
    given = [cast(tangent, tangent.dtype) for tangent in tangents if tangent is not None]
    try:
        found = linear.pushed_forward([each.data for each in given])
    except DiagnosedError:
        return None
    return [
        nothing(np.empty(kind.shape, bool))
        if not is_inexact(kind.dtype)
        else ConcreteArray(found[i] if i in found else np.zeros(kind.shape, kind.dtype), kind.weak_type)
        for i, kind in enumerate(kinds)
    ]


def jacfwd(
    fun: Callable[..., Any], argnums: Argnums = 0, has_aux: bool = False, holomorphic: bool = False
) -> Callable[..., Any]:
    """A function that gives the Jacobian, as `jacrev` does. It takes a derivative along each element of the arguments, all at
    once."""
    numbers = numbers_of(argnums)

    @functools.wraps(fun)
    def jacobian(*args: Any, **kwargs: Any) -> Any:
        inner, given = closed(fun, args, kwargs, numbers)
        variables, structure = flatten(tuple(args[number] for number in numbers))
        for leaf in variables:
            _check_variable(as_array(leaf).dtype, holomorphic)

        def run(values: Any) -> Any:
            own, rest = values[: len(numbers)], values[len(numbers) :]
            leaves = flatten(tuple(own))[0]

            def of_some(*some: Any) -> Any:
                return inner(*some, *rest)

            columns, structure_of_results = [], None
            aux = of_some(*own)[1] if has_aux else None
            for i, leaf in enumerate(leaves):

                def push(column: Any, i: int = i) -> Any:
                    tangents = [column if j == i else _zeros_like(each) for j, each in enumerate(leaves)]
                    return jvp(of_some, tuple(own), unflatten(structure, tangents), has_aux=has_aux)[1]

                along = vmap(push)(basis_of(leaf))
                found, structure_of_results = flatten(along)
                columns.append([_moved(part, as_array(leaf).shape) for part in found])
            parts = [unflatten(structure, list(each)) for each in zip(*columns, strict=True)]
            rows = [part[0] if isinstance(argnums, int) else part for part in parts]
            matrix = unflatten(structure_of_results, rows) if structure_of_results is not None else ()
            return matrix, aux

        matrix, aux = staged(run, given)
        return (matrix, aux) if has_aux else matrix

    return jacobian


def _moved(columns: Any, shape: Sequence[Any]) -> Array:
    """The axis of the columns at the end, as the axes of the argument."""
    array = as_array(columns)
    order = (*range(1, array.ndim), 0)
    return reshape(permute_dims(array, order), (*array.shape[1:], *shape))


def _zeros_like(leaf: Any) -> Array:
    return broadcast_to(number_like(0, leaf), as_array(leaf).shape)


def _check_variable(dtype: Any, holomorphic: bool) -> None:
    if is_complex(dtype) != holomorphic or not is_inexact(dtype):
        wanted = "complex variables" if holomorphic else "float variables"
        hint = "; for holomorphic functions, pass holomorphic=True" if is_complex(dtype) else ""
        raise TypeError(f"jacfwd needs {wanted}, got {dtype.name}{hint}")


def hessian(
    fun: Callable[..., Any], argnums: Argnums = 0, has_aux: bool = False, holomorphic: bool = False
) -> Callable[..., Any]:
    """A function that gives the second derivatives: the Jacobian, in forward mode, of the Jacobian, in reverse mode."""
    return jacfwd(jacrev(fun, argnums, has_aux, holomorphic), argnums, has_aux, holomorphic)


def hvp(fun: Callable[..., Any], primals: Sequence[Any], tangents: Sequence[Any]) -> Any:
    """The second derivatives of `fun`, which gives a float, times `tangents`: the derivative of the gradient along them.

    For one argument it has its structure, for several it is a tuple of that for each.
    """
    numbers = 0 if len(primals) == 1 else tuple(range(len(primals)))
    return jvp(grad(fun, numbers), primals, tangents)[1]


__all__ = ["hessian", "hvp", "jacfwd", "jvp", "linearize"]
