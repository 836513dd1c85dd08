"""Integers whose width is none of NumPy's: every executor holds them in the next dtype, extended by their sign.

The interpreter runs each program as it is written and as it is in the llvm dialect; native code runs the latter.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from irc.codegen.cpu.executor import CpuExecutor
from irc.interpreter.core import Interpreter
from irc.ir.verifier import verify_or_raise
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.pipelines import CPU
from irc.text.parser import parse_module


def executors(text: str) -> list[Any]:
    module, lowered = parse_module(text, "odd.mlir"), parse_module(text, "odd.mlir")
    verify_or_raise(module)
    PassManager(parse_pipeline(CPU)).run(lowered)
    return [Interpreter(module), Interpreter(lowered), CpuExecutor(lowered)]


ODD = {"i2": np.int8, "i4": np.int8, "i7": np.int8, "i12": np.int16, "i24": np.int32, "i33": np.int64,
       "ui5": np.uint8, "ui33": np.uint64}  # fmt: skip


def wrapped(number: int, type: str) -> int:
    """The number that the low bits are in a type."""
    width = int(type.lstrip("ui"))
    low = number % (1 << width)
    return low if type.startswith("u") or low < 1 << (width - 1) else low - (1 << width)


@pytest.mark.parametrize("type", ODD)
def test_scalars_go_in_and_come_out_extended(type: str):
    signless = type.removeprefix("u")
    relabel = f"%s = builtin.unrealized_conversion_cast %y : {signless} to {type}" if type[0] == "u" else ""
    strip = f"%u = builtin.unrealized_conversion_cast %x : {type} to {signless}" if type[0] == "u" else ""
    x, y = ("%u", "%s") if type[0] == "u" else ("%x", "%y")
    text = (
        f"func.func @f(%x: {type}) -> ({type}, {type}) {{ {strip} %y = arith.addi {x}, {x} : {signless} {relabel} "
        f"return {y}, %x : {type}, {type} }}"
    )
    for executor in executors(text):
        for number in (1, (1 << 40) - 1, 1 << (int(signless[1:]) - 1)):
            argument = wrapped(number, type)
            assert executor.call("f", argument) == [wrapped(2 * argument, type), argument]
            assert all(result.dtype == ODD[type] for result in executor.call("f", argument))


@pytest.mark.parametrize("type", ODD)
def test_the_spare_bits_of_what_the_user_passes_are_dropped(type: str):
    tensor = f"tensor<2x{type}>"
    text = (
        f"func.func @f(%x: {tensor}, %s: {type}) -> ({tensor}, {type}) {{ %y = nd.maximum %x, %x : {tensor} "
        f"return %y, %s : {tensor}, {type} }}"
    )
    given = np.array([100, 93], ODD[type])
    for executor in executors(text):
        found, scalar = executor.call("f", given, given[0])
        assert found.tolist() == [wrapped(100, type), wrapped(93, type)]
        assert scalar == wrapped(100, type)
    assert given.tolist() == [100, 93]


@pytest.mark.parametrize("type", ODD)
def test_constants_and_buffers(type: str):
    text = f"""
      memref.global "private" constant @numbers : memref<2x{type}> = dense<[1, 0]>
      func.func @f(%to: memref<2x{type}>, %i: index) {{
        %from = memref.get_global @numbers : memref<2x{type}>
        %x = memref.load %from[%i] : memref<2x{type}>
        memref.store %x, %to[%i] : memref<2x{type}>
        return
      }}"""
    for executor in executors(text):
        buffer = np.zeros(2, ODD[type])
        executor.call("f", buffer, 0)
        assert buffer.tolist() == [1, 0]


VECTORS = """
  memref.global "private" constant @numbers : memref<4xi7> = dense<[1, -2, 63, -64]>
  func.func @f(%to: memref<4xi7>) {
    %i = arith.constant 0 : index
    %zero = arith.constant 0 : i7
    %mask = arith.constant dense<[true, true, false, true]> : vector<4xi1>
    %from = memref.get_global @numbers : memref<4xi7>
    %x = vector.load %from[%i] : memref<4xi7>, vector<4xi7>
    %y = vector.transfer_read %from[%i], %zero : memref<4xi7>, vector<4xi7>
    %z = arith.addi %x, %y : vector<4xi7>
    vector.maskedstore %to[%i], %mask, %z : memref<4xi7>, vector<4xi1>, vector<4xi7>
    return
  }"""


def test_vectors():
    for executor in executors(VECTORS):
        buffer = np.full(4, 5, np.int8)
        executor.call("f", buffer)
        assert buffer.tolist() == [2, -4, 5, 0]


def test_a_buffer_passed_by_reference_cannot_be_cleaned():
    """What the function reads is no number of the type, and a copy would lose what it writes."""
    for executor in executors(VECTORS):
        with pytest.raises(Exception, match="elements that are out of range"):
            executor.call("f", np.full(4, 100, np.int8))


@pytest.mark.parametrize("type", ["i7", "ui5"])
def test_a_reduction_of_nothing_is_the_limit_of_the_type(type: str):
    text = "\n".join(
        f"func.func @{op}(%x: tensor<0x{type}>) -> tensor<{type}> {{ %y = nd.{op} %x axes = [0] : "
        f"tensor<0x{type}> -> tensor<{type}> return %y : tensor<{type}> }}"
        for op in ("max", "min")
    )
    low, high = (-64, 63) if type == "i7" else (0, 31)
    for executor in executors(text):
        assert executor.call("max", np.zeros(0, ODD[type])) == [low]
        assert executor.call("min", np.zeros(0, ODD[type])) == [high]


def test_folding_wraps():
    text = """
      func.func @f() -> (tensor<2xi7>, tensor<2xi64>) {
        %c = nd.constant dense<[60, -60]> : tensor<2xi7>
        %d = nd.add %c, %c : tensor<2xi7>
        %w = nd.cast %d : tensor<2xi7> -> tensor<2xi64>
        return %d, %w : tensor<2xi7>, tensor<2xi64>
      }"""
    for executor in executors(text):
        assert [found.tolist() for found in executor.call("f")] == [[-8, 8], [-8, 8]]
