"""Special functions of `nd`: relatives of the error function and of the gamma function.

Results are within a few units in the last place of `f32`, and relatively within 1e-12 of the true value in `f64`, except
where an op says otherwise; narrower types are computed in `f32`. The Array API standard has none of them; where a function
has no value they follow CHLO's ops of these names.
"""

from __future__ import annotations

from irc.dialects.nd_base import NdOp, RealFloatTensor
from irc.ir.traits import Elementwise, Pure
from irc.ir.value import Value
from irc.ods.constraints import Var
from irc.ods.fields import operand, result

REAL = Var("T", RealFloatTensor)
_TRAITS = [Pure, Elementwise]


class RealUnary(NdOp):
    """A function of real floats.

    %y = {op} %x : tensor<4x?xf32>
    """

    x: Value = operand(REAL)
    into: Value | None = operand(REAL, default=None)
    result: Value = result(REAL)

    assembly = "$x (`into` $into^)? attr-dict `:` type($result)"


class Erfc(RealUnary, name="nd.erfc", traits=_TRAITS):
    """1 - erf(x), which keeps its digits where erf(x) is close to 1 (CHLO `erfc`).

    2 at -inf, 0 at inf. Results that are subnormal lose the digits that such numbers lack.
    """


class ErfInv(RealUnary, name="nd.erf_inv", traits=_TRAITS):
    """The number whose erf is x (CHLO `erf_inv`): infinite at 1 and -1, NaN beyond; zeros keep their sign."""


class LGamma(RealUnary, name="nd.lgamma", traits=_TRAITS):
    """The logarithm of the absolute value of the gamma function (CHLO `lgamma`).

    Infinite at zero, at negative integers and at both infinities. Near zeros left of the origin the error is small
    compared with 1, not with the result.
    """


class Digamma(RealUnary, name="nd.digamma", traits=_TRAITS):
    """The derivative of lgamma (CHLO `digamma`).

    NaN at zero, at negative integers and at -inf, inf at inf. Near zeros left of the origin the error is small compared
    with 1, not with the result.
    """
