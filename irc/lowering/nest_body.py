"""What the loops of a structured op do at a point: its operands are read, its body computed, its results written.

Operands are read, and parts of the body computed, in the outermost loop that determines them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from irc.dialects import arith, linalg, memref, vector
from irc.ir.affine import AffineExpr, dims_of
from irc.ir.attributes import FloatAttr, IntegerAttr, scalar_attr
from irc.ir.builder import Builder
from irc.ir.cloning import IRMapping, clone
from irc.ir.dense import splat
from irc.ir.operation import Operation
from irc.ir.traits import Pure
from irc.ir.types import Type, VectorType, index
from irc.ir.value import Value
from irc.lowering.affine_expansion import NOT_NEGATIVE, expand_expr
from irc.lowering.loop_plan import Nest
from irc.lowering.signedness import relabel, signless

DIVISIONS = (arith.DivSI, arith.DivUI, arith.RemSI, arith.RemUI, arith.FloorDivSI, arith.CeilDivSI, arith.CeilDivUI)
"""The ops that must not be given zeros."""


class NestBody:
    """The body of a nest at the positions that are known; `vector_loop` runs on `lanes` elements at a time."""

    __slots__ = ("b", "lanes", "mask", "nest", "positions", "values", "vector_loop", "wide")

    def __init__(self, b: Builder, nest: Nest, vector_loop: int | None, lanes: int) -> None:
        self.b, self.nest, self.vector_loop, self.lanes = b, nest, vector_loop, lanes
        self.positions: dict[int, Value] = {}
        self.values: dict[Value, Value] = {}
        self.wide = False
        self.mask: Value | None = None

    @contextmanager
    def _at(self, loop: int, position: Value) -> Iterator[None]:
        """Inside a loop: its position is known, and what depends on it alone is computed."""
        saved = self.values
        self.values = dict(saved)
        self.positions[loop] = position
        self._advance()
        yield
        self.values = saved
        del self.positions[loop]

    @contextmanager
    def _vectors(self, lanes: int, mask: Value | None = None) -> Iterator[None]:
        """Inside, what follows the vector loop is read, computed and written as vectors, of which `mask` says what counts."""
        outside = self.lanes
        self.wide, self.mask, self.lanes = True, mask, lanes
        yield
        self.wide, self.mask, self.lanes = False, None, outside

    # -- the body ----------------------------------------------------------------------------------------------------

    def _value(self, value: Value) -> Value:
        return self.values.get(value, value)

    def _is_known(self, value: Value) -> bool:
        return value in self.values or value.parent_block is not self.nest.body

    def _advance(self, *, everything: bool = False) -> None:
        """Read the operands and compute the parts of the body that the known positions determine."""
        nest = self.nest
        for i in range(nest.num_inputs):
            argument = nest.body.arguments[i]
            known = all(dims_of(expr) <= self.positions.keys() for expr in nest.maps[i].results)
            if known and argument not in self.values and argument.users:
                self.values[argument] = self._load(i)
        for op in nest.body:
            if not op.results:
                # A check, say, which runs with the whole of the body.
                if everything and op is not nest.body.terminator:
                    self._emit(op)
                continue
            if op.results[0] in self.values:
                continue
            if isinstance(op, linalg.Index):
                if op.dim.value in self.positions:
                    self.values[op.result] = self._index(op.dim.value)
            elif all(self._is_known(value) for value in op.operands) and (everything or Pure in op.traits):
                self._emit(op)

    def _emit(self, op: Operation) -> None:
        operands = [self._value(value) for value in op.operands]
        if self.wide and any(isinstance(value.type, VectorType) for value in operands):
            types = [VectorType((self.lanes,), result.type) for result in op.results]
            wide = [self._widened(value) for value in operands]
            if self.mask is not None and isinstance(op, DIVISIONS):
                # Lanes beyond the end hold nothing to divide by.
                one = self._splat(1, op.results[0].type)
                wide[1] = self.b.insert(arith.Select(self.mask, wide[1], one)).result
            new: Operation = type(op).create(wide, types, op.properties, op.attributes, location=op.location)
        else:
            new = clone(op, IRMapping(dict(self.values)))
        new = self.b.insert(new)
        self.values.update(zip(op.results, new.results, strict=True))

    def _body(self) -> list[Value]:
        self._advance(everything=True)
        return [self._value(value) for value in self.nest.yielded]

    def _index(self, loop: int) -> Value:
        position = self.positions[loop]
        if not self.wide or loop != self.vector_loop:
            return position
        steps = self.b.insert(vector.Step(result_types=[VectorType((self.lanes,), index)])).result
        return self.b.insert(arith.AddI(self._widened(position), steps)).result

    # -- vectors and memory ------------------------------------------------------------------------------------------

    def _splat(self, value: float, type: Type) -> Value:
        number = scalar_attr(value, signless(type))
        constant = arith.Constant(splat(number.value, VectorType((self.lanes,), number.type)))
        return relabel(self.b, self.b.insert(constant).result, VectorType((self.lanes,), type))

    def _widened(self, value: Value) -> Value:
        if isinstance(value.type, VectorType):
            return value
        op = value.defining_op
        if isinstance(op, arith.Constant) and isinstance(op.value, IntegerAttr | FloatAttr):
            return self._splat(op.value.value, value.type)
        type = VectorType((self.lanes,), value.type)
        return self.b.insert(vector.Broadcast(value, result_types=[type])).result

    def _follows(self, i: int) -> bool:
        """Whether operand `i` is accessed as a vector here."""
        loop = self.vector_loop
        return self.wide and loop is not None and any(loop in dims_of(expr) for expr in self.nest.maps[i].results)

    def _load(self, i: int) -> Value:
        operand, map = self.nest.operands[i], self.nest.maps[i]
        argument = self.nest.body.arguments[i]
        if operand.type is argument.type:
            return operand  # a scalar
        place = [self._affine(expr) for expr in map.results]
        if not self._follows(i):
            return self.b.insert(memref.Load(operand, place)).result
        type = VectorType((self.lanes,), argument.type)
        if self.mask is None:
            return self.b.insert(vector.Load(operand, place, result_types=[type])).result
        other = self._splat(0, argument.type)
        return self.b.insert(vector.MaskedLoad(operand, place, self.mask, other, result_types=[type])).result

    def _store(self, i: int, value: Value) -> None:
        operand, map = self.nest.operands[i], self.nest.maps[i]
        place = [self._affine(expr) for expr in map.results]
        if not self._follows(i):
            self.b.insert(memref.Store(value, operand, place))
        elif self.mask is None:
            self.b.insert(vector.Store(self._widened(value), operand, place))
        else:
            self.b.insert(vector.MaskedStore(operand, place, self.mask, self._widened(value)))

    def _affine(self, expr: AffineExpr) -> Value:
        return expand_expr(self.b, expr, self.positions, ops=NOT_NEGATIVE)
