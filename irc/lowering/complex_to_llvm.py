"""`complex` in the llvm dialect: a number is a struct of its parts.

What `convert-complex-to-standard` turns into arithmetic on the parts does not get here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.dialects import complex
from irc.lowering.llvm_lowering import Lower, Lowering, Table
from irc.lowering.lowered_values import Lowered, convert_scalar


def _constant(op: complex.Constant, _operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    return [lo.pooled(op.value, convert_scalar(op.complex.type))]


def _create(op: complex.Create, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    real, imaginary = operands
    started = lo.insert_value(lo.undef(convert_scalar(op.complex.type)), real, (0,))
    return [lo.insert_value(started, imaginary, (1,))]


def _part(position: int) -> Lower:
    return lambda op, operands, lo: [lo.extract_value(operands[0], position)]


COMPLEX: Table = {
    complex.Constant: _constant,
    complex.Create: _create,
    complex.Re: _part(0),
    complex.Im: _part(1),
}
