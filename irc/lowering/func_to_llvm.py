"""`func` in the llvm dialect: memrefs become their parts, or pointers alone where the function says so; several results become
a struct."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.dialects import func, llvm
from irc.ir.attributes import ArrayAttr, Attribute, DictionaryAttr, SymbolRefAttr, TypeAttr
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.signature import SIGNATURE
from irc.ir.types import FunctionType, MemRefType, Type
from irc.ir.value import Value
from irc.lowering.llvm_lowering import Lowering, Table
from irc.lowering.lowered_values import Lowered, MemRef, parameter_types, whole_type
from irc.lowering.outlining import BARE_POINTERS, PASSTHROUGH


def takes_bare_pointers(function: Operation | None) -> bool:
    """Whether buffers go in and out of a function as pointers alone."""
    return function is not None and BARE_POINTERS in function.attributes


def convert_signature(type: FunctionType, bare: bool = False) -> llvm.FunctionType:
    """The type of a function in LLVM. Raises `UnsupportedType`."""
    parameters = [part for each in type.inputs for part in parameter_types(each, bare)]
    results = [whole_type(each, bare) for each in type.results]
    result: Type = llvm.void
    if results:
        result = results[0] if len(results) == 1 else llvm.StructType(tuple(results))
    return llvm.FunctionType(result, tuple(parameters))


def convert_function(op: func.Func) -> llvm.Func:
    """The `llvm.func` of a `func.func`, with an empty body. Raises `UnsupportedType`."""
    kept = {SIGNATURE: op.function_type, **op.attributes}
    passthrough = kept.pop(PASSTHROUGH, None)
    type = convert_signature(op.signature, takes_bare_pointers(op))
    new = llvm.Func(
        op.sym_name, TypeAttr(type), Region(), sym_visibility=op.sym_visibility, attributes=kept, location=op.location
    )
    new.passthrough = passthrough if isinstance(passthrough, ArrayAttr) else None
    new.arg_attrs = _argument_attributes(op)
    return new


def _argument_attributes(op: func.Func) -> ArrayAttr | None:
    """Those that LLVM knows (`llvm.*`) go to the pointer to the elements."""
    entries: list[Attribute] = []
    bare = takes_bare_pointers(op)
    for i, type in enumerate(op.signature.inputs):
        given = op.arg_attrs.elements[i] if op.arg_attrs is not None else DictionaryAttr(())
        assert isinstance(given, DictionaryAttr)
        known = DictionaryAttr(tuple([entry for entry in given.entries if entry[0].startswith("llvm.")]))
        parts: list[Attribute] = [DictionaryAttr(())] * len(parameter_types(type, bare))
        parts[1 if isinstance(type, MemRefType) and not bare else 0] = known
        entries += parts
    empty = DictionaryAttr(())
    return ArrayAttr(tuple(entries)) if any(entry is not empty for entry in entries) else None


def _return(op: func.Return, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    values = [lo.whole(value, whole.type) for value, whole in zip(operands, op.operands, strict=True)]
    if len(values) <= 1:
        lo.insert(llvm.Return(*values))
        return []
    struct = lo.undef(llvm.StructType(tuple([value.type for value in values])))
    for i, value in enumerate(values):
        struct = lo.insert_value(struct, value, (i,))
    lo.insert(llvm.Return(struct))
    return []


def _call(op: func.Call, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    arguments: list[Value] = []
    bare = takes_bare_pointers(lo.symbols.lookup(op.callee.root))
    for value in operands:
        if isinstance(value, MemRef) and bare:
            arguments.append(value.aligned)
        elif isinstance(value, MemRef):
            numbers = (value.offset, *value.sizes, *value.strides)
            arguments += [value.allocated, value.aligned, *map(lo.number, numbers)]
        else:
            assert isinstance(value, Value)
            arguments.append(value)
    types = tuple([result.type for result in op.results])
    signature = convert_signature(FunctionType((), types), bare)
    call = lo.insert(
        llvm.Call(SymbolRefAttr(op.callee.root), arguments, result_types=[signature.result] if types else [])
    )
    if len(types) <= 1:
        return [lo.unpacked(call.results[0], type, bare) for type in types]
    return [lo.unpacked(lo.extract_value(call.results[0], i), type, bare) for i, type in enumerate(types)]


FUNC: Table = {func.Return: _return, func.Call: _call}
