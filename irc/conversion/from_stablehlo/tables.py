"""All tables together."""

from __future__ import annotations

from irc.conversion.from_stablehlo import (
    broadcasting,
    contraction,
    control,
    custom_calls,
    elementwise,
    indexing,
    linear_algebra,
    one_device,
    random_numbers,
    reductions,
    shapes,
    slices,
    special,
    structured,
)
from irc.conversion.from_stablehlo.values import Lowering
from irc.ir.operation import Operation

LOWERINGS: dict[type[Operation], Lowering] = {
    **broadcasting.LOWERINGS,
    **contraction.LOWERINGS,
    **control.LOWERINGS,
    **custom_calls.LOWERINGS,
    **elementwise.LOWERINGS,
    **indexing.LOWERINGS,
    **linear_algebra.LOWERINGS,
    **one_device.LOWERINGS,
    **random_numbers.LOWERINGS,
    **reductions.LOWERINGS,
    **shapes.LOWERINGS,
    **slices.LOWERINGS,
    **special.LOWERINGS,
    **structured.LOWERINGS,
}
