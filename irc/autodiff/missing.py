"""What is said where there is no derivative: which operation has none, why, how to give one, and who asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from irc.ir.diagnostic import DiagnosedError, Diagnostic, error
from irc.ir.location import Location
from irc.ir.operation import Operation

HOOKS = (
    "a function around it is given one by 'ad.custom_vjp' or 'ad.custom_jvp', "
    "from Python by irc.custom_vjp or irc.custom_jvp"
)
PASSES_BUFFERS = "passes buffers, and has no derivative then"
RECURSIVE = f"cannot differentiate the recursive call of '@{{}}'; {HOOKS}"
REQUESTED = "differentiation was requested here"


def undifferentiable(op: Operation, what: str = "has no derivative") -> DiagnosedError:
    """The error, to be raised, at an operation without a derivative; `what` says of it what stands in the way."""
    return error(op.location, f"'{op.name}' op {what}; {HOOKS}")


def because(what: str, reason: str) -> str:
    """`what`, with the reason behind it if there is one."""
    return f"{what}: {reason}" if reason else what


@contextmanager
def requested(place: Location) -> Iterator[None]:
    """Errors of what is written meanwhile get a note at the request, the innermost one if requests are nested."""
    try:
        yield
    except DiagnosedError as problem:
        note = Diagnostic(place, REQUESTED, "note")
        raise DiagnosedError(*(_noted(each, note) for each in problem.diagnostics)) from None


def _noted(diagnostic: Diagnostic, note: Diagnostic) -> Diagnostic:
    if any(known.message == note.message for known in diagnostic.notes):
        return diagnostic
    return replace(diagnostic, notes=(*diagnostic.notes, note))
