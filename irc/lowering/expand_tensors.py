"""Ops on tensors that are no single loop nest become such nests, slices and loops."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from irc.dialects import arith, math, tensor, ub
from irc.dialects.linalg_decomposable import Softmax
from irc.ir.affine import AffineDim, AffineMap
from irc.ir.builder import Builder, InsertPoint
from irc.ir.diagnostic import error
from irc.ir.operation import Operation
from irc.ir.types import FloatType, IntegerType, TensorType, element_type
from irc.ir.value import Value
from irc.lowering.locations import derived
from irc.lowering.signedness import relabel
from irc.lowering.structured import (
    PARALLEL,
    REDUCTION,
    empty,
    empty_like,
    fill,
    generic,
    index_constant,
    scalar,
    shaped,
    size,
)
from irc.lowering.tensor_elements import lower_generate, lower_pad
from irc.lowering.tensor_gathers import lower_gather, lower_scatter
from irc.lowering.tensor_shapes import dynamic_of, join, joined_sizes
from irc.lowering.tensor_tiles import lower_pack, lower_unpack
from irc.passes.base import Pass, PassContext, statistic


class ExpandTensors(Pass):
    """Replace linalg.softmax on tensors and what tensor has beyond slices and shapes (pad, gather, pack, …) by simpler ops."""

    expanded: str = statistic("operations replaced")

    def run(self, op: Operation, context: PassContext) -> None:
        for inner in list(op.walk()):
            lower = LOWERINGS.get(type(inner))
            if lower is None or not inner.results:
                continue
            if isinstance(inner, ub.Poison) and not isinstance(inner.result.type, TensorType):
                continue
            result = lower(inner, Builder(InsertPoint.before(inner), derived(inner.location, self.name)))
            inner.replace_all_uses_with([result])
            inner.drop_uses_and_erase()
            context.count("expanded")


def lower_poison(op: ub.Poison, b: Builder) -> Value:
    """Storage that nothing is written to; sizes that are not known are zero, as they are in the interpreter."""
    type = shaped(op.result)
    return empty(b, type, [index_constant(b, 0)] * type.num_dynamic_dims)


def lower_softmax(op: Softmax, b: Builder) -> Value:
    """The largest element is subtracted first, so that no exponential is too large."""
    source, axis = op.input, op.dimension.value
    shape, element = shaped(source).shape, shaped(source).element_type
    if not isinstance(element, FloatType):
        raise error(op.location, f"'{op.name}' op is expanded on floats only")
    rank = len(shape)
    whole = AffineMap.identity(rank)
    rest = AffineMap(rank, 0, tuple(AffineDim(i) for i in range(rank) if i != axis))
    kinds = [REDUCTION if i == axis else PARALLEL for i in range(rank)]
    less = TensorType(tuple(known for i, known in enumerate(shape) if i != axis), element)
    sizes = [size(b, source, i) for i, known in enumerate(shape) if i != axis and known is None]

    def reduced(value: Value, start: float, cls: Any) -> Value:
        first = fill(b, scalar(b, start, element), empty(b, less, sizes))
        return generic(b, [value], first, [whole, rest], lambda inner, x: inner.insert(cls(x[0], x[1])).result, kinds)

    def exponential(inner: Builder, x: Any) -> Value:
        return inner.insert(math.Exp(inner.insert(arith.SubF(x[0], x[1])).result)).result

    largest = reduced(source, float("-inf"), arith.MaxNumF)
    powers = generic(b, [source, largest], empty_like(b, source, element), [whole, rest, whole], exponential)
    total = reduced(powers, 0.0, arith.AddF)
    maps = [whole, rest, whole]
    return generic(b, [powers, total], op.output, maps, lambda inner, x: inner.insert(arith.DivF(x[0], x[1])).result)


def lower_concat(op: tensor.Concat, b: Builder) -> Value:
    """The inputs are put one after the other into the result; all sizes but those along the axis must agree."""
    type, axis = shaped(op.result), op.dim.value
    sizes = joined_sizes(b, op.inputs, axis, type, op.name)
    return join(b, op.inputs, axis, empty(b, op.result.type, dynamic_of(b, sizes, type)))


def lower_bitcast(op: tensor.Bitcast, b: Builder) -> Value:
    element = element_type(op.dest.type)
    maps = [AffineMap.identity(shaped(op.dest).rank)] * 2

    def bits(inner: Builder, x: Any) -> Value:
        if isinstance(element, IntegerType) and isinstance(x[0].type, IntegerType):
            return relabel(inner, x[0], element)
        return inner.insert(arith.Bitcast(x[0], result_types=[element])).out

    return generic(b, [op.source], empty_like(b, op.source, element), maps, bits)


def lower_rank(op: tensor.Rank, b: Builder) -> Value:
    return index_constant(b, shaped(op.tensor).rank)


LOWERINGS: dict[Any, Callable[[Any, Builder], Value]] = {
    ub.Poison: lower_poison,
    tensor.Generate: lower_generate,
    tensor.Pad: lower_pad,
    tensor.Concat: lower_concat,
    tensor.Bitcast: lower_bitcast,
    tensor.Rank: lower_rank,
    tensor.Gather: lower_gather,
    tensor.Scatter: lower_scatter,
    tensor.Pack: lower_pack,
    tensor.UnPack: lower_unpack,
    Softmax: lower_softmax,
}
