"""What all structured ops of `linalg` have in common: maps from loops to operands, kinds of loops, a scalar body.

A pass that asks `indexing_maps_of`, `iterators`, `inputs`, `outputs` and `body` treats `linalg.generic` and the named
ops alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from irc.ir.affine import AffineBinary, AffineConstant, AffineDim, AffineExpr, AffineMap
from irc.ir.attributes import IntegerAttr
from irc.ir.block import Block
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import DestinationStyle, Effect, MemoryEffects
from irc.ir.traits import Pure, ReturnLike, Terminator
from irc.ir.types import Dimension, MemRefType, Shape, TensorType, Type, i64, index
from irc.ir.value import Value
from irc.ods.enums import EnumAttr
from irc.ods.fields import attribute, result, variadic
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter


class IteratorType(EnumAttr):
    """`#linalg.iterator_type<parallel>`: what the order of a loop means."""

    name = "linalg.iterator_type"
    cases = ("parallel", "reduction", "window")


PARALLEL, REDUCTION = IteratorType("parallel"), IteratorType("reduction")


class LinalgOp(DestinationStyle, MemoryEffects, Op):
    """A perfect nest of loops around a scalar body.

    For each point of the loops, the elements of the operands at their maps' positions are the body's arguments; what
    the body yields becomes the elements of the outputs. A `reduction` loop sees the output of the point before.
    """

    @property
    def inputs(self) -> Sequence[Value]:
        raise NotImplementedError

    @property
    def outputs(self) -> Sequence[Value]:
        raise NotImplementedError

    @property
    def maps(self) -> tuple[AffineMap, ...]:
        """From the loops to the position in each operand, inputs before outputs."""
        raise NotImplementedError

    @property
    def iterators(self) -> tuple[IteratorType, ...]:
        """The kind of each loop, outermost first."""
        raise NotImplementedError

    @property
    def body(self) -> Block:
        """The block that computes one point; it ends with `linalg.yield`."""
        return self.regions[0].block

    @property
    def body_operands(self) -> Sequence[Value]:
        """The first operands, whose elements are the arguments of the body: all, unless the body ignores the outputs."""
        return self.operands

    @property
    def destinations(self) -> Sequence[Value]:
        return self.outputs

    @property
    def num_loops(self) -> int:
        return len(self.iterators)

    @property
    def has_tensor_semantics(self) -> bool:
        """Whether no operand is a buffer."""
        return not any(isinstance(value.type, MemRefType) for value in self.operands)

    @property
    def has_buffer_semantics(self) -> bool:
        """Whether no operand is a tensor."""
        return not any(isinstance(value.type, TensorType) for value in self.operands)

    def output_is_read(self, output_index: int) -> bool:
        """Whether the body uses the element that an output had before."""
        arguments = self.body.arguments
        position = len(self.inputs) + output_index
        return position < len(arguments) and bool(arguments[position].users)

    def effects(self) -> Sequence[Effect]:
        found = [Effect("read", value) for value in self.inputs if isinstance(value.type, MemRefType)]
        for i, value in enumerate(self.outputs):
            if isinstance(value.type, MemRefType):
                found += [Effect("read", value)] if self.output_is_read(i) else []
                found.append(Effect("write", value))
        return found

    def loop_sources(self) -> tuple[tuple[int, int] | None, ...]:
        """For each loop an operand and a dimension of it that has the loop's extent; `None` if there is none."""
        sources: list[tuple[int, int] | None] = [None] * self.num_loops
        for i, map in enumerate(self.maps):
            for j, expr in enumerate(map.results):
                if isinstance(expr, AffineDim) and sources[expr.position] is None:
                    sources[expr.position] = (i, j)
        return tuple(sources)

    def loop_extents(self) -> Shape:
        """The extent of each loop as far as the operands' types tell."""
        extents: list[Dimension] = [None] * self.num_loops
        for operand, map in zip(self.operands, self.maps, strict=True):
            for expr, size in zip(map.results, shape_of(operand.type), strict=True):
                if isinstance(expr, AffineDim) and extents[expr.position] is None:
                    extents[expr.position] = size
        return tuple(extents)

    def infer(self) -> Sequence[Type]:
        return [value.type for value in self.outputs if isinstance(value.type, TensorType)]

    def verify(self) -> None:
        verify_structure(self)


