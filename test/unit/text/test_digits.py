"""Integers of many bits have more digits than Python reads and writes by itself, whose own limit stays as it is."""

from __future__ import annotations

import sys

import pytest
from unit.text.texts import errors, first

from irc.ir.attributes import IntegerAttr
from irc.text.printer import print_op

DIGITS = "9" * 6000


@pytest.mark.parametrize(
    "value",
    [
        f"{DIGITS} : i40000",
        f"-{DIGITS} : i40000",
        f"dense<[1, {DIGITS}]> : tensor<2xi40000>",
        f"array<i40000: {DIGITS}>",
    ],
)
def test_what_is_read_is_printed(value: str) -> None:
    limit = sys.get_int_max_str_digits()
    op = first(f'"test.op"() {{v = {value}}} : () -> ()')
    assert DIGITS in print_op(op)
    assert first(print_op(op)).get_attribute("v") is op.get_attribute("v")
    assert DIGITS in str(op.get_attribute("v"))
    assert sys.get_int_max_str_digits() == limit


def test_the_value_is_right() -> None:
    value = first(f'"test.op"() {{v = {DIGITS} : i40000}} : () -> ()').get_attribute("v")
    assert isinstance(value, IntegerAttr)
    assert value.value == 10**6000 - 1


def test_too_large_numbers_are_diagnosed() -> None:
    assert errors(f'"test.op"() {{v = {DIGITS}}} : () -> ()') == ["1:18: integer constant out of range for type 'i64'"]
