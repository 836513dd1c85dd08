"""`linalg.map` and `linalg.reduce`: a scalar function for each element, or between elements, that the op itself holds.

A function of one op on the arguments in order has a short form: `linalg.map { arith.addf } ins(…) outs(…)`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from irc.dialects.linalg_interface import PARALLEL, REDUCTION, IteratorType, LinalgOp, Yield, point_type, shape_of
from irc.dialects.linalg_syntax import parse_integers, parse_operands, print_operands
from irc.ir.affine import AffineMap
from irc.ir.attributes import DenseArrayAttr
from irc.ir.block import Block
from irc.ir.diagnostic import VerifyError
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.traits import SingleBlock
from irc.ir.types import TensorType, Type
from irc.ir.value import Value
from irc.ods.fields import attribute, operand, region, variadic, variadic_results
from irc.ods.registry import lookup_op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter


class HigherOrder(LinalgOp):
    """Base of the two: parsing and printing of the function."""

    def short_form_arguments(self) -> Sequence[Value]:
        """The arguments of the body in the order in which the short form's only op takes them."""
        raise NotImplementedError

    def function(self) -> Operation | None:
        """The op of the short form, `None` where the body has none."""
        body = self.body
        first = body.first
        if first is None or not self.inputs or first.next is not body.last or not isinstance(body.last, Yield):
            return None
        if len(first.results) != 1 or body.last.operands != first.results or first.regions or first.successors:
            return None
        return first if first.operands == tuple(self.short_form_arguments()) else None

    def print_function(self, p: OpPrinter) -> bool:
        """` { dialect.op }` if there is a short form; whether there is."""
        found = self.function()
        if found is None:
            return False
        p(f" {{ {found.name}")
        defaults = {field.name: field.default for field in type(found).layout.attributes}  # type: ignore[attr-defined]  # an Op
        shown = {
            key: value
            for key, value in {**found.property_dict(), **found.attributes}.items()
            if value is not defaults.get(key)
        }
        if shown:
            p(" ")
            p.dictionary(shown.items())
        p(" }")
        return True

    def print_body(self, p: OpPrinter) -> None:
        """The arguments and the region, on lines of their own."""
        outer, p.indent = p.indent, p.indent + "  "
        p(f"\n{p.indent}(")
        for i, argument in enumerate(self.body.arguments):
            p(", " if i else "")
            p.value(argument)
            p(": ")
            p.type(argument.type)
            p(p.origin(argument))
        p(") ")
        p.region(self.regions[0])
        p.indent = outer


def parse_function(p: OpParser) -> tuple[str, dict[str, Any], int] | None:
    """`{ dialect.op {attributes} }`: the op's name, its attributes, its position."""
    if not p.stream.accept("{"):
        return None
    position = p.stream.pos
    name = p.keyword()
    attributes = p.attr_dict()
    p.stream.expect("}")
    return name, attributes, position


def function_body(
    p: OpParser,
    function: tuple[str, dict[str, Any], int],
    arguments: Sequence[Type],
    order: Sequence[int],
    result: Type,
) -> Region:
    """The region of a short form: block arguments of the given types, in `order` the operands of its only op."""
    name, attributes, position = function
    cls = lookup_op(name)
    if cls is None:
        raise p.unknown_op(name, position)
    block = Block(arguments)
    op = p.build(cls, [block.arguments[i] for i in order], [result], attributes)
    block.append(op)
    block.append(Yield(op.results, location=p.location))
    return Region(block)


def parse_body(p: OpParser) -> Region:
    """`(%x: f32, %y: f32) { … }`."""
    return p.region([(name, type) for name, type, _ in p.block_arguments()])


class Map(HigherOrder, name="linalg.map", traits=[SingleBlock]):
    """A function of the elements of the inputs at each position.

    %y = linalg.map { arith.addf } ins(%a, %b : tensor<4xf32>, tensor<4xf32>) outs(%init : tensor<4xf32>)
    """

    result_name = "mapped"

    inputs: Sequence[Value] = variadic()
    init: Value = operand()
    mapper: Region = region()
    result_tensors: Sequence[Value] = variadic_results()

    def argument_name_hints(self) -> Sequence[str]:
        return ["in"] * len(self.inputs)

    @property
    def outputs(self) -> Sequence[Value]:
        return (self.operands[-1],)

    @property
    def body_operands(self) -> Sequence[Value]:
        return self.operands[:-1]

    @property
    def maps(self) -> tuple[AffineMap, ...]:
        return (AffineMap.identity(self.num_loops),) * len(self.operands)

    @property
    def iterators(self) -> tuple[IteratorType, ...]:
        return (PARALLEL,) * len(shape_of(self.init.type))

    def short_form_arguments(self) -> Sequence[Value]:
        return self.body.arguments

    @classmethod
    def parse(cls, p: OpParser) -> Map:
        position = p.stream.pos - 1
        function = parse_function(p)
        inputs, outputs = parse_operands(p)
        if len(outputs) != 1:
            raise p.stream.error(f"'{cls.name}' op expected one output, but got {len(outputs)}", position)
        attributes = p.attr_dict()
        types = [point_type(value.type) for value in inputs]
        if function is not None:
            body = function_body(p, function, types, range(len(types)), point_type(outputs[0].type))
        else:
            body = parse_body(p)
        built: Map = p.build(cls, [*inputs, *outputs], _tensors(outputs), attributes, [body])
        return built

    def print(self, p: OpPrinter) -> None:
        short = self.print_function(p)
        print_operands(p, self)
        p.attr_dict(self)
        if not short:
            self.print_body(p)


