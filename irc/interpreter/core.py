"""The reference interpreter: runs a module as it stands, at any level, on NumPy arrays.

A tensor or a vector is an array that nothing writes to; a memref is an array (often a view) that is written in place; a
number is a NumPy scalar of its type's dtype, so that integers wrap. How an op is computed is a rule, registered with
`interpret` in the module `irc.interpreter.<dialect>`, which is imported when the first op of that dialect is met.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Sequence
from typing import Any, NoReturn, TypeVar

import numpy as np

from irc.interpreter.values import from_user
from irc.ir.arguments import check_count
from irc.ir.attributes import SymbolRefAttr
from irc.ir.block import Block
from irc.ir.diagnostic import DiagnosedError, error
from irc.ir.operation import Operation
from irc.ir.recursion import frames
from irc.ir.region import Region
from irc.ir.signature import kept_signature
from irc.ir.symbols import SymbolTables
from irc.ir.types import Type
from irc.ir.value import Value

Rule = Callable[..., Any]
"""`rule(frame, op, *operands)`: the result, a tuple of several, or `None`; of a terminator a `Jump` or `Leave`."""

RuleT = TypeVar("RuleT", bound=Rule)

RULES: dict[type[Operation], Rule] = {}

CALLERS: dict[type[Operation], Callable[[Interpreter, Any, Sequence[Any]], list[Any]]] = {}
"""How a function op is called from outside, where it does not simply take the arguments: `caller(interpreter, op, …)`."""

FAILURES = (ValueError, IndexError, TypeError, ArithmeticError, MemoryError, RecursionError)
"""What NumPy and Python raise when a rule is given values that do not fit; reported at the op."""

MAX_CALLS = 1000
"""Depth of calls."""

FRAMES = 20 * MAX_CALLS
"""Depth of Python's calls: one of ours takes several."""


def interpret(*classes: type[Operation]) -> Callable[[RuleT], RuleT]:
    """Decorator: the function is the rule of these op classes."""

    def register(rule: RuleT) -> RuleT:
        for cls in classes:
            RULES[cls] = rule
        return rule

    return register


class Jump:
    """What the rule of a branch gives: go on in `block` with `values` for its arguments."""

    __slots__ = ("block", "values")

    def __init__(self, block: Block, values: Sequence[Any]) -> None:
        self.block, self.values = block, values


class Leave:
    """What the rule of any other terminator gives: the region ends at `op`, which hands over `values`."""

    __slots__ = ("op", "values")

    def __init__(self, op: Operation, values: Sequence[Any]) -> None:
        self.op, self.values = op, values


def fail(op: Operation, message: str) -> NoReturn:
    """Report a failure at run time."""
    raise error(op.location, f"'{op.name}' op {message}")


class Frame:
    """One activation of a function: the values computed so far."""

    __slots__ = ("interpreter", "values")

    def __init__(self, interpreter: Interpreter) -> None:
        self.interpreter = interpreter
        self.values: dict[Value, Any] = {}

    def run(self, region: Region, arguments: Sequence[Any] = ()) -> Leave:
        """Execute a region: from its entry block along branches to the terminator that leaves it."""
        block = region.entry
        while True:
            self.values.update(zip(block.arguments, arguments, strict=True))
            outcome = self.block(block)
            if isinstance(outcome, Leave):
                return outcome
            block, arguments = outcome.block, outcome.values

    def block(self, block: Block) -> Jump | Leave:
        """Execute a block whose arguments are set; what its terminator says."""
        for op in block:
            outcome = self.execute(op)
            if isinstance(outcome, Jump | Leave):
                return outcome
        last = block.last
        assert last is not None, "the verifier wants a terminator"
        return Leave(last, ())

    def execute(self, op: Operation) -> Any:
        """Execute one op and record its results."""
        rule = RULES.get(type(op)) or find_rule(op)
        values = self.values
        try:
            outcome = rule(self, op, *[values[operand] for operand in op.operands])
        except FAILURES as problem:
            raise error(op.location, f"'{op.name}' op failed: {problem}") from problem
        results = op.results
        if len(results) == 1:
            values[results[0]] = outcome
        elif results:
            values.update(zip(results, outcome, strict=True))
        return outcome


