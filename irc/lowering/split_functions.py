"""Long functions become several, which are compiled each on its own, the one while another is still being lowered.

What is cut out are neighbouring loops and structured ops on buffers, which have no results: a part gets the buffers and
numbers that it works on, and its caller keeps what allocates and returns. The time of the calls is nothing beside theirs.
"""

from __future__ import annotations

from irc.analysis.trip_counts import runs_of
from irc.dialects import func, linalg, memref, scf
from irc.dialects.linalg_interface import REDUCTION
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.cloning import clone
from irc.ir.effects import is_pure
from irc.ir.operation import Operation
from irc.ir.symbols import SymbolTable, symbol_references
from irc.ir.traits import ConstantLike
from irc.ir.value import Value
from irc.lowering.locations import derived
from irc.lowering.outlining import is_outlined, outline
from irc.passes.base import Pass, PassContext, option, statistic
from irc.rewrite.constants import constant_value

LOOP, PRODUCT = 25, 200
"""About how many instructions of LLVM the loops of a structured op become beside its body, and those of a product, which
are tiled."""

PER_OP = 3
"""Instructions that an op of a body becomes: it stands in the loop over vectors, and in what is left over."""


class SplitFunctions(Pass):
    """Cut functions that become many instructions into parts, private functions that are called one after the other."""

    anchor = "builtin.module"
    parts: str = statistic("functions that were parts of others")
    size: int = option(400, "instructions of LLVM, about, that a part is to have", at_least=1)

    def run(self, op: Operation, context: PassContext) -> None:
        table = SymbolTable(op)
        outlined = {name for name, each in table.symbols.items() if is_outlined(each)}
        for function in list(op.nested_ops()):
            if isinstance(function, func.Func) and not function.is_declaration and not is_outlined(function):
                splitting = _Splitting(table, outlined, self.size, f"{function.sym_name.value}_part", self.name)
                if sum(_cost(inner) for inner in function.nested_ops()) >= 2 * self.size:
                    for block in function.body:
                        splitting.block(block)
                context.count(self.parts, splitting.count)


class _Splitting:
    """What cutting one function takes."""

    def __init__(self, table: SymbolTable, outlined: set[str], size: int, name: str, pass_name: str) -> None:
        self.table, self.outlined, self.size, self.name, self.pass_name = table, outlined, size, name, pass_name
        self.count = 0

    def block(self, block: Block) -> None:
        """Make parts of the ops of a block, and of what is inside those that are too long for one."""
        run: list[Operation] = []
        cost = 0
        for op in list(block):
            if is_pure(op) or isinstance(op, memref.Alloc | memref.Alloca):
                continue  # it may as well be done before the ops of the run
            here = _cost(op)
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
        if op.results or not isinstance(
            op, linalg.LinalgOp | memref.Copy | memref.Store | scf.For | scf.While | scf.If | func.Call
        ):
            return False
        for inner in op.walk():
            if not self.outlined.issuperset(symbol_references(inner)):
                return False
            # The pointer that was allocated is not handed over.
            if isinstance(inner, memref.Dealloc) and _is_outside(inner.memref, op):
                return False
        return True

    def _part(self, run: list[Operation], cost: int) -> None:
        """Make a function of ops that follow each other, if they are long enough for one."""
        if 2 * cost < self.size:
            return
        first, last = run[0], run[-1]
        location = derived(first.location, self.pass_name)
        outside = list(dict.fromkeys(_captured(run)))
        handed = [value for value in outside if constant_value(value) is None]
        calls = runs_of(first)
        call = Builder(InsertPoint.after(last), location)
        block = Block([value.type for value in handed])
        mapping: dict[Value, Value] = dict(zip(handed, block.arguments, strict=True))
        for value in outside:
            if value not in mapping and value.defining_op is not None:
                block.append(constant := clone(value.defining_op))
                mapping[value] = constant.results[0]
        for op in run:
            op.detach()
            block.append(op)
            for inner in op.walk():
                if any(operand in mapping for operand in inner.operands):
                    inner.operands = tuple([mapping.get(operand, operand) for operand in inner.operands])
        call.insert(func.Call(outline(self.table, self.name, block, [], location, calls), handed, result_types=[]))
        self.count += 1


def _captured(run: list[Operation]) -> list[Value]:
    """The values that ops use and others compute."""
    inside = {block for op in run for inner in op.walk() for region in inner.regions for block in region}
    return [value for op in run for inner in op.walk() for value in inner.operands if value.parent_block not in inside]


def _is_outside(value: Value, op: Operation) -> bool:
    block = value.parent_block
    return block is None or not op.is_ancestor_of(block.parent_op)


def _cost(op: Operation) -> int:
    """About how many instructions of LLVM an op becomes."""
    if ConstantLike in op.traits:
        return 0
    if isinstance(op, linalg.LinalgOp):
        length = sum(1 for _ in op.body)
        return PRODUCT if _is_product(op) else LOOP + PER_OP * length
    return PER_OP + sum(_cost(inner) for inner in op.nested_ops())


def _is_product(op: linalg.LinalgOp) -> bool:
    """Whether an op adds up products, whose loops are tiled."""
    names = [inner.name.partition(".")[2] for inner in op.body]
    reduces = any(iterator is REDUCTION for iterator in op.iterators)
    return reduces and len(op.operands) == 3 and any(name.startswith("mul") for name in names)
