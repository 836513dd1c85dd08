"""Equal products of matrices of a module as one function that all of them call: their loops are long, and compiled once."""

from __future__ import annotations

from typing import Any

from irc.dialects import builtin, func, linalg
from irc.ir.attributes import StringAttr, SymbolRefAttr, TypeAttr
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.cloning import IRMapping, clone
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.symbols import SymbolTable
from irc.ir.types import FunctionType
from irc.lowering.locations import derived
from irc.lowering.loop_plan import Nest
from irc.lowering.products import match_product

MIN_WORK = 1 << 15
"""Multiplications of a product that is worth a call; below that, what surrounds it may profit from seeing it."""


def share_products(module: Operation, name: str) -> None:
    """Give the products that occur several times with the same shapes and layouts a function; `name` is the pass's."""
    if not isinstance(module, builtin.Module):
        return
    found: dict[Any, list[linalg.LinalgOp]] = {}
    for op in module.walk():
        if isinstance(op, linalg.LinalgOp) and op.has_buffer_semantics:
            nest = Nest.of(op)
            work = nest.product(range(nest.num_loops))
            if (work is None or work >= MIN_WORK) and match_product(nest) is not None:
                types = tuple(value.type for value in op.operands)
                found.setdefault((types, tuple(op.maps), tuple(op.iterators)), []).append(op)
    table: SymbolTable | None = None
    for ops in found.values():
        if len(ops) > 1:
            table = table or SymbolTable(module)
            _share(ops, table, name)


def _share(ops: list[linalg.LinalgOp], table: SymbolTable, name: str) -> None:
    first = ops[0]
    location = derived(first.location, name)
    types = [value.type for value in first.operands]
    block = Block(types)
    b = Builder(InsertPoint.at_end(block), location)
    product = clone(first, IRMapping())
    # By position: that the first product has the same matrix twice does not mean that the others do.
    product.operands = block.arguments
    b.insert(product)
    b.insert(func.Return([]))
    function = func.Func(
        StringAttr("__product"),
        TypeAttr(FunctionType(tuple(types), ())),
        Region(block),
        sym_visibility=StringAttr("private"),
        location=location,
    )
    symbol = SymbolRefAttr(table.insert(function))
    for op in ops:
        Builder(InsertPoint.before(op), derived(op.location, name)).insert(
            func.Call(symbol, op.operands, result_types=[])
        )
        op.erase()
