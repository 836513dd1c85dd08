"""Dialect conversion: rewrites what a target calls illegal until nothing of it is left, changing types on the way.

As in MLIR (https://mlir.llvm.org/docs/DialectConversion/), but in one forward pass: an operation is converted after those
before it, so its pattern gets operands that are converted already. Where a converted and an unconverted value meet, an
`unrealized_conversion_cast` stands between them; pairs that cancel are removed in the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from irc.ir.builder import Builder, InsertPoint
from irc.ir.diagnostic import error
from irc.ir.location import fuse
from irc.ir.operation import Operation, OpT
from irc.ir.region import Region
from irc.ir.value import BlockArgument, Value
from irc.rewrite.type_conversion import TypeConverter, cast, reconcile_casts

MAX_DEPTH = 32
"""How many patterns may apply to each other's results."""


class ConversionTarget:
    """What may remain. An op class decides before its dialect; what nothing is said of is unknown."""

    def __init__(
        self,
        legal: Iterable[str | type[Operation]] = (),
        illegal: Iterable[str | type[Operation]] = (),
        dynamic: Mapping[str | type[Operation], Callable[[Any], bool]] | None = None,
    ) -> None:
        """`legal` and `illegal` hold op classes and prefixes of dialects; `dynamic` maps either to a function of an op."""
        self._said: dict[str | type[Operation], Callable[[Any], bool]] = {
            **dict.fromkeys(legal, lambda op: True),
            **dict.fromkeys(illegal, lambda op: False),
            **(dynamic or {}),
        }

    def is_legal(self, op: Operation) -> bool | None:
        """Whether `op` may remain; `None` where it is unknown."""
        said = self._said.get(type(op)) or self._said.get(op.name.partition(".")[0])
        return None if said is None else said(op)


class ConversionRewriter(Builder):
    """What a conversion pattern changes the IR with. It inserts before the op that is being converted."""

    __slots__ = ("_adaptations", "_mapping", "converter", "inserted", "replaced")

    def __init__(self, point: InsertPoint, converter: TypeConverter) -> None:
        super().__init__(point)
        self.converter = converter
        self.inserted: list[Operation] = []
        self.replaced: dict[Operation, None] = {}
        self._mapping: dict[Value, Value] = {}
        self._adaptations: list[tuple[Value, Value]] = []

    def insert(self, op: OpT) -> OpT:
        inserted = super().insert(op)
        self.inserted.append(inserted)
        return inserted

    def replace(self, op: Operation, values: Sequence[Value]) -> None:
        """Replace `op`, whose results may change their types. It goes when the conversion is done."""
        for result, value in zip(op.results, values, strict=True):
            self._map(result, value)
        self.replaced[op] = None

    def erase(self, op: Operation) -> None:
        """Erase `op`, whose results are used by ops that go as well, if at all."""
        self.replaced[op] = None

    def convert_region(self, region: Region) -> None:
        """Give the arguments of all blocks of `region` their converted types."""
        for block in region:
            for i, argument in enumerate(block.arguments):
                type = self.converter.convert(argument.type)
                if type is not argument.type:
                    new = block.arguments[i] = BlockArgument(type, block, i, argument.location)
                    self._map(argument, new)

    def remap(self, value: Value) -> Value:
        """What stands for `value` after the conversion, in its converted type."""
        new = self._resolve(value)
        type = self.converter.convert(value.type)
        if new.type is not type:
            new = super().insert(cast(new, type, self.location)).results[0]
        return new

    def finish(self) -> None:
        """Give unconverted users their values back in the old types, then erase what was replaced."""
        replaced = self._everything_replaced()
        for old, replacement in self._adaptations:
            new = self._resolve(replacement)
            users = [user for user in old.users if user not in replaced]
            if not users:
                continue
            definition = new.defining_op
            block = new.parent_block
            assert block is not None
            anchor = definition.next if definition is not None else block.first
            location = users[0].location if definition is None else definition.location
            if new.type is not old.type:
                back = cast(new, old.type, location)
                block.insert_before(back, anchor)
                new = back.results[0]
            old.replace_all_uses_with(new)
        for op in reversed(self.replaced):
            op.drop_uses_and_erase()

    def _everything_replaced(self) -> set[Operation]:
        return {inner for op in self.replaced for inner in op.walk()}

    def _resolve(self, value: Value) -> Value:
        """What stands for `value` now: what it was replaced by may have been replaced itself."""
        while value in self._mapping:
            value = self._mapping[value]
        return value

    def _map(self, old: Value, new: Value) -> None:
        if old.type is new.type:
            old.replace_all_uses_with(new)
        else:
            self._adaptations.append((old, new))
        self._mapping[old] = new


ConversionPattern = Callable[[Any, Sequence[Value], ConversionRewriter], bool]
"""Called with an op, its converted operands and the rewriter. A pattern that returns `False` has changed nothing; one that
returns `True` has replaced or erased the op, or made it legal where it stands."""

ConversionPatterns = Mapping[type[Operation], Sequence[ConversionPattern]]


def convert(
    root: Operation,
    target: ConversionTarget,
    patterns: ConversionPatterns,
    converter: TypeConverter,
    pass_name: str,
    full: bool = False,
) -> int:
    """Convert everything inside `root`; how many casts remain between converted and unconverted values.

    A partial conversion leaves what the target does not speak of, a full one wants all to be legal. Raises
    `DiagnosedError`, which leaves the IR half converted, where an illegal op has no pattern that applies.
    """
    _Conversion(target, patterns, converter, pass_name, full).run(root)
    return reconcile_casts(root)


class _Conversion:
    def __init__(
        self,
        target: ConversionTarget,
        patterns: ConversionPatterns,
        converter: TypeConverter,
        pass_name: str,
        full: bool,
    ) -> None:
        self.target, self.patterns, self.pass_name, self.full = target, patterns, pass_name, full
        self.converter = converter

    def run(self, root: Operation) -> None:
        ops = [op for op in root.walk() if op is not root]
        if not ops:
            return
        rewriter = ConversionRewriter(InsertPoint.before(ops[0]), self.converter)
        for op in ops:
            self.legalize(op, rewriter)
        rewriter.finish()

    def legalize(self, op: Operation, rewriter: ConversionRewriter) -> None:
        """Convert `op` and what its patterns insert."""
        pending = [(op, 0)]
        while pending:
            op, depth = pending.pop()
            if op.parent is None or self._goes(op, rewriter):
                continue
            legal = self.target.is_legal(op)
            if legal:
                continue
            if depth < MAX_DEPTH and self._apply(op, rewriter):
                pending += [(inserted, depth + 1) for inserted in reversed(rewriter.inserted)]
                rewriter.inserted.clear()
                if self._goes(op, rewriter):
                    continue
                legal = self.target.is_legal(op)
            if legal is False:
                raise error(op.location, f"failed to legalize operation '{op.name}' that was explicitly marked illegal")
            if self.full and not legal:
                raise error(op.location, f"failed to legalize operation '{op.name}'")

    def _goes(self, op: Operation, rewriter: ConversionRewriter) -> bool:
        return op in rewriter.replaced or any(outer in rewriter.replaced for outer in op.ancestors())

    def _apply(self, op: Operation, rewriter: ConversionRewriter) -> bool:
        patterns = self.patterns.get(type(op), ())
        if not patterns:
            return False
        rewriter.point = InsertPoint.before(op)
        rewriter.location = fuse((op.location,), self.pass_name)
        operands = [rewriter.remap(operand) for operand in op.operands]
        return any(pattern(op, operands, rewriter) for pattern in patterns)
