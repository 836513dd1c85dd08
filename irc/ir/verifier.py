"""The verifier: what holds of every module, at every level.

1. Every operation satisfies its declaration: numbers and types of operands and results, attribute classes, numbers of
   regions and successors, its traits and its own `verify`.
2. A value is used only where its definition dominates the use: earlier in the same block (in a graph region: anywhere
   in it), in a dominating block, or in an enclosing region.
3. The regions of an isolated operation use no values from outside.
4. A block of a region that needs terminators ends with one, and a terminator stands only at the end of a block.
5. Successors are blocks of the same region, none is its entry block, and branches pass each block argument a value of
   its type.
6. Names in a symbol table are unique, and symbol references are to symbols of the right kind.
7. Use lists, parents and predecessors agree with the operands, blocks and successors that they mirror.
"""

from __future__ import annotations

from collections import Counter

from irc.ir import traits as t
from irc.ir.block import Block
from irc.ir.diagnostic import DiagnosedError, Diagnostic, VerifyError
from irc.ir.dominance import Dominance
from irc.ir.interfaces import BranchOp
from irc.ir.operation import Operation, UnregisteredOp
from irc.ir.recursion import deep_calls
from irc.ir.region import Region
from irc.ir.symbols import SymbolTables, symbol_name
from irc.ir.types import InvalidTypeError
from irc.ir.value import Value

MAX_DIAGNOSTICS = 20


@deep_calls
def verify(root: Operation) -> list[Diagnostic]:
    """Check `root` and everything inside it; the errors found, `MAX_DIAGNOSTICS` at most.

    What is inside an operation that does not satisfy its declaration is not looked at, since it may rely on that. Symbol
    references come last, and only if all symbols are right themselves.
    """
    return _Verifier().run(root)[:MAX_DIAGNOSTICS]


def verify_or_raise(root: Operation) -> None:
    """As `verify`, but raises `DiagnosedError` where something is wrong."""
    found = verify(root)
    if found:
        raise DiagnosedError(*found)


MANY = 64
"""So many operands are counted once for all of them."""


