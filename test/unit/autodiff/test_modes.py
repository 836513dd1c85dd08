"""Every op with a rule in both modes: a new one without a case fails."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from unit.autodiff.modes import Case, check

from irc.autodiff import rules
from irc.autodiff.rule import RULES

assert rules.nd is not None

T, V, S, F = "tensor<2x3xf64>", "tensor<3xf64>", "tensor<f64>", "f64"
C, Z = "tensor<3xcomplex<f64>>", "complex<f64>"

M, X = "tensor<3x3xf64>", "tensor<1x4x2xf64>"
PLACES = "%places = nd.constant dense<[[2], [0], [2]]> : tensor<3x1xi32>"
ZERO = "%zero = nd.constant dense<0.0> : tensor<f64>"

ELSEWHERE = ("nd.cumulative", "nd.custom_call", "nd.fft", "nd.select_and_scatter")
"""Whose cases are in a file of their own."""

UNARY: dict[str, Any] = {
    "nd.negative": (), "nd.exp": (), "nd.expm1": (), "nd.log": (0.3, 2), "nd.log1p": (0.3, 2), "nd.sqrt": (0.3, 2),
    "nd.rsqrt": (0.3, 2), "nd.sin": (), "nd.cos": (), "nd.tanh": (), "nd.logistic": (), "nd.erf": (), "nd.erfc": (),
    "nd.erf_inv": (0.1, 0.8), "nd.abs": (), "nd.sign": (), "nd.digamma": (),
    "math.exp": (), "math.exp2": (), "math.expm1": (), "math.log": (0.3, 2), "math.log2": (0.3, 2),
    "math.log10": (0.3, 2), "math.log1p": (0.3, 2), "math.sqrt": (0.3, 2), "math.rsqrt": (0.3, 2),
    "math.cbrt": (0.3, 2), "math.sin": (), "math.cos": (), "math.tan": (0.1, 1), "math.sinh": (), "math.cosh": (),
    "math.tanh": (), "math.asin": (0.1, 0.8), "math.acos": (0.1, 0.8), "math.atan": (), "math.asinh": (),
    "math.acosh": (1.2, 3), "math.atanh": (0.1, 0.8), "math.erf": (), "math.absf": (), "arith.negf": (),
}  # fmt: skip
BINARY: dict[str, Any] = {
    "nd.add": (), "nd.subtract": (), "nd.multiply": (), "nd.divide": (), "nd.pow": (0.3, 2), "nd.maximum": (),
    "nd.minimum": (), "nd.atan2": (), "nd.remainder": (), "arith.addf": (), "arith.subf": (), "arith.mulf": (),
    "arith.divf": (), "arith.remf": (), "arith.maximumf": (), "arith.minimumf": (), "arith.maxnumf": (),
    "arith.minnumf": (), "math.atan2": (), "math.powf": (0.3, 2), "math.copysign": (),
}  # fmt: skip
COMPLEX = ("neg", "conj", "exp", "expm1", "log", "log1p", "sqrt", "rsqrt", "sin", "cos", "tan", "tanh", "sign")
COMPLEX_BINARY = ("add", "sub", "mul", "div", "pow", "atan2")
COMPLEX_ND = ("negative", "exp", "expm1", "log", "log1p", "sqrt", "rsqrt", "sin", "cos", "tanh", "logistic", "sign")


def _type(name: str) -> str:
    return T if name.startswith("nd.") else F


_ADDING = """{
    ^bb0(%a: tensor<f64>, %b: tensor<f64>):
      %s = nd.add %a, %b : tensor<f64>
      nd.yield %s : tensor<f64>
    }"""

V4, V24 = "vector<4xf64>", "vector<2x4xf64>"
VECTORS: dict[str, list[tuple[tuple[str, ...], str, str]]] = {
    "broadcast": [
        ((F,), f"broadcast %x0 : {F} to {V24}", V24), ((V4,), f"broadcast %x0 : {V4} to {V24}", V24),
    ],
    "extract": [
        ((V24,), f"extract %x0[1, 2] : {F} from {V24}", F), ((V24,), f"extract %x0[%c1] : {V4} from {V24}", V4),
    ],
    "insert": [((V4, V24), f"insert %x0, %x1[1] : {V4} into {V24}", V24)],
    "fma": [((V4, V4, V4), f"fma %x0, %x1, %x2 : {V4}", V4)],
    "extract_strided_slice": [
        ((V24,), f"extract_strided_slice %x0 {{offsets = [1, 1], sizes = [1, 2], strides = [1, 1]}} : {V24} to vector<1x2xf64>",
         "vector<1x2xf64>"),
        ((V24,), f"extract_strided_slice %x0 {{offsets = [1], sizes = [1], strides = [1]}} : {V24} to vector<1x4xf64>",
         "vector<1x4xf64>"),
    ],
    "insert_strided_slice": [
        ((V4, V24), f"insert_strided_slice %x0, %x1 {{offsets = [1, 0], strides = [1]}} : {V4} into {V24}", V24),
        (("vector<1x2xf64>", V24),
         f"insert_strided_slice %x0, %x1 {{offsets = [0, 1], strides = [1, 1]}} : vector<1x2xf64> into {V24}", V24),
    ],
    "from_elements": [((F, F, F, F), "from_elements %x0, %x1, %x2, %x3 : vector<2x2xf64>", "vector<2x2xf64>")],
    "reduction": [
        ((V4, *start), f"reduction <{kind}>, %x0{', %x1' * len(start)} : {V4} into {F}", F)
        for kind in ("add", "mul", "maximumf", "minnumf")
        for start in ((), (F,))
    ],
    "shape_cast": [((V24,), f"shape_cast %x0 : {V24} to vector<8xf64>", "vector<8xf64>")],
    "splat": [((F,), f"splat %x0 : {V24}", V24)],
}  # fmt: skip

CASES: dict[str, list[Case]] = {
    **{name: [Case((_type(name),), f"{name} %x0 : {_type(name)}", _type(name), *of)] for name, of in UNARY.items()},
    **{name: [Case((_type(name),) * 2, f"{name} %x0, %x1 : {_type(name)}", _type(name), *of)] for name, of in BINARY.items()},
    **{f"complex.{name}": [Case((Z,), f"complex.{name} %x0 : {Z}", Z)] for name in COMPLEX},
    **{f"complex.{name}": [Case((Z, Z), f"complex.{name} %x0, %x1 : {Z}", Z)] for name in COMPLEX_BINARY},
    **{f"complex.{name}": [Case((Z,), f"complex.{name} %x0 : {Z}", F)] for name in ("abs", "angle", "re", "im")},
    "ad.barrier": [Case((T,), f"ad.barrier %x0 : {T}", T)],
    "ad.checkpoint_name": [Case((T,), f'ad.checkpoint_name "y" %x0 : {T}', T)],
    "ad.push": [
        Case(("tensor<1xf64>", V), f"tensor.cast %p : tensor<?xf64> to {V}", V, setup=f"""
          %d = tensor.cast %x1 : {V} to tensor<?xf64>
          %p = ad.push %x0, %d[%c1] : tensor<1xf64>, tensor<?xf64>"""),
    ],
    "complex.create": [Case((F, F), f"complex.create %x0, %x1 : {Z}", Z)],
    "arith.select": [Case((F, F), f"arith.select %true, %x0, %x1 : {F}", F)],
    "arith.truncf": [Case((F,), "arith.extf %less : f32 to f64", F, setup="%less = arith.truncf %x0 : f64 to f32", step=0.1)],
    "arith.extf": [Case((F,), "arith.extf %less : f32 to f64", F, setup="%less = arith.truncf %x0 : f64 to f32", step=0.1)],
    "math.fma": [Case((F, F, F), "math.fma %x0, %x1, %x2 : f64", F)],
    "math.fpowi": [Case((F,), "math.fpowi %x0, %n : f64, i32", F, setup="%n = arith.constant 3 : i32")],
    "nd.where": [Case((T, T), f"nd.where %mask, %x0, %x1 : tensor<2x3xi1>, {T}", T)],
    "nd.cast": [Case((T,), "nd.cast %less : tensor<2x3xf32> -> tensor<2x3xf64>", T, setup=f"%less = nd.cast %x0 : {T} -> tensor<2x3xf32>", step=0.1)],
    "nd.complex": [Case((V, V), f"nd.complex %x0, %x1 : {V}", C)],
    "nd.real": [Case((C,), f"nd.real %x0 : {C}", V)],
    "nd.imag": [Case((C,), f"nd.imag %x0 : {C}", V)],
    "nd.sum": [Case((T,), f"nd.sum %x0 axes = [1] : {T} -> tensor<2xf64>", "tensor<2xf64>")],
    "nd.prod": [Case((T,), f"nd.prod %x0 axes = [1] : {T} -> tensor<2xf64>", "tensor<2xf64>")],
    "nd.max": [Case((T,), f"nd.max %x0 axes = [0, 1] : {T} -> {S}", S)],
    "nd.min": [Case((T,), f"nd.min %x0 axes = [0] : {T} -> {V}", V)],
    "nd.matmul": [
        Case((T, "tensor<3x2xf64>"), f"nd.matmul %x0, %x1 : {T}, tensor<3x2xf64> -> tensor<2x2xf64>", "tensor<2x2xf64>"),
        Case((T, V), f"nd.matmul %x0, %x1 : {T}, {V} -> tensor<2xf64>", "tensor<2xf64>"),
    ],
    "nd.reshape": [Case((T,), f"nd.reshape %x0 : {T} -> tensor<6xf64>", "tensor<6xf64>")],
    "nd.broadcast_to": [Case(("tensor<2x1xf64>",), "nd.broadcast_to %x0 : tensor<2x1xf64> -> tensor<4x2x3xf64>", "tensor<4x2x3xf64>")],
    "nd.permute_dims": [Case((T,), f"nd.permute_dims %x0 axes = [1, 0] : {T} -> tensor<3x2xf64>", "tensor<3x2xf64>")],
    "nd.reverse": [Case((T,), f"nd.reverse %x0 axes = [1] : {T}", T)],
    "nd.concat": [Case((T, T), f"nd.concat %x0, %x1 axis = 1 : {T}, {T} -> tensor<2x6xf64>", "tensor<2x6xf64>")],
    "nd.slice": [Case((T,), f"nd.slice %x0 [1:2, 0:3:2] : {T} -> tensor<1x2xf64>", "tensor<1x2xf64>")],
    "nd.dynamic_slice": [Case((T,), f"nd.dynamic_slice %x0[%c1, %c1] : {T} -> tensor<1x2xf64>", "tensor<1x2xf64>")],
    "nd.dynamic_update_slice": [
        Case((T, "tensor<2x1xf64>"), f"nd.dynamic_update_slice %x0, %x1[%c0, %c1] : {T}, tensor<2x1xf64>", T)
    ],
    "nd.pad": [
        Case((T, S), f"nd.pad %x0, %x1 low = [1, -1] high = [0, 1] interior = [1, 2] : {T}, {S} -> tensor<4x7xf64>",
             "tensor<4x7xf64>"),
    ],
    "nd.cholesky": [
        Case((T,), "nd.cholesky %m lower = true : tensor<2x2xf64>", "tensor<2x2xf64>", setup=f"""
          %t = nd.permute_dims %x0 axes = [1, 0] : {T} -> tensor<3x2xf64>
          %m = nd.matmul %x0, %t : {T}, tensor<3x2xf64> -> tensor<2x2xf64>"""),
    ],
    "nd.lgamma": [Case((T,), f"nd.lgamma %x0 : {T}", T)],
    "nd.triangular_solve": [
        Case((M, M), f"nd.triangular_solve %x0, %x1 left_side = {left} lower = {lower} unit_diagonal = {unit} transpose_a = {how} : {M}, {M}", M)
        for left, lower, unit, how in (("true", "true", "false", "NO_TRANSPOSE"), ("false", "false", "true", "TRANSPOSE"))
    ],
    "nd.conv": [
        Case((X, "tensor<2x2x3xf64>"), f"nd.conv %x0, %x1 dims = [b, 0, f]x[0, i, o]->[b, 0, f] strides = [2] low = [1] : {X}, tensor<2x2x3xf64> -> tensor<1x2x3xf64>", "tensor<1x2x3xf64>"),
    ],
    "nd.gather": [
        Case((V,), f"nd.gather %x0[%places] sizes = [1] dims = {{collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1}} : {V}, tensor<3x1xi32> -> {V}", V, setup=PLACES),
    ],
    "nd.scatter": [
        Case((V, V), f"nd.scatter %x0[%places] with %x1 dims = {{inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1}} {_ADDING} : ({V}, tensor<3x1xi32>, {V}) -> {V}", V, setup=PLACES),
    ],
    "nd.reduce_window": [
        Case((V,), f"nd.reduce_window %x0 init %zero window = [2] {_ADDING} : ({V}, {S}) -> tensor<2xf64>", "tensor<2xf64>", setup=ZERO),
    ],
    "tensor.cast": [Case((V,), "tensor.cast %d : tensor<?xf64> to tensor<3xf64>", V, setup=f"%d = tensor.cast %x0 : {V} to tensor<?xf64>")],
    "tensor.collapse_shape": [Case((T,), f"tensor.collapse_shape %x0 [[0, 1]] : {T} into tensor<6xf64>", "tensor<6xf64>")],
    "tensor.expand_shape": [Case((V,), f"tensor.expand_shape %x0 [[0, 1]] output_shape [3, 1] : {V} into tensor<3x1xf64>", "tensor<3x1xf64>")],
    "tensor.extract": [Case((T,), f"tensor.extract %x0[%c1, %c2] : {T}", F)],
    "tensor.from_elements": [Case((F, F), "tensor.from_elements %x0, %x1, %x0 : tensor<3xf64>", V)],
    "tensor.insert": [Case((F, T), f"tensor.insert %x0 into %x1[%c1, %c2] : {T}", T)],
    "tensor.splat": [Case((F,), f"tensor.splat %x0 : {T}", T)],
    **{
        f"vector.{name}": [Case(types, f"vector.{body}", result) for types, body, result in cases]
        for name, cases in VECTORS.items()
    },
    "tensor.extract_slice": [Case((T,), f"tensor.extract_slice %x0[0, 1] [2, 2] [1, 1] : {T} to tensor<2x2xf64>", "tensor<2x2xf64>")],
    "tensor.insert_slice": [
        Case(("tensor<2x2xf64>", T), f"tensor.insert_slice %x0 into %x1[0, 1] [2, 2] [1, 1] : tensor<2x2xf64> into {T}", T)
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_both_modes(name: str) -> None:
    for case in CASES[name]:
        check(case)


@pytest.mark.parametrize("name", COMPLEX_ND)
def test_complex_tensors(name: str) -> None:
    check(Case((C,), f"nd.{name} %x0 : {C}", C))


def test_every_op_with_a_rule_has_a_case() -> None:
    known = {cls.name for cls, rule in RULES.items() if rule.vjp is not None}
    assert known == {*CASES, *ELSEWHERE}


def test_nothing_has_derivatives_too() -> None:
    """Tensors without elements, of all elementwise ops."""
    type = "tensor<0x3xf64>"
    nothing = np.zeros((0, 3))
    for name in (*UNARY, *BINARY):
        if name.startswith("nd."):
            count = 1 if name in UNARY else 2
            xs = ", ".join(f"%x{i}" for i in range(count))
            case = Case((type,) * count, f"{name} {xs} : {type}", type)
            program = case.interpreter()
            given = [nothing] * count
            for function, rest, results in (
                ("jvp", given, 1),
                ("vjp", [nothing], count),
                ("second", [nothing, *given], count),
            ):
                assert [np.shape(each) for each in program.call(function, *given, *rest)] == [(0, 3)] * results


@pytest.mark.parametrize(
    ("a", "b", "result"),
    [
        ("tensor<4x2x3xf64>", "tensor<3x2xf64>", "tensor<4x2x2xf64>"),
        ("tensor<4x1x2x3xf64>", "tensor<5x3x2xf64>", "tensor<4x5x2x2xf64>"),
        ("tensor<3xf64>", "tensor<2x3x2xf64>", "tensor<2x2xf64>"),
    ],
)
def test_products_of_many_matrices(a: str, b: str, result: str) -> None:
    check(Case((a, b), f"nd.matmul %x0, %x1 : {a}, {b} -> {result}", result))