class Reduce(HigherOrder, name="linalg.reduce", traits=[SingleBlock]):
    """The elements along some dimensions combined with a function, starting from the output's.

    %s = linalg.reduce { arith.addf } ins(%x : tensor<4x8xf32>) outs(%init : tensor<4xf32>) dimensions = [1]
    """

    result_name = "reduced"

    values: Sequence[Value] = variadic()
    """The inputs, then as many outputs."""
    dimensions: DenseArrayAttr = attribute(DenseArrayAttr)
    combiner: Region = region()
    result_tensors: Sequence[Value] = variadic_results()

    def argument_name_hints(self) -> Sequence[str]:
        return ["in"] * len(self.inputs) + ["init"] * len(self.outputs)

    @property
    def inputs(self) -> Sequence[Value]:
        return self.operands[: len(self.operands) // 2]

    @property
    def outputs(self) -> Sequence[Value]:
        return self.operands[len(self.operands) // 2 :]

    @property
    def iterators(self) -> tuple[IteratorType, ...]:
        rank = len(shape_of(self.operands[0].type))
        return tuple(REDUCTION if i in self.dimensions.values else PARALLEL for i in range(rank))

    @property
    def maps(self) -> tuple[AffineMap, ...]:
        rank, half = self.num_loops, len(self.inputs)
        kept = [i for i in range(rank) if i not in self.dimensions.values]
        return (AffineMap.identity(rank),) * half + (AffineMap.of_dims(rank, kept),) * half

    def short_form_arguments(self) -> Sequence[Value]:
        half = len(self.inputs)
        return (*self.body.arguments[half:], *self.body.arguments[:half])

    def verify(self) -> None:
        if not self.operands or len(self.operands) % 2:
            raise VerifyError("expected as many outputs as inputs, and at least one")
        rank = len(shape_of(self.operands[0].type))
        places = self.dimensions.values
        for place in places:
            if not 0 <= place < rank:
                raise VerifyError(f"dimensions for reduction should be in the range [0, {rank - 1}].")
        if list(places) != sorted(set(places)):
            raise VerifyError("reduction dimensions are not in increasing order")
        for value in self.inputs:
            if shape_of(value.type) != shape_of(self.operands[0].type):
                raise VerifyError("expects all inputs to have the same shapes.")
        for value in self.outputs:
            shape = shape_of(self.operands[0].type)
            if len(shape_of(value.type)) != rank - len(places):
                raise VerifyError(
                    f"number of dimensions after reduction {rank - len(places)} doesn't match the init rank "
                    f"{len(shape_of(value.type))}"
                )
            if shape_of(value.type) != tuple(size for i, size in enumerate(shape) if i not in places):
                raise VerifyError("init dimensions should be those of the input that are not reduced")
        LinalgOp.verify(self)

    @classmethod
    def parse(cls, p: OpParser) -> Reduce:
        position = p.stream.pos - 1
        function = parse_function(p)
        inputs, outputs = parse_operands(p)
        if len(inputs) != len(outputs) or not inputs:
            raise p.stream.error(f"'{cls.name}' op expected as many outputs as inputs, and at least one", position)
        dimensions = parse_integers(p, "dimensions")
        attributes = {**p.attr_dict(), "dimensions": dimensions}
        types = [point_type(value.type) for value in (*inputs, *outputs)]
        half = len(inputs)
        if function is not None:
            order = [*range(half, 2 * half), *range(half)]
            body = function_body(p, function, types, order, types[-1])
        else:
            body = parse_body(p)
        built: Reduce = p.build(cls, [*inputs, *outputs], _tensors(outputs), attributes, [body])
        return built

    def print(self, p: OpPrinter) -> None:
        short = self.print_function(p)
        print_operands(p, self)
        p(f" dimensions = [{', '.join(map(str, self.dimensions.values))}]")
        p.attr_dict(self, ("dimensions",))
        if not short:
            self.print_body(p)


def _tensors(outputs: Sequence[Value]) -> list[Type]:
    return [value.type for value in outputs if isinstance(value.type, TensorType)]
