"""Printing in the llvm dialect: a call of C's `printf`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.dialects import llvm, nd
from irc.ir.attributes import TypeAttr
from irc.ir.types import FloatType, IndexType, IntegerType, Type, f64, i32, i64
from irc.ir.value import Value
from irc.lowering.llvm_lowering import Lowering, Table
from irc.lowering.lowered_values import Lowered, UnsupportedType

_PRINTF = llvm.FunctionType(i32, (llvm.ptr,), True)


def print_text(lo: Lowering, parts: Sequence[str], values: Sequence[Value], types: Sequence[Type]) -> None:
    """Print texts with a number between each two; `types` are those of the numbers before lowering."""
    parts = [part.replace("%", "%%") for part in parts]
    arguments: list[Value] = []
    line = parts[0]
    for value, type, part in zip(values, types, parts[1:], strict=True):
        argument, conversion = _argument(lo, value, type)
        arguments.append(argument)
        line += conversion + part
    printf = lo.declare("printf", _PRINTF)
    address = lo.string(line)
    lo.insert(llvm.Call(printf, [address, *arguments], TypeAttr(_PRINTF), result_types=[i32]))


def _argument(lo: Lowering, value: Value, type: Type) -> tuple[Value, str]:
    """A number as `printf` takes it, and how it is to be printed."""
    match type:
        case FloatType():
            wide = value if type is f64 else lo.one(llvm.FPExt(value, result_types=[f64]))
            return wide, "%g"
        case IndexType():
            return value, "%ld"
        case IntegerType() if type.width <= 64:
            unsigned = type.signedness == "unsigned" or type.width == 1
            extend = llvm.ZExt if unsigned else llvm.SExt
            extended = value if type.width == 64 else lo.one(extend(value, result_types=[i64]))
            return extended, "%lu" if unsigned else "%ld"
    raise UnsupportedType(f"numbers of type '{type}' cannot be printed")


def _print(op: nd.Print, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    print_text(lo, (op.format.value + "\n").split("{}"), operands, [value.type for value in op.operands])
    return []


PRINT: Table = {nd.Print: _print}
