"""`#stablehlo.conv<[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]>`: what each dimension of a convolution is.

`b` and `f` are batch and feature of the input and the output, `i` and `o` the input and output features of the kernel,
numbers the spatial dimensions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from irc.dialects.stablehlo_attributes import Dims, parse_dims, parse_struct
from irc.ir.attributes import Attribute
from irc.ods.registry import register_attribute
from irc.text.numbers import parse_integer

if TYPE_CHECKING:
    from irc.text.lexer import TokenStream


class ConvDimensionNumbers(Attribute):
    """The dimensions of a convolution's input, kernel and output."""

    name = "stablehlo.conv"

    input_batch_dimension: int
    input_feature_dimension: int
    input_spatial_dimensions: Dims
    kernel_input_feature_dimension: int
    kernel_output_feature_dimension: int
    kernel_spatial_dimensions: Dims
    output_batch_dimension: int
    output_feature_dimension: int
    output_spatial_dimensions: Dims

    @classmethod
    def parse(cls, stream: TokenStream) -> ConvDimensionNumbers:
        stream.expect("<")
        if stream.accept("raw"):
            position = stream.pos
            parsers = {name: parse_dims if "spatial" in name else parse_integer for name in cls.fields}
            found = parse_struct(stream, parsers)
            missing = [name for name in cls.fields if name not in found]
            if missing:
                raise stream.error(f"missing `{missing[0]}`", position)
            return cls(**found)
        numbers = parse_conv_numbers(stream)
        stream.expect(">")
        return numbers

    def text(self, _spell: object) -> str:
        return f"<{self.spelled()}>" if self.is_valid() else f"<raw {self._raw()}>"

    def _raw(self) -> str:
        parts = []
        for name in type(self).fields:
            value = getattr(self, name)
            parts.append(f"{name} = {list(value) if isinstance(value, tuple) else value}")
        return ", ".join(parts)

    def is_valid(self) -> bool:
        """Whether each of the three lists names every dimension once."""
        return all(sorted((first, second, *spatial)) == list(range(len(spatial) + 2)) for _, first, second, spatial in
                   self.sides())  # fmt: skip

    def sides(self) -> list[tuple[str, int, int, Dims]]:
        """For input, kernel and output the letters, the two dimensions they stand for, and the spatial ones."""
        return [
            ("bf", self.input_batch_dimension, self.input_feature_dimension, self.input_spatial_dimensions),
            ("io", self.kernel_input_feature_dimension, self.kernel_output_feature_dimension, self.kernel_spatial_dimensions),
            ("bf", self.output_batch_dimension, self.output_feature_dimension, self.output_spatial_dimensions),
        ]  # fmt: skip

    def spelled(self) -> str:
        """`[b, 0, f]x[0, i, o]->[b, 0, f]`."""
        lists = []
        for letters, first, second, spatial in self.sides():
            entries = {first: letters[0], second: letters[1]} | {dim: str(i) for i, dim in enumerate(spatial)}
            lists.append("[" + ", ".join(entries[i] for i in sorted(entries)) + "]")
        return f"{lists[0]}x{lists[1]}->{lists[2]}"


register_attribute(ConvDimensionNumbers)


def _parse_list(stream: TokenStream, letters: str) -> tuple[int, int, Dims]:
    """`[b, 0, f]`: where the two letters stand, and where 0, 1, … stand."""
    found: dict[str, int] = {}
    stream.expect("[")
    while not stream.accept("]"):
        if found:
            stream.expect(",")
        position = stream.pos
        entry = stream.next()
        if not ((entry.isascii() and entry.isdecimal()) or entry in tuple(letters)):
            raise stream.error(f"Unexpected dimension {entry}, expecting {', '.join(letters)}", position)
        if entry in found:
            kind = "dimension" if entry in tuple(letters) else "spatial dimension"
            raise stream.error(f"Duplicate entries for {kind} {entry}", position)
        found[entry] = len(found)
    for letter in letters:
        if letter not in found:
            raise stream.error(f"Expected dimensions {letter} not specified", stream.pos - 1)
    first, second = (found.pop(letter) for letter in letters)
    spatial = {int(digit): place for digit, place in found.items()}
    missing = next((i for i in range(len(spatial)) if i not in spatial), None)
    if missing is not None:
        raise stream.error(f"Expected spatial dimension {missing} not specified", stream.pos - 1)
    return first, second, tuple(spatial[i] for i in sorted(spatial))


def parse_conv_numbers(stream: TokenStream) -> ConvDimensionNumbers:
    """`[b, 0, f]x[0, i, o]->[b, 0, f]`."""
    inputs = _parse_list(stream, "bf")
    stream.expect("x")
    kernel = _parse_list(stream, "io")
    stream.expect("->")
    return ConvDimensionNumbers(*inputs, *kernel, *_parse_list(stream, "bf"))
