"""Compiling modules: the standard pipeline, and one program for all that are the same."""

from __future__ import annotations

import threading
from collections.abc import Hashable, Sequence
from functools import cache
from typing import Any

import numpy as np

from irc.codegen.cpu.executor import CpuExecutor
from irc.codegen.cpu.parts import compile_in_parts
from irc.dialects import func
from irc.ir.attributes import unit
from irc.ir.collection import without_collection
from irc.ir.diagnostic import DiagnosedError
from irc.ir.operation import Operation
from irc.ir.recursion import MAX_FRAMES, frames
from irc.ir.structure import structure_of
from irc.ir.symbols import SymbolTable
from irc.lowering.outlining import BARE_POINTERS, fits_bare_pointers
from irc.passes.manager import QUIET, PassManager
from irc.passes.pipeline import Pipeline, parse_pipeline
from irc.pipelines import CPU_PARTS, CPU_STAGES, CPU_WHOLE
from irc.tracing.errors import ProgramError
from irc.tracing.switches import check_numbers, switches

MAIN = "main"
"""The name of the function that is called."""


class Program:
    """A compiled module, called with NumPy arrays."""

    __slots__ = ("_call", "executor")

    def __init__(self, executor: CpuExecutor) -> None:
        self.executor, self._call = executor, executor.direct(MAIN)

    def __call__(
        self, arrays: Sequence[np.ndarray[Any, Any]], addresses: Sequence[int | None] | None = None
    ) -> list[np.ndarray[Any, Any]]:
        """The results of `@main` for arrays that fit it, and lie at the `addresses` if these are known.

        Raises `DiagnosedError` where the program cannot go on.
        """
        try:
            found = self._call(arrays, addresses)
        except DiagnosedError as problem:
            raise ProgramError(*problem.diagnostics, shapes=[array.shape for array in arrays]) from None
        if switches.nans or switches.infs:
            check_numbers(found, "a compiled program")
        return found


_programs: dict[Hashable, Program] = {}
_lock = threading.Lock()


@without_collection()
def compile_module(module: Operation) -> Program:
    """The program of a module whose function is `@main`; the module is lowered in place.

    Raises `DiagnosedError` where something has no derivative or no lowering.
    """
    # With the locations, which errors at run time name.
    with frames(MAX_FRAMES):
        structure = structure_of(module)
    with _lock:
        found = _programs.get(structure)
        if found is None:
            found = _programs[structure] = _compiled(module)
    return found


@cache
def _pipeline(text: str) -> Pipeline:
    """A pipeline whose passes are made once; the lock around compilations lets nobody else use them meanwhile."""
    return parse_pipeline(text)


def _compiled(module: Operation) -> Program:
    try:
        PassManager(_pipeline(CPU_WHOLE), QUIET).run(module)
        # Nobody else calls it: an array of known shape is handed over as its address alone.
        main = SymbolTable(module).lookup(MAIN)
        if isinstance(main, func.Func) and fits_bare_pointers(main.signature):
            main.set_attribute(BARE_POINTERS, unit)
        return Program(compile_in_parts(module, _pipeline(CPU_PARTS)))
    except DiagnosedError as problem:
        raise ProgramError(*problem.diagnostics) from None


LEVELS = ("nd", *CPU_STAGES)
"""The levels of the IR that a traced function goes through."""


def lowered_to(module: Operation, level: str) -> Operation:
    """`module`, lowered in place to one of `LEVELS`. Raises `ValueError` for another name, and `DiagnosedError`."""
    if level not in LEVELS:
        raise ValueError(f"there is no level '{level}'; there are {', '.join(LEVELS)}")
    for steps in list(CPU_STAGES.values())[: LEVELS.index(level)]:
        PassManager(parse_pipeline(",".join(steps)), QUIET).run(module)
    return module


def forget() -> None:
    """Drop the programs that were compiled."""
    _programs.clear()
