"""IR in few words: operations of no dialect, and blocks of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from irc.ir.block import Block
from irc.ir.location import UNKNOWN, Location
from irc.ir.operation import Operation, UnregisteredOp
from irc.ir.region import Region
from irc.ir.types import Type, i32
from irc.ir.value import Value


def op(
    name: str,
    *operands: Value,
    results: Sequence[Type] = (),
    blocks: Sequence[Block] = (),
    to: Sequence[Block] = (),
    location: Location = UNKNOWN,
) -> UnregisteredOp:
    """An operation, with one region of `blocks` if there are any."""
    regions = [Region(*blocks)] if blocks else []
    return UnregisteredOp.of(
        f"test.{name}", (), operands=operands, result_types=results, regions=regions, successors=to, location=location
    )


def value(name: str = "value", *operands: Value) -> UnregisteredOp:
    """An operation with one result, an `i32`."""
    return op(name, *operands, results=[i32])


def block(*ops: Operation, arguments: Sequence[Type] = ()) -> Block:
    """A block of `ops`."""
    made = Block(arguments)
    for each in ops:
        made.append(each)
    return made


def names(ops: Iterator[Operation] | Sequence[Operation] | Block) -> str:
    """The names of operations, without the dialect: `a b c`."""
    return " ".join(each.name.removeprefix("test.") for each in ops)
