"""Where arrays lie: on the one device, whole. What programs say of meshes is kept and changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.tracing.devices import CPU, Device


class PartitionSpec(tuple[Any, ...]):
    """For each axis of an array the name of the axis of a mesh that it lies along, or `None`."""

    __slots__ = ()

    def __new__(cls, *partitions: Any) -> PartitionSpec:
        return super().__new__(cls, partitions)

    def __repr__(self) -> str:
        return f"PartitionSpec({', '.join(map(repr, self))})"


class Mesh:
    """Devices with names of axes. Raises `ValueError` for more than one device, or names that are not those of its axes."""

    def __init__(self, devices: Any, axis_names: str | Sequence[str]) -> None:
        self.devices = np.asarray(devices, dtype=object)
        self.axis_names = (axis_names,) if isinstance(axis_names, str) else tuple(axis_names)
        if self.devices.size != 1:
            raise ValueError(f"there is one device, so no mesh has {self.devices.size}")
        if self.devices.ndim != len(self.axis_names):
            raise ValueError(f"a mesh of shape {self.devices.shape} has no axes named {self.axis_names}")

    @property
    def shape(self) -> dict[str, int]:
        """The sizes of the axes."""
        return dict(zip(self.axis_names, self.devices.shape, strict=True))

    def __enter__(self) -> Mesh:
        return self

    def __exit__(self, *error: object) -> None:
        """Nothing was changed."""


class Sharding:
    """How an array lies on devices."""

    is_fully_replicated = is_fully_addressable = True

    @property
    def device_set(self) -> set[Device]:
        """The devices."""
        return {CPU}

    def shard_shape(self, global_shape: Sequence[int]) -> tuple[int, ...]:
        """The shape of what lies on a device: the whole."""
        return tuple(global_shape)


class SingleDeviceSharding(Sharding):
    """The whole array on one device."""

    def __init__(self, device: Any = CPU, *, memory_kind: str | None = None) -> None:
        self.device = device

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SingleDeviceSharding)

    def __hash__(self) -> int:
        return hash(SingleDeviceSharding)

    def __repr__(self) -> str:
        return f"SingleDeviceSharding(device={self.device!r})"


class NamedSharding(Sharding):
    """The axes of an array along those of a mesh, which has one device."""

    def __init__(self, mesh: Mesh, spec: PartitionSpec, *, memory_kind: str | None = None) -> None:
        self.mesh, self.spec = mesh, spec

    def __repr__(self) -> str:
        return f"NamedSharding(mesh={self.mesh.shape}, spec={self.spec!r})"
