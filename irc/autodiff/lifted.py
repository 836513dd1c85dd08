"""The form in which functions are differentiated: one block, of operations that have derivatives.

Where a function has another form this is a copy of it: blocks become structured control flow (`irc.structuring`), operations
that a pass lowers are lowered (`irc.autodiff.lowered`), and those whose derivative is that of others become these
(`irc.autodiff.expansion`).
"""

from __future__ import annotations

from collections.abc import Sequence

from irc.autodiff.expansion import expand, has_expansions
from irc.autodiff.lowered import Lower, has_lowered, lower
from irc.dialects import func
from irc.ir.cloning import clone
from irc.structuring.lifting import is_flat, lift_all


class Lifted:
    """The copies that were made so far."""

    def __init__(self, run: Lower) -> None:
        self._run = run
        self._copies: dict[tuple[func.Func, tuple[int, ...]], func.Func] = {}

    def of(self, function: func.Func, wrt: Sequence[int]) -> func.Func:
        """What is differentiated with respect to some arguments in place of `function`. Raises `DiagnosedError`."""
        flat = any(is_flat(region) for op in function.walk() for region in op.regions)
        if not flat and not has_expansions(function) and not has_lowered(function):
            return function
        key = (function, tuple(wrt))
        if key not in self._copies:
            copy = clone(function)
            lift_all(copy)
            lower(copy, wrt, self._run)
            expand(copy, wrt)
            self._copies[key] = copy
        return self._copies[key]
