"""Names of values and blocks in printed text, as MLIR numbers them.

Results are `%0`, `%1`, …; arguments of entry blocks `%arg0`, …; an op may suggest a name (`%c0` for a constant). All
values of a region are named before those of nested regions, and sibling regions use the same numbers again.
"""

from __future__ import annotations

from irc.ir.block import Block
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.value import Value


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
        for i, block in enumerate(region):
            self.blocks[block] = f"^bb{i}"
            entry = block is region.first
            for argument in block.arguments:
                if entry:
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
        if not results:
            return
        hints = op.result_name_hints() if len(results) > 1 else ()
        if hints:
            for result, each in zip(results, hints, strict=True):
                self.values[result] = self.unique(f"%{each}")
            return
        hint = op.result_name_hint()
        name = self.unique(f"%{hint}") if hint else self.number()
        if len(results) == 1:
            self.values[results[0]] = name
        else:
            for i, result in enumerate(results):
                self.values[result] = f"{name}#{i}"

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
