"""What LLVM may do with loops, where its own judgement costs time to compile and gives nothing.

LLVM unrolls a loop of a known number of iterations up to several hundred instructions, tens of kilobytes where such loops are
nested, and optimises all of it. Short loops gain from that; of the longer ones only the time to compile is seen. It also
tries to vectorise every innermost loop, among them those that are written in vectors already, and those over in a moment.
Where no loop of a module is left to it, the module is spared all that LLVM does to loops (`irc.codegen.cpu.compiler`).
The annotations are upstream's, `#llvm.loop_annotation`; `scf-to-cf` hands them to the branch at the end of the loop.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from irc.analysis.trip_counts import known_trip_count, repeats
from irc.dialects import arith, func, memref, scf, vector
from irc.dialects.arith_attributes import FastMath
from irc.ir.attributes import OpaqueAttr
from irc.ir.block import Block
from irc.ir.operation import Operation
from irc.ir.traits import ConstantLike
from irc.ir.types import FloatType, IndexType, MemRefType, VectorType
from irc.ir.value import Value
from irc.lowering.scf_to_cf import LOOP_ANNOTATION
from irc.passes.base import Pass, PassContext, option, statistic

LONGEST = 1500
"""Operations beyond which LLVM writes no loop out by itself; it then repeats the body a few times, if that is short."""

LONGEST_VECTORISED = 100
"""Operations beyond which a body has too many streams of data for vectors of neighbouring iterations to pay."""

ACCESSES = memref.Load | memref.Store | memref.Copy | vector.Store


@dataclass(slots=True)
class _Contents:
    """What a block holds, in the form that LLVM sees: short loops are written out."""

    operations: int = 0
    loops: bool = False
    vectors: bool = False

    def add(self, other: _Contents, times: int) -> None:
        self.operations += other.operations * times
        self.loops |= other.loops
        self.vectors |= other.vectors


class AnnotateLoops(Pass):
    """Tell LLVM which loops to leave as they are: not to be unrolled, or not to be vectorised, as they gain nothing."""

    limited: str = statistic("loops that are not unrolled")
    scalar: str = statistic("loops that are not vectorised")
    most: int = option(60, "operations that a loop may become by unrolling", at_least=0)
    worth: int = option(2048, "iterations, those around it counted in, from which a loop is changed", at_least=0)

    def run(self, op: Operation, context: PassContext) -> None:
        self._contents(op, 1, context)

    def _contents(self, op: Operation, runs: int | None, context: PassContext) -> _Contents:
        """What the regions of an op hold, which run so often."""
        found = _Contents()
        for region in op.regions:
            for block in region:
                found.add(self._annotate(block, runs, context), 1)
        return found

    def _annotate(self, block: Block, runs: int | None, context: PassContext) -> _Contents:
        """Look at the loops in a block that runs so often in all, `None` where that is not known: what it holds."""
        found = _Contents()
        for op in block:
            if ConstantLike in op.traits:
                continue
            count = 1
            found.operations += 1
            if op.regions:
                trips = repeats(op)
                each = None if runs is None or trips is None else runs * trips
                inside = self._contents(op, each, context)
                if isinstance(op, scf.For | scf.While):
                    count = self._loop(op, inside, each, context)
                found.add(inside, count)
            else:
                found.vectors |= any(isinstance(value.type, VectorType) for value in (*op.results, *op.operands))
                # What a function that is called does is not seen.
                found.loops |= isinstance(op, func.Call)
        return found

    def _loop(self, op: scf.For | scf.While, inside: _Contents, runs: int | None, context: PassContext) -> int:
        """Annotate a loop that holds this; how often its body is written."""
        words: list[str] = []
        trips = known_trip_count(op) if isinstance(op, scf.For) else None
        becomes = LONGEST + 1 if trips is None else trips * inside.operations
        is_long = runs is None or runs >= self.worth
        is_written_out = is_long and becomes <= self.most
        # One that is written out is a loop no more when LLVM comes to loops.
        is_open = is_long and not is_written_out and not inside.loops and _may_gain(op, inside)
        if not is_open:
            words.append("vectorize = <disable = true>")
            context.count(self.scalar)
        if not (is_written_out or (is_open and becomes > LONGEST)):
            words.append("unroll = <disable = true>")
            context.count(self.limited)
        if words and LOOP_ANNOTATION not in op.attributes:
            op.set_attribute(LOOP_ANNOTATION, OpaqueAttr(f"llvm.loop_annotation<{', '.join(words)}>"))
        if is_written_out and trips is not None:
            return trips
        inside.loops = True
        return 1


def _may_gain(op: scf.For | scf.While, inside: _Contents) -> bool:
    """Whether LLVM might make an innermost loop faster."""
    accesses = [inner for inner in op.walk() if isinstance(inner, ACCESSES)]
    if _keeps_state(op, accesses):
        return True
    if inside.vectors or inside.operations > LONGEST_VECTORISED:
        return False
    return _has_vectors(op, [inner for inner in accesses if isinstance(inner, memref.Load | memref.Store)])


def _keeps_state(op: Operation, accesses: Sequence[Operation]) -> bool:
    """Whether iterations hand something on in memory, at a place that stays the same: LLVM puts that into a register."""
    for access in accesses:
        place = _place(access)
        if place is not None and not any(map(op.holds, place)) and _is_read(access, op):
            return True
    return False


def _is_read(access: Operation, loop: Operation) -> bool:
    """Whether something in the loop reads the buffer that is written to."""
    buffer = access.target if isinstance(access, memref.Copy) else access.operands[1]
    return any(
        not isinstance(user, memref.Store | vector.Store) and loop.is_ancestor_of(user) and user is not access
        for user in buffer.users
    )


def _place(access: Operation) -> Sequence[Value] | None:
    """What the place depends on that an op writes to, other than the buffer; `None` where it does not write, or writes what
    LLVM has no register for."""
    match access:
        case memref.Store() | vector.Store():
            return access.indices
        case memref.Copy(target=target) if isinstance(target.type, MemRefType) and target.type.rank == 0:
            return ()
    return None


def _has_vectors(op: scf.For | scf.While, accesses: Sequence[memref.Load | memref.Store]) -> bool:
    """Whether LLVM might compute several iterations at once."""
    if isinstance(op, scf.While):
        return bool(accesses)
    # The order of additions of floating-point numbers is kept, unless they say that it does not matter.
    if any(isinstance(value.type, FloatType) for value in op.inits) and not any(map(_reassociates, op.walk())):
        return False
    counter = op.body.entry.arguments[0]
    places = [index for access in accesses if isinstance(access, memref.Store) for index in access.indices]
    if not _are_counted(places, op):
        return False
    neighbours = [_is_contiguous(access.indices, counter) for access in accesses]
    copies = not any(_computes(inner) for inner in op.walk())
    return all(neighbours) if copies else any(neighbours) or not neighbours


def _are_counted(indices: Sequence[Value], loop: scf.For) -> bool:
    """Whether indices follow from how far loops are. Of elements that are written to where data says, it is not known whether
    several steps write to one."""
    pending, seen = list(indices), set(indices)
    while pending:
        index = pending.pop()
        op, block = index.defining_op, index.parent_block
        if not loop.holds(index):
            continue
        if isinstance(op, arith.AddI | arith.SubI | arith.MulI):
            pending += [operand for operand in op.operands if operand not in seen]
            seen.update(op.operands)
        elif (
            op is not None
            or block is None
            or not isinstance(block.parent_op, scf.For)
            or index is not block.arguments[0]
        ):
            return False
    return True


def _reassociates(op: Operation) -> bool:
    flags = getattr(op, "fastmath", None)
    return isinstance(flags, FastMath) and flags.allows("reassoc")


def _computes(op: Operation) -> bool:
    """Whether an op does more than to move data or to find out where they are."""
    where = isinstance(op, memref.Load | scf.For) or all(isinstance(value.type, IndexType) for value in op.results)
    return not where


def _is_contiguous(indices: Sequence[Value], counter: Value) -> bool:
    """Whether what lies at these indices moves by one element when the counter does."""
    if not indices:
        return False
    last = indices[-1]
    if last is counter:
        return counter not in indices[:-1]
    step = last.owner
    return isinstance(step, arith.AddI) and counter in step.operands
