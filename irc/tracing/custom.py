"""`custom_jvp` and `custom_vjp` as JAX has them, and `stop_gradient`."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Sequence
from typing import Any

from irc.dialects import ad
from irc.ir.builder import Builder
from irc.ir.value import Value
from irc.tracing.array import Array, as_array
from irc.tracing.closures import replaced
from irc.tracing.current import is_tracing
from irc.tracing.dtypes import is_inexact
from irc.tracing.elementwise import cast
from irc.tracing.given import call_with_jvp, call_with_vjp, closed_over, differentiated
from irc.tracing.primitive import Primitive, bind
from irc.tracing.requests import nothing
from irc.tracing.shaping import broadcast_to, show
from irc.tracing.trees import flatten, unflatten


class _WithRule:
    """What both kinds of functions share: arguments by position, and those that are no variables."""

    def __init__(
        self, fun: Callable[..., Any], nondiff_argnums: Sequence[int] = (), nondiff_argnames: Sequence[str] = ()
    ) -> None:
        functools.update_wrapper(self, fun)
        self.fun = fun
        self.__name__ = getattr(fun, "__name__", "the function")
        names = _parameters(fun)
        self.closes = False
        """Whether the function refers to values from outside that have no derivative on purpose, for irc's own functions."""
        self._constant = {*nondiff_argnums, *(names.index(name) for name in nondiff_argnames)}

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        return self if instance is None else functools.partial(self, instance)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The results of the function."""
        raise NotImplementedError

    def _positional(self, args: Sequence[Any], kwargs: dict[str, Any]) -> tuple[Any, ...]:
        """All arguments by position. Raises `TypeError`."""
        if not kwargs:
            try:
                bound = inspect.signature(self.fun).bind(*args)
            except ValueError:
                return tuple(args)
        else:
            bound = inspect.signature(self.fun).bind(*args, **kwargs)
        bound.apply_defaults()
        if bound.kwargs:
            raise TypeError(
                f"{self.__name__} has arguments by keyword only, which functions with a custom derivative cannot have: "
                f"{', '.join(bound.kwargs)}"
            )
        return bound.args

    def _key(self, constants: Sequence[Any], structure: Any) -> Any:
        """What calls have in common that are the same function of their arrays."""
        return id(self), tuple(id(constant) for constant in constants), structure

    def _split(self, args: Sequence[Any]) -> tuple[list[Any], list[Any], Callable[[Sequence[Any]], list[Any]]]:
        """The arguments that are no variables, the others, and what puts variables among all."""
        constant = {number % len(args) for number in self._constant} if args else set()
        places = [i for i in range(len(args)) if i not in constant]

        def filled(variables: Sequence[Any]) -> list[Any]:
            found = list(args)
            for i, value in zip(places, variables, strict=True):
                found[i] = value
            return found

        return [args[i] for i in sorted(constant)], [args[i] for i in places], filled


def _parameters(fun: Callable[..., Any]) -> list[str]:
    try:
        return list(inspect.signature(fun).parameters)
    except (TypeError, ValueError):
        return []


class custom_jvp(_WithRule):
    """A function whose derivative, in both modes, is what `defjvp` gives.

    `nondiff_argnums` are arguments that are no variables: the derivative function gets them first, as they are.
    """

    jvp: Callable[..., Any] | None = None

    def defjvp(self, jvp: Callable[..., Any], symbolic_zeros: bool = False) -> Callable[..., Any]:
        """`jvp(primals, tangents)` gives the pair of the results and their tangents, in which it is linear."""
        if symbolic_zeros:
            raise NotImplementedError("symbolic_zeros=True: tangents that are zero are given as arrays of zeros")
        self.jvp = jvp
        return jvp

    def defjvps(self, *jvps: Callable[..., Any] | None) -> None:
        """For each argument a function of its tangent, the result and the arguments that gives its part of the tangent."""
        if self._constant:
            raise TypeError("Can't use ``defjvps`` with ``nondiff_argnums``.")

        def jvp(primals: Sequence[Any], tangents: Sequence[Any]) -> tuple[Any, Any]:
            result = self(*primals)
            parts = [
                rule(tangent, result, *primals)
                for rule, tangent in zip(jvps, tangents, strict=True)
                if rule is not None
            ]
            if not parts:
                leaves, structure = flatten(result)
                return result, unflatten(structure, [_zeros_like(leaf) for leaf in leaves])
            return result, functools.reduce(_add_trees, parts)

        self.jvp = jvp

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The results of the function. Raises `AttributeError` where a derivative is taken and none was given."""
        given = self._positional(args, kwargs)
        if self.jvp is None:
            raise AttributeError(f"No JVP defined for custom_jvp function {self.__name__} using defjvp.")
        if not differentiated():
            return self.fun(*given)
        jvp, name = self.jvp, self.__name__
        constants, variables, filled = self._split(given)
        leaves, structure = flatten(tuple(variables))
        arrays = [as_array(leaf) for leaf in leaves]
        floats = [i for i, array in enumerate(arrays) if is_inexact(array.dtype)]
        seen: list[Any] = []

        def primal(values: list[Array]) -> list[Array]:
            found, shape = flatten(self.fun(*filled(unflatten(structure, values))))
            seen[:] = [shape, [as_array(each) for each in found]]
            return list(seen[1])

        def rule(values: list[Array]) -> list[Array]:
            primals, moving = values[: len(arrays)], iter(values[len(arrays) :])
            tangents = [next(moving) if i in floats else nothing(primals[i]) for i in range(len(arrays))]
            pair = jvp(*constants, unflatten(structure, primals), unflatten(structure, tangents))
            if not (isinstance(pair, tuple | list) and len(pair) == 2):
                raise TypeError(
                    f"Custom JVP rule {_name(jvp)} for function {name} must produce a pair (list or tuple of length two) "
                    f"representing primal and tangent outputs, but got {pair}."
                )
            return _checked_pair(pair, seen[0], seen[1], f"Custom JVP rule {_name(jvp)} for function {name}")

        note, found = call_with_jvp(name, self._key(constants, structure), seen, arrays, primal, rule, self.closes)
        return unflatten(note[0], found)


