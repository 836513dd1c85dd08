"""`tensor.pack` and `tensor.unpack` as computations of elements."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import arith, scf, tensor
from irc.dialects._amounts import Amount, as_value, compare, product
from irc.dialects.tensor_packing import Packing
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.region import Region
from irc.ir.value import Value
from irc.lowering.size_checks import check, check_size
from irc.lowering.sizes import sizes_of
from irc.lowering.structured import shaped
from irc.lowering.tensor_elements import computed


def _arithmetic(
    b: Builder, cls: type[arith.AddI | arith.MulI | arith.DivUI | arith.RemUI], x: Value, y: Amount
) -> Value:
    return b.insert(cls(x, as_value(b, y))).result


def _outer(op: Packing, rank: int) -> dict[int, int]:
    """For each dimension of the plain tensor that of the packed one which counts its tiles or elements."""
    return {axis: i for i, axis in enumerate(op.permutation or range(rank))}


def _check_tiles(op: Packing, b: Builder, packed: Value, rank: int) -> None:
    for i, tile in enumerate(op.tiles):
        check(b, "sgt", tile, 0, f"'{op.name}' op expects tiles of a positive size")
        check_size(b, packed, rank + i, tile, f"dimension {rank + i} of the packed tensor of '{op.name}' op is no tile")


def lower_pack(op: tensor.Pack, b: Builder) -> Value:
    """Each element of a tile is one of the source, or the padding value beyond its end."""
    bounds = sizes_of(b, op.source)
    rank, tiles = len(bounds), dict(zip(op.positions, op.tiles, strict=True))
    outer, room = _outer(op, rank), sizes_of(b, op.dest)
    _check_tiles(op, b, op.dest, rank)
    for axis, bound in enumerate(bounds):
        count, tile = room[outer[axis]], tiles.get(axis, 1)
        whole = product(b, [count, tile])
        predicate = "eq" if op.padding_value is None else "ule"
        check(
            b,
            predicate,
            bound,
            whole,
            f"dimension {axis} of '{op.name}' op does not fill its tiles, or not fit into them",
        )

    def element(inner: Builder, position: Sequence[Value]) -> Value:
        place = []
        for axis in range(rank):
            at = position[outer[axis]]
            if axis in tiles:
                start = _arithmetic(inner, arith.MulI, at, tiles[axis])
                at = _arithmetic(inner, arith.AddI, start, position[rank + op.positions.index(axis)])
            place.append(at)
        if op.padding_value is None:
            return inner.insert(tensor.Extract(op.source, place)).result
        inside = [compare(inner, "ult", at, bound) for at, bound in zip(place, bounds, strict=True)]
        every = inside[0]
        for each in inside[1:]:
            every = inner.insert(arith.AndI(every, each)).result
        arms = Block(), Block()
        with inner.at(InsertPoint.at_end(arms[0])):
            inner.insert(scf.Yield([inner.insert(tensor.Extract(op.source, place)).result]))
        with inner.at(InsertPoint.at_end(arms[1])):
            inner.insert(scf.Yield([op.padding_value]))
        types = [shaped(op.source).element_type]
        return inner.insert(scf.If(every, Region(arms[0]), Region(arms[1]), result_types=types)).results[0]

    return computed(b, op.dest, element)


def lower_unpack(op: tensor.UnPack, b: Builder) -> Value:
    """Each element lies in a tile, at a place in it."""
    room = sizes_of(b, op.source)
    rank, tiles = shaped(op.dest).rank, dict(zip(op.positions, op.tiles, strict=True))
    outer = _outer(op, rank)
    _check_tiles(op, b, op.source, rank)
    for axis, bound in enumerate(sizes_of(b, op.dest)):
        count, tile = room[outer[axis]], tiles.get(axis, 1)
        whole = product(b, [count, tile])
        check(b, "ule", bound, whole, f"dimension {axis} of the result of '{op.name}' op is larger than its tiles")

    def element(inner: Builder, position: Sequence[Value]) -> Value:
        place: dict[int, Value] = {}
        for axis, at in enumerate(position):
            if axis in tiles:
                place[rank + op.positions.index(axis)] = _arithmetic(inner, arith.RemUI, at, tiles[axis])
                at = _arithmetic(inner, arith.DivUI, at, tiles[axis])
            place[outer[axis]] = at
        return inner.insert(tensor.Extract(op.source, [place[i] for i in range(len(place))])).result

    return computed(b, op.dest, element)
