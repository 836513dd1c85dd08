"""How the threads of a block meet: barriers, shuffles, reductions."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects._named_results import NamedResults
from irc.dialects.gpu_attributes import AllReduceOperation, ShuffleMode
from irc.ir.attributes import UnitAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.region import Region
from irc.ir.traits import IsolatedFromAbove, Pure, ReturnLike, SameOperandsAndResultType, Terminator
from irc.ir.types import FloatType, IntegerType, Type, VectorType, element_type, f32, f64, i32, i64
from irc.ir.value import Value
from irc.ods.constraints import I1, I32, Constraint, Var, is_a
from irc.ods.fields import attribute, operand, region, result, variadic
from irc.ods.op import Op

Number = Constraint("Integer or Float", is_a(IntegerType, FloatType))
RowOfNumbers = Constraint(
    "vector of Integer or Float values of ranks 1",
    lambda type: isinstance(type, VectorType) and type.rank == 1 and Number.accepts(type.element_type),
)
Shuffled = Var("Shuffled", Constraint("i32, i64, f32 or f64", lambda type: type in (i32, i64, f32, f64)))
Reduced = Var("Reduced", Number)
ReducedInSubgroup = Var("Reduced", Number | RowOfNumbers)

_FOR_INTEGERS = frozenset(("minui", "minsi", "maxui", "maxsi", "and", "or", "xor"))
_FOR_FLOATS = frozenset(("minnumf", "maxnumf", "minimumf", "maximumf"))


def verify_reduction(op: AllReduceOperation, type: Type) -> None:
    """Raise `VerifyError` if values of `type` cannot be combined by `op`."""
    scalar = element_type(type)
    if op.value in (_FOR_FLOATS if isinstance(scalar, IntegerType) else _FOR_INTEGERS):
        raise VerifyError(f"`{op.value}` reduction operation is not compatible with type '{type}'")


class Barrier(Op, name="gpu.barrier"):
    """Waits for all threads of the block.

    gpu.barrier
    """

    assembly = "attr-dict"


class Shuffle(NamedResults, name="gpu.shuffle", traits=[Pure]):
    """The value of another lane of the subgroup, and whether that lane is among the first `width`.

    %y, %valid = gpu.shuffle xor %x, %offset, %width : f32
    """

    value: Value = operand(Shuffled)
    offset: Value = operand(I32)
    width: Value = operand(I32)
    mode: ShuffleMode = attribute(ShuffleMode)
    shuffleResult: Value = result(Shuffled)
    valid: Value = result(I1)
    assembly = "$mode $value `,` $offset `,` $width attr-dict `:` type($value)"

    def infer(self) -> Sequence[Type]:
        return self.value.type, I1.only  # type: ignore[return-value]  # there is but one


class Yield(Op, name="gpu.yield", traits=[Pure, Terminator, ReturnLike]):
    """Ends the region of `gpu.all_reduce` with the combined value.

    gpu.yield %x : f32
    """

    values: Sequence[Value] = variadic(default=())
    assembly = "attr-dict ($values^ `:` type($values))?"


class AllReduce(Op, name="gpu.all_reduce", traits=[SameOperandsAndResultType, IsolatedFromAbove]):
    """The values of all threads of the block combined, by an operation or by a region; `uniform`: all threads get here.

    %sum = gpu.all_reduce add %x uniform {} : (f32) -> f32
    %max = gpu.all_reduce %x {
    ^bb0(%a: f32, %b: f32):
      %m = arith.maximumf %a, %b : f32
      gpu.yield %m : f32
    } : (f32) -> f32
    """

    value: Value = operand(Reduced)
    body: Region = region()
    op: AllReduceOperation | None = attribute(AllReduceOperation, default=None)
    uniform: UnitAttr | None = attribute(UnitAttr, default=None)
    result: Value = result(Reduced)
    assembly = "($op^)? $value (`uniform` $uniform^)? $body attr-dict `:` functional-type(operands, results)"

    def verify(self) -> None:
        if (self.op is None) is self.body.is_empty:
            raise VerifyError("expected either an op attribute or a non-empty body")
        type = self.value.type
        if self.op is not None:
            verify_reduction(self.op, type)
            return
        arguments = self.body.entry.arguments
        if len(arguments) != 2:
            raise VerifyError("expected two region arguments")
        if any(argument.type is not type for argument in arguments):
            raise VerifyError("incorrect region argument type")
        yields = [block.last for block in self.body if isinstance(block.last, Yield)]
        if not yields:
            raise VerifyError("expected gpu.yield op in region")
        for end in yields:
            if len(end.values) != 1:
                raise VerifyError("expected one gpu.yield operand")
            if end.values[0].type is not type:
                raise VerifyError("incorrect gpu.yield type")


class SubgroupReduce(Op, name="gpu.subgroup_reduce", traits=[SameOperandsAndResultType]):
    """The values of all threads of the subgroup combined; of vectors, element by element.

    %sum = gpu.subgroup_reduce add %x : (f32) -> f32
    """

    value: Value = operand(ReducedInSubgroup)
    op: AllReduceOperation = attribute(AllReduceOperation)
    uniform: UnitAttr | None = attribute(UnitAttr, default=None)
    result: Value = result(ReducedInSubgroup)
    assembly = "$op $value (`uniform` $uniform^)? attr-dict `:` functional-type(operands, results)"

    def verify(self) -> None:
        type = self.value.type
        if isinstance(type, VectorType) and any(type.scalable):
            raise VerifyError("is not compatible with scalable vector types")
        verify_reduction(self.op, type)
