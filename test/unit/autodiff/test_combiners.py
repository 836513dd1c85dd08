"""Derivatives of sorting, of scans, of reductions and windows with any combiner, and of scatters: both modes, and twice."""

from __future__ import annotations

import numpy as np
import pytest
from unit.autodiff.modes import Case, check

from irc.interpreter.core import Interpreter
from irc.ir.diagnostic import DiagnosedError
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.text.parser import parse_module

S, V, W, T, X = "tensor<f64>", "tensor<5xf64>", "tensor<7xf64>", "tensor<2x3xf64>", "tensor<4x5xf64>"


def region(body: str, operands: int = 1, element: str = "tensor<f64>", gives: str | None = None) -> str:
    """A combiner of `%a…` and `%b…` that ends in the value `%r` (or several)."""
    names = [*(f"%a{i}" for i in range(operands)), *(f"%b{i}" for i in range(operands))]
    if operands == 1:
        names = ["%a", "%b"]
    arguments = ", ".join(f"{name}: {element}" for name in names)
    given = gives or "%r"
    types = ", ".join([element] * len(given.split(",")))
    return f"{{\n ^bb0({arguments}):\n {body}\n nd.yield {given} : {types}\n }}"


def one(op: str) -> str:
    return region(f"%r = nd.{op} %a, %b : {S}")


MIXED = region(f"%p = nd.multiply %a, %b : {S}\n %s = nd.add %a, %b : {S}\n %r = nd.add %p, %s : {S}")
"""a + b + a b, which is associative."""
LINEAR = region(
    f"%x = nd.multiply %a0, %b0 : {S}\n %y = nd.multiply %a1, %b0 : {S}\n %z = nd.add %y, %b1 : {S}", 2, gives="%x, %z"
)
"""The composition of maps x → p x + q, which does not commute."""
DESCENDING = region(f"%r = nd.greater %a, %b : {S}").replace("nd.yield %r : tensor<f64>", "nd.yield %r : tensor<i1>")
BY_FIRST = """{
 ^bb0(%a: tensor<f64>, %b: tensor<f64>, %c: tensor<f64>, %d: tensor<f64>):
 %r = nd.less %a, %b : tensor<f64>
 nd.yield %r : tensor<i1>
 }"""
DIMS = "dims = {inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1}"
PLACES = "%places = nd.constant dense<[[2], [0], [2], [9]]> : tensor<4x1xi32>"
SECOND = region("", gives="%b")
ROWS = "dims = {update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1}"
NUMBERS = "\n".join(f"%n{i} = nd.constant dense<{x}> : {S}" for i, x in enumerate(("0.0", "1.0", "0.3", "-9.0")))


def scatter(combiner: str) -> Case:
    u = "tensor<4xf64>"
    return Case(
        (V, u),
        f"nd.scatter %x0[%places] with %x1 {DIMS} {combiner} : ({V}, tensor<4x1xi32>, {u}) -> {V}",
        V,
        setup=PLACES,
    )


def windows(type: str, result: str, how: str, combiner: str, init: str = "%n1") -> Case:
    return Case(
        (type,), f"nd.reduce_window %x0 init {init} {how} {combiner} : ({type}, {S}) -> {result}", result, setup=NUMBERS
    )


