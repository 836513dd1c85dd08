"""The loops of `scf` whose iterations run in any order: `scf.parallel` with reductions, `scf.forall` over tiles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from irc.dialects._slices import DYNAMIC, Mixed, constant_index, join_mixed
from irc.ir.attributes import ArrayAttr, Attribute, DenseArrayAttr
from irc.ir.block import Block
from irc.ir.diagnostic import VerifyError
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.traits import NoTerminator, Pure, RecursiveMemoryEffects, SingleBlock, Terminator, has_parent
from irc.ir.types import TensorType, Type, index
from irc.ir.value import BlockArgument, Value
from irc.ods.constraints import Constraint, Index, is_a
from irc.ods.fields import attribute, operand, region, variadic, variadic_regions, variadic_results
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter
    from irc.text.part_parser import Unresolved

RankedTensor = Constraint("ranked tensor of any type values", is_a(TensorType))


class Parallel(Op, name="scf.parallel", traits=[SingleBlock, RecursiveMemoryEffects]):
    """A loop nest whose iterations run in any order; what `scf.reduce` gives to each is combined to the results.

    %r = scf.parallel (%i) = (%lb) to (%ub) step (%s) init (%zero) -> f32 {
      %x = memref.load %m[%i] : memref<?xf32>
      scf.reduce(%x : f32) {
      ^bb0(%a: f32, %b: f32):
        %sum = arith.addf %a, %b : f32
        scf.reduce.return %sum : f32
      }
    }
    """

    lower_bound: Sequence[Value] = variadic(Index)
    upper_bound: Sequence[Value] = variadic(Index)
    step: Sequence[Value] = variadic(Index)
    body: Region = region()
    init_vals: Sequence[Value] = variadic(default=())
    outputs: Sequence[Value] = variadic_results()

    def infer(self) -> Sequence[Type]:
        return [value.type for value in self.init_vals]

    def verify(self) -> None:
        rank = len(self.lower_bound)
        if not rank:
            raise VerifyError("needs at least one tuple element for lowerBound, upperBound and step")
        if len(self.upper_bound) != rank or len(self.step) != rank:
            raise VerifyError("expects as many lower bounds, upper bounds and steps")
        steps = [constant_index(step) for step in self.step]
        if any(step is not None and step <= 0 for step in steps):
            raise VerifyError("constant step operand must be positive")
        block = self.body.block
        if len(block.arguments) != rank:
            raise VerifyError(f"expects the same number of induction variables: {len(block.arguments)} as bound and step "
                              f"values: {rank}")  # fmt: skip
        if any(argument.type is not index for argument in block.arguments):
            raise VerifyError("expects arguments for the induction variable to be of index type")
        last = block.last
        if not isinstance(last, Reduce):
            raise VerifyError("expects body to terminate with 'scf.reduce'")
        types = [value.type for value in self.init_vals]
        if [value.type for value in last.operands] != types:
            raise VerifyError(
                f"expects number of results: {len(self.results)} to be the same as number of reductions: "
                f"{len(last.operands)}, with the types of the initial values"
            )
        if [value.type for value in self.results] != types:
            raise VerifyError("expects results of the types of the initial values")

    @classmethod
    def parse(cls, p: OpParser) -> Parallel:
        names = p.operand_list("(", ")")
        p.stream.expect("=")
        groups = [p.operand_list("(", ")")]
        for word in ("to", "step"):
            p.stream.expect(word)
            groups.append(p.operand_list("(", ")"))
        inits = p.operand_list("(", ")") if p.stream.accept("init") else []
        results = p.optional_arrow_types()
        body = p.region([(name, index) for name in names], implicit_terminator=lambda: Reduce((), ()))
        operands = [p.resolve(name, index) for group in groups for name in group]
        operands += p.resolve_all(inits, results)
        segments = [*map(len, groups), len(inits)]
        built: Parallel = p.build(cls, operands, results, p.attr_dict(), [body], segments=segments)
        return built

    def print(self, p: OpPrinter) -> None:
        p(" (")
        p.values(self.body.entry.arguments)
        p(") = (")
        p.values(self.lower_bound)
        p(") to (")
        p.values(self.upper_bound)
        p(") step (")
        p.values(self.step)
        p(")")
        if self.init_vals:
            p(" init (")
            p.values(self.init_vals)
            p(")")
        p.arrow_types([result.type for result in self.results])
        p(" ")
        p.region(self.body)
        p.attr_dict(self)


class Reduce(Op, name="scf.reduce", traits=[Terminator, RecursiveMemoryEffects, has_parent("scf.parallel")]):
    """Ends the body of `scf.parallel`: one value per result, and how two of them are combined.

    scf.reduce(%x : f32) {
    ^bb0(%a: f32, %b: f32):
      %sum = arith.addf %a, %b : f32
      scf.reduce.return %sum : f32
    }
    """

    values: Sequence[Value] = variadic()
    reductions: Sequence[Region] = variadic_regions()

    @classmethod
    def parse(cls, p: OpParser) -> Reduce:
        values: list[Value] = []
        if p.stream.accept("("):
            names = p.operand_list()
            p.stream.expect(":")
            values = p.resolve_all(names, p.types())
            p.stream.expect(")")
        regions = []
        while p.stream.peek() == "{":
            regions.append(p.region())
            if not p.stream.accept(","):
                break
        built: Reduce = p.build(cls, values, [], p.attr_dict(), regions)
        return built

    def print(self, p: OpPrinter) -> None:
        if self.values:
            p("(")
            p.values(self.values)
            p(" : ")
            p.types([value.type for value in self.values])
            p(")")
        for i, each in enumerate(self.reductions):
            p(", " if i else " ")
            p.region(each, bare=False)
        p.attr_dict(self)

    def verify(self) -> None:
        if len(self.regions) != len(self.operands):
            raise VerifyError("expects as many regions as operands")
        for i, (each, value) in enumerate(zip(self.regions, self.operands, strict=True)):
            block = each.first
            if block is None or block is not each.last or len(block.arguments) != 2:
                raise VerifyError(f"expects {i}-th reduction block to have two arguments")
            if any(argument.type is not value.type for argument in block.arguments):
                raise VerifyError(f"expects {i}-th reduction block argument types to match the operand's")
            last = block.last
            if not isinstance(last, ReduceReturn) or last.value.type is not value.type:
                raise VerifyError(f"expects {i}-th reduction block to be terminated with an 'scf.reduce.return' op of its "
                                  "operand's type")  # fmt: skip


class ReduceReturn(Op, name="scf.reduce.return", traits=[Pure, Terminator, has_parent("scf.reduce")]):
    """Ends a region of `scf.reduce` with the combined value.

    scf.reduce.return %s : f32
    """

    value: Value = operand()
    assembly = "$value attr-dict `:` type($value)"


class InParallel(
    Op, name="scf.forall.in_parallel", traits=[Pure, Terminator, SingleBlock, NoTerminator, has_parent("scf.forall")]
):
    """Ends the body of `scf.forall`: what the iterations put into the shared outputs, in any order.

    scf.forall.in_parallel {
      tensor.parallel_insert_slice %x into %o[%i] [1] [1] : tensor<1xf32> into tensor<16xf32>
    }
    """

    body: Region = region()

    @classmethod
    def parse(cls, p: OpParser) -> InParallel:
        body = p.region([])
        built: InParallel = p.build(cls, (), (), p.attr_dict(), [body])
        return built

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.region(self.body)
        p.attr_dict(self)

    def verify(self) -> None:
        for op in self.body.block:
            if op.name != "tensor.parallel_insert_slice":
                raise VerifyError(f"expected only tensor.parallel_insert_slice ops, got '{op.name}'")
            target = op.operands[1]
            if not isinstance(target, BlockArgument) or target.parent_block is not self.parent:
                raise VerifyError("may only insert into an output block argument")


def _nothing_in_parallel() -> InParallel:
    return InParallel(Region(Block()))


class Forall(Op, name="scf.forall", traits=[SingleBlock, RecursiveMemoryEffects]):
    """Tasks that run in any order, each with its position; tensors they make together are shared outputs.

    %r = scf.forall (%i) in (%n) shared_outs(%o = %t) -> (tensor<16xf32>) {
      %x = tensor.extract_slice %t[%i] [1] [1] : tensor<16xf32> to tensor<1xf32>
      scf.forall.in_parallel {
        tensor.parallel_insert_slice %x into %o[%i] [1] [1] : tensor<1xf32> into tensor<16xf32>
      }
    }
    """

    dynamicLowerBound: Sequence[Value] = variadic(Index)
    dynamicUpperBound: Sequence[Value] = variadic(Index)
    dynamicStep: Sequence[Value] = variadic(Index)
    staticLowerBound: DenseArrayAttr = attribute(DenseArrayAttr)
    staticUpperBound: DenseArrayAttr = attribute(DenseArrayAttr)
    staticStep: DenseArrayAttr = attribute(DenseArrayAttr)
    body: Region = region()
    outputs: Sequence[Value] = variadic(RankedTensor, default=())
    mapping: ArrayAttr | None = attribute(ArrayAttr, default=None)
    result_tensors: Sequence[Value] = variadic_results()

    @property
    def lower_bounds(self) -> tuple[Mixed, ...]:
        return join_mixed(self.dynamicLowerBound, self.staticLowerBound)

    @property
    def upper_bounds(self) -> tuple[Mixed, ...]:
        return join_mixed(self.dynamicUpperBound, self.staticUpperBound)

    @property
    def steps(self) -> tuple[Mixed, ...]:
        return join_mixed(self.dynamicStep, self.staticStep)

    @property
    def rank(self) -> int:
        return len(self.staticLowerBound.values)

    @property
    def is_normalized(self) -> bool:
        """Whether all loops start at zero and step by one."""
        return all(bound == 0 for bound in self.lower_bounds) and all(step == 1 for step in self.steps)

    def infer(self) -> Sequence[Type]:
        return [value.type for value in self.outputs]

    def verify(self) -> None:
        rank = self.rank
        if not rank or len(self.staticUpperBound.values) != rank or len(self.staticStep.values) != rank:
            raise VerifyError("expects as many lower bounds, upper bounds and steps, and at least one")
        for operands, static in (
            (self.dynamicLowerBound, self.staticLowerBound),
            (self.dynamicUpperBound, self.staticUpperBound),
            (self.dynamicStep, self.staticStep),
        ):
            if len(operands) != static.values.count(DYNAMIC):
                raise VerifyError("expects an operand for each bound and step that is dynamic")
        types = [value.type for value in self.outputs]
        if [value.type for value in self.results] != types:
            raise VerifyError(f"produces {len(self.results)} results, but has {len(types)} outputs of their types")
        block = self.body.block
        if [argument.type for argument in block.arguments] != [*[index] * rank, *types]:
            raise VerifyError("region expects an index for each loop, and an argument for each output")
        if self.mapping is not None and len(self.mapping.elements) != rank:
            raise VerifyError("mapping attribute size must match op rank")
        if not isinstance(block.last, InParallel):
            raise VerifyError("expects the body to end with 'scf.forall.in_parallel'")

    @classmethod
    def parse(cls, p: OpParser) -> Forall:
        names = p.operand_list("(", ")")
        position = p.stream.pos
        if p.stream.accept("in"):
            upper = _parse_bounds(p)
            lower = _Bounds([], [0] * len(upper.static))
            steps = _Bounds([], [1] * len(upper.static))
        else:
            p.stream.expect("=")
            lower = _parse_bounds(p)
            p.stream.expect("to")
            upper = _parse_bounds(p)
            p.stream.expect("step")
            steps = _parse_bounds(p)
        if len(names) != len(upper.static):
            raise p.stream.error(f"expected {len(names)} bounds, got {len(upper.static)}", position)
        shared: list[Unresolved] = []
        inits: list[Unresolved] = []
        if p.stream.accept("shared_outs"):
            p.stream.expect("(")
            while not p.stream.accept(")"):
                if shared:
                    p.stream.expect(",")
                shared.append(p.operand())
                p.stream.expect("=")
                inits.append(p.operand())
        results = p.optional_arrow_types()
        outputs = p.resolve_all(inits, results)
        arguments = [*[(name, index) for name in names], *zip(shared, results, strict=True)]
        body = p.region(arguments, implicit_terminator=_nothing_in_parallel)
        groups = [lower, upper, steps]
        attributes: dict[str, Attribute] = {
            key: DenseArrayAttr.i64(tuple(group.static))
            for key, group in zip(("staticLowerBound", "staticUpperBound", "staticStep"), groups, strict=True)
        }
        operands = [p.resolve(name, index) for group in groups for name in group.operands] + outputs
        segments = [*[len(group.operands) for group in groups], len(outputs)]
        attributes |= p.attr_dict()
        built: Forall = p.build(cls, operands, results, attributes, [body], segments=segments)
        return built

    def print(self, p: OpPrinter) -> None:
        rank = self.rank
        arguments = self.body.entry.arguments
        p(" (")
        p.values(arguments[:rank])
        if self.is_normalized:
            p(") in ")
            _print_bounds(p, self.upper_bounds)
        else:
            p(") = ")
            _print_bounds(p, self.lower_bounds)
            p(" to ")
            _print_bounds(p, self.upper_bounds)
            p(" step ")
            _print_bounds(p, self.steps)
        if self.outputs:
            p(" shared_outs(")
            for i, (argument, value) in enumerate(zip(arguments[rank:], self.outputs, strict=True)):
                p(", " if i else "")
                p.value(argument)
                p(" = ")
                p.value(value)
            p(") -> (")
            p.types([value.type for value in self.outputs])
            p(")")
        p(" ")
        last = self.body.entry.last
        p.region(self.body, terminator=not _is_empty(last))
        p.attr_dict(self, ("staticLowerBound", "staticUpperBound", "staticStep"))


def _is_empty(op: Operation | None) -> bool:
    return isinstance(op, InParallel) and op.body.block.first is None


class _Bounds:
    """`(%a, 4)`: operands, and numbers with `DYNAMIC` where an operand stands."""

    def __init__(self, operands: list[Unresolved], static: list[int]) -> None:
        self.operands, self.static = operands, static


def _parse_bounds(p: OpParser) -> _Bounds:
    bounds = _Bounds([], [])
    p.stream.expect("(")
    while not p.stream.accept(")"):
        if bounds.static:
            p.stream.expect(",")
        name = p.optional_operand()
        bounds.static.append(p.integer() if name is None else DYNAMIC)
        bounds.operands += [] if name is None else [name]
    return bounds


def _print_bounds(p: OpPrinter, bounds: Sequence[Mixed]) -> None:
    p("(")
    for i, bound in enumerate(bounds):
        p(", " if i else "")
        if isinstance(bound, Value):
            p.value(bound)
        else:
            p(str(bound))
    p(")")
