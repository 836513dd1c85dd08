"""Arithmetic of `arith` on floats."""

from __future__ import annotations

import math
from typing import ClassVar

from irc.dialects import arith_fold as folding
from irc.dialects.arith_attributes import FastMath
from irc.ir.attributes import Attribute
from irc.ir.interfaces import FoldResult
from irc.ir.traits import Commutative, Elementwise, Pure, SameOperandsAndResultType
from irc.ir.value import Value
from irc.ods.constraints import FloatLike, Var
from irc.ods.fields import attribute, operand, result
from irc.ods.op import Op

F = Var("T", FloatLike)


class FloatBinary(Op, traits=[SameOperandsAndResultType]):
    """Two floats of one type to a third, by IEEE 754 (round to nearest even). `compute` folds constants.

    %r = {op} %a, %b fastmath<contract> : vector<4xf32>
    """

    lhs: Value = operand(F)
    rhs: Value = operand(F)
    fastmath: FastMath = attribute(FastMath, default=FastMath("none"))
    result: Value = result(F)

    assembly = "$lhs `,` $rhs (`fastmath` `` $fastmath^)? attr-dict `:` type($result)"

    compute: ClassVar[folding.FloatFunction]
    neutral: ClassVar[float | None] = None
    same: ClassVar[bool] = False
    """Whether equal operands give themselves."""

    def fold(self, lhs: Attribute | None, rhs: Attribute | None) -> FoldResult:
        if self.same and self.lhs is self.rhs:
            return self.lhs
        if self.neutral is not None and folding.is_float(rhs, self.neutral):
            return self.lhs
        return folding.poison(lhs, rhs) or folding.floats(type(self).compute, lhs, rhs)


class AddF(FloatBinary, name="arith.addf", traits=[Pure, Commutative, Elementwise]):
    """Sum. Adding -0.0 changes nothing; adding 0.0 changes -0.0."""

    compute, neutral = staticmethod(lambda a, b: a + b), -0.0


class SubF(FloatBinary, name="arith.subf", traits=[Pure, Elementwise]):
    """Difference."""

    compute, neutral = staticmethod(lambda a, b: a - b), 0.0


class MulF(FloatBinary, name="arith.mulf", traits=[Pure, Commutative, Elementwise]):
    """Product."""

    compute, neutral = staticmethod(lambda a, b: a * b), 1.0


class DivF(FloatBinary, name="arith.divf", traits=[Pure, Elementwise]):
    """Quotient."""

    compute, neutral = staticmethod(folding.divf), 1.0


class RemF(FloatBinary, name="arith.remf", traits=[Pure, Elementwise]):
    """Remainder with the sign of the dividend (C's `fmod`)."""

    compute = staticmethod(folding.remf)


class MaximumF(FloatBinary, name="arith.maximumf", traits=[Pure, Commutative, Elementwise]):
    """Maximum; NaN if an operand is NaN, and 0.0 is greater than -0.0 (IEEE 754-2019 `maximum`)."""

    compute, neutral, same = staticmethod(folding.maximum), -math.inf, True


class MinimumF(FloatBinary, name="arith.minimumf", traits=[Pure, Commutative, Elementwise]):
    """Minimum; NaN if an operand is NaN (IEEE 754-2019 `minimum`)."""

    compute, neutral, same = staticmethod(folding.minimum), math.inf, True


class MaxNumF(FloatBinary, name="arith.maxnumf", traits=[Pure, Commutative, Elementwise]):
    """Maximum; the other operand if one is NaN."""

    compute = staticmethod(lambda a, b: b if math.isnan(a) else a if math.isnan(b) else folding.maximum(a, b))
    neutral, same = -math.inf, True


class MinNumF(FloatBinary, name="arith.minnumf", traits=[Pure, Commutative, Elementwise]):
    """Minimum; the other operand if one is NaN."""

    compute = staticmethod(lambda a, b: b if math.isnan(a) else a if math.isnan(b) else folding.minimum(a, b))
    neutral, same = math.inf, True


class NegF(Op, name="arith.negf", traits=[Pure, Elementwise, SameOperandsAndResultType]):
    """Negation: the sign bit flipped.

    %r = arith.negf %x : f32
    """

    operand: Value = operand(F)
    fastmath: FastMath = attribute(FastMath, default=FastMath("none"))
    result: Value = result(F)

    assembly = "$operand (`fastmath` `` $fastmath^)? attr-dict `:` type($result)"

    def fold(self, operand: Attribute | None) -> FoldResult:
        inner = self.operand.defining_op
        if isinstance(inner, NegF):
            return inner.operand
        return folding.poison(operand) or folding.combine(lambda a: -a, self.result.type, operand)
