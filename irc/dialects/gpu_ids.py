"""Where a thread is: its position in the grid, and the sizes of grid, clusters, blocks and subgroups."""

from __future__ import annotations

from irc.dialects.gpu_attributes import Dimension
from irc.ir.attributes import IntegerAttr
from irc.ir.traits import Pure
from irc.ir.value import Value
from irc.ods import attribute_constraints as attributes
from irc.ods.constraints import Index
from irc.ods.fields import attribute, result
from irc.ods.op import Op


class Bounded(Op):
    """Base of numbers that are below `upper_bound` where that is given, or else the behaviour is undefined."""

    upper_bound: IntegerAttr | None = attribute(IntegerAttr, default=None, where=attributes.Index)
    result: Value = result(Index)


class PerDimension(Op):
    """The same, along one dimension."""

    dimension: Dimension = attribute(Dimension)
    upper_bound: IntegerAttr | None = attribute(IntegerAttr, default=None, where=attributes.Index)
    result: Value = result(Index)
    assembly = "$dimension (`upper_bound` $upper_bound^)? attr-dict"

    def result_name_hint(self) -> str:
        return f"{self.name.removeprefix('gpu.')}_{self.dimension.value}"


class ThreadId(PerDimension, name="gpu.thread_id", traits=[Pure]):
    """The position of the thread in its block.

    %x = gpu.thread_id x
    """


class BlockDim(PerDimension, name="gpu.block_dim", traits=[Pure]):
    """The number of threads in a block.

    %n = gpu.block_dim x upper_bound 1024
    """


class BlockId(PerDimension, name="gpu.block_id", traits=[Pure]):
    """The position of the block in the grid.

    %y = gpu.block_id y
    """


class GridDim(PerDimension, name="gpu.grid_dim", traits=[Pure]):
    """The number of blocks in the grid.

    %n = gpu.grid_dim z
    """


class GlobalId(PerDimension, name="gpu.global_id", traits=[Pure]):
    """The position of the thread in the grid: `block_id * block_dim + thread_id`.

    %i = gpu.global_id x
    """


class ClusterDim(PerDimension, name="gpu.cluster_dim", traits=[Pure]):
    """The number of clusters in the grid.

    %n = gpu.cluster_dim x
    """


class ClusterDimBlocks(PerDimension, name="gpu.cluster_dim_blocks", traits=[Pure]):
    """The number of blocks in a cluster.

    %n = gpu.cluster_dim_blocks x
    """


class ClusterId(PerDimension, name="gpu.cluster_id", traits=[Pure]):
    """The position of the cluster in the grid.

    %x = gpu.cluster_id x
    """


class ClusterBlockId(PerDimension, name="gpu.cluster_block_id", traits=[Pure]):
    """The position of the block in its cluster.

    %x = gpu.cluster_block_id x
    """


class LaneId(Bounded, name="gpu.lane_id", traits=[Pure]):
    """The position of the thread in its subgroup.

    %lane = gpu.lane_id
    """

    assembly = "(`upper_bound` $upper_bound^)? attr-dict"


class SubgroupId(Bounded, name="gpu.subgroup_id", traits=[Pure]):
    """The position of the subgroup in the block.

    %s = gpu.subgroup_id : index
    """

    assembly = "(`upper_bound` $upper_bound^)? attr-dict `:` type($result)"


class NumSubgroups(Bounded, name="gpu.num_subgroups", traits=[Pure]):
    """The number of subgroups in a block.

    %n = gpu.num_subgroups : index
    """

    assembly = "(`upper_bound` $upper_bound^)? attr-dict `:` type($result)"


class SubgroupSize(Bounded, name="gpu.subgroup_size", traits=[Pure]):
    """The number of threads in a subgroup.

    %n = gpu.subgroup_size upper_bound 64 : index
    """

    assembly = "(`upper_bound` $upper_bound^)? attr-dict `:` type($result)"
