"""Long functions become several, which are compiled each on its own, the one while another is still being lowered.

What is cut out are neighbouring loops and structured ops on buffers, whose results nobody uses: a part gets the buffers and
numbers that it works on, and its caller keeps what allocates and returns. The time of the calls is nothing beside theirs.
"""

from __future__ import annotations

from collections.abc import Sequence

from irc.analysis.trip_counts import runs_of
from irc.dialects import func, linalg, memref, scf
from irc.ir.attributes import DictionaryAttr, unit
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.effects import is_pure, is_trivially_dead
from irc.ir.operation import Operation
from irc.ir.symbols import SymbolTable, symbol_references
from irc.ir.types import FloatType, IndexType, IntegerType, MemRefType, VectorType
from irc.ir.value import Value
from irc.lowering.code_length import expected_length
from irc.lowering.locations import derived
from irc.lowering.outlining import OutlinedBody, is_outlined, outline
from irc.passes.base import Pass, PassContext, option, statistic
from irc.rewrite.constants import is_constant


class SplitFunctions(Pass):
    """Cut functions that become many instructions into parts, private functions that are called one after the other."""

    anchor = "builtin.module"
    parts: str = statistic("functions that were parts of others")
    size: int = option(320, "instructions of LLVM, about, that a part is to have", at_least=1)

    def run(self, op: Operation, context: PassContext) -> None:
        table = SymbolTable(op)
        outlined = {name for name, each in table.symbols.items() if is_outlined(each)}
        for function in list(op.nested_ops()):
            if isinstance(function, func.Func) and not function.is_declaration and not is_outlined(function):
                splitting = _Splitting(table, outlined, self.size, f"{function.sym_name.value}_part", self.name)
                if sum(expected_length(inner) for inner in function.nested_ops()) >= 2 * self.size:
                    for block in function.body:
                        splitting.block(block)
                    for value in reversed(dict.fromkeys(splitting.taken)):
                        if value.defining_op is not None and is_trivially_dead(value.defining_op):
                            value.defining_op.erase()
                context.count(self.parts, splitting.count)


class _Splitting:
    """What cutting one function takes."""

    def __init__(self, table: SymbolTable, outlined: set[str], size: int, name: str, pass_name: str) -> None:
        self.table, self.outlined, self.size, self.name, self.pass_name = table, outlined, size, name, pass_name
        self.count = 0
        self.taken: list[Value] = []
        """What parts make again for themselves, operands first."""

    def block(self, block: Block) -> None:
        """Make parts of the ops of a block, and of what is inside those that are too long for one."""
        run: list[Operation] = []
        cost = 0
        for op in list(block):
            if is_pure(op) or isinstance(op, memref.Alloc | memref.Alloca):
                continue  # it may as well be done before the ops of the run
            here = expected_length(op)
            moves = self._can_move(op)
            long = here >= self.size and not isinstance(op, linalg.LinalgOp)
            if moves and not long:
                run.append(op)
                cost += here
                # What fills the result of a product belongs to it.
                if cost < self.size or isinstance(op, linalg.Fill):
                    continue
            self._part(run, cost)
            run, cost = [], 0
            if long and not self._inside(op) and moves:
                self._part([op], here)
        self._part(run, cost)

    def _inside(self, op: Operation) -> bool:
        """Make parts of what is inside an op; whether there are any."""
        before = self.count
        for region in op.regions:
            for block in region:
                self.block(block)
        return self.count > before

    def _can_move(self, op: Operation) -> bool:
        """Whether an op works on buffers alone, and refers to nothing but functions that are compiled on their own."""
        if not isinstance(op, linalg.LinalgOp | memref.Copy | memref.Store | scf.For | scf.While | scf.If | func.Call):
            return False
        # Results would have to be handed back; those that nobody uses are none.
        if any(result.users for result in op.results):
            return False
        for inner in op.walk():
            if not self.outlined.issuperset(symbol_references(inner)):
                return False
            # The pointer that was allocated is not handed over.
            if isinstance(inner, memref.Dealloc) and not op.holds(inner.memref):
                return False
        return True

    def _part(self, run: list[Operation], cost: int) -> None:
        """Make a function of ops that follow each other, if they are long enough for one."""
        captured = _captured(run)
        if 2 * cost < self.size or not all(map(_is_handed, captured)):
            return
        first, last = run[0], run[-1]
        location = derived(first.location, self.pass_name)
        calls = runs_of(first)
        call = Builder(InsertPoint.after(last), location)
        body = OutlinedBody()
        for value in captured:
            body.take(value)
        self.taken += body.made_again
        known = body.mapping.values
        for op in run:
            op.detach()
            body.block.append(op)
            for inner in op.walk():
                if any(operand in known for operand in inner.operands):
                    inner.operands = tuple([known.get(operand, operand) for operand in inner.operands])
        symbol = outline(self.table, self.name, body.block, [], location, calls, _arguments(body))
        call.insert(func.Call(symbol, body.handed, result_types=[]))
        self.count += 1


def _arguments(body: OutlinedBody) -> list[DictionaryAttr]:
    """What is known of the arguments: memory that was allocated is apart from all else that is handed over."""
    buffers = [value for value in body.handed if isinstance(value.type, MemRefType)]
    if not all(map(_is_root, buffers)):
        return []
    fresh = DictionaryAttr((("llvm.noalias", unit),))
    return [fresh if isinstance(value.defining_op, memref.Alloc) else DictionaryAttr(()) for value in body.handed]


def _is_root(buffer: Value) -> bool:
    """Whether a buffer is memory that is allocated, or that the function got from outside."""
    if isinstance(buffer.defining_op, memref.Alloc | memref.GetGlobal):
        return True
    block = buffer.parent_block
    return (
        buffer.defining_op is None and block is not None and isinstance(block.parent_op, func.Func) and block.is_entry
    )


def _captured(run: Sequence[Operation]) -> list[Value]:
    """The values that ops use and others compute."""
    inside = {block for op in run for inner in op.walk() for region in inner.regions for block in region}
    return [value for op in run for inner in op.walk() for value in inner.operands if value.parent_block not in inside]


def _is_handed(value: Value) -> bool:
    """Whether a function can have an argument for a value, if it is not made inside."""
    type = value.type
    return is_constant(value) or (
        type.rank == 1
        if isinstance(type, VectorType)
        else isinstance(type, MemRefType | IndexType | IntegerType | FloatType)
    )
