"""Ops in which several processes take part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.dialects import stablehlo_types as ty
from irc.dialects._shape_checks import distinct, same_size
from irc.dialects.stablehlo_attributes import ChannelHandle
from irc.dialects.stablehlo_base import StablehloOp, compatible_operands_and_result, same_element_types
from irc.dialects.stablehlo_mesh import ReplicaGroupMeshAxes
from irc.dialects.stablehlo_reducers import block_of, check_reducer
from irc.dialects.stablehlo_reduction import accumulated
from irc.dialects.stablehlo_shapes import Dim, dims, of_dims, same_element, tensor
from irc.ir.attributes import DenseElementsAttr, IntegerAttr, UnitAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import RegionBranch
from irc.ir.region import Region
from irc.ir.traits import SingleBlock
from irc.ir.types import TensorType, Type, with_element_type
from irc.ir.value import Value
from irc.ods import attribute_constraints as ac
from irc.ods import fields as f

Groups = DenseElementsAttr | ReplicaGroupMeshAxes
TableOrAxes = ac.AttrConstraint(
    f"{ac.I64Elements.description} or the axes of a mesh",
    lambda groups: isinstance(groups, ReplicaGroupMeshAxes) or ac.I64Elements.predicate(groups),
)


def _ids(table: DenseElementsAttr) -> list[int]:
    """The numbers of a table; of one whose numbers are all alike the first two pairs, which tell as much as all."""
    from irc.ir.element_bytes import elements  # noqa: PLC0415 - NumPy is loaded only where it is needed

    found: list[int] = elements(table)
    return found * min(table.type.num_elements, 4) if table.is_splat else found


def check_groups(groups: Groups, same_size: bool, global_ids: bool, size: int | None = None) -> None:
    """Whether the rows of the table are disjoint groups of all processes; -1 fills rows up unless `same_size`."""
    if not isinstance(groups, DenseElementsAttr):
        return
    shape = groups.type.static_shape
    if len(shape) != 2:
        raise VerifyError("replica groups should be a rank 2 tensor")
    ids = _ids(groups)
    if global_ids and not ids:
        raise VerifyError("if `use_global_device_ids` is set, the replica groups cannot be empty")
    seen: set[int] = set()
    for each in ids:
        if each == -1:
            if same_size:
                raise VerifyError("Invalid replica id -1")
            continue
        if each in seen:
            raise VerifyError(f"replica id #{each} seen more than once")
        seen.add(each)
    for each in range(len(seen)):
        if each not in seen:
            raise VerifyError(f"replica id #{each} not seen in replica groups")
    if size is not None and shape[1] != size:
        raise VerifyError(f"group size of replica_groups must be {size}")


def _channel(handle: ChannelHandle | None) -> int:
    return handle.handle if handle is not None else 0


def _pairwise_elements(op: Any) -> None:
    if len(op.operands) != len(op.results):
        raise VerifyError("requires the same number of operands and results")
    for operand, result in zip(op.operands, op.results, strict=True):
        if not same_element(tensor(operand).element_type, tensor(result).element_type):
            raise VerifyError("requires the same element type for operand and result at the same position")


class AllGather(StablehloOp, name="stablehlo.all_gather"):
    """The operands of all processes of a group one after the other along a dimension.

    %y = "stablehlo.all_gather"(%x) <{all_gather_dim = 1 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}>
      : (tensor<4x8xf32>) -> tensor<4x16xf32>
    """

    operands_: Sequence[Value] = f.variadic(ty.Tensor)
    all_gather_dim: IntegerAttr = f.attribute(IntegerAttr, where=ac.I64.non_negative())
    replica_groups: Groups = f.attribute(DenseElementsAttr, ReplicaGroupMeshAxes, where=TableOrAxes)
    channel_handle: ChannelHandle | None = f.attribute(ChannelHandle, default=None)
    use_global_device_ids: UnitAttr | None = f.attribute(UnitAttr, default=None)
    outputs: Sequence[Value] = f.variadic_results(ty.Tensor)
    checks = (_pairwise_elements,)

    def verify(self) -> None:
        StablehloOp.verify(self)
        along, global_ids = self.all_gather_dim.value, self.use_global_device_ids is not None
        check_groups(self.replica_groups, True, global_ids)
        if global_ids and _channel(self.channel_handle) < 0:
            raise VerifyError("channel_id cannot be negative when useGlobalDeviceIds is set")
        for value, output in zip(self.operands_, self.results, strict=True):
            operand, result = tensor(value), tensor(output)
            if along >= operand.rank:
                raise VerifyError("all_gather_dim must be a valid index of operand")
            if operand.shape[along] == 0:
                raise VerifyError("dimension size of operand at 'all_gather_dim' cannot be zero")
            if result.rank != operand.rank:
                raise VerifyError("operand and result must have the same rank")
            pairs = enumerate(zip(operand.shape, result.shape, strict=True))
            if not all(i == along or same_size(a, b) for i, (a, b) in pairs):
                raise VerifyError(
                    "operand and result should have the same shape except for the dimension size at 'all_gather_dim'"
                )
            one, all_ = operand.shape[along], result.shape[along]
            if one is not None and all_ is not None and all_ % one:
                raise VerifyError(
                    f"result gather dimension has size {all_}, expected to be a multiple of operand gather dimension "
                    f"size {one}"
                )


class AllReduce(StablehloOp, RegionBranch, name="stablehlo.all_reduce", traits=[SingleBlock]):
    """The operands of all processes of a group combined by the region.

    %y = "stablehlo.all_reduce"(%x) <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> ({
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %s = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %s : tensor<f32>
    }) : (tensor<4xf32>) -> tensor<4xf32>
    """

    operands_: Sequence[Value] = f.variadic(ty.Tensor)
    replica_groups: Groups = f.attribute(DenseElementsAttr, ReplicaGroupMeshAxes, where=TableOrAxes)
    computation: Region = f.region()
    channel_handle: ChannelHandle | None = f.attribute(ChannelHandle, default=None)
    use_global_device_ids: UnitAttr | None = f.attribute(UnitAttr, default=None)
    outputs: Sequence[Value] = f.variadic_results(ty.Tensor)

    def entry_operands(self, region: Region) -> Sequence[Value]:
        return ()

    def infer(self) -> Sequence[Type]:
        types = [tensor(value) for value in self.operands_]
        first = accumulated(self.computation, types[:1])
        return [with_element_type(type, first[0]) for type in types]

    def verify(self) -> None:
        block_of(self.computation, "computation")
        global_ids = self.use_global_device_ids is not None
        check_groups(self.replica_groups, False, global_ids)
        if global_ids and _channel(self.channel_handle) <= 0:
            raise VerifyError(
                f"channel_id must be positive when useGlobalDeviceIds is set but got: {_channel(self.channel_handle)}"
            )
        for value in self.operands_:
            type = tensor(value)
            check_reducer(self.computation.entry, [type], [TensorType((), type.element_type)], [])
        StablehloOp.verify(self)


class ReduceScatter(StablehloOp, RegionBranch, name="stablehlo.reduce_scatter", traits=[SingleBlock]):
    """The operands of all processes of a group combined, and each process given its part along a dimension.

    %y = "stablehlo.reduce_scatter"(%x) <{
      replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>, scatter_dimension = 0 : i64
    }> ({
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %s = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %s : tensor<f32>
    }) : (tensor<4xf32>) -> tensor<2xf32>
    """

    operand: Value = f.operand(ty.Tensor)
    scatter_dimension: IntegerAttr = f.attribute(IntegerAttr, where=ac.I64.non_negative())
    replica_groups: Groups = f.attribute(DenseElementsAttr, ReplicaGroupMeshAxes, where=TableOrAxes)
    computation: Region = f.region()
    channel_handle: ChannelHandle | None = f.attribute(ChannelHandle, default=None)
    use_global_device_ids: UnitAttr | None = f.attribute(UnitAttr, default=None)
    result: Value = f.result(ty.Tensor)

    def entry_operands(self, region: Region) -> Sequence[Value]:
        return ()

    def verify(self) -> None:
        operand, result, along = tensor(self.operand), tensor(self.result), self.scatter_dimension.value
        global_ids = self.use_global_device_ids is not None
        check_groups(self.replica_groups, True, global_ids)
        block = block_of(self.computation, "computation")
        (accumulator,) = check_reducer(block, [operand], [TensorType((), operand.element_type)], [])
        if operand.rank != result.rank:
            raise VerifyError("operand and result should have same rank")
        if along >= operand.rank:
            raise VerifyError("scatter dim should be less than operand/result rank")
        if global_ids and _channel(self.channel_handle) <= 0:
            raise VerifyError(
                f"channel_id must be positive when useGlobalDeviceIds is set but got: {_channel(self.channel_handle)}"
            )
        whole, part = operand.shape[along], result.shape[along]
        if whole is None or part is None:
            return
        for name, size in (("result", part), ("operand", whole)):
            if size == 0:
                raise VerifyError(f"{name} dimension size at scatter_dimension cannot be zero")
        if whole % part:
            raise VerifyError(
                f"operand scatter dimension has size {whole}, expected to be a multiple of result scatter dimension "
                f"size {part}"
            )
        for i, (a, b) in enumerate(zip(operand.shape, result.shape, strict=True)):
            if i != along and not same_size(a, b):
                raise VerifyError(f"non scatter dimensions should be same for operand ({a}) and result ({b})")
        if result.element_type is not accumulator.element_type:
            raise VerifyError(
                f"result element-type is expected to be '{accumulator.element_type}', but got '{result.element_type}'"
            )


class AllToAll(StablehloOp, name="stablehlo.all_to_all"):
    """Each process cuts its operand along a dimension, and joins the parts that it is sent along another.

    %y = "stablehlo.all_to_all"(%x) <{
      split_dimension = 0 : i64, concat_dimension = 1 : i64, split_count = 2 : i64,
      replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>
    }> : (tensor<4x8xf32>) -> tensor<2x16xf32>
    """

    operands_: Sequence[Value] = f.variadic(ty.Tensor)
    split_dimension: IntegerAttr = f.attribute(IntegerAttr, where=ac.I64.non_negative())
    concat_dimension: IntegerAttr = f.attribute(IntegerAttr, where=ac.I64.non_negative())
    split_count: IntegerAttr = f.attribute(IntegerAttr, where=ac.I64.positive())
    replica_groups: Groups = f.attribute(DenseElementsAttr, ReplicaGroupMeshAxes, where=TableOrAxes)
    channel_handle: ChannelHandle | None = f.attribute(ChannelHandle, default=None)
    outputs: Sequence[Value] = f.variadic_results(ty.Tensor)
    checks = (_pairwise_elements,)

    def infer(self) -> Sequence[Type]:
        split, concat, count = self.split_dimension.value, self.concat_dimension.value, self.split_count.value
        check_groups(self.replica_groups, True, False, count)
        types: list[Type] = []
        for value in self.operands_:
            type = tensor(value)
            for name, dim in (("split", split), ("concat", concat)):
                if dim >= type.rank:
                    raise VerifyError(f"AllToAll {name}_dimension {dim} is out-of-bounds for input rank {type.rank}")
            sizes = dims(type)
            size = sizes[split].size
            if size is not None and size % count:
                raise VerifyError(f"split dimension has size {size}, expected to be a multiple of split_count {count}")
            sizes[split] = Dim(*(None if each is None else each // count for each in sizes[split]))
            sizes[concat] = Dim(*(None if each is None else each * count for each in sizes[concat]))
            types.append(of_dims(sizes, type.element_type))
        return types


class CollectiveBroadcast(StablehloOp, name="stablehlo.collective_broadcast"):
    """The operand of the first process of a group.

    %y = "stablehlo.collective_broadcast"(%x) <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}>
      : (tensor<4xf32>) -> tensor<4xf32>
    """

    operand: Value = f.operand(ty.Tensor)
    replica_groups: Groups = f.attribute(DenseElementsAttr, ReplicaGroupMeshAxes, where=TableOrAxes)
    channel_handle: ChannelHandle | None = f.attribute(ChannelHandle, default=None)
    result: Value = f.result(ty.Tensor)
    checks = (compatible_operands_and_result,)

    def infer(self) -> Sequence[Type]:
        return [self.operand.type]

    def verify(self) -> None:
        StablehloOp.verify(self)
        groups = self.replica_groups
        if not isinstance(groups, DenseElementsAttr):
            return
        rank = groups.type.rank
        if rank != 2:
            raise VerifyError(f"replica groups should be a rank 2 tensor,but instead it is of rank {rank}")
        ids = _ids(groups)
        for i, each in enumerate(ids):
            if each < 0:
                raise VerifyError(f"replica_groups values must be positive, but was given {each}")
            if each in ids[:i]:
                raise VerifyError(f"replica id #{each} seen more than once")


class CollectivePermute(StablehloOp, name="stablehlo.collective_permute"):
    """The operand of the process that is paired with this one, zeros if there is none.

    %y = "stablehlo.collective_permute"(%x) <{source_target_pairs = dense<[[0, 1], [1, 0]]> : tensor<2x2xi64>}>
      : (tensor<4xf32>) -> tensor<4xf32>
    """

    operand: Value = f.operand(ty.Tensor)
    source_target_pairs: DenseElementsAttr = f.attribute(DenseElementsAttr, where=ac.I64Elements)
    channel_handle: ChannelHandle | None = f.attribute(ChannelHandle, default=None)
    result: Value = f.result(ty.Tensor)
    checks = (same_element_types,)

    def infer(self) -> Sequence[Type]:
        return [self.operand.type]

    def verify(self) -> None:
        StablehloOp.verify(self)
        type = self.source_target_pairs.type
        if type.rank != 2:
            raise VerifyError(f"expect source_target_pairs attribute to be of rank 2, but got rank {type.rank}")
        if type.shape[1] != 2:
            sizes = ", ".join(map(str, type.shape))
            raise VerifyError(f"expect source_target_pairs attribute of shape (N, 2), but got ({sizes})")
        ids = _ids(self.source_target_pairs)
        if any(each < 0 for each in ids):
            raise VerifyError("replica ids in source_target_pairs must be >= 0.")
        for what, listed in (("sources", ids[::2]), ("targets", ids[1::2])):
            if not distinct(listed):
                raise VerifyError(f"duplicate {what} not allowed.")


class CrossReplicaSum(StablehloOp, name="stablehlo.cross-replica-sum"):
    """The sum of the operands of all replicas of a group.

    %y = "stablehlo.cross-replica-sum"(%x) <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}>
      : (tensor<4xf32>) -> tensor<4xf32>
    """

    operand: Value = f.operand(ty.Tensor)
    replica_groups: DenseElementsAttr = f.attribute(DenseElementsAttr, where=ac.I64Elements)
    result: Value = f.result(ty.Tensor)
    checks = (compatible_operands_and_result,)

    def infer(self) -> Sequence[Type]:
        return [self.operand.type]
