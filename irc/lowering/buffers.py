"""The state of bufferization: the buffer of each tensor value, and the choice of a buffer for each new one.

A new value goes, in this order, to
1. the buffer of the op's own destination, where that may be written;
2. the buffer that the value will be carried or yielded in, where the old content is dead by then;
3. the buffer of an operand that dies and is read element by element as the result is written;
4. a new buffer.
"""

from __future__ import annotations

from collections.abc import Sequence

from irc.analysis.aliasing import Aliasing, Storage
from irc.dialects import arith, linalg, memref, scf, tensor
from irc.ir.attributes import DenseElementsAttr
from irc.ir.block import Block
from irc.ir.builder import Builder
from irc.ir.dense import splat_value
from irc.ir.operation import Operation
from irc.ir.types import MemRefType, TensorType, Type
from irc.ir.value import Value
from irc.lowering.constant_globals import Globals
from irc.lowering.signedness import element_constant
from irc.lowering.structured import index_constant

FILL_LIMIT = 1 << 16
"""Bytes up to which a constant with one value everywhere is kept as data; larger ones are filled at run time."""


def buffer_type(type: Type) -> MemRefType:
    """The type of the contiguous buffer of a tensor."""
    assert isinstance(type, TensorType)
    return MemRefType(type.shape, type.element_type)


def is_tensor(value: Value) -> bool:
    return isinstance(value.type, TensorType)


