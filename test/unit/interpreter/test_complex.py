"""`complex` in the interpreter."""

from __future__ import annotations

import cmath

import numpy as np
import pytest
from unit.interpreter.programs import run

C = "complex<f64>"
Z, W = 0.5 - 2j, -1.5 + 0.25j


def apply(name, *values, result=C):
    operands = ", ".join(f"%{i}" for i in range(len(values)))
    return run([C] * len(values), f"%r0 = complex.{name} {operands} : {C}", [result], *values)[0]


UNARY = {
    "neg": lambda z: -z, "conj": lambda z: z.conjugate(), "exp": cmath.exp, "expm1": lambda z: cmath.exp(z) - 1,
    "log": cmath.log, "log1p": lambda z: cmath.log(1 + z), "sqrt": cmath.sqrt, "rsqrt": lambda z: 1 / cmath.sqrt(z),
    "sign": lambda z: z / abs(z), "sin": cmath.sin, "cos": cmath.cos, "tan": cmath.tan, "tanh": cmath.tanh,
}  # fmt: skip


@pytest.mark.parametrize("name", UNARY)
@pytest.mark.parametrize("z", [Z, W, 3j, -2 + 0j, 1e-3 + 1e-3j])
def test_unary(name, z):
    assert apply(name, z) == pytest.approx(UNARY[name](z), rel=1e-12)


BINARY = {
    "add": lambda z, w: z + w, "sub": lambda z, w: z - w, "mul": lambda z, w: z * w, "div": lambda z, w: z / w,
    "pow": lambda z, w: z**w,
    "atan2": lambda z, w: -1j * cmath.log((w + 1j * z) / cmath.sqrt(z * z + w * w)),
}  # fmt: skip


@pytest.mark.parametrize("name", BINARY)
@pytest.mark.parametrize(("z", "w"), [(Z, W), (W, Z), (1 + 0j, 2 + 0j), (3 - 1j, -2 + 0j)])
def test_binary(name, z, w):
    assert apply(name, z, w) == pytest.approx(BINARY[name](z, w), rel=1e-12)


def test_parts_and_sizes():
    assert apply("re", Z, result="f64") == 0.5
    assert apply("im", Z, result="f64") == -2
    assert apply("abs", 3 - 4j, result="f64") == 5
    assert apply("angle", complex(-1, 0.0), result="f64") == np.pi
    assert apply("angle", complex(-1, -0.0), result="f64") == -np.pi


def test_comparisons():
    assert apply("eq", Z, Z, result="i1")
    assert apply("neq", Z, W, result="i1")
    nan = complex(float("nan"), 0)
    assert not apply("eq", nan, nan, result="i1")
    assert apply("neq", nan, nan, result="i1")


def test_near_zero_no_digits_are_lost():
    z = 1e-10 + 1e-12j
    assert apply("log1p", z) == pytest.approx(z - z * z / 2, rel=1e-15)
    assert apply("expm1", z) == pytest.approx(z + z * z / 2, rel=1e-15)


def test_zero():
    assert apply("sign", 0j) == 0
    assert apply("pow", 0j, 0j) == 1
    assert apply("pow", 0j, 2 + 1j) == 0
    assert np.isnan(apply("div", 0j, 0j))


def test_numbers_are_made_of_their_parts_without_arithmetic():
    body = "%r0 = complex.create %0, %1 : complex<f32>"
    (found,) = run(["f32", "f32"], body, ["complex<f32>"], np.inf, -0.0)
    assert type(found) is np.complex64
    assert found.real == np.inf
    assert str(found.imag) == "-0.0"
    (constant,) = run([], "%r0 = complex.constant [1.0, 0xFFF0000000000000 : f64] : complex<f64>", [C])
    assert constant.real == 1
    assert constant.imag == -np.inf


def test_bits():
    body = """
    %r0 = complex.bitcast %0 : complex<f32> to i64
    %r1 = complex.bitcast %r0 : i64 to complex<f32>"""
    bits, back = run(["complex<f32>"], body, ["i64", "complex<f32>"], 1 - 2j)
    assert bits == np.array([1, -2], np.float32).view(np.int64)[0]
    assert back == 1 - 2j


def test_elements_of_tensors():
    body = """
    %e = tensor.empty() : tensor<2xcomplex<f32>>
    %r0 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
        ins(%0 : tensor<2xcomplex<f32>>) outs(%e : tensor<2xcomplex<f32>>) {
    ^bb0(%x: complex<f32>, %o: complex<f32>):
      %y = complex.exp %x : complex<f32>
      linalg.yield %y : complex<f32>
    } -> tensor<2xcomplex<f32>>"""
    values = np.array([1j, 2], np.complex64)
    (found,) = run(["tensor<2xcomplex<f32>>"], body, ["tensor<2xcomplex<f32>>"], values)
    np.testing.assert_allclose(found, np.exp(values))
