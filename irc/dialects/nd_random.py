"""Random bits of `nd`."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects.nd_base import NdOp, R, check_dims, tensor_type
from irc.ir.diagnostic import VerifyError
from irc.ir.traits import Pure
from irc.ir.types import IntegerType, TensorType
from irc.ir.value import Value
from irc.ods.constraints import Constraint, Index
from irc.ods.fields import operand, result, variadic

KEY = TensorType((2,), IntegerType(32, "unsigned"))
START = TensorType((), IntegerType(64, "unsigned"))
WIDTHS = (8, 16, 32, 64)

_Key = Constraint(f"{KEY}", lambda type: type is KEY, only=KEY)
_Start = Constraint(f"{START}", lambda type: type is START, only=START)


class RandomBits(NdOp, name="nd.random_bits", traits=[Pure]):
    """Random bits that are a function of a key and of the position: the counter-based generator Threefry-2x32-20.

    J. K. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3" (SC11). The counter of an element is its position in
    row-major order plus `start`, modulo 2^64; the generator takes the upper and the lower 32 bits of the counter to two
    words, `hi` and `lo`. An element of 64 bits is `hi * 2^32 + lo`, one of 32 bits is `hi xor lo`, of which narrower ones
    are the lowest bits. These are, bit for bit, the numbers of `jax.random.bits(key, shape, dtype)` of JAX's default
    implementation (with `jax_threefry_partitionable`). The same key gives the same numbers with every executor.

    Keys come from numbers, and from other keys, as in JAX:

    * `PRNGKey(seed)` is `[seed / 2^32, seed mod 2^32]` of the seed as an unsigned number of 64 bits (where JAX runs
      without `jax_enable_x64`, of 32 bits: the first word is 0);
    * `split(key, shape)` are, for each element of the `ui64` bits of that shape, its upper and its lower word:
      `nd.random_bits %key : tensor<3xui64>` holds three new keys;
    * `fold_in(key, number)` are the words of the one element of `nd.random_bits %key start %number : tensor<ui64>`, where
      the number is one of 32 bits.

    `nd.divide` by 2^32 and `nd.cast` to `ui32`, which keeps the lower bits, take an `ui64` apart.

    %bits = nd.random_bits %key : tensor<4x6xui32>
    """

    key: Value = operand(_Key)
    start: Value | None = operand(_Start, default=None)
    dims: Sequence[Value] = variadic(Index, default=())
    into: Value | None = operand(R, default=None)
    result: Value = result(R)

    assembly = "$key (`start` $start^)? (`sizes` `(` $dims^ `)`)? (`into` $into^)? attr-dict `:` type($result)"

    def verify(self) -> None:
        type = tensor_type(self.result)
        check_dims(self.dims, type)
        element = type.element_type
        if not (isinstance(element, IntegerType) and element.signedness == "unsigned" and element.width in WIDTHS):
            raise VerifyError(f"elements must be ui8, ui16, ui32 or ui64, got '{type}'")
