"""Aliases: short names for types and attributes, defined before their use."""

from __future__ import annotations

import pytest
from unit.text.texts import errors, first, parse

from irc.ir.affine import AffineMap
from irc.ir.attributes import AffineMapAttr, ArrayAttr, i64_attr
from irc.ir.types import TensorType, f32
from irc.text.printer import print_op


def test_a_type_alias() -> None:
    op = first('!t = tensor<4xf32>\n%x = "test.op"() : () -> !t')
    assert op.result.type is TensorType((4,), f32)


def test_an_attribute_alias() -> None:
    assert first('#a = 5 : i64\n"test.op"() {x = [#a]} : () -> ()').get_attribute("x") is ArrayAttr((i64_attr(5),))


def test_an_alias_may_use_another() -> None:
    op = first('!e = f32\n!t = tensor<4x!e>\n#a = !t\n%x = "test.op"() {x = #a} : () -> !t')
    assert op.result.type is TensorType((4,), f32)


def test_types_attributes_and_locations_have_names_of_their_own() -> None:
    text = '!x = f32\n%v = "test.op"() : () -> !x loc(#y)\n#y = loc("a":1:2)'
    assert first(text).result.type is f32


def test_affine_maps_are_printed_by_alias() -> None:
    text = """#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0, d1) -> (d1)>
module {
  "test.op"() {maps = [#map, #map1]} : () -> ()
  "test.op"() {inside = {map = #map}} : () -> ()
  "test.op"() {map = #map1} : () -> ()
}
"""
    module = parse(text)
    assert print_op(module) == text
    assert module.body.entry.last.get_attribute("map") is AffineMapAttr(AffineMap.of_dims(2, [1]))


def test_comments_are_skipped() -> None:
    assert parse('// one\n"test.op"() : () -> () // two "three\n// four').body.entry.first.name == "test.op"


WRONG = {
    '"test.op"() {x = #no} : () -> ()': "1:18: undefined symbol alias id 'no'",
    '%x = "test.op"() : () -> !no': "1:26: undefined type alias '!no'",
    "#a = 1\n#a = 2": "2:1: redefinition of attribute alias id 'a'",
    "!a = i32\n!a = i32": "2:1: redefinition of type alias id 'a'",
    "!a = 5": "1:6: expected a type, got '5'",
    "#a = ": "1:5: expected an attribute, got end of input",
}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_is_diagnosed(text: str) -> None:
    assert errors(text) == [WRONG[text]]
