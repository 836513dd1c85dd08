"""The `func` dialect: functions, calls, returns."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects._signatures import (
    HasSignature,
    check_dictionaries,
    parse_arguments,
    parse_function_attributes,
    parse_results,
    print_signature,
    signature_attributes,
)
from irc.ir.attributes import ArrayAttr, Attribute, StringAttr, SymbolRefAttr, TypeAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import CallOp, FoldResult
from irc.ir.region import Region
from irc.ir.symbols import SymbolTables
from irc.ir.traits import (
    AffineScope,
    AllocationScope,
    ConstantLike,
    IsolatedFromAbove,
    Pure,
    ReturnLike,
    Symbol,
    Terminator,
    has_parent,
)
from irc.ir.types import FunctionType, Type
from irc.ir.value import Value
from irc.ods.constraints import Constraint, is_a
from irc.ods.fields import attribute, operand, region, result, variadic, variadic_results
from irc.ods.op import Op
from irc.text.attributes import parse_symbol_ref
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter

FunctionValue = Constraint("function type", is_a(FunctionType))

_SHOWN = ("sym_name", "function_type", "sym_visibility", "arg_attrs", "res_attrs")


class Func(HasSignature, Op, name="func.func", traits=[IsolatedFromAbove, Symbol, AllocationScope, AffineScope]):
    """A function: a name, a type, and a body, which is empty in a declaration.

    func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
      return %x : tensor<4xf32>
    }
    """

    sym_name: StringAttr = attribute(StringAttr)
    function_type: TypeAttr = attribute(TypeAttr)
    body: Region = region()
    sym_visibility: StringAttr | None = attribute(StringAttr, default=None)
    arg_attrs: ArrayAttr | None = attribute(ArrayAttr, default=None)
    res_attrs: ArrayAttr | None = attribute(ArrayAttr, default=None)

    @property
    def is_declaration(self) -> bool:
        return self.body.is_empty

    def verify(self) -> None:
        signature = self.function_type.type
        if not isinstance(signature, FunctionType):
            raise VerifyError("requires a function type")
        check_dictionaries(self.arg_attrs, len(signature.inputs), "arguments")
        check_dictionaries(self.res_attrs, len(signature.results), "results")
        if self.body.is_empty:
            if self.sym_visibility is None or self.sym_visibility.value == "public":
                raise VerifyError("symbol declaration cannot have public visibility")
            return
        arguments = self.body.entry.arguments
        if len(arguments) != len(signature.inputs):
            raise VerifyError(f"entry block must have {len(signature.inputs)} arguments to match function signature")
        for i, (argument, type) in enumerate(zip(arguments, signature.inputs, strict=True)):
            if argument.type is not type:
                raise VerifyError(
                    f"type of entry block argument #{i}('{argument.type}') must match the type of the corresponding "
                    f"argument in function signature('{type}')"
                )

    @classmethod
    def parse(cls, p: OpParser) -> Func:
        attributes: dict[str, Attribute] = {}
        if p.stream.peek() in ("public", "private", "nested"):
            attributes["sym_visibility"] = StringAttr(p.keyword())
        attributes["sym_name"] = p.symbol_name()
        arguments, types, argument_attributes, locations = parse_arguments(p)
        results, result_attributes = parse_results(p)
        attributes["function_type"] = TypeAttr(FunctionType(tuple(types), tuple(results)))
        attributes |= signature_attributes(argument_attributes, result_attributes)
        attributes = parse_function_attributes(p, attributes)
        body = Region()
        if p.stream.peek() == "{":
            position = p.stream.pos
            if len(arguments) != len(types):
                raise p.stream.error("expected a name for each argument of a function with a body", position)
            named = list(zip(arguments, types, strict=True))
            body = p.region(named, isolated=True, default_dialect="func", locations=locations)
        op: Func = p.build(cls, attributes=attributes, regions=[body])
        return op

    def print(self, p: OpPrinter) -> None:
        visibility = f" {self.sym_visibility.value}" if self.sym_visibility is not None else ""
        p(f"{visibility} ")
        p.symbol(self.sym_name.value)
        arguments = () if self.body.is_empty else self.body.entry.arguments
        print_signature(p, self.signature, arguments, self.arg_attrs, self.res_attrs)
        p.attr_dict(self, _SHOWN, keyword=True)
        if not self.body.is_empty:
            p(" ")
            p.region(self.body, default_dialect="func")


class Return(Op, name="func.return", traits=[Terminator, ReturnLike, has_parent("func.func")]):
    """Ends a function and gives its results.

    func.return %x : f32
    """

    inputs: Sequence[Value] = variadic(default=())

    assembly = "attr-dict ($inputs^ `:` type($inputs))?"

    def verify(self) -> None:
        parent = self.parent_op
        assert isinstance(parent, Func)
        expected = parent.signature.results
        name = parent.sym_name.value
        if len(self.inputs) != len(expected):
            raise VerifyError(
                f"has {len(self.inputs)} operands, but enclosing function (@{name}) returns {len(expected)}"
            )
        for i, (value, type) in enumerate(zip(self.inputs, expected, strict=True)):
            if value.type is not type:
                raise VerifyError(
                    f"type of return operand {i} ('{value.type}') doesn't match function result type ('{type}') "
                    f"in function @{name}"
                )


class Call(Op, CallOp, name="func.call"):
    """A direct call.

    %r = func.call @f(%x) : (tensor<4xf32>) -> f32
    """

    callee: SymbolRefAttr = attribute(SymbolRefAttr)
    inputs: Sequence[Value] = variadic()
    outputs: Sequence[Value] = variadic_results()

    assembly = "$callee `(` $inputs `)` attr-dict `:` functional-type($inputs, $outputs)"

    @property
    def callee_symbol(self) -> SymbolRefAttr:
        return self.callee

    def verify_symbols(self, tables: SymbolTables) -> None:
        function = tables.lookup(self, self.callee)
        if not isinstance(function, Func):
            raise VerifyError(f"'{self.callee}' does not reference a valid function")
        signature = function.signature
        if len(signature.inputs) != len(self.inputs):
            raise VerifyError("incorrect number of operands for callee")
        for i, (value, type) in enumerate(zip(self.inputs, signature.inputs, strict=True)):
            if value.type is not type:
                raise VerifyError(
                    f"operand type mismatch: expected operand type '{type}', but provided '{value.type}' "
                    f"for operand number {i}"
                )
        if len(signature.results) != len(self.outputs):
            raise VerifyError("incorrect number of results for callee")
        for i, (output, type) in enumerate(zip(self.outputs, signature.results, strict=True)):
            if output.type is not type:
                raise VerifyError(f"result type mismatch at index {i}: expected '{type}', but provided '{output.type}'")


class Constant(Op, name="func.constant", traits=[Pure, ConstantLike]):
    """A function as a value.

    %f = constant @f : (i32) -> i32

    %f = func.constant @f : (i32) -> i32
    """

    value: SymbolRefAttr = attribute(SymbolRefAttr)
    result: Value = result()

    def fold(self) -> FoldResult:
        return self.value

    def result_name_hint(self) -> str:
        return "f"

    def verify_symbols(self, tables: SymbolTables) -> None:
        function = tables.lookup(self, self.value)
        if not isinstance(function, Func):
            raise VerifyError(f"reference to undefined function '{self.value.root}'")
        if function.signature is not self.result.type:
            raise VerifyError("reference to function with mismatched type")

    @classmethod
    def parse(cls, p: OpParser) -> Constant:
        attributes = p.attr_dict()
        attributes["value"] = parse_symbol_ref(p.stream)
        p.stream.expect(":")
        op: Constant = p.build(cls, (), (p.type(),), attributes)
        return op

    def print(self, p: OpPrinter) -> None:
        p.attr_dict(self, ("value",))
        p(" ")
        p.attribute(self.value)
        p(" : ")
        p.type(self.result.type)


class CallIndirect(Op, name="func.call_indirect"):
    """A call of a function that is a value.

    %r = call_indirect %f(%x) : (i32) -> i32

    %r = func.call_indirect %f(%x) : (i32) -> i32
    """

    callee: Value = operand(FunctionValue)
    callee_operands: Sequence[Value] = variadic()
    outputs: Sequence[Value] = variadic_results()

    def infer(self) -> Sequence[Type]:
        type = self.callee.type
        assert isinstance(type, FunctionType)
        return type.results

    def verify(self) -> None:
        type = self.callee.type
        assert isinstance(type, FunctionType)
        if tuple(value.type for value in self.callee_operands) != type.inputs:
            raise VerifyError("failed to verify that callee input types match argument types")
        if tuple(value.type for value in self.outputs) != type.results:
            raise VerifyError("failed to verify that callee result types match result types")

    @classmethod
    def parse(cls, p: OpParser) -> CallIndirect:
        callee = p.operand()
        names = p.operand_list("(", ")")
        attributes = p.attr_dict()
        p.stream.expect(":")
        type = p.function_type()
        operands = [p.resolve(callee, type), *p.resolve_all(names, type.inputs)]
        op: CallIndirect = p.build(cls, operands, type.results, attributes)
        return op

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.callee)
        p("(")
        p.values(self.callee_operands)
        p(")")
        p.attr_dict(self)
        p(" : ")
        p.type(self.callee.type)
