"""From a parsed module and a command line to results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from irc.analysis.ownership import check_ownership
from irc.cli.arguments import ArgumentError, assign_arguments
from irc.cli.tool import Job
from irc.dialects import llvm
from irc.dialects.func import Func
from irc.interpreter.core import Interpreter
from irc.ir.diagnostic import DiagnosedError, error
from irc.ir.operation import Operation
from irc.ir.signature import kept_signature
from irc.ir.symbols import SymbolTable
from irc.ir.types import Type
from irc.ir.verifier import verify
from irc.passes.manager import Instrumentation, PassManager
from irc.passes.pipeline import parse_pipeline
from irc.pipelines import CPU, DIFFERENTIATE, FOREIGN, IMPORT
from irc.text.diagnostics import did_you_mean
from irc.text.parser import parse_module


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be run on what: an entry function, an executor, passes instead of its own, and arguments."""

    entry: str
    executor: str
    pipeline: str | None
    arguments: Sequence[str]
    npz: str | None
    allow_unregistered: bool


def execute(request: Request, file: str, job: Job) -> Sequence[Any]:
    """The results of the program in `job.source`. Raises `DiagnosedError` and `ArgumentError`."""
    job.stage = "the parser"
    module = parse_module(job.source, file, allow_unregistered=request.allow_unregistered)
    job.stage = "the verifier"
    problems = verify(module) or check_ownership(module)
    if problems:
        raise DiagnosedError(*problems)
    job.stage = "the arguments"
    arguments = arguments_of(module, request.entry, request.arguments, request.npz)
    job.stage = "the passes"
    default = CPU if request.executor == "cpu" else DIFFERENTIATE
    if any(op.name.startswith(FOREIGN) for op in module.walk()):
        default = f"{IMPORT},{default}"
    pipeline = parse_pipeline(request.pipeline if request.pipeline is not None else default)
    manager = PassManager(pipeline, Instrumentation(reproducer=job.path, command=job.command))
    job.reproducer = manager.reproducer
    manager.run(module, job.source)
    job.stage = f"executor '{request.executor}'"
    run = run_cpu if request.executor == "cpu" else run_interpreter
    return run(module, request.entry, arguments)


def arguments_of(module: Operation, entry: str, texts: Sequence[str], npz: str | None) -> list[Any]:
    """The arguments for `@entry`: those that the file gives, and the stated ones for the rest."""
    try:
        return assign_arguments(texts, npz, _argument_types(module, entry))
    except ArgumentError as problem:
        raise ArgumentError(f"@{entry}: {problem}") from None


def _argument_types(module: Operation, entry: str) -> Sequence[Type]:
    table = SymbolTable(module)
    function = table.lookup(entry)
    if not isinstance(function, Func | llvm.Func):
        known = [f"@{name}" for name, op in table.symbols.items() if isinstance(op, Func | llvm.Func)]
        raise ArgumentError(f"there is no such function{did_you_mean(f'@{entry}', known)}")
    if function.is_declaration:
        raise error(function.location, f"function @{entry} cannot be run: it has no body")
    visibility = function.sym_visibility
    if visibility is not None and visibility.value != "public":
        raise error(function.location, f"function @{entry} cannot be run: it is {visibility.value}")
    if isinstance(function, Func):
        return function.signature.inputs
    kept = kept_signature(function)
    return kept.inputs if kept is not None else function.type.parameters


def run_interpreter(module: Operation, entry: str, arguments: Sequence[Any]) -> Sequence[Any]:
    """The results of the reference interpreter."""
    return Interpreter(module).call(entry, *arguments)


def run_cpu(module: Operation, entry: str, arguments: Sequence[Any]) -> Sequence[Any]:
    """The results of native code; the module is in the llvm dialect."""
    from irc.codegen.cpu.calling import CallError  # noqa: PLC0415 - LLVM is loaded only where it is used
    from irc.codegen.cpu.executor import CpuExecutor  # noqa: PLC0415

    try:
        return CpuExecutor(module).call(entry, *arguments)
    except CallError as problem:
        raise ArgumentError(str(problem)) from None
