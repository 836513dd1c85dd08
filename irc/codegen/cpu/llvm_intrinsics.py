"""The text of calls of intrinsics, by op class; an intrinsic is declared when it is first called."""

from __future__ import annotations

from typing import Any

from irc.codegen.cpu.llvm_constants import mangled, type_text
from irc.codegen.cpu.llvm_writer import Write, Writer, fast_math
from irc.dialects import llvm
from irc.dialects import llvm_intrinsics as intrinsics
from irc.ir.operation import Operation
from irc.ir.types import i1
from irc.ir.value import Value


def _intrinsic(op: Any, w: Writer) -> None:
    """Overloaded on the type of the last operand, which for all of these is enough."""
    result = op.results[0]
    operands = op.operands
    name = f"llvm.{op.name.removeprefix('llvm.intr.')}.{mangled(operands[-1].type)}"
    arguments = ", ".join([w.typed(value) for value in operands])
    call = w.intrinsic(name, result.type, [value.type for value in operands], arguments)
    if hasattr(op, "fastmathFlags"):
        call = f"call {fast_math(op)}{call.removeprefix('call ')}"
    w.define(result, call)


def _with_flag(op: Any, w: Writer) -> None:
    """`abs`, `ctlz`, `cttz`: a constant i1 follows the operand."""
    result, value = op.results[0], op.operands[0]
    name = f"llvm.{op.name.removeprefix('llvm.intr.')}.{mangled(value.type)}"
    flag = "true" if op.properties[0].value else "false"
    call = w.intrinsic(name, result.type, [value.type, i1], f"{w.typed(value)}, i1 {flag}")
    w.define(result, call)


def _aligned(op: Any, value: Value) -> str:
    return f"{type_text(value.type)} align {op.alignment.value}"


def _masked_load(op: Any, w: Writer) -> None:
    """`masked.load` and `masked.gather`."""
    pointer, mask, other = op.operands
    result = op.results[0]
    name = f"llvm.{op.name.removeprefix('llvm.intr.')}.{mangled(result.type)}.{mangled(pointer.type)}"
    arguments = f"{_aligned(op, pointer)} {w.names[pointer]}, {w.typed(mask)}, {w.typed(other)}"
    call = w.intrinsic(name, result.type, [pointer.type, mask.type, other.type], arguments)
    w.define(result, call)


def _masked_store(op: Any, w: Writer) -> None:
    """`masked.store` and `masked.scatter`."""
    value, pointer, mask = op.operands
    name = f"llvm.{op.name.removeprefix('llvm.intr.')}.{mangled(value.type)}.{mangled(pointer.type)}"
    arguments = f"{w.typed(value)}, {_aligned(op, pointer)} {w.names[pointer]}, {w.typed(mask)}"
    w.lines.append("  " + w.intrinsic(name, llvm.void, [value.type, pointer.type, mask.type], arguments))


def _memory(op: Any, w: Writer) -> None:
    """`memcpy`, `memmove`, `memset`: overloaded on the pointers and the length, with a flag for volatile."""
    types = [value.type for value in op.operands]
    overloads = [type for type in types if isinstance(type, llvm.PointerType)] + [types[-1]]
    name = f"llvm.{op.name.removeprefix('llvm.intr.')}.{'.'.join(map(mangled, overloads))}"
    arguments = ", ".join([w.typed(value) for value in op.operands])
    flag = "true" if op.isVolatile.value else "false"
    w.lines.append("  " + w.intrinsic(name, llvm.void, [*types, i1], f"{arguments}, i1 {flag}"))


INTRINSICS: dict[type[Operation], Write] = {
    **dict.fromkeys([*intrinsics.SIMPLE.values(), *intrinsics.REDUCE.values()], _intrinsic),
    **dict.fromkeys((llvm.Abs, llvm.CountLeadingZeros, llvm.CountTrailingZeros), _with_flag),
    **dict.fromkeys((llvm.MaskedLoad, llvm.Gather), _masked_load),
    **dict.fromkeys((llvm.MaskedStore, llvm.Scatter), _masked_store),
    **dict.fromkeys((llvm.MemCpy, llvm.MemMove, llvm.MemSet), _memory),
}
