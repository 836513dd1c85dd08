"""Names of values and blocks in printed text, as MLIR numbers them.

Results are `%0`, `%1`, …; arguments of entry blocks `%arg0`, …; an op may suggest a name (`%c0` for a constant). All
values of a region are named before those of nested regions, and sibling regions use the same numbers again.
"""

from __future__ import annotations

from itertools import groupby

from irc.ir.block import Block
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.value import Value

_COMPUTED: dict[type[Operation], bool] = {}
"""Whether the names of the results of an op class depend on more than the class: remembered, for speed."""


class Names:
    """The names of everything inside one operation, computed at once."""

    __slots__ = ("blocks", "next_argument", "next_conflict", "next_value", "used", "values")

    def __init__(self, root: Operation) -> None:
        self.values: dict[Value, str] = {}
        self.blocks: dict[Block, str] = {}
        self.next_value = self.next_argument = self.next_conflict = 0
        self.used: frozenset[str] | set[str] = set()
        self.results(root)
        pending = [(region, (0, 0, 0, frozenset[str]())) for region in reversed(root.regions)]
        while pending:
            region, state = pending.pop()
            self.next_value, self.next_argument, self.next_conflict, used = state
            self.used = set(used)
            nested = self.region(region)
            after = (self.next_value, self.next_argument, self.next_conflict, frozenset(self.used))
            pending.extend((inner, after) for inner in reversed(nested))

    def region(self, region: Region) -> list[Region]:
        """Name what is directly in `region`; the regions nested in it."""
        nested: list[Region] = []
        owner = region.parent
        hints = owner.argument_name_hints() if owner is not None else ()
        if region.first is None or len(hints) != len(region.first.arguments):
            hints = ()
        for i, block in enumerate(region):
            self.blocks[block] = f"^bb{i}"
            entry = block is region.first
            for argument in block.arguments:
                if entry and hints:
                    self.values[argument] = self.unique(f"%{hints[argument.index]}")
                elif entry:
                    self.values[argument] = self.unique(f"%arg{self.next_argument}")
                    self.next_argument += 1
                else:
                    self.values[argument] = self.number()
            for op in block:
                if op.results:
                    self.results(op)
                if op.regions:
                    nested.extend(op.regions)
        return nested

    def results(self, op: Operation) -> None:
        results = op.results
        if len(results) == 1:
            cls = op.__class__
            computed = _COMPUTED.get(cls)
            if computed is None:
                computed = _COMPUTED[cls] = cls.result_name_hint is not Operation.result_name_hint
            hint = op.result_name_hint() if computed else op.result_name
            self.values[results[0]] = self.unique(f"%{hint}") if hint else self.number()
            return
        hints = op.result_name_hints() or [op.result_name_hint() or ""] * len(results)
        start = 0
        for hint, group in groupby(hints):
            count = len(list(group))
            name = self.unique(f"%{hint}") if hint else self.number()
            for i in range(count):
                self.values[results[start + i]] = f"{name}#{i}" if count > 1 else name
            start += count

    def number(self) -> str:
        name = f"%{self.next_value}"
        self.next_value += 1
        return name

    def unique(self, name: str) -> str:
        candidate = name
        while candidate in self.used:
            candidate = f"{name}_{self.next_conflict}"
            self.next_conflict += 1
        assert isinstance(self.used, set)
        self.used.add(candidate)
        return candidate
