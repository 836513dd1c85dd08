"""How many states of which loops are kept for adjoints, so that what these store does not exceed a number of bytes.

An estimate: what an adjoint stores of an iteration are the carried values and the results of the operations that are not
computed again (`irc.autodiff.recomputation`), and what is stored of loops inside. A loop of which N states are kept stores
these instead, and what is stored of a single iteration.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf, prod

from irc.analysis.trip_counts import known_trip_count
from irc.autodiff.recomputation import is_cheap
from irc.autodiff.revolve import SNAPSHOTS, state_of, uses_memory
from irc.dialects import arith, nd, scf, tensor
from irc.dialects.llvm_layout import element_bytes
from irc.ir.attributes import i64_attr
from irc.ir.block import Block
from irc.ir.operation import Operation
from irc.ir.types import ShapedType, Type, element_type, index
from irc.ir.value import Value

LINEAR: dict[type[Operation], int | None] = {
    arith.AddF: None, arith.SubF: None, arith.NegF: None, nd.Add: None, nd.Subtract: None, nd.Negative: None,
    nd.DynamicUpdateSlice: 0, tensor.Insert: 0, tensor.InsertSlice: 1,
}  # fmt: skip
"""Operations whose adjoint does not need the operand at this position, or any of them."""


def bytes_of(type: Type) -> float:
    """The size of a value; infinite where it is not known."""
    element = element_type(type)
    try:
        size = element_bytes(element)
    except ValueError:
        return 0
    if not isinstance(type, ShapedType):
        return size
    return inf if None in type.shape else size * prod(size for size in type.shape if size is not None)


class Loop:
    """What is stored for the adjoint of an `scf.for`.

    `count` is the number of its iterations if that is known, `state` the size of what one of them starts from, `own` what is
    stored of one but for the loops inside, which are `inner`, and `each` with these. `all` is what is stored of the whole loop
    if it is left as it is.
    """

    def __init__(self, op: scf.For) -> None:
        self.op, self.count = op, known_trip_count(op)
        block = op.body.block
        self.inner = loops_of(block)
        self.state = bytes_of(index) + sum(bytes_of(op.inits[i].type) for i in _carried(op))
        self.own = self.state + _stored(block)
        self.each = self.own + sum(loop.all for loop in self.inner)
        self.all: float = inf if self.count is None else self.count * self.each if self.count else 0
        self.can_run_again = bool(op.inits) and self.state < inf and not uses_memory(op)

    def keep(self, snapshots: int) -> None:
        """Keep so many states, or as many as there are."""
        number = snapshots if self.count is None else min(snapshots, self.count)
        self.op.set_attribute(SNAPSHOTS, i64_attr(number))


@dataclass(frozen=True, slots=True)
class Budget:
    """At most `memory` bytes for all loops together, and at most `most` states of a loop."""

    memory: float = inf
    most: float = inf

    def spend(self, loops: Sequence[Loop]) -> None:
        """Mark loops that stand next to each other, and those inside of them."""
        self._spend(loops, self.memory)

    def _spend(self, loops: Sequence[Loop], memory: float) -> float:
        """The same for a part of the memory; gives what is used of it."""
        marked: list[Loop] = []
        left = sorted(loops, key=lambda loop: loop.all)
        while left and self._exceeds([loop.all for loop in left], memory - sum(loop.state for loop in marked)):
            marked.append(left.pop())
        if self.most < inf:
            marked += [loop for loop in left if loop.count is None or loop.count > self.most]
            left = [loop for loop in left if loop not in marked]
        used = sum(loop.all for loop in left)
        for i, loop in enumerate(reversed(marked)):
            rest = memory if memory == inf else max(0, memory - used)
            used += self._within(loop, rest / (len(marked) - i))
        return used

    def _exceeds(self, sizes: Sequence[float], memory: float) -> bool:
        return memory < inf and sum(sizes) > memory

    def _within(self, loop: Loop, memory: float) -> float:
        """Have the adjoint of `loop` store no more than `memory` bytes, if that is possible; gives how many it stores."""
        if not loop.can_run_again:
            each = inf if memory == inf else memory / loop.count if loop.count else 0
            self._spend(loop.inner, each)
            return loop.all if loop.all < inf else 0  # which is out of reach: the others get what there is
        inside = loop.each
        if inside > memory / 2 or self.most < inf:
            inside = loop.own + self._spend(loop.inner, memory / 2)
        fitting = inf if memory == inf else (memory - inside) // loop.state if inside < memory else 0
        number = int(max(1, min(fitting, self.most, inf if loop.count is None else loop.count)))
        loop.keep(number)
        return number * loop.state + inside


def loops_of(ops: Iterable[Operation]) -> list[Loop]:
    """The loops among some operations and inside of them that are in no other one, with those inside."""
    found: list[Loop] = []
    for op in ops:
        if isinstance(op, scf.For):
            found.append(Loop(op))
        else:
            found += [loop for region in op.regions for inner in region for loop in loops_of(inner)]
    return found


def _stored(block: Block) -> float:
    """What is stored of the operations of a block but for loops."""
    total = 0.0
    for op in block:
        if isinstance(op, scf.For):
            continue
        inside = sum(_stored(inner) for region in op.regions for inner in region)
        total += inf if inside and isinstance(op, scf.While) else inside
        if not op.regions and not is_cheap(op) and type(op) not in LINEAR:
            total += sum(bytes_of(result.type) for result in op.results)
    return total


def _carried(op: scf.For) -> list[int]:
    """The positions of the carried values that an adjoint may need in some iteration."""
    arguments = op.body.block.arguments[1:]
    return state_of(op, {i for i, argument in enumerate(arguments) if _matters(argument)})


def _matters(value: Value) -> bool:
    """Whether an adjoint may need `value`, which is one if it is only carried on and added to."""
    for user in value.users:
        if isinstance(user, scf.Yield):
            continue
        where = LINEAR.get(type(user), -1)
        if user.parent is not value.parent_block or where == -1:
            return True
        if where is not None and any(operand is value for i, operand in enumerate(user.operands) if i != where):
            return True
        if any(_matters(result) for result in user.results):
            return True
    return False
