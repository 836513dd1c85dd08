"""A function of the IR while Python writes it, and the arrays that stand for its values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from irc.dialects import func, nd, tensor
from irc.dialects._amounts import index_constant
from irc.dialects.builtin import Module
from irc.ir.attributes import StringAttr, TypeAttr
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.dense import dtype_of, from_numpy
from irc.ir.location import Location
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.types import FunctionType, TensorType, Type
from irc.ir.value import BlockArgument, Value
from irc.tracing.array import Array, ConcreteArray
from irc.tracing.current import traces, user_location
from irc.tracing.dims import Dim, Size
from irc.tracing.dtypes import DType, element_type_of
from irc.tracing.errors import TracerLeakError, leaked
from irc.tracing.symbolic import SymbolicArray

MAX_CONSTANT_BYTES = 1 << 12
"""Larger arrays that a function refers to become arguments of it, smaller ones constants in its text."""


class TracedArray(SymbolicArray):
    """A value of a function that is being traced."""

    __slots__ = ("_shape", "block", "trace", "value")

    def __init__(
        self, trace: FunctionTrace, value: Value, weak_type: bool = False, sizes: Sequence[Size | None] | None = None
    ) -> None:
        """`sizes` is the shape, with `None` for dynamic sizes that are asked of the value."""
        self.trace, self.value, self.weak_type = trace, value, weak_type
        self.block = trace.builder.point.block
        known = tensor_type(value).shape
        if None not in known:
            self._shape: tuple[Size, ...] = known
        else:
            self._shape = tuple(
                size if size is not None else stated if stated is not None else _dim_of(self, axis)
                for axis, (size, stated) in enumerate(zip(known, sizes or [None] * len(known), strict=True))
            )

    @property
    def shape(self) -> tuple[Size, ...]:
        return self._shape

    @property
    def dtype(self) -> DType:
        return dtype_of(tensor_type(self.value).element_type)

    def __repr__(self) -> str:
        sizes = ", ".join(map(str, self.shape))
        return f"TracedArray({self.dtype.name}[{sizes}])"


def _dim_of(array: TracedArray, axis: int) -> Dim:
    """The size that the value has when the function runs."""

    def make() -> Value:
        trace = traces()[-1]
        b = trace.builder
        return b.insert(tensor.Dim(trace.value_of(array), index_constant(b, axis))).result

    return Dim((f"dim{axis}", array.value), make)


def _block_of(value: Value) -> Block | None:
    return value.owner if isinstance(value, BlockArgument) else value.defining_op.parent if value.defining_op else None


def tensor_type(value: Value) -> TensorType:
    """The type of a value that is a tensor."""
    assert isinstance(value.type, TensorType)
    return value.type


def leak_of(array: Array) -> TracerLeakError:
    """The error for a use of an array after the function has been traced that it belongs to."""
    place = None
    if isinstance(array, TracedArray):
        made_by = array.value.defining_op
        place = next((made_by or array.trace.function).location.files(), None)
    return leaked(repr(array), place)


class FunctionTrace:
    """A function that is being traced: where its next operation goes, and what it takes from outside.

    An array of an enclosing function, or a large one of numbers, becomes a further argument: `captured` are those, in
    order. `differentiated` says in which mode ("forward" or "reverse") its derivative was asked for.

    Where it is traced for one call alone, `sources` are the arrays that it is called with (`None` for one that has no value
    yet), and `known` the numbers that are known of its values; the examples of the levels `uniform` of a `vmap` have them in
    common.
    """

    def __init__(
        self,
        module: Operation,
        name: str,
        types: Sequence[Type],
        *,
        private: bool,
        differentiated: str = "",
        sources: Sequence[Array | None] | None = None,
        uniform: Iterable[int] = (),
    ) -> None:
        self.module, self.differentiated = module, differentiated
        self.sources, self.uniform = sources, frozenset(uniform)
        self.known: dict[Value, np.ndarray[Any, Any]] = {}
        self.entry = Block(types)
        self.function = func.Func(
            StringAttr(name),
            TypeAttr(FunctionType(tuple(types), ())),
            Region(self.entry),
            sym_visibility=StringAttr("private") if private else None,
            location=user_location(),
        )
        module.regions[0].entry.append(self.function)
        self.builder = Builder(InsertPoint.at_end(self.entry))
        self.arguments = [TracedArray(self, argument) for argument in self.entry.arguments]
        self.captured: list[Array] = []
        self._open = [self.entry]
        self._lifted: dict[int, tuple[Array, Value]] = {}

    @property
    def is_for_one_call(self) -> bool:
        """Whether what is traced at the current place is run once, with arrays whose numbers can be had."""
        return self.sources is not None and self.builder.point.block is self.entry

    @contextmanager
    def active(self) -> Iterator[FunctionTrace]:
        """What runs meanwhile is traced into this function."""
        stack = traces()
        stack.append(self)
        try:
            yield self
        finally:
            stack.remove(self)

    def value_of(self, array: Array) -> Value:
        """`array` as a value here. Raises `TracerLeakError` where it is one of a place that does not reach here."""
        if isinstance(array, TracedArray) and array.trace is self:
            self._check_visible(array)
            return array.value
        found = self._lifted.get(id(array))
        if found is not None:
            return found[1]
        if isinstance(array, ConcreteArray) and array.nbytes <= MAX_CONSTANT_BYTES:
            # At the place of its use: what was written into one branch is not seen in another.
            return self.constant(array)
        if isinstance(array, TracedArray) and array.trace not in traces():
            raise leak_of(array)
        self.captured.append(array)
        value = self.entry.add_argument(type_of(array))
        self._lifted[id(array)] = array, value
        return value

    def constant(self, array: ConcreteArray) -> Value:
        """The numbers as a constant of the function."""
        type = TensorType(array.shape, element_type_of(array.dtype))
        self.builder.location = user_location()
        return self.builder.insert(nd.Constant(from_numpy(np.asarray(array.data), type))).result

    def _check_visible(self, array: TracedArray) -> None:
        if array.block in self._open:
            return
        raise TracerLeakError(
            f"{array!r} belongs to the body of a loop or branch and is used outside of it: return it from the body"
        )

    def reaches(self, size: Size) -> bool:
        """Whether a size can be computed at the current place."""
        return not isinstance(size, Dim) or all(_block_of(value) in self._open for value in size.values())

    @contextmanager
    def inside(self, block: Block) -> Iterator[None]:
        """What is traced meanwhile goes into `block`, which will lie in a region of an operation at this place."""
        self._open.append(block)
        try:
            with self.builder.at(InsertPoint.at_end(block)):
                yield
        finally:
            self._open.pop()

    def finish(self, results: Sequence[Array]) -> None:
        """End the function."""
        values = [self.value_of(result) for result in results]
        self.builder.insert(func.Return(values))
        inputs = tuple(argument.type for argument in self.entry.arguments)
        self.function.function_type = TypeAttr(FunctionType(inputs, tuple(value.type for value in values)))


def type_of(array: Array) -> TensorType:
    """The type of an array in the IR; sizes that are not known are `?`."""
    if isinstance(array, TracedArray):
        return tensor_type(array.value)
    shape = tuple(size if isinstance(size, int) else None for size in array.shape)
    return TensorType(shape, element_type_of(array.dtype))


def new_module(location: Location) -> Operation:
    """A module without functions."""
    return Module(Region(Block()), location=location)
