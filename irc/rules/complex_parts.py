"""Parts of complex numbers that are known before the number is built, and bitcasts in a row."""

from __future__ import annotations

from irc.dialects import arith, complex
from irc.ir.types import ComplexType
from irc.rewrite.greedy import Patterns
from irc.rewrite.rewriter import Rewriter


def part_of_negation(op: complex.Re | complex.Im, rewriter: Rewriter) -> bool:
    """A part of a negated number that was built of parts is the negated part."""
    negation = op.complex.defining_op
    created = negation.complex.defining_op if isinstance(negation, complex.Neg) else None
    if not isinstance(created, complex.Create):
        return False
    negated = rewriter.insert(arith.NegF(created.operands[op.part], op.fastmath))
    rewriter.replace(op, negated.results)
    return True


def bitcast_once(op: complex.Bitcast | arith.Bitcast, rewriter: Rewriter) -> bool:
    """A bitcast of a bitcast is one: of `complex` if either end is a complex number."""
    inner = op.operands[0].defining_op
    if not isinstance(inner, complex.Bitcast | arith.Bitcast) or type(inner) is type(op) is arith.Bitcast:
        return False
    source, target = inner.operands[0], op.results[0].type
    if source.type is target:
        rewriter.replace(op, [source])
        return True
    ends = [isinstance(type, ComplexType) for type in (source.type, target)]
    if all(ends):
        return False
    cls = complex.Bitcast if any(ends) else arith.Bitcast
    rewriter.replace(op, rewriter.insert(cls(source, result_types=[target])).results)
    return True


COMPLEX_PARTS: Patterns = {
    complex.Re: [part_of_negation],
    complex.Im: [part_of_negation],
    complex.Bitcast: [bitcast_once],
    arith.Bitcast: [bitcast_once],
}
