"""The rules of the canonical form, by dialect: those of a dialect are loaded when an op of it is first met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module

from irc.ir.operation import Operation
from irc.rewrite.greedy import Pattern, Patterns

FILES: Mapping[str, Sequence[str]] = {
    "affine": ("affine_maps", "affine_loops"),
    "arith": ("arith_integers", "arith_casts", "arith_conditions", "complex_parts"),
    "bufferization": ("buffer_tensors",),
    "builtin": ("conversion_casts",),
    "cf": ("branches",),
    "complex": ("complex_parts",),
    "func": ("calls",),
    "index": ("index_comparisons",),
    "linalg": ("linalg_casts", "linalg_copies"),
    "memref": ("memref_casts", "memref_sizes", "memref_buffers"),
    "nd": ("shapes",),
    "scf": ("conditionals", "counted_loops", "while_loops", "parallel_loops"),
    "tensor": ("tensor_casts", "tensor_sizes", "tensor_parts", "reshapes"),
    "vector": ("vector_casts", "vector_transfers", "vector_parts"),
}
"""The files of this folder with rules for ops of a dialect, in the order in which their rules are tried."""


@cache
def _tables(dialect: str) -> Sequence[Patterns]:
    """Each file's table is named as the file."""
    return [getattr(import_module(f"irc.rules.{name}"), name.upper()) for name in FILES.get(dialect, ())]


class _Canonical(Mapping[type[Operation], Sequence[Pattern]]):
    """For each op class its patterns, those of its bases included: a table may name an interface."""

    def __getitem__(self, cls: type[Operation]) -> Sequence[Pattern]:
        name = getattr(cls, "name", None)
        if not isinstance(name, str):
            raise KeyError(cls)
        tables = _tables(name.partition(".")[0])
        found = [pattern for table in tables for base in cls.__mro__ for pattern in table.get(base, ())]
        if not found:
            raise KeyError(cls)
        return found

    def __iter__(self) -> Iterator[type[Operation]]:
        return iter(dict.fromkeys(cls for dialect in FILES for table in _tables(dialect) for cls in table))

    def __len__(self) -> int:
        return sum(1 for _ in self)


CANONICAL: Patterns = _Canonical()
"""The patterns of the canonical form."""
