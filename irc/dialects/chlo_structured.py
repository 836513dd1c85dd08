"""Ops of `chlo` that are not elementwise: constants, top_k, ragged_dot, scan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.dialects import chlo_types as ty
from irc.dialects import stablehlo_types as hlo
from irc.dialects._named_results import NamedResults
from irc.dialects._shape_checks import same_size, shape_text
from irc.dialects.chlo_attributes import Precision, RaggedDotDimensionNumbers
from irc.dialects.stablehlo_attributes import DotDimensionNumbers
from irc.dialects.stablehlo_base import StablehloOp, same_operands_and_result_shape
from irc.dialects.stablehlo_contraction import check_shape, dot_sizes
from irc.dialects.stablehlo_reducers import block_of, returned
from irc.dialects.stablehlo_shapes import Dim, compatible, dims, of_dims, tensor
from irc.ir.attributes import (
    ArrayAttr,
    Attribute,
    DenseArrayAttr,
    DenseElementsAttr,
    FloatAttr,
    IntegerAttr,
    bool_attr,
)
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import FoldResult, RegionBranch
from irc.ir.region import Region
from irc.ir.traits import ConstantLike, IsolatedFromAbove, Pure, RecursiveMemoryEffects
from irc.ir.types import IntegerType, TensorType, Type, UnrankedTensorType, element_type, i64, with_element_type
from irc.ir.value import Value
from irc.ods import attribute_constraints as ac
from irc.ods import fields as f
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter


class Constant(StablehloOp, name="chlo.constant", traits=[Pure, ConstantLike]):
    """A tensor that is known.

    %c = chlo.constant dense<1> : tensor<2xi32>
    """

    value: DenseElementsAttr = f.attribute(DenseElementsAttr)
    output: Value = f.result(hlo.static(*hlo.NUMBERS, hlo.Quantized))
    assembly = "attr-dict $value"

    def infer(self) -> Sequence[Type]:
        return [self.value.type]

    def fold(self) -> FoldResult:
        return self.value


class LikeConstant(StablehloOp, name="chlo.constant_like", traits=[Pure]):
    """A number everywhere, in the shape of the operand.

    %y = "chlo.constant_like"(%x) <{value = 1.0 : f32}> : (tensor<?x8xf32>) -> tensor<?x8xf32>
    """

    value: FloatAttr | IntegerAttr = f.attribute(FloatAttr, IntegerAttr)
    operand: Value = f.operand(ty.Tensor)
    result: Value = f.result(ty.Tensor)
    checks = (same_operands_and_result_shape,)

    def infer(self) -> Sequence[Type]:
        return [with_element_type(self.operand.type, self.value.type)]

    def verify(self) -> None:
        if self.value.type is not element_type(self.result.type):
            raise VerifyError("value's type doesn't match element return type")
        StablehloOp.verify(self)


class TopK(NamedResults, StablehloOp, name="chlo.top_k", traits=[Pure]):
    """The `k` largest elements along the last dimension, and where they are.

    %v, %i = chlo.top_k(%x, k = 2) : tensor<4x8xf32> -> (tensor<4x2xf32>, tensor<4x2xi32>)
    """

    operand: Value = f.operand(ty.Tensor)
    k: IntegerAttr = f.attribute(IntegerAttr, where=ac.I64)
    is_stable: IntegerAttr = f.attribute(IntegerAttr, default=None, absent=bool_attr(True), where=ac.Bool)
    values: Value = f.result(ty.Tensor)
    indices: Value = f.result(ty.Tensor)
    assembly = (
        "`(` $operand `,` `k` `=` $k (`,` `is_stable` `=` $is_stable^)? `)` attr-dict "
        "`:` type($operand) `->` `(` type($values) `,` type($indices) `)`"
    )

    def infer(self) -> Sequence[Type]:
        operand, k = self.operand.type, self.k.value
        if not isinstance(operand, TensorType):
            return [operand, UnrankedTensorType(IntegerType(32))]
        if operand.rank < 1:
            raise VerifyError("operand's rank must be at least 1")
        last = operand.shape[-1]
        if last is not None and last < k:
            raise VerifyError(f"operand's last dimension must be at least {k}")
        sizes = [*dims(operand)[:-1], Dim(k)]
        return [of_dims(sizes, operand.element_type), of_dims(sizes, IntegerType(32))]


class RaggedDot(StablehloOp, name="chlo.ragged_dot", traits=[Pure]):
    """A dot of which one dimension of lhs is cut into groups, each with its own rhs.

    %y = "chlo.ragged_dot"(%a, %b, %sizes) <{
      ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1],
                                                      lhs_ragged_dimensions = [0], rhs_group_dimensions = [0]>
    }> : (tensor<11x5xf32>, tensor<3x5x7xf32>, tensor<3xi64>) -> tensor<11x7xf32>
    """

    lhs: Value = f.operand(ty.Tensor)
    rhs: Value = f.operand(ty.Tensor)
    group_sizes: Value = f.operand(hlo.IntTensor)
    ragged_dot_dimension_numbers: RaggedDotDimensionNumbers = f.attribute(RaggedDotDimensionNumbers)
    precision_config: ArrayAttr | None = f.attribute(ArrayAttr, default=None)
    result: Value = f.result(ty.Tensor)

    def verify(self) -> None:
        n, lhs, rhs = self.ragged_dot_dimension_numbers, tensor(self.lhs), tensor(self.rhs)
        asked = self.precision_config.elements if self.precision_config is not None else ()
        if not all(isinstance(entry, Precision) for entry in asked):
            raise VerifyError("attribute 'precision_config' failed to satisfy constraint: Precision Config attribute")
        if len(n.lhs_ragged_dimensions) != 1:
            raise VerifyError("There must be exactly one ragged dimension in the lhs.")
        (ragged,) = n.lhs_ragged_dimensions
        _check_in_range(ragged, "lhs_ragged_dim", lhs.rank, "lhs_rank")
        sizes = dot_sizes(lhs, rhs, _dot_numbers(n))
        self._check_group_sizes(n, lhs, ragged)
        for dim in n.rhs_group_dimensions:
            _check_in_range(dim, "rhs_group_dim", rhs.rank, "rhs_rank")
            for name in ("rhs_batching_dimensions", "rhs_contracting_dimensions"):
                if dim in getattr(n, name):
                    raise VerifyError(f"has duplicated dimension from rhs_group_dimensions and {name}: {dim}")
        check_shape(of_dims(self._grouped(n, rhs, ragged, sizes), tensor(self.result).element_type), self.result)

    def _check_group_sizes(self, n: RaggedDotDimensionNumbers, lhs: TensorType, ragged: int) -> None:
        """Whether there is one list of group sizes, or one for each position along the dimensions before the ragged one."""
        found = tensor(self.group_sizes).shape
        batch, summed = n.lhs_batching_dimensions, n.lhs_contracting_dimensions
        if ragged in batch:
            before = list(batch[: batch.index(ragged)])
        elif ragged in summed:
            before = [*batch, *summed[: summed.index(ragged)]]
        else:
            before = [*batch, *(dim for dim in range(ragged) if dim not in (*batch, *summed))]
        if len(found) == 1:
            return
        if len(found) != len(before) + 1:
            raise VerifyError(f"expected group_sizes to have rank {len(before) + 1}, got {len(found)}")
        wanted = (*(lhs.shape[dim] for dim in before), found[-1])
        if wanted != found:
            raise VerifyError(
                f"group_sizes is expected to have shape [{shape_text(wanted)}], got [{shape_text(found)}]"
            )

    def _grouped(self, n: RaggedDotDimensionNumbers, rhs: TensorType, ragged: int, sizes: list[Dim]) -> list[Dim]:
        """The sizes of the dot with the dimension of the groups put in, or left out."""
        count = dims(tensor(self.group_sizes))[-1]
        if ragged in (*n.lhs_batching_dimensions, *n.lhs_contracting_dimensions):
            if n.rhs_group_dimensions:
                raise VerifyError(
                    "There must be zero group dimensions in the rhs when the ragged dimension is batch or contracting."
                )
            return [count, *sizes] if ragged in n.lhs_contracting_dimensions else sizes
        if len(n.rhs_group_dimensions) != 1:
            raise VerifyError(
                "There must be exactly one group dimension in the rhs when the lhs ragged dimension is non-contracting."
            )
        (group,) = n.rhs_group_dimensions
        if not same_size(count.size, rhs.shape[group]):
            raise VerifyError(f"rhs group dimension is expected to have size={count.size}, got {rhs.shape[group]}")
        # The group dimension of rhs is one of its free dimensions, which come last.
        used = (*n.rhs_batching_dimensions, *n.rhs_contracting_dimensions)
        free = [dim for dim in range(rhs.rank) if dim not in used]
        place = len(sizes) - len(free) + free.index(group)
        return [dim for i, dim in enumerate(sizes) if i != place]


def _dot_numbers(n: RaggedDotDimensionNumbers) -> DotDimensionNumbers:
    return DotDimensionNumbers(
        n.lhs_batching_dimensions,
        n.rhs_batching_dimensions,
        n.lhs_contracting_dimensions,
        n.rhs_contracting_dimensions,
    )


def _check_in_range(dim: int, name: str, end: int, end_name: str) -> None:
    if not 0 <= dim < end:
        raise VerifyError(f"Expects {name} to be in range [0, {end_name}) i.e. [0, {end}). got: {dim}.")


class Scan(StablehloOp, RegionBranch, name="chlo.scan", traits=[IsolatedFromAbove, RecursiveMemoryEffects]):
    """The region applied to the slices along a dimension one after the other, with values carried from one to the next.

    %y:2 = chlo.scan(%x) inits (%c) dimension=0 {
    ^bb0(%a: tensor<8xf32>, %s: tensor<8xf32>):
      %t = stablehlo.add %a, %s : tensor<8xf32>
      stablehlo.return %t, %t : tensor<8xf32>, tensor<8xf32>
    } : (tensor<4x8xf32>, tensor<8xf32>) -> (tensor<4x8xf32>, tensor<8xf32>)
    """

    inputs: Sequence[Value] = f.variadic(ty.Tensor)
    inits: Sequence[Value] = f.variadic(ty.Tensor)
    dimension: IntegerAttr = f.attribute(IntegerAttr, where=ac.I64.non_negative())
    resultSegmentSizes: DenseArrayAttr = f.attribute(DenseArrayAttr)
    body: Region = f.region()
    scan_dim_size: IntegerAttr | None = f.attribute(IntegerAttr, default=None, where=ac.I64.non_negative())
    is_reverse: IntegerAttr = f.attribute(IntegerAttr, default=None, absent=bool_attr(False), where=ac.Bool)
    is_associative: IntegerAttr | None = f.attribute(IntegerAttr, default=None, where=ac.Bool)
    results_: Sequence[Value] = f.variadic_results(ty.Tensor)

    def entry_operands(self, region: Region) -> Sequence[Value]:
        return ()

    @property
    def outputs(self) -> Sequence[Value]:
        """The results that hold what each step gives, one after the other."""
        return self.results[: len(self.results) - len(self.inits)]

    @property
    def carries(self) -> Sequence[Value]:
        """The results that hold the carried values after the last step."""
        return self.results[len(self.results) - len(self.inits) :]

    def _length(self) -> Dim:
        along = self.dimension.value
        size = self.scan_dim_size.value if self.scan_dim_size is not None else None
        for i, value in enumerate(self.inputs):
            if not isinstance(value.type, TensorType):
                raise VerifyError(f"operand {i} is not ranked")
            if along >= value.type.rank:
                raise VerifyError(f"scan dimension of operand {i} is out of bounds")
            found = value.type.shape[along]
            if found is not None and size is not None and found != size:
                raise VerifyError(f"invalid scan dimension size of operand {i}")
            size = found if found is not None else size
        return Dim(size)

    def infer(self) -> Sequence[Type]:
        length, along = self._length(), self.dimension.value
        given = [value.type for value in returned(self.body.entry)]
        types: list[Type] = []
        for type in given[: len(given) - len(self.inits)]:
            if not isinstance(type, TensorType) or along > type.rank:
                raise VerifyError("expects the body to return ranked tensors")
            sizes = dims(type)
            types.append(of_dims([*sizes[:along], length, *sizes[along:]], type.element_type))
        return [*types, *given[len(given) - len(self.inits) :]]

    def verify(self) -> None:
        if not self.inputs and not self.outputs:
            raise VerifyError("at least one of inputs or outputs must be present")
        if tuple(self.resultSegmentSizes.values) != (len(self.outputs), len(self.inits)):
            raise VerifyError("resultSegmentSizes does not match the results")
        self._length()
        arguments = block_of(self.body, "body").arguments
        if len(arguments) != len(self.operands):
            raise VerifyError(f"expects {len(self.operands)} arguments in the body, but got {len(arguments)}")
        for i, (value, argument) in enumerate(zip(self.operands, arguments, strict=True)):
            type = tensor(value)
            if i < len(self.inputs):
                sizes = dims(type)
                del sizes[self.dimension.value]
                type = of_dims(sizes, type.element_type)
            if not compatible(type, argument.type):
                raise VerifyError(f"operand and body argument {i} are incompatible")
        StablehloOp.verify(self)

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        stream = p.stream
        inputs = p.operand_list("(", ")")
        stream.expect("inits")
        inits = p.operand_list("(", ")")
        stream.expect("dimension")
        stream.expect("=")
        attributes: dict[str, Attribute] = {"dimension": p.integer_attribute(i64), **p.attr_dict_with_keyword()}
        body = p.region(isolated=True)
        stream.expect(":")
        position = stream.pos
        signature = p.function_type()
        count = len(signature.results) - len(inits)
        if count < 0:
            raise stream.error("not enough result types to cover the required carries", position)
        attributes["resultSegmentSizes"] = DenseArrayAttr.i32((count, len(inits)))
        operands = p.resolve_all([*inputs, *inits], signature.inputs)
        segments = [len(inputs), len(inits)]
        return p.build(cls, operands, signature.results, attributes, [body], segments=segments)

    def print(self, p: OpPrinter) -> None:
        p("(")
        p.values(self.inputs)
        p(") inits (")
        p.values(self.inits)
        p(f") dimension={self.dimension.value} ")
        p.attr_dict(self, ("dimension", "resultSegmentSizes"), keyword=True)
        p(" ")
        p.region(self.body, bare=False)
        p(" : ")
        p.functional_type(self.operands, self.results)
