"""Functions whose derivative, transpose or mapping the program gives in further ways: JAX's `custom_gradient`,
`linear_transpose` and `custom_vmap`."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Sequence
from typing import Any

from irc.tracing.array import as_array
from irc.tracing.batched import BatchedArray
from irc.tracing.custom import custom_vjp
from irc.tracing.gradients import number_like, vjp
from irc.tracing.shaping import broadcast_to
from irc.tracing.structs import with_room
from irc.tracing.trees import flatten, prefix, unflatten


def custom_gradient(fun: Callable[..., Any]) -> Callable[..., Any]:
    """A function whose derivative it gives itself: `fun` gives its result and a function of the cotangent of that, which
    gives the cotangent of the argument, or a tuple of them."""

    @functools.wraps(fun)
    def primal(*args: Any) -> Any:
        return fun(*args)[0]

    def backward(args: tuple[Any, ...], cotangent: Any) -> tuple[Any, ...]:
        # What the function that it gives refers to is computed again: residuals are arrays.
        found = fun(*args)[1](cotangent)
        return found if isinstance(found, tuple) and (len(args) > 1 or len(found) == 1) else (found,)

    with_rule = custom_vjp(primal)
    with_rule.defvjp(lambda *args: (primal(*args), args), backward)
    return with_rule


def linear_transpose(fun: Callable[..., Any], *primals: Any, reduce_axes: Sequence[Any] = ()) -> Callable[..., Any]:
    """The transpose of a linear function of arrays like `primals`, of which only shapes and dtypes matter: a function of
    cotangents of its results, which gives a tuple of those of its arguments."""
    if reduce_axes:
        raise NotImplementedError("linear_transpose has no reduce_axes")
    leaves, structure = flatten(primals)
    arrays = [as_array(with_room(leaf)) for leaf in leaves]
    zeros = [broadcast_to(number_like(0, each), each.shape) for each in arrays]

    def transposed(cotangents: Any) -> Any:
        return vjp(fun, *unflatten(structure, zeros))[1](cotangents)

    return transposed


class custom_vmap:
    """A function of which `def_vmap` says how it is mapped."""

    _rule: Callable[..., Any] | None = None

    def __init__(self, fun: Callable[..., Any]) -> None:
        functools.update_wrapper(self, fun)
        self.fun = fun

    def def_vmap(self, vmap_rule: Callable[..., Any]) -> Callable[..., Any]:
        """`vmap_rule(axis_size, in_batched, *args)` gives the results for all examples and which of them have an example
        axis; examples lie along the first axis of what is batched, and `in_batched` has the structure of the arguments."""
        self._rule = vmap_rule
        return vmap_rule

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The results; under a `vmap` over some argument those of the rule. Raises `AttributeError` without one."""
        bound = inspect.signature(self.fun).bind(*args, **kwargs)
        bound.apply_defaults()
        leaves, structure = flatten(bound.args)
        levels = [leaf.level for leaf in leaves if isinstance(leaf, BatchedArray)]
        if not levels:
            return self.fun(*bound.args, **bound.kwargs)
        if self._rule is None:
            name = getattr(self.fun, "__name__", "the function")
            raise AttributeError(f"no batching rule is defined for the custom_vmap function {name}: use def_vmap")
        level = max(levels)
        flags = [isinstance(leaf, BatchedArray) and leaf.level == level for leaf in leaves]
        inner: list[Any] = [getattr(x, "inner") if flag else x for x, flag in zip(leaves, flags, strict=True)]  # noqa: B009
        size = inner[flags.index(True)].shape[0]
        results, batched = self._rule(size, list(unflatten(structure, flags)), *unflatten(structure, inner))
        found, result_structure = flatten(results)
        return unflatten(
            result_structure,
            [
                BatchedArray(as_array(each), level) if flag else each
                for each, flag in zip(found, prefix(batched, results), strict=True)
            ],
        )


__all__ = ["custom_gradient", "custom_vmap", "linear_transpose"]
