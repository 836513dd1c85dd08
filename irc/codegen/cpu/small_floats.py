"""Conversions to and from floats of 16 bits, for processors that have no instruction for them.

LLVM then calls functions of the compiler's runtime library (https://gcc.gnu.org/onlinedocs/gccint/Soft-float-library-routines.html),
which a process need not contain. They are written here in LLVM IR on the bit patterns (IEEE 754-2019), so that they have
LLVM's own idea of how such numbers are passed.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """A binary floating-point format: its name in LLVM IR, its width, and how many bits of that are fraction."""

    type: str
    width: int
    fraction: int

    @property
    def bias(self) -> int:
        return (1 << (self.width - self.fraction - 2)) - 1

    @property
    def infinity(self) -> int:
        """The bit pattern of infinity; that of a NaN is larger."""
        return (2 * self.bias + 1) << self.fraction


BFLOAT, HALF = Format("bfloat", 16, 7), Format("half", 16, 10)
FLOAT, DOUBLE = Format("float", 32, 23), Format("double", 64, 52)

TRUNCATIONS = {
    "__truncsfbf2": (FLOAT, BFLOAT), "__truncdfbf2": (DOUBLE, BFLOAT),
    "__truncsfhf2": (FLOAT, HALF), "__truncdfhf2": (DOUBLE, HALF),
}  # fmt: skip
EXTENSION = "__extendhfsf2"
SYMBOLS = (*TRUNCATIONS, EXTENSION)


def needs_conversions(text: str) -> bool:
    """Whether code for this LLVM IR may call the functions."""
    return BFLOAT.type in text or HALF.type in text


def conversions_text() -> str:
    """The LLVM IR of all of the functions."""
    return "".join(_truncation(name, *formats) for name, formats in TRUNCATIONS.items()) + _EXTENSION


def _truncation(name: str, wide: Format, narrow: Format) -> str:
    """Rounds to the nearest number, to the one whose last bit is zero where two are as near.

    Bit patterns of positive numbers are ordered as the numbers are, also across exponents: rounding one up may carry into
    the exponent, and up to infinity. Numbers below the normal ones of the narrow format are shifted to its least exponent
    first.
    """
    word, drop, rebias = f"i{wide.width}", wide.fraction - narrow.fraction, wide.bias - narrow.bias
    hidden = 1 << wide.fraction
    return f"""\
define {narrow.type} @{name}({wide.type} %x) nounwind {{
  %bits = bitcast {wide.type} %x to {word}
  %positive = and {word} %bits, {(1 << (wide.width - 1)) - 1}
  %top = lshr {word} %bits, {wide.width - 16}
  %top16 = trunc {word} %top to i16
  %sign = and i16 %top16, -32768
  %is.nan = icmp ugt {word} %positive, {wide.infinity}
  br i1 %is.nan, label %nan, label %number
nan:
  %payload = lshr {word} %positive, {drop}
  %payload16 = trunc {word} %payload to i16
  %payload.kept = and i16 %payload16, {(1 << narrow.fraction) - 1}
  %quiet = or i16 %payload.kept, {narrow.infinity | 1 << (narrow.fraction - 1)}
  br label %end
number:
  %is.small = icmp ult {word} %positive, {(rebias + 1) << wide.fraction}
  br i1 %is.small, label %small, label %round
small:
  %exponent.field = lshr {word} %positive, {wide.fraction}
  %is.zero.exponent = icmp eq {word} %exponent.field, 0
  %exponent = select i1 %is.zero.exponent, {word} 1, {word} %exponent.field
  %fraction = and {word} %positive, {hidden - 1}
  %with.hidden = or {word} %fraction, {hidden}
  %significand = select i1 %is.zero.exponent, {word} %fraction, {word} %with.hidden
  %distance = sub {word} {rebias + 1}, %exponent
  %far = icmp ugt {word} %distance, {wide.fraction + 2}
  %shift = select i1 %far, {word} {wide.fraction + 2}, {word} %distance
  %shifted = lshr {word} %significand, %shift
  %back = shl {word} %shifted, %shift
  %is.inexact = icmp ne {word} %back, %significand
  %sticky = zext i1 %is.inexact to {word}
  %small.pattern = or {word} %shifted, %sticky
  br label %rounding
round:
  %rebiased = sub {word} %positive, {rebias << wide.fraction}
  br label %rounding
rounding:
  %pattern = phi {word} [%small.pattern, %small], [%rebiased, %round]
  %kept = lshr {word} %pattern, {drop}
  %odd = and {word} %kept, 1
  %nearly.half = add {word} %odd, {(1 << (drop - 1)) - 1}
  %sum = add {word} %pattern, %nearly.half
  %rounded = lshr {word} %sum, {drop}
  %overflows = icmp ugt {word} %rounded, {narrow.infinity}
  %finite = select i1 %overflows, {word} {narrow.infinity}, {word} %rounded
  %finite16 = trunc {word} %finite to i16
  br label %end
end:
  %absolute = phi i16 [%quiet, %nan], [%finite16, %rounding]
  %result = or i16 %absolute, %sign
  %r = bitcast i16 %result to {narrow.type}
  ret {narrow.type} %r
}}
"""


_EXTENSION = f"""\
define float @{EXTENSION}(half %x) nounwind {{
  %bits = bitcast half %x to i16
  %wide = zext i16 %bits to i32
  %positive = and i32 %wide, 32767
  %sign16 = and i32 %wide, 32768
  %sign = shl i32 %sign16, 16
  %is.small = icmp ult i32 %positive, {1 << HALF.fraction}
  br i1 %is.small, label %small, label %normal
small:
  %count = uitofp i32 %positive to float
  %value = fmul float %count, 0x{(DOUBLE.bias + 1 - HALF.bias - HALF.fraction) << DOUBLE.fraction:016X}
  %small.pattern = bitcast float %value to i32
  br label %end
normal:
  %is.special = icmp uge i32 %positive, {HALF.infinity}
  %rebias = select i1 %is.special, i32 {(255 - 31) << FLOAT.fraction}, i32 {(FLOAT.bias - HALF.bias) << FLOAT.fraction}
  %moved = shl i32 %positive, {FLOAT.fraction - HALF.fraction}
  %pattern = add i32 %moved, %rebias
  %is.nan = icmp ugt i32 %positive, {HALF.infinity}
  %quiet = select i1 %is.nan, i32 {1 << (FLOAT.fraction - 1)}, i32 0
  %normal.pattern = or i32 %pattern, %quiet
  br label %end
end:
  %absolute = phi i32 [%small.pattern, %small], [%normal.pattern, %normal]
  %result = or i32 %absolute, %sign
  %r = bitcast i32 %result to float
  ret float %r
}}
"""
