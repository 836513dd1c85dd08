"""What goes wrong while a function is traced, said in the user's terms."""

from __future__ import annotations

import linecache
import re
from collections.abc import Sequence
from typing import Any

from irc.ir.diagnostic import DiagnosedError, Diagnostic
from irc.ir.location import FileLineColLoc


class ConcretizationTypeError(TypeError):
    """The value of a traced array is asked for, which is only known when the compiled function runs."""


class OperandError(TypeError):
    """Operands that an operation does not take, in the words of its verifier."""


class ProgramError(DiagnosedError):
    """What a compiled program, or its compilation, cannot go on with, with the lines of Python that it comes from."""

    def __init__(self, *diagnostics: Diagnostic, shapes: Sequence[Any] | None = None) -> None:
        super().__init__(*diagnostics)
        self.shapes = shapes

    def __str__(self) -> str:
        given = (
            "" if self.shapes is None else f"; it was called with arrays of shapes {', '.join(map(str, self.shapes))}"
        )
        return "\n".join(_placed(each) for each in self.diagnostics) + given


def _placed(diagnostic: Diagnostic) -> str:
    """A message with the line of the program that it is about, and without the names of operations of the IR."""
    message = re.sub(r"'nd\.(\w+)' op", r"\1", diagnostic.message)
    place = next(diagnostic.location.files(), None)
    if place is None:
        return message
    line = linecache.getline(place.file, place.line).strip()
    return f"{place.file}:{place.line}: {message}{f', in: {line}' * bool(line)}"


_OPERAND = re.compile(r"operand #\d+ must be (?:ranked tensor of )?(.*), but got '.*'$")


def unfit(name: str, problem: OperandError, operands: Sequence[Any]) -> TypeError:
    """The error for a call of a function that its operands do not fit, in the user's terms."""
    given = ", ".join(f"{x.dtype.name}{[*x.shape] if x.shape else ''}" for x in operands)
    found = _OPERAND.match(str(problem))
    if found is None:
        return TypeError(f"{name}: {problem}; the operands are {given}")
    wanted = found[1].removesuffix(", not of complex numbers")
    return TypeError(f"{name} takes {wanted}, got {given}")


class TracerLeakError(TypeError):
    """A traced array is used outside the function or the branch that it belongs to."""


def leaked(described: str, place: FileLineColLoc | None) -> TracerLeakError:
    """The error for a use of an array of a function whose tracing has ended; `place` is the line that made it."""
    line = linecache.getline(place.file, place.line).strip() if place is not None else ""
    made = f", which {place.file}:{place.line} made{f' in: {line}' * bool(line)}" if place is not None else ""
    return TracerLeakError(
        f"{described}{made}, belongs to a function whose tracing has ended: it was kept, as in a global or an attribute, "
        "and cannot be used later; return it from the function instead"
    )


_INSTEAD = {
    "bool": "a branch on it is irc.lax.cond or irc.numpy.where, a loop is irc.lax.while_loop",
    "int": "use irc.lax.fori_loop for a loop, irc.lax.dynamic_slice for a part, or mark the argument as static",
    "index": "use irc.lax.fori_loop for a loop, irc.lax.dynamic_slice for a part, or mark the argument as static",
    "float": "keep it an array, or mark the argument as static",
    "complex": "keep it an array, or mark the argument as static",
    "array": "use irc.numpy in place of numpy inside of traced functions",
    "item": "keep it an array",
    "format": "print it when the program runs, with irc.debug.print",
    "shape": "shapes are known when a function is traced, so mark the argument as static",
    "iter": "iterate over irc.numpy.unstack(x), or use irc.lax.scan",
}


def not_known(what: str, described: str) -> ConcretizationTypeError:
    """The error for a use of a traced value that needs its number; `what` is a key of the hints."""
    return ConcretizationTypeError(
        f"the value of {described} is not known while the function is traced, so {what}() cannot give it: "
        f"{_INSTEAD[what]}"
    )


def size_not_known(name: str, array: Any, instead: str) -> ConcretizationTypeError:
    """The error for a function whose result has a size that depends on the elements of a traced array."""
    return ConcretizationTypeError(
        f"the size of the result of {name} depends on the elements of {array!r}, which are not known while the function is "
        f"traced{': ' * bool(instead)}{instead}"
    )
