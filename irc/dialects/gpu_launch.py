"""Running a kernel: one that is written where it is launched, or a function of a `gpu.module`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from irc.dialects.gpu_async import AsyncStep, parse_async_dependencies, print_async_dependencies
from irc.dialects.gpu_attributions import (
    KEYWORDS,
    WORKGROUP_ATTRIBUTIONS,
    parse_attributions,
    print_attributions,
    states_attributions,
    verify_attributions,
    workgroup_attributions,
)
from irc.dialects.gpu_types import token
from irc.ir.attributes import Attribute, i64_attr
from irc.ir.diagnostic import VerifyError
from irc.ir.location import Location
from irc.ir.region import Region
from irc.ir.traits import AllocationScope, Pure, RecursiveMemoryEffects, Terminator, has_parent
from irc.ir.types import Type, i32, index
from irc.ir.value import BlockArgument, Value
from irc.ods.constraints import I32, Index
from irc.ods.fields import operand, region
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter
    from irc.text.part_parser import Unresolved

POSITIONS = {"clusters": 12, "blocks": 0, "threads": 3}
"""Where the positions of each kind start in the arguments of a kernel's region."""
SIZES = {"clusters": 15, "blocks": 6, "threads": 9}
"""Where the sizes of each kind start there."""


class Terminate(Op, name="gpu.terminator", traits=[Pure, Terminator, has_parent("gpu.launch")]):
    """Ends the region of `gpu.launch`.

    gpu.terminator
    """

    assembly = "attr-dict"


class Launch(AsyncStep, name="gpu.launch", traits=[AllocationScope, RecursiveMemoryEffects]):
    """Runs its region once for each thread of a grid.

    gpu.launch blocks(%bx, %by, %bz) in (%gx = %n, %gy = %one, %gz = %one)
               threads(%tx, %ty, %tz) in (%sx = %k, %sy = %one, %sz = %one) {
      gpu.terminator
    }
    """

    gridSizeX: Value = operand(Index)
    gridSizeY: Value = operand(Index)
    gridSizeZ: Value = operand(Index)
    blockSizeX: Value = operand(Index)
    blockSizeY: Value = operand(Index)
    blockSizeZ: Value = operand(Index)
    body: Region = region()
    clusterSizeX: Value | None = operand(Index, default=None)
    clusterSizeY: Value | None = operand(Index, default=None)
    clusterSizeZ: Value | None = operand(Index, default=None)
    dynamicSharedMemorySize: Value | None = operand(I32, default=None)

    @property
    def cluster_sizes(self) -> list[Value]:
        """The three sizes of a cluster, or none."""
        sizes = (self.clusterSizeX, self.clusterSizeY, self.clusterSizeZ)
        return [size for size in sizes if size is not None]

    @property
    def grid_sizes(self) -> dict[str, list[Value]]:
        """The three numbers of clusters (where there are any), of blocks and of threads."""
        sizes = {
            "clusters": self.cluster_sizes,
            "blocks": [self.gridSizeX, self.gridSizeY, self.gridSizeZ],
            "threads": [self.blockSizeX, self.blockSizeY, self.blockSizeZ],
        }
        return {kind: values for kind, values in sizes.items() if values}

    @property
    def attributions(self) -> list[BlockArgument]:
        """The buffers of the workgroup, then the private ones."""
        return self.body.entry.arguments[6 * len(self.grid_sizes) :]

    def verify(self) -> None:
        if len(self.cluster_sizes) not in (0, 3):
            raise VerifyError("cluster size must be all present")
        count = 0 if self.body.is_empty else len(self.body.entry.arguments)
        if count < 6 * len(self.grid_sizes) + workgroup_attributions(self):
            raise VerifyError("unexpected number of region arguments")
        verify_attributions(self, self.attributions)
        for block in self.body:
            last = block.last
            if last is not None and not last.successors and not isinstance(last, Terminate):
                raise VerifyError("expected 'gpu.terminator' or a terminator with successors")

    def fits_custom_form(self) -> bool:
        """The text says nothing of the types of positions and sizes."""
        if not states_attributions(self):
            return False
        arguments = self.body.entry.arguments[: 6 * len(self.grid_sizes)]
        return all(argument.type is index for argument in arguments)

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        tokens, dependencies = parse_async_dependencies(p)
        arguments: dict[int, Unresolved] = {}
        sizes: dict[str, list[Unresolved]] = {"blocks": [], "threads": [], "clusters": []}
        for kind in ("clusters", "blocks", "threads"):
            if kind == "clusters" and p.stream.peek() != kind:
                continue
            p.stream.expect(kind)
            sizes[kind] = _parse_sizes(p, kind, arguments)
        memory = [p.operand()] if p.stream.accept("dynamic_shared_memory_size") else []
        entry: list[tuple[Unresolved, Type]] = [(arguments[i], index) for i in sorted(arguments)]
        locations: list[Location] = [p.stream.location(name) for name, _ in entry]
        groups = [parse_attributions(p, keyword, with_attributes=False) for keyword in KEYWORDS]
        for group in groups:
            entry += group.arguments
            locations += group.locations
        # The operands are looked up before the region, whose names are not visible to them.
        operands = [p.resolve(name, token) for name in dependencies]
        operands += [p.resolve(name, index) for names in sizes.values() for name in names]
        operands += [p.resolve(name, i32) for name in memory]
        segments = [len(dependencies), *[1] * 6, *[len(sizes["clusters"]) // 3] * 3, len(memory)]
        body = p.region(entry, locations=locations)
        attributes: dict[str, Attribute] = {WORKGROUP_ATTRIBUTIONS: i64_attr(len(groups[0].arguments))}
        return p.build(cls, operands, tokens, {**attributes, **p.attr_dict()}, [body], segments=segments)

    def print(self, p: OpPrinter) -> None:
        if self.asyncToken is not None or self.asyncDependencies:
            p(" ")
            print_async_dependencies(p, self)
        arguments = self.body.entry.arguments
        for kind, values in self.grid_sizes.items():
            p(f" {kind}(")
            p.values(arguments[POSITIONS[kind] : POSITIONS[kind] + 3])
            p(") in (")
            for i, value in enumerate(values):
                p(", " if i else "")
                p.value(arguments[SIZES[kind] + i])
                p(" = ")
                p.value(value)
            p(")")
        if self.dynamicSharedMemorySize is not None:
            p(" dynamic_shared_memory_size ")
            p.value(self.dynamicSharedMemorySize)
        count = workgroup_attributions(self)
        print_attributions(p, "workgroup", self.attributions[:count])
        print_attributions(p, "private", self.attributions[count:])
        p(" ")
        p.region(self.body)
        p.attr_dict(self, (WORKGROUP_ATTRIBUTIONS,))


def _parse_sizes(p: OpParser, kind: str, arguments: dict[int, Unresolved]) -> list[Unresolved]:
    """`(%x, %y, %z) in (%a = %n, %b = %n, %c = %n)`: the sizes; the names of the region's arguments by position."""
    position = p.stream.pos
    names = p.operand_list("(", ")")
    if len(names) != 3:
        raise p.stream.error(f"expected 3 names, got {len(names)}", position)
    arguments |= {POSITIONS[kind] + i: name for i, name in enumerate(names)}
    p.stream.expect("in")
    p.stream.expect("(")
    sizes = []
    for i in range(3):
        if i:
            p.stream.expect(",")
        arguments[SIZES[kind] + i] = p.operand()
        p.stream.expect("=")
        sizes.append(p.operand())
    p.stream.expect(")")
    return sizes
