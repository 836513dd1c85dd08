"""Conversions between floats: what LLVM calls where the processor has no instruction, and what programs give."""

from __future__ import annotations

import ctypes
from fractions import Fraction

import ml_dtypes
import numpy as np
import pytest
from unit.codegen.native import native

from irc.codegen.cpu.compiler import NativeModule, compile_object
from irc.codegen.cpu.small_floats import EXTENSION, SYMBOLS, TRUNCATIONS, conversions_text
from irc.ir.diagnostic import DiagnosedError

BFLOAT16 = np.dtype(ml_dtypes.bfloat16)
DTYPES = {
    "bfloat": BFLOAT16,
    "half": np.dtype(np.float16),
    "float": np.dtype(np.float32),
    "double": np.dtype(np.float64),
}
INTEGERS = {2: np.uint16, 4: np.uint32, 8: np.uint64}


@pytest.fixture(scope="module")
def library() -> NativeModule:
    """The functions, each behind one that takes and gives addresses."""
    signatures = {name: (wide.type, narrow.type) for name, (wide, narrow) in TRUNCATIONS.items()}
    signatures[EXTENSION] = ("half", "float")
    text = conversions_text()
    for name, (source, target) in signatures.items():
        text += f"""
define void @all{name}(ptr %x, ptr %y, i64 %n) {{
start:
  br label %next
next:
  %i = phi i64 [0, %start], [%j, %next]
  %p = getelementptr {source}, ptr %x, i64 %i
  %q = getelementptr {target}, ptr %y, i64 %i
  %a = load {source}, ptr %p
  %b = call {target} @{name}({source} %a)
  store {target} %b, ptr %q
  %j = add i64 %i, 1
  %more = icmp ult i64 %j, %n
  br i1 %more, label %next, label %end
end:
  ret void
}}"""
    return NativeModule([compile_object(text)], [f"all{name}" for name in SYMBOLS])


def convert(library, name, values, target):
    results = np.zeros(values.shape, target)
    function = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64)(library.address(f"all{name}"))
    function(values.ctypes.data, results.ctypes.data, values.size)
    return results


def interesting(dtype, narrow) -> np.ndarray:
    """Numbers of `dtype`: random bit patterns, all numbers of `narrow`, what lies half-way, and what is next to those."""
    rng = np.random.default_rng(0)
    size = dtype.itemsize
    random = rng.integers(0, 1 << (8 * size - 1), 20_000, np.uint64).astype(INTEGERS[size])
    exact = np.arange(1 << 15, dtype=np.uint16).view(narrow).astype(dtype)
    exact = exact[np.isfinite(exact)]
    halves = (exact[:-1] + exact[1:]) / 2
    near = np.concatenate([exact, halves])
    near = np.concatenate([near, np.nextafter(near, dtype.type(np.inf)), np.nextafter(near, dtype.type(0))])
    special = np.array(
        [np.inf, np.nan, np.finfo(dtype).max, np.finfo(dtype).tiny, np.finfo(dtype).smallest_subnormal], dtype
    )
    positive = np.concatenate([random.view(dtype), near, special])
    return np.concatenate([positive, -positive])


def nearest(values, narrow) -> np.ndarray:
    """`values` rounded once. ml_dtypes takes a double to a float first, so what it gives may be off by one."""
    with np.errstate(over="ignore", invalid="ignore"):
        guess = values.astype(narrow)
    if values.dtype.itemsize == 4 or narrow == np.float16:
        return guess
    bits = guess.view(np.uint16)
    finite = np.isfinite(values) & (bits & 0x7FFF < 0x7F80)
    # Half-way numbers of bfloat16 are floats: only there the first rounding can have hidden something.
    with np.errstate(over="ignore", invalid="ignore"):
        once = values.astype(np.float32)
    suspicious = finite & (once.view(np.uint32) & 0xFFFF == 0x8000)
    for i in np.flatnonzero(suspicious):
        down = int(once[i].view(np.uint32)) >> 16
        half = Fraction(float(once[i]))
        away = abs(Fraction(float(values[i]))) - abs(half)
        bits[i] = down + (1 if away > 0 else 0 if away < 0 else down & 1)
    return guess


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("name", TRUNCATIONS)
def test_truncation_rounds_to_nearest_even(library, name):
    wide, narrow = (DTYPES[format.type] for format in TRUNCATIONS[name])
    values = interesting(wide, narrow)
    found, expected = convert(library, name, values, narrow), nearest(values, narrow)
    numbers = ~np.isnan(values)
    np.testing.assert_array_equal(found[numbers].view(np.uint16), expected[numbers].view(np.uint16))
    assert np.isnan(found[~numbers].astype(np.float32)).all()
    np.testing.assert_array_equal(np.signbit(found[~numbers].astype(np.float32)), np.signbit(values[~numbers]))


def test_extension_is_exact(library):
    values = np.arange(1 << 16, dtype=np.uint16).view(np.float16)
    found = convert(library, EXTENSION, values, np.dtype(np.float32))
    np.testing.assert_array_equal(found, values.astype(np.float32))
    np.testing.assert_array_equal(np.signbit(found), np.signbit(values))


@pytest.mark.parametrize("source", ["f32", "f64"])
@pytest.mark.parametrize("target", ["f16", "bf16"])
def test_native_programs_convert(source, target):
    code = native(
        f"func.func @f(%x: {source}) -> {target} {{ %y = arith.truncf %x : {source} to {target} return %y : {target} }}"
    )
    dtype = np.dtype({"f32": np.float32, "f64": np.float64}[source])
    narrow = {"f16": np.dtype(np.float16), "bf16": BFLOAT16}[target]
    for value in (0.1, -1e9, 1e-9, np.inf, 1 + 2**-8 + 2**-20):
        x = dtype.type(value)
        (y,) = code.call("f", x)
        assert y == nearest(np.array([x]), narrow)[0]


def test_a_double_is_rounded_once():
    code = native("func.func @f(%x: f64) -> bf16 { %y = arith.truncf %x : f64 to bf16 return %y : bf16 }")
    assert float(code.call("f", 1 + 2**-8 + 2**-40)[0]) == 1 + 2**-7


def test_arithmetic_on_bfloat16():
    code = native("func.func @f(%x: bf16) -> bf16 { %y = arith.mulf %x, %x : bf16 return %y : bf16 }")
    x = BFLOAT16.type(1.1)
    assert code.call("f", x)[0] == x * x


def test_an_unknown_external_function_is_an_error_where_it_is_called():
    text = """func.func private @no_such_function(f32) -> f32
    func.func @f(%x: f32) -> f32 {
      %y = call @no_such_function(%x) : (f32) -> f32
      return %y : f32
    }"""
    with pytest.raises(DiagnosedError, match="there is no symbol 'no_such_function'") as caught:
        native(text)
    (diagnostic,) = caught.value.diagnostics
    assert next(diagnostic.location.files()).line == 3
    assert next(diagnostic.notes[0].location.files()).line == 1


def test_an_external_function_that_is_not_called_does_no_harm():
    assert native("func.func private @no_such_function() func.func @f(%x: i32) -> i32 { return %x : i32 }").call(
        "f", 3
    ) == [3]
