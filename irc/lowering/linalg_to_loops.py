"""Loop nests become loops: `linalg` on buffers turns into `scf.for` with vectors inside.

A product of matrices or a convolution is written by `irc.lowering.matmul_to_loops`, any other op by `irc.lowering.loop_nest`.
"""

from __future__ import annotations

from irc.dialects import linalg, memref
from irc.ir.builder import Builder, InsertPoint
from irc.ir.diagnostic import error
from irc.ir.operation import Operation
from irc.ir.types import MemRefType
from irc.ir.value import Value
from irc.lowering.entry_constants import PoolingBuilder
from irc.lowering.forward_numbers import forward_numbers
from irc.lowering.fresh_results import Fills, fills_zero, fresh_results
from irc.lowering.locations import derived
from irc.lowering.loop_nest import LoopNest
from irc.lowering.loop_plan import Nest, lanes_of, vector_loop
from irc.lowering.matmul_to_loops import Tile, write_product
from irc.lowering.merge_loops import drop_unit_loops, merge_loops
from irc.lowering.products import match_product
from irc.passes.base import Pass, PassContext, option
from irc.rewrite.constant_pool import ConstantPool

NAME = "linalg-to-loops"

NONE: Fills = {}


class LinalgToLoops(Pass):
    """Lower `linalg` on buffers to loops, innermost on vectors."""

    vector_bits: int = option(
        512, "bits of a vector register; 0 for scalar code", at_least=64, at_most=4096, power_of_two=True, also=(0,)
    )
    tile_rows: int = option(14, "rows of a matrix product that are kept in registers", at_least=1, at_most=64)
    tile_vectors: int = option(
        2, "vectors per row of a matrix product that are kept in registers", at_least=1, at_most=16
    )

    def run(self, op: Operation, context: PassContext) -> None:
        self._constants = ConstantPool()
        fresh = fresh_results(op)
        # What a reduction may do without is written when it has been seen whether it does.
        later = {fill for fills in fresh.values() for fill in fills.values()}
        for inner in [each for each in op.walk() if each not in later]:
            if isinstance(inner, memref.Copy) and not _is_contiguous(inner.source, inner.target):
                b = Builder(InsertPoint.before(inner), derived(inner.location, NAME))
                copy = b.insert(linalg.Copy([inner.source], [inner.target]))
                inner.erase()
                self.lower(copy)
            elif isinstance(inner, linalg.LinalgOp):
                self.lower(inner, fresh.get(inner, NONE))
        forward_numbers(op)

    def lower(self, op: linalg.LinalgOp, fills: Fills = NONE) -> None:
        """Replace one structured op by its loops. `fills` have filled its outputs, and are needed only if it reads them."""
        if not op.has_buffer_semantics:
            raise error(op.location, f"'{op.name}' op on tensors must be bufferized before it becomes loops")
        b = PoolingBuilder(op, derived(op.location, NAME), self._constants)
        nest = drop_unit_loops(Nest.of(op), b)
        product = match_product(nest) if self.vector_bits else None
        if product is not None and not product.is_plain:
            nest = merge_loops(nest, b)
            product = match_product(nest)
        if product is not None:
            tile = Tile(self.tile_rows, self.tile_vectors, self.vector_bits)
            is_done_without = write_product(
                b, nest, product, tile, all(map(fills_zero, fills.values())) and bool(fills)
            )
        else:
            nest = merge_loops(nest, b)
            lanes = lanes_of(nest, self.vector_bits) if self.vector_bits else 1
            starts = {i: fill.inputs[0] for i, fill in fills.items()}
            writer = LoopNest(b, nest, vector_loop(nest) if lanes > 1 else None, lanes, starts)
            writer.write()
            is_done_without = writer.carries
        op.erase()
        for fill in fills.values():
            if is_done_without:
                fill.erase()
            else:
                self.lower(fill)


def _is_contiguous(*values: Value) -> bool:
    """Whether the buffers can be copied as one piece."""
    return all(isinstance(value.type, MemRefType) and value.type.layout is None for value in values)
