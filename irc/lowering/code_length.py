"""How long the code of an operation becomes, before it is written: what cuts functions into parts goes by it."""

from __future__ import annotations

from irc.analysis.buffer_lifetimes import VIEWS
from irc.dialects import linalg
from irc.dialects.linalg_interface import REDUCTION
from irc.ir.operation import Operation
from irc.ir.traits import ConstantLike
from irc.lowering.loop_plan import Nest

LOOP, PRODUCT = 25, 200
"""About how many instructions of LLVM the loops of a structured op become beside its body, and those of a product, which
are tiled."""

PER_OP = 3
"""Instructions that an op of a body becomes: it stands in the loop over vectors, and in what is left over."""


def expected_length(op: Operation) -> int:
    """About how many instructions of LLVM an op on buffers becomes."""
    # How memory is seen becomes a part of addresses.
    if ConstantLike in op.traits or op.name in VIEWS:
        return 0
    if isinstance(op, linalg.LinalgOp):
        length = sum(1 for _ in op.body)
        # Loops of one step are none.
        if not op.num_loops or Nest.of(op).product(range(op.num_loops)) == 1:
            return length + len(op.operands)
        return PRODUCT if _is_product(op) else LOOP + PER_OP * length
    return PER_OP + sum(expected_length(inner) for inner in op.nested_ops())


def _is_product(op: linalg.LinalgOp) -> bool:
    """Whether an op adds up products, whose loops are tiled."""
    names = [inner.name.partition(".")[2] for inner in op.body]
    reduces = any(iterator is REDUCTION for iterator in op.iterators)
    return reduces and len(op.operands) == 3 and any(name.startswith("mul") for name in names)
