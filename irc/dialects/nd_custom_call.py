"""Calls out of the program: `nd.custom_call`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from irc.dialects.nd_base import NdOp
from irc.ir.attributes import Attribute, DictionaryAttr, StringAttr, UnitAttr
from irc.ir.diagnostic import VerifyError, counted
from irc.ir.interfaces import Effect, FoldResult, MemoryEffects
from irc.ir.types import ComplexType, FloatType, IndexType, IntegerType, MemRefType, TensorType, Type
from irc.ir.value import Value
from irc.ods.constraints import Constraint, Index, is_a
from irc.ods.fields import attribute, variadic, variadic_results

_Argument = Constraint(
    "ranked tensor, memref or number", is_a(TensorType, MemRefType, IntegerType, IndexType, FloatType, ComplexType)
)
_Storage = Constraint("ranked tensor or memref", is_a(TensorType, MemRefType))
_Tensor = Constraint("ranked tensor of any type values", is_a(TensorType))

NO_OPTIONS = DictionaryAttr(())


class CustomCall(NdOp, MemoryEffects, name="nd.custom_call"):
    """A call of a Python function that is registered by name (`irc.custom_calls`), as StableHLO's `custom_call`.

    The types of the results say their sizes, with one operand after `sizes` for each `?` of theirs, and their element
    types; the function fills them. It must not write to its operands. Without `side_effects` it also must give the same
    for the same operands, and the call may be left out, repeated or moved. `options` become keywords of the function; see
    `irc.custom_calls.python_value`. An exception of the function, and a name that is not registered, is an error at the
    op when the program runs.

    With `into` the results are put into storage that is given away, one for each result. On buffers, where `into` says
    what is written, there are no results.

    %w, %v = nd.custom_call @irc.eigh(%a) options {lower = true} : (tensor<3x3xf32>) -> (tensor<3xf32>, tensor<3x3xf32>)
    """

    target: StringAttr = attribute(StringAttr)
    inputs: Sequence[Value] = variadic(_Argument)
    dims: Sequence[Value] = variadic(Index, default=())
    into: Sequence[Value] = variadic(_Storage, default=())
    options: DictionaryAttr = attribute(DictionaryAttr, default=None, absent=NO_OPTIONS)
    side_effects: UnitAttr | None = attribute(UnitAttr, default=None)
    outputs: Sequence[Value] = variadic_results(_Tensor)

    assembly = (
        "custom<Target>($target) `(` $inputs `)` (`sizes` `(` $dims^ `)`)? (`into` `(` $into^ `:` type($into) `)`)? "
        "(`side_effects` $side_effects^)? (`options` $options^)? attr-dict `:` functional-type($inputs, $outputs)"
    )

    @property
    def destinations(self) -> Sequence[Value]:
        return self.into if self.outputs else ()

    def forget_destination(self) -> None:
        count = len(self.into) if self.outputs else 0
        if count:
            sizes = [len(self.inputs), len(self.dims), 0]
            self.operands = self.operands[:-count]
            self.set_segments(sizes)

    def effects(self) -> Sequence[Effect]:
        if self.side_effects is not None:
            return Effect("read"), Effect("write")
        reads = [Effect("read", value) for value in self.inputs if isinstance(value.type, MemRefType)]
        return [*reads, *(Effect("write", value) for value in self.into if isinstance(value.type, MemRefType))]

    def fold(self, *constants: Attribute | None) -> FoldResult:
        return None

    def verify(self) -> None:
        dynamic = sum(_shaped(value).num_dynamic_dims for value in self.outputs)
        expected = 0 if self.into else dynamic
        if len(self.dims) != expected:
            raise VerifyError(
                f"expected {counted(expected, 'size')} for the dynamic dimensions of the results, got {len(self.dims)}"
            )
        if any(isinstance(value.type, MemRefType) for value in self.into):
            if self.outputs or any(isinstance(value.type, TensorType) for value in (*self.inputs, *self.into)):
                raise VerifyError("a call on buffers has neither tensors nor results")
        elif self.into and [value.type for value in self.into] != [value.type for value in self.outputs]:
            raise VerifyError("the types after 'into' are not those of the results")


def _shaped(value: Value) -> TensorType:
    assert isinstance(value.type, TensorType)
    return value.type


def parse_target(p: Any) -> StringAttr:
    name = p.symbol_name()
    assert isinstance(name, StringAttr)
    return name


def print_target(p: Any, op: CustomCall) -> None:
    p.symbol(op.target.value)


def call_of(
    name: str,
    inputs: Sequence[Value],
    results: Sequence[Type],
    options: Mapping[str, Attribute],
    dims: Sequence[Value] = (),
    into: Sequence[Value] = (),
    *,
    side_effects: bool = False,
) -> CustomCall:
    """A call of a registered function."""
    given = DictionaryAttr.of(options)
    effects = UnitAttr() if side_effects else None
    return CustomCall(StringAttr(name), inputs, dims, into, given, effects, result_types=results)
