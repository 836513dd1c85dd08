"""Parts of tensors: slices at fixed and at computed positions, and padding."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import stablehlo_types as ty
from irc.dialects.stablehlo_base import (
    StablehloOp,
    all_match,
    commas,
    same_element_types,
    same_sizes,
    same_types,
)
from irc.dialects.stablehlo_shapes import Dim, constant_integers, dims, of_dims, tensor
from irc.ir.attributes import Attribute, DenseArrayAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import FoldResult
from irc.ir.traits import Pure
from irc.ir.types import Type
from irc.ir.value import Value
from irc.ods import attribute_constraints as ac
from irc.ods import fields as f
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter


def integers(array: DenseArrayAttr) -> list[int]:
    """The elements of an array of integers."""
    return [int(value) for value in array.values]


class Slice(StablehloOp, name="stablehlo.slice", traits=[Pure]):
    """The elements from a start to a limit in steps.

    %y = stablehlo.slice %x [0:4:2, 1:3] : (tensor<4x3xf32>) -> tensor<2x2xf32>
    """

    operand: Value = f.operand(ty.Tensor)
    start_indices: DenseArrayAttr = f.attribute(DenseArrayAttr, where=ac.I64Array)
    limit_indices: DenseArrayAttr = f.attribute(DenseArrayAttr, where=ac.I64Array)
    strides: DenseArrayAttr = f.attribute(DenseArrayAttr, where=ac.I64Array)
    result: Value = f.result(ty.Tensor)
    checks = (same_element_types, same_sizes("start_indices", "limit_indices", "strides"))
    assembly = (
        "$operand custom<SliceRanges>($start_indices, $limit_indices, $strides) attr-dict "
        "`:` functional-type(operands, results)"
    )

    def infer(self) -> Sequence[Type]:
        operand = tensor(self.operand)
        starts, limits, strides = map(integers, (self.start_indices, self.limit_indices, self.strides))
        if len(starts) != operand.rank:
            raise VerifyError(
                f"the number of elements in start_indices ({len(starts)}) does not match the rank of the operand "
                f"({operand.rank})"
            )
        sizes = []
        for i, (start, limit, stride, dim) in enumerate(zip(starts, limits, strides, dims(operand), strict=True)):
            if start < 0:
                raise VerifyError(f"negative start index {start} in dimension {i}")
            if dim.limit is not None and limit > dim.limit:
                what = "bound" if dim.size is None else "size"
                raise VerifyError(f"limit index {limit} is larger than dimension {what} {dim.limit} in dimension {i}")
            if start > limit:
                raise VerifyError(f"start index {start} is larger than limit index {limit} in dimension {i}")
            if stride <= 0:
                raise VerifyError(f"stride must be positive but got {stride} in dimension {i}")
            sizes.append(Dim((limit - start + stride - 1) // stride))
        return [of_dims(sizes, operand.element_type)]

    def fold(self, _operand: Attribute | None) -> FoldResult:
        whole = set(self.strides.values) <= {1} and self.operand.type is self.result.type
        return self.operand if whole and tensor(self.operand).has_static_shape else None


def parse_slice_ranges(p: OpParser) -> tuple[DenseArrayAttr, DenseArrayAttr, DenseArrayAttr]:
    """`[start:limit:stride, start:limit]`."""
    stream = p.stream
    ranges: list[tuple[int, int, int]] = []
    stream.expect("[")
    while not stream.accept("]"):
        if ranges:
            stream.expect(",")
        start = p.integer()
        stream.expect(":")
        limit = p.integer()
        ranges.append((start, limit, p.integer() if stream.accept(":") else 1))
    starts, limits, strides = zip(*ranges, strict=True) if ranges else ((), (), ())
    return DenseArrayAttr.i64(starts), DenseArrayAttr.i64(limits), DenseArrayAttr.i64(strides)


def print_slice_ranges(p: OpPrinter, op: Slice) -> None:
    ranges = zip(op.start_indices.values, op.limit_indices.values, op.strides.values, strict=True)
    p("[" + ", ".join([f"{a}:{b}" if step == 1 else f"{a}:{b}:{step}" for a, b, step in ranges]) + "]")


def _check_same_elements(values: Sequence[Value]) -> None:
    if len({tensor(value).element_type for value in values}) > 1:
        raise VerifyError("start indices must have same element type")


class DynamicSlice(StablehloOp, name="stablehlo.dynamic_slice", traits=[Pure]):
    """A window at a computed position, moved so that it lies inside.

    %y = stablehlo.dynamic_slice %x, %i, %j, sizes = [1, 4] : (tensor<3x4xf32>, tensor<i64>, tensor<i64>) -> tensor<1x4xf32>
    """

    operand: Value = f.operand(ty.Tensor)
    start_indices: Sequence[Value] = f.variadic(ty.ScalarInt)
    slice_sizes: DenseArrayAttr = f.attribute(DenseArrayAttr, where=ac.I64Array)
    result: Value = f.result(ty.Tensor)
    checks = (all_match("operand", "result"),)

    def infer(self) -> Sequence[Type]:
        operand, sizes, starts = tensor(self.operand), integers(self.slice_sizes), self.start_indices
        if len(sizes) != len(starts):
            raise VerifyError(
                f"has mismatched number of slice sizes ({len(sizes)}) and number of start indices ({len(starts)})"
            )
        if len(starts) != operand.rank:
            raise VerifyError(
                f"has mismatched number of start indices ({len(starts)}) and the rank of operand ({operand.rank})"
            )
        _check_same_elements(starts)
        for i, (size, full) in enumerate(zip(sizes, operand.shape, strict=True)):
            if size < 0:
                raise VerifyError(f"has negative size index to dynamic slice: {size}")
            if full is not None and size > full:
                raise VerifyError(
                    f"has slice size {size} greater than dimension size {full} in dimension {i} of operand"
                )
        return [of_dims([*map(Dim, sizes)], operand.element_type)]

    @classmethod
    def parse(cls, p: OpParser) -> DynamicSlice:
        operands = commas(p)
        p.stream.expect("sizes")
        p.stream.expect("=")
        sizes = p.integer_array()
        attributes = {**p.attr_dict(), "slice_sizes": sizes}
        p.stream.expect(":")
        signature = p.function_type()
        built: DynamicSlice = p.build(cls, p.resolve_all(operands, signature.inputs), signature.results, attributes)
        return built

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.values(self.operands)
        p(f", sizes = [{', '.join(map(str, self.slice_sizes.values))}]")
        p.attr_dict(self, ("slice_sizes",))
        p(" : ")
        p.functional_type(self.operands, self.results)


class DynamicUpdateSlice(StablehloOp, name="stablehlo.dynamic_update_slice", traits=[Pure]):
    """The operand with a window at a computed position replaced.

    %y = stablehlo.dynamic_update_slice %x, %u, %i : (tensor<4xf32>, tensor<2xf32>, tensor<i64>) -> tensor<4xf32>
    """

    operand: Value = f.operand(ty.Tensor)
    update: Value = f.operand(ty.Tensor)
    start_indices: Sequence[Value] = f.variadic(ty.ScalarInt)
    result: Value = f.result(ty.Tensor)
    checks = (all_match("operand", "update", "result"),)
    assembly = "operands attr-dict `:` functional-type(operands, results)"

    def infer(self) -> Sequence[Type]:
        operand, update = tensor(self.operand), tensor(self.update)
        if update.rank != operand.rank:
            raise VerifyError(f"update rank does not match operand rank: {update.rank} vs {operand.rank}.")
        if len(self.start_indices) != operand.rank:
            raise VerifyError(
                f"expects number of start_indices to match operand rank: {len(self.start_indices)} vs {operand.rank}."
            )
        _check_same_elements(self.start_indices)
        for i, (part, full) in enumerate(zip(update.shape, operand.shape, strict=True)):
            if part is not None and full is not None and part > full:
                raise VerifyError(f"expects size at dimension {i} of update to be in range [0, {full}]. Got: {part}.")
        return [self.operand.type]


class RealDynamicSlice(StablehloOp, name="stablehlo.real_dynamic_slice", traits=[Pure]):
    """A slice whose starts, limits and strides are computed.

    %y = stablehlo.real_dynamic_slice %x, %starts, %limits, %strides
      : (tensor<8xf32>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>) -> tensor<?xf32>
    """

    operand: Value = f.operand(ty.Tensor)
    start_indices: Value = f.operand(ty.DimensionVector)
    limit_indices: Value = f.operand(ty.DimensionVector)
    strides: Value = f.operand(ty.DimensionVector)
    result: Value = f.result(ty.Tensor)
    checks = (all_match("operand", "result"), same_types("start_indices", "limit_indices", "strides"))
    assembly = "operands attr-dict `:` functional-type(operands, results)"

    def verify(self) -> None:
        StablehloOp.verify(self)
        rank = tensor(self.operand).rank
        for name in ("start_indices", "limit_indices", "strides"):
            (count,) = tensor(getattr(self, name)).shape
            if count not in (None, rank):
                raise VerifyError(f"has mismatched number of operand rank ({rank}) and {name} size ({count})")


def _padded(dim: Dim, low: int, high: int, interior: int, i: int) -> Dim:
    if dim.limit is None:
        return Dim(None)
    size = low + dim.limit + max(dim.limit - 1, 0) * interior + high
    if size < 0:
        raise VerifyError(f"Padding result in negative {'bound' if dim.size is None else 'size'} for dimension {i}")
    return Dim(None, size) if dim.size is None else Dim(size)


class Pad(StablehloOp, name="stablehlo.pad", traits=[Pure]):
    """The operand with a value put before, behind and between its elements; a negative padding cuts off.

    %y = stablehlo.pad %x, %v, low = [1], high = [0], interior = [2] : (tensor<3xf32>, tensor<f32>) -> tensor<8xf32>
    """

    operand: Value = f.operand(ty.Tensor)
    padding_value: Value = f.operand(ty.ScalarTensor)
    edge_padding_low: DenseArrayAttr = f.attribute(DenseArrayAttr, where=ac.I64Array)
    edge_padding_high: DenseArrayAttr = f.attribute(DenseArrayAttr, where=ac.I64Array)
    interior_padding: DenseArrayAttr = f.attribute(DenseArrayAttr, where=ac.I64Array)
    result: Value = f.result(ty.Tensor)
    checks = (same_element_types, same_sizes("edge_padding_low", "edge_padding_high", "interior_padding"))
    assembly = (
        "$operand `,` $padding_value `,` `low` `=` $edge_padding_low `,` `high` `=` $edge_padding_high `,` "
        "`interior` `=` $interior_padding attr-dict `:` functional-type(operands, results)"
    )

    def infer(self) -> Sequence[Type]:
        operand = tensor(self.operand)
        low, high, interior = map(integers, (self.edge_padding_low, self.edge_padding_high, self.interior_padding))
        if len(low) != operand.rank:
            raise VerifyError(f"edge_padding_low length ({len(low)}) must match operand rank ({operand.rank})")
        for between in interior:
            if between < 0:
                raise VerifyError(f"Interior padding cannot be negative: {between}")
        return [of_dims([*map(_padded, dims(operand), low, high, interior, range(operand.rank))], operand.element_type)]

    def fold(self, _operand: Attribute | None, _padding_value: Attribute | None) -> FoldResult:
        none = not any((*self.edge_padding_low.values, *self.edge_padding_high.values, *self.interior_padding.values))
        return self.operand if none and self.operand.type is self.result.type else None


class DynamicPad(StablehloOp, name="stablehlo.dynamic_pad", traits=[Pure]):
    """Padding whose amounts are computed.

    %y = stablehlo.dynamic_pad %x, %zero, %low, %high, %interior
      : (tensor<8xf32>, tensor<f32>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>) -> tensor<?xf32>
    """

    operand: Value = f.operand(ty.Tensor)
    padding_value: Value = f.operand(ty.ScalarTensor)
    edge_padding_low: Value = f.operand(ty.StaticDimensionVector)
    edge_padding_high: Value = f.operand(ty.StaticDimensionVector)
    interior_padding: Value = f.operand(ty.StaticDimensionVector)
    result: Value = f.result(ty.Tensor)
    checks = (
        all_match("operand", "padding_value", "result"),
        same_types("edge_padding_low", "edge_padding_high", "interior_padding"),
    )
    assembly = "operands attr-dict `:` functional-type(operands, results)"

    def verify(self) -> None:
        StablehloOp.verify(self)
        operand, result = tensor(self.operand), tensor(self.result)
        if operand.rank != result.rank:
            raise VerifyError("failed to verify that all of {operand, result} have same rank")
        (count,) = tensor(self.edge_padding_low).shape
        if count != operand.rank:
            raise VerifyError(f"padding operands size ({count}) must match operand rank ({operand.rank})")
        low, high, interior = map(
            constant_integers, (self.edge_padding_low, self.edge_padding_high, self.interior_padding)
        )
        if interior is not None and min(interior, default=0) < 0:
            raise VerifyError(f"interior_padding must be non-negative, but got {', '.join(map(str, interior))}")
        if low is None or high is None or interior is None:
            return
        for i, (dim, found) in enumerate(zip(dims(operand), result.shape, strict=True)):
            wanted = _padded(dim, low[i], high[i], interior[i], i).size
            if wanted is not None and found is not None and wanted != found:
                raise VerifyError(f"expected output dimension at index {i} to equal {wanted}, but got {found}")
