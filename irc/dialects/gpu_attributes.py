"""The attributes of the `gpu` dialect: dimensions, memory spaces, kinds of computation, mappings of loops, objects."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from irc.ir.affine import AffineMap
from irc.ir.attributes import ArrayAttr, Attribute, DictionaryAttr, IntegerAttr, OpaqueAttr
from irc.ir.interning import Interned
from irc.ods.attribute_constraints import AttrConstraint
from irc.ods.enums import EnumAttr
from irc.ods.registry import register_attribute
from irc.text.affine import parse_affine_map
from irc.text.affine_spelling import affine_map_text
from irc.text.attributes import parse_attribute, parse_optional_attribute_dict
from irc.text.strings import quote, unquote

if TYPE_CHECKING:
    from irc.text.lexer import TokenStream

Spell = Callable[[Interned], str]


class Dimension(EnumAttr):
    """`#gpu<dim x>`: one of the three dimensions of a grid."""

    name = "gpu.dim"
    bare = True
    cases = ("x", "y", "z")


class AddressSpace(EnumAttr):
    """`#gpu.address_space<workgroup>`: who sees a buffer."""

    name = "gpu.address_space"
    cases = ("global", "workgroup", "private")


class AllReduceOperation(EnumAttr):
    """`#gpu<all_reduce_op add>`: how values of many threads become one."""

    name = "gpu.all_reduce_op"
    bare = True
    cases = (
        "add", "mul", "minui", "minsi", "minnumf", "maxui", "maxsi", "maxnumf", "and", "or", "xor", "minimumf", "maximumf",
    )  # fmt: skip


class ShuffleMode(EnumAttr):
    """`#gpu<shuffle_mode xor>`: from which lane a value comes."""

    name = "gpu.shuffle_mode"
    bare = True
    cases = ("xor", "up", "down", "idx")


class ElementwiseOperation(EnumAttr):
    """`#gpu<mma_element_wise addf>`: an operation on each element of a matrix."""

    name = "gpu.mma_element_wise"
    bare = True
    cases = (
        "addf", "mulf", "subf", "maxf", "minf", "divf", "addi", "muli", "subi", "divs", "divu", "negatef", "negates", "extf",
    )  # fmt: skip


class TransposeMode(EnumAttr):
    """`#gpu<mat_transpose_mode TRANSPOSE>`: how a matrix enters a product."""

    name = "gpu.mat_transpose_mode"
    bare = True
    cases = ("NON_TRANSPOSE", "TRANSPOSE", "CONJUGATE_TRANSPOSE")


class PruneFlag(EnumAttr):
    """`#gpu<prune_2to4_spmat_flag NONE>`: whether a matrix is made to have two zeros in each four elements."""

    name = "gpu.prune_2to4_spmat_flag"
    bare = True
    cases = ("NONE", "PRUNE_ONLY", "PRUNE_AND_CHECK")


class SpGEMMKind(EnumAttr):
    """`#gpu<spgemm_work_estimation_or_compute_kind COMPUTE>`: which part of a product of sparse matrices is done."""

    name = "gpu.spgemm_work_estimation_or_compute_kind"
    bare = True
    cases = ("WORK_ESTIMATION", "COMPUTE")


MAPPING_IDS = ("x", "y", "z", *(f"linear_dim_{i}" for i in range(10)))


class BlockMapping(EnumAttr):
    """`#gpu.block<x>`: a dimension of a loop is that of the blocks of a grid."""

    name = "gpu.block"
    cases = MAPPING_IDS


class WarpgroupMapping(EnumAttr):
    """`#gpu.warpgroup<x>`: a dimension of a loop is that of groups of warps."""

    name = "gpu.warpgroup"
    cases = MAPPING_IDS


class WarpMapping(EnumAttr):
    """`#gpu.warp<x>`: a dimension of a loop is that of warps."""

    name = "gpu.warp"
    cases = MAPPING_IDS


class ThreadMapping(EnumAttr):
    """`#gpu.thread<x>`: a dimension of a loop is that of the threads of a block."""

    name = "gpu.thread"
    cases = MAPPING_IDS


class MemorySpaceMapping(EnumAttr):
    """`#gpu.memory_space<workgroup>`: the memory that data are promoted to."""

    name = "gpu.memory_space"
    cases = AddressSpace.cases


PROCESSORS = ("block_x", "block_y", "block_z", "thread_x", "thread_y", "thread_z", "sequential")


class LoopDimMap(Attribute):
    """`#gpu.loop_dim_map<processor = block_x, map = (d0) -> (d0), bound = (d0) -> (d0)>`: what runs a parallel loop."""

    name: ClassVar[str] = "gpu.loop_dim_map"

    processor: str
    map: AffineMap
    bound: AffineMap

    def check(self) -> None:
        if self.processor not in PROCESSORS:
            raise ValueError(f"expected one of {', '.join(PROCESSORS)}, got '{self.processor}'")

    @classmethod
    def parse(cls, stream: TokenStream) -> Attribute:
        stream.expect("<")
        processor = ""
        maps: dict[str, AffineMap] = {}
        while True:
            position = stream.pos
            key = stream.next()
            stream.expect("=")
            if key == "processor":
                processor = stream.next()
            elif key in ("map", "bound"):
                maps[key] = parse_affine_map(stream)
            else:
                raise stream.error(f"expected 'processor', 'map' or 'bound', got '{key}'", position)
            if not stream.accept(","):
                break
        stream.expect(">")
        if not processor or len(maps) != 2:
            raise stream.error("expected 'processor', 'map' and 'bound'", stream.pos - 1)
        return cls(processor, maps["map"], maps["bound"])

    def text(self, _spell: Spell) -> str:
        maps = f"map = {affine_map_text(self.map)}, bound = {affine_map_text(self.bound)}"
        return f"<processor = {self.processor}, {maps}>"


def is_target(attribute: Attribute) -> bool:
    """Whether an attribute may say what a module is compiled for: those that do are of dialects that are not known here."""
    return isinstance(attribute, OpaqueAttr)


FORMATS = ("offload", "assembly", "bin", "fatbin")


class Object(Attribute):
    """`#gpu.object<#nvvm.target, bin = "…">`: compiled code for a target."""

    name: ClassVar[str] = "gpu.object"

    target: Attribute
    format: str
    data: str
    properties: Attribute | None = None

    def check(self) -> None:
        if not is_target(self.target):
            raise ValueError("the target attribute must implement or promise the `gpu::TargetAttrInterface`")
        if self.format not in FORMATS:
            raise ValueError(f"expected one of {', '.join(FORMATS)}, got '{self.format}'")

    @classmethod
    def parse(cls, stream: TokenStream) -> Attribute:
        stream.expect("<")
        target = parse_attribute(stream)
        stream.expect(",")
        properties: Attribute | None = None
        if stream.accept("properties"):
            stream.expect("=")
            properties = DictionaryAttr.of(parse_optional_attribute_dict(stream))
            stream.expect(",")
        format = "fatbin"
        if stream.peek()[:1] != '"':
            format = stream.next()
            stream.expect("=")
        position = stream.pos
        text = stream.next()
        if text[:1] != '"':
            raise stream.error("expected the object, a string", position)
        stream.expect(">")
        return cls(target, format, unquote(stream, text, position), properties)

    def text(self, spell: Spell) -> str:
        properties = f"properties = {spell(self.properties)}, " if self.properties is not None else ""
        format = "" if self.format == "fatbin" else f"{self.format} = "
        return f"<{spell(self.target)}, {properties}{format}{quote(self.data)}>"


class SelectObject(Attribute):
    """`#gpu.select_object<1 : i64>`: which object of a binary is used, by its position or its target; else the first."""

    name: ClassVar[str] = "gpu.select_object"

    target: Attribute | None = None

    def check(self) -> None:
        if self.target is None:
            return
        if isinstance(self.target, IntegerAttr):
            if self.target.value < 0:
                raise ValueError("the object index must be positive")
        elif not is_target(self.target):
            raise ValueError("the target attribute must be a GPU Target attribute")

    @classmethod
    def parse(cls, stream: TokenStream) -> Attribute:
        if not stream.accept("<"):
            return cls()
        target = parse_attribute(stream)
        stream.expect(">")
        return cls(target)

    def text(self, spell: Spell) -> str:
        return "" if self.target is None else f"<{spell(self.target)}>"


for _cls in (LoopDimMap, Object, SelectObject):
    register_attribute(_cls)


def _array_of(what: str, holds: Callable[[Attribute], bool]) -> AttrConstraint:
    def accepts(attribute: Attribute) -> bool:
        return isinstance(attribute, ArrayAttr) and len(attribute.elements) > 0 and all(map(holds, attribute.elements))

    return AttrConstraint(f"{what} with at least 1 elements", accepts)


Targets = _array_of("array of GPU target attributes", is_target)
Objects = _array_of("an array of GPU object attributes", lambda attribute: isinstance(attribute, Object))
OffloadingHandler = AttrConstraint(
    "any attribute with the `OffloadingTranslationAttrTrait` trait.",
    lambda attribute: isinstance(attribute, SelectObject | OpaqueAttr),
)
