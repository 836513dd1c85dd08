"""Bufferization of straight-line ops: `linalg`, `tensor`, constants and selections, one function each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from irc.dialects import ad, arith, linalg, memref, nd, tensor
from irc.dialects._layouts import strides_of
from irc.ir.attributes import StridedLayoutAttr
from irc.ir.builder import Builder, InsertPoint
from irc.ir.diagnostic import error
from irc.ir.operation import Operation
from irc.ir.types import Dimension, MemRefType, TensorType, row_major_strides
from irc.ir.value import Value
from irc.lowering.bufferize_stacks import lower_push
from irc.lowering.buffers import Buffers, buffer_type, is_tensor
from irc.lowering.structured import index_constant


def lower_linalg(buffers: Buffers, op: linalg.LinalgOp, b: Builder) -> None:
    """The same op on memrefs, without results."""
    inputs: Sequence[Value] = op.inputs
    outputs: Sequence[Value] = op.outputs
    tensors = [value for value in inputs if is_tensor(value)]
    aligned = _aligned_inputs(op)
    places: list[Value] = []
    for i, (output, result) in enumerate(zip(outputs, op.results, strict=True)):
        keep = op.output_is_read(i)
        # With several results a buffer that one of them is written to must not be read for another.
        alone = aligned if len(outputs) == 1 else ()
        places.append(buffers.place(b, op, result, output, keep=keep, inputs=tensors, aligned=alone))
    new = [buffers.read(b, value) if is_tensor(value) else value for value in inputs]
    _lower_body(buffers, op, b)
    regions = op.regions
    op.regions = ()
    b.insert(type(op).create([*new, *places], (), op.properties, op.attributes, regions=regions, location=op.location))
    buffers.dead.append(op)


def _lower_body(buffers: Buffers, op: linalg.LinalgOp, b: Builder) -> None:
    """The tensors that the body of `op` reads elements or sizes of."""
    for inner in list(op.walk()):
        if inner is op or not any(is_tensor(value) for value in (*inner.operands, *inner.results)):
            continue
        if not isinstance(inner, tensor.Extract | tensor.Dim):
            raise error(inner.location, f"'{inner.name}' op on tensors has no form on buffers inside of '{op.name}' op")
        inside = Builder(InsertPoint.before(inner), b.location)
        _read_from(inner, buffers.read(b, inner.operands[0]), inside)
        inner.erase()


def _read_from(op: tensor.Extract | tensor.Dim, buffer: Value, b: Builder) -> None:
    """Replace the element or the size of a tensor by that of its buffer."""
    cls: Any = memref.Load if isinstance(op, tensor.Extract) else memref.Dim
    at = op.indices if isinstance(op, tensor.Extract) else op.index
    op.result.replace_all_uses_with(b.insert(cls(buffer, at)).result)


def _aligned_inputs(op: linalg.LinalgOp) -> list[Value]:
    """The inputs that are read at the index that is written, in an op that visits each index once."""
    maps = op.maps
    if not maps[-1].is_permutation:
        return []
    # A value that is read through several maps must be aligned in all of them.
    places: dict[Value, bool] = {}
    for value, map in zip(op.inputs, maps, strict=False):
        places[value] = places.get(value, True) and map is maps[-1]
    return [value for value, fits in places.items() if fits and is_tensor(value)]


def forget(buffers: Buffers, op: Operation, b: Builder) -> None:
    """Constants and empty tensors get buffers where they are used."""
    buffers.dead.append(op)


def _view(buffers: Buffers, op: Any, source: Value, view: Value) -> None:
    """Bind the result of `op` to a view of the buffer of `source`; a constant's belongs to nobody."""
    storage = buffers.storage(source)
    if storage is not None:
        buffers.bind(op.results[0], storage, view)
    else:
        buffers.views[op.results[0]] = view
    buffers.dead.append(op)


