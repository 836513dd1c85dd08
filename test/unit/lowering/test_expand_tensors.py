"""Ops on tensors that `expand-tensors` replaces: the same numbers on the way down and as native code, the same failures."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from unit.lowering.levels import PIPELINE, check_levels

from irc.cli.execution import run_cpu
from irc.interpreter.core import Interpreter
from irc.ir.diagnostic import DiagnosedError
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.pipelines import CPU
from irc.text.parser import parse_module


def native(text: str, arguments: list[Any]) -> list[Any]:
    module = parse_module(text, "test.mlir")
    PassManager(parse_pipeline(CPU)).run(module)
    return list(run_cpu(module, "f", arguments))


def check(text: str, *arguments: Any) -> None:
    """The interpreter gives the same at every level, and native code as well."""
    check_levels(text, arguments, ("expand-tensors", *PIPELINE))
    expected = Interpreter(parse_module(text, "test.mlir")).call("f", *arguments)
    for a, b in zip(expected, native(text, list(arguments)), strict=True):
        np.testing.assert_allclose(b, a, rtol=1e-5)


def fails(text: str, message: str, *arguments: Any) -> None:
    """Native code reports what is wrong, as the interpreter does."""
    with pytest.raises(DiagnosedError, match="' op "):
        Interpreter(parse_module(text, "test.mlir")).call("f", *arguments)
    with pytest.raises(DiagnosedError, match=message):
        native(text, list(arguments))


def f32(*shape: int) -> Any:
    return np.random.default_rng(0).standard_normal(shape).astype(np.float32)


GENERATE = """
    func.func @f(%t: tensor<?xf32>, %n: index) -> tensor<?x3xf32> {
      %c0 = arith.constant 0 : index
      %size = tensor.dim %t, %c0 : tensor<?xf32>
      %r = tensor.generate %n {
      ^bb0(%i: index, %j: index):
        %s = arith.addi %i, %j : index
        %k = arith.remui %s, %size : index
        %x = tensor.extract %t[%k] : tensor<?xf32>
        tensor.yield %x : f32
      } : tensor<?x3xf32>
      return %r : tensor<?x3xf32>
    }"""


@pytest.mark.parametrize("n", [0, 1, 5])
def test_generate(n):
    check(GENERATE, f32(2), n)


PAD = """
    func.func @f(%t: tensor<?x3xf32>, %l: index, %h: index, %z: f32) -> tensor<?x?xf32> {
      %r = tensor.pad %t low[%l, 1] high[2, %h] {
      ^bb0(%i: index, %j: index):
        tensor.yield %z : f32
      } : tensor<?x3xf32> to tensor<?x?xf32>
      return %r : tensor<?x?xf32>
    }"""


@pytest.mark.parametrize(("m", "low", "high"), [(2, 0, 0), (0, 1, 2), (5, 3, 17)])
def test_pad(m, low, high):
    check(PAD, f32(m, 3), low, high, 7.0)


def test_widths_and_sizes_of_pad():
    fails(PAD, "'tensor.pad' op has a negative width", f32(2, 3), -1, 2, 0.0)
    fails(PAD.replace("tensor<?x?xf32>", "tensor<?x9xf32>"), "dimension 1 of 'tensor.pad' op is not of size 9",
          f32(2, 3), 1, 2, 0.0)  # fmt: skip


GATHER = """
    func.func @f(%t: tensor<?x3x4xf32>, %i: tensor<2x?x2xi32>) -> (tensor<2x?x1x3x1xf32>, tensor<2x?x3xf32>) {
      %r = tensor.gather %t[%i] gather_dims([0, 2]) : (tensor<?x3x4xf32>, tensor<2x?x2xi32>) -> tensor<2x?x1x3x1xf32>
      %s = tensor.gather %t[%i] gather_dims([0, 2]) : (tensor<?x3x4xf32>, tensor<2x?x2xi32>) -> tensor<2x?x3xf32>
      return %r, %s : tensor<2x?x1x3x1xf32>, tensor<2x?x3xf32>
    }"""


@pytest.mark.parametrize("n", [0, 1, 6])
def test_gather(n):
    check(GATHER, f32(5, 3, 4), np.random.default_rng(1).integers(0, 4, (2, n, 2)).astype(np.int32))


def test_gather_out_of_bounds():
    for at in (-1, 4):
        indices = np.array([[[0, 0]], [[1, at]]], np.int32)
        fails(GATHER, "'tensor.gather' op index is out of bounds for dimension 2", f32(5, 3, 4), indices)


SCATTER = """
    func.func @f(%s: tensor<?x{unit}3xf32>, %t: tensor<?x3x4xf32>, %i: tensor<?x2xindex>) -> tensor<?x3x4xf32> {{
      %r = tensor.scatter %s into %t[%i] scatter_dims([0, 2]) unique
        : (tensor<?x{unit}3{last}xf32>, tensor<?x3x4xf32>, tensor<?x2xindex>) -> tensor<?x3x4xf32>
      return %r : tensor<?x3x4xf32>
    }}"""


@pytest.mark.parametrize("places", [[], [[4, 1]], [[0, 3], [0, 2], [4, 0]]])
def test_scatter(places):
    indices = np.array(places, np.int64).reshape(-1, 2)
    check(SCATTER.format(unit="", last=""), f32(len(places), 3), f32(5, 3, 4), indices)
    full = SCATTER.format(unit="1x", last="x1").replace("%s: tensor<?x1x3xf32>", "%s: tensor<?x1x3x1xf32>")
    check(full, f32(len(places), 1, 3, 1), f32(5, 3, 4), indices)


def test_scatter_out_of_bounds():
    text = SCATTER.format(unit="", last="")
    fails(
        text, "'tensor.scatter' op index is out of bounds for dimension 0", f32(1, 3), f32(5, 3, 4), np.array([[5, 0]])
    )
    fails(
        text,
        "dimension 0 of the source of 'tensor.scatter' op does not fit",
        f32(2, 3),
        f32(5, 3, 4),
        np.array([[1, 0]]),
    )


PACK = """
    func.func @f(%t: tensor<?x?xf32>, %m: index, %n: index, %tile: index) -> (tensor<?x?x?x2xf32>, tensor<?x?xf32>) {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %pad = arith.constant -1.0 : f32
      %d = tensor.empty(%n, %m, %tile) : tensor<?x?x?x2xf32>
      %p = tensor.pack %t padding_value(%pad : f32) outer_dims_perm = [1, 0] inner_dims_pos = [0, 1]
        inner_tiles = [%tile, 2] into %d : tensor<?x?xf32> -> tensor<?x?x?x2xf32>
      %a = tensor.dim %t, %c0 : tensor<?x?xf32>
      %b = tensor.dim %t, %c1 : tensor<?x?xf32>
      %e = tensor.empty(%a, %b) : tensor<?x?xf32>
      %u = tensor.unpack %p outer_dims_perm = [1, 0] inner_dims_pos = [0, 1] inner_tiles = [%tile, 2]
        into %e : tensor<?x?x?x2xf32> -> tensor<?x?xf32>
      return %p, %u : tensor<?x?x?x2xf32>, tensor<?x?xf32>
    }"""


@pytest.mark.parametrize(("shape", "m", "n", "tile"), [((6, 4), 2, 2, 3), ((5, 3), 2, 2, 3), ((0, 3), 1, 2, 4)])
def test_pack(shape, m, n, tile):
    check(PACK, f32(*shape), m, n, tile)


def test_tiles_that_do_not_fit():
    fails(PACK, "dimension 0 of 'tensor.pack' op", f32(7, 4), 2, 2, 3)
    fails(PACK, "expects tiles of a positive size", f32(7, 4), 2, 2, 0)


def test_pack_without_padding():
    text = """
    func.func @f(%t: tensor<?x4xf32>, %m: index) -> tensor<?x4x2xf32> {
      %d = tensor.empty(%m) : tensor<?x4x2xf32>
      %p = tensor.pack %t inner_dims_pos = [0] inner_tiles = [2] into %d : tensor<?x4xf32> -> tensor<?x4x2xf32>
      return %p : tensor<?x4x2xf32>
    }"""
    check(text, f32(6, 4), 3)
    fails(text, "does not fill its tiles", f32(5, 4), 3)


@pytest.mark.parametrize("axis", [0, 1, 2])
@pytest.mark.parametrize("n", [0, 1, 9])
def test_softmax(axis, n):
    text = f"""
    func.func @f(%t: tensor<2x?x3xf32>, %o: tensor<2x?x3xf32>) -> tensor<2x?x3xf32> {{
      %r = linalg.softmax dimension({axis}) ins(%t : tensor<2x?x3xf32>) outs(%o : tensor<2x?x3xf32>) -> tensor<2x?x3xf32>
      return %r : tensor<2x?x3xf32>
    }}"""
    check(text, 100 * f32(2, n, 3), f32(2, n, 3))
    fails(text, "the sizes of the operands do not agree", f32(2, n, 3), f32(2, n + 1, 3))


CONCAT = """
    func.func @f(%a: tensor<2x?xf32>, %b: tensor<?x3xf32>, %c: tensor<1x?xf32>) -> tensor<?x3xf32> {
      %r = tensor.concat dim(0) %a, %b, %c : (tensor<2x?xf32>, tensor<?x3xf32>, tensor<1x?xf32>) -> tensor<?x3xf32>
      return %r : tensor<?x3xf32>
    }"""


@pytest.mark.parametrize("n", [0, 4])
def test_concat(n):
    check(CONCAT, f32(2, 3), f32(n, 3), f32(1, 3))
    fails(CONCAT, "the sizes of 'tensor.concat' op do not agree along dimension 1", f32(2, 3), f32(n, 3), f32(1, 2))


def test_bits_and_ranks():
    text = """
    func.func @f(%t: tensor<?xf32>) -> (tensor<?xi32>, index) {
      %r = tensor.bitcast %t : tensor<?xf32> to tensor<?xui32>
      %s = tensor.bitcast %r : tensor<?xui32> to tensor<?xi32>
      %n = tensor.rank %t : tensor<?xf32>
      return %s, %n : tensor<?xi32>, index
    }"""
    check(text, f32(11))
