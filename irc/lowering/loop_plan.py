"""How a structured op on buffers is run: what its loops are, which of them is innermost, and whether it runs on vectors."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from irc.dialects import arith, builtin, linalg
from irc.dialects._layouts import strides_of
from irc.ir.affine import AffineBinary, AffineDim, AffineExpr, AffineMap, dims_of
from irc.ir.block import Block
from irc.ir.operation import Operation
from irc.ir.traits import Elementwise
from irc.ir.types import ComplexType, Dimension, FloatType, IndexType, IntegerType, MemRefType, Shape, Type
from irc.ir.value import Value

MIN_REDUCTION = 8
"""A reduction over fewer elements than this is not worth a vector."""

COMBINERS: dict[Any, str] = {
    arith.AddF: "add", arith.MulF: "mul", arith.MaximumF: "maximumf", arith.MinimumF: "minimumf",
    arith.AddI: "add", arith.MulI: "mul", arith.MaxSI: "maxsi", arith.MinSI: "minsi", arith.AndI: "and",
    arith.OrI: "or", arith.XOrI: "xor",
}  # fmt: skip
"""The associative ops that a reduction may be regrouped by, and their kinds for `vector.reduction`."""


def neutral(kind: str, type: Type) -> float:
    """What an associative op leaves unchanged."""
    if kind == "add" and isinstance(type, FloatType):
        return -0.0
    if kind in ("add", "or", "xor"):
        return 0
    if kind == "mul":
        return 1
    if kind == "and":
        return -1
    if isinstance(type, FloatType):
        return float("-inf") if kind == "maximumf" else float("inf")
    width = type.width if isinstance(type, IntegerType) else 64
    return -(1 << (width - 1)) if kind == "maxsi" else (1 << (width - 1)) - 1


@dataclass(slots=True)
class Nest:
    """A structured op as its parts; `operands` are memrefs and scalars, inputs first."""

    operands: list[Value]
    maps: list[AffineMap]
    parallel: list[bool]
    body: Block
    num_inputs: int
    _extents: dict[int, int] = field(init=False)

    @staticmethod
    def of(op: linalg.LinalgOp) -> Nest:
        kinds = [kind.value == "parallel" for kind in op.iterators]
        return Nest(list(op.operands), list(op.maps), kinds, op.body, len(op.inputs))

    @property
    def num_loops(self) -> int:
        return len(self.parallel)

    @property
    def outputs(self) -> list[Value]:
        return self.operands[self.num_inputs :]

    @property
    def yielded(self) -> tuple[Value, ...]:
        return self.body.terminator.operands

    def source(self, loop: int) -> tuple[Value, int]:
        """An operand and a dimension of it that has the extent of a loop."""
        for operand, map in zip(self.operands, self.maps, strict=True):
            for axis, expr in enumerate(map.results):
                if isinstance(expr, AffineDim) and expr.position == loop:
                    return operand, axis
        raise AssertionError("the verifier has seen to it that each loop has an extent")

    def extent(self, loop: int) -> Dimension:
        """The extent where some operand's type tells it."""
        return self._extents.get(loop)

    def __post_init__(self) -> None:
        self._extents = {}
        for operand, map in zip(self.operands, self.maps, strict=True):
            shape: Shape = operand.type.shape if isinstance(operand.type, MemRefType) else ()
            for expr, size in zip(map.results, shape, strict=True):
                if isinstance(expr, AffineDim) and size is not None:
                    self._extents.setdefault(expr.position, size)

    def product(self, loops: Sequence[int]) -> Dimension:
        """The number of points of some loops where all their extents are known."""
        extents = [self.extent(loop) for loop in loops]
        return None if None in extents else math.prod(extent or 0 for extent in extents)


# -- vectors ---------------------------------------------------------------------------------------------------------


def width_of(type: Type) -> int:
    """Bits of an element in memory."""
    return type.width if isinstance(type, FloatType | IntegerType) else 64


LANE_WIDTHS = (1, 8, 16, 32, 64)
"""Bits of the numbers that vectors of machines hold."""


def element(value: Value) -> Type:
    return value.type.element_type if isinstance(value.type, MemRefType) else value.type


