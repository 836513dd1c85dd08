"""The text of types, attributes and affine maps, exactly as MLIR spells them. Results are remembered: all are interned."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from irc.ir import affine as af
from irc.ir import attributes as at
from irc.ir import types as ty
from irc.ir.interning import Interned

_SIGN = {"signless": "i", "signed": "si", "unsigned": "ui"}


def quote(text: str) -> str:
    """A string literal with MLIR's escapes."""
    parts = []
    for byte in text.encode("utf-8", "surrogateescape"):
        char = chr(byte)
        if char in '"\\':
            parts.append("\\" + char)
        else:
            parts.append(char if 32 <= byte < 127 else f"\\{byte:02X}")
    return '"' + "".join(parts) + '"'


def is_bare_identifier(text: str) -> bool:
    rest = text.replace("_", "").replace("$", "").replace(".", "")
    return bool(text) and text.isascii() and (text[0].isalpha() or text[0] == "_") and (not rest or rest.isalnum())


def symbol_text(name: str) -> str:
    """`@name`, quoted where the name is no bare identifier."""
    return f"@{name}" if is_bare_identifier(name) else f"@{quote(name)}"


# -- types -----------------------------------------------------------------------------------------------------------

_TYPES: dict[ty.Type, str] = {}


def type_text(type: ty.Type) -> str:
    """The text of a type."""
    text = _TYPES.get(type)
    if text is None:
        spell = _TYPE_TABLE.get(type.__class__)
        text = _TYPES[type] = spell(type) if spell is not None else _dialect_text("!", type)
    return text


def _dialect_text(sigil: str, thing: Any) -> str:
    """`!dialect.name…`: what follows the name is what the class's `text` method gives."""
    return f"{sigil}{thing.name}{thing.text(spell)}"


def spell(thing: Interned) -> str:
    """The text of a type or an attribute."""
    if isinstance(thing, ty.Type):
        return type_text(thing)
    return attribute_text(thing) if isinstance(thing, at.Attribute) else repr(thing)


def _dims(shape: ty.Shape) -> str:
    return "".join(["?x" if size is None else f"{size}x" for size in shape])


def _tensor(type: ty.TensorType) -> str:
    encoding = f", {spell(type.encoding)}" if type.encoding is not None else ""
    return f"tensor<{_dims(type.shape)}{type_text(type.element_type)}{encoding}>"


def _vector(type: ty.VectorType) -> str:
    sizes = [f"[{size}]x" if mark else f"{size}x" for size, mark in zip(type.shape, type.scalable, strict=True)]
    return f"vector<{''.join(sizes)}{type_text(type.element_type)}>"


def _memref(type: ty.MemRefType | ty.UnrankedMemRefType) -> str:
    dims = _dims(type.shape) if isinstance(type, ty.MemRefType) else "*x"
    extras = [type.layout, type.memory_space] if isinstance(type, ty.MemRefType) else [type.memory_space]
    # A memory space that is a number is an `i64`, which goes without saying.
    suffix = "".join(f", {_without_i64(extra)}" for extra in extras if extra is not None)
    return f"memref<{dims}{type_text(type.element_type)}{suffix}>"


def _without_i64(extra: Interned) -> str:
    return str(extra.value) if isinstance(extra, at.IntegerAttr) and extra.type is ty.i64 else spell(extra)


def _function(type: ty.FunctionType) -> str:
    results = ", ".join(map(type_text, type.results))
    single = len(type.results) == 1 and not isinstance(type.results[0], ty.FunctionType)
    return f"({', '.join(map(type_text, type.inputs))}) -> {results if single else f'({results})'}"


_TYPE_TABLE: dict[Any, Callable[[Any], str]] = {
    ty.IntegerType: lambda t: f"{_SIGN[t.signedness]}{t.width}",
    ty.IndexType: lambda t: "index",
    ty.FloatType: lambda t: str(t.kind),
    ty.NoneType: lambda t: "none",
    ty.ComplexType: lambda t: f"complex<{type_text(t.element_type)}>",
    ty.TupleType: lambda t: f"tuple<{', '.join(map(type_text, t.types))}>",
    ty.FunctionType: _function,
    ty.OpaqueType: lambda t: f"!{t.text}",
    ty.TensorType: _tensor,
    ty.UnrankedTensorType: lambda t: f"tensor<*x{type_text(t.element_type)}>",
    ty.VectorType: _vector,
    ty.MemRefType: _memref,
    ty.UnrankedMemRefType: _memref,
}


