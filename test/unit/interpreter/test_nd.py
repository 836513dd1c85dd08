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
