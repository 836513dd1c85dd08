"""Writing the loops of a structured op: `scf.for` around scalar or vector code.

Parallel loops are outside, reductions inside with their accumulators in registers. An output that a reduction moves along
(as a scan does) is written in each of its steps; if such a nest runs on vectors, its loops stay in their order, with the
accumulators in memory, so that rows are walked one after the other. A vector loop runs on whole vectors first; what is left
is done by one step on a shorter vector, or a masked one, which touches no element beyond the end. Long sums of floats are added
up in blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from irc.dialects import arith, memref, vector
from irc.ir.affine import dims_of
from irc.ir.builder import Builder
from irc.ir.types import Type, VectorType
from irc.ir.value import Value
from irc.lowering.affine_expansion import sum_of
from irc.lowering.blocked_sums import blocked_loop
from irc.lowering.for_loops import Bounds, for_loop
from irc.lowering.lane_masks import first_lanes, is_vector
from irc.lowering.loop_plan import Nest, Reducer, neutral, reducers, summing
from irc.lowering.nest_body import NestBody
from irc.lowering.signedness import element_constant
from irc.lowering.structured import index_constant

UNROLL = 4
"""Independent accumulators of a vector reduction: they hide the latency of the addition."""


BLOCK = 64
"""Steps of a loop that are added up before their sum goes to that of the blocks."""

LEVELS = 2
"""Blocks in each other at most."""

WRITTEN_OUT = 24
"""Ops that reductions of few elements, such as those of a window, may become: a loop is hardly shorter."""

ABREAST = 4
"""Vectors of results that are accumulated side by side, which is as good and walks more of each row of the operands."""


NO_STARTS: Mapping[int, Value] = {}


class LoopNest(NestBody):
    """Writes one nest at the builder's insertion point; `vector_loop` runs on `lanes` elements at a time.

    `starts` are what outputs hold everywhere, by their positions. A reduction that `carries` its results does not read that.
    """

    __slots__ = ("carries", "extents", "in_memory", "lanes_of_one", "order", "reducers", "scanned", "starts", "summed")

    def __init__(
        self, b: Builder, nest: Nest, vector_loop: int | None, lanes: int, starts: Mapping[int, Value] = NO_STARTS
    ) -> None:
        size = nest.extent(vector_loop) if vector_loop is not None else None
        if size is not None and size < lanes and is_vector(size, lanes):
            lanes = size
        super().__init__(b, nest, vector_loop, lanes)
        self.lanes_of_one = lanes
        on_vectors = vector_loop is not None and not nest.parallel[vector_loop]
        self.reducers: list[Reducer] = (reducers(nest) or []) if on_vectors else []
        loops = [i for i in range(nest.num_loops) if i != vector_loop]
        outer = [i for i in loops if nest.parallel[i]]
        inner = [i for i in loops if not nest.parallel[i]]
        last = [vector_loop] if vector_loop is not None else []
        moving = [{i for expr in map.results for i in dims_of(expr)} for map in nest.maps[nest.num_inputs :]]
        self.scanned = [i for i, dims in enumerate(moving) if not all(nest.parallel[loop] for loop in dims)]
        self.in_memory = bool(self.scanned) and vector_loop is not None
        self.summed = [] if self.scanned else summing(nest)
        if self.in_memory:
            self.order = [*loops, *last]
        else:
            self.order = [*outer, *inner, *last] if on_vectors else [*outer, *last, *inner]
        self.extents = [self._extent(loop) for loop in range(nest.num_loops)]
        self.carries = not (self.scanned or all(nest.parallel))
        self.starts = starts if self.carries else NO_STARTS

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
            self._vector_steps(loop, [], inside, abreast=ABREAST if self._is_reduced() else 1)
        else:
            for_loop(self.b, self._bounds(0, self.extents[loop], 1), (), inside)

    def _is_reduced(self) -> bool:
        """Whether vectors of results are accumulated inside the vector loop."""
        return not (self.in_memory or all(self.nest.parallel))

    def _bounds(self, begin: int | Value, end: Value, step: int) -> Bounds:
        first = index_constant(self.b, begin) if isinstance(begin, int) else begin
        return first, end, index_constant(self.b, step)

    def _vector_steps(
        self,
        loop: int,
        carried: Sequence[Value],
        inside: Callable[[Value, Sequence[Value]], Sequence[Value]],
        unroll: int = 1,
        abreast: int = 1,
    ) -> Sequence[Value]:
        """Whole vectors, then one masked step for the rest.

        First there are `unroll` vectors at a time, one after the other, or one that is `abreast` times as long.
        """
        known = self.nest.extent(loop)
        begin: int | Value = 0
        for parts, width in [(unroll, 1), (1, 1)] if unroll > 1 else [(1, abreast), (1, 1)][abreast == 1 :]:
            step = parts * width * self.lanes
            if known is not None:
                assert isinstance(begin, int)
                count = (known - begin) // step
                end = begin + count * step
                if count:
                    with self._vectors(self.lanes * width):
                        carried = self._steps(begin, index_constant(self.b, end), parts, carried, inside, count)
                begin = end
            else:
                size = self.extents[loop]
                rest = self.b.insert(arith.RemSI(size, index_constant(self.b, step))).result
                last = self.b.insert(arith.SubI(size, rest)).result
                with self._vectors(self.lanes * width):
                    # Single vectors are fewer than those of an unrolled step.
                    most = unroll if isinstance(begin, Value) else None
                    carried = self._steps(begin, last, parts, carried, inside, most)
                begin = last
        return self._last_step(known, begin, loop, carried, inside)

    def _reduced(
        self,
        count: int | None,
        bounds: Bounds,
        carried: Sequence[Value],
        body: Callable[[Value, Sequence[Value]], Sequence[Value]],
    ) -> Sequence[Value]:
        """A loop of `count` steps that accumulates, in blocks where sums of floats are long."""
        if not self.summed:
            return for_loop(self.b, bounds, carried, body)
        combiners = [self.summed[i % len(self.summed)] for i in range(len(carried))]

        def nothing(totals: Sequence[Value]) -> Sequence[Value]:
            return [self._nothing(reducer, total.type) for reducer, total in zip(combiners, totals, strict=True)]

        def combine(totals: Sequence[Value], sums: Sequence[Value]) -> Sequence[Value]:
            return [self._combine(*parts) for parts in zip(combiners, totals, sums, strict=True)]

        return blocked_loop(self.b, count, bounds, carried, body, nothing, combine, BLOCK, LEVELS)

    def _steps(
        self,
        begin: int | Value,
        end: Value,
        parts: int,
        carried: Sequence[Value],
        inside: Callable[[Value, Sequence[Value]], Sequence[Value]],
        count: int | None,
    ) -> Sequence[Value]:
        """`parts` vectors at a time; `count` steps or fewer, where that is known."""

        def body(position: Value, values: Sequence[Value]) -> Sequence[Value]:
            group = len(values) // UNROLL
            found: list[Value] = []
            for part in range(parts):
                offset = index_constant(self.b, part * self.lanes)
                found += inside(sum_of(self.b, position, offset), values[part * group : (part + 1) * group])
            return [*found, *values[parts * group :]]

        return self._reduced(count, self._bounds(begin, end, parts * self.lanes), carried, body)

    def _last_step(
        self,
        known: int | None,
        begin: int | Value,
        loop: int,
        carried: Sequence[Value],
        inside: Callable[[Value, Sequence[Value]], Sequence[Value]],
    ) -> Sequence[Value]:
        """The elements that do not fill a vector: one alone, or a shorter vector if they fill that, else one that is masked."""
        group = len(carried) // UNROLL

        def step(position: Value, values: Sequence[Value], mask: Value) -> Sequence[Value]:
            with self._vectors(self.lanes, mask):
                return [*inside(position, values[:group]), *values[group:]]

        if known is not None:
            assert isinstance(begin, int)
            left, first = known - begin, index_constant(self.b, begin)
            if not left:
                return carried
            if left == 1 and not carried:
                return inside(first, ())
            if not carried and is_vector(left, self.lanes):
                with self._vectors(left):
                    return inside(first, ())
            return step(first, carried, first_lanes(self.b, left, self.lanes))
        size = self.extents[loop]

        def rest(position: Value, values: Sequence[Value]) -> Sequence[Value]:
            left = self.b.insert(arith.SubI(size, position)).result
            return step(position, values, first_lanes(self.b, left, self.lanes))

        return for_loop(self.b, self._bounds(begin, size, self.lanes), carried, rest)

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
            results = self._reduce(depth, [self._start(i) for i in carried])
            for i, value in zip(carried, results, strict=True):
                self._store(nest.num_inputs + i, value)
            return
        for i, value in enumerate(results):
            self._store(nest.num_inputs + i, value)

    def _start(self, i: int) -> Value:
        """What output `i` has at the point before it is reduced."""
        start, operand = self.starts.get(i), self.nest.num_inputs + i
        if start is None:
            return self._load(operand)
        return self._widened(start) if self._follows(operand) else start

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

        count = self.nest.extent(loop)
        if count is not None and self._is_written_out(depth):
            for position in range(count):
                carried = inside(index_constant(self.b, position), carried)
            return carried
        return self._reduced(count, self._bounds(0, self.extents[loop], 1), carried, inside)

    def _is_written_out(self, depth: int) -> bool:
        """Whether the loops from here on are so short that their steps are written one after the other."""
        nest, loops = self.nest, self.order[depth:]
        steps = nest.product(loops)
        if steps is None:
            return False
        moving = [
            argument
            for map, argument in zip(nest.maps[: nest.num_inputs], nest.body.arguments, strict=False)
            if argument.users and any(not dims_of(expr).isdisjoint(loops) for expr in map.results)
        ]
        each = len(nest.body) - 1 + len(moving)
        return steps * each * max(1, self.lanes // self.lanes_of_one) <= WRITTEN_OUT

    def _reduce_vectors(self, depth: int) -> Sequence[Value]:
        """Reductions along the vector loop: partial results in vectors, combined at the end."""
        starts = [self._nothing(r, VectorType((self.lanes,), r.contribution.type)) for r in self.reducers]
        partial = self._accumulate(depth, starts * UNROLL)
        results: list[Value] = []
        count = len(self.reducers)
        for i, reducer in enumerate(self.reducers):
            parts = list(partial[i::count])
            while len(parts) > 1:
                parts = [self._combine(reducer, *parts[k : k + 2]) for k in range(0, len(parts), 2)]
            kind = vector.CombiningKind(reducer.kind)
            total = self.b.insert(vector.Reduction(kind, parts[0], result_types=[reducer.contribution.type])).result
            results.append(self._combine(reducer, self._start(i), total))
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
            return self._reduced(self.nest.extent(loop), self._bounds(0, self.extents[loop], 1), carried, outer)
        return self._vector_steps(loop, carried, inner, UNROLL)

    def _added(self, reducer: Reducer, accumulator: Value) -> Value:
        contribution = self._widened(self._value(reducer.contribution))
        if self.mask is not None:
            nothing = self._nothing(reducer, contribution.type)
            contribution = self.b.insert(arith.Select(self.mask, contribution, nothing)).result
        return self._combine(reducer, accumulator, contribution)

    def _nothing(self, reducer: Reducer, type: Type) -> Value:
        """What leaves an accumulator of a type, an element or a vector, as it is."""
        value = neutral(reducer.kind, reducer.contribution.type)
        if isinstance(type, VectorType):
            return self._splat(value, type.element_type)
        return element_constant(self.b, value, type)

    def _combine(self, reducer: Reducer, lhs: Value, rhs: Value) -> Value:
        op = reducer.op
        return self.b.insert(type(op).create([lhs, rhs], [lhs.type], op.properties)).results[0]
