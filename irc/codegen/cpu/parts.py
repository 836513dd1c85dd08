"""A module compiled in parts: LLVM works on one function while the next is lowered.

Private functions that LLVM is not to inline, which `share-nests` and `split-functions` make, need not be in the module of
those who call them. Each becomes a module and an object file of its own; the linker puts them together.
"""

from __future__ import annotations

from collections.abc import Container

from irc.codegen.cpu import failing
from irc.codegen.cpu.background import Background
from irc.codegen.cpu.compiler import function_attributes
from irc.codegen.cpu.executor import CpuExecutor, Part, check_externals, may_fail_in, prints
from irc.codegen.cpu.llvm_text import write_module
from irc.dialects import builtin, func, llvm
from irc.ir.block import Block
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.symbols import symbol_references
from irc.lowering.outlining import is_outlined
from irc.passes.manager import Instrumentation, PassManager
from irc.passes.pipeline import Pipeline

_QUIET = Instrumentation(verify_each=False)


def compile_in_parts(module: Operation, pipeline: Pipeline, level: int = 1) -> CpuExecutor:
    """The executor of a module that `pipeline` lowers to the llvm dialect, both of it and of its parts.

    Raises `DiagnosedError` where something has no lowering.
    """
    manager = PassManager(pipeline, _QUIET)
    apart = functions_apart(module)
    names = {function.sym_name.value for function in apart}
    with Background() as background:
        parts = []
        for function, callees in apart.items():
            unit = _taken_out(function, callees)
            manager.run(unit)
            parts.append(_part(function.sym_name.value, unit, names, background, level))
        manager.run(module)
        return CpuExecutor(module, level, parts)


def functions_apart(module: Operation) -> dict[func.Func, list[func.Func]]:
    """The functions of a module that can be compiled on their own, each with those that it calls."""
    functions = {op.sym_name.value: op for op in module.nested_ops() if isinstance(op, func.Func) and is_outlined(op)}
    uses = {name: {each for inner in op.walk() for each in symbol_references(inner)} for name, op in functions.items()}
    # What is called calls nothing more, so that no function can come back to itself.
    apart = [name for name in functions if all(callee in uses and not uses[callee] for callee in uses[name])]
    return {functions[name]: [functions[callee] for callee in uses[name]] for name in apart}


def _taken_out(function: func.Func, callees: list[func.Func]) -> Operation:
    """Move a function to a module of its own, where what it calls is declared; where it was, it is declared."""
    assert function.parent is not None
    function.parent.insert_before(_declaration(function), function)
    function.detach()
    block = Block()
    for op in (*map(_declaration, callees), function):
        block.append(op)
    return builtin.Module(Region(block), location=function.location)


def _declaration(function: func.Func) -> func.Func:
    return func.Func(
        function.sym_name,
        function.function_type,
        Region(),
        sym_visibility=function.sym_visibility,
        attributes=function.attributes,
        location=function.location,
    )


def _part(name: str, unit: Operation, apart: Container[str], background: Background, level: int) -> Part:
    """Have the function of a module in the llvm dialect compiled, so that others can call it."""
    for op in unit.nested_ops():
        if isinstance(op, llvm.Func) and op.sym_name.value == name:
            op.sym_visibility = None
    check_externals(unit, apart)
    written = write_module(unit, function_attributes(), f"{name}.")
    may_fail = may_fail_in(unit)
    if may_fail:
        written.text += failing.DECLARATION
    job = background.submit(written.text, level, written.loops)
    return Part(name, written, prints(unit), may_fail, job.code)
