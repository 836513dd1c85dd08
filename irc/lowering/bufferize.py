"""Tensors become buffers: `linalg`, `tensor` and `scf` on tensors turn into the same on memrefs.

Each function keeps the type that it had in the attribute `irc.signature`, for the calling convention. Its tensor arguments
become memrefs that it only reads; its tensor results become memrefs that it has allocated and that the caller owns. They
share no memory with an argument, a constant or each other.

The ops are visited in order. What was computed stays where it is until something is written over it, and that is only done
when nothing reads the old content any more (see `irc.analysis.aliasing`); otherwise the new value gets a buffer of its own.
"""

from __future__ import annotations

from irc.analysis.aliasing import Storage
from irc.dialects import func, linalg
from irc.ir.attributes import TypeAttr
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.diagnostic import error
from irc.ir.dominance import reverse_post_order
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.signature import SIGNATURE
from irc.ir.types import FunctionType, TensorType, Type
from irc.lowering.bufferize_branches import free_on_all_paths, has_branches, split_edges, static_places
from irc.lowering.bufferize_control import CALLS, CONTROL, enter
from irc.lowering.bufferize_ops import LOWERINGS, lower_linalg
from irc.lowering.buffers import Buffers, buffer_type, is_tensor
from irc.lowering.constant_globals import Globals
from irc.lowering.locations import derived
from irc.lowering.sink_updates import sink_updates
from irc.passes.base import Pass, PassContext


class Bufferize(Pass):
    """Give every tensor a buffer, writing in place where nothing can tell the difference."""

    anchor = "builtin.module"

    def run(self, op: Operation, context: PassContext) -> None:
        constants = Globals(op, op.location)
        for function in list(op.nested_ops()):
            if isinstance(function, func.Func):
                bufferize_function(function, constants)


def bufferize_function(function: func.Func, constants: Globals) -> None:
    """Replace the tensors of one function; raises `DiagnosedError` for an op that has no form on buffers."""
    signature = function.signature
    function.set_attribute(SIGNATURE, TypeAttr(signature))
    inputs = tuple(_converted(type) for type in signature.inputs)
    function.function_type = TypeAttr(FunctionType(inputs, tuple(_converted(type) for type in signature.results)))
    if function.is_declaration:
        return
    buffers = Buffers(constants)
    entry = function.body.entry
    old = list(entry.arguments)
    buffers.blocks.append((entry, len(old)))
    for argument in old:
        new = entry.add_argument(_converted(argument.type))
        if is_tensor(argument):
            buffers.bind(argument, Storage(new, None))
        else:
            argument.replace_all_uses_with(new)
    process_region(buffers, function.body)
    buffers.clean_up()
    for buffer in buffers.made:
        region = buffer.parent_block.parent if buffer.parent_block is not None else None
        if region is not None and has_branches(region):
            free_on_all_paths(region, buffer)


def _converted(type: Type) -> Type:
    return buffer_type(type) if isinstance(type, TensorType) else type


def process_region(buffers: Buffers, region: Region) -> None:
    """Bufferize the blocks of a region, each after those that dominate it."""
    if region.is_empty:
        return
    order = reverse_post_order(region)
    if has_branches(region):
        # What is never reached need not be dominated by what it uses, so there may be no buffers for it.
        for block in [block for block in region if block not in order]:
            block.erase()
        split_edges(region)
        for block in region:
            if not block.is_entry and any(is_tensor(argument) for argument in block.arguments):
                buffers.arrivals[block] = static_places(buffers, region, block)
                enter(buffers, block, buffers.arrivals[block])
    for block in reverse_post_order(region):
        process_block(buffers, block)


def process_block(buffers: Buffers, block: Block) -> None:
    """Bufferize the ops of a block in order."""
    sink_updates(block)
    for op in list(block):
        tensors = any(is_tensor(value) for value in (*op.operands, *op.results))
        b = Builder(InsertPoint.before(op), derived(op.location, "bufferize"))
        cls = type(op)
        if not tensors:
            for region in op.regions:
                process_region(buffers, region)
        elif cls in LOWERINGS:
            LOWERINGS[cls](buffers, op, b)
        elif cls in CALLS:
            CALLS[cls](buffers, op, b)
        elif cls in CONTROL:
            CONTROL[cls](buffers, op, b, process_block)
        elif isinstance(op, linalg.LinalgOp):
            lower_linalg(buffers, op, b)
        elif op.name not in ("scf.yield", "scf.condition"):
            raise error(op.location, f"'{op.name}' op on tensors has no form on buffers")
