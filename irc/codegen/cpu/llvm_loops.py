"""What a program says of its loops, as metadata of LLVM; all of it are hints."""

from __future__ import annotations

from enum import IntEnum

from irc.codegen.cpu.llvm_writer import Writer
from irc.dialects import llvm
from irc.ir.attributes import OpaqueAttr
from irc.ir.block import Block

NO_VECTORS, NO_UNROLLING = "vectorize = <disable = true>", "unroll = <disable = true>"

HINTS = {
    NO_VECTORS: ("!2", '!{!"llvm.loop.vectorize.enable", i1 false}'),
    NO_UNROLLING: ("!3", '!{!"llvm.loop.unroll.disable"}'),
}
"""The parts of `#llvm.loop_annotation` that are known, with their metadata; `!0` and `!1` belong to accesses of memory."""

FIRST_LOOP = 4


def loop_metadata(op: llvm.Br | llvm.CondBr, w: Writer) -> str:
    """The metadata of a loop that the branch ends."""
    found = []
    for hint, (number, text) in HINTS.items():
        if _says(op, hint):
            w.declarations.setdefault(number, f"{number} = {text}")
            found.append(number)
    if not found:
        return ""
    name = f"!{len(w.declarations) + FIRST_LOOP}"
    w.declarations[name] = f"{name} = distinct !{{{name}, {', '.join(found)}}}"
    return f", !llvm.loop {name}"


class Loops(IntEnum):
    """What is left for LLVM to do with the loops of a module."""

    FINAL = 0  # nothing
    SHORT = 1  # to write some out
    OPEN = 2  # whatever it can


def loops_ended(block: Block, places: dict[Block, int]) -> Loops:
    """What LLVM is to do with a loop that a block may end. `places` numbers the blocks."""
    last = block.terminator
    place = places[block]
    if all(places[target] > place for target in last.successors):
        return Loops.FINAL
    if not isinstance(last, llvm.Br | llvm.CondBr) or not _says(last, NO_VECTORS):
        return Loops.OPEN
    return Loops.FINAL if _says(last, NO_UNROLLING) else Loops.SHORT


def _says(op: llvm.Br | llvm.CondBr, hint: str) -> bool:
    return isinstance(op.loop_annotation, OpaqueAttr) and hint in op.loop_annotation.text
