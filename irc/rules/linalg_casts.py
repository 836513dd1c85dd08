"""Structured ops on operands that were cast."""

from __future__ import annotations

from irc.dialects.linalg_decomposable import Decomposable
from irc.dialects.linalg_interface import LinalgOp
from irc.rewrite.greedy import Patterns
from irc.rules._casts import destination_uncast

LINALG_CASTS: Patterns = {LinalgOp: [destination_uncast], Decomposable: [destination_uncast]}
