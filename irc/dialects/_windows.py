"""Windows that move over tensors: how many positions they have."""

from __future__ import annotations

from dataclasses import dataclass

from irc.ir.types import Dimension


@dataclass(frozen=True, slots=True)
class Window:
    """A window along one dimension: its size, step, padding, and how far base and window are spread."""

    size: Dimension
    stride: int = 1
    low: int = 0
    high: int = 0
    base_dilation: int = 1
    dilation: int = 1

    def positions(self, length: Dimension) -> Dimension:
        """How many positions the window has on something of that length."""
        if length is None or self.size is None:
            return None
        base = 0 if length == 0 else (length - 1) * self.base_dilation + 1
        padded = self.low + base + self.high
        spread = 0 if self.size == 0 else (self.size - 1) * self.dilation + 1
        return 0 if padded <= 0 or spread > padded else (padded - spread) // self.stride + 1
