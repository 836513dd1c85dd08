"""Types, attributes and affine expressions are interned: equal ones are the same object, and nobody can change them."""

from __future__ import annotations

import copy
import math
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irc.ir.attributes import (
    ArrayAttr,
    DenseArrayAttr,
    DictionaryAttr,
    FloatAttr,
    IntegerAttr,
    StringAttr,
    SymbolRefAttr,
    i64_attr,
    true,
    unit,
)
from irc.ir.types import (
    FloatType,
    FunctionType,
    IntegerType,
    TensorType,
    VectorType,
    f32,
    f64,
    i1,
    i8,
    i32,
    i64,
    index,
)


def test_equal_types_are_one_object() -> None:
    assert TensorType((4, None), f32) is TensorType((4, None), FloatType("f32"))
    assert FunctionType((i32,), ()) is FunctionType((IntegerType(32),), ())


def test_types_that_differ_in_one_field_are_two_objects() -> None:
    assert TensorType((4,), f32) is not TensorType((None,), f32)
    assert len({TensorType((4,), f32), VectorType((4,), f32)}) == 2
    assert IntegerType(8, "unsigned") is not i8


def test_equal_attributes_are_one_object() -> None:
    assert ArrayAttr((i64_attr(1), unit)) is ArrayAttr((IntegerAttr(1, i64), unit))
    assert SymbolRefAttr("f") is SymbolRefAttr("f", ())


def test_a_number_of_another_type_is_another_attribute() -> None:
    assert IntegerAttr(1, i32) is not IntegerAttr(1, i64)
    assert IntegerAttr(1, index) is not IntegerAttr(1, i64)


def test_dictionaries_are_sorted() -> None:
    one = DictionaryAttr.of({"b": unit, "a": true})
    assert one is DictionaryAttr.of({"a": true, "b": unit})
    assert [key for key, _ in one.entries] == ["a", "b"]


@pytest.mark.parametrize(("value", "kept"), [(255, -1), (-1, -1), (127, 127), (128, -128)])
def test_integers_are_kept_in_the_range_of_their_type(value: int, kept: int) -> None:
    assert IntegerAttr(value, i8).value == kept


def test_a_bool_is_zero_or_one() -> None:
    assert IntegerAttr(-1, i1) is true
    assert IntegerAttr(True, i1) is true


def test_unsigned_integers_are_not_negative() -> None:
    assert IntegerAttr(-1, IntegerType(8, "unsigned")).value == 255


def test_floats_are_rounded_to_their_type() -> None:
    assert FloatAttr.of(0.1, f32).value == pytest.approx(0.1, rel=1e-7)
    assert FloatAttr.of(0.1, f32).value != 0.1
    assert FloatAttr.of(0.1, f64).value == 0.1


def test_an_overflowing_float_is_infinite() -> None:
    assert FloatAttr.of(-1e300, f32).value == -math.inf
    assert FloatAttr.of(1e10, FloatType("f16")).value == math.inf


def test_zeros_of_both_signs_are_two_attributes() -> None:
    assert FloatAttr.of(0.0, f32) is not FloatAttr.of(-0.0, f32)


def test_a_nan_is_itself() -> None:
    assert FloatAttr.of(math.nan, f32) is FloatAttr.of(float("nan"), f32)


def test_an_array_of_floats_keeps_the_sign_of_zero() -> None:
    positive, negative = DenseArrayAttr(f32, (0.0,)), DenseArrayAttr(f32, (-0.0,))
    assert math.copysign(1, positive.values[0]) == 1
    assert math.copysign(1, negative.values[0]) == -1


def test_an_array_with_a_nan_is_itself() -> None:
    assert DenseArrayAttr(f32, (math.nan,)) is DenseArrayAttr(f32, (float("nan"),))


def test_an_array_of_integers_holds_integers() -> None:
    assert repr(DenseArrayAttr(i8, (True, 2)).values) == "(1, 2)"


def test_fields_cannot_be_assigned() -> None:
    with pytest.raises(AttributeError, match="IntegerType is immutable"):
        i32.width = 64  # type: ignore[misc]  # the point of the test


@given(st.text())
def test_a_copy_is_the_original(text: str) -> None:
    attribute = ArrayAttr((StringAttr(text), i64_attr(3)))
    assert copy.deepcopy(attribute) is attribute
    assert pickle.loads(pickle.dumps(attribute)) is attribute


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: IntegerType(1 << 24), "integer bitwidth is limited"),
        (lambda: FloatType("f33"), "unknown float type 'f33'"),
        (lambda: TensorType((-1,), f32), "must not be negative"),
        (lambda: VectorType((0,), f32), "positive constant sizes"),
        (lambda: TensorType((2,), TensorType((2,), f32)), "invalid tensor element type"),
        (lambda: IntegerAttr(1, f32), "needs an integer or index type"),
    ],
)
def test_what_makes_no_sense_cannot_be_made(make, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()
