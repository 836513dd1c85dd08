"""Types and constants as LLVM IR text (https://llvm.org/docs/LangRef.html)."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from irc.dialects import llvm
from irc.dialects.llvm_types import string_bytes
from irc.ir.attributes import ArrayAttr, Attribute, DenseElementsAttr, FloatAttr, IntegerAttr, StringAttr, wrap_integer
from irc.ir.dense import flat_numpy
from irc.ir.types import FloatType, IntegerType, Type, VectorType

_FLOATS = {"f16": "half", "bf16": "bfloat", "f32": "float", "f64": "double", "f80": "x86_fp80", "f128": "fp128"}
_TYPES: dict[Type, str] = {}
_SUFFIXES: dict[Type, str] = {}


def type_text(type: Type) -> str:
    """A type in LLVM's spelling."""
    text = _TYPES.get(type)
    if text is None:
        text = _TYPES[type] = _type_text(type)
    return text


def _type_text(type: Type) -> str:
    match type:
        case IntegerType():
            return f"i{type.width}"
        case FloatType():
            return _FLOATS[type.kind]
        case VectorType():
            return f"<{'vscale x ' if type.scalable[0] else ''}{type.shape[0]} x {type_text(type.element_type)}>"
        case llvm.PointerType():
            return f"ptr addrspace({type.address_space})" if type.address_space else "ptr"
        case llvm.VoidType():
            return "void"
        case llvm.ArrayType():
            return f"[{type.size} x {type_text(type.element)}]"
        case llvm.StructType():
            body = "{ " + ", ".join(map(type_text, type.members)) + " }" if type.members else "{}"
            return f"<{body}>" if type.packed else body
        case llvm.FunctionType():
            parameters = [type_text(parameter) for parameter in type.parameters] + ["..."] * type.is_vararg
            return f"{type_text(type.result)} ({', '.join(parameters)})"
    raise ValueError(f"LLVM has no type '{type}'")


def mangled(type: Type) -> str:
    """The suffix by which an intrinsic is overloaded on a type: `v4f32`."""
    text = _SUFFIXES.get(type)
    if text is None:
        match type:
            case VectorType():
                text = f"{'nx' if type.scalable[0] else ''}v{type.shape[0]}{mangled(type.element_type)}"
            case llvm.PointerType():
                text = f"p{type.address_space}"
            case _:
                text = str(type)
        _SUFFIXES[type] = text
    return text


def float_text(value: float, type: FloatType) -> str:
    """A floating-point constant by its bits."""
    if type.kind in ("f32", "f64"):
        return f"0x{struct.unpack('<Q', struct.pack('<d', value))[0]:016X}"
    if type.kind == "f16":
        return f"0xH{int(np.float16(value).view(np.uint16)):04X}"
    if type.kind == "bf16":
        from ml_dtypes import bfloat16  # noqa: PLC0415 - loaded only where it is needed

        return f"0xR{int(np.array(value, bfloat16).view(np.uint16)):04X}"
    raise ValueError(f"constants of type '{type}' are not supported")


def constant_text(value: Attribute, type: Type) -> str:
    """The constant `value` of `type`, without the type."""
    match value:
        case IntegerAttr():
            assert isinstance(type, IntegerType)
            number = wrap_integer(value.value, type)
            return ("true" if number else "false") if type.width == 1 else str(number)
        case FloatAttr():
            assert isinstance(type, FloatType)
            return float_text(value.value, type)
        case ArrayAttr():
            assert isinstance(type, llvm.StructType)
            return _struct_text([part.value for part in value.elements if isinstance(part, FloatAttr)], type)
        case StringAttr():
            return bytes_text(string_bytes(value.value))
        case DenseElementsAttr():
            return _dense_text(value, type)
    raise ValueError(f"'{value}' is no constant of LLVM")


def bytes_text(data: bytes) -> str:
    """An array of bytes, as a string constant."""
    printable = range(0x20, 0x7F)
    body = "".join(chr(b) if b in printable and b not in b'"\\' else f"\\{b:02X}" for b in data)
    return f'c"{body}"'


def _dense_text(value: DenseElementsAttr, type: Type) -> str:
    if value.is_splat and not any(value.data):
        return "zeroinitializer"
    array = flat_numpy(value)
    if isinstance(type, VectorType):
        scalar = _scalar(type.element_type)
        if value.is_splat:
            return f"splat ({scalar(array[0])})"
        return f"<{', '.join([scalar(element) for element in array])}>"
    return _array_text(array, type)


def _array_text(array: Any, type: Type) -> str:
    """Nested arrays of the elements in order, with vectors innermost where the type has them."""
    if isinstance(type, llvm.ArrayType):
        head = type_text(type.element)
        if isinstance(type.element, llvm.ArrayType | VectorType):
            rows = array.reshape(type.size, len(array) // max(1, type.size))
            return f"[{', '.join([f'{head} {_array_text(row, type.element)}' for row in rows])}]"
        scalar = _scalar(type.element)
        return f"[{', '.join([scalar(element) for element in array])}]"
    assert isinstance(type, VectorType)
    scalar = _scalar(type.element_type)
    return f"<{', '.join([scalar(element) for element in array])}>"


def _struct_text(parts: Sequence[float], type: llvm.StructType) -> str:
    """A struct of floats."""
    return f"{{ {', '.join([_scalar(member)(part) for part, member in zip(parts, type.members, strict=True)])} }}"


def _scalar(type: Type) -> Callable[[Any], str]:
    """Writes an element with its type."""
    head = type_text(type)
    match type:
        case FloatType():
            return lambda element: f"{head} {float_text(float(element), type)}"
        case llvm.StructType():
            return lambda element: f"{head} {_struct_text((element.real, element.imag), type)}"
        case IntegerType(width=1):
            return lambda element: f"{head} {'true' if element else 'false'}"
    return lambda element: f"{head} {int(element)}"
