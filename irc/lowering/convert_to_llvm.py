"""Functions on buffers and numbers become the llvm dialect, in one walk.

Each op is lowered by the function of its class in one of the tables of `<dialect>_to_llvm`, in an order in which
definitions come before uses. What lies between the ops of a block stays in that block: control flow is flat already.
"""

from __future__ import annotations

from collections.abc import Iterator

from irc.dialects import builtin, func, memref
from irc.ir.block import Block
from irc.ir.builder import InsertPoint
from irc.ir.diagnostic import error
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.lowering.arith_to_llvm import ARITH
from irc.lowering.cf_to_llvm import CF
from irc.lowering.complex_to_llvm import COMPLEX
from irc.lowering.custom_calls_to_llvm import CUSTOM_CALLS
from irc.lowering.func_to_llvm import FUNC, convert_function, takes_bare_pointers
from irc.lowering.index_to_llvm import INDEX
from irc.lowering.llvm_lowering import Lowering, Table
from irc.lowering.lowered_values import UnsupportedType, from_bare_pointer, from_parts, parameter_types, part_types
from irc.lowering.math_to_llvm import MATH
from irc.lowering.memref_to_llvm import MEMREF, convert_global
from irc.lowering.memref_views_to_llvm import VIEWS
from irc.lowering.print_to_llvm import PRINT
from irc.lowering.vector_memory_to_llvm import VECTOR_MEMORY
from irc.lowering.vector_shapes_to_llvm import VECTOR_SHAPES
from irc.lowering.vector_to_llvm import VECTOR
from irc.passes.base import Pass, PassContext, statistic

TABLE: Table = {
    **ARITH, **INDEX, **MATH, **CF, **FUNC, **MEMREF, **VIEWS, **VECTOR, **VECTOR_SHAPES, **VECTOR_MEMORY, **PRINT,
    **COMPLEX,
    **CUSTOM_CALLS,
}  # fmt: skip


class ConvertToLLVM(Pass):
    """Lower arith, index, math, complex, cf, func, memref and vector to the llvm dialect.

    Structured control flow must be gone.
    """

    anchor = "builtin.module"
    ops: str = statistic("operations lowered")

    def run(self, op: Operation, context: PassContext) -> None:
        assert isinstance(op, builtin.Module)
        block = op.body.entry
        lowering = Lowering(op, block)
        for inner in list(block):
            lowering.come_to(inner.location)
            try:
                if isinstance(inner, func.Func):
                    _function(inner, lowering)
                elif isinstance(inner, memref.Global):
                    _replace(inner, convert_global(inner))
                elif not inner.name.startswith("llvm."):
                    raise lowering.unsupported(inner)
            except UnsupportedType as problem:
                raise error(inner.location, str(problem)) from None
            context.count("ops")


def _replace(old: Operation, new: Operation) -> None:
    assert old.parent is not None
    old.parent.insert_before(new, old)
    old.drop_uses_and_erase()


def _function(op: func.Func, lowering: Lowering) -> None:
    new = convert_function(op)
    if not op.is_declaration:
        lowering.bare = takes_bare_pointers(op)
        _body(op.body, lowering)
        new.body.take_blocks(op.body)
    lowering.symbols.symbols[new.sym_name.value] = new
    _replace(op, new)


def _body(body: Region, lowering: Lowering) -> None:
    """Lower the blocks of a function in place."""
    order = reverse_postorder(body.entry)
    reached = set(order)
    old = [op for block in body if block not in reached for op in block]
    lowering.entry = body.entry
    counts = [len(block.arguments) for block in order]
    for block in order:
        _arguments(block, lowering)
    for block in order:
        # Lowering may cut the block in two; the list is of the ops that were there before.
        for op in list(block):
            _op(op, lowering)
            old.append(op)
    for op in reversed(old):
        op.drop_uses_and_erase()
    for block in body:
        if block not in reached and block.first is None:
            body.remove(block)
    for block, count in zip(order, counts, strict=True):
        for _ in range(count):
            block.erase_argument(0)


def reverse_postorder(entry: Block) -> list[Block]:
    """The blocks that can be reached, each after those that dominate it."""
    order: list[Block] = []
    seen = {entry}
    stack: list[tuple[Block, Iterator[Block]]] = [(entry, iter(_successors(entry)))]
    while stack:
        block, rest = stack[-1]
        for target in rest:
            if target not in seen:
                seen.add(target)
                stack.append((target, iter(_successors(target))))
                break
        else:
            order.append(block)
            stack.pop()
    return order[::-1]


def _successors(block: Block) -> tuple[Block, ...]:
    return block.last.successors if block.last is not None else ()


def _arguments(block: Block, lowering: Lowering) -> None:
    """Add the parts of each argument behind the arguments; a function takes a memref with all its parts, or the pointer."""
    whole, bare = block.is_entry, lowering.bare
    for argument in list(block.arguments):
        types = parameter_types(argument.type, bare) if whole else part_types(argument.type)
        parts = iter([block.add_argument(type) for type in types])
        if whole and bare:
            lowering.values[argument] = from_bare_pointer(argument.type, next(parts))
        else:
            lowering.values[argument] = from_parts(argument.type, parts, stated_too=whole)


def _op(op: Operation, lowering: Lowering) -> None:
    lower = TABLE.get(op.__class__)
    if lower is None:
        raise lowering.unsupported(op)
    values = lowering.values
    lowering.b.point = InsertPoint.before(op)
    lowering.come_to(op.location)
    try:
        lowered = lower(op, [values[operand] for operand in op.operands], lowering)
    except UnsupportedType as problem:
        raise error(op.location, f"failed to legalize operation '{op.name}': {problem}") from None
    for result, value in zip(op.results, lowered, strict=True):
        values[result] = value
