"""The rule of `nd.conv`."""

from __future__ import annotations

from typing import Any

from irc.dialects import nd
from irc.dialects._conv_checks import check_groups
from irc.dialects.nd_numpy_convolution import Array, conv
from irc.interpreter.core import Frame, fail, interpret
from irc.interpreter.nd_results import checked
from irc.ir.diagnostic import VerifyError


@interpret(nd.Conv)
def _conv(frame: Frame, op: nd.Conv, lhs: Array, rhs: Array, *destination: Any) -> Array:
    try:
        check_groups(lhs.shape, rhs.shape, op.layouts, op.feature_groups.value, op.batch_groups.value)
    except VerifyError as problem:
        fail(op, str(problem))
    _, (_, _, kernel), _ = op.layouts
    if any(rhs.shape[dim] < 1 for dim in kernel):
        fail(op, f"a size of the kernel must be positive, got {rhs.shape}")
    return checked(op, conv(op, lhs, rhs))
