"""Functions of several blocks are differentiated as copies of structured control flow."""

from __future__ import annotations

from dataclasses import replace

from irc.dialects import func
from irc.ir.cloning import clone
from irc.ir.diagnostic import DiagnosedError, Diagnostic
from irc.ir.location import Location
from irc.structuring.lifting import is_flat, lift_all


class Lifted:
    """The copies that were made so far."""

    def __init__(self) -> None:
        self._copies: dict[func.Func, func.Func] = {}

    def of(self, function: func.Func, request: Location) -> func.Func:
        """`function`, or a copy of it if there are several blocks anywhere in it. Raises `DiagnosedError`."""
        if not any(is_flat(region) for op in function.walk() for region in op.regions):
            return function
        if function not in self._copies:
            copy = clone(function)
            try:
                lift_all(copy)
            except DiagnosedError as problem:
                note = Diagnostic(request, "differentiation was requested here", "note")
                told = [replace(each, notes=(*each.notes, note)) for each in problem.diagnostics]
                raise DiagnosedError(*told) from None
            self._copies[function] = copy
        return self._copies[function]
