"""The text of atomic accesses. Those that LLVM does by calls of a library, which a process lacks, are refused."""

from __future__ import annotations

from irc.codegen.cpu.llvm_constants import bytes_text
from irc.codegen.cpu.llvm_writer import Write, Writer
from irc.dialects import llvm
from irc.dialects.llvm_casts import bit_width
from irc.dialects.llvm_types import string_bytes
from irc.ir.attributes import IntegerAttr, StringAttr
from irc.ir.diagnostic import error
from irc.ir.operation import Operation
from irc.ir.types import FloatType, IntegerType, Type

_WIDTHS = (8, 16, 32, 64)


def align(alignment: IntegerAttr | None) -> str:
    """`, align 8`, or nothing."""
    return f", align {alignment.value}" if alignment is not None and alignment.value else ""


def access_words(op: llvm.Load | llvm.Store, type: Type) -> tuple[str, str]:
    """What stands behind `load` or `store`, and behind the address."""
    volatile = " volatile" if op.volatile__ is not None else ""
    if not op.is_atomic:
        return volatile, ""
    _check(op, type, op.alignment)
    return f" atomic{volatile}", f"{_scope(op.syncscope)} {op.atomic_ordering}"


def _check(op: Operation, type: Type, alignment: IntegerAttr | None) -> None:
    """Whether the processor reads and writes values of the type, which lie as stated, in one step."""
    plain = isinstance(type, IntegerType | FloatType | llvm.PointerType)
    if not plain or bit_width(type) not in _WIDTHS:
        raise error(op.location, f"'{op.name}' op that is atomic on a value of type '{type}' is not supported")
    least = bit_width(type) // 8
    if alignment is not None and 0 < alignment.value < least:
        raise error(op.location, f"'{op.name}' op that is atomic with an alignment below {least} is not supported")


def _scope(syncscope: StringAttr | None) -> str:
    """` syncscope("…")`, or nothing."""
    return "" if syncscope is None else f" syncscope({bytes_text(string_bytes(syncscope.value)).removeprefix('c')})"


def _atomicrmw(op: llvm.AtomicRMW, w: Writer) -> None:
    _check(op, op.val.type, op.alignment)
    head = "atomicrmw volatile" if op.volatile__ is not None else "atomicrmw"
    order = f"{_scope(op.syncscope)} {op.word}{align(op.alignment)}"
    w.define(op.res, f"{head} {op.function.lstrip('_')} {w.typed(op.ptr)}, {w.typed(op.val)}{order}")


def _cmpxchg(op: llvm.CmpXchg, w: Writer) -> None:
    _check(op, op.val.type, op.alignment)
    head = "cmpxchg" + (" weak" if op.weak is not None else "") + (" volatile" if op.volatile__ is not None else "")
    values = ", ".join([w.typed(value) for value in op.operands])
    w.define(op.res, f"{head} {values}{_scope(op.syncscope)} {' '.join(op.words)}{align(op.alignment)}")


def _fence(op: llvm.Fence, w: Writer) -> None:
    w.lines.append(f"  fence{_scope(op.syncscope)} {op.word}")


ATOMICS: dict[type[Operation], Write] = {
    llvm.AtomicRMW: _atomicrmw,
    llvm.CmpXchg: _cmpxchg,
    llvm.Fence: _fence,
}
