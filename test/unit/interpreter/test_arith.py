"""The interpreter's integer and float arithmetic: wrapping, signs, widths, NaN."""

from __future__ import annotations

import ml_dtypes
import numpy as np
import pytest

from irc.interpreter.core import Interpreter
from irc.ir.diagnostic import DiagnosedError
from irc.text.parser import parse_module


def apply(op: str, types: str, result: str, *values):
    """`op` on block arguments, `op` being its text with `%a, %b, …`."""
    names = [f"%{letter}" for letter, _ in zip("abc", values, strict=False)]
    parameters = ", ".join(f"{name}: {type}" for name, type in zip(names, types.split(","), strict=True))
    text = f"func.func @f({parameters}) -> {result} {{ %r = {op}\n return %r : {result} }}"
    (found,) = Interpreter(parse_module(text, "test.mlir")).call("f", *values)
    return found


INTEGERS = [
    ("arith.addi", "i8", 127, 1, -128),
    ("arith.addi", "i1", 1, 1, 0),
    ("arith.subi", "i4", -8, 1, 7),
    ("arith.muli", "i32", 1 << 20, 1 << 20, 0),
    ("arith.divsi", "i32", -7, 2, -3),
    ("arith.floordivsi", "i32", -7, 2, -4),
    ("arith.ceildivsi", "i32", -7, 2, -3),
    ("arith.remsi", "i32", -7, 2, -1),
    ("arith.divui", "i8", -1, 2, 127),
    ("arith.remui", "i8", -1, 16, 15),
    ("arith.ceildivui", "i8", -1, 2, -128),
    ("arith.maxsi", "i8", -1, 1, 1),
    ("arith.maxui", "i8", -1, 1, -1),
    ("arith.minui", "i8", -1, 1, 1),
    ("arith.andi", "i1", 1, 0, 0),
    ("arith.xori", "i8", 5, 3, 6),
    ("arith.shli", "i8", 1, 7, -128),
    ("arith.shrsi", "i8", -128, 7, -1),
    ("arith.shrui", "i8", -128, 7, 1),
    ("arith.shrui", "i4", -8, 3, 1),
]


@pytest.mark.parametrize(("name", "type", "a", "b", "expected"), INTEGERS)
def test_integers(name, type, a, b, expected):
    assert apply(f"{name} %a, %b : {type}", f"{type},{type}", type, a, b) == expected


@pytest.mark.parametrize("name", ["divsi", "divui", "remsi", "remui", "ceildivsi", "floordivsi"])
def test_division_by_zero_is_reported(name):
    with pytest.raises(DiagnosedError, match="divides by zero"):
        apply(f"arith.{name} %a, %b : i32", "i32,i32", "i32", 1, 0)


def test_the_quotient_that_does_not_fit_is_reported():
    with pytest.raises(DiagnosedError, match="overflows"):
        apply("arith.divsi %a, %b : i8", "i8,i8", "i8", -128, -1)


NAN = float("nan")


@pytest.mark.parametrize(
    ("predicate", "ordered", "with_nan"),
    [("oeq", True, False), ("ueq", True, True), ("one", False, False), ("une", False, True), ("ole", True, False),
     ("ult", False, True), ("ord", True, False), ("uno", False, True), ("false", False, False), ("true", True, True)],
)  # fmt: skip
def test_float_comparisons(predicate, ordered, with_nan):
    text = f"arith.cmpf {predicate}, %a, %b : f32"
    assert bool(apply(text, "f32,f32", "i1", 1.0, 1.0)) is ordered
    assert bool(apply(text, "f32,f32", "i1", 1.0, NAN)) is with_nan


@pytest.mark.parametrize(("predicate", "expected"), [("slt", True), ("ult", False), ("ugt", True), ("ne", True)])
def test_integer_comparisons(predicate, expected):
    assert bool(apply(f"arith.cmpi {predicate}, %a, %b : i8", "i8,i8", "i1", -1, 1)) is expected


def test_maximum_spreads_nan_and_maxnum_does_not():
    assert np.isnan(apply("arith.maximumf %a, %b : f32", "f32,f32", "f32", NAN, 1.0))
    assert apply("arith.maxnumf %a, %b : f32", "f32,f32", "f32", NAN, 1.0) == 1.0


@pytest.mark.parametrize(
    ("name", "source", "value", "target", "expected"),
    [
        ("extsi", "i1", 1, "i32", -1),
        ("extui", "i1", 1, "i32", 1),
        ("extui", "i8", -1, "i32", 255),
        ("trunci", "i32", 300, "i8", 44),
        ("trunci", "i32", 2, "i1", 0),
        ("sitofp", "i8", -2, "f32", -2.0),
        ("uitofp", "i8", -2, "f32", 254.0),
        ("fptosi", "f32", -2.9, "i32", -2),
        ("fptoui", "f32", 200.5, "i8", -56),
        ("index_cast", "i32", -1, "index", -1),
        ("index_castui", "i32", -1, "index", 4294967295),
        ("truncf", "f64", 1.0 + 2**-30, "f32", 1.0),
        ("bitcast", "f32", 1.0, "i32", 0x3F800000),
    ],
)
def test_casts(name, source, value, target, expected):
    assert apply(f"arith.{name} %a : {source} to {target}", source, target, value) == expected


