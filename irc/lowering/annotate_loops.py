"""What LLVM may do with loops, where its own judgement costs time to compile and gives nothing.

LLVM unrolls a loop of a known number of iterations up to several hundred instructions, tens of kilobytes where such loops are
nested, and optimises all of it. Short loops gain from that; of the longer ones only the time to compile is seen. It also
tries to vectorise every innermost loop, among them those that are written in vectors already, and those over in a moment.
The annotations are upstream's, `#llvm.loop_annotation`; `scf-to-cf` hands them to the branch at the end of the loop.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from irc.analysis.trip_counts import known_trip_count, repeats
from irc.dialects import arith, func, memref, scf
from irc.ir.attributes import OpaqueAttr
from irc.ir.block import Block
from irc.ir.operation import Operation
from irc.ir.traits import ConstantLike
from irc.ir.types import FloatType, IndexType, VectorType
from irc.ir.value import Value
from irc.lowering.scf_to_cf import LOOP_ANNOTATION
from irc.passes.base import Pass, PassContext, option, statistic

LONGEST = 1500
"""Operations beyond which LLVM writes no loop out by itself; it then repeats the body a few times, if that is short."""

LONGEST_VECTORISED = 40
"""Operations beyond which a body has too many streams of data for vectors of neighbouring iterations to pay."""


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
    """Tell LLVM which loops to leave as they are: not to be unrolled, or not to be vectorised."""

    limited: str = statistic("loops of a known number of iterations that are not unrolled")
    scalar: str = statistic("loops that are not vectorised")
    most: int = option(60, "operations that a loop may become by unrolling", at_least=0)
    worth: int = option(1024, "iterations, those around it counted in, from which a loop is vectorised", at_least=0)

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
        # One that is written out is a loop no more when LLVM comes to vectors.
        if becomes <= self.most or inside.loops or inside.vectors or not self._is_worth_vectors(op, inside, runs):
            words.append("vectorize = <disable = true>")
            context.count(self.scalar)
        if self.most < becomes <= LONGEST:
            words.append("unroll = <disable = true>")
            context.count(self.limited)
        if words and LOOP_ANNOTATION not in op.attributes:
            op.set_attribute(LOOP_ANNOTATION, OpaqueAttr(f"llvm.loop_annotation<{', '.join(words)}>"))
        if trips is not None and becomes <= self.most:
            return trips
        inside.loops = True
        return 1

    def _is_worth_vectors(self, op: scf.For | scf.While, inside: _Contents, runs: int | None) -> bool:
        """Whether LLVM might compute several iterations of an innermost loop at once, and faster."""
        if inside.operations > LONGEST_VECTORISED or (runs is not None and runs < self.worth):
            return False
        if isinstance(op, scf.While):
            return any(isinstance(inner, memref.Load | memref.Store) for inner in op.walk())
        # The order of additions of floating-point numbers is kept.
        if any(isinstance(value.type, FloatType) for value in op.inits):
            return False
        counter = op.body.entry.arguments[0]
        accesses = [inner for inner in op.walk() if isinstance(inner, memref.Load | memref.Store)]
        neighbours = [_is_contiguous(inner.indices, counter) for inner in accesses]
        copies = not any(_computes(inner) for inner in op.walk())
        return all(neighbours) if copies else any(neighbours) or not neighbours


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