def has_vector_form(nest: Nest) -> bool:
    """Whether all elements and all ops of the body have a form on vectors."""
    for operand in nest.operands:
        # Integers of odd widths have no vectors of their own in machines. Booleans are bytes in memory, masks in registers.
        type = element(operand)
        if not isinstance(type, FloatType | IntegerType | IndexType) or width_of(type) not in LANE_WIDTHS:
            return False
    return all(_has_vector_form(op) for op in nest.body)


def _has_vector_form(op: Operation) -> bool:
    if any(isinstance(value.type, ComplexType) for value in (*op.operands, *op.results)):
        return False
    return Elementwise in op.traits or isinstance(
        op, arith.Constant | linalg.Index | linalg.Yield | builtin.UnrealizedConversionCast
    )


def access(operand: Value, map: AffineMap, loop: int) -> str:
    """How an operand is read as `loop` advances: `invariant`, at a `unit` stride, or `other`."""
    if all(loop not in dims_of(expr) for expr in map.results):
        return "invariant"
    *outer, last = map.results
    if not _advances_by_one(last, loop) or any(loop in dims_of(expr) for expr in outer):
        return "other"
    assert isinstance(operand.type, MemRefType)
    return "unit" if strides_of(operand.type)[0][-1] == 1 else "other"


def _advances_by_one(expr: AffineExpr, loop: int) -> bool:
    """Whether `expr` is the position in `loop`, or a sum of that and something that does not depend on it."""
    if isinstance(expr, AffineBinary) and expr.kind == "+":
        moving = [part for part in (expr.lhs, expr.rhs) if loop in dims_of(part)]
        return len(moving) == 1 and _advances_by_one(moving[0], loop)
    return isinstance(expr, AffineDim) and expr.position == loop


def vector_loop(nest: Nest) -> int | None:
    """The loop to run on vectors: one that every operand follows at unit stride or not at all; `None` if there is none."""
    if not has_vector_form(nest):
        return None
    best: tuple[float, int] | None = None
    for loop, parallel in enumerate(nest.parallel):
        kinds = [access(operand, map, loop) for operand, map in zip(nest.operands, nest.maps, strict=True)]
        ins, outs = kinds[: nest.num_inputs], kinds[nest.num_inputs :]
        extent = nest.extent(loop)
        size = float("inf") if extent is None else float(extent)
        if "other" in kinds or size < 2:
            continue
        if parallel and all(kind == "unit" for kind in outs):
            score = min(size, 64.0) + 1
        elif (
            not parallel and all(kind == "invariant" for kind in outs) and "unit" in ins and reducers(nest) is not None
        ):
            if size < MIN_REDUCTION:
                continue
            score = min(size, 64.0)
        else:
            continue
        if best is None or score > best[0]:
            best = score, loop
    return best[1] if best is not None else None


def lanes_of(nest: Nest, vector_bits: int) -> int:
    """Elements per vector: what fits of the widest number that is read, computed or written."""
    values = (result for op in nest.body if not isinstance(op, linalg.Index) for result in op.results)
    types = [*map(element, nest.operands), *(value.type for value in values if not isinstance(value.type, IndexType))]
    return vector_bits // max(map(_lane_width, types))


def _lane_width(type: Type) -> int:
    """Bits of a lane: floats narrower than 32 bits are computed in `f32`, and no lane is narrower than a byte."""
    return max(32 if isinstance(type, FloatType) else 8, width_of(type))


@dataclass(frozen=True, slots=True)
class Reducer:
    """`output = op(output, contribution)`."""

    op: Operation
    contribution: Value
    kind: str


def reducers(nest: Nest) -> list[Reducer] | None:
    """What each output is combined by, `None` if one is not a plain reduction by an associative op."""
    found: list[Reducer] = []
    accumulators = nest.body.arguments[nest.num_inputs :]
    for value, accumulator in zip(nest.yielded, accumulators, strict=True):
        op = value.defining_op
        kind = COMBINERS.get(type(op))
        if op is None or kind is None or not accumulator.has_one_use or accumulator not in op.operands:
            return None
        if set(value.users) != {nest.body.terminator} or not value.has_one_use:
            return None
        lhs, rhs = op.operands
        found.append(Reducer(op, rhs if lhs is accumulator else lhs, kind))
    return found


def summing(nest: Nest) -> list[Reducer]:
    """What the outputs are combined by, if all are plain reductions and one is a sum of floats: regrouping betters it."""
    found = [] if all(nest.parallel) else reducers(nest) or []
    return found if any(isinstance(reducer.op, arith.AddF) for reducer in found) else []
