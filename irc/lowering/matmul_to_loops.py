"""Matrix products, and convolutions, as register-blocked loops.

A tile of the result is kept in vector registers (`rows` rows of `vectors` vectors) while the contracted loop runs: each
step loads the vectors of one row of B, and multiplies them with one element of A per row of the tile, broadcast. Large or
transposed B is first packed panel by panel, so that the inner loop walks through memory in order and stays in the cache.
That is the scheme of Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication" (2008).

A convolution is the same with several contracted loops, and several loops of rows, of which one is tiled: A is the input, whose
element is a function of all of them, and B the kernel, of which each panel is packed whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from irc.dialects import arith, memref, vector
from irc.ir.affine import AffineDim, AffineExpr, dims_of
from irc.ir.builder import Builder
from irc.ir.dense import splat
from irc.ir.types import FloatType, IntegerType, MemRefType, Type, VectorType
from irc.ir.value import Value
from irc.lowering.affine_expansion import NOT_NEGATIVE, expand_expr, sum_of
from irc.lowering.blocked_sums import Values, blocked_loop
from irc.lowering.for_loops import Bounds, for_loop, nested_loops
from irc.lowering.lane_masks import first_lanes, is_vector
from irc.lowering.loop_plan import Nest, access, element
from irc.lowering.products import Product
from irc.lowering.structured import index_constant

PANEL_DEPTH = 256
"""Rows of B that are packed at a time: 256 rows of two vectors are half of a first-level cache."""

PACK_EXTENT = 512
"""B is packed where it is larger than this along an axis."""

PACK_ROWS = 4
"""Tiles of rows that must share a packed panel to make up for packing it."""

PACK_KERNEL_ROWS = 2
"""The same for kernels of convolutions, which are long: read in place, their rows get in each other's way in the cache."""


Seen = dict[tuple[AffineExpr | Value, ...], Value]
"""Values of affine expressions, by these and what they depend on."""


@dataclass(frozen=True, slots=True)
class Tile:
    """What of the result is kept in registers, and the width of one."""

    rows: int
    vectors: int
    vector_bits: int


