"""`affine`: loops, conditions and accesses whose indices are affine (https://mlir.llvm.org/docs/Dialects/Affine/).

The ops are declared by theme in `affine_<theme>.py`; `affine_scopes` says which values they take.
"""

from __future__ import annotations

from irc.dialects.affine_dma import DmaStart, DmaWait
from irc.dialects.affine_loops import For, If, Yield
from irc.dialects.affine_maps import Apply, DelinearizeIndex, Extremum, MapOp, Max, Min
from irc.dialects.affine_memory import Load, Prefetch, Store, VectorLoad, VectorStore
from irc.dialects.affine_parallel import Parallel

__all__ = [
    "Apply",
    "DelinearizeIndex",
    "DmaStart",
    "DmaWait",
    "Extremum",
    "For",
    "If",
    "Load",
    "MapOp",
    "Max",
    "Min",
    "Parallel",
    "Prefetch",
    "Store",
    "VectorLoad",
    "VectorStore",
    "Yield",
]
