"""The files of the collection, in the groups that shares are counted of."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.running import modules, tiers

FOLDER = Path(os.environ["IRC_CORPUS"]) if os.environ.get("IRC_CORPUS") else None
"""Where the collection is, `None` where there is none."""

DIALECTS = frozenset(
    ("builtin", "func", "arith", "math", "cf", "scf", "tensor", "memref", "linalg", "vector", "complex", "bufferization",
     "ub", "index", "gpu", "affine")
)  # fmt: skip
"""The dialects whose custom forms must be read."""


@dataclass(frozen=True, slots=True)
class Case:
    """A file, what upstream prints for it in generic form and for its canonical form where that is known, and its
    dialects."""

    name: str
    path: Path
    expected: Path | None = None
    canonical: Path | None = None
    dialects: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")


def language(folder: Path) -> list[Case]:
    """Upstream's own tests in generic form: every dialect, so the builtin language is what they test."""
    return [Case(entry["path"], folder / "mlir" / f"{entry['path']}.generic.mlir") for entry in _upstream(folder)]


def dialects(folder: Path) -> list[Case]:
    """Upstream's own tests as they are written, where all dialects are among `DIALECTS`."""
    root = folder / "mlir"
    return [
        Case(path, root / f"{path}.src.mlir", root / f"{path}.generic.mlir")
        for path in (entry["path"] for entry in _upstream(folder) if DIALECTS.issuperset(entry["dialects"]))
    ]


def core(folder: Path) -> list[Case]:
    """Upstream's own tests of its core dialects in generic form, with what its canonicalizer makes of them."""
    root = folder / "mlir"
    return [
        Case(
            entry["path"],
            root / f"{entry['path']}.generic.mlir",
            canonical=root / f"{entry['path']}.canon.generic.mlir",
            dialects=tuple(entry["dialects"]),
        )
        for entry in _upstream(folder)
        if entry["core"]
    ]


def jax(folder: Path) -> list[Case]:
    """What JAX prints of whole programs."""
    return [Case(path.stem, path) for path in sorted((folder / "jax").glob("*.mlir"))]


def stablehlo(folder: Path) -> list[Case]:
    """StableHLO's own tests, one op each."""
    root = folder / "stablehlo"
    return [Case(str(path.relative_to(root)), path) for path in sorted(root.rglob("*.mlir"))]


GROUPS: dict[str, Callable[[Path], Sequence[Any]]] = {
    "language": language,
    "dialects": dialects,
    "core": core,
    "jax": jax,
    "stablehlo": stablehlo,
    "results of jax": modules,
    "results of tier A": tiers("A"),
    "results of tiers B and C": tiers("B", "C"),
}
"""Files by what is asked of them."""


def _upstream(folder: Path) -> Iterator[dict[str, Any]]:
    with (folder / "mlir" / "manifest.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
