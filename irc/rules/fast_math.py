"""Identities of the real numbers that floating-point numbers obey only in part: applied where speed is asked for."""

from __future__ import annotations

from irc.rewrite.pattern import ops, variables
from irc.rewrite.rules import RuleSet

nd, math, arith = ops("nd"), ops("math"), ops("arith")
x, y = variables("x y")

_LOG_EXP = (
    "exp(x) is finite and normal: the error of log(exp(x)) goes away; elsewhere x in place of ±inf or a rounded log"
)
_EXP_LOG = "x > 0: the error of exp(log(x)) goes away; x in place of NaN below 0"
_ADD_ZERO = "x is not -0.0: that stays as it is in place of 0.0"
_EXP_PRODUCT = "no factor over- or underflows: one rounding in place of three"

FAST_MATH = RuleSet(
    log_of_exp=(nd.log(nd.exp(x)) >> x).marked(_LOG_EXP),
    exp_of_log=(nd.exp(nd.log(x)) >> x).marked(_EXP_LOG),
    log1p_of_expm1=(nd.log1p(nd.expm1(x)) >> x).marked(_LOG_EXP),
    expm1_of_log1p=(nd.expm1(nd.log1p(x)) >> x).marked(_EXP_LOG),
    add_zero=(nd.add(x, 0) >> x).marked(_ADD_ZERO),
    multiply_exponentials=(nd.multiply(nd.exp(x), nd.exp(y)) >> nd.exp(nd.add(x, y))).marked(_EXP_PRODUCT),
    scalar_log_of_exp=(math.log(math.exp(x)) >> x).marked(_LOG_EXP),
    scalar_exp_of_log=(math.exp(math.log(x)) >> x).marked(_EXP_LOG),
    scalar_add_zero=(arith.addf(x, 0) >> x).marked(_ADD_ZERO),
)
