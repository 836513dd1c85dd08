"""From a parsed module and a command line to results."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.cli.arguments import ArgumentError, read_argument, read_npz
from irc.dialects.func import Func
from irc.interpreter.core import Interpreter
from irc.ir.operation import Operation
from irc.ir.symbols import SymbolTable
from irc.ir.types import FunctionType, Type
from irc.passes.manager import Instrumentation, PassManager
from irc.passes.pipeline import parse_pipeline
from irc.pipelines import CPU, DIFFERENTIATE
from irc.text.diagnostics import did_you_mean


def transform(module: Operation, pipeline: str | None, executor: str) -> None:
    """Run the pipeline that is asked for, or the executor's own."""
    text = pipeline if pipeline is not None else CPU if executor == "cpu" else DIFFERENTIATE
    if text:
        PassManager(parse_pipeline(text), Instrumentation()).run(module)


def arguments_of(module: Operation, entry: str, texts: Sequence[str], npz: str | None) -> list[Any]:
    """The arguments for `@entry`: those of the file first, then the stated ones."""
    types = _argument_types(module, entry)
    values = read_npz(npz, len(types)) if npz is not None else []
    values += [
        read_argument(text, type, i)
        for i, (text, type) in enumerate(zip(texts, types[len(values) :], strict=False), start=len(values))
    ]
    given = len(values) + max(0, len(texts) - max(0, len(types)))
    if len(values) != len(types) or given != len(types):
        stated = ", ".join(str(type) for type in types) or "none"
        raise ArgumentError(f"@{entry} takes {len(types)} arguments ({stated}), but {given} are given")
    return values


def _argument_types(module: Operation, entry: str) -> Sequence[Type]:
    table = SymbolTable(module)
    function = table.lookup(entry)
    if isinstance(function, Func):
        return function.signature.inputs
    if function is not None and function.name == "llvm.func":
        signature = function.get_attribute("irc.signature")
        type = getattr(signature, "type", None)
        if isinstance(type, FunctionType):
            return type.inputs
    hint = did_you_mean(f"@{entry}", [f"@{name}" for name in table.symbols])
    raise ArgumentError(f"there is no function @{entry}{hint}")


def run_interpreter(module: Operation, entry: str, arguments: Sequence[Any]) -> Sequence[Any]:
    """The results of the reference interpreter."""
    return Interpreter(module).call(entry, *arguments)


def run_cpu(module: Operation, entry: str, arguments: Sequence[Any]) -> Sequence[Any]:
    """The results of native code; the module is in the llvm dialect."""
    from irc.jit.cpu.calling import CallError  # noqa: PLC0415 - LLVM is loaded only where it is used
    from irc.jit.cpu.executor import CpuExecutor  # noqa: PLC0415

    try:
        return CpuExecutor(module).call(entry, *arguments)
    except CallError as problem:
        raise ArgumentError(str(problem)) from None
