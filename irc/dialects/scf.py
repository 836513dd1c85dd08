"""The `scf` dialect: structured control flow; the parallel loops are in `scf_parallel`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.dialects._loops import CountedLoop
from irc.dialects.scf_parallel import Forall, InParallel, Parallel, Reduce, ReduceReturn
from irc.dialects.scf_syntax import (
    parse_for,
    parse_index_switch,
    parse_while,
    print_for,
    print_index_switch,
    print_while,
)
from irc.ir.attributes import DenseArrayAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import RegionBranch
from irc.ir.region import Region
from irc.ir.traits import (
    NoRegionArguments,
    Pure,
    RecursiveMemoryEffects,
    ReturnLike,
    SingleBlock,
    Terminator,
    has_parent,
)
from irc.ir.types import IndexType, Type, i1
from irc.ir.value import Value
from irc.ods.constraints import I1, AnyType, Constraint, Index, Var, signless
from irc.ods.fields import attribute, operand, region, variadic, variadic_regions, variadic_results
from irc.ods.op import Op
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter

__all__ = [
    "Condition",
    "ExecuteRegion",
    "For",
    "Forall",
    "If",
    "InParallel",
    "IndexSwitch",
    "Parallel",
    "Reduce",
    "ReduceReturn",
    "While",
    "Yield",
]

Bound = Var(
    "Bound", Constraint("signless integer or index", lambda type: signless(type) or isinstance(type, IndexType))
)


def _check_types(what: str, values: Sequence[Value], expected: Sequence[Type]) -> None:
    if len(values) != len(expected):
        raise VerifyError(f"{what}: expected {len(expected)} values, got {len(values)}")
    for i, (value, type) in enumerate(zip(values, expected, strict=True)):
        if value.type is not type:
            raise VerifyError(f"{what}: type mismatch at position {i}: expected '{type}', got '{value.type}'")


class Yield(Op, name="scf.yield", traits=[Pure, Terminator, ReturnLike]):
    """Ends a region of `scf.for`, `scf.if`, … and gives its values.

    scf.yield %x : f32
    """

    inputs: Sequence[Value] = variadic(default=())
    assembly = "attr-dict ($inputs^ `:` type($inputs))?"


class For(CountedLoop, Op, name="scf.for", traits=[SingleBlock, RecursiveMemoryEffects]):
    """A counted loop that carries values.

    %r = scf.for %i = %lb to %ub step %s iter_args(%a = %init) -> (f32) {
      scf.yield %a : f32
    }
    """

    lower_bound: Value = operand(Bound)
    upper_bound: Value = operand(Bound)
    step: Value = operand(Bound)
    inits: Sequence[Value] = variadic(AnyType)
    body: Region = region()
    outputs: Sequence[Value] = variadic_results(AnyType)

    def infer(self) -> Sequence[Type]:
        return [value.type for value in self.inits]

    def verify(self) -> None:
        _check_types("results", self.results, [value.type for value in self.inits])
        if self.body.is_empty:
            raise VerifyError("expects a body")
        arguments = self.body.entry.arguments
        _check_types("body arguments", arguments, [self.lower_bound.type, *(value.type for value in self.inits)])
        last = self.body.entry.last
        if isinstance(last, Yield):
            _check_types("yielded values", last.operands, [value.type for value in self.inits])
        else:
            raise VerifyError("expects the body to end with 'scf.yield'")

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        return parse_for(p, cls, Yield)

    def print(self, p: OpPrinter) -> None:
        print_for(self, p)


class If(Op, RegionBranch, name="scf.if", traits=[SingleBlock, RecursiveMemoryEffects, NoRegionArguments]):
    """A conditional. The second region may be empty without results.

    %r = scf.if %c -> (f32) {
      scf.yield %x : f32
    } else {
      scf.yield %y : f32
    }
    """

    condition: Value = operand(I1)
    then_region: Region = region()
    else_region: Region = region()
    outputs: Sequence[Value] = variadic_results(AnyType)

    def entry_operands(self, region: Region) -> Sequence[Value]:
        return ()

    def verify(self) -> None:
        if self.results and self.else_region.is_empty:
            raise VerifyError("must have an else block if defining values")
        for region_ in self.regions:
            if region_.is_empty:
                continue
            last = region_.entry.last
            if not isinstance(last, Yield):
                raise VerifyError("expects its regions to end with 'scf.yield'")
            _check_types("yielded values", last.operands, [result.type for result in self.results])

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        condition = p.resolve(p.operand(), i1)
        types = p.optional_arrow_types()
        terminator = None if types else Yield
        then = p.region([], implicit_terminator=terminator)
        otherwise = Region()
        if p.stream.accept("else"):
            otherwise = p.region([], implicit_terminator=terminator)
        return p.build(cls, [condition], types, p.attr_dict(), [then, otherwise])

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.condition)
        if self.results:
            p(" -> (")
            p.types([result.type for result in self.results])
            p(")")
        p(" ")
        p.region(self.then_region, terminator=bool(self.results))
        if not self.else_region.is_empty:
            p(" else ")
            p.region(self.else_region, terminator=bool(self.results))
        p.attr_dict(self)


class Condition(Op, name="scf.condition", traits=[Pure, Terminator, has_parent("scf.while")]):
    """Ends the first region of `scf.while`: whether to go on, and the values handed on.

    scf.condition(%c) %a : f32
    """

    condition: Value = operand(I1)
    inputs: Sequence[Value] = variadic(default=())
    assembly = "`(` $condition `)` attr-dict ($inputs^ `:` type($inputs))?"


class While(Op, RegionBranch, name="scf.while", traits=[SingleBlock, RecursiveMemoryEffects]):
    """A loop of a region that decides (`before`, ended by `scf.condition`) and one that works (`after`).

    %r = scf.while (%a = %init) : (f32) -> f32 {
      scf.condition(%c) %a : f32
    } do {
    ^bb0(%b: f32):
      scf.yield %b : f32
    }
    """

    inits: Sequence[Value] = variadic(AnyType)
    before: Region = region()
    after: Region = region()
    outputs: Sequence[Value] = variadic_results(AnyType)

    def entry_operands(self, region: Region) -> Sequence[Value]:
        return self.inits if region is self.before else ()

    def verify(self) -> None:
        if self.before.is_empty or self.after.is_empty:
            raise VerifyError("expects two regions with a block each")
        _check_types("'before' arguments", self.before.entry.arguments, [value.type for value in self.inits])
        condition = self.before.entry.last
        if not isinstance(condition, Condition):
            raise VerifyError("expects the 'before' region to terminate with 'scf.condition'")
        types = [result.type for result in self.results]
        _check_types("values of 'scf.condition'", condition.inputs, types)
        _check_types("'after' arguments", self.after.entry.arguments, types)
        last = self.after.entry.last
        if not isinstance(last, Yield):
            raise VerifyError("expects the 'after' region to terminate with 'scf.yield'")
        _check_types("yielded values", last.operands, [value.type for value in self.inits])

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        return parse_while(p, cls)

    def print(self, p: OpPrinter) -> None:
        print_while(self, p)


class IndexSwitch(
    Op, RegionBranch, name="scf.index_switch", traits=[SingleBlock, RecursiveMemoryEffects, NoRegionArguments]
):
    """A choice among regions by the value of an index.

    %r = scf.index_switch %i -> f32
    case 0 {
      scf.yield %x : f32
    }
    default {
      scf.yield %y : f32
    }
    """

    arg: Value = operand(Index)
    cases: DenseArrayAttr = attribute(DenseArrayAttr)
    default_region: Region = region()
    case_regions: Sequence[Region] = variadic_regions()
    outputs: Sequence[Value] = variadic_results(AnyType)

    def entry_operands(self, region: Region) -> Sequence[Value]:
        return ()

    def verify(self) -> None:
        if len(self.cases.values) != len(self.case_regions):
            raise VerifyError(f"has {len(self.case_regions)} case regions but {len(self.cases.values)} case values")
        if len(set(self.cases.values)) != len(self.cases.values):
            raise VerifyError("has duplicate case values")
        for region_ in self.regions:
            last = None if region_.is_empty else region_.entry.last
            if not isinstance(last, Yield):
                raise VerifyError("expects each region to end with 'scf.yield'")
            _check_types("yielded values", last.operands, [result.type for result in self.results])

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        return parse_index_switch(p, cls, Yield)

    def print(self, p: OpPrinter) -> None:
        print_index_switch(self, p)


class ExecuteRegion(Op, RegionBranch, name="scf.execute_region", traits=[RecursiveMemoryEffects, NoRegionArguments]):
    """Runs a region that may have several blocks once.

    %r = scf.execute_region -> f32 {
      scf.yield %x : f32
    }
    """

    body: Region = region()
    outputs: Sequence[Value] = variadic_results(AnyType)

    def entry_operands(self, region: Region) -> Sequence[Value]:
        return ()

    def verify(self) -> None:
        if self.body.is_empty:
            raise VerifyError("region needs to have at least one block")
        if self.body.entry.arguments:
            raise VerifyError("region cannot have any arguments")

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
