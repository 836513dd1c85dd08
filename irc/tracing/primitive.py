"""Primitives: the functions of arrays that everything else is made of, one per operation of `nd`.

`bind` decides what a call does: with batched operands the primitive's batching rule, inside a traced function an operation,
otherwise a compiled program at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from irc.ir.builder import Builder
from irc.ir.diagnostic import VerifyError
from irc.ir.value import Value
from irc.tracing.array import Array, ConcreteArray
from irc.tracing.batched import BatchedArray, BatchRule
from irc.tracing.closures import seen, unseen
from irc.tracing.current import traces, user_function, user_location
from irc.tracing.dims import Size
from irc.tracing.eager import run
from irc.tracing.errors import OperandError, unfit
from irc.tracing.trace import TracedArray, leak_of

Emit = Callable[..., Value | Sequence[Value]]
"""Writes the operation: from the builder, the operands, and keyword parameters."""

Usual = tuple[Sequence[Any], dict[str, Any], tuple[int, ...]]
"""Operands and parameters of a call that computes the same, and the shape that each of its results is given."""


@dataclass(frozen=True, eq=False, slots=True)
class Primitive:
    """An operation on arrays. `batch` is its batching rule, `by_rank` says that one program serves all shapes of a rank,
    `view` computes without a program where elements only move to other places. `usual` brings numbers into a usual shape,
    so that one program serves more ranks."""

    name: str
    emit: Emit
    batch: BatchRule | None = None
    by_rank: bool = True
    view: Callable[..., Any] | None = None
    usual: Callable[..., Usual] | None = None

    def __repr__(self) -> str:
        return self.name


def bind(
    primitive: Primitive,
    *operands: Array,
    weak_type: bool = False,
    sizes: Sequence[Size] | None = None,
    **parameters: Any,
) -> Any:
    """The result of a primitive of arrays, or the tuple of its results.

    Parameters are hashable; sizes among them may be dynamic. `sizes` is the shape of the result, where some of it is. Raises
    `TypeError` where the operands do not fit.
    """
    operands = tuple(map(seen, operands))
    if any(isinstance(operand, BatchedArray) for operand in operands):
        return _bind_batched(primitive, operands, parameters)
    try:
        return _bound(primitive, operands, weak_type, sizes, parameters)
    except OperandError as problem:
        raise unfit(user_function() or primitive.name, problem, operands) from None


def _bound(
    primitive: Primitive,
    operands: Sequence[Array],
    weak_type: bool,
    sizes: Sequence[Size] | None,
    parameters: dict[str, Any],
) -> Any:
    """The result for arrays without hidden axes. Raises `OperandError`."""
    stack = traces()
    if not stack:
        arrays = [operand for operand in operands if isinstance(operand, ConcreteArray)]
        if len(arrays) != len(operands):
            raise leak_of(next(operand for operand in operands if not isinstance(operand, ConcreteArray)))
        return run(primitive, arrays, weak_type, parameters)
    trace = stack[-1]
    values = [trace.value_of(operand) for operand in operands]
    trace.builder.location = user_location()
    results = written(primitive, trace.builder, values, parameters)
    if isinstance(results, Value):
        return TracedArray(trace, results, weak_type, sizes)
    return tuple(TracedArray(trace, result, weak_type) for result in results)


def _bind_batched(primitive: Primitive, operands: Sequence[Array], parameters: dict[str, Any]) -> Any:
    """The innermost `vmap` is applied; those around it see what its rule does."""
    batched = [operand for operand in operands if isinstance(operand, BatchedArray)]
    for operand in batched:
        operand.check_alive()
    level = max(operand.level for operand in batched)
    flags = [isinstance(operand, BatchedArray) and operand.level == level for operand in operands]
    inner = [getattr(operand, "inner") if flag else operand for operand, flag in zip(operands, flags, strict=True)]  # noqa: B009
    size = inner[flags.index(True)].shape[0]
    if primitive.batch is None:
        raise NotImplementedError(f"'{primitive}' has no batching rule")
    with unseen():
        results = primitive.batch(primitive, inner, flags, size, **parameters)
    if isinstance(results, tuple):
        return tuple(BatchedArray(result, level) for result in results)
    return BatchedArray(results, level)


def written(primitive: Primitive, b: Builder, values: Sequence[Value], parameters: dict[str, Any]) -> Any:
    """What `primitive.emit` gives. Raises `OperandError` where the operation does not verify."""
    try:
        results = primitive.emit(b, *values, **parameters)
        first = results if isinstance(results, Value) else results[0] if results else None
        if first is not None and first.defining_op is not None:
            first.defining_op.verify_op()
    except VerifyError as problem:
        raise OperandError(problem) from None
    return results
