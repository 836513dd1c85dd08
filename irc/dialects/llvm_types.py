"""The types of the `llvm` dialect; inside each other they are written without the prefix `!llvm.`.

https://mlir.llvm.org/docs/Dialects/LLVM/#llvm-dialect-types
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from irc.dialects.llvm_words import LLVMType, PPCFloatType, Spell, VoidType
from irc.ir.types import FloatType as BuiltinFloat
from irc.ir.types import IntegerType, Type, VectorType, element_type
from irc.ods.constraints import Constraint, is_a, signless
from irc.ods.registry import lookup_type, register_type
from irc.text.numbers import parse_unsigned
from irc.text.strings import quote, unquote
from irc.text.types import parse_dimensions, parse_optional_type

if TYPE_CHECKING:
    from irc.text.lexer import TokenStream

FLOAT_KINDS = ("f16", "bf16", "f32", "f64", "f80", "f128")
"""The float types that LLVM has."""


class PointerType(LLVMType):
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


class StructType(LLVMType):
    """`!llvm.struct<(i32, ptr)>` or `!llvm.struct<"name", packed (i8, i32)>`: compared by their fields, and name if any."""

    name: ClassVar[str] = "llvm.struct"

    members: tuple[Type, ...]
    packed: bool = False
    identifier: str | None = None

    def check(self) -> None:
        _check_stored(self.members, "LLVM structure")

    @classmethod
    def parse(cls, stream: TokenStream) -> Type:
        stream.expect("<")
        parsed = _parse_identified(stream) if stream.peek()[:1] == '"' else _parse_body(stream, None)
        stream.expect(">")
        return parsed

    def text(self, spell: Spell) -> str:
        identifier = f"{quote(self.identifier)}, " if self.identifier is not None else ""
        return f"<{identifier}{'packed ' if self.packed else ''}({_join(self.members, spell)})>"


class OpaqueStructType(LLVMType):
    """`!llvm.struct<"name", opaque>`: a struct whose fields are not known."""

    name: ClassVar[str] = StructType.name

    identifier: str

    def text(self, _spell: Spell) -> str:
        return f"<{quote(self.identifier)}, opaque>"


class EnclosingStructType(LLVMType):
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


class ArrayType(LLVMType):
    """`!llvm.array<4 x f32>`."""

    name: ClassVar[str] = "llvm.array"

    size: int
    element: Type

    def check(self) -> None:
        _check_stored((self.element,), "array")
        if isinstance(self.element, VecType) and any(self.element.scalable):
            raise ValueError(f"invalid array element type: '{self.element}'")

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


class VecType(VectorType):
    """`!llvm.vec<4 x ptr>` or `!llvm.vec<? x 4 x ptr>`: a vector of what no builtin vector holds."""

    name: ClassVar[str] = "llvm.vec"

    def check(self) -> None:
        if self.shape == (0,):
            raise ValueError("the number of vector elements must be positive")
        element = self.element_type
        scalar = isinstance(element, IntegerType | BuiltinFloat) and is_compatible(element)
        if not scalar and not isinstance(element, PointerType | PPCFloatType):
            raise ValueError("invalid vector element type")

    @classmethod
    def parse(cls, stream: TokenStream) -> Type:
        stream.expect("<")
        position = stream.pos
        sizes, brackets = parse_dimensions(stream)
        scalable = len(sizes) == 2 and sizes[0] is None
        count = sizes[scalable:]
        if len(count) != 1 or count[0] is None or any(brackets):
            raise stream.error("expected '? x <integer> x <type>' or '<integer> x <type>'", position)
        position = stream.pos
        element = parse_nested(stream)
        if not (scalable or isinstance(element, LLVMType)):
            raise stream.error("cannot use !llvm.vec for built-in primitives, use 'vector' instead", position)
        stream.expect(">")
        return cls(tuple(count), element, (scalable,))

    def text(self, spell: Spell) -> str:
        return f"<{'? x ' if any(self.scalable) else ''}{self.shape[0]} x {nested(self.element_type, spell)}>"


class TargetType(LLVMType):
    """`!llvm.target<"name", i32, 1>`: a type of a target, with types and numbers as parameters."""

    name: ClassVar[str] = "llvm.target"

    identifier: str
    types: tuple[Type, ...] = ()
    integers: tuple[int, ...] = ()

    @classmethod
    def parse(cls, stream: TokenStream) -> Type:
        stream.expect("<")
        position = stream.pos
        identifier = stream.next()
        if identifier[:1] != '"':
            raise stream.error("expected a string", position)
        types: list[Type] = []
        integers: list[int] = []
        while stream.accept(","):
            if stream.peek().isdecimal():
                integers.append(parse_unsigned(stream, 32))
            elif integers:
                raise stream.error("failed to parse parameter list for target extension type")
            else:
                types.append(parse_nested(stream))
        stream.expect(">")
        return cls(unquote(stream, identifier, position), tuple(types), tuple(integers))

    def text(self, spell: Spell) -> str:
        return f"<{', '.join([quote(self.identifier), *map(spell, self.types), *map(str, self.integers)])}>"


class FunctionType(LLVMType):
    """`!llvm.func<i32 (ptr, ...)>`."""

    name: ClassVar[str] = "llvm.func"

    result: Type
    parameters: tuple[Type, ...]
    is_vararg: bool = False

    stored: ClassVar[bool] = False
    returned: ClassVar[bool] = False
    passed: ClassVar[bool] = False

    def check(self) -> None:
        if not getattr(self.result, "returned", True):
            raise ValueError(f"invalid function result type: '{self.result}'")
        for type in self.parameters:
            if not getattr(type, "passed", True):
                raise ValueError(f"invalid function argument type: '{type}'")

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


for _cls in (PointerType, StructType, ArrayType, VecType, TargetType, FunctionType):
    register_type(_cls)


def _check_stored(types: tuple[Type, ...], what: str) -> None:
    for type in types:
        if not getattr(type, "stored", True):
            raise ValueError(f"invalid {what} element type: '{type}'")


def parse_nested(stream: TokenStream) -> Type:
    """A type inside another: `ptr` stands for `!llvm.ptr`."""
    cls = lookup_type(f"llvm.{stream.peek()}")
    if cls is None:
        parsed = parse_optional_type(stream)
        if parsed is None:
            token = stream.peek()
            raise stream.error(f"unknown LLVM type: {token}") if token[:1].isalpha() else stream.unexpected("a type")
        return parsed
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


_is_float = is_a(BuiltinFloat, PPCFloatType)
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
ScalarIntegerOrPointer = Constraint(
    "signless integer or LLVM pointer type", lambda type: signless(type) or _is_pointer(type)
)
Scalar = Constraint(
    "floating point LLVM type or LLVM pointer type or signless integer",
    lambda type: _is_float(type) or _is_pointer(type) or signless(type),
)
Aggregate = Constraint("LLVM aggregate type", is_a(StructType, ArrayType))
Compatible = Constraint("LLVM dialect-compatible type", is_compatible)

ptr = PointerType()
void = VoidType()


def same_shape(type: Type, element: Type) -> Type:
    """`element`, or a vector of it with the shape of `type` where that is a vector."""
    return vector_of(element, type, type.shape) if isinstance(type, VectorType) else element


def vector_of(element: Type, like: VectorType, shape: tuple[int | None, ...]) -> VectorType:
    """A vector of `element`, scalable where `like` is."""
    vector = VecType if isinstance(element, LLVMType) else VectorType
    return vector(shape, element, like.scalable)


def string_bytes(text: str) -> bytes:
    """The bytes of a string constant; bytes that are no UTF-8 are carried as surrogates."""
    return text.encode("utf-8", "surrogateescape")


def string_type(text: str) -> ArrayType:
    """The type of a string as a constant: an array of its bytes."""
    return ArrayType(len(string_bytes(text)), IntegerType(8))
