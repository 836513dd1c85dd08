"""Functions that a lowering makes of what a module repeats, or of parts of what is long, for LLVM to compile on their own."""

from __future__ import annotations

from collections.abc import Sequence

from irc.analysis.buffer_lifetimes import VIEWS
from irc.analysis.trip_counts import CALLS
from irc.dialects import func
from irc.ir.attributes import ArrayAttr, Attribute, DictionaryAttr, StringAttr, SymbolRefAttr, TypeAttr, i64_attr, unit
from irc.ir.block import Block
from irc.ir.cloning import IRMapping, clone
from irc.ir.effects import is_pure
from irc.ir.location import Location
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.symbols import SymbolTable, is_private
from irc.ir.traits import ConstantLike
from irc.ir.types import FunctionType, MemRefType, Type
from irc.ir.value import Value
from irc.lowering.lowered_values import states_all

PASSTHROUGH = "passthrough"
"""The attribute of a function that holds LLVM's, as upstream calls it."""

NEVER_INLINE = ArrayAttr((StringAttr("noinline"),))

BARE_POINTERS = "llvm.bareptr"
"""Upstream's attribute of a function that takes each memref as the pointer to its elements alone. What it returns is, where the
type states the rest, the pointer that was allocated and that to the elements."""


def outline(
    table: SymbolTable,
    name: str,
    block: Block,
    results: Sequence[Value],
    location: Location,
    calls: int | None = None,
    arguments: Sequence[DictionaryAttr] = (),
) -> SymbolRefAttr:
    """Make `block` the body of a private function that returns `results`, and that LLVM does not open again: its symbol.

    `calls` says how often it is called in all, if that is known, `arguments` what is known of its arguments.
    """
    block.append(func.Return(results, location=location))
    types = FunctionType(tuple(argument.type for argument in block.arguments), tuple(value.type for value in results))
    attributes: dict[str, Attribute] = {PASSTHROUGH: NEVER_INLINE}
    if fits_bare_pointers(types):
        attributes[BARE_POINTERS] = unit
    if calls is not None:
        attributes[CALLS] = i64_attr(calls)
    function = func.Func(
        StringAttr(name),
        TypeAttr(types),
        Region(block),
        sym_visibility=StringAttr("private"),
        arg_attrs=ArrayAttr(tuple(arguments)) if any(each.entries for each in arguments) else None,
        attributes=attributes,
        location=location,
    )
    return SymbolRefAttr(table.insert(function))


class OutlinedBody:
    """The body of such a function being made: what it takes from outside is handed over, or made again inside."""

    def __init__(self, types: Sequence[Type] = ()) -> None:
        self.block = Block(types)
        self.handed: list[Value] = []
        """What a call passes, after arguments of the given `types`."""
        self.made_again: list[Value] = []
        self.mapping = IRMapping()

    def take(self, value: Value) -> None:
        """Make `value` known inside. Constants are made there, and views, so that it is seen which of them meet."""
        if value in self.mapping.values:
            return
        op = value.defining_op
        is_view = isinstance(value.type, MemRefType) and op is not None and op.name in VIEWS and is_pure(op)
        if op is not None and (is_view or ConstantLike in op.traits):
            for operand in op.operands:
                self.take(operand)
            self.block.append(clone(op, self.mapping))
            self.made_again.append(value)
        else:
            self.handed.append(value)
            self.mapping[value] = self.block.add_argument(value.type)


def fits_bare_pointers(type: FunctionType) -> bool:
    """Whether a function deals in buffers, and the types of those that it takes say all of them but where they lie."""
    buffers = [each for each in type.inputs if isinstance(each, MemRefType)]
    results = [each for each in type.results if isinstance(each, MemRefType)]
    return bool(buffers or results) and all(map(states_all, buffers))


def is_outlined(op: Operation | None) -> bool:
    """Whether an op is a function that stays one."""
    return isinstance(op, func.Func) and is_private(op) and op.attributes.get(PASSTHROUGH) is NEVER_INLINE
