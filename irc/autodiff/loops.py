"""The adjoint of `scf.for`: a loop that runs the iterations from last to first.

The forward loop stores the values it carries at the start of each iteration, stacked along a new leading axis. The
adjoint loop reads them, runs the iteration forward again and then backward. It carries the cotangents of the carried
values, and sums those of the active values from outside.
"""

from __future__ import annotations

from dataclasses import dataclass

from irc.autodiff.expr import Expr, dim_of
from irc.autodiff.reverse import BACKWARD, FORWARD, Sweep, captured, copied
from irc.autodiff.shaping import accumulated
from irc.dialects import arith, cf, nd, scf, tensor
from irc.dialects._amounts import compare
from irc.dialects._slices import constant_index
from irc.ir.attributes import IntegerAttr, StringAttr
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.cloning import IRMapping
from irc.ir.region import Region
from irc.ir.types import Dimension, TensorType, Type, index
from irc.ir.value import Value

CHANGING = "the derivative of a loop needs tensors of the same sizes in all iterations"


@dataclass(frozen=True, slots=True)
class Tape:
    """What the forward sweep leaves: the number of iterations, and the stacks by position of the carried value."""

    count: Value
    stacks: dict[int, Value]


def forward(sweep: Sweep, op: scf.For) -> None:
    """Copy the loop; where its adjoint will be needed, let it fill the stacks."""
    builder, mapping = sweep.builder, sweep.mapping
    if not any(result in sweep.context.activity for result in op.results):
        builder.insert(copied(op, mapping))
        return
    lower, upper, step = (mapping[value] for value in (op.lower_bound, op.upper_bound, op.step))
    count = trip_count(builder, lower, upper, step)
    carried = op.body.block.arguments[1:]
    inits = [mapping[value] for value in op.inits]
    # What the body does not use may be needed for its sizes, which those of its cotangent are.
    stored = [i for i, argument in enumerate(carried) if argument.users or _is_dynamic(argument.type)]
    empty = [_allocate(builder, count, inits[i]) for i in stored]
    body = Block([op.induction_variable.type, *(v.type for v in inits), *(v.type for v in empty)])
    loop = scf.For(lower, upper, step, [*inits, *empty], Region(body))
    inner = IRMapping(dict(mapping.values))
    inner.values.update(zip(op.body.block.arguments, body.arguments, strict=False))
    with builder.at(InsertPoint.at_end(body)):
        position = _position(builder, body.arguments[0], lower, step)
        stacks = body.arguments[1 + len(inits) :]
        filled = [
            _store(builder, stack, body.arguments[1 + i], inits[i], position)
            for stack, i in zip(stacks, stored, strict=True)
        ]
        for inner_op in op.body.block:
            if inner_op is not op.body.block.last:
                builder.insert(copied(inner_op, inner))
        yielded = [inner[value] for value in op.body.block.terminator.operands]
        builder.insert(scf.Yield([*yielded, *filled]))
    builder.insert(loop)
    mapping.values.update(zip(op.results, loop.results, strict=False))
    sweep.saved[op] = Tape(count, dict(zip(stored, loop.results[len(inits) :], strict=True)))


def _is_dynamic(type: Type) -> bool:
    return isinstance(type, TensorType) and not type.has_static_shape


def backward(sweep: Sweep, op: scf.For) -> None:
    """Write the adjoint loop and hand its results to the inits and the values from outside."""
    builder, mapping, activity = sweep.builder, sweep.mapping, sweep.context.activity
    active = [i for i, result in enumerate(op.results) if result in activity]
    cts = {i: sweep.cotangents.take(op.results[i]) for i in active}
    if all(ct is None for ct in cts.values()):
        return
    outside = captured(op, activity)
    tape: Tape = sweep.saved[op]
    seeds = [(ct if (ct := cts[i]) is not None else sweep.primal(op.results[i]).like(0)).value for i in active]
    zeros = [sweep.primal(value).like(0).value for value in outside]
    zero, one = constant(builder, 0, tape.count.type), constant(builder, 1, tape.count.type)
    last = builder.insert(arith.SubI(tape.count, one)).result
    body = Block([tape.count.type, *(value.type for value in (*seeds, *zeros))])
    loop = scf.For(zero, tape.count, one, [*seeds, *zeros], Region(body))
    with builder.at(InsertPoint.at_end(body)):
        position = builder.insert(arith.SubI(last, body.arguments[0])).result
        inner = Sweep(sweep.context, builder, IRMapping(dict(mapping.values)))
        _restore(inner, op, tape, position)
        source = op.body.block
        inner.forward(source)
        carried_cts = body.arguments[1 : 1 + len(active)]
        yielded = source.terminator.operands
        inner.seed([yielded[i] for i in active], carried_cts)
        inner.backward(source)
        following = [inner.cotangent_or_zero(source.arguments[1 + i]) for i in active]
        sums = []
        for value, total in zip(outside, body.arguments[1 + len(active) :], strict=True):
            ct = inner.cotangents.take(value)
            sums.append(total if ct is None else accumulated(Expr.of(builder, total), ct).value)
        builder.insert(scf.Yield([*following, *sums]))
    builder.insert(loop)
    for i, result in zip(active, loop.results, strict=False):
        if op.inits[i] in activity:
            sweep.cotangents.add(op.inits[i], Expr.of(builder, result))
    for value, result in zip(outside, loop.results[len(active) :], strict=True):
        sweep.cotangents.add(value, Expr.of(builder, result))


