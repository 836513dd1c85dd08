"""The ops of `ad` on linear maps: the derivative of a function at a point, as a value that is applied in either direction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from irc.dialects._ad_checks import FIRST, check_arguments, check_types, float_types, signature_of
from irc.ir.attributes import ArrayAttr, SymbolRefAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.interning import Interned
from irc.ir.symbols import SymbolTables
from irc.ir.types import FunctionType, Type
from irc.ir.value import Value
from irc.ods.constraints import Constraint, is_a
from irc.ods.fields import attribute, operand, variadic, variadic_results
from irc.ods.op import Op
from irc.ods.registry import register_type
from irc.text.lexer import TokenStream
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter
from irc.text.types import parse_type


class Linear(Type):
    """`!ad.linear<(tensor<4xf32>) -> tensor<3xf32>>`: a linear map from tangents of arguments to those of results.

    Its values stay in the function where they are made.
    """

    name: ClassVar[str] = "ad.linear"

    signature: FunctionType

    @classmethod
    def parse(cls, stream: TokenStream) -> Type:
        stream.expect("<")
        position = stream.pos
        signature = parse_type(stream)
        if not isinstance(signature, FunctionType):
            raise stream.error("expected a function type", position)
        stream.expect(">")
        return cls(signature)

    def text(self, spell: Callable[[Interned], str]) -> str:
        return f"<{spell(self.signature)}>"


register_type(Linear)
LinearMap = Constraint("linear map", is_a(Linear))


class Linearize(Op, name="ad.linearize"):
    """The results of a function, and its derivative at these arguments with respect to those in `wrt`, as a linear map.

    The function runs once; what the derivative needs of it is kept.

    %y, %l = ad.linearize @f(%x) {wrt = [0]} : (tensor<4xf32>) -> (tensor<3xf32>, !ad.linear<(tensor<4xf32>) -> tensor<3xf32>>)
    """

    callee: SymbolRefAttr = attribute(SymbolRefAttr)
    arguments: Sequence[Value] = variadic()
    wrt: ArrayAttr = attribute(ArrayAttr, default=FIRST)
    outputs: Sequence[Value] = variadic_results()

    assembly = "$callee `(` $arguments `)` attr-dict `:` functional-type($arguments, $outputs)"

    def verify_symbols(self, tables: SymbolTables) -> None:
        signature = signature_of(self, tables, self.callee)
        positions = check_arguments(signature, self.arguments, self.wrt)
        varied = tuple(signature.inputs[i] for i in positions)
        linear = Linear(FunctionType(varied, tuple(float_types(signature.results))))
        check_types("results", self.results, (*signature.results, linear))


class _Application(Op):
    """A linear map applied to values whose types its own tells: `%l(%x) : !ad.linear<…>`."""

    __slots__ = ()

    @staticmethod
    def given(signature: FunctionType) -> Sequence[Type]:
        """The types of what the map is applied to."""
        raise NotImplementedError

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        linear = p.operand()
        given = p.operand_list("(", ")")
        attributes = p.attr_dict()
        p.stream.expect(":")
        position = p.stream.pos
        type = p.type()
        if not isinstance(type, Linear):
            raise p.stream.error("expected the type of a linear map", position)
        operands = [p.resolve(linear, type), *p.resolve_all(given, cls.given(type.signature))]
        signature = type.signature
        results = signature.results if cls is Pushforward else signature.inputs
        return p.build(cls, operands, results, attributes)

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.operands[0])
        p("(")
        p.values(self.operands[1:])
        p(")")
        p.attr_dict(self)
        p(" : ")
        p.type(self.operands[0].type)


class Pushforward(_Application, name="ad.pushforward"):
    """A linear map applied to tangents of the arguments: those of the results.

    %dy = ad.pushforward %l(%dx) : !ad.linear<(tensor<4xf32>) -> tensor<3xf32>>
    """

    linear: Value = operand(LinearMap)
    tangents: Sequence[Value] = variadic()
    outputs: Sequence[Value] = variadic_results()

    @staticmethod
    def given(signature: FunctionType) -> Sequence[Type]:
        return signature.inputs

    def infer(self) -> Sequence[Type]:
        return _signature(self.linear).results

    def verify(self) -> None:
        check_types("tangents", self.tangents, _signature(self.linear).inputs)
        check_types("results", self.results, _signature(self.linear).results)


class Pullback(_Application, name="ad.pullback"):
    """The transpose of a linear map applied to cotangents of the results: those of the arguments.

    %dx = ad.pullback %l(%dy) : !ad.linear<(tensor<4xf32>) -> tensor<3xf32>>
    """

    linear: Value = operand(LinearMap)
    cotangents: Sequence[Value] = variadic()
    outputs: Sequence[Value] = variadic_results()

    @staticmethod
    def given(signature: FunctionType) -> Sequence[Type]:
        return signature.results

    def infer(self) -> Sequence[Type]:
        return _signature(self.linear).inputs

    def verify(self) -> None:
        check_types("cotangents", self.cotangents, _signature(self.linear).results)
        check_types("results", self.results, _signature(self.linear).inputs)


def _signature(linear: Value) -> FunctionType:
    if not isinstance(linear.type, Linear):
        raise VerifyError(f"expected a linear map, got '{linear.type}'")
    return linear.type.signature


__all__ = ["Linear", "Linearize", "Pullback", "Pushforward"]
