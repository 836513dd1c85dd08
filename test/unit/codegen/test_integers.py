"""`index`, wide products, carries and powers: native code gives what the interpreter gives of the text as it is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from unit.codegen.native import native

from irc.interpreter.core import Interpreter
from irc.ir.diagnostic import DiagnosedError
from irc.text.parser import parse_module

LEAST, MOST = -(1 << 63), (1 << 63) - 1


def check(text: str, *arguments: Any) -> None:
    """The same results, or the same message."""
    outcomes: list[Any] = []
    for executor in (Interpreter(parse_module(text, "test.mlir")), native(text)):
        try:
            outcomes.append([np.asarray(result).tolist() for result in executor.call("f", *arguments)])
        except DiagnosedError as problem:
            outcomes.append(str(problem).splitlines()[0])
    assert outcomes[0] == outcomes[1]


BINARY = ["add", "sub", "mul", "divs", "divu", "ceildivs", "ceildivu", "floordivs", "rems", "remu", "maxs", "maxu",
          "mins", "minu", "and", "or", "xor"]  # fmt: skip


@pytest.mark.parametrize("name", BINARY)
@pytest.mark.parametrize(("a", "b"), [(7, -2), (-7, 2), (LEAST, -1), (MOST, MOST), (5, 0)])
def test_index(name, a, b):
    check(f"func.func @f(%a: index, %b: index) -> index {{\n%r = index.{name} %a, %b\nreturn %r : index\n}}", a, b)


@pytest.mark.parametrize("name", ["shl", "shrs", "shru"])
@pytest.mark.parametrize(("a", "b"), [(7, 3), (-7, 63), (LEAST, 0)])
def test_shifts_of_indices(name, a, b):
    check(f"func.func @f(%a: index, %b: index) -> index {{\n%r = index.{name} %a, %b\nreturn %r : index\n}}", a, b)


@pytest.mark.parametrize("predicate", ["eq", "ne", "slt", "sle", "sgt", "sge", "ult", "ule", "ugt", "uge"])
def test_comparisons_of_indices(predicate):
    text = f"func.func @f(%a: index, %b: index) -> i1 {{\n%r = index.cmp {predicate}(%a, %b)\nreturn %r : i1\n}}"
    for a, b in ((-1, 1), (1, -1), (2, 2)):
        check(text, a, b)


def test_casts_and_constants_of_indices():
    text = """
    func.func @f(%a: i8, %b: index) -> (index, index, i8, i1, index, index, i1) {
      %0 = index.casts %a : i8 to index
      %1 = index.castu %a : i8 to index
      %2 = index.casts %b : index to i8
      %3 = index.castu %b : index to i1
      %4 = index.constant -3
      %5 = index.sizeof
      %6 = index.bool.constant true
      return %0, %1, %2, %3, %4, %5, %6 : index, index, i8, i1, index, index, i1
    }"""
    check(text, -1, 0x1FF)


def extended(op: str, type: str, second: str) -> str:
    return f"func.func @f(%a: {type}, %b: {type}) -> ({type}, {second}) {{\n%r:2 = {op}\nreturn %r#0, %r#1 : {type}, {second}\n}}"


@pytest.mark.parametrize("type", ["i1", "i8", "i32", "i64"])
@pytest.mark.parametrize(("a", "b"), [(-1, -1), (-1, 1), (LEAST, LEAST), (MOST, 3), (0, -1)])
def test_extended(type, a, b):
    width = int(type[1:])
    a, b = (number >> (64 - width) if number in (LEAST, MOST) else number for number in (a, b))
    a, b = (bool(number % 2) if width == 1 else number for number in (a, b))
    check(extended(f"arith.addui_extended %a, %b : {type}, i1", type, "i1"), a, b)
    for name in ("mulsi", "mului"):
        check(extended(f"arith.{name}_extended %a, %b : {type}", type, type), a, b)


VECTORS = """
    func.func @f(%x: memref<2x4x{type}>, %y: memref<2x4x{type}>) {{
      %c0 = arith.constant 0 : index
      %a = vector.load %x[%c0, %c0] : memref<2x4x{type}>, vector<2x4x{type}>
      %b = vector.load %y[%c0, %c0] : memref<2x4x{type}>, vector<2x4x{type}>
      {op}
      vector.store %low, %x[%c0, %c0] : memref<2x4x{type}>, vector<2x4x{type}>
      vector.store %high, %y[%c0, %c0] : memref<2x4x{type}>, vector<2x4x{type}>
      return
    }}"""


@pytest.mark.parametrize("type", ["i32", "i64"])
@pytest.mark.parametrize(
    "op",
    ["%low, %high = arith.mulsi_extended %a, %b : {vector}", "%low, %high = arith.mului_extended %a, %b : {vector}",
     "%low = math.ipowi %a, %b : {vector}\n%high = arith.addi %a, %b : {vector}",
     "%low, %c = arith.addui_extended %a, %b : {vector}, vector<2x4xi1>\n%high = arith.extui %c : vector<2x4xi1> to {vector}"],
)  # fmt: skip
def test_vectors(type, op):
    text = VECTORS.format(type=type, op=op.format(vector=f"vector<2x4x{type}>"))
    dtype = {"i32": np.int32, "i64": np.int64}[type]
    x = np.array([[-1, 2, 1 << 30, -5], [3, 7, -1, 1]], dtype)
    y = np.array([[-1, 5, -(1 << 30), 3], [-3, 30, -2, -9]], dtype)
    results = []
    for executor in (Interpreter(parse_module(text, "test.mlir")), native(text)):
        copies = x.copy(), y.copy()
        executor.call("f", *copies)
        results.append([copy.tolist() for copy in copies])
    assert results[0] == results[1]


@pytest.mark.parametrize("type", ["i1", "i8", "i64"])
@pytest.mark.parametrize(("base", "exponent"), [(3, 4), (-3, 3), (2, 7), (0, 0), (5, -1), (-1, -3), (1, -4), (0, -2)])
def test_powers(type, base, exponent):
    if type == "i1":
        base, exponent = bool(base % 2), bool(exponent % 2)
    check(f"func.func @f(%a: {type}, %b: {type}) -> {type} {{\n%r = math.ipowi %a, %b : {type}\nreturn %r : {type}\n}}",
          base, exponent)  # fmt: skip
