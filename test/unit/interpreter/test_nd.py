"""Where `nd` differs from NumPy: quotients of the least integer, and no implicit broadcasting."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from irc.dialects.nd import Divide
from irc.dialects.nd_numpy import BINARY
from irc.interpreter.core import Interpreter
from irc.ir.diagnostic import DiagnosedError
from irc.text.parser import parse_module

ADD = """
func.func @add(%x: tensor<?xf32>, %y: tensor<?xf32>) -> tensor<?xf32> {
  %z = nd.add %x, %y : tensor<?xf32>
  return %z : tensor<?xf32>
}
"""


def _truncated(a: int, b: int, bits: int) -> int:
    """Python's exact quotient, rounded towards zero and wrapped to the width."""
    quotient = abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)
    return (quotient + (1 << bits - 1)) % (1 << bits) - (1 << bits - 1)


@pytest.mark.parametrize("dtype", [np.int8, np.int16, np.int32, np.int64])
def test_division_truncates_and_the_least_integer_is_a_number_like_others(dtype: Any) -> None:
    least, greatest = int(np.iinfo(dtype).min), int(np.iinfo(dtype).max)
    numbers = [least, least + 1, -7, -2, -1, 1, 2, 7, greatest]
    pairs = [(a, b) for a in numbers for b in numbers]
    expected = [_truncated(a, b, np.iinfo(dtype).bits) for a, b in pairs]
    got = BINARY[Divide](np.array([a for a, _ in pairs], dtype), np.array([b for _, b in pairs], dtype))
    assert got.tolist() == expected


@pytest.mark.parametrize("size", [1, 2])
def test_sizes_that_disagree_are_an_error_also_where_numpy_would_broadcast(size: int) -> None:
    interpreter = Interpreter(parse_module(ADD))
    with pytest.raises(DiagnosedError, match="the sizes of the operands do not agree"):
        interpreter.call("add", np.ones(3, "f"), np.ones(size, "f"))


DISAGREEING = {
    "nd.matmul %x, %y : tensor<?x?xf32>, tensor<?x?xf32> -> tensor<?x?xf32>": [(2, 3), (2, 3)],
    "nd.concat %x, %y axis = 0 : tensor<?x?xf32>, tensor<?x?xf32> -> tensor<?x?xf32>": [(2, 3), (2, 4)],
    "nd.where %c, %x, %y : tensor<?x?xi1>, tensor<?x?xf32>": [(2, 3), (1, 3)],
}


@pytest.mark.parametrize("op", DISAGREEING)
def test_sizes_that_do_not_agree_are_told_in_our_words(op: str) -> None:
    text = f"""func.func @f(%x: tensor<?x?xf32>, %y: tensor<?x?xf32>, %c: tensor<?x?xi1>) -> tensor<?x?xf32> {{
      %z = {op}
      return %z : tensor<?x?xf32>
    }}"""
    x, y = (np.ones(shape, np.float32) for shape in DISAGREEING[op])
    with pytest.raises(DiagnosedError, match=r"the sizes of the operands do not agree: \(2, 3\) and"):
        Interpreter(parse_module(text, "sizes.mlir")).call("f", x, y, np.ones((2, 3), bool))


def test_batches_of_run_time_sizes_are_not_repeated() -> None:
    text = """func.func @f(%x: tensor<?x2x2xf32>, %y: tensor<3x2x2xf32>) -> tensor<3x2x2xf32> {
      %z = nd.matmul %x, %y : tensor<?x2x2xf32>, tensor<3x2x2xf32> -> tensor<3x2x2xf32>
      return %z : tensor<3x2x2xf32>
    }"""
    x, y = np.ones((1, 2, 2), np.float32), np.ones((3, 2, 2), np.float32)
    with pytest.raises(DiagnosedError, match="the sizes of the operands do not agree"):
        Interpreter(parse_module(text, "batch.mlir")).call("f", x, y)
    known = parse_module(text.replace("?", "1"), "batch.mlir")
    assert Interpreter(known).call("f", x, y)[0].shape == (3, 2, 2)


@pytest.mark.parametrize("op", ["nd.iota(%n) axis = 0 :", "nd.allocate(%n) :"])
def test_a_negative_size_is_told_in_our_words(op: str) -> None:
    text = f"func.func @f(%n: index) -> tensor<?xf32> {{ %z = {op} tensor<?xf32> return %z : tensor<?xf32> }}"
    with pytest.raises(DiagnosedError, match=r"a size of the result is negative: \(-2,\)"):
        Interpreter(parse_module(text, "negative.mlir")).call("f", -2)


@pytest.mark.parametrize("type", ["f16", "bf16", "f32", "f8E5M2"])
def test_floats_of_all_types_are_printed_as_numbers(type: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = f'func.func @f(%x: {type}) {{ nd.print "x is {{}}"(%x) : {type} nd.print "done" return }}'
    Interpreter(parse_module(text, "print.mlir")).call("f", 1.5)
    assert capsys.readouterr().out == "x is 1.5\ndone\n"
