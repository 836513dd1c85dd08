"""SSA values: results of operations and arguments of blocks, with their users."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from irc.ir.location import UNKNOWN, Location
from irc.ir.types import Type

if TYPE_CHECKING:
    from irc.ir.block import Block
    from irc.ir.operation import Operation


class Value:
    """A typed value. `users` maps each operation that uses it to how often, in order of first use."""

    __slots__ = ("index", "owner", "type", "users")

    type: Type
    owner: Operation | Block
    index: int
    users: dict[Operation, int]

    @property
    def defining_op(self) -> Operation | None:
        """The operation whose result this is, `None` for a block argument."""
        raise NotImplementedError

    @property
    def parent_block(self) -> Block | None:
        """The block in which the value comes into being."""
        raise NotImplementedError

    @property
    def has_one_use(self) -> bool:
        return len(self.users) == 1 and next(iter(self.users.values())) == 1

    def replace_all_uses_with(self, new: Value) -> None:
        """Make every user use `new` instead."""
        if new is self:
            return
        users = new.users
        for user, count in self.users.items():
            user._operands = tuple([new if operand is self else operand for operand in user._operands])
            users[user] = users.get(user, 0) + count
        self.users.clear()


def replace_uses(new: Mapping[Value, Value]) -> None:
    """Make the users of each key use its value instead: as `replace_all_uses_with`, but each user is changed once."""
    users = dict.fromkeys(user for old in new for user in old.users)
    for user in users:
        user.operands = tuple([new.get(operand, operand) for operand in user.operands])


class Result(Value):
    """The `index`-th result of the operation `owner`."""

    __slots__ = ()

    owner: Operation

    def __init__(self, type: Type, owner: Operation, index: int) -> None:
        self.type, self.owner, self.index = type, owner, index
        self.users = {}

    @property
    def defining_op(self) -> Operation:
        return self.owner

    @property
    def parent_block(self) -> Block | None:
        return self.owner.parent


class BlockArgument(Value):
    """The `index`-th argument of the block `owner`."""

    __slots__ = ("location",)

    owner: Block
    location: Location

    def __init__(self, type: Type, owner: Block, index: int, location: Location = UNKNOWN) -> None:
        self.type, self.owner, self.index, self.location = type, owner, index, location
        self.users = {}

    @property
    def defining_op(self) -> None:
        return None

    @property
    def parent_block(self) -> Block:
        return self.owner
