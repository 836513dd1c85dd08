"""`arith` in the llvm dialect, and what is as simple: casts of `builtin`, `ub.poison`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from irc.dialects import arith, arith_extended, builtin, llvm, ub
from irc.ir.attributes import Attribute, DenseElementsAttr, FloatAttr, IntegerAttr
from irc.ir.dense import dtype_of, flat_numpy, from_numpy
from irc.ir.operation import Operation
from irc.ir.types import FloatType, IntegerType, Type, VectorType, element_type, i1, with_element_type
from irc.ir.value import Value
from irc.lowering.failures import require
from irc.lowering.llvm_lowering import Lower, Lowering, Table, converted
from irc.lowering.lowered_values import Lowered, Rows, convert_scalar, row_count, row_type, rowwise
from irc.rewrite.constants import scalar

Build = Callable[..., Value]


def fastmath(flags: Any) -> llvm.FastMath:
    """The flags of an arith or math op, which have the same words."""
    return llvm.FastMath(flags.value)


def binary(cls: Any) -> Lower:
    """An op of two operands that is one of the llvm dialect."""

    def lower(op: Any, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
        return [rowwise(lambda a, b: lo.one(cls(a, b)), *operands)]

    return lower


def _dividing(lower: Lower, *, signed: bool) -> Lower:
    """A division or remainder that is checked first, unless the divisor is known to be harmless."""

    def checked(op: Any, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
        divisor = scalar(_constant_of(op.rhs))
        harmless = divisor is not None and divisor != 0 and (divisor != -1 or not signed)
        dividend, by = operands
        if not harmless and isinstance(by, Value):
            zero = lo.constant(0, by.type)
            require_all(lo, op, llvm.ICmp.of("ne", by, zero), "divides by zero")
            if signed:
                least = lo.constant(-(1 << (_width(by.type) - 1)), by.type)
                minus_one = lo.constant(-1, by.type)
                fine = llvm.Or(lo.one(llvm.ICmp.of("ne", dividend, least)), lo.one(llvm.ICmp.of("ne", by, minus_one)))
                require_all(lo, op, fine, "overflows: the least integer is divided by -1")
        return lower(op, operands, lo)

    return checked


def require_all(lo: Lowering, op: Operation, condition: Any, what: str) -> None:
    """Go on only where `condition`, an op that gives an i1 or a vector of them, holds for all."""
    holds = lo.one(condition)
    if isinstance(holds.type, VectorType):
        holds = lo.one(llvm.REDUCE["and"](holds, result_types=[i1]))
    require(lo, op, holds, f"'{op.name}' op {what}")


def _constant_of(value: Value) -> Attribute | None:
    op = value.defining_op
    return op.get_attribute("value") if op is not None and op.name in ("arith.constant", "index.constant") else None


def _wrapping(cls: Any) -> Lower:
    def lower(op: Any, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
        flags = llvm.Overflow(op.overflowFlags.value)
        return [rowwise(lambda a, b: lo.one(cls(a, b, flags)), *operands)]

    return lower


def float_op(cls: Any) -> Lower:
    """An op that takes fast-math flags after its operands."""

    def lower(op: Any, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
        flags = fastmath(op.fastmath)
        return [rowwise(lambda *values: lo.one(cls(*values, flags)), *operands)]

    return lower


def _cast(cls: Any) -> Lower:
    def lower(op: Any, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
        type = converted(op.results[0])
        if cls is llvm.BitCast and converted(op.operands[0]) is type:
            return operands
        return [rowwise(lambda value: lo.one(cls(value, result_types=[type])), *operands)]

    return lower


def _bitcast(op: arith.Bitcast, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    """Floats of less than a byte have zeros above, where integers of that width have nothing."""
    source, target = element_type(converted(op.operands[0])), element_type(converted(op.results[0]))
    if isinstance(source, IntegerType) and isinstance(target, IntegerType) and source is not target:
        return _cast(llvm.ZExt if source.width < target.width else llvm.Trunc)(op, operands, lo)
    return _cast(llvm.BitCast)(op, operands, lo)


def _truncf(op: arith.TruncF, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    if not op.rounds_to_nearest_even:
        raise lo.unsupported(op)
    return _cast(llvm.FPTrunc)(op, operands, lo)


def _index_cast(extend: Any) -> Lower:
    def lower(op: Any, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
        source, target = converted(op.operands[0]), converted(op.results[0])
        before, after = _width(source), _width(target)
        if before == after:
            return operands
        cls = extend if before < after else llvm.Trunc
        return [rowwise(lambda value: lo.one(cls(value, result_types=[target])), *operands)]

    return lower


def _width(type: Type) -> int:
    width: int = getattr(element_type(type), "width")  # noqa: B009 - integers only, after conversion
    return width


def _compare(cls: Any, prefix: dict[str, str]) -> Lower:
    def lower(op: Any, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
        word = prefix.get(op.word, op.word)
        return [rowwise(lambda a, b: lo.one(cls.of(word, a, b)), *operands)]

    return lower


def _select(op: arith.Select, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    condition, yes, no = operands
    if isinstance(yes, Value | Rows):
        return [rowwise(lambda c, a, b: lo.one(llvm.Select(c, a, b)), condition, yes, no)]
    whole = lo.one(llvm.Select(condition, lo.descriptor(yes), lo.descriptor(no)))
    return [lo.unpacked(whole, op.results[0].type)]


# -- constants -------------------------------------------------------------------------------------------------------


def _constant(op: arith.Constant, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    value, type = op.value, op.results[0].type
    match value:
        case IntegerAttr():
            converted_type = convert_scalar(type)
            return [lo.pooled(IntegerAttr(value.value, converted_type), converted_type)]
        case FloatAttr() if isinstance(convert_scalar(type), IntegerType):
            return [lo.constant(dtype_of(type).type(value.value).tobytes()[0], convert_scalar(type))]
        case FloatAttr():
            return [lo.pooled(value, convert_scalar(type))]
        case DenseElementsAttr() if isinstance(type, VectorType):
            return [_dense(value, type, lo)]
    raise lo.unsupported(op)


def _dense(value: DenseElementsAttr, type: VectorType, lo: Lowering) -> Lowered:
    row = row_type(type)
    if isinstance(type.element_type, FloatType) and isinstance(row.element_type, IntegerType):
        value = DenseElementsAttr(VectorType(type.shape, row.element_type), value.data, value.is_splat)
    if value.is_splat:
        splat = lo.pooled(DenseElementsAttr(row, value.data, True), row)
        return splat if type.rank == 1 else Rows(type.static_shape, (splat,) * row_count(type.static_shape))
    if type.rank == 1:
        return lo.pooled(DenseElementsAttr(row, value.data, False), row)
    rows = flat_numpy(value).reshape(-1, *row.static_shape)
    values = [lo.pooled(from_numpy(each, row), row) for each in rows]
    return Rows(type.static_shape, tuple(values))


# -- rounding divisions ----------------------------------------------------------------------------------------------


def _rounding(step: int, same_sign: bool) -> Lower:
    """Signed division that rounds down (`step` -1 where signs differ) or up (+1 where they are the same)."""

    def lower(op: Any, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
        def build(a: Value, b: Value) -> Value:
            zero = lo.constant(0, a.type)
            quotient = lo.one(llvm.SDiv(a, b))
            inexact = lo.one(llvm.ICmp.of("ne", lo.one(llvm.Mul(quotient, b)), a))
            signs = [lo.one(llvm.ICmp.of("slt", value, zero)) for value in (a, b)]
            matching = lo.one(llvm.ICmp.of("eq" if same_sign else "ne", *signs))
            stepped = lo.one(llvm.Add(quotient, lo.constant(step, a.type)))
            return lo.one(llvm.Select(lo.one(llvm.And(inexact, matching)), stepped, quotient))

        return [rowwise(build, *operands)]

    return lower


def _ceildivui(op: Operation, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    def build(a: Value, b: Value) -> Value:
        one, zero = lo.constant(1, a.type), lo.constant(0, a.type)
        rounded = lo.one(llvm.Add(lo.one(llvm.UDiv(lo.one(llvm.Sub(a, one)), b)), one))
        return lo.one(llvm.Select(lo.one(llvm.ICmp.of("eq", a, zero)), zero, rounded))

    return [rowwise(build, *operands)]


# -- with a second result --------------------------------------------------------------------------------------------


def _add_with_carry(op: Operation, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    total = rowwise(lambda a, b: lo.one(llvm.Add(a, b)), *operands)
    return [total, rowwise(lambda s, a: lo.one(llvm.ICmp.of("ult", s, a)), total, operands[0])]


def _multiply_in_twice_the_width(extend: Any) -> Lower:
    def lower(op: Any, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
        def build(high: bool) -> Callable[[Value, Value], Value]:
            def half(a: Value, b: Value) -> Value:
                width = _width(a.type)
                wide = with_element_type(a.type, IntegerType(2 * width))
                left, right = (lo.one(extend(value, result_types=[wide])) for value in (a, b))
                product = lo.one(llvm.Mul(left, right))
                if high:
                    # A constant of more than 64 bits cannot be written for all lanes of a vector, but made.
                    known = a.type if width > 32 else wide
                    by = lo.constant(width, known)
                    by = by if known is wide else lo.one(llvm.ZExt(by, result_types=[wide]))
                    product = lo.one(llvm.LShr(product, by))
                return lo.one(llvm.Trunc(product, result_types=[a.type]))

            return half

        return [rowwise(build(high), *operands) for high in (False, True)]

    return lower


def _relabel(op: Any, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    """A cast between types that LLVM does not tell apart, such as integers of another signedness."""
    (source,), (target,) = op.operands, op.results
    if convert_scalar(source.type) is not convert_scalar(target.type):
        raise lo.unsupported(op)
    return operands


def _poison(op: ub.Poison, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    type = op.result.type
    if isinstance(type, VectorType) and type.rank > 1:
        row = lo.undef(row_type(type))
        return [Rows(type.static_shape, (row,) * row_count(type.static_shape))]
    return [lo.undef(row_type(type) if isinstance(type, VectorType) else convert_scalar(type))]


ARITH: Table = {
    ub.Poison: _poison,
    builtin.UnrealizedConversionCast: _relabel,
    arith.Constant: _constant,
    arith.AddI: _wrapping(llvm.Add),
    arith.SubI: _wrapping(llvm.Sub),
    arith.MulI: _wrapping(llvm.Mul),
    arith.ShLI: _wrapping(llvm.Shl),
    arith.DivSI: _dividing(binary(llvm.SDiv), signed=True),
    arith.DivUI: _dividing(binary(llvm.UDiv), signed=False),
    arith.RemSI: _dividing(binary(llvm.SRem), signed=True),
    arith.RemUI: _dividing(binary(llvm.URem), signed=False),
    arith.FloorDivSI: _dividing(_rounding(-1, same_sign=False), signed=True),
    arith.CeilDivSI: _dividing(_rounding(1, same_sign=True), signed=True),
    arith.CeilDivUI: _dividing(_ceildivui, signed=False),
    arith_extended.AddUIExtended: _add_with_carry,
    arith_extended.MulSIExtended: _multiply_in_twice_the_width(llvm.SExt),
    arith_extended.MulUIExtended: _multiply_in_twice_the_width(llvm.ZExt),
    arith.AndI: binary(llvm.And),
    arith.OrI: binary(llvm.Or),
    arith.XOrI: binary(llvm.XOr),
    arith.ShRSI: binary(llvm.AShr),
    arith.ShRUI: binary(llvm.LShr),
    arith.MaxSI: binary(llvm.SIMPLE["smax"]),
    arith.MinSI: binary(llvm.SIMPLE["smin"]),
    arith.MaxUI: binary(llvm.SIMPLE["umax"]),
    arith.MinUI: binary(llvm.SIMPLE["umin"]),
    arith.AddF: float_op(llvm.FAdd),
    arith.SubF: float_op(llvm.FSub),
    arith.MulF: float_op(llvm.FMul),
    arith.DivF: float_op(llvm.FDiv),
    arith.RemF: float_op(llvm.FRem),
    arith.NegF: float_op(llvm.FNeg),
    arith.MaximumF: float_op(llvm.SIMPLE["maximum"]),
    arith.MinimumF: float_op(llvm.SIMPLE["minimum"]),
    arith.MaxNumF: float_op(llvm.SIMPLE["maxnum"]),
    arith.MinNumF: float_op(llvm.SIMPLE["minnum"]),
    arith.CmpI: _compare(llvm.ICmp, {}),
    arith.CmpF: _compare(llvm.FCmp, {"false": "_false", "true": "_true"}),
    arith.Select: _select,
    arith.ExtF: _cast(llvm.FPExt),
    arith.TruncF: _truncf,
    arith.ExtSI: _cast(llvm.SExt),
    arith.ExtUI: _cast(llvm.ZExt),
    arith.TruncI: _cast(llvm.Trunc),
    arith.SIToFP: _cast(llvm.SIToFP),
    arith.UIToFP: _cast(llvm.UIToFP),
    arith.FPToSI: _cast(llvm.FPToSI),
    arith.FPToUI: _cast(llvm.FPToUI),
    arith.Bitcast: _bitcast,
    arith.IndexCast: _index_cast(llvm.SExt),
    arith.IndexCastUI: _index_cast(llvm.ZExt),
}
