"""Matrix products as register-blocked loops.

A tile of the result is kept in vector registers (`rows` rows of `vectors` vectors) while the contracted loop runs: each
step loads the vectors of one row of B, and multiplies them with one element of A per row of the tile, broadcast. That is
the kernel of Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication" (2008).
"""

from __future__ import annotations

from dataclasses import dataclass

from irc.ir.builder import Builder
from irc.lowering.loop_plan import Nest


@dataclass(frozen=True, slots=True)
class Tile:
    """What of the result is kept in registers, and the width of one."""

    rows: int
    vectors: int
    vector_bits: int


@dataclass(frozen=True, slots=True)
class Product:
    """The roles of the loops of a contraction."""

    batch: tuple[int, ...]
    m: int
    n: int
    k: int


def match_product(nest: Nest) -> Product | None:
    return None


def write_product(b: Builder, nest: Nest, product: Product, tile: Tile) -> None:
    pass
