"""Structured ops on operands that were cast."""

from __future__ import annotations

from irc.dialects import linalg
from irc.dialects.linalg_decomposable import Decomposable
from irc.dialects.linalg_interface import LinalgOp
from irc.rewrite.greedy import Patterns
from irc.rewrite.rewriter import Rewriter
from irc.rules._casts import destination_uncast

STRICT = (linalg.Transpose, linalg.Broadcast, linalg.Reduce)
"""Ops whose operands must know the same of their sizes: one that knows more does not fit the others."""


def structured_uncast(op: LinalgOp, rewriter: Rewriter) -> bool:
    """Tensors that are read or written under types that say more, where the op allows it."""
    return not isinstance(op, STRICT) and destination_uncast(op, rewriter)


LINALG_CASTS: Patterns = {LinalgOp: [structured_uncast], Decomposable: [destination_uncast]}
