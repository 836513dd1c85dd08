"""The text of types and attributes, exactly as MLIR spells them. Results are remembered: all are interned."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from irc.ir import attributes as at
from irc.ir import element_bytes
from irc.ir import types as ty
from irc.ir.interning import Interned
from irc.ir.location import (
    UNKNOWN,
    CallSiteLoc,
    FileLineColLoc,
    FileLineColRange,
    FusedLoc,
    Location,
    LocationAttr,
    NameLoc,
)
from irc.ir.wide_floats import WIDE_FLOATS
from irc.text.affine_spelling import affine_map_text, integer_set_text
from irc.text.decimals import scientific, shortest
from irc.text.digits import any_number_of_digits
from irc.text.strings import quote

_SIGN = {"signless": "i", "signed": "si", "unsigned": "ui"}


def is_bare_identifier(text: str) -> bool:
    rest = text.replace("_", "").replace("$", "").replace(".", "")
    return bool(text) and text.isascii() and (text[0].isalpha() or text[0] == "_") and (not rest or rest.isalnum())


def symbol_text(name: str) -> str:
    """`@name`, quoted where the name is no bare identifier."""
    return f"@{name}" if is_bare_identifier(name) else f"@{quote(name)}"


_TYPES: dict[ty.Type, str] = {}


def type_text(type: ty.Type) -> str:
    """The text of a type."""
    text = _TYPES.get(type)
    if text is None:
        spell = _TYPE_TABLE.get(type.__class__)
        text = _TYPES[type] = spell(type) if spell is not None else _dialect_text("!", type)
    return text


def _dialect_text(sigil: str, thing: Any) -> str:
    """`!dialect.name…`: what follows the name is what the class's `text` method gives.

    Text that starts with a space is no bracket, so all stands in brackets: `#dialect<name …>`.
    """
    text = thing.text(spell)
    if text[:1] == " ":
        dialect, _, name = thing.name.partition(".")
        return f"{sigil}{dialect}<{name}{text}>"
    return f"{sigil}{thing.name}{text}"


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


def float_text(attribute: at.FloatAttr) -> str:
    """A float as MLIR prints it: six digits if they are exact, more if not, the bit pattern for infinities, NaN and what
    would have no decimal point."""
    type, value = attribute.type, attribute.value
    if not math.isfinite(value) or at.FloatAttr.of(value, type) is not attribute:
        return _hex_float(attribute)
    short = scientific(value)
    if at.FloatAttr.of(Fraction(short) if type.kind in WIDE_FLOATS else float(short), type) is attribute:
        return short
    text = shortest(value, type.kind)
    return text if "." in text else _hex_float(attribute)


def _hex_float(attribute: at.FloatAttr) -> str:
    data = element_bytes.pack([attribute.exact], attribute.type)
    return f"0x{int.from_bytes(data, 'little'):0{-(-attribute.type.width // 4)}X}"


def _integer(attribute: at.IntegerAttr) -> str:
    if attribute.type is ty.i1:
        return "true" if attribute.value else "false"
    return f"{attribute.value} : {type_text(attribute.type)}"


def element_text(attribute: at.Attribute) -> str:
    """The text of an element of an array, where the types `i64` and `f64` are left out.

    A bit pattern would be read as an integer, so it keeps its type.
    """
    default = isinstance(attribute, at.IntegerAttr | at.FloatAttr) and attribute.type in (ty.i64, ty.f64)
    if not default:
        return attribute_text(attribute)
    text = attribute_text(attribute, with_type=False)
    return attribute_text(attribute) if text.startswith("0x") else text


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
        values = [float_text(at.FloatAttr.of(value, element)) for value in attribute.values]
    elif element is ty.i1:
        values = ["true" if value else "false" for value in attribute.values]
    else:
        values = [str(value) for value in attribute.values]
    return f"{head}: {', '.join(values)}>"


def _dense(attribute: at.DenseElementsAttr) -> str:
    return f"dense<{dense_body(attribute)}> : {type_text(attribute.type)}"


MAX_LISTED = 100
"""More elements than these are printed as bytes, as MLIR does."""


def dense_body(attribute: at.DenseElementsAttr) -> str:
    """The elements as nested lists, the one of a splat, or the bytes of many."""
    type = attribute.type
    if not attribute.is_splat and type.num_elements > MAX_LISTED:
        return f'"0x{element_bytes.blob(attribute).hex().upper()}"'
    spell_element = _element_speller(type.element_type)
    return _nested([spell_element(element) for element in element_bytes.elements(attribute)], type, attribute.is_splat)


def _element_speller(type: ty.Type) -> Callable[[Any], str]:
    if isinstance(type, ty.ComplexType):
        part = _element_speller(type.element_type)
        return lambda pair: f"({part(pair[0])},{part(pair[1])})"
    if isinstance(type, ty.FloatType):
        return lambda value: float_text(at.FloatAttr.of(value, type))
    if type is ty.i1:
        return lambda value: "true" if value else "false"
    return str


def _nested(texts: list[str], type: ty.ShapedType, is_splat: bool) -> str:
    """The texts of elements in row-major order as nested lists."""
    if is_splat or not texts:
        return "".join(texts)
    for size in reversed(type.static_shape):
        texts = ["[" + ", ".join(texts[at : at + size]) + "]" for at in range(0, len(texts), size)]
    return texts[0]


def _strings(attribute: at.DenseStringElementsAttr) -> str:
    texts = [quote(value) for value in attribute.values]
    splat = len(texts) == 1 and attribute.type.rank > 0
    return f"dense<{_nested(texts, attribute.type, splat)}> : {type_text(attribute.type)}"


def _sparse(attribute: at.SparseElementsAttr) -> str:
    type = f" : {type_text(attribute.type)}"
    if attribute.indices.type.num_elements == 0:
        return f"sparse<>{type}"
    values = attribute.values
    body = dense_body(values) if isinstance(values, at.DenseElementsAttr) else _strings_body(values)
    return f"sparse<{dense_body(attribute.indices)}, {body}>{type}"


def _strings_body(attribute: at.Attribute) -> str:
    return attribute_text(attribute).partition("<")[2].rpartition("> : ")[0]


def _resource(attribute: at.DenseResourceElementsAttr) -> str:
    key = attribute.key if is_bare_identifier(attribute.key) else quote(attribute.key)
    return f"dense_resource<{key}> : {type_text(attribute.type)}"


def distinct_text(attribute: at.DistinctAttr, number: int) -> str:
    """`distinct[number]<…>`."""
    inside = "" if attribute.referenced is at.unit else attribute_text(attribute.referenced)
    return f"distinct[{number}]<{inside}>"


def _typed(text: str, type: ty.Type | None) -> str:
    return text if type is None else f"{text} : {type_text(type)}"


def _strided(attribute: at.StridedLayoutAttr) -> str:
    strides = ", ".join(["?" if stride is None else str(stride) for stride in attribute.strides])
    offset = "?" if attribute.offset is None else attribute.offset
    return f"strided<[{strides}]{f', offset: {offset}' if offset != 0 else ''}>"


_ATTRIBUTE_TABLE: dict[Any, Callable[[Any], str]] = {
    at.UnitAttr: lambda a: "unit",
    at.IntegerAttr: _integer,
    at.FloatAttr: lambda a: f"{float_text(a)} : {type_text(a.type)}",
    at.StringAttr: lambda a: _typed(quote(a.value), a.type),
    at.ArrayAttr: lambda a: f"[{', '.join(map(element_text, a.elements))}]",
    at.DictionaryAttr: _dictionary,
    at.TypeAttr: lambda a: type_text(a.type),
    at.SymbolRefAttr: lambda a: "::".join(map(symbol_text, (a.root, *a.nested))),
    at.AffineMapAttr: lambda a: f"affine_map<{affine_map_text(a.map)}>",
    at.IntegerSetAttr: lambda a: f"affine_set<{integer_set_text(a.set)}>",
    at.StridedLayoutAttr: _strided,
    at.DenseArrayAttr: _dense_array,
    at.DenseElementsAttr: _dense,
    at.DenseStringElementsAttr: _strings,
    at.SparseElementsAttr: _sparse,
    at.DenseResourceElementsAttr: _resource,
    at.DistinctAttr: lambda a: distinct_text(a, id(a.identity)),
    at.OpaqueAttr: lambda a: _typed(f"#{a.text}", a.type),
    LocationAttr: lambda a: f"loc({inline_location(a.location)})",
}


_WITHOUT_TYPE: dict[Any, Callable[[Any], str]] = {
    at.IntegerAttr: lambda a: _integer(a).partition(" ")[0],
    at.FloatAttr: float_text,
    at.DenseElementsAttr: lambda a: f"dense<{dense_body(a)}>",
}


def location_text(location: Location, spell_part: Callable[[Location], str]) -> str:
    """What stands inside of `loc(…)`; `spell_part` gives the text of what the location is made of: an alias, say."""
    match location:
        case FileLineColRange():
            text = f"{quote(location.file)}:{location.line}:{location.column} to "
            text += f"{'' if location.end_line == location.line else location.end_line}:{location.end_column}"
        case FileLineColLoc():
            text = f"{quote(location.file)}:{location.line}:{location.column}"
        case NameLoc():
            child = "" if location.child == UNKNOWN else f"({spell_part(location.child)})"
            text = quote(location.name) + child
        case CallSiteLoc():
            text = f"callsite({spell_part(location.callee)} at {spell_part(location.caller)})"
        case FusedLoc():
            metadata = f"<{attribute_text(location.metadata)}>" if isinstance(location.metadata, at.Attribute) else ""
            text = f"fused{metadata}[{', '.join(map(spell_part, location.locations))}]"
        case _:
            text = "unknown"
    return text


def inline_location(location: Location) -> str:
    """A location with all that it is made of."""
    return location_text(location, inline_location)


Interned.printer = staticmethod(any_number_of_digits()(spell))
