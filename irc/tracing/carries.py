"""What loops and branches pass on: arrays whose types agree, whichever way they were computed.

A carried value keeps its shape and dtype from turn to turn, except that a weakly typed start takes the dtype that the body
gives, and that a value which differs between the examples of a `vmap` does so from the start.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from irc.ir.block import Block
from irc.ir.value import Value
from irc.tracing.array import Array
from irc.tracing.batched import peel, size_of_level, wrap
from irc.tracing.current import traces
from irc.tracing.dims import Size
from irc.tracing.dtypes import DType, promote
from irc.tracing.elementwise import cast
from irc.tracing.shaping import broadcast_to, reshape, show
from irc.tracing.trace import FunctionTrace, TracedArray, type_of


@dataclass(frozen=True, slots=True)
class Kind:
    """What is the same of all values of a carried array: dtype, weakness, shape of an example, and levels of `vmap`."""

    dtype: DType
    weak_type: bool
    shape: tuple[Size, ...]
    levels: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.dtype.name}{show(self.shape)}"


def kind_of(array: Array) -> Kind:
    return Kind(array.dtype, array.weak_type, array.shape, peel(array)[1])


def joined(a: Kind, b: Kind, what: str, *, same_dtype: bool = False) -> Kind:
    """The kind that both can have. Raises `TypeError` where shapes or dtypes differ, with `same_dtype` also weak ones."""
    dtype, weak = promote([(a.dtype, a.weak_type), (b.dtype, b.weak_type)])
    fits = a.dtype == b.dtype or (not same_dtype and all(kind.weak_type or kind.dtype == dtype for kind in (a, b)))
    if (
        not fits
        or len(a.shape) != len(b.shape)
        or any(isinstance(m, int) and isinstance(n, int) and m != n for m, n in zip(a.shape, b.shape, strict=False))
    ):
        raise TypeError(f"{what}: {a} and {b} differ")
    return Kind(dtype, weak, a.shape, tuple(sorted({*a.levels, *b.levels})))


def as_kind(array: Array, kind: Kind) -> Array:
    """`array` with the dtype and the levels of `kind`, without its hidden axes."""
    base, levels = peel(array)
    if levels != kind.levels:
        sizes = [size_of_level(level) for level in kind.levels]
        example = base.shape[len(levels) :]
        spread = [size if level in levels else 1 for level, size in zip(kind.levels, sizes, strict=True)]
        base = broadcast_to(reshape(base, (*spread, *example)), (*sizes, *example))
    return cast(base, kind.dtype, kind.weak_type)


def arguments(trace: FunctionTrace, values: Sequence[Value], kinds: Sequence[Kind]) -> list[Array]:
    """Values of the IR as the arrays that a body sees."""
    found = []
    for value, kind in zip(values, kinds, strict=True):
        sizes = (*(size_of_level(level) for level in kind.levels), *kind.shape)
        found.append(wrap(TracedArray(trace, value, kind.weak_type, sizes), kind.levels))
    return found


def discover(function: Callable[..., Sequence[Array]], kinds: Sequence[Kind], starts: Sequence[Array]) -> list[Kind]:
    """The kinds of what `function` gives for arrays of these kinds; what it writes is thrown away.

    A size that only `function` knows is `None` in them.
    """
    trace = traces()[-1]
    block = Block([type_of(start) for start in starts])
    try:
        with trace.inside(block):
            found = [kind_of(result) for result in function(*arguments(trace, block.arguments, kinds))]
        return [
            replace(kind, shape=tuple(size if trace.reaches(size) else None for size in kind.shape)) for kind in found
        ]
    finally:
        for op in [*block]:
            op.drop_uses_and_erase()


def settled(
    function: Callable[..., Sequence[Array]], starts: Sequence[Array], names: Callable[[int], str]
) -> tuple[list[Kind], list[Array], list[Kind]]:
    """Kinds that the body of a loop keeps, the start values as these (without hidden axes), and the kinds of what else the
    body gives behind them. Raises `TypeError`."""
    kinds = [kind_of(start) for start in starts]
    while True:
        bases = [as_kind(start, kind) for start, kind in zip(starts, kinds, strict=True)]
        found = discover(function, kinds, bases)
        carried, rest = found[: len(kinds)], found[len(kinds) :]
        new = [joined(a, b, names(i)) for i, (a, b) in enumerate(zip(kinds, carried, strict=True))]
        if new == kinds:
            return kinds, bases, rest
        kinds = new


def values_of(arrays: Sequence[Any], kinds: Sequence[Kind]) -> list[Value]:
    """Arrays as values of the IR at the current place, of these kinds."""
    trace = traces()[-1]
    return [trace.value_of(as_kind(array, kind)) for array, kind in zip(arrays, kinds, strict=True)]
