"""Fourier transforms of `nd`."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects.nd_base import NdOp, R, check_compatible, integers, merge, tensor_type
from irc.ir.attributes import DenseArrayAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.traits import Pure
from irc.ir.types import ComplexType, Dimension, TensorType, Type, f32, f64
from irc.ir.value import Value
from irc.ods.attribute_constraints import I64Array
from irc.ods.constraints import Constraint
from irc.ods.enums import EnumAttr
from irc.ods.fields import attribute, operand, result

_REAL = (f32, f64)

_Signal = Constraint(
    "ranked tensor of f32, f64 or complex values",
    lambda type: (
        isinstance(type, TensorType) and (type.element_type in _REAL or isinstance(type.element_type, ComplexType))
    ),
)


class FftKind(EnumAttr):
    """The kind of a Fourier transform."""

    name = "nd.fft_kind"
    cases = ("FFT", "IFFT", "RFFT", "IRFFT")


class Fft(NdOp, name="nd.fft", traits=[Pure]):
    """The discrete Fourier transform over the last one, two or three axes (StableHLO `fft`).

    `FFT` and `IFFT` take complex numbers to complex ones; the inverse divides by the number of elements, which `length`
    repeats. `RFFT` takes real numbers to the first half, `length/2 + 1` elements along the last axis, of their transform,
    whose other half follows by symmetry. `IRFFT` takes such a half back to `length` real numbers; it ignores the
    imaginary part of elements that the symmetry says are real. These are `fftn`, `ifftn`, `rfftn` and `irfftn` of the
    Array API's extension with the norm "backward". Numbers are computed in their own precision; NaN and infinities spread
    over the whole transform. A transform over an empty axis is empty. A dynamic size that is not that of `length` is an
    error when the program runs.

    %y = nd.fft %x kind = RFFT length = [8] : tensor<4x8xf32> -> tensor<4x5xcomplex<f32>>
    """

    x: Value = operand(_Signal)
    kind: FftKind = attribute(FftKind)
    length: DenseArrayAttr = attribute(DenseArrayAttr, where=I64Array)
    into: Value | None = operand(R, default=None)
    result: Value = result(R)

    assembly = "$x `kind` `=` $kind `length` `=` $length (`into` $into^)? attr-dict `:` type($x) `->` type($result)"

    def infer(self) -> Sequence[Type]:
        x, kind, length = tensor_type(self.x), self.kind.value, integers(self.length)
        element = x.element_type
        if not 1 <= len(length) <= 3:
            raise VerifyError(f"transforms are over 1 to 3 axes, got {len(length)} lengths")
        if any(n < 0 for n in length):
            raise VerifyError(f"lengths {list(length)} must not be negative")
        if x.rank < len(length):
            raise VerifyError(f"'{x}' has fewer than {len(length)} axes")
        if isinstance(element, ComplexType) != (kind != "RFFT"):
            raise VerifyError(f"{kind} takes {'real' if kind == 'RFFT' else 'complex'} numbers, got '{x}'")
        stated: list[Dimension] = list(length)
        if kind == "IRFFT":
            stated[-1] = _half(length[-1])
        for i, (known, n) in enumerate(zip(x.shape[x.rank - len(length) :], stated, strict=True)):
            merge(known, n, f"axis {x.rank - len(length) + i} of '{x}' in an {kind} of length {list(length)}")
        if kind == "RFFT":
            return [TensorType((*x.shape[:-1], _half(length[-1])), ComplexType(element))]
        if kind == "IRFFT":
            assert isinstance(element, ComplexType)
            return [TensorType((*x.shape[:-1], length[-1]), element.element_type)]
        return [x]

    def verify(self) -> None:
        check_compatible(self.result.type, self.infer())


def _half(n: int) -> int:
    """How many elements of the transform of `n` real numbers do not follow from the others."""
    return n // 2 + 1 if n else 0
