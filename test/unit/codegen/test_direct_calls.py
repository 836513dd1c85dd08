"""Calls without checks give what checked calls give: every layout of arguments, results that share memory, sizes left open."""

from __future__ import annotations

import gc

import numpy as np
import pytest

from irc.codegen.cpu.executor import CpuExecutor
from irc.ir.diagnostic import DiagnosedError
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.pipelines import CPU
from irc.text.parser import parse_module

TEXT = """
func.func @f(%x: tensor<?x3xf32>, %y: tensor<2x3xf32>, %s: tensor<f64>)
    -> (tensor<?x3xf32>, tensor<2x3xf32>, tensor<f64>, tensor<3x?xf32>, tensor<0x3xf32>) {
  %a = nd.add %x, %x : tensor<?x3xf32>
  %t = nd.permute_dims %a axes = [1, 0] : tensor<?x3xf32> -> tensor<3x?xf32>
  %e = nd.slice %y [0:0, :] : tensor<2x3xf32> -> tensor<0x3xf32>
  return %a, %y, %s, %t, %e : tensor<?x3xf32>, tensor<2x3xf32>, tensor<f64>, tensor<3x?xf32>, tensor<0x3xf32>
}
func.func @fails(%x: tensor<i32>) -> tensor<i32> {
  %i = tensor.extract %x[] : tensor<i32>
  %d = arith.divsi %i, %i : i32
  %r = tensor.from_elements %d : tensor<i32>
  return %r : tensor<i32>
}
"""


@pytest.fixture(scope="module")
def executor() -> CpuExecutor:
    module = parse_module(TEXT, "test.mlir")
    PassManager(parse_pipeline(CPU)).run(module)
    return CpuExecutor(module)


@pytest.mark.parametrize("n", [0, 1, 5])
def test_results_are_those_of_a_checked_call(executor, n):
    wide = np.arange(60, dtype=np.float32).reshape(10, 6)
    direct = executor.direct("f")
    for x in (np.ones((n, 3), np.float32), wide[:n, ::2], wide.T[:3, :n].T, wide[::-1][:n, :3]):
        arguments = [x, wide[:2, 3:], np.float64(7)]
        arguments[2] = np.asarray(arguments[2])
        found = direct(arguments)
        gc.collect()
        for a, b in zip(found, executor.call("f", *arguments), strict=True):
            assert (a.dtype, a.shape) == (b.dtype, b.shape)
            assert np.array_equal(a, b)
            assert not a.flags.writeable


def test_a_result_does_not_share_the_memory_of_an_argument(executor):
    y = np.zeros((2, 3), np.float32)
    found = executor.direct("f")([np.ones((1, 3), np.float32), y, np.asarray(1.0)])
    y[0, 0] = 5
    assert found[1][0, 0] == 0


def test_failures_are_errors(executor):
    direct = executor.direct("fails")
    with pytest.raises(DiagnosedError, match="divides by zero"):
        direct([np.asarray(0, np.int32)])
    assert direct([np.asarray(3, np.int32)]) == [1]
