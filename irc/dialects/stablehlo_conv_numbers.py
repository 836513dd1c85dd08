"""`#stablehlo.conv<[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]>`: what each dimension of a convolution is.

`b` and `f` are batch and feature of the input and the output, `i` and `o` the input and output features of the kernel,
numbers the spatial dimensions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from irc.dialects._conv_layouts import Layouts, is_layout, layouts_text, parse_layouts
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
        return all(map(is_layout, self.layouts()))

    def layouts(self) -> Layouts:
        """Of input, kernel and output."""
        return (
            (self.input_batch_dimension, self.input_feature_dimension, self.input_spatial_dimensions),
            (self.kernel_input_feature_dimension, self.kernel_output_feature_dimension, self.kernel_spatial_dimensions),
            (self.output_batch_dimension, self.output_feature_dimension, self.output_spatial_dimensions),
        )

    def spelled(self) -> str:
        """`[b, 0, f]x[0, i, o]->[b, 0, f]`."""
        return layouts_text(self.layouts())


register_attribute(ConvDimensionNumbers)


def parse_conv_numbers(stream: TokenStream) -> ConvDimensionNumbers:
    """`[b, 0, f]x[0, i, o]->[b, 0, f]`."""
    inputs, kernel, outputs = parse_layouts(stream)
    return ConvDimensionNumbers(*inputs, *kernel, *outputs)
