"""What the counted loops of `scf` and of `affine` share: they carry values from one iteration to the next."""

from __future__ import annotations

from collections.abc import Sequence

from irc.ir.interfaces import RegionBranch
from irc.ir.region import Region
from irc.ir.value import BlockArgument, Value


class CountedLoop(RegionBranch):
    """Interface of loops whose body gets the induction variable and the carried values."""

    __slots__ = ()

    inits: Sequence[Value]
    body: Region

    @property
    def induction_variable(self) -> BlockArgument:
        return self.body.entry.arguments[0]

    @property
    def carried(self) -> list[BlockArgument]:
        """The block arguments that hold the carried values."""
        return self.body.entry.arguments[1:]

    def entry_operands(self, region: Region) -> Sequence[Value]:
        return self.inits
