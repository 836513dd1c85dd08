"""Derivatives of `nd`'s ops with regions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.autodiff.expr import Expr
from irc.autodiff.rule import missing_derivative, no_derivative, transpose
from irc.dialects import nd as ops
from irc.ir.attributes import DenseArrayAttr
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.dense import splat
from irc.ir.diagnostic import error
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.types import TensorType

no_derivative(ops.Yield, "it ends a region; what the region computes is the business of the op around it")

_COMBINER = "that of its combiner is not taken yet; sums, products and extrema have ops of their own"
for _combining in (ops.Reduce, ops.Cumulative):
    missing_derivative(_combining, _COMBINER)
missing_derivative(ops.SelectAndScatter, "it is the derivative of a pooling itself, and has no second one yet")
missing_derivative(ops.Sort, "where the elements went is not recorded: sort the positions with them, and gather")


def _sums(op: ops.ReduceWindow) -> bool:
    return len(op.inputs) == 1 and isinstance(_single(op.combiner), ops.Add)


@transpose(ops.ReduceWindow, "inputs", when=_sums)
def _reduce_window(op: Any, ct: Expr, _result: Expr, operands: Sequence[Expr]) -> list[Expr | None]:
    """Of a window's extreme element the cotangent goes to the first that is extreme, of a sum's to all."""
    combiner = _single(op.combiner) if len(op.inputs) == 1 else None
    if isinstance(combiner, ops.Maximum | ops.Minimum) and all(w.base_dilation == w.dilation == 1 for w in op.windows):
        selecting = ops.GreaterEqual if isinstance(combiner, ops.Maximum) else ops.LessEqual
        return [_to_the_extreme(op, ct, operands[0], selecting), None]
    if isinstance(combiner, ops.Add) and ct.type.has_static_shape and operands[0].type.has_static_shape:  # type: ignore[attr-defined]  # tensors
        return [_to_all(op, ct, operands[0]), None]
    reach = "maxima and minima of windows without dilations, and sums of static shape, have one"
    raise error(op.location, f"'nd.reduce_window' op has no derivative for this combiner: {reach}")


def _single(combiner: Region) -> Operation | None:
    """The op of a combiner that applies it to its arguments and does nothing else."""
    block = combiner.block
    first, last = block.first, block.last
    if first is None or last is None or first.next is not last or set(first.operands) != set(block.arguments):
        return None
    return first if list(last.operands) == list(first.results) else None


def _region(op: Any, element: TensorType) -> Region:
    block = Block([element, element])
    inner = Builder(InsertPoint.at_end(block))
    inner.insert(ops.Yield([inner.insert(op(*block.arguments)).result]))
    return Region(block)


def _zero(b: Builder, element: TensorType) -> Any:
    return b.insert(ops.Constant(splat(0, element))).result


def _to_the_extreme(op: Any, ct: Expr, x: Expr, selecting: Any) -> Expr:
    b, element = x.builder, TensorType((), ct.type.element_type)  # type: ignore[attr-defined]  # a tensor
    scattered = ops.SelectAndScatter(
        x.value, ct.value, _zero(b, element), op.window, _region(selecting, element), _region(ops.Add, element),
        strides=op.strides, low=op.low, high=op.high,
    )  # fmt: skip
    return Expr.of(b, b.insert(scattered).result)


def _to_all(op: Any, ct: Expr, x: Expr) -> Expr:
    """A sum over the windows that hold an element: of cotangents as far apart as the windows were."""
    b, type = x.builder, ct.type
    assert isinstance(type, TensorType) and isinstance(x.type, TensorType)
    element = TensorType((), type.element_type)
    lows, highs = [], []
    for window, size, count in zip(op.windows, x.type.static_shape, type.static_shape, strict=True):
        reach = (window.size - 1) * window.dilation
        low = reach - window.low
        lows.append(low)
        highs.append((size - 1) * window.base_dilation + 1 + reach - low - ((count - 1) * window.stride + 1))
    strides = [window.base_dilation for window in op.windows]
    spread = DenseArrayAttr.i64(tuple(window.stride for window in op.windows))
    summed = ops.ReduceWindow(
        [ct.value], [_zero(b, element)], op.window, _region(ops.Add, element),
        strides=DenseArrayAttr.i64(tuple(strides)), base_dilations=spread, window_dilations=op.window_dilations,
        low=DenseArrayAttr.i64(tuple(lows)), high=DenseArrayAttr.i64(tuple(highs)),
    )  # fmt: skip
    return Expr.of(b, b.insert(summed).results[0])
