"""Flags and predicates of the `arith` dialect."""

from __future__ import annotations

from irc.ir.attributes import IntegerAttr
from irc.ir.types import i64
from irc.ods.enums import EnumAttr
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


class FastMath(EnumAttr):
    """What a transformation may assume of floats."""

    name = "arith.fastmath"
    cases = ("none", "reassoc", "nnan", "ninf", "nsz", "arcp", "contract", "afn", "fast")
    is_set = True


class Overflow(EnumAttr):
    """Overflows that do not happen."""

    name = "arith.overflow"
    cases = ("none", "nsw", "nuw")
    is_set = True


def parse_predicate(p: OpParser, words: dict[str, int]) -> IntegerAttr:
    """A predicate by its word."""
    position = p.stream.pos
    word = p.stream.next()
    if word[:1] == '"':
        word = word[1:-1]
    if word not in words:
        raise p.stream.error(f"unknown predicate '{word}'{did_you_mean(word, words)}", position)
    return IntegerAttr(words[word], i64)
