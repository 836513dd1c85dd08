"""The errors of tracing, by the names of `jax.errors`."""

from __future__ import annotations

from irc.ir.diagnostic import DiagnosedError as JaxRuntimeError
from irc.tracing.errors import ConcretizationTypeError, TracerLeakError

NonConcreteBooleanIndexError = TracerArrayConversionError = TracerBoolConversionError = ConcretizationTypeError
TracerIntegerConversionError = ConcretizationTypeError
UnexpectedTracerError = TracerLeakError

__all__ = [
    "ConcretizationTypeError", "JaxRuntimeError", "NonConcreteBooleanIndexError", "TracerArrayConversionError",
    "TracerBoolConversionError", "TracerIntegerConversionError", "TracerLeakError", "UnexpectedTracerError",
]  # fmt: skip
