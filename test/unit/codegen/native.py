"""Programs as native code, and side by side on the interpreter."""

from __future__ import annotations

from typing import Any

import numpy as np
from unit.lowering.levels import run_pass

from irc.codegen.cpu.executor import CpuExecutor
from irc.interpreter.core import Interpreter
from irc.ir.operation import Operation
from irc.ir.verifier import verify_or_raise
from irc.text.parser import parse_module

TO_LLVM = ("expand-small-floats", "expand-math", "expand-copies", "scf-to-cf", "convert-to-llvm")


def lowered(text: str, passes: tuple[str, ...] = TO_LLVM) -> Operation:
    """The module of `text` in the llvm dialect."""
    module: Operation = parse_module(text, "test.mlir")
    verify_or_raise(module)
    for name in passes:
        run_pass(module, name)
    return module


def native(text: str, **options: Any) -> CpuExecutor:
    return CpuExecutor(lowered(text), **options)


def run_both(text: str, *arguments: Any) -> list[Any]:
    """The results of `@f` as native code; the interpreter must give the same at the llvm level, bit for bit."""
    module = lowered(text)
    copies = [np.array(argument) for argument in arguments]
    expected = Interpreter(module).call("f", *copies)
    results = CpuExecutor(module).call("f", *arguments)
    for a, b in zip(expected, results, strict=True):
        np.testing.assert_array_equal(a, b)
    for argument, copy in zip(arguments, copies, strict=True):
        np.testing.assert_array_equal(argument, copy)
    return results
