"""Tensors of more dimensions than NumPy has arrays of: native code computes with them, the rest says what is not possible."""

from __future__ import annotations

import numpy as np
import pytest

from irc.codegen.cpu.executor import CpuExecutor
from irc.interpreter.core import Interpreter
from irc.ir.diagnostic import DiagnosedError
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.pipelines import CPU
from irc.text.parser import parse_module

MANY = f"tensor<2x{'1x' * 68}f32>"
INSIDE = f"""func.func @f(%x: tensor<2xf32>) -> tensor<2xf32> {{
  %c = nd.constant dense<"0x0000803F00000040"> : {MANY}
  %y = nd.reshape %x : tensor<2xf32> -> {MANY}
  %z = nd.add %y, %c : {MANY}
  %r = nd.reshape %z : {MANY} -> tensor<2xf32>
  return %r : tensor<2xf32>
}}"""


def native(text: str) -> CpuExecutor:
    module = parse_module(text, "many.mlir")
    PassManager(parse_pipeline(CPU)).run(module)
    return CpuExecutor(module)


def test_native_code_has_any_number() -> None:
    (found,) = native(INSIDE).call("f", np.array([10, 20], np.float32))
    assert found.tolist() == [11, 22]


def test_the_interpreter_says_where_there_are_too_many() -> None:
    with pytest.raises(DiagnosedError, match="NumPy has no arrays of 69 dimensions, only of up to 64") as raised:
        Interpreter(parse_module(INSIDE, "many.mlir")).call("f", np.zeros(2, np.float32))
    assert "many.mlir" in str(raised.value.diagnostics[0].location)


def test_what_is_passed_is_an_array() -> None:
    executor = native(
        f"func.func @f(%x: tensor<2xf32>) -> {MANY} {{ %y = nd.reshape %x : tensor<2xf32> -> {MANY} return %y : {MANY} }}"
    )
    with pytest.raises(Exception, match="cannot be passed from and to Python"):
        executor.call("f", np.zeros(2, np.float32))
