"""`stablehlo.reduce`: dimensions combined by a region, which the text abbreviates where it is one op."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.dialects import stablehlo_types as ty
from irc.dialects._shape_checks import distinct, same_shape
from irc.dialects.stablehlo_attributes import parse_dims
from irc.dialects.stablehlo_base import StablehloOp
from irc.dialects.stablehlo_reducers import block_of, check_reducer, returned
from irc.dialects.stablehlo_shapes import Dim, dims, in_range, of_dims, tensor
from irc.ir.attributes import Attribute, DenseArrayAttr
from irc.ir.block import Block
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import RegionBranch
from irc.ir.location import Location
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.traits import (
    Commutative,
    RecursiveMemoryEffects,
    ReturnLike,
    SameVariadicOperandSize,
    SingleBlock,
    Terminator,
)
from irc.ir.types import TensorType, Type
from irc.ir.value import Value
from irc.ods import attribute_constraints as ac
from irc.ods import fields as f
from irc.ods.op import Op
from irc.ods.registry import lookup_op
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter
from irc.text.part_parser import Unresolved


class Return(Op, name="stablehlo.return", traits=[Terminator, ReturnLike]):
    """Ends a region and gives its values.

    stablehlo.return %x, %y : tensor<f32>, tensor<i32>
    """

    results_: Sequence[Value] = f.variadic(ty.ValueOrBuffer)
    assembly = "$results attr-dict (`:` type($results)^)?"


def check_same_shapes(types: Sequence[TensorType]) -> None:
    """Raise unless all inputs of a reduction may have the same shape."""
    for i, type in enumerate(types):
        if not same_shape(types[0].shape, type.shape):
            raise VerifyError(
                f"expects all inputs to have compatible shapes. Shape at input-index {i} is not compatible with shape "
                "at input-index 0"
            )


def accumulated(body: Region, inputs: Sequence[TensorType]) -> list[Type]:
    """The element types of the results: those that the region returns."""
    found = [value.type for value in returned(body.entry)] if body.first is not None else []
    types = [type.element_type for type in found if isinstance(type, TensorType)]
    return types if len(types) == len(inputs) else [type.element_type for type in inputs]


class Reduce(StablehloOp, RegionBranch, name="stablehlo.reduce",
             traits=[SingleBlock, RecursiveMemoryEffects, SameVariadicOperandSize]):  # fmt: skip
    """The elements along some dimensions combined, starting from initial values.

    %y = stablehlo.reduce(%x init: %c) applies stablehlo.add across dimensions = [1]
        : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
    """

    inputs: Sequence[Value] = f.variadic(ty.Tensor)
    init_values: Sequence[Value] = f.variadic(ty.Tensor)
    dimensions: DenseArrayAttr = f.attribute(DenseArrayAttr, where=ac.I64Array)
    body: Region = f.region()
    outputs: Sequence[Value] = f.variadic_results(ty.Tensor)

    def entry_operands(self, region: Region) -> Sequence[Value]:
        return ()

    def kept(self) -> list[Dim]:
        """The sizes of the dimensions that remain. Raises `VerifyError` where inputs or dimensions do not fit."""
        types = [tensor(value) for value in self.inputs]
        if not types:
            raise VerifyError("expected 1 or more operands, but found 0")
        check_same_shapes(types)
        rank, gone = types[0].rank, [int(dim) for dim in self.dimensions.values]
        for dim in gone:
            if not in_range([dim], rank):
                raise VerifyError(f"Out-of-bounds dimension {dim}, expected to be in range [0, {rank})")
        if not distinct(gone):
            twice = next(dim for i, dim in enumerate(gone) if dim in gone[:i])
            raise VerifyError(f"Duplicate reduction dimension: {twice}")
        return [dim for i, dim in enumerate(dims(types[0])) if i not in gone]

    def infer(self) -> Sequence[Type]:
        kept = self.kept()
        elements = accumulated(self.body, [tensor(value) for value in self.inputs])
        return [of_dims(kept, element) for element in elements]

    def verify(self) -> None:
        block = block_of(self.body, "body")
        inputs, inits = ([tensor(value) for value in values] for values in (self.inputs, self.init_values))
        check_reducer(block, inputs, inits, [dim.size for dim in self.kept()])
        StablehloOp.verify(self)

    def fits_custom_form(self) -> bool:
        # It pairs the arguments of the region with the inputs, which is wrong for an op that does not verify.
        return self.body.first is not None and len(self.body.entry.arguments) == 2 * len(self.inputs) > 0

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        return _parse(p, cls)

    def print(self, p: OpPrinter) -> None:
        _print(self, p)


def _is_combiner(cls: Any) -> bool:
    """Whether ops of class `cls` may stand for a reduction's region: two operands, one result, operands may be swapped."""
    return cls is not None and Commutative in cls.traits and len(cls.layout.operands) == 2 and cls.name.startswith(
        "stablehlo."
    )  # fmt: skip


