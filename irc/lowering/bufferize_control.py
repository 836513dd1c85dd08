"""Bufferization of control flow: what tensors that flow into and out of regions become.

A carried tensor of static shape has one buffer, made before the loop; at the end of the body the new value is copied into
it unless it was computed there. A tensor whose size is only known at run time may change its size from one iteration to
the next, so its buffer is carried as a memref: whoever receives it owns it, and frees it when it is not handed on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from irc.analysis.aliasing import Storage
from irc.dialects import cf, func, memref, scf
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.operation import Operation
from irc.ir.types import MemRefType, TensorType, Type
from irc.ir.value import Value
from irc.lowering.buffers import Buffers, buffer_type, is_tensor, is_undefined

ProcessBlock = Callable[[Buffers, Block], None]


def is_dynamic(value: Value) -> bool:
    return isinstance(value.type, TensorType) and not value.type.has_static_shape


def is_static(value: Value) -> bool:
    return isinstance(value.type, TensorType) and value.type.has_static_shape


def is_contiguous(view: Value) -> bool:
    return isinstance(view.type, MemRefType) and view.type.layout is None


def carried_type(value: Value) -> Type:
    return buffer_type(value.type) if is_tensor(value) else value.type


def settle(
    buffers: Buffers,
    terminator: Operation,
    values: Sequence[Value],
    places: Sequence[Storage | None],
    owned: Sequence[Storage] = (),
    homes: Collection[Block] = (),
    *,
    final: bool = True,
) -> list[Value]:
    """Bring values to where they are expected when their block ends, and return the operands that are still passed.

    A tensor with a place is copied there unless it is there. Of one without a place the buffer is handed on: its own if
    it is whole and belongs to this block or to `homes`, else a copy; unless the terminator is `final`, blocks that follow may
    still read it, which also takes a copy. Buffers in `owned` that are not handed on are freed.
    """
    assert terminator.parent is not None
    b = Builder(InsertPoint.before(terminator), terminator.location)
    homes = (*homes, terminator.parent)
    passed: list[Value] = []
    given: list[Storage] = []
    moves: list[tuple[Value, Storage]] = []
    for value, place in zip(values, places, strict=True):
        if not is_tensor(value):
            passed.append(value)
        elif place is not None:
            if buffers.views.get(value) is not place.buffer and not is_undefined(value):
                moves.append((value, place))
        else:
            storage = buffers.storage(value)
            own = storage is not None and storage.home in homes and storage not in given
            if storage is not None and own and not final:
                own = storage.is_dead_after(terminator)
            if storage is not None and own and is_contiguous(buffers.views[value]):
                # Without a layout of its own a view is the whole buffer, if perhaps under another shape.
                passed.append(buffers.views[value])
            else:
                storage = buffers.fresh_copy(b, value)
                passed.append(storage.buffer)
            given.append(storage)
    _move(buffers, b, moves)
    for storage in owned:
        if storage not in given and storage.home is not None:
            b.insert(memref.Dealloc(storage.buffer))
    return passed


def _move(buffers: Buffers, b: Builder, moves: Sequence[tuple[Value, Storage]]) -> None:
    """Copy all values to their places as if at once.

    A place is written when no other value that is still to be moved lies there; where that goes round in a circle, a
    value is saved first.
    """
    pending = [(value, place, buffers.storage(value)) for value, place in moves]
    saved: dict[Value, Storage] = {}
    while pending:
        for i, (_, place, _) in enumerate(pending):
            if all(source is not place for j, (_, _, source) in enumerate(pending) if j != i):
                break
        else:
            i = 0
            place = pending[i][1]
            for j, (value, other, source) in enumerate(pending):
                if j != i and source is place:
                    saved[value] = buffers.fresh_copy(b, value)
                    pending[j] = (value, other, None)
        value, place, source = pending.pop(i)
        if value in saved and source is None:
            b.insert(memref.Copy(saved[value].buffer, place.buffer))
        elif source is place:
            # A part of the place itself: it must not be overwritten while it is read.
            b.insert(memref.Copy(buffers.fresh_copy(b, value).buffer, place.buffer))
        else:
            buffers.copy(b, value, place.buffer)


def _carry(
    buffers: Buffers, b: Builder, op: Operation, inits: Sequence[Value], results: Sequence[Value | None]
) -> tuple[list[Storage | None], list[Value]]:
    """The buffers that a loop carries static tensors in, with the initial elements there, and its other operands."""
    taken: list[Storage] = []
    places: list[Storage | None] = []
    passed: list[Value] = []
    for init, result in zip(inits, results, strict=True):
        if not is_tensor(init):
            places.append(None)
            passed.append(init)
            continue
        storage = buffers.storage(init)
        reusable = storage is not None and storage.is_writable and storage not in taken and buffers.is_whole(init)
        reusable = reusable and (is_static(init) or (storage is not None and storage.home is b.point.block))
        if storage is None or not reusable or not storage.is_free_after(op):
            storage = _free_target(buffers, op, result, taken) if is_static(init) else None
            storage = storage or buffers.allocate(b, init.type, buffers.sizes(b, init))
            buffers.copy(b, init, storage.buffer)
        taken.append(storage)
        places.append(storage if is_static(init) else None)
        if is_dynamic(init):
            # The loop owns it now: it frees it or hands on another in its place.
            storage.home = None
            passed.append(storage.buffer)
    return places, passed


def _free_target(buffers: Buffers, op: Operation, result: Value | None, taken: Sequence[Storage]) -> Storage | None:
    """The buffer that `result` is wanted in, if `op` may use it from its start."""
    target = buffers.target(result) if result is not None else None
    if result is None or target is None or target in taken or target.buffer.type is not buffer_type(result.type):
        return None
    return target if buffers.aliasing.may_write(target, op, [v for v in op.operands if is_tensor(v)]) else None


def enter(
    buffers: Buffers, block: Block, places: Sequence[Storage | None], first: Sequence[Type] = ()
) -> list[Storage]:
    """Give `block` new arguments for all that is not a static tensor, `first` ahead; the buffers that it is handed.

    The old arguments stay as long as there are tensor ops that use them.
    """
    owned: list[Storage] = []
    old = list(block.arguments)
    buffers.blocks.append((block, len(old)))
    for argument, place in zip(old, [*([None] * len(first)), *places], strict=True):
        if place is not None:
            buffers.bind(argument, place)
            continue
        replacement = block.add_argument(carried_type(argument))
        if is_tensor(argument):
            owned.append(buffers.own(replacement, block))
            buffers.bind(argument, owned[-1])
        else:
            argument.replace_all_uses_with(replacement)
    return owned


def _leave(buffers: Buffers, op: Operation, new: Operation, places: Sequence[Storage | None]) -> None:
    """Bind the results of `op` to their buffers, or to the results of `new` that hand them on."""
    results = iter(new.results)
    for result, place in zip(op.results, places, strict=True):
        if place is not None:
            buffers.bind(result, place)
            continue
        replacement = next(results)
        if is_tensor(result):
            assert new.parent is not None
            buffers.bind(result, buffers.own(replacement, new.parent))
        else:
            result.replace_all_uses_with(replacement)
    buffers.dead.append(op)


def _replace_terminator(buffers: Buffers, old: Operation, new: Operation) -> None:
    Builder(InsertPoint.before(old), old.location).insert(new)
    buffers.dead.append(old)


def _successor(op: Any, operands: Sequence[Value], types: Sequence[Type]) -> Operation:
    """The op that takes over the regions of `op`, which stays before it until its results are replaced."""
    regions, op.regions = op.regions, ()
    new: Operation = type(op).create(
        operands, types, op.properties, op.attributes, regions=regions, location=op.location
    )
    return Builder(InsertPoint.after(op)).insert(new)


def lower_for(buffers: Buffers, op: scf.For, b: Builder, process: ProcessBlock) -> None:
    block = op.body.entry
    places, passed = _carry(buffers, b, op, op.inits, op.results)
    types = [carried_type(init) for init, place in zip(op.inits, places, strict=True) if place is None]
    operands = [*op.operands[:3], *passed]
    loop = _successor(op, operands, types)
    owned = enter(buffers, block, places, [op.lower_bound.type])
    buffers.targets[block] = places
    process(buffers, block)
    terminator = block.terminator
    kept = settle(buffers, terminator, terminator.operands, places, owned)
    _replace_terminator(buffers, terminator, scf.Yield(kept))
    _leave(buffers, op, loop, places)


def lower_choice(buffers: Buffers, op: Any, b: Builder, process: ProcessBlock) -> None:
    """`scf.if` and `scf.index_switch`: each branch leaves its results in the same buffers."""
    blocks = [region.block for region in op.regions if not region.is_empty]
    places: list[Storage | None] = []
    for i, result in enumerate(op.results):
        place: Storage | None = None
        if is_static(result):
            taken = [other for other in places if other is not None]
            target = buffers.target(result)
            fits = target is not None and target not in taken and target.buffer.type is buffer_type(result.type)
            # What a branch reads of the old content it reads before it writes: that is decided op by op.
            place = target if fits and target is not None and target.is_dead_after(op) else None
            place = place or _updated(buffers, op, blocks, i, taken)
            place = place or buffers.allocate(b, result.type, ())
        places.append(place)
    for block in blocks:
        buffers.targets[block] = places
        process(buffers, block)
        terminator = block.terminator
        kept = settle(buffers, terminator, terminator.operands, places)
        _replace_terminator(buffers, terminator, scf.Yield(kept))
    types = [carried_type(result) for result, place in zip(op.results, places, strict=True) if place is None]
    _leave(buffers, op, _successor(op, op.operands, types), places)


def _updated(
    buffers: Buffers, op: Operation, blocks: Sequence[Block], i: int, taken: Sequence[Storage]
) -> Storage | None:
    """The buffer of a value that one branch yields unchanged, if the others may write over it."""
    for block in blocks:
        value = block.terminator.operands[i]
        storage = buffers.storage(value)
        if storage is None or not storage.is_writable or storage in taken or not buffers.is_whole(value):
            continue
        if storage.is_dead_after(op):
            return storage
    return None


def lower_while(buffers: Buffers, op: scf.While, b: Builder, process: ProcessBlock) -> None:
    before, after = op.before.entry, op.after.entry
    places, passed = _carry(buffers, b, op, op.inits, [None] * len(op.inits))
    loop = _successor(op, passed, [carried_type(result) for result in op.results if not is_static(result)])
    owned = enter(buffers, before, places)
    process(buffers, before)
    condition = before.terminator
    between = [_between(buffers, b, value, before) for value in condition.operands[1:]]
    kept = settle(buffers, condition, condition.operands[1:], between, owned)
    _replace_terminator(buffers, condition, scf.Condition(condition.operands[0], kept))
    owned = enter(buffers, after, between)
    buffers.targets[after] = places
    process(buffers, after)
    terminator = after.terminator
    kept = settle(buffers, terminator, terminator.operands, places, owned)
    _replace_terminator(buffers, terminator, scf.Yield(kept))
    _leave(buffers, op, loop, between)


def _between(buffers: Buffers, b: Builder, value: Value, before: Block) -> Storage | None:
    """Where the second region of a loop finds a static tensor: where it is, if that is a buffer from outside."""
    if not is_static(value):
        return None
    storage = buffers.storage(value)
    if storage is not None and storage.is_writable and storage.home is not before and buffers.is_whole(value):
        return storage
    return buffers.allocate(b, value.type, ())


def lower_call(buffers: Buffers, op: func.Call, b: Builder) -> None:
    """Arguments are lent to the callee, which only reads them; the buffers of results belong to the caller."""
    operands = [buffers.read_contiguous(b, value) if is_tensor(value) else value for value in op.operands]
    types = [carried_type(result) for result in op.results]
    call = b.insert(func.Call.create(operands, types, op.properties, op.attributes, location=op.location))
    _leave(buffers, op, call, [None] * len(types))


def lower_return(buffers: Buffers, op: func.Return, b: Builder) -> None:
    assert op.parent is not None and op.parent.parent is not None
    kept = settle(buffers, op, op.operands, [None] * len(op.operands), homes=list(op.parent.parent))
    _replace_terminator(buffers, op, func.Return(kept))


def lower_branch(buffers: Buffers, op: cf.Br, b: Builder) -> None:
    block = op.parent
    assert block is not None
    # On an edge that has a block of its own, the block before it is the one that may have made what is handed on.
    homes = [branch.parent for branch in block.predecessors if branch.parent is not None] if block.first is op else []
    homes = homes if sum(block.predecessors.values()) == 1 else []
    kept = settle(buffers, op, op.operands, buffers.arrivals[op.dest], homes=homes, final=False)
    _replace_terminator(buffers, op, cf.Br(kept, op.dest))


CONTROL: dict[Any, Any] = {
    scf.For: lower_for, scf.If: lower_choice, scf.IndexSwitch: lower_choice, scf.While: lower_while,
}  # fmt: skip
"""Ops whose regions tensors flow into or out of; their lowerings also take a function for the blocks inside."""

CALLS: dict[Any, Any] = {func.Call: lower_call, func.Return: lower_return, cf.Br: lower_branch}
