"""The form in which functions are differentiated: one block, of operations that have derivatives.

Where a function has another form this is a copy of it: blocks become structured control flow (`irc.structuring`), operations
whose derivative is that of others become these (`irc.autodiff.expansion`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from irc.autodiff.expansion import expand, has_expansions
from irc.dialects import func
from irc.ir.cloning import clone
from irc.ir.diagnostic import DiagnosedError, Diagnostic
from irc.ir.location import Location
from irc.structuring.lifting import is_flat, lift_all


class Lifted:
    """The copies that were made so far."""

    def __init__(self) -> None:
        self._copies: dict[tuple[func.Func, tuple[int, ...]], func.Func] = {}

    def of(self, function: func.Func, wrt: Sequence[int], request: Location) -> func.Func:
        """What is differentiated with respect to some arguments in place of `function`. Raises `DiagnosedError`."""
        flat = any(is_flat(region) for op in function.walk() for region in op.regions)
        if not flat and not has_expansions(function):
            return function
        key = (function, tuple(wrt))
        if key not in self._copies:
            copy = clone(function)
            try:
                lift_all(copy)
                expand(copy, wrt)
            except DiagnosedError as problem:
                note = Diagnostic(request, "differentiation was requested here", "note")
                told = [replace(each, notes=(*each.notes, note)) for each in problem.diagnostics]
                raise DiagnosedError(*told) from None
            self._copies[key] = copy
        return self._copies[key]
