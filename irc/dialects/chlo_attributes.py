"""The attributes of the `chlo` dialect."""

from __future__ import annotations

from irc.dialects.stablehlo_attributes import Dims, StructAttr
from irc.dialects.stablehlo_enums import WordAttr, words


class ComparisonDirection(WordAttr):
    """The relation that a comparison asks for."""

    name = "chlo"
    mnemonic = "comparison_direction"
    cases = ("EQ", "NE", "GE", "GT", "LE", "LT")


class ComparisonType(WordAttr):
    """What the operands of a comparison are taken for."""

    name = "chlo"
    mnemonic = "comparison_type"
    cases = ("NOTYPE", "FLOAT", "TOTALORDER", "SIGNED", "UNSIGNED")


class Precision(WordAttr):
    """How exact a product of floats has to be."""

    name = "chlo"
    mnemonic = "precision"
    cases = ("DEFAULT", "HIGH", "HIGHEST")


words(ComparisonDirection, ComparisonType, Precision)


class RaggedDotDimensionNumbers(StructAttr):
    """The dimensions of a ragged dot: those of a dot, that of the groups, and that which is cut into them."""

    name = "chlo.ragged_dot"

    lhs_batching_dimensions: Dims = ()
    rhs_batching_dimensions: Dims = ()
    lhs_contracting_dimensions: Dims = ()
    rhs_contracting_dimensions: Dims = ()
    lhs_ragged_dimensions: Dims = ()
    rhs_group_dimensions: Dims = ()
