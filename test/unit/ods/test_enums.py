"""Enumerations: attributes that are one word of a list, or several."""

from __future__ import annotations

import pytest

from irc.ir.diagnostic import DiagnosedError
from irc.ods.enums import EnumAttr
from irc.text.attributes import parse_attribute
from irc.text.lexer import TokenStream
from irc.text.spelling import attribute_text


class Color(EnumAttr):
    """One of three."""

    name = "declared.color"
    cases = ("red", "green", "blue")


class Flags(EnumAttr):
    """Any of three."""

    name = "declared.flags"
    cases = ("fast", "small", "safe")
    is_set = True


@pytest.mark.parametrize("text", ["#declared.color<red>", "#declared.flags<fast>", "#declared.flags<fast,safe>"])
def test_round_trip(text: str) -> None:
    attribute = parse_attribute(TokenStream(text, "-"))
    assert attribute_text(attribute) == text
    assert parse_attribute(TokenStream(text.replace(",", " , "), "-")) is attribute


def test_equal_words_are_one_object() -> None:
    assert Color("red") is Color("red")


@pytest.mark.parametrize("text", ["#declared.color<pink>", "#declared.flags<fast, fat>"])
def test_another_word_is_refused(text: str) -> None:
    with pytest.raises(DiagnosedError, match="expected one of"):
        parse_attribute(TokenStream(text, "-"))
