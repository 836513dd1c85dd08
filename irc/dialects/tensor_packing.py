"""`tensor.pack` and `tensor.unpack`: layouts of tiles, as matrix products like them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from irc.dialects._slices import DYNAMIC, Mixed, join_mixed, parse_mixed, print_mixed, static_dims
from irc.ir.attributes import Attribute, DenseArrayAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import DestinationStyle
from irc.ir.traits import Pure
from irc.ir.types import Dimension, TensorType, Type, index
from irc.ir.value import Value
from irc.ods.constraints import Index, Tensor
from irc.ods.fields import attribute, operand, result, variadic
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter

_SHOWN = ("outer_dims_perm", "inner_dims_pos", "static_inner_tiles")


class Packing(DestinationStyle, Op):
    """What both share: which dimensions are tiled, by how much, and in which order the outer ones lie."""

    source: Value = operand(Tensor)
    dest: Value = operand(Tensor)
    inner_dims_pos: DenseArrayAttr = attribute(DenseArrayAttr)
    static_inner_tiles: DenseArrayAttr = attribute(DenseArrayAttr)
    result: Value = result(Tensor)

    @property
    def destinations(self) -> Sequence[Value]:
        return (self.dest,)

    @property
    def positions(self) -> tuple[int, ...]:
        """The dimensions of the plain tensor that are tiled."""
        return _integers(self.inner_dims_pos)

    @property
    def permutation(self) -> tuple[int, ...]:
        """The dimension of the plain tensor for each outer dimension; empty if they are in order."""
        return _integers(self.get_attribute("outer_dims_perm"))

    @property
    def tile_operands(self) -> Sequence[Value]:
        """The tile sizes that are operands."""
        raise NotImplementedError

    @property
    def tiles(self) -> tuple[Mixed, ...]:
        """The tile sizes: numbers or values."""
        return join_mixed(self.tile_operands, self.static_inner_tiles)

    def infer(self) -> Sequence[Type]:
        return (self.dest.type,)

    def print_layout(self, p: OpPrinter) -> None:
        """`outer_dims_perm = […] inner_dims_pos = […] inner_tiles = […] into %dest : t -> t`."""
        if self.permutation:
            p(f" outer_dims_perm = [{', '.join(map(str, self.permutation))}]")
        p(f" inner_dims_pos = [{', '.join(map(str, self.positions))}] inner_tiles = ")
        print_mixed(p, self.tile_operands, self.static_inner_tiles)
        p(" into ")
        p.value(self.dest)
        p.attr_dict(self, _SHOWN)
        p(" : ")
        p.type(self.source.type)
        p(" -> ")
        p.type(self.dest.type)

    def verify_layout(self, plain: Value, packed: Value) -> None:
        """Check the lists against the plain type, and the packed type against them."""
        type, packed_type = plain.type, packed.type
        assert isinstance(type, TensorType)
        assert isinstance(packed_type, TensorType)
        positions, permutation = self.positions, self.permutation
        sizes = static_dims(self.static_inner_tiles)
        if len(sizes) != len(positions):
            raise VerifyError("tiling factors must equal the number of dimensions to tile")
        if len(self.tile_operands) != sizes.count(None):
            raise VerifyError("mixed tiling factors: as many operands as dynamic entries are needed")
        if any(size == 0 for size in sizes):
            raise VerifyError("invalid zero tile factor")
        if len(set(positions)) != len(positions) or any(not 0 <= axis < type.rank for axis in positions):
            raise VerifyError("invalid inner_dims_pos vector")
        if permutation and sorted(permutation) != list(range(type.rank)):
            raise VerifyError("invalid outer_dims_perm vector")
        if packed_type.element_type is not type.element_type:
            raise VerifyError("expected both tensors to have one element type")
        expected = packed_shape(type.shape, positions, sizes, permutation)
        if packed_type.rank != len(expected):
            raise VerifyError(
                f"packed rank != (unpacked rank + num tiling factors), got {packed_type.rank} != {len(expected)}"
            )
        for known, size in zip(expected, packed_type.shape, strict=True):
            # A larger tensor has room for the tiles; a smaller one has not.
            if known is not None and size is not None and size < known:
                raise VerifyError("the shape of output is not large enough to hold the packed data")
        for known, size in zip(sizes, packed_type.shape[type.rank :], strict=True):
            if known != size:
                raise VerifyError(
                    "mismatch in inner tile sizes specified and shaped of tiled dimension in the packed type"
                )


def packed_shape(
    shape: Sequence[Dimension], positions: Sequence[int], tiles: Sequence[Dimension], permutation: Sequence[int]
) -> tuple[Dimension, ...]:
    """The shape of a tensor of `shape` when it is packed."""
    outer = list(shape)
    for axis, tile in zip(positions, tiles, strict=True):
        size = outer[axis]
        outer[axis] = None if size is None or tile is None else -(-size // tile)
    return (*[outer[axis] for axis in permutation or range(len(outer))], *tiles)


def _integers(attribute: Attribute | None) -> tuple[int, ...]:
    return tuple(int(value) for value in attribute.values) if isinstance(attribute, DenseArrayAttr) else ()


class _ParsedLayout:
    """What stands from `outer_dims_perm` to the types."""

    def __init__(self, p: OpParser) -> None:
        self.attributes: dict[str, Attribute] = {}
        if p.stream.accept("outer_dims_perm"):
            self.attributes["outer_dims_perm"] = _list(p)
        p.stream.expect("inner_dims_pos")
        self.attributes["inner_dims_pos"] = _list(p)
        p.stream.expect("inner_tiles")
        p.stream.expect("=")
        self.tiles, self.attributes["static_inner_tiles"] = parse_mixed(p)
        p.stream.expect("into")
        self.dest = p.operand()
        self.attributes |= p.attr_dict()
        p.stream.expect(":")
        self.source_type = p.type()
        p.stream.expect("->")
        self.dest_type = p.type()


def _list(p: OpParser) -> DenseArrayAttr:
    p.stream.expect("=")
    operands, static = parse_mixed(p)
    if operands or DYNAMIC in static.values:
        raise p.stream.error("expected numbers")
    return static


class Pack(Packing, name="tensor.pack", traits=[Pure]):
    """A tensor in tiles: dimensions `inner_dims_pos` are cut into parts of `inner_tiles`, which become the last dimensions.

    %p = tensor.pack %x inner_dims_pos = [0, 1] inner_tiles = [8, 32] into %d : tensor<128x256xf32> -> tensor<16x8x8x32xf32>
    """

    result_name = "pack"

    padding_value: Value | None = operand(default=None)
    inner_tiles: Sequence[Value] = variadic(Index, default=())
    outer_dims_perm: DenseArrayAttr | None = attribute(DenseArrayAttr, default=None)

    @property
    def tile_operands(self) -> Sequence[Value]:
        return self.inner_tiles

    @classmethod
    def parse(cls, p: OpParser) -> Pack:
        source = p.operand()
        padding: list[Value] = []
        if p.stream.accept("padding_value"):
            p.stream.expect("(")
            name = p.operand()
            p.stream.expect(":")
            padding.append(p.resolve(name, p.type()))
            p.stream.expect(")")
        rest = _ParsedLayout(p)
        operands = [p.resolve(source, rest.source_type), p.resolve(rest.dest, rest.dest_type), *padding]
        operands += [p.resolve(tile, index) for tile in rest.tiles]
        segments = [1, 1, len(padding), len(rest.tiles)]
        built: Pack = p.build(cls, operands, [rest.dest_type], rest.attributes, segments=segments)
        return built

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.source)
        if self.padding_value is not None:
            p(" padding_value(")
            p.value(self.padding_value)
            p(" : ")
            p.type(self.padding_value.type)
            p(")")
        self.print_layout(p)

    def verify(self) -> None:
        source, dest = self.source.type, self.dest.type
        assert isinstance(source, TensorType)
        assert isinstance(dest, TensorType)
        if self.result.type is not dest:
            raise VerifyError("expected the result to have the type of the destination")
        if self.padding_value is not None and self.padding_value.type is not source.element_type:
            raise VerifyError(
                f"expected padding_value has '{source.element_type}' but got: '{self.padding_value.type}'"
            )
        self.verify_layout(self.source, self.dest)
        partial = any(
            size is not None and tile is not None and size % tile
            for size, tile in zip(
                [source.shape[i] for i in self.positions], static_dims(self.static_inner_tiles), strict=True
            )
        )
        if partial and self.padding_value is None:
            raise VerifyError("invalid tile factor or output size provided. Only full tiles are supported when "
                              "padding_value is not set")  # fmt: skip


class UnPack(Packing, name="tensor.unpack", traits=[Pure]):
    """A tensor out of its tiles: the inverse of `tensor.pack`, without the padding.

    %x = tensor.unpack %p inner_dims_pos = [0, 1] inner_tiles = [8, 32] into %d : tensor<16x8x8x32xf32> -> tensor<128x256xf32>
    """

    result_name = "unpack"

    inner_tiles: Sequence[Value] = variadic(Index, default=())
    outer_dims_perm: DenseArrayAttr | None = attribute(DenseArrayAttr, default=None)

    @property
    def tile_operands(self) -> Sequence[Value]:
        return self.inner_tiles

    @classmethod
    def parse(cls, p: OpParser) -> UnPack:
        source = p.operand()
        rest = _ParsedLayout(p)
        operands = [p.resolve(source, rest.source_type), p.resolve(rest.dest, rest.dest_type)]
        operands += [p.resolve(tile, index) for tile in rest.tiles]
        built: UnPack = p.build(cls, operands, [rest.dest_type], rest.attributes)
        return built

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.source)
        self.print_layout(p)

    def verify(self) -> None:
        if self.result.type is not self.dest.type:
            raise VerifyError("expected the result to have the type of the destination")
        self.verify_layout(self.dest, self.source)
