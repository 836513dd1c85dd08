"""Derivatives of ops on tensors whose sizes are only known at run time agree with finite differences, natively too."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from irc.codegen.cpu.executor import CpuExecutor
from irc.interpreter.core import Interpreter
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.pipelines import CPU, DIFFERENTIATE
from irc.text.parser import parse_module

Array = np.ndarray[Any, Any]

D = "tensor<?x?xf64>"
V = "tensor<?xf64>"

OPS = {
    "slice of all axes": (f"%y = nd.slice %x [0:2, 1:2] : {D} -> tensor<2x1xf64>", "tensor<2x1xf64>", 2),
    "slice of one axis": (f"%y = nd.slice %x [1:2, :] : {D} -> tensor<1x?xf64>", "tensor<1x?xf64>", 2),
    "slice with strides": (f"%y = nd.slice %x [0:3:2, 1:4:2] : {D} -> tensor<2x2xf64>", "tensor<2x2xf64>", 2),
    "pad": (f"%e = nd.constant dense<2.0> : tensor<f64> %y = nd.pad %x, %e low = [1, -1] high = [0, 1] interior = [1, 2] "
            f": {D}, tensor<f64> -> {D}", D, 2),
    "padding value": (f"%a = nd.sum %x axes = [0, 1] : {D} -> tensor<f64> %y = nd.pad %x, %a low = [-1, 1] high = [0, -2] "
                      f"interior = [0, 2] : {D}, tensor<f64> -> {D}", D, 2),
    "concat": (f"%y = nd.concat %x, %x axis = 0 : {D}, {D} -> {D}", D, 2),
    "permute": (f"%y = nd.permute_dims %x axes = [1, 0] : {D} -> {D}", D, 2),
    "sum": (f"%y = nd.sum %x axes = [1] : {D} -> {V}", V, 1),
    "max": (f"%y = nd.max %x axes = [0] : {D} -> {V}", V, 1),
    "prod of rows": (f"%y = nd.prod %x axes = [1] : {D} -> {V}", V, 1),
    "prod of columns": (f"%y = nd.prod %x axes = [0] : {D} -> {V}", V, 1),
    "prod of all": (f"%y = nd.prod %x axes = [0, 1] : {D} -> tensor<f64>", "tensor<f64>", 0),
    "matrix product": (f"%t = nd.permute_dims %x axes = [1, 0] : {D} -> {D} %y = nd.matmul %x, %t : {D}, {D} -> {D}", D, 2),
    "product with a vector": (f"%r = nd.sum %x axes = [0] : {D} -> {V} %y = nd.matmul %x, %r : {D}, {V} -> {V}", V, 1),
    "part": (f"%y = nd.dynamic_slice %x[%c1, %c1](%c2) : {D} -> tensor<?x2xf64>", "tensor<?x2xf64>", 2),
    "update": (f"%u = nd.slice %x [0:1, 0:2] : {D} -> tensor<1x2xf64> %y = nd.dynamic_update_slice %x, %u[%c1, %c1] "
               f": {D}, tensor<1x2xf64>", D, 2),
    "broadcast": (f"%y = nd.broadcast_to %x(%c2, %rows, %columns) : {D} -> tensor<?x?x?xf64>", "tensor<?x?x?xf64>", 3),
    "reshape": (f"%n = arith.muli %rows, %columns : index %y = nd.reshape %x(%n) : {D} -> {V}", V, 1),
    "reshape to other sizes": (f"%n = arith.muli %c2, %c2 : index %y = nd.reshape %x(%n, %rows) : {D} -> {D}", D, 2),
    "element": (f"%e = tensor.extract %x[%c1, %c2] : {D} %y = tensor.from_elements %e, %e : tensor<2xf64>",
                "tensor<2xf64>", 1),
    "tensor.insert": (f"%e = tensor.extract %x[%c1, %c2] : {D} %y = tensor.insert %e into %x[%c0, %c1] : {D}", D, 2),
    "tensor.extract_slice": (f"%y = tensor.extract_slice %x[%c1, 0] [2, %c2] [1, 2] : {D} to tensor<2x?xf64>",
                             "tensor<2x?xf64>", 2),
    "tensor.extract_slice of lower rank": (f"%y = tensor.extract_slice %x[%c1, 0] [1, %columns] [1, 1] : {D} to {V}", V, 1),
    "tensor.insert_slice": (f"%p = tensor.extract_slice %x[0, 1] [1, 3] [1, 1] : {D} to tensor<3xf64> "
                            f"%y = tensor.insert_slice %p into %x[%c2, 0] [1, 3] [1, 1] : tensor<3xf64> into {D}", D, 2),
    "tensor.collapse_shape": (f"%y = tensor.collapse_shape %x [[0, 1]] : {D} into {V}", V, 1),
    "tensor.expand_shape": (f"%y = tensor.expand_shape %x [[0], [1, 2]] output_shape [%rows, %c2, 2] : {D} into "
                            "tensor<?x?x2xf64>", "tensor<?x?x2xf64>", 3),
    "tensor.splat": (f"%e = tensor.extract %x[%c1, %c2] : {D} %y = tensor.splat %e : tensor<3x2xf64>", "tensor<3x2xf64>", 2),
    "cast": (f"%y = tensor.cast %x : {D} to tensor<3x?xf64>", "tensor<3x?xf64>", 2),
}  # fmt: skip
"""What computes %y from %x, the type of %y, and its rank."""


def program(op: str, result: str, rank: int) -> str:
    return f"""
    func.func @f(%x: {D}) -> tensor<f64> {{
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c2 = arith.constant 2 : index
      %rows = tensor.dim %x, %c0 : {D}
      %columns = tensor.dim %x, %c1 : {D}
      {op}
      %z = nd.sin %y : {result}
      %s = nd.sum %z axes = {list(range(rank))} : {result} -> tensor<f64>
      return %s : tensor<f64>
    }}
    func.func @main(%x: {D}) -> (tensor<f64>, {D}) {{
      %y:2 = ad.value_and_grad @f(%x) : ({D}) -> (tensor<f64>, {D})
      return %y#0, %y#1 : tensor<f64>, {D}
    }}
    """


def executors(text: str) -> tuple[Interpreter, CpuExecutor]:
    reference, native = parse_module(text), parse_module(text)
    PassManager(parse_pipeline(DIFFERENTIATE)).run(reference)
    PassManager(parse_pipeline(CPU)).run(native)
    return Interpreter(reference), CpuExecutor(native)


def differences(interpreter: Interpreter, x: Array) -> Array:
    found = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        low, high = x.copy(), x.copy()
        low[place] -= 1e-6
        high[place] += 1e-6
        (below,), (above,) = interpreter.call("f", low), interpreter.call("f", high)
        found[place] = (above - below) / 2e-6
    return found


@pytest.mark.parametrize("case", OPS)
def test_gradient(case: str) -> None:
    interpreter, native = executors(program(*OPS[case]))
    x = np.random.default_rng(0).standard_normal((3, 4))
    expected = differences(interpreter, x)
    for executor in (interpreter, native):
        gradient = executor.call("main", x)[1]
        np.testing.assert_allclose(gradient, expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("zeros", [(), (2,), (0, 3)])
def test_product_with_zeros_to_second_order(zeros: tuple[int, ...]) -> None:
    """The mixed second derivatives of a product are the products of all but two elements."""
    text = f"""
    func.func private @f(%x: {V}) -> tensor<f64> {{
      %p = nd.prod %x axes = [0] : {V} -> tensor<f64>
      return %p : tensor<f64>
    }}
    func.func private @g(%x: {V}, %v: {V}) -> tensor<f64> {{
      %y:2 = ad.value_and_grad @f(%x) : ({V}) -> (tensor<f64>, {V})
      %z = nd.multiply %y#1, %v : {V}
      %s = nd.sum %z axes = [0] : {V} -> tensor<f64>
      return %s : tensor<f64>
    }}
    func.func @main(%x: {V}, %v: {V}) -> (tensor<f64>, {V}) {{
      %y:2 = ad.value_and_grad @g(%x, %v) {{wrt = [0]}} : ({V}, {V}) -> (tensor<f64>, {V})
      return %y#0, %y#1 : tensor<f64>, {V}
    }}
    """
    x, v = np.array([1.5, -2.0, 0.5, 3.0, 0.25]), np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    x[list(zeros)] = 0
    n = len(x)
    gradient = [np.prod(np.delete(x, i)) for i in range(n)]
    hessian = [[np.prod(np.delete(x, [i, j])) if i != j else 0 for j in range(n)] for i in range(n)]
    for executor in executors(text):
        value, found = executor.call("main", x, v)
        np.testing.assert_allclose(value, np.dot(gradient, v), rtol=1e-12)
        np.testing.assert_allclose(found, np.array(hessian) @ v, rtol=1e-12)


@pytest.mark.parametrize("n", [0, 1, 2, 3, 8, 9])
def test_products_of_any_length(n: int) -> None:
    text = program(f"%y = nd.prod %x axes = [1] : {D} -> {V}", V, 1)
    x = np.linspace(-1.5, 2, 2 * n).reshape(2, n)
    for executor in executors(text):
        np.testing.assert_allclose(
            executor.call("main", x)[1], differences(executors(text)[0], x), rtol=1e-5, atol=1e-6
        )


@pytest.mark.parametrize("bounds", [(3, 3), (4, 2)])
def test_a_loop_without_iterations(bounds: tuple[int, int]) -> None:
    text = f"""
    func.func private @f(%x: tensor<2xf64>) -> tensor<f64> {{
      %a = arith.constant {bounds[0]} : index
      %b = arith.constant {bounds[1]} : index
      %c1 = arith.constant 1 : index
      %r = scf.for %i = %a to %b step %c1 iter_args(%q = %x) -> (tensor<2xf64>) {{
        %z = nd.multiply %q, %q : tensor<2xf64>
        scf.yield %z : tensor<2xf64>
      }}
      %s = nd.sum %r axes = [0] : tensor<2xf64> -> tensor<f64>
      return %s : tensor<f64>
    }}
    func.func @main(%x: tensor<2xf64>) -> (tensor<f64>, tensor<2xf64>) {{
      %y:2 = ad.value_and_grad @f(%x) : (tensor<2xf64>) -> (tensor<f64>, tensor<2xf64>)
      return %y#0, %y#1 : tensor<f64>, tensor<2xf64>
    }}
    """
    for executor in executors(text):
        value, gradient = executor.call("main", np.array([2.0, 3.0]))
        assert value == 5
        assert gradient.tolist() == [1, 1]
