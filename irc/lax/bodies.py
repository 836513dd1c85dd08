"""What the bodies of branches and loops share: functions of trees as functions of lists, conditions, values that agree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from irc.dialects import nd, tensor
from irc.ir.block import Block
from irc.ir.types import TensorType, Type
from irc.ir.value import Value
from irc.tracing.array import Array, ConcreteArray, as_array, is_array_like
from irc.tracing.carries import joined, kind_of
from irc.tracing.current import traces
from irc.tracing.elementwise import apply, broadcast, cast, select
from irc.tracing.shaping import show
from irc.tracing.trees import flatten, unflatten


def leaves_of(tree: Any) -> list[Array]:
    return [as_array(leaf) for leaf in flatten(tree)[0]]


class Flat:
    """A function of trees as one of flat lists; `structure` is that of what it gave last."""

    def __init__(self, function: Callable[..., Any], *structures: Any) -> None:
        self.function, self.structures = function, structures
        self.structure: Any = None

    def __call__(self, *groups: Sequence[Array]) -> list[Array]:
        trees = [unflatten(each, list(group)) for each, group in zip(self.structures, groups, strict=True)]
        leaves, self.structure = flatten(self.function(*trees))
        return [as_array(leaf) for leaf in leaves]


def check_structure(what: str, found: Any, expected: Any) -> None:
    if found != expected:
        raise TypeError(f"{what} must have the structure {expected}, got {found}")


def boolean(condition: Any, what: str, *, strict: bool = False) -> Array:
    """A condition without axes, which may be a number unless it is `strict`. Raises `TypeError`."""
    if not is_array_like(condition):
        raise TypeError(f"{what} must be a boolean, got a {type(condition).__name__}")
    array = as_array(condition)
    if array.shape:
        raise TypeError(f"{what} must have no axes, got shape {show(array.shape)}")
    if array.dtype.kind == "b":
        return array
    if strict:
        raise TypeError(f"{what} must be a boolean, got {array.dtype}")
    zero = ConcreteArray(np.zeros((), array.dtype))
    return apply(nd.NotEqual, array, zero)


def truth_of(condition: Array) -> Value:
    """A boolean array as an `i1`."""
    trace = traces()[-1]
    return trace.builder.insert(tensor.Extract(trace.value_of(condition), [])).result


def selected(condition: Array, a: Array, b: Array, *, same_dtype: bool = False) -> Array:
    kind = joined(kind_of(a), kind_of(b), "the results of the branches", same_dtype=same_dtype)
    x, y = cast(a, kind.dtype, kind.weak_type), cast(b, kind.dtype, kind.weak_type)
    chosen, x, y = broadcast(condition, x, y)
    return select(chosen, x, y, kind.weak_type)


def common_type(a: Type, b: Type) -> Type:
    """The type of tensors of which one may leave more sizes open."""
    assert isinstance(a, TensorType) and isinstance(b, TensorType)
    return TensorType(tuple(m if m == n else None for m, n in zip(a.shape, b.shape, strict=True)), a.element_type)


def cast_yielded(block: Block, types: Sequence[Type]) -> None:
    """Let what the terminator of `block` gives have these types."""
    last = block.last
    assert last is not None
    trace = traces()[-1]
    with trace.builder.at(type(trace.builder.point).before(last)):
        last.operands = tuple(
            value if value.type is wanted else trace.builder.insert(tensor.Cast(value, result_types=[wanted])).result
            for value, wanted in zip(last.operands, types, strict=True)
        )
