"""Each lowering to the llvm dialect: native code and the interpreter at the llvm level give the same numbers, and the right ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from unit.codegen.native import run_both

RNG = np.random.default_rng(0)


def f32(*shape: int) -> np.ndarray:
    return RNG.standard_normal(shape).astype(np.float32)


# -- arith and math --------------------------------------------------------------------------------------------------

INTEGERS: dict[str, Callable[..., Any]] = {
    "addi": lambda a, b: a + b,
    "subi": lambda a, b: a - b,
    "muli": lambda a, b: a * b,
    "divsi": lambda a, b: np.trunc(a / b),
    "floordivsi": lambda a, b: np.floor(a / b),
    "ceildivsi": lambda a, b: np.ceil(a / b),
    "remsi": np.fmod,
    "divui": lambda a, b: (a % 2**32) // (b % 2**32),
    "remui": lambda a, b: (a % 2**32) % (b % 2**32),
    "ceildivui": lambda a, b: -(-(a % 2**32) // (b % 2**32)),
    "andi": lambda a, b: a & b,
    "ori": lambda a, b: a | b,
    "xori": lambda a, b: a ^ b,
    "maxsi": np.maximum,
    "minui": lambda a, b: np.minimum(a % 2**32, b % 2**32),
}


@pytest.mark.parametrize("name", INTEGERS)
def test_integers(name):
    text = f"""
    func.func @f(%x: memref<12xi32>, %y: memref<12xi32>) {{
      %c0 = arith.constant 0 : index
      %a = vector.load %x[%c0] : memref<12xi32>, vector<12xi32>
      %b = vector.load %y[%c0] : memref<12xi32>, vector<12xi32>
      %c = arith.{name} %a, %b : vector<12xi32>
      vector.store %c, %y[%c0] : memref<12xi32>, vector<12xi32>
      return
    }}"""
    a, b = (part.ravel() for part in np.meshgrid([7, -7, 6, 0], [2, -2, 3]))
    found = b.astype(np.int32)
    run_both(text, a.astype(np.int32), found)
    np.testing.assert_array_equal(found, INTEGERS[name](a, b).astype(np.int64).astype(np.int32))


@pytest.mark.parametrize("predicate", ["slt", "ule", "eq", "ugt"])
def test_integer_comparisons(predicate):
    text = f"""
    func.func @f(%x: i8, %y: i8) -> i1 {{
      %0 = arith.cmpi {predicate}, %x, %y : i8
      return %0 : i1
    }}"""
    compare = {"slt": np.less, "ule": np.less_equal, "eq": np.equal, "ugt": np.greater}[predicate]
    for x, y in [(1, -1), (-1, 1), (3, 3)]:
        unsigned = predicate[0] == "u"
        expected = compare(x % 256 if unsigned else x, y % 256 if unsigned else y)
        assert run_both(text, np.int8(x), np.int8(y)) == [expected]


FLOATS = [
    ("arith.addf %x, %y", lambda a, b: a + b),
    ("arith.remf %x, %y", np.fmod),
    ("arith.maximumf %x, %y", np.maximum),
    ("arith.maxnumf %x, %y", np.fmax),
    ("arith.minimumf %x, %y", np.minimum),
    ("math.copysign %x, %y", np.copysign),
    ("math.fma %x, %y, %x", lambda a, b: (a.astype(np.float64) * b + a).astype(np.float32)),
]


@pytest.mark.parametrize(("op", "function"), FLOATS)
def test_floats(op, function):
    text = f"func.func @f(%x: f32, %y: f32) -> f32 {{ %0 = {op} : f32\n return %0 : f32 }}"
    for a, b in [(1.5, -2.25), (np.nan, 1), (1, np.nan), (-0.0, 2), (np.inf, 3)]:
        x, y = np.float32(a), np.float32(b)
        with np.errstate(all="ignore"):
            np.testing.assert_array_equal(run_both(text, x, y), [function(x, y)])


UNARY = {
    "absf": np.abs, "sqrt": np.sqrt, "floor": np.floor, "ceil": np.ceil, "roundeven": np.rint, "trunc": np.trunc,
}  # fmt: skip


@pytest.mark.parametrize("name", UNARY)
def test_rounding_and_roots(name):
    text = f"func.func @f(%x: f64) -> f64 {{ %0 = math.{name} %x : f64\n return %0 : f64 }}"
    for x in (2.5, 3.5, 0.0, 1e300, np.inf):
        assert run_both(text, np.float64(x)) == [UNARY[name](x)]


@pytest.mark.parametrize("name", ["tan", "atan", "cbrt", "log2", "sinh", "acos", "asinh", "atanh"])
def test_library_functions(name):
    text = f"func.func @f(%x: f64) -> f64 {{ %0 = math.{name} %x : f64\n return %0 : f64 }}"
    numpy_name = {"atan": "arctan", "acos": "arccos", "asinh": "arcsinh", "atanh": "arctanh"}.get(name, name)
    (found,) = np.array(run_both_close(text, np.float64(0.7)))
    np.testing.assert_allclose(found, getattr(np, numpy_name)(0.7), rtol=1e-15)


def run_both_close(text, *arguments):
    """Library functions of NumPy and of C may differ in the last digit."""
    from unit.codegen.native import native  # noqa: PLC0415

    return native(text).call("f", *arguments)


CASTS = [
    ("arith.extsi", "i8", "i32", np.int8(-3), np.int32(-3)),
    ("arith.extui", "i8", "i32", np.int8(-3), np.int32(253)),
    ("arith.extui", "i1", "i32", np.bool_(True), np.int32(1)),
    ("arith.extsi", "i1", "i32", np.bool_(True), np.int32(-1)),
    ("arith.trunci", "i32", "i8", np.int32(300), np.int8(44)),
    ("arith.sitofp", "i32", "f64", np.int32(-5), np.float64(-5)),
    ("arith.uitofp", "i8", "f32", np.int8(-1), np.float32(255)),
    ("arith.fptosi", "f32", "i32", np.float32(-2.7), np.int32(-2)),
    ("arith.extf", "f32", "f64", np.float32(0.1), np.float64(np.float32(0.1))),
    ("arith.truncf", "f64", "f16", np.float64(0.1), np.float16(0.1)),
    ("arith.bitcast", "f32", "i32", np.float32(1), np.int32(0x3F800000)),
    ("arith.index_cast", "i32", "index", np.int32(-4), np.int64(-4)),
    ("arith.index_castui", "i32", "index", np.int32(-4), np.int64(2**32 - 4)),
    ("arith.index_cast", "index", "i8", np.int64(300), np.int8(44)),
]


@pytest.mark.parametrize(("op", "source", "target", "value", "expected"), CASTS)
def test_casts(op, source, target, value, expected):
    text = f"func.func @f(%x: {source}) -> {target} {{ %0 = {op} %x : {source} to {target}\n return %0 : {target} }}"
    (found,) = run_both(text, value)
    assert found == expected
    assert found.dtype == expected.dtype


# -- memref ----------------------------------------------------------------------------------------------------------


def test_views():
    text = """
    func.func @f(%m: memref<6x8xf32>, %i: index, %r: memref<?xf32>) {
      %s = memref.subview %m[%i, 1] [2, 3] [2, 2] : memref<6x8xf32> to memref<2x3xf32, strided<[16, 2], offset: ?>>
      %t = memref.transpose %s (i, j) -> (j, i)
        : memref<2x3xf32, strided<[16, 2], offset: ?>> to memref<3x2xf32, strided<[2, 16], offset: ?>>
      %o = memref.cast %r : memref<?xf32> to memref<6xf32>
      %e = memref.expand_shape %o [[0, 1]] output_shape [3, 2] : memref<6xf32> into memref<3x2xf32>
      memref.copy %t, %e : memref<3x2xf32, strided<[2, 16], offset: ?>> to memref<3x2xf32>
      return
    }"""
    m, r = f32(6, 8), np.zeros(6, np.float32)
    run_both(text, m, np.int64(1), r)
    np.testing.assert_array_equal(r.reshape(3, 2), m[1:5:2, 1:7:2].T)


def test_collapsing_and_reinterpreting():
    text = """
    func.func @f(%m: memref<2x?x4xf32>, %n: index) -> (f32, f32, index, index) {
      %c1 = arith.constant 1 : index
      %c = memref.collapse_shape %m [[0], [1, 2]] : memref<2x?x4xf32> into memref<2x?xf32>
      %size = memref.dim %c, %c1 : memref<2x?xf32>
      %x = memref.load %c[%c1, %n] : memref<2x?xf32>
      %r = memref.reinterpret_cast %m to offset: [2], sizes: [%n], strides: [3]
        : memref<2x?x4xf32> to memref<?xf32, strided<[3], offset: 2>>
      %y = memref.load %r[%c1] : memref<?xf32, strided<[3], offset: 2>>
      %any = memref.dim %m, %n : memref<2x?x4xf32>
      return %x, %y, %size, %any : f32, f32, index, index
    }"""
    m = f32(2, 3, 4)
    assert run_both(text, m, np.int64(2)) == [m.reshape(2, 12)[1, 2], m.ravel()[5], 12, 4]


def test_a_view_into_bytes():
    text = """
    func.func @f(%at: index, %n: index, %x: f64) -> memref<?xf64> {
      %c1 = arith.constant 1 : index
      %bytes = memref.alloc() : memref<64xi8>
      %v = memref.view %bytes[%at][%n] : memref<64xi8> to memref<?xf64>
      memref.store %x, %v[%c1] : memref<?xf64>
      %same = memref.view %bytes[%at][%n] : memref<64xi8> to memref<?xf64>
      %y = memref.load %same[%c1] : memref<?xf64>
      %r = memref.alloc(%n) : memref<?xf64>
      memref.store %y, %r[%c1] : memref<?xf64>
      memref.dealloc %bytes : memref<64xi8>
      return %r : memref<?xf64>
    }"""
    from unit.codegen.native import native  # noqa: PLC0415

    (r,) = native(text).call("f", 16, 3, 2.5)
    assert r.shape == (3,)
    assert r[1] == 2.5


def test_loops_carry_memrefs_and_branches_choose_them():
    text = """
    func.func @f(%a: memref<?xf32>, %b: memref<?xf32>, %n: index) -> (f32, index) {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %r:2 = scf.for %i = %c0 to %n step %c1 iter_args(%x = %a, %y = %b) -> (memref<?xf32>, memref<?xf32>) {
        scf.yield %y, %x : memref<?xf32>, memref<?xf32>
      }
      %v = memref.load %r#0[%c0] : memref<?xf32>
      %size = memref.dim %r#1, %c0 : memref<?xf32>
      return %v, %size : f32, index
    }"""
    a, b = f32(3), f32(5)
    assert run_both(text, a, b, np.int64(2)) == [a[0], 5]
    assert run_both(text, a, b, np.int64(3)) == [b[0], 3]


def test_calls():
    text = """
    func.func private @swap(%a: memref<2xf32>, %n: index) -> (index, memref<2xf32>) {
      return %n, %a : index, memref<2xf32>
    }
    func.func @f(%a: memref<2xf32>) -> (index, f32) {
      %c1 = arith.constant 1 : index
      %n, %m = call @swap(%a, %c1) : (memref<2xf32>, index) -> (index, memref<2xf32>)
      %x = memref.load %m[%n] : memref<2xf32>
      return %n, %x : index, f32
    }"""
    a = f32(2)
    assert run_both(text, a) == [1, a[1]]


# -- vector ----------------------------------------------------------------------------------------------------------


def vector_program(source: str, target: str, body: str) -> str:
    """Reads `%v`, a vector like the memref `source`, and writes `%r`, one like `target`."""
    inputs, outputs = source.split("x")[:-1], target.split("x")[:-1]
    zeros = [", ".join(["%c0"] * len(each)) for each in (inputs, outputs)]
    return f"""
    func.func @f(%x: memref<{source}>, %y: memref<{target}>) {{
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c2 = arith.constant 2 : index
      %v = vector.load %x[{zeros[0]}] : memref<{source}>, vector<{source}>
      {body}
      vector.store %r, %y[{zeros[1]}] : memref<{target}>, vector<{target}>
      return
    }}"""


def slice_of(offsets, sizes):
    return tuple(slice(offset, offset + size) for offset, size in zip(offsets, sizes, strict=True))


SHAPES = [
    ("2x3x4xf32", "4x2x3xf32", "%r = vector.transpose %v, [2, 0, 1] : vector<2x3x4xf32> to vector<4x2x3xf32>",
     lambda v: v.transpose(2, 0, 1)),
    ("2x6xf32", "3x4xf32", "%r = vector.shape_cast %v : vector<2x6xf32> to vector<3x4xf32>", lambda v: v.reshape(3, 4)),
    ("2x1xf32", "3x2x4xf32", "%r = vector.broadcast %v : vector<2x1xf32> to vector<3x2x4xf32>",
     lambda v: np.broadcast_to(v, (3, 2, 4))),
    ("4x8xf32", "2x3xf32",
     "%r = vector.extract_strided_slice %v {offsets = [1, 2], sizes = [2, 3], strides = [1, 1]}"
     " : vector<4x8xf32> to vector<2x3xf32>", lambda v: v[slice_of((1, 2), (2, 3))]),
    ("3x4xf32", "4xf32", "%r = vector.extract %v[2] : vector<4xf32> from vector<3x4xf32>", lambda v: v[2]),
    ("2x3x4xf32", "3x4xf32", "%r = vector.extract %v[1] : vector<3x4xf32> from vector<2x3x4xf32>", lambda v: v[1]),
    ("4xf32", "6xf32", "%r = vector.shuffle %v, %v [0, 5, 3, 3, 7, 1] : vector<4xf32>, vector<4xf32>",
     lambda v: np.concatenate([v, v])[[0, 5, 3, 3, 7, 1]]),
    ("4xf32", "8xf32", "%e = vector.extract %v[%c2] : f32 from vector<4xf32>\n %r = vector.splat %e : vector<8xf32>",
     lambda v: np.full(8, v[2])),
    ("4xf32", "4xf32", "%e = vector.extract %v[0] : f32 from vector<4xf32>\n"
     "%r = vector.insert %e, %v[%c2] : f32 into vector<4xf32>", lambda v: v[[0, 1, 0, 3]]),
    ("2x4xf32", "2x4xf32", "%e = vector.extract %v[0] : vector<4xf32> from vector<2x4xf32>\n"
     "%r = vector.insert %e, %v[1] : vector<4xf32> into vector<2x4xf32>", lambda v: v[[0, 0]]),
    ("4x8xf32", "4x8xf32",
     "%s = vector.extract_strided_slice %v {offsets = [0, 0], sizes = [2, 3], strides = [1, 1]}"
     " : vector<4x8xf32> to vector<2x3xf32>\n"
     "%r = vector.insert_strided_slice %s, %v {offsets = [1, 5], strides = [1, 1]} : vector<2x3xf32> into vector<4x8xf32>",
     lambda v: np.block([[v[:1]], [v[1:3, :5], v[:2, :3]], [v[3:]]])),
    ("2x4xf32", "2x4xf32", "%a, %b = vector.deinterleave %v : vector<2x4xf32> -> vector<2x2xf32>\n"
     "%r = vector.interleave %b, %a : vector<2x2xf32> -> vector<2x4xf32>", lambda v: v[:, [1, 0, 3, 2]]),
    ("6xf32", "6xf32", "%r = vector.flat_transpose %v {rows = 2 : i32, columns = 3 : i32} : vector<6xf32> -> vector<6xf32>",
     lambda v: v.reshape(3, 2).T.ravel()),
    ("2xf32", "2x3xf32", "%a = vector.extract %v[0] : f32 from vector<2xf32>\n"
     "%b = vector.extract %v[1] : f32 from vector<2xf32>\n"
     "%r = vector.from_elements %a, %a, %b, %b, %a, %b : vector<2x3xf32>", lambda v: v[[[0, 0, 1], [1, 0, 1]]]),
]  # fmt: skip


@pytest.mark.parametrize(("source", "target", "body", "function"), SHAPES)
def test_shapes_of_vectors(source, target, body, function):
    x = f32(*map(int, source.split("x")[:-1]))
    y = np.zeros(list(map(int, target.split("x")[:-1])), np.float32)
    run_both(vector_program(source, target, body), x, y)
    np.testing.assert_array_equal(y, function(x))


REDUCTIONS = [("add", np.sum), ("mul", np.prod), ("maximumf", np.max), ("minnumf", np.min)]


@pytest.mark.parametrize(("kind", "function"), REDUCTIONS)
@pytest.mark.parametrize("axes", [(0,), (1,), (2,), (0, 2), (0, 1)])
def test_reductions_along_axes(kind, function, axes):
    kept = [size for i, size in enumerate((2, 3, 4)) if i not in axes]
    target = "x".join(map(str, [*kept, "f32"]))
    body = f"""
      %init = vector.load %y[{", ".join(["%c0"] * len(kept))}] : memref<{target}>, vector<{target}>
      %r = vector.multi_reduction <{kind}>, %v, %init {list(axes)} : vector<2x3x4xf32> to vector<{target}>"""
    x = RNG.integers(-4, 5, (2, 3, 4)).astype(np.float32)
    y = RNG.integers(-4, 5, kept).astype(np.float32)
    expected = function(np.stack([function(x, axis=axes), y]), axis=0)
    run_both(vector_program("2x3x4xf32", target, body), x, y)
    np.testing.assert_array_equal(y, expected)


@pytest.mark.parametrize("bound", [-1, 0, 3, 8, 99])
def test_masks(bound):
    text = """
    func.func @f(%m: memref<8xf32>, %n: index, %r: memref<8xf32>) {
      %c0 = arith.constant 0 : index
      %pad = arith.constant dense<-1.0> : vector<8xf32>
      %mask = vector.create_mask %n : vector<8xi1>
      %v = vector.maskedload %m[%c0], %mask, %pad : memref<8xf32>, vector<8xi1>, vector<8xf32> into vector<8xf32>
      %w = arith.addf %v, %v : vector<8xf32>
      vector.store %v, %r[%c0] : memref<8xf32>, vector<8xf32>
      vector.maskedstore %m[%c0], %mask, %w : memref<8xf32>, vector<8xi1>, vector<8xf32>
      return
    }"""
    m, r = np.arange(1, 9, dtype=np.float32), np.zeros(8, np.float32)
    before = m.copy()
    run_both(text, m, np.int64(bound), r)
    inside = np.arange(8) < bound
    np.testing.assert_array_equal(r, np.where(inside, before, -1))
    np.testing.assert_array_equal(m, np.where(inside, 2 * before, before))


@pytest.mark.parametrize(("i", "j"), [(0, 0), (2, 3), (3, 6)])
def test_transfers_across_the_border(i, j):
    text = """
    func.func @f(%m: memref<4x8xf32>, %i: index, %j: index, %r: memref<2x4xf32>) {
      %c0 = arith.constant 0 : index
      %pad = arith.constant -1.0 : f32
      %v = vector.transfer_read %m[%i, %j], %pad : memref<4x8xf32>, vector<2x4xf32>
      vector.store %v, %r[%c0, %c0] : memref<2x4xf32>, vector<2x4xf32>
      %w = arith.negf %v : vector<2x4xf32>
      vector.transfer_write %w, %m[%i, %j] : vector<2x4xf32>, memref<4x8xf32>
      return
    }"""
    m, r = np.arange(1, 33, dtype=np.float32).reshape(4, 8), np.zeros((2, 4), np.float32)
    expected = m.copy()
    padded = np.pad(m, ((0, 2), (0, 4)), constant_values=-1)[i : i + 2, j : j + 4]
    expected[i : i + 2, j : j + 4] *= -1
    run_both(text, m, np.int64(i), np.int64(j), r)
    np.testing.assert_array_equal(r, padded)
    np.testing.assert_array_equal(m, expected)


def test_truth_values_take_a_byte_in_memory():
    text = """
    func.func @f(%m: memref<9xi1>, %r: memref<9xi1>) {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %v = vector.load %m[%c1] : memref<9xi1>, vector<8xi1>
      vector.store %v, %r[%c0] : memref<9xi1>, vector<8xi1>
      return
    }"""
    m, r = RNG.integers(0, 2, 9).astype(np.bool_), np.zeros(9, np.bool_)
    run_both(text, m, r)
    np.testing.assert_array_equal(r[:8], m[1:])


def test_gather():
    text = """
    func.func @f(%m: memref<8xf32>, %at: memref<4xi32>, %r: memref<4xf32>) {
      %c0 = arith.constant 0 : index
      %c3 = arith.constant 3 : index
      %mask = vector.create_mask %c3 : vector<4xi1>
      %pad = arith.constant dense<-1.0> : vector<4xf32>
      %i = vector.load %at[%c0] : memref<4xi32>, vector<4xi32>
      %v = vector.gather %m[%c0] [%i], %mask, %pad
        : memref<8xf32>, vector<4xi32>, vector<4xi1>, vector<4xf32> into vector<4xf32>
      vector.store %v, %r[%c0] : memref<4xf32>, vector<4xf32>
      return
    }"""
    m, r = f32(8), np.zeros(4, np.float32)
    run_both(text, m, np.array([7, 0, 3, 99], np.int32), r)
    np.testing.assert_array_equal(r, [m[7], m[0], m[3], -1])


def test_accumulators_of_two_dimensions_stay_in_registers():
    text = """
    func.func @f(%a: memref<5x2xf32>, %b: memref<5x4xf32>, %c: memref<2x4xf32>) {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c5 = arith.constant 5 : index
      %z = arith.constant dense<0.0> : vector<2x4xf32>
      %r = scf.for %k = %c0 to %c5 step %c1 iter_args(%acc = %z) -> (vector<2x4xf32>) {
        %x = vector.load %a[%k, %c0] : memref<5x2xf32>, vector<2xf32>
        %y = vector.load %b[%k, %c0] : memref<5x4xf32>, vector<4xf32>
        %o = vector.outerproduct %x, %y, %acc : vector<2xf32>, vector<4xf32>
        scf.yield %o : vector<2x4xf32>
      }
      vector.store %r, %c[%c0, %c0] : memref<2x4xf32>, vector<2x4xf32>
      return
    }"""
    a, b, c = f32(5, 2), f32(5, 4), np.zeros((2, 4), np.float32)
    run_both(text, a, b, c)
    np.testing.assert_allclose(c, a.T @ b, rtol=1e-5)


def test_printing_vectors(capfd):
    text = """
    func.func @f() {
      %v = arith.constant dense<[[1, 2], [3, 4]]> : vector<2x2xi32>
      vector.print %v : vector<2x2xi32>
      vector.print str "done {}" punctuation <comma>
      vector.print
      return
    }"""
    from unit.codegen.native import native  # noqa: PLC0415

    native(text).call("f")
    assert capfd.readouterr().out == "( ( 1, 2 ), ( 3, 4 ) )\ndone {}, \n"


def test_hints_and_poison_do_nothing():
    text = """
    func.func @f(%m: memref<4xf32>, %i: index, %c: i1) -> f32 {
      memref.assume_alignment %m, 4 : memref<4xf32>
      memref.prefetch %m[%i], read, locality<3>, data : memref<4xf32>
      %p = ub.poison : f32
      %x = memref.load %m[%i] : memref<4xf32>
      %r = arith.select %c, %x, %p : f32
      %v = ub.poison : vector<2x2xi32>
      return %r : f32
    }"""
    assert run_both(text, np.arange(4, dtype=np.float32), 2, True) == [2]
