"""Programs in all ways in which they can be run."""

from __future__ import annotations

from typing import Any

import pytest

from irc.codegen.cpu.executor import CpuExecutor
from irc.interpreter.core import Interpreter
from irc.ir.verifier import verify_or_raise
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.pipelines import CPU
from irc.text.parser import parse_module


def executor(text: str, how: str) -> Any:
    """What can `call` the functions of a program: as it is written, after all passes, or as native code."""
    module = parse_module(text, "test.mlir")
    verify_or_raise(module)
    if how == "interpreter":
        return Interpreter(module)
    PassManager(parse_pipeline(CPU)).run(module)
    return Interpreter(module) if how == "lowered" else CpuExecutor(module)


EVERYWHERE = pytest.mark.parametrize("how", ["interpreter", "lowered", "native"])