class Buffers:
    """Buffers of the tensor values of one function.

    `made` are the buffers that its blocks own. `arrivals` are those in which a block finds its arguments, `targets` those
    in which it is to leave what it yields. `dead` collects the tensor ops that have been replaced, `blocks` the blocks
    whose first arguments have been.
    """

    __slots__ = ("aliasing", "arrivals", "blocks", "constants", "dead", "made", "targets", "views")

    def __init__(self, constants: Globals) -> None:
        self.aliasing = Aliasing()
        self.constants = constants
        self.views: dict[Value, Value] = {}
        self.dead: list[Operation] = []
        self.blocks: list[tuple[Block, int]] = []
        self.targets: dict[Block, Sequence[Storage | None]] = {}
        self.arrivals: dict[Block, Sequence[Storage | None]] = {}
        self.made: list[Value] = []

    def clean_up(self) -> None:
        """Erase what has been replaced."""
        for op in reversed(self.dead):
            op.drop_uses_and_erase()
        for block, count in self.blocks:
            for _ in range(count):
                block.erase_argument(0)

    # -- values that have a buffer -----------------------------------------------------------------------------------

    def bind(self, value: Value, storage: Storage, view: Value | None = None) -> None:
        """Say that `value` is the whole of `storage`, or the given view of it."""
        self.views[value] = view if view is not None else storage.buffer
        self.aliasing.add(value, storage)

    def storage(self, value: Value) -> Storage | None:
        return self.aliasing.of(value)

    def read(self, b: Builder, value: Value) -> Value:
        """A memref with the elements of `value`; constants become globals where they are read."""
        view = self.views.get(value)
        if view is not None:
            return view
        constant = constant_value(value)
        type = value.type
        if constant is None:
            return self.allocate(b, type, self.sizes(b, value)).buffer
        if splat_value(constant) is not None and constant.type.num_elements * len(constant.data) > FILL_LIMIT:
            storage = self.allocate(b, type, ())
            self.copy(b, value, storage.buffer)
            return storage.buffer
        return b.insert(memref.GetGlobal(self.constants.symbol(constant), result_types=[buffer_type(type)])).result

    def read_contiguous(self, b: Builder, value: Value) -> Value:
        """As `read`, in row-major order without gaps: a copy if need be."""
        view = self.read(b, value)
        if isinstance(view.type, MemRefType) and view.type.layout is None:
            return view
        fresh = self.allocate(b, value.type, self.sizes(b, value)).buffer
        b.insert(memref.Copy(view, fresh))
        return fresh

    def is_whole(self, value: Value) -> bool:
        """Whether `value` is all of its storage, not a view of a part of it."""
        storage = self.storage(value)
        return storage is not None and self.views[value] is storage.buffer

    def sizes(self, b: Builder, value: Value) -> list[Value]:
        """The sizes of the `?` dimensions of a tensor."""
        producer = value.defining_op
        if isinstance(producer, tensor.Empty):
            return list(producer.operands)
        assert isinstance(value.type, TensorType)
        dynamic = [axis for axis, known in enumerate(value.type.shape) if known is None]
        view = self.views[value] if dynamic else value
        return [b.insert(memref.Dim(view, index_constant(b, axis))).result for axis in dynamic]

    # -- new buffers -------------------------------------------------------------------------------------------------

    def allocate(self, b: Builder, type: Type, sizes: Sequence[Value]) -> Storage:
        """A new buffer, owned by the block it is made in."""
        op = b.insert(memref.Alloc(sizes, result_types=[buffer_type(type)]))
        return self.own(op.result, b.point.block)

    def own(self, buffer: Value, home: Block) -> Storage:
        """The storage of a buffer that `home` has made or been given."""
        self.made.append(buffer)
        return Storage(buffer, home)

    def copy(self, b: Builder, value: Value, target: Value) -> None:
        """Write the elements of `value` to the memref `target`; nothing if they are there or if there are none."""
        constant = constant_value(value)
        if is_undefined(value) or self.views.get(value) is target:
            return
        number = splat_value(constant)
        if constant is not None and isinstance(number, int | float | complex):
            b.insert(linalg.Fill([element_constant(b, number, constant.type.element_type)], [target]))
            return
        b.insert(memref.Copy(self.read(b, value), target))

    def fresh_copy(self, b: Builder, value: Value) -> Storage:
        """A new buffer with the elements of `value`."""
        storage = self.allocate(b, value.type, self.sizes(b, value))
        self.copy(b, value, storage.buffer)
        return storage

    # -- choosing ----------------------------------------------------------------------------------------------------

    def place(
        self,
        b: Builder,
        op: Operation,
        result: Value,
        destination: Value,
        *,
        keep: bool,
        inputs: Sequence[Value] = (),
        aligned: Sequence[Value] = (),
    ) -> Value:
        """Choose the buffer that `op` writes `result` to, bind it, and return the memref.

        `keep`: the op needs the elements of `destination`, so they are put there first. `inputs` are the tensors that
        the op reads; those in `aligned` it reads, at each index, before it writes the result at that index.
        """
        storage = self.storage(destination)
        view = self.views.get(destination)
        if storage is not None and self._may_write(storage, view, op, inputs, aligned):
            self.bind(result, storage, view)
            assert view is not None
            return view
        target = self.target(result)
        if target is not None and target.buffer.type is buffer_type(result.type):
            conflicting = inputs if keep else ()
            kept = (destination,) if keep else ()
            if self._may_write(target, target.buffer, op, (*inputs, *kept), () if conflicting else aligned):
                return self._start(b, result, destination, target, keep=keep)
        if not keep:
            for operand in aligned:
                storage = self.storage(operand)
                fits = operand.type is result.type and self.is_whole(operand)
                if fits and storage is not None and self._may_write(storage, storage.buffer, op, inputs, aligned):
                    self.bind(result, storage)
                    return storage.buffer
        fresh = self.allocate(b, result.type, self.sizes(b, destination))
        return self._start(b, result, destination, fresh, keep=keep)

    def _start(self, b: Builder, result: Value, destination: Value, storage: Storage, *, keep: bool) -> Value:
        if keep:
            self.copy(b, destination, storage.buffer)
        self.bind(result, storage)
        return storage.buffer

    def _may_write(
        self, storage: Storage, view: Value | None, op: Operation, inputs: Sequence[Value], aligned: Sequence[Value]
    ) -> bool:
        harmless = {value for value in aligned if self.views.get(value) is view}
        return self.aliasing.may_write(storage, op, [value for value in inputs if value not in harmless])

    def target(self, value: Value) -> Storage | None:
        """The buffer that `value`, or what is written over it, leaves its block in."""
        while value.has_one_use:
            user = next(iter(value.users))
            if isinstance(user, scf.Yield):
                targets = self.targets.get(user.parent) if user.parent is not None else None
                return targets[user.operands.index(value)] if targets is not None else None
            followed = _written_over(user, value)
            if followed is None:
                return None
            value = followed
        return None


def _written_over(user: Operation, value: Value) -> Value | None:
    """The result of `user` that takes over the buffer of its destination `value`."""
    match user:
        case tensor.Insert() | tensor.InsertSlice():
            return user.results[0] if user.dest is value else None
        case linalg.LinalgOp():
            outputs = list(user.outputs)
            return user.results[outputs.index(value)] if value in outputs else None
    return None


def constant_value(value: Value) -> DenseElementsAttr | None:
    """The elements of a constant tensor."""
    producer = value.defining_op
    if isinstance(producer, arith.Constant):
        attribute = producer.get_attribute("value")
        return attribute if isinstance(attribute, DenseElementsAttr) else None
    return None


def is_undefined(value: Value) -> bool:
    return isinstance(value.defining_op, tensor.Empty)
