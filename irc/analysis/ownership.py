"""The ownership rule of destinations: storage that was given away with `into` is not used afterwards.

    %z = nd.add %x, %y into %s : tensor<4xf32>      // %s is given away: %z is its new name

A use of `%s` is an error if it can run after the op, which includes the next iteration of a loop around it. The op itself
may read its storage as an operand only if it reads each element before it writes it, as elementwise ops do.
"""

from __future__ import annotations

from irc.analysis.liveness import LOOPS, reaches
from irc.ir.diagnostic import Diagnostic
from irc.ir.interfaces import DestinationStyle
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.value import Value


def check_ownership(root: Operation) -> list[Diagnostic]:
    """The violations of the rule inside `root`."""
    found: list[Diagnostic] = []
    for op in root.walk():
        if isinstance(op, DestinationStyle) and op.name.startswith("nd."):
            for storage in op.destinations:
                found += _check(op, storage)
    return found


def _check(op: DestinationStyle, storage: Value) -> list[Diagnostic]:
    note = Diagnostic(op.location, "the storage was given away here", "note")
    found: list[Diagnostic] = []
    if storage in op.operands[op.readable_destinations : len(op.operands) - len(op.destinations)]:
        message = f"'{op.name}' op reads the storage that it writes; only elementwise operations may"
        found.append(Diagnostic(op.location, message))
    for alias in _aliases(storage):
        for user in alias.users:
            if user is not op and _may_follow(op, user):
                found.append(Diagnostic(user.location, "use of storage after it was given away", "error", (note,)))
    if _in_loop_outside_definition(op, storage):
        message = f"'{op.name}' op gives storage away in every iteration of a loop that does not carry it"
        found.append(Diagnostic(op.location, message))
    return found


def _aliases(storage: Value) -> list[Value]:
    """The names of the same storage: through reshapes, forwards and backwards."""
    found = [storage]
    for value in found:
        definition = value.defining_op
        if definition is not None and definition.name == "nd.reshape" and definition.operands[0] not in found:
            found.append(definition.operands[0])
        for user in value.users:
            if user.name == "nd.reshape" and user.operands[0] is value and user.results[0] not in found:
                found.append(user.results[0])
    return found


def _may_follow(op: Operation, user: Operation) -> bool:
    """Whether `user` can run after `op`."""
    if user.is_ancestor_of(op):
        # An enclosing operation reads its operands before its regions run.
        return False
    block = op.parent
    while block is not None:
        place = _place_in(block.parent, user)
        if place is not None:
            outer = _place_in(block.parent, op)
            assert outer is not None
            if place.parent is outer.parent:
                return outer.is_before_in_block(place)
            return reaches(outer.parent, place.parent)
        parent = block.parent_op
        block = parent.parent if parent is not None else None
    return False


def _place_in(region: Region | None, op: Operation) -> Operation | None:
    """The operation of `region` that is or contains `op`."""
    place: Operation | None = op
    while place is not None and (place.parent is None or place.parent.parent is not region):
        place = place.parent_op
    return place


def _in_loop_outside_definition(op: Operation, storage: Value) -> bool:
    """Whether a loop lies between the op and the definition of its storage."""
    definition = storage.parent_block
    region = definition.parent if definition is not None else None
    scope = op
    while scope.parent is not None and scope.parent.parent is not region:
        outer = scope.parent_op
        if outer is None:
            return False
        if outer.name in LOOPS:
            return True
        scope = outer
    return definition is not None and op.parent is not definition and reaches(op.parent, op.parent)