# -- attributes ------------------------------------------------------------------------------------------------------

_ATTRIBUTES: dict[at.Attribute, str] = {}


def attribute_text(attribute: at.Attribute, with_type: bool = True) -> str:
    """The text of an attribute. `with_type=False` leaves out the type of a number or of dense elements."""
    if not with_type:
        bare = _WITHOUT_TYPE.get(attribute.__class__)
        if bare is not None:
            return bare(attribute)
    text = _ATTRIBUTES.get(attribute)
    if text is None:
        spelling = _ATTRIBUTE_TABLE.get(attribute.__class__)
        text = spelling(attribute) if spelling is not None else _dialect_text("#", attribute)
        _ATTRIBUTES[attribute] = text
    return text


def float_text(value: float, type: ty.Type) -> str:
    """A float as MLIR prints it: six digits if they are exact, more if not, the bit pattern for infinities and NaN."""
    if not math.isfinite(value):
        return _hex_float(value, type)
    short = f"{value:e}"
    if at.round_to(float(short), type) == value:
        return short
    digits = repr(value) if type is ty.f64 else f"{value:.9g}"
    if type is not ty.f64 and at.round_to(float(digits), type) != value:
        digits = repr(value)
    mantissa, exponent, power = digits.partition("e")
    mantissa = mantissa if "." in mantissa else f"{mantissa}.0"
    return f"{mantissa}{'E' if exponent else ''}{power}" if not exponent else f"{mantissa}e{int(power):+03d}"


def _hex_float(value: float, type: ty.Type) -> str:
    import numpy as np  # noqa: PLC0415 - NumPy is loaded only where it is needed

    from irc.ir.dense import dtype_of  # noqa: PLC0415

    dtype = dtype_of(type)
    bits = int.from_bytes(np.array(value, dtype).tobytes(), "little")
    return f"0x{bits:0{2 * dtype.itemsize}X}"


def _integer(attribute: at.IntegerAttr) -> str:
    if attribute.type is ty.i1:
        return "true" if attribute.value else "false"
    return f"{attribute.value} : {type_text(attribute.type)}"


def element_text(attribute: at.Attribute) -> str:
    """The text of an element of an array, where the types `i64` and `f64` are left out.

    The bit pattern that stands for an infinity or a NaN would be read as an integer, so it keeps its type.
    """
    default = isinstance(attribute, at.IntegerAttr | at.FloatAttr) and attribute.type in (ty.i64, ty.f64)
    if isinstance(attribute, at.FloatAttr) and not math.isfinite(attribute.value):
        default = False
    return attribute_text(attribute, with_type=not default)


def _dictionary(attribute: at.DictionaryAttr) -> str:
    parts = []
    for key, value in attribute.entries:
        name = key if is_bare_identifier(key) else quote(key)
        parts.append(name if value is at.unit else f"{name} = {attribute_text(value)}")
    return "{" + ", ".join(parts) + "}"


def _dense_array(attribute: at.DenseArrayAttr) -> str:
    element = attribute.element_type
    head = f"array<{type_text(element)}"
    if not attribute.values:
        return head + ">"
    if isinstance(element, ty.FloatType):
        values = [float_text(value, element) for value in attribute.values]
    elif element is ty.i1:
        values = ["true" if value else "false" for value in attribute.values]
    else:
        values = [str(value) for value in attribute.values]
    return f"{head}: {', '.join(values)}>"


def _dense(attribute: at.DenseElementsAttr) -> str:
    return f"dense<{dense_body(attribute)}> : {type_text(attribute.type)}"


def dense_body(attribute: at.DenseElementsAttr) -> str:
    """The elements as nested lists, or the one of a splat."""
    from irc.ir.dense import splat_value, to_numpy  # noqa: PLC0415 - NumPy is loaded only where it is needed

    element = attribute.type.element_type

    def scalar(value: Any) -> str:
        if isinstance(element, ty.FloatType):
            return float_text(float(value), element)
        if element is ty.i1:
            return "true" if value else "false"
        return str(int(value))

    def nested(values: Any) -> str:
        return (
            "[" + ", ".join(nested(v) if v.ndim else scalar(v) for v in values) + "]" if values.ndim else scalar(values)
        )

    if attribute.type.num_elements == 0:
        return ""
    # The one element of a splat is looked at alone: the shape may be larger than any array.
    return scalar(splat_value(attribute)) if attribute.is_splat else nested(to_numpy(attribute))


