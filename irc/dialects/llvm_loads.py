"""Reading and writing memory in the `llvm` dialect: `llvm.load` and `llvm.store`, volatile and atomic ones too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from irc.dialects import llvm_types as ty
from irc.dialects.llvm_attributes import ORDERINGS
from irc.ir.attributes import Attribute, IntegerAttr, StringAttr, UnitAttr, i64_attr, unit
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import Effect, MemoryEffects
from irc.ir.types import i64
from irc.ir.value import Value
from irc.ods.fields import attribute, operand, result
from irc.ods.op import Op
from irc.text.diagnostics import did_you_mean

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter

NOT_ATOMIC = IntegerAttr(0, i64)


class Access(MemoryEffects, Op):
    """What both share: `volatile` before the operands, `atomic syncscope("…") ordering` behind them."""

    __slots__ = ()

    @property
    def atomic_ordering(self) -> str:
        """The word for the ordering, `not_atomic` for plain accesses. Raises `VerifyError` for an unknown number."""
        return ordering_word(self.get_attribute("ordering"))

    @property
    def is_atomic(self) -> bool:
        return self.atomic_ordering != "not_atomic"

    def verify(self) -> None:
        if self.is_atomic and self.get_attribute("alignment") is None:
            raise VerifyError("expected alignment for atomic access")
        if not self.is_atomic and self.get_attribute("syncscope") is not None:
            raise VerifyError("expected syncscope to be null for non-atomic access")

    def print_atomic(self, p: OpPrinter) -> None:
        if self.is_atomic:
            p(" atomic")
            print_scope(p, self.get_attribute("syncscope"))
            p(f" {self.atomic_ordering}")


SHOWN = ("ordering", "syncscope", "volatile_")
"""The attributes that the custom forms show in words."""


def parse_volatile(p: OpParser) -> dict[str, Attribute]:
    """`volatile`, or nothing."""
    return {"volatile_": unit} if p.stream.accept("volatile") else {}


def _atomic(p: OpParser) -> dict[str, Attribute]:
    """`atomic syncscope("…") ordering`, or nothing."""
    if not p.stream.accept("atomic"):
        return {}
    return {**parse_scope(p), "ordering": parse_ordering(p, allow_none=False)}


def parse_scope(p: OpParser) -> dict[str, Attribute]:
    """`syncscope("…")`, or nothing."""
    if not p.stream.accept("syncscope"):
        return {}
    p.stream.expect("(")
    scope = p.attribute()
    p.stream.expect(")")
    return {"syncscope": scope}


def print_scope(p: OpPrinter, scope: Attribute | None) -> None:
    """` syncscope("…")`, or nothing."""
    if scope is not None:
        p(" syncscope(")
        p.attribute(scope)
        p(")")


def parse_ordering(p: OpParser, *, allow_none: bool = True) -> IntegerAttr:
    """The word for an ordering; `not_atomic` is one if `allow_none`."""
    position = p.stream.pos
    word = p.keyword()
    number = next((number for number, name in ORDERINGS.items() if name == word and (number or allow_none)), None)
    if number is None:
        raise p.stream.error(f"unknown ordering '{word}'{did_you_mean(word, list(ORDERINGS.values()))}", position)
    return i64_attr(number)


def ordering_word(ordering: Attribute | None, field: str = "ordering") -> str:
    """The word for an ordering. Raises `VerifyError` for an unknown number."""
    word = ORDERINGS.get(ordering.value) if isinstance(ordering, IntegerAttr) else None
    if word is None:
        raise VerifyError(f"attribute '{field}' failed to satisfy constraint: Atomic ordering for LLVM's memory model")
    return word


class Load(Access, name="llvm.load"):
    """Read a value from memory.

    %0 = llvm.load volatile %p {alignment = 4 : i64} : !llvm.ptr -> f32
    """

    addr: Value = operand(ty.Pointer)
    alignment: IntegerAttr | None = attribute(IntegerAttr, default=None)
    nontemporal: UnitAttr | None = attribute(UnitAttr, default=None)
    invariant: UnitAttr | None = attribute(UnitAttr, default=None)
    ordering: IntegerAttr = attribute(IntegerAttr, default=NOT_ATOMIC)
    syncscope: StringAttr | None = attribute(StringAttr, default=None)
    volatile__: UnitAttr | None = attribute(UnitAttr, default=None)
    res: Value = result(ty.Compatible)

    def effects(self) -> Sequence[Effect]:
        reads = Effect("read", self.addr)
        # What is volatile or atomic may neither be removed nor moved.
        special = self.is_atomic or self.volatile__ is not None
        return (reads, Effect("write")) if special else (reads,)

    def verify(self) -> None:
        Access.verify(self)
        if self.atomic_ordering in ("release", "acq_rel"):
            raise VerifyError("unsupported ordering 'release' or 'acq_rel'")

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        attributes = parse_volatile(p)
        address = p.operand()
        attributes |= _atomic(p)
        if p.stream.accept("invariant"):
            attributes["invariant"] = unit
        attributes |= p.attr_dict()
        p.stream.expect(":")
        type = p.type()
        p.stream.expect("->")
        return p.build(cls, [p.resolve(address, type)], [p.type()], attributes)

    def print(self, p: OpPrinter) -> None:
        p(" volatile " if self.volatile__ is not None else " ")
        p.value(self.addr)
        self.print_atomic(p)
        p(" invariant" if self.invariant is not None else "")
        p.attr_dict(self, (*SHOWN, "invariant"))
        p(" : ")
        p.type(self.addr.type)
        p(" -> ")
        p.type(self.res.type)


class Store(Access, name="llvm.store"):
    """Write a value to memory.

    llvm.store %x, %p {alignment = 4 : i64} : f32, !llvm.ptr
    """

    value: Value = operand(ty.Compatible)
    addr: Value = operand(ty.Pointer)
    alignment: IntegerAttr | None = attribute(IntegerAttr, default=None)
    nontemporal: UnitAttr | None = attribute(UnitAttr, default=None)
    ordering: IntegerAttr = attribute(IntegerAttr, default=NOT_ATOMIC)
    syncscope: StringAttr | None = attribute(StringAttr, default=None)
    volatile__: UnitAttr | None = attribute(UnitAttr, default=None)

    def effects(self) -> Sequence[Effect]:
        return (Effect("write", self.addr),)

    def verify(self) -> None:
        Access.verify(self)
        if self.atomic_ordering in ("acquire", "acq_rel"):
            raise VerifyError("unsupported ordering 'acquire' or 'acq_rel'")

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        attributes = parse_volatile(p)
        value = p.operand()
        p.stream.expect(",")
        address = p.operand()
        attributes |= _atomic(p)
        attributes |= p.attr_dict()
        p.stream.expect(":")
        type = p.type()
        p.stream.expect(",")
        return p.build(cls, [p.resolve(value, type), p.resolve(address, p.type())], [], attributes)

    def print(self, p: OpPrinter) -> None:
        p(" volatile " if self.volatile__ is not None else " ")
        p.values(self.operands)
        self.print_atomic(p)
        p.attr_dict(self, SHOWN)
        p(" : ")
        p.types([value.type for value in self.operands])