def _checked_pair(pair: Any, structure: Any, results: Sequence[Array], what: str) -> list[Array]:
    """The results and the tangents of those of float type, which have their types. Raises `TypeError`."""
    (primals, one), (tangents, other) = flatten(pair[0]), flatten(pair[1])
    if one != other:
        raise TypeError(
            f"{what} must produce primal and tangent outputs with equal container (pytree) structures, but got {one} and "
            f"{other} respectively."
        )
    if one != structure:
        raise TypeError(
            f"{what} must produce a pair whose first element has the container (pytree) structure of the function's output, "
            f"{structure}, but got {one}."
        )
    found = [
        _as(as_array(leaf), result, f"{what} must produce the function's output")
        for leaf, result in zip(primals, results, strict=True)
    ]
    for leaf, result in zip(tangents, results, strict=True):
        if is_inexact(result.dtype):
            found.append(
                _as(as_array(leaf), result, f"{what} must produce tangent outputs of the primal outputs' types")
            )
    return found


def _as(array: Array, like: Array, what: str, error: type[Exception] = TypeError) -> Array:
    """An array of the dtype and the shape of another one. Raises `error` where that is not what it is."""
    weak = array.weak_type and is_inexact(like.dtype)
    if tuple(array.shape) != tuple(like.shape) or (array.dtype != like.dtype and not weak):
        raise error(f"{what}: expected {like.dtype.name}{show(like.shape)}, got {array.dtype.name}{show(array.shape)}")
    return cast(array, like.dtype, like.weak_type)


