"""Writing the loops of a structured op: `scf.for` around scalar or vector code.

Parallel loops are outside, reductions inside with their accumulators in registers. An output that a reduction moves along
(as a scan does) is written in each of its steps; if such a nest runs on vectors, its loops stay in their order, with the
accumulators in memory, so that rows are walked one after the other. Operands are read, and parts of the body computed, in
the outermost loop that determines them. A vector loop runs on whole vectors first; what is left is done by one
masked step, which touches no element beyond the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from irc.dialects import arith, linalg, memref, vector
from irc.ir.affine import AffineExpr, dims_of
from irc.ir.attributes import scalar_attr
from irc.ir.builder import Builder
from irc.ir.cloning import IRMapping, clone
from irc.ir.dense import splat
from irc.ir.operation import Operation
from irc.ir.traits import Pure
from irc.ir.types import Type, VectorType, i1, index
from irc.ir.value import Value
from irc.lowering.affine_expansion import NOT_NEGATIVE, expand_expr
from irc.lowering.for_loops import for_loop
from irc.lowering.loop_plan import Nest, Reducer, neutral, reducers
from irc.lowering.signedness import relabel, signless
from irc.lowering.structured import index_constant

UNROLL = 4
"""Independent accumulators of a vector reduction: they hide the latency of the addition."""


DIVISIONS = (arith.DivSI, arith.DivUI, arith.RemSI, arith.RemUI, arith.FloorDivSI, arith.CeilDivSI, arith.CeilDivUI)
"""The ops that must not be given zeros."""


class LoopNest:
    """Writes one nest at the builder's insertion point; `vector_loop` runs on `lanes` elements at a time."""

    __slots__ = (
        "b",
        "extents",
        "in_memory",
        "lanes",
        "mask",
        "nest",
        "order",
        "positions",
        "reducers",
        "scanned",
        "values",
        "vector_loop",
        "wide",
    )

    def __init__(self, b: Builder, nest: Nest, vector_loop: int | None, lanes: int) -> None:
        self.b, self.nest, self.vector_loop, self.lanes = b, nest, vector_loop, lanes
        self.positions: dict[int, Value] = {}
        self.values: dict[Value, Value] = {}
        self.wide = False
        self.mask: Value | None = None
        on_vectors = vector_loop is not None and not nest.parallel[vector_loop]
        self.reducers: list[Reducer] = (reducers(nest) or []) if on_vectors else []
        loops = [i for i in range(nest.num_loops) if i != vector_loop]
        outer = [i for i in loops if nest.parallel[i]]
        inner = [i for i in loops if not nest.parallel[i]]
        last = [vector_loop] if vector_loop is not None else []
        moving = [{i for expr in map.results for i in dims_of(expr)} for map in nest.maps[nest.num_inputs :]]
        self.scanned = [i for i, dims in enumerate(moving) if not all(nest.parallel[loop] for loop in dims)]
        self.in_memory = bool(self.scanned) and vector_loop is not None
        if self.in_memory:
            self.order = [*loops, *last]
        else:
            self.order = [*outer, *inner, *last] if on_vectors else [*outer, *last, *inner]
        self.extents = [self._extent(loop) for loop in range(nest.num_loops)]

    def write(self) -> None:
        """Write the loops."""
        self._advance()
        self._parallel(0)

    # -- loops -------------------------------------------------------------------------------------------------------

    def _extent(self, loop: int) -> Value:
        known = self.nest.extent(loop)
        if known is not None:
            return index_constant(self.b, known)
        operand, axis = self.nest.source(loop)
        return self.b.insert(memref.Dim(operand, index_constant(self.b, axis))).result

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
    def _vectors(self, mask: Value | None) -> Iterator[None]:
        self.wide, self.mask = True, mask
        yield
        self.wide, self.mask = False, None

    def _parallel(self, depth: int) -> None:
        loops = self.order
        if depth == len(loops) or not (self.in_memory or self.nest.parallel[loops[depth]]):
            self._point(depth)
            return
        loop = loops[depth]

        def inside(position: Value, _: Sequence[Value]) -> Sequence[Value]:
            with self._at(loop, position):
                self._parallel(depth + 1)
            return ()

        if loop == self.vector_loop:
            self._vector_steps(loop, [], inside, 1)
        else:
            for_loop(self.b, self._bounds(0, self.extents[loop], 1), (), inside)

    def _bounds(self, begin: int | Value, end: Value, step: int) -> tuple[Value, Value, Value]:
        first = index_constant(self.b, begin) if isinstance(begin, int) else begin
        return first, end, index_constant(self.b, step)

    def _vector_steps(
        self,
        loop: int,
        carried: Sequence[Value],
        inside: Callable[[Value, Sequence[Value]], Sequence[Value]],
        unroll: int,
    ) -> Sequence[Value]:
        """Whole vectors (first `unroll` of them at a time), then one masked step for the rest."""
        known = self.nest.extent(loop)
        steps = [self.lanes * unroll, self.lanes] if unroll > 1 else [self.lanes]
        begin: int | Value = 0
        for step in steps:
            if known is not None:
                assert isinstance(begin, int)
                count = (known - begin) // step
                end = begin + count * step
                if count:
                    with self._vectors(None):
                        carried = self._steps(begin, index_constant(self.b, end), step, carried, inside)
                begin = end
            else:
                size = self.extents[loop]
                rest = self.b.insert(arith.RemSI(size, index_constant(self.b, step))).result
                last = self.b.insert(arith.SubI(size, rest)).result
                with self._vectors(None):
                    carried = self._steps(begin, last, step, carried, inside)
                begin = last
        return self._masked_step(known, begin, loop, carried, inside)

    def _steps(
        self,
        begin: int | Value,
        end: Value,
        step: int,
        carried: Sequence[Value],
        inside: Callable[[Value, Sequence[Value]], Sequence[Value]],
    ) -> Sequence[Value]:
        parts = step // self.lanes

        def body(position: Value, values: Sequence[Value]) -> Sequence[Value]:
            group = len(values) // UNROLL
            found: list[Value] = []
            for part in range(parts):
                offset = index_constant(self.b, part * self.lanes)
                place = self.b.insert(arith.AddI(position, offset)).result if part else position
                found += inside(place, values[part * group : (part + 1) * group])
            return [*found, *values[parts * group :]]

        return for_loop(self.b, self._bounds(begin, end, step), carried, body)

    def _masked_step(
        self,
        known: int | None,
        begin: int | Value,
        loop: int,
        carried: Sequence[Value],
        inside: Callable[[Value, Sequence[Value]], Sequence[Value]],
    ) -> Sequence[Value]:
        """The elements that do not fill a vector."""
        group = len(carried) // UNROLL
        mask_type = VectorType((self.lanes,), i1)

        def step(position: Value, values: Sequence[Value], left: Value) -> Sequence[Value]:
            mask = self.b.insert(vector.CreateMask([left], result_types=[mask_type])).result
            with self._vectors(mask):
                return [*inside(position, values[:group]), *values[group:]]

        if known is not None:
            assert isinstance(begin, int)
            if begin == known:
                return carried
            return step(index_constant(self.b, begin), carried, index_constant(self.b, known - begin))
        size = self.extents[loop]
        return for_loop(
            self.b,
            self._bounds(begin, size, self.lanes),
            carried,
            lambda position, values: step(position, values, self.b.insert(arith.SubI(size, position)).result),
        )

    # -- one point of the parallel loops -----------------------------------------------------------------------------

    def _point(self, depth: int) -> None:
        nest = self.nest
        accumulators = nest.body.arguments[nest.num_inputs :]
        if depth == len(self.order):
            for i, argument in enumerate(accumulators):
                if argument.users:
                    self.values[argument] = self._load(nest.num_inputs + i)
            results: Sequence[Value] = self._body()
        elif self.reducers:
            results = self._reduce_vectors(depth)
        else:
            carried = [i for i in range(len(accumulators)) if i not in self.scanned]
            results = self._reduce(depth, [self._load(nest.num_inputs + i) for i in carried])
            for i, value in zip(carried, results, strict=True):
                self._store(nest.num_inputs + i, value)
            return
        for i, value in enumerate(results):
            self._store(nest.num_inputs + i, value)

    def _reduce(self, depth: int, carried: Sequence[Value]) -> Sequence[Value]:
        """Reductions whose accumulators are elements of the outputs, or vectors of them."""
        if depth == len(self.order):
            saved = self.values
            self.values = dict(saved)
            rest, first = iter(carried), self.nest.num_inputs
            for i, argument in enumerate(self.nest.body.arguments[first:]):
                if i not in self.scanned:
                    self.values[argument] = next(rest)
                elif argument.users:
                    self.values[argument] = self._load(first + i)
            results = [self._widened(value) if self.wide else value for value in self._body()]
            for i in self.scanned:
                self._store(first + i, results[i])
            self.values = saved
            return [value for i, value in enumerate(results) if i not in self.scanned]
        loop = self.order[depth]

        def inside(position: Value, values: Sequence[Value]) -> Sequence[Value]:
            with self._at(loop, position):
                return self._reduce(depth + 1, values)

        return for_loop(self.b, self._bounds(0, self.extents[loop], 1), carried, inside)

    def _reduce_vectors(self, depth: int) -> Sequence[Value]:
        """Reductions along the vector loop: partial results in vectors, combined at the end."""
        starts = [self._splat(neutral(r.kind, r.contribution.type), r.contribution.type) for r in self.reducers]
        partial = self._accumulate(depth, starts * UNROLL)
        results: list[Value] = []
        count = len(self.reducers)
        for i, reducer in enumerate(self.reducers):
            parts = list(partial[i::count])
            while len(parts) > 1:
                parts = [self._combine(reducer, *parts[k : k + 2]) for k in range(0, len(parts), 2)]
            kind = vector.CombiningKind(reducer.kind)
            total = self.b.insert(vector.Reduction(kind, parts[0], result_types=[reducer.contribution.type])).result
            results.append(self._combine(reducer, self._load(self.nest.num_inputs + i), total))
        return results

    def _accumulate(self, depth: int, carried: Sequence[Value]) -> Sequence[Value]:
        loop = self.order[depth]

        def outer(position: Value, values: Sequence[Value]) -> Sequence[Value]:
            with self._at(loop, position):
                return self._accumulate(depth + 1, values)

        def inner(position: Value, values: Sequence[Value]) -> Sequence[Value]:
            with self._at(loop, position):
                self._advance(everything=True)
                return [self._added(reducer, value) for reducer, value in zip(self.reducers, values, strict=True)]

        if loop != self.vector_loop:
            return for_loop(self.b, self._bounds(0, self.extents[loop], 1), carried, outer)
        return self._vector_steps(loop, carried, inner, UNROLL)

    def _added(self, reducer: Reducer, accumulator: Value) -> Value:
        contribution = self._widened(self._value(reducer.contribution))
        if self.mask is not None:
            nothing = self._splat(neutral(reducer.kind, reducer.contribution.type), reducer.contribution.type)
            contribution = self.b.insert(arith.Select(self.mask, contribution, nothing)).result
        return self._combine(reducer, accumulator, contribution)

    def _combine(self, reducer: Reducer, lhs: Value, rhs: Value) -> Value:
        op = reducer.op
        return self.b.insert(type(op).create([lhs, rhs], [lhs.type], op.properties)).results[0]

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
        self.b.insert(new)
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
