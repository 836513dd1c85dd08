"""The `llvm` dialect: LLVM IR as MLIR text, the last level before machine code.

Ops, types and spelling are upstream's (https://mlir.llvm.org/docs/Dialects/LLVM/). They are declared by theme in
`llvm_<theme>.py`; this module is the one to use: `llvm.Add`, `llvm.ptr`.
"""

from __future__ import annotations

from irc.dialects.llvm_arith import (
    Add,
    And,
    AShr,
    BitCast,
    Constant,
    FAdd,
    FCmp,
    FDiv,
    FMul,
    FNeg,
    FPExt,
    FPToSI,
    FPToUI,
    FPTrunc,
    FRem,
    FSub,
    ICmp,
    IntToPtr,
    LShr,
    Mul,
    Or,
    Poison,
    PtrToInt,
    SDiv,
    Select,
    SExt,
    Shl,
    SIToFP,
    SRem,
    Sub,
    Trunc,
    UDiv,
    UIToFP,
    Undef,
    URem,
    XOr,
    Zero,
    ZExt,
)
from irc.dialects.llvm_attributes import FastMath, Linkage, Overflow, external, internal, no_fastmath, no_overflow
from irc.dialects.llvm_control import Br, Call, CondBr, Return, Switch, Unreachable
from irc.dialects.llvm_intrinsics import (
    REDUCE,
    SIMPLE,
    Abs,
    CountLeadingZeros,
    CountTrailingZeros,
    Gather,
    MaskedLoad,
    MaskedStore,
    MemCpy,
    MemMove,
    MemSet,
    Scatter,
)
from irc.dialects.llvm_memory import (
    Alloca,
    ExtractElement,
    ExtractValue,
    GetElementPtr,
    InsertElement,
    InsertValue,
    Load,
    ShuffleVector,
    Store,
)
from irc.dialects.llvm_module import AddressOf, Func, Global
from irc.dialects.llvm_types import (
    FLOAT_KINDS,
    ArrayType,
    FunctionType,
    PointerType,
    StructType,
    VoidType,
    ptr,
    void,
)

__all__ = [
    "FLOAT_KINDS", "REDUCE", "SIMPLE", "AShr", "Abs", "Add", "AddressOf", "Alloca", "And", "ArrayType", "BitCast", "Br", "Call",
    "CondBr", "Constant", "CountLeadingZeros", "CountTrailingZeros", "ExtractElement", "ExtractValue", "FAdd", "FCmp",
    "FDiv", "FMul", "FNeg", "FPExt", "FPToSI", "FPToUI", "FPTrunc", "FRem", "FSub", "FastMath", "Func",
    "FunctionType", "Gather", "GetElementPtr", "Global", "ICmp", "InsertElement", "InsertValue", "IntToPtr", "LShr",
    "Linkage", "Load", "MaskedLoad", "MaskedStore", "MemCpy", "MemMove", "MemSet", "Mul", "Or", "Overflow",
    "PointerType", "Poison", "PtrToInt", "Return", "SDiv", "SExt", "SIToFP", "SRem", "Scatter", "Select", "Shl",
    "ShuffleVector", "Store", "StructType", "Sub", "Switch", "Trunc", "UDiv", "UIToFP", "URem", "Undef",
    "Unreachable", "VoidType", "XOr", "ZExt", "Zero", "external", "internal", "no_fastmath", "no_overflow", "ptr",
    "void",
]  # fmt: skip