def shape_of(type: Type) -> Shape:
    """The shape of an operand; a scalar has none, and a vector is one."""
    return type.shape if isinstance(type, TensorType | MemRefType) else ()


def point_type(type: Type) -> Type:
    """The type of what a body gets of an operand: an element of a tensor or a buffer, or the scalar itself."""
    return type.element_type if isinstance(type, TensorType | MemRefType) else type


def verify_structure(op: LinalgOp) -> None:
    """What holds of every structured op: its destinations, maps, shapes and body fit together."""
    _verify_destinations(op)
    maps, operands = op.maps, op.operands
    if len(maps) != len(operands):
        raise VerifyError(
            f"expected the number of indexing_map ({len(maps)}) to be equal to the number of input/output operands "
            f"({len(operands)})"
        )
    for i, (map, operand) in enumerate(zip(maps, operands, strict=True)):
        if map.num_symbols:
            raise VerifyError(f"unexpected symbols in indexing_map #{i}")
        if map.num_dims != op.num_loops:
            raise VerifyError(f"expected indexing_map #{i} to have {op.num_loops} dim(s) to match the number of loops")
        rank = len(shape_of(operand.type))
        if rank != len(map.results):
            raise VerifyError(
                f"expected operand rank ({rank}) to match the result rank of indexing_map #{i} ({len(map.results)})"
            )
    if None in op.loop_sources():
        raise VerifyError("expected the shape-to-loops map to be non-null")
    _verify_body(op)
    _verify_shapes(op)


def _verify_destinations(op: LinalgOp) -> None:
    tensors = [(len(op.inputs) + i, value) for i, value in enumerate(op.outputs) if isinstance(value.type, TensorType)]
    for i, value in enumerate(op.outputs):
        if not isinstance(value.type, TensorType | MemRefType):
            raise VerifyError(
                f"operand #{len(op.inputs) + i} must be a ranked tensor or memref, but got '{value.type}'"
            )
    check_tensor_results(op, tensors)


def check_tensor_results(op: Op, tensors: Sequence[tuple[int, Value]]) -> None:
    """Raise `VerifyError` unless the results are of the types of the output tensors, given with their positions."""
    if len(op.results) != len(tensors):
        raise VerifyError(
            f"expected the number of tensor results ({len(op.results)}) to be equal to the number of output tensors "
            f"({len(tensors)})"
        )
    for found, (i, value) in zip(op.results, tensors, strict=True):
        if found.type is not value.type:
            raise VerifyError(
                f"expected type of operand #{i} ('{value.type}') to match type of corresponding result ('{found.type}')"
            )


def _verify_body(op: LinalgOp) -> None:
    region = op.regions[0]
    if region.first is None or region.first is not region.last:
        raise VerifyError("expects to have 1 region with 1 block")
    block = region.first
    if len(block.arguments) != len(op.body_operands):
        raise VerifyError(
            "expected as many non-induction variable region arguments as the number of input/output operands"
        )
    for i, (argument, operand) in enumerate(zip(block.arguments, op.body_operands, strict=True)):
        if argument.type is not point_type(operand.type):
            raise VerifyError(
                f"expected type of bb argument #{i} ('{argument.type}') to match element or self type of the "
                f"corresponding operand ('{point_type(operand.type)}')"
            )


