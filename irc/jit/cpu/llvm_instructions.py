"""The text of each instruction, by op class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from irc.dialects import llvm
from irc.dialects import llvm_intrinsics as intrinsics
from irc.ir.attributes import DenseArrayAttr, IntegerAttr
from irc.ir.block import Block
from irc.ir.diagnostic import error
from irc.ir.operation import Operation
from irc.ir.types import Type, i1
from irc.ir.value import Value
from irc.jit.cpu.llvm_constants import mangled, type_text


class Writer:
    """One function being written: names of values, labels of blocks, the lines so far, declarations to add."""

    __slots__ = ("declarations", "detours", "labels", "lines", "names", "symbols")

    def __init__(self, lines: list[str], declarations: dict[str, str], symbols: Mapping[str, str]) -> None:
        self.lines, self.declarations, self.symbols = lines, declarations, symbols
        self.names: dict[Value, str] = {}
        self.labels: dict[Block, str] = {}
        self.detours: dict[tuple[Operation, int], str] = {}

    def typed(self, value: Value) -> str:
        """`type name`."""
        return f"{type_text(value.type)} {self.names[value]}"

    def target(self, op: Operation, index: int) -> str:
        """`label %name` of a successor."""
        return f"label %{self.detours.get((op, index)) or self.labels[op.successors[index]]}"

    def intrinsic(self, name: str, result: Type, parameters: list[Type], arguments: str) -> str:
        """A call of an intrinsic, which is declared."""
        if name not in self.declarations:
            listed = ", ".join(map(type_text, parameters))
            self.declarations[name] = f"declare {type_text(result)} @{name}({listed})"
        return f"call {type_text(result)} @{name}({arguments})"


Write = Callable[[Any, Writer], None]


def symbol(name: str) -> str:
    """`@name`, quoted where it is no plain identifier."""
    plain = name.replace("_", "a").replace(".", "a").replace("$", "a")
    return f"@{name}" if plain.isascii() and plain.isalnum() and not name[0].isdecimal() else f'@"{name}"'


def _flags(op: Any) -> str:
    """The fast-math flags, with a space after."""
    value: str = op.fastmathFlags.value
    return "" if value == "none" else value.replace(",", " ") + " "


def _nothing(_op: Any, _w: Writer) -> None:
    """A constant: it is written where it is used."""


def _binary(word: str) -> Write:
    def write(op: Any, w: Writer) -> None:
        lhs, rhs = op.operands
        n = w.names
        w.lines.append(f"  {n[op.results[0]]} = {word} {type_text(lhs.type)} {n[lhs]}, {n[rhs]}")

    return write


def _wrapping(word: str) -> Write:
    def write(op: Any, w: Writer) -> None:
        lhs, rhs = op.operands
        n = w.names
        flags = op.overflowFlags
        words = "" if flags is llvm.no_overflow else " ".join(reversed(flags.value.split(","))) + " "
        w.lines.append(f"  {n[op.results[0]]} = {word} {words}{type_text(lhs.type)} {n[lhs]}, {n[rhs]}")

    return write


def _float_binary(word: str) -> Write:
    def write(op: Any, w: Writer) -> None:
        lhs, rhs = op.operands
        n = w.names
        w.lines.append(f"  {n[op.results[0]]} = {word} {_flags(op)}{type_text(lhs.type)} {n[lhs]}, {n[rhs]}")

    return write


def _cast(word: str) -> Write:
    def write(op: Any, w: Writer) -> None:
        result = op.results[0]
        w.lines.append(f"  {w.names[result]} = {word} {w.typed(op.operands[0])} to {type_text(result.type)}")

    return write


def _fneg(op: llvm.FNeg, w: Writer) -> None:
    w.lines.append(f"  {w.names[op.res]} = fneg {_flags(op)}{w.typed(op.operands[0])}")


def _icmp(op: llvm.ICmp, w: Writer) -> None:
    w.lines.append(f"  {w.names[op.res]} = icmp {op.word} {w.typed(op.lhs)}, {w.names[op.rhs]}")


def _fcmp(op: llvm.FCmp, w: Writer) -> None:
    word = op.word.removeprefix("_")
    w.lines.append(f"  {w.names[op.res]} = fcmp {_flags(op)}{word} {w.typed(op.lhs)}, {w.names[op.rhs]}")


def _select(op: llvm.Select, w: Writer) -> None:
    condition, yes, no = (w.typed(value) for value in op.operands)
    w.lines.append(f"  {w.names[op.res]} = select {_flags(op)}{condition}, {yes}, {no}")


# -- memory ----------------------------------------------------------------------------------------------------------


def _align(alignment: IntegerAttr | None) -> str:
    return f", align {alignment.value}" if alignment is not None and alignment.value else ""


def _gep(op: llvm.GetElementPtr, w: Writer) -> None:
    indices = "".join([f", i32 {i}" if isinstance(i, int) else f", {w.typed(i)}" for i in op.indices])
    head = "getelementptr inbounds" if op.inbounds is not None else "getelementptr"
    w.lines.append(f"  {w.names[op.res]} = {head} {type_text(op.elem_type.type)}, {w.typed(op.base)}{indices}")


def _is_volatile(op: llvm.Load | llvm.Store) -> str:
    """` volatile` where it is; atomic accesses are refused."""
    if op.is_atomic:
        raise error(op.location, f"'{op.name}' op that is atomic is not supported")
    return " volatile" if op.volatile__ is not None else ""


def _load(op: llvm.Load, w: Writer) -> None:
    extra = (", !nontemporal !0" if op.nontemporal is not None else "") + (
        ", !invariant.load !1" if op.invariant is not None else ""
    )
    if extra:
        w.declarations.setdefault("!0", "!0 = !{i32 1}\n!1 = !{}")
    text = f"load{_is_volatile(op)} {type_text(op.res.type)}, {w.typed(op.addr)}{_align(op.alignment)}{extra}"
    w.lines.append(f"  {w.names[op.res]} = {text}")


def _store(op: llvm.Store, w: Writer) -> None:
    extra = ""
    if op.nontemporal is not None:
        w.declarations.setdefault("!0", "!0 = !{i32 1}\n!1 = !{}")
        extra = ", !nontemporal !0"
    w.lines.append(f"  store{_is_volatile(op)} {w.typed(op.value)}, {w.typed(op.addr)}{_align(op.alignment)}{extra}")


def _alloca(op: llvm.Alloca, w: Writer) -> None:
    text = f"alloca {type_text(op.elem_type.type)}, {w.typed(op.arraySize)}{_align(op.alignment)}"
    w.lines.append(f"  {w.names[op.res]} = {text}")


def _positions(position: DenseArrayAttr) -> str:
    return "".join([f", {index}" for index in position.values])


def _extractvalue(op: llvm.ExtractValue, w: Writer) -> None:
    w.lines.append(f"  {w.names[op.res]} = extractvalue {w.typed(op.container)}{_positions(op.position)}")


def _insertvalue(op: llvm.InsertValue, w: Writer) -> None:
    text = f"insertvalue {w.typed(op.container)}, {w.typed(op.value)}{_positions(op.position)}"
    w.lines.append(f"  {w.names[op.res]} = {text}")


def _operands(word: str) -> Write:
    """An instruction that lists its typed operands."""

    def write(op: Any, w: Writer) -> None:
        listed = ", ".join([w.typed(value) for value in op.operands])
        w.lines.append(f"  {w.names[op.results[0]]} = {word} {listed}")

    return write


def _shufflevector(op: llvm.ShuffleVector, w: Writer) -> None:
    mask = op.mask.values
    lanes = ", ".join(["i32 poison" if index < 0 else f"i32 {index}" for index in mask])
    w.lines.append(
        f"  {w.names[op.res]} = shufflevector {w.typed(op.v1)}, {w.typed(op.v2)}, <{len(mask)} x i32> <{lanes}>"
    )


# -- control ---------------------------------------------------------------------------------------------------------


def _br(op: llvm.Br, w: Writer) -> None:
    w.lines.append(f"  br {w.target(op, 0)}")


def _cond_br(op: llvm.CondBr, w: Writer) -> None:
    w.lines.append(f"  br i1 {w.names[op.condition]}, {w.target(op, 0)}, {w.target(op, 1)}")


def _switch(op: llvm.Switch, w: Writer) -> None:
    type = type_text(op.value.type)
    cases = " ".join([f"{type} {number}, {w.target(op, i + 1)}" for i, number in enumerate(op.cases)])
    w.lines.append(f"  switch {w.typed(op.value)}, {w.target(op, 0)} [{cases}]")


def _return(op: llvm.Return, w: Writer) -> None:
    w.lines.append(f"  ret {w.typed(op.operands[0])}" if op.operands else "  ret void")


def _unreachable(_op: llvm.Unreachable, w: Writer) -> None:
    w.lines.append("  unreachable")


def _call(op: llvm.Call, w: Writer) -> None:
    if op.CConv is not llvm.ccc or op.TailCallKind is not llvm.no_tail_call:
        raise error(op.location, "'llvm.call' op with a calling convention or a tail call is not supported")
    arguments = ", ".join([w.typed(value) for value in op.operands])
    if op.var_callee_type is not None:
        signature = type_text(op.var_callee_type.type)
    else:
        signature = type_text(op.results[0].type) if op.results else "void"
    target = f"{w.names[op.results[0]]} = " if op.results else ""
    w.lines.append(f"  {target}call {_flags(op)}{signature} {w.symbols[op.callee.root]}({arguments})")


# -- intrinsics ------------------------------------------------------------------------------------------------------


def _intrinsic(op: Any, w: Writer) -> None:
    """Overloaded on the type of the last operand, which for all of these is enough."""
    result = op.results[0]
    operands = op.operands
    name = f"llvm.{op.name.removeprefix('llvm.intr.')}.{mangled(operands[-1].type)}"
    arguments = ", ".join([w.typed(value) for value in operands])
    call = w.intrinsic(name, result.type, [value.type for value in operands], arguments)
    if hasattr(op, "fastmathFlags"):
        call = f"call {_flags(op)}{call.removeprefix('call ')}"
    w.lines.append(f"  {w.names[result]} = {call}")


def _with_flag(op: Any, w: Writer) -> None:
    """`abs`, `ctlz`, `cttz`: a constant i1 follows the operand."""
    result, value = op.results[0], op.operands[0]
    name = f"llvm.{op.name.removeprefix('llvm.intr.')}.{mangled(value.type)}"
    flag = "true" if op.properties[0].value else "false"
    call = w.intrinsic(name, result.type, [value.type, i1], f"{w.typed(value)}, i1 {flag}")
    w.lines.append(f"  {w.names[result]} = {call}")


def _aligned(op: Any, value: Value) -> str:
    return f"{type_text(value.type)} align {op.alignment.value}"


def _masked_load(op: Any, w: Writer) -> None:
    """`masked.load` and `masked.gather`."""
    pointer, mask, other = op.operands
    result = op.results[0]
    name = f"llvm.{op.name.removeprefix('llvm.intr.')}.{mangled(result.type)}.{mangled(pointer.type)}"
    arguments = f"{_aligned(op, pointer)} {w.names[pointer]}, {w.typed(mask)}, {w.typed(other)}"
    call = w.intrinsic(name, result.type, [pointer.type, mask.type, other.type], arguments)
    w.lines.append(f"  {w.names[result]} = {call}")


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


INSTRUCTIONS: dict[type[Operation], Write] = {
    **dict.fromkeys((llvm.Constant, llvm.AddressOf, llvm.Undef, llvm.Zero, llvm.Poison), _nothing),
    **{cls: _wrapping(cls.name.removeprefix("llvm.")) for cls in (llvm.Add, llvm.Sub, llvm.Mul, llvm.Shl)},
    **{
        cls: _binary(cls.name.removeprefix("llvm."))
        for cls in (llvm.UDiv, llvm.SDiv, llvm.URem, llvm.SRem, llvm.And, llvm.Or, llvm.XOr, llvm.LShr, llvm.AShr)
    },
    **{
        cls: _float_binary(cls.name.removeprefix("llvm."))
        for cls in (llvm.FAdd, llvm.FSub, llvm.FMul, llvm.FDiv, llvm.FRem)
    },
    **{
        cls: _cast(cls.name.removeprefix("llvm."))
        for cls in (
            llvm.ZExt, llvm.SExt, llvm.Trunc, llvm.FPExt, llvm.FPTrunc, llvm.SIToFP, llvm.UIToFP, llvm.FPToSI,
            llvm.FPToUI, llvm.BitCast, llvm.IntToPtr, llvm.PtrToInt,
        )
    },
    llvm.FNeg: _fneg,
    llvm.ICmp: _icmp,
    llvm.FCmp: _fcmp,
    llvm.Select: _select,
    llvm.GetElementPtr: _gep,
    llvm.Load: _load,
    llvm.Store: _store,
    llvm.Alloca: _alloca,
    llvm.ExtractValue: _extractvalue,
    llvm.InsertValue: _insertvalue,
    llvm.ExtractElement: _operands("extractelement"),
    llvm.InsertElement: _operands("insertelement"),
    llvm.ShuffleVector: _shufflevector,
    llvm.Br: _br,
    llvm.CondBr: _cond_br,
    llvm.Switch: _switch,
    llvm.Return: _return,
    llvm.Unreachable: _unreachable,
    llvm.Call: _call,
    **dict.fromkeys([*intrinsics.SIMPLE.values(), *intrinsics.REDUCE.values()], _intrinsic),
    **dict.fromkeys((llvm.Abs, llvm.CountLeadingZeros, llvm.CountTrailingZeros), _with_flag),
    **dict.fromkeys((llvm.MaskedLoad, llvm.Gather), _masked_load),
    **dict.fromkeys((llvm.MaskedStore, llvm.Scatter), _masked_store),
    **dict.fromkeys((llvm.MemCpy, llvm.MemMove, llvm.MemSet), _memory),
}  # fmt: skip
