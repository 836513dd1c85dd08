"""The text of each instruction, by op class."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from irc.codegen.cpu.llvm_atomics import ATOMICS, access_words, align
from irc.codegen.cpu.llvm_constants import type_text
from irc.codegen.cpu.llvm_intrinsics import INTRINSICS
from irc.codegen.cpu.llvm_loops import loop_metadata
from irc.codegen.cpu.llvm_writer import Write, Writer, fast_math
from irc.dialects import llvm
from irc.ir.attributes import DenseArrayAttr
from irc.ir.diagnostic import error
from irc.ir.operation import Operation


def _nothing(_op: Any, _w: Writer) -> None:
    """A constant: it is written where it is used."""


def _plain(_op: Any) -> str:
    return ""


def _overflow(op: Any) -> str:
    """The overflow flags, with a space after."""
    flags = op.overflowFlags
    return "" if flags is llvm.no_overflow else " ".join(reversed(flags.value.split(","))) + " "


def _binary(word: str, flags: Callable[[Any], str]) -> Write:
    def write(op: Any, w: Writer) -> None:
        lhs, rhs = op.operands
        w.define(op.results[0], f"{word} {flags(op)}{type_text(lhs.type)} {w.names[lhs]}, {w.names[rhs]}")

    return write


def _cast(word: str) -> Write:
    def write(op: Any, w: Writer) -> None:
        result = op.results[0]
        w.define(result, f"{word} {w.typed(op.operands[0])} to {type_text(result.type)}")

    return write


def _addrspacecast(op: llvm.AddrSpaceCast, w: Writer) -> None:
    if op.arg.type is op.res.type:
        raise error(op.location, "'llvm.addrspacecast' op from an address space to the same one is not supported")
    _cast("addrspacecast")(op, w)


def _fneg(op: llvm.FNeg, w: Writer) -> None:
    w.define(op.res, f"fneg {fast_math(op)}{w.typed(op.operands[0])}")


def _icmp(op: llvm.ICmp, w: Writer) -> None:
    w.define(op.res, f"icmp {op.word} {w.typed(op.lhs)}, {w.names[op.rhs]}")


def _fcmp(op: llvm.FCmp, w: Writer) -> None:
    word = op.word.removeprefix("_")
    w.define(op.res, f"fcmp {fast_math(op)}{word} {w.typed(op.lhs)}, {w.names[op.rhs]}")


def _select(op: llvm.Select, w: Writer) -> None:
    condition, yes, no = (w.typed(value) for value in op.operands)
    w.define(op.res, f"select {fast_math(op)}{condition}, {yes}, {no}")


# -- memory ----------------------------------------------------------------------------------------------------------


def _gep(op: llvm.GetElementPtr, w: Writer) -> None:
    indices = "".join([f", i32 {i}" if isinstance(i, int) else f", {w.typed(i)}" for i in op.indices])
    head = "getelementptr inbounds" if op.inbounds is not None else "getelementptr"
    w.define(op.res, f"{head} {type_text(op.elem_type.type)}, {w.typed(op.base)}{indices}")


def _hints(op: llvm.Load | llvm.Store, w: Writer, *, invariant: bool) -> str:
    """The metadata of an access."""
    text = (", !nontemporal !0" if op.nontemporal is not None else "") + (", !invariant.load !1" if invariant else "")
    if text:
        w.declarations.setdefault("!0", "!0 = !{i32 1}\n!1 = !{}")
    return text


def _load(op: llvm.Load, w: Writer) -> None:
    hints = _hints(op, w, invariant=op.invariant is not None)
    words, order = access_words(op, op.res.type)
    w.define(op.res, f"load{words} {type_text(op.res.type)}, {w.typed(op.addr)}{order}{align(op.alignment)}{hints}")


def _store(op: llvm.Store, w: Writer) -> None:
    hints = _hints(op, w, invariant=False)
    words, order = access_words(op, op.value.type)
    w.lines.append(f"  store{words} {w.typed(op.value)}, {w.typed(op.addr)}{order}{align(op.alignment)}{hints}")


def _alloca(op: llvm.Alloca, w: Writer) -> None:
    if op.inalloca is not None:
        raise error(op.location, "'llvm.alloca' op with 'inalloca' is not supported")
    text = f"alloca {type_text(op.elem_type.type)}, {w.typed(op.arraySize)}{align(op.alignment)}"
    w.define(op.res, f"{text}")


def _positions(position: DenseArrayAttr) -> str:
    return "".join([f", {index}" for index in position.values])


def _extractvalue(op: llvm.ExtractValue, w: Writer) -> None:
    w.define(op.res, f"extractvalue {w.typed(op.container)}{_positions(op.position)}")


def _insertvalue(op: llvm.InsertValue, w: Writer) -> None:
    text = f"insertvalue {w.typed(op.container)}, {w.typed(op.value)}{_positions(op.position)}"
    w.define(op.res, f"{text}")


def _operands(word: str) -> Write:
    """An instruction that lists its typed operands."""

    def write(op: Any, w: Writer) -> None:
        listed = ", ".join([w.typed(value) for value in op.operands])
        w.define(op.results[0], f"{word} {listed}")

    return write


def _shufflevector(op: llvm.ShuffleVector, w: Writer) -> None:
    mask = op.mask.values
    # A broadcast is the most frequent one.
    lanes = (
        f"<{', '.join(['i32 poison' if index < 0 else f'i32 {index}' for index in mask])}>"
        if any(mask)
        else "zeroinitializer"
    )
    w.lines.append(
        f"  {w.names[op.res]} = shufflevector {w.typed(op.v1)}, {w.typed(op.v2)}, <{len(mask)} x i32> {lanes}"
    )


# -- control ---------------------------------------------------------------------------------------------------------


def _br(op: llvm.Br, w: Writer) -> None:
    w.lines.append(f"  br {w.target(op, 0)}{loop_metadata(op, w)}")


def _cond_br(op: llvm.CondBr, w: Writer) -> None:
    w.lines.append(f"  br i1 {w.names[op.condition]}, {w.target(op, 0)}, {w.target(op, 1)}{loop_metadata(op, w)}")


def _switch(op: llvm.Switch, w: Writer) -> None:
    type = type_text(op.value.type)
    cases = " ".join([f"{type} {number}, {w.target(op, i + 1)}" for i, number in enumerate(op.case_numbers)])
    w.lines.append(f"  switch {w.typed(op.value)}, {w.target(op, 0)} [{cases}]")


def _return(op: llvm.Return, w: Writer) -> None:
    w.lines.append(f"  ret {w.typed(op.operands[0])}" if op.operands else "  ret void")


def _unreachable(_op: llvm.Unreachable, w: Writer) -> None:
    w.lines.append("  unreachable")


def _call(op: llvm.Call, w: Writer) -> None:
    if op.CConv is not llvm.ccc or op.TailCallKind is not llvm.no_tail_call:
        raise error(op.location, "'llvm.call' op with a calling convention or a tail call is not supported")
    if op.callee is None:
        raise error(op.location, "'llvm.call' op of an address is not supported")
    arguments = ", ".join([w.typed(value) for value in op.operands])
    if op.var_callee_type is not None:
        signature = type_text(op.var_callee_type.type)
    else:
        signature = type_text(op.results[0].type) if op.results else "void"
    target = f"{w.names[op.results[0]]} = " if op.results else ""
    w.lines.append(f"  {target}call {fast_math(op)}{signature} {w.symbols[op.callee.root]}({arguments})")


INSTRUCTIONS: dict[type[Operation], Write] = {
    **dict.fromkeys((llvm.Constant, llvm.AddressOf, llvm.Undef, llvm.Zero, llvm.Poison), _nothing),
    **{
        cls: _binary(cls.name.removeprefix("llvm."), flags)
        for flags, classes in {
            _overflow: (llvm.Add, llvm.Sub, llvm.Mul, llvm.Shl),
            _plain: (llvm.UDiv, llvm.SDiv, llvm.URem, llvm.SRem, llvm.And, llvm.Or, llvm.XOr, llvm.LShr, llvm.AShr),
            fast_math: (llvm.FAdd, llvm.FSub, llvm.FMul, llvm.FDiv, llvm.FRem),
        }.items()
        for cls in classes
    },
    **{
        cls: _cast(cls.name.removeprefix("llvm."))
        for cls in (
            llvm.ZExt, llvm.SExt, llvm.Trunc, llvm.FPExt, llvm.FPTrunc, llvm.SIToFP, llvm.UIToFP, llvm.FPToSI,
            llvm.FPToUI, llvm.BitCast, llvm.IntToPtr, llvm.PtrToInt,
        )
    },
    llvm.AddrSpaceCast: _addrspacecast,
    llvm.Freeze: _operands("freeze"),
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
    **ATOMICS,
    **INTRINSICS,
}  # fmt: skip
