"""A module compiled in parts: LLVM works on one function while the next is lowered.

Private functions that LLVM is not to inline, which `share-nests` and `split-functions` make, need not be in the module of
those who call them. Each becomes a module and an object file of its own; the linker puts them together.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from irc.analysis.call_graph import cycles
from irc.codegen.cpu import failing
from irc.codegen.cpu.background import Background
from irc.codegen.cpu.executor import CpuExecutor, Part
from irc.dialects import builtin, func, llvm
from irc.ir.block import Block
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.symbols import symbol_references
from irc.lowering.code_length import expected_length
from irc.lowering.outlining import is_outlined
from irc.passes.manager import QUIET, PassManager
from irc.passes.pipeline import Pipeline

UNIT = 320
"""Expected instructions of LLVM that are worth a module of their own."""

SHORT = 100
"""Lines of what calls the parts that it shares a module with the wrappers, which are written when all parts are."""


def compile_in_parts(module: Operation, pipeline: Pipeline, level: int = 1) -> CpuExecutor:
    """The executor of a module that `pipeline` lowers to the llvm dialect, both of it and of its parts.

    Raises `DiagnosedError` where something has no lowering.
    """
    manager = PassManager(pipeline, QUIET)
    units = separated(module)
    with Background() as background:
        # What calls the parts is first: nothing is left to do meanwhile when the last one is compiled.
        manager.run(module)
        if not units:
            return CpuExecutor(module, level)
        elsewhere = {name for names, _ in units for name in names}
        own = Part.of(module, elsewhere)
        if own.written.text.count("\n") > SHORT:
            _submit(own, background, level)
        others = []
        for names, unit in units:
            manager.run(unit)
            _make_public(unit, names)
            others.append(Part.of(unit, elsewhere, f"{min(names)}."))
            _submit(others[-1], background, level)
        return CpuExecutor(module, level, own, others)


def functions_apart(module: Operation) -> dict[func.Func, list[func.Func]]:
    """The functions of a module that can be compiled on their own, each with those that it calls.

    There are none where functions call themselves, which all code of a program has to look out for.
    """
    functions = {op.sym_name.value: op for op in module.nested_ops() if isinstance(op, func.Func)}
    uses = {name: {each for inner in op.walk() for each in symbol_references(inner)} for name, op in functions.items()}
    calls = {name: [each for each in found if each in functions] for name, found in uses.items()}
    if cycles(calls):
        return {}
    apart = {name for name, op in functions.items() if is_outlined(op) and not op.is_declaration}
    while tied := [name for name in apart if not uses[name] <= apart]:
        apart.difference_update(tied)
    return {op: [functions[callee] for callee in calls[name]] for name, op in functions.items() if name in apart}


def separated(module: Operation) -> list[tuple[set[str], Operation]]:
    """Take the functions that can be compiled on their own out of a module, and leave their declarations: their names, by
    the modules that they come to. A module costs time by itself: short functions share one, and a short program stays whole."""
    apart = functions_apart(module)
    lengths = {function: expected_length(function) for function in apart}
    if sum(lengths.values()) < 2 * UNIT:
        return []
    groups: list[list[func.Func]] = []
    room: list[int] = []
    # The longest first, each to the first group that has room for it: what is long keeps the other thread busy from early on.
    for function in sorted(apart, key=lambda each: -lengths[each]):
        length = lengths[function]
        fitting = next((i for i, left in enumerate(room) if length <= left), None)
        if fitting is None:
            fitting = len(groups)
            groups.append([])
            room.append(UNIT)
        groups[fitting].append(function)
        room[fitting] -= length
    return [({each.sym_name.value for each in group}, _taken_out(group, apart)) for group in groups]


def _taken_out(group: list[func.Func], apart: Mapping[func.Func, Sequence[func.Func]]) -> Operation:
    """Move functions to a module of their own, where what they call is declared; where they were, they are declared."""
    block = Block()
    for callee in dict.fromkeys(callee for function in group for callee in apart[function]):
        if callee not in group:
            block.append(_declaration(callee))
    for function in group:
        assert function.parent is not None
        function.parent.insert_before(_declaration(function), function)
        function.detach()
        block.append(function)
    return builtin.Module(Region(block), location=group[0].location)


def _declaration(function: func.Func) -> func.Func:
    return func.Func(
        function.sym_name,
        function.function_type,
        Region(),
        sym_visibility=function.sym_visibility,
        attributes=function.attributes,
        location=function.location,
    )


def _make_public(unit: Operation, names: Container[str]) -> None:
    """Let functions in the llvm dialect be called from other modules; they were private while they were lowered, since only
    of such functions it is known how often they are called."""
    for op in unit.nested_ops():
        if isinstance(op, llvm.Func) and op.sym_name.value in names:
            op.sym_visibility = None


def _submit(part: Part, background: Background, level: int) -> None:
    """Have a part compiled as a module of its own."""
    if part.may_fail:
        part.written.text += failing.DECLARATION
    part.code = background.submit(part.written.text, level, part.written.loops).code
