"""Flags and predicates of the `arith` dialect."""

from __future__ import annotations

from irc.ir.attributes import IntegerAttr
from irc.ir.types import i64
from irc.ods.enums import FlagsAttr
from irc.text.diagnostics import did_you_mean
from irc.text.op_parser import OpParser

CMPI = {word: i for i, word in enumerate(("eq", "ne", "slt", "sle", "sgt", "sge", "ult", "ule", "ugt", "uge"))}
"""The predicates of `arith.cmpi`, with upstream's numbers."""

CMPF = {
    word: i
    for i, word in enumerate(
        (
            "false",
            "oeq",
            "ogt",
            "oge",
            "olt",
            "ole",
            "one",
            "ord",
            "ueq",
            "ugt",
            "uge",
            "ult",
            "ule",
            "une",
            "uno",
            "true",
        )
    )
}
"""The predicates of `arith.cmpf`: ordered ones are false and unordered ones true where an operand is NaN."""


class FastMath(FlagsAttr):
    """What a transformation may assume of floats."""

    name = "arith.fastmath"
    cases = ("none", "reassoc", "nnan", "ninf", "nsz", "arcp", "contract", "afn", "fast")
    everything = "fast"

    def allows(self, flag: str) -> bool:
        """Whether `flag` is in the set."""
        return self.value == self.everything or flag in self.value.split(",")


class Overflow(FlagsAttr):
    """Overflows that do not happen."""

    name = "arith.overflow"
    cases = ("none", "nsw", "nuw")
    separator = ", "


ROUNDING = {
    word: i for i, word in enumerate(("to_nearest_even", "downward", "upward", "toward_zero", "to_nearest_away"))
}
"""The rounding modes of `arith.truncf`, with upstream's numbers."""


def parse_flags(p: OpParser, cls: type[FlagsAttr]) -> FlagsAttr:
    """`<flag, flag>`; an unknown flag is an error there."""
    position = p.stream.pos
    try:
        parsed = cls.parse(p.stream)
    except ValueError as problem:
        raise p.stream.error(str(problem), position) from None
    assert isinstance(parsed, FlagsAttr)
    return parsed


def parse_predicate(p: OpParser, words: dict[str, int]) -> IntegerAttr:
    """A predicate by its word."""
    return IntegerAttr(parse_word(p, words, "predicate"), i64)


def parse_word(p: OpParser, words: dict[str, int], what: str) -> int:
    """The number of a word, which may be quoted; `what` is what the error calls it."""
    position = p.stream.pos
    word = p.stream.next()
    if word[:1] == '"':
        word = word[1:-1]
    if word not in words:
        raise p.stream.error(f"unknown {what} '{word}'{did_you_mean(word, words)}", position)
    return words[word]


def word_of(number: IntegerAttr, words: dict[str, int]) -> str:
    """The word of a number."""
    return next((word for word, code in words.items() if code == number.value), f"<{number.value}>")
