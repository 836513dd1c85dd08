"""The enumerations of the `stablehlo` dialect: `#stablehlo<precision HIGHEST>`, in a custom form the word alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from irc.ir.attributes import Attribute
from irc.ods.enums import EnumAttr
from irc.ods.registry import register_attribute

if TYPE_CHECKING:
    from irc.text.lexer import TokenStream


class WordAttr(EnumAttr):
    """Base of enumerations whose full form is `#dialect<mnemonic WORD>`."""

    name = ""
    mnemonic: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        """The words are found through `words`, by mnemonic."""

    def text(self, _spell: object = None) -> str:
        return f"<{self.mnemonic} {self.value}>"


class Precision(WordAttr):
    """How exact a product of floats has to be."""

    name = "stablehlo"
    mnemonic = "precision"
    cases = ("DEFAULT", "HIGH", "HIGHEST")


class FftType(WordAttr):
    """The kind of Fourier transform."""

    name = "stablehlo"
    mnemonic = "fft_type"
    cases = ("FFT", "IFFT", "RFFT", "IRFFT")


class ComparisonDirection(WordAttr):
    """The relation that a comparison asks for."""

    name = "stablehlo"
    mnemonic = "comparison_direction"
    cases = ("EQ", "NE", "GE", "GT", "LE", "LT")


class ComparisonType(WordAttr):
    """What the operands of a comparison are taken for."""

    name = "stablehlo"
    mnemonic = "comparison_type"
    cases = ("NOTYPE", "FLOAT", "TOTALORDER", "SIGNED", "UNSIGNED")


class Transpose(WordAttr):
    """How the matrix of a triangular system is taken."""

    name = "stablehlo"
    mnemonic = "transpose"
    cases = ("TRANSPOSE_INVALID", "NO_TRANSPOSE", "TRANSPOSE", "ADJOINT")


class RngDistribution(WordAttr):
    """A distribution of random numbers."""

    name = "stablehlo"
    mnemonic = "rng_distribution"
    cases = ("UNIFORM", "NORMAL")


class RngAlgorithm(WordAttr):
    """A generator of random bits."""

    name = "stablehlo"
    mnemonic = "rng_algorithm"
    cases = ("DEFAULT", "THREE_FRY", "PHILOX")


class ResultAccuracyMode(EnumAttr):
    """`#stablehlo.result_accuracy_mode<HIGHEST>`: how the accuracy of a result is chosen."""

    name = "stablehlo.result_accuracy_mode"
    cases = ("DEFAULT", "HIGHEST", "TOLERANCE")


def words(*classes: type[WordAttr]) -> None:
    """Make `#dialect<mnemonic WORD>` known for enumerations of one dialect."""
    table = {cls.mnemonic: cls for cls in classes}

    class Words(Attribute):
        """The enumerations of the dialect, of which each has its words: `#dialect<mnemonic WORD>`."""

        name = classes[0].name
        enumerations: ClassVar = classes

        @staticmethod
        def parse(stream: TokenStream) -> WordAttr:
            stream.expect("<")
            cls = table.get(stream.peek())
            if cls is None:
                raise stream.unexpected(f"one of {', '.join(table)}")
            stream.pos += 1
            found = cls(stream.next())
            stream.expect(">")
            return found

    register_attribute(Words)


words(Precision, FftType, ComparisonDirection, ComparisonType, Transpose, RngDistribution, RngAlgorithm)
