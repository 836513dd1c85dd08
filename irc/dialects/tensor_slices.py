"""The ops of `tensor` that take parts, put parts in, and give elements another shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from irc.dialects._reassociation import Groups, collapsed_shape, groups_attr, groups_of, groups_text, verify_groups
from irc.dialects._slices import (
    LISTS,
    Mixed,
    OffsetsSizesStrides,
    ParsedLists,
    join_mixed,
    parse_mixed,
    print_mixed,
    slice_operands,
    split_mixed,
    static_dims,
    verify_mixed,
    verify_rank_reduced,
)
from irc.ir.attributes import ArrayAttr, Attribute, DenseArrayAttr, IntegerAttr, i64_attr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import DestinationStyle, FoldResult
from irc.ir.traits import Pure, has_parent
from irc.ir.types import Dimension, TensorType, Type, UnrankedTensorType, element_type, index
from irc.ir.value import Value
from irc.ods.constraints import AnyTensor, Index, Tensor
from irc.ods.fields import attribute, operand, result, variadic
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter


def ranked(value: Value) -> TensorType:
    """The type of a value that is known to be a ranked tensor."""
    type = value.type
    assert isinstance(type, TensorType)
    return type


class ExtractSlice(OffsetsSizesStrides, Op, name="tensor.extract_slice", traits=[Pure]):
    """A strided part of a tensor; the result may leave out unit dimensions.

    %s = tensor.extract_slice %t[%i, 0] [50, 64] [1, 1] : tensor<100x64xf32> to tensor<50x64xf32>
    """

    source: Value = operand(Tensor)
    offsets: Sequence[Value] = variadic(Index)
    sizes: Sequence[Value] = variadic(Index)
    strides: Sequence[Value] = variadic(Index)
    static_offsets: DenseArrayAttr = attribute(DenseArrayAttr)
    static_sizes: DenseArrayAttr = attribute(DenseArrayAttr)
    static_strides: DenseArrayAttr = attribute(DenseArrayAttr)
    result: Value = result(Tensor)

    @classmethod
    def of(
        cls, source: Value, offsets: Sequence[Mixed], sizes: Sequence[Mixed], strides: Sequence[Mixed]
    ) -> ExtractSlice:
        """The slice of full rank; entries are values or numbers."""
        return cls(source, *slice_operands(offsets, sizes, strides))

    def infer(self) -> Sequence[Type]:
        type = ranked(self.source)
        return (TensorType(static_dims(self.static_sizes), type.element_type, type.encoding),)

    @classmethod
    def parse(cls, p: OpParser) -> ExtractSlice:
        source = p.operand()
        lists = ParsedLists(p)
        attributes = {**p.attr_dict(), **lists.properties}
        p.stream.expect(":")
        type = p.type()
        p.stream.expect("to")
        operands = [p.resolve(source, type), *lists.operands(p)]
        built: ExtractSlice = p.build(cls, operands, [p.type()], attributes, segments=[1, *lists.segments])
        return built

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.source)
        self.print_lists(p)
        p.attr_dict(self, LISTS)
        p(" : ")
        p.type(self.source.type)
        p(" to ")
        p.type(self.result.type)

    def verify(self) -> None:
        rank = ranked(self.source).rank
        self.verify_lists(rank, rank)
        (expected,) = self.infer()
        assert isinstance(expected, TensorType)
        verify_rank_reduced(ranked(self.result), expected)

    def fold(self, *constants: Attribute | None) -> FoldResult:
        type = ranked(self.source)
        whole = self.result.type is type and type.has_static_shape
        if whole and _is_whole(self.mixed_offsets, self.mixed_strides):
            return self.source
        return None


def _is_whole(offsets: Sequence[Mixed], strides: Sequence[Mixed]) -> bool:
    return all(entry == 0 for entry in offsets) and all(entry == 1 for entry in strides)


class Insertion(OffsetsSizesStrides, Op):
    """What the ops that put a tensor into a strided part of another share."""

    source: Value = operand(Tensor)
    dest: Value = operand(Tensor)
    offsets: Sequence[Value] = variadic(Index)
    sizes: Sequence[Value] = variadic(Index)
    strides: Sequence[Value] = variadic(Index)
    static_offsets: DenseArrayAttr = attribute(DenseArrayAttr)
    static_sizes: DenseArrayAttr = attribute(DenseArrayAttr)
    static_strides: DenseArrayAttr = attribute(DenseArrayAttr)

    @classmethod
    def parse(cls, p: OpParser) -> Insertion:
        source = p.operand()
        p.stream.expect("into")
        dest = p.operand()
        lists = ParsedLists(p)
        attributes = {**p.attr_dict(), **lists.properties}
        p.stream.expect(":")
        source_type = p.type()
        p.stream.expect("into")
        type = p.type()
        operands = [p.resolve(source, source_type), p.resolve(dest, type), *lists.operands(p)]
        results = [type] if cls.layout.results else []
        built: Insertion = p.build(cls, operands, results, attributes, segments=[1, 1, *lists.segments])
        return built

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.source)
        p(" into ")
        p.value(self.dest)
        self.print_lists(p)
        p.attr_dict(self, LISTS)
        p(" : ")
        p.type(self.source.type)
        p(" into ")
        p.type(self.dest.type)

    def verify(self) -> None:
        type = ranked(self.dest)
        self.verify_lists(type.rank, type.rank)
        verify_rank_reduced(ranked(self.source), TensorType(static_dims(self.static_sizes), type.element_type))


class InsertSlice(DestinationStyle, Insertion, name="tensor.insert_slice", traits=[Pure]):
    """A tensor with a strided part replaced; the source may leave out unit dimensions.

    %u = tensor.insert_slice %s into %t[%i, 0] [50, 64] [1, 1] : tensor<50x64xf32> into tensor<100x64xf32>
    """

    result: Value = result(Tensor)

    @classmethod
    def of(
        cls, source: Value, dest: Value, offsets: Sequence[Mixed], sizes: Sequence[Mixed], strides: Sequence[Mixed]
    ) -> InsertSlice:
        """The insertion; entries are values or numbers."""
        return cls(source, dest, *slice_operands(offsets, sizes, strides))

    @property
    def destinations(self) -> Sequence[Value]:
        return (self.dest,)

    def infer(self) -> Sequence[Type]:
        return (self.dest.type,)

    def verify(self) -> None:
        if self.result.type is not self.dest.type:
            raise VerifyError("failed to verify that expected result type to match dest type")
        Insertion.verify(self)

    def fold(self, *constants: Attribute | None) -> FoldResult:
        type = ranked(self.dest)
        whole = self.source.type is type and type.has_static_shape
        if whole and _is_whole(self.mixed_offsets, self.mixed_strides):
            return self.source
        return None


class ParallelInsertSlice(
    Insertion, name="tensor.parallel_insert_slice", traits=[has_parent("scf.forall.in_parallel")]
):
    """What a task puts into a shared output of `scf.forall`.

    tensor.parallel_insert_slice %s into %o[%i] [4] [1] : tensor<4xf32> into tensor<16xf32>
    """


class ExpandShape(Op, name="tensor.expand_shape", traits=[Pure]):
    """Each dimension cut into several.

    %e = tensor.expand_shape %t [[0, 1], [2]] output_shape [%n, 4, 5] : tensor<?x5xf32> into tensor<?x4x5xf32>
    """

    src: Value = operand(Tensor)
    output_shape: Sequence[Value] = variadic(Index)
    reassociation: ArrayAttr = attribute(ArrayAttr)
    static_output_shape: DenseArrayAttr = attribute(DenseArrayAttr)
    result: Value = result(Tensor)

    @classmethod
    def of(cls, src: Value, groups: Sequence[Sequence[int]], shape: Sequence[Mixed]) -> ExpandShape:
        """The expansion to `shape`, of values and numbers."""
        dynamic, static = split_mixed(shape)
        return cls(src, dynamic, groups_attr(groups), static)

    @property
    def groups(self) -> Groups:
        return groups_of(self.reassociation)

    @property
    def mixed_output_shape(self) -> tuple[Mixed, ...]:
        return join_mixed(self.output_shape, self.static_output_shape)

    def infer(self) -> Sequence[Type]:
        type = ranked(self.src)
        return (TensorType(static_dims(self.static_output_shape), type.element_type),)

    @classmethod
    def parse(cls, p: OpParser) -> ExpandShape:
        src = p.operand()
        reassociation = p.attribute()
        p.stream.expect("output_shape")
        dynamic, static = parse_mixed(p)
        attributes = {**p.attr_dict(), "reassociation": reassociation, "static_output_shape": static}
        p.stream.expect(":")
        type = p.type()
        p.stream.expect("into")
        operands = [p.resolve(src, type), *(p.resolve(size, index) for size in dynamic)]
        built: ExpandShape = p.build(cls, operands, [p.type()], attributes)
        return built

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.src)
        p(f" {groups_text(self.groups)} output_shape ")
        print_mixed(p, self.output_shape, self.static_output_shape)
        p.attr_dict(self, ("reassociation", "static_output_shape"))
        p(" : ")
        p.type(self.src.type)
        p(" into ")
        p.type(self.result.type)

    def verify(self) -> None:
        source, type = ranked(self.src), ranked(self.result)
        if len(self.static_output_shape.values) != type.rank:
            raise VerifyError(
                f"expected number of static shape dims to be equal to the output rank ({type.rank}) but found "
                f"{len(self.static_output_shape.values)} inputs instead"
            )
        verify_mixed("output_shape", self.output_shape, self.static_output_shape, type.rank)
        if source.element_type is not type.element_type:
            raise VerifyError(f"expected element type to be '{source.element_type}'")
        verify_groups(type.shape, source.shape, self.groups, expanding=True)
        for i, (static, size) in enumerate(zip(static_dims(self.static_output_shape), type.shape, strict=True)):
            if static is not None and static != size:
                raise VerifyError(f"expected output shape dimension {i} to be static value of {static}")

    def fold(self, src: Attribute | None, *sizes: Attribute | None) -> FoldResult:
        return self.src if self.src.type is self.result.type else None


class CollapseShape(Op, name="tensor.collapse_shape", traits=[Pure]):
    """Neighbouring dimensions joined into one.

    %c = tensor.collapse_shape %t [[0, 1], [2]] : tensor<?x4x5xf32> into tensor<?x5xf32>
    """

    src: Value = operand(Tensor)
    reassociation: ArrayAttr = attribute(ArrayAttr)
    result: Value = result(Tensor)
    assembly = "$src custom<Reassociation>($reassociation) attr-dict `:` type($src) `into` type($result)"

    @classmethod
    def of(cls, src: Value, groups: Sequence[Sequence[int]]) -> CollapseShape:
        return cls(src, groups_attr(groups))

    @property
    def groups(self) -> Groups:
        return groups_of(self.reassociation)

    def infer(self) -> Sequence[Type]:
        type = ranked(self.src)
        return (TensorType(collapsed_shape(type.shape, self.groups), type.element_type),)

    def verify(self) -> None:
        source, type = ranked(self.src), ranked(self.result)
        if source.element_type is not type.element_type:
            raise VerifyError(f"expected element type to be '{source.element_type}'")
        verify_groups(source.shape, type.shape, self.groups, expanding=False)

    def fold(self, src: Attribute | None) -> FoldResult:
        return self.src if self.src.type is self.result.type else None


class Reshape(Op, name="tensor.reshape", traits=[Pure]):
    """The elements in the same order under a shape that is a tensor itself.

    %r = tensor.reshape %t(%shape) : (tensor<4x4xf32>, tensor<1xi32>) -> tensor<16xf32>
    """

    source: Value = operand(AnyTensor)
    shape: Value = operand(Tensor)
    result: Value = result(AnyTensor)
    assembly = "$source `(` $shape `)` attr-dict `:` `(` type($source) `,` type($shape) `)` `->` type($result)"

    def verify(self) -> None:
        source, shape, type = self.source.type, ranked(self.shape), self.result.type
        if element_type(source) is not element_type(type):
            raise VerifyError("element types of source and destination tensor types should be the same")
        if shape.rank != 1:
            raise VerifyError("operand #1 must be 1D tensor of signless integer or index values")
        if isinstance(type, UnrankedTensorType):
            return
        assert isinstance(type, TensorType)
        if shape.shape[0] is None:
            raise VerifyError(
                "cannot use shape operand with dynamic length to reshape to statically-ranked tensor type"
            )
        if shape.shape[0] != type.rank:
            raise VerifyError("length of shape operand differs from the result's tensor rank")
        if not isinstance(source, TensorType) or not source.has_static_shape or not type.has_static_shape:
            return
        if source.num_elements != type.num_elements:
            raise VerifyError("source and destination tensor should have the same number of elements")


class Concat(Op, name="tensor.concat", traits=[Pure]):
    """Tensors one after the other along a dimension.

    %c = tensor.concat dim(0) %a, %b : (tensor<3x6xf32>, tensor<3x6xf32>) -> tensor<6x6xf32>
    """

    inputs: Sequence[Value] = variadic(Tensor)
    dim: IntegerAttr = attribute(IntegerAttr)
    result: Value = result(Tensor)
    assembly = "`dim` `(` custom<Dimension>($dim) `)` $inputs attr-dict `:` functional-type($inputs, $result)"

    def infer(self) -> Sequence[Type]:
        if not self.inputs:
            raise VerifyError("requires at least one input")
        first, axis = ranked(self.inputs[0]), self.dim.value
        if not 0 <= axis < first.rank:
            raise VerifyError("concatenation dim must be less than the tensor rank")
        shape = list(first.shape)
        for each in self.inputs[1:]:
            other = ranked(each)
            if other.rank != first.rank:
                raise VerifyError("rank of concatenated inputs must match")
            if other.element_type is not first.element_type:
                raise VerifyError("inputs must have the same element type")
            for i, size in enumerate(other.shape):
                shape[i] = _joined(shape[i], size) if i == axis else _agreed(shape[i], size)
        return (TensorType(tuple(shape), first.element_type),)

    def verify(self) -> None:
        (expected,) = self.infer()
        type = ranked(self.result)
        assert isinstance(expected, TensorType)
        fits = type.rank == expected.rank and type.element_type is expected.element_type
        if not fits or any(a != b for a, b in zip(type.shape, expected.shape, strict=True) if None not in (a, b)):
            raise VerifyError(f"result type '{type}' does not match inferred shape '{expected}' static sizes")


def _joined(size: Dimension, other: Dimension) -> Dimension:
    return None if size is None or other is None else size + other


def _agreed(size: Dimension, other: Dimension) -> Dimension:
    if size is not None and other is not None and size != other:
        raise VerifyError("static concatenation size mismatch along non-concatenated dimension")
    return other if size is None else size


def parse_reassociation(p: OpParser) -> Attribute:
    return p.attribute()


def print_reassociation(p: OpPrinter, op: CollapseShape) -> None:
    p(groups_text(op.groups))


def parse_dimension(p: OpParser) -> IntegerAttr:
    return i64_attr(p.integer())


def print_dimension(p: OpPrinter, op: Concat) -> None:
    p(str(op.dim.value))
