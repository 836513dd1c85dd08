"""Operations of `nd` with regions on arrays that are mapped over: the same operation with one more axis in front."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from irc.dialects import nd
from irc.dialects.nd_base import integers
from irc.ir.attributes import DenseArrayAttr, IntegerAttr, i64_attr
from irc.ir.builder import Builder
from irc.ir.cloning import IRMapping, clone
from irc.ir.operation import Operation
from irc.ir.types import TensorType
from irc.ir.value import Value
from irc.lax import map as one_by_one
from irc.tracing.array import Array
from irc.tracing.dims import Dim, Size
from irc.tracing.primitive import Primitive, bind
from irc.tracing.shaping import expanded


def _emit(b: Builder, *values: Value, op: Operation) -> Sequence[Value]:
    copy: Any = clone(op, IRMapping())
    copy.operands = values
    # Sizes that the operation left open may be known of these operands.
    if any(isinstance(result.type, TensorType) and not result.type.has_static_shape for result in copy.results):
        for result, type in zip(copy.results, copy.infer(), strict=True):
            result.type = type
    results: Sequence[Value] = b.insert(copy).results
    return results


def _batch(primitive: Primitive, inputs: Sequence[Array], flags: Sequence[bool], size: Size, *, op: Operation) -> Any:
    """The wider operation; where an initial value differs between the examples, one of them after the other."""
    widen = WIDER.get(type(op))
    scalars = _scalars(op, len(inputs))
    if widen is None or isinstance(size, Dim) or any(flags[i] for i in scalars):
        spread = tuple(expanded(inputs, flags, size))
        found = one_by_one(lambda each: bind(primitive, *each, op=op), spread)
        return tuple(found) if isinstance(found, tuple | list) else (found,)
    wide = clone(op, IRMapping())
    wide.operands = ()
    widen(wide)
    for result in wide.results:
        assert isinstance(result.type, TensorType)
        result.type = TensorType((size, *result.type.shape), result.type.element_type)
    operands = [
        array if i in scalars else expanded([array], [flag], size)[0]
        for i, (array, flag) in enumerate(zip(inputs, flags, strict=True))
    ]
    return bind(primitive, *operands, op=wide)


COPIED = Primitive("operation", _emit, _batch, by_rank=False)


def copied(op: Operation, arrays: Sequence[Array]) -> tuple[Array, ...]:
    """The results of an operation on other operands of the same types."""
    found = bind(COPIED, *arrays, op=op)
    return found if isinstance(found, tuple) else (found,)


def _scalars(op: Operation, count: int) -> Sequence[int]:
    """The positions of the initial values among that many operands."""
    match op:
        case nd.Reduce() | nd.ReduceWindow():
            return range(count // 2, count)
        case nd.SelectAndScatter():
            return (2,)
    return ()


def _more(dims: DenseArrayAttr, *first: int) -> DenseArrayAttr:
    return DenseArrayAttr.i64((*first, *(dim + 1 for dim in integers(dims))))


def _behind(axis: IntegerAttr) -> IntegerAttr:
    return i64_attr(axis.value + 1)


def _axes(op: Any) -> None:
    op.axes = _more(op.axes)


def _axis(op: Any) -> None:
    op.axis = _behind(op.axis)


def _windows(op: Any) -> None:
    for name, usual in (
        ("window", 1),
        ("strides", 1),
        ("base_dilations", 1),
        ("window_dilations", 1),
        ("low", 0),
        ("high", 0),
    ):
        given = getattr(op, name, None)
        if given is not None:
            setattr(op, name, DenseArrayAttr.i64((usual, *integers(given))))


def _scatter(op: nd.Scatter) -> None:
    op.update_window_dims = _more(op.update_window_dims)
    op.inserted_window_dims = _more(op.inserted_window_dims)
    op.input_batching_dims = _more(op.input_batching_dims, 0)
    op.scatter_indices_batching_dims = _more(op.scatter_indices_batching_dims, 0)
    op.scatter_dims_to_operand_dims = _more(op.scatter_dims_to_operand_dims)
    op.index_vector_dim = _behind(op.index_vector_dim)


def _call(op: Any) -> None:
    """Leading axes of a call are alike anyway."""


WIDER: dict[Any, Callable[[Any], None]] = {
    nd.Cumulative: _axis,
    nd.CustomCall: _call,
    nd.Reduce: _axes,
    nd.ReduceWindow: _windows,
    nd.Scatter: _scatter,
    nd.SelectAndScatter: _windows,
    nd.Sort: _axis,
}
