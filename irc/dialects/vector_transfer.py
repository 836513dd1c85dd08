"""Transfers between vectors and parts of buffers or tensors: they check bounds, and may permute dimensions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from irc.dialects.vector_memory import Shaped, mask_of, shaped_type, vector_type
from irc.ir.affine import AffineConstant, AffineDim, AffineExpr, AffineMap
from irc.ir.attributes import AffineMapAttr, ArrayAttr, Attribute, false, true
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import DestinationStyle, Effect, MemoryEffects
from irc.ir.types import MemRefType, ShapedType, TensorType, Type, VectorType, element_type, i1, index
from irc.ir.value import Value
from irc.ods.attribute_constraints import Bools
from irc.ods.constraints import Index, Vector
from irc.ods.fields import attribute, operand, result, variadic, variadic_results
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter


def minor_identity(source: ShapedType, vector: VectorType) -> AffineMap:
    """The map of a transfer along the last dimensions of `source`."""
    inner = source.element_type.rank if isinstance(source.element_type, VectorType) else 0
    return AffineMap.of_dims(source.rank, range(source.rank - (vector.rank - inner), source.rank))


class Transfer(MemoryEffects, Op):
    """Base of the two transfers: a map from the source's dimensions to the vector's, and which are in bounds."""

    @property
    def map(self) -> AffineMap:
        """The dimensions of the source that the vector runs along; a constant 0 repeats one element."""
        found = self.get_attribute("permutation_map")
        assert isinstance(found, AffineMapAttr)
        return found.map

    @property
    def bounds(self) -> tuple[bool, ...]:
        """Whether each dimension of the vector is known to be in bounds."""
        found = self.get_attribute("in_bounds")
        if not isinstance(found, ArrayAttr):
            return (False,) * len(self.map.results)
        return tuple(each is true for each in found.elements)

    def verify_transfer(self, source: Value, indices: Sequence[Value], vector: VectorType, mask: Value | None) -> None:
        type = shaped_type(source)
        if len(indices) != type.rank:
            raise VerifyError(f"requires {type.rank} indices")
        map = self.map
        if map.num_symbols:
            raise VerifyError("requires permutation_map without symbols")
        if map.num_dims != type.rank:
            raise VerifyError("requires a permutation_map with input dims of the same rank as the source type")
        if len(map.results) != vector.rank and not isinstance(type.element_type, VectorType):
            raise VerifyError("requires a permutation_map with result dims of the same rank as the vector type")
        places = [expr for expr in map.results if not isinstance(expr, AffineConstant)]
        if AffineMap(map.num_dims, 0, tuple(places)).dim_positions() is None or any(
            isinstance(expr, AffineConstant) and expr.value for expr in map.results
        ):
            raise VerifyError(
                "requires a projected permutation_map (at most one dim or the zero constant can appear in each result)"
            )
        if len(set(places)) != len(places):
            raise VerifyError("requires a permutation_map that is a permutation (found one dim used more than once)")
        if element_type(type.element_type) is not vector.element_type:
            raise VerifyError("requires formal and vector types of the same elemental type")
        bounds = self.get_attribute("in_bounds")
        if isinstance(bounds, ArrayAttr) and len(bounds.elements) != len(map.results):
            raise VerifyError(
                f"expects the optional in_bounds attr of same rank as permutation_map results: {len(map.results)} vs "
                f"inBounds of size: {len(bounds.elements)}"
            )
        for expr, inside in zip(map.results, self.bounds, strict=True):
            if isinstance(expr, AffineConstant) and not inside and isinstance(bounds, ArrayAttr):
                raise VerifyError("requires broadcast dimensions to be in-bounds")
        if mask is not None and mask.type is not mask_type(map, vector):
            raise VerifyError(
                f"inferred mask type ('{mask_type(map, vector)}') and mask operand type ('{mask.type}') don't match"
            )


def mask_type(map: AffineMap, vector: VectorType) -> VectorType:
    """The type of a mask: its dimensions are those of the source that the vector runs along, in their order."""
    places = sorted((_position(e), i) for i, e in enumerate(map.results) if not isinstance(e, AffineConstant))
    order = [i for _, i in places]
    return VectorType(tuple(vector.shape[i] for i in order), i1, tuple(vector.scalable[i] for i in order))


def _position(expr: AffineExpr) -> int:
    assert isinstance(expr, AffineDim)
    return expr.position


class TransferRead(Transfer, Op, name="vector.transfer_read"):
    """Part of a tensor or a buffer; positions out of bounds give the padding.

    %v = vector.transfer_read %m[%i, %j], %pad {in_bounds = [true]} : memref<4x?xf32>, vector<8xf32>
    """

    source: Value = operand(Shaped)
    indices: Sequence[Value] = variadic(Index)
    padding: Value = operand()
    permutation_map: AffineMapAttr = attribute(AffineMapAttr)
    mask: Value | None = operand(Vector, default=None)
    in_bounds: ArrayAttr | None = attribute(ArrayAttr, default=None, where=Bools)
    vector: Value = result(Vector)

    def effects(self) -> Sequence[Effect]:
        return (Effect("read", self.source),) if isinstance(self.source.type, MemRefType) else ()

    @classmethod
    def parse(cls, p: OpParser) -> TransferRead:
        source = p.operand()
        indices = p.operand_list("[", "]")
        p.stream.expect(",")
        padding = p.operand()
        mask = p.operand() if p.stream.accept(",") else None
        attributes = p.attr_dict()
        p.stream.expect(":")
        type, vector = _two_types(p, vector_first=False)
        _add_defaults(attributes, type, vector)
        operands = [p.resolve(source, type), *(p.resolve(i, index) for i in indices)]
        operands.append(p.resolve(padding, type.element_type))
        if mask is not None:
            operands.append(p.resolve(mask, _mask_type(attributes, vector)))
        segments = [1, len(indices), 1, int(mask is not None)]
        built: TransferRead = p.build(cls, operands, [vector], attributes, segments=segments)
        return built

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.source)
        p("[")
        p.values(self.indices)
        p("], ")
        p.value(self.padding)
        if self.mask is not None:
            p(", ")
            p.value(self.mask)
        p.attr_dict(self, _elided(self, self.source, self.vector))
        p(" : ")
        p.types([self.source.type, self.vector.type])

    def verify(self) -> None:
        self.verify_transfer(self.source, self.indices, vector_type(self.vector), self.mask)
        if self.padding.type is not shaped_type(self.source).element_type:
            raise VerifyError("requires formal padding and source of the same elemental type")


class TransferWrite(DestinationStyle, Transfer, Op, name="vector.transfer_write"):
    """Writes a vector to part of a buffer, or gives a tensor with that part replaced; nothing is written out of bounds.

    vector.transfer_write %v, %m[%i, %j] {in_bounds = [true]} : vector<8xf32>, memref<4x?xf32>
    """

    vector: Value = operand(Vector)
    source: Value = operand(Shaped)
    indices: Sequence[Value] = variadic(Index)
    permutation_map: AffineMapAttr = attribute(AffineMapAttr)
    mask: Value | None = operand(Vector, default=None)
    in_bounds: ArrayAttr | None = attribute(ArrayAttr, default=None, where=Bools)
    result_tensors: Sequence[Value] = variadic_results()

    @property
    def destinations(self) -> Sequence[Value]:
        return (self.source,)

    def infer(self) -> Sequence[Type]:
        return (self.source.type,) if isinstance(self.source.type, TensorType) else ()

    def effects(self) -> Sequence[Effect]:
        return (Effect("write", self.source),) if isinstance(self.source.type, MemRefType) else ()

    @classmethod
    def parse(cls, p: OpParser) -> TransferWrite:
        value = p.operand()
        p.stream.expect(",")
        source = p.operand()
        indices = p.operand_list("[", "]")
        mask = p.operand() if p.stream.accept(",") else None
        attributes = p.attr_dict()
        p.stream.expect(":")
        type, vector = _two_types(p, vector_first=True)
        _add_defaults(attributes, type, vector)
        operands = [p.resolve(value, vector), p.resolve(source, type), *(p.resolve(i, index) for i in indices)]
        if mask is not None:
            operands.append(p.resolve(mask, _mask_type(attributes, vector)))
        segments = [1, 1, len(indices), int(mask is not None)]
        results = [type] if isinstance(type, TensorType) else []
        built: TransferWrite = p.build(cls, operands, results, attributes, segments=segments)
        return built

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.vector)
        p(", ")
        p.value(self.source)
        p("[")
        p.values(self.indices)
        p("]")
        if self.mask is not None:
            p(", ")
            p.value(self.mask)
        p.attr_dict(self, _elided(self, self.source, self.vector))
        p(" : ")
        p.types([self.vector.type, self.source.type])

    def verify(self) -> None:
        if [found.type for found in self.results] != list(self.infer()):
            raise VerifyError("expected result type to match the type of the written tensor")
        self.verify_transfer(self.source, self.indices, vector_type(self.vector), self.mask)
        if any(isinstance(expr, AffineConstant) for expr in self.map.results):
            raise VerifyError("should not have broadcast dimensions")


def _two_types(p: OpParser, *, vector_first: bool) -> tuple[ShapedType, VectorType]:
    """The types of the source and of the vector, which are written in this order or in the other."""
    position = p.stream.pos
    first = p.type()
    p.stream.expect(",")
    second = p.type()
    vector, source = (first, second) if vector_first else (second, first)
    if not isinstance(vector, VectorType):
        raise p.stream.error(f"requires vector type, but got '{vector}'", position)
    if not isinstance(source, TensorType | MemRefType):
        raise p.stream.error(f"requires memref or ranked tensor type, but got '{source}'", position)
    return source, vector


def _add_defaults(attributes: dict[str, Attribute], source: ShapedType, vector: VectorType) -> None:
    map = attributes.setdefault("permutation_map", AffineMapAttr(minor_identity(source, vector)))
    if isinstance(map, AffineMapAttr):
        attributes.setdefault("in_bounds", ArrayAttr((false,) * len(map.map.results)))


def _mask_type(attributes: dict[str, Attribute], vector: VectorType) -> VectorType:
    """The type of the mask. Where the map does not fit, which the verifier says, it is that of a mask for the vector."""
    found = attributes["permutation_map"]
    if not isinstance(found, AffineMapAttr) or len(found.map.results) != vector.rank:
        return mask_of(vector)
    if not all(isinstance(expr, AffineDim | AffineConstant) for expr in found.map.results):
        return mask_of(vector)
    return mask_type(found.map, vector)


def _elided(op: Transfer, source: Value, vector: Value) -> tuple[str, ...]:
    names = []
    if op.map is minor_identity(shaped_type(source), vector_type(vector)):
        names.append("permutation_map")
    if not any(op.bounds):
        names.append("in_bounds")
    return tuple(names)
