"""Exceptions in the `llvm` dialect: calls that may unwind, and where these land."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from irc.dialects import llvm_types as ty
from irc.dialects.llvm_attributes import CConv, ccc
from irc.dialects.llvm_casts import BitCast
from irc.dialects.llvm_constants import Zero
from irc.dialects.llvm_control import check_callee, check_signature
from irc.dialects.llvm_module import AddressOf
from irc.ir.attributes import Attribute, DenseArrayAttr, SymbolRefAttr, TypeAttr, UnitAttr, unit
from irc.ir.block import Block
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import BranchOp, CallOp
from irc.ir.symbols import SymbolTables
from irc.ir.traits import Terminator
from irc.ir.types import Type
from irc.ir.value import Value
from irc.ods.fields import attribute, operand, result, successor, variadic, variadic_results
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter


class Invoke(Op, CallOp, BranchOp, name="llvm.invoke", traits=[Terminator]):
    """Call a function, and go on at one block if it returns, at the other if it unwinds.

    %r = llvm.invoke @f(%x) to ^bb1 unwind ^bb2 : (i32) -> f32

    llvm.invoke %f(%x) to ^bb1(%x : i32) unwind ^bb2 : !llvm.ptr, (i32) -> ()
    """

    normalDest: Block = successor()
    unwindDest: Block = successor()
    callee: SymbolRefAttr | None = attribute(SymbolRefAttr, default=None)
    callee_operands: Sequence[Value] = variadic(ty.Compatible, default=())
    normalDestOperands: Sequence[Value] = variadic(ty.Compatible, default=())
    unwindDestOperands: Sequence[Value] = variadic(ty.Compatible, default=())
    var_callee_type: TypeAttr | None = attribute(TypeAttr, default=None)
    branch_weights: DenseArrayAttr | None = attribute(DenseArrayAttr, default=None)
    CConv: CConv = attribute(CConv, default=ccc)
    res: Sequence[Value] = variadic_results(ty.Compatible)

    @property
    def callee_symbol(self) -> SymbolRefAttr | None:
        return self.callee

    @property
    def arguments(self) -> Sequence[Value]:
        return self.callee_operands if self.callee is not None else self.callee_operands[1:]

    def successor_operands(self, index: int) -> Sequence[Value]:
        return self.unwindDestOperands if index else self.normalDestOperands

    def set_successor_operands(self, index: int, values: Sequence[Value]) -> None:
        groups = [self.callee_operands, self.normalDestOperands, self.unwindDestOperands]
        groups[1 + index] = values
        self.operands = tuple([value for group in groups for value in group])
        self.set_segments(tuple(map(len, groups)))

    def verify(self) -> None:
        if len(self.results) > 1:
            raise VerifyError("must have 0 or 1 result")
        if not isinstance(self.unwindDest.first, LandingPad):
            raise VerifyError("first operation in unwind destination should be a llvm.landingpad operation")
        if self.callee is None:
            check_signature(self, self.callee_operands, self.var_callee_type)

    def verify_symbols(self, tables: SymbolTables) -> None:
        if self.callee is not None:
            check_callee(self, self.callee, tables, self.var_callee_type)

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        stream = p.stream
        attributes: dict[str, Attribute] = {}
        if stream.peek() in CConv.cases:
            attributes["CConv"] = CConv(stream.next())
        pointer = p.optional_operand()
        if pointer is None:
            attributes["callee"] = SymbolRefAttr(p.symbol_name().value)
        args = p.operand_list("(", ")")
        stream.expect("to")
        normal, normal_values = p.successor_and_operands()
        stream.expect("unwind")
        unwind, unwind_values = p.successor_and_operands()
        if stream.accept("vararg"):
            stream.expect("(")
            attributes["var_callee_type"] = TypeAttr(p.type())
            stream.expect(")")
        attributes = {**p.attr_dict(), **attributes}
        stream.expect(":")
        callee = []
        if pointer is not None:
            callee.append(p.resolve(pointer, p.type()))
            stream.expect(",")
        signature = p.function_type()
        callee += p.resolve_all(args, signature.inputs)
        return p.build(
            cls, [*callee, *normal_values, *unwind_values], signature.results, attributes,
            successors=[normal, unwind], segments=(len(callee), len(normal_values), len(unwind_values)),
        )  # fmt: skip

    def print(self, p: OpPrinter) -> None:
        p(f" {self.CConv.value} " if self.CConv is not ccc else " ")
        if self.callee is not None:
            p.symbol(self.callee.root)
        else:
            p.value(self.callee_operands[0])
        p("(")
        p.values(self.arguments)
        p(") to ")
        p.successor_and_operands(self.normalDest, self.normalDestOperands)
        p(" unwind ")
        p.successor_and_operands(self.unwindDest, self.unwindDestOperands)
        if self.var_callee_type is not None:
            p(" vararg(")
            p.type(self.var_callee_type.type)
            p(")")
        p.attr_dict(self, ("callee", "var_callee_type", "CConv"))
        p(" : ")
        if self.callee is None:
            p.type(self.callee_operands[0].type)
            p(", ")
        p.functional_type(self.arguments, self.results)


class LandingPad(Op, name="llvm.landingpad"):
    """What is caught where an invoked function unwinds to: pointers catch a type, arrays filter several.

    %e = llvm.landingpad cleanup (catch %p : !llvm.ptr) : !llvm.struct<(ptr, i32)>
    """

    cleanup: UnitAttr | None = attribute(UnitAttr, default=None)
    clauses: Sequence[Value] = variadic(default=())
    res: Value = result(ty.Compatible)

    def verify(self) -> None:
        function = self.parent_op
        while function is not None and function.name not in ("llvm.func", "func.func"):
            function = function.parent_op
        if function is not None and function.name == "llvm.func" and function.get_attribute("personality") is None:
            raise VerifyError("llvm.landingpad needs to be in a function with a personality")
        if self.cleanup is None and not self.clauses:
            raise VerifyError("landingpad instruction expects at least one clause or cleanup attribute")
        for i, value in enumerate(self.clauses):
            if not isinstance(value.type, ty.PointerType | ty.ArrayType):
                raise VerifyError(f"clause #{i} is not a known type - neither a pointer nor an array")
            if isinstance(value.type, ty.PointerType) and not isinstance(value.defining_op, Zero | AddressOf | BitCast):
                raise VerifyError(f"clause #{i} is not a known constant - null, addressof, bitcast")

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        stream = p.stream
        attributes: dict[str, Attribute] = {"cleanup": unit} if stream.accept("cleanup") else {}
        clauses: list[Value] = []
        while stream.peek() == "(" and stream.tokens[stream.pos + 1] in ("catch", "filter"):
            stream.pos += 1
            catches = stream.next() == "catch"
            value = p.operand()
            stream.expect(":")
            position = stream.pos
            type: Type = p.type()
            if catches == isinstance(type, ty.ArrayType):
                raise stream.error("a 'catch' is a pointer and a 'filter' an array", position)
            clauses.append(p.resolve(value, type))
            stream.expect(")")
        stream.expect(":")
        res = p.type()
        return p.build(cls, clauses, [res], {**p.attr_dict(), **attributes})

    def print(self, p: OpPrinter) -> None:
        p(" cleanup" if self.cleanup is not None else "")
        for value in self.clauses:
            p(" (filter " if isinstance(value.type, ty.ArrayType) else " (catch ")
            p.value(value)
            p(" : ")
            p.type(value.type)
            p(")")
        p(" : ")
        p.type(self.res.type)
        p.attr_dict(self, ("cleanup",))


class Resume(Op, name="llvm.resume", traits=[Terminator]):
    """Go on unwinding.

    llvm.resume %e : !llvm.struct<(ptr, i32)>
    """

    value: Value = operand(ty.Compatible)
    assembly = "$value attr-dict `:` type($value)"

    def verify(self) -> None:
        if not isinstance(self.value.defining_op, LandingPad):
            raise VerifyError("expects landingpad value as operand")
