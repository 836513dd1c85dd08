"""Where arrays lie, by the names of `jax.sharding`: there is one device."""

from __future__ import annotations

from irc.tracing.sharding import Mesh, NamedSharding, PartitionSpec, Sharding, SingleDeviceSharding

__all__ = ["Mesh", "NamedSharding", "PartitionSpec", "Sharding", "SingleDeviceSharding"]
