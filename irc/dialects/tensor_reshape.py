"""The ops of `tensor` that give elements another shape."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects._reassociation import collapsed_shape, verify_groups
from irc.dialects._reassociation_ops import Collapse, Expansion
from irc.dialects._slices import static_dims, verify_mixed
from irc.dialects.tensor_slices import ranked
from irc.ir.diagnostic import VerifyError
from irc.ir.traits import Pure
from irc.ir.types import TensorType, Type, UnrankedTensorType, element_type
from irc.ir.value import Value
from irc.ods.constraints import AnyTensor, Tensor
from irc.ods.fields import operand, result
from irc.ods.op import Op


class ExpandShape(Expansion, name="tensor.expand_shape", traits=[Pure]):
    """Each dimension cut into several.

    %e = tensor.expand_shape %t [[0, 1], [2]] output_shape [%n, 4, 5] : tensor<?x5xf32> into tensor<?x4x5xf32>
    """

    result_name = "expanded"

    src: Value = operand(Tensor)
    result: Value = result(Tensor)

    def infer(self) -> Sequence[Type]:
        type = ranked(self.src)
        return (TensorType(static_dims(self.static_output_shape), type.element_type),)

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


class CollapseShape(Collapse, name="tensor.collapse_shape", traits=[Pure]):
    """Neighbouring dimensions joined into one.

    %c = tensor.collapse_shape %t [[0, 1], [2]] : tensor<?x4x5xf32> into tensor<?x5xf32>
    """

    result_name = "collapsed"

    src: Value = operand(Tensor)
    result: Value = result(Tensor)

    def infer(self) -> Sequence[Type]:
        type = ranked(self.src)
        return (TensorType(collapsed_shape(type.shape, self.groups), type.element_type),)

    def verify(self) -> None:
        source, type = ranked(self.src), ranked(self.result)
        if source.element_type is not type.element_type:
            raise VerifyError(f"expected element type to be '{source.element_type}'")
        verify_groups(source.shape, type.shape, self.groups, expanding=False)


class Reshape(Op, name="tensor.reshape", traits=[Pure]):
    """The elements in the same order under a shape that is a tensor itself.

    %r = tensor.reshape %t(%shape) : (tensor<4x4xf32>, tensor<1xi32>) -> tensor<16xf32>
    """

    result_name = "reshape"

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
