"""Loops and conditions of `affine`: bounds are maps, conditions are sets, of loop variables and symbols."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from irc.dialects._loops import CountedLoop
from irc.dialects.affine_scopes import check_dims_and_symbols
from irc.dialects.affine_syntax import check_count, parse_map_operands, print_map_operands
from irc.dialects.scf_syntax import parse_assignments, print_assignments
from irc.ir.affine import AffineConstant, AffineMap, AffineSymbol, IntegerSet
from irc.ir.attributes import AffineMapAttr, Attribute, IntegerAttr, IntegerSetAttr, index_attr
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
)
from irc.ir.types import Type, index
from irc.ir.value import Value
from irc.ods import attribute_constraints as attributes
from irc.ods.constraints import AnyType, Index
from irc.ods.fields import attribute, region, variadic, variadic_results
from irc.ods.op import Op
from irc.text.numbers import whole_number

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter
    from irc.text.part_parser import Unresolved

CONDITION = "condition"
"""The attribute with the set of an `affine.if`."""

_LOOPS = ("affine.if", "affine.for", "affine.parallel")


class Yield(Op, name="affine.yield", traits=[Pure, Terminator, ReturnLike]):
    """Ends a region of `affine.for`, `affine.if` or `affine.parallel` and gives its values.

    affine.yield %x : f32
    """

    inputs: Sequence[Value] = variadic(default=())
    assembly = "attr-dict ($inputs^ `:` type($inputs))?"

    def verify(self) -> None:
        parent = self.parent_op
        if parent is None or parent.name not in _LOOPS:
            raise VerifyError("only terminates affine.if/for/parallel regions")
        if len(self.inputs) != len(parent.results):
            raise VerifyError("parent of yield must have same number of results as the yield operands")
        if any(value.type is not result.type for value, result in zip(self.inputs, parent.results, strict=True)):
            raise VerifyError("types mismatch between yield op and its parent")


def check_end(region: Region) -> None:
    """Raise `VerifyError` unless a region ends with `affine.yield`."""
    last = region.entry.last
    if not isinstance(last, Yield):
        found = f"'{last.name}'" if last is not None else "nothing"
        raise VerifyError(f"expects regions to end with 'affine.yield', found {found}")


class For(CountedLoop, Op, name="affine.for", traits=[SingleBlock, RecursiveMemoryEffects]):
    """A loop from the greatest result of one map to the least of another, which carries values.

    %r = affine.for %i = 0 to min affine_map<(d0)[s0] -> (d0 + 8, s0)>(%j)[%n] step 2 iter_args(%a = %x) -> (f32) {
      affine.yield %a : f32
    }
    """

    lowerBoundOperands: Sequence[Value] = variadic(Index)
    upperBoundOperands: Sequence[Value] = variadic(Index)
    inits: Sequence[Value] = variadic(AnyType)
    lowerBoundMap: AffineMapAttr = attribute(AffineMapAttr)
    upperBoundMap: AffineMapAttr = attribute(AffineMapAttr)
    step: IntegerAttr = attribute(IntegerAttr, where=attributes.Index)
    body: Region = region()
    outputs: Sequence[Value] = variadic_results(AnyType)

    def infer(self) -> Sequence[Type]:
        return [value.type for value in self.inits]

    @property
    def bounds(self) -> list[tuple[AffineMap, Sequence[Value]]]:
        """The map of each bound, the lower one first, with its operands."""
        lower, upper = self.lowerBoundMap.map, self.upperBoundMap.map
        return [(lower, self.lowerBoundOperands), (upper, self.upperBoundOperands)]

    def verify(self) -> None:
        if self.body.is_empty:
            raise VerifyError("region #0 ('region') failed to verify constraint: region with 1 blocks")
        arguments = self.body.entry.arguments
        if not arguments or arguments[0].type is not index:
            raise VerifyError("expected body to have a single index argument for the induction variable")
        for map, operands in self.bounds:
            check_count(map, operands)
            check_dims_and_symbols(self, operands, map.num_dims)
        if len(self.inits) != len(self.results):
            raise VerifyError("mismatch between the number of loop-carried values and results")
        if len(arguments) - 1 != len(self.inits):
            raise VerifyError(
                f"different number of inits and region iter_args: {len(self.inits)} != {len(arguments) - 1}"
            )
        for i, (init, carried, result) in enumerate(zip(self.inits, arguments[1:], self.results, strict=True)):
            if init.type is not carried.type:
                raise VerifyError(
                    f"{i}-th init and {i}-th region iter_arg have different type: '{init.type}' != '{carried.type}'"
                )
            if init.type is not result.type:
                raise VerifyError(
                    f"{i}-th init and {i}-th result have different type: '{init.type}' != '{result.type}'"
                )
        check_end(self.body)

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        stream = p.stream
        induction = p.operand()
        place = p.argument_location(induction)
        stream.expect("=")
        lower, lower_operands = _parse_bound(p, "max")
        stream.expect("to")
        upper, upper_operands = _parse_bound(p, "min")
        position = stream.pos
        step = p.integer_attribute(index) if stream.accept("step") else index_attr(1)
        if step.value < 0:
            raise stream.error("expected step to be representable as a positive signed integer", position + 1)
        names: list[Unresolved] = []
        inits: list[Unresolved] = []
        types: list[Type] = []
        if stream.accept("iter_args"):
            position = stream.pos
            names, inits = parse_assignments(p)
            types = p.optional_arrow_types()
            if len(types) != len(inits):
                raise stream.error("mismatch between the number of loop-carried values and results", position)
        operands = [*lower_operands, *upper_operands, *p.resolve_all(inits, types)]
        arguments = [(induction, index), *zip(names, types, strict=True)]
        locations = [place, *[stream.location(name) for name in names]]
        body = p.region(arguments, implicit_terminator=Yield, locations=locations)
        properties: dict[str, Attribute] = {
            "lowerBoundMap": AffineMapAttr(lower), "upperBoundMap": AffineMapAttr(upper), "step": step
        }  # fmt: skip
        segments = [len(lower_operands), len(upper_operands), len(inits)]
        return p.build(cls, operands, types, p.more_attributes(properties), [body], segments=segments)

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.induction_variable)
        p(p.origin(self.induction_variable))
        p(" = ")
        _print_bound(p, self.lowerBoundMap, self.lowerBoundOperands, "max")
        p(" to ")
        _print_bound(p, self.upperBoundMap, self.upperBoundOperands, "min")
        if self.step.value != 1:
            p(f" step {self.step.value}")
        if self.inits:
            p(" iter_args")
            print_assignments(p, self.carried, self.inits)
            p(" -> (")
            p.types([value.type for value in self.inits])
            p(")")
        p(" ")
        p.region(self.body, terminator=bool(self.results))
        p.attr_dict(self, ("lowerBoundMap", "upperBoundMap", "step"))


def _parse_bound(p: OpParser, keyword: str) -> tuple[AffineMap, list[Value]]:
    """A number, a symbol, or a map with its operands, behind `keyword` where it has several results."""
    stream = p.stream
    has_keyword = stream.accept(keyword)
    position = stream.pos
    if stream.peek()[:1] == "%":
        return AffineMap(0, 1, (AffineSymbol(0),)), [p.resolve(p.operand(), index)]
    if stream.peek() == "-" or whole_number(stream.peek()) is not None:
        return AffineMap(0, 0, (AffineConstant(p.integer_attribute(index).value),)), []
    bound = p.attribute()
    if not isinstance(bound, AffineMapAttr):
        raise stream.error("expected valid affine map representation for loop bounds", position)
    operands = parse_map_operands(p, bound.map.num_dims, position)
    if len(operands) != bound.map.num_dims + bound.map.num_symbols:
        raise stream.error("symbol operand count and affine map symbol count must match", position)
    if len(bound.map.results) > 1 and not has_keyword:
        which = "lower" if keyword == "max" else "upper"
        raise stream.error(f"{which} loop bound affine map with multiple results requires '{keyword}' prefix", position)
    return bound.map, operands


def _print_bound(p: OpPrinter, bound: AffineMapAttr, operands: Sequence[Value], keyword: str) -> None:
    map = bound.map
    if len(map.results) == 1:
        (only,) = map.results
        if isinstance(only, AffineConstant) and not operands:
            p(str(only.value))
            return
        if isinstance(only, AffineSymbol) and map.num_dims == 0 and map.num_symbols == 1:
            p.value(operands[0])
            return
    else:
        p(f"{keyword} ")
    p.attribute(bound)
    print_map_operands(p, map.num_dims, map.num_symbols, operands)


class If(Op, RegionBranch, name="affine.if", traits=[SingleBlock, RecursiveMemoryEffects, NoRegionArguments]):
    """A conditional: whether a point is in a set. The second region may be empty without results.

    affine.if affine_set<(d0)[s0] : (s0 - d0 - 1 >= 0)>(%i)[%n] {
    } else {
    }
    """

    inputs: Sequence[Value] = variadic(Index)
    thenRegion: Region = region()
    elseRegion: Region = region()
    outputs: Sequence[Value] = variadic_results(AnyType)

    @property
    def condition(self) -> IntegerSet:
        """The set that decides."""
        found = self.attributes[CONDITION]
        assert isinstance(found, IntegerSetAttr)
        return found.set

    def entry_operands(self, region: Region) -> Sequence[Value]:
        return ()

    def verify(self) -> None:
        if not isinstance(self.attributes.get(CONDITION), IntegerSetAttr):
            raise VerifyError("requires an integer set attribute named 'condition'")
        check_count(self.condition, self.inputs, "condition integer set")
        check_dims_and_symbols(self, self.inputs, self.condition.num_dims)
        if self.thenRegion.is_empty:
            raise VerifyError("region #0 ('thenRegion') failed to verify constraint: region with 1 blocks")
        check_end(self.thenRegion)
        if not self.elseRegion.is_empty:
            check_end(self.elseRegion)
        elif self.results:
            raise VerifyError("must have an else block if defining values")

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        position = p.stream.pos
        condition = p.attribute()
        if not isinstance(condition, IntegerSetAttr):
            raise p.stream.error("expected an integer set", position)
        operands = parse_map_operands(p, condition.set.num_dims, position)
        types = p.optional_arrow_types()
        then = p.region([], implicit_terminator=Yield)
        otherwise = p.region([], implicit_terminator=Yield) if p.stream.accept("else") else Region()
        return p.build(cls, operands, types, p.more_attributes({CONDITION: condition}), [then, otherwise])

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.attribute(self.attributes[CONDITION])
        print_map_operands(p, self.condition.num_dims, self.condition.num_symbols, self.inputs)
        p.arrow_types([result.type for result in self.results])
        p(" ")
        p.region(self.thenRegion, terminator=bool(self.results))
        if not self.elseRegion.is_empty:
            p(" else ")
            p.region(self.elseRegion, terminator=bool(self.results))
        p.attr_dict(self, (CONDITION,))
