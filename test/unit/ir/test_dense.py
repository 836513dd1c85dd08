"""Dense attributes are NumPy arrays by another name."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from irc.ir.attributes import FloatAttr, i64_attr, unit
from irc.ir.dense import dtype_of, from_numpy, splat, splat_value, to_numpy
from irc.ir.types import FLOAT_WIDTHS, ComplexType, FloatType, IntegerType, TensorType, Type, f32, i1, i8, i32, index
from irc.text.attributes import parse_attribute
from irc.text.lexer import TokenStream
from irc.text.spelling import attribute_text

ELEMENTS: list[tuple[type, Type]] = [(np.float32, f32), (np.int8, i8), (np.bool_, i1), (np.int64, index)]


@given(
    st.sampled_from(ELEMENTS).flatmap(
        lambda kind: st.tuples(
            hnp.arrays(kind[0], hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3)), st.just(kind[1])
        )
    )
)
def test_an_array_survives_the_attribute_and_its_text(array_and_element) -> None:
    array, element = array_and_element
    attribute = from_numpy(array, TensorType(array.shape, element))
    # All bits: the signs of zeros and NaNs too. The text keeps them but for the payload of a NaN.
    assert to_numpy(attribute).tobytes() == array.tobytes()
    again: Any = parse_attribute(TokenStream(attribute_text(attribute), "-"))
    np.testing.assert_array_equal(to_numpy(again), array)


def test_equal_elements_are_a_splat() -> None:
    attribute = from_numpy([2, 2, 2], TensorType((3,), i32))
    assert attribute.is_splat
    assert attribute is splat(2, TensorType((3,), i32))


def test_zeros_of_both_signs_are_no_splat() -> None:
    assert not from_numpy([0.0, -0.0], TensorType((2,), f32)).is_splat


def test_an_empty_array_is_no_splat() -> None:
    assert not from_numpy([], TensorType((0,), f32)).is_splat


def test_a_splat_is_stored_once() -> None:
    attribute = splat(1.0, TensorType((1000, 1000), f32))
    assert len(attribute.data) == 4
    assert to_numpy(attribute).shape == (1000, 1000)


def test_elements_are_read_only() -> None:
    with pytest.raises(ValueError, match="read-only"):
        to_numpy(from_numpy([1, 2], TensorType((2,), i32)))[0] = 3


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        (i64_attr(3), 3),
        (FloatAttr.of(1.5, f32), 1.5),
        (splat(True, TensorType((2,), i1)), True),
        (from_numpy([1, 2], TensorType((2,), i32)), None),
        (unit, None),
        (None, None),
    ],
)
def test_the_value_everywhere(attribute, value) -> None:
    assert splat_value(attribute) == value


@pytest.mark.parametrize(
    ("type", "dtype"),
    [
        (i1, "bool"),
        (IntegerType(17), "int32"),
        (IntegerType(8, "unsigned"), "uint8"),
        (index, "int64"),
        (FloatType("bf16"), "bfloat16"),
        (ComplexType(f32), "complex64"),
    ],
)
def test_the_dtype_of_a_type(type: Type, dtype: str) -> None:
    assert dtype_of(type).name == dtype


@pytest.mark.parametrize("type", [IntegerType(128), FloatType("f80"), TensorType((), f32)])
def test_a_type_without_a_dtype(type: Type) -> None:
    with pytest.raises(ValueError, match="has no NumPy counterpart"):
        dtype_of(type)


SMALL = [kind for kind, width in FLOAT_WIDTHS.items() if width <= 16]


@pytest.mark.parametrize("kind", SMALL)
def test_every_number_of_a_small_float_type_is_read_back_as_it_was_printed(kind: str) -> None:
    type = FloatType(kind)
    dtype = dtype_of(type)
    unsigned = np.dtype(f"uint{8 * dtype.itemsize}")
    for value in np.arange(1 << min(type.width, 10), dtype=unsigned).view(dtype):
        attribute = FloatAttr.of(float(value), type)
        again = parse_attribute(TokenStream(attribute_text(attribute), "-"))
        assert isinstance(again, FloatAttr)
        assert again is attribute or np.isnan(float(value))
