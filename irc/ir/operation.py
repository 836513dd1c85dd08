"""Operations: the one node type of the IR.

Operands, results and successors are tuples; changing them goes through the setters, which keep the use lists right.
Properties are the attributes that an op declares, in declared order; `attributes` are the discardable ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from irc.ir.attributes import Attribute, DenseArrayAttr
from irc.ir.block import Block
from irc.ir.location import UNKNOWN, Location
from irc.ir.region import Region
from irc.ir.types import Type
from irc.ir.value import Result, Value

if TYPE_CHECKING:
    from irc.ir.symbols import SymbolTables

NO_ATTRIBUTES: Mapping[str, Attribute] = {}

OpT = TypeVar("OpT", bound="Operation")


class Operation:
    """An operation. Subclasses are declared with `irc.ods.Op`; `UnregisteredOp` holds the others."""

    __slots__ = (
        "__weakref__", "_operands", "_successors", "attributes", "location", "next", "order", "parent", "prev",
        "properties", "regions", "results",
    )  # fmt: skip

    name: str
    traits: ClassVar[frozenset[Any]] = frozenset()
    property_names: Sequence[str]

    attributes: Mapping[str, Attribute]
    location: Location
    properties: tuple[Attribute | None, ...]
    _operands: tuple[Value, ...]
    _successors: tuple[Block, ...]
    regions: tuple[Region, ...]
    results: tuple[Result, ...]
    parent: Block | None
    prev: Operation | None
    next: Operation | None
    order: int

    @classmethod
    def create(
        cls: type[OpT],
        operands: Sequence[Value] = (),
        result_types: Sequence[Type] = (),
        properties: tuple[Attribute | None, ...] = (),
        attributes: Mapping[str, Attribute] = NO_ATTRIBUTES,
        successors: Sequence[Block] = (),
        regions: Sequence[Region] = (),
        location: Location = UNKNOWN,
    ) -> OpT:
        """An operation of this class from its raw parts, in declared order; nothing is inferred or checked."""
        self = object.__new__(cls)
        self.parent = self.prev = self.next = None
        self.order = 0
        self.location = location
        self.properties = properties
        self.attributes = attributes
        self._operands = operands = tuple(operands)
        for operand in operands:
            users = operand.users
            users[self] = users.get(self, 0) + 1
        self._successors = ()
        if successors:
            self.successors = tuple(successors)
        self.regions = regions = tuple(regions)
        for region in regions:
            region.parent = self
        self.results = tuple([Result(type, self, i) for i, type in enumerate(result_types)])
        return self

    # -- operands and successors -------------------------------------------------------------------------------------

    @property
    def operands(self) -> tuple[Value, ...]:
        return self._operands

    @operands.setter
    def operands(self, new: Sequence[Value]) -> None:
        for operand in self._operands:
            _drop(operand.users, self)
        self._operands = tuple(new)
        for operand in self._operands:
            operand.users[self] = operand.users.get(self, 0) + 1

    def set_operand(self, index: int, value: Value) -> None:
        self.operands = (*self._operands[:index], value, *self._operands[index + 1 :])

    @property
    def segments(self) -> tuple[int, ...]:
        """The sizes of the operand groups, of an op that has several variadic ones."""
        sizes = self.properties[-1]
        assert isinstance(sizes, DenseArrayAttr)
        return tuple(int(size) for size in sizes.values)

    def set_segments(self, sizes: Sequence[int]) -> None:
        """State the sizes of the operand groups, for an op that has several variadic ones."""
        self.properties = (*self.properties[:-1], DenseArrayAttr.i32(tuple(sizes)))

    @property
    def successors(self) -> tuple[Block, ...]:
        return self._successors

    @successors.setter
    def successors(self, new: Sequence[Block]) -> None:
        for block in self._successors:
            _drop(block.predecessors, self)
        self._successors = tuple(new)
        for block in self._successors:
            block.predecessors[self] = block.predecessors.get(self, 0) + 1

    # -- shape -------------------------------------------------------------------------------------------------------

    @property
    def result(self) -> Value:
        """The only result."""
        (only,) = self.results
        return only

    def add_results(self, types: Sequence[Type]) -> tuple[Result, ...]:
        """Append results of these types, of an op whose last results vary in number, and return them."""
        first = len(self.results)
        new = tuple([Result(type, self, first + i) for i, type in enumerate(types)])
        self.results = (*self.results, *new)
        return new

    @property
    def parent_op(self) -> Operation | None:
        """The operation in whose region this one stands."""
        return self.parent.parent_op if self.parent is not None else None

    def ancestors(self) -> Iterator[Operation]:
        """The enclosing operations, nearest first."""
        op = self.parent_op
        while op is not None:
            yield op
            op = op.parent_op

    def is_ancestor_of(self, other: Operation | None) -> bool:
        """Whether `other` is this operation or lies inside it."""
        return other is self or (other is not None and any(op is self for op in other.ancestors()))

    def holds(self, value: Value) -> bool:
        """Whether a value comes into being inside this operation."""
        block = value.parent_block
        return block is not None and self.is_ancestor_of(block.parent_op)

    def is_before_in_block(self, other: Operation) -> bool:
        """Whether this operation precedes `other`, which is in the same block."""
        block = self.parent
        assert block is not None and block is other.parent
        block.number_ops()
        return self.order < other.order

    def property_dict(self) -> dict[str, Attribute]:
        """The properties that are set, by name."""
        return {n: p for n, p in zip(self.property_names, self.properties, strict=True) if p is not None}

    def get_attribute(self, name: str) -> Attribute | None:
        """A property or a discardable attribute by name."""
        if name in self.property_names:
            return self.properties[self.property_names.index(name)]
        return self.attributes.get(name)

    def set_attribute(self, name: str, value: Attribute | None) -> None:
        """Set (or with `None` remove) a property or a discardable attribute."""
        if name in self.property_names:
            i = self.property_names.index(name)
            self.properties = (*self.properties[:i], value, *self.properties[i + 1 :])
            return
        attributes = {key: old for key, old in self.attributes.items() if key != name}
        self.attributes = {**attributes, name: value} if value is not None else attributes

    def fits_custom_form(self) -> bool:
        """Whether the custom form says everything; asked of operations with regions or discardable attributes, printed
        generically if not."""
        return True

    result_name: ClassVar[str | None] = None
    """The name that the results should have in printed text, `None` for a number."""

    def result_name_hint(self) -> str | None:
        """As `result_name`, where it depends on more than the class."""
        return self.result_name

    def result_name_hints(self) -> Sequence[str]:
        """The names that the results should have where each has its own, the same one for those that share it; empty
        where `result_name_hint` says it."""
        return ()

    def argument_name_hints(self) -> Sequence[str]:
        """The names that the arguments of the entry blocks of regions should have; empty for numbered ones."""
        return ()

    # -- walking -----------------------------------------------------------------------------------------------------

    def walk(self) -> Iterator[Operation]:
        """This operation and all inside it, parents first. The one just yielded may be erased with all that is inside it."""
        yield self
        # What is still to come: regions and blocks from their starts, and operations with those after them.
        pending: list[Region | Block | Operation] = list(reversed(self.regions))
        while pending:
            place = pending.pop()
            if isinstance(place, Region):
                if place.first is not None:
                    pending.append(place.first)
                continue
            if isinstance(place, Block):
                if place.next is not None:
                    pending.append(place.next)
                op = place.first
            else:
                op = place
            while op is not None:
                following = op.next
                yield op
                if op.regions and op.parent is not None:
                    if following is not None:
                        pending.append(following)
                    pending.extend(reversed(op.regions))
                    break
                op = following

    def nested_ops(self) -> Iterator[Operation]:
        """The operations directly inside this one's regions."""
        for region in self.regions:
            for block in region:
                yield from block

    # -- changing ----------------------------------------------------------------------------------------------------

    def detach(self) -> None:
        """Take the operation out of its block."""
        assert self.parent is not None
        self.parent.remove(self)

    def move_before(self, anchor: Operation) -> None:
        """Move the operation to just before `anchor`."""
        if self.parent is not None:
            self.detach()
        assert anchor.parent is not None
        anchor.parent.insert_before(self, anchor)

    def erase(self) -> None:
        """Remove the operation, whose results have no users, and everything inside it."""
        assert not any(result.users for result in self.results), f"'{self.name}' op still has users"
        self.drop_uses_and_erase()

    def drop_uses_and_erase(self) -> None:
        """Remove the operation even if its results are still used: for whole regions that go together."""
        for op in self.walk() if self.regions else (self,):
            op.operands = ()
            if op._successors:
                op.successors = ()
        if self.parent is not None:
            self.detach()

    def replace_all_uses_with(self, values: Sequence[Value]) -> None:
        """Make users of the results use `values`, one for each."""
        for result, value in zip(self.results, values, strict=True):
            result.replace_all_uses_with(value)

    def replace_with(self, values: Sequence[Value]) -> None:
        """Replace the results by `values` and erase the operation."""
        self.replace_all_uses_with(values)
        self.erase()

    # -- checking ----------------------------------------------------------------------------------------------------

    def verify_op(self) -> None:
        """Check this operation's own constraints; raises `VerifyError`. Generated for declared ops."""

    def verify_symbols(self, tables: SymbolTables) -> None:
        """Check the symbols that this operation refers to; raises `VerifyError`."""

    def __repr__(self) -> str:
        return f"<{self.name}>"


class UnregisteredOp(Operation):
    """An operation whose name no dialect declares; it has a generic form only."""

    __slots__ = ("name", "property_names")

    @classmethod
    def of(cls, name: str, property_names: Sequence[str], **parts: Any) -> UnregisteredOp:
        op = cls.create(**parts)
        op.name, op.property_names = name, tuple(property_names)
        return op


def _drop(counts: dict[Operation, int], op: Operation) -> None:
    left = counts[op] - 1
    if left:
        counts[op] = left
    else:
        del counts[op]
