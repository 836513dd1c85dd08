"""Offsets, sizes and strides that are partly known: `[%i, 0] [50, 64] [1, 1]`, shared by tensor and memref.

A list is kept as MLIR keeps it: the dynamic entries are operands, and a static array holds the others, with `DYNAMIC`
where an operand stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from irc.ir.attributes import DenseArrayAttr, IntegerAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.operation import Operation
from irc.ir.types import Dimension, Shape, ShapedType, index
from irc.ir.value import Value

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter
    from irc.text.part_parser import Unresolved

DYNAMIC = -(1 << 63)
"""MLIR's `ShapedType::kDynamic`: the entry of a static array whose value is an operand."""

Mixed = Value | int
"""One entry of a list: an operand or a number."""


def split_mixed(entries: Sequence[Mixed]) -> tuple[tuple[Value, ...], DenseArrayAttr]:
    """The operands of a list and its static array."""
    operands = tuple(entry for entry in entries if isinstance(entry, Value))
    return operands, DenseArrayAttr.i64(tuple(DYNAMIC if isinstance(entry, Value) else entry for entry in entries))


def join_mixed(operands: Sequence[Value], static: DenseArrayAttr) -> tuple[Mixed, ...]:
    """The list of which these are the operands and the static array."""
    rest = iter(operands)
    return tuple(next(rest) if value == DYNAMIC else int(value) for value in static.values)


def static_dims(static: DenseArrayAttr) -> Shape:
    """A static array as dimensions, `None` where an operand stands."""
    return tuple(None if value == DYNAMIC else int(value) for value in static.values)


def constant_index(entry: Mixed) -> Dimension:
    """The number that an entry is, also when it is the result of a constant; `None` if it is not known."""
    if isinstance(entry, int):
        return entry
    op = entry.defining_op
    value = op.get_attribute("value") if op is not None and op.name == "arith.constant" else None
    # A list cannot hold the number that stands for a dynamic entry.
    return value.value if isinstance(value, IntegerAttr) and value.value != DYNAMIC else None


def with_numbers(entries: Sequence[Mixed], least: int | None = None) -> tuple[Mixed, ...]:
    """The list with its constants as numbers, those below `least` left as they are."""
    numbers = [constant_index(entry) for entry in entries]
    return tuple(
        entry if number is None or (least is not None and number < least) else number
        for entry, number in zip(entries, numbers, strict=True)
    )


def parse_mixed(p: OpParser) -> tuple[list[Unresolved], DenseArrayAttr]:
    """`[%i, 0]`."""
    operands: list[Unresolved] = []
    static: list[int] = []
    p.stream.expect("[")
    while not p.stream.accept("]"):
        if static:
            p.stream.expect(",")
        operand = p.optional_operand()
        if operand is None:
            static.append(p.integer())
        else:
            operands.append(operand)
            static.append(DYNAMIC)
    return operands, DenseArrayAttr.i64(tuple(static))


def print_mixed(p: OpPrinter, operands: Sequence[Value], static: DenseArrayAttr) -> None:
    """`[%i, 0]`."""
    p("[")
    for i, entry in enumerate(join_mixed(operands, static)):
        p(", " if i else "")
        if isinstance(entry, int):
            p(str(entry))
        else:
            p.value(entry)
    p("]")


def verify_mixed(name: str, operands: Sequence[Value], static: DenseArrayAttr, count: int) -> None:
    """Check that a list has `count` entries, and an operand for each that is dynamic."""
    if len(static.values) != count:
        raise VerifyError(f"expected {count} {name} values, got {len(static.values)}")
    dynamic = sum(value == DYNAMIC for value in static.values)
    if len(operands) != dynamic:
        raise VerifyError(f"expected {dynamic} dynamic {name} values")


