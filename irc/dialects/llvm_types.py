"""The types of the `llvm` dialect; inside each other they are written without the prefix `!llvm.`.

https://mlir.llvm.org/docs/Dialects/LLVM/#llvm-dialect-types
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from irc.ir.interning import Interned
from irc.ir.types import FloatType as BuiltinFloat
from irc.ir.types import IntegerType, Type, VectorType, element_type
from irc.ods.constraints import Constraint, is_a, signless
from irc.ods.registry import register_type
from irc.text.numbers import parse_unsigned
from irc.text.strings import quote, unquote
from irc.text.types import parse_type

if TYPE_CHECKING:
    from irc.text.lexer import TokenStream

Spell = Callable[[Interned], str]

FLOAT_KINDS = ("f16", "bf16", "f32", "f64", "f80", "f128")
"""The float types that LLVM has."""


class PointerType(Type):
    """`!llvm.ptr` or, in an address space other than 0, `!llvm.ptr<3>`."""

    name: ClassVar[str] = "llvm.ptr"

    address_space: int = 0

    @classmethod
    def parse(cls, stream: TokenStream) -> Type:
        if not stream.accept("<"):
            return cls()
        space = parse_unsigned(stream, 32)
        stream.expect(">")
        return cls(space)

    def text(self, _spell: Spell) -> str:
        return f"<{self.address_space}>" if self.address_space else ""


class VoidType(Type):
    """`!llvm.void`, the result of a function that has none."""

    name: ClassVar[str] = "llvm.void"

    @classmethod
    def parse(cls, _stream: TokenStream) -> Type:
        return cls()

    def text(self, _spell: Spell) -> str:
        return ""


class StructType(Type):
    """`!llvm.struct<(i32, ptr)>` or `!llvm.struct<"name", packed (i8, i32)>`: compared by their fields, and name if any."""

    name: ClassVar[str] = "llvm.struct"

    members: tuple[Type, ...]
    packed: bool = False
    identifier: str | None = None

    @classmethod
    def parse(cls, stream: TokenStream) -> Type:
        stream.expect("<")
        parsed = _parse_identified(stream) if stream.peek()[:1] == '"' else _parse_body(stream, None)
        stream.expect(">")
        return parsed

    def text(self, spell: Spell) -> str:
        identifier = f"{quote(self.identifier)}, " if self.identifier is not None else ""
        return f"<{identifier}{'packed ' if self.packed else ''}({_join(self.members, spell)})>"


class OpaqueStructType(Type):
    """`!llvm.struct<"name", opaque>`: a struct whose fields are not known."""

    name: ClassVar[str] = StructType.name

    identifier: str

    def text(self, _spell: Spell) -> str:
        return f"<{quote(self.identifier)}, opaque>"


class EnclosingStructType(Type):
    """`!llvm.struct<"name">`: inside of a struct, the one around it that has the name."""

    name: ClassVar[str] = StructType.name

    identifier: str

    def text(self, _spell: Spell) -> str:
        return f"<{quote(self.identifier)}>"


def _parse_body(stream: TokenStream, identifier: str | None) -> StructType:
    """`(t, t)` or `packed (t, t)`."""
    packed = stream.accept("packed")
    return StructType(tuple(_parse_list(stream)), packed, identifier)


def _parse_identified(stream: TokenStream) -> Type:
    """`"name", (t, t)`, `"name", opaque` or `"name"`. In one text a name stands for one struct."""
    position = stream.pos
    identifier = unquote(stream, stream.next(), position)
    is_open = identifier in stream.identified_types and stream.identified_types[identifier] is None
    if stream.peek() == ">":
        if not is_open:
            raise stream.error("struct without a body only allowed in a recursive struct", position)
        return EnclosingStructType(identifier)
    stream.expect(",")
    if is_open:
        raise stream.error("identifier already used for an enclosing struct", position)
    earlier = stream.identified_types.get(identifier)
    if stream.accept("opaque"):
        parsed: Type = OpaqueStructType(identifier)
    else:
        stream.identified_types[identifier] = None
        parsed = _parse_body(stream, identifier)
    stream.identified_types[identifier] = parsed
    if earlier is not None and earlier is not parsed:
        raise stream.error("identified type already used with a different body", position)
    return parsed


class ArrayType(Type):
    """`!llvm.array<4 x f32>`."""

    name: ClassVar[str] = "llvm.array"

    size: int
    element: Type

    @classmethod
    def parse(cls, stream: TokenStream) -> Type:
        stream.expect("<")
        size = parse_unsigned(stream)
        # Without blanks the `x` and a builtin element type are one token: `4xf32`.
        rest = stream.peek()
        if rest != "x" and re.match(r"x[a-z]", rest):
            stream.tokens[stream.pos] = rest[1:]
            stream.offsets[stream.pos] += 1
        else:
            stream.expect("x")
        element = parse_nested(stream)
        stream.expect(">")
        return cls(size, element)

    def text(self, spell: Spell) -> str:
        return f"<{self.size} x {nested(self.element, spell)}>"


class FunctionType(Type):
    """`!llvm.func<i32 (ptr, ...)>`."""

    name: ClassVar[str] = "llvm.func"

    result: Type
    parameters: tuple[Type, ...]
    is_vararg: bool = False

    @classmethod
    def parse(cls, stream: TokenStream) -> Type:
        stream.expect("<")
        result = parse_nested(stream)
        stream.expect("(")
        parameters: list[Type] = []
        vararg = False
        while not stream.accept(")"):
            if parameters:
                stream.expect(",")
            if stream.accept("..."):
                vararg = True
                stream.expect(")")
                break
            parameters.append(parse_nested(stream))
        stream.expect(">")
        return cls(result, tuple(parameters), vararg)

    def text(self, spell: Spell) -> str:
        parameters = [nested(type, spell) for type in self.parameters] + ["..."] * self.is_vararg
        return f"<{nested(self.result, spell)} ({', '.join(parameters)})>"


_NESTED = {cls.name.removeprefix("llvm."): cls for cls in (PointerType, VoidType, StructType, ArrayType, FunctionType)}
for _cls in _NESTED.values():
    register_type(_cls)


def parse_nested(stream: TokenStream) -> Type:
    """A type inside another: `ptr` stands for `!llvm.ptr`."""
    cls = _NESTED.get(stream.peek())
    if cls is None:
        return parse_type(stream)
    stream.enter("types")
    stream.pos += 1
    found: Type = cls.parse(stream)
    stream.depth -= 1
    return found


def nested(type: Type, spell: Spell) -> str:
    """The text of a type inside another."""
    return spell(type).removeprefix("!llvm.")


def _parse_list(stream: TokenStream) -> list[Type]:
    stream.expect("(")
    types: list[Type] = []
    while not stream.accept(")"):
        if types:
            stream.expect(",")
        types.append(parse_nested(stream))
    return types


def _join(types: tuple[Type, ...], spell: Spell) -> str:
    return ", ".join([nested(type, spell) for type in types])


# -- constraints -----------------------------------------------------------------------------------------------------


def is_compatible(type: Type) -> bool:
    """Whether LLVM has the type."""
    match type:
        case IntegerType():
            return type.signedness == "signless"
        case BuiltinFloat():
            return type.kind in FLOAT_KINDS
        case VectorType():
            return type.rank == 1 and is_compatible(type.element_type)
    return type.name.startswith("llvm.")


def _scalar_or_vector(scalar: Callable[[Type], bool]) -> Callable[[Type], bool]:
    return lambda type: (
        scalar(element_type(type))
        and is_compatible(type)
        and (not hasattr(type, "shape") or isinstance(type, VectorType))
    )


_is_float = is_a(BuiltinFloat)
_is_pointer = is_a(PointerType)

Pointer = Constraint("LLVM pointer type", _is_pointer)
PointerOrVector = Constraint(
    "LLVM pointer type or LLVM dialect-compatible vector of LLVM pointer type", _scalar_or_vector(_is_pointer)
)
Integer = Constraint(
    "signless integer or LLVM dialect-compatible vector of signless integer", _scalar_or_vector(signless)
)
ScalarInteger = Constraint("signless integer", signless)
IntegerOrPointer = Constraint(
    "signless integer or LLVM pointer type or LLVM dialect-compatible vector of these",
    _scalar_or_vector(lambda type: signless(type) or _is_pointer(type)),
)
Float = Constraint(
    "floating point LLVM type or LLVM dialect-compatible vector of floating point LLVM type",
    _scalar_or_vector(_is_float),
)
Bool = Constraint(
    "1-bit signless integer or LLVM dialect-compatible vector of 1-bit signless integer",
    _scalar_or_vector(lambda type: type is IntegerType(1)),
)
Vector = Constraint("LLVM dialect-compatible vector type", lambda t: isinstance(t, VectorType) and is_compatible(t))
Aggregate = Constraint("LLVM aggregate type", is_a(StructType, ArrayType))
Compatible = Constraint("LLVM dialect-compatible type", is_compatible)

ptr = PointerType()
void = VoidType()


def same_shape(type: Type, element: Type) -> Type:
    """`element`, or a vector of it with the shape of `type` where that is a vector."""
    return VectorType(type.shape, element, type.scalable) if isinstance(type, VectorType) else element


def string_bytes(text: str) -> bytes:
    """The bytes of a string constant; bytes that are no UTF-8 are carried as surrogates."""
    return text.encode("utf-8", "surrogateescape")


def string_type(text: str) -> ArrayType:
    """The type of a string as a constant: an array of its bytes."""
    return ArrayType(len(string_bytes(text)), IntegerType(8))
