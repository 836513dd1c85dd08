"""`@stablehlo.dynamic_reduce_window`, which JAX writes where sizes of windows or of padding are symbolic."""

from __future__ import annotations

import numpy as np
import pytest

from irc.importers import stablehlo
from irc.ir.diagnostic import DiagnosedError

PROGRAM = """
func.func @main(%x: tensor<?x?xf32>, %window: tensor<2xi32>, %strides: tensor<2xi32>, %padding: tensor<2x2xi32>) -> tensor<?x?xf32> {{
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %ones = stablehlo.constant dense<1> : tensor<2xi32>
  %one = stablehlo.constant dense<1> : tensor<1xi32>
  %two = stablehlo.constant dense<2> : tensor<1xi32>
  %none = stablehlo.constant dense<0> : tensor<1xi32>
  %rows = stablehlo.get_dimension_size %x, dim = 0 : (tensor<?x?xf32>) -> tensor<i32>
  %n = stablehlo.reshape %rows : (tensor<i32>) -> tensor<1xi32>
  %before = stablehlo.subtract %n, %one : tensor<1xi32>
{body}
  %r = stablehlo.custom_call @stablehlo.dynamic_reduce_window(%x, %zero, %w, %s, %ones, %ones, %p)
    {{called_computations = [@sum]}}
    : (tensor<?x?xf32>, tensor<f32>, tensor<2xi32>, tensor<2xi32>, tensor<2xi32>, tensor<2xi32>, tensor<2x2xi32>) -> {result}
  %y = stablehlo.convert %r : ({result}) -> tensor<?x?xf32>
  return %y : tensor<?x?xf32>
}}
func.func private @sum(%a: tensor<f32>, %b: tensor<f32>) -> tensor<f32> {{
  %0 = stablehlo.add %a, %b : tensor<f32>
  return %0 : tensor<f32>
}}
"""

X = np.arange(12, dtype=np.float32).reshape(4, 3)
UNUSED = (np.zeros(2, np.int32), np.zeros(2, np.int32), np.zeros((2, 2), np.int32))


def windows(sizes: str, strides: str, padding: str) -> str:
    """The amounts along two axes, as names of values."""

    def vector(name: str, first: str, second: str) -> str:
        return f"%{name} = stablehlo.concatenate {first}, {second}, dim = 0 : (tensor<1xi32>, tensor<1xi32>) -> tensor<2xi32>"

    first, second, third, fourth = padding.split()
    return "\n".join(
        [
            vector("w", *sizes.split()),
            vector("s", *strides.split()),
            vector("p0", first, second),
            vector("p1", third, fourth),
            "%q0 = stablehlo.reshape %p0 : (tensor<2xi32>) -> tensor<1x2xi32>",
            "%q1 = stablehlo.reshape %p1 : (tensor<2xi32>) -> tensor<1x2xi32>",
            "%p = stablehlo.concatenate %q0, %q1, dim = 0 : (tensor<1x2xi32>, tensor<1x2xi32>) -> tensor<2x2xi32>",
        ]
    )


def run(body: str, result: str = "tensor<?x?xf32>") -> np.ndarray:
    return np.asarray(stablehlo.load(PROGRAM.format(body=body, result=result))(X, *UNUSED))


def test_running_sums() -> None:
    found = run(windows("%n %one", "%one %one", "%before %none %none %none"))
    np.testing.assert_array_equal(found, np.cumsum(X, axis=0))


def test_running_sums_from_behind() -> None:
    found = run(windows("%n %one", "%one %one", "%none %before %none %none"))
    np.testing.assert_array_equal(found, np.cumsum(X[::-1], axis=0)[::-1])


def test_a_window_of_a_whole_axis() -> None:
    found = run(windows("%n %one", "%two %one", "%none %none %none %none"), "tensor<1x?xf32>")
    np.testing.assert_array_equal(found, X.sum(axis=0, keepdims=True))


def test_computed_padding() -> None:
    """Three zeros before the rows, windows of two rows that move by two."""
    found = run(windows("%two %one", "%two %one", "%before %none %none %none"))
    rows = np.concatenate([np.zeros((3, 3), np.float32), X])
    np.testing.assert_array_equal(found, rows[0:6:2] + rows[1:6:2])


def test_others_are_errors() -> None:
    body = windows("%one %one", "%one %one", "%none %none %none %none")
    strided = body.replace("%s =", "%s = stablehlo.add %strides, %ones : tensor<2xi32>\n%unused =")
    with pytest.raises(DiagnosedError, match="other computed windows than those of running sums and of whole axes"):
        run(strided)
