"""Constant tensors as private `memref.global`s of the module, one for each different constant."""

from __future__ import annotations

from irc.dialects import memref
from irc.ir.attributes import DenseElementsAttr, StringAttr, SymbolRefAttr, TypeAttr, i64_attr, unit
from irc.ir.location import Location
from irc.ir.operation import Operation
from irc.ir.symbols import SymbolTable
from irc.ir.types import MemRefType

ALIGNMENT = 64
"""Bytes; a cache line, and the widest vector register."""


class Globals:
    """Makes the globals of one module."""

    __slots__ = ("_found", "_location", "_table")

    def __init__(self, module: Operation, location: Location) -> None:
        self._table = SymbolTable(module)
        self._location = location
        self._found: dict[DenseElementsAttr, SymbolRefAttr] = {}

    def symbol(self, constant: DenseElementsAttr) -> SymbolRefAttr:
        """The global with the elements of `constant`."""
        symbol = self._found.get(constant)
        if symbol is None:
            type = constant.type
            shape = "x".join([*map(str, type.static_shape), str(type.element_type)])
            op = memref.Global(
                StringAttr(f"__constant_{shape}"),
                TypeAttr(MemRefType(type.shape, type.element_type)),
                sym_visibility=StringAttr("private"),
                initial_value=constant,
                constant=unit,
                alignment=i64_attr(ALIGNMENT),
                location=self._location,
            )
            symbol = self._found[constant] = SymbolRefAttr(self._table.insert(op))
        return symbol
