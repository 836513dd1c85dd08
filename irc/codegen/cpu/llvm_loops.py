"""What a program says of its loops, as metadata of LLVM; all of it are hints."""

from __future__ import annotations

from irc.codegen.cpu.llvm_writer import Writer
from irc.dialects import llvm
from irc.ir.attributes import OpaqueAttr
from irc.ir.block import Block

NO_VECTORS = "vectorize = <disable = true>"

HINTS = {
    NO_VECTORS: ("!2", '!{!"llvm.loop.vectorize.enable", i1 false}'),
    "unroll = <disable = true>": ("!3", '!{!"llvm.loop.unroll.disable"}'),
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


def ends_open_loop(block: Block, places: dict[Block, int]) -> bool:
    """Whether a block may end a loop that LLVM is not told to leave without vectors. `places` numbers the blocks."""
    last = block.terminator
    place = places[block]
    return any(places[target] <= place for target in last.successors) and not (
        isinstance(last, llvm.Br | llvm.CondBr) and _says(last, NO_VECTORS)
    )


def _says(op: llvm.Br | llvm.CondBr, hint: str) -> bool:
    return isinstance(op.loop_annotation, OpaqueAttr) and hint in op.loop_annotation.text