class custom_vjp(_WithRule):
    """A function whose derivative in reverse mode is what `defvjp` gives.

    `nondiff_argnums` are arguments that are no variables: the second derivative function gets them first, as they are.
    """

    _forward: Callable[..., Any] | None = None
    _backward: Callable[..., Any]
    _tangents: Callable[..., Any] | None = None
    """In forward mode, for irc's own functions."""

    def defvjp(
        self,
        fwd: Callable[..., Any],
        bwd: Callable[..., Any],
        symbolic_zeros: bool = False,
        optimize_remat: bool = False,
    ) -> None:
        """`fwd` of the arguments gives the results and residuals; `bwd` of the residuals and the cotangents of the results
        gives a tuple with a cotangent for each argument, `None` for zero."""
        del optimize_remat  # what to keep is up to the compiler
        if symbolic_zeros:
            raise NotImplementedError("symbolic_zeros=True: cotangents that are zero are given as arrays of zeros")
        self._forward, self._backward = fwd, bwd

    def deftangents(self, jvp: Callable[..., Any]) -> None:
        """What `custom_jvp` wants, where forward mode is asked for."""
        self._tangents = jvp

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The results of the function. Raises `AttributeError` where no derivative was given."""
        given = self._positional(args, kwargs)
        forward = self._forward
        if forward is None:
            raise AttributeError(f"No VJP defined for custom_vjp function {self.__name__} using defvjp.")
        mode = differentiated()
        if not mode:
            return self.fun(*given)
        name = self.__name__
        if mode == "forward" and self._tangents is not None:
            both = custom_jvp(self.fun)
            both._constant, both.closes = self._constant, self.closes
            both.defjvp(self._tangents)
            return both(*given)
        if mode == "forward":
            raise TypeError(
                "can't apply forward-mode differentiation (jvp) to a custom_vjp function: give "
                f"{name} a derivative by custom_jvp"
            )
        constants, variables, filled = self._split(given)
        leaves, structure = flatten(tuple(variables))
        arrays = [as_array(leaf) for leaf in leaves]
        seen: list[Any] = []
        kept: list[Any] = []

        def primal(values: list[Array]) -> list[Array]:
            found, shape = flatten(self.fun(*filled(unflatten(structure, values))))
            seen[:] = [shape, [as_array(each) for each in found]]
            return list(seen[1])

        def ahead(values: list[Array]) -> list[Array]:
            pair = forward(*filled(unflatten(structure, values)))
            if not (isinstance(pair, tuple | list) and len(pair) == 2):
                raise TypeError(
                    f"Custom VJP fwd rule {_name(forward)} for function {name} must produce a pair (list or tuple of length "
                    f"two) where the first element represents the primal output and the second element represents residuals, "
                    f"but got {pair}."
                )
            found, shape = flatten(pair[0])
            if shape != seen[0]:
                raise TypeError(
                    f"Custom VJP fwd rule {_name(forward)} for function {name} must produce a pair whose first element has "
                    f"the container (pytree) structure of the function's output, {seen[0]}, but got {shape}."
                )
            what = f"Custom VJP fwd rule {_name(forward)} for function {name} must produce the function's output"
            own = [_as(as_array(leaf), like, what) for leaf, like in zip(found, seen[1], strict=True)]
            residuals, shape = flatten(pair[1])
            kept[:] = [shape]
            return [*own, *map(as_array, residuals)]

        def behind(residuals: list[Array], cotangents: list[Array]) -> list[Array]:
            moving = iter(cotangents)
            cts = [next(moving) if is_inexact(each.dtype) else nothing(each) for each in seen[1]]
            found = self._backward(*constants, unflatten(kept[0], residuals), unflatten(seen[0], cts))
            return _cotangents(found, variables, arrays, name)

        note, results = call_with_vjp(
            name, self._key(constants, structure), seen, arrays, primal, ahead, behind, self.closes
        )
        return unflatten(note[0], results)


def _cotangents(found: Any, variables: Sequence[Any], arrays: Sequence[Array], name: str) -> list[Array]:
    """The cotangents of the floats among the arguments. Raises `TypeError`."""
    if not isinstance(found, tuple | list) or len(found) != len(variables):
        got = f"length {len(found)}" if isinstance(found, tuple | list) else type(found).__name__
        raise TypeError(
            f"Custom VJP bwd rule for function {name} must produce an output with the same container (pytree) structure as "
            f"the args tuple of the primal function, and in particular must produce a tuple of length {len(variables)}, "
            f"but got {got}."
        )
    given: list[Any] = []
    for i, (ct, variable) in enumerate(zip(found, variables, strict=True)):
        expected = flatten(variable)[1]
        if ct is None:
            given += [None] * expected.num_leaves
            continue
        leaves = _leaves_like(ct, variable, i, name)
        given += leaves
    results = []
    for ct, array in zip(given, arrays, strict=True):
        if is_inexact(array.dtype):
            what = f"Custom VJP bwd rule for function {name} must produce cotangents of the arguments' types"
            results.append(_zeros_like(array) if ct is None else _as(as_array(ct), array, what, ValueError))
    return results


def _leaves_like(ct: Any, variable: Any, i: int, name: str) -> list[Any]:
    """The leaves of a cotangent of a variable, in which `None` stands for zeros."""
    if ct is None:
        return [None] * flatten(variable)[1].num_leaves
    if isinstance(variable, dict) and isinstance(ct, dict) and set(ct) == set(variable):
        return [leaf for key in sorted(variable) for leaf in _leaves_like(ct[key], variable[key], i, name)]
    if isinstance(variable, tuple | list) and type(ct) is type(variable) and len(ct) == len(variable):
        return [leaf for a, b in zip(ct, variable, strict=True) for leaf in _leaves_like(a, b, i, name)]
    leaves, structure = flatten(ct)
    if structure != flatten(variable)[1]:
        raise TypeError(
            f"Custom VJP bwd rule for function {name} must produce an output with the same container (pytree) structure as "
            f"the args tuple of the primal function: for argument {i} {flatten(variable)[1]}, but got {structure}."
        )
    return leaves


def _name(function: Any) -> str:
    return getattr(function, "__name__", "the function")


def _zeros_like(array: Any) -> Array:
    like = as_array(array)
    return broadcast_to(cast(as_array(0.0), like.dtype), like.shape)


def _add_trees(a: Any, b: Any) -> Any:
    leaves, structure = flatten(a)
    return unflatten(structure, [x + y for x, y in zip(leaves, flatten(b)[0], strict=True)])


def _emit(b: Builder, value: Value) -> Value:
    found: Value = b.insert(ad.StopGradient(value)).output
    return found


def _batch(primitive: Primitive, inputs: Sequence[Array], flags: Sequence[bool], size: Any) -> Any:
    return bind(primitive, *inputs, sizes=inputs[0].shape)


STOP_GRADIENT = Primitive("stop_gradient", _emit, _batch, view=lambda x: x)


def stop_gradient(x: Any) -> Any:
    """`x`, a container of arrays, as constants for derivatives."""
    leaves, structure = flatten(x)
    arrays = [as_array(leaf) for leaf in leaves]
    return unflatten(
        structure,
        [
            bind(STOP_GRADIENT, array, weak_type=array.weak_type, sizes=array.shape)
            if is_inexact(array.dtype)
            else array
            for array in arrays
        ],
    )


def closure_convert(fun: Callable[..., Any], *example_args: Any) -> tuple[Callable[..., Any], list[Any]]:
    """`fun` as a function of its arguments and then of the floats being traced that it refers to, and a list of these.

    Where nothing is being traced there are none. `fun` is run again whenever the function is called.
    """
    if not is_tracing():
        return fun, []
    leaves, structure = flatten(example_args)

    def body(values: list[Array]) -> list[Array]:
        return [as_array(each) for each in flatten(fun(*unflatten(structure, values)))[0]]

    hoisted = closed_over(getattr(fun, "__name__", "function"), [as_array(leaf) for leaf in leaves], body)

    def converted(*args: Any) -> Any:
        count = len(args) - len(hoisted)
        with replaced(hoisted, [as_array(each) for each in args[count:]]):
            return fun(*args[:count])

    return converted, hoisted


__all__ = ["closure_convert", "custom_jvp", "custom_vjp", "stop_gradient"]