def _restore(inner: Sweep, op: scf.For, tape: Tape, position: Value) -> None:
    """Map the induction variable and the carried values to those of the iteration at `position`."""
    builder, mapping = inner.builder, inner.mapping
    source = op.body.block
    lower, step = mapping[op.lower_bound], mapping[op.step]
    scaled = builder.insert(arith.MulI(position, step)).result
    mapping[source.arguments[0]] = builder.insert(arith.AddI(lower, scaled)).result
    for i, stack in tape.stacks.items():
        mapping[source.arguments[1 + i]] = _load(
            builder, stack, source.arguments[1 + i].type, position, mapping[op.inits[i]]
        )


# -- stacks ----------------------------------------------------------------------------------------------------------


def constant(builder: Builder, value: int, type: Type = index) -> Value:
    return builder.insert(arith.Constant(IntegerAttr(value, type))).result


def trip_count(builder: Builder, lower: Value, upper: Value, step: Value) -> Value:
    """max(0, ceil((upper - lower) / step)); a constant where the bounds are."""
    known = [constant_index(value) for value in (lower, upper, step)]
    if None not in known:
        low, high, by = (value or 0 for value in known)
        if by > 0:
            return constant(builder, max(0, -((low - high) // by)), lower.type)
    span = builder.insert(arith.SubI(upper, lower)).result
    count = builder.insert(arith.CeilDivSI(span, step)).result
    return builder.insert(arith.MaxSI(count, constant(builder, 0, lower.type))).result


def _position(builder: Builder, induction: Value, lower: Value, step: Value) -> Value:
    offset = builder.insert(arith.SubI(induction, lower)).result
    return builder.insert(arith.DivUI(offset, step)).result


def _as_index(builder: Builder, value: Value) -> Value:
    return value if value.type is index else builder.insert(arith.IndexCast(value, result_types=[index])).result


def _stack_type(type: Type, count: Dimension) -> TensorType:
    if isinstance(type, TensorType):
        return TensorType((count, *type.shape), type.element_type)
    return TensorType((count,), type)


def _allocate(builder: Builder, count: Value, model: Value) -> Value:
    """Storage for `count` values like `model`."""
    known = constant_index(count)
    if known == 0:
        known = 1  # the body never runs, but what it stores must fit
    type = _stack_type(model.type, known)
    dims = [] if known is not None else [_as_index(builder, count)]
    return builder.insert(nd.Allocate([*dims, *_dims(builder, model)], result_types=[type])).result


def _dims(builder: Builder, value: Value) -> list[Value]:
    if not isinstance(value.type, TensorType):
        return []
    return [dim_of(builder, value, axis) for axis, size in enumerate(value.type.shape) if size is None]


def _starts(builder: Builder, stack: Value, position: Value) -> list[Value]:
    assert isinstance(stack.type, TensorType)
    rest = [constant(builder, 0) for _ in range(stack.type.rank - 1)]
    return [_as_index(builder, position), *rest]


def _store(builder: Builder, stack: Value, value: Value, model: Value, position: Value) -> Value:
    """The stack with `value` at `position`; it must have the sizes of `model`, which those of the stack are."""
    for size, expected in zip(_dims(builder, value), _dims(builder, model), strict=True):
        builder.insert(cf.Assert(compare(builder, "eq", size, expected), StringAttr(CHANGING)))
    row = _stack_type(value.type, 1)
    if isinstance(value.type, TensorType):
        update = builder.insert(nd.Reshape(value, _dims(builder, value), result_types=[row])).result
    else:
        update = builder.insert(tensor.FromElements([value], result_types=[row])).result
    return builder.insert(nd.DynamicUpdateSlice(stack, update, _starts(builder, stack, position))).result


def _load(builder: Builder, stack: Value, type: Type, position: Value, model: Value) -> Value:
    """The value of `type` at `position`; `model` has its dynamic sizes."""
    if not isinstance(type, TensorType):
        return builder.insert(tensor.Extract(stack, [_as_index(builder, position)])).result
    dims = _dims(builder, model)
    sliced = nd.DynamicSlice(stack, _starts(builder, stack, position), dims, result_types=[_stack_type(type, 1)])
    row = builder.insert(sliced).result
    return builder.insert(nd.Reshape(row, dims, result_types=[type])).result


FORWARD[scf.For] = forward
BACKWARD[scf.For] = backward