class OffsetsSizesStrides(Operation):
    """Interface of the ops that take a strided part of a shaped value."""

    __slots__ = ()

    offsets: Sequence[Value]
    sizes: Sequence[Value]
    strides: Sequence[Value]
    static_offsets: DenseArrayAttr
    static_sizes: DenseArrayAttr
    static_strides: DenseArrayAttr

    @property
    def mixed_offsets(self) -> tuple[Mixed, ...]:
        return join_mixed(self.offsets, self.static_offsets)

    @property
    def mixed_sizes(self) -> tuple[Mixed, ...]:
        return join_mixed(self.sizes, self.static_sizes)

    @property
    def mixed_strides(self) -> tuple[Mixed, ...]:
        return join_mixed(self.strides, self.static_strides)

    def verify_lists(self, offsets: int, rank: int) -> None:
        """Check the three lists against the number of offsets and the rank; offsets and sizes are not negative."""
        verify_mixed("offset", self.offsets, self.static_offsets, offsets)
        verify_mixed("size", self.sizes, self.static_sizes, rank)
        verify_mixed("stride", self.strides, self.static_strides, rank)
        for what, static in (("offsets", self.static_offsets), ("sizes", self.static_sizes)):
            for value in static.values:
                if value < 0 and value != DYNAMIC:
                    raise VerifyError(f"expected {what} to be non-negative, but got {value}")

    def print_lists(self, p: OpPrinter) -> None:
        print_mixed(p, self.offsets, self.static_offsets)
        p(" ")
        print_mixed(p, self.sizes, self.static_sizes)
        p(" ")
        print_mixed(p, self.strides, self.static_strides)


LISTS = ("static_offsets", "static_sizes", "static_strides")
"""The properties that `print_lists` shows."""


def slice_operands(offsets: Sequence[Mixed], sizes: Sequence[Mixed], strides: Sequence[Mixed]) -> tuple[Any, ...]:
    """The constructor arguments `offsets, sizes, strides, static_offsets, static_sizes, static_strides`."""
    split = [split_mixed(entries) for entries in (offsets, sizes, strides)]
    return (*(operands for operands, _ in split), *(static for _, static in split))


class ParsedLists:
    """`[…] […] […]` as parsed, to be resolved once the op's types are known."""

    __slots__ = ("lists",)

    def __init__(self, p: OpParser, labels: Sequence[str] = ()) -> None:
        """With labels the form is `offset: […], sizes: […], strides: […]`."""
        if not labels:
            self.lists = [parse_mixed(p) for _ in LISTS]
            return
        self.lists = []
        for label in labels:
            if self.lists:
                p.stream.expect(",")
            p.stream.expect(label)
            p.stream.expect(":")
            self.lists.append(parse_mixed(p))

    def operands(self, p: OpParser) -> list[Value]:
        return [p.resolve(operand, index) for operands, _ in self.lists for operand in operands]

    @property
    def segments(self) -> list[int]:
        return [len(operands) for operands, _ in self.lists]

    @property
    def properties(self) -> dict[str, Any]:
        return {name: static for name, (_, static) in zip(LISTS, self.lists, strict=True)}


def dropped_dims(full: Shape, reduced: Shape) -> tuple[int, ...] | None:
    """Which unit dimensions of `full` are left out to give `reduced`; `None` if it is no rank-reduced form of it.

    As in MLIR's `computeRankReductionMask`, dimensions are matched greedily from the first on.
    """
    dropped: list[int] = []
    position = 0
    for i, size in enumerate(full):
        if position < len(reduced) and reduced[position] == size:
            position += 1
        elif size == 1:
            dropped.append(i)
        else:
            return None
    return tuple(dropped) if position == len(reduced) else None


def verify_rank_reduced(found: ShapedType, expected: ShapedType) -> None:
    """Check that `found` is `expected`, or that with unit dimensions left out."""
    if found.rank > expected.rank:
        raise VerifyError("expected rank to be smaller or equal to the other rank. ")
    if dropped_dims(expected.shape, found.shape) is None:
        raise VerifyError(f"expected type to be '{expected}' or a rank-reduced version. (size mismatch) ")
    if found.element_type is not expected.element_type:
        raise VerifyError(f"expected element type to be '{expected.element_type}'")
