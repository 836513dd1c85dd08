"""Meshes of devices: groups of processes given by the axes of a mesh."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from irc.dialects.stablehlo_attributes import parse_struct
from irc.ir.attributes import ArrayAttr, Attribute
from irc.ir.interning import Interned
from irc.ods.registry import register_attribute
from irc.text.numbers import parse_integer
from irc.text.strings import quote, unquote

if TYPE_CHECKING:
    from irc.text.lexer import TokenStream

Spell = Callable[[Interned], str]


def _parse_string(stream: TokenStream) -> str:
    position = stream.pos
    token = stream.next()
    return unquote(stream, token, position) if token[:1] == '"' else token


class MeshAxis(Attribute):
    """`#stablehlo.mesh_axis<name = "x", size = 2>`: an axis of a mesh."""

    name: ClassVar[str] = "stablehlo.mesh_axis"

    axis: str
    size: int

    @classmethod
    def parse(cls, stream: TokenStream) -> MeshAxis:
        stream.expect("<")
        found = parse_struct(stream, {"name": _parse_string, "size": parse_integer})
        return cls(found["name"], found["size"])

    def text(self, _spell: Spell) -> str:
        return f"<name = {quote(self.axis)}, size = {self.size}>"


class AxisRef(Attribute):
    """`#stablehlo.axis_ref<name = "x", sub_axis_info = (1)2>`: an axis, or a part of one."""

    name: ClassVar[str] = "stablehlo.axis_ref"

    axis: str
    part: tuple[int, int] | None = None

    @classmethod
    def parse(cls, stream: TokenStream) -> AxisRef:
        stream.expect("<")
        found = parse_struct(stream, {"name": _parse_string, "sub_axis_info": _parse_part})
        return cls(found["name"], found.get("sub_axis_info"))

    def text(self, _spell: Spell) -> str:
        part = f", sub_axis_info = ({self.part[0]}){self.part[1]}" if self.part is not None else ""
        return f"<name = {quote(self.axis)}{part}>"


def _parse_part(stream: TokenStream) -> tuple[int, int]:
    """`(1)2`: how many parts lie before, and the size of this one."""
    stream.expect("(")
    before = parse_integer(stream)
    stream.expect(")")
    return before, parse_integer(stream)


class Mesh(Attribute):
    """`#stablehlo.mesh<axes=[<name = "x", size = 2>]>`: axes with their sizes, and maybe the devices in their order."""

    name: ClassVar[str] = "stablehlo.mesh"

    axes: tuple[Attribute, ...]
    device_ids: Attribute | None = None

    @classmethod
    def parse(cls, stream: TokenStream) -> Mesh:
        stream.expect("<")
        found = parse_struct(stream, {"axes": _parse_axes, "device_ids": lambda s: s.parse_attribute()})
        return cls(found["axes"], found.get("device_ids"))

    def text(self, spell: Spell) -> str:
        axes = ", ".join([spell(axis).removeprefix("#stablehlo.mesh_axis") for axis in self.axes])
        devices = f", device_ids={spell(self.device_ids)}" if self.device_ids is not None else ""
        return f"<axes=[{axes}]{devices}>"


def _parse_axes(stream: TokenStream) -> tuple[Attribute, ...]:
    stream.expect("[")
    axes: list[Attribute] = []
    while not stream.accept("]"):
        if axes:
            stream.expect(",")
        axes.append(MeshAxis.parse(stream) if stream.peek() == "<" else stream.parse_attribute())
    return tuple(axes)


class ReplicaGroupMeshAxes(Attribute):
    """`#stablehlo.replica_group_mesh_axes<mesh = @m, axes = […]>`: the groups that vary along the given axes."""

    name: ClassVar[str] = "stablehlo.replica_group_mesh_axes"

    mesh: Attribute
    axes: Attribute

    @classmethod
    def parse(cls, stream: TokenStream) -> ReplicaGroupMeshAxes:
        position = stream.pos
        stream.expect("<")
        found = parse_struct(stream, {key: lambda s: s.parse_attribute() for key in ("mesh", "axes")})
        if len(found) != 2 or not isinstance(found["axes"], ArrayAttr):
            raise stream.error("expected a mesh and an array of axes", position)
        return cls(found["mesh"], found["axes"])

    def text(self, spell: Spell) -> str:
        return f"<mesh = {spell(self.mesh)}, axes = {spell(self.axes)}>"


for _cls in (MeshAxis, AxisRef, Mesh, ReplicaGroupMeshAxes):
    register_attribute(_cls)
