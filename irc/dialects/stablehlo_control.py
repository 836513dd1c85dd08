"""Control flow: if, case, while; tuples; barriers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.dialects import stablehlo_types as ty
from irc.dialects.stablehlo_base import StablehloOp
from irc.dialects.stablehlo_reducers import block_of, returned
from irc.dialects.stablehlo_shapes import all_compatible, compatible, least_specific, tensor, types_text
from irc.ir.attributes import Attribute, IntegerAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import FoldResult, RegionBranch
from irc.ir.region import Region
from irc.ir.traits import Pure, RecursiveMemoryEffects, SingleBlock
from irc.ir.types import TensorType, TupleType, Type, i1
from irc.ir.value import Value
from irc.ods import attribute_constraints as ac
from irc.ods import fields as f
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter
from irc.text.part_parser import Unresolved


def _types(values: Sequence[Value]) -> list[Type]:
    return [value.type for value in values]


class Conditional(StablehloOp, RegionBranch, traits=[SingleBlock, RecursiveMemoryEffects]):
    """Base: one of several regions without arguments gives the results."""

    def entry_operands(self, region: Region) -> Sequence[Value]:
        return ()

    def branch_name(self, i: int) -> str:
        """How messages call region `i`."""
        return f"branch {i}"

    def infer(self) -> Sequence[Type]:
        if not self.regions:
            raise VerifyError("expect at least one branch")
        if tensor(self.operands[0]).rank:
            raise VerifyError(f"operand should be rank 0 tensor but got rank {tensor(self.operands[0]).rank}")
        all_types = []
        for i, region in enumerate(self.regions):
            block = block_of(region, "branches", i)
            if block.arguments:
                raise VerifyError(f"{self.branch_name(i)} must have 0 arguments, but found {len(block.arguments)}")
            all_types.append(_types(returned(block)))
        for i, types in enumerate(all_types[1:], 1):
            if not all_compatible(all_types[0], types):
                raise VerifyError(
                    f"branch 0 and {self.branch_name(i)} have mismatched return types: {types_text(all_types[0])} vs "
                    f"{types_text(types)}"
                )
        return [least_specific(types) for types in zip(*all_types, strict=True)]


class If(Conditional, name="stablehlo.if"):
    """One of two regions.

    %y = "stablehlo.if"(%p) ({
      stablehlo.return %x : tensor<f32>
    }, {
      %n = stablehlo.negate %x : tensor<f32>
      stablehlo.return %n : tensor<f32>
    }) : (tensor<i1>) -> tensor<f32>
    """

    pred: Value = f.operand(ty.PredTensor)
    true_branch: Region = f.region()
    false_branch: Region = f.region()
    outputs: Sequence[Value] = f.variadic_results(ty.Value)


class Case(Conditional, name="stablehlo.case"):
    """The region of a number, the last one if there is none.

    %y = "stablehlo.case"(%i) ({
      stablehlo.return %x : tensor<f32>
    }, {
      %n = stablehlo.negate %x : tensor<f32>
      stablehlo.return %n : tensor<f32>
    }) : (tensor<i32>) -> tensor<f32>
    """

    index: Value = f.operand(ty.ranked(ty.I32))
    branches: Sequence[Region] = f.variadic_regions()
    outputs: Sequence[Value] = f.variadic_results(ty.Value)


class While(StablehloOp, RegionBranch, name="stablehlo.while", traits=[SingleBlock, RecursiveMemoryEffects]):
    """A loop: as long as the first region gives true, the second makes new values.

    %y = stablehlo.while(%i = %x) : tensor<i32>
    cond {
      %p = stablehlo.compare LT, %i, %n : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %p : tensor<i1>
    } do {
      %j = stablehlo.add %i, %one : tensor<i32>
      stablehlo.return %j : tensor<i32>
    }
    """

    operand: Sequence[Value] = f.variadic(ty.ValueOrBuffer)
    cond: Region = f.region()
    body: Region = f.region()
    outputs: Sequence[Value] = f.variadic_results(ty.ValueOrBuffer)

    def argument_name_hints(self) -> Sequence[str]:
        return ["iterArg"] * len(self.operands)

    def entry_operands(self, region: Region) -> Sequence[Value]:
        return self.operand

    def infer(self) -> Sequence[Type]:
        return _types(self.operand)

    def verify(self) -> None:
        condition, body = block_of(self.cond, "cond"), block_of(self.body, "body", 1)
        types = _types(self.operand)
        for name, block in (("condition", condition), ("body", body)):
            if not all_compatible(types, _types(block.arguments)):
                raise VerifyError(
                    f"expect operands to be compatible with {name} block arguments but got {types_text(types)} vs "
                    f"{types_text(_types(block.arguments))}"
                )
        if not all_compatible(types, _types(returned(body))):
            raise VerifyError(
                f"expect operands to be compatible with body block return types but got {types_text(types)} vs "
                f"{types_text(_types(returned(body)))}"
            )
        decided = returned(condition)
        if len(decided) != 1:
            raise VerifyError(f"expect condition body returns a single value but got {len(decided)}")
        if decided[0].type is not TensorType((), i1):
            raise VerifyError(f"expect condition block return a zero-ranked tensor of i1 but got '{decided[0].type}'")
        StablehloOp.verify(self)

    def fits_custom_form(self) -> bool:
        # It states the types of the operands only, and those of the arguments may say less.
        types = _types(self.operand)
        return all(region.first is not None and _types(region.entry.arguments) == types for region in self.regions)

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        stream = p.stream
        names: list[Unresolved] = []
        operands: list[Unresolved] = []
        stream.expect("(")
        while not stream.accept(")"):
            if names:
                stream.expect(",")
            names.append(p.operand())
            stream.expect("=")
            operands.append(p.operand())
        types: list[Type] = []
        if operands:
            stream.expect(":")
            types = p.types()
        values = p.resolve_all(operands, types)
        attributes = p.attr_dict_with_keyword()
        arguments = list(zip(names, types, strict=True))
        stream.expect("cond")
        condition = p.region(arguments)
        stream.expect("do")
        return p.build(cls, values, types, attributes, [condition, p.region(arguments)])

    def print(self, p: OpPrinter) -> None:
        names = p.names.values
        # Both regions call their arguments the same.
        shown = [names[argument] for argument in self.body.entry.arguments]
        names.update(zip(self.cond.entry.arguments, shown, strict=True))
        p("(")
        p(", ".join([f"{name} = {names[value]}" for name, value in zip(shown, self.operand, strict=True)]))
        p(")")
        if self.operand:
            p(" : ")
            p.types(_types(self.operand))
        p.attr_dict(self, keyword=True)
        p(f"\n{p.indent}cond ")
        p.region(self.cond)
        p(" do ")
        p.region(self.body)


class Tuple(StablehloOp, name="stablehlo.tuple", traits=[Pure]):
    """Several values as one.

    %t = stablehlo.tuple %a, %b : tuple<tensor<f32>, tensor<i32>>
    """

    val: Sequence[Value] = f.variadic(ty.AnyValue)
    result: Value = f.result(ty.Tuple)

    def infer(self) -> Sequence[Type]:
        return [TupleType(tuple(_types(self.val)))]

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        operands = p.operand_list()
        attributes = p.attr_dict()
        p.stream.expect(":")
        position = p.stream.pos
        type = p.type()
        if not isinstance(type, TupleType):
            raise p.stream.error("expected tuple type", position)
        return p.build(cls, p.resolve_all(operands, type.types), [type], attributes)

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.values(self.val)
        p.attr_dict(self)
        p(" : ")
        p.type(self.results[0].type)


class GetTupleElement(StablehloOp, name="stablehlo.get_tuple_element", traits=[Pure]):
    """One of the values of a tuple.

    %a = stablehlo.get_tuple_element %t[0] : (tuple<tensor<f32>>) -> tensor<f32>
    """

    operand: Value = f.operand(ty.Tuple)
    index: IntegerAttr = f.attribute(IntegerAttr, where=ac.I32.non_negative())
    result: Value = f.result(ty.AnyValue)
    assembly = "$operand `[` $index `]` attr-dict `:` functional-type(operands, results)"

    def infer(self) -> Sequence[Type]:
        type = self.operand.type
        assert isinstance(type, TupleType)
        if self.index.value >= len(type.types):
            raise VerifyError(f"index {self.index.value} is out of bounds of operand with size {len(type.types)}")
        return [type.types[self.index.value]]

    def fold(self, _operand: Attribute | None) -> FoldResult:
        made = self.operand.defining_op
        return made.val[self.index.value] if isinstance(made, Tuple) else None


class OptimizationBarrier(StablehloOp, name="stablehlo.optimization_barrier"):
    """The operands, of which none is there before all are.

    %y = stablehlo.optimization_barrier %x : tensor<f32>
    """

    operand: Sequence[Value] = f.variadic(ty.TensorOrToken)
    outputs: Sequence[Value] = f.variadic_results(ty.TensorOrToken)

    def infer(self) -> Sequence[Type]:
        return _types(self.operand)

    def verify(self) -> None:
        if len(self.operand) != len(self.results):
            raise VerifyError("requires the same number of operands and results")
        for value, result in zip(self.operand, self.results, strict=True):
            if not compatible(value.type, result.type):
                raise VerifyError("requires the same type for operand and result at the same position")

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        attributes = p.attr_dict()
        if p.stream.accept("("):
            p.stream.expect(")")
            return p.build(cls, attributes=attributes)
        operands = p.operand_list()
        p.stream.expect(":")
        types = p.types()
        return p.build(cls, p.resolve_all(operands, types), types, attributes)

    def print(self, p: OpPrinter) -> None:
        p.attr_dict(self)
        if not self.operand:
            p(" ()")
            return
        p(" ")
        p.values(self.operand)
        p(" : ")
        p.types(_types(self.operand))