def lower_cast(buffers: Buffers, op: tensor.Cast, b: Builder) -> None:
    source = buffers.read(b, op.source)
    assert isinstance(source.type, MemRefType) and isinstance(op.dest.type, TensorType)
    type = MemRefType(op.dest.type.shape, source.type.element_type, source.type.layout)
    _view(buffers, op, op.source, b.insert(memref.Cast(source, result_types=[type])).results[0])


def lower_collapse(buffers: Buffers, op: tensor.CollapseShape, b: Builder) -> None:
    source = buffers.read_contiguous(b, op.src)
    new = memref.CollapseShape.create([source], [buffer_type(op.result.type)], op.properties, location=b.location)
    _reshaped(buffers, op, op.src, source, b.insert(new).results[0])


def lower_expand(buffers: Buffers, op: tensor.ExpandShape, b: Builder) -> None:
    source = buffers.read_contiguous(b, op.src)
    new = memref.ExpandShape.create(
        [source, *op.operands[1:]], [buffer_type(op.result.type)], op.properties, location=b.location
    )
    _reshaped(buffers, op, op.src, source, b.insert(new).results[0])


def _reshaped(buffers: Buffers, op: Any, source: Value, contiguous: Value, view: Value) -> None:
    if buffers.views.get(source) is contiguous:
        _view(buffers, op, source, view)
        return
    # The elements had to be copied, so the result shares nothing with the source.
    buffers.views[op.results[0]] = view
    buffers.dead.append(op)


def slice_view(b: Builder, source: Value, op: Any, shape: Sequence[Dimension]) -> Value:
    """The `memref.subview` of `source` for the lists of `op`; `shape` may leave out unit dimensions."""
    assert isinstance(source.type, MemRefType)
    sub = memref.SubView.of(source, op.mixed_offsets, op.mixed_sizes, op.mixed_strides)
    if len(shape) != source.type.rank:
        full = sub.result.type
        assert isinstance(full, MemRefType)
        reduced = memref.SubView.create(sub.operands, [_reduced(full, shape)], sub.properties)
        sub.erase()  # it is in no block, but it uses the source
        sub = reduced
    return b.insert(sub).results[0]


def _reduced(full: MemRefType, shape: Sequence[Dimension]) -> MemRefType:
    """`full` without the unit dimensions that `shape` lacks."""
    strides, offset = strides_of(full)
    kept: list[int] = []
    for i, size in enumerate(full.shape):
        if len(kept) < len(shape) and shape[len(kept)] == size:
            kept.append(i)
    return MemRefType(tuple(shape), full.element_type, StridedLayoutAttr(tuple(strides[i] for i in kept), offset))


def lower_extract_slice(buffers: Buffers, op: tensor.ExtractSlice, b: Builder) -> None:
    assert isinstance(op.result.type, TensorType)
    view = slice_view(b, buffers.read(b, op.source), op, op.result.type.shape)
    _view(buffers, op, op.source, view)


def lower_insert_slice(buffers: Buffers, op: tensor.InsertSlice, b: Builder) -> None:
    inputs = [op.source] if is_tensor(op.source) else []
    whole = buffers.place(b, op, op.result, op.dest, keep=True, inputs=inputs)
    assert isinstance(op.source.type, TensorType)
    part = slice_view(b, whole, op, op.source.type.shape)
    buffers.copy(b, op.source, part)
    buffers.dead.append(op)


def lower_insert(buffers: Buffers, op: tensor.Insert, b: Builder) -> None:
    whole = buffers.place(b, op, op.result, op.dest, keep=True)
    b.insert(memref.Store(op.scalar, whole, op.indices))
    buffers.dead.append(op)


def lower_extract(buffers: Buffers, op: tensor.Extract, b: Builder) -> None:
    _read_from(op, buffers.read(b, op.tensor), b)
    buffers.dead.append(op)


