"""Accesses of vectors to buffers that were cast."""

from __future__ import annotations

from irc.dialects import vector
from irc.rewrite.greedy import Patterns
from irc.rules._casts import access_uncast

_ACCESSES = (
    vector.Load, vector.Store, vector.MaskedLoad, vector.MaskedStore, vector.Gather, vector.Scatter, vector.ExpandLoad,
    vector.CompressStore,
)  # fmt: skip

VECTOR_CASTS: Patterns = {cls: [access_uncast] for cls in _ACCESSES}
