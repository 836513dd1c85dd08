"""`#stablehlo.bounds<?, 4>`: upper bounds of the dynamic sizes of a tensor, as its encoding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from irc.ir.attributes import Attribute
from irc.ir.types import Dimension, Shape, ShapedType, TensorType, Type
from irc.ods.registry import register_attribute
from irc.text.numbers import parse_integer

if TYPE_CHECKING:
    from irc.text.lexer import TokenStream


def parse_size(stream: TokenStream) -> Dimension:
    """A number, or `?`."""
    if stream.accept("?"):
        return None
    return parse_integer(stream)


class TypeExtensions(Attribute):
    """`#stablehlo.bounds<3, ?>`: a bound, or none, for each dimension."""

    name = "stablehlo.bounds"

    bounds: tuple[Dimension, ...]

    def check_encoding(self, type: ShapedType) -> None:
        """Raise `ValueError` unless the attribute may be the encoding of a tensor type."""
        if len(self.bounds) != type.rank:
            plain = TensorType(type.shape, type.element_type)
            raise ValueError(
                f"Bounds length is {len(self.bounds)}, expected to be equal to rank({type.rank}) of the tensor '{plain}'"
            )
        for size, bound in zip(type.shape, self.bounds, strict=True):
            if size is not None and bound is not None:
                raise ValueError(f"Static dimension {size} cannot have a bound, use `?` to indicate a missing bound")

    @classmethod
    def parse(cls, stream: TokenStream) -> TypeExtensions:
        stream.expect("<")
        bounds: list[Dimension] = []
        while not stream.accept(">"):
            if bounds:
                stream.expect(",")
            bounds.append(parse_size(stream))
        return cls(tuple(bounds))

    def text(self, _spell: object) -> str:
        return f"<{', '.join('?' if bound is None else str(bound) for bound in self.bounds)}>"


class _LongForm(Attribute):
    """`#stablehlo.type_extensions<bounds = [3, ?]>`, another spelling of the same."""

    name = "stablehlo.type_extensions"

    @staticmethod
    def parse(stream: TokenStream) -> TypeExtensions:
        for token in ("<", "bounds", "=", "["):
            stream.expect(token)
        bounds: list[Dimension] = []
        while not stream.accept("]"):
            if bounds:
                stream.expect(",")
            bounds.append(parse_size(stream))
        stream.expect(">")
        return TypeExtensions(tuple(bounds))


register_attribute(TypeExtensions)
register_attribute(_LongForm)


def bounds_of(type: TensorType) -> tuple[Dimension, ...]:
    """The bound of each dimension, `None` where there is none."""
    encoding = type.encoding
    if isinstance(encoding, TypeExtensions) and len(encoding.bounds) == type.rank:
        return encoding.bounds
    return (None,) * type.rank


def bounded(shape: Shape, element: Type, bounds: Sequence[Dimension]) -> TensorType:
    """The tensor type with the given sizes and bounds; the bound of a known size is left out."""
    kept = tuple(bound if size is None else None for size, bound in zip(shape, bounds, strict=True))
    has_bounds = any(bound is not None for bound in kept)
    return TensorType(tuple(shape), element, TypeExtensions(kept) if has_bounds else None)
