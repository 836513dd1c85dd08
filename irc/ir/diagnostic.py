"""What the compiler has to say to its user: a severity, a location, a message, notes.

`irc.text.diagnostics` renders these with the source line and a caret.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from irc.ir.location import Location

Severity = Literal["error", "warning", "remark", "note"]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One message at one location."""

    location: Location
    message: str
    severity: Severity = "error"
    notes: tuple[Diagnostic, ...] = field(default=())


class DiagnosedError(Exception):
    """The input is wrong in ways that are described by `diagnostics`; tools print them and exit with 1."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__("; ".join(d.message for d in diagnostics))
        self.diagnostics = diagnostics


class VerifyError(Exception):
    """Raised by an op's `verify`; the verifier adds the location and the op's name."""

    def __init__(self, message: str, *notes: Diagnostic) -> None:
        super().__init__(message)
        self.message, self.notes = message, notes


def counted(count: int, noun: str) -> str:
    """`1 argument`, `2 arguments`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


class TooManyDimensionsError(ValueError):
    """A tensor has more dimensions than arrays can have: what works on its elements must do without."""


def error(location: Location, message: str, *notes: Diagnostic) -> DiagnosedError:
    """A `DiagnosedError` of one message, to be raised."""
    return DiagnosedError(Diagnostic(location, message, "error", notes))
