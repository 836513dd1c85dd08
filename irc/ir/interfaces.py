"""Interfaces: what a pass may ask of an op whose class it does not know. Ops implement them by inheriting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from irc.ir.attributes import Attribute, SymbolRefAttr
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.value import Value

FoldResult = Attribute | Value | Sequence[Attribute | Value] | None
"""What `fold` gives: a constant or an existing value for the result (a sequence for several), `None` for no luck."""

EffectKind = Literal["read", "write", "allocate", "free"]


@dataclass(frozen=True, slots=True)
class Effect:
    """A memory effect on what `value` refers to; on memory at large if that is `None`."""

    kind: EffectKind
    value: Value | None = None


class MemoryEffects(Operation):
    """States its effects. An op that is neither this, nor `Pure`, nor recursive may do anything."""

    __slots__ = ()

    def effects(self) -> Sequence[Effect]:
        raise NotImplementedError


class BranchOp(Operation):
    """A terminator that passes operands to its successors' block arguments."""

    __slots__ = ()

    def successor_operands(self, index: int) -> Sequence[Value]:
        """The operands passed to successor `index`, in the order of its arguments."""
        raise NotImplementedError

    def set_successor_operands(self, index: int, values: Sequence[Value]) -> None:
        raise NotImplementedError


class CallOp(Operation):
    """A call of a function by symbol, which is `None` where its address is called."""

    __slots__ = ()

    @property
    def callee_symbol(self) -> SymbolRefAttr | None:
        raise NotImplementedError


class DestinationStyle(Operation):
    """Writes its results into operands: result `i` has the type of, and on tensors takes over, `destinations[i]`."""

    __slots__ = ()

    @property
    def destinations(self) -> Sequence[Value]:
        raise NotImplementedError

    @property
    def readable_destinations(self) -> int:
        """How many of the first operands may be a destination themselves, since each element is read before it is written."""
        return 0


class RegionBranch(Operation):
    """Structured control flow: says which values flow into regions and out of them."""

    __slots__ = ()

    def entry_operands(self, region: Region) -> Sequence[Value]:
        """The operands that become the first arguments of `region`'s entry block on entry, in order."""
        raise NotImplementedError
