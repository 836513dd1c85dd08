"""Loops along the first axis of arrays (JAX's `lax` of the same names)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from irc.dialects import nd
from irc.dialects._amounts import index_constant
from irc.ir.value import Value
from irc.lax.bodies import Flat, check_structure
from irc.lax.loops import counted, position_of
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.batched import wrap
from irc.tracing.carries import Kind, settled
from irc.tracing.current import traces
from irc.tracing.dims import Size, index_of, sizes_of
from irc.tracing.dynamic_slices import dynamic_slice, dynamic_update_slice
from irc.tracing.elementwise import apply, cast
from irc.tracing.shaping import broadcast_to, reshape
from irc.tracing.slicing import WHOLE, concat, slice_ranges
from irc.tracing.staging import staged
from irc.tracing.trees import flatten, unflatten
from irc.tracing.vmap import vmap


def scan(
    f: Callable[[Any, Any], Any],
    init: Any,
    xs: Any = None,
    length: Size | None = None,
    reverse: bool = False,
    unroll: int | bool = 1,
) -> tuple[Any, Any]:
    """`carry, y = f(carry, x)` for each `x` along the first axis of `xs`: the last carry, and the `y` stacked.

    `length` is needed where `xs` is `None`; `reverse` goes from the last to the first, and `y` stand where their `x` do.
    `unroll` is without effect. Raises `ValueError` where lengths differ, `TypeError` where the carry changes its kind.
    """
    found: tuple[Any, Any] = staged(lambda tree: _scan(f, tree[0], tree[1], length, reverse), (init, xs))
    return found


def _scan(f: Callable[[Any, Any], Any], init: Any, xs: Any, length: Size | None, reverse: bool) -> tuple[Any, Any]:
    leaves, structure = flatten(init)
    starts = [as_array(leaf) for leaf in leaves]
    x_leaves, x_structure = flatten(xs)
    inputs = [as_array(leaf) for leaf in x_leaves]
    count = _length(inputs, length)
    if count == 0:
        # The function is traced all the same, which needs a part to be traced with.
        inputs = [broadcast_to(ConcreteArray(np.zeros((), x.dtype)), (1, *x.shape[1:])) for x in inputs]
    work = Flat(f, structure, x_structure)
    y_structure: Any = None

    def step(i: Value, carry: Sequence[Array]) -> tuple[list[Array], list[Array], Array]:
        nonlocal y_structure
        place = position_of(i, np.int64)
        if reverse:
            last = (
                ConcreteArray(np.asarray(count - 1))
                if isinstance(count, int)
                else position_of(index_of(count - 1), np.int64)
            )
            place = apply(nd.Subtract, last, place)
        parts = [_row(x, place) for x in inputs]
        found = work(carry, parts)
        pair = unflatten(work.structure, found)
        if not (isinstance(pair, tuple) and len(pair) == 2):
            raise TypeError("the function of scan must give a pair: the carry and an output")
        new, carry_structure = flatten(pair[0])
        check_structure("the carry that the function of scan gives", carry_structure, structure)
        ys, y_structure = flatten(pair[1])
        return [as_array(x) for x in new], [as_array(y) for y in ys], place

    trace = traces()[-1]

    def both(*carry: Array) -> list[Array]:
        new, ys, _ = step(index_constant(trace.builder, 0), carry)
        return [*new, *ys]

    kinds, bases, y_kinds = settled(
        both, starts, lambda i: f"value {i} of the carry before and after the function of scan"
    )
    rows = [_rows(kind, count) for kind in y_kinds]
    if count == 0:
        carry = [wrap(base, kind.levels) for base, kind in zip(bases, kinds, strict=True)]
        return unflatten(structure, carry), unflatten(y_structure, rows)

    def body(i: Value, *values: Array) -> list[Array]:
        carry, stacks = values[: len(starts)], values[len(starts) :]
        new, ys, place = step(i, carry)
        return [*new, *(_with_row(stack, y, place) for stack, y in zip(stacks, ys, strict=True))]

    zero = index_constant(trace.builder, 0)
    found, _ = counted(zero, index_of(count), body, [*starts, *rows], "scan")
    return unflatten(structure, found[: len(starts)]), unflatten(y_structure, found[len(starts) :])


def _length(inputs: Sequence[Array], stated: Size | None) -> Size:
    sizes: list[Size] = []
    if stated is not None:
        sizes = list(sizes_of(stated, least=None))
        if isinstance(sizes[0], int) and sizes[0] < 0:
            raise ValueError(f"the length of a scan is not negative, got {sizes[0]}")
    for x in inputs:
        if not x.ndim:
            raise ValueError("scan goes along the first axis of arrays, but one has no axes")
        if x.shape[0] not in sizes:
            sizes.append(x.shape[0])
    if len(sizes) != 1:
        problem = (
            f"arrays of different lengths: {', '.join(str(size) for size in sizes)}" if sizes else "xs or a length"
        )
        raise ValueError(f"scan {'got' if sizes else 'needs'} {problem}")
    return sizes[0]


def _row(x: Array, place: Array) -> Array:
    """The part of `x` at `place` of its first axis."""
    zeros = [ConcreteArray(np.zeros((), place.dtype)) for _ in x.shape[1:]]
    return reshape(dynamic_slice(x, [place, *zeros], (1, *x.shape[1:])), x.shape[1:])


def _rows(kind: Kind, count: Size) -> Array:
    """Room for `count` arrays of a kind. Raises `TypeError`."""
    if None in kind.shape:
        raise TypeError("an output of scan has a size that only its function knows")
    zero = ConcreteArray(np.zeros((), kind.dtype), kind.weak_type)
    return broadcast_to(zero, (count, *kind.shape))


def _with_row(stack: Array, y: Array, place: Array) -> Array:
    zeros = [ConcreteArray(np.zeros((), place.dtype)) for _ in y.shape]
    y = cast(y, stack.dtype, stack.weak_type)
    return dynamic_update_slice(stack, reshape(y, (1, *y.shape)), [place, *zeros])


def map(f: Callable[[Any], Any], xs: Any, *, batch_size: int | None = None) -> Any:
    """`f` of each part along the first axis of `xs`, one after the other, or `batch_size` of them at once (by `vmap`)."""
    if batch_size is not None:
        return _map_batches(f, xs, batch_size)
    return scan(lambda _, x: (None, f(x)), None, xs)[1]


def _map_batches(f: Callable[[Any], Any], xs: Any, batch_size: int) -> Any:
    """Whole batches one after the other, then the rest."""
    leaves, structure = flatten(xs)
    inputs = [as_array(leaf) for leaf in leaves]
    count = _length(inputs, None)
    if batch_size < 1 or not isinstance(count, int):
        raise ValueError(f"map goes in batches of at least one element of a known number, got {batch_size} of {count}")
    whole = count - count % batch_size

    def part(start: int, stop: int, shape: Sequence[int]) -> Any:
        cut = [slice_ranges(x, [(start, stop, 1), *[WHOLE] * (x.ndim - 1)]) for x in inputs]
        return unflatten(structure, [reshape(x, (*shape, *x.shape[1:])) for x in cut])

    found = map(vmap(f), part(0, whole, (whole // batch_size, batch_size)))
    results, result_structure = flatten(found)
    results = [reshape(as_array(each), (whole, *each.shape[2:])) for each in results]
    if whole < count:
        rest = flatten(vmap(f)(part(whole, count, (count - whole,))))[0]
        results = [concat([a, as_array(b)], 0) for a, b in zip(results, rest, strict=True)]
    return unflatten(result_structure, results)


__all__ = ["map", "scan"]