def test_small_floats_are_rounded_after_each_op():
    found = apply("arith.addf %a, %b : bf16", "bf16,bf16", "bf16", 256.0, 1.0)
    assert found.dtype == ml_dtypes.bfloat16
    assert found == 256.0


def test_ops_work_on_tensors_too():
    a, b = np.arange(3, dtype=np.int32), np.full(3, 2, np.int32)
    kind = "tensor<3xi32>"
    found = apply(f"arith.muli %a, %b : {kind}", f"{kind},{kind}", kind, a, b)
    assert found.tolist() == [0, 2, 4]


@pytest.mark.parametrize(
    ("op", "type", "value", "expected"),
    [
        ("math.exp", "f64", 1.0, np.e),
        ("math.erf", "f64", 0.5, 0.5204998778130465),
        ("math.rsqrt", "f32", 4.0, 0.5),
        ("math.round", "f32", -2.5, -3.0),
        ("math.round", "f64", 0.49999999999999994, 0.0),
        ("math.roundeven", "f32", 2.5, 2.0),
        ("math.absi", "i8", -128, -128),
        ("math.ctlz", "i16", 1, 15),
        ("math.cttz", "i16", 0, 16),
        ("math.ctpop", "i8", -1, 8),
    ],
)
def test_math(op, type, value, expected):
    assert apply(f"{op} %a : {type}", type, type, value) == expected


def test_fma_is_rounded_once():
    x = 1.0 + 2.0**-30
    assert apply("math.fma %a, %b, %c : f64", "f64,f64,f64", "f64", x, x, -(1.0 + 2.0**-29)) == 2.0**-60


def second(op: str, types: str, *values):
    """Both results of `op`."""
    names, (low, high) = [f"%{letter}" for letter, _ in zip("ab", values, strict=True)], types.split(",")
    parameters = ", ".join(f"{name}: {low}" for name in names)
    text = f"func.func @f({parameters}) -> ({low}, {high}) {{ %r:2 = {op}\n return %r#0, %r#1 : {low}, {high} }}"
    return Interpreter(parse_module(text, "test.mlir")).call("f", *values)


@pytest.mark.parametrize(
    ("type", "a", "b", "total", "carry"),
    [("i8", -1, 1, 0, True), ("i8", 127, 1, -128, False), ("i4", -1, -1, -2, True), ("i1", 1, 1, 0, True),
     ("i64", -1, 2, 1, True), ("i64", 1, 2, 3, False)],
)  # fmt: skip
def test_a_sum_with_its_carry(type, a, b, total, carry):
    assert second(f"arith.addui_extended %a, %b : {type}, i1", f"{type},i1", a, b) == [total, carry]


@pytest.mark.parametrize(
    ("name", "type", "a", "b", "low", "high"),
    [("mulsi", "i8", -128, -128, 0, 64), ("mului", "i8", -1, -1, 1, -2), ("mulsi", "i8", -1, 1, -1, -1),
     ("mulsi", "i64", -1 << 63, -1 << 63, 0, 1 << 62), ("mului", "i64", -1, -1, 1, -2), ("mulsi", "i4", -8, 7, -8, -4),
     ("mulsi", "i1", 1, 1, 1, 0), ("mului", "i1", 1, 1, 1, 0)],
)  # fmt: skip
def test_a_product_in_twice_the_width(name, type, a, b, low, high):
    assert second(f"arith.{name}_extended %a, %b : {type}", f"{type},{type}", a, b) == [low, high]


def test_extended_arithmetic_of_vectors():
    found = second(
        "arith.addui_extended %a, %b : vector<2xi8>, vector<2xi1>", "vector<2xi8>,vector<2xi1>", [-1, 1], [1, 1]
    )
    assert [each.tolist() for each in found] == [[0, 2], [True, False]]


@pytest.mark.parametrize(
    ("type", "base", "exponent", "expected"),
    [("i32", 3, 4, 81), ("i8", 2, 9, 0), ("i8", -3, 3, -27), ("i32", 0, 0, 1), ("i32", 5, -1, 0), ("i32", -1, -3, -1),
     ("i64", 3, (1 << 62) + 1, pow(3, (1 << 62) + 1, 1 << 64) - (1 << 64) * (pow(3, (1 << 62) + 1, 1 << 64) >> 63))],
)  # fmt: skip
def test_powers_of_integers(type, base, exponent, expected):
    assert apply(f"math.ipowi %a, %b : {type}", f"{type},{type}", type, base, exponent) == expected


def test_a_negative_power_of_zero_is_reported():
    with pytest.raises(DiagnosedError, match="raises 0 to a negative power"):
        apply("math.ipowi %a, %b : vector<2xi8>", "vector<2xi8>,vector<2xi8>", "vector<2xi8>", [1, 0], [-1, -1])


def test_bits_of_tensors():
    types = "tensor<2xf32>", "tensor<2xi32>"
    found = apply(f"tensor.bitcast %a : {types[0]} to {types[1]}", types[0], types[1], [1.0, -0.0])
    assert found.tolist() == [0x3F800000, -(1 << 31)]
