"""How `arith` is computed. Division of integers by zero is an error; poison is some value, as LLVM may choose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from irc.dialects import arith, arith_casts, arith_extended
from irc.interpreter import floats as fl
from irc.interpreter import integers as it
from irc.interpreter.core import RULES, Frame, fail, interpret
from irc.interpreter.values import scalar
from irc.ir.attributes import DenseElementsAttr, FloatAttr, IntegerAttr
from irc.ir.dense import dtype_of, fit, to_numpy
from irc.ir.operation import Operation
from irc.ir.rounding import to_float
from irc.ir.types import Type, element_type

Function = Callable[..., Any]

FLOATS: dict[type[Operation], Function] = {
    arith.AddF: np.add,
    arith.SubF: np.subtract,
    arith.MulF: np.multiply,
    arith.DivF: np.divide,
    arith.RemF: np.fmod,
    arith.MaximumF: fl.maximum,
    arith.MinimumF: fl.minimum,
    arith.MaxNumF: np.fmax,
    arith.MinNumF: np.fmin,
    arith.NegF: np.negative,
}

SIGNED: dict[type[Operation], Function] = {
    arith.AddI: np.add,
    arith.SubI: np.subtract,
    arith.MulI: np.multiply,
    arith.AndI: np.bitwise_and,
    arith.OrI: np.bitwise_or,
    arith.XOrI: np.bitwise_xor,
    arith.MaxSI: np.maximum,
    arith.MinSI: np.minimum,
}

UNSIGNED: dict[type[Operation], Function] = {arith.MaxUI: np.maximum, arith.MinUI: np.minimum}

SIGNED_DIVISIONS: dict[type[Operation], Function] = {
    arith.DivSI: it.truncate_divide,
    arith.CeilDivSI: it.ceil_divide,
    arith.FloorDivSI: it.floor_divide,
    arith.RemSI: it.remainder,
}

UNSIGNED_DIVISIONS: dict[type[Operation], Function] = {
    arith.DivUI: it.floor_divide,
    arith.CeilDivUI: it.ceil_divide,
    arith.RemUI: np.remainder,
}

COMPARE_INTEGERS: dict[str, Function] = {
    "eq": np.equal, "ne": np.not_equal, "lt": np.less, "le": np.less_equal, "gt": np.greater, "ge": np.greater_equal,
}  # fmt: skip

COMPARE_FLOATS: dict[str, Function] = {
    "oeq": np.equal, "olt": np.less, "ole": np.less_equal, "ogt": np.greater, "oge": np.greater_equal,
    "one": lambda a, b: (a < b) | (a > b), "ord": lambda a, b: (a == a) & (b == b),
    "false": lambda a, b: (a != a) & (a == a),
}  # fmt: skip

NEGATIONS = {
    "une": "oeq",
    "uge": "olt",
    "ugt": "ole",
    "ule": "ogt",
    "ult": "oge",
    "ueq": "one",
    "uno": "ord",
    "true": "false",
}
"""Each predicate that is true where an operand is NaN, with the one that it is the negation of."""


@interpret(arith.Constant)
def constant(frame: Frame, op: arith.Constant) -> Any:
    value = op.value
    if isinstance(value, DenseElementsAttr):
        return to_numpy(value)
    assert isinstance(value, IntegerAttr | FloatAttr)
    return scalar(value.value, value.type)


@interpret(*FLOATS)
def float_function(frame: Frame, op: Operation, *values: Any) -> Any:
    return fl.in_float32(FLOATS[type(op)], *values)


@interpret(*SIGNED)
def signed_function(frame: Frame, op: Operation, a: Any, b: Any) -> Any:
    return it.back(SIGNED[type(op)](it.signed(a), it.signed(b)), op.results[0].type)


@interpret(*UNSIGNED)
def unsigned_function(frame: Frame, op: Operation, a: Any, b: Any) -> Any:
    type_ = op.results[0].type
    width = it.width_of(type_)
    return it.back(UNSIGNED[type(op)](it.unsigned(a, width), it.unsigned(b, width)), type_)


@interpret(*SIGNED_DIVISIONS)
def signed_division(frame: Frame, op: Operation, a: Any, b: Any) -> Any:
    type_ = op.results[0].type
    a, b = it.signed(a), it.signed(b)
    if it.is_zero(b):
        fail(op, "divides by zero")
    if it.overflows(a, b, it.width_of(type_)):
        fail(op, "overflows: the least integer is divided by -1")
    return it.back(SIGNED_DIVISIONS[type(op)](a, b), type_)


@interpret(*UNSIGNED_DIVISIONS)
def unsigned_division(frame: Frame, op: Operation, a: Any, b: Any) -> Any:
    type_ = op.results[0].type
    width = it.width_of(type_)
    if it.is_zero(b):
        fail(op, "divides by zero")
    return it.back(UNSIGNED_DIVISIONS[type(op)](it.unsigned(a, width), it.unsigned(b, width)), type_)


@interpret(arith.ShLI)
def shift_left(frame: Frame, op: arith.ShLI, a: Any, by: Any) -> Any:
    type_ = op.results[0].type
    width = it.width_of(type_)
    return it.back(it.shift_left(it.unsigned(a, width), it.unsigned(by, width), width), type_)[()]


@interpret(arith.ShRSI)
def shift_right_signed(frame: Frame, op: arith.ShRSI, a: Any, by: Any) -> Any:
    type_ = op.results[0].type
    width = it.width_of(type_)
    return it.back(it.shift_right(it.signed(a), it.unsigned(by, width), width), type_)


@interpret(arith.ShRUI)
def shift_right_unsigned(frame: Frame, op: arith.ShRUI, a: Any, by: Any) -> Any:
    type_ = op.results[0].type
    width = it.width_of(type_)
    return it.back(it.shift_right(it.unsigned(a, width), it.unsigned(by, width), width), type_)


@interpret(arith.CmpI)
def compare_integers(frame: Frame, op: arith.CmpI, a: Any, b: Any) -> Any:
    return compare(op.word, a, b, op.lhs.type)


def compare(word: str, a: Any, b: Any, type: Type) -> Any:
    """Whether a predicate such as `slt` holds of two integers of (element) type `type`."""
    if word[0] == "u":
        width = it.width_of(type)
        return COMPARE_INTEGERS[word[1:]](it.unsigned(a, width), it.unsigned(b, width))
    return COMPARE_INTEGERS[word.removeprefix("s")](it.signed(a), it.signed(b))


@interpret(arith.CmpF)
def compare_floats(frame: Frame, op: arith.CmpF, a: Any, b: Any) -> Any:
    word = op.word
    if word in NEGATIONS:
        return np.logical_not(COMPARE_FLOATS[NEGATIONS[word]](a, b))
    return COMPARE_FLOATS[word](a, b)


@interpret(arith.Select)
def select(frame: Frame, op: arith.Select, condition: Any, a: Any, b: Any) -> Any:
    if np.ndim(condition) == 0:
        return a if condition else b
    return np.where(condition, a, b)


# -- with a second result --------------------------------------------------------------------------------------------


@interpret(arith_extended.AddUIExtended)
def add_with_carry(frame: Frame, op: arith_extended.AddUIExtended, a: Any, b: Any) -> Any:
    type_ = op.sum.type
    width = it.width_of(type_)
    a, b = it.unsigned(a, width), it.unsigned(b, width)
    total = it.back(a + b, type_)
    return total, it.unsigned(total, width) < a


@interpret(arith_extended.MulSIExtended, arith_extended.MulUIExtended)
def multiply_in_twice_the_width(frame: Frame, op: arith_extended.MulExtended, a: Any, b: Any) -> Any:
    type_ = op.low.type
    a, b = it.signed(a), it.signed(b)
    return it.by_number(lambda x, y, width: x * y, type_, a, b), it.by_number(type(op).high_half, type_, a, b)


# -- casts -----------------------------------------------------------------------------------------------------------


@interpret(arith_casts.TruncF)
def truncate_float(frame: Frame, op: Operation, x: Any) -> Any:
    if isinstance(op, arith_casts.TruncF) and not op.rounds_to_nearest_even:
        fail(op, "is interpreted with rounding to nearest even only")
    return convert_float(frame, op, x)


@interpret(arith_casts.ExtF)
def convert_float(frame: Frame, op: Operation, x: Any) -> Any:
    return to_float(x, dtype_of(element_type(op.results[0].type)))


@interpret(arith_casts.ExtSI, arith_casts.TruncI, arith_casts.IndexCast)
def convert_signed(frame: Frame, op: Operation, x: Any) -> Any:
    return it.back(it.signed(x), op.results[0].type)


@interpret(arith_casts.ExtUI, arith_casts.IndexCastUI)
def convert_unsigned(frame: Frame, op: Operation, x: Any) -> Any:
    return it.back(it.unsigned(x, it.width_of(op.operands[0].type)), op.results[0].type)


@interpret(arith_casts.SIToFP)
def signed_to_float(frame: Frame, op: Operation, x: Any) -> Any:
    return it.signed(x).astype(dtype_of(element_type(op.results[0].type)))


@interpret(arith_casts.UIToFP)
def unsigned_to_float(frame: Frame, op: Operation, x: Any) -> Any:
    return it.unsigned(x, it.width_of(op.operands[0].type)).astype(dtype_of(element_type(op.results[0].type)))


@interpret(arith_casts.FPToSI)
def float_to_signed(frame: Frame, op: Operation, x: Any) -> Any:
    width = it.width_of(op.results[0].type)
    return it.back(it.saturate(x, -(1 << (width - 1)), (1 << (width - 1)) - 1, np.int64), op.results[0].type)


@interpret(arith_casts.FPToUI)
def float_to_unsigned(frame: Frame, op: Operation, x: Any) -> Any:
    width = it.width_of(op.results[0].type)
    return it.back(it.saturate(x, 0, (1 << width) - 1, np.uint64), op.results[0].type)


@interpret(arith_casts.Bitcast)
def bitcast(frame: Frame, op: Operation, x: Any) -> Any:
    source, target = op.operands[0].type, op.results[0].type
    bits = np.asarray(x)
    if bits.dtype.kind in "biu":
        bits = it.unsigned(bits, it.width_of(source))
    return fit(bits.view(dtype_of(element_type(target))), target)[()]


# -- ops of other dialects that are computed alike -------------------------------------------------------------------

TABLES = (FLOATS, SIGNED, UNSIGNED, SIGNED_DIVISIONS, UNSIGNED_DIVISIONS)


def share_rules(alike: Mapping[type[Operation], type[Operation]]) -> None:
    """Give each op the rule of the `arith` op that it is paired with."""
    for cls, like in alike.items():
        RULES[cls] = RULES[like]
        for table in TABLES:
            # A rule that serves several ops finds the function by the op's class.
            if like in table:
                table[cls] = table[like]
