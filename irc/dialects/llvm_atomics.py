"""Atomic changes of memory in the `llvm` dialect, and fences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from irc.dialects import llvm_types as ty
from irc.dialects.llvm_attributes import ATOMIC_OPERATIONS, parse_word, word_at
from irc.dialects.llvm_casts import bit_width
from irc.dialects.llvm_loads import ordering_word, parse_ordering, parse_scope, parse_volatile, print_scope
from irc.ir.attributes import Attribute, IntegerAttr, StringAttr, UnitAttr, unit
from irc.ir.diagnostic import VerifyError
from irc.ir.types import FloatType, IntegerType, Type, i1
from irc.ir.value import Value
from irc.ods.constraints import Var
from irc.ods.fields import attribute, operand, result
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter

T = Var("T", ty.Scalar)
V = Var("V", ty.ScalarIntegerOrPointer)
_WIDTHS = (8, 16, 32, 64, 128)
"""The widths of what is read and written as a whole; arithmetic goes up to 64 bits."""


def _is_atomic(type: Type) -> bool:
    """Whether values of the type are read and written as a whole."""
    if isinstance(type, IntegerType | FloatType):
        return bit_width(type) in _WIDTHS
    return isinstance(type, ty.PointerType)


def _at_least_monotonic(word: str) -> bool:
    return word not in ("not_atomic", "unordered")


class AtomicRMW(Op, name="llvm.atomicrmw"):
    """Combine what stands in memory with a value in one step; the result is what stood there.

    %old = llvm.atomicrmw add %p, %x monotonic : !llvm.ptr, i32

    %old = llvm.atomicrmw volatile fadd %p, %x syncscope("agent") acq_rel {alignment = 4 : i64} : !llvm.ptr, f32
    """

    ptr: Value = operand(ty.Pointer)
    val: Value = operand(T)
    bin_op: IntegerAttr = attribute(IntegerAttr)
    ordering: IntegerAttr = attribute(IntegerAttr)
    syncscope: StringAttr | None = attribute(StringAttr, default=None)
    alignment: IntegerAttr | None = attribute(IntegerAttr, default=None)
    volatile__: UnitAttr | None = attribute(UnitAttr, default=None)
    res: Value = result(T)

    @property
    def function(self) -> str:
        """The word for what is done."""
        return ATOMIC_OPERATIONS[self.bin_op.value]

    @property
    def word(self) -> str:
        """The word for the ordering."""
        return ordering_word(self.ordering)

    def verify(self) -> None:
        word = word_at(ATOMIC_OPERATIONS, self.bin_op, "bin_op", "llvm.atomicrmw binary operations")
        type = self.val.type
        if word in ("fadd", "fsub", "fmax", "fmin"):
            if isinstance(type, IntegerType | ty.PointerType):
                raise VerifyError("expected LLVM IR floating point type")
        elif word == "xchg":
            if not _is_atomic(type):
                raise VerifyError("unexpected LLVM IR type for 'xchg' bin_op")
        elif not isinstance(type, IntegerType) or type.width not in _WIDTHS[:-1]:
            raise VerifyError("expected LLVM IR integer type")
        if not _at_least_monotonic(self.word):
            raise VerifyError("expected at least 'monotonic' ordering")

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        stream = p.stream
        attributes = parse_volatile(p)
        attributes["bin_op"] = parse_word(p, ATOMIC_OPERATIONS, "operation")
        address = p.operand()
        stream.expect(",")
        value = p.operand()
        attributes |= parse_scope(p)
        attributes["ordering"] = parse_ordering(p)
        attributes = p.more_attributes(attributes)
        stream.expect(":")
        address_type = p.type()
        stream.expect(",")
        type = p.type()
        return p.build(cls, p.resolve_all([address, value], [address_type, type]), [type], attributes)

    def print(self, p: OpPrinter) -> None:
        p(" volatile " if self.volatile__ is not None else " ")
        p(f"{self.function} ")
        p.values(self.operands)
        print_scope(p, self.syncscope)
        p(f" {self.word}")
        p.attr_dict(self, ("bin_op", "ordering", "syncscope", "volatile_"))
        p(" : ")
        p.types([value.type for value in self.operands])


class CmpXchg(Op, name="llvm.cmpxchg"):
    """Write a value if what stands in memory is the expected one, in one step: what stood there, and whether it was.

    %r = llvm.cmpxchg %p, %expected, %new acq_rel monotonic : !llvm.ptr, i32
    """

    ptr: Value = operand(ty.Pointer)
    cmp: Value = operand(V)
    val: Value = operand(V)
    success_ordering: IntegerAttr = attribute(IntegerAttr)
    failure_ordering: IntegerAttr = attribute(IntegerAttr)
    syncscope: StringAttr | None = attribute(StringAttr, default=None)
    alignment: IntegerAttr | None = attribute(IntegerAttr, default=None)
    weak: UnitAttr | None = attribute(UnitAttr, default=None)
    volatile__: UnitAttr | None = attribute(UnitAttr, default=None)
    res: Value = result(ty.Aggregate)

    @property
    def words(self) -> tuple[str, str]:
        """The words for the orderings where it succeeds, and where it fails."""
        return (
            ordering_word(self.success_ordering, "success_ordering"),
            ordering_word(self.failure_ordering, "failure_ordering"),
        )

    def infer(self) -> Sequence[Type]:
        return (ty.StructType((self.val.type, i1)),)

    def verify(self) -> None:
        if self.res.type is not self.infer()[0]:
            raise VerifyError(
                "failed to verify that result #0 has an LLVM struct type consisting of the type of operand #2 and a bool"
            )
        if not _is_atomic(self.val.type):
            raise VerifyError("unexpected LLVM IR type")
        success, failure = self.words
        if not _at_least_monotonic(success) or not _at_least_monotonic(failure):
            raise VerifyError("ordering must be at least 'monotonic'")
        if failure in ("release", "acq_rel"):
            raise VerifyError("failure ordering cannot be 'release' or 'acq_rel'")

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        stream = p.stream
        attributes: dict[str, Attribute] = {"weak": unit} if stream.accept("weak") else {}
        attributes |= parse_volatile(p)
        names = [p.operand()]
        for _ in range(2):
            stream.expect(",")
            names.append(p.operand())
        attributes |= parse_scope(p)
        attributes["success_ordering"] = parse_ordering(p)
        attributes["failure_ordering"] = parse_ordering(p)
        attributes = p.more_attributes(attributes)
        stream.expect(":")
        address_type = p.type()
        stream.expect(",")
        type = p.type()
        operands = p.resolve_all(names, [address_type, type, type])
        return p.build(cls, operands, [ty.StructType((type, i1))], attributes)

    def print(self, p: OpPrinter) -> None:
        p(" weak" if self.weak is not None else "")
        p(" volatile " if self.volatile__ is not None else " ")
        p.values(self.operands)
        print_scope(p, self.syncscope)
        p(f" {' '.join(self.words)}")
        p.attr_dict(self, ("success_ordering", "failure_ordering", "syncscope", "weak", "volatile_"))
        p(" : ")
        p.types([value.type for value in self.operands[:2]])


class Fence(Op, name="llvm.fence"):
    """What stands before it in memory happens before what stands behind it.

    llvm.fence syncscope("agent") seq_cst
    """

    ordering: IntegerAttr = attribute(IntegerAttr)
    syncscope: StringAttr | None = attribute(StringAttr, default=None)

    @property
    def word(self) -> str:
        """The word for the ordering."""
        return ordering_word(self.ordering)

    def verify(self) -> None:
        if self.word not in ("acquire", "release", "acq_rel", "seq_cst"):
            raise VerifyError("can be given only acquire, release, acq_rel, and seq_cst orderings")

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        attributes = {**parse_scope(p), "ordering": parse_ordering(p)}
        return p.build(cls, (), (), p.more_attributes(attributes))

    def print(self, p: OpPrinter) -> None:
        print_scope(p, self.syncscope)
        p(f" {self.word}")
        p.attr_dict(self, ("ordering", "syncscope"))
