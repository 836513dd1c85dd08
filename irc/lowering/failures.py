"""What a native program does where it cannot go on: it leaves the call, with a message that says where in the text.

`irc.fail` is the function that it calls for that; who runs the code provides it.
"""

from __future__ import annotations

from collections.abc import Callable

from irc.dialects import llvm
from irc.ir.block import Block
from irc.ir.builder import InsertPoint
from irc.ir.diagnostic import Diagnostic
from irc.ir.location import UNKNOWN, FileLineColLoc, Location
from irc.ir.operation import Operation
from irc.ir.value import Value
from irc.lowering.llvm_lowering import Lowering

FAIL = "irc.fail"
_SEPARATOR = "\x1f"


def require(lo: Lowering, op: Operation, condition: Value, message: str) -> None:
    """Go on with `op` only where `condition`, an i1 that has just been computed before it, holds."""
    require_or(lo, op, condition, lambda: lo.string(encode(op.location, message)))


def require_or(lo: Lowering, op: Operation, condition: Value, message: Callable[[], Value]) -> None:
    """As `require`, with the address of an encoded message, which is looked up where the program has failed."""
    block = op.parent
    assert block is not None
    assert block.parent is not None
    rest = block.split_before(op)
    failure = Block()
    block.parent.append(failure)
    with lo.b.at(InsertPoint.at_end(block)):
        lo.insert(llvm.CondBr(condition, rest, failure))
    with lo.b.at(InsertPoint.at_end(failure)):
        lo.call(FAIL, llvm.void, [message()])
        lo.insert(llvm.Unreachable())
    lo.b.point = InsertPoint.before(op)


def encode(location: Location, message: str) -> str:
    """A message with the first position in a file that `location` names."""
    place = next(location.files(), None)
    if place is None:
        return message
    return _SEPARATOR.join([place.file, str(place.line), str(place.column), message])


def decode(text: str) -> Diagnostic:
    """The error that an encoded message stands for."""
    file, *rest = text.split(_SEPARATOR, 3)
    if len(rest) < 3:
        return Diagnostic(UNKNOWN, text, "error")
    line, column, message = rest
    return Diagnostic(FileLineColLoc(file, int(line), int(column)), message, "error")
