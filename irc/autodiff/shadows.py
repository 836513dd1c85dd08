"""Cotangents in memory: every buffer of floats has a shadow of its type, where the cotangents of its elements stand.

A value that is read gives its cotangent to the shadow of where it was read; what was written takes its own from there, and
leaves zero, as what stood there before has no part in what follows. Views are taken of shadows as of buffers, so that nothing
has to be known about aliasing. A buffer is known by the operation that makes it: one that is carried by a loop or yielded by
a branch may be several, which is an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.autodiff.activity import is_buffer
from irc.autodiff.expr import Expr
from irc.autodiff.missing import undifferentiable
from irc.autodiff.reverse import BACKWARD, SETUP, TEARDOWN, Sweep
from irc.dialects import linalg, memref, vector
from irc.dialects._amounts import index_constant
from irc.dialects._scalar_constants import scalar_constant
from irc.ir.builder import Builder
from irc.ir.cloning import IRMapping, clone
from irc.ir.operation import Operation
from irc.ir.symbols import SymbolTable
from irc.ir.types import MemRefType, Type, VectorType
from irc.ir.value import Value


def zeros(b: Builder, type: MemRefType, dims: Sequence[Value]) -> Value:
    """A buffer of zeros of a type and dynamic sizes, which is one of the function's."""
    plain = MemRefType(type.shape, type.element_type, memory_space=type.memory_space)
    made = b.insert(memref.Alloc(dims, [], result_types=[plain])).result
    clear(b, made)
    return made if plain is type else b.insert(memref.Cast(made, result_types=[type])).result


def clear(b: Builder, buffer: Value) -> None:
    """Write zeros to a buffer."""
    assert isinstance(buffer.type, MemRefType)
    zero = b.insert(scalar_constant(0, buffer.type.element_type)).results[0]
    b.insert(linalg.Fill([zero], [buffer]))


# -- what makes buffers: their shadows are there when the adjoint of the block begins ---------------------------------


def _allocated(sweep: Sweep, op: memref.Alloc | memref.Alloca) -> None:
    if is_buffer(op.result):
        assert isinstance(op.result.type, MemRefType)
        dims = [sweep.frame.fetch(value) for value in op.dynamic_sizes]
        sweep.shadows[op.result] = zeros(sweep.builder, op.result.type, dims)


def check_constant(op: memref.GetGlobal, symbols: SymbolTable) -> None:
    """Raise `DiagnosedError` unless a global is a constant."""
    found = symbols.lookup(op.name_.root)
    if not (isinstance(found, memref.Global) and found.constant is not None):
        raise undifferentiable(op, "has no derivative: what others write to a global is not known")


def _global(sweep: Sweep, op: memref.GetGlobal) -> None:
    """What is read of a constant gives its cotangents to a buffer that nobody looks at."""
    if is_buffer(op.result):
        check_constant(op, sweep.context.symbols)
        assert isinstance(op.result.type, MemRefType)
        sweep.shadows[op.result] = zeros(sweep.builder, op.result.type, [])


def _freed(sweep: Sweep, op: memref.Alloc | memref.GetGlobal) -> None:
    shadow = sweep.shadows.get(op.result)
    if shadow is not None:
        _free(sweep.builder, shadow)


def _free(b: Builder, shadow: Value) -> None:
    made = shadow.defining_op
    b.insert(memref.Dealloc(made.source if isinstance(made, memref.Cast) else shadow))


def _viewed(sweep: Sweep, op: Operation) -> None:
    if is_buffer(op.results[0]):
        shadow = sweep.shadow(op, op.operands[0])
        mapping = IRMapping({value: sweep.frame.fetch(value) for value in op.operands[1:]})
        mapping[op.operands[0]] = shadow
        copy = clone(op, mapping)
        copy.location = sweep.builder.location
        sweep.shadows[op.results[0]] = sweep.builder.insert(copy).results[0]


def give_shadows(sweep: Sweep, arguments: Sequence[Value]) -> None:
    """Shadows of zeros for the buffers that a function is given, if derivatives go through memory."""
    if not sweep.context.activity.active_memory:
        return
    b = sweep.builder
    for argument in arguments:
        type = argument.type
        if is_buffer(argument) and isinstance(type, MemRefType):
            sweep.shadows[argument] = zeros(b, type, sizes_of_buffer(b, argument))


def sizes_of_buffer(b: Builder, buffer: Value) -> list[Value]:
    """The dynamic sizes of a buffer that is at hand."""
    assert isinstance(buffer.type, MemRefType)
    axes = [axis for axis, size in enumerate(buffer.type.shape) if size is None]
    return [b.insert(memref.Dim(buffer, index_constant(b, axis))).result for axis in axes]