def _parse(p: OpParser, cls: Any) -> Any:
    stream = p.stream
    start = stream.pos
    inputs: list[Unresolved] = []
    inits: list[Unresolved] = []
    while True:
        stream.expect("(")
        inputs.append(p.operand())
        stream.expect("init")
        stream.expect(":")
        inits.append(p.operand())
        stream.expect(")")
        if not stream.accept(","):
            break
    combiner = None
    if stream.accept("applies"):
        position = stream.pos
        combiner = lookup_op(stream.next())
        if not _is_combiner(combiner):
            raise stream.error(
                "expected the inner-op to be a commutative binary-op from the stablehlo dialect, with zero region, "
                "producing single result",
                position,
            )
    for word in ("across", "dimensions", "="):
        stream.expect(word)
    attributes: dict[str, Attribute] = {"dimensions": DenseArrayAttr.i64(parse_dims(stream))}
    attributes |= p.attr_dict()
    stream.expect(":")
    signature = p.function_type()
    operands = p.resolve_all([*inputs, *inits], signature.inputs)
    if combiner is not None:
        element = operands[0].type
        if not isinstance(element, TensorType):
            raise stream.error("expected a tensor to reduce", start)
        body = _body(combiner, TensorType((), element.element_type), p.location)
    else:
        body = _parse_reducer(p)
    return p.build(cls, operands, signature.results, attributes, [body])


def _body(combiner: Any, type: Type, location: Location) -> Region:
    """A region that applies one op to its two arguments."""
    block = Block([type, type])
    for argument in block.arguments:
        argument.location = location
    applied = combiner(*block.arguments, result_types=[type], location=location)
    block.append(applied)
    block.append(Return(applied.results, location=location))
    region = Region()
    region.append(block)
    return region


def _parse_reducer(p: OpParser) -> Region:
    """`reducer(%a: t, %b: t) (%c: t, %d: t) { … }`: for each input its element and the value so far."""
    stream = p.stream
    stream.expect("reducer")
    first: list[tuple[Unresolved, Type]] = []
    second: list[tuple[Unresolved, Type]] = []
    locations: tuple[list[Location], list[Location]] = [], []
    while stream.accept("("):
        for i, (group, end) in enumerate(((first, ","), (second, ")"))):
            name = p.operand()
            stream.expect(":")
            group.append((name, p.type()))
            locations[i].append(p.argument_location(name))
            stream.expect(end)
    return p.region([*first, *second], locations=[*locations[0], *locations[1]])


def _combiner_of(op: Reduce) -> Operation | None:
    """The only op of the region, where the text may name it instead."""
    block = op.body.entry
    inner = block.first
    if inner is None or inner.next is None or inner.next is not block.last or not _is_combiner(type(inner)):
        return None
    last = block.last
    element = TensorType((), tensor(op.inputs[0]).element_type)
    values = (*inner.operands, *inner.results)
    plain = not inner.attributes and isinstance(last, Return) and not last.attributes
    fits = tuple(inner.operands) == tuple(block.arguments) and tuple(last.operands) == inner.results
    return inner if plain and fits and all(value.type is element for value in values) else None


def _print(op: Reduce, p: OpPrinter) -> None:
    names = p.names.values
    pairs = zip(op.inputs, op.init_values, strict=True)
    p(", ".join([f"({names[value]} init: {names[init]})" for value, init in pairs]))
    combiner = _combiner_of(op)
    if combiner is not None:
        p(f" applies {combiner.name}")
    p(f" across dimensions = [{', '.join(map(str, op.dimensions.values))}]")
    p.attr_dict(op, ("dimensions",))
    p(" : ")
    p.functional_type(op.operands, op.results)
    if combiner is not None:
        return
    arguments = op.body.entry.arguments
    count = len(op.inputs)
    p(f"\n{p.indent} reducer")
    for first, second in zip(arguments[:count], arguments[count:], strict=True):
        shown = [f"{names[each]}: {each.type}{p.origin(each)}" for each in (first, second)]
        p(f"({', '.join(shown)}) ")
    p.region(op.body)