class _Writer:
    """Writes the loops of one product."""

    __slots__ = ("at", "b", "depth", "lanes", "nest", "product", "starts_at_zero", "tile", "type")

    def __init__(self, b: Builder, nest: Nest, product: Product, tile: Tile, zeros: bool) -> None:
        self.b, self.nest, self.product, self.tile = b, nest, product, tile
        # Slabs of a packed product add to what those before have left in memory.
        depth = nest.extent(product.k[-1])
        one_slab = depth is not None and 0 < depth <= PANEL_DEPTH
        self.starts_at_zero = zeros and (one_slab or not product.is_plain or not self._packs())
        self.type: Type = element(nest.operands[2])
        assert isinstance(self.type, FloatType | IntegerType)
        self.lanes = tile.vector_bits // self.type.width
        self.at: dict[int, Value] = {}
        self.depth = self._extent(product.k[-1])

    # -- small things ------------------------------------------------------------------------------------------------

    def _constant(self, value: int) -> Value:
        return index_constant(self.b, value)

    def _extent(self, loop: int) -> Value:
        known = self.nest.extent(loop)
        if known is not None:
            return self._constant(known)
        operand, axis = self.nest.source(loop)
        return self.b.insert(memref.Dim(operand, self._constant(axis))).result

    def _add(self, value: Value, amount: int) -> Value:
        return sum_of(self.b, value, self._constant(amount))

    def _vector(self) -> VectorType:
        return VectorType((self.lanes,), self.type)

    def _zeros(self) -> Value:
        return self.b.insert(arith.Constant(splat(0, self._vector()))).result

    def _place(self, operand: int, changed: Mapping[int, Value], seen: Seen | None = None) -> list[Value]:
        """Where an element of an operand is; `seen` are the positions that have been computed in this block."""
        at = {**self.at, **changed}
        return [self._position(expr, at, {} if seen is None else seen) for expr in self.nest.maps[operand].results]

    def _position(self, expr: AffineExpr, at: Mapping[int, Value], seen: Seen) -> Value:
        if isinstance(expr, AffineDim):
            return at[expr.position]
        key: tuple[AffineExpr | Value, ...] = (expr, *[at[dim] for dim in sorted(dims_of(expr))])
        found = seen.get(key)
        if found is None:
            found = seen[key] = expand_expr(self.b, expr, at, ops=NOT_NEGATIVE)
        return found

    def _multiply_add(self, x: Value, y: Value, total: Value) -> Value:
        if isinstance(self.type, FloatType):
            return self.b.insert(vector.FMA(x, y, total)).result
        return self.b.insert(arith.AddI(self.b.insert(arith.MulI(x, y)).result, total)).result

    def _load_vector(self, buffer: Value, place: Sequence[Value], mask: Value | None) -> Value:
        if mask is None:
            return self.b.insert(vector.Load(buffer, place, result_types=[self._vector()])).result
        load = vector.MaskedLoad(buffer, place, mask, self._zeros(), result_types=[self._vector()])
        return self.b.insert(load).result

    def _store_vector(self, value: Value, buffer: Value, place: Sequence[Value], mask: Value | None) -> None:
        if mask is None:
            self.b.insert(vector.Store(value, buffer, place))
        else:
            self.b.insert(vector.MaskedStore(buffer, place, mask, value))

    # -- loops -------------------------------------------------------------------------------------------------------

    def write(self) -> None:
        self._batches(list(self.product.batch))

    def _batches(self, left: list[int]) -> None:
        if not left:
            if not self._packs():
                self._columns(None)
            elif self.product.is_plain:
                self._packed()
            else:
                self._packed_whole()
            return

        def inside(position: Value, _: Sequence[Value]) -> Sequence[Value]:
            self.at[left[0]] = position
            self._batches(left[1:])
            return ()

        for_loop(self.b, (self._constant(0), self._extent(left[0]), self._constant(1)), (), inside)

    def _packs(self) -> bool:
        product, nest = self.product, self.nest
        if access(nest.operands[product.b], nest.maps[product.b], product.n) != "unit":
            return True
        n, k = nest.extent(product.n), nest.product([*product.k])
        large = n is not None and k is not None and max(n, k) > PACK_EXTENT
        m = nest.product([*product.rows, product.m])
        tiles = PACK_ROWS if product.is_plain else PACK_KERNEL_ROWS
        return large and (m is None or m >= tiles * self.tile.rows)

    def _packed(self) -> None:
        """Slabs of the contracted loop, one after the other; each packs its panels of B."""
        width = self.tile.vectors * self.lanes
        panel = self.b.insert(memref.Alloc(result_types=[MemRefType((PANEL_DEPTH, width), self.type)])).results[0]

        def slab(begin: Value, _: Sequence[Value]) -> Sequence[Value]:
            end = self.b.insert(arith.MinSI(self._add(begin, PANEL_DEPTH), self.depth)).result
            self._columns((panel, begin, end))
            return ()

        for_loop(self.b, (self._constant(0), self.depth, self._constant(PANEL_DEPTH)), (), slab)
        self.b.insert(memref.Dealloc(panel))

    def _packed_whole(self) -> None:
        """Panels of B with all contracted loops as dimensions."""
        known = [self.nest.extent(loop) for loop in self.product.k]
        sizes = [self._extent(loop) for loop, size in zip(self.product.k, known, strict=True) if size is None]
        type = MemRefType((*known, self.tile.vectors * self.lanes), self.type)
        panel = self.b.insert(memref.Alloc(sizes, result_types=[type])).results[0]
        self._columns((panel, self._constant(0), self.depth))
        self.b.insert(memref.Dealloc(panel))

    def _columns(self, panel: tuple[Value, Value, Value] | None) -> None:
        """Strips of the result as wide as a tile, then what is left."""
        known, size = self.nest.extent(self.product.n), self._extent(self.product.n)
        width = self.tile.vectors * self.lanes
        if known is None:
            rest = self.b.insert(arith.RemSI(size, self._constant(width))).result
            end = self.b.insert(arith.SubI(size, rest)).result
        else:
            end = self._constant(known // width * width)

        def full(position: Value, _: Sequence[Value]) -> Sequence[Value]:
            self._strip(position, [None] * self.tile.vectors, panel, self._constant(width))
            return ()

        if known is None or known >= width:
            for_loop(self.b, (self._constant(0), end, self._constant(width)), (), full)
        if known is None:

            def part(position: Value, _: Sequence[Value]) -> Sequence[Value]:
                left = self.b.insert(arith.SubI(size, position)).result
                count = self.b.insert(arith.MinSI(left, self._constant(self.lanes))).result
                self._strip(position, [first_lanes(self.b, left, self.lanes)], panel, count)
                return ()

            for_loop(self.b, (end, size, self._constant(self.lanes)), (), part)
        elif left := known % width:
            lanes = self.lanes
            if left < lanes and is_vector(left, lanes):
                self.lanes = left
            last = left % self.lanes
            masks: list[Value | None] = [None] * (left // self.lanes)
            if last:
                masks.append(first_lanes(self.b, last, lanes))
            self._strip(end, masks, panel, self._constant(left))
            self.lanes = lanes

    def _strip(
        self, column: Value, masks: Sequence[Value | None], panel: tuple[Value, Value, Value] | None, count: Value
    ) -> None:
        """All rows of a strip of the result; `masks` has an entry for each vector of a row of it."""
        if panel is not None:
            self._pack(column, masks, *panel, count)
        self._each(self.product.rows, lambda: self._rows(column, masks, panel))

    def _each(self, loops: Sequence[int], inside: Callable[[], None]) -> None:
        """Loops around what `inside` writes, the first outermost."""
        if not loops:
            inside()
            return

        def step(position: Value, _: Sequence[Value]) -> Sequence[Value]:
            self.at[loops[0]] = position
            self._each(loops[1:], inside)
            return ()

        for_loop(self.b, (self._constant(0), self._extent(loops[0]), self._constant(1)), (), step)

    def _rows(self, column: Value, masks: Sequence[Value | None], panel: tuple[Value, Value, Value] | None) -> None:
        """All tiles of a strip."""
        known, size = self.nest.extent(self.product.m), self._extent(self.product.m)
        rows = _height(known, self.tile.rows)

        def tile(height: int, first: Value) -> Sequence[Value]:
            self._tile(first, height, column, masks, panel)
            return ()

        if known is None:
            rest = self.b.insert(arith.RemSI(size, self._constant(rows))).result
            end = self.b.insert(arith.SubI(size, rest)).result
        else:
            end = self._constant(known // rows * rows)
        for_loop(self.b, (self._constant(0), end, self._constant(rows)), (), lambda row, _: tile(rows, row))
        if known is None:
            for_loop(self.b, (end, size, self._constant(1)), (), lambda row, _: tile(1, row))
        elif known % rows:
            tile(known % rows, end)

    def _tile(
        self,
        row: Value,
        height: int,
        column: Value,
        masks: Sequence[Value | None],
        panel: tuple[Value, Value, Value] | None,
    ) -> None:
        product, b = self.product, self.b
        rows = [self._add(row, i) for i in range(height)]
        columns = [self._add(column, i * self.lanes) for i in range(len(masks))]
        places = [self._place(2, {product.m: r, product.n: c}) for r in rows for c in columns]
        result = self.nest.operands[2]
        if self.starts_at_zero:
            starts: list[Value] = [self._zeros()] * len(places)
        else:
            starts = [self._load_vector(result, place, masks[i % len(masks)]) for i, place in enumerate(places)]

        def step(ks: Sequence[Value], sums: Sequence[Value]) -> Sequence[Value]:
            at = dict(zip(product.k, ks, strict=True))
            if panel is None:
                source = self.nest.operands[product.b]
                right = [self._load_vector(source, self._place(product.b, {**at, product.n: c}), mask)
                         for c, mask in zip(columns, masks, strict=True)]  # fmt: skip
            else:
                depth = self._depth(ks, panel[1])
                right = [self._load_vector(panel[0], [*depth, self._constant(i * self.lanes)], None)
                         for i in range(len(masks))]  # fmt: skip
            found: list[Value] = []
            seen: Seen = {}
            for i, r in enumerate(rows):
                place = self._place(product.a, {**at, product.m: r}, seen)
                left = b.insert(memref.Load(self.nest.operands[product.a], place)).result
                wide = b.insert(vector.Broadcast(left, result_types=[self._vector()])).result
                for j, value in enumerate(right):
                    found.append(self._multiply_add(wide, value, sums[i * len(right) + j]))
            return found

        bounds = (panel[1], panel[2]) if panel is not None else (self._constant(0), self.depth)
        sums = self._summed(self._contracted(*bounds), starts, step)
        for i, (value, place) in enumerate(zip(sums, places, strict=True)):
            self._store_vector(value, result, place, masks[i % len(masks)])

    def _summed(
        self, bounds: Sequence[Bounds], starts: Sequence[Value], step: Callable[[Values, Values], Values]
    ) -> Sequence[Value]:
        """What `step` adds to the sums in the contracted loops, of floats in blocks where these are long."""
        counts = [self.nest.extent(loop) for loop in self.product.k]
        whole = 0 if 0 in counts else self.nest.product(self.product.k)
        if not isinstance(self.type, FloatType) or (whole is not None and whole <= 2 * PANEL_DEPTH):
            return nested_loops(self.b, bounds, starts, step)
        # The innermost loops that make a block, of which the first may be too long for one.
        first, inner = len(counts) - 1, 1
        while first and (size := counts[first]) is not None and inner * size < PANEL_DEPTH // 2:
            first, inner = first - 1, inner * size

        def blocks(at: Values, totals: Values) -> Values:
            def part(k: Value, sums: Values) -> Values:
                return nested_loops(self.b, bounds[first + 1 :], sums, lambda ks, values: step([*at, k, *ks], values))

            def combine(totals: Values, sums: Values) -> Values:
                return [self.b.insert(arith.AddF(*pair)).result for pair in zip(totals, sums, strict=True)]

            block = max(1, PANEL_DEPTH // inner)
            zeros = [self._zeros()] * len(totals)
            return blocked_loop(self.b, None, bounds[first], totals, part, lambda _: zeros, combine, block)

        return nested_loops(self.b, bounds[:first], starts, blocks)

    # -- packing -----------------------------------------------------------------------------------------------------

    def _pack(
        self, column: Value, masks: Sequence[Value | None], panel: Value, begin: Value, end: Value, count: Value
    ) -> None:
        """Copy rows `begin` to `end` of a strip of B to the panel; columns beyond the last are zero."""
        product, b, one = self.product, self.b, self._constant(1)
        source, map = self.nest.operands[product.b], self.nest.maps[product.b]
        in_order = access(source, map, product.n) == "unit"

        def row(ks: Sequence[Value], _: Sequence[Value]) -> Sequence[Value]:
            depth, at = self._depth(ks, begin), dict(zip(product.k, ks, strict=True))
            for i, mask in enumerate(masks):
                place = self._place(product.b, {**at, product.n: self._add(column, i * self.lanes)})
                value = self._load_vector(source, place, mask) if in_order else self._zeros()
                b.insert(vector.Store(value, panel, [*depth, self._constant(i * self.lanes)]))
            return ()

        def transposed(j: Value, _: Sequence[Value]) -> Sequence[Value]:
            n = b.insert(arith.AddI(column, j)).result

            def move(ks: Sequence[Value], _: Sequence[Value]) -> Sequence[Value]:
                at = dict(zip(product.k, ks, strict=True))
                value = b.insert(memref.Load(source, self._place(product.b, {**at, product.n: n}))).result
                b.insert(memref.Store(value, panel, [*self._depth(ks, begin), j]))
                return ()

            nested_loops(b, self._contracted(begin, end), (), move)
            return ()

        if in_order or masks[-1] is not None:
            nested_loops(b, self._contracted(begin, end), (), row)
        if not in_order:
            for_loop(b, (self._constant(0), count, one), (), transposed)

    def _contracted(self, begin: Value, end: Value) -> list[Bounds]:
        """The bounds of the contracted loops, of the last from `begin` to `end`."""
        zero, one = self._constant(0), self._constant(1)
        outer = [(zero, self._extent(loop), one) for loop in self.product.k[:-1]]
        return [*outer, (begin, end, one)]

    def _depth(self, ks: Sequence[Value], begin: Value) -> list[Value]:
        """Where a panel has what the contracted loops are at."""
        return [*ks[:-1], self.b.insert(arith.SubI(ks[-1], begin)).result]


FEW_TILES = 5
"""With no more tiles than these, lower ones that are all the same run as fast, and there is half as much to compile."""


def _height(size: int | None, most: int) -> int:
    """Rows of a tile, at most `most`, which is best for many rows; where that does not cost much, a divisor of their number."""
    if size is None or size == 0:
        return most if size is None else 1
    tiles = -(-size // most)
    even = -(-size // tiles)
    least = most // 2 + 1 if tiles <= FEW_TILES else most - most // 4
    return next((rows for rows in range(even, least - 1, -1) if not size % rows), even)


def write_product(b: Builder, nest: Nest, product: Product, tile: Tile, zeros: bool = False) -> bool:
    """Write the loops of a product at the builder's insertion point.

    `zeros` says that it adds to zeros. Whether it then does without what is in memory.
    """
    writer = _Writer(b, nest, product, tile, zeros)
    writer.write()
    return writer.starts_at_zero
