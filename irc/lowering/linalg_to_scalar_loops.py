"""Loop nests become loops over single elements, on tensors as well as on buffers.

Parallel loops are outside, reductions inside, where they carry the elements of the outputs rather than the outputs. This is
the form of a nest in which each element is a value of its own, as derivatives want it; `linalg-to-loops` writes fast ones.
"""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import linalg, memref, tensor
from irc.dialects._amounts import index_constant
from irc.ir.affine import AffineMap, dims_of
from irc.ir.builder import Builder, InsertPoint
from irc.ir.cloning import IRMapping, clone
from irc.ir.operation import Operation
from irc.ir.types import MemRefType, TensorType
from irc.ir.value import Value
from irc.lowering.affine_expansion import NOT_NEGATIVE, expand_expr
from irc.lowering.for_loops import nested_loops
from irc.lowering.locations import derived
from irc.lowering.size_checks import check_loops
from irc.lowering.sizes import size
from irc.passes.base import Pass, PassContext, statistic


class LinalgToScalarLoops(Pass):
    """Lower `linalg` on tensors or buffers to loops over their elements, without vectors."""

    lowered: str = statistic("ops replaced")

    def run(self, op: Operation, context: PassContext) -> None:
        for inner in list(op.walk()):
            if isinstance(inner, linalg.LinalgOp):
                b = Builder(InsertPoint.before(inner), derived(inner.location, self.name))
                inner.replace_with(_Nest(inner, b).write())
                context.count("lowered")


class _Nest:
    """A structured op while its loops are written at `b`."""

    def __init__(self, op: linalg.LinalgOp, b: Builder) -> None:
        self.op, self.b = op, b
        kinds = [kind.value == "parallel" for kind in op.iterators]
        self.outer = [i for i, parallel in enumerate(kinds) if parallel]
        self.inner = [i for i, parallel in enumerate(kinds) if not parallel]
        self.output_maps = op.maps[len(op.inputs) :]
        moving = {i for map in self.output_maps for expr in map.results for i in dims_of(expr)}
        self.in_registers = bool(self.inner) and moving.isdisjoint(self.inner)

    def write(self) -> Sequence[Value]:
        """The results."""
        b, op = self.b, self.op
        check_loops(b, op.operands, op.maps)
        zero, one = index_constant(b, 0), index_constant(b, 1)
        sources = [source for source in op.loop_sources() if source is not None]
        bounds = [(zero, size(b, op.operands[i], axis), one) for i, axis in sources]
        outer, inner = ([bounds[i] for i in loops] for loops in (self.outer, self.inner))

        def row(places: Sequence[Value], tensors: Sequence[Value]) -> Sequence[Value]:
            outputs = self._outputs(tensors)
            if not self.in_registers:
                return nested_loops(b, inner, tensors, lambda rest, held: self._step(self._at(places, rest), held))
            at = self._at(places, ())
            elements = [self._read(each, map, at) for each, map in zip(outputs, self.output_maps, strict=True)]
            found = nested_loops(b, inner, elements, lambda rest, held: self._point(self._at(places, rest), held))
            return self._written(outputs, found, at)

        carried = [value for value in op.outputs if isinstance(value.type, TensorType)]
        return nested_loops(b, outer, carried, row)

    def _at(self, outer: Sequence[Value], inner: Sequence[Value]) -> dict[int, Value]:
        """The position in each loop that has one."""
        return dict(zip((*self.outer, *self.inner), (*outer, *inner), strict=False))

    def _outputs(self, tensors: Sequence[Value]) -> list[Value]:
        """The outputs, with carried tensors in place of those that the op was given."""
        rest = iter(tensors)
        return [next(rest) if isinstance(value.type, TensorType) else value for value in self.op.outputs]

    def _step(self, at: dict[int, Value], tensors: Sequence[Value]) -> Sequence[Value]:
        """One point, from the outputs to the outputs."""
        outputs = self._outputs(tensors)
        elements = [
            self._read(each, map, at) if self.op.output_is_read(i) else None
            for i, (each, map) in enumerate(zip(outputs, self.output_maps, strict=True))
        ]
        return self._written(outputs, self._point(at, elements), at)

    def _point(self, at: dict[int, Value], outputs: Sequence[Value | None]) -> Sequence[Value]:
        """What the body yields at a point."""
        op, b = self.op, self.b
        mapping = IRMapping()
        inputs = [self._read(each, map, at) for each, map in zip(op.inputs, op.maps, strict=False)]
        for argument, element in zip(op.body.arguments, (*inputs, *outputs), strict=False):
            if element is not None:
                mapping[argument] = element
        for inner in op.walk():
            if isinstance(inner, linalg.Index):
                mapping[inner.result] = at[inner.dim.value]
        for inner in op.body:
            if not isinstance(inner, linalg.Index) and inner is not op.body.terminator:
                _drop_indices(b.insert(clone(inner, mapping)))
        return [mapping[value] for value in op.body.terminator.operands]

    def _place(self, map: AffineMap, at: dict[int, Value]) -> list[Value]:
        return [expand_expr(self.b, expr, at, (), NOT_NEGATIVE) for expr in map.results]

    def _read(self, operand: Value, map: AffineMap, at: dict[int, Value]) -> Value:
        """The element at a point, or the operand itself where it has no elements."""
        if isinstance(operand.type, TensorType):
            return self.b.insert(tensor.Extract(operand, self._place(map, at))).result
        if isinstance(operand.type, MemRefType):
            return self.b.insert(memref.Load(operand, self._place(map, at))).result
        return operand

    def _written(self, outputs: Sequence[Value], elements: Sequence[Value], at: dict[int, Value]) -> list[Value]:
        """The tensors among the outputs with the elements at a point; buffers get them."""
        found = []
        for output, element, map in zip(outputs, elements, self.output_maps, strict=True):
            place = self._place(map, at)
            if isinstance(output.type, TensorType):
                found.append(self.b.insert(tensor.Insert(element, output, place)).result)
            else:
                self.b.insert(memref.Store(element, output, place))
        return found


def _drop_indices(copy: Operation) -> None:
    """Remove what asks for the position inside of a copied operation, where nothing uses it any more."""
    for inner in [inner for inner in copy.walk() if isinstance(inner, linalg.Index)]:
        inner.erase()
