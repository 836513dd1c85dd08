"""Types under a conversion, and the casts that stand where converted and unconverted values meet."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from irc.ir.location import Location
from irc.ir.operation import Operation
from irc.ir.types import FunctionType, Type
from irc.ir.value import Value
from irc.ods.registry import lookup_op

TypeRule = Callable[[Type], "Type | None"]
"""The converted type, the type itself where it is legal, `None` where the rule does not speak of it."""

CAST = "builtin.unrealized_conversion_cast"


class TypeConverter:
    """Maps types to types. Of the rules, the last that was added and speaks of a type decides; without one, a type is
    legal as it is."""

    def __init__(self, *rules: TypeRule) -> None:
        self._rules = list(rules)
        self._known: dict[Type, Type] = {}

    def add(self, rule: TypeRule) -> None:
        """Add a rule that takes precedence of those there."""
        self._rules.append(rule)
        self._known.clear()

    def convert(self, type: Type) -> Type:
        found = self._known.get(type)
        if found is None:
            answers = (rule(type) for rule in reversed(self._rules))
            found = self._known[type] = next((answer for answer in answers if answer is not None), type)
        return found

    def convert_all(self, types: Sequence[Type]) -> tuple[Type, ...]:
        return tuple(self.convert(type) for type in types)

    def convert_function(self, type: FunctionType) -> FunctionType:
        """The signature with every input and result converted."""
        return FunctionType(self.convert_all(type.inputs), self.convert_all(type.results))

    def is_legal(self, *types: Type) -> bool:
        """Whether all types stay as they are."""
        return all(self.convert(type) is type for type in types)

    def is_legal_op(self, op: Operation) -> bool:
        """Whether the types of all operands, results and block arguments of `op` stay as they are."""
        values = [*op.operands, *op.results]
        values += [argument for region in op.regions for block in region for argument in block.arguments]
        return self.is_legal(*(value.type for value in values))


def cast(value: Value, type: Type, location: Location) -> Operation:
    """A detached cast of `value` to `type`, to be explained by later conversions or to cancel with its inverse."""
    op: Operation = lookup_op(CAST)([value], result_types=[type], location=location)
    return op


def reconcile_casts(root: Operation) -> int:
    """Remove the casts inside `root` that cancel: those to the type that the value had before earlier casts, and those
    without users. How many remain, which is zero after a conversion that is complete."""
    casts = [op for op in root.walk() if op.name == CAST]
    for op in casts:
        if len(op.operands) == len(op.results) == 1:
            source = _origin(op, op.results[0].type)
            if source is not None:
                op.results[0].replace_all_uses_with(source)
    remaining = len(casts)
    # Users come after definitions, so going backwards frees chains.
    for op in reversed(casts):
        if not any(result.users for result in op.results):
            op.erase()
            remaining -= 1
    return remaining


def _origin(op: Operation, type: Type) -> Value | None:
    """The value of `type` that a chain of casts ends in `op` with."""
    while op.name == CAST and len(op.operands) == len(op.results) == 1:
        (value,) = op.operands
        if value.type is type:
            return value
        if value.defining_op is None:
            return None
        op = value.defining_op
    return None
