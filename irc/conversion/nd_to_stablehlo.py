"""Tensor mathematics of irc becomes StableHLO, which XLA and others compile: `nd`, `scf` and what is around turn into
`stablehlo` and `chlo`."""

from __future__ import annotations

from collections.abc import Sequence

from irc.conversion.to_stablehlo import elementwise, factorizations, random_bits, regions, structure
from irc.conversion.to_stablehlo.values import Rule, converted, no_counterpart
from irc.dialects import func, nd
from irc.dialects import stablehlo as hlo
from irc.ir.attributes import TypeAttr
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.diagnostic import VerifyError
from irc.ir.location import fuse
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.types import FunctionType, Type
from irc.ir.value import Value
from irc.passes.base import Pass, PassContext

RULES: dict[type[Operation], Rule] = {
    **elementwise.RULES, **factorizations.RULES, **random_bits.RULES, **regions.RULES, **structure.RULES
}  # fmt: skip


class NdToStablehlo(Pass):
    """Convert `nd` and what stands around it to `stablehlo` and `chlo`.

    Numbers become tensors of rank 0, indices integers of 64 bits, storage that is given away is forgotten. What has no
    counterpart is an error at its place: custom calls other than factorizations of matrices, printing, running combinations
    other than the usual ones.
    """

    anchor = "builtin.module"

    def run(self, op: Operation, context: PassContext) -> None:
        for function in [inner for inner in op.nested_ops() if isinstance(inner, func.Func)]:
            _Function(function).run()


class _Function:
    """A function on its way: its new values by the old ones."""

    def __init__(self, function: func.Func) -> None:
        self.function = function
        self.scope: dict[Value, Value] = {}
        self.b = Builder(InsertPoint.at_end(Block()))

    def run(self) -> None:
        function = self.function
        signature = converted(function.signature)
        assert isinstance(signature, FunctionType)
        function.function_type = TypeAttr(signature)
        if function.is_declaration:
            return
        if function.body.first is not function.body.last:
            raise no_counterpart(function, "of several blocks has no counterpart in stablehlo")
        old = function.body.entry
        new = Block(signature.inputs)
        for argument, given in zip(new.arguments, old.arguments, strict=True):
            argument.location = given.location
        self.b = Builder(InsertPoint.at_end(new))
        self.b.insert(func.Return(self.block(old, new.arguments), location=old.terminator.location))
        function.body.remove(old)
        function.body.append(new)

    def block(self, block: Block, arguments: Sequence[Value]) -> list[Value]:
        self.scope.update(zip(block.arguments, arguments, strict=True))
        for op in block:
            if op is not block.terminator:
                with self.b.located(fuse((op.location,), "nd-to-stablehlo")):
                    self._op(op)
        return [self.scope[value] for value in block.terminator.operands]

    def region(self, region: Region, types: Sequence[Type] | None = None) -> Region:
        old = region.entry
        block = Block(types or [converted(argument.type) for argument in old.arguments])
        with self.b.at(InsertPoint.at_end(block)):
            self.b.insert(hlo.Return(self.block(old, block.arguments)))
        return Region(block)

    def _op(self, op: Operation) -> None:
        if isinstance(op, nd.Allocate):
            return
        if isinstance(op, func.Call):
            types = [converted(result.type) for result in op.results]
            call = func.Call(op.callee, [self.scope[value] for value in op.operands], result_types=types)
            self.scope.update(zip(op.results, self.b.insert(call).results, strict=True))
            return
        rule = RULES.get(type(op))
        if rule is None:
            raise no_counterpart(op)
        destinations = getattr(op, "destinations", ())
        count = len(op.operands) - len(destinations)
        try:
            found = rule(op, [self.scope[value] for value in op.operands[:count]], self)
        except VerifyError as problem:
            raise no_counterpart(op, f"has no counterpart in stablehlo: {problem}") from problem
        values = [found] if isinstance(found, Value) else found
        self.scope.update(zip(op.results, values, strict=True))
