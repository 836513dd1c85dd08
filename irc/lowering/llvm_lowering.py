"""What the tables of `convert_to_llvm` work with: building llvm ops, arithmetic on partly known numbers, symbols."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from irc.dialects import llvm
from irc.dialects.llvm_module import LINK_NAME
from irc.dialects.llvm_types import same_shape, string_type
from irc.ir.attributes import Attribute, IntegerAttr, StringAttr, SymbolRefAttr, TypeAttr, scalar_attr, unit
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.dense import splat
from irc.ir.diagnostic import DiagnosedError, error
from irc.ir.location import UNKNOWN, Location
from irc.ir.operation import Operation, OpT
from irc.ir.region import Region
from irc.ir.symbols import SymbolTable
from irc.ir.types import IntegerType, MemRefType, Type, VectorType, i64
from irc.ir.value import Value
from irc.lowering.locations import derived
from irc.lowering.lowered_values import (
    POINTERS,
    Lowered,
    MemRef,
    Number,
    Rows,
    convert_scalar,
    descriptor_type,
    from_parts,
    row_type,
    whole_type,
)

NO_WRAP = llvm.Overflow("nsw")


class Lowering:
    """The state of one conversion. `b` inserts before the op that is being lowered. `bare` says that buffers go in and out of
    the function around it as pointers alone."""

    def __init__(self, module: Operation, block: Block) -> None:
        self.module = module
        self.b = Builder(InsertPoint(block))
        self.entry: Block = block
        self.bare = False
        self.values: dict[Value, Lowered] = {}
        self.symbols = SymbolTable(module)
        self.constants: dict[tuple[Block, Any, Type], Value] = {}
        self.numbers: dict[tuple[Block, int], Value] = {}
        self._location: Location | None = None
        self._last_constant: Operation | None = None
        self.computed: dict[tuple[Any, ...], Value] = {}
        self.strings: dict[str, str] = {}
        self.declared: dict[str, SymbolRefAttr] = {}

    def come_to(self, location: Location) -> None:
        """What is inserted from now on is for an op from here; ops that follow each other mostly share their location."""
        if location is not self._location:
            self._location = location
            self.b.location = derived(location, "convert-to-llvm")

    def insert(self, op: OpT) -> OpT:
        return self.b.insert(op)

    def one(self, op: Operation) -> Value:
        """Insert an op with one result; the result."""
        return self.b.insert(op).results[0]

    # -- constants ---------------------------------------------------------------------------------------------------

    def constant(self, value: float, type: Type) -> Value:
        """A number of a scalar type, or in every lane of a vector, where the function starts."""
        return self.pooled(splat(value, type) if isinstance(type, VectorType) else scalar_attr(value, type), type)

    def pooled(self, value: Attribute | None, type: Type) -> Value:
        """A constant of a type, where the function starts; `None` is for whatever value there is."""
        key = (self.entry, value, type)
        found = self.constants.get(key)
        if found is None:
            last = self._last_constant
            if last is not None and last.parent is self.entry:
                place = InsertPoint.after(last)
            else:
                place = InsertPoint.at_start(self.entry)
            op = llvm.Poison(result_types=[type]) if value is None else llvm.Constant(value, result_types=[type])
            with self.b.at(place):
                self._last_constant = self.insert(op)
            found = self.constants[key] = op.results[0]
        return found

    def number(self, number: Number) -> Value:
        """A number as a value."""
        if isinstance(number, Value):
            return number
        key = self.entry, number
        found = self.numbers.get(key)
        if found is None:
            found = self.numbers[key] = self.constant(number, i64)
        return found

    def undef(self, type: Type) -> Value:
        return self.pooled(None, type)

    # -- arithmetic on numbers, some of which are known ---------------------------------------------------------------

    def add(self, a: Number, b: Number) -> Number:
        a, b = known_number(a), known_number(b)
        if isinstance(a, int) and isinstance(b, int):
            return a + b
        if a == 0 and isinstance(a, int):
            return b
        if b == 0 and isinstance(b, int):
            return a
        return self._once(llvm.Add, self.number(a), self.number(b))

    def mul(self, a: Number, b: Number) -> Number:
        a, b = known_number(a), known_number(b)
        if isinstance(a, int) and isinstance(b, int):
            return a * b
        for known, other in ((a, b), (b, a)):
            if isinstance(known, int) and known in (0, 1):
                return other if known else 0
        return self._once(llvm.Mul, self.number(a), self.number(b))

    def _once(self, cls: type[llvm.Add | llvm.Mul], a: Value, b: Value) -> Value:
        """An op of a block, or the one that stands there already: neighbours in memory share most of their addresses."""
        key = (self.b.point.block, cls, a, b)
        found = self.computed.get(key)
        if found is None:
            found = self.computed[key] = self.one(cls(a, b, NO_WRAP))
        return found

    def product(self, numbers: Sequence[Number]) -> Number:
        result: Number = 1
        for number in numbers:
            result = self.mul(result, number)
        return result

    def linear(self, start: Number, indices: Sequence[Number], strides: Sequence[Number]) -> Number:
        """`start` plus the indices times the strides."""
        for index, stride in zip(indices, strides, strict=True):
            start = self.add(start, self.mul(index, stride))
        return start

    # -- memory ------------------------------------------------------------------------------------------------------

    def element(self, pointer: Value, type: Type, at: Number) -> Value:
        """The address of element number `at`."""
        if not isinstance(at, int):
            return self.one(llvm.GetElementPtr.of(pointer, type, [at]))
        return self._ahead(pointer, type, at, inbounds=True)

    def _ahead(self, pointer: Value, type: Type, count: int, inbounds: bool) -> Value:
        """The address of the element so many behind `pointer`."""
        if not count:
            return pointer
        key = (self.b.point.block, pointer, type, count, inbounds)
        found = self.computed.get(key)
        if found is None:
            # A number has its place in the op itself, if there is room for it.
            index = count if abs(count) < 1 << 31 else self.number(count)
            found = self.computed[key] = self.one(llvm.GetElementPtr.of(pointer, type, [index], inbounds))
        return found

    def address(self, memref: MemRef, indices: Sequence[Number], type: Type) -> Value:
        """The address of an element of a memref; `type` is the (converted) type of its elements.

        What constants add to the indices is added last: neighbours in memory are found from one address.
        """
        known = 0
        moving: list[Number] = []
        strides: list[Number] = []
        for index, stride in zip(indices, memref.strides, strict=True):
            if isinstance(stride, int):
                index, ahead = _without_constant(index)
                known += ahead * stride
                index, factor = _without_factor(index)
                stride *= factor
            moving.append(index)
            strides.append(stride)
        key = (self.b.point.block, memref.aligned, memref.offset, type, *moving, *strides)
        base = self.computed.get(key)
        if base is None:
            place = self.linear(memref.offset, moving, strides)
            if isinstance(place, int):
                return self.element(memref.aligned, type, place + known)
            # Without what is added it may lie outside of the buffer.
            at = llvm.GetElementPtr.of(memref.aligned, type, [place], inbounds=not known)
            base = self.computed[key] = self.one(at)
        return self._ahead(base, type, known, inbounds=False)

    def descriptor(self, memref: MemRef) -> Value:
        """The memref in one piece."""
        type = descriptor_type(len(memref.sizes))
        value = self.undef(type)
        fields: list[tuple[tuple[int, ...], Value]] = [
            ((0,), memref.allocated), ((1,), memref.aligned), ((2,), self.number(memref.offset)),
        ]  # fmt: skip
        for k, numbers in ((3, memref.sizes), (4, memref.strides)):
            fields += [((k, i), self.number(number)) for i, number in enumerate(numbers)]
        for position, part in fields:
            value = self.insert_value(value, part, position)
        return value

    def insert_value(self, container: Value, value: Value, position: tuple[int, ...]) -> Value:
        return self.one(llvm.InsertValue.of(container, value, position))

    def extract_value(self, container: Value, *position: int) -> Value:
        return self.one(llvm.ExtractValue.of(container, position))

    def whole(self, value: Lowered, type: Type) -> Value:
        """A value of a type in one piece, to be returned from the function."""
        if isinstance(value, MemRef):
            if whole_type(type, self.bare) is not POINTERS:
                return self.descriptor(value)
            pointers = self.insert_value(self.undef(POINTERS), value.allocated, (0,))
            return self.insert_value(pointers, value.aligned, (1,))
        assert not isinstance(value, Rows), "vectors of several dimensions are not returned from functions"
        return value

    def unpacked(self, whole: Value, type: Type, bare: bool = False) -> Lowered:
        """The parts of a value in one piece, such as the result of a call."""
        if not isinstance(type, MemRefType):
            return whole
        if whole_type(type, bare) is POINTERS:
            return from_parts(type, (self.extract_value(whole, i) for i in range(2)))
        places: list[tuple[int, ...]] = [(0,), (1,), (2,), *[(k, i) for k in (3, 4) for i in range(type.rank)]]
        return from_parts(type, (self.extract_value(whole, *place) for place in places), stated_too=True)

    def unsupported(self, op: Operation, why: str = "") -> DiagnosedError:
        """The error that `op` cannot be lowered, to be raised."""
        return error(op.location, f"failed to legalize operation '{op.name}'{why and ': ' + why}")

    def stack(self, type: Type, count: Number, alignment: int) -> Value:
        """Memory on the stack; of known size it is set up once, where the function starts."""
        attribute = IntegerAttr(alignment, i64)
        if isinstance(count, int):
            with self.b.at(InsertPoint.at_start(self.entry)):
                # The constant goes first: an insertion at the start puts what comes later before it.
                size = self.constant(count, i64)
                assert size.defining_op is not None
                with self.b.at(InsertPoint.after(size.defining_op)):
                    return self.one(llvm.Alloca(size, TypeAttr(type), attribute, result_types=[llvm.ptr]))
        return self.one(llvm.Alloca(count, TypeAttr(type), attribute, result_types=[llvm.ptr]))

    # -- symbols -----------------------------------------------------------------------------------------------------

    def declare(self, name: str, type: llvm.FunctionType) -> SymbolRefAttr:
        """Make sure that an external function is declared; its symbol, another one if the program uses that name."""
        found = self.declared.get(name)
        if found is None:
            op = llvm.Func.declare(name, type)
            if self.symbols.lookup(name) is not None:
                op.set_attribute(LINK_NAME, StringAttr(name))
            found = self.declared[name] = SymbolRefAttr(self._add(op))
        return found

    def call(self, name: str, result: Type, arguments: Sequence[Value]) -> Value | None:
        """Call an external function, which is declared."""
        callee = self.declare(name, llvm.FunctionType(result, tuple([value.type for value in arguments])))
        types = [] if result is llvm.void else [result]
        op = self.insert(llvm.Call(callee, arguments, result_types=types))
        return op.results[0] if types else None

    def function_value(self, name: str, result: Type, arguments: Sequence[Value]) -> Value:
        """Call an external function for its result."""
        value = self.call(name, result, arguments)
        assert value is not None
        return value

    def string(self, text: str) -> Value:
        """The address of a string, which ends with a zero byte."""
        name = self.strings.get(text)
        if name is None:
            terminated = text + "\0"
            op = llvm.Global(
                StringAttr("str"),
                TypeAttr(string_type(terminated)),
                Region(),
                llvm.internal,
                unit,
                StringAttr(terminated),
            )
            name = self.strings[text] = self._add(op)
        return self.one(llvm.AddressOf(SymbolRefAttr(name), result_types=[llvm.ptr]))

    def _add(self, op: Operation) -> str:
        if op.location is UNKNOWN:
            op.location = derived(self.module.location, "convert-to-llvm")
        name = self.symbols.insert(op)
        op.detach()
        self.module.regions[0].entry.insert_before(op, self.module.regions[0].entry.first)
        return name


def known_number(number: Number) -> Number:
    """A number as an `int`, if it is a constant."""
    if isinstance(number, int):
        return number
    op = number.defining_op
    return op.value.value if isinstance(op, llvm.Constant) and isinstance(op.value, IntegerAttr) else number


def _without_constant(index: Number) -> tuple[Number, int]:
    """A number without the constants that are added to it, and their sum."""
    total = 0
    while isinstance(index := known_number(index), Value) and isinstance(op := index.defining_op, llvm.Add):
        lhs, rhs = op.operands
        constant = known_number(rhs)
        if not isinstance(constant, int):
            break
        index, total = lhs, total + constant
    return (0, total + index) if isinstance(index, int) else (index, total)


def _without_factor(index: Number) -> tuple[Number, int]:
    """A number without a constant that it is multiplied by, and that."""
    if isinstance(index, Value) and isinstance(op := index.defining_op, llvm.Mul):
        factor = known_number(op.rhs)
        if isinstance(factor, int):
            return op.lhs, factor
    return index, 1


Lower = Callable[[Any, Sequence[Any], Lowering], Sequence[Lowered]]
"""Lowers one op, given its lowered operands: what its results become."""

Table = dict[type[Operation], Lower]


def boolean_like(type: Type) -> Type:
    """`i1`, or a vector of it shaped like `type`."""
    return same_shape(type, IntegerType(1))


def converted(value: Value) -> Type:
    """The type of a scalar or of the rows of a vector, as it is in LLVM."""
    type = value.type
    if isinstance(type, VectorType):
        return row_type(type)
    return convert_scalar(type)