class Interpreter:
    """Runs the functions of a verified module. `memory` holds what outlives a call, such as globals."""

    __slots__ = ("depth", "memory", "module", "tables")

    def __init__(self, module: Operation) -> None:
        self.module = module
        self.tables = SymbolTables()
        self.memory: dict[Any, Any] = {}
        self.depth = 0

    def call(self, name: str, *arguments: Any) -> list[Any]:
        """Call a function on arrays and numbers, which are checked against its type; the list of its results.

        A memref argument must be an array of the exact dtype: it is written in place. Raises `DiagnosedError` for
        anything that goes wrong.
        """
        function = self.tables.table(self.module).lookup(name)
        if function is None:
            raise error(self.module.location, f"there is no function '{name}' in the module")
        if not function.regions or function.regions[0].is_empty:
            raise error(function.location, f"function '{name}' has no body")
        load_rules(dialect_of(function))
        caller = CALLERS.get(type(function))
        if caller is not None:
            with np.errstate(all="ignore"):
                return caller(self, function, arguments)
        parameters = function.regions[0].entry.arguments
        kept = kept_signature(function)
        types = kept.inputs if kept is not None else [parameter.type for parameter in parameters]
        values = values_from_user(function, name, types, arguments)
        with frames(FRAMES), np.errstate(all="ignore"):
            return list(self.invoke(function, values))

    def invoke(self, function: Operation, arguments: Sequence[Any]) -> Sequence[Any]:
        """Run the body of a function op on values as they are."""
        if not function.regions or function.regions[0].is_empty:
            raise error(function.location, "the interpreter cannot call a function without a body")
        if self.depth >= MAX_CALLS:
            raise error(function.location, f"calls are nested more than {MAX_CALLS} deep")
        self.depth += 1
        try:
            return Frame(self).run(function.regions[0], arguments).values
        finally:
            self.depth -= 1

    def symbol(self, user: Operation, reference: SymbolRefAttr) -> Operation:
        """The op that a symbol means at `user`."""
        found = self.tables.lookup(user, reference)
        if found is None:
            fail(user, f"refers to an unknown symbol '{reference.root}'")
        return found


def values_from_user(function: Operation, name: str, types: Sequence[Type], arguments: Sequence[Any]) -> list[Any]:
    """The arguments for a call of `function` from outside. Raises `DiagnosedError` where they do not fit."""
    try:
        check_count(name, len(arguments), types)
    except ValueError as problem:
        raise error(function.location, str(problem)) from None
    values: list[Any] = []
    for i, (type, argument) in enumerate(zip(types, arguments, strict=True)):
        try:
            values.append(from_user(argument, type))
        except FAILURES as problem:
            raise error(function.location, f"@{name}: argument #{i}: {problem}") from problem
    return values


def dialect_of(op: Operation) -> str:
    return op.name.partition(".")[0]


def load_rules(dialect: str) -> None:
    """Import the rules of a dialect, if there are any."""
    module = f"irc.interpreter.{dialect}"
    if dialect.isidentifier() and importlib.util.find_spec(module) is not None:
        importlib.import_module(module)


def find_rule(op: Operation) -> Rule:
    """The rule of an op's class, after importing its dialect's; an error at the op if there is none."""
    load_rules(dialect_of(op))
    rule = RULES.get(type(op))
    if rule is None:
        raise error(op.location, f"the interpreter has no rule for '{op.name}'")
    return rule


__all__ = [
    "CALLERS",
    "RULES",
    "DiagnosedError",
    "Frame",
    "Interpreter",
    "Jump",
    "Leave",
    "fail",
    "find_rule",
    "interpret",
]