def _strided(attribute: at.StridedLayoutAttr) -> str:
    strides = ", ".join(["?" if stride is None else str(stride) for stride in attribute.strides])
    offset = "?" if attribute.offset is None else attribute.offset
    return f"strided<[{strides}]{f', offset: {offset}' if offset != 0 else ''}>"


_ATTRIBUTE_TABLE: dict[Any, Callable[[Any], str]] = {
    at.UnitAttr: lambda a: "unit",
    at.IntegerAttr: _integer,
    at.FloatAttr: lambda a: f"{float_text(a.value, a.type)} : {type_text(a.type)}",
    at.StringAttr: lambda a: quote(a.value),
    at.ArrayAttr: lambda a: f"[{', '.join(map(element_text, a.elements))}]",
    at.DictionaryAttr: _dictionary,
    at.TypeAttr: lambda a: type_text(a.type),
    at.SymbolRefAttr: lambda a: "::".join(map(symbol_text, (a.root, *a.nested))),
    at.AffineMapAttr: lambda a: f"affine_map<{affine_map_text(a.map)}>",
    at.StridedLayoutAttr: _strided,
    at.DenseArrayAttr: _dense_array,
    at.DenseElementsAttr: _dense,
    at.OpaqueAttr: lambda a: f"#{a.text}",
}
_WITHOUT_TYPE: dict[Any, Callable[[Any], str]] = {
    at.IntegerAttr: lambda a: _integer(a).partition(" ")[0],
    at.FloatAttr: lambda a: float_text(a.value, a.type),
    at.DenseElementsAttr: lambda a: f"dense<{dense_body(a)}>",
}


# -- affine maps -----------------------------------------------------------------------------------------------------


def affine_map_text(map: af.AffineMap) -> str:
    """`(d0, d1)[s0] -> (d0 + s0, d1)`."""
    dims = ", ".join(f"d{i}" for i in range(map.num_dims))
    symbols = f"[{', '.join(f's{i}' for i in range(map.num_symbols))}]" if map.num_symbols else ""
    return f"({dims}){symbols} -> ({', '.join(affine_text(result) for result in map.results)})"


def affine_text(expr: af.AffineExpr, nested: bool = False) -> str:
    """An affine expression; `nested` asks for parentheses around sums and products."""
    match expr:
        case af.AffineDim():
            return f"d{expr.position}"
        case af.AffineSymbol():
            return f"s{expr.position}"
        case af.AffineConstant():
            return str(expr.value)
        case af.AffineBinary(kind="+"):
            text = _sum_text(expr)
        case af.AffineBinary(kind="*", rhs=af.AffineConstant(value=-1)):
            text = f"-{affine_text(expr.lhs, nested=True)}"
        case af.AffineBinary():
            text = f"{affine_text(expr.lhs, nested=True)} {expr.kind} {affine_text(expr.rhs, nested=True)}"
        case _:
            raise AssertionError("every affine expression is one of these")
    return f"({text})" if nested else text


def _sum_text(expr: af.AffineBinary) -> str:
    lhs = affine_text(expr.lhs, nested=not (isinstance(expr.lhs, af.AffineBinary) and expr.lhs.kind in "+*"))
    match expr.rhs:
        case af.AffineConstant(value=value) if value < 0:
            return f"{lhs} - {-value}"
        case af.AffineBinary(kind="*", lhs=term, rhs=af.AffineConstant(value=-1)):
            return f"{lhs} - {affine_text(term, nested=True)}"
        case af.AffineBinary(kind="*", lhs=term, rhs=af.AffineConstant(value=factor)) if factor < -1:
            return f"{lhs} - {affine_text(term, nested=True)} * {-factor}"
        case af.AffineBinary(kind="+"):
            return f"{lhs} + {affine_text(expr.rhs, nested=True)}"
        case _:
            return f"{lhs} + {affine_text(expr.rhs)}"


Interned.printer = staticmethod(spell)
