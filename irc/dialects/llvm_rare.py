"""Ops of the `llvm` dialect that irc itself has no use for: they are read, checked and printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from irc.dialects import llvm_types as ty
from irc.dialects.llvm_attributes import (
    ASM_DIALECTS,
    COMDATS,
    EXCEPTIONS,
    ROUNDINGS,
    FastMath,
    no_fastmath,
    parse_word,
    word_at,
)
from irc.dialects.llvm_words import TokenType
from irc.ir.attributes import ArrayAttr, Attribute, IntegerAttr, OpaqueAttr, StringAttr, UnitAttr, unit
from irc.ir.region import Region
from irc.ir.traits import NoTerminator, Pure, SingleBlock, Symbol
from irc.ir.value import Value
from irc.ods.constraints import Constraint, Var, is_a
from irc.ods.fields import attribute, operand, optional_result, region, result, variadic
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter
T = Var("T", ty.Compatible)


class Freeze(Op, name="llvm.freeze", traits=[Pure]):
    """The operand, or some value of its type where that is undefined.

    %r = llvm.freeze %x : i32
    """

    val: Value = operand(T)
    res: Value = result(T)
    assembly = "$val attr-dict `:` type($val)"


class NoneToken(Op, name="llvm.mlir.none", traits=[Pure]):
    """The empty token.

    %t = llvm.mlir.none : !llvm.token
    """

    res: Value = result(Constraint("LLVM token type", is_a(TokenType)))
    assembly = "attr-dict `:` type($res)"


class InlineAsm(Op, name="llvm.inline_asm"):
    """Instructions of the target as text.

    %r = llvm.inline_asm has_side_effects asm_dialect = intel "bswap $0", "=r,r" %x : (i32) -> i32
    """

    operands_: Sequence[Value] = variadic(ty.Compatible)
    asm_string: StringAttr = attribute(StringAttr)
    constraints: StringAttr = attribute(StringAttr)
    has_side_effects: UnitAttr | None = attribute(UnitAttr, default=None)
    is_align_stack: UnitAttr | None = attribute(UnitAttr, default=None)
    asm_dialect: IntegerAttr | None = attribute(IntegerAttr, default=None)
    operand_attrs: ArrayAttr | None = attribute(ArrayAttr, default=None)
    res: Value | None = optional_result(ty.Compatible)

    def verify(self) -> None:
        if self.asm_dialect is not None:
            word_at(ASM_DIALECTS, self.asm_dialect, "asm_dialect", "ATT (0) or Intel (1) asm dialect")

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        stream = p.stream
        attributes: dict[str, Attribute] = {}
        for word in ("has_side_effects", "is_align_stack"):
            if stream.accept(word):
                attributes[word] = unit
        if stream.accept("asm_dialect"):
            stream.expect("=")
            attributes["asm_dialect"] = parse_word(p, ASM_DIALECTS)
        if stream.accept("operand_attrs"):
            stream.expect("=")
            attributes["operand_attrs"] = p.attribute()
        attributes = p.more_attributes(attributes)
        attributes["asm_string"] = p.attribute()
        stream.expect(",")
        attributes["constraints"] = p.attribute()
        operands = p.operand_list()
        stream.expect(":")
        signature = p.function_type()
        return p.build(cls, p.resolve_all(operands, signature.inputs), signature.results, attributes)

    def print(self, p: OpPrinter) -> None:
        for word in ("has_side_effects", "is_align_stack"):
            p(f" {word}" if self.get_attribute(word) is not None else "")
        if self.asm_dialect is not None:
            p(f" asm_dialect = {ASM_DIALECTS[self.asm_dialect.value]}")
        if self.operand_attrs is not None:
            p(" operand_attrs = ")
            p.attribute(self.operand_attrs)
        p.attr_dict(self, _ASM)
        p(" ")
        p.attribute(self.asm_string)
        p(", ")
        p.attribute(self.constraints)
        if self.operands:
            p(" ")
            p.values(self.operands)
        p(" : ")
        p.functional_type(self.operands, self.results)


_ASM = ("asm_string", "constraints", "has_side_effects", "is_align_stack", "asm_dialect", "operand_attrs")


class CallIntrinsic(Op, name="llvm.call_intrinsic"):
    """Call of an intrinsic by LLVM's name for it.

    %r = llvm.call_intrinsic "llvm.vector.reverse"(%v) : (vector<4xf32>) -> vector<4xf32>
    """

    intrin: StringAttr = attribute(StringAttr)
    args: Sequence[Value] = variadic(ty.Compatible, default=())
    fastmathFlags: FastMath = attribute(FastMath, default=no_fastmath)
    results_: Value | None = optional_result(ty.Compatible)
    assembly = "$intrin `(` operands `)` `:` functional-type(operands, results) attr-dict"


class ConstrainedTrunc(Op, name="llvm.intr.experimental.constrained.fptrunc", traits=[Pure]):
    """Narrowing of a float in a stated rounding mode.

    %r = llvm.intr.experimental.constrained.fptrunc %x towardzero ignore : f64 to f32
    """

    arg_0: Value = operand(ty.Float)
    roundingmode: IntegerAttr = attribute(IntegerAttr)
    fpExceptionBehavior: IntegerAttr = attribute(IntegerAttr)
    res: Value = result(ty.Float)

    def verify(self) -> None:
        word_at(ROUNDINGS, self.roundingmode, "roundingmode", "LLVM Rounding Mode")
        word_at(EXCEPTIONS, self.fpExceptionBehavior, "fpExceptionBehavior", "LLVM Exception Behavior")

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        value = p.operand()
        attributes: dict[str, Attribute] = {
            "roundingmode": parse_word(p, ROUNDINGS),
            "fpExceptionBehavior": parse_word(p, EXCEPTIONS),
        }
        attributes = p.more_attributes(attributes)
        p.stream.expect(":")
        type = p.type()
        p.stream.expect("to")
        return p.build(cls, [p.resolve(value, type)], [p.type()], attributes)

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.arg_0)
        p(f" {ROUNDINGS[self.roundingmode.value]} {EXCEPTIONS[self.fpExceptionBehavior.value]}")
        p.attr_dict(self, ("roundingmode", "fpExceptionBehavior"))
        p(" : ")
        p.type(self.arg_0.type)
        p(" to ")
        p.type(self.res.type)


_NO_EXPRESSION = OpaqueAttr("llvm.di_expression<>")


class _Debug(Op):
    """Base of what says that a variable of the source has a value."""

    value: Value = operand(ty.Compatible)
    varInfo: Attribute = attribute(Attribute)
    locationExpr: Attribute = attribute(Attribute, default=_NO_EXPRESSION)
    assembly = "custom<Variable>($varInfo, $locationExpr) `=` $value `:` type($value) attr-dict"


def parse_variable(p: OpParser) -> tuple[Attribute, Attribute]:
    """`#variable` and, if it is there, `#expression`."""
    variable = p.attribute()
    return variable, p.attribute() if p.stream.peek() != "=" else _NO_EXPRESSION


def print_variable(p: OpPrinter, op: _Debug) -> None:
    p.attribute(op.varInfo)
    if op.locationExpr is not _NO_EXPRESSION:
        p(" ")
        p.attribute(op.locationExpr)


class DebugDeclare(_Debug, name="llvm.intr.dbg.declare"):
    """The variable of the source that lies in memory.

    llvm.intr.dbg.declare #llvm.di_local_variable<> = %p : !llvm.ptr
    """


class DebugValue(_Debug, name="llvm.intr.dbg.value"):
    """The variable of the source that has a value.

    llvm.intr.dbg.value #llvm.di_local_variable<> = %x : i32
    """


class LinkerOptions(Op, name="llvm.linker_options"):
    """Options for the linker.

    llvm.linker_options ["-l", "m"]
    """

    options: ArrayAttr = attribute(ArrayAttr)
    assembly = "$options attr-dict"


class Comdat(Op, name="llvm.comdat", traits=[NoTerminator, SingleBlock, Symbol]):
    """Groups of what the linker keeps once, by name.

    llvm.comdat @c {
      llvm.comdat_selector @any any
    }
    """

    sym_name: StringAttr = attribute(StringAttr)
    body: Region = region()
    assembly = "$sym_name $body attr-dict"


class ComdatSelector(Op, name="llvm.comdat_selector", traits=[Symbol]):
    """How the linker chooses among what has the name.

    llvm.comdat_selector @any any
    """

    sym_name: StringAttr = attribute(StringAttr)
    comdat: IntegerAttr = attribute(IntegerAttr)

    def verify(self) -> None:
        word_at(COMDATS, self.comdat, "comdat", "LLVM Comdat Types")

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        name = p.symbol_name()
        attributes = {"sym_name": name, "comdat": parse_word(p, COMDATS)}
        return p.build(cls, attributes=p.more_attributes(attributes))

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.symbol(self.sym_name.value)
        p(f" {COMDATS[self.comdat.value]}")
        p.attr_dict(self, ("sym_name", "comdat"))
