"""The ops of `ad` that say what is computed again in an adjoint rather than stored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.ir.attributes import ArrayAttr, StringAttr, UnitAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import RegionBranch
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.traits import (
    ConstantLike,
    NoRegionArguments,
    Pure,
    RecursiveMemoryEffects,
    ReturnLike,
    SingleBlock,
    Terminator,
)
from irc.ir.types import TensorType, Type
from irc.ir.value import Value
from irc.ods.constraints import AnyType
from irc.ods.fields import attribute, operand, region, result, variadic, variadic_results
from irc.ods.op import Op
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter


class Yield(Op, name="ad.yield", traits=[Pure, Terminator, ReturnLike]):
    """Ends the region of `ad.checkpoint` and gives its values.

    ad.yield %x : f32
    """

    inputs: Sequence[Value] = variadic(default=())
    assembly = "attr-dict ($inputs^ `:` type($inputs))?"


class Checkpoint(
    Op, RegionBranch, name="ad.checkpoint", traits=[SingleBlock, RecursiveMemoryEffects, NoRegionArguments]
):
    """Runs a region. An adjoint stores nothing of it but the results of the operations named in `save`, and runs it again.

    It also stores the values that `ad.checkpoint_name` has given a name in `save_named`, and none that has one in
    `recompute_named`. "*" stands for all names; with `unbatched`, matrices that are multiplied by one of their own each are not
    stored.

    %y = ad.checkpoint -> tensor<4xf32> {
      %s = nd.sin %x : tensor<4xf32>
      ad.yield %s : tensor<4xf32>
    } {save = ["nd.matmul"]}
    """

    body: Region = region()
    save: ArrayAttr = attribute(ArrayAttr, default=ArrayAttr(()))
    save_named: ArrayAttr = attribute(ArrayAttr, default=ArrayAttr(()))
    recompute_named: ArrayAttr = attribute(ArrayAttr, default=ArrayAttr(()))
    unbatched: UnitAttr | None = attribute(UnitAttr, default=None)
    outputs: Sequence[Value] = variadic_results(AnyType)

    def entry_operands(self, region: Region) -> Sequence[Value]:
        return ()

    def verify(self) -> None:
        last = None if self.body.is_empty else self.body.entry.last
        if not isinstance(last, Yield):
            raise VerifyError("expects a region that ends with 'ad.yield'")
        found, expected = [value.type for value in last.operands], [result.type for result in self.results]
        if found != expected:
            raise VerifyError(f"yields ({_listed(found)}), but has results ({_listed(expected)})")
        if not all(isinstance(name, StringAttr) for name in self.save.elements):
            raise VerifyError(f"'save' must be an array of names of operations, got '{self.save}'")
        for what, names in (("save_named", self.save_named), ("recompute_named", self.recompute_named)):
            if not all(isinstance(name, StringAttr) for name in names.elements):
                raise VerifyError(f"'{what}' must be an array of names of values, got '{names}'")

    def stores(self, op: Operation) -> bool:
        """Whether the results of an operation of the region are stored."""
        # A name is one of the value that it is given to, which stands for both.
        tags = {tag for value in op.results for tag in _tags(value)}
        if ConstantLike in op.traits or isinstance(op, CheckpointName):
            return False
        if any(_has(self.recompute_named, tag) for tag in tags):
            return False
        if any(_has(self.save_named, tag) for tag in tags):
            return True
        if self.unbatched is not None and all(_rank(operand) > 2 for operand in op.operands):
            return False
        return _has(self.save, op.name)

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        types = p.optional_arrow_types()
        body = p.region([])
        return p.build(cls, [], types, p.attr_dict(), [body])

    def print(self, p: OpPrinter) -> None:
        p.arrow_types([result.type for result in self.results])
        p(" ")
        p.region(self.body)
        p.attr_dict(self)


class CheckpointName(Op, name="ad.checkpoint_name", traits=[Pure]):
    """Its operand, with a name by which `ad.checkpoint` knows whether it is stored or computed again.

    %y = ad.checkpoint_name "hidden" %x : tensor<4xf32>
    """

    tag: StringAttr = attribute(StringAttr)
    input: Value = operand(AnyType)
    output: Value = result(AnyType)
    assembly = "$tag $input attr-dict `:` type($input)"

    def infer(self) -> Sequence[Type]:
        return [self.input.type]

    def verify(self) -> None:
        if self.input.type is not self.output.type:
            raise VerifyError(f"must give its operand, of type '{self.input.type}', got '{self.output.type}'")


class Barrier(Op, name="ad.barrier", traits=[Pure]):
    """Its operand, of which nothing is known: what is computed from it is not taken for what was computed before.

    %y = ad.barrier %x : tensor<4xf32>
    """

    input: Value = operand(AnyType)
    output: Value = result(AnyType)
    assembly = "$input attr-dict `:` type($input)"

    def infer(self) -> Sequence[Type]:
        return [self.input.type]

    def verify(self) -> None:
        if self.input.type is not self.output.type:
            raise VerifyError(f"must give its operand, of type '{self.input.type}', got '{self.output.type}'")


def _tags(value: Value) -> set[str]:
    """The names of a value."""
    named = [user for user in value.users if isinstance(user, CheckpointName)]
    return {tag for user in named for tag in (user.tag.value, *_tags(user.output))}


def _has(names: ArrayAttr, name: str) -> bool:
    return any(isinstance(each, StringAttr) and each.value in ("*", name) for each in names.elements)


def _rank(value: Value) -> int:
    return value.type.rank if isinstance(value.type, TensorType) else 0


def _listed(types: Sequence[Type]) -> str:
    return ", ".join(map(str, types))


__all__ = ["Barrier", "Checkpoint", "CheckpointName", "Yield"]
