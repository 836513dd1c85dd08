"""Branches, returns and calls of the `llvm` dialect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from irc.dialects import llvm_types as ty
from irc.dialects._branches import ConditionalJump, Jump, Selection, case_values_attribute, parse_case, print_cases
from irc.dialects.llvm_attributes import CConv, FastMath, TailCallKind, ccc, no_fastmath, no_tail_call
from irc.ir.attributes import Attribute, DenseArrayAttr, DenseElementsAttr, SymbolRefAttr, TypeAttr
from irc.ir.block import Block
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import CallOp
from irc.ir.symbols import SymbolTables
from irc.ir.traits import Pure, ReturnLike, Terminator
from irc.ir.value import Value
from irc.ods.constraints import I1
from irc.ods.fields import attribute, operand, successor, variadic, variadic_results, variadic_successors
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter


class Br(Jump, Op, name="llvm.br", traits=[Pure, Terminator]):
    """Jump.

    llvm.br ^bb1(%x : i32)
    """

    dest: Block = successor()
    destOperands: Sequence[Value] = variadic(ty.Compatible, default=())
    loop_annotation: Attribute | None = attribute(Attribute, default=None)


class CondBr(ConditionalJump, Op, name="llvm.cond_br", traits=[Pure, Terminator]):
    """Jump to one of two blocks; `weights` say how often each is taken.

    llvm.cond_br %c, ^bb1(%x : i32), ^bb2

    llvm.cond_br %c weights([5, 10]), ^bb1(%x : i32), ^bb2
    """

    has_weights = True

    condition: Value = operand(I1)
    trueDest: Block = successor()
    falseDest: Block = successor()
    trueDestOperands: Sequence[Value] = variadic(ty.Compatible, default=())
    falseDestOperands: Sequence[Value] = variadic(ty.Compatible, default=())
    branch_weights: DenseArrayAttr | None = attribute(DenseArrayAttr, default=None)
    loop_annotation: Attribute | None = attribute(Attribute, default=None)


class Switch(Selection, Op, name="llvm.switch", traits=[Pure, Terminator]):
    """Jump by an integer.

    llvm.switch %i : i32, ^bb3 [
      1: ^bb1,
      2: ^bb2(%x : i32)
    ]
    """

    value: Value = operand(ty.ScalarInteger)
    defaultDestination: Block = successor()
    caseDestinations: Sequence[Block] = variadic_successors()
    defaultOperands: Sequence[Value] = variadic(ty.Compatible, default=())
    caseOperands: Sequence[Value] = variadic(ty.Compatible, default=())
    case_values: DenseElementsAttr | None = attribute(DenseElementsAttr, default=None)
    case_operand_segments: DenseArrayAttr = attribute(DenseArrayAttr, default=DenseArrayAttr.i32(()))
    branch_weights: DenseArrayAttr | None = attribute(DenseArrayAttr, default=None)

    def verify(self) -> None:
        count = len(self.caseDestinations)
        values = self.case_values.type if self.case_values is not None else None
        if values is not None and values.element_type is not self.value.type:
            raise VerifyError("expects case value type to match condition value type")
        if count != (values.num_elements if values is not None else 0):
            raise VerifyError("expects number of branch destinations to be equal to number of case values")
        if len(self.case_operand_segments.values) != count:
            raise VerifyError("expects number of case operand segments to be equal to number of case destinations")

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        stream = p.stream
        flag = p.operand()
        stream.expect(":")
        type = p.type()
        stream.expect(",")
        default, default_values = p.successor_and_operands()
        stream.expect("[")
        numbers: list[int] = []
        blocks, groups = [default], []
        while not stream.accept("]"):
            if numbers:
                stream.expect(",")
            number, block, values = parse_case(p, type)
            numbers.append(number)
            blocks.append(block)
            groups.append(values)
        attributes = p.attr_dict()
        if numbers:
            attributes["case_values"] = case_values_attribute(numbers, type)
        attributes["case_operand_segments"] = DenseArrayAttr.i32(tuple([len(group) for group in groups]))
        cases = [value for group in groups for value in group]
        operands = [p.resolve(flag, type), *default_values, *cases]
        return p.build(cls, operands, (), attributes, (), blocks, (1, len(default_values), len(cases)))

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.value)
        p(" : ")
        p.type(self.value.type)
        p(", ")
        p.successor_and_operands(self.defaultDestination, self.defaultOperands)
        p(" [")
        print_cases(p, self, "")
        p(f"\n{p.indent}]")
        p.attr_dict(self, ("case_values", "case_operand_segments"))


class Return(Op, name="llvm.return", traits=[Pure, Terminator, ReturnLike]):
    """Return from a function, with a value or without.

    llvm.return %x : f32
    """

    arg: Value | None = operand(ty.Compatible, default=None)
    assembly = "attr-dict ($arg^ `:` type($arg))?"

    def verify(self) -> None:
        function = self.parent_op
        if function is None or function.name != "llvm.func":
            return
        type = function.get_attribute("function_type")
        assert isinstance(type, TypeAttr) and isinstance(type.type, ty.FunctionType)
        expected = type.type.result
        if expected is ty.void:
            if self.arg is not None:
                raise VerifyError("expected no operands")
        elif self.arg is None:
            raise VerifyError("expected 1 operand")
        elif self.arg.type is not expected:
            raise VerifyError("mismatching result types")


class Unreachable(Op, name="llvm.unreachable", traits=[Terminator]):
    """Is never executed.

    llvm.unreachable
    """

    assembly = "attr-dict"


class Call(Op, CallOp, name="llvm.call"):
    """Call a function by name, or the one whose address is the first operand.

    %r = llvm.call @f(%x) : (i32) -> f32
    %n = llvm.call @printf(%s, %x) vararg(!llvm.func<i32 (ptr, ...)>) : (!llvm.ptr, i32) -> i32

    %r = llvm.call %f(%x) : !llvm.ptr, (i32) -> f32
    """

    callee: SymbolRefAttr | None = attribute(SymbolRefAttr, default=None)
    callee_operands: Sequence[Value] = variadic(ty.Compatible, default=())
    var_callee_type: TypeAttr | None = attribute(TypeAttr, default=None)
    fastmathFlags: FastMath = attribute(FastMath, default=no_fastmath)
    CConv: CConv = attribute(CConv, default=ccc)
    TailCallKind: TailCallKind = attribute(TailCallKind, default=no_tail_call)
    branch_weights: DenseArrayAttr | None = attribute(DenseArrayAttr, default=None)
    res: Sequence[Value] = variadic_results(ty.Compatible)

    @property
    def callee_symbol(self) -> SymbolRefAttr | None:
        return self.callee

    @property
    def arguments(self) -> Sequence[Value]:
        return self.operands if self.callee is not None else self.operands[1:]

    def verify(self) -> None:
        if len(self.results) > 1:
            raise VerifyError("must have 0 or 1 result")
        if self.callee is not None:
            return
        check_signature(self, self.operands, self.var_callee_type)

    def verify_symbols(self, tables: SymbolTables) -> None:
        if self.callee is not None:
            check_callee(self, self.callee, tables, self.var_callee_type)

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        stream = p.stream
        attributes: dict[str, Attribute] = {}
        if stream.peek() in CConv.cases:
            attributes["CConv"] = CConv(stream.next())
        if stream.peek() in TailCallKind.cases:
            attributes["TailCallKind"] = TailCallKind(stream.next())
        pointer = p.optional_operand()
        if pointer is None:
            attributes["callee"] = SymbolRefAttr(p.symbol_name().value)
        args = p.operand_list("(", ")")
        if stream.accept("vararg"):
            stream.expect("(")
            attributes["var_callee_type"] = TypeAttr(p.type())
            stream.expect(")")
        attributes = {**p.attr_dict(), **attributes}
        stream.expect(":")
        operands = []
        if pointer is not None:
            if stream.peek() == "(":
                raise stream.error("expected indirect call to have 2 trailing types")
            operands.append(p.resolve(pointer, p.type()))
            stream.expect(",")
        elif stream.peek() != "(":
            raise stream.error("expected direct call to have 1 trailing type")
        position = stream.pos
        signature = p.function_type()
        if len(signature.results) > 1:
            raise stream.error("expected function with 0 or 1 result", position)
        operands += p.resolve_all(args, signature.inputs)
        return p.build(cls, operands, signature.results, attributes)

    def print(self, p: OpPrinter) -> None:
        p(f" {self.CConv.value} " if self.CConv is not ccc else " ")
        p(f"{self.TailCallKind.value} " if self.TailCallKind is not no_tail_call else "")
        if self.callee is not None:
            p.symbol(self.callee.root)
        else:
            p.value(self.operands[0])
        p("(")
        p.values(self.arguments)
        p(")")
        if self.var_callee_type is not None:
            p(" vararg(")
            p.type(self.var_callee_type.type)
            p(")")
        p.attr_dict(self, ("callee", "var_callee_type", "CConv", "TailCallKind"))
        p(" : ")
        if self.callee is None:
            p.type(self.operands[0].type)
            p(", ")
        p.functional_type(self.arguments, self.results)


def check_signature(op: Any, operands: Sequence[Value], variadic_type: TypeAttr | None) -> None:
    """Check a call of the address that is the first of `operands`."""
    if not operands:
        raise VerifyError("must have either a `callee` attribute or at least an operand")
    if not isinstance(operands[0].type, ty.PointerType):
        raise VerifyError(f"indirect call expects a pointer as callee: '{operands[0].type}'")
    if variadic_type is not None:
        type = variadic_type.type
        if not isinstance(type, ty.FunctionType) or not type.is_vararg:
            raise VerifyError("expected var_callee_type to be a variadic function type")
        if len(type.parameters) > len(op.arguments):
            raise VerifyError(f"expected var_callee_type to have at most {len(op.arguments)} parameters")
        _check_types(op, type)


def check_callee(op: Any, callee: SymbolRefAttr, tables: SymbolTables, variadic_type: TypeAttr | None) -> None:
    """Check a call of a function by name."""
    function = tables.lookup(op, callee)
    attribute = function.get_attribute("function_type") if function is not None else None
    if function is None or not isinstance(attribute, TypeAttr):
        raise VerifyError(f"'{callee.root}' does not reference a symbol in the current scope")
    type = attribute.type
    if not isinstance(type, ty.FunctionType):
        raise VerifyError(f"'{callee.root}' does not reference a valid LLVM function")
    if type.is_vararg and variadic_type is None:
        raise VerifyError("missing var_callee_type attribute for vararg call")
    found, fixed = len(op.arguments), len(type.parameters)
    if found < fixed or (found > fixed and not type.is_vararg):
        raise VerifyError(f"incorrect number of operands ({found}) for callee (expecting: {fixed})")
    _check_types(op, type)


def _check_types(op: Any, type: ty.FunctionType) -> None:
    """Whether arguments and results are those of a function of `type`."""
    for i, (value, expected) in enumerate(zip(op.arguments, type.parameters, strict=False)):
        if value.type is not expected:
            raise VerifyError(f"operand type mismatch for operand {i}: '{value.type}' != '{expected}'")
    found = op.results[0].type if op.results else ty.void
    if found is not type.result:
        raise VerifyError(f"result type mismatch: '{found}' != '{type.result}'")
