"""`tensor.gather` and `tensor.scatter`: slices at positions that a tensor holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from irc.ir.attributes import DenseArrayAttr, UnitAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.traits import Pure
from irc.ir.types import Dimension, IndexType, IntegerType, TensorType, Type
from irc.ir.value import Value
from irc.ods.constraints import Constraint, Tensor
from irc.ods.fields import attribute, operand, result
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter

Positions = Constraint(
    "ranked tensor of signless integer or index values",
    lambda type: isinstance(type, TensorType) and isinstance(type.element_type, IntegerType | IndexType),
)


class Gather(Op, name="tensor.gather", traits=[Pure]):
    """Slices of a tensor: the last dimension of `indices` holds positions in `gather_dims`.

    %g = tensor.gather %x[%i] gather_dims([0]) unique : (tensor<4x8xf32>, tensor<2x1xindex>) -> tensor<2x1x8xf32>
    """

    result_name = "gather"

    source: Value = operand(Tensor)
    indices: Value = operand(Positions)
    gather_dims: DenseArrayAttr = attribute(DenseArrayAttr)
    unique: UnitAttr | None = attribute(UnitAttr, default=None)
    result: Value = result(Tensor)
    assembly = (
        "$source `[` $indices `]` `gather_dims` `(` custom<Dims>($gather_dims) `)` (`unique` $unique^)? attr-dict `:` "
        "functional-type(operands, results)"
    )

    def verify(self) -> None:
        _verify("gather", self.gather_dims.values, self.source.type, self.indices.type, self.result.type)


class Scatter(Op, name="tensor.scatter", traits=[Pure]):
    """A tensor with slices replaced by those of another, at positions in `scatter_dims`.

    %s = tensor.scatter %y into %x[%i] scatter_dims([0]) unique
      : (tensor<2x1x8xf32>, tensor<4x8xf32>, tensor<2x1xindex>) -> tensor<4x8xf32>
    """

    result_name = "scatter"

    source: Value = operand(Tensor)
    dest: Value = operand(Tensor)
    indices: Value = operand(Positions)
    scatter_dims: DenseArrayAttr = attribute(DenseArrayAttr)
    unique: UnitAttr | None = attribute(UnitAttr, default=None)
    result: Value = result(Tensor)
    assembly = (
        "$source `into` $dest `[` $indices `]` `scatter_dims` `(` custom<Dims>($scatter_dims) `)` (`unique` $unique^)? "
        "attr-dict `:` functional-type(operands, results)"
    )

    def infer(self) -> Sequence[Type]:
        return (self.dest.type,)

    def verify(self) -> None:
        if self.unique is None:
            raise VerifyError("requires 'unique' attribute to be set")
        if self.result.type is not self.dest.type:
            raise VerifyError("expected the result to have the type of the destination")
        _verify("scatter", self.scatter_dims.values, self.dest.type, self.indices.type, self.source.type)


def _verify(what: str, dims: Sequence[int | float], whole: Type, indices: Type, slices: Type) -> None:
    assert isinstance(whole, TensorType)
    assert isinstance(indices, TensorType)
    assert isinstance(slices, TensorType)
    if not dims:
        raise VerifyError(f"{what}_dims must be non-empty")
    if len(dims) > whole.rank:
        raise VerifyError(f"{what}_dims overflow source rank")
    if any(not 0 <= axis < whole.rank for axis in dims):
        raise VerifyError(f"{what}_dims value must be non-negative and smaller than source rank")
    if list(dims) != sorted(set(dims)):
        raise VerifyError(f"{what}_dims values must be strictly increasing")
    if not indices.rank or indices.shape[-1] != len(dims):
        raise VerifyError(f"expected the last dimension of the indices to be the number of {what}_dims ({len(dims)})")
    full: tuple[Dimension, ...] = tuple(1 if i in dims else size for i, size in enumerate(whole.shape))
    reduced = tuple(size for i, size in enumerate(whole.shape) if i not in dims)
    batch = indices.shape[:-1]
    if slices.shape not in ((*batch, *full), (*batch, *reduced)) or slices.element_type is not whole.element_type:
        expected = TensorType((*batch, *full), whole.element_type)
        shorter = TensorType((*batch, *reduced), whole.element_type)
        raise VerifyError(
            f"{'result' if what == 'gather' else 'source'} type mismatch: expected '{expected}' or its rank-reduced "
            f"variant '{shorter}' (got: '{slices}')"
        )


def parse_dims(p: OpParser) -> DenseArrayAttr:
    return p.integer_array()


def print_dims(p: OpPrinter, op: Gather | Scatter) -> None:
    values = op.gather_dims.values if isinstance(op, Gather) else op.scatter_dims.values
    p(f"[{', '.join(map(str, values))}]")
