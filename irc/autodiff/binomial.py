"""Where snapshots are left so that a loop is run backwards with the fewest evaluations of its body.

Of the states 0, …, l - 1 of a loop, from which its iterations start, the last is wanted first. With s snapshots, one of them
at state 0, the best is to go on to some state m, leave a snapshot there, do the same with what lies behind it and s - 1
snapshots, and at last with what lies before it and s. Let β(s, r) = C(s + r, s), and r the smallest number with β(s, r) >= l.
Then no more than t(l, s) = r l - β(s + 1, r - 1) steps from a state to the next are needed, and no fewer do (Griewank,
"Achieving logarithmic growth of temporal and spatial complexity in reverse automatic differentiation", 1992; Griewank and
Walther, "Algorithm 799: revolve", 2000). All m with

    β(s, r - 2) <= m <= β(s, r - 1)    and    β(s - 1, r - 1) <= l - m <= β(s - 1, r)

are best. Taken is the largest, min(β(s, r - 1), l - β(s - 1, r - 1)).
"""

from __future__ import annotations

from irc.dialects import arith, scf
from irc.dialects._amounts import compare, index_constant
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.region import Region
from irc.ir.types import index
from irc.ir.value import Value


def next_place(b: Builder, length: Value, snapshots: Value) -> Value:
    """How far from the first of `length` states the next snapshot is left, of `snapshots` with that at the first.

    The last state for a single one. All are index values.
    """
    one = index_constant(b, 1)
    several = compare(b, "ugt", snapshots, one)
    wanted = b.insert(arith.Select(several, length, one)).result
    # r, β(s, r - 1) and β(s, r), from r = 1 on
    inits = [one, one, b.insert(arith.AddI(snapshots, one)).result]
    before, after = (Block([index] * 3) for _ in range(2))
    with b.at(InsertPoint.at_end(before)):
        b.insert(scf.Condition(compare(b, "ult", before.arguments[2], wanted), before.arguments))
    with b.at(InsertPoint.at_end(after)):
        r, _, within = after.arguments
        following = b.insert(arith.AddI(r, one)).result
        grown = b.insert(arith.MulI(within, b.insert(arith.AddI(snapshots, following)).result)).result
        b.insert(scf.Yield([following, within, b.insert(arith.DivUI(grown, following)).result]))
    found = b.insert(scf.While(inits, Region(before), Region(after), result_types=[index] * 3))
    repeats, longest, _ = found.results
    # β(s - 1, r - 1) = β(s, r - 1) s / (s + r - 1)
    scaled = b.insert(arith.MulI(longest, snapshots)).result
    total = b.insert(arith.SubI(b.insert(arith.AddI(snapshots, repeats)).result, one)).result
    behind = b.insert(arith.DivUI(scaled, total)).result
    place = b.insert(arith.MinUI(longest, b.insert(arith.SubI(length, behind)).result)).result
    return b.insert(arith.Select(several, place, b.insert(arith.SubI(length, one)).result)).result
