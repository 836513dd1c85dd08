"""Types and attributes are read and printed as MLIR spells them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irc.ir.attributes import FloatAttr
from irc.ir.diagnostic import DiagnosedError
from irc.ir.recursion import MAX_FRAMES, frames
from irc.ir.types import f32, f64
from irc.text.attributes import parse_attribute
from irc.text.lexer import TokenStream
from irc.text.spelling import attribute_text, type_text
from irc.text.types import parse_type

TYPES = [
    "i1", "si8", "ui64", "i17", "index", "none", "f32", "bf16", "f8E4M3FN", "complex<f64>", "tuple<>", "tuple<i1, f32>",
    "tensor<f32>", "tensor<4x?xf32>", "tensor<0x8xi1>", "tensor<*xf64>", "vector<4xf32>", "vector<2x[4]xi8>",
    "memref<4xf32>", "memref<0x8xf32, 1>", "memref<?x8xf32, strided<[?, 1], offset: ?>>", "memref<*xi32>",
    "tensor<2xcomplex<f32>>", "() -> ()", "(i1, tensor<2xf32>) -> (f32, f32)", "(i1) -> f32",
]  # fmt: skip

ATTRIBUTES = [
    "unit", "true", "42 : i32", "-7 : index", "1.500000e+00 : f32", "1.000000e-01 : f64", "0x7FC00000 : f32",
    "0x7FF0000000000000 : f64", '"text"', '"a\\22b\\0A"', "[]", "[1, 2.500000e+00, true]", "{}", "{a, b = 1 : i8}", "@f",
    "@f::@g", '@"odd name"', "f32", "array<i64>", "array<i32: 1, -2>", "array<i1: true, false>", "array<f32: 1.000000e+00>",
    "dense<0.000000e+00> : tensor<4xf32>", "dense<[[1, 2], [3, 4]]> : tensor<2x2xi32>", "dense<> : tensor<0x3xf32>",
    "dense<true> : vector<3xi1>", "affine_map<(d0, d1)[s0] -> (d0 + s0, d1 * 2 - 1)>",
    "affine_map<(d0) -> (d0 floordiv 4, d0 mod 4, (d0 + 1) * 3)>", "affine_map<() -> ()>",
    "strided<[1, ?], offset: 3>", "strided<[]>",
]  # fmt: skip


@pytest.mark.parametrize("text", TYPES)
def test_type_round_trip(text: str) -> None:
    type = parse_type(TokenStream(text, "-"))
    assert type_text(type).replace('"', "") == text
    assert parse_type(TokenStream(type_text(type), "-")) is type


@pytest.mark.parametrize("text", ATTRIBUTES)
def test_attribute_round_trip(text: str) -> None:
    attribute = parse_attribute(TokenStream(text, "-"))
    assert parse_attribute(TokenStream(attribute_text(attribute), "-")) is attribute
    assert attribute_text(attribute).replace("\\22", '\\"') == text.replace("\\22", '\\"')


WRONG = {
    "tensor<4x": "expected",
    "tensor<4x?y>": "expected",
    "vector<?xf32>": "vector types must have positive constant sizes",
    "tensor<4xnone>": "invalid tensor element type",
    "i99999999999": "integer bitwidth is limited",
    "!nothing": "undefined type alias",
    "complex<index>": "invalid element type for complex",
    "tuple<" * 5000: "nested more than",
}


@pytest.mark.parametrize("text", WRONG)
def test_wrong_type(text: str) -> None:
    with frames(MAX_FRAMES), pytest.raises(DiagnosedError) as caught:
        parse_type(TokenStream(text, "-"))
    assert WRONG[text] in str(caught.value)


WRONG_ATTRIBUTES = {
    "300 : i8": "out of range",
    "1 : f32": "write '1.0'",
    "1.5 : i32": "expected an integer",
    "{a = 1, a = 2}": "duplicate key 'a'",
    "dense<[1, 2]> : tensor<3xi32>": "does not match type",
    "dense<[[1], [2, 3]]> : tensor<2x2xi32>": "ranks are not consistent",
    "dense<1.5> : tensor<2xi32>": "expected an integer",
    "affine_map<(d0, d1) -> (d0 * d1)>": "non-affine",
    "affine_map<(d0) -> (d1)>": "undeclared identifier 'd1'",
    '"open': "unterminated string",
    "#alias": "undefined symbol alias",
    "[" * 5000: "nested more than",
}


@pytest.mark.parametrize("text", WRONG_ATTRIBUTES)
def test_wrong_attribute(text: str) -> None:
    with frames(MAX_FRAMES), pytest.raises(DiagnosedError) as caught:
        parse_attribute(TokenStream(text, "-"))
    assert WRONG_ATTRIBUTES[text] in str(caught.value)


@given(st.floats())
def test_floats_keep_their_value(value: float) -> None:
    for type in (f32, f64):
        attribute = FloatAttr.of(value, type)
        again = parse_attribute(TokenStream(attribute_text(attribute), "-"))
        assert isinstance(again, FloatAttr)
        assert again.value == attribute.value or (math.isnan(again.value) and math.isnan(attribute.value))


@given(st.text())
def test_lexing_never_fails_and_keeps_offsets(text: str) -> None:
    stream = TokenStream(text, "-")
    for token, offset in zip(stream.tokens, stream.offsets, strict=True):
        assert text.startswith(token, offset)