def _verify_shapes(op: LinalgOp) -> None:
    extents = op.loop_extents()
    if None in extents:
        return
    known = [extent for extent in extents if extent is not None]
    if 0 in known:
        return
    for i, (map, operand) in enumerate(zip(op.maps, op.operands, strict=True)):
        for j, (expr, size) in enumerate(zip(map.results, shape_of(operand.type), strict=True)):
            if size is None:
                continue
            low, high = expr_range(expr, known)
            if isinstance(expr, AffineDim) and size != high + 1:
                raise VerifyError(
                    f"inferred input/output operand #{i} has shape's dimension #{j} to be {high + 1}, but found {size}"
                )
            if low < 0:
                raise VerifyError(f"unexpected result less than 0 at expression #{j} in indexing_map of operand #{i}")
            if high >= size:
                raise VerifyError(
                    f"inferred input/output operand #{i} has shape's dimension #{j} to be greater than or equal to "
                    f"{high + 1}, but found {size}"
                )


def expr_range(expr: AffineExpr, extents: Sequence[int]) -> tuple[int, int]:
    """The least and the greatest value of an expression over loops of the given extents (of each part on its own)."""
    match expr:
        case AffineConstant():
            return expr.value, expr.value
        case AffineDim():
            return 0, extents[expr.position] - 1
        case AffineBinary():
            left, right = expr_range(expr.lhs, extents), expr_range(expr.rhs, extents)
            match expr.kind:
                case "+":
                    return left[0] + right[0], left[1] + right[1]
                case "*":
                    products = [a * b for a in left for b in right]
                    return min(products), max(products)
                case "mod":
                    return left if left[0] >= 0 and left[1] < right[0] else (0, right[1] - 1)
                case "floordiv":
                    return left[0] // right[0], left[1] // right[0]
                case _:
                    return -(-left[0] // right[0]), -(-left[1] // right[0])
    raise VerifyError("unexpected symbol in an indexing map")


class Yield(Op, name="linalg.yield", traits=[Pure, Terminator, ReturnLike]):
    """Ends a body with the elements of the outputs.

    linalg.yield %x : f32
    """

    values: Sequence[Value] = variadic(default=())
    assembly = "attr-dict ($values^ `:` type($values))?"

    def verify(self) -> None:
        parent = self.parent_op
        if not isinstance(parent, LinalgOp):
            raise VerifyError("expected parent op with LinalgOp interface")
        if len(self.values) != len(parent.outputs):
            raise VerifyError(
                f"expected number of yield values ({len(parent.outputs)}) to match the number of inits / outs operands "
                f"of the enclosing LinalgOp ({len(self.values)})"
            )
        for i, (value, output) in enumerate(zip(self.values, parent.outputs, strict=True)):
            if value.type is not point_type(output.type):
                raise VerifyError(
                    f"type of yield operand {i + 1} ('{value.type}') doesn't match the element type of the enclosing "
                    f"linalg.generic op ('{point_type(output.type)}')"
                )


class Index(Op, name="linalg.index", traits=[Pure]):
    """The position in a loop of the enclosing structured op.

    %i = linalg.index 0 : index
    """

    dim: IntegerAttr = attribute(IntegerAttr)
    result: Value = result()
    assembly = "custom<Dimension>($dim) attr-dict `:` type($result)"

    def infer(self) -> Sequence[Type]:
        return (index,)

    def verify(self) -> None:
        if self.result.type is not index:
            raise VerifyError(f"result #0 must be index, but got '{self.result.type}'")
        parent = self.parent_op
        if not isinstance(parent, LinalgOp):
            raise VerifyError("expected parent op with LinalgOp interface")
        if not 0 <= self.dim.value < parent.num_loops:
            raise VerifyError(
                f"expected dim ({self.dim.value}) to be lower than the number of loops ({parent.num_loops}) of the "
                "enclosing LinalgOp"
            )


def parse_dimension(p: OpParser) -> IntegerAttr:
    return p.integer_attribute(i64)


def print_dimension(p: OpPrinter, op: Index) -> None:
    p(str(op.dim.value))
