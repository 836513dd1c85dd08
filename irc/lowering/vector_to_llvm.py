"""`vector` in the llvm dialect: arithmetic, reductions and masks, row by row.

Elements and parts are in `vector_shapes_to_llvm`, memory is in `vector_memory_to_llvm`.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from irc.dialects import llvm, vector
from irc.ir.dense import from_numpy
from irc.ir.types import FloatType, Type, VectorType, i32, i64
from irc.ir.value import Value
from irc.lowering.arith_to_llvm import fastmath
from irc.lowering.llvm_lowering import Lowering, Table, known_number
from irc.lowering.lowered_values import Lowered, Rows, row_type, rowwise
from irc.lowering.print_to_llvm import print_text

Combine = Callable[[Lowering, Value, Value, llvm.FastMath], Value]


def vector_type(value: Value) -> VectorType:
    type = value.type
    assert isinstance(type, VectorType)
    return type


def rows_of(value: Lowered) -> tuple[Value, ...]:
    """The rows of a vector; of one dimension it is its only row."""
    if isinstance(value, Rows):
        return value.rows
    assert isinstance(value, Value)
    return (value,)


def from_rows(type: VectorType, rows: Sequence[Value]) -> Lowered:
    """The vector of `type` with these rows."""
    return rows[0] if type.rank == 1 else Rows(type.static_shape, tuple(rows))


def splat(lo: Lowering, scalar: Value, type: VectorType) -> Value:
    """A vector of one dimension with `scalar` in every lane."""
    first = lo.one(llvm.InsertElement(lo.undef(type), scalar, lo.constant(0, i32)))
    return shuffle(lo, first, first, [0] * type.num_elements)


def shuffle(lo: Lowering, a: Value, b: Value, mask: Sequence[int]) -> Value:
    return lo.one(llvm.ShuffleVector.of(a, b, mask))


# -- combining -------------------------------------------------------------------------------------------------------


def _plain(cls: Any) -> Combine:
    return lambda lo, a, b, flags: lo.one(cls(a, b))


def _flagged(cls: Any) -> Combine:
    return lambda lo, a, b, flags: lo.one(cls(a, b, flags))


_FLOATS: dict[str, tuple[Combine, str, float | None]] = {
    "add": (_flagged(llvm.FAdd), "fadd", -0.0),
    "mul": (_flagged(llvm.FMul), "fmul", 1.0),
    "minnumf": (_flagged(llvm.SIMPLE["minnum"]), "fmin", None),
    "maxnumf": (_flagged(llvm.SIMPLE["maxnum"]), "fmax", None),
    "minimumf": (_flagged(llvm.SIMPLE["minimum"]), "fminimum", None),
    "maximumf": (_flagged(llvm.SIMPLE["maximum"]), "fmaximum", None),
}
_INTEGERS: dict[str, tuple[Combine, str, float | None]] = {
    "add": (_plain(llvm.Add), "add", None),
    "mul": (_plain(llvm.Mul), "mul", None),
    "minui": (_plain(llvm.SIMPLE["umin"]), "umin", None),
    "minsi": (_plain(llvm.SIMPLE["smin"]), "smin", None),
    "maxui": (_plain(llvm.SIMPLE["umax"]), "umax", None),
    "maxsi": (_plain(llvm.SIMPLE["smax"]), "smax", None),
    "and": (_plain(llvm.And), "and", None),
    "or": (_plain(llvm.Or), "or", None),
    "xor": (_plain(llvm.XOr), "xor", None),
}
"""How two values are combined, the reduction of a whole vector, and its neutral start where it takes one."""


def _rules(kind: str, type: Type) -> tuple[Combine, str, float | None]:
    return (_FLOATS if isinstance(type, FloatType) else _INTEGERS)[kind]


def reduce_row(lo: Lowering, kind: str, row: Value, acc: Value | None, flags: llvm.FastMath) -> Value:
    """The lanes of a vector combined, with `acc` where it is given."""
    scalar = vector_type(row).element_type
    combine, name, neutral = _rules(kind, scalar)
    cls = llvm.REDUCE[name]
    if neutral is not None:
        start = acc if acc is not None else lo.constant(neutral, scalar)
        return lo.one(cls(start, row, flags, result_types=[scalar]))
    extra = (flags,) if isinstance(scalar, FloatType) else ()
    result = lo.one(cls(row, *extra, result_types=[scalar]))
    return result if acc is None else combine(lo, result, acc, flags)


def _reduction(op: vector.Reduction, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    (row,) = rows_of(operands[0])
    acc = operands[1] if len(operands) > 1 else None
    return [reduce_row(lo, op.kind.value, row, acc, fastmath(op.fastmath))]


def _multi_reduction(op: vector.MultiReduction, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    """Rows are combined along the outer reduced dimensions, then each row that is left, if the last one is reduced."""
    type, axes, kind = vector_type(op.source), op.axes, op.kind.value
    combine, _, _ = _rules(kind, row_type(type).element_type)
    outer = type.static_shape[:-1]
    groups: dict[tuple[int, ...], list[Value]] = {}
    for position, row in zip(itertools.product(*map(range, outer)), rows_of(operands[0]), strict=True):
        groups.setdefault(tuple([i for axis, i in enumerate(position) if axis not in axes]), []).append(row)
    flags = llvm.no_fastmath
    combined: list[Value] = []
    for rows in groups.values():
        total = rows[0]
        for row in rows[1:]:
            total = combine(lo, total, row, flags)
        combined.append(total)
    if type.rank - 1 not in axes:
        accs = rows_of(operands[1])
        results = [combine(lo, row, acc, flags) for row, acc in zip(combined, accs, strict=True)]
        return [from_rows(vector_type(op.results[0]), results)]
    if not isinstance(op.results[0].type, VectorType):
        return [reduce_row(lo, kind, combined[0], operands[1], flags)]
    scalars = [reduce_row(lo, kind, row, None, flags) for row in combined]
    result = vector_type(op.results[0])
    gathered = gather_scalars(lo, result, scalars)
    return [rowwise(lambda a, b: combine(lo, a, b, flags), gathered, operands[1])]


def gather_scalars(lo: Lowering, type: VectorType, scalars: Sequence[Value]) -> Lowered:
    """The vector of these elements, in row-major order."""
    row = row_type(type)
    width = row.num_elements
    rows: list[Value] = []
    for start in range(0, len(scalars), width):
        value = lo.undef(row)
        for lane, scalar in enumerate(scalars[start : start + width]):
            value = lo.one(llvm.InsertElement(value, scalar, lo.constant(lane, i32)))
        rows.append(value)
    return from_rows(type, rows)


def _fma(op: vector.FMA, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    return [rowwise(lambda a, b, c: lo.one(llvm.SIMPLE["fma"](a, b, c)), *operands)]


def _outer_product(op: vector.OuterProduct, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    lhs, rhs, *rest = operands
    type = vector_type(op.results[0])
    row, kind = row_type(type), op.kind.value
    scalar = row.element_type
    combine, _, _ = _rules(kind, scalar)
    is_float = isinstance(scalar, FloatType)

    def product(a: Value, b: Value, acc: Value | None) -> Value:
        if acc is not None and is_float and kind == "add":
            return lo.one(llvm.SIMPLE["fma"](a, b, acc))
        value = lo.one(llvm.FMul(a, b) if is_float else llvm.Mul(a, b))
        return value if acc is None else combine(lo, value, acc, llvm.no_fastmath)

    if not isinstance(op.rhs.type, VectorType):
        return [product(lhs, splat(lo, rhs, row), rest[0] if rest else None)]
    accs = rows_of(rest[0]) if rest else (None,) * vector_type(op.lhs).num_elements
    repeated = [shuffle(lo, lhs, lhs, [i] * row.num_elements) for i in range(len(accs))]
    return [from_rows(type, [product(a, rhs, acc) for a, acc in zip(repeated, accs, strict=True)])]


# -- masks and constants ---------------------------------------------------------------------------------------------


def lanes_below(lo: Lowering, bound: Value, type: VectorType) -> Value:
    """The mask of one dimension whose lanes before `bound` (an `i64`) are set.

    The bound is first brought between 0 and the number of lanes, so that 32 bits are enough and the comparison is narrow.
    """
    count = type.num_elements
    known = known_number(bound)
    if isinstance(known, int):
        return lo.pooled(from_numpy(np.arange(count) < known, type), type)
    positive = lo.one(llvm.SIMPLE["smax"](bound, lo.constant(0, i64)))
    clamped = lo.one(llvm.SIMPLE["smin"](positive, lo.constant(count, i64)))
    narrow = VectorType((count,), i32)
    steps = lo.pooled(from_numpy(np.arange(count), narrow), narrow)
    limit = splat(lo, lo.one(llvm.Trunc(clamped, result_types=[i32])), narrow)
    return lo.one(llvm.ICmp.of("slt", steps, limit))


def _create_mask(op: vector.CreateMask, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    type = vector_type(op.results[0])
    row = row_type(type)
    inner = lanes_below(lo, operands[-1], row)
    if type.rank == 1:
        return [inner]
    rows: list[Value] = []
    nothing = lo.constant(0, row)
    for position in itertools.product(*map(range, type.static_shape[:-1])):
        mask = inner
        for i, bound in zip(position, operands, strict=False):
            inside = lo.one(llvm.ICmp.of("slt", lo.constant(i, i64), bound))
            mask = lo.one(llvm.Select(inside, mask, nothing))
        rows.append(mask)
    return [from_rows(type, rows)]


def _constant_mask(op: vector.ConstantMask, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    type = vector_type(op.results[0])
    row = row_type(type)
    full = np.zeros(type.static_shape or (1,), np.bool_)
    full[tuple(slice(size) for size in op.dim_sizes)] = True
    rows = full.reshape(-1, row.num_elements)
    return [from_rows(type, [lo.pooled(from_numpy(each, row), row) for each in rows])]


def _step(op: vector.Step, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    type = row_type(vector_type(op.results[0]))
    return [lo.pooled(from_numpy(np.arange(type.num_elements), type), type)]


def _bitcast(op: vector.Bitcast, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    type = vector_type(op.results[0])
    row = row_type(type)
    rows = [lo.one(llvm.BitCast(each, result_types=[row])) for each in rows_of(operands[0])]
    return [from_rows(type, rows)]


_ENDINGS = {"newline": "\n", "comma": ", ", "open": "( ", "close": " )", "no_punctuation": ""}


def _print(op: vector.Print, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    """As upstream prints: `( ( 1, 2 ), ( 3, 4 ) )`, and a number alone."""
    end = _ENDINGS[op.punctuation.value]
    if op.source is None:
        literal = op.stringLiteral.value if op.stringLiteral is not None else ""
        print_text(lo, [literal + end], [], [])
        return []
    type = op.source.type
    if not isinstance(type, VectorType):
        print_text(lo, ["", end], [operands[0]], [type])
        return []
    scalars = [
        lo.one(llvm.ExtractElement(row, lo.constant(lane, i32)))
        for row in rows_of(operands[0])
        for lane in range(vector_type(row).num_elements)
    ]
    text = "{}"
    for size in reversed(type.static_shape):
        text = f"( {', '.join([text] * size)} )"
    print_text(lo, (text + end).split("{}"), scalars, [type.element_type] * len(scalars))
    return []


VECTOR: Table = {
    vector.Reduction: _reduction,
    vector.MultiReduction: _multi_reduction,
    vector.FMA: _fma,
    vector.OuterProduct: _outer_product,
    vector.CreateMask: _create_mask,
    vector.ConstantMask: _constant_mask,
    vector.Step: _step,
    vector.Bitcast: _bitcast,
    vector.Print: _print,
}
