"""Derivatives of irc's own composed functions, where that of the composition is not accurate or not what it should be."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from irc.tracing.array import as_array
from irc.tracing.custom import custom_jvp
from irc.tracing.dtypes import is_complex, is_inexact
from irc.tracing.given import differentiated
from irc.tracing.shaping import broadcast_to

Factor = Callable[..., Any]


def factors(*formulas: Factor | None) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorates an elementwise function of real numbers: for each argument the derivative, of the result and the arguments.

    `None` says that it is zero. The formula of a complex argument is that of the composition.
    """

    def decorate(fun: Callable[..., Any]) -> Callable[..., Any]:
        def jvp(primals: Any, tangents: Any) -> tuple[Any, Any]:
            y = with_rule(*primals)
            parts = [
                formula(y, *primals) * tangent
                for formula, tangent, x in zip(formulas, tangents, primals, strict=True)
                if formula is not None and is_inexact(as_array(x).dtype)
            ]
            if not parts:
                return y, y * 0.0
            return y, broadcast_to(functools.reduce(lambda a, b: a + b, parts), y.shape)

        with_rule = custom_jvp(fun)
        with_rule.defjvp(jvp)

        @functools.wraps(fun)
        def wrapper(*args: Any) -> Any:
            if not differentiated():
                return fun(*args)
            dtypes = [as_array(x).dtype for x in args]
            if not any(map(is_inexact, dtypes)) or any(map(is_complex, dtypes)):
                return fun(*args)
            return with_rule(*args)

        return wrapper

    return decorate
