"""Regions of `nd` ops on tensors of rank 0 become scalars: every kind of op that they may hold."""

from __future__ import annotations

import numpy as np
import pytest

from irc.dialects import func
from irc.interpreter.core import Interpreter
from irc.ir.builder import Builder, InsertPoint
from irc.ir.diagnostic import DiagnosedError
from irc.ir.operation import Operation
from irc.ir.types import TensorType
from irc.lowering.nd_regions import inline_scalars
from irc.text.parser import parse_module


def on_scalars(text: str) -> Operation:
    """The module of a function `@f`, whose body is a region, with a function `@scalars` that computes it on scalars."""
    module = parse_module(text, "test.mlir")
    region = module.regions[0].entry.first.regions[0]
    elements = [argument.type.element_type for argument in region.entry.arguments]
    results = [value.type.element_type for value in region.entry.terminator.operands]
    inputs = ", ".join(f"%x{i}: {type}" for i, type in enumerate(elements))
    target = parse_module(f"func.func @scalars({inputs}) -> ({', '.join(map(str, results))}) {{ }}")
    block = target.regions[0].entry.first.regions[0].entry
    b = Builder(InsertPoint.at_end(block))
    b.insert(func.Return(inline_scalars(b, region, block.arguments)))
    assert not [op for op in target.walk() if any(isinstance(value.type, TensorType) for value in op.results)]
    return target


def test_arithmetic_comparisons_choices_and_constants() -> None:
    module = on_scalars("""
    func.func @f(%a: tensor<f32>, %i: tensor<i32>, %b: tensor<f32>, %j: tensor<i32>) {
      %two = nd.constant dense<2.0> : tensor<f32>
      %c = nd.multiply %b, %two : tensor<f32>
      %less = nd.less %a, %c : tensor<f32>
      %same = nd.equal %i, %j : tensor<i32>
      %or = nd.logical_or %less, %same : tensor<i1>
      %n = nd.logical_not %or : tensor<i1>
      %v = nd.where %n, %a, %c : tensor<i1>, tensor<f32>
      %k = nd.cast %v : tensor<f32> -> tensor<i32>
      nd.yield %v, %k : tensor<f32>, tensor<i32>
    }""")
    for a, i, b, j in [(5.0, 1, 2.0, 2), (3.0, 1, 2.0, 2), (5.0, 2, 2.0, 2)]:
        found = Interpreter(module).call("scalars", np.float32(a), np.int32(i), np.float32(b), np.int32(j))
        expected = a if not (a < 2 * b or i == j) else 2 * b
        assert found == [expected, int(expected)]


def test_moves_of_one_element_are_nothing() -> None:
    module = on_scalars("""
    func.func @f(%a: tensor<ui8>) {
      %b = nd.broadcast_to %a : tensor<ui8> -> tensor<ui8>
      %c = nd.reshape %b : tensor<ui8> -> tensor<ui8>
      %d = nd.permute_dims %c axes = [] : tensor<ui8> -> tensor<ui8>
      %e = nd.slice %d [] : tensor<ui8> -> tensor<ui8>
      %one = nd.constant dense<1> : tensor<ui8>
      %f = nd.add %e, %one : tensor<ui8>
      nd.yield %f : tensor<ui8>
    }""")
    assert Interpreter(module).call("scalars", np.uint8(255)) == [0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "%b = nd.maximum %a, %a : tensor<complex<f32>>",
            "'nd.maximum' op has no lowering for elements of type 'complex<f32>'",
        ),
        ("%b = nd.iota axis = 0 : tensor<4xi32>", "'nd.iota' op has no lowering for elements of type 'i32'"),
    ],
)
def test_what_has_no_scalar_form_is_an_error_where_it_stands(text: str, message: str) -> None:
    with pytest.raises(DiagnosedError) as caught:
        on_scalars(f"func.func @f(%a: tensor<complex<f32>>) {{\n  {text}\n  nd.yield %a : tensor<complex<f32>>\n}}")
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.message == message
    assert next(diagnostic.location.files()).line == 2