CASES: dict[str, Case] = {
    "sort": Case((X,), f"nd.sort %x0 axis = 0 {DESCENDING} : {X}", X),
    "sort of two": Case(
        (V, V), f"nd.add %s#0, %s#1 : {V}", V, setup=f"%s:2 = nd.sort %x0, %x1 axis = 0 stable {BY_FIRST} : {V}, {V}"
    ),
    "sort of one of two": Case(
        (V, V), f"nd.multiply %s#1, %s#1 : {V}", V, setup=f"%s:2 = nd.sort %x0, %x1 axis = 0 {BY_FIRST} : {V}, {V}"
    ),
    **{
        f"cumulative {op} {reverse}": Case((X,), f"nd.cumulative %x0 axis = 1 {reverse} {one(op)} : {X}", X)
        for op in ("add", "multiply", "maximum") for reverse in ("", "reverse")
    },
    "cumulative mixed": Case((W,), f"nd.cumulative %x0 axis = 0 {MIXED} : {W}", W),
    "cumulative of two": Case(
        (W, W), f"nd.add %s#0, %s#1 : {W}", W, setup=f"%s:2 = nd.cumulative %x0, %x1 axis = 0 reverse {LINEAR} : {W}, {W}"
    ),
    **{
        f"reduce {op}": Case((T, S), f"nd.reduce %x0 init %x1 axes = [1] {one(op)} : ({T}, {S}) -> tensor<2xf64>", "tensor<2xf64>")
        for op in ("add", "multiply", "minimum")
    },
    "reduce neutral": Case((T,), f"nd.reduce %x0 init %n1 axes = [0, 1] {one('multiply')} : ({T}, {S}) -> {S}", S, setup=NUMBERS),
    "reduce mixed": Case((X,), f"nd.reduce %x0 init %n2 axes = [0, 1] {MIXED} : ({X}, {S}) -> {S}", S, setup=NUMBERS),
    "reduce of two": Case(
        (X, X), "nd.add %s#0, %s#1 : tensor<4xf64>", "tensor<4xf64>",
        setup=f"{NUMBERS}\n%s:2 = nd.reduce %x0, %x1 init %n1, %n0 axes = [1] {LINEAR} : ({X}, {X}, {S}, {S}) -> (tensor<4xf64>, tensor<4xf64>)",
    ),
    "reduce nothing": Case(
        ("tensor<2x0xf64>", S), f"nd.reduce %x0 init %x1 axes = [1] {MIXED} : (tensor<2x0xf64>, {S}) -> tensor<2xf64>", "tensor<2xf64>"
    ),
    "windows of products": windows(X, "tensor<4x3xf64>", "window = [2, 3] strides = [1, 2] low = [1, 1] high = [0, 1]", one("multiply")),
    "windows of maxima": windows(X, "tensor<2x2xf64>", "window = [2, 2] strides = [2, 2] high = [0, -1]", one("maximum"), "%n3"),
    "windows with gaps": windows(X, "tensor<3x4xf64>", "window = [2, 2] strides = [2, 1] base_dilations = [2, 1] window_dilations = [2, 1]", one("maximum"), "%n3"),
    "windows mixed": windows(V, "tensor<3xf64>", "window = [3]", MIXED, "%n2"),
    "windows of sums": windows(V, "tensor<4xf64>", "window = [2] strides = [2] base_dilations = [2] low = [-1]", one("add"), "%n0"),
    "select_and_scatter": Case(
        ("tensor<2x2xf64>", S),
        f"nd.select_and_scatter %k, %x0 init %x1 window = [2, 3] strides = [2, 2] high = [0, 1] select {DESCENDING} scatter {one('add')} : ({X}, tensor<2x2xf64>, {S}) -> {X}",
        X, setup=f"%k = nd.constant dense<[[1.0, 2.0, 3.0, 4.0, 5.0], [5.0, 3.0, 2.0, 1.0, 0.0], [0.0, 0.0, 2.0, 2.0, 1.0], [1.0, 0.0, 2.0, 3.0, 1.0]]> : {X}",
    ),
    "scatter set": scatter(SECOND),
    **{f"scatter {op}": scatter(one(op)) for op in ("multiply", "maximum", "minimum")},
    "scatter rows": Case(
        (X, "tensor<4x2xf64>"), f"nd.scatter %x0[%places] with %x1 {ROWS} {SECOND} : ({X}, tensor<4x1xi32>, tensor<4x2xf64>) -> {X}", X, setup=PLACES
    ),
    "scatter of two": Case(
        (V, V, "tensor<4xf64>", "tensor<4xf64>"), f"nd.add %s#0, %s#1 : {V}", V,
        setup=f"{PLACES}\n%s:2 = nd.scatter %x0, %x1[%places] with %x2, %x3 {DIMS} "
        + region(f"%p = nd.maximum %a1, %b1 : {S}", 2, gives="%b0, %p") + f" : ({V}, {V}, tensor<4x1xi32>, tensor<4xf64>, tensor<4xf64>) -> ({V}, {V})",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_both_modes(name: str) -> None:
    check(CASES[name])


def differentiated(function: str, type: str) -> Interpreter:
    """A function `@f` of one argument that gives a number, with its gradient `@main`."""
    module = parse_module(f"""
    {function}
    func.func @main(%x: {type}) -> {type} {{
      %r:2 = ad.value_and_grad @f(%x) : ({type}) -> (tensor<f64>, {type})
      return %r#1 : {type}
    }}
    """)
    PassManager(parse_pipeline("differentiate")).run(module)
    return Interpreter(module)


def test_scans_of_sizes_that_are_not_known() -> None:
    program = differentiated(f"""
    func.func @f(%x: tensor<?xf64>) -> tensor<f64> {{
      %y = nd.cumulative %x axis = 0 {one("multiply")} : tensor<?xf64>
      %s = nd.sum %y axes = [0] : tensor<?xf64> -> tensor<f64>
      return %s : tensor<f64>
    }}""", "tensor<?xf64>")  # fmt: skip
    for n in (0, 1, 2, 5, 8):
        x = np.arange(1.0, n + 1) / 2
        expected = [np.sum(np.cumprod(x)[i:]) / x[i] for i in range(n)]
        np.testing.assert_allclose(program.call("main", x)[0], expected)


def test_windows_of_sizes_that_are_not_known() -> None:
    program = differentiated(f"""
    func.func @f(%x: tensor<?xf64>) -> tensor<f64> {{
      {NUMBERS}
      %y = nd.reduce_window %x init %n0 window = [3] strides = [2] low = [1] {one("add")} : (tensor<?xf64>, {S}) -> tensor<?xf64>
      %q = nd.multiply %y, %y : tensor<?xf64>
      %s = nd.sum %q axes = [0] : tensor<?xf64> -> tensor<f64>
      return %s : tensor<f64>
    }}""", "tensor<?xf64>")  # fmt: skip
    for n in (2, 3, 6, 7):
        x = np.arange(1.0, n + 1)
        expected = np.zeros(n + 1)
        padded = np.concatenate([[0.0], x])
        for start in range(0, n - 1, 2):
            expected[start : start + 3] += 2 * np.sum(padded[start : start + 3])
        np.testing.assert_allclose(program.call("main", x)[0], expected[1:])


def test_a_reduction_in_a_loop() -> None:
    program = differentiated(f"""
    func.func @f(%x: tensor<?x2xf64>) -> tensor<f64> {{
      {NUMBERS}
      %y = nd.reduce %x init %n2 axes = [0] {MIXED} : (tensor<?x2xf64>, {S}) -> tensor<2xf64>
      %s = nd.sum %y axes = [0] : tensor<2xf64> -> tensor<f64>
      return %s : tensor<f64>
    }}""", "tensor<?x2xf64>")  # fmt: skip
    x = np.random.default_rng(0).uniform(0.1, 1, (3, 2))
    # 1 + y is 1.3 times the product of all 1 + x.
    np.testing.assert_allclose(program.call("main", x)[0], 1.3 * np.prod(1 + x, axis=0) / (1 + x))


def test_what_has_none() -> None:
    combiner = region(f"%r = nd.subtract %a, %b : {S}")
    with pytest.raises(
        DiagnosedError, match=r"'nd.scatter' op has a derivative only where updates are set, added, multiplied"
    ):
        check(scatter(combiner))