class _Verifier:
    def __init__(self) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.dominance = Dominance()
        self.symbols = SymbolTables()
        self._uses: dict[Operation, Counter[Value]] = {}
        self.symbol_users: list[Operation] = []
        self.symbols_are_right = True

    def run(self, root: Operation) -> list[Diagnostic]:
        stack = [root] if self.op(root) else []
        while stack and len(self.diagnostics) < MAX_DIAGNOSTICS:
            op = stack.pop()
            nested: list[Operation] = []
            for i, region in enumerate(op.regions):
                self.region(op, region, i, nested)
            stack.extend(reversed(nested))
        if self.symbols_are_right:
            for user in self.symbol_users:
                self.symbol_references(user)
        return self.diagnostics

    def error(self, op: Operation, message: str, notes: tuple[Diagnostic, ...] = ()) -> None:
        self.diagnostics.append(Diagnostic(op.location, f"'{op.name}' op {message}", "error", notes))

    def symbol_references(self, op: Operation) -> None:
        """Invariant 6, the references."""
        try:
            op.verify_symbols(self.symbols)
        except VerifyError as problem:
            self.error(op, problem.message, problem.notes)

    def op(self, op: Operation) -> bool:
        """Invariant 1 and the names of 6; whether the former holds, so that more may be asked of the operation."""
        try:
            op.verify_op()
        except (VerifyError, InvalidTypeError) as problem:
            self.error(op, str(problem), getattr(problem, "notes", ()))
            self.symbols_are_right &= t.Symbol not in op.traits
            return False
        if type(op).verify_symbols is not Operation.verify_symbols:
            self.symbol_users.append(op)
        if op.regions and t.SymbolTable in op.traits:
            self.unique_symbols(op)
        return True

    def region(self, op: Operation, region: Region, index: int, nested: list[Operation]) -> None:
        """Everything about one region; operations that have regions themselves are put on `nested`."""
        if region.parent is not op:
            self.error(op, f"region #{index} has another parent")
        # Nothing is known of an unregistered operation: its regions may be graphs.
        graph = t.GraphRegion in op.traits or isinstance(op, UnregisteredOp)
        needs_terminators = t.NoTerminator not in op.traits and not isinstance(op, UnregisteredOp)
        for block in region:
            self.block(op, region, index, block)
            block.number_ops()
            for inner in block:
                if inner.parent is not block:
                    self.error(inner, "has another parent than the block that holds it")
                valid = self.op(inner)
                for i, operand in enumerate(inner._operands):
                    # The common case first: defined earlier in the same block.
                    owner = operand.owner
                    if owner is block:
                        ok = True
                    elif isinstance(owner, Operation) and owner.parent is block:
                        ok = graph or owner.order < inner.order
                    elif not self.visible(inner, operand):
                        continue
                    else:
                        ok = self.dominance.properly_dominates(operand, inner)
                    if not ok:
                        self.not_dominated(inner, i, operand)
                    elif inner not in operand.users:
                        self.error(inner, f"is missing from the users of its operand #{i}")
                for result in inner.results:
                    for user, uses in result.users.items():
                        operands = user._operands
                        if (operands.count(result) if len(operands) < MANY else self.uses(user)[result]) != uses:
                            self.miscounted(inner, "result", result, user)
                if not valid:
                    continue
                if inner.regions:
                    nested.append(inner)
                if inner.successors:
                    self.successors(inner, region)
                if inner is not block.last:
                    if t.Terminator in inner.traits:
                        self.error(inner, "must be the last operation in the parent block")
                    elif inner.successors:
                        self.error(inner, "with block successors must terminate its parent block")
            last = block.last
            if last is None and isinstance(op, UnregisteredOp) and block is not region.last:
                self.error(op, "empty block: expect at least a terminator")
            if needs_terminators and (last is None or not _may_end(last)):
                self.no_terminator(op, block)

    def block(self, op: Operation, region: Region, index: int, block: Block) -> None:
        """Invariant 7 for a block and its arguments; `op` holds it in its region `index`."""
        if block.parent is not region:
            self.error(op, f"region #{index} holds a block that has another parent")
        for i, argument in enumerate(block.arguments):
            if argument.owner is not block or argument.index != i:
                self.error(op, f"block argument #{i} has another owner or number")
            for user, uses in argument.users.items():
                operands = user._operands
                if (operands.count(argument) if len(operands) < MANY else self.uses(user)[argument]) != uses:
                    self.miscounted(op, "block argument", argument, user)
        for branch in block.predecessors:
            if block not in branch.successors:
                self.error(op, f"block has '{branch.name}' for a predecessor, which does not branch to it")

    def uses(self, user: Operation) -> Counter[Value]:
        """How often an operation uses each of its operands."""
        known = self._uses.get(user)
        if known is None:
            known = self._uses[user] = Counter(user._operands)
        return known

    def miscounted(self, op: Operation, what: str, value: Value, user: Operation) -> None:
        found = user.operands.count(value)
        self.error(op, f"{what} #{value.index} counts {value.users[user]} uses by '{user.name}', which has {found}")

    def not_dominated(self, op: Operation, index: int, operand: Value) -> None:
        definition = operand.defining_op
        note = (Diagnostic(definition.location, "operand defined here", "note"),) if definition is not None else ()
        self.error(op, f"operand #{index} does not dominate this use", note)

    def visible(self, op: Operation, operand: Value) -> bool:
        """Invariant 3: no isolated operation lies between the use and the region of the definition."""
        block = operand.parent_block
        region = block.parent if block is not None else None
        scope = op.parent
        while scope is not None and scope.parent is not region:
            outer = scope.parent_op
            if outer is None:
                return True
            if t.IsolatedFromAbove in outer.traits:
                note = Diagnostic(outer.location, "required by region isolation constraints", "note")
                self.error(op, "using value defined outside the region", (note,))
                return False
            scope = outer.parent
        return True

    def successors(self, op: Operation, region: Region) -> None:
        """Invariant 5."""
        for i, block in enumerate(op.successors):
            if block.parent is not region:
                self.error(op, f"branching to block #{i} of a different region")
                continue
            if block.is_entry:
                self.error(op, "entry block of region may not have predecessors")
            if op not in block.predecessors:
                self.error(op, f"is missing from the predecessors of its successor #{i}")
            if isinstance(op, BranchOp):
                self.branch_operands(op, i, block)

    def branch_operands(self, op: BranchOp, index: int, block: Block) -> None:
        passed = op.successor_operands(index)
        if len(passed) != len(block.arguments):
            self.error(
                op,
                f"branch has {len(passed)} operands for successor #{index}, "
                f"but target block has {len(block.arguments)} arguments",
            )
            return
        for j, (value, argument) in enumerate(zip(passed, block.arguments, strict=True)):
            if value.type is not argument.type:
                self.error(op, f"type mismatch for bb argument #{j} of successor #{index}")

    def no_terminator(self, op: Operation, block: Block) -> None:
        if block.last is None:
            self.error(op, "expects a non-empty block: empty block where a block with a terminator is expected")
        else:
            self.error(block.last, "block with no terminator: the last operation must be a terminator")

    def unique_symbols(self, table: Operation) -> None:
        """Invariant 6, the names."""
        seen: dict[str, Operation] = {}
        for inner in table.nested_ops():
            name = symbol_name(inner)
            if name is None:
                continue
            if name in seen:
                note = Diagnostic(seen[name].location, "see existing symbol definition here", "note")
                self.diagnostics.append(
                    Diagnostic(inner.location, f"redefinition of symbol named '{name}'", "error", (note,))
                )
            seen.setdefault(name, inner)


def _may_end(op: Operation) -> bool:
    """Whether `op` may end a block; nothing is known of an unregistered operation, so it may."""
    return t.Terminator in op.traits or isinstance(op, UnregisteredOp)
