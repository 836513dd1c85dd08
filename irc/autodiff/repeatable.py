"""Which functions may run a second time: those that neither see nor change anything but their arguments and results."""

from __future__ import annotations

from irc.dialects import func
from irc.ir.effects import is_pure
from irc.ir.interfaces import MemoryEffects
from irc.ir.operation import Operation
from irc.ir.symbols import SymbolTable
from irc.ir.traits import RecursiveMemoryEffects, Terminator


class Repeatable:
    """Tells whether functions of a module may run again; each is looked at once."""

    def __init__(self, table: SymbolTable) -> None:
        self._table = table
        self._known: dict[str, bool] = {}

    def __call__(self, function: func.Func) -> bool:
        name = function.sym_name.value
        known = self._known.get(name)
        if known is None:
            self._known[name] = False  # should it call itself
            inside = (op for each in function.nested_ops() for op in each.walk())
            known = not function.body.is_empty and all(map(self._op, inside))
            self._known[name] = known
        return known

    def _op(self, op: Operation) -> bool:
        """The same of an op, apart from what is inside of it."""
        if isinstance(op, func.Call):
            callee = self._table.lookup(op.callee.root)
            return isinstance(callee, func.Func) and self(callee)
        if RecursiveMemoryEffects in op.traits:
            return not isinstance(op, MemoryEffects) or not any(op.effects())
        return Terminator in op.traits or is_pure(op)