def lower_dim(buffers: Buffers, op: tensor.Dim, b: Builder) -> None:
    axis = op.constant_index
    producer = op.source.defining_op
    if isinstance(producer, tensor.Empty | arith.Constant) and axis is not None:
        assert isinstance(op.source.type, TensorType)
        known = op.source.type.shape[axis]
        before = op.source.type.shape[:axis].count(None)
        size: Value = index_constant(b, known) if known is not None else producer.operands[before]
    else:
        size = b.insert(memref.Dim(buffers.read(b, op.source), op.index)).result
    op.result.replace_all_uses_with(size)
    buffers.dead.append(op)


def lower_from_elements(buffers: Buffers, op: tensor.FromElements, b: Builder) -> None:
    type = op.result.type
    assert isinstance(type, TensorType)
    target = buffers.target(op.result)
    if target is None or target.buffer.type is not buffer_type(type) or not buffers.aliasing.may_write(target, op, ()):
        target = buffers.allocate(b, type, ())
    buffers.bind(op.result, target)
    strides = [stride or 1 for stride in row_major_strides(type.shape)]
    for i, element in enumerate(op.elements):
        at = [i // stride % size for stride, size in zip(strides, type.static_shape, strict=True)]
        b.insert(memref.Store(element, target.buffer, [index_constant(b, position) for position in at]))
    buffers.dead.append(op)


def lower_splat(buffers: Buffers, op: tensor.Splat, b: Builder) -> None:
    storage = buffers.allocate(b, op.aggregate.type, op.dynamic_sizes)
    buffers.bind(op.aggregate, storage)
    b.insert(linalg.Fill([op.input], [storage.buffer]))
    buffers.dead.append(op)


def lower_custom_call(buffers: Buffers, op: nd.CustomCall, b: Builder) -> None:
    """The same call on buffers. Its operands and what it writes are apart: nothing is known of the order of accesses."""
    tensors = [value for value in op.inputs if is_tensor(value)]
    dims = list(op.dims)
    places: list[Value] = []
    for i, result in enumerate(op.outputs):
        if op.into:
            places.append(buffers.place(b, op, result, op.into[i], keep=False, inputs=tensors))
            continue
        assert isinstance(result.type, TensorType)
        sizes = [dims.pop(0) for _ in range(result.type.num_dynamic_dims)]
        target = buffers.target(result)
        fits = target is not None and target.buffer.type is buffer_type(result.type)
        if target is None or not fits or not buffers.aliasing.may_write(target, op, tensors):
            target = buffers.allocate(b, result.type, sizes)
        buffers.bind(result, target)
        places.append(target.buffer)
    inputs = [buffers.read(b, value) if is_tensor(value) else value for value in op.inputs]
    b.insert(nd.CustomCall(op.target, inputs, (), places, op.options, op.side_effects, result_types=[]))
    buffers.dead.append(op)


def lower_select(buffers: Buffers, op: arith.Select, b: Builder) -> None:
    """A new buffer with the elements of one of two: which of them is only known at run time."""
    yes, no = (buffers.read_contiguous(b, value) for value in op.operands[1:])
    chosen = b.insert(arith.Select(op.operands[0], yes, no)).result
    storage = buffers.allocate(b, op.result.type, buffers.sizes(b, op.operands[1]))
    b.insert(memref.Copy(chosen, storage.buffer))
    buffers.bind(op.result, storage)
    buffers.dead.append(op)


Lowering = Callable[[Buffers, Any, Builder], None]

LOWERINGS: dict[Any, Lowering] = {
    arith.Constant: forget, tensor.Empty: forget, tensor.Cast: lower_cast, tensor.CollapseShape: lower_collapse,
    tensor.ExpandShape: lower_expand, tensor.ExtractSlice: lower_extract_slice,
    tensor.InsertSlice: lower_insert_slice, tensor.Insert: lower_insert, tensor.Extract: lower_extract,
    tensor.Dim: lower_dim, tensor.FromElements: lower_from_elements, tensor.Splat: lower_splat,
    arith.Select: lower_select, nd.CustomCall: lower_custom_call, ad.Push: lower_push,
}  # fmt: skip