def take_shadows(sweep: Sweep, arguments: Sequence[Value], wrt: Sequence[int]) -> list[Value]:
    """The cotangents of the arguments `wrt`, where they are buffers their shadows. The other shadows are freed."""
    for i, argument in enumerate(arguments):
        if argument in sweep.shadows and i not in wrt:
            _free(sweep.builder, sweep.shadows[argument])
    return [sweep.shadows.get(arguments[i]) or sweep.cotangent_or_zero(arguments[i]) for i in wrt]


# -- reading and writing ---------------------------------------------------------------------------------------------


def _loaded(b: Builder, shadow: Value, at: Sequence[Value], type: Type) -> Expr:
    """An element of a shadow, or the vector of some."""
    vectors = isinstance(type, VectorType)
    load = vector.Load(shadow, at, result_types=[type]) if vectors else memref.Load(shadow, at)
    return Expr.of(b, b.insert(load).results[0])


def _put(b: Builder, value: Expr, shadow: Value, at: Sequence[Value]) -> None:
    b.insert((vector if isinstance(value.type, VectorType) else memref).Store(value.value, shadow, at))


def _load(sweep: Sweep, op: memref.Load | vector.Load) -> None:
    ct = sweep.cotangents.take(op.result)
    if ct is None:
        return
    b, shadow = sweep.builder, sweep.shadow(op, op.operands[0])
    at = [sweep.frame.fetch(value) for value in op.indices]
    _put(b, _loaded(b, shadow, at, op.result.type) + ct, shadow, at)


def _store(sweep: Sweep, op: memref.Store | vector.Store) -> None:
    value, buffer = op.operands[:2]
    if not is_buffer(buffer):
        return
    b, shadow = sweep.builder, sweep.shadow(op, buffer)
    at = [sweep.frame.fetch(each) for each in op.indices]
    if value in sweep.context.activity:
        sweep.cotangents.add(value, _loaded(b, shadow, at, value.type))
    _put(b, sweep.primal(value).like(0), shadow, at)


def _copy(sweep: Sweep, op: Any) -> None:
    source, target = op.operands[0], op.operands[1]
    if not is_buffer(target):
        return
    given = sweep.shadow(op, target)
    if is_buffer(source):
        taken = sweep.shadow(op, source)
        sweep.builder.insert(linalg.Add([given, taken], [taken]))
    clear(sweep.builder, given)


def _add(sweep: Sweep, op: linalg.Add) -> None:
    """The sum of buffers, which may be written over one of them: so its cotangents are taken away first."""
    if op.results:
        raise undifferentiable(op)
    *terms, target = op.operands
    b, given = sweep.builder, sweep.shadow(op, target)
    assert isinstance(given.type, MemRefType)
    taken = zeros(b, MemRefType(given.type.shape, given.type.element_type), sizes_of_buffer(b, given))
    b.insert(memref.Copy(given, taken))
    clear(b, given)
    for term in terms:
        shadow = sweep.shadow(op, term)
        b.insert(linalg.Add([taken, shadow], [shadow]))
    b.insert(memref.Dealloc(taken))


def _fill(sweep: Sweep, op: linalg.Fill) -> None:
    if op.results:
        raise undifferentiable(op)
    value, target = op.operands[0], op.operands[1]
    if not is_buffer(target):
        return
    if value in sweep.context.activity:
        raise undifferentiable(op, "has no derivative with respect to what it writes")
    clear(sweep.builder, sweep.shadow(op, target))


def _nothing(sweep: Sweep, op: Operation) -> None:
    """Buffers come and go without cotangents."""


for _making in (memref.Alloc, memref.Alloca):
    SETUP[_making] = _allocated
    BACKWARD[_making] = _nothing
SETUP[memref.GetGlobal] = _global
BACKWARD[memref.GetGlobal] = _nothing
for _ending in (memref.Alloc, memref.GetGlobal):
    TEARDOWN[_ending] = _freed
for _view in (
    memref.SubView, memref.Cast, memref.MemorySpaceCast, memref.ReinterpretCast, memref.Transpose, memref.ExpandShape,
    memref.CollapseShape,
):  # fmt: skip
    SETUP[_view] = _viewed
    BACKWARD[_view] = _nothing
for _reading in (memref.Load, vector.Load):
    BACKWARD[_reading] = _load
for _writing in (memref.Store, vector.Store):
    BACKWARD[_writing] = _store
BACKWARD[memref.Copy] = _copy
BACKWARD[linalg.Fill] = _fill
BACKWARD[linalg.Add] = _add
BACKWARD[memref.Dealloc] = _nothing
BACKWARD[memref.Dim] = _nothing
